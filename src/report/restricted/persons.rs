//! Personalregistret: what payroll should say otherwise of protected persons.

use crate::disclosure::{RestrictedBook, RunFacts};
use crate::model::Text;
use crate::report::book::Sheet;
use crate::report::people;
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<RestrictedBook> =
    Sheet { name: Text::new("Personalregistret", "Payroll register"), write: sheet };

fn sheet(worksheet: &mut Worksheet, part: &RestrictedBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    people::write_list(worksheet, std::iter::empty(), &part.persons, styles, run)
}
