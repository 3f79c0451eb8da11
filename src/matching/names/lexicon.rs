//! Every distinct given-name or surname word of the roster, once, with who bears it.

use super::neighbours::Neighbours;
use crate::matching::evidence::EvidenceField;
use crate::model::{
    PersonIx, expand_wildcards, given_name_share, letters_respelt, sounds, spelling_key, surname_share,
};
use foldhash::{HashMap, HashMapExt};
use std::collections::BTreeMap;

/// A word's place in its lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueIx(pub u32);

/// Which names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamePart {
    /// Given names.
    Given,
    /// Surnames.
    Surname,
}

impl NamePart {
    /// The field their words are compared in.
    pub fn field(self) -> EvidenceField {
        match self {
            Self::Given => EvidenceField::GivenName,
            Self::Surname => EvidenceField::Surname,
        }
    }
}

/// Half of P0 is the files' own frequency of a name, half the country's: people outside the files are
/// partly like those in them (neighbours, former colleagues) and partly anybody.
const OWN_SHARE: f64 = 0.5;

/// A word that payroll has and the country's table has not: fewer than 2,100 bearers of 10.6 million, and
/// since somebody is called so, more than the rarest. 200 bearers is between.
const RARE: f64 = 2e-5;

/// A word met nowhere before. About three people in ten bear a surname outside any employer's payroll, and
/// such names are some 500,000; but they gather round the common ones (Lindgård beside Lindgren), where slips
/// lie too, so that a word near a known one is a name of its own five times likelier than 0.3 / 500,000.
const NOVEL: f64 = 3e-6;

/// The words of every person, one after the other: asked for each person that a list leads to, they stand together.
#[derive(Debug)]
struct Borne {
    words: Vec<ValueIx>,
    /// Where each person's begin, and the last one's end.
    starts: Vec<u32>,
}

impl Borne {
    /// Turns the lists of who bears each word round. No payroll holds 2^32 names.
    fn new(persons: usize, bearers: &[Vec<PersonIx>]) -> Self {
        let mut starts = vec![0; persons + 1];
        for person in bearers.iter().flatten() {
            starts[person.0 as usize + 1] += 1;
        }
        for at in 0..persons {
            starts[at + 1] += starts[at];
        }
        let mut free = starts.clone();
        let mut words = vec![ValueIx(0); bearers.iter().map(Vec::len).sum()];
        for (at, own) in bearers.iter().enumerate() {
            for person in own {
                let place = &mut free[person.0 as usize];
                words[*place as usize] = value(at);
                *place += 1;
            }
        }
        Self { words, starts }
    }

