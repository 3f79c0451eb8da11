//! Decisions that no export shows as carried out yet, counted by system: the open part of what owners have answered.

use super::{Disclosure, Shown};
use crate::answer_form::Decision;
use crate::followup::{State, Tracked};
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

/// What remains in some systems, in their order and in that of the dropdown.
pub fn open(disclosure: &Disclosure<'_>, systems: &[SystemCx<'_>]) -> Vec<Measure> {
    systems.iter().flat_map(|cx| of_system(disclosure, cx)).collect()
}

fn of_system(disclosure: &Disclosure<'_>, cx: &SystemCx<'_>) -> Vec<Measure> {
    let mut by_decision: BTreeMap<Decision, Vec<(&Tracked, &AnswerLine)>> = BTreeMap::new();
    for tracked in disclosure.findings_of(cx.place).iter().filter(|own| own.state == State::Decided) {
        let Some(answer) = tracked.answer.as_deref().filter(|own| is_measure(own.decision)) else { continue };
        by_decision.entry(answer.decision).or_default().push((tracked, answer));
    }
    let door = &disclosure.door;
    let measure = |(decision, own): (Decision, Vec<(&Tracked, &AnswerLine)>)| {
        let rows = |is: fn(&AnswerLine) -> bool| {
            own.iter().filter(|(_, answer)| is(answer)).map(|(_, answer)| &answer.row).collect::<BTreeSet<_>>().len()
                as u64
        };
        Measure {
            system: door.show(&cx.config.system.name),
            decision,
            accounts: rows(|_| true),
            post: cx.config.system.owner.as_deref().and_then(|written| door.names.post(written)),
            oldest: own.iter().filter_map(|(_, answer)| answer.decided_on).min(),
            first_seen: own.iter().map(|(tracked, _)| tracked.first_seen).min().unwrap_or(disclosure.run.as_of),
            claimed: rows(|answer| answer.done_on.is_some() || answer.decision == Decision::Done),
        }
    };
    by_decision.into_iter().map(measure).collect()
}

/// Whether a decision asks for something to be done in the system.
fn is_measure(decision: Decision) -> bool {
    matches!(decision, Decision::Disable | Decision::ChangeRole | Decision::Done)
}
