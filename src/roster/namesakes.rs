//! Persons who share name and birth date under different numbers: one rehired under a new number, or two by chance.
//!
//! Nothing in the files tells which. So they stay two, and whoever is about to say that one of them has left asks
//! whether the other is in service.

use super::index::place;
use crate::model::{Likeness, Person, PersonIx, spelling_key};
use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt};
use std::collections::{BTreeMap, BTreeSet};

/// Namesakes by person.
#[derive(Debug, Default)]
pub struct LikePersons {
    of: BTreeMap<PersonIx, Vec<PersonIx>>,
}

impl LikePersons {
    /// Looks for them among persons who were born on one day and share a word of their names.
    pub fn new(persons: &[Person]) -> Self {
        let born = born(persons);
        let mut of: BTreeMap<PersonIx, BTreeSet<PersonIx>> = BTreeMap::new();
        let mut add = |a: usize, b: usize| {
            of.entry(place(a)).or_default().insert(place(b));
            of.entry(place(b)).or_default().insert(place(a));
        };
        let mut sharing: HashMap<(NaiveDate, String), Vec<usize>> = HashMap::new();
        for (at, person) in persons.iter().enumerate() {
            let Some(day) = person.birth_date.filter(|day| born[day] <= most_born(persons.len())) else { continue };
            for word in words(person) {
                let others = sharing.entry((day, word)).or_default();
                let same = others.iter().filter(|other| are_namesakes(person, &persons[**other]));
                same.for_each(|other| add(*other, at));
                others.push(at);
            }
        }
        Self { of: of.into_iter().map(|(ix, others)| (ix, others.into_iter().collect())).collect() }
    }

    /// The namesakes of a person.
    pub fn of(&self, ix: PersonIx) -> &[PersonIx] {
        self.of.get(&ix).map_or(&[], Vec::as_slice)
    }

    /// Protects the namesakes of whoever is protected, since they may be the same person.
    pub fn spread_protection(&self, persons: &mut [Person]) {
        let marked = self.of.keys().filter(|ix| persons[ix.0 as usize].protected);
        let mut reached: Vec<PersonIx> = marked.copied().collect();
        while let Some(ix) = reached.pop() {
            for other in self.of(ix) {
                let person = &mut persons[other.0 as usize];
                if !std::mem::replace(&mut person.protected, true) {
                    reached.push(*other);
                }
            }
        }
    }

    /// Every pair, once.
    pub fn pairs(&self) -> impl Iterator<Item = (PersonIx, PersonIx)> + '_ {
        let of = self.of.iter().flat_map(|(ix, others)| others.iter().map(move |other| (*ix, *other)));
        of.filter(|(ix, other)| ix < other)
    }
}

/// How many were born on each day.
fn born(persons: &[Person]) -> HashMap<NaiveDate, usize> {
    let mut born = HashMap::new();
    for day in persons.iter().filter_map(|person| person.birth_date) {
        *born.entry(day).or_default() += 1;
    }
    born
}

/// The words of a name as spelling leaves them, each once.
fn words(person: &Person) -> BTreeSet<String> {
    person.tokens.given.iter().chain(&person.tokens.surname).map(|word| spelling_key(word)).collect()
}

/// More people than these on one day were not all born on it: the day stands for "not known".
fn most_born(persons: usize) -> usize {
    20 + persons / 1_000
}

/// Two personal numbers are two persons, unless one is a coordination number that was exchanged for the other.
fn are_namesakes(a: &Person, b: &Person) -> bool {
    let numbers = a.personal_number.zip(b.personal_number);
    let two = numbers.is_some_and(|(own, others)| own.is_coordination() == others.is_coordination());
    !two && Likeness::of(&a.tokens, &b.tokens).is_whole()
}
