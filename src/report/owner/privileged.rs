//! Höga behörigheter: every privileged account, always, also where nothing deviates.

use super::columns::{FACTS, KEY};
use super::deviations::list;
use crate::disclosure::{OwnerBook, RunFacts};
use crate::model::{Severity, Text};
use crate::report::book::Sheet;
use crate::report::style::Styles;
use crate::report::table::Layout;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<OwnerBook> =
    Sheet { name: Text::new("Höga behörigheter", "High privileges"), write: sheet };

fn sheet(worksheet: &mut Worksheet, part: &OwnerBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let layout = Layout {
        name: "HogaBehorigheter",
        alt: Text::new("Alla konton med hög behörighet", "Every account of high privilege")
            .get(run.language)
            .to_owned(),
        empty: Text::new(
            "Exporten visar inga konton med hög behörighet.",
            "The export shows no accounts of high privilege.",
        ),
        frozen: 4,
        answers_from: FACTS,
        hidden_from: KEY,
    };
    list(worksheet, &part.privileged(), Severity::Info, &layout, styles, run)
}
