//! What helps whoever answers: choices, what they mean, dates, and light on what a decision still needs.

use super::book::decision_list;
use super::style::Styles;
use crate::answer_form::{AnswerColumn, Decision, KEEPS_WITH_REASON};
use crate::disclosure::RunFacts;
use crate::model::{Severity, Text};
use chrono::Datelike;
use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationRule, ExcelDateTime, Formula, Worksheet, XlsxError,
};

/// Where a sheet asks for answers.
#[derive(Clone, Copy)]
pub struct AnswerPlace<'a> {
    /// The first row and the last, from 0.
    pub rows: (u32, u32),
    /// The first of the answer columns.
    pub column: u16,
    /// What is asked in them.
    pub asks: &'a [AnswerColumn],
    /// Where the severity of a row stands.
    pub severity: SeverityIn,
}

/// Where the severity of a row stands, by which a reason may be needed to keep what is there.
#[derive(Clone, Copy)]
pub enum SeverityIn {
    /// In a column of its own.
    Column(u16),
    /// Before each reason.
    Reasons(u16),
    /// Nowhere.
    Nowhere,
}

/// Adds them to the answer columns of a list.
pub fn add(worksheet: &mut Worksheet, place: AnswerPlace<'_>, run: &RunFacts) -> Result<(), XlsxError> {
    let AnswerPlace { rows: (row, last), column: first, asks, .. } = place;
    let (date, until) = (date(run)?, until(run)?);
    for (column, at) in asks.iter().zip(first..) {
        if column.is_date() {
            let own = if *column == AnswerColumn::ExceptionUntil { &until } else { &date };
            worksheet.add_data_validation(row, at, last, at, own)?;
        }
        if let Some(who) = who(*column) {
            let told = DataValidation::new().allow_any_value().set_input_message(who.get(run.language))?;
            worksheet.add_data_validation(row, at, last, at, &told)?;
        }
    }
    if asks.first() != Some(&AnswerColumn::Decision) {
        return Ok(());
    }
    worksheet.add_data_validation(row, first, last, first, &decision(run)?)?;
    for need in NEEDS {
        light(worksheet, place, need, run)?;
    }
    Ok(())
}

/// The dropdown, with what there is to know where it opens.
fn decision(run: &RunFacts) -> Result<DataValidation, XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    DataValidation::new()
        .allow_list_formula(decision_list())
        .set_input_title(t("Vad ska gälla?", "What is to hold?"))?
        .set_input_message(t(
            "Välj i listan. Motivera allt utom Behåll, och Behåll när graden är hög eller kritisk. Celler som blir gula \
             behöver fyllas i. Tomt räknas inte som svar.",
            "Choose from the list. Give a reason for all but Keep, and for Keep where the severity is high or critical. \
             Cells that turn yellow need to be filled. Blank is no answer.",
        ))?
        .set_error_title(t("Välj ur listan", "Choose from the list"))?
        .set_error_message(t(
            "Välj ett av besluten i listan, eller lämna tomt.",
            "Choose one of the decisions, or leave blank.",
        ))
}

/// How somebody is named so that it is known who is meant.
fn who(column: AnswerColumn) -> Option<Text> {
    match column {
        AnswerColumn::PassOnTo => Some(Text::new(
            "Skriv e-postadress eller anställningsnummer, eller en post som redan svarar för något system. Raden kommer till \
             den personen nästa gång.",
            "Write an e-mail address or an employee number, or a post that answers for some system already. The row comes to \
             that person next time.",
        )),
        AnswerColumn::RightHolder => Some(Text::new(
            "Skriv anställningsnummer eller e-postadress. Ett namn räcker bara om ingen annan heter så.",
            "Write an employee number or an e-mail address. A name will do only if nobody else bears it.",
        )),
        _ => None,
    }
}

/// A day of the last ten years or later, by its year, month and day.
fn date(run: &RunFacts) -> Result<DataValidation, XlsxError> {
    const YEARS_BACK: i32 = 10;
    let t = |sv, en| Text::new(sv, en).get(run.language);
    let year = u16::try_from(run.as_of.year() - YEARS_BACK).unwrap_or(2000);
    DataValidation::new()
        .allow_date(DataValidationRule::GreaterThan(ExcelDateTime::from_ymd(year, 1, 1)?))
        .set_error_title(t("Skriv ett datum", "Write a date"))?
        .set_error_message(t("Skriv datumet som 2026-12-31.", "Write the date as 2026-12-31."))
}

