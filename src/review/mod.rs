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
use crate::model::{Severity, Text};

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

/// The base severity of a hit: as configured, as the hit says, or as the rule does.
fn base(review: &Review<'_>, rule: &Rule, hit: &Hit) -> Severity {
    match setting(review, rule) {
        Some(RuleSetting::Base(severity)) => severity,
        Some(RuleSetting::Off) | None => hit.base.unwrap_or(rule.base),
    }
}

fn run_rule(review: &Review<'_>, rule: &'static Rule, reviewed: &mut Reviewed) {
    if let Check::Whole(check) | Check::Both { whole: check, .. } = rule.check {
        let hits = check(review).into_iter();
        reviewed.findings.extend(hits.map(|hit| Finding::whole(rule, base(review, rule, &hit), hit)));
    }
    if matches!(rule.check, Check::Whole(_)) {
        return;
    }
    for system in review.system_contexts() {
        match (rule.untested)(&system) {
            Some(why) => reviewed.untested.push(Untested { rule, system: Some(system.place), why }),
            None => test_system(review, rule, &system, reviewed),
        }
    }
}

fn test_system(review: &Review<'_>, rule: &'static Rule, system: &SystemCx<'_>, reviewed: &mut Reviewed) {
    match rule.check {
        Check::System(check) | Check::Both { system: check, .. } => {
            let hits = check(system).into_iter();
            reviewed.findings.extend(hits.map(|hit| Finding::system(rule, base(review, rule, &hit), system, hit)));
        }
        Check::Account(check) => reviewed.findings.extend(system.accounts().filter_map(|account| {
            check(&account).map(|hit| Finding::account(rule, base(review, rule, &hit), &account, hit))
        })),
        Check::Whole(_) => {}
    }
}
