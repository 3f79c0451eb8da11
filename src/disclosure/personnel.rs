//! The part of HR: what payroll should say otherwise, and whose accounts HR can settle before the owners are asked.

use super::person::{self, PersonRow};
use super::{AccountRow, Disclosure, RecipientShown, Shown, SourceShown, SystemTally, UntestedShown};
use crate::followup::Tracked;
use crate::model::PersonIx;
use crate::review::{Stage, Untested};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Everything HR gets.
#[derive(Clone, Debug)]
pub struct PersonnelBook {
    /// Whom it is for, as stated.
    pub owner: Option<Shown>,
    /// The same with an address, where one is known.
    pub recipient: Option<RecipientShown>,
    /// Persons with something to correct, the gravest first.
    pub persons: Vec<PersonRow>,
    /// Accounts whose holder is not settled, or whose keys and names disagree.
    pub identities: Vec<AccountRow>,
    /// Every account of those whose employment has ended and who keep an active one, by person.
    pub leavers: Vec<AccountRow>,
    /// Rules on payroll that could not be tested.
    pub untested: Vec<UntestedShown>,
    /// Payroll's files and the registers.
    pub inputs: Vec<SourceShown>,
}

/// Whether HR can say whose the account is before the owner is asked.
pub fn asks_who(row: &AccountRow) -> bool {
    row.reasons.iter().any(|reason| reason.rule.tells.asks_who())
}

/// Those with access after the end of their employment, somewhere.
pub fn leavers<'t>(findings: impl Iterator<Item = &'t Tracked>) -> BTreeSet<PersonIx> {
    let left = findings.filter(|tracked| tracked.finding.rule.tells.is_after_end());
    left.filter_map(|tracked| tracked.finding.person).collect()
}

/// Whether it is payroll's to mend, and not the answer loop's.
fn is_of_payroll(untested: &&Untested) -> bool {
    untested.system.is_none() && untested.rule.stage == Stage::Facts
}

/// Gathers HR's part.
pub fn book(disclosure: &Disclosure<'_>, tallies: Vec<SystemTally>) -> PersonnelBook {
    let (door, run) = (&disclosure.door, &disclosure.run);
    let sources = disclosure.inputs.iter().filter_map(|input| input.source.as_ref());
    let untested = disclosure.followed.untested.iter().filter(is_of_payroll);
    let owner = door.review.config.payroll.owner.as_deref();
    let (mut identities, mut leavers) = (Vec::new(), Vec::new());
    for tally in tallies {
        identities.extend(tally.identities);
        leavers.extend(tally.leavers);
    }
    // One person's accounts side by side, disabled ones too: who asks what is left of one must see all. The order of
    // the systems is kept within a person.
    leavers.sort_by_key(|row: &AccountRow| row.person);
    // The grave ones first; accounts that may be one person's side by side.
    identities.sort_by(|a: &AccountRow, b: &AccountRow| {
        let key = |row: &AccountRow| (Reverse(row.severity()), row.name.clone());
        key(a).cmp(&key(b))
    });
    PersonnelBook {
        owner: owner.map(|written| door.names.shown(written)),
        recipient: owner.map(|written| door.names.recipient(written)),
        persons: person::rows(disclosure.findings_of_whole(), door, run),
        identities,
        leavers,
        untested: untested
            .map(|own| UntestedShown { title: own.rule.title.get(run.language), why: door.say(&own.why) })
            .collect(),
        inputs: sources.filter(|source| source.role.is_of_people()).cloned().collect(),
    }
}
