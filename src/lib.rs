//! samkör cross-matches the accounts of an organisation's systems with its payroll register, finds out
//! whose each account is, reviews every account against rules, and writes Excel workbooks: deviation
//! lists for those who own the systems, and a summary for the internal-control report.
//!
//! # Architecture
//!
//! Data flows one way, in passes. Each module knows those before it and none behind it.
//!
//! ```text
//! config ─▶ ingest ─▶ roster ─▶ matching ─▶ review ─▶ followup ═▶ disclosure ─▶ report ─▶ record
//!         history ──────┘─────────┘───────────┘───────────┘      each system by itself, then the whole
//! what is   what the   who is    whose   what      each         what may    what       done, sealed,
//! asked     files say  known,    each    deviates  deviation's  be shown    people     published
//!                      standing  is                state        to whom     read
//! ```
//!
//! | module | holds |
//! |---|---|
//! | [`model`] | plain data with its own laws: person, employment, account, personal number, dates, names |
//! | [`runfolder`], [`answer_form`] | the record types of a run folder; the columns owners answer in |
//! | [`whole_file`] | a file read whole, as it was at one moment |
//! | [`config`] | `samkor.toml` → a valid configuration, every problem at once with its line |
//! | [`ingest`] | bytes → rows → payroll rows and accounts, every row accounted for |
//! | [`history`] | earlier runs and returned workbooks → what is remembered |
//! | [`roster`] | rows folded to persons, found by any key, each with a standing on any day |
//! | [`matching`] | accounts → candidates → evidence → probabilities → outcome |
//! | [`review`] | the rules, and what they found |
//! | [`followup`] | findings × memory → the state of each finding |
//! | [`disclosure`] | the one door to what is written: protected persons become counts, each recipient gets his part |
//! | [`report`] | the workbooks |
//! | [`record`] | the outlet, the manifest, hashes, staging, publishing |
//! | [`verify`](mod@verify), [`verification`] | a run folder tried against what it says of itself, and made again |
//! | [`unchanged`] | whether a run reads anything that the run before did not |
//! | [`sample`] | a random sample of a run's accounts for an auditor |
//! | [`explain`](mod@explain), [`fields`](mod@fields), [`catalogue`] | an account, the fields, the rules, told on the terminal |
//! | [`progress`] | how far a run has come, told while it goes on |
//! | [`deliver`](mod@deliver) | a published run handed out: copies in folders, drafts of messages |
//! | [`init`](mod@init) | a folder of exports → a first configuration |
//! | [`demo`] | a made-up municipality with right answers, for fixtures, tests and users |
//!
//! [`run`] below is the whole job, and [`review_and_publish`] its passes as prose:
//!
//! 1. [`examine`]: every input is read, payroll is folded to persons, and the accounts of every system are matched, its
//!    directories first. It ends in an [`Examination`](examine::Examination), which owns everything that was read.
//! 2. A [`Screen`] is made of everything by which a protected person is known, and what accounts are called is settled
//!    with it. Then [`review`]: every rule on every account, system and person. An account is an [`Account`](model::Account) of its
//!    [`Export`](ingest::Export) beside its [`Match`](matching::Match); a rule sees both in an
//!    [`AccountCx`](review::AccountCx), which is made once for all rules.
//! 3. [`through`]: a few systems at a time go through the door. An account is an
//!    [`AccountRow`](disclosure::AccountRow) there until its workbook and its line are written; of the system a
//!    [`SystemTally`](disclosure::SystemTally) stays. Every text becomes [`Shown`](disclosure::Shown) at the door, and
//!    report and record take no other.
//! 4. The whole from the tallies: summary, committees, HR, the post for protected persons; then the seal.
//!
//! What a change costs: a **rule** is one file under `review/rules/` and one line in [`review::RULES`]; a **sheet** one
//! file beside its workbook and one line in its list; an **input format** one file under `ingest/format/` and one line
//! there; a **column of an export** its field in `model`, its headers in the header table, and the reader of the row
//! that takes it; an **output of a run** one call of the outlet.
//!
//! # Laws
//!
//! Nothing here reads the clock, the environment or the locale: they come in with [`RunRequest`]. The
//! same inputs, configuration and time give the same bytes, whatever the number of threads. A bad row is
//! data, listed with its number and reason; a bad file is an [`Error`] with the way out. A missing value
//! is never a difference. What cannot be tested is said to be untested. A name alone never makes a link.
//!
//! # Glossary
//!
//! *account*: what someone signs in with. *class*: what kind of account (personal, service …). *outcome*:
//! whose it is, as far as can be told. *standing*: how a person stands with payroll on a day. *tested
//! day*: the earlier of the reference date and the export's own day. *finding*: a deviation, made by a
//! *rule*. *severity*: how grave it is; *certainty*: how sure the match is; two axes that never mix.
//! *engagement*: a row of a *register* beside payroll (consultant, elected, student): lawful, and no employment.
//! *sponsor*: who answers for an external here. *recipient*: who gets a workbook: an owner, a department, a
//! committee, HR, or the post for protected persons.
//! *protected*: a person whose data may not be shown (skyddade personuppgifter).

