//! The folder a run is built in, and the lock that keeps two runs apart.

use super::private;
use super::unfinished::{self, Unfinished};
use crate::error::{Error, ErrorKind, Place};
use crate::model::message;
use crate::runfolder::RunName;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

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
    /// Every file that was written, with its size.
    written: Mutex<BTreeMap<PathBuf, u64>>,
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
        private::make_folders(output).map_err(|cause| Error::cannot_write(output, &cause))?;
        let lock = take_lock(output)?;
        let run = name(output);
        let written = Mutex::default();
        let staging = Self { output: output.to_owned(), made_output, published: false, run, written, _lock: lock };
        // What an interrupted run left; under the lock nobody else is using it. It is never taken over: what lies in it
        // would be published as this run's.
        for folder in [staging.build(), staging.scratch()] {
            private::remove(&folder).map_err(|cause| left_behind(&folder, &cause))?;
            let made = made_output.then(|| (output.join(LOCK), output.to_owned()));
            let unfinished = Unfinished { folder: folder.clone(), made };
            unfinished::begin(unfinished).map_err(|cause| Error::cannot_write(&folder, &cause))?;
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
            let mut handle = unfinished::create(&file)?;
            fill(&mut handle)?;
            handle.sync_all()?;
            self.written().insert(PathBuf::from(path), handle.metadata()?.len());
            Ok(())
        };
        write().map_err(|cause| Error::cannot_write(&file, &cause))
    }

    fn written(&self) -> MutexGuard<'_, BTreeMap<PathBuf, u64>> {
        // What a thread that panicked had written stands there all the same.
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Refuses to publish anything else than what was written here.
    fn refuse_others(&self) -> Result<(), Error> {
        let build = self.build();
        let mut found = BTreeMap::new();
        sizes(&build, Path::new(""), &mut found).map_err(|cause| Error::cannot_write(&build, &cause))?;
        let written = self.written();
        let differs = |path: &&PathBuf| found.get(*path) != written.get(*path);
        let stray = written.keys().chain(found.keys()).find(differs);
        stray.map_or(Ok(()), |path| Err(not_ours(&build.join(path))))
    }

    /// Makes the run visible under its name. Returns its folder.
    ///
    /// # Errors
    /// A rename that fails; nothing is published then.
    pub fn publish(mut self) -> Result<PathBuf, Error> {
        let (build, published) = (self.build(), self.output.join(&self.run));
        self.refuse_others()?;
        sync_folders(&build).map_err(|cause| Error::cannot_write(&build, &cause))?;
        unfinished::publish(&build, &published).map_err(|cause| Error::cannot_write(&published, &cause))?;
        self.published = true;
        sync_folder(&self.output).map_err(|cause| Error::cannot_write(&self.output, &cause))?;
        Ok(published)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = private::remove(&self.scratch());
        [self.scratch(), self.build()].iter().for_each(|folder| unfinished::end(folder));
        if self.published {
            return;
        }
        let _ = private::remove(&self.build());
        if self.made_output {
            let _ = fs::remove_file(self.output.join(LOCK));
            let _ = fs::remove_dir(&self.output);
        }
    }
}

fn take_lock(output: &Path) -> Result<File, Error> {
    let path = output.join(LOCK);
    let lock = private::open_or_create(&path).map_err(|cause| match cause.kind() {
        io::ErrorKind::InvalidInput => no_lock(&path),
        _ => Error::cannot_write(&path, &cause),
    })?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(another_run(output)),
        // Some network drives know no locks; a run alone on one is still right.
        Err(TryLockError::Error(cause)) if cause.kind() == io::ErrorKind::Unsupported => Ok(lock),
        Err(TryLockError::Error(cause)) => Err(Error::cannot_write(&path, &cause)),
    }
}

fn no_lock(path: &Path) -> Error {
    let says = message!("låsfilen är en länk eller ingen vanlig fil", "the lock file is a link or no ordinary file");
    Error::new(ErrorKind::Output, Place::file(path.display().to_string()), says).way_out(message!(
        "Den har inte gjorts av samkor. Ta bort den, eller ange en annan mapp med --output.",
        "It was not made by samkor. Remove it, or name another folder with --output."
    ))
}

