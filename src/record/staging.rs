//! The folder a run is built in, and the lock that keeps two runs apart.

use crate::error::{Error, ErrorKind, Place};
use crate::model::message;
use crate::runfolder::RunName;
use chrono::NaiveDate;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Names beginning with a dot under the output folder are the program's own.
const LOCK: &str = ".samkor.lock";
const BUILD: &str = ".samkor-pagaende";
const SCRATCH: &str = ".samkor-tillfalligt";

/// A run under construction. Dropped without [`Staging::publish`], it leaves nothing behind.
pub struct Staging {
    output: PathBuf,
    made_output: bool,
    published: bool,
    run: String,
    _lock: File,
}

impl Staging {
    /// Makes sure that the result can be written, before any work is done, and takes the lock.
    ///
    /// # Errors
    /// An output folder that cannot be written, or another run in it.
    pub fn begin(output: &Path, as_of: NaiveDate) -> Result<Self, Error> {
        Self::named(output, |output| free_name(output, as_of).to_string())
    }

    /// The same for a run of a name that is known, made again in a folder of its own.
    ///
    /// # Errors
    /// An output folder that cannot be written, or another run in it.
    pub fn again(output: &Path, run: RunName) -> Result<Self, Error> {
        Self::named(output, |_| run.to_string())
    }

    /// The same for a folder that stands beside a run: `2026-11-30+svar-1`, then with the next number.
    ///
    /// # Errors
    /// An output folder that cannot be written, or another run in it.
    pub fn beside(output: &Path, run: RunName, what: &str) -> Result<Self, Error> {
        Self::named(output, |output| free_beside(output, run, what))
    }

    fn named(output: &Path, name: impl FnOnce(&Path) -> String) -> Result<Self, Error> {
        let made_output = !output.exists();
        fs::create_dir_all(output).map_err(|cause| Error::cannot_write(output, &cause))?;
        let lock = take_lock(output)?;
        let run = name(output);
        let staging = Self { output: output.to_owned(), made_output, published: false, run, _lock: lock };
        for folder in [staging.build(), staging.scratch()] {
            // What an interrupted run left; under the lock nobody else is using it.
            let _ = fs::remove_dir_all(&folder);
            make_private_folder(&folder).map_err(|cause| Error::cannot_write(&folder, &cause))?;
        }
        Ok(staging)
    }

    /// Name of the run.
    pub fn run(&self) -> &str {
        &self.run
    }

    /// Where parts are kept while they are written.
    pub fn scratch(&self) -> PathBuf {
        self.output.join(SCRATCH)
    }

    fn build(&self) -> PathBuf {
        self.output.join(BUILD)
    }

    /// Writes a file of the run, readable by its owner alone, and syncs it.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn write(&self, path: &str, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), Error> {
        let file = self.build().join(path);
        let write = || -> io::Result<()> {
            if let Some(folder) = file.parent() {
                make_private_folder(folder)?;
            }
            let mut handle = create_private(&file)?;
            fill(&mut handle)?;
            handle.sync_all()
        };
        write().map_err(|cause| Error::cannot_write(&file, &cause))
    }

    /// Makes the run visible under its name. Returns its folder.
    ///
    /// # Errors
    /// A rename that fails; nothing is published then.
    pub fn publish(mut self) -> Result<PathBuf, Error> {
        let (build, published) = (self.build(), self.output.join(&self.run));
        sync_folders(&build).map_err(|cause| Error::cannot_write(&build, &cause))?;
        fs::rename(&build, &published).map_err(|cause| Error::cannot_write(&published, &cause))?;
        self.published = true;
        sync_folder(&self.output).map_err(|cause| Error::cannot_write(&self.output, &cause))?;
        Ok(published)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.scratch());
        if self.published {
            return;
        }
        let _ = fs::remove_dir_all(self.build());
        if self.made_output {
            let _ = fs::remove_file(self.output.join(LOCK));
            let _ = fs::remove_dir(&self.output);
        }
    }
}

fn take_lock(output: &Path) -> Result<File, Error> {
    let path = output.join(LOCK);
    let lock = create_private(&path).map_err(|cause| Error::cannot_write(&path, &cause))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(another_run(output)),
        // Some network drives know no locks; a run alone on one is still right.
        Err(TryLockError::Error(cause)) if cause.kind() == io::ErrorKind::Unsupported => Ok(lock),
        Err(TryLockError::Error(cause)) => Err(Error::cannot_write(&path, &cause)),
    }
}

/// The first name of the reference date that no run has: an existing run is never touched.
fn free_name(output: &Path, as_of: NaiveDate) -> RunName {
    let mut name = RunName::first(as_of);
    while output.join(name.to_string()).exists() {
        name = name.next();
    }
    name
}

fn free_beside(output: &Path, run: RunName, what: &str) -> String {
    let names = (1u32..).map(|number| beside(run, what, number));
    let mut free = names.skip_while(|name| output.join(name).exists());
    free.next().unwrap_or_default()
}

/// The name of a folder beside a run.
pub fn beside(run: RunName, what: &str, number: u32) -> String {
    format!("{run}+{what}-{number}")
}

fn another_run(output: &Path) -> Error {
    let says = message!("en annan körning pågår i mappen", "another run is under way in the folder");
    Error::new(ErrorKind::Output, Place::file(output.display().to_string()), says).way_out(message!(
        "Vänta tills den är klar, eller ange en annan mapp med --output.",
        "Wait until it is done, or name another folder with --output."
    ))
}

/// Makes a folder, and those above it that are missing, for its owner alone.
#[cfg(unix)]
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Makes a folder, and those above it that are missing.
#[cfg(not(unix))]
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Makes a folder for its owner alone, which must not be there.
#[cfg(unix)]
pub fn make_new_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(folder)
}

/// Makes a folder, which must not be there.
#[cfg(not(unix))]
pub fn make_new_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)
}

/// Makes a file, or empties it, for its owner alone.
#[cfg(unix)]
pub fn create_private(file: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().create(true).write(true).truncate(true).mode(0o600).open(file)
}

/// Makes a file, or empties it.
#[cfg(not(unix))]
pub fn create_private(file: &Path) -> io::Result<File> {
    File::create(file)
}

/// Syncs a folder and those in it, so that names survive a power cut too.
fn sync_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    sync_folder(folder)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
