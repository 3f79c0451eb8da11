//! Decisions that no export shows as carried out yet, counted by system: the open part of what owners have answered.

use super::{Disclosure, Shown};
use crate::answer_form::Decision;
use crate::followup::{Fate, Gone, State};
use crate::model::Text;
use crate::review::SystemCx;
use crate::runfolder::AnswerLine;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Accounts of one system that one decision was made on.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The system.
    pub system: Shown,
    /// What was decided.
    pub decision: Decision,
    /// How many accounts.
    pub accounts: u64,
    /// The owner's post, where that is what is stated.
    pub post: Option<Shown>,
    /// The earliest of the decisions, where days are stated.
    pub oldest: Option<NaiveDate>,
    /// When the first of the findings was first reported.
    pub first_seen: NaiveDate,
    /// Of the accounts, those that are said to be done.
    pub claimed: u64,
}

/// A decision on an account that remains to be done, and when what it is about was first reported.
type Remaining<'d> = (&'d AnswerLine, Option<NaiveDate>);

/// What remains in some systems, in their order and in that of the dropdown.
pub fn open(disclosure: &Disclosure<'_>, systems: &[SystemCx<'_>]) -> Vec<Measure> {
    systems.iter().flat_map(|cx| of_system(disclosure, cx)).collect()
}

/// What remains in systems that are no part of the review any more, by what they were called when they were.
pub fn of_left_out(disclosure: &Disclosure<'_>) -> Vec<Measure> {
    let door = &disclosure.door;
    let mut by_system: BTreeMap<&str, Vec<Remaining<'_>>> = BTreeMap::new();
    for gone in disclosure.gone.iter().filter(|gone| gone.system.is_none()) {
        if let Some((id, own)) = gone.then.system.as_deref().zip(carried(gone)) {
            by_system.entry(id).or_default().push(own);
        }
    }
    let previous = door.review.recalled.previous.as_ref();
    let left_out = Text::new("ingår inte i granskningen", "not part of the review").get(disclosure.run.language);
    let told = |(id, own): (&str, Vec<Remaining<'_>>)| {
        let name = previous.and_then(|previous| previous.manifest.systems.get(id)).map_or(id, String::as_str);
        by_decision(disclosure, &door.show(name).with(format_args!(" ({left_out})")), None, own)
    };
    by_system.into_iter().flat_map(told).collect()
}

fn of_system(disclosure: &Disclosure<'_>, cx: &SystemCx<'_>) -> Vec<Measure> {
    let decided = disclosure.findings_of(cx.place).iter().filter(|own| own.state == State::Decided);
    let decided = decided.filter_map(|own| Some((own.answer.as_deref()?, Some(own.first_seen))));
    let gone = disclosure.gone.iter().filter(|gone| gone.system == Some(cx.place));
    let door = &disclosure.door;
    let post = cx.config.system.owner.as_deref().and_then(|written| door.names.post(written));
    let remaining = decided.chain(gone.filter_map(|own| carried(own)));
    by_decision(disclosure, &door.show(&cx.config.system.name), post.as_ref(), remaining)
}

/// What was decided on something that could not be tested today: that no export was delivered does not show that it is
/// done.
fn carried(gone: &Gone) -> Option<Remaining<'_>> {
    match gone.fate {
        Fate::Untestable(_) => Some((gone.answer.as_ref()?, gone.then.first_seen.parse().ok())),
        Fate::Verified(..) | Fate::Resolved(_) => None,
    }
}

fn by_decision<'d>(
    disclosure: &Disclosure<'_>,
    system: &Shown,
    post: Option<&Shown>,
    remaining: impl IntoIterator<Item = Remaining<'d>>,
) -> Vec<Measure> {
    let mut by_decision: BTreeMap<Decision, Vec<Remaining<'_>>> = BTreeMap::new();
    for own in remaining.into_iter().filter(|(answer, _)| is_measure(answer.decision)) {
        by_decision.entry(own.0.decision).or_default().push(own);
    }
    let measure = |(decision, own): (Decision, Vec<Remaining<'_>>)| {
        let rows = |is: fn(&AnswerLine) -> bool| {
            own.iter().filter(|(answer, _)| is(answer)).map(|(answer, _)| &answer.row).collect::<BTreeSet<_>>().len()
                as u64
        };
        Measure {
            system: system.clone(),
            decision,
            accounts: rows(|_| true),
            post: post.cloned(),
            oldest: own.iter().filter_map(|(answer, _)| answer.decided_on).min(),
            first_seen: own.iter().filter_map(|(_, first_seen)| *first_seen).min().unwrap_or(disclosure.run.as_of),
            claimed: rows(|answer| answer.done_on.is_some() || answer.decision == Decision::Done),
        }
    };
    by_decision.into_iter().map(measure).collect()
}

/// Whether a decision asks for something to be done in the system.
fn is_measure(decision: Decision) -> bool {
    matches!(decision, Decision::Disable | Decision::ChangeRole | Decision::Done)
}
