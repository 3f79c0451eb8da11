//! Earlier runs → what this run remembers: the findings and accounts of the run before, what is carried from run to
//! run, and which systems were ever reviewed.
//!
//! There is no database: the run folders are the record.

mod answers;
mod extract;
mod holder;
mod lacking;
mod ledger;
mod previous;
mod recognition;
mod said;

pub use answers::{AnswersRead, BookRead, Problem, ProblemKind, Statement, read as read_answers};
pub use extract::{PAYROLL, STATES};
pub use holder::{HolderNow, Whose};
pub use lacking::lacking;
pub use ledger::Ledger;
pub use previous::{AccountNow, AccountThen, Previous};
pub use recognition::{Came, Doubt, Recognition, Roll, Went, traces};
pub use said::Confirmation;

use crate::answer_form::Decision;
use crate::config::{Config, PreviousRun};
use crate::error::Error;
use crate::runfolder::{AnswerLine, Counts, Memory, Outline, RunFolder, RunName, StatedLine, runs_in};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What is known from earlier runs.
#[derive(Debug)]
pub struct Recalled {
    /// The run before, if there is one.
    pub previous: Option<Previous>,
    /// Answers, links, owners, exceptions, person ids.
    pub memory: Memory,
    /// What came of the returned workbooks.
    pub read: AnswersRead,
    /// Systems that some earlier run has reviewed, by id.
    pub reviewed: BTreeSet<String>,
    /// What earlier runs counted, in their order.
    pub earlier: Vec<(RunName, Counts)>,
}

impl Recalled {
    /// What is known right after a run that left this memory.
    pub fn after(memory: Memory) -> Self {
        Self { memory, ..Self::nothing() }
    }

    /// What is known where there is no earlier run, or none is to be looked at.
    fn nothing() -> Self {
        Self {
            previous: None,
            memory: Memory::afresh(),
            read: AnswersRead::default(),
            reviewed: BTreeSet::new(),
            earlier: Vec::new(),
        }
    }

    /// Answers that were read before this run.
    pub fn answers_before(&self) -> impl Iterator<Item = &AnswerLine> {
        let restricted = self.previous.iter().flat_map(|previous| previous.restricted.values());
        let beside = self.previous.iter().flat_map(|previous| &previous.restricted_answers);
        let known = self.memory.answers.len() - self.read.new.len();
        let restricted = restricted.filter_map(|line| line.answer.as_ref()).chain(beside);
        self.memory.answers.iter().take(known).chain(restricted)
    }

    /// Answers that this run has read.
    pub fn answers_now(&self) -> impl Iterator<Item = &AnswerLine> {
        self.read.new.iter().chain(&self.read.restricted)
    }

    /// Every answer that is known, those of earlier readings first.
    pub fn answers(&self) -> impl Iterator<Item = &AnswerLine> {
        self.answers_before().chain(self.answers_now())
    }
}

/// Recalls earlier runs from the output folder, or nothing where it is asked to start afresh. `today` is the day of the
/// run, by which every decision that is read was made.
///
/// # Errors
/// A run before that is damaged: what it found must not be lost in silence.
pub fn recall(config: &Config, today: NaiveDate) -> Result<Recalled, Error> {
    let Some(folder) = previous_folder(config)? else {
        return Ok(Recalled::nothing());
    };
    let run = RunFolder::open(&folder)?;
    let (mut reviewed, mut earlier) = (BTreeSet::new(), Vec::new());
    // Those of later names were not there when a run of this name was made, and must not matter when it is made again.
    for (name, older) in runs_in(folder.parent().unwrap_or(Path::new("")))?.iter().filter(|(name, _)| *name <= run.name)
    {
        // What an older run reviewed is worth knowing, and nothing else rests on it.
        match Outline::of(older) {
            Ok(older) => {
                reviewed.extend(older.systems().cloned());
                earlier.push((*name, older.counts));
            }
            Err(_) => log::warn!("an earlier run cannot be opened"),
        }
    }
    earlier.sort_by_key(|(name, _)| *name);
    let mut memory = previous::memory_of(&run)?;
    let read = answers::read(config, &memory, &run, today)?;
    memory.answers.extend(read.new.iter().cloned());
    memory.books.extend(read.finished.iter().cloned());
    memory.amiss.clone_from(&read.amiss);
    pass_on(&mut memory, &read.new);
    read.statements.iter().cloned().for_each(|statement| memory.take(statement));
    Ok(Recalled { previous: Some(Previous::of(run)?), memory, read, reviewed, earlier })
}

/// Whom rows were passed on to by answers that were read now. Somebody who names nobody passes nothing on.
fn pass_on(memory: &mut Memory, answers: &[AnswerLine]) {
    for answer in answers.iter().filter(|answer| answer.decision == Decision::NotMine) {
        if let Some(who) = answer.pass_on_to.clone() {
            let stated = StatedLine { who, stated_by: answer.decided_by.clone(), stated_on: answer.decided_on };
            memory.owners.insert(answer.row.clone(), stated);
        }
    }
}

/// The run that this one follows: never one of a later date.
fn previous_folder(config: &Config) -> Result<Option<PathBuf>, Error> {
    match &config.previous {
        PreviousRun::Nothing => Ok(None),
        PreviousRun::Folder(folder) => Ok(Some(folder.clone())),
        PreviousRun::Newest => {
            let is_earlier = |(name, _): &(RunName, PathBuf)| name.as_of <= config.review.as_of;
            let newest = runs_in(&config.review.output)?.into_iter().rfind(is_earlier);
            Ok(newest.map(|(_, folder)| folder))
        }
    }
}
