//! The outlet: where each output goes as soon as it is made, hashed as it is written.
//!
//! Systems are written side by side, and what is written must not depend on which of them is done first. So the lines
//! of each system are a part of their own, and the parts are joined in the order of the configuration.

use super::{Staging, not_json, unfinished};
use crate::error::Error;
use crate::ingest::{hex, sha256_hex};
use crate::runfolder::OutputLine;
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Lines that one thread makes at a time, and batches of them that are held at once.
const PIECE: usize = 1024;
const BATCH: usize = 16 * PIECE;

/// Takes the outputs of a run.
pub struct Outlet {
    staging: Staging,
}

/// Lines that were written and wait to be joined.
#[derive(Debug)]
pub struct Part(PathBuf);

impl Outlet {
    /// An outlet into a staging folder.
    pub fn new(staging: Staging) -> Self {
        Self { staging }
    }

    /// Where parts are kept until they are joined.
    fn scratch(&self) -> PathBuf {
        self.staging.scratch()
    }

    /// Writes an output.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn write(&self, kind: &str, system: Option<String>, path: &str, bytes: &[u8]) -> Result<OutputLine, Error> {
        self.staging.write(path, |file| file.write_all(bytes))?;
        Ok(OutputLine { kind: kind.to_owned(), system, path: path.to_owned(), sha256: sha256_hex(bytes), letter: None })
    }

    /// Writes a line for each item that has one, made on every core and written in their order.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn part<T: Sync, L: Serialize>(
        &self,
        name: &str,
        items: &[T],
        line: impl Fn(&T) -> Option<L> + Sync,
    ) -> Result<Part, Error> {
        let path = self.scratch().join(format!("{name}.jsonl"));
        let cannot_write = |cause: &io::Error| Error::cannot_write(&path, cause);
        let mut file = unfinished::create(&path).map(BufWriter::new).map_err(|cause| cannot_write(&cause))?;
        for batch in items.chunks(BATCH) {
            let pieces = batch.par_chunks(PIECE).map(|piece| json_lines(piece, &line));
            for piece in pieces.collect::<Result<Vec<_>, Error>>()? {
                file.write_all(&piece).map_err(|cause| cannot_write(&cause))?;
            }
        }
        file.flush().map_err(|cause| cannot_write(&cause))?;
        Ok(Part(path))
    }

    /// Joins parts to one output, in their order.
    ///
    /// # Errors
    /// A file that cannot be written, or a part that cannot be read again.
    pub fn join(&self, kind: &str, path: &str, parts: &[Part]) -> Result<OutputLine, Error> {
        let mut hash = Sha256::new();
        self.staging.write(path, |file| parts.iter().try_for_each(|part| append(&part.0, file, &mut hash)))?;
        Ok(OutputLine {
            kind: kind.to_owned(),
            system: None,
            path: path.to_owned(),
            sha256: hex(&hash.finalize()),
            letter: None,
        })
    }

    /// Makes the run visible. Returns its folder.
    ///
    /// # Errors
    /// A rename that fails; nothing is published then.
    pub fn publish(self) -> Result<PathBuf, Error> {
        self.staging.publish()
    }
}

/// Moves a part to the end of an output.
fn append(part: &Path, output: &mut File, hash: &mut Sha256) -> io::Result<()> {
    const AT_A_TIME: usize = 256 * 1024;
    let mut from = BufReader::new(File::open(part)?);
    let mut bytes = vec![0; AT_A_TIME];
    loop {
        let read = from.read(&mut bytes)?;
        if read == 0 {
            return fs::remove_file(part);
        }
        hash.update(&bytes[..read]);
        output.write_all(&bytes[..read])?;
    }
}

fn json_lines<T, L: Serialize>(items: &[T], line: impl Fn(&T) -> Option<L>) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    for line in items.iter().filter_map(line) {
        serde_json::to_writer(&mut bytes, &line).map_err(not_json)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}
