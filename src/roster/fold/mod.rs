//! Payroll rows → persons: one person may have many employments, rehires and employers, and one number or address
//! may have been two persons'.
//!
//! | step | module |
//! |---|---|
//! | a row's keys, and how two rows that share one stand | [`identity`] |
//! | personal numbers that are no key | [`mod@contested`] |
//! | rows joined while nothing contradicts | [`circles`], [`joining`] |
//! | one employment told by several rows | [`mod@employments`], [`history`] |
//! | the person that joined rows tell of | [`person`] |
//! | numbers that are keys, those of several employers' own series, and ids | [`ids`], [`series`] |
//!
//! Rows are put in an order of their content first, so that nothing depends on where a row stands.

mod circles;
mod contested;
mod employments;
mod history;
mod identity;
mod ids;
mod joining;
mod person;
mod series;
mod stretches;
#[cfg(test)]
mod tests;

use crate::ingest::{FoldCount, PayrollRow};
use crate::model::{Employment, NameKey, Person, SourceRef};
use chrono::NaiveDate;
use employments::{Telling, employments, tellings};
use history::History;
use identity::Identity;
use joining::Joined;
use std::collections::{BTreeMap, BTreeSet};

/// Persons, and what was folded on the way.
pub struct Folded {
    /// Persons in the order of their ids.
    pub persons: Vec<Person>,
    /// Persons first met in each payroll file.
    pub persons_by_file: Vec<u64>,
    /// What was folded and what was kept apart, by payroll file.
    pub counts: Vec<FoldCount>,
}

/// Folds rows to persons. `exported` holds each file's stated day of extract; `names` is what persons without a number
/// of their own are named by.
pub fn fold(rows: &[PayrollRow], exported: &[Option<NaiveDate>], names: &NameKey) -> Folded {
    let mut identities: Vec<Identity<'_>> = rows.iter().map(Identity::new).collect();
    identities.sort_by(Identity::compare);
    let contested = contested::contested(&mut identities);
    let joined = joining::join(&identities, &contested);
    let keys = ids::Keys::new(&identities, &joined);
    let protected = protected(&identities, &joined);
    let mut told: BTreeMap<usize, (Vec<&Identity<'_>>, Vec<Telling<'_>>)> = BTreeMap::new();
    for (identity, root) in identities.iter().zip(&joined.roots) {
        told.entry(*root).or_default().0.push(identity);
    }
    for (rows, own) in told.values_mut() {
        *own = tellings(rows);
    }
    let history = History::new(told.values().flat_map(|(_, own)| own), exported);
    let made = told.iter().map(|(root, (rows, tellings))| {
        let own: Vec<Employment> = tellings.iter().flat_map(|telling| employments(telling, &history)).collect();
        person::person(rows, own, (&keys, *root), protected.contains(root))
    });
    let persons = ids::with_ids(made.collect(), names);
    Folded {
        persons_by_file: by_file(exported.len(), persons.iter().map(|person| person.source)),
        counts: counts(&identities, &joined, &keys, &persons, exported.len()),
        persons,
    }
}

/// The roots of those who are marked, and of those whom nothing tells apart from them for certain.
fn protected(identities: &[Identity<'_>], joined: &Joined) -> BTreeSet<usize> {
    let marked = identities.iter().zip(&joined.roots).filter(|(identity, _)| identity.row.protected);
    let mut protected: BTreeSet<usize> = marked.map(|(_, root)| *root).collect();
    let mut beside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(a, b) in &joined.doubts {
        beside.entry(a).or_default().push(b);
        beside.entry(b).or_default().push(a);
    }
    let mut reached: Vec<usize> = protected.iter().copied().collect();
    while let Some(root) = reached.pop() {
        for &other in beside.get(&root).into_iter().flatten() {
            if protected.insert(other) {
                reached.push(other);
            }
        }
    }
    protected
}

fn by_file(files: usize, sources: impl Iterator<Item = SourceRef>) -> Vec<u64> {
    let mut counts = vec![0; files];
    for source in sources {
        if let Some(count) = counts.get_mut(usize::from(source.file.0)) {
            *count += 1;
        }
    }
    counts
}

fn counts(
    identities: &[Identity<'_>],
    joined: &Joined,
    keys: &ids::Keys,
    persons: &[Person],
    files: usize,
) -> Vec<FoldCount> {
    let mut counts = vec![FoldCount::default(); files];
    let of = |at: &usize| usize::from(identities[*at].row.employment.source.file.0);
    let mut add = |rows: &[usize], count: fn(&mut FoldCount) -> &mut u64| {
        let files: BTreeSet<usize> = rows.iter().map(of).collect();
        for file in files {
            if let Some(own) = counts.get_mut(file) {
                *count(own) += 1;
            }
        }
    };
    keys.shared_groups.iter().for_each(|&group| add(&joined.by_number[group], |own| &mut own.shared_numbers));
    keys.serial_groups.iter().for_each(|&group| add(&joined.by_number[group], |own| &mut own.serial_numbers));
    joined.shared_addresses.iter().for_each(|rows| add(rows, |own| &mut own.shared_addresses));
    let told_again = persons.iter().flat_map(|person| &person.employments).flat_map(|e| &e.told_in).copied();
    let told_again = by_file(files, told_again);
    counts.iter_mut().zip(told_again).for_each(|(own, told_again)| own.told_again = told_again);
    counts
}
