//! What a letter that goes with a workbook says of it: whom it is for, what it is about, how much it asks.

use crate::disclosure::{OwnerBook, PersonnelBook, RecipientShown, RunFacts, SummaryBook};
use crate::model::{Severity, Text};
use crate::runfolder::LetterLine;

/// The letter of an owner's workbook, whose deviations are to be answered.
pub fn to_owner(book: &OwnerBook, run: &RunFacts) -> LetterLine {
    let rows = book.deviations(run);
    let grave = rows.iter().filter(|row| row.severity() >= Some(Severity::High)).count();
    LetterLine { grave: grave as u64, ..letter(book.recipient.as_ref(), book.title(), Some(rows.len())) }
}

/// The letter of a summary, to be read.
pub fn to_reader(book: &SummaryBook, run: &RunFacts) -> LetterLine {
    let whole = Text::new("Sammanställning för hela organisationen", "Summary of the whole organisation");
    let of = Text::new("Sammanställning", "Summary").get(run.language);
    let about = book.about.as_ref().map_or_else(|| whole.get(run.language).to_owned(), |name| format!("{of} – {name}"));
    letter(book.recipient.as_ref(), about, None)
}

/// The letter of HR's workbook: what to correct in payroll, and whose accounts are not settled.
pub fn to_personnel(book: &PersonnelBook, run: &RunFacts) -> LetterLine {
    let about = Text::new("Personalregistret", "Payroll").get(run.language);
    let rows = book.persons.len() + book.unused().count() + book.identities.len();
    letter(book.recipient.as_ref(), about.to_owned(), Some(rows))
}

fn letter(recipient: Option<&RecipientShown>, about: String, rows: Option<usize>) -> LetterLine {
    LetterLine {
        recipient: recipient.map(|own| String::from(&own.name)),
        address: recipient.and_then(|own| own.address.as_ref()).map(String::from),
        about,
        rows: rows.map(|rows| rows as u64),
        grave: 0,
    }
}
