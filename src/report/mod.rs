//! What people read: the workbooks.
//!
//! A workbook is a list of sheets; a sheet is a value in a file of its own and one line in that list.
//! Texts stand in both languages where they are used. Nothing that came from a file is ever written as
//! a formula, and identifiers are written as text.

mod basis;
mod book;
mod cell;
mod owner;
mod page;
mod style;
mod summary;
mod table;

use crate::disclosure::Disclosed;
use crate::error::{Error, ErrorKind, Place};
use crate::model::message;
use crate::runfolder::{OWNERS, SUMMARY};
use rayon::prelude::*;
use rust_xlsxwriter::XlsxError;
use std::path::Path;

/// A workbook ready to be staged.
pub struct Made {
    /// `owner` or `summary`.
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
    let failed = |path: &str, cause: XlsxError| {
        let says = message!("arbetsboken kan inte skrivas ({cause})", "the workbook cannot be written ({cause})");
        Error::new(ErrorKind::Output, Place::file(path), says)
    };
    let owners = disclosed.owners.par_iter().map(|book| {
        let path = format!("{OWNERS}/{}.xlsx", book.system.id);
        let bytes = owner::make(book, &disclosed.run, scratch).map_err(|cause| failed(&path, cause))?;
        Ok(Made { kind: "owner", system: Some(book.system.id.clone()), path, bytes })
    });
    let mut made: Vec<Made> = owners.collect::<Result<_, Error>>()?;
    let bytes = summary::make(&disclosed.summary, &disclosed.run, scratch).map_err(|cause| failed(SUMMARY, cause))?;
    made.push(Made { kind: "summary", system: None, path: SUMMARY.to_owned(), bytes });
    Ok(made)
}
