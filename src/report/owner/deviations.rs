//! Avvikelser: one row an account with its reasons, worst first, to be answered.

use super::columns::{FACTS, KEY, Listed, all};
use crate::disclosure::{AccountRow, OwnerBook, RunFacts};
use crate::model::{Severity, Text};
use crate::report::book::{Sheet, decision_list};
use crate::report::style::Styles;
use crate::report::table::{Layout, write};
use rust_xlsxwriter::{DataValidation, DataValidationRule, Worksheet, XlsxError};

pub(super) const SHEET: Sheet<OwnerBook> = Sheet { name: Text::new("Avvikelser", "Deviations"), write: sheet };

fn sheet(worksheet: &mut Worksheet, part: &OwnerBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let layout = Layout {
        name: "Avvikelser",
        alt: Text::new(
            "Konton som avviker, ett på varje rad, med orsaker och kolumner för svar",
            "Accounts that deviate, one a row, with reasons and columns for answers",
        )
        .get(run.language)
        .to_owned(),
        empty: Text::new("Inga avvikelser.", "No deviations."),
        frozen: 4,
        answers_from: FACTS,
        hidden_from: KEY,
    };
    list(worksheet, &part.deviations(run.list_from), run.list_from, &layout, styles, run)
}

/// Writes rows to be answered.
pub(super) fn list(
    worksheet: &mut Worksheet,
    rows: &[&AccountRow],
    line: Severity,
    layout: &Layout,
    styles: &Styles,
    run: &RunFacts,
) -> Result<(), XlsxError> {
    let listed: Vec<Listed<'_>> = rows.iter().map(|row| Listed { row, line }).collect();
    let listed: Vec<&Listed<'_>> = listed.iter().collect();
    let last = write(worksheet, &all(), &listed, layout, styles, run.language)?;
    if !listed.is_empty() {
        add_choices(worksheet, last, FACTS, run)?;
    }
    // Printed three pages wide: what and who, the other facts, the answers; the code on each.
    worksheet.set_print_scale(70).set_vertical_page_breaks(&[8, u32::from(FACTS)])?;
    worksheet.set_repeat_columns(0, 0)?;
    Ok(())
}

/// The dropdown of decisions, and dates where a date is asked for.
pub(super) fn add_choices(worksheet: &mut Worksheet, last: u32, first: u16, run: &RunFacts) -> Result<(), XlsxError> {
    let title = Text::new("Välj ur listan", "Choose from the list");
    let words =
        Text::new("Välj ett av besluten i listan, eller lämna tomt.", "Choose one of the decisions, or leave blank.");
    let decision = DataValidation::new()
        .allow_list_formula(decision_list())
        .set_error_title(title.get(run.language))?
        .set_error_message(words.get(run.language))?;
    worksheet.add_data_validation(1, first, last, first, &decision)?;
    let title = Text::new("Skriv ett datum", "Write a date");
    let words = Text::new("Skriv datumet som 2026-12-31.", "Write the date as 2026-12-31.");
    let earliest = run.as_of - chrono::Days::new(3650);
    let date = DataValidation::new()
        .allow_date(DataValidationRule::GreaterThan(rust_xlsxwriter::ExcelDateTime::from_ymd(
            u16::try_from(chrono::Datelike::year(&earliest)).unwrap_or(2000),
            1,
            1,
        )?))
        .set_error_title(title.get(run.language))?
        .set_error_message(words.get(run.language))?;
    for (column, at) in crate::answer_form::AnswerColumn::ALL.iter().zip(first..) {
        if column.is_date() {
            worksheet.add_data_validation(1, at, last, at, &date)?;
        }
    }
    Ok(())
}
