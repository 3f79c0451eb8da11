//! Förvaltningar: deviations by department, and how long leavers keep their access.

use super::overview::nobody_left;
use crate::disclosure::{Delays, DepartmentLine, RunFacts, SummaryBook};
use crate::model::{Language, Message, Severity, Text, counted, days, message};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::page::{Form, Page};
use crate::report::paper::{Paper, Print};
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<SummaryBook> = Sheet::page(Text::new("Förvaltningar", "Departments"), sheet);

const FORM: Form = Form {
    widths: &[34.0, 10.0, 10.0, 9.0, 9.0, 9.0, 13.0, 13.0, 14.0, 14.0, 14.0],
    paper: Paper::Lying,
    print: Print::Small,
};

fn sheet(worksheet: &mut Worksheet, part: &SummaryBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, styles, run.language, FORM)?;
    let subtitle = Text::new(
        "Konton efter innehavarens förvaltning, och hur länge de som slutat har kvar åtkomst",
        "Accounts by the holder's department, and how long leavers keep their access",
    );
    page.title(SHEET.name.get(run.language), subtitle.get(run.language))?;
    page.paragraph(&in_words(part, run))?;
    page.table_head(&heads(run), 1..)?;
    for line in &part.departments {
        page.table_row(&cells(line, part, run))?;
    }
    page.table_row(&of_systems(part, run))?;
    page.table_total(&of_all(part, run))?;
    notes(&mut page, run)
}

fn in_words(part: &SummaryBook, run: &RunFacts) -> String {
    let all = &part.leavers;
    let (Some(median), Some(ninetieth)) = (all.median, all.ninetieth) else { return nobody_left(part, run) };
    let [median, ninetieth] = [median, ninetieth].map(days);
    let who = counted(all.count, ["person", "personer"], ["person", "persons"]);
    let text = match (run.language, all.count) {
        (Language::Sv, 1) => {
            format!("{} vars anställning har upphört för {} sedan har kvar minst ett aktivt konto.", who.sv, median.sv)
        }
        (Language::En, 1) => {
            format!("{} whose employment ended {} ago keeps at least one active account.", who.en, median.en)
        }
        (Language::Sv, _) => format!(
            "{} vars anställning har upphört har kvar minst ett aktivt konto. Hälften av dem slutade för högst {} sedan, \
             nio av tio för högst {}.",
            who.sv, median.sv, ninetieth.sv
        ),
        (Language::En, _) => format!(
            "{} whose employment has ended keep at least one active account. Half of them left at most {} ago, nine in \
             ten at most {}.",
            who.en, median.en, ninetieth.en
        ),
    };
    text + &registered(all, run.language)
}

/// When the end was registered, of those of whom payroll tells it: of half of them that day or earlier.
fn registered(all: &Delays, language: Language) -> String {
    let (Some(until), Some(since)) = (all.until_registered, all.since_registered) else { return String::new() };
    let (Message { sv: late, en: late_en }, since) = (days(until), days(since));
    let (most, most_en) = if all.count == 1 { ("", "") } else { ("högst ", "at most ") };
    let when = match until {
        ..=0 => message!("senast på sista dagen", "by the last day"),
        _ => message!("{most}{late} efter sista dagen", "{most_en}{late_en} after the last day"),
    };
    match (language, all.count) {
        (Language::Sv, 1) => format!(" Slutet registrerades {}, för {} sedan.", when.sv, since.sv),
        (Language::En, 1) => format!(" The end was registered {}, {} ago.", when.en, since.en),
        (Language::Sv, _) => format!(
            " För hälften av dem där det framgår registrerades slutet {}, och sedan dess har det gått högst {}.",
            when.sv, since.sv
        ),
        (Language::En, _) => format!(
            " For half of those of whom it is told the end was registered {}, and at most {} have passed since.",
            when.en, since.en
        ),
    }
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

fn cells<'l>(line: &'l DepartmentLine, part: &SummaryBook, run: &RunFacts) -> Vec<Cell<'l>> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    let days = |days: Option<i64>| days.map_or(Cell::Blank, Cell::Number);
    let name = line.name.as_deref().unwrap_or(t("Ingen förvaltning", "No department"));
    let mut cells = vec![Cell::text(name), Cell::number(line.accounts)];
    cells.extend(gravest_first().map(|severity| Cell::number(line.of(severity))));
    let leavers = &line.leavers;
    cells.push(part.leavers_told().map_or(Cell::Blank, |_| Cell::number(leavers.count)));
    cells.extend([leavers.median, leavers.ninetieth, leavers.until_registered, leavers.since_registered].map(days));
    cells
}

/// What was found of the systems themselves, which belongs to no account, so that the table sums to what the first sheet
/// says.
fn of_systems<'l>(part: &SummaryBook, run: &RunFacts) -> Vec<Cell<'l>> {
    let of_accounts = |severity| part.departments.iter().map(|line| line.of(severity)).sum::<u64>();
    let mut cells =
        vec![Cell::text(Text::new("Om systemen själva", "About the systems").get(run.language)), Cell::Blank];
    cells.extend(gravest_first().map(|own| Cell::number(in_all(part, own).saturating_sub(of_accounts(own)))));
    cells
}

/// All of them, as on the first sheet.
fn of_all<'l>(part: &SummaryBook, run: &RunFacts) -> Vec<Cell<'l>> {
    let accounts: u64 = part.departments.iter().map(|line| line.accounts).sum();
    let mut cells = vec![Cell::text(Text::new("Alla", "All").get(run.language)), Cell::number(accounts)];
    cells.extend(gravest_first().map(|severity| Cell::number(in_all(part, severity))));
    cells.push(part.leavers_told().map_or(Cell::Blank, Cell::number));
    cells
}

fn in_all(part: &SummaryBook, severity: Severity) -> u64 {
    part.systems.iter().map(|system| system.by_severity[severity as usize]).sum()
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
