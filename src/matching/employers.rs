//! Employers as payroll tells them apart: by the file that an employment stands in and the company it names.
//!
//! Each has its own ways of giving addresses and numbers. What is common among the staff of one says nothing of those of
//! another, of whom nothing is known yet.

use crate::model::{FileIx, Person, fold};
use crate::roster::Roster;
use foldhash::HashMap;

/// An employer by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmployerIx(pub u16);

/// All employers of the roster, in the order in which it tells them.
#[derive(Debug, Default)]
pub struct Employers(HashMap<(FileIx, Option<String>), EmployerIx>);

impl Employers {
    /// Those of everyone.
    pub fn new(roster: &Roster) -> Self {
        let mut own = HashMap::default();
        for key in roster.persons().flat_map(|(_, person)| keys(person)) {
            let next = EmployerIx(u16::try_from(own.len()).unwrap_or(u16::MAX));
            own.entry(key).or_insert(next);
        }
        Self(own)
    }

    /// Those of a person, each once.
    pub fn of(&self, person: &Person) -> Vec<EmployerIx> {
        let mut own: Vec<EmployerIx> = keys(person).filter_map(|key| self.0.get(&key).copied()).collect();
        own.sort_unstable();
        own.dedup();
        own
    }
}

fn keys(person: &Person) -> impl Iterator<Item = (FileIx, Option<String>)> {
    person.employments.iter().map(|employment| (employment.source.file, employment.company.as_deref().map(fold)))
}
