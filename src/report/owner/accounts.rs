//! Konton: the full population, so that everyone can see what was tested and how.

use crate::answer_form::KEY;
use crate::config::Attest;
use crate::disclosure::{AccountRow, OwnerBook, RunFacts};
use crate::model::Text;
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::listing::{add_choices, answers};
use crate::report::style::Styles;
use crate::report::table::{Column, Layout, write};
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<OwnerBook> = Sheet { name: Text::new("Konton", "Accounts"), write: sheet };

fn sheet(worksheet: &mut Worksheet, part: &OwnerBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut columns = facts();
    let facts = u16::try_from(columns.len()).unwrap_or(u16::MAX);
    let attest = run.attest == Attest::All;
    if attest {
        columns.extend(answers());
    }
    let key = u16::try_from(columns.len()).unwrap_or(u16::MAX);
    columns.push(Column { title: KEY, width: 10.0, value: |row, _| Cell::text(row.key.to_string()) });
    let layout = Layout {
        name: "Konton",
        alt: Text::new(
            "Alla konton i exporten och hur de prövats",
            "Every account of the export and how it was tested",
        )
        .get(run.language)
        .to_owned(),
        empty: Text::new("Inga konton att visa.", "No accounts to show."),
        frozen: 2,
        answers_from: facts,
        hidden_from: key,
    };
    let rows: Vec<&AccountRow> = part.accounts.iter().collect();
    let last = write(worksheet, &columns, &rows, &layout, styles, run.language)?;
    if attest && !rows.is_empty() {
        add_choices(worksheet, last, facts, run)?;
    }
    // Two pages wide, the account's name on both.
    worksheet.set_print_scale(70).set_vertical_page_breaks(&[9, u32::from(facts)])?;
    worksheet.set_repeat_columns(0, 0)?;
    Ok(())
}

fn facts() -> Vec<Column<AccountRow>> {
    let column = |sv, en, width, value| Column { title: Text::new(sv, en), width, value };
    vec![
        column("Konto", "Account", 18.0, |row: &AccountRow, _| Cell::text(&row.account)),
        column("Namn", "Name", 22.0, |row, _| Cell::text(&row.name)),
        column("Anställningsnummer", "Employee number", 20.5, |row, _| Cell::text(&row.employee_number)),
        column("Förvaltning", "Department", 20.0, |row, _| Cell::text(&row.department)),
        column("Enhet", "Unit", 20.0, |row, _| Cell::text(&row.unit)),
        column("Befattning", "Title", 20.0, |row, _| Cell::text(&row.title)),
        column("Slag", "Kind", 13.0, |row, _| Cell::text(row.class)),
        column("Utfall", "Outcome", 18.0, |row, _| Cell::text(row.outcome)),
        column("Så hittades innehavaren", "How the holder was found", 42.0, |row, _| Cell::text(&row.matched_how)),
        column("Träffsäkerhet", "Certainty of match", 16.0, |row, _| Cell::text(&row.certainty)),
        column("Anställning", "Employment", 14.0, |row, _| Cell::text(&row.standing)),
        column("Anställning t.o.m.", "Employed until", 14.0, |row, _| Cell::day(row.employment_end)),
        column("Kontostatus", "Account state", 13.5, |row, _| Cell::text(row.state)),
        column("Hög behörighet", "High privilege", 13.0, |row, language| {
            Cell::text(if row.privileged { Text::new("Ja", "Yes").get(language) } else { "" })
        }),
        column("Roller", "Roles", 24.0, |row, _| Cell::text(&row.roles)),
        column("Senast inloggad", "Last sign-in", 13.0, |row, _| match row.last_login {
            Ok(day) => Cell::Date(day),
            Err(words) => Cell::text(words),
        }),
        column("Avvikelser", "Deviations", 34.0, |row, language| {
            let words = |reason: &crate::disclosure::ReasonShown| {
                format!("{} ({})", reason.title, reason.severity.text().get(language).to_lowercase())
            };
            Cell::text(row.reasons.iter().map(words).collect::<Vec<_>>().join("; "))
        }),
        column("Rad i exporten", "Row in the export", 11.0, |row, _| Cell::number(row.export_row)),
        column("Rad i personalregistret", "Row in payroll", 18.0, |row, _| {
            row.payroll_row.map_or(Cell::Blank, Cell::number)
        }),
    ]
}
