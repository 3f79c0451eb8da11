//! Rows of earlier runs that may be told no more: their accounts are hidden now, or are gone and were called by what is
//! now known to be a protected person's.

use super::door::Door;
use crate::followup::Gone;
use crate::model::{AccountKey, FindingKey, PersonKey};
use crate::review::Review;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// Such rows.
pub struct HiddenRows<'d, 'r> {
    door: &'d Door<'r>,
    accounts: BTreeSet<AccountKey>,
    persons: BTreeSet<&'r str>,
    /// Every row of payroll, and whether it is a protected person's.
    payroll: OnceCell<BTreeMap<PersonKey, bool>>,
}

impl<'d, 'r> HiddenRows<'d, 'r> {
    /// Those of a run, by the door for ordinary recipients.
    pub fn new(door: &'d Door<'r>) -> Self {
        let review = door.review;
        let persons = review.protection.persons.iter();
        let persons = persons.map(|person| review.roster.person(*person).id.0.as_str()).collect();
        Self { door, accounts: of_accounts(review), persons, payroll: OnceCell::new() }
    }

    /// Whether a row is one.
    pub fn has(&self, row: &AccountKey) -> bool {
        self.accounts.contains(row) || self.names_someone(row) && !self.is_open(row)
    }

    /// Whether a finding is about such a row, or names it.
    pub fn has_finding(&self, key: &FindingKey) -> bool {
        key.account().is_some_and(|row| self.has(&row))
    }

    /// Whether a row of payroll is a protected person's, or was one's who stands there no more.
    pub fn has_person(&self, row: &PersonKey) -> bool {
        let known = self.payroll.get_or_init(|| {
            let persons = self.door.review.roster.persons();
            persons.map(|(_, own)| (PersonKey::new(&own.id), self.persons.contains(own.id.0.as_str()))).collect()
        });
        known.get(row).copied().unwrap_or_else(|| self.changes(&row.to_string()))
    }

    /// Whether a finding that did not come back was told to the post for protected persons alone, or is about somebody
    /// who is protected now.
    pub fn has_gone(&self, gone: &Gone) -> bool {
        let review = self.door.review;
        let now = gone.system.zip(gone.account);
        let is_hidden = || now.is_some_and(|(system, account)| review.protection.accounts[system].contains(&account));
        let person = gone.then.person.as_deref();
        gone.restricted
            || is_hidden()
            || person.is_some_and(|person| self.persons.contains(person))
            || now.is_none() && self.has_finding(&gone.then.key) && !self.is_open_person(person)
    }

    /// Whether somebody stands in the roster and may be shown: then the account was theirs, whatever it is called.
    fn is_open_person(&self, person: Option<&str>) -> bool {
        let Some(person) = person else { return false };
        let review = self.door.review;
        let mut open = review.roster.persons().filter(|(ix, _)| !review.protection.persons.contains(ix));
        open.any(|(_, own)| own.id.0 == person)
    }

    fn names_someone(&self, row: &AccountKey) -> bool {
        self.changes(&row.to_string())
    }

    /// Whether the door changes what stands behind the first part of a key.
    fn changes(&self, key: &str) -> bool {
        let name = key.split_once('/').map_or(key, |(_, name)| name);
        *self.door.show(name) != *name
    }

    /// Whether a row is an account's of today that may be shown, whatever it is called.
    fn is_open(&self, row: &AccountKey) -> bool {
        let review = self.door.review;
        if let Some((system, account)) = review.accounts_then().get(row) {
            return !review.protection.accounts[*system].contains(account);
        }
        let mut systems = review.system_contexts().filter(|cx| row.is_of(&cx.config.system.id));
        systems.any(|cx| cx.all_open_accounts().any(|account| account.key() == *row))
    }
}

/// The rows of accounts that are hidden now, as they are called and as they were.
fn of_accounts(review: &Review<'_>) -> BTreeSet<AccountKey> {
    let hidden = review.protection.accounts.iter().enumerate();
    let hidden = hidden.flat_map(|(place, accounts)| accounts.iter().map(move |account| (place, *account)));
    hidden
        .flat_map(|(place, account)| review.account(place, account))
        .flat_map(|cx| [Some(cx.key()), cx.key_then()].into_iter().flatten())
        .collect()
}