#![allow(rustdoc::private_intra_doc_links)] // The table above is for those who read the code.

mod answer_form;
mod answered;
mod catalogue;
mod config;
mod console;
mod deliver;
pub mod demo;
mod disclosure;
mod error;
mod examine;
mod explain;
mod fields;
mod followup;
mod history;
mod ingest;
mod init;
mod matching;
mod model;
mod progress;
mod record;
mod report;
mod review;
mod roster;
mod runfolder;
mod sample;
mod side_by_side;
mod through;
mod unchanged;
mod verification;
mod verify;
mod whole_file;

pub use config::Overrides;
pub use console::SystemTable;
pub use deliver::{Delivered, Via};
pub use error::{Error, ErrorKind, Errors, Place};
pub use ingest::Wanted;
pub use init::{Begun as InitTold, Wish as InitWish};
pub use model::{Language, Message, Role, Severity};
pub use progress::{Measure, Progress};
pub use record::Stopped;
pub use sample::Draw;
pub use verification::{VerifiedTold, VerifyRequest, verify};

use chrono::{DateTime, NaiveDate, Utc};
use config::Config;
use disclosure::{Begun, Disclosure, Identifiers, RunFacts, Screen};
use ingest::SourceReport;
use model::message;
use progress::Meter;
use record::{Outlet, Sealed, Staging, Timing};
use review::Review;
use runfolder::RunFolder;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use verify::Again;

/// Everything a run needs to know from the outside.
#[derive(Clone)]
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
    /// Told what is being done, and how far it has come.
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

/// What a check came to.
#[derive(Debug)]
pub struct Checked {
    /// What was found, for the terminal.
    pub text: String,
    /// Every column as it is read and every figure of the matching, for those who ask.
    pub details: String,
    /// Its language.
    pub language: Language,
    /// Things that ask for attention.
    pub problems: usize,
}

/// How far answers have come.
#[derive(Debug)]
pub struct AnswersTold {
    /// What is printed.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// Workbooks and rows that could not be used.
    pub unread: usize,
}

/// A run that was published.
#[derive(Debug)]
pub struct Done {
    /// The run folder.
    pub folder: PathBuf,
    /// The language of its outputs.
    pub language: Language,
    /// A table of the results, for the terminal.
    pub table: SystemTable,
    /// Systems that could not be read, and why, for the terminal.
    pub missing: Vec<String>,
    /// Said where nothing was taken out since the run before.
    pub unchanged: Option<Message>,
    /// The gravest finding.
    pub gravest: Option<Severity>,
}

/// The whole job.
///
/// # Errors
/// What could not be done; nothing is published then.
pub fn run(request: &RunRequest<'_>) -> Result<Done, Errors> {
    with_configuration(request, |config, inventory| {
        let staging = Staging::begin(&config.review.output, config.review.as_of)?;
        review_and_publish(config, inventory, request, Making { staging, again: None })
    })
}

