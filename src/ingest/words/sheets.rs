//! What the name of a sheet says of everyone on it.

use super::leaving::is_ended;
use super::status::{EmploymentWord, employment_word, is_open};
use crate::model::fold;
use std::ffi::OsStr;
use std::path::Path;

/// What the name of a sheet or a file says of everyone in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfTheClosed {
    /// Nothing, or something else.
    No,
    /// That they may have left: pensioners may work by the hour, an archive holds what was, and notice ends some day.
    Perhaps,
    /// That they have left, or that the accounts are closed.
    Yes,
}

/// Whether a name says that those in it have left, or that the accounts are closed: every word of it is one of leaving or
/// closing, but for those that say who is listed. "Aktiva och avslutade" says nothing of anyone.
pub fn of_the_closed(name: &str, of_people: bool) -> OfTheClosed {
    // "F.d." is one word, as "fd" is.
    let name = name.to_lowercase().replace("f.d", "fd").replace("före detta", "föredetta");
    let words: Vec<String> = name.split(|c: char| !c.is_alphabetic()).map(fold).filter(|own| !own.is_empty()).collect();
    let telling: Vec<&str> = words.iter().map(String::as_str).filter(|word| !says_who(word)).collect();
    let together = telling.concat();
    let is_whole = [&words.concat(), &together].into_iter().any(|name| is_whole_name(name, of_people));
    if is_whole || of_people && is_ended(&together) {
        return OfTheClosed::Yes;
    }
    let says_whom = telling.len() < words.len();
    let told = telling.iter().map(|word| word_of_closed(word, of_people, says_whom));
    told.min().unwrap_or(OfTheClosed::No)
}

/// Whether a text says that those who are called so are no staff, and nobody who works for the organisation either: those
/// that it serves, and their families. Every word of it is one for them, or says nothing of whom.
pub fn is_of_the_served(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).map(fold).filter(|word| !word.is_empty());
    let mut telling = words.filter(|word| !matches!(word.as_str(), "alla" | "lista" | "och" | "ht" | "vt")).peekable();
    telling.peek().is_some() && telling.all(|word| is_served(&word))
}

fn is_served(word: &str) -> bool {
    matches!(
        word,
        "vardnadshavare"
            | "foralder"
            | "foraldrar"
            | "guardian"
            | "guardians"
            | "parent"
            | "parents"
            | "elev"
            | "elever"
            | "student"
            | "students"
            | "studenter"
            | "studerande"
            | "pupil"
            | "pupils"
            | "barn"
            | "children"
            | "brukare"
            | "klient"
            | "klienter"
            | "patient"
            | "patienter"
            | "anhorig"
            | "anhoriga"
            | "medborgare"
            | "invanare"
            | "lantagare"
    )
}

/// Words for who is listed, for the list itself, and between.
fn says_who(word: &str) -> bool {
    matches!(
        word,
        "personal"
            | "personer"
            | "anstallda"
            | "anstalld"
            | "anstallning"
            | "anstallningar"
            | "medarbetare"
            | "manadsavlonade"
            | "timavlonade"
            | "timanstallda"
            | "konsulter"
            | "fortroendevalda"
            | "uppdrag"
            | "uppdragstagare"
            | "konton"
            | "anvandare"
            | "som"
            | "har"
            | "de"
            | "alla"
            | "lista"
            | "listan"
            | "register"
            | "personalregister"
            | "personallista"
            | "uttag"
            | "utdrag"
            | "export"
            | "rapport"
            | "fil"
            | "lon"
            | "loner"
            | "hr"
            | "staff"
            | "employee"
            | "employees"
            | "people"
            | "consultants"
            | "accounts"
            | "users"
            | "list"
            | "report"
    )
}

/// Whether a file of people is called by those who have left, or may have.
pub fn is_of_leavers(file: &str) -> bool {
    let stem = Path::new(file).file_stem().map_or_else(Default::default, OsStr::to_string_lossy);
    of_the_closed(&stem, true) != OfTheClosed::No
}

