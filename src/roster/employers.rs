//! Who employs anybody, and whose employment counts for each system.
//!
//! The configuration names a system's employers by hand. A name that is misspelt there must let no leaver pass and accuse
//! nobody at work: whoever it may mean counts.

use super::standing::Scope;
use crate::config::{Config, is_word, nearest};
use crate::model::{Person, System, SystemId};
use std::collections::{BTreeMap, BTreeSet};

/// By system, the employers whose staff count; none where everyone's does.
#[derive(Debug)]
pub(super) struct Employers(BTreeMap<SystemId, Vec<String>>);

impl Employers {
    /// Settles it for every system of a configuration.
    pub(super) fn new(persons: &[Person], config: &Config) -> Self {
        let named = named(persons);
        let of_system = |system: &System| (system.id.clone(), counting(&system.companies, &named));
        Self(config.systems.iter().map(|own| of_system(&own.system)).collect())
    }

    /// Whose employment counts for a system.
    pub(super) fn scope(&self, system: &SystemId) -> Scope<'_> {
        Scope { companies: self.0.get(system).map_or(&[], Vec::as_slice) }
    }
}

/// Employers as payroll writes them.
pub(super) fn named(persons: &[Person]) -> BTreeSet<&str> {
    let employments = persons.iter().flat_map(|person| &person.employments).filter(|own| !own.is_engagement());
    employments.filter_map(|own| own.company.as_deref()).collect()
}

/// Where payroll has none of the employers that are written, everyone's staff count. Of some that it lacks, the nearest of
/// those that are written for nobody counts too.
fn counting(written: &[String], named: &BTreeSet<&str>) -> Vec<String> {
    let is_there = |word: &String| named.iter().any(|employer| is_word(word, employer));
    let (there, lacking): (Vec<&String>, Vec<&String>) = written.iter().partition(|word| is_there(word));
    if there.is_empty() {
        return Vec::new();
    }
    let unclaimed = || named.iter().copied().filter(|employer| !there.iter().any(|word| is_word(word, employer)));
    let meant = lacking.iter().filter_map(|word| nearest(word, unclaimed())).map(ToOwned::to_owned);
    written.iter().cloned().chain(meant).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counting_of(written: &[&str]) -> Vec<String> {
        let written: Vec<String> = written.iter().map(|&word| word.to_owned()).collect();
        counting(&written, &BTreeSet::from(["Exempelkommunen", "Vatten AB", "Bostadsstiftelsen"]))
    }

    /// A name that payroll lacks lets the nearest employer count, where none is written for it; one like nobody's adds
    /// none.
    #[test]
    fn a_misspelt_employer_counts() {
        assert_eq!(counting_of(&["Exempelkommunen", "Vattn AB"]), ["Exempelkommunen", "Vattn AB", "Vatten AB"]);
        assert_eq!(counting_of(&["Exempelkommunen", "Hamnen"]), ["Exempelkommunen", "Hamnen"]);
        assert_eq!(counting_of(&["Exempelkommunen", "Exempelkommun"]), ["Exempelkommunen", "Exempelkommun"]);
        assert_eq!(counting_of(&["Hamnen"]), Vec::<String>::new());
        assert_eq!(counting_of(&["vatten*"]), ["vatten*"]);
    }
}
