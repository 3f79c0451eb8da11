//! The part of HR: what payroll should say otherwise, and whose accounts HR can settle before the owners are asked.

use super::owner::recipient;
use super::person::{self, PersonRow};
use super::{AccountRow, Disclosure, RecipientShown, RejectedShown, Shown, SourceShown, SystemTally, UntestedShown};
use crate::followup::Tracked;
use crate::model::{PersonIx, fold};
use crate::review::{Stage, Untested};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Everything HR gets.
#[derive(Clone, Debug)]
pub struct PersonnelBook {
    /// Whom it is for, as stated.
    pub owner: Option<Shown>,
    /// The same with an address, where one is known.
    pub recipient: Option<RecipientShown>,
    /// Persons with something to correct, the gravest first.
    pub persons: Vec<PersonRow>,
    /// Accounts whose holder is not settled, or whose keys and names disagree, the grave first.
    pub identities: Vec<Family>,
    /// Every account of those whose employment has ended and who keep an active one, by person.
    pub leavers: Vec<AccountRow>,
    /// Rules on payroll that could not be tested.
    pub untested: Vec<UntestedShown>,
    /// Payroll's files and the registers.
    pub inputs: Vec<SourceShown>,
}

/// A row of payroll or of a register that could not be used: whoever stands on it is nobody that was compared with.
#[derive(Clone, Copy, Debug)]
pub struct UnusedRow<'a> {
    /// The file, as configured.
    pub file: &'a Shown,
    /// Where in the file, and why.
    pub rejected: &'a RejectedShown,
}

impl PersonnelBook {
    /// Every row that could not be used, in the order of the files.
    pub fn unused(&self) -> impl Iterator<Item = UnusedRow<'_>> {
        self.inputs
            .iter()
            .flat_map(|source| source.rejected.iter().map(|rejected| UnusedRow { file: &source.path, rejected }))
    }
}

/// Accounts that are one question: of one name in several systems, with the same persons to choose from.
#[derive(Clone, Debug)]
pub struct Family {
    /// The accounts, one at least, the gravest first.
    pub rows: Vec<AccountRow>,
}

impl Family {
    /// More accounts than these are not seen together in a row of a list.
    const MOST: usize = 6;

    /// Puts accounts together. Two accounts of one system are never one question: they may be two namesakes'.
    fn of(mut rows: Vec<AccountRow>) -> Vec<Self> {
        let key = |row: &AccountRow| (Reverse(row.severity()), row.name.clone());
        rows.sort_by_key(key);
        let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
        let twice = |row: &&AccountRow| !seen.insert((row.system.to_string(), name_of(row)));
        let shared: BTreeSet<String> = rows.iter().filter(twice).map(name_of).collect();
        let mut families: Vec<Self> = Vec::new();
        let mut places: BTreeMap<(String, String), usize> = BTreeMap::new();
        for row in rows {
            let question = (name_of(&row), row.employee_number.to_string());
            let alone = question.0.is_empty() || question.1.is_empty() || shared.contains(&question.0);
            let place = places.get(&question).filter(|_| !alone).copied();
            match place.and_then(|place| families.get_mut(place)).filter(|own| own.rows.len() < Self::MOST) {
                Some(family) => family.rows.push(row),
                None => {
                    places.insert(question, families.len());
                    families.push(Self { rows: vec![row] });
                }
            }
        }
        families
    }

    /// The account that stands first.
    pub fn first(&self) -> &AccountRow {
        &self.rows[0]
    }
}

/// A name to be compared: systems write the given name first or last, in capitals or not.
fn name_of(row: &AccountRow) -> String {
    let mut words: Vec<String> = row.name.split([' ', ',']).map(fold).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
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
    PersonnelBook {
        owner: owner.map(|written| door.names.shown(written)),
        recipient: recipient([&door.review.config.payroll.owner, &None], door),
        persons: person::rows(disclosure.findings_of_whole(), door, run),
        identities: Family::of(identities),
        leavers,
        untested: untested.map(|own| UntestedShown::new(own.rule, door.say(&own.why), run.language)).collect(),
        inputs: sources.filter(|source| source.role.is_of_people()).cloned().collect(),
    }
}
