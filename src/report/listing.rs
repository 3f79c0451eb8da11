//! Lists of accounts to be answered, in any workbook: facts, then answers, then the hidden key.

use super::book::decision_list;
use super::cell::Cell;
use super::style::Styles;
use super::table::{Column, Layout, write};
use crate::answer_form::{AnswerColumn, KEY};
use crate::disclosure::{AccountRow, RunFacts};
use crate::model::{Language, Severity, Text};
use rust_xlsxwriter::{DataValidation, DataValidationRule, Worksheet, XlsxError};

/// A row as it is listed: an account with the findings that count on this list.
struct Listed<'a> {
    /// The account.
    row: &'a AccountRow,
    /// Findings below are not shown here.
    line: Severity,
}

/// Whether a list is about one system, which its workbook names, or about several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// One.
    OneSystem,
    /// Several: the system stands in a column of its own.
    Several,
}

/// One list of a workbook.
pub struct List {
    /// The table's name in Excel.
    pub name: &'static str,
    /// Read aloud to those who cannot see it.
    pub alt: Text,
    /// Said where there are no rows.
    pub empty: Text,
    /// Findings below are not shown on it.
    pub line: Severity,
    /// About how many systems.
    pub span: Span,
}

/// Writes rows to be answered.
pub fn write_list(
    worksheet: &mut Worksheet,
    rows: &[&AccountRow],
    list: &List,
    styles: &Styles,
    run: &RunFacts,
) -> Result<(), XlsxError> {
    let columns = all(list.span);
    let place = |wanted: Text| columns.iter().position(|column| column.title == wanted).unwrap_or(columns.len());
    let at = |wanted: Text| u16::try_from(place(wanted)).unwrap_or(u16::MAX);
    let (answers, key) = (at(AnswerColumn::ALL[0].text()), at(KEY));
    let layout = Layout {
        name: list.name,
        alt: list.alt.get(run.language).to_owned(),
        empty: list.empty,
        frozen: at(ACCOUNT) + 1,
        answers_from: answers,
        hidden_from: key,
    };
    let listed: Vec<Listed<'_>> = rows.iter().map(|row| Listed { row, line: list.line }).collect();
    let listed: Vec<&Listed<'_>> = listed.iter().collect();
    let last = write(worksheet, &columns, &listed, &layout, styles, run.language)?;
    if !listed.is_empty() {
        add_choices(worksheet, last, answers, run)?;
    }
    // Printed three pages wide: what and who, the other facts, the answers; the code on each.
    worksheet.set_print_scale(70).set_vertical_page_breaks(&[u32::from(at(MANAGER)), u32::from(answers)])?;
    worksheet.set_repeat_columns(0, 0)?;
    Ok(())
}

const ACCOUNT: Text = Text::new("Konto", "Account");
const MANAGER: Text = Text::new("Närmaste chef", "Closest manager");

