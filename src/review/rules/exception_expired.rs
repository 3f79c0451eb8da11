//! A deviation that was accepted until a day that has passed.

use crate::answer_form::Decision;
use crate::model::{Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "exception-expired",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Undantaget har gått ut", "The exception has run out"),
    why: Text::new(
        "Avvikelsen godtogs till ett visst datum, som har passerat. Den är inte godtagen längre.",
        "The deviation was accepted until a day that has passed. It is accepted no longer.",
    ),
    action: Text::new(
        "Åtgärda avvikelsen, eller besluta om ett nytt undantag med nytt skäl.",
        "Put the deviation right, or decide on a new exception for a new reason.",
    ),
    proposal: Text::new("Åtgärda eller besluta på nytt", "Put right or decide anew"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let answer = cx.answers().last().filter(|answer| answer.decision == Decision::Exception)?;
    let until = answer.last_day().filter(|until| *until < cx.system.review.config.review.as_of)?;
    cx.still_found(|key| answer.findings.contains(key))?;
    let hit = Hit::new(message!(
        "Undantaget gällde till och med {until}. Avvikelsen finns kvar.",
        "The exception held until {until}. The deviation is still here."
    ));
    Some(hit.day("until", Some(until)))
}