    fn by(&self, person: PersonIx) -> &[ValueIx] {
        let at = person.0 as usize;
        &self.words[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// The words of one part of names, sorted, each once.
#[derive(Debug)]
pub struct Lexicon {
    part: NamePart,
    words: Vec<Box<str>>,
    known: HashMap<Box<str>, ValueIx>,
    bearers: Vec<Vec<PersonIx>>,
    borne: Borne,
    neighbours: Neighbours,
    spellings: HashMap<String, Vec<ValueIx>>,
    sounds: HashMap<String, Vec<ValueIx>>,
    /// Words with lost letters, by every word that each may be.
    lost: HashMap<String, Vec<ValueIx>>,
    initials: BTreeMap<char, u32>,
    persons: f64,
}

impl Lexicon {
    /// Gathers the words that persons bear. `borne` goes through the roster in order.
    pub fn new(part: NamePart, persons: usize, borne: impl Iterator<Item = (PersonIx, String)>) -> Self {
        let mut by_word: BTreeMap<String, Vec<PersonIx>> = BTreeMap::new();
        for (person, word) in borne {
            let bearers = by_word.entry(word).or_default();
            if bearers.last() != Some(&person) {
                bearers.push(person);
            }
        }
        let words: Vec<Box<str>> = by_word.keys().map(|word| word.as_str().into()).collect();
        let bearers: Vec<Vec<PersonIx>> = by_word.into_values().collect();
        let mut spellings: HashMap<String, Vec<ValueIx>> = HashMap::new();
        let mut heard: HashMap<String, Vec<ValueIx>> = HashMap::new();
        let mut lost: HashMap<String, Vec<ValueIx>> = HashMap::new();
        let mut initials: BTreeMap<char, u32> = BTreeMap::new();
        for (at, word) in words.iter().enumerate() {
            spellings.entry(spelling_key(word)).or_default().push(value(at));
            if let Some(own) = sounds(word) {
                heard.entry(own).or_default().push(value(at));
            }
            if word.contains('?') {
                for form in expand_wildcards(word) {
                    lost.entry(form).or_default().push(value(at));
                }
            }
            if let Some(letter) = word.chars().next() {
                *initials.entry(letter).or_default() += u32::try_from(bearers[at].len()).unwrap_or(u32::MAX);
            }
        }
        let known = words.iter().cloned().enumerate().map(|(at, word)| (word, value(at))).collect();
        let neighbours = Neighbours::new(&words);
        let borne = Borne::new(persons, &bearers);
        #[allow(clippy::cast_precision_loss)] // Far below 2^52 persons.
        let persons = persons.max(1) as f64;
        Self { part, words, known, bearers, borne, neighbours, spellings, sounds: heard, lost, initials, persons }
    }

    /// Which names these are.
    pub fn part(&self) -> NamePart {
        self.part
    }

    /// The place of a word, if somebody bears it.
    pub fn find(&self, word: &str) -> Option<ValueIx> {
        self.known.get(word).copied()
    }

    /// The word itself.
    pub fn word(&self, value: ValueIx) -> &str {
        &self.words[value.0 as usize]
    }

    /// Who bears it, in the order of the roster.
    pub fn bearers(&self, value: ValueIx) -> &[PersonIx] {
        &self.bearers[value.0 as usize]
    }

    /// The words that a person bears, in their order.
    pub fn borne_by(&self, person: PersonIx) -> &[ValueIx] {
        self.borne.by(person)
    }

    /// Words within a slip or two, with their distance.
    pub fn near(&self, word: &str) -> impl Iterator<Item = (ValueIx, usize)> {
        self.neighbours.of(word, &self.words).into_iter().map(|(place, distance)| (ValueIx(place), distance))
    }

    /// Words that only habit spells otherwise.
    pub fn spelt_alike(&self, word: &str) -> &[ValueIx] {
        self.spellings.get(&spelling_key(word)).map_or(&[], Vec::as_slice)
    }

    /// Words that may be this one in other Latin letters, with by how many letters they are written otherwise. Two
    /// names that people here commonly bear are two.
    pub fn respelt(&self, word: &str) -> impl Iterator<Item = (ValueIx, usize)> {
        let heard = sounds(word).and_then(|own| self.sounds.get(&own));
        let is_listed = self.is_listed(word);
        let others =
            heard.into_iter().flatten().filter(move |value| !(is_listed && self.is_listed(self.word(**value))));
        others.filter_map(move |value| Some((*value, letters_respelt(word, self.word(*value))?)))
    }

    fn is_listed(&self, word: &str) -> bool {
        self.listed_share(word).is_some()
    }

    fn listed_share(&self, word: &str) -> Option<f64> {
        match self.part {
            NamePart::Given => given_name_share(word),
            NamePart::Surname => surname_share(word),
        }
    }

    /// Words with lost letters that may be this one.
    pub fn losing_to(&self, word: &str) -> &[ValueIx] {
        self.lost.get(word).map_or(&[], Vec::as_slice)
    }

    /// Words that begin with some letters, if they are not more than `most`.
    pub fn beginning_with(&self, start: &str, most: usize) -> impl Iterator<Item = ValueIx> {
        let first = self.words.partition_point(|word| **word < *start);
        let count = self.words[first..].iter().take(most + 1).take_while(|word| word.starts_with(start)).count();
        let range = if count > most { first..first } else { first..first + count };
        range.map(value)
    }

    /// The share of persons who bear a word, one of them left out: the one the word is weighed for.
    pub fn share_of_others(&self, value: ValueIx) -> f64 {
        #[allow(clippy::cast_precision_loss)] // Far below 2^52 persons.
        let others = self.bearers(value).len().saturating_sub(1) as f64;
        others / self.persons
    }

    /// The share of words with an initial, never 0.
    pub fn share_of_initial(&self, letter: char) -> f64 {
        let all: u32 = self.initials.values().sum();
        let own = self.initials.get(&letter).copied().unwrap_or(0);
        (f64::from(own) + 0.5) / (f64::from(all) + 1.0)
    }

    /// The part of P0 that does not depend on the files: how likely someone outside them is called so.
    pub fn share_outside(&self, word: &str) -> f64 {
        let rare = if self.known.contains_key(word) { RARE } else { NOVEL };
        (1.0 - OWN_SHARE) * self.listed_share(word).unwrap_or(rare)
    }

    /// The files' own part of P0, of a sum over their words.
    pub fn share_inside(sum: f64) -> f64 {
        OWN_SHARE * sum
    }
}

/// A lexicon holds at most one word a cell, far below 2^32.
fn value(at: usize) -> ValueIx {
    ValueIx(u32::try_from(at).unwrap_or(u32::MAX))
}
