//! Avvikelser: one row an account with its reasons, worst first, to be answered.

use crate::answer_form::AnswerColumn;
use crate::disclosure::{OwnerBook, RunFacts};
use crate::model::Text;
use crate::report::book::Sheet;
use crate::report::listing::{List, Span, write_list};
use crate::report::rows::LaidOut;
use crate::report::style::Styles;
use rust_xlsxwriter::Worksheet;

pub(super) const SHEET: Sheet<OwnerBook> = Sheet::list(Text::new("Avvikelser", "Deviations"), sheet);

fn sheet<'p>(worksheet: &mut Worksheet, part: &'p OwnerBook, styles: &Styles, run: &'p RunFacts) -> LaidOut<'p> {
    let list = List {
        name: "Avvikelser",
        alt: Text::new(
            "Konton som avviker, ett på varje rad, med orsaker och kolumner för svar",
            "Accounts that deviate, one a row, with reasons and columns for answers",
        ),
        empty: Text::new("Inga avvikelser.", "No deviations."),
        line: run.asks.list_from,
        span: Span::OneSystem,
        asked_on: None,
        asks: &AnswerColumn::ALL,
    };
    write_list(worksheet, &part.deviations(run), &list, styles, run)
}
