//! Between runs: who has answered what, and whom to remind.
//!
//! It is no run. It reads the returned workbooks as the next run will, issues no lists and settles nothing. What it quotes
//! of them passes the door, so that it looks for those who are protected in the inputs once more.

use crate::RunRequest;
use crate::answer_form::Decision;
use crate::config::Config;
use crate::disclosure::{Identifiers, Screen, Shown};
use crate::error::{Error, ErrorKind, Errors, Place};
use crate::examine::{self, Examination};
use crate::history::{AnswersRead, Ledger, Problem, ProblemKind, Recalled, Statement, lacking, read_answers};
use crate::ingest::SourceReport;
use crate::model::{AccountKey, FindingKey, SystemId, message};
use crate::runfolder::{ACCOUNTS, AnswerLine, AskedRows, FINDINGS, MEMORY, Memory, RunFolder, SignOffLine};
use chrono::NaiveDate;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Answers are asked for, and nothing says where they lie.
pub fn nowhere(config: &Path) -> Error {
    let says = message!(
        "inställningen answers under [followup] saknas, så det går inte att veta var de besvarade arbetsböckerna finns",
        "the setting answers under [followup] is missing, so it cannot be known where the returned workbooks are"
    );
    Error::new(ErrorKind::Configuration, Place::file(config.display().to_string()), says).way_out(message!(
        "Skapa en mapp, till exempel svar, bredvid konfigurationen, lägg arbetsböckerna i den och skriv sist i filen:\n\
         [followup]\nanswers = \"svar\"",
        "Make a folder, svar for instance, beside the configuration, put the workbooks in it and write last in the file:\n\
         [followup]\nanswers = \"svar\""
    ))
}

/// How far the answers to a run have come.
#[derive(Debug)]
pub struct Answered {
    /// The run.
    pub run: String,
    /// The day that is looked at.
    pub today: NaiveDate,
    /// The day answers are due.
    pub due: NaiveDate,
    /// Each system that has rows to answer, in the order of the configuration.
    pub systems: Vec<SystemAnswered>,
    /// What could not be used, with its place.
    pub problems: Vec<Shown>,
    /// What is to be completed or looked at, though it counts: answers that lack something, and rows with different answers.
    pub remarks: Vec<Shown>,
    /// Whether answers of the post for protected persons were read, which are counted nowhere else.
    pub of_protected: bool,
    /// The same for the same answers, and for no other.
    pub digest: String,
}

/// How far one system has come.
#[derive(Debug)]
pub struct SystemAnswered {
    /// Its name.
    pub name: Shown,
    /// Who is to answer, as the configuration says.
    pub owner: Option<Shown>,
    /// Rows that need an answer.
    pub rows: u64,
    /// Of these, rows that have one.
    pub answered: u64,
    /// When the list was signed, where one of this run came back signed.
    pub signed: Option<NaiveDate>,
    /// Answers by decision.
    pub decisions: BTreeMap<Decision, u64>,
}

impl SystemAnswered {
    /// Rows that wait for an answer.
    pub fn waiting(&self) -> u64 {
        self.rows.saturating_sub(self.answered)
    }
}

impl Answered {
    /// Days until answers are due; below zero when the day has passed.
    pub fn days_left(&self) -> i64 {
        (self.due - self.today).num_days()
    }

    /// Rows that need an answer, and those that have one.
    pub fn total(&self) -> (u64, u64) {
        self.systems.iter().fold((0, 0), |sum, own| (sum.0 + own.rows, sum.1 + own.answered))
    }
}

/// What the answers to a run are shown through. Who is protected stands in its inputs alone: nothing that is kept of a run
/// tells it.
///
/// # Errors
/// Inputs of the run that cannot be read any more.
pub fn screen(
    config: &Config,
    inventory: Option<SourceReport>,
    run: &RunFolder,
    request: &RunRequest<'_>,
) -> Result<Screen, Errors> {
    let recalled = Recalled::after(run.value(MEMORY)?.unwrap_or_else(Memory::afresh));
    // Those who stand in what is left of a file are protected, whether it is whole or not.
    let request = RunRequest { accept_incomplete: Some(String::new()), ..request.clone() };
    let inputs = examine::read_inputs(config, inventory, &recalled, &request)?;
    let examination = examine::match_inputs(inputs, config, &recalled, request.progress);
    refuse_unread(config, run, &examination)?;
    Ok(Screen::new(Identifiers::of(&examination), config.review.as_of))
}