/// Removes everything unfinished, so that a program that is stopped leaves no personal data behind, and publishes
/// nothing from here on. To be called from a thread of its own.
pub fn stop() -> Stopped {
    record::stop()
}

/// Reads and validates configuration and inputs and tells what a run would trip over. Writes nothing.
///
/// # Errors
/// What would stop a run.
pub fn check(request: &RunRequest<'_>) -> Result<Checked, Errors> {
    with_configuration(request, |config, inventory| look_through(config, inventory, request))
}

/// How far the answers to a run have come: read as the next run will read them, told, and put beside the run where
/// something is new.
///
/// # Errors
/// A configuration or a run that cannot be used, or a folder of answers that is not there.
pub fn answers(request: &RunRequest<'_>, run: &Path) -> Result<AnswersTold, Errors> {
    with_configuration(request, |config, inventory| {
        if config.answers.is_none() {
            return Err(answered::nowhere(&request.config).into());
        }
        let run = RunFolder::open(run)?;
        let screen = answered::screen(config, inventory, &run, request)?;
        let answered = answered::look(config, &run, request.today, &screen)?;
        let begun = Begun { run: run.name.to_string(), version: VERSION, started: timestamp(request) };
        let facts = RunFacts::new(config, begun, None, &screen);
        let book = || report::answered(&answered, &facts).map(|made| made.bytes);
        let output = run.path.parent().unwrap_or(Path::new(""));
        let (folder, publication) =
            record::publish_beside((output, run.name), record::ANSWERS, &answered.digest, book)?;
        let language = config.review.language;
        Ok(AnswersTold {
            text: console::answered(&answered, &folder, publication, language),
            language,
            unread: answered.problems.len(),
        })
    })
}

/// Hands a published run out: into a folder of each recipient, or as a draft message to each.
///
/// # Errors
/// A run that cannot be used, or a folder that cannot be written.
pub fn deliver(run: &Path, via: Via, to: Option<&Path>, now: DateTime<Utc>) -> Result<Delivered, Error> {
    deliver::deliver(&RunFolder::open(run)?, via, to, now)
}

/// The rule catalogue, or one rule by its id: what, why, what to do, clauses.
///
/// # Errors
/// A rule that is not in the catalogue.
pub fn rules(id: Option<&str>, language: Language) -> Result<String, Error> {
    catalogue::shown(id, language)
}

/// The configuration as a JSON Schema, for editors that complete keys.
pub fn schema() -> String {
    let rules: Vec<&str> = review::RULES.iter().map(|rule| rule.id).collect();
    format!("{:#}", config::schema(&rules))
}

/// Every key of the configuration as the table of the README.
pub fn configuration_as_table() -> String {
    config::as_table()
}

/// Every field, or one with the headers it is known by.
///
/// # Errors
/// A field that there is none of.
pub fn fields(name: Option<&str>, language: Language) -> Result<String, Error> {
    fields::shown(name, language)
}

/// One account of a published run explained.
///
/// # Errors
/// A run that cannot be used, or a system or account that it does not show.
pub fn explain(run: &Path, system: &str, account: &str, language: Language) -> Result<String, Error> {
    explain::explain(&RunFolder::open(run)?, system, account, language)
}

/// The rule catalogue as the table of the README.
pub fn rules_as_table() -> String {
    catalogue::table()
}

/// How each of some files is read, in their order: format, columns, counts, a masked sample, the lines to paste to overrule
/// it; or why it cannot be read. Whom one of them marks as protected is named in none.
pub fn inspect(
    files: &[PathBuf],
    role: Option<Role>,
    today: NaiveDate,
    language: Language,
) -> Vec<Result<String, Error>> {
    let looked: Vec<_> = files.iter().map(|file| ingest::inspect(file, role, today)).collect();
    let readings = looked.iter().flatten().filter_map(|inspection| inspection.reading.as_ref().ok());
    let screen = Screen::new(Identifiers::of_marks(readings.flat_map(|reading| reading.marks.iter())), today);
    let told = |inspection: ingest::Inspection| console::inspected(&inspection, &screen, language);
    looked.into_iter().map(|inspection| inspection.map(told)).collect()
}

