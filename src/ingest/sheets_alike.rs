//! Sheets of payroll that hold the same people: extracts of several days, which their names do not tell apart.
//!
//! Read as one register, whoever has left since the older of them is still employed by it.

use super::payroll::PayrollRow;
use super::source::SourceReport;
use crate::model::{Message, PersonalNumber, message};
use std::collections::{BTreeMap, BTreeSet};

/// What is said where two sheets that were read hold mostly the same people. A sheet of second employments holds few of
/// them.
pub fn warning(rows: &[PayrollRow], report: &SourceReport) -> Option<Message> {
    let mut people: BTreeMap<u16, BTreeSet<Key<'_>>> = BTreeMap::new();
    if report.sheets.iter().filter(|sheet| sheet.header_row.is_some()).count() < 2 {
        return None;
    }
    for row in rows {
        people.entry(row.employment.source.sheet).or_default().extend(key(row));
    }
    let sheets: Vec<(&u16, &BTreeSet<Key<'_>>)> = people.iter().collect();
    let pairs = sheets.iter().enumerate().flat_map(|(at, one)| sheets[at + 1..].iter().map(move |other| (one, other)));
    let (one, other) = pairs.into_iter().find(|(one, other)| are_alike(one.1, other.1))?;
    let name = |sheet: u16| report.sheets.get(usize::from(sheet)).map_or("", |sheet| sheet.name.as_str());
    let (one, other) = (name(*one.0), name(*other.0));
    Some(message!(
        "Bladen \"{one}\" och \"{other}\" har till större delen samma personer och läses som ett register. Är det ena ett \
         äldre uttag räknas den som slutat sedan dess som anställd; ange då det nyaste: sheet = \"Bladets namn\"",
        "The sheets \"{one}\" and \"{other}\" hold mostly the same people and are read as one register. If one of them is an \
         older extract, whoever has left since counts as employed; then state the newest: sheet = \"Name of the sheet\""
    ))
}

/// Whether most of all that two sheets hold stands in both.
fn are_alike(one: &BTreeSet<Key<'_>>, other: &BTreeSet<Key<'_>>) -> bool {
    /// Fewer can be chance.
    const LEAST: usize = 3;
    let common = one.intersection(other).count();
    common >= LEAST && common * 2 > one.len() + other.len() - common
}

/// What somebody is known by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'r> {
    Person(PersonalNumber),
    Employee(&'r str),
}

fn key(row: &PayrollRow) -> Option<Key<'_>> {
    row.personal_number.map(Key::Person).or_else(|| row.employee_number.as_deref().map(Key::Employee))
}
