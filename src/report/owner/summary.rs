//! Sammanfattning: what an owner needs to know in a minute, and what to do.

use crate::answer_form::SIGN_OFF;
use crate::config::{Attest, ListScope};
use crate::disclosure::{OwnerBook, PartShown, RunFacts, Shown};
use crate::model::{Language, ProtectedCount, Severity, Text, capitalised};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::page::Page;
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};
use std::collections::BTreeMap;

pub(super) const SHEET: Sheet<OwnerBook> = Sheet { name: Text::new("Sammanfattning", "Summary"), write: sheet };

/// The widest line an A4 page shows at full size.
const WIDTHS: &[f64] = &[44.0, 13.0, 13.0, 13.0, 13.0, 13.0, 13.0];

fn sheet(worksheet: &mut Worksheet, part: &OwnerBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, styles, run.language, WIDTHS)?;
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.title(&part.title(), &subtitle(run))?;
    page.boxed(t("Svara senast", "Answer by"), &Cell::Date(run.answer_by))?;
    let whoever = t("den som sände listan", "whoever sent the list");
    page.boxed(t("Lämnas till", "Return to"), &Cell::text(run.control_owner.as_deref().unwrap_or(whoever)))?;
    how_to(&mut page, part, run)?;
    numbers(&mut page, part, run)?;
    system(&mut page, part, run)?;
    population(&mut page, part, run)?;
    untested(&mut page, part, run)?;
    sign_off(&mut page, run)
}

pub fn subtitle(run: &RunFacts) -> String {
    let as_of = Text::new("per", "as of").get(run.language);
    let title = if run.title.contains(&run.as_of.to_string()) {
        run.title.to_string()
    } else {
        format!("{} {as_of} {}", run.title, run.as_of)
    };
    if run.organisation.is_empty() { title } else { format!("{} – {title}", run.organisation) }
}

fn how_to(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Så gör du", "What to do"))?;
    if part.deviations(run).is_empty() {
        page.paragraph(t(
            "Inga avvikelser att svara på. Läs igenom bladet, kontrollera att uppgifterna om systemet stämmer och \
             skriv under längst ner.",
            "No deviations to answer. Read this sheet, check that what is said of the system is right, and sign \
             below.",
        ))?;
        to_confirm(page, part, run)
    } else {
        page.paragraph(t(
            "1.  Öppna bladet Avvikelser. Välj ett beslut för varje rad och skriv en motivering där det behövs.",
            "1.  Open the sheet Deviations. Choose a decision for each row and give a reason where needed.",
        ))?;
        page.paragraph(t(
            "2.  Se till att besluten genomförs i systemet. Skriv vem som utfört dem och när.",
            "2.  See that the decisions are carried out in the system. Write who did so and when.",
        ))?;
        page.paragraph(t(
            "3.  Skriv under längst ner på det här bladet, spara filen och lämna tillbaka den.",
            "3.  Sign at the end of this sheet, save the file and return it.",
        ))?;
        to_confirm(page, part, run)?;
        page.small(t(
            "En tom rad räknas inte som ett godkännande. Sortera och filtrera gärna, men ändra inte de vita kolumnerna.",
            "A blank row does not count as approval. Sort and filter as you like, but do not change the white columns.",
        ))
    }
}

/// Which other rows need an answer, as configured.
fn to_confirm(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts) -> Result<(), XlsxError> {
    let privileged = !part.privileged().is_empty();
    let text = match run.attest {
        Attest::All => Text::new(
            "Ta också ställning till varje konto på bladet Konton.",
            "Decide also on each account on the sheet Accounts.",
        ),
        Attest::Privileged if privileged => Text::new(
            "Ta också ställning till varje konto på bladet Höga behörigheter.",
            "Decide also on each account on the sheet High privileges.",
        ),
        Attest::Privileged | Attest::Nothing => return Ok(()),
    };
    page.paragraph(text.get(run.language))
}

