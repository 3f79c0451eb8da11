//! Lists of persons whose row in payroll should say something else: facts, then what was done.

use super::cell::Cell;
use super::style::Styles;
use super::table::{Column, Layout, add_yes_or_no, write};
use crate::answer_form::{CORRECTION, KEY as KEY_HEAD};
use crate::disclosure::{PersonRow, RunFacts};
use crate::model::{Language, Text};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Columns of facts before those that are filled in.
const FACTS: u16 = 12;
/// Where the hidden key stands.
const KEY: u16 = FACTS + 4;

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
        answers_from: FACTS,
        hidden_from: KEY,
    };
    let last = write(worksheet, &columns(), rows, &layout, styles, run.language)?;
    add_yes_or_no(worksheet, last, FACTS, run.language)?;
    worksheet.set_print_scale(70).set_vertical_page_breaks(&[u32::from(FACTS)])?;
    worksheet.set_repeat_columns(0, 0)?;
    Ok(())
}

fn columns() -> Vec<Column<PersonRow>> {
    let column = |sv, en, width, value| Column { title: Text::new(sv, en), width, value };
    vec![
        column("Avvikelse-ID", "Deviation ID", 13.0, |r: &PersonRow, _| Cell::text(&r.code)),
        column("Allvarlighetsgrad", "Severity", 19.0, |r, _| r.severity().map_or(Cell::Blank, Cell::Severity)),
        column("Namn", "Name", 22.0, |r, _| Cell::text(&r.name)),
        column("Anställningsnummer", "Employee number", 20.5, |r, _| Cell::text(&r.employee_number)),
        column("Orsaker", "Reasons", 56.0, reasons),
        column("Förvaltning", "Department", 20.0, |r, _| Cell::text(&r.department)),
        column("Enhet", "Unit", 20.0, |r, _| Cell::text(&r.unit)),
        column("Närmaste chef", "Closest manager", 18.0, |r, _| Cell::text(&r.manager)),
        column("Anställning t.o.m.", "Employed until", 14.0, |r, _| Cell::day(r.employment_end)),
        column("Rad i registret", "Row in the register", 11.0, |r, _| Cell::number(r.row)),
        column("Förslag", "Proposal", 20.0, |r, _| {
            r.reasons.first().map_or(Cell::Blank, |own| Cell::text(own.proposal))
        }),
        column("Först rapporterad", "First reported", 14.0, |r, _| {
            Cell::day(r.reasons.iter().map(|reason| reason.first_seen).min())
        }),
        asked(0, 13.0),
        asked(1, 30.0),
        asked(2, 18.0),
        Column { title: CORRECTION[3], width: 12.5, value: |_, _| Cell::AnswerDate },
        Column { title: KEY_HEAD, width: 10.0, value: |r, _| Cell::text(r.key.to_string()) },
    ]
}

fn asked(at: usize, width: f64) -> Column<PersonRow> {
    Column { title: CORRECTION[at], width, value: |_, _| Cell::Answer }
}

fn reasons(row: &PersonRow, _: Language) -> Cell {
    let list: Vec<String> = row.reasons.iter().map(|own| format!("{}. {}", own.title, own.message)).collect();
    Cell::text(list.join("\n"))
}
