//! Underlag of HR's workbook.

use super::ABOUT;
use crate::disclosure::{PersonnelBook, RunFacts};
use crate::model::Text;
use crate::report::basis::{self, FORM};
use crate::report::book::Sheet;
use crate::report::page::Page;
use crate::report::style::Styles;
use crate::review::Group;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<PersonnelBook> = Sheet::page(Text::new("Underlag", "Basis"), sheet);

fn sheet(worksheet: &mut Worksheet, part: &PersonnelBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, styles, run.language, FORM)?;
    page.title(SHEET.name.get(run.language), ABOUT.get(run.language))?;
    basis::run_facts(&mut page, run)?;
    for report in &part.inputs {
        basis::source(&mut page, report, run)?;
    }
    basis::method(&mut page, run)?;
    basis::rules_of(&mut page, run, |rule| rule.group == Group::Payroll || rule.tells.asks_who())?;
    basis::limits(&mut page, run)
}
