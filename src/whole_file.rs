//! A file read whole, as it was at one moment: never waited for, never larger than a limit, and never half old and half
//! new.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

/// A file's bytes.
#[derive(Debug)]
pub struct WholeFile {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The file's own time, where the disk keeps one.
    pub modified: Option<SystemTime>,
}

/// Why a file could not be read whole.
#[derive(Debug)]
pub enum Unread {
    /// The operating system says why.
    Io(io::Error),
    /// A pipe or a device: it has no end, or nobody who writes.
    NoFile,
    /// It has so many bytes or more.
    TooLarge(u64),
    /// It was written to while it was read.
    Changed,
}

impl From<io::Error> for Unread {
    fn from(cause: io::Error) -> Self {
        Self::Io(cause)
    }
}

impl WholeFile {
    /// Reads a file of at most so many bytes.
    ///
    /// # Errors
    /// Why it could not be read whole.
    pub fn read(path: &Path, most: u64) -> Result<Self, Unread> {
        Self::read_while(path, most, || ())
    }

    /// The same, with something that happens before the file is looked at again.
    fn read_while(path: &Path, most: u64, meanwhile: impl FnOnce()) -> Result<Self, Unread> {
        // Looked at before it is opened: opening a pipe waits until somebody writes.
        refuse_what_is_no_file(&fs::metadata(path)?)?;
        let file = File::open(path)?;
        let before = file.metadata()?;
        refuse_what_is_no_file(&before)?;
        if before.len() > most {
            return Err(Unread::TooLarge(before.len()));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(before.len()).unwrap_or(0));
        (&file).take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        meanwhile();
        let after = file.metadata()?;
        let read = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if read > most {
            return Err(Unread::TooLarge(read));
        }
        let modified = before.modified().ok();
        if (read, modified) != (after.len(), after.modified().ok()) || read != before.len() {
            return Err(Unread::Changed);
        }
        Ok(Self { bytes, modified })
    }
}

fn refuse_what_is_no_file(metadata: &fs::Metadata) -> Result<(), Unread> {
    match (metadata.is_file(), metadata.is_dir()) {
        (true, _) => Ok(()),
        (_, true) => Err(Unread::Io(io::ErrorKind::IsADirectory.into())),
        _ => Err(Unread::NoFile),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn file(content: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(content.as_bytes()).unwrap();
        file
    }

    /// A file that is written to, cut or given other content of the same length while it is read is not taken.
    #[test]
    fn a_file_that_changes_is_not_taken() {
        let changes: [fn(&Path); 3] = [
            |path| File::options().append(true).open(path).unwrap().write_all(b"mer").unwrap(),
            |path| File::options().write(true).open(path).unwrap().set_len(1).unwrap(),
            |path| {
                let file = File::options().write(true).open(path).unwrap();
                file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
            },
        ];
        for change in changes {
            let file = file("Anst.nr;Namn\n");
            let read = WholeFile::read_while(file.path(), 100, || change(file.path()));
            assert!(matches!(read, Err(Unread::Changed)), "{read:?}");
        }
        assert_eq!(WholeFile::read(file("abc").path(), 3).unwrap().bytes, b"abc");
    }

    /// A file at the limit is read, one above it is not, nor is one without a length of its own.
    #[test]
    fn what_is_too_large_or_no_file_is_not_read() {
        assert!(matches!(WholeFile::read(file("abcd").path(), 3), Err(Unread::TooLarge(4))));
        assert!(matches!(WholeFile::read(&std::env::temp_dir(), 3), Err(Unread::Io(_))));
        #[cfg(unix)]
        assert!(matches!(WholeFile::read(Path::new("/dev/zero"), 3), Err(Unread::NoFile)));
    }
}
