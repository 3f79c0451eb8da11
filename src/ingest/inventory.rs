//! The list of systems: whose they are, and which of them have an export.

use super::reader::{FileRead, FileTerms, ReadAs, read_file};
use super::row::RowView;
use super::rows::Taken;
use super::source::{Reason, SourceReport};
use crate::config::InputFile;
use crate::error::Error;
use crate::model::{Field, FileIx, InventoryRow, Message, Reading, Role, SystemId, message};

/// Reads the list of systems.
///
/// # Errors
/// A file that cannot be read or used.
pub fn read(input: &InputFile, terms: FileTerms) -> Result<(Vec<InventoryRow>, SourceReport), Error> {
    let (mut rows, mut ragged) = (Vec::new(), Vec::new());
    let FileRead { mut report, .. } =
        read_file(input, ReadAs { role: Role::Inventory, terms, join: None, file: FileIx(0) }, &mut |_, row| {
            rows.push(inventory_row(row)?);
            ragged.extend(row.ragged.map(|reason| told(row.number, reason)));
            Ok(Taken::Record)
        })?;
    report.warnings.extend(ragged);
    Ok((rows, report))
}

/// What is said of a row with another number of fields than the header.
fn told(number: u32, reason: Reason) -> Message {
    let (sv, en) = reason.message().both();
    message!(
        "Rad {number}: {sv}. Systemet är med, men det som inte går att läsa på raden är inte prövat.",
        "Row {number}: {en}. The system is there, but what cannot be read on the row is not tested."
    )
}

/// A row is a system wherever it names one. What of it cannot be read is told, and takes with it the rules that rest on
/// it, but never the system.
fn inventory_row(row: &RowView<'_>) -> Result<InventoryRow, Reason> {
    let name = row.text(Field::System).or_else(|| row.text(Field::Id)).ok_or(Reason::NoSystem)?;
    if row.ragged.is_some() {
        row.misread(Field::System, &name);
    }
    if row.ragged == Some(Reason::TooManyFields) {
        return Ok(shifted(row, &name));
    }
    let mut unread: Vec<Field> = row.cut_off().collect();
    let mut date = |field: Field| match row.date(field) {
        Reading::Known(day) => Some(day),
        Reading::Absent => None,
        Reading::NotUnderstood => {
            unread.push(field);
            None
        }
    };
    let (confirmed, risk_analysis, exported) =
        (date(Field::Confirmed), date(Field::RiskAnalysis), date(Field::Exported));
    let control_total = row.words(Field::ControlTotal).first().and_then(|text| {
        let total = count(text);
        if total.is_none() {
            row.misread(Field::ControlTotal, text);
            unread.push(Field::ControlTotal);
        }
        total
    });
    Ok(InventoryRow {
        id: id(row, &name),
        name: name.into_owned(),
        file: row.kept(Field::File),
        owner: row.kept(Field::Owner),
        administrator: row.kept(Field::Administrator),
        committee: row.kept(Field::Committee),
        classification: row.kept(Field::Classification),
        confirmed,
        risk_analysis,
        departments: row.text(Field::Departments).map(|text| listed(&text)).unwrap_or_default(),
        exported,
        exported_by: row.kept(Field::ExportedBy),
        control_total,
        excluded_by: row.kept(Field::ExcludedBy),
        excluded_why: row.kept(Field::ExcludedWhy),
        unread,
        row: row.number,
    })
}

/// A row with more fields than there are headers: some separator too many stands somewhere in it, and what stands
/// behind that belongs to other headers. It is a system, of which nothing more is known.
fn shifted(row: &RowView<'_>, name: &str) -> InventoryRow {
    let unread = Field::ALL.iter().copied().filter(|field| field.is_of_inventory() && row.has(*field)).collect();
    InventoryRow { id: id(row, name), name: name.to_owned(), unread, row: row.number, ..InventoryRow::default() }
}

/// A number of the list's own, "CI 0042/3", becomes an id as a name does; of a name without a letter that an id can
/// have, the row makes one.
fn id(row: &RowView<'_>, name: &str) -> String {
    let stated = row.text(Field::Id).and_then(|id| SystemId::new(&id).or_else(|| SystemId::from_name(&id)));
    let id = stated.or_else(|| SystemId::from_name(name));
    id.map_or_else(|| format!("rad-{}", row.number), |id| id.to_string())
}

/// A number of rows, with or without a space between its thousands.
fn count(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    digits.parse().ok()
}

/// Several in one cell, divided by `;`, `|` or `,`.
fn listed(text: &str) -> Vec<String> {
    text.split([';', '|', ',']).map(str::trim).filter(|part| !part.is_empty()).map(ToOwned::to_owned).collect()
}
