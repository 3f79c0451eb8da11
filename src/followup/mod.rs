//! Findings × memory → the state of each finding between runs, and what became of those that did not come back.

mod gone;
mod lacking;
mod state;

pub use gone::Gone;
pub use state::{Fate, State};

use crate::answer_form::{Decision, YesNo};
use crate::history::Previous;
use crate::model::{AccountState, FindingKey, PersonKey};
use crate::review::{AccountCx, Check, Finding, Review, Reviewed, Rule, Subject, Untested};
use crate::runfolder::{AnswerLine, DECIDED, FindingLine, RESOLVED, UNTESTABLE, VERIFIED};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A finding with its history.
#[derive(Debug)]
pub struct Tracked {
    /// The finding.
    pub finding: Finding,
    /// Where it stands.
    pub state: State,
    /// Reference date of the run that first saw it.
    pub first_seen: NaiveDate,
    /// Runs that have seen it, this one too.
    pub runs: u32,
    /// The answer that was given to it before.
    pub answer: Option<Box<AnswerLine>>,
}

/// Findings with their histories, and what could not be tested.
#[derive(Debug)]
pub struct Followed {
    /// Findings of each system by its place.
    pub systems: Vec<Vec<Tracked>>,
    /// Findings about persons of the register and about the whole.
    pub whole: Vec<Tracked>,
    /// Those of the run before that did not come back, by key.
    pub gone: Vec<Gone>,
    /// What could not be tested.
    pub untested: Vec<Untested>,
}

impl Followed {
    /// Every finding: system by system, then persons and the whole.
    pub fn all(&self) -> impl Iterator<Item = &Tracked> {
        self.systems.iter().flatten().chain(&self.whole)
    }

    /// What could not be tested on a system: what could not on the whole could not there either. Rules on persons look at
    /// no system.
    pub fn untested_on(&self, place: usize) -> impl Iterator<Item = &Untested> {
        let is_of_persons = |rule: &Rule| matches!(rule.check, Check::Person { .. });
        let is_here = move |own: &&Untested| match own.system {
            Some(system) => system == place,
            None => !is_of_persons(own.rule),
        };
        self.untested.iter().filter(is_here)
    }
}

/// Follows up a review. A memory without earlier findings makes every finding new.
pub fn follow_up<'a>(reviewed: Reviewed, review: &'a Review<'a>) -> Followed {
    let follow = Follow { review, as_of: review.config.review.as_of };
    let mut seen = Seen::default();
    let mut track = |findings: Vec<Finding>| -> Vec<Tracked> {
        let left = findings.into_iter().filter(|finding| !follow.is_carried_out(finding));
        left.map(|finding| follow.track(finding, &mut seen)).collect()
    };
    let systems = reviewed.systems.into_iter().map(&mut track).collect();
    let whole = track(reviewed.whole);
    let previous = review.recalled.previous.as_ref();
    let gone = previous.map(|previous| gone::all(&follow, previous, &seen, &reviewed.untested));
    Followed { systems, whole, gone: gone.unwrap_or_default(), untested: reviewed.untested }
}

/// Keys that were met while findings got their histories.
#[derive(Default)]
struct Seen {
    /// Of this run's findings.
    now: BTreeSet<FindingKey>,
    /// Of those of the run before that came back.
    came_back: BTreeSet<FindingKey>,
}

/// What following up looks at.
struct Follow<'a> {
    review: &'a Review<'a>,
    as_of: NaiveDate,
}

