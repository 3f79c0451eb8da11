//! Counts that tie: accounts by outcome + protected = accounts read.

use super::Disclosure;
use super::hidden::HiddenRows;
use crate::followup::{Fate, Gone, Tracked};
use crate::matching::Outcome;
use crate::model::{AccountClass, AccountIx, Severity};
use crate::review::{Review, Subject, is_privileged};
use crate::runfolder::{Attest, Counts, answered_rows};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Counts of the whole and of each system.
pub fn count(disclosure: &Disclosure<'_>) -> Counts {
    let review = disclosure.door.review;
    let mut whole = of_findings(disclosure.findings_of_whole());
    add_gone(&mut whole, disclosure.gone.iter().filter(|gone| gone.system.is_none()));
    whole.protected = review.protected_in_all();
    let answered = answered(disclosure);
    for cx in review.system_contexts() {
        let mut counts = of_findings(disclosure.findings_of(cx.place));
        add_accounts(&mut counts, review, cx.place);
        add_gone(&mut counts, disclosure.gone.iter().filter(|gone| gone.system == Some(cx.place)));
        counts.answered = answered.get(cx.config.system.id.as_str()).copied().unwrap_or(0);
        counts.to_answer = to_answer(disclosure, cx.place);
        for (sum, own) in [
            (&mut whole.accounts.outcome, &counts.accounts.outcome),
            (&mut whole.accounts.class, &counts.accounts.class),
            (&mut whole.findings.rule, &counts.findings.rule),
            (&mut whole.findings.severity, &counts.findings.severity),
            (&mut whole.findings.state, &counts.findings.state),
        ] {
            own.iter().for_each(|(code, number)| *sum.entry(code.clone()).or_default() += number);
        }
        whole.verified += counts.verified;
        whole.verified_after_days.extend(&counts.verified_after_days);
        whole.to_answer += counts.to_answer;
        whole.answered += counts.answered;
        whole.systems.insert(cx.config.system.id.to_string(), counts);
    }
    whole.verified_after_days.sort_unstable();
    whole
}

fn of_findings(findings: &[&Tracked]) -> Counts {
    let mut counts = Counts::default();
    for severity in Severity::ALL {
        counts.findings.severity.insert(severity.code().to_owned(), 0);
    }
    for tracked in findings {
        let finding = &tracked.finding;
        let add = |map: &mut BTreeMap<String, u64>, key: &str| {
            *map.entry(key.to_owned()).or_default() += 1;
        };
        add(&mut counts.findings.rule, finding.rule.id);
        add(&mut counts.findings.severity, finding.graded.result.code());
        add(&mut counts.findings.state, tracked.state.code());
    }
    counts
}

/// Findings of the run before that did not come back are counted by what became of them, and nowhere else.
fn add_gone<'g>(counts: &mut Counts, gone: impl Iterator<Item = &'g &'g Gone>) {
    for own in gone {
        *counts.findings.state.entry(own.fate.code().to_owned()).or_default() += 1;
        let Fate::Verified(_, on) = own.fate else { continue };
        counts.verified += 1;
        let first_seen = NaiveDate::parse_from_str(&own.then.first_seen, "%Y-%m-%d").ok();
        let days = first_seen.map(|first| (on - first).num_days());
        counts.verified_after_days.extend(days.and_then(|days| u64::try_from(days).ok()));
    }
    counts.verified_after_days.sort_unstable();
}

/// Rows of a system to be answered: those of its accounts that deviate, and those that are attested.
fn to_answer(disclosure: &Disclosure<'_>, place: usize) -> u64 {
    let asks = disclosure.run.asks;
    let lists = |own: &&&Tracked| asks.lists(own.finding.graded.result, own.state.is_settled());
    let listed = disclosure.findings_of(place).iter().filter(lists);
    let listed = listed.filter_map(|tracked| match tracked.finding.subject {
        Subject::Account(_, account) => Some(account),
        Subject::System(_) | Subject::Person(_) | Subject::Whole => None,
    });
    let mut rows: BTreeSet<AccountIx> = listed.collect();
    let review = disclosure.door.review;
    if let Ok((export, matches)) = review.systems[place].delivered
        && asks.attest != Attest::Nothing
    {
        let hidden = &review.protection.accounts[place];
        let all = (0u32..).map(AccountIx).zip(export.accounts.iter().zip(&matches.matches));
        let attested = all.filter(|(_, (account, matched))| asks.attests(is_privileged(account, matched)));
        rows.extend(attested.map(|(account, _)| account).filter(|account| !hidden.contains(account)));
    }
    rows.len() as u64
}

/// Rows of the run before that an answer was given to, by the system.
fn answered(disclosure: &Disclosure<'_>) -> BTreeMap<String, u64> {
    let recalled = disclosure.door.review.recalled;
    let Some(previous) = &recalled.previous else { return BTreeMap::new() };
    let hidden = HiddenRows::new(&disclosure.door);
    let answers = recalled.memory.answers.iter().filter(|answer| !hidden.has(&answer.row));
    answered_rows(answers, &previous.line.run, Some(disclosure.run.as_of))
}

fn add_accounts(counts: &mut Counts, review: &Review<'_>, place: usize) {
    for outcome in Outcome::ALL {
        counts.accounts.outcome.insert(outcome.code().to_owned(), 0);
    }
    for class in AccountClass::ALL {
        counts.accounts.class.insert(class.code().to_owned(), 0);
    }
    counts.protected = review.protected_in(place);
    let Ok((_, matches)) = review.systems[place].delivered else { return };
    let hidden = &review.protection.accounts[place];
    for (matched, ix) in matches.matches.iter().zip(0u32..) {
        if hidden.contains(&AccountIx(ix)) {
            continue;
        }
        *counts.accounts.outcome.entry(matched.outcome.code().to_owned()).or_default() += 1;
        *counts.accounts.class.entry(matched.class.code().to_owned()).or_default() += 1;
    }
}
