//! The record of what was handed out: a file beside the run, one line a workbook.

use super::envelope::Envelope;
use super::{Via, place};
use crate::error::{Error, ErrorKind, Place};
use crate::model::message;
use crate::record::create_anew;
use crate::runfolder::RunFolder;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

/// One workbook handed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Path of the workbook inside the run.
    pub workbook: String,
    /// Its hash.
    pub sha256: String,
    /// `folder` or `eml`.
    pub via: String,
    /// To whom; `None` where nobody was stated.
    pub recipient: Option<String>,
    /// The folder or the draft that was written.
    pub written: String,
    /// When, UTC.
    pub on: String,
}

/// What is handed out of one run.
#[derive(Debug)]
pub struct Ledger {
    /// The file.
    pub path: PathBuf,
    entries: Vec<Entry>,
}

/// A recipient's workbooks that were handed out before, and what the record says of the latest.
type Before<'r> = Option<(Envelope<'r>, Entry)>;

impl Ledger {
    /// What the record beside a run says; nothing where there is none yet.
    ///
    /// # Errors
    /// A record that cannot be read or understood: it must not be taken for an empty one.
    pub fn of(run: &RunFolder) -> Result<Self, Error> {
        let path = run.path.with_file_name(format!("{}+utskick.jsonl", run.name));
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(cause) => return Err(Error::io(ErrorKind::Unreadable, &path, &cause)),
        };
        let lines = text.lines().zip(1usize..).filter(|(line, _)| !line.trim().is_empty());
        let entry = |(line, number)| serde_json::from_str(line).map_err(|_| not_understood(&path, number));
        let entries = lines.map(entry).collect::<Result<_, Error>>()?;
        Ok(Self { path, entries })
    }

    /// Parts what a recipient was given before from what is still to be given.
    pub fn divide<'r>(&self, envelope: &Envelope<'r>, via: Via) -> (Before<'r>, Option<Envelope<'r>>) {
        let (mut before, mut fresh) = (Vec::new(), Vec::new());
        let mut latest = None;
        for book in &envelope.books {
            let is_it = |entry: &&Entry| entry.sha256 == book.output.sha256 && entry.workbook == book.output.path;
            match self.entries.iter().filter(|entry| entry.via == via.code()).rfind(is_it) {
                Some(entry) => {
                    latest = Some(entry.clone());
                    before.push(book.clone());
                }
                None => fresh.push(book.clone()),
            }
        }
        let fresh = (!fresh.is_empty()).then(|| Envelope { books: fresh, ..envelope.clone() });
        (latest.map(|entry| (Envelope { books: before, ..envelope.clone() }, entry)), fresh)
    }

    /// Notes what was handed out, on disk before anything else is written.
    ///
    /// # Errors
    /// A record that cannot be written.
    pub fn note(&mut self, envelope: &Envelope<'_>, via: Via, to: &Path, now: DateTime<Utc>) -> Result<(), Error> {
        let entry = |output: &crate::runfolder::OutputLine| Entry {
            workbook: output.path.clone(),
            sha256: output.sha256.clone(),
            via: via.code().to_owned(),
            recipient: envelope.name.map(ToOwned::to_owned),
            written: to.display().to_string(),
            on: now.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        };
        self.entries.extend(envelope.books.iter().map(|book| entry(book.output)));
        let lines = self.entries.iter().filter_map(|entry| serde_json::to_string(entry).ok());
        let text: String = lines.map(|line| line + "\n").collect();
        let temporary = self.path.with_extension("jsonl.ny");
        let save = || {
            let mut file = create_anew(&temporary)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&temporary, &self.path)
        };
        save().map_err(|cause| place::cannot_write(&self.path, &cause))
    }
}

fn not_understood(path: &Path, line: usize) -> Error {
    let says = message!(
        "förteckningen över vad som delats ut kan inte tolkas",
        "the record of what was delivered cannot be understood"
    );
    Error::new(ErrorKind::Unusable, Place::line(path.display().to_string(), line), says).way_out(message!(
        "Rätta raden. Ta bort filen om allt ska delas ut på nytt.",
        "Correct the line. Remove the file if everything is to be delivered anew."
    ))
}
