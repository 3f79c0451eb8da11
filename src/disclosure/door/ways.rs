//! The ways in which a name is written: its parts near each other, or in one word.

use super::folded::words;
use crate::matching::Word;
use crate::model::{NameTokens, Spelling, is_given_name, surname_share};
use crate::roster::name_keys;
use std::collections::BTreeSet;
use std::ops::Range;

/// The ways of one name, folded.
#[derive(Debug, Default)]
pub struct Ways {
    /// Given name and surname in one word, in either order.
    pub joined: BTreeSet<String>,
    /// Given names with the surnames that they are borne with. A surname may be several words: those of a particle, or
    /// those that an apostrophe parts.
    pub apart: BTreeSet<(String, String)>,
}

/// Letters that a word has at least which is no particle.
const WORD: usize = 4;

/// Letters from which a surname is told by an initial before or behind it.
const LONG_SURNAME: usize = 6;

/// Words for people that two short names make.
const PERSON: &str = "person";

/// Letters that each half of a joined name has at least.
const HALF: usize = 2;

impl Ways {
    /// Initials of several given names, which are written as one word.
    fn add_initials(&mut self, name: &NameTokens) {
        let initials: String = name.given.iter().filter_map(|word| word.chars().next()).collect();
        if name.spelling == Spelling::Apart && name.given.len() > 1 {
            name.surname.iter().for_each(|surname| self.add(&words(&initials), &words(surname)));
        }
    }

    /// Those of a name as it is compared, and as it is written, where that is known: what is compared has lost its
    /// particles and apostrophes.
    pub fn of(written: &str, name: &NameTokens) -> Self {
        let mut own = Self::default();
        for (given, surname) in name_keys(name) {
            own.add(&words(&given), &words(&surname));
        }
        own.add_initials(name);
        let is_whole = !written.contains(['?', '\u{fffd}']);
        let order = if is_whole { in_order(written) } else { Vec::new() };
        let compared = |list: &[String]| -> BTreeSet<String> { list.iter().map(|word| words(word)).collect() };
        let cut = Cut { words: &order, given: compared(&name.given), surname: compared(&name.surname) };
        for at in 1..order.len().max(1) {
            if cut.is_between_names(at) {
                own.add_cut(&cut, at);
            }
        }
        own
    }

    /// Everything that can be made of a given name before a place and a surname from there on.
    fn add_cut(&mut self, cut: &Cut<'_>, at: usize) {
        let given = ranges(0..at).filter(|own| cut.is_given(own));
        let given: Vec<String> = given.map(|own| cut.words[own].concat()).collect();
        for own in ranges(at..cut.words.len()).filter(|own| cut.is_surname(own)) {
            let surname = &cut.words[own];
            for given in &given {
                self.add(given, &surname.concat());
                self.add(given, &surname.join(" "));
            }
        }
    }

    fn add(&mut self, given: &str, surname: &str) {
        let is_word = !given.is_empty() && !given.contains(' ');
        // As compared and as written most names are the same.
        let mut is_new = || self.apart.insert((given.to_owned(), surname.to_owned()));
        if is_word && surname.chars().count() >= HALF && is_new() {
            self.add_joined(given, surname);
            self.add_initial(given, surname);
        }
    }

    /// The initial and the surname in one word, as accounts are called, unless that is a name too: A. Berg is no Åberg.
    fn add_initial(&mut self, given: &str, surname: &str) {
        let initial: String = given.chars().take(1).collect();
        let is_one = surname.chars().count() >= LONG_SURNAME && !surname.contains(' ');
        let own = [format!("{initial}{surname}"), format!("{surname}{initial}")].map(|own| words(&own));
        let is_name = |own: &String| is_given_name(own) || surname_share(own).is_some();
        self.joined.extend(own.into_iter().filter(|own| is_one && own != surname && !is_name(own)));
    }

    fn add_joined(&mut self, given: &str, surname: &str) {
        let is_long = |half: &str| half.chars().count() >= HALF && !half.contains(' ');
        if is_long(given) && is_long(surname) {
            // Where the halves meet, letters may fold that do not within them. Per Son makes no name of a person.
            let own = [format!("{given}{surname}"), format!("{surname}{given}")].map(|own| words(&own));
            self.joined.extend(own.into_iter().filter(|own| !is_word(own)));
        }
    }
}

