//! Underlag of the summary.

use crate::disclosure::{MendShown, RunFacts, SummaryBook};
use crate::model::Text;
use crate::report::basis::{self, FORM};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::page::Page;
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<SummaryBook> = Sheet::page(Text::new("Underlag", "Basis"), sheet);

fn sheet(worksheet: &mut Worksheet, part: &SummaryBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, styles, run.language, FORM)?;
    page.title(SHEET.name.get(run.language), part.about.as_deref().unwrap_or(&run.organisation))?;
    basis::run_facts(&mut page, run)?;
    reasons(&mut page, part, run)?;
    for report in part.inputs.iter().filter_map(|input| input.source.as_ref()) {
        basis::source(&mut page, report, run)?;
    }
    basis::method(&mut page, run)?;
    basis::severities(&mut page, run)?;
    // What each is for stands on a sheet of its own; here is what it is called in the data files.
    basis::rules_by_severity(&mut page, run, |rule| format!("{} ({})", rule.title.get(run.language), rule.id))?;
    basis::limits(&mut page, run)?;
    mends(&mut page, part, run)?;
    configuration(&mut page, part, run)
}

/// The lines of the configuration that mend what was found of the control: for the one who keeps it, so in the whole's copy only.
fn mends(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts) -> Result<(), XlsxError> {
    let lines: Vec<&MendShown> = part.control.iter().flat_map(|finding| &finding.mends).collect();
    if lines.is_empty() || part.about.is_some() {
        return Ok(());
    }
    page.heading(Text::new("Att ändra i konfigurationen", "To change in the configuration").get(run.language))?;
    lines.into_iter().try_for_each(|own| {
        let when = own.when.map_or_else(String::new, |when| format!(", {when}"));
        page.fact(&format!("{}{when}", own.table), &Cell::text(&own.line))
    })
}

/// What the run was asked, in the configuration's own words: a table a row, without remarks. It is of all systems, so that a
/// committee does not get it.
fn configuration(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts) -> Result<(), XlsxError> {
    if part.about.is_some() || run.config_tables.is_empty() {
        return Ok(());
    }
    page.heading(Text::new("Konfigurationens text", "Text of the configuration").get(run.language))?;
    run.config_tables.iter().try_for_each(|(heading, lines)| page.fact(heading, &Cell::text(lines)))
}

/// What was found, most first.
fn reasons(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts) -> Result<(), XlsxError> {
    page.heading(Text::new("Avvikelser efter orsak", "Deviations by reason").get(run.language))?;
    // Those of one number on one row, so that the few that are many are seen.
    part.by_rule.chunk_by(|one, next| one.1 == next.1).try_for_each(|own| {
        let titles: Vec<&str> = own.iter().map(|(title, _)| *title).collect();
        page.fact(&own[0].1.to_string(), &Cell::text(titles.join(" · ")))
    })
}
