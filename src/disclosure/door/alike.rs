//! Names that are hers but for how they are spelt, for an everyday form of the given name, or for a slip: Lisa Kvarnholm
//! for Elisabeth Qvarnholm. The program takes such an account for perhaps hers, and whoever reads it would too.

use super::folded::words;
use crate::model::{NameTokens, is_same_word, short_forms, spelling_key};
use crate::roster::name_keys;
use foldhash::{HashMap, HashSet};
use std::collections::{BTreeMap, BTreeSet};

/// A given name and a surname, folded.
pub type Pair = (String, String);

/// Names by how their words may be spelt.
#[derive(Debug, Default)]
pub struct Alike {
    /// Surnames in order, with the given names they are borne with.
    names: Vec<(String, Vec<String>)>,
    spelt: HashMap<String, Meant>,
    /// What is like one of hers, and somebody else's.
    theirs: HashSet<Pair>,
}

/// What a word may be of some names, by their places.
#[derive(Clone, Debug, Default)]
pub struct Meant {
    /// Their surname.
    pub surname: Vec<usize>,
    /// A given name of theirs.
    pub given: Vec<usize>,
}

impl Alike {
    /// Those that are like some names, but for what others are called.
    pub fn to(names: &BTreeMap<String, BTreeSet<String>>, theirs: HashSet<Pair>) -> Self {
        let names = names.iter().map(|(surname, given)| (surname.clone(), given.iter().cloned().collect()));
        let mut own = Self { names: names.collect(), theirs, ..Self::default() };
        for at in 0..own.names.len() {
            own.add_spellings(at);
        }
        own
    }

    fn add_spellings(&mut self, at: usize) {
        let Self { names, spelt, .. } = self;
        let (surname, given) = &names[at];
        if surname.contains(' ') {
            return;
        }
        spelt.entry(spelling_key(surname)).or_default().surname.push(at);
        for form in given.iter().flat_map(|name| forms(name)) {
            let places = &mut spelt.entry(spelling_key(&form)).or_default().given;
            if places.last() != Some(&at) {
                places.push(at);
            }
        }
    }

    /// The surnames, in order.
    pub fn surnames(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.iter().map(|(surname, _)| surname.as_str())
    }

    /// The place of a surname.
    pub fn place(&self, surname: &str) -> Option<usize> {
        self.names.binary_search_by(|(own, _)| own.as_str().cmp(surname)).ok()
    }

    /// The surname at a place, and the given names it is borne with.
    pub fn at(&self, place: usize) -> (&str, &[String]) {
        let (surname, given) = &self.names[place];
        (surname, given)
    }

    /// What a folded word may be, in the genitive too.
    pub fn meant(&self, word: &str) -> Option<&Meant> {
        let known = |word: &str| self.spelt.get(&spelling_key(word));
        known(word).or_else(|| known(word.strip_suffix('s')?))
    }

    /// Notes what of somebody else's name is like one of hers.
    pub fn see(&self, name: &NameTokens, theirs: &mut HashSet<Pair>) {
        if !name.surname.iter().any(|word| self.spelt.contains_key(&spelling_key(word)))
            && !name.given.iter().any(|word| self.spelt.contains_key(&spelling_key(word)))
        {
            return;
        }
        for (given, surname) in name_keys(name) {
            let pair = (words(&given), words(&surname));
            if self.is_like(&pair) {
                theirs.insert(pair);
            }
        }
    }

    fn is_like(&self, (given, surname): &Pair) -> bool {
        let spelt = |word: &str| self.spelt.get(&spelling_key(word));
        let by_surname = spelt(surname).into_iter().flat_map(|meant| &meant.surname);
        let by_given = spelt(given).into_iter().flat_map(|meant| &meant.given);
        by_surname.copied().any(|at| self.names[at].1.iter().any(|own| is_given(given, own)))
            || by_given.copied().any(|at| is_same_word(surname, &self.names[at].0))
    }

    /// Whether a name that is like hers is somebody else's.
    pub fn is_theirs(&self, given: &str, surname: &str) -> bool {
        let genitive = |word: &str| [Some(word.to_owned()), word.strip_suffix('s').map(str::to_owned)];
        let is = |given: String| {
            let mut surnames = genitive(surname).into_iter().flatten();
            surnames.any(|surname| self.theirs.contains(&(given.clone(), surname)))
        };
        !self.theirs.is_empty() && genitive(given).into_iter().flatten().any(is)
    }
}

/// A given name and its everyday forms.
fn forms(name: &str) -> impl Iterator<Item = String> {
    std::iter::once(name.to_owned()).chain(short_forms(name).iter().map(|form| words(form)))
}

/// Whether a word may be a given name: it, or an everyday form of it, but for spelling or a slip.
pub fn is_given(word: &str, name: &str) -> bool {
    is_same_word(word, name) || forms(name).skip(1).any(|form| spelling_key(&form) == spelling_key(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use foldhash::HashSetExt;

    /// Everyday forms and spellings are of the name; another name is not, however near it is.
    #[test]
    fn forms_of_a_given_name_are_it() {
        for (word, name) in
            [("lisa", "elisabeth"), ("elisabet", "elisabeth"), ("elisabth", "elisabeth"), ("mia", "maria")]
        {
            assert!(is_given(word, name), "{word} {name}");
        }
        for (word, name) in [("anna", "hanna"), ("lena", "elisabeth"), ("karin", "karina")] {
            assert!(!is_given(word, name), "{word} {name}");
        }
    }

    /// What somebody else is called is theirs, in the genitive too.
    #[test]
    fn what_others_are_called_is_theirs() {
        let hers = [("qvarnholm".to_owned(), ["elisabeth".to_owned()].into())].into();
        let mut theirs = HashSet::new();
        let alike = Alike::to(&hers, HashSet::new());
        for (given, surname) in [("Lisa", "Kvarnholm"), ("Per", "Kvarnholm"), ("Elisabet", "Berg")] {
            alike.see(&NameTokens::apart(given, "", surname), &mut theirs);
        }
        let alike = Alike::to(&hers, theirs);
        assert!(alike.is_theirs("lisa", "kvarnholm") && alike.is_theirs("lisa", "kvarnholms"));
        assert!(!alike.is_theirs("elisabet", "kvarnholm") && !alike.is_theirs("per", "kvarnholm"));
    }
}
