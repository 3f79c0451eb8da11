//! Handlingsplan: what owners have decided and no export shows as done yet, by system, with who answers for it and
//! since when.

use crate::disclosure::{Measure, RunFacts, SummaryBook};
use crate::model::Text;
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::rows::LaidOut;
use crate::report::style::Styles;
use crate::report::table::{Column, Layout, lay_out, page};
use rust_xlsxwriter::Worksheet;

pub(super) const SHEET: Sheet<SummaryBook> = Sheet::list(Text::new("Handlingsplan", "Action plan"), sheet);

fn sheet<'p>(worksheet: &mut Worksheet, part: &'p SummaryBook, styles: &Styles, run: &'p RunFacts) -> LaidOut<'p> {
    let layout = Layout {
        name: "Handlingsplan",
        alt: Text::new("Beslutade åtgärder som återstår", "Measures decided that remain").get(run.language).to_owned(),
        empty: Text::new(
            "Inga beslutade åtgärder återstår. Åtgärder hämtas ur svaren på listorna.",
            "No measures that were decided remain. Measures come from the answers to the lists.",
        ),
        frozen: 1,
        printed: None,
        room: page(),
    };
    let rows: Vec<&Measure> = part.measures.iter().collect();
    lay_out(worksheet, columns(), rows, &layout, styles, run.language)
}

fn columns() -> Vec<Column<Measure>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    vec![
        column("System", "System", 24.0, |own: &Measure, _| Cell::text(&own.system)),
        column("Åtgärd", "Measure", 24.0, |own, language| Cell::text(own.decision.text().get(language))),
        column("Konton", "Accounts", 10.0, |own, _| Cell::number(own.accounts)),
        column("Ansvarig (post)", "Responsible (post)", 24.0, |own, language| match &own.post {
            Some(post) => Cell::text(post),
            None => Cell::text(Text::new("systemägaren", "the system owner").get(language)),
        }),
        column("Äldsta beslut", "Oldest decision", 13.0, |own, _| Cell::day(own.oldest)),
        column("Först rapporterad", "First reported", 14.0, |own, _| Cell::day(Some(own.first_seen))),
        column("Sagt utfört", "Said to be done", 11.0, |own, _| Cell::number(own.claimed)),
        Column::answer_date(Text::new("Klart senast", "Due"), 13.0),
        Column::answer(Text::new("Uppföljning", "Follow-up"), 32.0),
    ]
}