/// A day that has not passed.
fn until(run: &RunFacts) -> Result<DataValidation, XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    let (year, month, day) = (run.as_of.year(), run.as_of.month(), run.as_of.day());
    let [month, day] = [month, day].map(|own| u8::try_from(own).unwrap_or(1));
    let from = ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(2000), month, day)?;
    DataValidation::new()
        .allow_date(DataValidationRule::GreaterThanOrEqualTo(from))
        .set_error_title(t("Skriv en dag som inte passerat", "Write a day that has not passed"))?
        .set_error_message(t(
            "Skriv sista dagen som undantaget gäller, som 2026-12-31.",
            "Write the last day that the exception holds, as 2026-12-31.",
        ))
}

/// A column that lights up until it is filled, where some decision was made; any decision where none is named.
type Need = (AnswerColumn, &'static [Decision]);

/// What each decision needs.
const NEEDS: &[Need] = &[
    (
        AnswerColumn::Reason,
        &[
            Decision::Disable,
            Decision::ChangeRole,
            Decision::Done,
            Decision::Exception,
            Decision::NotMine,
            Decision::Unknown,
        ],
    ),
    (AnswerColumn::ExceptionUntil, &[Decision::Exception]),
    (AnswerColumn::Role, &[Decision::ChangeRole]),
    (AnswerColumn::PassOnTo, &[Decision::NotMine]),
    (AnswerColumn::DoneOn, &[Decision::Done]),
    (AnswerColumn::DecidedBy, &[]),
    (AnswerColumn::DecidedOn, &[]),
];

fn light(worksheet: &mut Worksheet, place: AnswerPlace<'_>, need: &Need, run: &RunFacts) -> Result<(), XlsxError> {
    let (first, last) = place.rows;
    let column = AnswerColumn::ALL.iter().zip(place.column..).find(|(column, _)| **column == need.0);
    let Some(at) = column.map(|(_, at)| at) else { return Ok(()) };
    let row = first + 1;
    let decision = format!("${}{row}", letters(place.column));
    let is = |own: &Decision| format!("{decision}=\"{}\"", own.text().get(run.language));
    let mut made: Vec<String> = need.1.iter().map(is).collect();
    if need.1.is_empty() {
        made.push(format!("{decision}<>\"\""));
    }
    let grave = grave(place.severity, row, run).filter(|_| need.0 == AnswerColumn::Reason);
    made.extend(grave.map(|grave| format!("AND({},{grave})", is(&Decision::Keep))));
    let formula = Formula::new(format!("=AND(OR({}),${}{row}=\"\")", made.join(","), letters(at)));
    let format = ConditionalFormatFormula::new().set_rule(formula).set_format(Styles::wanted());
    worksheet.add_conditional_format(first, at, last, at, &format)?;
    Ok(())
}

/// Whether a row is so grave that whoever keeps what is there says why.
fn grave(severity: SeverityIn, row: u32, run: &RunFacts) -> Option<String> {
    let words =
        Severity::ALL.into_iter().filter(|own| *own >= KEEPS_WITH_REASON).map(|own| own.text().get(run.language));
    let is: Vec<String> = match severity {
        SeverityIn::Column(at) => words.map(|word| format!("${}{row}=\"{word}\"", letters(at))).collect(),
        SeverityIn::Reasons(at) => {
            words.map(|word| format!("ISNUMBER(SEARCH(\"{word}: \",${}{row}))", letters(at))).collect()
        }
        SeverityIn::Nowhere => return None,
    };
    Some(format!("OR({})", is.join(",")))
}

/// The letters of a column.
fn letters(at: u16) -> String {
    rust_xlsxwriter::utility::column_number_to_name(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every decision but Keep needs something beside who made it and when.
    #[test]
    fn each_decision_says_what_it_needs() {
        for decision in Decision::ALL {
            let needs = NEEDS.iter().filter(|(_, own)| own.contains(&decision)).count();
            assert_eq!(needs == 0, decision == Decision::Keep, "{decision:?}");
        }
    }
}