/// A line for the terminal or the log, with everything masked that has the form of a personal number. `today` settles
/// the century of those written short.
pub fn masked(line: &str, today: NaiveDate) -> String {
    Screen::of_nobody(today).show(line).into()
}

/// Looks at every file of a folder and writes a configuration there, and the list of systems where it is wished for.
///
/// # Errors
/// A folder that cannot be read, that holds no table, or that has a configuration already.
pub fn init(folder: &Path, today: NaiveDate, wish: InitWish) -> Result<InitTold, Error> {
    init::init(folder, &schema(), today, wish).map(|begun| {
        let screen = Screen::new(Identifiers::of_marks(begun.marks.iter()), today);
        InitTold { text: screen.show(&begun.text).into(), ..begun }
    })
}

/// Writes the tables of a file as they were read, unmasked, as UTF-8 CSV, and gives what should be known of them.
///
/// # Errors
/// A file that cannot be read, or an output that cannot be written.
pub fn write_csv(file: &Path, wanted: Wanted<'_>, into: &mut dyn Write) -> Result<Vec<Message>, Error> {
    ingest::write_csv(file, wanted, into)
}

/// Loads the configuration and the list of systems, and works on them with the threads that were asked for.
fn with_configuration<T: Send>(
    request: &RunRequest<'_>,
    work: impl FnOnce(&Config, Option<SourceReport>) -> Result<T, Errors> + Send,
) -> Result<T, Errors> {
    with_settled(request, |_| {}, work)
}

/// The same with what is changed in the configuration before anything is read.
fn with_settled<T: Send>(
    request: &RunRequest<'_>,
    settle: impl FnOnce(&mut Config),
    work: impl FnOnce(&Config, Option<SourceReport>) -> Result<T, Errors> + Send,
) -> Result<T, Errors> {
    let rules: Vec<&'static str> = review::RULES.iter().map(|rule| rule.id).collect();
    let surroundings = config::Surroundings { today: request.today, overrides: &request.overrides, rules: &rules };
    let mut config = config::load(&request.config, &surroundings)?;
    settle(&mut config);
    let inventory = examine::read_inventory(&mut config)?;
    match rayon::ThreadPoolBuilder::new().num_threads(request.threads.unwrap_or(0)).build() {
        Ok(pool) => pool.install(|| work(&config, inventory)),
        Err(_) => work(&config, inventory),
    }
}

/// Where a run is made, and whether it was made before.
struct Making<'a> {
    staging: Staging,
    again: Option<&'a Again>,
}

