//! Uppgifter att rätta: what payroll should say otherwise, one row a person, and every row that could not be used.

use crate::disclosure::{PersonnelBook, RunFacts};
use crate::model::Text;
use crate::report::book::Sheet;
use crate::report::people;
use crate::report::rows::LaidOut;
use crate::report::style::Styles;
use rust_xlsxwriter::Worksheet;

pub(super) const SHEET: Sheet<PersonnelBook> = Sheet::list(Text::new("Uppgifter att rätta", "To correct"), sheet);

fn sheet<'p>(worksheet: &mut Worksheet, part: &'p PersonnelBook, styles: &Styles, run: &'p RunFacts) -> LaidOut<'p> {
    people::write_list(worksheet, part.unused(), &part.persons, styles, run)
}
