//! What people read: the workbooks.
//!
//! A workbook is a list of sheets; a sheet is a value in a file of its own and one line in that list.
//! Texts stand in both languages where they are used. Nothing that came from a file is ever written as
//! a formula, and identifiers are written as text.

mod basis;
mod book;
mod cell;
mod listing;
mod owner;
mod page;
mod people;
mod personnel;
mod restricted;
mod style;
mod summary;
mod table;

use crate::disclosure::{Disclosed, OwnerBook};
use crate::error::{Error, ErrorKind, Place};
use crate::model::message;
use crate::runfolder::{COMMITTEES, OWNERS, PERSONNEL, RESTRICTED, SUMMARY};
use rayon::prelude::*;
use rust_xlsxwriter::XlsxError;
use std::path::Path;

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
}

/// Makes every workbook, one thread each. `scratch` is where parts are kept while they are written.
///
/// # Errors
/// A workbook that cannot be made.
pub fn make(disclosed: &Disclosed, scratch: &Path) -> Result<Vec<Made>, Error> {
    let run = &disclosed.run;
    let owners = disclosed.owners.par_iter().map(|book| {
        let path = owner_path(book);
        let bytes = owner::make(book, run, scratch).map_err(|cause| failed(&path, &cause))?;
        Ok(Made { kind: "owner", system: Some(book.system.id.clone()), path, bytes })
    });
    let mut made: Vec<Made> = owners.collect::<Result<_, Error>>()?;
    let committees = disclosed.committees.par_iter().map(|(slug, book)| {
        let path = format!("{COMMITTEES}/{slug}.xlsx");
        let bytes = summary::make(book, run, scratch).map_err(|cause| failed(&path, &cause))?;
        Ok(Made { kind: "committee", system: None, path, bytes })
    });
    made.extend(committees.collect::<Result<Vec<_>, Error>>()?);
    let whole = |kind, path: &str, bytes: Result<Vec<u8>, XlsxError>| {
        let bytes = bytes.map_err(|cause| failed(path, &cause))?;
        Ok(Made { kind, system: None, path: path.to_owned(), bytes })
    };
    made.push(whole("summary", SUMMARY, summary::make(&disclosed.summary, run, scratch))?);
    made.push(whole("personnel", PERSONNEL, personnel::make(&disclosed.personnel, run, scratch))?);
    if let Some(book) = &disclosed.restricted {
        made.push(whole("restricted", RESTRICTED, restricted::make(book, run, scratch))?);
    }
    Ok(made)
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
    let says = message!("arbetsboken kan inte skrivas ({cause})", "the workbook cannot be written ({cause})");
    Error::new(ErrorKind::Output, Place::file(path), says)
}
