//! The summary between runs: how far the answers have come, numbers and posts only.

use super::book::{Book, Sheet};
use super::cell::Cell;
use super::page::{Form, Page};
use super::paper::{Paper, Print};
use super::style::Styles;
use crate::answer_form::Decision;
use crate::answered::{Answered, SystemAnswered};
use crate::disclosure::RunFacts;
use crate::model::Text;
use rust_xlsxwriter::{Worksheet, XlsxError};

const SHEETS: &[&Sheet<Answered>] = &[
    &Sheet::page(Text::new("Svarsläge", "Answers"), state),
    &Sheet::page(Text::new("Kunde inte läsas", "Not read"), problems),
    &Sheet::page(Text::new("Att komplettera", "To complete"), remarks),
];

/// Makes the workbook's bytes.
pub fn make(answered: &Answered, run: &RunFacts) -> Result<Vec<u8>, XlsxError> {
    let about = Text::new("Svarsläge", "Answers").get(run.language);
    let mut book = Book::new(run, about)?;
    for sheet in SHEETS {
        book.add(sheet, answered)?;
    }
    book.finish(None)
}

fn state(worksheet: &mut Worksheet, answered: &Answered, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    const WIDTHS: &[f64] = &[34.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 14.0, 13.0];
    const FORM: Form = Form { widths: WIDTHS, paper: Paper::Lying, print: Print::Ordinary };
    let t = |sv, en| Text::new(sv, en).get(run.language);
    let mut page = Page::new(worksheet, styles, run.language, FORM)?;
    page.title(t("Svarsläge", "Answers"), &run.title)?;
    page.fact(t("Genomgång", "Review"), &Cell::text(answered.run.as_str()))?;
    page.fact(t("Läget den", "State on"), &Cell::Date(answered.today))?;
    page.fact(t("Svara senast", "Answer by"), &Cell::Date(answered.due))?;
    let (rows, done) = answered.total();
    page.fact(t("Rader att besvara", "Rows to answer"), &Cell::number(rows))?;
    page.fact(t("Besvarade", "Answered"), &Cell::number(done))?;
    page.heading(t("System", "Systems"))?;
    let mut heads =
        vec![t("System", "System"), t("Att besvara", "To answer"), t("Besvarat", "Answered"), t("Återstår", "Left")];
    heads.extend(Decision::ALL.map(|decision| decision.text().get(run.language)));
    heads.push(t("Underskriven", "Signed"));
    page.table_head(&heads[..WIDTHS.len().min(heads.len())], 1..)?;
    for system in &answered.systems {
        page.table_row(&row(system))?;
    }
    Ok(())
}

fn row(system: &SystemAnswered) -> Vec<Cell<'_>> {
    let mut cells = vec![
        Cell::text(&system.name),
        Cell::number(system.rows),
        Cell::number(system.answered),
        Cell::number(system.waiting()),
    ];
    cells.extend(Decision::ALL.map(|decision| Cell::number(system.decisions.get(&decision).copied().unwrap_or(0))));
    cells.push(Cell::day(system.signed));
    cells
}

const ONE_COLUMN: Form = Form { widths: &[110.0], paper: Paper::Lying, print: Print::Ordinary };

fn problems(worksheet: &mut Worksheet, answered: &Answered, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    let mut page = Page::new(worksheet, styles, run.language, ONE_COLUMN)?;
    page.title(t("Kunde inte läsas", "Not read"), &run.title)?;
    if answered.problems.is_empty() {
        return page.paragraph(t("Alla svar har kunnat läsas.", "Every answer could be read."));
    }
    for problem in &answered.problems {
        page.paragraph(problem)?;
    }
    Ok(())
}

fn remarks(worksheet: &mut Worksheet, answered: &Answered, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    let mut page = Page::new(worksheet, styles, run.language, ONE_COLUMN)?;
    page.title(t("Att komplettera eller kontrollera", "To complete or check"), &run.title)?;
    if answered.remarks.is_empty() {
        return page.paragraph(t("Inget svar behöver kompletteras.", "No answer needs to be completed."));
    }
    answered.remarks.iter().try_for_each(|remark| page.paragraph(remark))
}
