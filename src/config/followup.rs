//! `[followup]`: which earlier run this one follows, and where answers are.

use super::table::Table;
use std::path::{Path, PathBuf};

/// The run that this one follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreviousRun {
    /// The newest earlier run in the output folder.
    Newest,
    /// None: earlier runs are not looked at.
    Nothing,
    /// A run folder that is named.
    Folder(PathBuf),
}

/// Reads `[followup]`: the run before, and the folder with returned workbooks.
pub fn read(table: Option<Table<'_>>, base: &Path) -> (PreviousRun, Option<PathBuf>) {
    let Some(table) = table else { return (PreviousRun::Newest, None) };
    let previous = match table.text("previous") {
        None => PreviousRun::Newest,
        Some(word) if word == "none" => PreviousRun::Nothing,
        Some(folder) => PreviousRun::Folder(base.join(folder)),
    };
    let answers = table.text("answers").map(|folder| base.join(folder));
    table.finish();
    (previous, answers)
}
