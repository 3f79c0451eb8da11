//! Who could it be at all? Persons who share a key, or a given name and a surname, with the account.

use super::compare::Claims;
use crate::model::{Account, PersonIx, Strings};
use crate::roster::{Roster, name_keys};
use std::collections::BTreeSet;

/// Every person worth comparing, in the order of the roster.
pub fn find(account: &Account, claims: &Claims, strings: &Strings, roster: &Roster) -> BTreeSet<PersonIx> {
    let index = roster.index();
    let mut found = BTreeSet::new();
    found.extend(account.personal_number.and_then(|number| index.by_number(number)));
    if let Some(number) = strings.maybe(account.employee_number) {
        found.extend(index.by_employee(number));
    }
    if let Some(id) = strings.maybe(account.hsa_id) {
        found.extend(index.by_hsa_id(id));
    }
    for mail in &claims.mails {
        found.extend(index.by_mail(mail));
    }
    for name in &claims.user_names {
        found.extend(index.by_user_name(name));
    }
    for key in name_keys(&claims.name) {
        found.extend(index.by_name(&key));
    }
    found
}