/// From a valid configuration to a published run.
fn review_and_publish(
    config: &Config,
    inventory: Option<SourceReport>,
    request: &RunRequest<'_>,
    Making { staging, again }: Making<'_>,
) -> Result<Done, Errors> {
    let started = timestamp(request);
    let recalled = history::recall(config, request.today)?;

    let mut inputs = examine::read_inputs(config, inventory, &recalled, request)?;
    if let Some(again) = again {
        inputs.tell_files(|report| again.date(report));
    }
    let mut examination = examine::match_inputs(inputs, config, &recalled, request.progress);
    examine::refuse_named_ids(config, &examination)?;
    begins(request, message!("Prövar reglerna", "Testing the rules"));
    let (screen, labels) = disclosure::screened(&mut examination, config.review.as_of);
    let review = Review::new(config, &examination, labels, &recalled);
    let followed = followup::follow_up(review::review(&review), &review);
    let accepted = request.accept_incomplete.as_deref();
    let previous = recalled.previous.as_ref().map(|previous| previous.line.clone());
    let begun = Begun { run: staging.run().to_owned(), version: VERSION, started: started.clone() };
    let facts = RunFacts::new(config, begun, accepted, &screen);
    let facts = facts.following(previous.as_ref());
    let disclosure = Disclosure::new(&review, &followed, facts, &screen);

    let outlet = Outlet::new(staging);
    let systems = (config.systems.len() as u64, Measure::Systems);
    let meter = Meter::new(request.progress, message!("Skriver arbetsböckerna", "Writing the workbooks"), systems);
    let written = through::write_systems(&disclosure, &review, (&outlet, &meter))?;
    let whole = disclosure.whole(written.tallies);
    let (outputs, memory) = rayon::join(
        || through::write_whole(written.outputs, &whole, &disclosure, &outlet),
        || disclosure.memory(&recalled, &examination.names),
    );
    let outputs = outputs?;
    let sealed = Sealed {
        run: &disclosure.run,
        inputs: &disclosure.inputs,
        whole: &whole,
        timing: Timing { started, finished: timestamp(request) },
        arguments: disclosure.arguments(&request.arguments),
        answers: disclosure.returned(&recalled.read.books),
        previous,
        memory,
        learned: record::learned(config, &examination.systems),
    };
    let folder = record::seal(outlet, outputs, &sealed)?;
    let language = disclosure.run.language;
    Ok(Done {
        folder,
        language,
        table: SystemTable::new(&whole.summary, language),
        missing: missing(&review, &screen),
        unchanged: unchanged::told(&disclosure.inputs, recalled.previous.as_ref()),
        gravest: disclosure.gravest(),
    })
}

/// The same with nothing written: the whole is shown on the terminal instead.
fn look_through(config: &Config, inventory: Option<SourceReport>, request: &RunRequest<'_>) -> Result<Checked, Errors> {
    let recalled = history::recall(config, request.today)?;
    let mut examination = examine::match_inputs(
        examine::read_inputs(config, inventory, &recalled, request)?,
        config,
        &recalled,
        request.progress,
    );
    examine::refuse_named_ids(config, &examination)?;
    let (screen, labels) = disclosure::screened(&mut examination, config.review.as_of);
    let review = Review::new(config, &examination, labels, &recalled);
    let followed = followup::follow_up(review::review(&review), &review);
    let begun = Begun { run: String::new(), version: VERSION, started: timestamp(request) };
    let facts = RunFacts::new(config, begun, request.accept_incomplete.as_deref(), &screen);
    let disclosure = Disclosure::new(&review, &followed, facts, &screen);
    let whole = disclosure.whole(through::tally_systems(&disclosure, &review));
    let language = disclosure.run.language;
    let unread = unread(&review, &screen);
    let console::CheckedText { text, details, problems } = console::checked(&whole.summary, &unread, language);
    Ok(Checked { text, details, language, problems })
}

/// Tells that a phase begins, of which nobody knows how long it is.
fn begins(request: &RunRequest<'_>, phase: Message) {
    (request.progress)(Progress::of_phase(phase));
}

/// The program's version.
const VERSION: &str = env!("CARGO_PKG_VERSION");

fn timestamp(request: &RunRequest<'_>) -> String {
    (request.clock)().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Why systems could not be read, each with where and the way out, as they may be shown.
fn unread(review: &Review<'_>, screen: &Screen) -> Vec<console::Unread> {
    let language = review.config.review.language;
    let show = |text: &Message| screen.show(text.get(language));
    let unread = review.systems.iter().filter_map(|system| Some((system.config, system.delivered.err()?)));
    let told = unread.map(|(config, error)| console::Unread {
        system: screen.show(&config.system.name),
        file: screen.show(&error.place.file),
        says: show(&error.says),
        way_out: error.way_out.as_deref().map(show),
    });
    told.collect()
}

/// Why systems could not be read.
fn missing(review: &Review<'_>, screen: &Screen) -> Vec<String> {
    let language = review.config.review.language;
    let expected = review.systems.iter().filter(|system| system.config.system.left_out.is_none());
    let errors = expected.filter_map(|system| system.delivered.err());
    errors.map(|error| screen.show(&error.show(language)).into()).collect()
}
