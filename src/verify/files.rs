//! The files of the folder: the manifest under its own hash, each output under the manifest's, and nothing else.

use super::{Opened, Part};
use crate::error::{Error, ErrorKind, Place};
use crate::ingest::{hex, sha256_hex};
use crate::model::{Message, Text, counted, message};
use crate::runfolder::{MANIFEST, MANIFEST_HASH, Manifest, SCHEMA};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind as Io};
use std::path::{Component, Path};

/// What stands at a path.
pub enum Content {
    /// A file of this hash.
    Hash(String),
    /// Nothing.
    Nothing,
    /// Something that cannot be read, and why.
    Unreadable(Message),
}

/// The hash of a file, read a piece at a time. Never waits for what is no file.
pub fn content(path: &Path) -> Content {
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => return Content::Unreadable(no_file()),
        Ok(_) => {}
        Err(cause) if matches!(cause.kind(), Io::NotFound | Io::NotADirectory) => return Content::Nothing,
        Err(cause) => return Content::Unreadable(words(path, &cause)),
    }
    let hash = || -> io::Result<String> {
        let mut hash = Hashing(Sha256::new());
        io::copy(&mut File::open(path)?, &mut hash)?;
        Ok(hex(&hash.0.finalize()))
    };
    hash().map_or_else(|cause| Content::Unreadable(words(path, &cause)), Content::Hash)
}

/// A hash that is written to.
struct Hashing(Sha256);

impl io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn no_file() -> Message {
    message!("det är ingen vanlig fil", "it is no ordinary file")
}

fn words(path: &Path, cause: &io::Error) -> Message {
    *Error::io(ErrorKind::Unreadable, path, cause).says
}

/// The manifest against its own hash, and its content where it can be understood.
///
/// # Errors
/// A folder that is no run, or one written by a later version.
pub fn manifest(run: &Path) -> Result<(Part, Option<Manifest>), Error> {
    let mut part = Part::new(Text::new("Manifestet", "The manifest"), message!("1 fil", "1 file"));
    let read = |name: &str| match content(&run.join(name)) {
        Content::Hash(_) => fs::read(run.join(name)).map_err(|cause| words(run, &cause)),
        Content::Nothing => Err(message!("filen saknas", "the file is missing")),
        Content::Unreadable(why) => Err(why),
    };
    let (bytes, stated) = (read(MANIFEST), read(MANIFEST_HASH));
    if bytes.is_err() && stated.is_err() {
        return Err(no_run(run));
    }
    let mut deviates = |name: &str, why: Message| {
        let (sv, en) = why.both();
        part.deviations.push(message!("{name}: {sv}", "{name}: {en}"));
    };
    let stated = stated.map_err(|why| deviates(MANIFEST_HASH, why)).ok();
    let Ok(bytes) = bytes.map_err(|why| deviates(MANIFEST, why)) else { return Ok((part, None)) };
    let stated = stated.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    if stated.is_some_and(|stated| stated != format!("{}  {MANIFEST}\n", sha256_hex(&bytes))) {
        deviates(
            MANIFEST,
            message!("innehållet stämmer inte med {MANIFEST_HASH}", "it is not as {MANIFEST_HASH} says"),
        );
    }
    let manifest = understood(run, &bytes)?;
    if manifest.is_none() {
        let why = message!(
            "den kan inte tolkas, så resten av mappen kan inte prövas",
            "it cannot be understood, so the rest of the folder cannot be tried"
        );
        deviates(MANIFEST, why);
    }
    Ok((part, manifest))
}

/// What a manifest says, where it can be understood.
fn understood(run: &Path, bytes: &[u8]) -> Result<Option<Manifest>, Error> {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(bytes) else { return Ok(None) };
    match value.get("schema").and_then(serde_json::Value::as_u64) {
        Some(schema) if schema > u64::from(SCHEMA) => Err(later_version(run, schema)),
        _ => Ok(serde_json::from_value(value).ok()),
    }
}