/// The facts, as the contract names them.
fn facts<'a>() -> Vec<Column<Listed<'a>>> {
    let column = |sv, en, width, value| Column { title: Text::new(sv, en), width, value };
    vec![
        column("Avvikelse-ID", "Deviation ID", 13.0, |l: &Listed<'a>, _| Cell::text(&l.row.code)),
        column("Allvarlighetsgrad", "Severity", 19.0, |l, _| severity(l)),
        column("Orsaker", "Reasons", 48.0, reasons),
        column("Konto", "Account", 17.0, |l, _| Cell::text(&l.row.account)),
        column("Namn", "Name", 21.0, |l, _| Cell::text(&l.row.name)),
        column("Anställningsnummer", "Employee number", 20.5, |l, _| Cell::text(&l.row.employee_number)),
        column("Förvaltning", "Department", 19.0, |l, _| Cell::text(&l.row.department)),
        column("Enhet", "Unit", 19.0, |l, _| Cell::text(&l.row.unit)),
        column("Närmaste chef", "Closest manager", 17.0, |l, _| Cell::text(&l.row.manager)),
        column("Anställning t.o.m.", "Employed until", 14.0, |l, _| Cell::day(l.row.employment_end)),
        column("Dagar sedan avslut", "Days since end", 12.0, |l, _| {
            l.row.days_since_end.map_or(Cell::Blank, Cell::Number)
        }),
        column("Kontostatus", "Account state", 13.5, |l, _| Cell::text(l.row.state)),
        column("Inloggningskonto", "Sign-in account", 18.0, |l, _| Cell::text(&l.row.sign_in)),
        column("Roller", "Roles", 22.0, |l, _| Cell::text(&l.row.roles)),
        column("Senast inloggad", "Last sign-in", 13.0, |l, _| last_login(l.row)),
        column("Träffsäkerhet", "Certainty of match", 16.0, |l, _| Cell::text(&l.row.certainty)),
        column("Förslag", "Proposal", 18.0, proposal),
        column("Först rapporterad", "First reported", 14.0, |l, _| first_seen(l)),
        column("Förra beslutet", "Previous decision", 14.0, last_decision),
    ]
}

/// Facts, answers and the key.
fn all<'a>(span: Span) -> Vec<Column<Listed<'a>>> {
    let mut columns = facts();
    if span == Span::Several {
        let title = Text::new("System", "System");
        columns.insert(1, Column { title, width: 17.0, value: |l, _| Cell::text(&l.row.system) });
    }
    columns.extend(AnswerColumn::ALL.into_iter().map(answer));
    columns.push(key());
    columns
}

fn answer<R>(column: AnswerColumn) -> Column<R> {
    let width = match column {
        AnswerColumn::Decision => 21.0,
        AnswerColumn::Reason => 28.0,
        AnswerColumn::Role => 16.0,
        AnswerColumn::RightHolder | AnswerColumn::PassOnTo => 19.0,
        AnswerColumn::DecidedBy | AnswerColumn::DoneBy => 16.0,
        AnswerColumn::ExceptionUntil | AnswerColumn::DecidedOn | AnswerColumn::DoneOn => 12.5,
    };
    let value: fn(&R, Language) -> Cell = if column.is_date() { |_, _| Cell::AnswerDate } else { |_, _| Cell::Answer };
    Column { title: column.text(), width, value }
}

/// The answer columns for rows of any kind.
pub fn answers<R>() -> Vec<Column<R>> {
    AnswerColumn::ALL.into_iter().map(answer).collect()
}

fn key<'a>() -> Column<Listed<'a>> {
    Column { title: KEY, width: 10.0, value: |l, _| Cell::text(l.row.key.to_string()) }
}

/// The dropdown of decisions, and dates where a date is asked for.
pub fn add_choices(worksheet: &mut Worksheet, last: u32, first: u16, run: &RunFacts) -> Result<(), XlsxError> {
    let title = Text::new("Välj ur listan", "Choose from the list");
    let words =
        Text::new("Välj ett av besluten i listan, eller lämna tomt.", "Choose one of the decisions, or leave blank.");
    let decision = DataValidation::new()
        .allow_list_formula(decision_list())
        .set_error_title(title.get(run.language))?
        .set_error_message(words.get(run.language))?;
    worksheet.add_data_validation(1, first, last, first, &decision)?;
    let title = Text::new("Skriv ett datum", "Write a date");
    let words = Text::new("Skriv datumet som 2026-12-31.", "Write the date as 2026-12-31.");
    let earliest = run.as_of - chrono::Days::new(3650);
    let date = DataValidation::new()
        .allow_date(DataValidationRule::GreaterThan(rust_xlsxwriter::ExcelDateTime::from_ymd(
            u16::try_from(chrono::Datelike::year(&earliest)).unwrap_or(2000),
            1,
            1,
        )?))
        .set_error_title(title.get(run.language))?
        .set_error_message(words.get(run.language))?;
    for (column, at) in AnswerColumn::ALL.iter().zip(first..) {
        if column.is_date() {
            worksheet.add_data_validation(1, at, last, at, &date)?;
        }
    }
    Ok(())
}

fn severity(listed: &Listed<'_>) -> Cell {
    let severities = listed.row.reasons_from(listed.line).map(|reason| reason.severity);
    severities.max().map_or(Cell::Blank, Cell::Severity)
}

/// One reason a line, the gravest first, with how its severity came about where it was moved.
fn reasons(listed: &Listed<'_>, language: Language) -> Cell {
    let list: Vec<String> = listed
        .row
        .reasons_from(listed.line)
        .map(|reason| match &reason.grading {
            Some(grading) => {
                let is = Text::new("Grad", "Severity").get(language);
                format!("{}. {} [{is}: {grading}]", reason.title, reason.message)
            }
            None => format!("{}. {}", reason.title, reason.message),
        })
        .collect();
    Cell::text(list.join("\n"))
}

fn last_login(row: &AccountRow) -> Cell {
    match row.last_login {
        Ok(day) => Cell::Date(day),
        Err(words) => Cell::text(words),
    }
}

fn proposal(listed: &Listed<'_>, _: Language) -> Cell {
    let first = listed.row.reasons_from(listed.line).next();
    first.map_or(Cell::Blank, |reason| Cell::text(reason.proposal))
}

/// The decision on the gravest of the reasons that one was made on.
fn last_decision(listed: &Listed<'_>, language: Language) -> Cell {
    let decision = listed.row.reasons_from(listed.line).find_map(|reason| reason.decision);
    decision.map_or(Cell::Blank, |decision| Cell::text(decision.text().get(language)))
}

fn first_seen(listed: &Listed<'_>) -> Cell {
    Cell::day(listed.row.reasons_from(listed.line).map(|reason| reason.first_seen).min())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The heads are those of the contract, in its order; answers and hidden key follow.
    #[test]
    fn heads_are_those_of_the_contract() {
        let heads: Vec<&str> = all(Span::OneSystem).iter().map(|column| column.title.sv).collect();
        let contract = "Avvikelse-ID · Allvarlighetsgrad · Orsaker · Konto · Namn · Anställningsnummer · Förvaltning · \
            Enhet · Närmaste chef · Anställning t.o.m. · Dagar sedan avslut · Kontostatus · Inloggningskonto · Roller · \
            Senast inloggad · Träffsäkerhet · Förslag · Först rapporterad · Förra beslutet · Beslut · Gäller roll · \
            Motivering · Rätt innehavare · Skickas vidare till · Undantag t.o.m. · Beslutad av · Beslutsdatum · \
            Utförd av · Utförd datum · Nyckel";
        assert_eq!(heads.join(" · "), contract);
        let several: Vec<&str> = all(Span::Several).iter().map(|column| column.title.sv).collect();
        assert_eq!((several[0], several[1], several.len()), ("Avvikelse-ID", "System", heads.len() + 1));
    }
}
