//! A person of payroll as HR reads the row: what payroll itself should say otherwise.

use super::row::{ReasonShown, reasons_of};
use super::{Door, RunFacts, Shown};
use crate::followup::Tracked;
use crate::model::{PersonIx, PersonKey, Severity};
use crate::review::Subject;
use crate::roster::Scope;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// One person with what payroll should say otherwise.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// The key answers are joined on.
    pub key: PersonKey,
    /// The code people cite.
    pub code: String,
    /// Findings, the gravest first.
    pub reasons: Vec<ReasonShown>,
    /// Name.
    pub name: Shown,
    /// Employee numbers.
    pub employee_number: Shown,
    /// Förvaltning.
    pub department: Shown,
    /// Enhet.
    pub unit: Shown,
    /// Närmaste chef.
    pub manager: Shown,
    /// Last day of employment.
    pub employment_end: Option<NaiveDate>,
    /// Row in the register.
    pub row: u32,
}

impl PersonRow {
    /// The gravest of the findings.
    pub fn severity(&self) -> Option<Severity> {
        self.reasons.iter().map(|reason| reason.severity).max()
    }
}

/// Everyone with findings about payroll itself, the gravest first.
pub fn rows(open: &[&Tracked], door: &Door<'_>, run: &RunFacts) -> Vec<PersonRow> {
    let mut by_person: BTreeMap<PersonIx, Vec<&Tracked>> = BTreeMap::new();
    for tracked in open {
        if let Subject::Person(person) = tracked.finding.subject {
            by_person.entry(person).or_default().push(tracked);
        }
    }
    let mut rows: Vec<PersonRow> =
        by_person.into_iter().map(|(person, findings)| row(person, &findings, door, run)).collect();
    rows.sort_by(|a, b| b.severity().cmp(&a.severity()).then_with(|| a.employee_number.cmp(&b.employee_number)));
    rows
}

fn row(ix: PersonIx, findings: &[&Tracked], door: &Door<'_>, run: &RunFacts) -> PersonRow {
    let roster = door.review.roster;
    let person = roster.person(ix);
    let tenure = roster.tenure(ix, Scope { companies: &[] }, run.as_of);
    let text = |value: Option<&String>| door.show_some(value.map(String::as_str)).unwrap_or_default();
    let manager = tenure.main.and_then(|employment| employment.manager.as_deref());
    let key = PersonKey::new(&person.id);
    PersonRow {
        code: key.code(),
        key,
        reasons: reasons_of(findings, door),
        name: door.show_open(&person.name),
        employee_number: door.show_open(&person.numbers_shown().join(", ")),
        department: text(tenure.main.and_then(|employment| employment.department.as_ref())),
        unit: text(tenure.main.and_then(|employment| employment.unit.as_ref())),
        manager: manager.map(|written| door.names.shown(written)).unwrap_or_default(),
        employment_end: tenure.end,
        row: tenure.main.map_or(person.source.row, |employment| employment.source.row),
    }
}
