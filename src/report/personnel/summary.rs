//! Sammanfattning: what HR is asked for, and why before the owners are.

use super::ABOUT;
use crate::disclosure::{PersonnelBook, RunFacts};
use crate::model::{Language, Text, capitalised, counted};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::owner::{sign_off, subtitle};
use crate::report::page::{FIRST_PAGE, Page};
use crate::report::style::Styles;
use crate::review::Tells;
use rust_xlsxwriter::{Worksheet, XlsxError};
use std::collections::BTreeMap;

pub(super) const SHEET: Sheet<PersonnelBook> = Sheet::page(Text::new("Sammanfattning", "Summary"), sheet);

fn sheet(worksheet: &mut Worksheet, part: &PersonnelBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, styles, run.language, FIRST_PAGE)?;
    page.on_one_page();
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.title(ABOUT.get(run.language), &subtitle(run))?;
    page.boxed(t("Svara senast", "Answer by"), &Cell::Date(run.answer_by))?;
    let whoever = t("den som sände listan", "whoever sent the list");
    page.boxed(t("Lämnas till", "Return to"), &Cell::text(run.control_owner.as_deref().unwrap_or(whoever)))?;
    page.fact(t("Mottagare", "Recipient"), &Cell::text(part.owner.clone().unwrap_or_default()))?;
    how_to(&mut page, run)?;
    numbers(&mut page, part, run)?;
    untested(&mut page, part, run)?;
    sign_off(&mut page, run)
}

fn how_to(page: &mut Page<'_>, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Så gör du", "What to do"))?;
    page.paragraph(t(
        "1.  Öppna bladet Osäkra identiteter. Skriv vem kontot tillhör i kolumnen Rätt person / anställningsnummer, helst med \
         anställningsnummer. Står flera konton på raden gäller svaret alla; är de olika personers, lämna cellen tom och skriv \
         det i Kommentar. Görs det först slipper systemägarna fråga.",
        "1.  Open the sheet Uncertain identities. Write whose the account is in the column Right person / employee number, best by employee \
         number. Where a row has several accounts the answer holds for all; if they are different people's, leave the cell \
         blank and say so in Comment. Done first, it saves the system owners asking.",
    ))?;
    page.paragraph(t(
        "2.  Öppna bladet Uppgifter att rätta. Rätta i personalregistret och anteckna det på raden.",
        "2.  Open the sheet To correct. Correct payroll and note it on the row.",
    ))?;
    page.paragraph(t(
        "3.  Skriv under längst ner på det här bladet, spara filen och lämna tillbaka den.",
        "3.  Sign at the end of this sheet, save the file and return it.",
    ))?;
    page.small(t(
        "En rad är en uppgift att kontrollera, inte ett påstående om att någon har gjort fel.",
        "A row is something to check, not a claim that anyone has done wrong.",
    ))
}

fn numbers(page: &mut Page<'_>, part: &PersonnelBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("I siffror", "In numbers"))?;
    let mut counts: BTreeMap<&'static str, u64> = BTreeMap::new();
    for reason in part.persons.iter().flat_map(|row| &row.reasons) {
        *counts.entry(reason.title).or_default() += 1;
    }
    page.table_head(&[t("Orsak", "Reason"), t("Antal", "Count")], 1..)?;
    for (title, count) in &counts {
        page.table_row(&[Cell::text(*title), Cell::number(*count)])?;
    }
    let unused = part.unused().count();
    if unused > 0 {
        let title = t("Rader i filen som inte kunde användas", "Rows of the file that could not be used");
        page.table_row(&[Cell::text(title), Cell::number(unused)])?;
    }
    let identities = [
        (t("Konton med osäker innehavare", "Accounts whose holder is uncertain"), Tells::Unsettled),
        (t("Konton där namn och nyckel skiljer sig", "Accounts whose name and key differ"), Tells::Doubted),
    ];
    for (title, asks) in identities {
        page.table_row(&[Cell::text(title), Cell::number(part.accounts_asked_for(asks))])?;
    }
    let (sv, en) = counted(part.persons.len(), ["person", "personer"], ["person", "persons"]).both();
    page.paragraph(&match run.language {
        Language::Sv => {
            format!("{sv} står på bladet Uppgifter att rätta. En person kan ha flera orsaker.")
        }
        Language::En => format!("On the sheet To correct: {en}. A person can have several reasons."),
    })
}

fn untested(page: &mut Page<'_>, part: &PersonnelBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Ej prövat", "Not tested"))?;
    if part.untested.is_empty() {
        return page.paragraph(t("Alla regler har kunnat prövas.", "Every rule could be tested."));
    }
    part.untested.iter().try_for_each(|own| page.fact(own.title, &Cell::text(capitalised(&own.why))))
}
