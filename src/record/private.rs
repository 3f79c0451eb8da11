//! Files and folders for their owner alone, at every moment and whatever the umask, never over a link and never taken
//! over from somebody else.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a folder, which must not be there. Its parents are there.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    new_folder(folder)?;
    restrict(folder, 0o700)
}

/// Makes a folder and those above it that are missing; what is there is left as it is.
pub fn make_folders(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        make_folders(parent)?;
    }
    match make_folder(folder) {
        // Two at a time may make it; a file or a dangling link of that name is told as what it is.
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        made => made,
    }
}

/// Makes a file, which must not be there.
pub fn create(file: &Path) -> io::Result<File> {
    let made = options().write(true).create_new(true).open(file)?;
    restrict(file, 0o600)?;
    Ok(made)
}

/// Makes a file in the place of what is there.
pub fn create_anew(file: &Path) -> io::Result<File> {
    remove(file)?;
    create(file)
}

/// Opens a file or makes it, and never anything else than a file, which is an invalid input then: nothing behind a link
/// is touched, and nothing is waited for.
pub fn open_or_create(file: &Path) -> io::Result<File> {
    loop {
        match create(file) {
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made,
        }
        if !fs::symlink_metadata(file)?.is_file() {
            return Err(no_file());
        }
        match unfollowed().write(true).open(file) {
            // It was removed in the meantime.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
            Ok(opened) if !opened.metadata()?.is_file() => return Err(no_file()),
            opened => return opened,
        }
    }
}

/// Renames a folder.
#[cfg(not(windows))]
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

/// Renames a folder. Windows refuses while anybody has a file in it open, and search and virus protection open every new
/// file for a moment.
#[cfg(windows)]
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    const TRIES: u32 = 100;
    const PAUSE: std::time::Duration = std::time::Duration::from_millis(50);
    for _ in 1..TRIES {
        match fs::rename(from, to) {
            Err(cause) if cause.kind() == io::ErrorKind::PermissionDenied || crate::error::is_in_use(&cause) => {
                std::thread::sleep(PAUSE);
            }
            renamed => return renamed,
        }
    }
    fs::rename(from, to)
}

fn no_file() -> io::Error {
    io::ErrorKind::InvalidInput.into()
}

/// Removes what is at a path, whatever it is; what is behind a link is left alone. Nothing there is fine.
pub fn remove(path: &Path) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(cause) => Err(cause),
    };
    match removed {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

#[cfg(unix)]
fn new_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn new_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)
}

#[cfg(unix)]
fn options() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

#[cfg(not(unix))]
fn options() -> OpenOptions {
    OpenOptions::new()
}

/// Options that open no link, and wait for no writer of a pipe.
#[cfg(unix)]
fn unfollowed() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
    options
}

/// Options that open a link itself, which is no file then.
#[cfg(windows)]
fn unfollowed() -> OpenOptions {
    use std::os::windows::fs::OpenOptionsExt;
    const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
    let mut options = OpenOptions::new();
    options.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
    options
}

#[cfg(not(any(unix, windows)))]
fn unfollowed() -> OpenOptions {
    OpenOptions::new()
}

/// A umask can only have taken rights away that its owner needs.
#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn restrict(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
