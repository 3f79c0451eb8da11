//! Persons who share name and birth date under different numbers: one rehired under a new number, or two by chance.
//!
//! Nothing in the files tells which. So they stay two, and whoever is about to say that one of them has left asks
//! whether the other is in service.

use super::index::place;
use crate::model::{Likeness, Person, PersonIx, spelling_key};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Namesakes by person.
#[derive(Debug, Default)]
pub struct LikePersons {
    of: BTreeMap<PersonIx, Vec<PersonIx>>,
}

impl LikePersons {
    /// Looks for them among persons who were born on one day and share a word of their names.
    pub fn new(persons: &[Person]) -> Self {
        let mut of: BTreeMap<PersonIx, Vec<PersonIx>> = BTreeMap::new();
        for born in born(persons).into_values().filter(|born| born.len() <= most_born(persons.len())) {
            let words: Vec<BTreeSet<String>> = born.iter().map(|at| words(&persons[*at])).collect();
            for (at, (own, own_words)) in born.iter().zip(&words).enumerate() {
                for (other, other_words) in born[..at].iter().zip(&words) {
                    if !own_words.is_disjoint(other_words) && are_namesakes(&persons[*own], &persons[*other]) {
                        of.entry(place(*own)).or_default().push(place(*other));
                        of.entry(place(*other)).or_default().push(place(*own));
                    }
                }
            }
        }
        Self { of }
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

/// Who was born on each day, in the order of the persons.
fn born(persons: &[Person]) -> BTreeMap<NaiveDate, Vec<usize>> {
    let mut born: BTreeMap<NaiveDate, Vec<usize>> = BTreeMap::new();
    for (at, person) in persons.iter().enumerate() {
        person.birth_date.into_iter().for_each(|day| born.entry(day).or_default().push(at));
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
