//! Förvaltningar: deviations by department, and how long leavers keep their access.

use crate::disclosure::{Delays, DepartmentLine, RunFacts, SummaryBook};
use crate::model::{Language, Severity, Text};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::page::Page;
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<SummaryBook> = Sheet { name: Text::new("Förvaltningar", "Departments"), write: sheet };

const WIDTHS: &[f64] = &[34.0, 10.0, 10.0, 9.0, 9.0, 9.0, 13.0, 13.0, 14.0, 14.0, 14.0];

fn sheet(worksheet: &mut Worksheet, part: &SummaryBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, styles, run.language, WIDTHS)?;
    let subtitle = Text::new(
        "Konton efter innehavarens förvaltning, och hur länge de som slutat har kvar åtkomst",
        "Accounts by the holder's department, and how long leavers keep their access",
    );
    page.title(SHEET.name.get(run.language), subtitle.get(run.language))?;
    page.paragraph(&in_words(&part.leavers, run))?;
    page.table_head(&heads(run), 1..)?;
    for line in &part.departments {
        page.table_row(&cells(line, run))?;
    }
    notes(&mut page, run)
}

fn in_words(all: &Delays, run: &RunFacts) -> String {
    let count = all.count;
    let (Some(median), Some(ninetieth)) = (all.median, all.ninetieth) else {
        let none = Text::new(
            "Ingen vars anställning har upphört har kvar ett aktivt konto i de prövade systemen.",
            "Nobody whose employment has ended keeps an active account in the systems tested.",
        );
        return none.get(run.language).to_owned();
    };
    let mut text = match run.language {
        Language::Sv => format!(
            "{count} personer vars anställning har upphört har kvar minst ett aktivt konto. Hälften av dem slutade för \
             högst {median} dagar sedan, nio av tio för högst {ninetieth}."
        ),
        Language::En => format!(
            "{count} persons whose employment has ended keep at least one active account. Half of them left at most \
             {median} days ago, nine in ten at most {ninetieth}."
        ),
    };
    if let (Some(until), Some(since)) = (all.until_registered, all.since_registered) {
        text.push_str(&match run.language {
            Language::Sv => format!(
                " Slutet registrerades i mitten av fallen {until} dagar efter sista dagen, och därefter har det gått \
                 {since} dagar."
            ),
            Language::En => format!(
                " In the middle of the cases the end was registered {until} days after the last day, and {since} days \
                 have passed since."
            ),
        });
    }
    text
}

fn heads(run: &RunFacts) -> Vec<&'static str> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    let mut heads = vec![t("Förvaltning", "Department"), t("Konton", "Accounts")];
    heads.extend(gravest_first().map(|severity| severity.text().get(run.language)));
    heads.extend([
        t("Slutat, har konto kvar", "Left, account kept"),
        t("Dagar, median", "Days, median"),
        t("Dagar, nio av tio", "Days, nine in ten"),
        t("Till registrering, median", "Until registered, median"),
        t("Efter registrering, median", "Since registered, median"),
    ]);
    heads
}

/// Info is left out: those findings ask for nothing.
fn gravest_first() -> impl Iterator<Item = Severity> {
    Severity::ALL.into_iter().rev().filter(|severity| *severity > Severity::Info)
}

fn cells<'l>(line: &'l DepartmentLine, run: &RunFacts) -> Vec<Cell<'l>> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    let days = |days: Option<i64>| days.map_or(Cell::Blank, Cell::Number);
    let name = line.name.as_deref().unwrap_or(t("Ingen förvaltning", "No department"));
    let mut cells = vec![Cell::text(name), Cell::number(line.accounts)];
    cells.extend(gravest_first().map(|severity| Cell::number(line.of(severity))));
    let leavers = &line.leavers;
    cells.push(Cell::number(leavers.count));
    cells.extend([leavers.median, leavers.ninetieth, leavers.until_registered, leavers.since_registered].map(days));
    cells
}

fn notes(page: &mut Page<'_>, run: &RunFacts) -> Result<(), XlsxError> {
    let text = Text::new(
        "Konton som hör eller kan höra till personer med skyddade personuppgifter är inte medräknade. Dagar räknas från \
         anställningens sista dag till den dag som systemets export visar.",
        "Accounts that may belong to persons with protected personal data are not counted. Days are counted from the \
         last day of employment to the day that the system's export shows.",
    );
    page.small(text.get(run.language))
}
