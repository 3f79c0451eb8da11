//! Words that say that someone has left, where no column asks for it: in a form of employment, a title, a name, a
//! column that nobody knows.
//!
//! HR writes "Slutat" where there is room for it. Heard nowhere but in a column of status, such a word lets a leaver
//! pass as employed.

use super::status::employment_word;
use super::{EmploymentWord, flag, folded, is_nothing};
use crate::model::{Reading, Written, fold_into};

/// What a word outside the columns of end and status says of an employment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// It has ended.
    Left,
    /// It has ended or will, or something like it: nobody can tell for certain.
    Perhaps,
}

/// Longer texts than this are told by a part of them.
const MOST_WORDS: usize = 12;

/// What a form of employment says. A pensioner may well be employed by the hour, and a form that only holds a word of
/// leaving may say anything.
pub fn form_of_leaving(text: &str) -> Option<Leaving> {
    let whole = employment_word(text).or_else(|| folded(text, is_ended).then_some(EmploymentWord::Ended));
    match whole {
        Some(EmploymentWord::Ended) if folded(text, |word| word.contains("pension")) => Some(Leaving::Perhaps),
        Some(EmploymentWord::Ended) => Some(Leaving::Left),
        Some(EmploymentWord::Notice) => Some(Leaving::Perhaps),
        Some(EmploymentWord::Ongoing | EmploymentWord::Leave) => None,
        None => tells_of_leaving(text).then_some(Leaving::Perhaps),
    }
}

/// Whether a header has a word of leaving among others.
pub fn speaks_of_an_end(header: &str) -> bool {
    const STEMS: [&str; 7] = ["avgang", "avslut", "uppsag", "entledig", "terminat", "slutar", "slutat"];
    folded(header, |folded| STEMS.iter().any(|stem| folded.contains(stem)))
}

/// Whether a text says how an employment stands, by a word of its own: that it goes on, that it has ended.
pub fn tells_of_employment(text: &str) -> bool {
    employment_word(text).is_some() || form_of_leaving(text).is_some()
}

/// Whether a title or a unit says that its holder has left: only whole, since "Pension" is a unit too.
pub fn is_post_of_leavers(text: &str) -> bool {
    let ended = employment_word(text) == Some(EmploymentWord::Ended) || folded(text, is_ended);
    ended && folded(text, |word| !word.contains("pension") && !matches!(word, "former" | "left"))
}

/// Whether a reason for leaving is one: any text but a word for none, and one that says that the employment goes on.
pub fn is_reason_for_leaving(text: &str) -> bool {
    let goes_on = matches!(employment_word(text), Some(EmploymentWord::Ongoing | EmploymentWord::Leave))
        || folded(text, |word| matches!(word, "aktiv" | "active" | "pagaende" | "tillsvidare" | "ejavslutad"));
    !is_nothing(text) && flag(text) != Reading::Known(false) && !goes_on
}

/// The note in a name that says that its bearer has left: in brackets, before or behind it.
pub fn note_of_leaving(name: &str) -> Option<String> {
    if let Some(cross) = name.chars().find(|c| matches!(c, '†' | '✝')) {
        return Some(cross.to_string());
    }
    bracketed(name).find_map(note).or_else(|| note_beside(name))
}

/// The note that stands without brackets: two words that say so together, else one.
fn note_beside(name: &str) -> Option<String> {
    let (mut folded, mut starts) = (String::with_capacity(name.len()), [0, 0]);
    let (mut before, mut alone) = ("", None);
    for word in name.split([' ', ',', '-', '_', '/']).filter(|word| !word.is_empty()) {
        let [earlier, start] = starts;
        fold_into(word, &mut folded);
        if !before.is_empty() && is_ended(&folded[earlier..]) {
            return Some(format!("{before} {word}").to_lowercase());
        }
        if alone.is_none() && (is_former(word) || is_strong(&folded[start..])) {
            alone = Some(word);
        }
        (before, starts) = (word, [start, folded.len()]);
    }
    alone.map(str::to_lowercase)
}

/// What stands in brackets.
fn bracketed(text: &str) -> impl Iterator<Item = &str> {
    let opened = text.match_indices(['(', '[', '{', '<']);
    opened.filter_map(|(at, _)| text[at + 1..].split([')', ']', '}', '>']).next())
}

/// A note that says so, or the word in it that does: what else stands there can be a name.
fn note(text: &str) -> Option<String> {
    let ended = matches!(employment_word(text), Some(EmploymentWord::Ended | EmploymentWord::Notice));
    let whole = ended || folded(text, is_ended) || is_former(text);
    let shown = if whole { Some(text) } else { telling_word(text).or_else(|| text.split(' ').find(|w| is_former(w))) };
    shown.map(|note| note.trim().to_lowercase())
}

/// `f.d.` as it is written before a name. In capitals it is a degree or somebody's initials.
fn is_former(word: &str) -> bool {
    matches!(word.trim(), "f.d." | "f.d" | "F.d." | "F.d" | "fd" | "fd.")
}

/// Whether a free text holds a word that tells of leaving.
pub fn tells_of_leaving(text: &str) -> bool {
    telling_word(text).is_some()
}

fn telling_word(text: &str) -> Option<&str> {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(MOST_WORDS);
    words.find(|word| folded(word, is_strong) || folded(word, is_of_leaving))
}

