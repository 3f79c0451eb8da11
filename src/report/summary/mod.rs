//! The summary workbook: the whole organisation, or one committee, in numbers and posts, no person.

mod basis;
mod below;
mod control;
mod departments;
mod judged;
mod matrix;
mod measures;
mod overview;
mod payroll;
mod reliability;
mod rules;
mod systems;

use super::book::{Book, Sheet};
use crate::disclosure::{RunFacts, SummaryBook};
use rust_xlsxwriter::XlsxError;

/// The sheets, in the order a committee reads them.
const SHEETS: &[&Sheet<SummaryBook>] = &[
    &overview::SHEET,
    &systems::SHEET,
    &departments::SHEET,
    &control::SHEET,
    &measures::SHEET,
    &reliability::SHEET,
    &matrix::SHEET,
    &payroll::SHEET,
    &basis::SHEET,
    &rules::SHEET,
];

/// Makes the workbook's bytes.
pub fn make(part: &SummaryBook, run: &RunFacts) -> Result<Vec<u8>, XlsxError> {
    let organisation = if run.organisation.is_empty() { "samkor" } else { &run.organisation };
    let about = part.about.as_deref().unwrap_or(organisation);
    let mut book = Book::new(run, about)?;
    // Payroll is no committee's own: its quality stands in the whole's copy only.
    let own = |sheet: &&&Sheet<SummaryBook>| part.about.is_none() || sheet.name != payroll::SHEET.name;
    for sheet in SHEETS.iter().filter(own) {
        book.add(sheet, part)?;
    }
    book.finish(None)
}
