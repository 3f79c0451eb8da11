//! An enabled account that nobody has ever signed in to.

use crate::model::{Field, LastLogin, Message, Severity, Text, days as in_days, message};
use chrono::Days;

use crate::review::gaps::{SIGN_INS, count};
use crate::review::nearly::is_near_limit;
use crate::review::rule::Unseen;
use crate::review::{AccountCx, Check, Group, Hit, Modifier, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "never-used",
    group: Group::Activity,
    base: Severity::Low,
    title: Text::new("Aldrig använt konto", "Account never used"),
    why: Text::new(
        "Ingen har loggat in sedan kontot skapades. Det behövs troligen inte.",
        "Nobody has signed in since the account was made. It is probably not needed.",
    ),
    action: Text::new(
        "Fråga innehavaren om kontot behövs, annars inaktivera det.",
        "Ask the holder whether the account is needed; if not, disable it.",
    ),
    proposal: Text::new("Inaktivera om det inte behövs", "Disable if not needed"),
    clauses: &["NIST SP 800-53 r5 AC-2(3)", "PCI DSS 4 8.2.6"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::export(&[Field::LastLogin, Field::Created])
        .and_needs(&[SIGN_INS, &[Field::Created]])
        .and_thresholds(&["dormant_days", "privileged_dormant_days"]),
    check: Check::Account { untested, check },
};

fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    super::dormant::needs_last_login(cx).or_else(|| {
        let none = Text::new(
            "exporten har ingen kolumn för när kontot skapades",
            "the export has no column for when the account was made",
        );
        cx.lacks(&[Field::Created], none)
    })
}

/// Accounts without a sign-in of which nothing tells how old they are.
pub(super) fn partly(cx: &SystemCx<'_>) -> Option<Unseen> {
    let is_ageless = |account: &AccountCx<'_>| is_never_used(account) && account.is_ageless();
    count(cx.open_accounts(), is_ageless, |Message { sv, en }| {
        message!(
            "{sv} prövas inte: exporten anger varken någon inloggning eller när kontot skapades",
            "{en} are not tested: the export states neither a sign-in nor when the account was made"
        )
    })
}

/// Whether it can be used and nobody has. What is stated and not understood is no word for never.
fn is_never_used(cx: &AccountCx<'_>) -> bool {
    let never = matches!(cx.account.last_login, None | Some(LastLogin::Never));
    never && cx.is_active() && cx.has_column(SIGN_INS)
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let thresholds = cx.system.thresholds();
    let days = if cx.is_privileged() { thresholds.privileged_dormant_days } else { thresholds.dormant_days };
    let limit = cx.tested_day() - Days::new(u64::from(days));
    let created = cx.account.created.filter(|created| *created < limit && is_never_used(cx))?;
    let mut hit = Hit::new(message!(
        "Ingen inloggning finns registrerad. Kontot skapades {created}.",
        "No sign-in is recorded. The account was made on {created}."
    ));
    hit.extra = Some(Modifier::PrivilegedUnused);
    Some(hit.day("created", Some(created)))
}

/// Nobody has signed in, and the account is nearly as old as is allowed.
pub(super) fn nearly(cx: &AccountCx<'_>) -> Option<Message> {
    let thresholds = cx.system.thresholds();
    let limit =
        i64::from(if cx.is_privileged() { thresholds.privileged_dormant_days } else { thresholds.dormant_days });
    let created = cx.account.created.filter(|_| is_never_used(cx))?;
    let days = (cx.tested_day() - created).num_days();
    let ((sv, en), (limit_sv, limit_en)) = (in_days(days).both(), in_days(limit).both());
    is_near_limit(days, limit).then(|| {
        message!(
            "Ingen inloggning finns registrerad. Kontot skapades {created}, {sv} före den dag som exporten visar. Gränsen är {limit_sv}.",
            "No sign-in is recorded. The account was made on {created}, {en} before the day the export shows. The limit is {limit_en}."
        )
    })
}
