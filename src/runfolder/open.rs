//! A run folder opened again: its manifest, and the lines of its data files.
//!
//! Nothing of it is trusted unseen: a file whose hash is not the manifest's is damaged, and says so.

use super::{Counts, MANIFEST, MANIFEST_HASH, Manifest, RunName};
use crate::error::{Error, ErrorKind, Place};
use crate::ingest::sha256_hex;
use crate::model::{Message, message};
use crate::whole_file::WholeFile;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::io::ErrorKind as Io;
use std::path::{Path, PathBuf};

/// The newest shape of `manifest.json` that is understood.
pub const SCHEMA: u32 = 1;

/// A run that was published.
#[derive(Clone, Debug)]
pub struct RunFolder {
    /// Where it is.
    pub path: PathBuf,
    /// Its name.
    pub name: RunName,
    /// What it says of itself.
    pub manifest: Manifest,
    /// The hash of its manifest.
    pub sha256: String,
}

impl RunFolder {
    /// Opens a run.
    ///
    /// # Errors
    /// A folder that is no run, or one that is damaged or of a later version.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let (name, manifest, sha256) = manifest_of(path)?;
        Ok(Self { path: path.to_owned(), name, manifest, sha256 })
    }

    /// The content of one of its outputs, or `None` where the run wrote none of that name.
    ///
    /// # Errors
    /// An output that is not there any more, or was changed.
    pub fn output(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(output) = self.manifest.outputs.iter().find(|output| output.path == path) else { return Ok(None) };
        let file = self.path.join(path);
        let bytes = read(&file)?;
        if sha256_hex(&bytes) != output.sha256 {
            return Err(damaged(&file, &message!("innehållet är ändrat", "its content was changed")));
        }
        Ok(Some(bytes))
    }

    /// One of its data files as one value; `None` where the run wrote no such file.
    ///
    /// # Errors
    /// A file that is not there any more, was changed, or cannot be understood.
    pub fn value<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>, Error> {
        let Some(bytes) = self.output(path)? else { return Ok(None) };
        serde_json::from_slice(&bytes).map(Some).map_err(|cause| not_json(&self.path.join(path), &cause))
    }

    /// The lines of one of its data files; none where the run wrote no such file.
    ///
    /// # Errors
    /// A file that is not there any more, was changed, or holds a line that cannot be understood.
    pub fn lines<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, Error> {
        let Some(bytes) = self.output(path)? else { return Ok(Vec::new()) };
        let file = self.path.join(path);
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        lines.map(|line| serde_json::from_slice(line).map_err(|cause| not_json(&file, &cause))).collect()
    }
}

/// What the runs before the last one are asked: how much they counted, and which systems they read. It is read without the
/// rest of the manifest, since there may be many.
#[derive(Clone, Debug, Deserialize)]
pub struct Outline {
    /// What the run counted.
    pub counts: Counts,
    inputs: Vec<InputOutline>,
}

#[derive(Clone, Debug, Deserialize)]
struct InputOutline {
    role: String,
    system: Option<String>,
    sha256: Option<String>,
}

impl Outline {
    /// Of a run, which must be as it was sealed.
    ///
    /// # Errors
    /// A folder that is no run, or one that is damaged or of a later version.
    pub fn of(path: &Path) -> Result<Self, Error> {
        manifest_of(path).map(|(_, outline, _)| outline)
    }

    /// Systems whose export the run has read.
    pub fn systems(&self) -> impl Iterator<Item = &String> {
        let read = self.inputs.iter().filter(|input| input.role == ACCOUNTS_ROLE && input.sha256.is_some());
        read.filter_map(|input| input.system.as_ref())
    }
}

/// The role of a system's export among the inputs.
const ACCOUNTS_ROLE: &str = "accounts";

