//! Texts that name a post and not a person: a post stays when people come and go, so it is accepted as it stands.
//!
//! Whatever is no person and holds no word of posts is unknown. To take it for a post would let an owner who left
//! long ago pass for one.

use crate::model::{Person, fold, is_given_name};
use std::collections::BTreeSet;

/// Ends of words that name a post or a unit, folded.
const ENDINGS: [&str; 43] = [
    "administrator",
    "agare",
    "agaren",
    "ansvarig",
    "ansvarige",
    "avdelning",
    "avdelningen",
    "chef",
    "chefen",
    "controller",
    "controllern",
    "direktor",
    "direktoren",
    "director",
    "enhet",
    "enheten",
    "forvaltare",
    "forvaltaren",
    "forvaltning",
    "forvaltningen",
    "funktion",
    "funktionen",
    "grupp",
    "gruppen",
    "handlaggare",
    "handlaggaren",
    "kontoret",
    "ledare",
    "ledning",
    "ledningen",
    "manager",
    "namnd",
    "namnden",
    "owner",
    "rektor",
    "rektorn",
    "samordnare",
    "samordnaren",
    "sekreterare",
    "strateg",
    "strategen",
    "support",
    "team",
];

/// Words that name a unit, whole.
const WORDS: [&str; 3] = ["it", "hr", "kommun"];

/// A word of a title says something from this length on.
const LEAST_LETTERS: usize = 4;

/// What posts are called here.
#[derive(Clone, Debug, Default)]
pub struct Posts {
    /// Words of payroll's own titles.
    titles: BTreeSet<String>,
    /// What the configuration names, as words.
    stated: Vec<Vec<String>>,
}

impl Posts {
    /// Gathers the words of payroll's titles, and what the configuration names.
    pub fn new(stated: &[String], persons: &[Person]) -> Self {
        let titles = persons.iter().flat_map(|person| &person.employments).filter_map(|e| e.title.as_deref());
        let telling = |word: &String| word.chars().count() >= LEAST_LETTERS && !is_given_name(word);
        let stated = stated.iter().map(|text| words(text)).filter(|words| !words.is_empty());
        Self { titles: titles.flat_map(words).filter(telling).collect(), stated: stated.collect() }
    }

    /// Whether a text names a post: it holds a word of posts, or what the configuration says is one.
    pub fn name(&self, text: &str) -> bool {
        let words = words(text);
        let is_one = |word: &String| {
            let known = ENDINGS.iter().any(|ending| word.ends_with(ending));
            known || WORDS.contains(&word.as_str()) || self.titles.contains(word)
        };
        words.iter().any(is_one)
            || self.stated.iter().any(|own| words.windows(own.len()).any(|part| part == own.as_slice()))
    }
}

/// The words of a text, folded.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A word of posts makes a post, at the end of a compound too; a name, a product and a number make none.
    #[test]
    fn words_of_posts_make_a_post() {
        let posts = Posts::new(&["Servicedesk VoB".to_owned()], &[]);
        for text in ["IT-chef", "Administrativ chef", "Systemägare", "HR", "Löneenheten", "Servicedesk VoB, dagtid"] {
            assert!(posts.name(text), "{text}");
        }
        for text in ["Eva Lind", "fedpal77", "SE2120001234-ABC1", "Treserva", "Servicedesk", "Personalen", ""] {
            assert!(!posts.name(text), "{text}");
        }
    }
}