/// Whether two halves make a word of things and people in general.
fn is_word(joined: &str) -> bool {
    matches!(Word::of(joined), Word::Thing(_)) || joined == PERSON
}

/// The words of a name as it is written, given name first.
fn in_order(written: &str) -> Vec<String> {
    let halves = written.split_once(',').map(|(surname, given)| format!("{given} {surname}"));
    words(halves.as_deref().unwrap_or(written)).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Every range of a range, but for empty ones.
fn ranges(own: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = own.end;
    own.flat_map(move |from| (from + 1..=end).map(move |to| from..to))
}

/// A name that is to be cut in two.
struct Cut<'w> {
    words: &'w [String],
    given: BTreeSet<String>,
    surname: BTreeSet<String>,
}

impl Cut<'_> {
    /// Whether the words before a place can be given names, and those from there on surnames.
    fn is_between_names(&self, at: usize) -> bool {
        let (before, behind) = self.words.split_at(at);
        let only = |word: &String, own: &BTreeSet<String>, other: &BTreeSet<String>| {
            own.contains(word) && !other.contains(word)
        };
        before.iter().any(|word| self.given.contains(word))
            && !before.iter().any(|word| only(word, &self.surname, &self.given))
            && !behind.iter().any(|word| only(word, &self.given, &self.surname))
    }

    /// Whether some words hold a given name.
    fn is_given(&self, own: &Range<usize>) -> bool {
        self.words[own.clone()].iter().any(|word| self.given.contains(word))
    }

    /// Whether some words hold a surname: what is compared, or a word that an apostrophe parts and that is no particle.
    fn is_surname(&self, own: &Range<usize>) -> bool {
        let is = |word: &String| self.surname.contains(word) || word.chars().count() >= WORD;
        self.words[own.clone()].iter().any(is)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(given: &str, surname: &str) -> Ways {
        Ways::of(&format!("{given} {surname}"), &NameTokens::apart(given, "", surname))
    }

    /// Particles, hyphens and apostrophes may be written, left out, or run together with the rest.
    #[test]
    fn names_of_several_words_are_joined_in_every_way() {
        for (given, surname, joined, apart) in [
            ("Saga-Lisa", "Trunstam Vassgård", "sagalisatrunstamvassgard", ("sagalisa", "trunstam")),
            ("Anna", "von Qvarnheim", "annavonqvarnheim", ("anna", "von qvarnheim")),
            ("Siobhán", "O'Brinnell", "obrinnellsiobhan", ("siobhan", "o brinnell")),
            ("Ali", "El-Bazzmari", "alielbazzmari", ("ali", "elbazzmari")),
        ] {
            let ways = ways(given, surname);
            assert!(ways.joined.contains(joined), "{ways:?}");
            assert!(ways.apart.contains(&(apart.0.to_owned(), apart.1.to_owned())), "{ways:?}");
        }
    }

    /// An initial and a surname are one word in an account's name, but no name of somebody else.
    #[test]
    fn an_initial_is_joined_to_a_long_surname() {
        let joined = |given: &str, surname: &str, word: &str| ways(given, surname).joined.contains(word);
        assert!(joined("Tindra", "Qvarnholm", "tqvarnholm") && joined("Tindra", "Qvarnholm", "qvarnholmt"));
        assert!(!joined("Anna", "Berg", "aberg") && !joined("Aina", "Alund", "alund"));
    }

    /// A particle alone is no surname, and neither half of a name is one.
    #[test]
    fn no_half_is_a_name() {
        let ways = ways("Anna Maria", "von Qvarnheim Lind");
        let is_one = |word: &str| ways.joined.contains(word);
        assert!(!is_one("annamaria") && !is_one("vonqvarnheim") && !is_one("qvarnheimlind"), "{ways:?}");
        assert!(ways.apart.iter().all(|(given, surname)| surname != "von" && given != "von"), "{ways:?}");
    }
}
