//! Someone employed by the hour only, who has not worked for longer than the grace period.

use crate::model::{EmploymentClass, Field, Message, Severity, Text, days as in_days, message};
use crate::review::nearly::is_near_limit;
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

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
    rests_on: RestsOn::people(&[Field::LastWorked, Field::EmploymentForm]),
    check: Check::Account { untested, check },
};

fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    needs_export(cx).or_else(|| {
        let none = Text::new(
            "personalregistret har ingen kolumn för senaste arbetspass",
            "payroll has no column for the last shift",
        );
        cx.review.lacks_in_payroll(Field::LastWorked, none)
    })
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    cx.tenure().filter(|tenure| tenure.standing.is_employed())?;
    let only_hourly = cx.current().all(|e| e.class == EmploymentClass::Hourly);
    let last = cx.current().filter_map(|employment| employment.last_worked).max()?;
    let days = (cx.tested_day() - last).num_days();
    if !cx.is_active() || !only_hourly || days <= i64::from(cx.system.review.roster.terms().hourly_grace_days) {
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
    cx.tenure().filter(|tenure| tenure.standing.is_employed() && cx.is_active())?;
    let only_hourly = cx.current().all(|e| e.class == EmploymentClass::Hourly);
    let last = cx.current().filter_map(|employment| employment.last_worked).max().filter(|_| only_hourly)?;
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
