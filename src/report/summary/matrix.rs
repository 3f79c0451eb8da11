//! Prövade regler: which rule was tested on which system, at a glance, with the reason behind each gap.

use crate::disclosure::{RunFacts, SummaryBook, SystemLine};
use crate::model::{Text, capitalised};
use crate::report::book::Sheet;
use crate::report::letters::{BOLD, lines, pixels, room};
use crate::report::page::LINE_HEIGHT;
use crate::report::paper::{Paper, Print, of_column};
use crate::report::style::Styles;
use crate::review::Check;
use rust_xlsxwriter::{Format, FormatAlign, Note, Worksheet, XlsxError};

pub(super) const SHEET: Sheet<SummaryBook> = Sheet::page(Text::new("Prövade regler", "Rules tested"), sheet);

/// Widths of the rules and of a system, whose name stands on its end.
const RULE: f64 = 52.0;
const SYSTEM: f64 = 3.0;

/// What stands where a rule was tested, and where it was not.
const TESTED: &str = "•";
const UNTESTED: &str = "–";

fn sheet(worksheet: &mut Worksheet, part: &SummaryBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    lay(worksheet, part.systems.len());
    worksheet.set_column_width(0, RULE)?;
    worksheet.set_row_height(0, head_height(part))?;
    let upright = styles.head.clone().unset_text_wrap().set_rotation(90).set_align(FormatAlign::Bottom);
    worksheet.write_string_with_format(0, 0, t("Regel", "Rule"), &styles.head)?;
    for (system, at) in part.systems.iter().zip(1u16..) {
        worksheet.set_column_width(at, SYSTEM)?;
        worksheet.write_string_with_format(0, at, &*system.name, &upright)?;
    }
    let of_systems =
        run.rules.iter().filter(|own| own.base.is_some() && !matches!(own.rule.check, Check::Person { .. }));
    let titles: Vec<&str> = of_systems.map(|own| own.rule.title.get(run.language)).collect();
    let mark = Format::new().set_align(FormatAlign::Center).set_align(FormatAlign::Top);
    for (title, row) in titles.iter().zip(1u32..) {
        worksheet.set_row_height(row, LINE_HEIGHT * f64::from(lines(title, room(RULE, true))))?;
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
    let ink = &styles.paragraph;
    worksheet.set_row_height(last + 1, ink.line * f64::from(lines(words, room(RULE, false))))?;
    worksheet.write_string_with_format(last + 1, 0, words, &ink.format)?;
    worksheet.set_freeze_panes(1, 1)?;
    worksheet.set_repeat_rows(0, 0)?;
    worksheet.set_repeat_columns(0, 0)?;
    Ok(())
}

/// As many systems on a page as can be read, the rules and the heads again on each.
fn lay(worksheet: &mut Worksheet, systems: usize) {
    let most = |paper: Paper| {
        let systems = (paper.pixels(Print::Ordinary) - of_column(RULE)) / of_column(SYSTEM);
        (1..=u16::MAX).take_while(|own| f64::from(*own) <= systems).last().unwrap_or(1)
    };
    let paper = if systems <= usize::from(most(Paper::Upright)) { Paper::Upright } else { Paper::Lying };
    let pages = systems.div_ceil(usize::from(most(paper)));
    paper.set(worksheet);
    worksheet.set_print_fit_to_pages(u16::try_from(pages).unwrap_or(u16::MAX).max(1), 0);
}

/// As high as the longest name of a system is long.
fn head_height(part: &SummaryBook) -> f64 {
    /// Points of an inch in pixels; what stands around a name; the highest row of Excel.
    const POINTS: (f64, f64, f64) = (0.75, 12.0, 409.0);
    let longest = part.systems.iter().map(|system| pixels(&system.name) * BOLD).fold(0.0, f64::max);
    (longest * POINTS.0 + POINTS.1).min(POINTS.2)
}

/// Why a rule was not tested on a system, where it was not.
fn gap<'s>(system: &'s SystemLine, title: &str) -> Option<&'s str> {
    system.untested.iter().find(|own| own.title == title).map(|own| &*own.why)
}
