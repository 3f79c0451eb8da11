//! Where copies and drafts are written: beside the run or in a folder that was named, over nothing that is there.

use crate::error::{Error, ErrorKind, Place};
use crate::model::{Message, message};
use crate::record::make_folders;
use crate::runfolder::RunFolder;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder beside a run: `2026-11-30+utskick`.
pub fn beside(run: &RunFolder) -> PathBuf {
    run.path.with_file_name(format!("{}+utskick", run.name))
}

/// Refuses a folder inside the run, whose content is sealed.
///
/// # Errors
/// A folder in the run.
pub fn refuse_inside(run: &RunFolder, folder: &Path) -> Result<(), Error> {
    if !resolved(folder).starts_with(resolved(&run.path)) {
        return Ok(());
    }
    let says = message!("mappen ligger i körningen, som är förseglad", "the folder lies in the run, which is sealed");
    Err(Error::new(ErrorKind::Output, Place::file(folder.display().to_string()), says)
        .way_out(message!("Ange en mapp utanför körningen med --to.", "Name a folder outside the run with --to.")))
}

/// A path without links, as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let existing = whole.ancestors().find_map(|own| Some((own, fs::canonicalize(own).ok()?)));
    match existing {
        Some((own, real)) => whole.strip_prefix(own).map_or_else(|_| real.clone(), |rest| real.join(rest)),
        None => whole,
    }
}

/// Writes a file whole or not at all. One of the same content may be there already, when a delivery was interrupted
/// before it was noted; any other is left as it is.
///
/// A folder that is made is its owner's alone. A file takes the rights of its folder, which is how a recipient's own
/// folder on a shared drive lets its recipient in.
///
/// # Errors
/// A file that is there already, or cannot be written.
pub fn write(file: &Path, bytes: &[u8]) -> Result<(), Error> {
    match fs::read(file) {
        Ok(there) if there == bytes => return Ok(()),
        Ok(_) => return Err(taken(file)),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
        Err(cause) => return Err(cannot_write(file, &cause)),
    }
    let save = || {
        if let Some(folder) = file.parent().filter(|folder| !folder.exists()) {
            make_folders(folder)?;
        }
        let temporary = file.with_extension("part");
        let mut handle = File::create(&temporary)?;
        handle.write_all(bytes)?;
        handle.sync_all()?;
        fs::rename(&temporary, file)
    };
    save().map_err(|cause| cannot_write(file, &cause))
}

fn taken(file: &Path) -> Error {
    let says = message!("filen finns redan, med annat innehåll", "the file exists already, with other content");
    Error::new(ErrorKind::Output, Place::file(file.display().to_string()), says).way_out(message!(
        "Flytta den, eller ange en annan mapp med --to. Inget skrivs över.",
        "Move it, or name another folder with --to. Nothing is written over."
    ))
}

/// A file that cannot be written, and what to do.
pub fn cannot_write(file: &Path, cause: &io::Error) -> Error {
    let mut error = Error::io(ErrorKind::Output, file, cause);
    let (sv, en) = (error.says.sv.clone(), error.says.en.clone());
    *error.says = Message { sv: format!("kan inte skrivas: {sv}"), en: format!("cannot be written: {en}") };
    error.way_out(message!(
        "Ange en mapp som går att skriva i med --to.",
        "Name a folder that can be written with --to."
    ))
}