impl<'a> Follow<'a> {
    /// Gives a finding its history, and notes which one of the run before came back.
    fn track(&self, finding: Finding, seen: &mut Seen) -> Tracked {
        let Some(previous) = &self.review.recalled.previous else { return self.first_time(finding) };
        seen.now.insert(self.review.key(&finding, finding.mark(self.review).as_deref()));
        let Some((key, account)) = self.then(&finding) else { return self.first_time(finding) };
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap_or(previous.as_of);
        let done = account.as_ref().and_then(|account| account.was_done(&key));
        let back = done.filter(|_| account.as_ref().is_some_and(AccountCx::shows_state));
        let then = previous.finding(&key).filter(|line| line.state != RESOLVED);
        let was_carried = |line: &FindingLine| line.state == VERIFIED || back.is_some() && line.state == DECIDED;
        match (then.filter(|line| !was_carried(line)), back.or(done)) {
            // What was done and cannot be seen to be undone stays as it was decided.
            (None, Some(done)) if back.is_none() => {
                let first_seen = day(&done.first_seen);
                seen.came_back.insert(key);
                Tracked { finding, state: State::Decided, first_seen, runs: done.runs + 1, answer: None }
            }
            (None, Some(done)) => {
                let first_seen = day(&done.first_seen);
                Tracked { finding, state: State::Returned, first_seen, runs: done.runs + 1, answer: None }
            }
            (Some(line), _) => {
                // What was decided before it was done says nothing of its coming back.
                let answer = account.as_ref().filter(|_| back.is_none());
                let answer = answer.and_then(|account| account.answer_to(&key));
                // A decision that a newer export disproves, or that cannot be followed, does not settle that it is so.
                let settling = answer.filter(|_| !finding.rule.tells.gainsays_answer());
                // One that could not be tested last time was asked of before.
                let carried = [State::Unanswered.code(), UNTESTABLE].contains(&line.state.as_str());
                let row = account.as_ref().and_then(AccountCx::key_then);
                let asked = carried || row.is_none_or(|row| previous.has_asked(&row));
                let waits = if asked { self.waiting(previous) } else { State::Open };
                let state = self.corrected(&finding).unwrap_or_else(|| self.state(settling, previous, waits));
                let first_seen = day(&line.first_seen);
                let answer = answer.cloned().map(Box::new);
                seen.came_back.insert(key);
                Tracked { finding, state, first_seen, runs: line.runs + 1, answer }
            }
            // It was in order in between, or never there.
            (None, None) => self.first_time(finding),
        }
    }

    /// Whether it was decided to close the account, and a later export shows it closed: then the finding is over, also where
    /// its rule looks at closed accounts as well.
    fn is_carried_out(&self, finding: &Finding) -> bool {
        // Most accounts are open: what was said of the others is looked up for those alone.
        let may_be = self.review.recalled.previous.is_some() && finding.rule.tells.is_mended_by_closing();
        if !may_be || !self.is_closed(finding.subject) {
            return false;
        }
        let Some((key, Some(account))) = self.then(finding) else { return false };
        let shows = |answer: &AnswerLine| answer.day().is_some_and(|day| day < account.tested_day());
        let carries_out = |answer: &AnswerLine| answer.decision == Decision::Disable && shows(answer);
        account.answer_to(&key).is_some_and(carries_out) || account.was_done(&key).is_some()
    }

    /// Whether a finding is about an account that is closed.
    fn is_closed(&self, subject: Subject) -> bool {
        let Subject::Account(system, account) = subject else { return false };
        self.review.account(system, account).is_some_and(|cx| cx.account.state == AccountState::Disabled)
    }

    fn first_time(&self, finding: Finding) -> Tracked {
        Tracked { finding, state: State::New, first_seen: self.as_of, runs: 1, answer: None }
    }

    /// The key that a finding had or would have had in the run before, with its account; `None` where the account was not
    /// there.
    fn then(&self, finding: &Finding) -> Option<(FindingKey, Option<AccountCx<'a>>)> {
        let mark = finding.mark(self.review);
        match finding.subject {
            Subject::Account(system, account) => {
                let account = self.review.account(system, account)?;
                let key = FindingKey::of_account(finding.rule.id, &account.key_then()?);
                Some((key.marked(mark.as_deref()), Some(account)))
            }
            Subject::Whole | Subject::System(_) | Subject::Person(_) => {
                Some((self.review.key(finding, mark.as_deref()), None))
            }
        }
    }

    /// Where a finding about payroll stands by what HR said of the row.
    fn corrected(&self, finding: &Finding) -> Option<State> {
        let Subject::Person(person) = finding.subject else { return None };
        let row = PersonKey::new(&self.review.roster.person(person).id);
        Some(match self.review.recalled.correction(&row)?.corrected {
            YesNo::Yes => State::Decided,
            YesNo::No => State::Open,
        })
    }

    /// Where a finding stands that was asked of and not answered.
    fn waiting(&self, previous: &Previous) -> State {
        if previous.answer_by < self.as_of { State::Unanswered } else { State::Open }
    }

    /// Where a finding stands by the answer that was given to it; as it waits for one, where there is none.
    fn state(&self, answer: Option<&AnswerLine>, previous: &Previous, waits: State) -> State {
        let Some(answer) = answer.filter(|answer| !previous.asked_after(answer)) else { return waits };
        match answer.decision {
            Decision::Keep | Decision::Disable | Decision::ChangeRole | Decision::Done => State::Decided,
            Decision::Exception => match answer.last_day() {
                Some(last) if last < self.as_of => State::ExceptionExpired,
                Some(_) => State::Excepted,
                None => State::Open,
            },
            Decision::NotMine | Decision::Unknown => State::Open,
        }
    }
}
