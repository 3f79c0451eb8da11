//! Questions of employment that headers put: "Anställd?", "Har slutat (ja/nej)", "Left company".

use super::super::words::{EmploymentWord, flag, is_ended, word_of_status};
use super::cut::words;

/// What a yes says under a header that is itself a word of status: "Anställd" that the employment goes on, "Har slutat"
/// that it has ended. A pension may be a benefit.
pub fn asks_of_employment(header: &str) -> Option<bool> {
    let words = words(without_answers(header));
    let told: String = words.iter().filter(|word| !is_filler(word)).map(String::as_str).collect();
    // "Har anställning" is nothing but such words, and asks all the same.
    let asked = if told.is_empty() { words.concat() } else { told };
    if asked.len() < 2 || asked.contains("pension") {
        return None;
    }
    let ended = is_ended(&asked).then_some(EmploymentWord::Ended);
    match ended.or_else(|| word_of_status(&asked))? {
        EmploymentWord::Ongoing => Some(true),
        EmploymentWord::Ended => Some(false),
        EmploymentWord::Leave | EmploymentWord::Notice => None,
    }
}

/// Whether a header names somebody's death.
pub fn is_of_death(header: &str) -> bool {
    words(header).iter().any(|word| {
        ["avlid", "dods", "deceas", "death"].iter().any(|stem| word.starts_with(stem))
            || matches!(word.as_str(), "avled" | "dod" | "died")
    })
}

/// A header without the answers that it lists: `Anställd (J/N)`, `Aktiv Ja/Nej`, `Employed [Y/N]?`.
fn without_answers(header: &str) -> &str {
    let is_mark = |c: char| !c.is_alphanumeric();
    let header = header.trim_end_matches(is_mark);
    let Some((asked, answers)) = header.rsplit_once([' ', '(', '[', ',', ':']) else { return header };
    let lists_answers = answers.contains('/') && answers.split('/').all(|answer| flag(answer).known().is_some());
    if lists_answers { asked.trim_end_matches(is_mark) } else { header }
}

/// Words that a question of employment is put with, and that ask nothing.
fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "ar" | "har"
            | "is"
            | "has"
            | "the"
            | "i"
            | "hos"
            | "vid"
            | "in"
            | "at"
            | "by"
            | "nu"
            | "idag"
            | "just"
            | "now"
            | "fortfarande"
            | "still"
            | "currently"
            | "personen"
            | "person"
            | "medarbetare"
            | "medarbetaren"
            | "anstallning"
            | "anstallningen"
            | "tjanst"
            | "tjansten"
            | "employment"
            | "employee"
            | "company"
            | "organisation"
            | "organisationen"
            | "organization"
            | "foretag"
            | "foretaget"
            | "kommun"
            | "kommunen"
            | "regionen"
            | "arbetsgivaren"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days of death are told from other ends.
    #[test]
    fn deaths_are_told() {
        for header in ["Dödsdatum", "Avlidendatum", "Avliden", "Avled", "Date of death", "Deceased date", "DÖDSDAG"] {
            assert!(is_of_death(header), "{header}");
        }
        for header in ["Slutdatum", "Avgångsdatum", "Dodda", "Avgången"] {
            assert!(!is_of_death(header), "{header}");
        }
    }

    /// A header that is a word of status asks its own question, and other headers ask none.
    #[test]
    fn headers_ask_their_question() {
        let going_on = [
            "Anställd",
            "Är anställd",
            "Anställd?",
            "Anställd (J/N)",
            "Aktiv Ja/Nej",
            "Aktiv [1/0]",
            "Employed",
            "Is employed",
            "isEmployed",
            "IS_ACTIVE",
            "Currently employed (Y/N)?",
            "Pågående",
            "Pågående anställning",
            "Har pågående anställning",
            "Har anställning",
            "Anställd i kommunen",
            "I tjänst",
            "Aktiv",
        ];
        for header in going_on {
            assert_eq!(asks_of_employment(header), Some(true), "{header}");
        }
        let ended = [
            "Slutat",
            "Slutat?",
            "Har slutat (ja/nej)",
            "Har slutat",
            "Avgått",
            "AVGÅTT",
            "Ej anställd",
            "Inaktiv",
            "Terminated",
            "Avslutad",
            "Avslutad anställning",
            "Left company",
            "Has left the organisation",
        ];
        for header in ended {
            assert_eq!(asks_of_employment(header), Some(false), "{header}");
        }
        let others = [
            "Namn",
            "A",
            "Tjänstledig",
            "Uppsagd",
            "Pension",
            "Tjänstepension",
            "Har bil",
            "Status",
            "",
            "Anställd (t.o.m.)",
            "Person",
            "Kommun",
            "Tjänst",
            "Anställning",
            "Personen är",
            "Anställd av",
            "Slutat av (J/N)",
            "Company",
        ];
        for header in others {
            assert_eq!(asks_of_employment(header), None, "{header}");
        }
    }
}
