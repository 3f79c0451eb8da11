//! The person that joined rows tell of.

use super::identity::Identity;
use super::ids::Keys;
use crate::model::{Employment, IdBefore, Person, PersonId};
use crate::roster::employee_key;
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Makes a person of rows. What each holds one of is taken from the newest row that states it: a person is called
/// what the last employment says. `keys` and the root of the rows tell which numbers are another's too.
pub fn person(
    rows: &[&Identity<'_>],
    mut employments: Vec<Employment>,
    (keys, root): (&Keys, usize),
    protected: bool,
) -> Person {
    let mut rows = rows.to_vec();
    // Rows come in an order of their content, which stands where this one ties.
    rows.sort_by_key(|identity| {
        let employment = &identity.row.employment;
        (identity.is_outside(), Reverse((employment.start, employment.registered)))
    });
    employments.sort_by(|a, b| a.start.cmp(&b.start).then_with(|| a.said().cmp(&b.said())));
    // A row without a name does not take the name from those that have one.
    let newest = rows.iter().find(|identity| !identity.row.tokens.is_empty()).unwrap_or(&rows[0]).row;
    let own = || rows.iter().map(|identity| identity.row);
    let numbers: BTreeSet<&String> = own().filter_map(|row| row.employee_number.as_ref()).collect();
    let is_shared = |number: &&String| keys.shared(root).contains(&employee_key(number));
    let (shared_numbers, employee_numbers): (Vec<&String>, Vec<&String>) = numbers.into_iter().partition(is_shared);
    let mut other_names = Vec::new();
    for tokens in own().flat_map(|row| std::iter::once(&row.tokens).chain(&row.other_names)) {
        if *tokens != newest.tokens && !tokens.is_empty() && !other_names.contains(tokens) {
            other_names.push(tokens.clone());
        }
    }
    let email = own().find_map(|row| row.email.clone());
    let mut more_mails: Vec<String> = own().flat_map(|row| row.email.iter().chain(&row.more_mails)).cloned().collect();
    more_mails.retain(|mail| Some(mail) != email.as_ref());
    more_mails.sort();
    more_mails.dedup();
    Person {
        id: PersonId(String::new()),
        id_before: IdBefore::default(),
        personal_number: rows.iter().find_map(|identity| identity.personal_number()),
        contested_number: rows.iter().find_map(|identity| identity.contested_number()),
        number_flaw: own().find_map(|row| row.number_flaw),
        broken_number: own().find_map(|row| row.broken_number),
        birth_date: birth_date(&rows),
        employee_numbers: employee_numbers.into_iter().cloned().collect(),
        serial_numbers: shared_numbers
            .iter()
            .filter(|number| keys.is_serial(&employee_key(number)))
            .map(|number| (*number).clone())
            .collect(),
        shared_numbers: shared_numbers.into_iter().cloned().collect(),
        hsa_id: own().find_map(|row| row.hsa_id.clone()),
        user_name: own().find_map(|row| row.user_name.clone()),
        email,
        more_mails,
        name: newest.name.clone(),
        tokens: newest.tokens.clone(),
        other_names,
        protected,
        source: own().map(|row| row.employment.source).min().unwrap_or(newest.employment.source),
        employments,
    }
}

/// The birth date in a personal number before one in a column of its own.
fn birth_date(rows: &[&Identity<'_>]) -> Option<NaiveDate> {
    let numbered = rows.iter().filter(|identity| identity.personal_number().is_some());
    numbered.chain(rows).find_map(|identity| identity.birth_date())
}
