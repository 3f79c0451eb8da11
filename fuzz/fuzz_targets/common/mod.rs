//! What the targets share: a file in memory that the program reads, and which panics are faults of its own.

#![allow(dead_code)] // Each target uses its own part.

use chrono::{DateTime, Utc};
use samkor::{Overrides, RunRequest};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::Once;

/// The day on which everything is read.
pub const TODAY: &str = "2026-11-30";

thread_local! {
    static FOLDER: tempfile::TempDir = tempfile::Builder::new().tempdir_in(memory()).expect("a folder");
    static WRITTEN: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Where files cost no disk, if there is such a place.
pub fn memory() -> PathBuf {
    let shared = Path::new("/dev/shm");
    if shared.is_dir() { shared.to_owned() } else { std::env::temp_dir() }
}

/// What is asked of a configuration: on one thread, at one time, without a word on the way.
pub fn request(config: PathBuf) -> RunRequest<'static> {
    RunRequest {
        config,
        overrides: Overrides::default(),
        arguments: BTreeMap::new(),
        today: TODAY.parse().expect("a day"),
        clock: &|| DateTime::<Utc>::UNIX_EPOCH,
        threads: Some(1),
        accept_incomplete: None,
        progress: &|_| {},
    }
}

/// Reads bytes as a table, and every tenth time for what they could be, which takes longer.
pub fn read(bytes: &[u8]) {
    leave_libraries_their_panics();
    FOLDER.with(|folder| {
        let file = folder.path().join("fil");
        fs::write(&file, bytes).expect("the file can be written");
        WRITTEN.with_borrow_mut(|written| {
            written.clear();
            let _ = samkor::write_csv(&file, samkor::Wanted::Best, written);
        });
        let sum = bytes.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte));
        if sum % 10 == 0 {
            let today = TODAY.parse().expect("a day");
            let _ = samkor::inspect(&[file.clone()], None, today, samkor::Language::En);
        }
    });
}

/// A panic in a parsing library becomes an error of the file where it is read; one in the program itself is a fault.
pub fn leave_libraries_their_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let faults = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let of_library = info.location().is_some_and(|place| place.file().contains("/registry/"));
            if !of_library {
                faults(info);
            }
        }));
    });
}

/// An archive of parts, with checksums that are sound.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(*name, stored).expect("a name");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

/// Reads an archive of which one part is searched: the first byte says which.
pub fn read_parts(parts: &[(&str, &[u8])], data: &[u8]) {
    let Some((&which, content)) = data.split_first() else { return };
    let mut parts = parts.to_vec();
    let at = usize::from(which) % parts.len();
    parts[at].1 = content;
    read(&archive(&parts));
}
