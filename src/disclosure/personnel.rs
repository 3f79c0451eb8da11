//! The part of HR: what payroll should say otherwise, and whose accounts HR can settle before the owners are asked.

use super::owner::recipient;
use super::person::{self, PersonRow};
use super::{AccountRow, Disclosure, RecipientShown, RejectedShown, Shown, SourceShown, SystemTally, UntestedShown};
use crate::followup::Tracked;
use crate::model::{PersonIx, fold};
use crate::review::{Stage, Tells, Untested};
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

    /// How many accounts are asked of for a reason; one of which both can be said is asked of as unsettled.
    pub fn accounts_asked_for(&self, asks: Tells) -> usize {
        let of = |row: &AccountRow, tells: Tells| row.reasons.iter().any(|own| own.rule.tells == tells);
        let why = |row: &&AccountRow| if of(row, Tells::Unsettled) { Tells::Unsettled } else { Tells::Doubted };
        self.identities.iter().flat_map(|family| &family.rows).filter(|row| why(row) == asks).count()
    }
}

/// Accounts that are one question: of one name in several systems, with the same likeliest person to choose.
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
        let key = |row: &AccountRow| (Reverse(row.severity_of_question()), row.name.clone());
        rows.sort_by_key(key);
        let mut seen: BTreeSet<(String, Vec<String>)> = BTreeSet::new();
        let twice = |row: &&AccountRow| !seen.insert((row.system.to_string(), name_of(row)));
        let shared: BTreeSet<Vec<String>> = rows.iter().filter(twice).map(name_of).collect();
        let mut families: Vec<Self> = Vec::new();
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for row in rows {
            let person = row.likeliest.to_string();
            let alone = person.is_empty() || shared.contains(&name_of(&row));
            let of_person = places.entry(person).or_default();
            let place = of_person.iter().copied().find(|place| !alone && families[*place].asks_the_same(&row));
            if let Some(place) = place {
                families[place].rows.push(row);
            } else {
                if !alone {
                    of_person.push(families.len());
                }
                families.push(Self { rows: vec![row] });
            }
        }
        families
    }

    /// Whether an account whose likeliest person is the same belongs to the question, and has room in it.
    fn asks_the_same(&self, row: &AccountRow) -> bool {
        let same = |own: &AccountRow| own.system != row.system && are_one_name(&name_of(own), &name_of(row));
        self.rows.len() < Self::MOST && self.rows.iter().all(same)
    }

    /// The account that stands first.
    pub fn first(&self) -> &AccountRow {
        &self.rows[0]
    }
}

/// A name to be compared: systems write the given name first or last, in capitals or not.
fn name_of(row: &AccountRow) -> Vec<String> {
    let mut words: Vec<String> = row.name.split([' ', ',']).map(fold).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words
}

/// Whether two names may be one, of which one system writes more: "Eva Berg" and "Berg Eva Camilla".
fn are_one_name(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.len() >= 2 && short.iter().all(|word| long.contains(word)) || !short.is_empty() && short == long
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

/// Everyone with something to correct.
pub fn persons(disclosure: &Disclosure<'_>) -> Vec<PersonRow> {
    person::rows(disclosure.findings_of_whole(), &disclosure.door, &disclosure.run)
}

/// Gathers HR's part.
pub fn book(disclosure: &Disclosure<'_>, persons: Vec<PersonRow>, tallies: Vec<SystemTally>) -> PersonnelBook {
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
        persons,
        identities: Family::of(identities),
        leavers,
        untested: untested.map(|own| UntestedShown::new(own.rule, door.say(&own.why), run.language)).collect(),
        inputs: sources.filter(|source| source.role.is_of_people()).cloned().collect(),
    }
}
