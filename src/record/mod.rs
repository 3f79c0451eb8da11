//! What was done, sealed and published: whole or not at all.
//!
//! Everything is first written to a staging folder beside the runs, under a lock, and synced to disk, as it is made:
//! an [`Outlet`] takes one workbook or one batch of lines at a time. The manifest comes last, then one rename makes
//! the run visible.

mod learned;
mod manifest;
mod outlet;
mod private;
mod staging;
mod temporary;
mod unfinished;

pub use learned::learned;
pub use manifest::Timing;
pub use outlet::{Outlet, Part};
pub use private::{create_anew, make_folders};
pub use staging::Staging;
pub use temporary::TemporaryFolder;
pub use unfinished::{Stopped, stop};

use crate::disclosure::{InputShown, ReturnedShown, RunFacts, Shown, Whole};
use crate::error::{Error, ErrorKind, Place};
use crate::model::message;
use crate::runfolder::{
    ANSWERS_DIGEST, LearnedLine, MANIFEST, MANIFEST_HASH, MEMORY, Memory, OutputLine, PreviousLine,
    RESTRICTED_ACCOUNTS, RESTRICTED_LINES, RunName, SAMPLE, SAMPLE_DIGEST, SUMMARY,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What the manifest says of a run.
pub struct Sealed<'a> {
    /// What every workbook says of it.
    pub run: &'a RunFacts,
    /// Every input.
    pub inputs: &'a [InputShown],
    /// The whole.
    pub whole: &'a Whole,
    /// Start and end.
    pub timing: Timing,
    /// What the command line changed.
    pub arguments: BTreeMap<String, Shown>,
    /// The returned workbooks that were read.
    pub answers: Vec<ReturnedShown>,
    /// The run before.
    pub previous: Option<PreviousLine>,
    /// What is carried to the next run.
    pub memory: Memory,
    /// What matching learned, by system.
    pub learned: BTreeMap<String, LearnedLine>,
}

/// Writes what is carried to the next run and the manifest, and publishes the run with the outputs that were written.
/// Returns the run folder.
///
/// # Errors
/// A file that cannot be written; nothing is published then.
pub fn seal(outlet: Outlet, mut outputs: Vec<OutputLine>, sealed: &Sealed<'_>) -> Result<PathBuf, Error> {
    outputs.push(outlet.write("memory", None, MEMORY, &json(&sealed.memory)?)?);
    if let Some(book) = &sealed.whole.restricted {
        let lines = [outlet.part("restricted", &book.lines, |line| Some(line.clone()))?];
        outputs.push(outlet.join("restricted", RESTRICTED_LINES, &lines)?);
        let accounts = [outlet.part("restricted-accounts", &book.account_lines, |line| Some(line.clone()))?];
        outputs.push(outlet.join("restricted", RESTRICTED_ACCOUNTS, &accounts)?);
    }
    let manifest = json(&manifest::manifest(sealed, outputs))?;
    let written = outlet.write("manifest", None, MANIFEST, &manifest)?;
    let hash = format!("{}  {MANIFEST}\n", written.sha256);
    outlet.write("manifest", None, MANIFEST_HASH, hash.as_bytes())?;
    outlet.publish()
}

/// What stands beside a run, never in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beside {
    /// What it is, in the folder's name.
    what: &'static str,
    /// Its workbook.
    pub book: &'static str,
    /// The file that tells whether it says anything new, and the workbook's hash.
    pub digest: &'static str,
}

impl Beside {
    /// The folders of the kind beside a run, in their order, whichever of them were taken away since.
    pub fn folders(self, output: &Path, run: RunName) -> impl Iterator<Item = PathBuf> {
        let before = staging::beside(run, self.what, "");
        let entries = fs::read_dir(output).into_iter().flatten().flatten();
        let number = |name: &str| name.strip_prefix(&before)?.parse().ok();
        let numbers: BTreeSet<u32> = entries.filter_map(|entry| number(entry.file_name().to_str()?)).collect();
        numbers.into_iter().map(move |number| output.join(staging::beside(run, self.what, number)))
    }
}

/// How far answers have come.
pub const ANSWERS: Beside = Beside { what: "svar", book: SUMMARY, digest: ANSWERS_DIGEST };
/// An auditor's sample.
pub const SAMPLES: Beside = Beside { what: "stickprov", book: SAMPLE, digest: SAMPLE_DIGEST };

/// Publishes a workbook beside a run, in a folder of its own, unless the newest such folder says the same. Returns the
/// folder, and whether it is new.
///
/// # Errors
/// A folder or file that cannot be written.
pub fn publish_beside(
    (output, run): (&Path, RunName),
    beside: Beside,
    digest: &str,
    book: impl FnOnce() -> Result<Vec<u8>, Error>,
) -> Result<(PathBuf, Publication), Error> {
    let newest = beside.folders(output, run).last();
    let says = |folder: &PathBuf| fs::read_to_string(folder.join(beside.digest));
    let known = newest.filter(|folder| says(folder).is_ok_and(|own| own.lines().next() == Some(digest)));
    if let Some(folder) = known {
        return Ok((folder, Publication::Unchanged));
    }
    let outlet = Outlet::new(Staging::beside(output, run, beside.what)?);
    let bytes = book()?;
    let book = outlet.write("summary", None, beside.book, &bytes)?;
    let sealed = format!("{digest}\n{}  {}\n", book.sha256, beside.book);
    outlet.write("digest", None, beside.digest, sealed.as_bytes())?;
    Ok((outlet.publish()?, Publication::New))
}

/// Whether something was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publication {
    /// It was.
    New,
    /// What was published before says the same.
    Unchanged,
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
