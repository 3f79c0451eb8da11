//! Prövade regler: which rule was tested on which system, at a glance, with the reason behind each gap.

use crate::disclosure::{RunFacts, SummaryBook, SystemLine};
use crate::model::{Text, capitalised};
use crate::report::book::Sheet;
use crate::report::style::Styles;
use crate::review::Check;
use rust_xlsxwriter::{Format, FormatAlign, Note, Worksheet, XlsxError};

pub(super) const SHEET: Sheet<SummaryBook> = Sheet { name: Text::new("Prövade regler", "Rules tested"), write: sheet };

/// Systems that fit beside the rules on an upright page.
const MOST_UPRIGHT: usize = 12;

/// What stands where a rule was tested, and where it was not.
const TESTED: &str = "•";
const UNTESTED: &str = "–";

fn sheet(worksheet: &mut Worksheet, part: &SummaryBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    worksheet.set_column_width(0, 52)?;
    worksheet.set_row_height(0, 110)?;
    let upright = styles.head.clone().set_rotation(90).set_align(FormatAlign::Bottom);
    worksheet.write_string_with_format(0, 0, t("Regel", "Rule"), &styles.head)?;
    for (system, at) in part.systems.iter().zip(1u16..) {
        worksheet.set_column_width(at, 5)?;
        worksheet.write_string_with_format(0, at, &*system.name, &upright)?;
    }
    let of_systems =
        run.rules.iter().filter(|own| own.base.is_some() && !matches!(own.rule.check, Check::Person { .. }));
    let titles: Vec<&str> = of_systems.map(|own| own.rule.title.get(run.language)).collect();
    let mark = Format::new().set_align(FormatAlign::Center);
    for (title, row) in titles.iter().zip(1u32..) {
        worksheet.write_string_with_format(row, 0, *title, &styles.text)?;
        for (system, at) in part.systems.iter().zip(1u16..) {
            let gap = gap(system, title);
            worksheet.write_string_with_format(row, at, if gap.is_some() { UNTESTED } else { TESTED }, &mark)?;
            if let Some(why) = gap {
                worksheet.insert_note(row, at, &Note::new(capitalised(why)).set_author("samkor"))?;
            }
        }
    }
    let last = u32::try_from(titles.len()).unwrap_or(u32::MAX);
    let words = t(
        "• prövad   – ej prövad; skälet står i cellens anteckning och på bladet Kontrollens tillförlitlighet",
        "• tested   – not tested; the reason stands in the note of the cell and on the sheet Reliability of the control",
    );
    worksheet.write_string_with_format(last + 1, 0, words, &styles.small)?;
    worksheet.set_freeze_panes(1, 1)?;
    worksheet.set_repeat_rows(0, 0)?;
    if part.systems.len() <= MOST_UPRIGHT {
        worksheet.set_portrait();
    }
    worksheet.set_print_fit_to_pages(1, 1);
    Ok(())
}

/// Why a rule was not tested on a system, where it was not.
fn gap<'s>(system: &'s SystemLine, title: &str) -> Option<&'s str> {
    system.untested.iter().find(|own| own.title == title).map(|own| &*own.why)
}
