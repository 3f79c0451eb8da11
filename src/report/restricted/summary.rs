//! Sammanfattning: what the workbook holds, who may read it, and what to do.

use super::ABOUT;
use crate::disclosure::{RestrictedBook, RunFacts};
use crate::model::Text;
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::owner::{sign_off, subtitle};
use crate::report::page::{FIRST_PAGE, Page};
use crate::report::style::Styles;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<RestrictedBook> = Sheet::page(Text::new("Sammanfattning", "Summary"), sheet);

fn sheet(worksheet: &mut Worksheet, part: &RestrictedBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, styles, run.language, FIRST_PAGE)?;
    page.on_one_page();
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.title(ABOUT.get(run.language), &subtitle(run))?;
    page.boxed(t("Får läsas av", "May be read by"), &Cell::text(&part.recipient))?;
    page.boxed(t("Svara senast", "Answer by"), &Cell::Date(run.answer_by))?;
    page.paragraph(t(
        "Arbetsboken innehåller uppgifter om personer med skyddade personuppgifter. Lämna den inte vidare och skicka \
         den inte med e-post. I alla andra arbetsböcker visas personerna bara som antal.",
        "The workbook holds data on persons with protected personal data. Do not pass it on and do not e-mail it. In \
         every other workbook these persons are shown as counts only.",
    ))?;
    page.heading(t("Så gör du", "What to do"))?;
    page.paragraph(t(
        "1.  Öppna bladet Konton. Alla konton som hör eller kan höra till en skyddad person står där, även de som inte \
         avviker. Välj ett beslut för varje rad som har en orsak.",
        "1.  Open the sheet Accounts. Every account that belongs or may belong to a protected person stands there, \
         also those that do not deviate. Choose a decision for each row that has a reason.",
    ))?;
    page.paragraph(t(
        "2.  Se till att besluten genomförs utan att fler än nödvändigt får veta vem kontot tillhör.",
        "2.  See that the decisions are carried out without more people than necessary learning whose the account is.",
    ))?;
    page.paragraph(t(
        "3.  Skriv under längst ner på det här bladet och förvara filen i samma mapp.",
        "3.  Sign at the end of this sheet and keep the file in the same folder.",
    ))?;
    page.heading(t("I siffror", "In numbers"))?;
    let deviating = part.accounts.iter().filter(|row| !row.reasons.is_empty()).count() as u64;
    page.fact(t("Konton", "Accounts"), &Cell::number(part.accounts.len() as u64))?;
    page.fact(t("–  med avvikelse", "–  with a deviation"), &Cell::number(deviating))?;
    for (label, number) in &part.spread {
        page.fact(label.get(run.language), &Cell::number(*number))?;
    }
    page.fact(
        t("–  dolda därför att innehavaren är osäker", "–  hidden because the holder is uncertain"),
        &Cell::number(part.perhaps),
    )?;
    let persons = t("Personer med uppgifter att rätta", "Persons with something to correct");
    page.fact(persons, &Cell::number(part.persons.len() as u64))?;
    sign_off(&mut page, run)
}
