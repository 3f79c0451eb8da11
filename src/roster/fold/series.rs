//! Employers that each number their staff in a series of their own, so that one number stands on one person of each.
//! Nothing is wrong with such numbers: the employer tells the persons apart.

use super::identity::Identity;
use super::joining::Joined;
use std::collections::{BTreeMap, BTreeSet};

/// Numbers that two employers must have given to different persons for their series to overlap: fewer can be slips.
const LEAST: usize = 3;

/// By employer, whom one of payroll's numbers stands on.
type Holders<'i> = BTreeMap<&'i str, usize>;

/// The places of the groups of rows whose number each of several employers has given to one person, where that is the
/// way of these employers.
pub fn in_series(identities: &[Identity<'_>], joined: &Joined) -> BTreeSet<usize> {
    let told_apart = |group: &Vec<usize>| holders(identities, &joined.roots, group);
    let groups: Vec<(usize, Holders<'_>)> =
        joined.by_number.iter().enumerate().filter_map(|(place, group)| Some((place, told_apart(group)?))).collect();
    let mut common: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for pair in groups.iter().flat_map(|(_, holders)| pairs(holders)) {
        *common.entry(pair).or_default() += 1;
    }
    let is_way = |holders: &Holders<'_>| pairs(holders).all(|pair| common[&pair] >= LEAST);
    groups.iter().filter(|(_, holders)| is_way(holders)).map(|(place, _)| *place).collect()
}

/// Whom a number stands on by employer; `None` where one person has it, or an employer is not stated or has given it
/// twice.
fn holders<'i>(identities: &'i [Identity<'_>], roots: &[usize], group: &[usize]) -> Option<Holders<'i>> {
    let mut holders = Holders::new();
    for &at in group.iter().filter(|at| !identities[**at].is_outside()) {
        let holder = *holders.entry(identities[at].company.as_deref()?).or_insert(roots[at]);
        if holder != roots[at] {
            return None;
        }
    }
    pairs(&holders).next()?;
    Some(holders)
}

/// Every two employers that have given the number to different persons.
fn pairs<'h, 'i>(holders: &'h Holders<'i>) -> impl Iterator<Item = (&'i str, &'i str)> + use<'h, 'i> {
    let others = move |(company, holder): (&'h &'i str, &'h usize)| {
        let after = holders.range(*company..).filter(move |(_, other)| *other != holder);
        after.map(move |(other, _)| (*company, *other))
    };
    holders.iter().flat_map(others)
}
