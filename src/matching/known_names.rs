//! Account names whose holder is known already: the directory's, once it is matched, and payroll's own.
//!
//! The commonest real key between systems is that the account is called the same. It is evidence like any
//! other, not proof: names are handed on and made twice, and a name made from the same letters by someone
//! outside says little that the person's name did not.

use super::handle::{Handle, local_part};
use super::population::Population;
use crate::model::PersonIx;
use std::collections::HashMap;

/// Whose a known account name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A person's, surely.
    Person(PersonIx),
    /// Someone's or nobody's: the directory's account was not linked.
    Unsettled,
}

/// How an account's names stand to a person's known ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// One of them is the person's.
    Own,
    /// The person has another, and this one is nobody's that is known.
    Another,
    /// The person has another, and this one is someone else's.
    SomeoneElses,
}

/// Known account names.
#[derive(Debug, Default)]
pub struct KnownNames {
    holders: HashMap<String, Holder>,
    /// By the place of the person in the roster; shorter than it where the rest have none.
    of_person: Vec<Vec<String>>,
}

impl KnownNames {
    /// Payroll's own user names. One that two persons share settles nothing.
    pub fn of_payroll(population: &Population) -> Self {
        let mut names = Self::default();
        for (ix, person) in population.persons() {
            if let Some(name) = &person.user_name {
                names.add(name, Holder::Person(ix));
            }
        }
        names
    }

    /// Adds a name as an export has it.
    pub fn add(&mut self, name: &str, holder: Holder) {
        let name = local_part(name);
        if let Holder::Person(person) = holder {
            let place = person.0 as usize;
            if self.of_person.len() <= place {
                self.of_person.resize_with(place + 1, Vec::new);
            }
            let own = &mut self.of_person[place];
            if !own.contains(&name) {
                own.push(name.clone());
            }
        }
        let known = self.holders.entry(name).or_insert(holder);
        if *known != holder {
            *known = Holder::Unsettled;
        }
    }

    /// Whose a name is.
    pub fn holder(&self, local: &str) -> Option<Holder> {
        self.holders.get(local).copied()
    }

    /// How some names stand to a person; `None` where nothing is known of the person's.
    pub fn compare(&self, handles: &[Handle], person: PersonIx) -> Option<Standing> {
        let own = self.of_person.get(person.0 as usize).filter(|own| !own.is_empty())?;
        if handles.iter().any(|handle| own.contains(&handle.whole)) {
            return Some(Standing::Own);
        }
        let known = handles.iter().any(|handle| self.holders.contains_key(&handle.whole));
        Some(if known { Standing::SomeoneElses } else { Standing::Another })
    }

    /// Whether nothing is known of anybody.
    pub fn is_empty(&self) -> bool {
        self.of_person.is_empty()
    }
}
