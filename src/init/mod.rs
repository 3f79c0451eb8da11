//! From a folder of exports to a configuration: each file told by what it holds, what is certain set, what is not written
//! beside it as a comment with its alternatives.
//!
//! Nothing is asked and nothing is overwritten. What is wrong in silence is worse than what is missing: where two files
//! could be one system or two, they stay two, and the other way is a comment.

mod commented;
mod day;
mod files;
mod list;
mod listed;
mod naming;
mod payroll;
mod plan;
mod product;
mod systems;
mod told;
mod writing;

use crate::error::{Error, ErrorKind, Place};
use crate::ingest::Marks;
use crate::model::{Language, message};
use chrono::NaiveDate;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The name of the configuration.
const CONFIGURATION: &str = "samkor.toml";

/// The name of the schema beside it, by which editors complete and check its keys.
const SCHEMA: &str = "samkor.schema.json";

/// The name of the list of systems, where one is to be written.
const LIST: &str = "systemforteckning.xlsx";

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Whether the list of systems is written too, where the folder holds none.
    pub inventory: bool,
    /// Language of what is told, and of the list.
    pub language: Language,
}

/// What came of a folder.
#[derive(Debug)]
pub struct Begun {
    /// What is printed.
    pub text: String,
    /// The configuration that was written.
    pub written: PathBuf,
    /// Whether a run can be made of it as it stands.
    pub is_ready: bool,
    /// Whom the files mark as protected: what is printed names none of them.
    pub(crate) marks: Marks,
}

/// Looks at every file of a folder and writes a configuration there, with the schema that its first line names, and the
/// list of systems where it is asked for.
///
/// # Errors
/// A folder that cannot be read, that holds no table, or that has a configuration already.
pub fn init(folder: &Path, schema: &str, today: NaiveDate, wish: Wish) -> Result<Begun, Error> {
    let target = folder.join(CONFIGURATION);
    if target.exists() {
        return Err(there_already(&target));
    }
    let found = files::find(folder)?;
    let looked = files::look(folder, found, today);
    let marks = files::marks(&looked);
    let mut plan = plan::Plan::of(looked, folder, today);
    if plan.is_empty() {
        return Err(nothing_found(folder));
    }
    // A list that the organisation has already is the one to go by.
    if wish.inventory && plan.inventory.is_none() {
        plan.list_systems(LIST);
        write_list(&folder.join(LIST), &plan, today, wish.language)?;
    }
    let text = writing::configuration(&plan, today);
    write_schema(&folder.join(SCHEMA), schema)?;
    write_new(&target, text.as_bytes())?;
    Ok(Begun { text: told::told(&plan, &target, wish), written: target, is_ready: plan.is_ready(), marks })
}

fn write_list(target: &Path, plan: &plan::Plan, today: NaiveDate, language: Language) -> Result<(), Error> {
    if target.exists() {
        return Err(there_already(target));
    }
    let rows = plan.inventory.as_ref().map_or(&[][..], |list| &list.rows);
    let bytes = list::workbook(rows, today, language).map_err(|cause| {
        let says = message!("arbetsboken kan inte skrivas ({cause})", "the workbook cannot be written ({cause})");
        Error::new(ErrorKind::Output, Place::file(target.display().to_string()), says)
    })?;
    write_new(target, &bytes)
}

/// The configuration names the schema, so it must be there; one that is there already may be the user's own.
fn write_schema(target: &Path, schema: &str) -> Result<(), Error> {
    if target.exists() { Ok(()) } else { write_new(target, format!("{schema}\n").as_bytes()) }
}

fn write_new(target: &Path, bytes: &[u8]) -> Result<(), Error> {
    let save = || File::create_new(target).and_then(|mut file| file.write_all(bytes));
    save().map_err(|cause| Error::io(ErrorKind::Output, target, &cause))
}

fn there_already(target: &Path) -> Error {
    let says = message!("filen finns redan och skrivs inte över", "the file exists already and is not written over");
    Error::new(ErrorKind::Output, Place::file(target.display().to_string()), says).way_out(message!(
        "Flytta eller byt namn på den först, om mappen ska gås igenom på nytt.",
        "Move or rename it first, if the folder is to be gone through anew."
    ))
}

fn nothing_found(folder: &Path) -> Error {
    let says = message!(
        "mappen innehåller ingen fil som kan läsas som personalregister, konton eller system",
        "the folder holds no file that can be read as payroll, accounts or systems"
    );
    Error::new(ErrorKind::Unusable, Place::file(folder.display().to_string()), says).way_out(message!(
        "Lägg exporterna där (CSV, XLSX, XLSB, XLS, ODS), eller se hur en fil läses: samkor inspect FIL",
        "Put the exports there (CSV, XLSX, XLSB, XLS, ODS), or see how a file is read: samkor inspect FILE"
    ))
}
