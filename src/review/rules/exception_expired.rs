//! A deviation, or an account that was attested, that was accepted until a day that has passed.

use crate::answer_form::Decision;
use crate::model::{AccountState, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "exception-expired",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Undantaget har gått ut", "The exception has run out"),
    why: Text::new(
        "Avvikelsen eller kontot godtogs till ett visst datum, som har passerat, och är inte godtaget längre.",
        "The deviation or the account was accepted until a day that has passed, and is accepted no longer.",
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
    let answer = cx.decision().filter(|answer| answer.decision == Decision::Exception)?;
    let until = answer.last_day().filter(|until| *until < cx.system.review.config.review.as_of)?;
    let (left, left_en) = match cx.is_of_no_deviation(answer) {
        true if cx.account.state == AccountState::Disabled => return None,
        true => ("Kontot", "account"),
        false => cx.still_answered(answer).map(|_| ("Avvikelsen", "deviation"))?,
    };
    let hit = Hit::new(message!(
        "Undantaget gällde till och med {until}. {left} finns kvar.",
        "The exception held until {until}. The {left_en} is still here."
    ));
    Some(hit.day("until", Some(until)))
}
