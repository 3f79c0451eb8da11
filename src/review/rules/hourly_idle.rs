//! Someone employed by the hour only, who has not worked for longer than the grace period.

use crate::model::{EmploymentClass, Field, Message, Severity, Text, days as in_days, message};
use crate::review::gaps::{FORMS, untold};
use crate::review::nearly::is_near_limit;
use crate::review::rule::{Unseen, needs_export};
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};
use chrono::NaiveDate;

pub(super) const RULE: Rule = Rule {
    id: "hourly-idle",
    group: Group::Account,
    base: Severity::Medium,
    title: Text::new("Timanställd utan arbetspass på länge", "Hourly staff without a shift for long"),
    why: Text::new(
        "Den som är timanställd har ingen anställning mellan passen. Utan pass på länge behövs kontot inte.",
        "Whoever is employed by the hour is not employed between shifts. Without a shift for long the account is \
         not needed.",
    ),
    action: Text::new(
        "Fråga chefen om personen ska arbeta igen, annars inaktivera kontot.",
        "Ask the manager whether the person is to work again; if not, disable the account.",
    ),
    proposal: Text::new("Inaktivera om det inte behövs", "Disable if not needed"),
    clauses: &["NIST SP 800-53 r5 AC-2(3)"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::people(&[Field::LastWorked, Field::EmploymentForm, Field::PayForm])
        .and_needs_of_people(&[FORMS]),
    check: Check::Account { untested, check },
};

/// Without a form of employment or of pay nobody is known to be employed by the hour.
fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    let no_shift = Text::new(
        "personalregistret har ingen kolumn för senaste arbetspass",
        "payroll has no column for the last shift",
    );
    let no_form = Text::new(
        "personalregistret säger inte på någon rad vem som är timanställd",
        "payroll does not say on any row who is employed by the hour",
    );
    let tells_form = || cx.review.gives_in_payroll(FORMS);
    needs_export(cx)
        .or_else(|| cx.review.lacks_in_payroll(Field::LastWorked, no_shift))
        .or_else(|| (!tells_form()).then_some(no_form))
}

/// Hourly staff whose last shift payroll does not state.
pub(super) fn partly(cx: &SystemCx<'_>) -> Option<Unseen> {
    const LACKS: Text =
        Text::new("personalregistret anger inte deras senaste arbetspass", "payroll does not state their last shift");
    untold(cx, LACKS, &[Field::LastWorked], |account| is_only_hourly(account) && last_shift(account).is_none())
}

/// Whether the holder is employed, by the hour alone.
fn is_only_hourly(cx: &AccountCx<'_>) -> bool {
    let is_employed = cx.tenure().is_some_and(|tenure| tenure.standing.is_employed());
    is_employed && cx.current().all(|employment| employment.class == EmploymentClass::Hourly)
}

fn last_shift(cx: &AccountCx<'_>) -> Option<NaiveDate> {
    cx.current().filter_map(|employment| employment.last_worked).max()
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let last = last_shift(cx).filter(|_| cx.is_active() && is_only_hourly(cx))?;
    let days = (cx.tested_day() - last).num_days();
    if days <= i64::from(cx.system.review.roster.terms().hourly_grace_days) {
        return None;
    }
    let (sv, en) = in_days(days).both();
    let hit = Hit::new(message!(
        "Senaste arbetspasset var {last}, {sv} före den dag som exporten visar. Kontot är aktivt.",
        "The last shift was on {last}, {en} before the day the export shows. The account is active."
    ));
    Some(hit.day("last_worked", Some(last)).number("days", days))
}

/// The last shift is nearly as old as is allowed.
pub(super) fn nearly(cx: &AccountCx<'_>) -> Option<Message> {
    let last = last_shift(cx).filter(|_| cx.is_active() && is_only_hourly(cx))?;
    let limit = i64::from(cx.system.review.roster.terms().hourly_grace_days);
    let days = (cx.tested_day() - last).num_days();
    let ((sv, en), (limit_sv, limit_en)) = (in_days(days).both(), in_days(limit).both());
    is_near_limit(days, limit).then(|| {
        message!(
            "Senaste arbetspasset var {last}, {sv} före den dag som exporten visar. Gränsen är {limit_sv}.",
            "The last shift was on {last}, {en} before the day the export shows. The limit is {limit_en}."
        )
    })
}
