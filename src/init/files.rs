//! The files of a folder, and what each of them is.

use super::{CONFIGURATION, SCHEMA};
use crate::config::InputFile;
use crate::error::{Error, ErrorKind, Place};
use crate::ingest::{Marks, NotRead, Survey, survey};
use crate::model::message;
use crate::runfolder::{MANIFEST, RunName};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// A file, and what was found in it.
#[derive(Debug)]
pub struct Looked {
    /// Its path in the folder, with `/` between the parts, as the configuration names it.
    pub shown: String,
    /// What it is and holds.
    pub found: Result<Survey, NotRead>,
}

/// What lies in a folder and below.
#[derive(Debug, Default)]
pub struct Files {
    found: Vec<PathBuf>,
    /// Folders that cannot be listed, and why.
    closed: Vec<(PathBuf, Error)>,
}

/// No folder is looked into deeper than this.
const DEEPEST: usize = 8;

/// Every file of a folder and below, by path: what each is, its content tells, whatever it is called. Run folders and what
/// is beside them are passed over, and what programs keep for themselves.
///
/// # Errors
/// A folder that cannot be listed.
pub fn find(folder: &Path) -> Result<Files, Error> {
    if !folder.is_dir() {
        return Err(no_folder(folder));
    }
    let mut files = Files::default();
    gather(folder, DEEPEST, &mut files)?;
    files.found.sort();
    Ok(files)
}

/// Whom some files mark as protected.
pub fn marks(looked: &[Looked]) -> Marks {
    let mut marks = Marks::default();
    looked.iter().filter_map(|file| file.found.as_ref().ok()).for_each(|found| marks.extend(found.marks.clone()));
    marks
}

fn no_folder(folder: &Path) -> Error {
    let place = Place::file(folder.display().to_string());
    let says = match folder.exists() {
        true => message!("det är en fil, ingen mapp", "this is a file, not a folder"),
        false => message!("mappen finns inte", "the folder does not exist"),
    };
    Error::new(ErrorKind::Unreadable, place, says).way_out(message!(
        "Ange mappen som exporterna ligger i: samkor init MAPP",
        "Name the folder that holds the exports: samkor init DIR"
    ))
}

fn gather(folder: &Path, deep: usize, files: &mut Files) -> Result<(), Error> {
    let failed = |cause: std::io::Error| Error::io(ErrorKind::Unreadable, folder, &cause);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        // A link may lead anywhere, also back.
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() && deep > 0 && !is_of_a_run(&path, &name) {
            // One folder that is somebody else's keeps nothing of the others back.
            if let Err(error) = gather(&path, deep - 1, files) {
                files.closed.push((path, error));
            }
        } else if kind.is_file() && !is_of_machines(&name) {
            files.found.push(path);
        }
    }
    Ok(())
}

fn is_of_a_run(path: &Path, name: &str) -> bool {
    let run = name.split('+').next().and_then(RunName::of_folder);
    name.starts_with('.') || run.is_some() || path.join(MANIFEST).exists()
}

/// What systems and programs keep beside the files, this one too.
fn is_of_machines(name: &str) -> bool {
    name.starts_with(['.', '~']) || matches!(name, "Thumbs.db" | "desktop.ini" | CONFIGURATION | SCHEMA)
}

/// A file as the readers take it.
pub fn input(own: &Looked, folder: &Path) -> InputFile {
    InputFile::default().named(own.shown.clone(), folder)
}

/// What each file is; a folder that cannot be listed is one that cannot be read.
pub fn look(folder: &Path, files: Files, today: NaiveDate) -> Vec<Looked> {
    let shown = |path: &Path| {
        let within = path.strip_prefix(folder).unwrap_or(path);
        let parts: Vec<String> = within.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        parts.join("/")
    };
    let look = |path: PathBuf| {
        let shown = shown(&path);
        Looked { found: survey(&path, &shown, today), shown }
    };
    let mut looked: Vec<Looked> = files.found.into_par_iter().map(look).collect();
    looked.extend(files.closed.into_iter().map(|(path, error)| {
        let error = error.way_out(message!(
            "Ligger där exporter: be den som äger mappen om rätt att läsa den, eller kopiera dem hit",
            "If exports lie there: ask whoever owns the folder for the right to read it, or copy them here"
        ));
        Looked { shown: format!("{}/", shown(&path)), found: Err(NotRead { role: None, error }) }
    }));
    looked
}
