//! Sedan förra gången: what became of what the last list asked about, claimed and shown dates side by side.

use crate::answer_form::SINCE_SHEET;
use crate::disclosure::{OwnerBook, RunFacts, SinceRow};
use crate::model::{Text, capitalised};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::rows::LaidOut;
use crate::report::style::Styles;
use crate::report::table::{Column, Layout, lay_out, page};
use rust_xlsxwriter::Worksheet;

pub(super) const SHEET: Sheet<OwnerBook> = Sheet::list(SINCE_SHEET, sheet);

fn sheet<'p>(worksheet: &mut Worksheet, part: &'p OwnerBook, styles: &Styles, run: &'p RunFacts) -> LaidOut<'p> {
    let columns = columns();
    let layout = Layout {
        name: "SedanForraGangen",
        alt: Text::new(
            "Avvikelser från förra genomgången som inte finns kvar, och vad som visar det",
            "Deviations of the last review that are here no longer, and what shows it",
        )
        .get(run.language)
        .to_owned(),
        empty: empty(run),
        frozen: 2,
        printed: None,
        room: page(),
    };
    let rows: Vec<&SinceRow> = part.since.iter().collect();
    lay_out(worksheet, columns, rows, &layout, styles, run.language)
}

fn empty(run: &RunFacts) -> Text {
    match run.follows {
        Some(_) => Text::new(
            "Alla avvikelser från förra genomgången finns kvar och står på de andra bladen.",
            "Every deviation of the last review is still here, on the other sheets.",
        ),
        None => Text::new(
            "Det här är den första genomgången; det finns inget att jämföra med.",
            "This is the first review; there is nothing to compare with.",
        ),
    }
}

fn columns() -> Vec<Column<SinceRow>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    vec![
        column("Utfall", "Outcome", 24.0, |row: &SinceRow, _| Cell::text(row.fate)),
        column("Konto", "Account", 20.0, |row, _| Cell::text(&row.account)),
        column("Orsak", "Reason", 38.0, |row, _| Cell::text(&row.title)),
        column("Först rapporterad", "First reported", 14.0, |row, _| Cell::day(row.first_seen)),
        column("Beslut", "Decision", 22.0, |row, _| Cell::text(row.decision)),
        column("Beslutsdatum", "Decided on", 13.0, |row, _| Cell::day(row.decided_on)),
        column("Utfört enligt svaret", "Done, by the answer", 14.0, |row, _| Cell::day(row.claimed_on)),
        column("Visat i export", "Shown in an export", 14.0, |row, _| Cell::day(row.shown_on)),
        column("Hur", "How", 38.5, |row, _| Cell::text(capitalised(&row.how))),
    ]
}
