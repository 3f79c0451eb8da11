//! Earlier runs and returned workbooks → what this run remembers.
//!
//! Of earlier runs only this is read as yet: which systems they reviewed, since a system that never was is the
//! first thing an overall picture must show. Findings of earlier runs are not followed up; what that would be
//! read from is written from the first day.

use crate::runfolder::{MANIFEST, Memory, PreviousLine};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;

/// What is known from earlier runs.
#[derive(Clone, Debug)]
pub struct Recalled {
    /// The run before, if there is one.
    pub previous: Option<PreviousLine>,
    /// Answers, links, owners, exceptions, person ids.
    pub memory: Memory,
    /// Systems that some earlier run has reviewed, by id.
    pub reviewed: BTreeSet<String>,
}

/// Recalls earlier runs from the output folder, or nothing where it is asked to start afresh.
pub fn recall(output: &Path, afresh: bool) -> Recalled {
    let reviewed = if afresh { BTreeSet::new() } else { reviewed(output) };
    Recalled { previous: None, memory: Memory::afresh(), reviewed }
}

/// The part of a manifest that says what was read.
#[derive(Deserialize)]
struct Inputs {
    inputs: Vec<Input>,
}

#[derive(Deserialize)]
struct Input {
    role: String,
    system: Option<String>,
    sha256: Option<String>,
}

/// Systems whose export an earlier run has read. A folder that is no run, or whose manifest cannot be read,
/// tells nothing.
fn reviewed(output: &Path) -> BTreeSet<String> {
    let Ok(folders) = std::fs::read_dir(output) else { return BTreeSet::new() };
    let runs = folders.flatten().filter(|folder| folder.file_name().to_str().is_some_and(is_run));
    runs.flat_map(|run| systems_of(&run.path())).collect()
}

/// Runs are named after their reference date; dots before and `+` within mark what is none.
fn is_run(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit()) && !name.contains('+')
}

fn systems_of(run: &Path) -> Vec<String> {
    let text = std::fs::read(run.join(MANIFEST)).unwrap_or_default();
    let manifest: Result<Inputs, _> = serde_json::from_slice(&text);
    let Ok(manifest) = manifest else {
        log::warn!("an earlier run has no manifest that can be read");
        return Vec::new();
    };
    let read = manifest.inputs.into_iter().filter(|input| input.role == "accounts" && input.sha256.is_some());
    read.filter_map(|input| input.system).collect()
}
