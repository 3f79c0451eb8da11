//! An auditor's sample: each account with everything the run tells of it, on one sheet, with room for what is observed.

use super::book::{Book, Sheet};
use super::cell::Cell;
use super::page::{Form, Page};
use super::paper::{Paper, Print};
use super::style::Styles;
use crate::disclosure::RunFacts;
use crate::model::{Language, Text};
use crate::sample::Sample;
use rust_xlsxwriter::{Worksheet, XlsxError};

const FORM: Form = Form { widths: &[34.0, 100.0], paper: Paper::Lying, print: Print::Ordinary };

const SHEET: Sheet<Sample> = Sheet::page(Text::new("Stickprov", "Sample"), sheet);

/// Makes the workbook's bytes.
pub fn make(sample: &Sample, run: &RunFacts) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::new(run, SHEET.name.get(run.language))?;
    book.add(&SHEET, sample)?;
    book.finish(None)
}

fn sheet(worksheet: &mut Worksheet, sample: &Sample, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    let mut page = Page::new(worksheet, styles, run.language, FORM)?;
    page.title(t("Stickprov", "Sample"), &run.run)?;
    page.paragraph(&in_words(sample, run.language))?;
    page.fact(t("Konton i stickprovet", "Accounts in the sample"), &Cell::number(sample.accounts.len()))?;
    page.fact(t("Konton att dra ur", "Accounts drawn from"), &Cell::number(sample.population))?;
    page.fact(t("Frö", "Seed"), &Cell::text(sample.draw.seed.to_string()))?;
    page.fact(t("Körningens manifest, SHA-256", "Manifest of the run, SHA-256"), &Cell::text(&sample.manifest_sha256))?;
    for (account, number) in sample.accounts.iter().zip(1u32..) {
        page.heading(&format!("{number}. {}", account.title))?;
        for (name, value) in &account.facts {
            page.fact(name, &Cell::text(value))?;
        }
        page.fact(t("Granskarens iakttagelse", "The auditor's observation"), &Cell::text("…"))?;
    }
    Ok(())
}

fn in_words(sample: &Sample, language: Language) -> String {
    let seed = sample.draw.seed;
    match language {
        Language::Sv => format!(
            "Kontona är dragna slumpvis ur data/accounts.jsonl: i ordning efter SHA-256 av \"{seed}/system/konto\", de \
             första. Samma frö ger samma konton. Konton som hör eller kan höra till skyddade personer står inte i den \
             filen och är inte med."
        ),
        Language::En => format!(
            "The accounts were drawn at random from data/accounts.jsonl: in the order of the SHA-256 of \
             \"{seed}/system/account\", the first ones. The same seed gives the same accounts. Accounts that are or may \
             be those of protected persons do not stand in that file and are left out."
        ),
    }
}
