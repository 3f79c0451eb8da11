//! What deviates: every account and system tested against every rule.
//!
//! A rule is a value in a file of its own under `rules/`, and one line in [`RULES`]. It says what
//! deviates; whose an account is was settled before, by the matching.

mod account;
mod across;
mod config_key;
mod context;
mod extract;
mod finding;
mod gaps;
mod lists;
mod nearly;
mod problems;
mod receivers;
mod recognised;
mod rests;
mod rule;
mod rules;
mod unable;
mod unmet;

pub use account::{AccountCx, is_privileged};
pub use across::reference_key;
pub use context::{PersonCx, Review, SystemCx};
pub use extract::Extract;
pub use finding::{Fact, Finding, Hit, Mend, Modifier, Modifiers, Subject};
pub use nearly::nearly;
pub use receivers::{PassedOn, Receiver};
pub use rests::{RestsOn, not_understood, unread_of_filled};
pub use rule::{Check, Extent, Group, Rule, Stage, Tells, Unseen};
pub use rules::RULES;
pub use unable::Unable;

use crate::config::RuleSetting;
use crate::model::{AccountIx, Message, Severity, Text};
use rayon::prelude::*;

/// A rule that could not be tested on one system, and why.
#[derive(Clone, Debug)]
pub struct Untested {
    /// The rule.
    pub rule: &'static Rule,
    /// Which system, by its place; `None` where it is about the whole.
    pub system: Option<usize>,
    /// Why.
    pub why: Message,
    /// Whether what was found before may be hidden by it, so that its absence proves nothing.
    pub hides: bool,
    /// How much of it.
    pub extent: Extent,
}

impl Untested {
    /// A rule that nothing can be said by.
    fn wholly(rule: &'static Rule, system: Option<usize>, why: Message) -> Self {
        Self { rule, system, why, hides: true, extent: Extent::Most }
    }

    /// A rule that does not see all of a system.
    fn partly(rule: &'static Rule, system: &SystemCx<'_>, unseen: Unseen) -> Self {
        let Unseen { why, hides, extent } = unseen;
        Self { rule, system: Some(system.place), why, hides, extent }
    }
}

/// What a review came to.
#[derive(Debug, Default)]
pub struct Reviewed {
    /// Findings of each system by its place: by account in the order of the export, then those about the system
    /// itself; of one account in the order of the catalogue.
    pub systems: Vec<Vec<Finding>>,
    /// Findings about persons of the register and about the whole, in the order of the catalogue.
    pub whole: Vec<Finding>,
    /// What could not be tested, in the order of the catalogue.
    pub untested: Vec<Untested>,
}

/// Why rules of the loop are untested where no run came before.
const FIRST_RUN: Text =
    Text::new("det finns ingen tidigare genomgång att jämföra med", "there is no earlier review to compare with");

