//! A folder for what is made only to be looked at: nobody else's, and gone when it is dropped.

use super::unfinished::{self, Unfinished};
use crate::error::Error;
use crate::model::message;
use std::fs;
use std::io::ErrorKind as Io;
use std::path::{Path, PathBuf};

/// Names tried before giving up.
const TRIES: u32 = 1000;

/// A folder that is removed with all that is in it.
pub struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    /// Makes one in a folder. One that is already there is never taken over: others may write there too.
    ///
    /// # Errors
    /// A folder in which none can be made.
    pub fn new(within: &Path) -> Result<Self, Error> {
        let process = std::process::id();
        let names = (0..TRIES).map(|number| within.join(format!("samkor-{process}-{number}")));
        let mut last = std::io::Error::from(Io::AlreadyExists);
        for path in names {
            match unfinished::begin(Unfinished { folder: path.clone(), made: None }) {
                Ok(()) => return Ok(Self(path)),
                Err(cause) if cause.kind() == Io::AlreadyExists => last = cause,
                Err(cause) => return Err(cannot_make(within, &cause)),
            }
        }
        Err(cannot_make(within, &last))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

fn cannot_make(within: &Path, cause: &std::io::Error) -> Error {
    Error::cannot_write(within, cause).way_out(message!(
        "Där läggs tillfälliga filer. Ange en annan mapp med miljövariabeln TMPDIR (TMP i Windows).",
        "Temporary files are put there. Name another folder with the environment variable TMPDIR (TMP on Windows)."
    ))
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        unfinished::end(&self.0);
        if fs::remove_dir_all(&self.0).is_err() {
            log::warn!("a temporary folder cannot be removed");
        }
    }
}
