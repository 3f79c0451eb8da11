//! The workbook of one system's owner.

mod accounts;
mod basis;
mod deviations;
mod privileged;
mod roles;
mod rules;
mod since;
mod summary;

pub use summary::{sign_off, subtitle};

use super::book::{Book, Sheet};
use crate::disclosure::{OwnerBook, RunFacts};
use rust_xlsxwriter::XlsxError;

/// The sheets, in the order an owner reads them.
const SHEETS: &[&Sheet<OwnerBook>] = &[
    &summary::SHEET,
    &deviations::SHEET,
    &privileged::SHEET,
    &since::SHEET,
    &accounts::SHEET,
    &roles::SHEET,
    &basis::SHEET,
    &rules::SHEET,
];

/// Makes the workbook's bytes.
pub fn make(part: &OwnerBook, run: &RunFacts) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::new(run, &part.title())?;
    for sheet in SHEETS {
        book.add(sheet, part)?;
    }
    book.finish(Some(&part.system.id))
}
