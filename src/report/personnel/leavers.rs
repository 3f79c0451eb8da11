//! Konton efter avslut: everything that those who left still have, a person's accounts one after the other.

use crate::answer_form::EMPLOYED_UNTIL;
use crate::disclosure::{AccountRow, PersonnelBook, RunFacts};
use crate::model::Text;
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::rows::LaidOut;
use crate::report::style::Styles;
use crate::report::table::{Column, Layout, lay_out, page};
use rust_xlsxwriter::Worksheet;

pub(super) const SHEET: Sheet<PersonnelBook> =
    Sheet::list(Text::new("Konton efter avslut", "Accounts after leaving"), sheet);

fn sheet<'p>(worksheet: &mut Worksheet, part: &'p PersonnelBook, styles: &Styles, run: &'p RunFacts) -> LaidOut<'p> {
    let columns = columns();
    let layout = Layout {
        name: "KontonEfterAvslut",
        alt: Text::new(
            "Alla konton som tillhör personer vars anställning har upphört och som har något aktivt konto kvar",
            "Every account of persons whose employment has ended and who keep some active account",
        )
        .get(run.language)
        .to_owned(),
        empty: Text::new(
            "Ingen vars anställning har upphört har kvar ett aktivt konto.",
            "Nobody whose employment has ended keeps an active account.",
        ),
        frozen: 2,
        printed: None,
        room: page(),
    };
    let rows: Vec<&AccountRow> = part.leavers.iter().collect();
    lay_out(worksheet, columns, rows, &layout, styles, run.language)
}

fn columns() -> Vec<Column<AccountRow>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    vec![
        column("Anställningsnummer", "Employee number", 14.0, |row: &AccountRow, _| Cell::text(&row.employee_number)),
        column("Namn", "Name", 22.0, |row, _| Cell::text(&row.name)),
        column("Förvaltning", "Department", 20.0, |row, _| Cell::text(&row.department)),
        column("Närmaste chef", "Closest manager", 18.0, |row, _| Cell::text(&row.manager)),
        Column::read(EMPLOYED_UNTIL, 11.0, |row, _| Cell::day(row.employment_end)),
        column("Dagar sedan avslut", "Days since end", 11.0, |row, _| {
            row.days_since_end.map_or(Cell::Blank, Cell::Number)
        }),
        column("System", "System", 20.0, |row, _| Cell::text(&row.system)),
        column("Konto", "Account", 17.0, |row, _| Cell::text(&row.account)),
        column("Kontostatus", "Account state", 13.5, |row, _| Cell::text(row.state)),
        column("Senast inloggad", "Last sign-in", 13.0, |row, _| match row.last_login {
            Ok(day) => Cell::Date(day),
            Err(words) => Cell::text(words),
        }),
        column("Träffsäkerhet", "Certainty of match", 12.5, |row, _| Cell::text(&row.certainty)),
    ]
}
