//! samkör cross-matches the accounts of an organisation's systems with its payroll register, finds out
//! whose each account is, reviews every account against rules, and writes Excel workbooks: deviation
//! lists for those who own the systems, and a summary for the internal-control report.
//!
//! # Architecture
//!
//! Data flows one way. Each module knows those before it and none behind it.
//!
//! ```text
//! config ─▶ ingest ─▶ roster ─▶ matching ─▶ review ─▶ followup ─▶ disclosure ─▶ report ─▶ record
//!         history ──────┘─────────┘───────────┘───────────┘
//! what is   what the   who is    whose   what      each         what may    what       done, sealed,
//! asked     files say  known,    each    deviates  deviation's  be shown    people     published
//!                      standing  is                state        to whom     read
//! ```
//!
//! | module | holds |
//! |---|---|
//! | [`model`] | plain data with its own laws: person, employment, account, personal number, dates, names |
//! | [`runfolder`], [`answer_form`] | the record types of a run folder; the columns owners answer in |
//! | [`config`] | `samkor.toml` → a valid configuration, every problem at once with its line |
//! | [`ingest`] | bytes → rows → payroll rows and accounts, every row accounted for |
//! | [`history`] | earlier runs and returned workbooks → what is remembered |
//! | [`roster`] | rows folded to persons, found by any key, each with a standing on any day |
//! | [`matching`] | accounts → candidates → evidence → probabilities → outcome |
//! | [`review`] | the rules, and what they found |
//! | [`followup`] | findings × memory → the state of each finding |
//! | [`disclosure`] | the one door to what is written: protected persons become counts |
//! | [`report`] | the workbooks |
//! | [`record`] | manifest, hashes, staging, publishing |
//! | [`demo`] | a made-up municipality with right answers, for fixtures, tests and users |
//!
//! [`run`] below is the whole job as prose.
//!
//! # Laws
//!
//! Nothing here reads the clock, the environment or the locale: they come in with [`RunRequest`]. The
//! same inputs, configuration and time give the same bytes, whatever the number of threads. A bad row is
//! data, listed with its number and reason; a bad file is an [`Error`] with the way out. A missing value
//! is never evidence. What cannot be tested is said to be untested. A name alone never makes a link.
//!
//! # Glossary
//!
//! *account*: what someone signs in with. *class*: what kind of account (personal, service …). *outcome*:
//! whose it is, as far as can be told. *standing*: how a person stands with payroll on a day. *tested
//! day*: the earlier of the reference date and the export's own day. *finding*: a deviation, made by a
//! *rule*. *severity*: how grave it is; *certainty*: how sure the match is; two axes that never mix.
//! *protected*: a person whose data may not be shown (skyddade personuppgifter).

#![allow(rustdoc::private_intra_doc_links)] // The table above is for those who read the code.

mod answer_form;
mod config;
mod console;
pub mod demo;
mod disclosure;
mod error;
mod followup;
mod history;
mod ingest;
mod matching;
mod model;
mod record;
mod report;
mod review;
mod roster;
mod runfolder;

pub use config::Overrides;
pub use error::{Error, ErrorKind, Errors, Place};
pub use model::{Language, Message, Severity};

use chrono::{DateTime, NaiveDate, Utc};
use config::Config;
use disclosure::{Disclosed, RunFacts};
use ingest::{Delivery, Payroll};
use matching::{SystemMatches, match_system};
use model::message;
use rayon::prelude::*;
use record::{Circumstances, Staging, Timing};
use review::{Review, Stage, SystemUnderReview};
use roster::Roster;
use runfolder::LearnedLine;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Everything a run needs to know from the outside.
pub struct RunRequest<'a> {
    /// The configuration file.
    pub config: PathBuf,
    /// What the command line changes in it.
    pub overrides: Overrides,
    /// The same, as it is written in the manifest.
    pub arguments: BTreeMap<String, String>,
    /// The day of the run, for a default reference date.
    pub today: NaiveDate,
    /// The time now; asked at the start and at the end.
    pub clock: &'a (dyn Fn() -> DateTime<Utc> + Sync),
    /// Threads to use; all there are where it is not said.
    pub threads: Option<usize>,
    /// Why an incomplete input is accepted.
    pub accept_incomplete: Option<String>,
    /// Told in a few words what is being done.
    pub progress: &'a (dyn Fn(Message) + Sync),
}

