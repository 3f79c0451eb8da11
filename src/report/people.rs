//! Lists of persons whose row in payroll should say something else: facts, then what was done.

use super::cell::Cell;
use super::style::Styles;
use super::table::{Column, Layout, add_yes_or_no, write};
use crate::answer_form::{CORRECTION, EMPLOYED_UNTIL};
use crate::disclosure::{PersonRow, RunFacts};
use crate::model::{Language, Text};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Columns of facts before those that are filled in.
const FACTS: u16 = 8;

/// Writes rows to be corrected.
pub fn write_list(
    worksheet: &mut Worksheet,
    rows: &[&PersonRow],
    styles: &Styles,
    run: &RunFacts,
) -> Result<(), XlsxError> {
    let layout = Layout {
        name: "Personregister",
        alt: Text::new(
            "Personer med uppgifter att rätta i personalregistret, en på varje rad",
            "Persons with something to correct in payroll, one a row",
        )
        .get(run.language)
        .to_owned(),
        empty: Text::new("Inga uppgifter att rätta.", "Nothing to correct."),
        frozen: 4,
        printed: None,
    };
    let last = write(worksheet, &columns(), rows, &layout, styles, run.language)?;
    add_yes_or_no(worksheet, last, FACTS, run.language)?;
    Ok(())
}

fn columns() -> Vec<Column<PersonRow>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    let folded = |sv, en, width, value| Column::read(Text::new(sv, en), width, value).folded();
    vec![
        column("Nr", "No", 10.6, |r: &PersonRow, _| Cell::text(&r.code)),
        column("Grad", "Severity", 9.5, |r, _| r.severity().map_or(Cell::Blank, Cell::Severity)),
        column("Namn", "Name", 20.0, |r, _| Cell::text(&r.name)),
        column("Anställningsnummer", "Employee number", 13.0, |r, _| Cell::text(&r.employee_number)),
        column("Orsak", "Reason", 44.0, reasons),
        column("Förvaltning", "Department", 18.0, |r, _| Cell::text(&r.department)),
        Column::read(EMPLOYED_UNTIL, 11.0, |r, _| Cell::day(r.employment_end)),
        column("Rad i registret", "Row in the register", 9.0, |r, _| Cell::number(r.row)),
        asked(0, 10.0),
        asked(1, 22.0),
        asked(2, 15.0),
        Column::answer_date(CORRECTION[3], 11.5),
        folded("Enhet", "Unit", 20.0, |r: &PersonRow, _| Cell::text(&r.unit)),
        folded("Närmaste chef", "Closest manager", 18.0, |r, _| Cell::text(&r.manager)),
        folded("Förslag", "Proposal", 20.0, |r, _| {
            r.reasons.first().map_or(Cell::Blank, |own| Cell::text(own.proposal))
        }),
        folded("Först rapporterad", "First reported", 14.0, |r, _| {
            Cell::day(r.reasons.iter().map(|reason| reason.first_seen).min())
        }),
        Column::key(|r, _| Cell::text(r.key.to_string())),
    ]
}

fn asked(at: usize, width: f64) -> Column<PersonRow> {
    Column::answer(CORRECTION[at], width)
}

fn reasons(row: &PersonRow, _: Language) -> Cell<'_> {
    let list: Vec<String> = row.reasons.iter().map(|own| format!("{}. {}", own.title, own.message)).collect();
    Cell::text(list.join("\n"))
}