/// A system that the run asked of and that cannot be read now may be where somebody was marked.
fn refuse_unread(config: &Config, run: &RunFolder, examination: &Examination) -> Result<(), Error> {
    let asked = Rows::of(run, config)?;
    let was_read = |id: &SystemId| asked.by_system.contains_key(id.as_str());
    let both = config.systems.iter().zip(&examination.systems);
    let unread = both.filter_map(|(own, examined)| Some((&own.system.id, examined.delivered().err()?)));
    match unread.into_iter().find(|(id, _)| was_read(id)) {
        Some((_, error)) => Err(error.clone()),
        None => Ok(()),
    }
}

/// Looks at a run and the returned workbooks.
///
/// # Errors
/// A run that is damaged, or a folder of answers that is not there.
pub fn look(config: &Config, run: &RunFolder, today: NaiveDate, screen: &Screen) -> Result<Answered, Error> {
    let memory: Memory = run.value(MEMORY)?.unwrap_or_else(Memory::afresh);
    let read = read_answers(config, &memory, run, today)?;
    // Answers to its own lists, and late ones to older lists that the next run will take too.
    let to_its_lists = memory.answers.iter().filter(|own| own.issued_in == run.name.to_string());
    let ledger = Ledger::new(to_its_lists.chain(&read.new));
    let rows = Rows::of(run, config)?;
    let now = read.statements.iter().filter_map(Statement::signature);
    let name = run.name.to_string();
    let signatures: Vec<&SignOffLine> =
        memory.sign_offs.iter().chain(now).filter(|own| own.issued_in == name).collect();
    let language = config.review.language;
    let told = |problem: &Problem| screen.show(&problem.told(language));
    let (differing, problems): (Vec<&Problem>, Vec<&Problem>) =
        read.problems.iter().partition(|own| matches!(own.kind, ProblemKind::Differing | ProblemKind::Later));
    let lacking = rows.all().filter_map(|row| Some((row, lacking(ledger.last(row)?)?)));
    let lacking = lacking.map(|(row, says)| screen.show(&format!("{row}: {}", says.get(language))));
    // A system that only the list of systems tells of stands in no configuration of its own.
    let configured: Vec<&str> = config.systems.iter().map(|own| own.system.id.as_str()).collect();
    let others = rows.by_system.keys().map(String::as_str).filter(|id| !configured.contains(id));
    let systems = configured.iter().copied().chain(others).flat_map(|id| {
        let system = config.systems.iter().map(|own| &own.system).find(|own| own.id.as_str() == id);
        let by_owner = rows.by_owner(id, system.and_then(|own| own.owner.as_deref()), &memory);
        let name = system.map_or(id, |own| own.name.as_str());
        let name = run.manifest.systems.get(id).map_or(name, String::as_str);
        let told = |(owner, own): (Option<&str>, Vec<&AccountKey>)| {
            let answers = own.iter().filter_map(|row| ledger.last(row));
            let owner = owner.map(|owner| screen.show(owner));
            let counted = count(screen.show(name), owner, own.len(), answers);
            SystemAnswered { signed: signed(&signatures, id, today), ..counted }
        };
        by_owner.into_iter().map(told).collect::<Vec<_>>()
    });
    Ok(Answered {
        run: run.name.to_string(),
        today,
        due: run.manifest.answer_by.unwrap_or(run.name.as_of),
        systems: systems.collect(),
        problems: problems.into_iter().map(told).collect(),
        remarks: lacking.chain(differing.into_iter().map(told)).collect(),
        of_protected: !read.restricted.is_empty(),
        digest: digest(&read),
    })
}

/// The day of a system's signature; one without a day was there today.
fn signed(signatures: &[&SignOffLine], system: &str, today: NaiveDate) -> Option<NaiveDate> {
    let own = signatures.iter().filter(|own| own.system == system);
    own.map(|own| own.on.unwrap_or(today)).max()
}