/// Deviations by reason and severity.
fn numbers(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Avvikelserna i siffror", "The deviations in numbers"))?;
    let table = by_reason(part, run);
    if table.is_empty() {
        return page.paragraph(t("Inga avvikelser.", "No deviations."));
    }
    let mut heads = vec![t("Orsak", "Reason")];
    heads.extend(gravest_first().map(|severity| severity.text().get(run.language)));
    heads.push(t("Summa", "Total"));
    page.table_head(&heads, 1)?;
    for (title, counts) in &table {
        let mut cells = vec![Cell::text(*title)];
        cells.extend(gravest_first().map(|severity| Cell::number(counts[severity as usize])));
        cells.push(Cell::number(counts.iter().sum::<u64>()));
        page.table_row(&cells)?;
    }
    let listed = part.deviations(run).len();
    let left_off = match run.scope {
        ListScope::Full => "",
        ListScope::Changes => t(
            " Det som redan är beslutat eller undantaget står inte på bladet Avvikelser igen, om det inte är kritiskt.",
            " What is decided or excepted already does not stand on the sheet Deviations again, unless it is critical.",
        ),
    };
    let below = run.list_from.text().get(run.language).to_lowercase();
    page.paragraph(&match run.language {
        Language::Sv => format!(
            "{listed} konton står på bladet Avvikelser och ska besvaras. Avvikelser under graden {below} visas bara på \
             bladet Konton. Ett konto kan ha flera orsaker.{left_off}"
        ),
        Language::En => format!(
            "{listed} accounts stand on the sheet Deviations and are to be answered. Deviations below the severity \
             {below} are shown on the sheet Accounts only. An account can have several reasons.{left_off}"
        ),
    })
}

fn gravest_first() -> impl Iterator<Item = Severity> {
    Severity::ALL.into_iter().rev()
}

/// Reason → findings by severity, in the order of the rules.
fn by_reason(part: &OwnerBook, run: &RunFacts) -> Vec<(&'static str, [u64; 5])> {
    let mut counts: BTreeMap<&'static str, [u64; 5]> = BTreeMap::new();
    for reason in part.accounts.iter().flat_map(|row| &row.reasons) {
        counts.entry(reason.title).or_default()[reason.severity as usize] += 1;
    }
    let titles = run.rules.iter().map(|shown| shown.rule.title.get(run.language));
    titles.filter_map(|title| counts.get(title).map(|counts| (title, *counts))).collect()
}

/// The system, and findings about it.
fn system(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    let system = &part.system;
    let text = |value: &Option<Shown>| Cell::text(value.as_deref().unwrap_or_default());
    page.heading(t("Systemet", "The system"))?;
    if let Some(own) = &part.part {
        page.fact(t("Urval", "Selection"), &Cell::text(selection(own).get(run.language)))?;
    }
    page.fact(t("Systemägare", "System owner"), &text(&system.owner))?;
    page.fact(t("Systemförvaltare", "System administrator"), &text(&system.administrator))?;
    page.fact(t("Nämnd", "Committee"), &text(&system.committee))?;
    page.fact(t("Informationsklass", "Information class"), &text(&system.classification))?;
    page.fact(t("Senaste riskanalys", "Latest risk analysis"), &Cell::day(system.risk_analysis))?;
    if system.sensitive {
        let words = t("Ja, allvarligheten är höjd ett steg", "Yes, severities are raised one step");
        page.fact(t("Känsliga uppgifter", "Sensitive data"), &Cell::text(words))?;
    }
    for finding in &part.findings {
        let words = format!("{}. {} {}", finding.title, finding.message, finding.action);
        page.fact(finding.severity.text().get(run.language), &Cell::text(words))?;
    }
    Ok(())
}

/// Which accounts a part of a shared system's list holds.
fn selection(part: &PartShown) -> Text {
    if part.is_rest {
        Text::new(
            "Konton som inte hör till någon förvaltning i personalregistret. Förvaltningarnas konton har sänts till dem.",
            "Accounts that belong to no department of payroll. The departments' accounts were sent to them.",
        )
    } else {
        Text::new(
            "Konton vars innehavare hör till förvaltningen. Systemet delas av flera förvaltningar.",
            "Accounts whose holder belongs to the department. The system is shared by several departments.",
        )
    }
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
        let words = match run.language {
            Language::Sv => format!("{count} konton: {reason} (beslutat av {decided_by})"),
            Language::En => format!("{count} accounts: {reason} (decided by {decided_by})"),
        };
        page.fact(label, &Cell::text(words))?;
    }
    Ok(())
}

fn compared(part: &OwnerBook, run: &RunFacts) -> String {
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

fn untested(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Ej prövat", "Not tested"))?;
    if part.untested.is_empty() {
        return page.paragraph(t("Alla regler har kunnat prövas.", "Every rule could be tested."));
    }
    for untested in &part.untested {
        page.fact(untested.title, &Cell::text(capitalised(&untested.why)))?;
    }
    Ok(())
}

pub fn sign_off(page: &mut Page<'_>, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Underskrift", "Sign-off"))?;
    SIGN_OFF.iter().try_for_each(|label| page.sign(label.get(run.language)))
}
