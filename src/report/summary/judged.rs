//! How far a control activity could be carried out: what was not tested must not read as in order.

use crate::disclosure::{ControlPoint, RunFacts, SummaryBook, SystemLine, Trust};
use crate::model::{Language, Text, by_saying, join_words};
use crate::review::{Group, Rule, Stage};

/// The rules that a control activity stands or falls with, by what its words promise. Of the control itself it is any
/// that looks at a system.
fn decisive(group: Group) -> &'static [&'static str] {
    match group {
        Group::Account => &["leaver-active", "not-in-payroll"],
        Group::Owner => &["system-without-owner", "system-owner-left", "account-without-owner", "account-owner-left"],
        Group::Activity => &["dormant", "never-used"],
        Group::Privilege => &["privileged-everyday", "outside-department"],
        Group::Payroll | Group::Control => &[],
    }
}

/// One system in a control activity.
struct InScope<'a> {
    system: &'a SystemLine,
    /// Why the activity could not be carried out there at all, or not wholly.
    gaps: Vec<String>,
    /// Whether some of it could.
    judged: bool,
}

/// What became of a control activity in the systems it is about.
pub struct Judgement {
    /// Systems in which it was carried out, whole or in part, by name.
    pub judged: Vec<String>,
    /// Their accounts, without those that are left out on purpose.
    pub accounts: u64,
    /// Systems in all.
    pub systems: usize,
    /// What could not be tested, with the systems it could not be tested in.
    pub untested: Vec<(String, Vec<String>)>,
}

impl Judgement {
    /// Judges an activity by the systems of its committee.
    pub fn new(point: &ControlPoint, part: &SummaryBook, run: &RunFacts) -> Self {
        let own = part.systems.iter().filter(|system| system.committee == point.committee);
        let of_payroll = point.group == Group::Payroll;
        let scope: Vec<InScope<'_>> =
            own.filter(|_| !of_payroll).map(|system| in_scope(system, point.group, run)).collect();
        let judged = || scope.iter().filter(|own| own.judged);
        let untested = if of_payroll { untested_of_payroll(part, run) } else { by_reason(&scope) };
        Self {
            judged: judged().map(|own| own.system.name.to_string()).collect(),
            accounts: judged().map(|own| own.system.under_review()).sum(),
            systems: scope.len(),
            untested,
        }
    }

    /// Whether nothing of it could be carried out. What payroll says of itself is tested whenever there is a run.
    pub fn is_of_nothing(&self) -> bool {
        self.systems > 0 && self.judged.is_empty()
    }

    /// What could not be tested, a part for each reason, the systems once before all that is said of them.
    pub fn untested_parts(&self, language: Language) -> Vec<String> {
        let mut before: &[String] = &[];
        let told = self.untested.iter().map(|(why, systems)| {
            let is_same = std::mem::replace(&mut before, systems) == systems;
            let names: Vec<&str> = systems.iter().map(String::as_str).collect();
            if is_same { why.clone() } else { format!("{}: {why}", join_words(&names, language)) }
        });
        told.collect()
    }

    /// Why, without the systems, as far as a result has room.
    pub fn reasons(&self, language: Language) -> String {
        let mut told: Vec<&str> = self.untested.iter().take(MOST_REASONS).map(|(why, _)| why.as_str()).collect();
        if self.untested.len() > MOST_REASONS {
            told.push(Text::new("fler skäl under Ej prövat", "more reasons under Not tested").get(language));
        }
        told.join("; ")
    }
}

/// Reasons in a cell that tells the result besides.
const MOST_REASONS: usize = 2;

fn in_scope<'a>(system: &'a SystemLine, group: Group, run: &RunFacts) -> InScope<'a> {
    if let Some(why) = not_judged(system, group) {
        return InScope { system, gaps: vec![why.to_owned()], judged: false };
    }
    let rules = rules(group, run);
    let gap = |rule: &&'static Rule| {
        let title = rule.title.get(run.language);
        system.untested.iter().find(|own| own.title == title).map(|own| own.why.to_string())
    };
    let all: Vec<Option<String>> = rules.iter().map(gap).collect();
    let judged = all.iter().any(Option::is_none);
    let mut gaps: Vec<String> = Vec::new();
    for gap in all.into_iter().flatten() {
        if !gaps.contains(&gap) {
            gaps.push(gap);
        }
    }
    InScope { system, gaps, judged }
}

/// Why a whole system tells nothing of an activity, whichever of its rules ran: what is said of holders says nothing
/// where the holders were not found.
fn not_judged(system: &SystemLine, group: Group) -> Option<&str> {
    let reliability = &system.reliability;
    let (found, all) = reliability.found;
    let of_nobody = match group {
        Group::Account => system.tested_day.is_some() && reliability.trust == Trust::NotJudged,
        Group::Activity | Group::Privilege if system.tested_day.is_some() && system.under_review() == 0 => true,
        Group::Privilege => found * 2 < all,
        Group::Owner | Group::Activity | Group::Payroll | Group::Control => false,
    };
    (system.left_out.is_some() || of_nobody).then_some(reliability.why).flatten()
}

/// The rules that decide, of those of the catalogue; a rule that is off is among them, and untested.
fn rules(group: Group, run: &RunFacts) -> Vec<&'static Rule> {
    let decisive = decisive(group);
    let of_systems = |rule: &Rule| rule.check.of_systems().is_some() && rule.stage == Stage::Facts;
    let own = run.rules.iter().map(|shown| shown.rule).filter(|rule| rule.group == group && of_systems(rule));
    own.filter(|rule| decisive.is_empty() || decisive.contains(&rule.id)).collect()
}

/// The gaps of all systems, each with the systems that have it.
fn by_reason(scope: &[InScope<'_>]) -> Vec<(String, Vec<String>)> {
    let gaps = |own: &InScope<'_>| -> Vec<(String, String)> {
        own.gaps.iter().map(|gap| (gap.clone(), own.system.name.to_string())).collect()
    };
    by_saying(scope.iter().flat_map(gaps))
}

/// Rules on payroll that could not be tested; why stands on the sheet of its quality.
fn untested_of_payroll(part: &SummaryBook, run: &RunFacts) -> Vec<(String, Vec<String>)> {
    let titles = part.payroll.iter().filter(|(_, count)| count.is_none()).map(|(title, _)| (*title).to_owned());
    let titles: Vec<String> = titles.collect();
    let why = Text::new("har inte kunnat prövas", "could not be tested").get(run.language);
    if titles.is_empty() { Vec::new() } else { vec![(why.to_owned(), titles)] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{Check, RULES};

    /// Every rule that an activity stands with is one of its group and looks at systems.
    #[test]
    fn decisive_rules_are_of_their_group() {
        for group in [Group::Account, Group::Owner, Group::Activity, Group::Privilege] {
            for id in decisive(group) {
                let rule = RULES.iter().find(|rule| rule.id == *id);
                let rule = rule.unwrap_or_else(|| panic!("{id} is no rule"));
                assert_eq!(rule.group.code(), group.code(), "{id}");
                assert!(!matches!(rule.check, Check::Person { .. } | Check::Whole(_)), "{id}");
            }
        }
    }
}
