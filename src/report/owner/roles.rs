//! Ansvarsroller: who answers for the system, to be confirmed or corrected once a year.

use crate::answer_form::CONFIRMATION;
use crate::disclosure::{OwnerBook, RunFacts, Shown, SystemShown};
use crate::model::Text;
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::rows::LaidOut;
use crate::report::style::Styles;
use crate::report::table::{Column, Layout, add_yes_or_no, lay_out, page};
use rust_xlsxwriter::Worksheet;

pub(super) const SHEET: Sheet<OwnerBook> = Sheet::list(Text::new("Ansvarsroller", "Responsibilities"), sheet);

/// Columns of facts before those that are filled in.
const FACTS: u16 = 7;

/// The system with the post that is responsible for the control.
struct Row<'a> {
    system: &'a SystemShown,
    control_owner: &'a str,
}

fn sheet<'p>(worksheet: &mut Worksheet, part: &'p OwnerBook, styles: &Styles, run: &'p RunFacts) -> LaidOut<'p> {
    let layout = Layout {
        name: "Ansvarsroller",
        alt: Text::new("Vem som ansvarar för systemet, att bekräfta", "Who answers for the system, to be confirmed")
            .get(run.language)
            .to_owned(),
        empty: Text::new("Inget system.", "No system."),
        frozen: 1,
        printed: None,
        room: page(),
    };
    let row = Row { system: &part.system, control_owner: run.control_owner.as_deref().unwrap_or("") };
    let rows = lay_out(worksheet, columns(), vec![row], &layout, styles, run.language)?;
    add_yes_or_no(worksheet, (1, rows.last), FACTS, run.language)?;
    Ok(rows)
}

fn columns<'a>() -> Vec<Column<Row<'a>>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    vec![
        column("System", "System", 18.0, |r: &Row<'a>, _| Cell::text(&r.system.name)),
        column("Systemägare", "System owner", 20.5, |r, _| optional(&r.system.owner)),
        column("Systemförvaltare", "System administrator", 20.0, |r, _| optional(&r.system.administrator)),
        column("Kontrollansvarig", "Control owner", 17.5, |r, _| Cell::text(r.control_owner)),
        column("Nämnd", "Committee", 17.0, |r, _| optional(&r.system.committee)),
        column("Informationsklass", "Information class", 18.0, |r, _| optional(&r.system.classification)),
        column("Senaste riskanalys", "Latest risk analysis", 11.5, |r, _| Cell::day(r.system.risk_analysis)),
        asked(0, 11.0),
        asked(1, 24.0),
        asked(2, 20.0),
        Column::answer_date(CONFIRMATION[3], 12.5),
        Column::key(|r, _| Cell::text(&r.system.id)),
    ]
}

fn asked<'a>(at: usize, width: f64) -> Column<Row<'a>> {
    Column::answer(CONFIRMATION[at], width)
}

fn optional(value: &Option<Shown>) -> Cell<'_> {
    Cell::text(value.clone().unwrap_or_default())
}
