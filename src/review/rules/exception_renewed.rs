//! An exception that was renewed time after time.

use crate::model::{Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, Tells};
use chrono::NaiveDate;
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    id: "exception-renewed",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Undantaget har förlängts flera gånger", "The exception was renewed several times"),
    why: Text::new(
        "Ett undantag som förlängs gång på gång är i praktiken permanent. Då är det ett ställningstagande som bör fattas som ett sådant.",
        "An exception that is renewed again and again is permanent in practice, and should be decided on as such.",
    ),
    action: Text::new(
        "Ta ställning till om kontot ska ha en varaktig lösning i stället för nya undantag.",
        "Decide whether the account should have a lasting solution instead of new exceptions.",
    ),
    proposal: Text::new("Besluta om en varaktig lösning", "Decide on a lasting solution"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

/// Renewals from here on are told.
const MOST: usize = 3;

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let until: BTreeSet<NaiveDate> = cx.answers().filter_map(|answer| answer.exception_until).collect();
    let renewals = until.len().saturating_sub(1);
    if renewals < MOST {
        return None;
    }
    let last = *until.last()?;
    let hit = Hit::new(message!(
        "Undantaget har förlängts {renewals} gånger, senast till och med {last}.",
        "The exception was renewed {renewals} times, the last time until {last}."
    ));
    Some(hit.day("until", Some(last)).count("renewals", renewals))
}
