//! Underlag of an owner's workbook.

use crate::disclosure::{OwnerBook, RunFacts};
use crate::model::Text;
use crate::report::basis::{self, WIDTHS};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::page::Page;
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<OwnerBook> = Sheet { name: Text::new("Underlag", "Basis"), write: sheet };

fn sheet(worksheet: &mut Worksheet, part: &OwnerBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, styles, run.language, WIDTHS)?;
    page.title(SHEET.name.get(run.language), &part.system.name)?;
    basis::run_facts(&mut page, run)?;
    for report in &part.inputs {
        basis::source(&mut page, report, run)?;
    }
    exemptions(&mut page, part, run)?;
    basis::method(&mut page, run)?;
    basis::matching_figures(&mut page, &part.matching, run)?;
    basis::rules(&mut page, run)?;
    basis::limits(&mut page, run)
}

/// Accounts that are right as they are, and who says so.
fn exemptions(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts) -> Result<(), XlsxError> {
    if part.exemptions.is_empty() {
        return Ok(());
    }
    page.heading(Text::new("Undantag", "Exemptions").get(run.language))?;
    for exemption in &part.exemptions {
        let stated: Vec<String> = exemption.stated.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        page.fact(&exemption.account, &Cell::text(stated.join("; ")))?;
    }
    Ok(())
}
