//! Kontrollens tillförlitlighet: how far the review itself can be relied on.

use crate::disclosure::{InputShown, RunFacts, Shown, SummaryBook};
use crate::model::{Language, Text, by_saying, capitalised, counted, rows};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::page::{Form, Page};
use crate::report::paper::{Paper, Print};
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const SHEET: Sheet<SummaryBook> =
    Sheet::page(Text::new("Kontrollens tillförlitlighet", "Reliability of the control"), sheet);

const FORM: Form =
    Form { widths: &[36.0, 14.0, 16.0, 13.0, 13.0, 13.0, 13.0, 13.0, 14.0], paper: Paper::Lying, print: Print::Small };

/// Rejected rows listed in full for one file; a file with more is broken as a whole.
const MOST_REJECTED: usize = 5_000;

fn sheet(worksheet: &mut Worksheet, part: &SummaryBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, styles, run.language, FORM)?;
    let subtitle = Text::new(
        "Hur långt granskningen går att lita på: underlagen, det som inte kunnat läsas och det som inte prövats",
        "How far the review can be relied on: the inputs, what could not be read and what was not tested",
    );
    page.title(SHEET.name.get(run.language), subtitle.get(run.language))?;
    findings(&mut page, part, run)?;
    inputs(&mut page, part, run)?;
    rejected(&mut page, part, run)?;
    untested(&mut page, part, run)
}

fn findings(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Iakttagelser om system och underlag", "Findings about systems and inputs"))?;
    if part.control.is_empty() {
        return page.paragraph(t("Inga.", "None."));
    }
    // The same of many systems is one thing to mend.
    let said = part.control.iter().map(|finding| {
        let about = finding.system.as_deref().unwrap_or(t("Hela granskningen", "The whole review"));
        let severity = finding.severity.text().get(run.language).to_lowercase();
        (format!("{} ({severity}). {} {}", finding.title, finding.message, finding.action), about)
    });
    by_saying(said)
        .into_iter()
        .try_for_each(|(words, about)| page.fact(&run.language.some_of(&about, ROOM), &Cell::text(words)))
}

/// Letters for the names of systems before what is said of them; which the others are, the sheet behind tells rule by
/// rule.
const ROOM: usize = 100;

fn inputs(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Underlag", "Inputs"))?;
    page.table_head(
        &[
            t("Fil", "File"),
            t("Uttagen (uppgift)", "Extracted (as stated)"),
            t("Enligt källsystemet", "By the source system"),
            t("Rader i filen", "Rows in the file"),
            t("Rubrik m.m.", "Header etc."),
            t("Ej användbara", "Not usable"),
            t("Hopslagna", "Folded"),
            t("Poster", "Records"),
            t("Med nyckel, %", "With key, %"),
        ],
        3..,
    )?;
    for input in &part.inputs {
        page.table_row(&input_row(input, part, run))?;
    }
    let ties = part.inputs.iter().filter_map(|input| input.source.as_ref()).all(|report| report.rows.ties());
    page.small(if ties {
        t(
            "Rader i filen = rubrik m.m. (även titelrader, tomma rader, summarader och sådant i en katalog som inte är konton) \
             + ej användbara + hopslagna + poster. Räkningen går ihop för varje fil.",
            "Rows in the file = header etc. (title lines, blank and total rows and what in a directory is no account too) + \
             not usable + folded + records. The arithmetic ties for every file.",
        )
    } else {
        t("Räkningen går inte ihop för alla filer.", "The arithmetic does not tie for every file.")
    })
}

fn input_row<'i>(input: &'i InputShown, part: &SummaryBook, run: &RunFacts) -> Vec<Cell<'i>> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    let Some(report) = &input.source else {
        let why = input.missing.as_deref().unwrap_or_default();
        // A system that names no file is told by its name.
        let of_system = || part.systems.iter().find(|own| Some(own.id.as_str()) == input.system.as_deref());
        let name = if input.path.is_empty() { of_system().map(|own| &*own.name) } else { None };
        let name = name.unwrap_or(&input.path);
        return vec![Cell::text(format!("{name}: {why}")), Cell::text(t("ej läst", "not read"))];
    };
    let rows = report.rows;
    let best_key = report.key_coverage.values().filter(|c| c.of > 0).map(|c| c.filled * 100 / c.of).max();
    vec![
        Cell::text(&input.path),
        report.exported.map_or(Cell::text(t("ej angivet", "not stated")), Cell::Date),
        report.control_total.map_or(Cell::text(t("ej angivet", "not stated")), Cell::number),
        Cell::number(rows.in_file),
        Cell::number(rows.header + rows.preamble + rows.blank + rows.total + rows.other_objects),
        Cell::number(rows.rejected),
        Cell::number(rows.folded),
        Cell::number(rows.records),
        best_key.map_or(Cell::Blank, Cell::number),
    ]
}

/// Every row that could not be used, with number and reason, grouped by file.
fn rejected(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Rader som inte kunde användas", "Rows that could not be used"))?;
    let mut any = false;
    for report in part.inputs.iter().filter_map(|input| input.source.as_ref()) {
        for rejected in report.rejected.iter().take(MOST_REJECTED) {
            any = true;
            let place = rejected.place(&report.path).get(run.language).to_owned();
            page.fact(&place, &Cell::text(rejected.reason.message().get(run.language)))?;
        }
        let more = report.rejected.len().saturating_sub(MOST_REJECTED);
        if more > 0 {
            let words = match run.language {
                Language::Sv => format!("och {} till", rows(more).sv),
                Language::En => format!("and another {}", rows(more).en),
            };
            page.fact(&report.path, &Cell::text(words))?;
        }
    }
    if any { Ok(()) } else { page.paragraph(t("Inga.", "None.")) }
}

/// What was not tested, by cause: which rules and on which systems. Rule by rule it stands on the sheet behind.
fn untested(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Ej prövat", "Not tested"))?;
    let mut by_cause: BTreeMap<&Shown, (BTreeSet<&str>, BTreeSet<&Shown>)> = BTreeMap::new();
    for system in &part.systems {
        for untested in &system.untested {
            let own = by_cause.entry(&untested.why).or_default();
            own.0.insert(untested.title);
            own.1.insert(&system.name);
        }
    }
    if by_cause.is_empty() {
        return page.paragraph(t("Allt har kunnat prövas.", "Everything could be tested."));
    }
    for (why, (titles, systems)) in by_cause {
        let systems: Vec<&str> = systems.into_iter().map(|name| &**name).collect();
        let rules = match titles.len() {
            1 => titles.into_iter().collect::<String>(),
            many => counted(many, ["regel", "regler"], ["rule", "rules"]).get(run.language).to_owned(),
        };
        let all = systems.len() == part.systems.len();
        let about = if all { t("Alla system", "All systems").to_owned() } else { run.language.some_of(&systems, ROOM) };
        page.fact(&about, &Cell::text(format!("{}: {rules}.", capitalised(why))))?;
    }
    Ok(())
}
