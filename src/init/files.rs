//! The files of a folder, and what each of them is.

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

/// No folder is looked into deeper than this.
const DEEPEST: usize = 8;

/// Endings of files that hold no table.
const NO_TABLES: [&str; 22] = [
    "toml", "json", "jsonl", "md", "pdf", "doc", "docx", "ppt", "pptx", "png", "jpg", "jpeg", "gif", "html", "htm",
    "xml", "eml", "msg", "log", "ps1", "sh", "sha256",
];

/// Every file of a folder and below that can hold a table, by path; run folders and what is beside them are passed over.
///
/// # Errors
/// A folder that cannot be listed.
pub fn find(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    if !folder.is_dir() {
        return Err(no_folder(folder));
    }
    let mut files = Vec::new();
    gather(folder, DEEPEST, &mut files)?;
    files.sort();
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

fn gather(folder: &Path, deep: usize, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let failed = |cause: std::io::Error| Error::io(ErrorKind::Unreadable, folder, &cause);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        // A link may lead anywhere, also back.
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() && deep > 0 && !is_of_a_run(&path, &name) {
            gather(&path, deep - 1, files)?;
        } else if kind.is_file() && may_hold_a_table(&path, &name) {
            files.push(path);
        }
    }
    Ok(())
}

fn is_of_a_run(path: &Path, name: &str) -> bool {
    let run = name.split('+').next().and_then(RunName::of_folder);
    name.starts_with('.') || run.is_some() || path.join(MANIFEST).exists()
}

fn may_hold_a_table(path: &Path, name: &str) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let of_machines = name.starts_with(['.', '~']) || matches!(name, "Thumbs.db" | "desktop.ini");
    !of_machines && !NO_TABLES.contains(&ending.as_str())
}

/// A file as the readers take it.
pub fn input(own: &Looked, folder: &Path) -> InputFile {
    InputFile::default().named(own.shown.clone(), folder)
}

/// What each file is.
pub fn look(folder: &Path, files: Vec<PathBuf>, today: NaiveDate) -> Vec<Looked> {
    let look = |path: PathBuf| {
        let within = path.strip_prefix(folder).unwrap_or(&path);
        let parts: Vec<String> = within.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let shown = parts.join("/");
        Looked { found: survey(&path, &shown, today), shown }
    };
    files.into_par_iter().map(look).collect()
}
