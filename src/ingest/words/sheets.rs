//! What the name of a sheet says of everyone on it.

use super::folded;
use super::leaving::is_ended;
use super::status::{EmploymentWord, employment_word, is_open};
use crate::model::fold;

/// Whether the name says that the people of the sheet have left, or that its accounts are closed: every word of it is one
/// of leaving or closing, but for those that say who is listed. "Aktiva och avslutade" says nothing of anyone.
pub fn is_sheet_of_closed(name: &str, of_people: bool) -> bool {
    let letters: String = name.chars().filter(|c| c.is_alphabetic()).collect();
    if folded(&letters, |whole| is_whole_name(whole, of_people)) {
        return true;
    }
    let words = name.split(|c: char| !c.is_alphabetic()).map(fold).filter(|word| !word.is_empty());
    let mut telling = words.filter(|word| !says_who(word)).peekable();
    telling.peek().is_some() && telling.all(|word| is_of_closed(&word, of_people))
}

/// Whether a word says that those who are called so are no staff, and nobody who works for the organisation either: those
/// that it serves, and their families.
pub fn is_of_the_served(word: &str) -> bool {
    matches!(
        fold(word).as_str(),
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
            | "studerande"
            | "pupil"
            | "pupils"
            | "barn"
            | "children"
            | "brukare"
            | "klienter"
            | "patienter"
            | "anhoriga"
            | "medborgare"
            | "lantagare"
    )
}

/// Words for who is listed, and between.
fn says_who(word: &str) -> bool {
    matches!(
        word,
        "personal"
            | "anstallda"
            | "anstallning"
            | "anstallningar"
            | "medarbetare"
            | "personer"
            | "konton"
            | "anvandare"
            | "som"
            | "har"
            | "de"
            | "staff"
            | "employees"
            | "people"
            | "accounts"
            | "users"
    )
}

fn is_of_closed(word: &str, of_people: bool) -> bool {
    let of_account =
        || is_open(word) == Some(false) || matches!(word, "avslutade" | "sparrade" | "stangda" | "borttagna");
    let more_accounts = || matches!(word, "inaktiverade" | "avaktiverade" | "raderade" | "blockerade" | "avstangda");
    let ended = employment_word(word) == Some(EmploymentWord::Ended) && !word.contains("pension");
    let of_person =
        || ended || is_ended(word) || matches!(word, "avgangna" | "avgangar" | "avlidna" | "leavers" | "inaktiva");
    if of_people { of_person() } else { of_account() || more_accounts() }
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
        for name in ["Vårdnadshavare", "ELEVER", "Guardians"] {
            assert!(is_of_the_served(name), "{name}");
        }
        for name in ["Elevassistent", "Elever och personal", "Barnskötare", "Personal"] {
            assert!(!is_of_the_served(name), "{name}");
        }
    }

    /// Names that say it of everyone are heard, and those that say it of some, or of something else, are not.
    #[test]
    fn sheets_are_told_by_their_names() {
        for name in
            ["Slutat", "Slutat 2026", "Personal som har slutat", "Avslutade anställningar", "Ej anställda", "Leavers"]
        {
            assert!(is_sheet_of_closed(name, true), "{name}");
        }
        for name in ["Inaktiva", "Spärrade konton", "Disabled users", "Closed", "Avslutade"] {
            assert!(is_sheet_of_closed(name, false), "{name}");
        }
        for name in
            ["Anställda", "Aktiva och avslutade", "Blad1", "Slutkund", "Pensionärer", "Uppsagda", "Personal", ""]
        {
            assert!(!is_sheet_of_closed(name, true) && !is_sheet_of_closed(name, false), "{name}");
        }
    }
}
