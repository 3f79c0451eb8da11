//! Personalregistret: what payroll should say otherwise of protected persons.

use crate::disclosure::{RestrictedBook, RunFacts};
use crate::model::Text;
use crate::report::book::Sheet;
use crate::report::people;
use crate::report::rows::LaidOut;
use crate::report::style::Styles;
use rust_xlsxwriter::Worksheet;

pub(super) const SHEET: Sheet<RestrictedBook> = Sheet::list(Text::new("Personalregistret", "Payroll register"), sheet);

fn sheet<'p>(worksheet: &mut Worksheet, part: &'p RestrictedBook, styles: &Styles, run: &'p RunFacts) -> LaidOut<'p> {
    people::write_list(worksheet, std::iter::empty(), &part.persons, styles, run)
}
