//! What people read: the workbooks.
//!
//! A workbook is a list of sheets; a sheet is a value in a file of its own and one line in that list.
//! Texts stand in both languages where they are used. Nothing that came from a file is ever written as
//! a formula, and identifiers are written as text.

mod answered;
mod archive;
mod basis;
mod book;
mod cell;
mod charts;
mod choices;
mod letter;
mod letters;
mod listing;
mod owner;
mod page;
mod paper;
mod people;
mod personnel;
mod restricted;
mod rows;
mod sample;
mod style;
mod summary;
mod table;
mod trend;
mod widths;

use crate::answered::Answered;
use crate::disclosure::{OwnerBook, RunFacts, Whole};
use crate::error::{Error, ErrorKind, Place};
use crate::model::message;
use crate::runfolder::{COMMITTEES, LetterLine, OWNERS, PERSONNEL, RESTRICTED, SAMPLE, SUMMARY};
use crate::sample::Sample;
use rayon::prelude::*;
use rust_xlsxwriter::XlsxError;
use std::path::Path;
use zip::result::ZipError;

/// A workbook ready to be staged.
pub struct Made {
    /// `owner`, `committee`, `summary`, `personnel` or `restricted`.
    pub kind: &'static str,
    /// System id, for an owner's.
    pub system: Option<String>,
    /// Path inside the run folder.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whom it is for, and what it asks of them; `None` of what is handed out by no letter.
    pub letter: Option<LetterLine>,
}

/// Makes the workbook of a system's owner, or of one department.
///
/// # Errors
/// A workbook that cannot be made.
pub fn owner(book: &OwnerBook, run: &RunFacts) -> Result<Made, Error> {
    let made = made("owner", owner_path(book), || owner::make(book, run))?;
    Ok(Made { system: Some(book.system.id.clone()), letter: Some(letter::to_owner(book, run)), ..made })
}

/// Makes the workbooks of the whole: committees, summary, HR, and that of the post for protected persons.
///
/// # Errors
/// A workbook that cannot be made.
pub fn whole(whole: &Whole, run: &RunFacts) -> Result<Vec<Made>, Error> {
    let committees = whole.committees.par_iter().map(|(slug, book)| {
        let made = made("committee", format!("{COMMITTEES}/{slug}.xlsx"), || summary::make(book, run))?;
        Ok(Made { letter: Some(letter::to_reader(book, run)), ..made })
    });
    let readers = || -> Result<Vec<Made>, Error> {
        let mut books: Vec<Made> = committees.collect::<Result<_, Error>>()?;
        let summary = made("summary", SUMMARY.to_owned(), || summary::make(&whole.summary, run))?;
        books.push(Made { letter: Some(letter::to_reader(&whole.summary, run)), ..summary });
        Ok(books)
    };
    let personnel = || -> Result<Made, Error> {
        let made = made("personnel", PERSONNEL.to_owned(), || personnel::make(&whole.personnel, run))?;
        Ok(Made { letter: Some(letter::to_personnel(&whole.personnel, run)), ..made })
    };
    let (readers, personnel) = rayon::join(readers, personnel);
    let mut books = readers?;
    books.push(personnel?);
    if let Some(book) = &whole.restricted {
        books.push(made("restricted", RESTRICTED.to_owned(), || restricted::make(book, run))?);
    }
    Ok(books)
}

/// Makes the summary of how far answers have come.
///
/// # Errors
/// A workbook that cannot be made.
pub fn answered(answered: &Answered, run: &RunFacts) -> Result<Made, Error> {
    made("answers", SUMMARY.to_owned(), || answered::make(answered, run))
}

/// Makes an auditor's sample.
///
/// # Errors
/// A workbook that cannot be made.
pub fn sample(sample: &Sample, run: &RunFacts) -> Result<Made, Error> {
    made("sample", SAMPLE.to_owned(), || sample::make(sample, run))
}

fn made(kind: &'static str, path: String, make: impl FnOnce() -> Result<Vec<u8>, XlsxError>) -> Result<Made, Error> {
    let bytes = make().map_err(|cause| failed(&path, &cause))?;
    Ok(Made { kind, system: None, path, bytes, letter: None })
}

/// The system's own file, or one of its parts in a folder of the system's.
fn owner_path(book: &OwnerBook) -> String {
    let id = &book.system.id;
    match &book.part {
        Some(part) => format!("{OWNERS}/{id}/{}.xlsx", part.slug),
        None => format!("{OWNERS}/{id}.xlsx"),
    }
}

fn failed(path: &str, cause: &XlsxError) -> Error {
    match cause {
        XlsxError::RowColumnLimitError => return too_long(path),
        XlsxError::IoError(cause) | XlsxError::TempFileError(_, cause) | XlsxError::ZipError(ZipError::Io(cause)) => {
            return Error::cannot_write(Path::new(path), cause);
        }
        _ => {}
    }
    let says = message!("arbetsboken kan inte skrivas ({cause})", "the workbook cannot be written ({cause})");
    Error::new(ErrorKind::Output, Place::file(path), says)
}

/// Says that a list does not fit in a sheet, and what to do.
fn too_long(path: &str) -> Error {
    let says = message!(
        "en lista har fler rader än ett blad i Excel rymmer (1 048 575); ge systemet split_by = \"department\", eller dela \
         exporten på flera system",
        "a list has more rows than a sheet of Excel holds (1,048,575); give the system split_by = \"department\", or \
         divide the export between several systems"
    );
    Error::new(ErrorKind::Output, Place::file(path), says)
}
