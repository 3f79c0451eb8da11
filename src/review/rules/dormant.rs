//! An enabled account that nobody has signed in to for long: dormant, which is not the same as
//! disabled.

use crate::model::{Field, Message, Severity, Text, days as in_days, message};
use crate::review::gaps::SIGN_INS;
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, Modifier, RestsOn, Rule, Stage, SystemCx, Tells};
use chrono::Days;

pub(super) const RULE: Rule = Rule {
    id: "dormant",
    group: Group::Activity,
    base: Severity::Low,
    title: Text::new("Inaktivt konto (ingen inloggning på länge)", "Dormant account (no sign-in for long)"),
    why: Text::new(
        "Ett konto som ingen använder märks inte om någon annan börjar använda det.",
        "An account that nobody uses is not missed when somebody else begins to use it.",
    ),
    action: Text::new(
        "Fråga innehavaren om kontot behövs, annars inaktivera det.",
        "Ask the holder whether the account is needed; if not, disable it.",
    ),
    proposal: Text::new("Inaktivera om det inte behövs", "Disable if not needed"),
    clauses: &["NIST SP 800-53 r5 AC-2(3)", "PCI DSS 4 8.2.6", "ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::export(&[Field::LastLogin]).and_needs(&[SIGN_INS]).and_thresholds(&[
        "dormant_days",
        "privileged_dormant_days",
        "logon_lag_days",
    ]),
    check: Check::Account { untested: needs_last_login, check },
};

/// Rules on sign-ins need a column for them; without it nothing is "OK".
pub(super) fn needs_last_login(cx: &SystemCx<'_>) -> Option<Text> {
    needs_export(cx).or_else(|| {
        let none = Text::new(
            "exporten har ingen kolumn för senaste inloggning",
            "the export has no column for the last sign-in",
        );
        cx.lacks(&[Field::LastLogin], none)
    })
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let thresholds = cx.system.thresholds();
    let days = if cx.is_privileged() { thresholds.privileged_dormant_days } else { thresholds.dormant_days };
    // Active Directory's value may lie two weeks behind the real sign-in.
    let allowed = Days::new(u64::from(days) + u64::from(thresholds.logon_lag_days));
    let limit = cx.tested_day() - allowed;
    let login = cx.last_login()?;
    let new = cx.account.created.is_some_and(|created| created >= limit);
    if !cx.is_active() || new || login >= limit {
        return None;
    }
    let since = (cx.tested_day() - login).num_days();
    let (sv, en) = in_days(since).both();
    let (limit_sv, limit_en) = in_days(i64::from(days)).both();
    let mut hit = Hit::new(message!(
        "Senaste inloggning {login}, {sv} före den dag som exporten visar. Gränsen är {limit_sv}.",
        "The last sign-in was on {login}, {en} before the day the export shows. The limit is {limit_en}."
    ));
    hit.extra = Some(Modifier::PrivilegedUnused);
    Some(hit.day("last_login", Some(login)).number("days", since).number("limit", i64::from(days)))
}

/// The last sign-in is nearly as old as is allowed, or older by no more than its value may lag behind, or the account is
/// new.
pub(super) fn nearly(cx: &AccountCx<'_>) -> Option<Message> {
    let thresholds = cx.system.thresholds();
    let days = if cx.is_privileged() { thresholds.privileged_dormant_days } else { thresholds.dormant_days };
    let (limit, lag) = (i64::from(days), i64::from(thresholds.logon_lag_days));
    let login = cx.last_login().filter(|_| cx.is_active())?;
    let since = (cx.tested_day() - login).num_days();
    if since * 5 < limit * 4 || check(cx).is_some() {
        return None;
    }
    let ((sv, en), (limit_sv, limit_en)) = (in_days(since).both(), in_days(limit).both());
    Some(match cx.account.created.filter(|_| since > limit + lag) {
        Some(created) => message!(
            "Senaste inloggning {login}, {sv} före den dag som exporten visar, men kontot skapades {created}.",
            "The last sign-in was on {login}, {en} before the day the export shows, but the account was made on {created}."
        ),
        None => message!(
            "Senaste inloggning {login}, {sv} före den dag som exporten visar. Gränsen är {limit_sv} och {lag} dagars eftersläpning.",
            "The last sign-in was on {login}, {en} before the day the export shows. The limit is {limit_en} and a lag of {lag} days."
        ),
    })
}
