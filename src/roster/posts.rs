//! Texts that name a post and not a person: a post stays when people come and go, so it is accepted as it stands.
//!
//! Whatever is no person and holds no word of posts is unknown. To take it for a post would let an owner who left
//! long ago pass for one.

use crate::model::{Person, folded_words, is_given_name};
use std::borrow::Cow;
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
    /// Words of payroll's own units and departments.
    units: BTreeSet<String>,
    /// What the configuration names, as words.
    stated: Vec<Vec<String>>,
}

/// What a text that may name a post says beside it.
#[derive(Debug, Default)]
pub struct Beside<'t> {
    /// Texts that may be somebody's name.
    pub names: Vec<Cow<'t, str>>,
    /// Whether one of them is a name by its form, whoever bears it.
    pub is_named: bool,
}

impl Posts {
    /// Gathers the words of payroll's titles, and what the configuration names.
    pub fn new(stated: &[String], persons: &[Person]) -> Self {
        let titles = persons.iter().flat_map(|person| &person.employments).filter_map(|e| e.title.as_deref());
        let telling = |word: &String| word.chars().count() >= LEAST_LETTERS && !is_given_name(word);
        let stated = stated.iter().map(|text| folded_words(text)).filter(|words| !words.is_empty());
        let employments = || persons.iter().flat_map(|person| &person.employments);
        let units = employments().flat_map(|e| [e.unit.as_deref(), e.department.as_deref()]).flatten();
        Self {
            titles: titles.flat_map(folded_words).filter(telling).collect(),
            units: units.flat_map(folded_words).collect(),
            stated: stated.collect(),
        }
    }

    /// What stands beside the words of posts: "Eva Lind, enhetschef" names Eva Lind, and so does "Enhetschef Eva Lind". A
    /// post that the configuration names to the letter has nobody beside it.
    pub fn beside<'t>(&self, text: &'t str) -> Beside<'t> {
        if self.stated.contains(&folded_words(text)) {
            return Beside::default();
        }
        let of_posts = |word: &str| folded_words(word).iter().any(|word| is_by_form(word));
        // A title of payroll's can be a surname too: the stretches are told with it and without.
        let of_titles =
            |word: &str| folded_words(word).iter().any(|word| is_by_form(word) || self.titles.contains(word));
        let parts = || text.split([',', ';', '(', ')', '/', ':']).map(str::trim).filter(|part| !part.is_empty());
        let between_posts: Vec<&str> = parts().flat_map(|part| between(part, of_posts)).collect();
        let is_named = between_posts.iter().any(|stretch| self.is_name(stretch))
            || parts().count() > 1 && parts().any(|part| self.is_name_apart(part));
        let between_titles = parts().flat_map(|part| between(part, of_titles));
        let mut names: Vec<Cow<'t, str>> =
            parts().chain(between_posts).chain(between_titles).map(Cow::Borrowed).collect();
        // A surname before a comma, and the given name after it.
        let others: Vec<&str> = text.split_whitespace().filter(|word| !of_posts(word)).collect();
        names.push(Cow::Owned(others.join(" ")));
        Beside { names, is_named }
    }

    /// Whether a stretch is a name by its form: two or three words with capitals, a given name among them, which are no
    /// unit and no title of payroll's.
    fn is_name(&self, stretch: &str) -> bool {
        let words = folded_words(stretch);
        is_capitalised(stretch)
            && words.iter().any(|word| is_given_name(word))
            && !words.iter().all(|w| self.is_ours(w))
    }

    /// Whether a part of its own, before a comma or in brackets, is a name that no list knows: where such words are
    /// nothing of payroll's, they are somebody.
    fn is_name_apart(&self, part: &str) -> bool {
        is_capitalised(part) && !folded_words(part).iter().any(|word| is_by_form(word) || self.is_ours(word))
    }

    fn is_ours(&self, word: &str) -> bool {
        self.units.contains(word) || self.titles.contains(word)
    }

    /// Whether a text names a post: it holds a word of posts, or what the configuration says is one.
    pub fn name(&self, text: &str) -> bool {
        let words = folded_words(text);
        let is_one = |word: &String| is_by_form(word) || self.titles.contains(word);
        words.iter().any(is_one)
            || self.stated.iter().any(|own| words.windows(own.len()).any(|part| part == own.as_slice()))
    }
}

/// The stretches of a text between some of its words.
fn between(text: &str, divides: impl Fn(&str) -> bool) -> Vec<&str> {
    let (mut stretches, mut from) = (Vec::new(), 0);
    for word in text.split_whitespace().filter(|word| divides(word)) {
        // The word is a part of the text.
        let at = word.as_ptr().addr() - text.as_ptr().addr();
        stretches.push(text[from..at].trim());
        from = at + word.len();
    }
    stretches.push(text[from..].trim());
    stretches.retain(|stretch| !stretch.is_empty());
    stretches
}

/// Whether a text is two or three words of letters, each with a capital.
fn is_capitalised(text: &str) -> bool {
    let is_word = |part: &str| {
        part.starts_with(char::is_uppercase) && part.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\''))
    };
    (2..=3).contains(&text.split_whitespace().count()) && text.split_whitespace().all(is_word)
}

/// Whether a folded word names a post or a unit by itself.
fn is_by_form(word: &str) -> bool {
    ENDINGS.iter().any(|ending| word.ends_with(ending)) || WORDS.contains(&word)
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

    /// Beside the words of a post stands what may be a name: with two or three capitals and a given name it is one by
    /// its form; a place, a unit and a post that the configuration names are none.
    #[test]
    fn names_stand_beside_posts() {
        let posts = Posts::new(&["Samordnare Eva Lind-huset".to_owned()], &[]);
        for text in
            ["Eva Lind, enhetschef", "Enhetschef Eva Lind", "rektor (Petronella Kvastö)", "IT-chef Eva Maria Lind"]
        {
            assert!(posts.beside(text).is_named, "{text}");
        }
        for text in ["Enhetschef Norr", "Administrativ chef", "Chef för hemtjänsten", "Samordnare Eva Lind-huset"] {
            assert!(!posts.beside(text).is_named, "{text}");
        }
        assert!(posts.beside("Lind, Eva, enhetschef").names.contains(&Cow::Borrowed("Lind, Eva,")));
    }
}
