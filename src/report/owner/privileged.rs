//! Höga behörigheter: every privileged account, always, also where nothing deviates.

use crate::answer_form::AnswerColumn;
use crate::disclosure::{OwnerBook, RunFacts};
use crate::model::{Severity, Text};
use crate::report::book::Sheet;
use crate::report::listing::{List, Span, write_list};
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<OwnerBook> =
    Sheet { name: Text::new("Höga behörigheter", "High privileges"), write: sheet };

fn sheet(worksheet: &mut Worksheet, part: &OwnerBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let list = List {
        name: "HogaBehorigheter",
        alt: Text::new("Alla konton med hög behörighet", "Every account of high privilege"),
        empty: Text::new(
            "Exporten visar inga konton med hög behörighet.",
            "The export shows no accounts of high privilege.",
        ),
        line: Severity::Info,
        span: Span::OneSystem,
        asks: &AnswerColumn::ALL,
    };
    write_list(worksheet, &part.privileged(), &list, styles, run)
}
