//! Konton: every account that no ordinary output shows, the gravest first, to be answered.

use crate::answer_form::AnswerColumn;
use crate::disclosure::{AccountRow, RestrictedBook, RunFacts};
use crate::model::{Severity, Text};
use crate::report::book::Sheet;
use crate::report::listing::{List, Span, write_list};
use crate::report::rows::LaidOut;
use crate::report::style::Styles;
use rust_xlsxwriter::Worksheet;

pub(super) const SHEET: Sheet<RestrictedBook> = Sheet::list(Text::new("Konton", "Accounts"), sheet);

fn sheet<'p>(worksheet: &mut Worksheet, part: &'p RestrictedBook, styles: &Styles, run: &'p RunFacts) -> LaidOut<'p> {
    let list = List {
        name: "SkyddadeKonton",
        alt: Text::new(
            "Konton som hör eller kan höra till skyddade personer",
            "Accounts that belong or may belong to protected persons",
        ),
        empty: Text::new("Inga konton hör till skyddade personer.", "No account belongs to a protected person."),
        line: Severity::Info,
        span: Span::Several,
        asked_on: None,
        asks: &AnswerColumn::ALL,
    };
    let mut rows: Vec<&AccountRow> = part.accounts.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.severity()));
    write_list(worksheet, &rows, &list, styles, run)
}
