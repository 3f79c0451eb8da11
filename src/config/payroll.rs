//! `[payroll]`: the register that everyone is compared with, and what counts as employed.

use super::input::{self, InputFile};
use super::table::Table;
use crate::model::{Role, fold, message};
use chrono::NaiveDate;
use std::path::Path;

/// What counts as employed.
#[derive(Clone, Debug)]
pub struct EmploymentTerms {
    /// Forms that are paid but not employed.
    pub not_employed: Vec<String>,
    /// Forms employed by the hour.
    pub hourly: Vec<String>,
    /// Days added to the end of an hourly employment.
    pub hourly_grace_days: u32,
    /// Days between employments that count as one.
    pub gap_days: u32,
}

/// Forms as the user has named them: what is named is meant to meet something in the files.
#[derive(Clone, Debug, Default)]
pub struct StatedForms {
    /// `not_employed`.
    pub not_employed: Vec<String>,
    /// `hourly`.
    pub hourly: Vec<String>,
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
    /// The forms that the user has named, beside those known by default.
    pub stated_forms: StatedForms,
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

/// Forms seen in Swedish payroll that are paid but not employed (see the domain notes in README).
const NOT_EMPLOYED: [&str; 13] = [
    "förtroendevald",
    "politiker",
    "uppdragstagare",
    "familjehem",
    "kontaktperson",
    "kontaktfamilj",
    "arvodist",
    "god man",
    "feriearbetare",
    "feriepraktikant",
    "pensionär",
    "arvoderad",
    "uppdrag",
];

/// Forms employed by the hour.
const HOURLY: [&str; 9] = [
    "timavlönad",
    "timanställd",
    "timanställning",
    "timlön",
    "tim",
    "intermittent",
    "vid behov",
    "behovsanställd",
    "timvikarie",
];

/// Hourly staff work on and off: three months without a shift is the customary limit.
const HOURLY_GRACE_DAYS: u32 = 90;

/// A fortnight between two employments is a change of contract, not a leave.
const GAP_DAYS: u32 = 14;

impl Default for EmploymentTerms {
    fn default() -> Self {
        let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        Self {
            not_employed: owned(&NOT_EMPLOYED),
            hourly: owned(&HOURLY),
            hourly_grace_days: HOURLY_GRACE_DAYS,
            gap_days: GAP_DAYS,
        }
    }
}

fn read_terms(table: Table<'_>, payroll: &mut PayrollConfig) {
    let stated = StatedForms { not_employed: table.texts("not_employed"), hourly: table.texts("hourly") };
    if let Some(both) = stated.not_employed.iter().find(|form| stated.hourly.iter().any(|own| fold(own) == fold(form)))
    {
        table.problem(message!(
            "\"{both}\" står som både not_employed och hourly",
            "\"{both}\" stands as both not_employed and hourly"
        ));
    }
    let terms = &mut payroll.terms;
    // What is stated outranks what is known by default.
    let states = |words: &[String], form: &str| words.iter().any(|word| fold(word) == fold(form));
    terms.not_employed.retain(|form| !states(&stated.hourly, form));
    terms.hourly.retain(|form| !states(&stated.not_employed, form));
    terms.not_employed.extend(stated.not_employed.iter().cloned());
    terms.hourly.extend(stated.hourly.iter().cloned());
    terms.hourly_grace_days = days(&table, "hourly_grace_days", HOURLY_GRACE_DAYS);
    terms.gap_days = days(&table, "gap_days", GAP_DAYS);
    payroll.stated_forms = stated;
    table.finish();
}

/// Ten years: a longer time is a slip of the finger.
pub const MOST_DAYS: i64 = 3650;

/// A number of days, at most ten years.
pub fn days(table: &Table<'_>, key: &'static str, default: u32) -> u32 {
    table.integer(key, 0..=MOST_DAYS).and_then(|days| u32::try_from(days).ok()).unwrap_or(default)
}
