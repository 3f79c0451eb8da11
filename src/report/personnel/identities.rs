//! Osäkra identiteter: accounts whose holder is not settled, for HR to settle before the owners are asked.

use crate::answer_form::AnswerColumn;
use crate::disclosure::{AccountRow, PersonnelBook, RunFacts};
use crate::model::{Severity, Text};
use crate::report::book::Sheet;
use crate::report::listing::{List, Span, write_list};
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<PersonnelBook> =
    Sheet { name: Text::new("Osäkra identiteter", "Uncertain identities"), write: sheet };

fn sheet(worksheet: &mut Worksheet, part: &PersonnelBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let list = List {
        name: "OsakraIdentiteter",
        alt: Text::new("Konton vars innehavare inte är säker", "Accounts whose holder is not certain"),
        empty: Text::new("Alla innehavare är säkra.", "Every holder is certain."),
        line: Severity::Info,
        span: Span::Several,
        asks: &AnswerColumn::OF_HOLDER,
    };
    let rows: Vec<&AccountRow> = part.identities.iter().collect();
    write_list(worksheet, &rows, &list, styles, run)
}
