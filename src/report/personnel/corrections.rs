//! Uppgifter att rätta: one row a person, what payroll should say otherwise.

use crate::disclosure::{PersonRow, PersonnelBook, RunFacts};
use crate::model::Text;
use crate::report::book::Sheet;
use crate::report::people;
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<PersonnelBook> =
    Sheet { name: Text::new("Uppgifter att rätta", "To correct"), write: sheet };

fn sheet(worksheet: &mut Worksheet, part: &PersonnelBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let rows: Vec<&PersonRow> = part.persons.iter().collect();
    people::write_list(worksheet, &rows, styles, run)
}
