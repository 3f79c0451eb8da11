//! The workbook of the post that handles protected persons, and of nobody else.

mod accounts;
mod persons;
mod summary;

use super::book::{Book, Sheet};
use crate::disclosure::{RestrictedBook, RunFacts};
use crate::model::Text;
use rust_xlsxwriter::XlsxError;

/// The sheets, in the order the post reads them.
const SHEETS: &[&Sheet<RestrictedBook>] = &[&summary::SHEET, &accounts::SHEET, &persons::SHEET];

/// What the workbook is about.
const ABOUT: Text = Text::new("Särskild hantering", "Separate handling");

/// Makes the workbook's bytes.
pub fn make(part: &RestrictedBook, run: &RunFacts) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::new(run, ABOUT.get(run.language))?;
    for sheet in SHEETS {
        book.add(sheet, part)?;
    }
    book.finish(None)
}