fn count<'l>(
    name: Shown,
    owner: Option<Shown>,
    rows: usize,
    answers: impl Iterator<Item = &'l AnswerLine>,
) -> SystemAnswered {
    let mut own =
        SystemAnswered { name, owner, rows: rows as u64, answered: 0, signed: None, decisions: BTreeMap::new() };
    for answer in answers {
        own.answered += 1;
        *own.decisions.entry(answer.decision).or_default() += 1;
    }
    own
}

/// What was answered, as a whole: read again with nothing new, it is the same.
fn digest(read: &AnswersRead) -> String {
    let mut hash = Sha256::new();
    for answer in read.new.iter().chain(&read.restricted) {
        hash.update(format!("{answer:?}\n"));
    }
    for statement in &read.statements {
        hash.update(format!("{statement:?}\n"));
    }
    for problem in &read.problems {
        hash.update(format!("{problem:?}\n"));
    }
    crate::ingest::hex(&hash.finalize())
}

/// Rows of a run that need an answer.
struct Rows {
    by_system: BTreeMap<String, BTreeSet<AccountKey>>,
    /// Whom the list of each system that is not divided was for, as the run said.
    receivers: BTreeMap<String, Option<String>>,
}

#[derive(Deserialize)]
struct Account {
    system: String,
    account: String,
    privileged: bool,
}

#[derive(Deserialize)]
struct Found {
    key: FindingKey,
    account: Option<String>,
    severity: String,
    state: String,
}

impl Rows {
    /// Those that the lists of a run asked of; of a run of an earlier version as the configuration has it.
    fn of(run: &RunFolder, config: &Config) -> Result<Self, Error> {
        let mut asked = AskedRows::new(run.manifest.asks().unwrap_or_else(|| config.review.asks()));
        for found in run.lines::<Found>(FINDINGS)? {
            if let Some(row) = found.account.as_ref().and(found.key.account()) {
                asked.see_finding(&row, &found.severity, &found.state);
            }
        }
        for own in run.lines::<Account>(ACCOUNTS)? {
            if let Some(id) = SystemId::new(&own.system) {
                asked.see_account(&AccountKey::new(&id, &own.account), own.privileged);
            }
        }
        let mut by_system: BTreeMap<String, BTreeSet<AccountKey>> = BTreeMap::new();
        for row in asked.rows() {
            by_system.entry(row.system().to_owned()).or_default().insert(row);
        }
        Ok(Self { by_system, receivers: receivers(run) })
    }

    /// Every row.
    fn all(&self) -> impl Iterator<Item = &AccountKey> {
        self.by_system.values().flatten()
    }

    /// The rows of a system by who is asked of them: its owner first, then each to whom some were passed on.
    fn by_owner<'r>(
        &'r self,
        system: &str,
        owner: Option<&'r str>,
        memory: &'r Memory,
    ) -> Vec<(Option<&'r str>, Vec<&'r AccountKey>)> {
        let Some(rows) = self.by_system.get(system) else { return Vec::new() };
        let mut passed: BTreeMap<&str, Vec<&AccountKey>> = BTreeMap::new();
        let mut own = Vec::new();
        for row in rows {
            match memory.owners.get(row) {
                Some(stated) => passed.entry(&stated.who).or_default().push(row),
                None => own.push(row),
            }
        }
        let receiver = match self.receivers.get(system) {
            Some(receiver) => receiver.as_deref(),
            None => owner,
        };
        let own = (!own.is_empty()).then_some((receiver, own));
        own.into_iter().chain(passed.into_iter().map(|(who, rows)| (Some(who), rows))).collect()
    }
}

/// Whom the run sent each system's list to: nobody where its owner could not answer. Lists that were divided have several.
fn receivers(run: &RunFolder) -> BTreeMap<String, Option<String>> {
    let lists = run.manifest.outputs.iter().filter(|output| output.kind == "owner");
    let mut receivers: BTreeMap<String, Vec<Option<String>>> = BTreeMap::new();
    for (system, letter) in lists.filter_map(|list| Some((list.system.as_ref()?, list.letter.as_ref()?))) {
        receivers.entry(system.clone()).or_default().push(letter.recipient.clone());
    }
    let whole = |(system, mut own): (String, Vec<Option<String>>)| match own.len() {
        1 => Some((system, own.pop()?)),
        _ => None,
    };
    receivers.into_iter().filter_map(whole).collect()
}
