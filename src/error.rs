//! What could not be done: said once, with the place and the way out.
//!
//! A bad row is data and never comes here (see [`crate::ingest`]). An [`Error`] stops the run, or
//! one system of it; it always says which file it is about and what a person can do.

use crate::model::{Language, Message, message};
use crate::whole_file::Unread;
use std::path::Path;

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The configuration cannot be used as it stands.
    Configuration,
    /// A file is not there or may not be read.
    Unreadable,
    /// A file was read, but is not what it should be.
    Unusable,
    /// What was read is too little to review; `--accept-incomplete` overrides it.
    Incomplete,
    /// The result could not be written.
    Output,
}

/// Where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file, as the user named it.
    pub file: String,
    /// Line of a text file or row of a sheet, from 1.
    pub line: Option<usize>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, sheet: None }
    }

    /// A line of a file.
    pub fn line(file: impl Into<String>, line: usize) -> Self {
        Self { file: file.into(), line: Some(line), sheet: None }
    }
}

/// One thing that could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Its kind.
    pub kind: ErrorKind,
    /// Its place.
    pub place: Box<Place>,
    /// What is wrong.
    pub says: Box<Message>,
    /// What to do about it.
    pub way_out: Option<Box<Message>>,
}

impl Error {
    /// An error without a way out yet; add one with [`Error::way_out`].
    pub fn new(kind: ErrorKind, place: Place, says: Message) -> Self {
        Self { kind, place: Box::new(place), says: Box::new(says), way_out: None }
    }

    /// Adds what to do.
    #[must_use]
    pub fn way_out(mut self, way_out: Message) -> Self {
        self.way_out = Some(Box::new(way_out));
        self
    }

    /// A failing read or write of a file, with the operating system's own words.
    pub fn io(kind: ErrorKind, file: &Path, cause: &std::io::Error) -> Self {
        let words = os_words(cause);
        let (sv, en) = (&words.sv, &words.en);
        Self::new(kind, Place::file(file.display().to_string()), message!("{sv}", "{en}"))
    }

    /// A file that could not be read whole.
    pub fn unread(kind: ErrorKind, file: &Path, cause: &Unread) -> Self {
        let says = match cause {
            Unread::Io(cause) => return Self::io(kind, file, cause),
            Unread::NoFile => {
                message!("det är en pipe eller en enhet, inte en fil", "this is a pipe or a device, not a file")
            }
            Unread::TooLarge(size) => {
                message!("filen är för stor ({size} byte)", "the file is too large ({size} bytes)")
            }
            Unread::Changed => message!("filen ändrades medan den lästes", "the file was changed while it was read"),
        };
        let error = Self::new(kind, Place::file(file.display().to_string()), says);
        match cause {
            Unread::NoFile => error.way_out(message!(
                "Spara innehållet i en fil och ange den.",
                "Save the content in a file and name that."
            )),
            Unread::Changed => error.way_out(message!(
                "Vänta tills den är färdigskriven och kör igen.",
                "Wait until it is written and run again."
            )),
            Unread::Io(_) | Unread::TooLarge(_) => error,
        }
    }

    /// An output that cannot be written, and what to do.
    pub fn cannot_write(path: &Path, cause: &std::io::Error) -> Self {
        use std::io::ErrorKind as Io;
        let mut error = Self::io(ErrorKind::Output, path, cause);
        let (sv, en) = match cause.kind() {
            // What is to be written is not there yet; what is gone is the folder it was to stand in.
            Io::NotFound => ("mappen finns inte".to_owned(), "the folder does not exist".to_owned()),
            _ => (error.says.sv.clone(), error.says.en.clone()),
        };
        *error.says = message!("kan inte skrivas: {sv}", "cannot be written: {en}");
        error.way_out(match cause.kind() {
            Io::StorageFull | Io::QuotaExceeded | Io::FileTooLarge => message!(
                "Frigör utrymme, eller ange en mapp på en annan disk: output under [review], eller --output MAPP.",
                "Make room, or name a folder on another disk: output under [review], or --output DIR."
            ),
            _ => message!(
                "Ange en mapp som går att skriva i: output under [review], eller --output MAPP.",
                "Name a folder that can be written: output under [review], or --output DIR."
            ),
        })
    }

