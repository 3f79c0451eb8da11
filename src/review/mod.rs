//! What deviates: every account and system tested against every rule.
//!
//! A rule is a value in a file of its own under `rules/`, and one line in [`RULES`]. It says what
//! deviates; whose an account is was settled before, by the matching.

mod context;
mod finding;
mod rule;
mod rules;

pub use context::{AccountCx, Review, SystemCx, SystemUnderReview};
pub use finding::{Fact, Finding, Hit, Modifier, State, Subject};
pub use rule::{Check, Group, Rule, Stage};
pub use rules::RULES;

use crate::config::RuleSetting;
use crate::model::Text;

/// A rule that could not be tested on one system, and why.
#[derive(Clone, Copy, Debug)]
pub struct Untested {
    /// The rule.
    pub rule: &'static Rule,
    /// Which system, by its place; `None` where it is about the whole.
    pub system: Option<usize>,
    /// Why.
    pub why: Text,
}

/// What a review came to.
#[derive(Debug, Default)]
pub struct Reviewed {
    /// Findings, by rule in catalogue order, then system, then account.
    pub findings: Vec<Finding>,
    /// What could not be tested.
    pub untested: Vec<Untested>,
}

/// Runs every rule of a stage that is on.
pub fn review(review: &Review<'_>, stage: Stage) -> Reviewed {
    let mut reviewed = Reviewed::default();
    for rule in RULES.iter().copied().filter(|rule| rule.stage == stage) {
        if setting(review, rule) != Some(RuleSetting::Off) {
            run_rule(review, rule, &mut reviewed);
        }
    }
    reviewed
}

fn setting(review: &Review<'_>, rule: &Rule) -> Option<RuleSetting> {
    review.config.rules.get(rule.id).copied()
}

/// A rule's base severity, as configured or as it stands.
fn base(review: &Review<'_>, rule: &Rule) -> crate::model::Severity {
    match setting(review, rule) {
        Some(RuleSetting::Base(severity)) => severity,
        Some(RuleSetting::Off) | None => rule.base,
    }
}

fn run_rule(review: &Review<'_>, rule: &'static Rule, reviewed: &mut Reviewed) {
    let base = base(review, rule);
    if let Check::Whole(check) = rule.check {
        let hits = check(review).into_iter();
        reviewed.findings.extend(hits.map(|hit| Finding::whole(rule, base, hit)));
        return;
    }
    for system in review.system_contexts() {
        if let Some(why) = (rule.untested)(&system) {
            reviewed.untested.push(Untested { rule, system: Some(system.place), why });
            continue;
        }
        match rule.check {
            Check::System(check) => {
                let hits = check(&system).into_iter();
                reviewed.findings.extend(hits.map(|hit| Finding::system(rule, base, &system, hit)));
            }
            Check::Account(check) => reviewed.findings.extend(system.accounts().filter_map(|account| {
                check(&account).map(|hit| Finding::account(rule, base, &account, hit))
            })),
            Check::Whole(_) => {}
        }
    }
}