/// A run that was published.
#[derive(Debug)]
pub struct Done {
    /// The run folder.
    pub folder: PathBuf,
    /// The language of its outputs.
    pub language: Language,
    /// A table of the results, for the terminal.
    pub table: String,
    /// Systems that could not be read, and why.
    pub missing: Vec<Error>,
    /// The gravest finding.
    pub gravest: Option<Severity>,
}

/// The whole job.
///
/// # Errors
/// What could not be done; nothing is published then.
pub fn run(request: &RunRequest<'_>) -> Result<Done, Errors> {
    let config = config::load(
        &request.config,
        &config::Setting { today: request.today, overrides: &request.overrides, rules: &rule_ids() },
    )?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(request.threads.unwrap_or(0)).build();
    match pool {
        Ok(pool) => pool.install(|| review_and_publish(&config, request)),
        Err(_) => review_and_publish(&config, request),
    }
}

/// Every rule's id.
fn rule_ids() -> Vec<&'static str> {
    review::RULES.iter().map(|rule| rule.id).collect()
}

/// From a valid configuration to a published run.
fn review_and_publish(config: &Config, request: &RunRequest<'_>) -> Result<Done, Errors> {
    let started = timestamp(request);
    let staging = Staging::begin(&config.review.output, config.review.as_of)?;
    let recalled = history::recall();

    (request.progress)(message!("Läser personalregistret och systemens exporter", "Reading payroll and exports"));
    let mut payroll = ingest::payroll::read(config)?;
    let deliveries = ingest::read_systems(config);
    refuse_without_systems(&deliveries)?;
    let roster = Roster::new(&mut payroll, config);
    refuse_without_employees(&roster, config, request.accept_incomplete.as_deref())?;

    (request.progress)(message!("Söker innehavare till varje konto", "Finding the holder of each account"));
    let matches = match_systems(&deliveries, &roster, config);
    let protection = spread_protection(&deliveries, &matches, &roster, config);

    (request.progress)(message!("Prövar reglerna", "Testing the rules"));
    let review = set_up_review(config, &roster, &payroll, &deliveries, &matches, &protection);
    let followed = followup::follow_up(review::review(&review, Stage::Facts), &recalled, config.review.as_of);
    let accepted = request.accept_incomplete.clone();
    let facts = RunFacts::new(config, staging.run().to_owned(), env!("CARGO_PKG_VERSION"), started.clone(), accepted);
    let disclosed = disclosure::disclose(&review, &followed, facts);

    (request.progress)(message!("Skriver arbetsböckerna", "Writing the workbooks"));
    let books = report::make(&disclosed, &staging.scratch())?;
    let circumstances = Circumstances {
        timing: Timing { started, finished: timestamp(request) },
        arguments: &request.arguments,
        recalled: &recalled,
        learned: learned(config, &matches),
    };
    let folder = record::publish(staging, &disclosed, books, &circumstances)?;
    Ok(done(folder, &disclosed, deliveries))
}

