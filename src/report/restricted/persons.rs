//! Personalregistret: what payroll should say otherwise of protected persons.

use crate::disclosure::{RestrictedBook, RunFacts};
use crate::model::Text;
use crate::report::book::Sheet;
use crate::report::people;
use crate::report::rows::Rows;
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<RestrictedBook> = Sheet::list(Text::new("Personalregistret", "Payroll register"), sheet);

fn sheet<'p>(
    worksheet: &mut Worksheet,
    part: &'p RestrictedBook,
    styles: &Styles,
    run: &'p RunFacts,
) -> Result<Rows<'p>, XlsxError> {
    people::write_list(worksheet, std::iter::empty(), &part.persons, styles, run)
}
