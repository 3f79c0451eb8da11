//! Uppgifter att rätta: what payroll should say otherwise, one row a person, and every row that could not be used.

use crate::disclosure::{PersonnelBook, RunFacts};
use crate::model::Text;
use crate::report::book::Sheet;
use crate::report::people;
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<PersonnelBook> =
    Sheet { name: Text::new("Uppgifter att rätta", "To correct"), write: sheet };

fn sheet(worksheet: &mut Worksheet, part: &PersonnelBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    people::write_list(worksheet, part.unused(), &part.persons, styles, run)
}
