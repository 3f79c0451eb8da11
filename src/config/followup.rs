//! `[followup]`: which earlier run this one follows.

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

/// Reads `[followup]`.
pub fn read(table: Option<Table<'_>>, base: &Path) -> PreviousRun {
    let Some(table) = table else { return PreviousRun::Newest };
    let previous = match table.text("previous") {
        None => PreviousRun::Newest,
        Some(word) if word == "none" => PreviousRun::Nothing,
        Some(folder) => PreviousRun::Folder(base.join(folder)),
    };
    table.later("answers");
    table.finish();
    previous
}