/// Runs every rule that is on: over the systems side by side, and over persons and the whole.
pub fn review(review: &Review<'_>) -> Reviewed {
    let is_on = |rule: &&'static Rule| rule.in_force(review.config).is_some();
    let follows = review.recalled.previous.is_some();
    let can_be_tested = |rule: &&'static Rule| rule.stage == Stage::Facts || follows;
    let rules = RULES.iter().copied().filter(is_on);
    let (rules, not_yet): (Vec<&'static Rule>, Vec<&'static Rule>) = rules.partition(can_be_tested);
    let systems = (0..review.systems.len()).into_par_iter().map(|place| {
        let system = review.system_context(place);
        let (tested, untested) = testable(&system, &rules);
        (test_system(&system, &tested), untested)
    });
    let people_and_whole = rules.par_iter().map(|rule| test_people_and_whole(review, rule));
    type Tested = (Vec<Vec<Finding>>, Vec<Vec<Untested>>);
    let ((systems, by_system), (whole, of_whole)): (Tested, Tested) =
        rayon::join(|| systems.unzip(), || people_and_whole.unzip());
    let first = |rule| Untested::wholly(rule, None, FIRST_RUN.into());
    let untested = not_yet.into_iter().map(first);
    let mut untested: Vec<Untested> = untested.chain(of_whole.into_iter().chain(by_system).flatten()).collect();
    untested.sort_by_key(|own| own.rule.place());
    Reviewed { systems, whole: whole.into_iter().flatten().collect(), untested }
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

/// Which rules can be tested on a system, and why others cannot, or not wholly.
fn testable(system: &SystemCx<'_>, rules: &[&'static Rule]) -> (Vec<&'static Rule>, Vec<Untested>) {
    let (mut tested, mut untested) = (Vec::new(), Vec::new());
    for (rule, untestable) in rules.iter().filter_map(|rule| Some((*rule, rule.check.of_systems()?))) {
        let place = Some(system.place);
        match untestable(system) {
            Some(why) => untested.push(Untested::wholly(rule, place, why.into())),
            None => {
                tested.push(rule);
                let unread = rule.rests_on.unread(system);
                let partly = rules::PARTLY.iter().filter(|(own, _)| own.id == rule.id);
                let unseen =
                    partly.filter_map(|(_, partly)| partly(system)).chain(gaps::unseen(&rule.rests_on, system));
                untested.extend(unread.map(|why| Untested::wholly(rule, place, why)));
                untested.extend(unseen.map(|unseen| Untested::partly(rule, system, unseen)));
            }
        }
    }
    (tested, untested)
}

/// Tests every account once, rule by rule, and then the system itself.
fn test_system(system: &SystemCx<'_>, rules: &[&'static Rule]) -> Vec<Finding> {
    let accounts: Vec<AccountIx> = system.accounts_under_review().collect();
    let of_accounts = accounts.into_par_iter().flat_map_iter(|ix| {
        let account = system.account(ix);
        account.map(|account| test_account(&account, rules)).unwrap_or_default()
    });
    let mut findings: Vec<Finding> = of_accounts.collect();
    for rule in rules.iter().copied() {
        let hit = rule.check.on_system(system);
        findings.extend(hit.map(|hit| Finding::system(rule, base(system.review, rule, &hit), system)));
    }
    findings
}

fn test_account(account: &AccountCx<'_>, rules: &[&'static Rule]) -> Vec<Finding> {
    let review = account.system.review;
    let of_rule = |rule: &&'static Rule| {
        let rule = *rule;
        let hits = rule.check.on_account(account).into_iter().zip(0u8..);
        hits.map(move |(hit, nth)| Finding::account(rule, base(review, rule, &hit), account, &hit, nth))
    };
    rules.iter().flat_map(of_rule).collect()
}

/// Tests a rule on persons of the register and on the whole. Returns what it found there, and what could not be tested.
fn test_people_and_whole(review: &Review<'_>, rule: &'static Rule) -> (Vec<Finding>, Vec<Untested>) {
    let not_tested = |why: Message| Untested::wholly(rule, None, why);
    if let Check::Person { untested, .. } = rule.check
        && let Some(why) = untested(review)
    {
        return (Vec::new(), vec![not_tested(why.into())]);
    }
    let mut untested = Vec::new();
    if rule.check.of_systems().is_none() {
        let unread = rule.rests_on.unread_in_payroll(review);
        let partly = rules::PARTLY_ON_PAYROLL.iter().filter(|(own, _)| own.id == rule.id);
        let unseen = partly.filter_map(|(_, partly)| partly(review)).map(Message::from);
        untested.extend(unread.into_iter().chain(unseen).map(not_tested));
    }
    let hit = rule.check.on_whole(review);
    let mut found: Vec<Finding> = hit.map(|hit| Finding::whole(rule, base(review, rule, &hit))).into_iter().collect();
    if let Check::Person { check, .. } = rule.check {
        let hits = review.person_contexts().filter_map(|cx| Some((cx.ix, check(&cx)?)));
        found.extend(hits.map(|(person, hit)| Finding::person(rule, base(review, rule, &hit), person)));
    }
    (found, untested)
}
