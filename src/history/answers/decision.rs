//! A decision as people write it where the list offers one.

use crate::answer_form::Decision;
use crate::model::{Language, folded_words};

/// Words that may follow a decision and change nothing.
const OBJECTS: [&str; 10] =
    ["konto", "kontot", "kontona", "behorighet", "behorigheten", "behorigheter", "rollen", "account", "access", "role"];

/// Words that decisions begin with and that say nothing alone: "Inte" may go on in any way.
const BEGINNINGS: [&str; 6] = ["inte", "vet", "redan", "not", "do", "already"];

/// The decision that is meant, where that is certain: the words of the list in either language, in any case, whole or
/// their beginning, with the account or the role named behind. Anything more, a "not" above all, is no decision, and
/// neither is a question.
pub fn read(written: &str) -> Option<Decision> {
    if written.contains('?') {
        return None;
    }
    let words = folded_words(written);
    let means = |decision: &Decision| {
        [Language::Sv, Language::En].iter().any(|language| is_meant(&words, decision.text().get(*language)))
    };
    let mut meant = Decision::ALL.into_iter().filter(means);
    meant.next().filter(|_| meant.next().is_none())
}

/// Whether words are those of a choice, or begin as they do and go on with nothing but what they are about.
fn is_meant(words: &[String], choice: &str) -> bool {
    let choice = folded_words(choice);
    let same = words.iter().zip(&choice).take_while(|(written, own)| written == own).count();
    let says = words[..same].iter().any(|word| !BEGINNINGS.contains(&word.as_str()));
    says && words[same..].iter().all(|word| OBJECTS.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What owners type is understood where it can mean one thing only.
    #[test]
    fn decisions_are_read_as_people_write_them() {
        for (written, decision) in [
            ("Behåll", Decision::Keep),
            ("  BEHÅLL ", Decision::Keep),
            ("behåll kontot", Decision::Keep),
            ("Inaktivera", Decision::Disable),
            ("inaktivera konto.", Decision::Disable),
            ("Disable", Decision::Disable),
            ("ändra behörigheten", Decision::ChangeRole),
            ("Inte mitt ansvar", Decision::NotMine),
            ("Vet ej", Decision::Unknown),
            ("Redan åtgärdat", Decision::Done),
        ] {
            assert_eq!(read(written), Some(decision), "{written}");
        }
    }

    /// What is doubtful is no decision.
    #[test]
    fn a_doubtful_word_is_no_decision() {
        for written in [
            "Inaktivera ej",
            "behåll inte",
            "ok",
            "ja",
            "?",
            "behåll eller inaktivera",
            "",
            "Ta bort",
            "Inaktivera konto?",
            "Inte",
            "inte kontot",
            "Vet",
            "Redan",
            "Do not",
        ] {
            assert_eq!(read(written), None, "{written}");
        }
    }
}