/// The manifest of a run, as much of it as is asked for, with the run's name and the manifest's hash.
fn manifest_of<T: DeserializeOwned>(path: &Path) -> Result<(RunName, T, String), Error> {
    #[derive(Deserialize)]
    struct Shape {
        schema: Option<u64>,
    }
    let name = path.file_name().and_then(|name| name.to_str()).and_then(RunName::of_folder);
    let name = name.ok_or_else(|| no_run(path))?;
    let file = path.join(MANIFEST);
    let bytes = read(&file)?;
    let sha256 = sha256_hex(&bytes);
    let sealed = String::from_utf8_lossy(&read(&path.join(MANIFEST_HASH))?).into_owned();
    if sealed.split_whitespace().next() != Some(&sha256) {
        return Err(damaged(&file, &message!("innehållet är ändrat", "its content was changed")));
    }
    let shape: Shape = serde_json::from_slice(&bytes).map_err(|cause| not_json(&file, &cause))?;
    match shape.schema {
        Some(schema) if schema <= u64::from(SCHEMA) => {}
        Some(schema) => return Err(later_version(&file, schema)),
        None => return Err(damaged(&file, &message!("schema saknas", "it has no schema"))),
    }
    let manifest = serde_json::from_slice(&bytes).map_err(|cause| not_json(&file, &cause))?;
    Ok((name, manifest, sha256))
}

/// The runs of an output folder, the oldest first; other folders are passed over.
///
/// # Errors
/// A folder that cannot be listed. One that is not there yet holds no runs.
pub fn runs_in(output: &Path) -> Result<Vec<(RunName, PathBuf)>, Error> {
    let entries = match fs::read_dir(output) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == Io::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(unreadable(output, &cause)),
    };
    let mut runs = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|cause| unreadable(output, &cause))?;
        if let Some(name) = entry.file_name().to_str().and_then(RunName::of_folder) {
            runs.push((name, entry.path()));
        }
    }
    runs.sort();
    Ok(runs)
}

fn read(file: &Path) -> Result<Vec<u8>, Error> {
    let read = WholeFile::read(file, u64::MAX);
    read.map(|read| read.bytes).map_err(|cause| with_way_out(Error::unread(ErrorKind::Unreadable, file, &cause)))
}

fn unreadable(file: &Path, cause: &std::io::Error) -> Error {
    with_way_out(Error::io(ErrorKind::Unreadable, file, cause))
}

fn no_run(path: &Path) -> Error {
    let says = message!("mappen är ingen körning", "the folder is no run");
    Error::new(ErrorKind::Unusable, Place::file(path.display().to_string()), says).way_out(message!(
        "Ange en körnings mapp, till exempel resultat/2025-11-30.",
        "Name the folder of a run, for instance resultat/2025-11-30."
    ))
}

/// The parser's own words are English, and of no help: what is not as it was written has been changed or cut off.
fn not_json(file: &Path, cause: &serde_json::Error) -> Error {
    let line = cause.line();
    damaged(
        file,
        &message!(
            "den är inte som samkor skrev den, från rad {line}",
            "it is not as samkor wrote it, from line {line}"
        ),
    )
}

fn damaged(file: &Path, why: &Message) -> Error {
    let (sv, en) = (&why.sv, &why.en);
    let says = message!("den förra körningen är skadad: {sv}", "the earlier run is damaged: {en}");
    with_way_out(Error::new(ErrorKind::Unusable, Place::file(file.display().to_string()), says))
}

fn later_version(file: &Path, schema: u64) -> Error {
    let says = message!(
        "körningen är skriven av en senare version av samkor (schema {schema})",
        "the run was written by a later version of samkor (schema {schema})"
    );
    with_way_out(Error::new(ErrorKind::Unusable, Place::file(file.display().to_string()), says))
}

fn with_way_out(error: Error) -> Error {
    error.way_out(message!(
        "Återställ mappen från säkerhetskopia, eller börja om utan uppföljning: previous = \"none\" under [followup].",
        "Restore the folder from a backup, or start afresh without follow-up: previous = \"none\" under [followup]."
    ))
}