    /// What is wrong and what to do about it, in one sentence after the other: for a list that names the file itself.
    pub fn says_and_way_out(&self) -> Message {
        let Some(way_out) = &self.way_out else { return (*self.says).clone() };
        let says = &self.says;
        let in_one = |says: &str, way_out: &str| format!("{says}. {}", way_out.trim_end_matches('.'));
        Message { sv: in_one(&says.sv, &way_out.sv), en: in_one(&says.en, &way_out.en) }
    }

    /// The error as it is printed: `file:line: what is wrong`, then the way out on its own line.
    pub fn show(&self, language: Language) -> String {
        let mut shown = self.place.file.clone();
        if let Some(line) = self.place.line {
            shown.push_str(&format!(":{line}"));
        }
        if let Some(sheet) = &self.place.sheet {
            shown.push_str(&match language {
                Language::Sv => format!(", bladet \"{sheet}\""),
                Language::En => format!(", sheet \"{sheet}\""),
            });
        }
        if !shown.is_empty() {
            shown.push_str(": ");
        }
        shown.push_str(self.says.get(language));
        if let Some(way_out) = &self.way_out {
            for line in way_out.get(language).lines() {
                shown.push_str("\n    ");
                shown.push_str(line);
            }
        }
        shown
    }
}

/// The commonest failures of the operating system in plain words.
pub fn os_words(cause: &std::io::Error) -> Message {
    use std::io::ErrorKind as Io;
    if is_in_use(cause) {
        return message!(
            "filen är öppen i ett annat program, till exempel Excel; stäng den där",
            "the file is open in another program, such as Excel; close it there"
        );
    }
    if is_endless(cause) {
        return message!("länken leder i en ring", "the link leads in a ring");
    }
    match cause.kind() {
        Io::NotFound => message!("filen finns inte", "the file does not exist"),
        Io::PermissionDenied => message!("åtkomst nekas", "permission denied"),
        Io::IsADirectory => message!("det är en mapp, inte en fil", "this is a folder, not a file"),
        Io::Interrupted => message!("körningen avbröts", "the run was stopped"),
        Io::StorageFull => message!("disken är full", "the disk is full"),
        Io::QuotaExceeded => message!("det tilldelade utrymmet är slut", "the quota is used up"),
        Io::FileTooLarge => message!("filen får inte bli så stor", "the file may not be so large"),
        Io::AlreadyExists => {
            message!("det finns redan något med det namnet", "there is something of that name already")
        }
        Io::NotADirectory => message!("en del av sökvägen är ingen mapp", "a part of the path is no folder"),
        Io::InvalidFilename => {
            message!("namnet är för långt eller inte tillåtet", "the name is too long or not allowed")
        }
        Io::TimedOut | Io::HostUnreachable | Io::NetworkUnreachable | Io::NetworkDown | Io::StaleNetworkFileHandle => {
            message!("nätverksdisken svarar inte", "the network drive does not answer")
        }
        Io::ReadOnlyFilesystem => message!("disken är skrivskyddad", "the disk is read-only"),
        // Its words are the system's, in its language.
        _ => message!("operativsystemet svarar: {cause}", "the operating system says: {cause}"),
    }
}

/// Whether links lead to each other.
#[cfg(unix)]
fn is_endless(cause: &std::io::Error) -> bool {
    cause.raw_os_error() == Some(libc::ELOOP)
}

/// Elsewhere it is told in the system's words.
#[cfg(not(unix))]
fn is_endless(_: &std::io::Error) -> bool {
    false
}

/// Whether another program keeps the file to itself, by Windows' two codes for it.
#[cfg(windows)]
pub fn is_in_use(cause: &std::io::Error) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    const LOCK_VIOLATION: i32 = 33;
    matches!(cause.raw_os_error(), Some(SHARING_VIOLATION | LOCK_VIOLATION))
}

/// Elsewhere an open file can be read.
#[cfg(not(windows))]
fn is_in_use(_: &std::io::Error) -> bool {
    false
}

/// Everything that is wrong, at once: a configuration is corrected in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errors(Vec<Error>);

impl Errors {
    /// Errors in the order of their places.
    pub fn new(errors: Vec<Error>) -> Self {
        Self(errors)
    }

    /// Each error.
    pub fn iter(&self) -> impl Iterator<Item = &Error> {
        self.0.iter()
    }

    /// All of them as they are printed.
    pub fn show(&self, language: Language) -> String {
        let shown: Vec<String> = self.0.iter().map(|error| error.show(language)).collect();
        shown.join("\n")
    }
}

impl From<Error> for Errors {
    fn from(error: Error) -> Self {
        Self(vec![error])
    }
}
