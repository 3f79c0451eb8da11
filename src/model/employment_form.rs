//! What the words of a form of employment say of the kind of engagement.
//!
//! The list is closed: a form of which no word stands in `form-words.tsv` is not understood, since whoever is paid for
//! a mandate under a word of its own would else pass as employed.

use super::{EmploymentClass, Reading, fold, folded_words};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The embedded table, tab-separated: class, word.
const TABLE: &str = include_str!("form-words.tsv");

/// Words before which a form is denied: "ej timavlönad".
const DENIALS: [&str; 6] = ["ej", "icke", "inte", "ingen", "no", "not"];

/// What one word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Class(EmploymentClass),
    /// That someone is employed, as every form here does.
    Nothing,
}

/// The words of the table, folded.
#[derive(Default)]
struct FormWords {
    whole: HashMap<String, Said>,
    beginnings: Vec<(String, Said)>,
    endings: Vec<(String, Said)>,
}

static WORDS: LazyLock<FormWords> = LazyLock::new(|| {
    let mut words = FormWords::default();
    for (said, word) in lines() {
        let folded = fold(word);
        match (word.strip_suffix('*'), word.strip_prefix('*')) {
            (Some(_), _) => words.beginnings.push((folded, said)),
            (None, Some(_)) => words.endings.push((folded, said)),
            (None, None) => drop(words.whole.insert(folded, said)),
        }
    }
    words
});

fn lines() -> impl Iterator<Item = (Said, &'static str)> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (class, word) = line.split_once('\t')?;
        let said = match class {
            "regular" => Said::Class(EmploymentClass::Regular),
            "hourly" => Said::Class(EmploymentClass::Hourly),
            "not_employed" => Said::Class(EmploymentClass::NotEmployed),
            _ => Said::Nothing,
        };
        Some((said, word))
    })
}

impl FormWords {
    /// What a word says: as a whole, else by its beginning and its ending. A mandate may be of full time, for a term or
    /// until further notice; so where one of them says that nobody is employed, it says so of the word.
    fn look_up(&self, folded: &str) -> Option<Said> {
        let whole = self.whole.get(folded).copied();
        let begins = || self.beginnings.iter().filter(|(word, _)| folded.starts_with(word.as_str()));
        let ends = || self.endings.iter().filter(|(word, _)| folded.ends_with(word.as_str()));
        let parts = || begins().chain(ends()).map(|(_, said)| *said);
        whole
            .or_else(|| parts().find(|said| *said == Said::Class(EmploymentClass::NotEmployed)))
            .or_else(|| parts().next())
    }
}

/// The whole words that are known for forms that are paid but not employed, as they are written.
pub fn not_employed_words() -> impl Iterator<Item = &'static str> {
    lines()
        .filter(|(said, word)| *said == Said::Class(EmploymentClass::NotEmployed) && !word.contains('*'))
        .map(|(_, w)| w)
}

/// What a form says as a whole; what one word begins or ends with says nothing of others beside it.
pub fn whole_form(text: &str) -> Option<EmploymentClass> {
    let (folded, is_one_word) = (fold(text), text.trim().chars().all(char::is_alphanumeric));
    let said = if is_one_word { WORDS.look_up(&folded) } else { WORDS.whole.get(&folded).copied() };
    match said? {
        Said::Class(class) => Some(class),
        Said::Nothing => Some(EmploymentClass::Regular),
    }
}

/// What a form says: as a whole, else by its words, where they do not contradict each other. Hourly staff are also
/// substitutes and the like.
pub fn employment_form(text: &str) -> Reading<EmploymentClass> {
    whole_form(text).map_or_else(|| by_words(text), Reading::Known)
}

