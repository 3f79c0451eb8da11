//! An account whose own end date has passed, and which is still enabled.

use crate::model::{Field, Message, Severity, Text, days as in_days, message};
use crate::review::nearly::soon;
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "expired-yet-enabled",
    group: Group::Activity,
    base: Severity::Medium,
    title: Text::new(
        "Kontots slutdatum har passerat, kontot aktivt",
        "The account's end date has passed, account active",
    ),
    why: Text::new(
        "Kontot skulle enligt sitt eget slutdatum vara avslutat men är fortfarande aktivt.",
        "By its own end date the account should be closed, but it is still active.",
    ),
    action: Text::new(
        "Inaktivera kontot, eller ange ett nytt slutdatum i systemet.",
        "Disable the account, or set a new end date in the system.",
    ),
    proposal: Text::new("Inaktivera konto", "Disable account"),
    clauses: &["NIST SP 800-53 r5 AC-2(3)(a)", "ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::export(&[Field::Expires, Field::ValidTo]).and_needs(&[&[Field::Expires, Field::ValidTo]]),
    check: Check::Account { untested, check },
};

fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    needs_export(cx).or_else(|| {
        let none = Text::new(
            "exporten har ingen kolumn för kontots slutdatum",
            "the export has no column for the account's end date",
        );
        cx.lacks(&[Field::Expires, Field::ValidTo], none)
    })
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let end = cx.valid_to().filter(|end| *end < cx.tested_day())?;
    cx.is_active().then(|| {
        let hit = Hit::new(message!(
            "Kontots eget slutdatum {end} har passerat. Kontot är aktivt.",
            "The account's own end date, {end}, has passed. The account is active."
        ));
        hit.day("valid_to", Some(end))
    })
}

/// The account's own last day is soon.
pub(super) fn nearly(cx: &AccountCx<'_>) -> Option<Message> {
    let until = cx.valid_to().filter(|_| cx.is_active() && check(cx).is_none())?;
    let (sv, en) = in_days(soon(until, cx.tested_day())?).both();
    Some(message!(
        "Kontot gäller till och med {until}, {sv} efter den dag som exporten visar.",
        "The account holds until {until}, {en} after the day the export shows."
    ))
}
