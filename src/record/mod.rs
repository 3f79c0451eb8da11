//! What was done, sealed and published: whole or not at all.
//!
//! Everything is first written to a staging folder beside the runs, under a lock, and synced to disk.
//! The manifest comes last, then one rename makes the run visible.

mod manifest;
mod staging;

pub use manifest::Timing;
pub use staging::Staging;

use crate::disclosure::Disclosed;
use crate::error::{Error, ErrorKind, Place};
use crate::history::Recalled;
use crate::ingest::sha256_hex;
use crate::model::message;
use crate::report::Made;
use crate::runfolder::{ACCOUNTS, FINDINGS, MANIFEST, MANIFEST_HASH, MEMORY, OutputLine, RESTRICTED_LINES};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What the manifest says beside what was disclosed.
pub struct Circumstances<'a> {
    /// Start and end.
    pub timing: Timing,
    /// What the command line changed.
    pub arguments: &'a BTreeMap<String, String>,
    /// Earlier runs.
    pub recalled: &'a Recalled,
    /// What matching learned, by system.
    pub learned: BTreeMap<String, crate::runfolder::LearnedLine>,
}

/// Writes everything and publishes the run. Returns the run folder.
///
/// # Errors
/// A file that cannot be written; nothing is published then.
pub fn publish(
    mut staging: Staging,
    disclosed: &Disclosed,
    books: Vec<Made>,
    circumstances: &Circumstances<'_>,
) -> Result<PathBuf, Error> {
    let mut outputs = Vec::new();
    for book in books {
        staging.write(&book.path, &book.bytes)?;
        outputs.push(output(book.kind, book.system, &book.path, &book.bytes));
    }
    let accounts = json_lines(&disclosed.account_lines)?;
    let findings = json_lines(&disclosed.finding_lines)?;
    let memory = json(&circumstances.recalled.memory)?;
    for (kind, path, bytes) in
        [("accounts", ACCOUNTS, accounts), ("findings", FINDINGS, findings), ("memory", MEMORY, memory)]
    {
        staging.write(path, &bytes)?;
        outputs.push(output(kind, None, path, &bytes));
    }
    if let Some(book) = &disclosed.restricted {
        let lines = json_lines(&book.lines)?;
        staging.write(RESTRICTED_LINES, &lines)?;
        outputs.push(output("restricted", None, RESTRICTED_LINES, &lines));
    }
    let manifest = json(&manifest::manifest(disclosed, outputs, circumstances))?;
    staging.write(MANIFEST, &manifest)?;
    let hash = format!("{}  {MANIFEST}\n", sha256_hex(&manifest));
    staging.write(MANIFEST_HASH, hash.as_bytes())?;
    staging.publish()
}

fn output(kind: &str, system: Option<String>, path: &str, bytes: &[u8]) -> OutputLine {
    OutputLine { kind: kind.to_owned(), system, path: path.to_owned(), sha256: sha256_hex(bytes) }
}

fn json_lines<T: Serialize>(lines: &[T]) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut bytes, line).map_err(not_json)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(not_json)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[allow(clippy::needless_pass_by_value)] // The shape `map_err` asks for.
fn not_json(cause: serde_json::Error) -> Error {
    let says = message!("resultatet kan inte skrivas ({cause})", "the result cannot be written ({cause})");
    Error::new(ErrorKind::Output, Place::default(), says)
}
