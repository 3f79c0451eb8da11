//! Employee numbers that several persons bear, told apart by the employer.
//!
//! A municipality and its companies each count from one, so that a number may stand on two persons of one register. It
//! is no key then. But a system that says whose staff it holds means those, and among them the number may be one
//! person's alone; and a number of the other employers' staff is there none of theirs.

use crate::model::{Person, PersonIx, PersonalNumber, fold};
use crate::roster::{Roster, Scope, employee_key};
use foldhash::HashMap;
use std::collections::BTreeSet;

/// Numbers that several persons bear, and whose each is among a system's own employers.
#[derive(Debug)]
pub struct SettledNumbers<'r> {
    roster: &'r Roster,
    /// Shared numbers with the one person who bears each of them there.
    holders: HashMap<String, Option<PersonIx>>,
    /// Staff of employers whose series meets that of the system's own.
    of_another_series: BTreeSet<PersonIx>,
}

impl<'r> SettledNumbers<'r> {
    /// Those of a system that counts the staff of some employers; where it counts everyone nothing is settled.
    pub fn new(roster: &'r Roster, scope: Scope<'_>) -> Self {
        let mut own = Self { roster, holders: HashMap::default(), of_another_series: BTreeSet::new() };
        if scope.companies.is_empty() {
            return own;
        }
        let is_counted = |person: &Person| {
            let mut stated = person.employments.iter().filter(|own| own.company.is_some());
            stated.any(|own| roster.counts(own, scope))
        };
        let (counted, others): (Vec<_>, Vec<_>) = roster.persons().partition(|(_, person)| is_counted(person));
        let mut serial: BTreeSet<&String> = BTreeSet::new();
        for (ix, person) in counted {
            serial.extend(&person.serial_numbers);
            for number in &person.shared_numbers {
                own.holders.entry(employee_key(number)).and_modify(|known| *known = None).or_insert(Some(ix));
            }
        }
        let meets = |person: &Person| person.serial_numbers.iter().any(|number| serial.contains(number));
        let meeting: BTreeSet<String> =
            others.iter().filter(|(_, person)| meets(person)).flat_map(|(_, person)| companies(person)).collect();
        let is_theirs = |person: &Person| companies(person).any(|company| meeting.contains(&company));
        own.of_another_series.extend(others.into_iter().filter(|(_, person)| is_theirs(person)).map(|(ix, _)| ix));
        own
    }

    /// Whose a number is among the system's own employers, where it is one person's alone there.
    pub fn holder(&self, number: &str) -> Option<PersonIx> {
        self.holders.get(number).copied().flatten()
    }

    /// How many bear an employee number, by its compared form, that is no one person's.
    pub fn bearers(&self, number: &str) -> usize {
        self.roster.index().sharing(number).len()
    }

    /// How many bear a personal number that is this person's under one of several quite different names.
    pub fn contesting(&self, number: PersonalNumber, person: PersonIx) -> Option<usize> {
        let bearers = self.roster.index().contesting(number);
        bearers.contains(&person).then_some(bearers.len())
    }

    /// Whether a person's numbers are of a series that the system's own employers use for others.
    pub fn is_of_another_series(&self, person: PersonIx) -> bool {
        self.of_another_series.contains(&person)
    }
}

/// The employers of a person, as compared.
fn companies(person: &Person) -> impl Iterator<Item = String> + '_ {
    person.employments.iter().filter_map(|own| own.company.as_deref()).map(fold)
}
