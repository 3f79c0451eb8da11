//! The chain: each run holds the hash of the manifest of the run before it, so that none can be changed unseen while a
//! later one stands.

use super::files::{Content, content};
use super::inputs::Found;
use super::{Opened, Part};
use crate::config::PreviousRun;
use crate::model::{Text, counted, message};
use crate::runfolder::{FINDINGS, MANIFEST, MEMORY, Manifest, PreviousLine, RESTRICTED_LINES};
use std::fs;
use std::path::{Path, PathBuf};

/// What a run takes over from the one before it.
const CARRIED: [&str; 3] = [MEMORY, FINDINGS, RESTRICTED_LINES];

/// Follows the chain back for as long as it is whole and there.
pub fn chain(run: &Opened<'_>, found: &Found, rules: &[&'static str]) -> Part {
    let mut part = Part::new(Text::new("Kedjan bakåt", "The chain of runs"), message!("", ""));
    let mut links = 0usize;
    let mut next = run.manifest.previous.clone();
    let mut output = run.output();
    while let Some(line) = next.take() {
        let beside = output.join(&line.run);
        let folder = if links == 0 && !beside.exists() { elsewhere(&line, found, rules) } else { None };
        let folder = folder.unwrap_or(beside);
        links += 1;
        if let Some(manifest) = link(&folder, &line, &mut part) {
            carried(&folder, &line, &manifest, &mut part);
            next = manifest.previous;
        }
        folder.parent().unwrap_or(Path::new("")).clone_into(&mut output);
    }
    part.extent = counted(links, ["tidigare körning", "tidigare körningar"], ["earlier run", "earlier runs"]);
    part
}

/// Tries one link. Returns the manifest of the run it leads to, where that is as it was.
fn link(folder: &Path, line: &PreviousLine, part: &mut Part) -> Option<Manifest> {
    let run = &line.run;
    match content(&folder.join(MANIFEST)) {
        Content::Hash(hash) if hash == line.sha256 => {}
        Content::Nothing => {
            part.gone.push(message!("körningen {run}", "the run {run}"));
            return None;
        }
        Content::Hash(_) | Content::Unreadable(_) => {
            part.deviations.push(message!(
                "körningen {run}: {MANIFEST} är inte den som körningen efter följde",
                "the run {run}: {MANIFEST} is not the one that the run after it followed"
            ));
            return None;
        }
    }
    serde_json::from_slice(&fs::read(folder.join(MANIFEST)).ok()?).ok()
}

/// What the run after took over must be as it was, too.
fn carried(folder: &Path, line: &PreviousLine, manifest: &Manifest, part: &mut Part) {
    let run = &line.run;
    for output in manifest.outputs.iter().filter(|output| CARRIED.contains(&output.path.as_str())) {
        let path = &output.path;
        match content(&folder.join(path)) {
            Content::Hash(hash) if hash == output.sha256 => {}
            Content::Nothing => part.gone.push(message!("körningen {run}: {path}", "the run {run}: {path}")),
            Content::Hash(_) | Content::Unreadable(_) => {
                part.deviations
                    .push(message!("körningen {run}: {path} är ändrad", "the run {run}: {path} was changed"));
            }
        }
    }
}

/// The run before in another folder, where the configuration names one.
pub(super) fn elsewhere(line: &PreviousLine, found: &Found, rules: &[&'static str]) -> Option<PathBuf> {
    match found.config(rules)?.previous {
        PreviousRun::Folder(folder) => Some(folder).filter(|folder| folder.ends_with(&line.run)),
        PreviousRun::Newest | PreviousRun::Nothing => None,
    }
}
