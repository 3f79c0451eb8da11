//! A personal account that matches nobody in payroll.

use crate::matching::Outcome;
use crate::model::{Severity, Text, counted, message};
use crate::review::rule::{Unseen, needs_export, on_unused_rows};
use crate::review::{AccountCx, Check, Extent, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};
use chrono::Days;

pub(super) const RULE: Rule = Rule {
    id: "not-in-payroll",
    group: Group::Account,
    base: Severity::High,
    title: Text::new("Saknar träff i personalregistret", "No match in payroll"),
    why: Text::new(
        "Kontot ser ut att vara personligt men saknar träff mot någon i personalregistret. Innehavaren kan ha \
         slutat för länge sedan, vara inhyrd, eller ha skyddade personuppgifter.",
        "The account looks personal but matches nobody in payroll. The holder may have left long ago, be \
         hired in, or have protected personal data.",
    ),
    action: Text::new(
        "Ta reda på vem som använder kontot. Stäm av med HR innan det inaktiveras, utan att skicka namn.",
        "Find out who uses the account. Check with HR before it is disabled, without mailing names.",
    ),
    proposal: Text::new("Ta reda på innehavaren", "Find out the holder"),
    clauses: &["ISO/IEC 27001:2022 A.5.16", "NIST SP 800-53 r5 AC-2(3)(b)"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

/// Accounts of nobody in payroll that payroll was extracted too early for.
pub(super) fn partly(cx: &SystemCx<'_>) -> Option<Unseen> {
    let newer = cx.open_accounts().filter(|account| is_nobodys(account) && is_newer_than_payroll(account)).count();
    let (day, (sv, en)) = (cx.payroll().day, counted(newer, ["konto", "konton"], ["account", "accounts"]).both());
    (newer > 0).then(|| {
        let why = message!(
            "{sv} skapades efter personalregistrets uttag {day}; sådana prövas inte",
            "{en} were made after payroll was extracted on {day}; such are not tested"
        );
        Unseen { why, hides: false, extent: Extent::Part }
    })
}

/// Accounts of nobody in payroll whose holder may stand on a row of it that could not be used.
pub(super) fn on_lost_rows(cx: &SystemCx<'_>) -> Option<Unseen> {
    on_unused_rows(cx, is_nobodys)
}

fn is_nobodys(cx: &AccountCx<'_>) -> bool {
    let unmatched = cx.matched.outcome == Outcome::Unmatched && cx.matched.class.is_somebodys();
    unmatched && !cx.says_only_a_broken_number()
}

/// Whether the holder can have been hired after payroll's extract, and so is not in it yet. A day after the export itself
/// is no day on which an account of it was made, and excuses nothing. An export without a day of its own may have been
/// made as long after the reference date as one with a day may, whatever is taken for its day elsewhere.
fn is_newer_than_payroll(cx: &AccountCx<'_>) -> bool {
    let gap = Days::new(u64::from(cx.system.thresholds().max_input_gap_days));
    let undated = cx.system.review.config.review.as_of + gap;
    let made = cx.system.config.inputs.iter().map(|input| input.exported.unwrap_or(undated)).max();
    let earliest = cx.system.payroll().day;
    cx.account.created.is_some_and(|created| created > earliest && made.is_some_and(|made| created <= made))
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    if !is_nobodys(cx) || is_newer_than_payroll(cx) || cx.may_be_on_an_unused_row() {
        return None;
    }
    let hit = Hit::new(message!(
        "Kontots uppgifter stämmer inte med någon i personalregistret.",
        "What is stated of the account agrees with nobody in payroll."
    ));
    Some(hit.day("created", cx.account.created).day("last_login", cx.last_login()))
}
