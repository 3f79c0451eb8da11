//! What a run was made with, so that it can be made again: configuration, time, arguments, and the run before.

use super::chain::elsewhere;
use super::inputs::Found;
use super::{Opened, Part};
use crate::config::{Config, Overrides, PreviousRun};
use crate::error::{Error, ErrorKind, Errors, Place};
use crate::ingest::SourceReport;
use crate::model::{Language, Message, Text, message};
use crate::runfolder::{Manifest, RunName};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// A run as it is to be made again.
pub struct Again {
    /// The configuration, where it is now.
    pub config: PathBuf,
    /// What is changed in it, so that it means what it meant then.
    pub overrides: Overrides,
    /// What the command line changed then, as the manifest says.
    pub arguments: BTreeMap<String, String>,
    /// Why an incomplete input was accepted.
    pub accepted: Option<String>,
    /// Its name.
    pub name: RunName,
    /// When it began.
    pub started: DateTime<Utc>,
    finished: DateTime<Utc>,
    asked: AtomicBool,
    config_shown: String,
    previous: PreviousRun,
    answers: BTreeSet<String>,
    modified: BTreeMap<String, Option<String>>,
}

impl Again {
    /// Gathers it, where everything the run was made with is still there and as it was.
    ///
    /// # Errors
    /// What is missing.
    pub(super) fn of(run: &Opened<'_>, found: &Found, parts: &[Part], rules: &[&'static str]) -> Result<Self, Error> {
        let refuse = |why| Err(cannot(run.folder, why));
        let manifest = &run.manifest;
        let (Some(config), true) = (&found.file, found.is_the_same) else {
            return refuse(message!("körningens konfiguration finns inte kvar", "the run's configuration is gone"));
        };
        if parts.iter().any(|part| !part.deviations.is_empty() || !part.gone.is_empty()) {
            return refuse(message!(
                "allt som körningen gjordes med finns inte kvar som det var",
                "not all that the run was made with is still there as it was"
            ));
        }
        let (Ok(as_of), Some(name)) = (manifest.as_of.parse::<NaiveDate>(), RunName::of_folder(&manifest.run)) else {
            return refuse(message!(
                "manifestets namn och dag kan inte tolkas",
                "the manifest's name and day make no sense"
            ));
        };
        let (Ok(started), Ok(finished)) = (manifest.started.parse(), manifest.finished.parse()) else {
            return refuse(message!("manifestets tider kan inte tolkas", "the manifest's times make no sense"));
        };
        let language = manifest.arguments.get("language").and_then(|code| Language::from_code(code));
        let before = |line| elsewhere(line, found, rules).unwrap_or_else(|| run.output().join(&line.run));
        Ok(Self {
            config: config.clone(),
            overrides: Overrides { as_of: Some(as_of), output: None, language },
            arguments: manifest.arguments.clone(),
            accepted: manifest.accepted_incomplete.clone(),
            name,
            started,
            finished,
            asked: AtomicBool::new(false),
            config_shown: manifest.config.path.clone(),
            previous: manifest.previous.as_ref().map_or(PreviousRun::Nothing, |line| PreviousRun::Folder(before(line))),
            answers: answers(manifest),
            modified: modified(manifest),
        })
    }

    /// The time as the run saw it: its beginning, then its end.
    pub fn clock(&self) -> DateTime<Utc> {
        if self.asked.swap(true, Ordering::Relaxed) { self.finished } else { self.started }
    }

    /// Sets in a configuration what does not follow from its text.
    pub fn settle(&self, config: &mut Config) {
        config.file.clone_from(&self.config_shown);
        config.previous.clone_from(&self.previous);
        config.answers_then = Some(self.answers.clone());
    }

    /// Gives a file the time that it had: a copy out of an archive is as good as the file itself.
    pub fn date(&self, report: &mut SourceReport) {
        if let Some(modified) = self.modified.get(&report.sha256) {
            report.modified.clone_from(modified);
        }
    }
}

/// The hashes of the returned workbooks that were read.
fn answers(manifest: &Manifest) -> BTreeSet<String> {
    let read = manifest.inputs.iter().filter(|input| input.role == "answers");
    read.filter_map(|input| input.sha256.clone()).collect()
}

/// The time of each file, by its hash.
fn modified(manifest: &Manifest) -> BTreeMap<String, Option<String>> {
    manifest.inputs.iter().filter_map(|input| Some((input.sha256.clone()?, input.modified.clone()))).collect()
}

/// Says that a run cannot be made again.
pub(super) fn cannot(run: &Path, why: Message) -> Error {
    let (sv, en) = why.both();
    let says = message!("körningen kan inte göras om: {sv}", "the run cannot be made again: {en}");
    Error::new(ErrorKind::Unusable, Place::file(run.display().to_string()), says).way_out(message!(
        "Lägg tillbaka konfiguration, indata och tidigare körningar som de var, eller ange --config.",
        "Put configuration, inputs and earlier runs back as they were, or name --config."
    ))
}

/// Says that nothing more can be done with a run whose manifest makes no sense.
pub(super) fn cannot_understand(run: &str) -> Error {
    let says = message!("manifestet kan inte tolkas", "the manifest cannot be understood");
    Error::new(ErrorKind::Unusable, Place::file(run), says)
        .way_out(message!("Återställ mappen från säkerhetskopia.", "Restore the folder from a backup."))
}

/// Says that a run could not be made again though all it was made with is there.
pub(super) fn failed(errors: &Errors) -> Part {
    let mut part = again_part(message!("", ""));
    part.deviations.extend(errors.iter().map(|error| {
        let (sv, en) = (error.show(Language::Sv), error.show(Language::En));
        message!("gick inte att göra om: {sv}", "could not be made again: {en}")
    }));
    part
}

/// The part that tells how a run made again compares.
pub(super) fn again_part(extent: Message) -> Part {
    Part::new(Text::new("Gjord om", "Made again"), extent)
}