/// Whether anything is there, be it a link that leads nowhere.
fn is_taken(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// The files of a folder with their sizes; what is no file has none.
fn sizes(folder: &Path, below: &Path, found: &mut BTreeMap<PathBuf, u64>) -> io::Result<()> {
    for entry in fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let (path, metadata) = (below.join(entry.file_name()), entry.metadata()?);
        if metadata.is_dir() {
            sizes(folder, &path, found)?;
        } else {
            found.insert(path, if metadata.is_file() { metadata.len() } else { u64::MAX });
        }
    }
    Ok(())
}

fn left_behind(folder: &Path, cause: &io::Error) -> Error {
    let words = Error::io(ErrorKind::Output, folder, cause).says;
    let (sv, en) = (&words.sv, &words.en);
    let says = message!(
        "det som en avbruten körning lämnat kan inte tas bort: {sv}",
        "what an interrupted run left cannot be removed: {en}"
    );
    Error::new(ErrorKind::Output, Place::file(folder.display().to_string()), says).way_out(message!(
        "Ta bort mappen, eller ange en annan mapp med --output. Den som gjorde den kan ta bort den.",
        "Remove the folder, or name another folder with --output. Whoever made it can remove it."
    ))
}

fn not_ours(path: &Path) -> Error {
    let says = message!(
        "är inte det som körningen skrev; inget har publicerats",
        "is not what the run wrote; nothing was published"
    );
    Error::new(ErrorKind::Output, Place::file(path.display().to_string()), says).way_out(message!(
        "Någon annan skriver i mappen. Ange en mapp som bara körningen skriver i: --output MAPP.",
        "Somebody else writes in the folder. Name a folder in which only the run writes: --output DIR."
    ))
}

/// The first name of the reference date that no run has: an existing run is never touched.
fn free_name(output: &Path, as_of: NaiveDate) -> RunName {
    let mut name = RunName::first(as_of);
    while is_taken(&output.join(name.to_string())) {
        name = name.next();
    }
    name
}

fn free_beside(output: &Path, run: RunName, what: &str) -> String {
    let names = (1u32..).map(|number| beside(run, what, number));
    let mut free = names.skip_while(|name| is_taken(&output.join(name)));
    free.next().unwrap_or_default()
}

/// The name of a folder beside a run.
pub fn beside(run: RunName, what: &str, number: impl Display) -> String {
    format!("{run}+{what}-{number}")
}

fn another_run(output: &Path) -> Error {
    let says = message!("en annan körning pågår i mappen", "another run is under way in the folder");
    Error::new(ErrorKind::Output, Place::file(output.display().to_string()), says).way_out(message!(
        "Vänta tills den är klar, eller ange en annan mapp med --output.",
        "Wait until it is done, or name another folder with --output."
    ))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    fn begun(output: &Path) -> Staging {
        let staging = Staging::begin(output, NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()).unwrap();
        staging.write("agare/s.xlsx", |file| io::Write::write_all(file, b"own")).unwrap();
        staging
    }

    /// A file that somebody put in, took out or wrote to while the run was built stops it from being published.
    #[test]
    fn only_what_was_written_is_published() {
        type Meddle = fn(&Path);
        let meddlers: [Meddle; 3] = [
            |build| fs::write(build.join("extra.txt"), "other").unwrap(),
            |build| fs::remove_file(build.join("agare/s.xlsx")).unwrap(),
            |build| fs::write(build.join("agare/s.xlsx"), "others").unwrap(),
        ];
        for meddle in meddlers {
            let folder = tempfile::tempdir().unwrap();
            let output = folder.path().join("ut");
            let staging = begun(&output);
            meddle(&staging.build());
            let error = staging.publish().unwrap_err().show(Language::Sv);
            assert!(error.contains("är inte det som körningen skrev"), "{error}");
            assert!(!output.exists());
        }
        let folder = tempfile::tempdir().unwrap();
        assert!(begun(folder.path()).publish().unwrap().join("agare/s.xlsx").is_file());
    }

    /// What an interrupted run left is removed and never becomes part of the next.
    #[test]
    fn what_was_left_is_not_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(BUILD)).unwrap();
        fs::write(folder.path().join(BUILD).join("gammal.txt"), "old").unwrap();
        let published = begun(folder.path()).publish().unwrap();
        assert!(!published.join("gammal.txt").exists());
    }
}
