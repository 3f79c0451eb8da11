//! Osäkra identiteter: accounts whose holder is not settled, for HR to settle before the owners are asked. What is one
//! question stands on one row, with every account that it is about.

use crate::answer_form::{AnswerColumn, BETWEEN_KEYS, EMPLOYED_UNTIL};
use crate::disclosure::{AccountRow, Family, PersonnelBook, RunFacts};
use crate::model::{Language, Text};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::choices::{self, AnswerPlace, SeverityIn};
use crate::report::letters::{on_one_line, room};
use crate::report::listing::answer;
use crate::report::rows::LaidOut;
use crate::report::style::Styles;
use crate::report::table::{Column, Layout, lay_out, page};
use rust_xlsxwriter::Worksheet;

pub(super) const SHEET: Sheet<PersonnelBook> =
    Sheet::list(Text::new("Osäkra identiteter", "Uncertain identities"), sheet);

/// Columns up to the name stay in sight.
const FROZEN: u16 = 5;

fn sheet<'p>(worksheet: &mut Worksheet, part: &'p PersonnelBook, styles: &Styles, run: &'p RunFacts) -> LaidOut<'p> {
    let columns = columns();
    let asks = &AnswerColumn::OF_HOLDER;
    let place =
        |wanted: AnswerColumn| columns.iter().position(|column| column.title == wanted.asked_of_hr()).unwrap_or(0);
    let at = |wanted: AnswerColumn| u16::try_from(place(wanted)).unwrap_or(u16::MAX);
    let (first, reason) = (at(asks[0]), at(AnswerColumn::Reason));
    let layout = Layout {
        name: "OsakraIdentiteter",
        alt: Text::new("Konton vars innehavare inte är säker", "Accounts whose holder is not certain")
            .get(run.language)
            .to_owned(),
        empty: Text::new("Alla innehavare är säkra.", "Every holder is certain."),
        frozen: FROZEN,
        printed: Some(reason + 1),
        room: page(),
    };
    let families: Vec<&Family> = part.identities.iter().collect();
    let rows = lay_out(worksheet, columns, families, &layout, styles, run.language)?;
    if !part.identities.is_empty() {
        let place = AnswerPlace { rows: (1, rows.last), column: first, asks, severity: SeverityIn::Nowhere };
        choices::add(worksheet, place, run)?;
    }
    Ok(rows)
}

/// What HR needs to say whose the accounts are in sight beside the answer; the rest folded; last the keys.
fn columns() -> Vec<Column<Family>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    let mut columns = vec![
        column("Nr", "No", 11.2, |own: &Family, _| Cell::text(own.first().code())),
        column("Grad", "Severity", 9.5, |own, _| {
            own.first().severity_of_question().map_or(Cell::Blank, Cell::Severity)
        }),
        column("System", "System", SYSTEM, systems),
        column("Konto", "Account", 18.0, |own, _| a_line_each(own, |row| row.account.to_string())),
        column("Namn", "Name", 18.0, |own, _| Cell::text(&own.first().name)),
        column("Orsak", "Reason", 26.0, reasons),
        column("Möjlig innehavare", "Possible holder", 31.0, possible),
        column("Senast inloggad", "Last sign-in", 11.0, last_login),
    ];
    columns.extend(AnswerColumn::OF_HOLDER.map(|own| Column { title: own.asked_of_hr(), ..answer(own, true) }));
    let folded = [
        column("Enhet", "Unit", 19.0, |own: &Family, _| Cell::text(&own.first().unit)),
        Column::read(EMPLOYED_UNTIL, 12.0, employed_until),
        column("Kontostatus", "Account state", 30.0, |own, _| {
            a_line_each(own, |row| format!("{}: {}", row.system, row.state))
        }),
        column("Förklaring", "Explanation", 60.0, |own, _| a_line_each(own, explanation)),
        column("Källa", "Source", 34.0, |own, _| a_line_each(own, |row| row.sources.to_string())),
    ];
    columns.extend(folded.map(Column::folded));
    columns.push(Column::key(|own, _| Cell::text(keys(own))));
    columns
}

/// The width of the systems' names.
const SYSTEM: f64 = 25.0;

/// The system of each account on the account's own line; names that would take more are whole behind, with the state.
fn systems(family: &Family, _: Language) -> Cell<'_> {
    let names: Vec<&str> = family.rows.iter().map(|row| &*row.system).collect();
    match family.rows.len() {
        1 => Cell::text(names[0]),
        _ => Cell::text(
            names.into_iter().map(|name| on_one_line(name, room(SYSTEM, true))).collect::<Vec<_>>().join("\n"),
        ),
    }
}

/// What is told of each account, in the order of the accounts; a line stays empty where there is nothing.
fn a_line_each(family: &Family, told: impl Fn(&AccountRow) -> String) -> Cell<'_> {
    let lines: Vec<String> = family.rows.iter().map(told).collect();
    if lines.iter().all(String::is_empty) { Cell::Blank } else { Cell::text(lines.join("\n")) }
}

fn keys(family: &Family) -> String {
    let keys: Vec<String> = family.rows.iter().map(|row| row.key.to_string()).collect();
    keys.join(&BETWEEN_KEYS.to_string())
}

/// Why the question is asked, each reason once.
fn reasons(family: &Family, _: Language) -> Cell<'_> {
    let mut lines: Vec<&str> = Vec::new();
    // What is the owner's to answer stands on the owner's list.
    let asked = family.rows.iter().flat_map(|row| &row.reasons).filter(|reason| reason.rule.tells.asks_who());
    for reason in asked {
        if !lines.contains(&reason.short.as_str()) {
            lines.push(&reason.short);
        }
    }
    lines.truncate(3);
    Cell::text(lines.join("\n"))
}

/// Everyone that one of the accounts may belong to, each once.
fn possible(family: &Family, _: Language) -> Cell<'_> {
    let mut lines: Vec<&str> = Vec::new();
    for line in family.rows.iter().flat_map(|row| row.possible.lines()) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    Cell::text(lines.join("\n"))
}

/// The latest of them.
fn last_login(family: &Family, _: Language) -> Cell<'_> {
    let latest = family.rows.iter().filter_map(|row| row.last_login.ok()).max();
    latest.map_or_else(|| Cell::text(family.first().last_login.err().unwrap_or_default()), Cell::Date)
}

/// A day that can be counted with where there is one account.
fn employed_until(family: &Family, _: Language) -> Cell<'_> {
    match family.rows.as_slice() {
        [row] => Cell::day(row.employment_end),
        _ => a_line_each(family, |row| row.employment_end.map(|day| day.to_string()).unwrap_or_default()),
    }
}

fn explanation(row: &AccountRow) -> String {
    row.reasons.iter().map(|reason| reason.message.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::listing::SCREEN;
    use crate::report::paper::of_column;

    /// Accounts, reasons, the persons to choose from and the answer stand in sight on a screen of 1,366 pixels.
    #[test]
    fn the_answer_is_in_sight() {
        let columns = columns();
        let answer = columns.iter().position(|column| column.title == AnswerColumn::RightHolder.asked_of_hr()).unwrap();
        let pixels: f64 = columns[..=answer].iter().map(|column| of_column(column.width)).sum();
        assert!(pixels <= SCREEN, "{pixels}");
        assert_eq!(columns[usize::from(FROZEN) - 1].title.sv, "Namn");
    }
}
