//! What is unfinished on disk, so that a program that is told to stop leaves no personal data behind.
//!
//! The program is stopped from outside its own course, while threads write. So whatever makes a file or publishes does
//! it here, and once [`stop`] has begun nothing does any more: nothing is made again behind it, and no half-removed folder
//! is ever published.

use super::private;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A folder that holds unfinished work, and what is to go with it.
#[derive(Debug)]
pub struct Unfinished {
    /// The folder.
    pub folder: PathBuf,
    /// A lock and the folder it stands in, which go too where they were made for this work alone.
    pub made: Option<(PathBuf, PathBuf)>,
}

/// Everything that is unfinished, and what was published.
#[derive(Debug)]
struct Going {
    unfinished: Vec<Unfinished>,
    published: Vec<PathBuf>,
    stopped: bool,
}

static GOING: Mutex<Going> = Mutex::new(Going { unfinished: Vec::new(), published: Vec::new(), stopped: false });

/// Held while something is made or published.
fn going() -> io::Result<MutexGuard<'static, Going>> {
    let going = held();
    if going.stopped { Err(io::ErrorKind::Interrupted.into()) } else { Ok(going) }
}

/// Makes a folder for its owner alone, which must not be there, and remembers it as unfinished.
///
/// # Errors
/// One that cannot be made, or that the program was told to stop.
pub fn begin(unfinished: Unfinished) -> io::Result<()> {
    let mut going = going()?;
    private::make_folder(&unfinished.folder)?;
    going.unfinished.push(unfinished);
    Ok(())
}

/// Makes a file for its owner alone, which must not be there, and the folders above it, but for the one of the work
/// itself: where that has been taken away, others may work where it was.
///
/// # Errors
/// One that cannot be made, or that the program was told to stop.
pub fn create(file: &Path) -> io::Result<File> {
    let going = going()?;
    if going.unfinished.iter().any(|own| file.starts_with(&own.folder) && !own.folder.is_dir()) {
        return Err(io::ErrorKind::NotFound.into());
    }
    if let Some(folder) = file.parent() {
        private::make_folders(folder)?;
    }
    private::create(file)
}

fn held() -> MutexGuard<'static, Going> {
    // What is unfinished is so whatever became of the thread that told it.
    GOING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Renames a folder to what is published.
///
/// # Errors
/// A rename that fails, or that the program was told to stop.
pub fn publish(folder: &Path, published: &Path) -> io::Result<()> {
    let mut going = going()?;
    private::rename(folder, published)?;
    going.unfinished.retain(|own| own.folder != folder);
    going.unfinished.iter_mut().for_each(|own| own.made = None);
    going.published.push(published.to_owned());
    Ok(())
}

/// Tells that a folder is finished or removed.
pub fn end(folder: &Path) {
    held().unfinished.retain(|own| own.folder != folder);
}

/// What was done when the program was told to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Nothing was published: the work was not done.
    Unpublished,
    /// The result stands. What is left is to tell of it.
    Published,
}

/// Removes everything unfinished. From here on nothing is made or published.
pub fn stop() -> Stopped {
    /// A folder that somebody still writes in is not empty the first time.
    const TRIES: u32 = 100;
    let mut going = held();
    going.stopped = true;
    for Unfinished { folder, made } in going.unfinished.drain(..).rev() {
        let removed = (0..TRIES).any(|_| private::remove(&folder).is_ok());
        if !removed {
            log::warn!("unfinished work cannot be removed");
        }
        if let Some((lock, output)) = made {
            // The folder stays where somebody has put anything else in it.
            let _ = fs::remove_file(lock);
            let _ = fs::remove_dir(output);
        }
    }
    // What was published in a temporary folder went with it.
    if going.published.iter().any(|run| run.exists()) { Stopped::Published } else { Stopped::Unpublished }
}
