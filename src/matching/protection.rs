//! Who is protected, once every mark has been spread to everything matched to that person.
//!
//! A mark in payroll hides every account that is, or may be, the person's; a mark on an account hides
//! every account of those it may belong to. Hiding too much is an inconvenience, hiding too little
//! can be a danger to life.

use super::{Match, SystemMatches};
use crate::ingest::Export;
use crate::model::{AccountIx, PersonIx};
use crate::roster::Roster;
use std::collections::BTreeSet;

/// Protected persons and accounts of a run.
#[derive(Debug, Default)]
pub struct Protection {
    /// Persons.
    pub persons: BTreeSet<PersonIx>,
    /// Accounts, by system in the order of the configuration.
    pub accounts: Vec<BTreeSet<AccountIx>>,
    /// Of these accounts, how many are hidden only because they may be a protected person's.
    pub perhaps: usize,
}

/// Spreads every mark. `line` is the probability from which a candidate is perhaps the holder.
pub fn spread(systems: &[Option<(&Export, &SystemMatches)>], roster: &Roster, line: f64) -> Protection {
    let mut protection = Protection::default();
    protection.persons.extend(roster.persons().filter(|(_, person)| person.protected).map(|(ix, _)| ix));
    for (export, matches) in systems.iter().flatten() {
        let marked = export.accounts.iter().zip(&matches.matches).filter(|(account, _)| account.protected);
        protection.persons.extend(marked.flat_map(|(_, matched)| perhaps_of(matched, line)));
    }
    for system in systems {
        let mut hidden = BTreeSet::new();
        if let Some((export, matches)) = system {
            for ((account, matched), at) in export.accounts.iter().zip(&matches.matches).zip(0u32..) {
                let surely = matched.person().is_some_and(|person| protection.persons.contains(&person));
                let perhaps = perhaps_of(matched, line).any(|person| protection.persons.contains(&person));
                if account.protected || surely || perhaps {
                    hidden.insert(AccountIx(at));
                    protection.perhaps += usize::from(!account.protected && !surely);
                }
            }
        }
        protection.accounts.push(hidden);
    }
    protection
}

fn perhaps_of(matched: &Match, line: f64) -> impl Iterator<Item = PersonIx> + '_ {
    // A contradicted account may be any of those its keys name, however the odds fell out.
    let disputed = matched.outcome == super::Outcome::Disputed;
    matched.candidates.iter().filter(move |c| disputed || c.probability >= line).map(|c| c.person)
}
