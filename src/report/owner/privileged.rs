//! Höga behörigheter: every privileged account, always, also where nothing deviates.

use super::deviations;
use crate::answer_form::AnswerColumn;
use crate::disclosure::{OwnerBook, RunFacts};
use crate::model::{Severity, Text};
use crate::report::book::Sheet;
use crate::report::listing::{List, Span, write_list};
use crate::report::rows::LaidOut;
use crate::report::style::Styles;
use rust_xlsxwriter::Worksheet;

pub(super) const SHEET: Sheet<OwnerBook> = Sheet::list(Text::new("Höga behörigheter", "High privileges"), sheet);

const NONE: Text =
    Text::new("Exporten visar inga konton med hög behörighet.", "The export shows no accounts of high privilege.");

/// Nobody has looked: that must not read as if there were none.
const NOT_TOLD: Text = Text::new(
    "Inte prövat: exporten säger inte vilka konton som har hög behörighet, och det är inte angivet vilka roller som är det.",
    "Not tested: the export does not tell which accounts have high privilege, and it is not stated which roles are.",
);

fn sheet<'p>(worksheet: &mut Worksheet, part: &'p OwnerBook, styles: &Styles, run: &'p RunFacts) -> LaidOut<'p> {
    let list = List {
        name: "HogaBehorigheter",
        alt: Text::new("Alla konton med hög behörighet", "Every account of high privilege"),
        empty: if part.tells_privilege { NONE } else { NOT_TOLD },
        line: Severity::Info,
        span: Span::OneSystem,
        asked_on: Some(deviations::SHEET.name),
        asks: &AnswerColumn::ALL,
    };
    write_list(worksheet, &part.privileged(), &list, styles, run)
}
