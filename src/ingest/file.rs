//! A file read once: the bytes that are hashed are the bytes that are parsed.

use crate::config::InputFile;
use crate::error::{Error, ErrorKind, Place};
use crate::model::message;
use crate::whole_file::{Unread, WholeFile};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

/// A file's bytes and what the disk says of it.
pub struct FileBytes {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// The file's own time, UTC.
    pub modified: Option<String>,
}

/// SHA-256 in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// A hash in hexadecimal.
pub fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a whole input file.
///
/// # Errors
/// A file that is missing, unreadable, a temporary file of Excel's, too large, or changed while it is read.
pub fn read(input: &InputFile, max_bytes: u64) -> Result<FileBytes, Error> {
    if is_lock_file(input) {
        return Err(lock_file(input));
    }
    let read = WholeFile::read(&input.path, max_bytes).map_err(|cause| unread(input, &cause, max_bytes))?;
    let time = |time| DateTime::<Utc>::from(time).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    Ok(FileBytes { sha256: sha256_hex(&read.bytes), bytes: read.bytes, modified: read.modified.map(time) })
}

fn unread(input: &InputFile, cause: &Unread, max_bytes: u64) -> Error {
    if let Unread::TooLarge(size) = cause {
        return too_large(input, *size, max_bytes);
    }
    let mut error = Error::unread(ErrorKind::Unreadable, &input.path, cause);
    *error.place = Place::file(input.shown.clone());
    match cause {
        Unread::Io(_) => error.way_out(look_here(input)),
        Unread::NoFile | Unread::TooLarge(_) | Unread::Changed => error,
    }
}

fn look_here(input: &InputFile) -> crate::model::Message {
    let path = input.path.display();
    message!(
        "Sökvägen räknas från konfigurationens mapp: {path}",
        "The path is relative to the configuration's folder: {path}"
    )
}

/// `~$lista.xlsx` is what Excel leaves beside an open file.
fn is_lock_file(input: &InputFile) -> bool {
    let name = input.path.file_name().map(|name| name.to_string_lossy().into_owned());
    name.is_some_and(|name| name.starts_with("~$"))
}

fn lock_file(input: &InputFile) -> Error {
    let says =
        message!("filen är Excels låsfil för en öppen arbetsbok", "the file is Excel's lock file for an open workbook");
    Error::new(ErrorKind::Unusable, Place::file(input.shown.clone()), says).way_out(message!(
        "Ange själva arbetsboken, utan ~$ först i namnet.",
        "Name the workbook itself, without ~$ before its name."
    ))
}

fn too_large(input: &InputFile, size: u64, max: u64) -> Error {
    let (size, max) = (size / 1024 / 1024, max / 1024 / 1024);
    let says = message!(
        "filen är {size} MB, mer än gränsen {max} MB",
        "the file is {size} MB, more than the limit of {max} MB"
    );
    Error::new(ErrorKind::Unusable, Place::file(input.shown.clone()), says).way_out(message!(
        "Höj gränsen: [limits] max_file_mb = {size}",
        "Raise the limit: [limits] max_file_mb = {size}"
    ))
}
