//! A published run handed out: a copy of each workbook in a folder of its recipient, or a draft message to each.
//!
//! Everything comes from the run folder, whose manifest says whom each workbook is for; what is handed out is what was
//! sealed. The workbook of the post that handles protected persons is handed out by nobody but that post.

mod draft;
mod envelope;
mod ledger;
mod place;
mod told;

use crate::error::{Error, ErrorKind, Place};
use crate::model::{Language, message};
use crate::runfolder::{LetterheadLine, RunFolder};
use chrono::{DateTime, Utc};
use envelope::Envelope;
use ledger::{Entry, Ledger};
use std::path::{Path, PathBuf};

/// How workbooks reach their recipients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Via {
    /// A copy in a folder of each recipient.
    #[default]
    Folder,
    /// A draft message to each recipient, with the workbooks attached.
    Eml,
}

impl Via {
    /// The word on the command line and in the record.
    pub fn code(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Eml => "eml",
        }
    }
}

/// What was handed out.
#[derive(Debug)]
pub struct Delivered {
    /// What is printed.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// Workbooks that somebody must see to: no recipient is stated.
    pub unaddressed: usize,
}

/// What one recipient gets, and when.
struct Outcome<'r> {
    envelope: Envelope<'r>,
    state: State,
}

/// Whether something was written.
enum State {
    /// It was, here.
    Written(PathBuf),
    /// It was before: this is what the record says of it.
    Before(Entry),
}

/// Hands a run out into a folder, beside the run where none is named. What the record beside the run says is handed out
/// already is told and not written anew.
///
/// # Errors
/// A run that is damaged or does not say whom its workbooks are for, or a folder that cannot be written.
pub fn deliver(run: &RunFolder, via: Via, to: Option<&Path>, now: DateTime<Utc>) -> Result<Delivered, Error> {
    let Some(head) = &run.manifest.letterhead else { return Err(without_letters(run)) };
    let folder = to.map_or_else(|| place::beside(run), Path::to_owned);
    place::refuse_inside(run, &folder)?;
    let mut ledger = Ledger::of(run)?;
    let mut outcomes = Vec::new();
    for envelope in envelope::all(run) {
        let (before, fresh) = ledger.divide(&envelope, via);
        outcomes.extend(before.map(|(envelope, entry)| Outcome { envelope, state: State::Before(entry) }));
        let Some(envelope) = fresh else { continue };
        let written = match via {
            Via::Folder => copy(run, &envelope, &folder)?,
            Via::Eml => write_draft(run, head, &envelope, &folder, now)?,
        };
        ledger.note(&envelope, via, &written, now)?;
        outcomes.push(Outcome { envelope, state: State::Written(written) });
    }
    let language = Language::from_code(&head.language).unwrap_or_default();
    let unaddressed = outcomes.iter().filter(|own| own.envelope.name.is_none()).map(|own| own.envelope.books.len());
    Ok(Delivered {
        text: told::told(&outcomes, via, &folder, &ledger, language),
        language,
        unaddressed: unaddressed.sum(),
    })
}

/// Copies the workbooks of one recipient. Returns the recipient's folder.
fn copy(run: &RunFolder, envelope: &Envelope<'_>, folder: &Path) -> Result<PathBuf, Error> {
    let own = folder.join(&envelope.slug);
    for book in &envelope.books {
        place::write(&own.join(&book.file), &book.bytes(run)?)?;
    }
    Ok(own)
}

/// Writes the draft to one recipient. Returns its file.
fn write_draft(
    run: &RunFolder,
    head: &LetterheadLine,
    envelope: &Envelope<'_>,
    folder: &Path,
    now: DateTime<Utc>,
) -> Result<PathBuf, Error> {
    let file = folder.join(format!("{}-{}.eml", envelope.slug, run.name));
    place::write(&file, &draft::message(run, head, envelope, now)?)?;
    Ok(file)
}

fn without_letters(run: &RunFolder) -> Error {
    let says = message!(
        "körningen säger inte vem varje arbetsbok är till; den är skriven av en tidigare version av samkor",
        "the run does not say whom each workbook is for; it was written by an earlier version of samkor"
    );
    Error::new(ErrorKind::Unusable, Place::file(run.path.display().to_string()), says).way_out(message!(
        "Kör samkor run igen och dela ut den nya körningen.",
        "Run samkor run again and deliver the new run."
    ))
}
