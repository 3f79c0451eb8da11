//! What deviates: every account and system tested against every rule.
//!
//! A rule is a value in a file of its own under `rules/`, and one line in [`RULES`]. It says what
//! deviates; whose an account is was settled before, by the matching.

mod across;
mod context;
mod finding;
mod rests;
mod rule;
mod rules;
mod unmet;

pub use across::{Across, reference_key};
pub use context::{AccountCx, PersonCx, Review, SystemCx, SystemUnderReview, Unable};
pub use finding::{Fact, Finding, Hit, Modifier, State, Subject};
pub use rests::{RestsOn, not_understood};
pub use rule::{Check, Group, Rule, Stage};
pub use rules::RULES;

use crate::config::RuleSetting;
use crate::model::{Message, Severity, Text};

/// A rule that could not be tested on one system, and why.
#[derive(Clone, Debug)]
pub struct Untested {
    /// The rule.
    pub rule: &'static Rule,
    /// Which system, by its place; `None` where it is about the whole.
    pub system: Option<usize>,
    /// Why.
    pub why: Message,
}

/// What a review came to.
#[derive(Debug, Default)]
pub struct Reviewed {
    /// Findings, by rule in catalogue order, then system, then account, or person.
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

/// The base severity of a hit. Configuration sets the rule's first one; a hit with a base of its own keeps its
/// distance to that, and what is for information stays so.
fn base(review: &Review<'_>, rule: &Rule, hit: &Hit) -> Severity {
    match (setting(review, rule), hit.base) {
        (_, Some(Severity::Info)) => Severity::Info,
        (Some(RuleSetting::Base(first)), Some(own)) => first.shifted(own as i8 - rule.base as i8),
        (Some(RuleSetting::Base(first)), None) => first,
        (Some(RuleSetting::Off) | None, own) => own.unwrap_or(rule.base),
    }
}

fn run_rule(review: &Review<'_>, rule: &'static Rule, reviewed: &mut Reviewed) {
    match rule.check {
        Check::Whole(check) => {
            tell_unread(review, rule, reviewed);
            test_whole(review, rule, check, reviewed);
        }
        Check::Person { untested, check } => test_persons(review, rule, untested, check, reviewed),
        Check::Both { whole, .. } => {
            test_whole(review, rule, whole, reviewed);
            test_systems(review, rule, reviewed);
        }
        Check::Account(_) | Check::Each(_) | Check::System(_) => test_systems(review, rule, reviewed),
    }
}

/// Says where too much of what a rule on payroll rests on was not understood.
fn tell_unread(review: &Review<'_>, rule: &'static Rule, reviewed: &mut Reviewed) {
    let unread = rule.rests_on.unread_in_payroll(review);
    reviewed.untested.extend(unread.map(|why| Untested { rule, system: None, why }));
}

fn test_whole(
    review: &Review<'_>,
    rule: &'static Rule,
    check: fn(&Review<'_>) -> Option<Hit>,
    reviewed: &mut Reviewed,
) {
    let hits = check(review).into_iter();
    reviewed.findings.extend(hits.map(|hit| Finding::whole(rule, base(review, rule, &hit), hit)));
}

fn test_persons(
    review: &Review<'_>,
    rule: &'static Rule,
    untested: fn(&Review<'_>) -> Option<Text>,
    check: fn(&PersonCx<'_>) -> Option<Hit>,
    reviewed: &mut Reviewed,
) {
    if let Some(why) = untested(review) {
        return reviewed.untested.push(Untested { rule, system: None, why: why.into() });
    }
    tell_unread(review, rule, reviewed);
    let hits = review.person_contexts().filter_map(|cx| Some((cx.ix, check(&cx)?)));
    let findings = hits.map(|(person, hit)| Finding::person(rule, base(review, rule, &hit), person, hit));
    reviewed.findings.extend(findings);
}

fn test_systems(review: &Review<'_>, rule: &'static Rule, reviewed: &mut Reviewed) {
    for system in review.system_contexts() {
        let place = Some(system.place);
        if let Some(why) = (rule.untested)(&system) {
            reviewed.untested.push(Untested { rule, system: place, why: why.into() });
            continue;
        }
        let unread = rule.rests_on.unread(&system);
        reviewed.untested.extend(unread.map(|why| Untested { rule, system: place, why }));
        test_system(review, rule, &system, reviewed);
    }
}

fn test_system(review: &Review<'_>, rule: &'static Rule, system: &SystemCx<'_>, reviewed: &mut Reviewed) {
    let about = |account: &AccountCx<'_>, hit: Hit| Finding::account(rule, base(review, rule, &hit), account, hit);
    match rule.check {
        Check::System(check) | Check::Both { system: check, .. } => {
            let hits = check(system).into_iter();
            reviewed.findings.extend(hits.map(|hit| Finding::system(rule, base(review, rule, &hit), system, hit)));
        }
        Check::Account(check) => {
            let hits = system.accounts().filter_map(|account| check(&account).map(|hit| about(&account, hit)));
            reviewed.findings.extend(hits);
        }
        Check::Each(check) => {
            for account in system.accounts() {
                reviewed.findings.extend(check(&account).into_iter().map(|hit| about(&account, hit)));
            }
        }
        Check::Person { .. } | Check::Whole(_) => {}
    }
}