fn by_words(text: &str) -> Reading<EmploymentClass> {
    let words = folded_words(text);
    if words.is_empty() {
        return Reading::Absent;
    }
    if words.iter().any(|word| DENIALS.contains(&word.as_str())) {
        return Reading::NotUnderstood;
    }
    let said = said_by(&words);
    let says = |class| said.contains(&Some(Said::Class(class)));
    let engaged = says(EmploymentClass::NotEmployed);
    match (engaged, says(EmploymentClass::Hourly), says(EmploymentClass::Regular)) {
        (true, false, false) => Reading::Known(EmploymentClass::NotEmployed),
        (true, ..) => Reading::NotUnderstood,
        (false, true, _) => Reading::Known(EmploymentClass::Hourly),
        (false, false, true) => Reading::Known(EmploymentClass::Regular),
        (false, false, false) if said.iter().all(Option::is_some) => Reading::Known(EmploymentClass::Regular),
        (false, false, false) => Reading::NotUnderstood,
    }
}

/// What each word says, and what two say together ("god man"), which neither says alone.
fn said_by(words: &[String]) -> Vec<Option<Said>> {
    let mut said = Vec::new();
    let mut rest = words;
    while let [first, behind @ ..] = rest {
        let pair = behind.first().and_then(|second| WORDS.whole.get(&format!("{first}{second}")).copied());
        said.push(pair.or_else(|| WORDS.look_up(first)));
        rest = if pair.is_some() { &behind[1..] } else { behind };
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every line of the table names a class, and no word stands in it twice.
    #[test]
    fn the_table_is_well_formed() {
        let mut words: Vec<String> = lines().map(|(_, word)| word.to_lowercase()).collect();
        let (count, known) = (words.len(), ["regular", "hourly", "not_employed", "none"]);
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            assert!(known.contains(&line.split_once('\t').unwrap().0), "{line}");
        }
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count, "a word stands twice");
    }

    /// Forms as payroll systems write them, alone and with words beside.
    #[test]
    fn forms_tell_what_they_are() {
        use EmploymentClass::{Hourly, NotEmployed, Regular};
        let told: [(EmploymentClass, &[&str]); 3] = [
            (
                Regular,
                &[
                    "Tillsvidareanställning",
                    "TV",
                    "Vikariat",
                    "Särskild visstidsanställning",
                    "AVA",
                    "Anställd",
                    "MÅN",
                    "AB",
                    "Bilaga U",
                    "Tills vidare",
                    "Tillfällig anställning",
                    "Tidsbegränsat förordnande",
                    "Sommarvikarie",
                    "Graviditetsvikariat",
                    "Uppehållsanställd",
                    "RiB",
                    "AT-läkare",
                    "Seasonal",
                    "Fackligt förtroendevald",
                    "Facklig förtroendeman",
                    "Facklig förtroendeman heltid",
                    "Bemanningsanställd",
                    "Heltidsanställd",
                    "Säsongsarbetare",
                ],
            ),
            (
                Hourly,
                &["Timavlönad", "TIM", "Intermittent anställning", "Vid behov", "Timanställd vik", "SÄVA timavl."],
            ),
            (
                NotEmployed,
                &[
                    "Förtroendevald KF",
                    "Ledamot",
                    "Fritidspolitiker",
                    "Uppdragstagare kontaktfamilj",
                    "Gode män",
                    "God man SoL",
                    "Arvode",
                    "Heltidsarvoderad",
                    "Deltidspolitiker",
                    "Visstidsuppdrag",
                    "Heltidsförtroendevald",
                    "Tillsvidarekonsult",
                ],
            ),
        ];
        for (class, forms) in told {
            for form in forms {
                assert_eq!(employment_form(form), Reading::Known(class), "{form}");
            }
        }
    }

    /// What no list knows, what denies and what contradicts itself is not understood.
    #[test]
    fn other_forms_are_not_understood() {
        for form in [
            "xyz",
            "1",
            "T",
            "Ej timavlönad",
            "Timavlönad uppdragstagare",
            "Avancerad tjänst",
            "Timrå",
            "Tills",
            "Bilaga",
        ] {
            assert_eq!(employment_form(form), Reading::NotUnderstood, "{form}");
        }
    }

    proptest! {
        /// No cell is too strange, and white space around it never matters.
        #[test]
        fn any_form_is_read(text in "\\PC{0,30}") {
            prop_assert_eq!(employment_form(&text), employment_form(&format!(" {text} ")));
        }
    }
}
