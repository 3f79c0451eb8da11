//! Underlag of an owner's workbook.

use crate::disclosure::{OwnerBook, RunFacts};
use crate::model::{Language, ProtectedCount, Text, capitalised, counted};
use crate::report::basis::{self, FORM};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::page::Page;
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<OwnerBook> = Sheet::page(Text::new("Underlag", "Basis"), sheet);

fn sheet(worksheet: &mut Worksheet, part: &OwnerBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, styles, run.language, FORM)?;
    page.title(SHEET.name.get(run.language), &part.system.name)?;
    basis::run_facts(&mut page, run)?;
    population(&mut page, part, run)?;
    untested(&mut page, part, run)?;
    findings(&mut page, part, run)?;
    for report in &part.inputs {
        basis::source(&mut page, report, run)?;
    }
    exemptions(&mut page, part, run)?;
    basis::method(&mut page, run)?;
    basis::matching_figures(&mut page, &part.matching, run)?;
    basis::rules_in_brief(&mut page, run)?;
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

/// What was compared with what, and how many accounts came to what.
fn population(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Vad som jämförts", "What was compared"))?;
    page.paragraph(&compared(part, run))?;
    let shown = part.outcomes.iter().map(|(_, count)| count).sum::<u64>();
    // The system's protected accounts are counted whole, so that no department's can be told.
    let (all, protected) = match (&part.part, part.protected) {
        (Some(_), _) => (
            (t("Konton i den här delen", "Accounts in this part"), shown),
            t("Skyddade och utelämnade i hela systemet", "Protected and left out, in the whole system"),
        ),
        (None, ProtectedCount::Exactly(protected)) => (
            (t("Konton i exporten", "Accounts in the export"), shown + protected),
            t("–  Skyddade och utelämnade", "–  Protected and left out"),
        ),
        (None, ProtectedCount::Fewer(_) | ProtectedCount::AtLeast(_)) => (
            (t("Konton som visas", "Accounts shown"), shown),
            t("Därutöver skyddade och utelämnade", "Beside these, protected and left out"),
        ),
    };
    page.fact(all.0, &Cell::number(all.1))?;
    for (outcome, count) in part.outcomes.iter().filter(|(_, count)| *count > 0) {
        page.fact(&format!("–  {outcome}"), &Cell::number(*count))?;
    }
    page.fact(protected, &Cell::told(part.protected, run.language))?;
    for (reason, decided_by, count) in &part.left_out {
        let label = t("Utanför granskningen", "Left out of the review");
        let (sv, en) = counted(*count, ["konto", "konton"], ["account", "accounts"]).both();
        let words = match run.language {
            Language::Sv => format!("{sv}: {reason} (beslutat av {decided_by})"),
            Language::En => format!("{en}: {reason} (decided by {decided_by})"),
        };
        page.fact(label, &Cell::text(words))?;
    }
    Ok(())
}

/// What was compared with what, and from which days.
pub(super) fn compared(part: &OwnerBook, run: &RunFacts) -> String {
    let (payroll_day, payroll_stated) = part.payroll_day;
    let tested = part.system.tested_day.unwrap_or(run.as_of);
    let note = |stated: bool| match (stated, run.language) {
        (true, _) => "",
        (false, Language::Sv) => " (uttagsdag ej angiven)",
        (false, Language::En) => " (day of extract not stated)",
    };
    let (export_note, payroll_note) = (note(part.system.day_stated), note(payroll_stated));
    match run.language {
        Language::Sv => {
            format!("Systemets konton per {tested}{export_note} mot personalregistret per {payroll_day}{payroll_note}.")
        }
        Language::En => format!(
            "The system's accounts as of {tested}{export_note} against payroll as of {payroll_day}{payroll_note}."
        ),
    }
}

/// Everything that was not tested, and why.
fn untested(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Ej prövat", "Not tested"))?;
    if part.untested.is_empty() {
        return page.paragraph(t("Alla regler har kunnat prövas.", "Every rule could be tested."));
    }
    part.untested.iter().try_for_each(|own| page.fact(own.title, &Cell::text(capitalised(&own.why))))
}

/// What was found of the system itself and of the control of it.
fn findings(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts) -> Result<(), XlsxError> {
    if part.findings.is_empty() {
        return Ok(());
    }
    page.heading(Text::new("Om systemet och kontrollen", "About the system and the control").get(run.language))?;
    for finding in &part.findings {
        let words = format!("{}. {} {}", finding.title, finding.message, finding.action);
        page.fact(finding.severity.text().get(run.language), &Cell::text(words))?;
    }
    Ok(())
}
