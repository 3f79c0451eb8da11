//! Someone who came back after a long gap to the account of before.

use super::not_yet_employed::NO_START;
use crate::model::{Employment, Field, Message, Severity, Text, message};
use crate::review::gaps::count;
use crate::review::rule::{Unseen, needs_export};
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};
use chrono::NaiveDate;

pub(super) const RULE: Rule = Rule {
    id: "rehired-old-account",
    group: Group::Account,
    base: Severity::Medium,
    title: Text::new("Återanställd med konto från tidigare", "Rehired, with an account of before"),
    why: Text::new(
        "Innehavaren har varit borta från arbetsgivaren längre än 90 dagar medan kontot funnits. Behörigheter från det tidigare arbetet kan finnas kvar.",
        "The holder was away from the employer for more than 90 days while the account existed. Access from the earlier job may remain.",
    ),
    action: Text::new(
        "Pröva kontots roller mot det nuvarande arbetet.",
        "Check the roles of the account against the present job.",
    ),
    proposal: Text::new("Pröva rollerna", "Check the roles"),
    clauses: &["ISO/IEC 27001:2022 A.5.18", "NIST SP 800-53 r5 PS-5"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn {
        export: &[Field::Created],
        people: &[Field::EmploymentStart, Field::EmploymentEnd],
        needs: &[&[Field::Created]],
        needs_of_people: &[&[Field::EmploymentStart]],
        ..RestsOn::NOTHING
    },
    check: Check::Account { untested, check },
};

/// Days away after which rights are taken to need a new decision.
const LONG_GAP: i64 = 90;

/// The life of an account begins on the day it was made, and a gap lies between the last day of one employment and the
/// first of another.
fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    let missing = Text::new("exporten saknar kolumn för när kontot skapades", "the export has no column for creation");
    let no_end =
        Text::new("personalregistret saknar kolumn för anställningens slut", "payroll has no column for the last day");
    needs_export(cx)
        .or_else(|| cx.lacks(&[Field::Created], missing))
        .or_else(|| cx.review.lacks_in_payroll(Field::EmploymentStart, NO_START))
        .or_else(|| cx.review.lacks_in_payroll(Field::EmploymentEnd, no_end))
}

/// Accounts of those who came back, where nothing tells whether the account is from before.
pub(super) fn partly(cx: &SystemCx<'_>) -> Option<Unseen> {
    let is_ageless = |account: &AccountCx<'_>| account.is_ageless() && away(account).is_some();
    count(cx.open_accounts(), is_ageless, |Message { sv, en }| {
        message!(
            "{sv} prövas inte: innehavaren har varit borta, och exporten anger inte när kontot skapades",
            "{en} are not tested: the holder has been away, and the export does not state when the account was made"
        )
    })
}

/// The last long gap of a holder who is back, with an account that can be used.
fn away(cx: &AccountCx<'_>) -> Option<(NaiveDate, NaiveDate)> {
    let is_back = cx.is_active() && cx.tenure()?.standing.is_employed();
    last_gap(cx.employments(), cx.tested_day()).filter(|_| is_back)
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let (left, back) = away(cx)?;
    let days = (back - left).num_days() - 1;
    (cx.account.created? <= left).then(|| {
        let hit = Hit::new(message!(
            "Innehavaren slutade {left} och började igen {back}, {days} dagar senare. Kontot är från tiden före uppehållet.",
            "The holder left on {left} and came back on {back}, {days} days later. The account is from before the gap."
        ));
        hit.day("left", Some(left)).day("back", Some(back)).number("days", days)
    })
}

/// The last long gap between employments that has ended by a day: the last day before it and the first after.
fn last_gap<'a>(employments: impl Iterator<Item = &'a Employment>, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let begun = employments.filter(|e| !e.is_engagement() && e.has_started(day));
    // One without a first day has gone on since always.
    let mut spans: Vec<(NaiveDate, Option<NaiveDate>)> =
        begun.map(|e| (e.start.unwrap_or(NaiveDate::MIN), e.end.date())).collect();
    spans.sort();
    let mut until = spans.first()?.1;
    let mut gap = None;
    for (start, end) in spans.into_iter().skip(1) {
        // An employment without an end covers everything after it.
        let Some(last) = until else { break };
        if (start - last).num_days() > LONG_GAP + 1 {
            gap = Some((last, start));
        }
        until = end.map(|end| end.max(last));
    }
    gap
}
