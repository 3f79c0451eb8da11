//! Personalregistrets kvalitet: how far payroll can be relied on, in numbers only.

use crate::disclosure::{InputShown, RunFacts, SourceShown, SummaryBook};
use crate::ingest::Reason;
use crate::model::{Flaw, Text, percent};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::page::{Form, Page};
use crate::report::paper::{Paper, Print};
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};
use std::collections::BTreeMap;

pub(super) const SHEET: Sheet<SummaryBook> =
    Sheet::page(Text::new("Personalregistrets kvalitet", "Quality of payroll"), sheet);

const FORM: Form = Form { widths: &[52.0, 16.0, 16.0, 16.0, 16.0], paper: Paper::Upright, print: Print::Ordinary };

fn sheet(worksheet: &mut Worksheet, part: &SummaryBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, styles, run.language, FORM)?;
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.title(
        SHEET.name.get(run.language),
        t("Bara antal. Personerna står i HR:s arbetsbok.", "Numbers only. The persons stand in HR's workbook."),
    )?;
    let (persons, employed) = part.persons;
    page.fact(t("Personer i registret", "Persons in the register"), &Cell::number(persons))?;
    page.fact(t("–  anställda på referensdagen", "–  employed on the reference date"), &Cell::number(employed))?;
    rules(&mut page, part, run)?;
    let reports: Vec<&SourceShown> = part.inputs.iter().filter_map(of_people).collect();
    unused(&mut page, &reports, run)?;
    coverage(&mut page, &reports, run)?;
    flaws(&mut page, &reports, run)
}

/// Payroll's files and the registers beside it.
fn of_people(input: &InputShown) -> Option<&SourceShown> {
    input.source.as_ref().filter(|source| source.role.is_of_people())
}

fn rules(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Uppgifter att rätta", "To correct"))?;
    page.table_head(&[t("Orsak", "Reason"), t("Antal", "Count")], 1..)?;
    for (title, count) in &part.payroll {
        let cell = count.map_or_else(|| Cell::text(t("ej prövat", "not tested")), Cell::number);
        page.table_row(&[Cell::text(*title), cell])?;
    }
    Ok(())
}

/// Rows that nobody could be found by, by reason. They are in no count above.
fn unused(page: &mut Page<'_>, reports: &[&SourceShown], run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    let mut counts: BTreeMap<Reason, u64> = BTreeMap::new();
    for rejected in reports.iter().flat_map(|report| &report.rejected) {
        *counts.entry(rejected.reason).or_default() += 1;
    }
    if counts.is_empty() {
        return Ok(());
    }
    page.heading(t("Rader som inte kunde användas", "Rows that could not be used"))?;
    page.table_head(&[t("Orsak", "Reason"), t("Rader", "Rows")], 1..)?;
    for (reason, count) in counts {
        page.table_row(&[Cell::text(reason.message().get(run.language).to_owned()), Cell::number(count)])?;
    }
    Ok(())
}

fn coverage(page: &mut Page<'_>, reports: &[&SourceShown], run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Nycklar", "Keys"))?;
    page.table_head(
        &[
            t("Fil och uppgift", "File and field"),
            t("Ifyllda rader", "Rows filled"),
            t("Använda rader", "Rows used"),
            t("Procent", "Percent"),
        ],
        1..,
    )?;
    for report in reports {
        for (field, coverage) in &report.key_coverage {
            let percent = percent(coverage.filled, coverage.of).unwrap_or(0);
            page.table_row(&[
                Cell::text(format!("{}: {}", report.path, field.in_words().get(run.language))),
                Cell::number(coverage.filled),
                Cell::number(coverage.of),
                Cell::number(percent),
            ])?;
        }
    }
    Ok(())
}

/// What is wrong with personal numbers, by kind.
fn flaws(page: &mut Page<'_>, reports: &[&SourceShown], run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Personnummer som inte går att använda", "Personal numbers that cannot be used"))?;
    let mut counts: BTreeMap<Flaw, u64> = BTreeMap::new();
    for (flaw, count) in reports.iter().flat_map(|report| &report.flaws) {
        *counts.entry(*flaw).or_default() += count;
    }
    if counts.is_empty() {
        return page.paragraph(t("Inga.", "None."));
    }
    page.table_head(&[t("Fel", "Fault"), t("Rader", "Rows")], 1..)?;
    for (flaw, count) in counts {
        page.table_row(&[Cell::text(fault(flaw).get(run.language)), Cell::number(count)])?;
    }
    Ok(())
}

fn fault(flaw: Flaw) -> Text {
    match flaw {
        Flaw::Blank => Text::new("tomt", "blank"),
        Flaw::Placeholder => Text::new("utfyllnad", "stand-in"),
        Flaw::Reserve => Text::new("reservnummer", "reserve number"),
        Flaw::Incomplete => Text::new("inte fullständigt", "incomplete"),
        Flaw::ImpossibleDate => {
            Text::new("datumet finns inte eller ligger i framtiden", "a date that does not exist or is yet to come")
        }
        Flaw::WrongCheckDigit => Text::new("kontrollsiffran stämmer inte", "wrong check digit"),
        Flaw::Destroyed => Text::new("förstört av Excel", "destroyed by Excel"),
        Flaw::NotANumber => Text::new("något annat än ett personnummer", "something else than a personal number"),
    }
}