/// Whether a date stands among other words.
pub fn holds_a_date(text: &str) -> bool {
    let mut words = text.split([' ', '(', ')', ',', ';', ':']).filter(|word| word.len() >= 6).take(MOST_WORDS);
    let is_date = |word: &str| {
        let parted = word.contains(['-', '/', '.']);
        parted && word.starts_with(|c: char| c.is_ascii_digit()) && Written::read(word).is_some()
    };
    text.contains(' ') && words.any(is_date)
}

/// Words that only tell that someone has left, also beside other words.
fn is_strong(word: &str) -> bool {
    matches!(
        word,
        "slutat"
            | "slutad"
            | "slutade"
            | "avslutad"
            | "avslutat"
            | "avgatt"
            | "avgangen"
            | "avliden"
            | "avled"
            | "entledigad"
            | "avskedad"
            | "terminated"
            | "deceased"
            | "resigned"
    )
}

/// Words of an end that has come or will.
fn is_of_leaving(word: &str) -> bool {
    matches!(
        word,
        "slutar"
            | "avgar"
            | "avgang"
            | "avgick"
            | "uppsagd"
            | "uppsagt"
            | "uppsagning"
            | "entledigas"
            | "leaving"
            | "leaves"
            | "termination"
    ) || word.starts_with("avgang")
}

/// Whole texts that say that an employment has ended, beside those of the columns of status.
pub fn is_ended(word: &str) -> bool {
    is_strong(word)
        || matches!(
            word,
            "fdanstalld"
                | "foredettaanstalld"
                | "exanstalld"
                | "fdmedarbetare"
                | "tidigaremedarbetare"
                | "formeremployee"
                | "exemployee"
                | "ejlangreanstalld"
                | "inteanstalldlangre"
                | "ejanstalldlangre"
                | "nolongeremployed"
                | "ejanstalld"
                | "inteanstalld"
                | "avslutade"
                | "slutatsinanstallning"
                | "anstallningupphord"
                | "inaktiv"
                | "upphord"
                | "upphort"
                | "ejaktiv"
                | "ejitjanst"
                | "inteitjanst"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Forms that say that someone has left are heard, those that may say so are not taken at their word, and the
    /// usual forms say nothing.
    #[test]
    fn forms_of_leavers_are_heard() {
        for form in ["Slutat", "AVSLUTAD", "Ej anställd", "F.d. anställd", "Avgången", "Avliden", "Tidigare anställd"]
        {
            assert_eq!(form_of_leaving(form), Some(Leaving::Left), "{form}");
        }
        for form in ["Pensionerad", "Pensionär", "Uppsagd", "Slutat 2026-05-31", "Avgång med pension"] {
            assert_eq!(form_of_leaving(form), Some(Leaving::Perhaps), "{form}");
        }
        for form in ["Tillsvidareanställning", "Timanställd", "Vikariat", "Förtroendevald", "N", "0", "Tjänstledig", ""]
        {
            assert_eq!(form_of_leaving(form), None, "{form}");
        }
    }

    /// A reason is any text that does not say that there is none.
    #[test]
    fn reasons_are_told_from_none() {
        for reason in ["Egen uppsägning", "Pension", "03", "Annan anställning"] {
            assert!(is_reason_for_leaving(reason), "{reason}");
        }
        for reason in ["", "-", "Ingen", "0", "Ej angivet", "Pågående", "Anställd"] {
            assert!(!is_reason_for_leaving(reason), "{reason}");
        }
    }

    /// Notes of leaving are found in names, and names are none.
    #[test]
    fn notes_in_names_are_found() {
        for (name, note) in [
            ("Eva Lind (SLUTAT)", "slutat"),
            ("Lind, Eva (avslutad)", "avslutad"),
            ("f.d. Eva Lind", "f.d."),
            ("Eva Lind f.d.", "f.d."),
            ("EJ ANSTÄLLD Eva Lind", "ej anställd"),
            ("Eva Lind †", "†"),
            ("SLUTAT - Eva Lind", "slutat"),
            ("Eva Lind (slutat 2026-05-31)", "slutat"),
        ] {
            assert_eq!(note_of_leaving(name).as_deref(), Some(note), "{name}");
        }
        for name in ["Eva Lind", "Lind, Eva (Björkskolan)", "FD Lind", "F.D. Lind", "Eva Lind (vikarie)", "Ej Lind"] {
            assert_eq!(note_of_leaving(name), None, "{name}");
        }
    }

    /// Free texts tell by a word or a date in them.
    #[test]
    fn free_texts_tell() {
        for text in ["Slutar 31 maj", "Avgångsvederlag", "uppsagd av arbetsgivaren"] {
            assert!(tells_of_leaving(text), "{text}");
        }
        assert!(!tells_of_leaving("Slutenvården"));
        for (text, holds) in [("till 2026-05-31", true), ("Rum 12-345", false), ("2026-05-31", false), ("v. 12", false)]
        {
            assert_eq!(holds_a_date(text), holds, "{text}");
        }
    }

    proptest! {
        /// No text makes any of them panic.
        #[test]
        fn any_text_is_survived(text in "\\PC{0,40}") {
            let _ = (form_of_leaving(&text), is_post_of_leavers(&text), is_reason_for_leaving(&text));
            let _ = (note_of_leaving(&text), tells_of_leaving(&text), holds_a_date(&text));
        }
    }
}
