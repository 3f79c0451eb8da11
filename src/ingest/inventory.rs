//! The list of systems: whose they are, and which of them have an export.

use super::reader::{FileRead, FileTerms, ReadAs, read_file};
use super::row::RowView;
use super::rows::Taken;
use super::source::{Reason, SourceReport};
use crate::config::InputFile;
use crate::error::Error;
use crate::model::{Field, FileIx, InventoryRow, Reading, Role, SystemId};
use chrono::NaiveDate;

/// Reads the list of systems.
///
/// # Errors
/// A file that cannot be read or used.
pub fn read(input: &InputFile, terms: FileTerms) -> Result<(Vec<InventoryRow>, SourceReport), Error> {
    let mut rows = Vec::new();
    let FileRead { report, .. } =
        read_file(input, ReadAs { role: Role::Inventory, terms, join: None, file: FileIx(0) }, &mut |_, row| {
            rows.push(inventory_row(row)?);
            Ok(Taken::Record)
        })?;
    Ok((rows, report))
}

fn inventory_row(row: &RowView<'_>) -> Result<InventoryRow, Reason> {
    let name = row.text(Field::System).or_else(|| row.text(Field::Id)).ok_or(Reason::NoSystem)?;
    // A number of the list's own, "CI 0042/3", becomes an id as a name does.
    let stated = row.text(Field::Id).and_then(|id| SystemId::new(&id).or_else(|| SystemId::from_name(&id)));
    let id = stated.or_else(|| SystemId::from_name(&name)).ok_or(Reason::NoSystem)?;
    Ok(InventoryRow {
        id: id.to_string(),
        name: name.into_owned(),
        file: row.kept(Field::File),
        owner: row.kept(Field::Owner),
        administrator: row.kept(Field::Administrator),
        committee: row.kept(Field::Committee),
        classification: row.kept(Field::Classification),
        confirmed: date(row, Field::Confirmed)?,
        risk_analysis: date(row, Field::RiskAnalysis)?,
        departments: row.text(Field::Departments).map(|text| listed(&text)).unwrap_or_default(),
        exported: date(row, Field::Exported)?,
        exported_by: row.kept(Field::ExportedBy),
        control_total: row.text(Field::ControlTotal).and_then(|text| text.replace(' ', "").parse().ok()),
        excluded_by: row.kept(Field::ExcludedBy),
        excluded_why: row.kept(Field::ExcludedWhy),
        row: row.number,
    })
}

/// Several in one cell, divided by `;`, `|` or `,`.
fn listed(text: &str) -> Vec<String> {
    text.split([';', '|', ',']).map(str::trim).filter(|part| !part.is_empty()).map(ToOwned::to_owned).collect()
}

fn date(row: &RowView<'_>, field: Field) -> Result<Option<NaiveDate>, Reason> {
    match row.date(field) {
        Reading::Known(day) => Ok(Some(day)),
        Reading::Absent => Ok(None),
        Reading::NotUnderstood => Err(Reason::UnreadableDate(field)),
    }
}