fn no_run(run: &Path) -> Error {
    let says = message!("mappen är ingen körning", "the folder is no run");
    Error::new(ErrorKind::Unusable, Place::file(run.display().to_string()), says).way_out(message!(
        "Ange en körnings mapp, till exempel resultat/2025-11-30.",
        "Name the folder of a run, for instance resultat/2025-11-30."
    ))
}

fn later_version(run: &Path, schema: u64) -> Error {
    let says = message!(
        "körningen är skriven av en senare version av samkor (schema {schema})",
        "the run was written by a later version of samkor (schema {schema})"
    );
    Error::new(ErrorKind::Unusable, Place::file(run.display().to_string()), says).way_out(message!(
        "Kontrollera den med den versionen eller en senare.",
        "Verify it with that version or a later one."
    ))
}

/// Each output against the manifest.
pub fn outputs(run: &Opened<'_>) -> Part {
    let outputs = &run.manifest.outputs;
    let extent = counted(outputs.len(), ["fil", "filer"], ["file", "files"]);
    let mut part = Part::new(Text::new("Utdata", "Outputs"), extent);
    for output in outputs {
        let path = &output.path;
        let deviates = |why: Message| {
            let (sv, en) = why.both();
            message!("{path}: {sv}", "{path}: {en}")
        };
        let wrong = match inside(run.folder, path) {
            false => Some(message!("sökvägen leder ut ur mappen", "the path leads out of the folder")),
            true => wrong_with(&run.folder.join(path), &output.sha256),
        };
        part.deviations.extend(wrong.map(deviates));
    }
    part
}

/// Whether a path stays below a folder, over no link.
fn inside(folder: &Path, path: &str) -> bool {
    let path = Path::new(path);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    let is_link = |below: &Path| folder.join(below).symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
    plain && !path.ancestors().filter(|below| !below.as_os_str().is_empty()).any(is_link)
}

fn wrong_with(file: &Path, sha256: &str) -> Option<Message> {
    match content(file) {
        Content::Hash(hash) if hash == sha256 => None,
        Content::Hash(_) => Some(message!("innehållet är ändrat", "its content was changed")),
        Content::Nothing => Some(message!("filen saknas", "the file is missing")),
        Content::Unreadable(why) => Some(why),
    }
}

/// Nothing in the folder that the manifest does not list.
pub fn nothing_else(run: &Opened<'_>) -> Part {
    let mut listed: BTreeSet<&Path> = [MANIFEST, MANIFEST_HASH].map(Path::new).into();
    listed.extend(run.manifest.outputs.iter().map(|output| Path::new(&output.path)));
    let folders: BTreeSet<&Path> = listed.iter().flat_map(|path| path.ancestors().skip(1)).collect();
    let mut tried = 0usize;
    let mut found = Vec::new();
    let mut look = |below: &Path, is_folder: bool| {
        tried += 1;
        let known = if is_folder { folders.contains(below) } else { listed.contains(below) };
        if !known {
            let path = below.display();
            found.push(message!("{path}: står inte i manifestet", "{path}: is not in the manifest"));
        }
    };
    let walked = walk(run.folder, Path::new(""), &mut look);
    let extent = counted(tried, ["namn", "namn"], ["name", "names"]);
    let mut part = Part::new(Text::new("Inget annat i mappen", "Nothing else in the folder"), extent);
    if let Err(cause) = walked {
        part.deviations.push(words(run.folder, &cause));
    }
    found.sort_by(|a, b| a.sv.cmp(&b.sv));
    part.deviations.extend(found);
    part
}

/// Names everything below a folder, links not followed.
fn walk(folder: &Path, below: &Path, look: &mut impl FnMut(&Path, bool)) -> io::Result<()> {
    for entry in fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let path = below.join(entry.file_name());
        let is_folder = entry.file_type()?.is_dir();
        look(&path, is_folder);
        if is_folder {
            walk(folder, &path, look)?;
        }
    }
    Ok(())
}
