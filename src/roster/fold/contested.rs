//! Personal numbers that stand under quite other names: a slip, a number typed to get past a required field, or one
//! that was taken from a colleague's row. Nothing tells whose it is, so it is a key for nobody, and neither is the birth
//! date in it.

use super::identity::Identity;
use super::joining::MOST_BEARERS;
use crate::model::{PersonalNumber, is_quite_another};
use std::collections::BTreeMap;

/// Marks the rows of such numbers, and returns them: by number, and of each by who they can be, in the order of the
/// rows. A row without a name is put to nobody.
pub fn contested(identities: &mut [Identity<'_>]) -> Vec<Vec<Vec<usize>>> {
    let mut by_number: BTreeMap<PersonalNumber, Vec<usize>> = BTreeMap::new();
    for (at, identity) in identities.iter().enumerate() {
        if let Some(number) = identity.row.personal_number {
            by_number.entry(number).or_default().push(at);
        }
    }
    let groups: Vec<Vec<Vec<usize>>> =
        by_number.values().filter(|rows| rows.len() > 1).filter_map(|rows| bearers(identities, rows)).collect();
    for at in groups.iter().flatten().flatten() {
        identities[*at].is_contested = true;
    }
    groups
}

/// The rows of one number by who they can be, where they are several.
fn bearers(identities: &[Identity<'_>], rows: &[usize]) -> Option<Vec<Vec<usize>>> {
    let (nameless, named): (Vec<usize>, Vec<usize>) =
        rows.iter().partition(|at| identities[**at].row.tokens.is_empty());
    let called: Vec<Vec<usize>> = by_name(identities, named);
    // Most numbers are called one thing.
    let mut persons = if called.len() < 2 { called } else { who_can_be_one(identities, called) };
    let several = persons.len() > 1;
    persons.extend(nameless.into_iter().map(|at| vec![at]));
    several.then_some(persons)
}

fn by_name(identities: &[Identity<'_>], rows: Vec<usize>) -> Vec<Vec<usize>> {
    let mut called: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in rows {
        called.entry(&identities[at].name).or_default().push(at);
    }
    let mut called: Vec<Vec<usize>> = called.into_values().collect();
    called.sort();
    called
}

/// Joins what is called alike. A number of a crowd joins nobody who is called otherwise.
fn who_can_be_one(identities: &[Identity<'_>], called: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    if called.len() > MOST_BEARERS {
        return called;
    }
    let tokens = |at: &usize| &identities[*at].row.tokens;
    let mut persons: Vec<Vec<usize>> = Vec::new();
    for rows in called {
        let is_own = |person: &Vec<usize>| person.iter().any(|at| !is_quite_another(tokens(at), tokens(&rows[0])));
        let (own, others): (Vec<Vec<usize>>, Vec<Vec<usize>>) = persons.into_iter().partition(is_own);
        persons = others;
        persons.push(own.into_iter().flatten().chain(rows).collect());
    }
    persons.iter_mut().for_each(|rows| rows.sort_unstable());
    persons.sort();
    persons
}
