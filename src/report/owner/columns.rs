//! The columns of Avvikelser and Höga behörigheter: facts, then answers, then the hidden key.

use crate::answer_form::AnswerColumn;
use crate::disclosure::AccountRow;
use crate::model::{Language, Severity, Text};
use crate::report::cell::Cell;
use crate::report::table::Column;

/// A row as it is listed: an account with the findings that count on this list.
pub struct Listed<'a> {
    /// The account.
    pub row: &'a AccountRow,
    /// Findings below are not shown here.
    pub line: Severity,
}

/// Columns of facts before those of answers.
pub const FACTS: u16 = 19;

/// Where the hidden key stands.
pub const KEY: u16 = FACTS + 10;

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
        column("Förra beslutet", "Previous decision", 14.0, |_, _| Cell::Blank),
    ]
}

/// Facts, answers and the key.
pub fn all<'a>() -> Vec<Column<Listed<'a>>> {
    let mut columns = facts();
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
    Column { title: KEY_TITLE, width: 10.0, value: |l, _| Cell::text(&l.row.key) }
}

/// The hidden column that answers are joined on.
pub const KEY_TITLE: Text = Text::new("Nyckel", "Key");

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

fn first_seen(listed: &Listed<'_>) -> Cell {
    Cell::day(listed.row.reasons_from(listed.line).map(|reason| reason.first_seen).min())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The heads are those of the contract, in its order; answers and hidden key follow.
    #[test]
    fn heads_are_those_of_the_contract() {
        let heads: Vec<&str> = all().iter().map(|column| column.title.sv).collect();
        let contract = "Avvikelse-ID · Allvarlighetsgrad · Orsaker · Konto · Namn · Anställningsnummer · Förvaltning · \
            Enhet · Närmaste chef · Anställning t.o.m. · Dagar sedan avslut · Kontostatus · Inloggningskonto · Roller · \
            Senast inloggad · Träffsäkerhet · Förslag · Först rapporterad · Förra beslutet · Beslut · Gäller roll · \
            Motivering · Rätt innehavare · Skickas vidare till · Undantag t.o.m. · Beslutad av · Beslutsdatum · \
            Utförd av · Utförd datum · Nyckel";
        assert_eq!(heads.join(" · "), contract);
        assert_eq!(heads[usize::from(FACTS)], "Beslut");
        assert_eq!(heads[usize::from(KEY)], "Nyckel");
    }
}
