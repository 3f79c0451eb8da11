//! The workbook of HR: what payroll should say otherwise, and whose accounts are not settled.

mod basis;
mod corrections;
mod identities;
mod leavers;
mod summary;

use super::book::{Book, Sheet};
use crate::disclosure::{PersonnelBook, RunFacts};
use crate::model::Text;
use rust_xlsxwriter::XlsxError;

/// The sheets, in the order HR reads them.
const SHEETS: &[&Sheet<PersonnelBook>] =
    &[&summary::SHEET, &identities::SHEET, &corrections::SHEET, &leavers::SHEET, &basis::SHEET];

/// What the workbook is about.
const ABOUT: Text = Text::new("Personalregistret", "Payroll register");

/// Makes the workbook's bytes.
pub fn make(part: &PersonnelBook, run: &RunFacts) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::new(run, ABOUT.get(run.language))?;
    for sheet in SHEETS {
        book.add(sheet, part)?;
    }
    book.finish(None)
}
