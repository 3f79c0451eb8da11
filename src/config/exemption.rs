//! `[[exemption]]`: accounts that are right as they are, by whose decision and until when.

use super::SystemConfig;
use super::suggest::refuse_unknown;
use super::table::Table;
use crate::model::{SystemId, is_null_day, message};
use chrono::NaiveDate;

/// `[[exemption]]`: an account that is right as it is.
#[derive(Clone, Debug)]
pub struct Exemption {
    /// The system.
    pub system: SystemId,
    /// The account's name.
    pub account: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Why it is right.
    pub reason: Option<String>,
    /// Compensating control.
    pub compensating: Option<String>,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// Until when, as written.
    pub until: Option<NaiveDate>,
}

impl Exemption {
    /// Its last day. A date that stands for "no end", such as 9999-12-31, is none.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.until.filter(|until| !is_null_day(*until))
    }

    /// Whether it holds on a day; without a last day it does, and is reported as incomplete.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.last_day().is_none_or(|last| last >= day)
    }
}

/// Reads every `[[exemption]]`. What is missing in one is a finding, not an error.
///
/// With a list of systems their ids are known only once it is read; they are checked then.
pub fn read_all(root: &Table<'_>, systems: &[SystemConfig], inventory: bool) -> Vec<Exemption> {
    root.tables("exemption").into_iter().filter_map(|table| read(table, systems, inventory)).collect()
}

fn read(table: Table<'_>, systems: &[SystemConfig], inventory: bool) -> Option<Exemption> {
    let (system, account) = (table.system_id("system"), table.text("account"));
    if !table.has("system") || account.is_none() {
        table.problem(message!("[[exemption]] behöver system och account", "[[exemption]] needs system and account"));
    }
    if let Some(id) = system.as_ref().filter(|_| !inventory) {
        refuse_unknown(systems, id, &table);
    }
    let stated = (table.text("owner"), table.text("reason"), table.text("compensating"), table.text("approved_by"));
    let until = table.date("until");
    table.finish();
    let (owner, reason, compensating, approved_by) = stated;
    Some(Exemption { system: system?.0, account: account?, owner, reason, compensating, approved_by, until })
}
