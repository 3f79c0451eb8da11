//! Konton: the full population, so that everyone can see what was tested and how.

use crate::answer_form::{AnswerColumn, EMPLOYED_UNTIL, NUMBER, ROLES};
use crate::disclosure::{AccountRow, OwnerBook, ReasonShown, RunFacts};
use crate::model::{Language, Text};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::choices::{self, AnswerPlace, SeverityIn};
use crate::report::listing::{ACCOUNT, answers};
use crate::report::rows::LaidOut;
use crate::report::style::Styles;
use crate::report::table::{Column, Layout, Purpose, lay_out, page};
use crate::runfolder::Attest;
use rust_xlsxwriter::Worksheet;

pub(super) const SHEET: Sheet<OwnerBook> = Sheet::list(Text::new("Konton", "Accounts"), sheet);

fn sheet<'p>(worksheet: &mut Worksheet, part: &'p OwnerBook, styles: &Styles, run: &'p RunFacts) -> LaidOut<'p> {
    let attest = run.asks.attest == Attest::All;
    let mut columns = facts();
    if attest {
        // Where the key is lost, the code tells the row of a list that is answered.
        columns.insert(0, Column::read(NUMBER, 11.2, |row: &AccountRow, _| Cell::text(row.code())));
    }
    let read = columns.iter().take_while(|column| column.purpose == Purpose::Read).count();
    let facts = u16::try_from(read).unwrap_or(u16::MAX);
    if attest {
        let at = usize::from(facts);
        columns.splice(at..at, answers());
    }
    columns.push(Column::key(|row, _| Cell::text(row.key.to_string())));
    let layout = Layout {
        name: "Konton",
        alt: Text::new(
            "Alla konton i exporten och hur de prövats",
            "Every account of the export and how it was tested",
        )
        .get(run.language)
        .to_owned(),
        empty: Text::new("Inga konton att visa.", "No accounts to show."),
        frozen: 2 + u16::from(attest),
        printed: Some(facts),
        room: page(),
    };
    let among = columns.iter().position(|column| column.title == DEVIATIONS).and_then(|at| u16::try_from(at).ok());
    let accounts: Vec<&AccountRow> = part.accounts.iter().collect();
    let rows = lay_out(worksheet, columns, accounts, &layout, styles, run.language)?;
    if attest && !part.accounts.is_empty() {
        let severity = among.map_or(SeverityIn::Nowhere, SeverityIn::Reasons);
        let place = AnswerPlace { rows: (1, rows.last), column: facts, asks: &AnswerColumn::ALL, severity };
        choices::add(worksheet, place, run)?;
    }
    Ok(rows)
}

const DEVIATIONS: Text = Text::new("Avvikelser", "Deviations");

/// What is seen at once, and then what can be unfolded.
fn facts() -> Vec<Column<AccountRow>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    let mut columns = vec![
        Column::read(ACCOUNT, 17.0, |row: &AccountRow, _| Cell::text(&row.account)),
        column("Namn", "Name", 20.0, |row: &AccountRow, _| Cell::text(&row.name)),
        column("Slag", "Kind", 12.5, |row, _| Cell::text(row.class)),
        column("Utfall", "Outcome", 15.0, |row, _| Cell::text(row.outcome)),
        column("Så hittades innehavaren", "How the holder was found", 36.0, |row, _| Cell::text(&row.matched_how)),
        column("Anställning", "Employment", 13.0, |row, _| Cell::text(&row.standing)),
        Column::read(EMPLOYED_UNTIL, 11.0, |row, _| Cell::day(row.employment_end)),
        column("Kontostatus", "Account state", 12.0, |row, _| Cell::text(row.state)),
        column("Senast inloggad", "Last sign-in", 11.0, |row, _| match row.last_login {
            Ok(day) => Cell::Date(day),
            Err(words) => Cell::text(words),
        }),
        Column::read(DEVIATIONS, 34.0, deviations),
    ];
    columns.extend(folded());
    columns
}

fn folded() -> impl Iterator<Item = Column<AccountRow>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value).folded();
    [
        column("Anställningsnummer", "Employee number", 20.5, |row: &AccountRow, _| Cell::text(&row.employee_number)),
        column("Förvaltning", "Department", 20.0, |row, _| Cell::text(&row.department)),
        column("Enhet", "Unit", 20.0, |row, _| Cell::text(&row.unit)),
        column("Befattning", "Title", 20.0, |row, _| Cell::text(&row.title)),
        column("Träffsäkerhet", "Certainty of match", 16.0, |row, _| Cell::text(&row.certainty)),
        column("Hög behörighet", "High privilege", 13.0, |row, language| {
            Cell::text(if row.privileged { Text::new("Ja", "Yes").get(language) } else { "" })
        }),
        Column::read(ROLES, 26.0, |row: &AccountRow, _: Language| Cell::text(&row.roles)).folded(),
        column("Källa", "Source", 34.0, |row, _| Cell::text(&row.sources)),
    ]
    .into_iter()
}

/// Every finding with its severity, those that a heavier one makes superfluous too.
fn deviations(row: &AccountRow, language: Language) -> Cell<'_> {
    let words = |reason: &ReasonShown| {
        format!("{}: {}", reason.severity.text().get(language), reason.short.replace('\n', ". "))
    };
    Cell::text(row.reasons.iter().map(words).collect::<Vec<_>>().join("; "))
}