/// What a word says. `says_whom` tells that another word says who is listed: "Tidigare" alone may be another month's.
fn word_of_closed(word: &str, of_people: bool, says_whom: bool) -> OfTheClosed {
    if !of_people {
        return if is_of_closed_accounts(word) { OfTheClosed::Yes } else { OfTheClosed::No };
    }
    let ended = employment_word(word) == Some(EmploymentWord::Ended) && !word.contains("pension");
    let of_leavers = matches!(word, "avgangna" | "avgangar" | "avlidna" | "leavers" | "inaktiva" | "fd" | "foredetta");
    let former = matches!(word, "tidigare" | "ex" | "former" | "previous" | "past");
    let is_notice = employment_word(word) == Some(EmploymentWord::Notice);
    if ended || is_ended(word) || of_leavers || former && says_whom {
        OfTheClosed::Yes
    } else if former || is_notice || is_perhaps_of_leavers(word) {
        OfTheClosed::Perhaps
    } else {
        OfTheClosed::No
    }
}

fn is_of_closed_accounts(word: &str) -> bool {
    is_open(word) == Some(false)
        || matches!(word, "avslutade" | "sparrade" | "stangda" | "borttagna" | "inaktiverade" | "avaktiverade")
        || matches!(word, "raderade" | "blockerade" | "avstangda")
}

/// Words for those who have left or will, and for what was put away. A history holds those at work as well.
fn is_perhaps_of_leavers(word: &str) -> bool {
    let stems = ["pension", "arkiv", "uppsag", "entledig", "avgaende", "archive"];
    stems.iter().any(|stem| word.starts_with(stem))
        || matches!(word, "slutar" | "slutande" | "gamla" | "gammal" | "old" | "retired" | "retirees" | "utgangna")
}

/// Names of which no word says it alone.
fn is_whole_name(folded: &str, of_people: bool) -> bool {
    let inactive = matches!(folded, "ejaktiva" | "inteaktiva" | "notactive");
    inactive
        || of_people
            && matches!(
                folded,
                "ejanstallda"
                    | "inteanstallda"
                    | "tidigareanstallda"
                    | "tidigaremedarbetare"
                    | "fdanstallda"
                    | "foredettaanstallda"
                    | "exanstallda"
                    | "formeremployees"
                    | "formerstaff"
                    | "ejlangreanstallda"
            )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Those who are served are told by a word alone; beside others it may say something else.
    #[test]
    fn the_served_are_told_by_their_word() {
        for name in ["Vårdnadshavare", "ELEVER", "Guardians", "Elever ht 2026", "Elever och vårdnadshavare"] {
            assert!(is_of_the_served(name), "{name}");
        }
        for name in ["Elevassistent", "Elever och personal", "Barnskötare", "Personal"] {
            assert!(!is_of_the_served(name), "{name}");
        }
    }

    /// Names that say it of everyone are heard, and those that say it of some, or of something else, are not.
    #[test]
    fn names_of_leavers_are_heard() {
        let leavers = [
            "Slutat",
            "Slutat 2026",
            "Slutade",
            "Personal som har slutat",
            "Avslutade anställningar",
            "Ej anställda",
            "Leavers",
            "Avgångna",
            "F.d. personal",
            "Fd anställda",
            "Före detta anställda",
            "Tidigare personal",
            "slutade_2026-11-28",
            "uttag_avslutade",
            "Ej aktiv personal",
            "Avslutade konsulter",
            "Former employees",
        ];
        for name in leavers {
            assert_eq!(of_the_closed(name, true), OfTheClosed::Yes, "{name}");
        }
        for name in ["Pensionerade", "Pensionärer", "Uppsagda", "Arkiv", "Tidigare", "Arkiverad personal"] {
            assert_eq!(of_the_closed(name, true), OfTheClosed::Perhaps, "{name}");
        }
        for name in ["Inaktiva", "Spärrade konton", "Disabled users", "Closed", "Avslutade"] {
            assert_eq!(of_the_closed(name, false), OfTheClosed::Yes, "{name}");
        }
    }

    /// A name that says it of some, or something else, says nothing.
    #[test]
    fn other_names_say_nothing() {
        let others = [
            "Anställda",
            "Aktiva och avslutade",
            "Blad1",
            "Slutkund",
            "Personal",
            "lon_2026-11-28",
            "Pensionsmyndigheten AB",
            "Personal inkl slutade",
            "Uttag HR",
            "",
        ];
        for name in others {
            assert_eq!([true, false].map(|people| of_the_closed(name, people)), [OfTheClosed::No; 2], "{name}");
        }
    }
}
