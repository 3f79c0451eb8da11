//! `[payroll]`: the register that everyone is compared with, and what counts as employed.

use super::input::{self, InputFile};
use super::table::Table;
use super::words::Words;
use crate::model::{EmploymentClass, Reading, Role, employment_form, fold, message};
use chrono::NaiveDate;
use std::path::Path;

/// What counts as employed.
#[derive(Clone, Debug)]
pub struct EmploymentTerms {
    /// Forms that the user says are ordinary employments.
    pub employed: Words,
    /// Forms that the user says are paid but not employed.
    pub not_employed: Words,
    /// Forms that the user says are employed by the hour.
    pub hourly: Words,
    /// Days added to the end of an hourly employment.
    pub hourly_grace_days: u32,
    /// Days between employments that count as one.
    pub gap_days: u32,
}

impl EmploymentTerms {
    /// What a form is: what is stated outranks what is known.
    pub fn class_of(&self, form: &str) -> Reading<EmploymentClass> {
        self.stated_class(form).map_or_else(|| employment_form(form), Reading::Known)
    }

    /// What the user says that a form is.
    pub fn stated_class(&self, form: &str) -> Option<EmploymentClass> {
        let stated = [
            (&self.not_employed, EmploymentClass::NotEmployed),
            (&self.hourly, EmploymentClass::Hourly),
            (&self.employed, EmploymentClass::Regular),
        ];
        stated.into_iter().find(|(words, _)| words.hold(form)).map(|(_, class)| class)
    }
}

/// `[payroll]`.
#[derive(Clone, Debug, Default)]
pub struct PayrollConfig {
    /// One file or several, read as one register.
    pub files: Vec<InputFile>,
    /// Who receives `personalregister.xlsx`, as written.
    pub owner: Option<String>,
    /// Payroll is stated to hold employments that ended from this day on.
    pub includes_ended_since: Option<NaiveDate>,
    /// Why it is right that no column marks protected persons, where it is.
    pub no_protected_column: Option<String>,
    /// What counts as employed.
    pub terms: EmploymentTerms,
}

impl PayrollConfig {
    /// Stated day of the extract: the earliest of the files'.
    pub fn exported(&self) -> Option<NaiveDate> {
        self.files.iter().filter_map(|file| file.exported).min()
    }
}

/// Reads `[payroll]`, which has to be there.
pub fn read(root: &Table<'_>, base: &Path) -> PayrollConfig {
    let mut payroll = PayrollConfig::default();
    match root.table("payroll") {
        Some(table) => read_into(&mut payroll, table, base),
        None => root.problem(message!(
            "[payroll] saknas; personalregistret behövs för varje körning",
            "[payroll] is missing; every run needs the payroll register"
        )),
    }
    payroll
}

fn read_into(payroll: &mut PayrollConfig, table: Table<'_>, base: &Path) {
    payroll.owner = table.text("owner");
    payroll.files = input::read_several(&table, base, Role::Payroll);
    // A file that is no text has been told already.
    if payroll.files.is_empty() && !table.has("file") {
        table.problem(message!(
            "[payroll] saknar file; ange personalregistrets fil, file = \"indata/lon.csv\"",
            "[payroll] has no file; name the payroll register, file = \"indata/lon.csv\""
        ));
    }
    payroll.includes_ended_since = table.date("includes_ended_since");
    payroll.no_protected_column = table.text("no_protected_column");
    if let Some(employment) = table.table("employment") {
        read_terms(employment, payroll);
    }
    table.finish();
}

/// Hourly staff work on and off: three months without a shift is the customary limit.
const HOURLY_GRACE_DAYS: u32 = 90;

/// A fortnight between two employments is a change of contract, not a leave.
const GAP_DAYS: u32 = 14;

impl Default for EmploymentTerms {
    fn default() -> Self {
        Self {
            employed: Words::default(),
            not_employed: Words::default(),
            hourly: Words::default(),
            hourly_grace_days: HOURLY_GRACE_DAYS,
            gap_days: GAP_DAYS,
        }
    }
}

fn read_terms(table: Table<'_>, payroll: &mut PayrollConfig) {
    let keys = ["not_employed", "hourly", "employed"];
    let stated = keys.map(|key| (key, table.texts(key)));
    for (at, (key, forms)) in stated.iter().enumerate() {
        for (other, others) in &stated[at + 1..] {
            if let Some(both) = forms.iter().find(|form| others.iter().any(|own| fold(own) == fold(form))) {
                table.problem(message!(
                    "\"{both}\" står som både {key} och {other}",
                    "\"{both}\" stands as both {key} and {other}"
                ));
            }
        }
    }
    let [not_employed, hourly, employed] = stated.map(|(_, forms)| Words::new(forms));
    payroll.terms = EmploymentTerms {
        employed,
        not_employed,
        hourly,
        hourly_grace_days: days(&table, "hourly_grace_days", HOURLY_GRACE_DAYS),
        gap_days: days(&table, "gap_days", GAP_DAYS),
    };
    table.finish();
}

/// Ten years: a longer time is a slip of the finger.
pub const MOST_DAYS: i64 = 3650;

/// A number of days, at most ten years.
pub fn days(table: &Table<'_>, key: &'static str, default: u32) -> u32 {
    table.integer(key, 0..=MOST_DAYS).and_then(|days| u32::try_from(days).ok()).unwrap_or(default)
}
