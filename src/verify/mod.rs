//! A run folder tried against what it says of itself, so that it can be trusted years later.
//!
//! Each part tries one thing and tells three kinds of it apart: what deviates, what is gone and so can no longer be
//! tried (inputs are destroyed on schedule), and what is as it should be. A deviation never hides another: every part is
//! tried whatever the others came to.

mod again;
mod arithmetic;
mod beside;
mod chain;
mod counted;
mod difference;
mod files;
mod inputs;
mod summary;
mod tables;
mod told;

use crate::error::{Error, Errors};
use crate::model::{Message, Text};
use crate::runfolder::{Manifest, RunName};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

pub use again::Again;
pub use told::told;

/// What is tried.
pub struct Question<'a> {
    /// The run folder.
    pub run: &'a Path,
    /// The configuration, where it is said where it is now.
    pub config: Option<&'a Path>,
    /// Every rule there is, for a configuration that is read again.
    pub rules: &'a [&'static str],
    /// The day it is done; settles the century of numbers written short.
    pub today: NaiveDate,
}

/// What a run folder came to.
pub struct Verified<'a> {
    /// The run as it names itself; the folder's name where the manifest cannot be read.
    pub run: String,
    /// Each part that was tried.
    pub parts: Vec<Part>,
    opened: Option<Opened<'a>>,
    again: Result<Again, Error>,
}

/// One part of it.
#[derive(Debug)]
pub struct Part {
    /// What was tried.
    pub name: Text,
    /// How much of it.
    pub extent: Message,
    /// What is not as it should be.
    pub deviations: Vec<Message>,
    /// What is gone, or could not be tried then either.
    pub gone: Vec<Message>,
}

impl Part {
    /// A part in which nothing was found yet.
    fn new(name: Text, extent: Message) -> Self {
        Self { name, extent, deviations: Vec::new(), gone: Vec::new() }
    }
}

impl Verified<'_> {
    /// What the run was made with, where all of it is still there.
    ///
    /// # Errors
    /// What is missing.
    pub fn again(&self) -> Result<&Again, Error> {
        self.again.as_ref().map_err(Clone::clone)
    }

    /// What the run says of itself, its name, and the folder it stands in.
    ///
    /// # Errors
    /// A manifest that cannot be understood.
    pub fn place(&self) -> Result<(&Manifest, RunName, PathBuf), Error> {
        let place = self.opened.as_ref().and_then(|opened| {
            // A name that is none could lead anywhere.
            let name = RunName::of_folder(&opened.manifest.run)?;
            Some((&opened.manifest, name, opened.output()))
        });
        place.ok_or_else(|| again::cannot_understand(&self.run))
    }

    /// Adds how the same run made again compares: it is in a folder, or could not be made though all is there.
    pub fn add_again(&mut self, made: Result<&Path, &Errors>, version: &str) {
        let Some(opened) = &self.opened else { return };
        self.parts.push(match made {
            Ok(folder) => difference::compare(opened, folder, version),
            Err(errors) => again::failed(errors),
        });
    }

    /// How many things deviate.
    pub fn deviations(&self) -> usize {
        self.parts.iter().map(|part| part.deviations.len()).sum()
    }

    /// How many things are gone.
    pub fn gone(&self) -> usize {
        self.parts.iter().map(|part| part.gone.len()).sum()
    }
}

/// A run folder whose manifest could be read.
struct Opened<'a> {
    /// Where it is.
    folder: &'a Path,
    /// What it says.
    manifest: Manifest,
}

impl Opened<'_> {
    /// The folder that its runs stand in.
    fn output(&self) -> PathBuf {
        let whole = self.folder.canonicalize().unwrap_or_else(|_| self.folder.to_owned());
        whole.parent().map(Path::to_owned).unwrap_or_default()
    }
}

/// Tries a run folder.
///
/// # Errors
/// A folder that is no run, or one written by a later version.
pub fn verify<'a>(question: &Question<'a>) -> Result<Verified<'a>, Error> {
    let (sealed, manifest) = files::manifest(question.run)?;
    let Some(manifest) = manifest else {
        let run = question.run.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let again = Err(again::cannot_understand(&run));
        return Ok(Verified { run, parts: vec![sealed], opened: None, again });
    };
    let opened = Opened { folder: question.run, manifest };
    let config = inputs::Found::of(&opened, question.config);
    let made_with = [
        inputs::configuration(&opened, &config),
        inputs::inputs(&opened, &config),
        chain::chain(&opened, &config, question.rules),
    ];
    let again = Again::of(&opened, &config, &made_with, question.rules);
    let [configuration, inputs, chain] = made_with;
    let (outputs, nothing_else) = (files::outputs(&opened), files::nothing_else(&opened));
    let arithmetic = arithmetic::arithmetic(&opened);
    let mut parts = vec![sealed, outputs, nothing_else, configuration, inputs, arithmetic, chain];
    parts.extend(beside::beside(&opened, &config, question));
    Ok(Verified { run: opened.manifest.run.clone(), parts, opened: Some(opened), again })
}
