//! Underlag of the summary.

use crate::disclosure::{RunFacts, SummaryBook};
use crate::model::Text;
use crate::report::basis::{self, WIDTHS};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::page::Page;
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<SummaryBook> = Sheet { name: Text::new("Underlag", "Basis"), write: sheet };

fn sheet(worksheet: &mut Worksheet, part: &SummaryBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, styles, run.language, WIDTHS)?;
    page.title(SHEET.name.get(run.language), part.about.as_deref().unwrap_or(&run.organisation))?;
    basis::run_facts(&mut page, run)?;
    reasons(&mut page, part, run)?;
    for report in part.inputs.iter().filter_map(|input| input.source.as_ref()) {
        basis::source(&mut page, report, run)?;
    }
    basis::method(&mut page, run)?;
    basis::rules(&mut page, run)?;
    basis::limits(&mut page, run)
}

/// What was found, most first.
fn reasons(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts) -> Result<(), XlsxError> {
    page.heading(Text::new("Avvikelser efter orsak", "Deviations by reason").get(run.language))?;
    part.by_rule.iter().try_for_each(|(title, count)| page.fact(&count.to_string(), &Cell::text(*title)))
}
