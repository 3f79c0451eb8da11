//! Employee numbers that several persons bear, told apart by the employer.
//!
//! A municipality and its companies each count from one, so that a number may stand on two persons of one register. It
//! is no key then. But a system that says whose staff it holds means those, and among them the number may be one
//! person's alone.

use crate::model::PersonIx;
use crate::roster::{Roster, Scope, employee_key};
use foldhash::HashMap;

/// Shared numbers with the one person who bears each of them among a system's own employers.
#[derive(Debug, Default)]
pub struct SettledNumbers(HashMap<String, Option<PersonIx>>);

impl SettledNumbers {
    /// Those of a system that counts the staff of some employers; none where it counts everyone.
    pub fn new(roster: &Roster, scope: Scope<'_>) -> Self {
        let mut holders: HashMap<String, Option<PersonIx>> = HashMap::default();
        if scope.companies.is_empty() {
            return Self(holders);
        }
        for (ix, person) in roster.persons().filter(|(_, person)| !person.shared_numbers.is_empty()) {
            let mut stated = person.employments.iter().filter(|own| own.company.is_some());
            if stated.any(|own| roster.counts(own, scope)) {
                for number in &person.shared_numbers {
                    holders.entry(employee_key(number)).and_modify(|known| *known = None).or_insert(Some(ix));
                }
            }
        }
        Self(holders)
    }

    /// Whether a number is that of this person alone.
    pub fn is_of(&self, number: &str, person: PersonIx) -> bool {
        self.0.get(number).is_some_and(|holder| *holder == Some(person))
    }
}
