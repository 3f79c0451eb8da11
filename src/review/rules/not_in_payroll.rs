//! A personal account that matches nobody in payroll.

use crate::matching::Outcome;
use crate::model::{AccountClass, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, Tells};

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

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let personal = matches!(cx.matched.class, AccountClass::Personal | AccountClass::Admin);
    if cx.matched.outcome != Outcome::Unmatched || !personal {
        return None;
    }
    // Whoever was hired after payroll's extract is not in it yet: untested, no finding.
    if cx.account.created.is_some_and(|created| created > cx.system.payroll().day) {
        return None;
    }
    let hit = Hit::new(message!(
        "Kontots uppgifter stämmer inte med någon i personalregistret.",
        "What is stated of the account agrees with nobody in payroll."
    ));
    Some(hit.day("created", cx.account.created).day("last_login", cx.last_login()))
}
