//! A run folder verified as it is asked for: tried against itself, made again, a sample of it drawn. It stands beside the
//! job since making a run again is the whole job once more.

use crate::disclosure::{RunFacts, Screen};
use crate::progress::Progress;
use crate::record::{self, Staging, TemporaryFolder};
use crate::verify::{self as tried, Again};
use crate::{
    Done, Draw, Error, Errors, Language, Making, Message, RunRequest, VERSION, masked, message, report, review,
    review_and_publish, sample, with_settled,
};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

/// What is to be verified.
pub struct VerifyRequest<'a> {
    /// The run folder.
    pub run: PathBuf,
    /// The configuration, where it is said where it is now.
    pub config: Option<PathBuf>,
    /// Where the run is made again to be compared; not made again where none is named. What is made there is removed.
    pub again_in: Option<PathBuf>,
    /// How large a sample of its accounts is put beside the run, and by which seed.
    pub sample: Option<Draw>,
    /// Language of what is told.
    pub language: Language,
    /// The day it is done; settles the century of numbers written short.
    pub today: NaiveDate,
    /// Told what is being done, and how far it has come.
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

/// What a run folder came to.
#[derive(Debug)]
pub struct VerifiedTold {
    /// What is printed.
    pub text: String,
    /// How many things are not as they should be.
    pub deviations: usize,
    /// What was asked for and could not be done.
    pub undone: Vec<Error>,
}

/// Tries a run folder against what it says of itself: every file, every input that is still there, the arithmetic, and
/// the chain to the runs before it; where it is asked for, against the same run made again.
///
/// # Errors
/// A folder that is no run, or one written by a later version.
pub fn verify(request: &VerifyRequest<'_>) -> Result<VerifiedTold, Errors> {
    let rules: Vec<&'static str> = review::RULES.iter().map(|rule| rule.id).collect();
    let question =
        tried::Question { run: &request.run, config: request.config.as_deref(), rules: &rules, today: request.today };
    let mut verified = tried::verify(&question)?;
    let mut undone = Vec::new();
    if let Some(place) = &request.again_in {
        let place = TemporaryFolder::new(place)?;
        match verified.again().map(|again| make_again(again, place.path(), request)) {
            Ok(made) => verified.add_again(made.as_ref().map(|done| done.folder.as_path()), VERSION),
            Err(cannot) => undone.push(cannot),
        }
    }
    let mut text = tried::told(&verified, request.language);
    if let Some(draw) = request.sample {
        match put_sample(&verified, draw, request) {
            Ok(told) => text.push_str(&format!("\n{}", told.get(request.language))),
            Err(cannot) => undone.push(cannot),
        }
    }
    Ok(VerifiedTold { text: masked(&text, request.today), deviations: verified.deviations(), undone })
}

/// Draws a sample and puts it beside the run.
fn put_sample(verified: &tried::Verified<'_>, draw: Draw, request: &VerifyRequest<'_>) -> Result<Message, Error> {
    let (manifest, name, output) = verified.place()?;
    let screen = Screen::of_nobody(request.today);
    let sample = sample::draw(&request.run, manifest, draw, &screen, request.language)?;
    let facts = RunFacts::told_again(manifest, request.language, &screen);
    let book = || report::sample(&sample, &facts).map(|made| made.bytes);
    let digest = sample.digest(request.language);
    let (folder, _) = record::publish_beside((&output, name), record::SAMPLES, &digest, book)?;
    let (folder, drawn, all) = (folder.display(), sample.accounts.len(), sample.population);
    Ok(message!(
        "Stickprovet, {drawn} av {all} konton, finns i {folder}",
        "The sample, {drawn} of {all} accounts, is in {folder}"
    ))
}

/// Makes a run again in a folder.
fn make_again(again: &Again, folder: &Path, request: &VerifyRequest<'_>) -> Result<Done, Errors> {
    let request = RunRequest {
        config: again.config.clone(),
        overrides: again.overrides.clone(),
        arguments: again.arguments.clone(),
        today: again.started.date_naive(),
        clock: &|| again.clock(),
        threads: None,
        accept_incomplete: again.accepted.clone(),
        progress: request.progress,
    };
    with_settled(
        &request,
        |config| again.settle(config),
        |config, inventory| {
            let staging = Staging::again(folder, again.name)?;
            review_and_publish(config, inventory, &request, Making { staging, again: Some(again) })
        },
    )
}
