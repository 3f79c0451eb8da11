//! Regler: every rule of the review, why it is there, what can be done, and what it is evidence for.

use crate::disclosure::{RuleShown, RunFacts, SummaryBook};
use crate::model::{Language, Text};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::rows::LaidOut;
use crate::report::style::Styles;
use crate::report::table::{Column, Layout, lay_out, page};
use rust_xlsxwriter::Worksheet;
use std::cmp::Reverse;

pub(super) const SHEET: Sheet<SummaryBook> = Sheet::list(Text::new("Regler", "Rules"), sheet);

fn sheet<'p>(worksheet: &mut Worksheet, _: &'p SummaryBook, styles: &Styles, run: &'p RunFacts) -> LaidOut<'p> {
    let layout = Layout {
        name: "Regler",
        alt: Text::new(
            "Granskningens regler, varför de finns och vad de är underlag för",
            "The rules of the review, why they are there and what they are evidence for",
        )
        .get(run.language)
        .to_owned(),
        empty: Text::new("Inga regler.", "No rules."),
        frozen: 1,
        printed: None,
        room: page(),
    };
    let mut rows: Vec<&RuleShown> = run.rules.iter().collect();
    rows.sort_by_key(|shown| Reverse(shown.base));
    lay_out(worksheet, columns(), rows, &layout, styles, run.language)
}

fn columns() -> Vec<Column<RuleShown>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    vec![
        column("Orsak", "Reason", 32.0, |own: &RuleShown, language| Cell::text(own.rule.title.get(language))),
        column("Grad", "Severity", 11.0, severity),
        column("Varför den prövas", "Why it is tested", 60.0, |own, language| Cell::text(own.rule.why.get(language))),
        column("Vad som kan göras", "What can be done", 50.0, |own, language| {
            Cell::text(own.rule.action.get(language))
        }),
        column("Underlag för", "Evidence for", 44.0, |own, _| Cell::text(own.rule.clauses.join("; "))),
    ]
}

/// The base in force.
fn severity(shown: &RuleShown, language: Language) -> Cell<'_> {
    let off = Text::new("Avstängd", "Off").get(language);
    shown.base.map_or(Cell::text(off), Cell::Severity)
}
