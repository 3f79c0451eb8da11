//! Whose an account was, as against who holds it today: what was said of the one says nothing of the other.

use crate::model::{IdBefore, NameKey, Person};
use crate::runfolder::HolderLine;

/// Who holds an account today.
#[derive(Clone, Copy, Debug)]
pub struct HolderNow<'a> {
    /// The person.
    pub person: &'a Person,
    /// The key of names.
    pub names: &'a NameKey,
}

/// Who held an account in an earlier run.
#[derive(Clone, Copy, Debug)]
pub struct HolderThen<'a> {
    /// The id of the person.
    pub person: Option<&'a str>,
    /// The employee numbers of that person.
    pub employee_numbers: &'a [String],
    /// What tells whether a name is that person's.
    pub name_print: Option<&'a str>,
}

/// Whose an account of an earlier run was, as against who holds one today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The same person's.
    Same,
    /// Somebody else's.
    Anothers,
    /// Nothing tells.
    Unknown,
}

impl HolderThen<'_> {
    /// Whose it was, by the id that stays when a number changes, unless the number has been given to another since. Of two
    /// of other ids who have employee numbers it was somebody else's where none is common; of one who stands in a register
    /// only, somebody's of another name, since whoever is taken on gets a number.
    pub fn whose(self, holder: HolderNow<'_>) -> Whose {
        let HolderNow { person, names } = holder;
        let had = |id: &str| match &person.id_before {
            IdBefore::Same => id == person.id.0,
            IdBefore::Had(before) => id == before.0,
            IdBefore::Anothers => false,
        };
        if self.person.is_some_and(had) {
            return Whose::Same;
        }
        // The number of one who got it from another tells that it was the other's.
        if person.id_before == IdBefore::Anothers && self.person == Some(&person.id.0) {
            return Whose::Anothers;
        }
        if !self.employee_numbers.is_empty() && !person.employee_numbers.is_empty() {
            let is_own = person.employee_numbers.iter().any(|number| self.employee_numbers.contains(number));
            return if is_own { Whose::Same } else { Whose::Anothers };
        }
        let is_other_name = self.name_print.is_some_and(|print| print != names.print(&person.name));
        if self.person.is_some() && is_other_name { Whose::Anothers } else { Whose::Unknown }
    }
}

impl HolderLine {
    /// Somebody who holds an account today, for the runs to come.
    pub fn of(holder: HolderNow<'_>) -> Self {
        let HolderNow { person, names } = holder;
        Self {
            person: person.id.0.clone(),
            employee_numbers: person.employee_numbers.clone(),
            name_print: Some(names.print(&person.name)),
        }
    }

    /// As against who holds the account today.
    pub fn whose(&self, holder: HolderNow<'_>) -> Whose {
        let Self { person, employee_numbers, name_print } = self;
        HolderThen { person: Some(person), employee_numbers, name_print: name_print.as_deref() }.whose(holder)
    }
}