fn timestamp(request: &RunRequest<'_>) -> String {
    (request.clock)().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Without a single readable export there is nothing to review.
fn refuse_without_systems(deliveries: &[Delivery]) -> Result<(), Errors> {
    let errors: Vec<Error> = deliveries
        .iter()
        .filter_map(|delivery| match delivery {
            Delivery::Missing(error) => Some(error.clone()),
            Delivery::Read(_) => None,
        })
        .collect();
    if errors.len() < deliveries.len() { Ok(()) } else { Err(Errors::new(errors)) }
}

/// A payroll without anyone employed is the wrong file or day, and would flag everyone.
fn refuse_without_employees(roster: &Roster, config: &Config, accepted: Option<&str>) -> Result<(), Error> {
    let as_of = config.review.as_of;
    if accepted.is_some() || roster.employed_on(as_of) > 0 {
        return Ok(());
    }
    let persons = roster.len();
    let file = config.payroll.files.first().map_or("", |file| &file.shown);
    let says = message!(
        "ingen av registrets {persons} personer är anställd på referensdagen {as_of}",
        "none of the register's {persons} persons is employed on the reference date {as_of}"
    );
    Err(Error::new(ErrorKind::Incomplete, Place::file(file), says).way_out(message!(
        "Kontrollera as_of, urvalet och kolumnen för anställningens slut. Är underlaget riktigt: \
         --accept-incomplete \"SKÄL\"",
        "Check as_of, the selection and the column for the end of employment. If the input is right: \
         --accept-incomplete \"REASON\""
    )))
}

/// Matches every system that was read.
fn match_systems(deliveries: &[Delivery], roster: &Roster, config: &Config) -> Vec<Option<SystemMatches>> {
    deliveries
        .par_iter()
        .zip(&config.systems)
        .map(|(delivery, system)| match delivery {
            Delivery::Read(export) => Some(match_system(export, system, roster, config)),
            Delivery::Missing(_) => None,
        })
        .collect()
}

fn spread_protection(
    deliveries: &[Delivery],
    matches: &[Option<SystemMatches>],
    roster: &Roster,
    config: &Config,
) -> matching::Protection {
    let both: Vec<Option<(&ingest::Export, &SystemMatches)>> = deliveries
        .iter()
        .zip(matches)
        .map(|(delivery, matches)| match (delivery, matches) {
            (Delivery::Read(export), Some(matches)) => Some((export.as_ref(), matches)),
            _ => None,
        })
        .collect();
    matching::spread(&both, roster, config.matching.candidate_probability)
}

fn set_up_review<'a>(
    config: &'a Config,
    roster: &'a Roster,
    payroll: &'a Payroll,
    deliveries: &'a [Delivery],
    matches: &'a [Option<SystemMatches>],
    protection: &'a matching::Protection,
) -> Review<'a> {
    let systems = config.systems.iter().zip(deliveries).zip(matches).map(|((system, delivery), matches)| {
        let delivered = match (delivery, matches) {
            (Delivery::Read(export), Some(matches)) => Ok((export.as_ref(), matches)),
            (Delivery::Missing(error), _) => Err(error),
            (Delivery::Read(_), None) => unreachable!("every export that was read was matched"),
        };
        SystemUnderReview::new(system, delivered, config.review.as_of)
    });
    Review { config, roster, payroll: &payroll.reports, systems: systems.collect(), protection }
}

fn learned(config: &Config, matches: &[Option<SystemMatches>]) -> BTreeMap<String, LearnedLine> {
    let line = |matches: &SystemMatches| LearnedLine {
        in_files: matches.learned.in_files,
        persons: matches.learned.persons as u64,
    };
    let systems = config.systems.iter().map(|system| system.system.id.to_string());
    systems.zip(matches).filter_map(|(id, matches)| Some((id, line(matches.as_ref()?)))).collect()
}

fn done(folder: PathBuf, disclosed: &Disclosed, deliveries: Vec<Delivery>) -> Done {
    let severities = disclosed.finding_lines.iter().filter_map(|line| Severity::from_code(&line.severity));
    Done {
        folder,
        language: disclosed.run.language,
        table: console::table(&disclosed.summary, disclosed.run.language),
        gravest: severities.max(),
        missing: deliveries
            .into_iter()
            .filter_map(|delivery| match delivery {
                Delivery::Missing(error) => Some(error),
                Delivery::Read(_) => None,
            })
            .collect(),
    }
}
