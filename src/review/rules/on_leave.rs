//! An enabled account of someone who has been on leave for long.

use crate::model::{Field, Message, Severity, Text, days as in_days, message};
use crate::review::nearly::is_near_limit;
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};
use crate::roster::Standing;

pub(super) const RULE: Rule = Rule {
    id: "on-leave",
    group: Group::Account,
    base: Severity::Low,
    title: Text::new("Tjänstledig, kontot aktivt", "On leave, account active"),
    why: Text::new(
        "Behörigheten ska ses över när någon är ledig länge; den som är borta märker inte om kontot används av någon annan.",
        "Access is to be reviewed when somebody is on leave for long; whoever is away does not notice if somebody else uses the account.",
    ),
    action: Text::new(
        "Begränsa eller inaktivera kontot under ledigheten, om arbetet inte kräver det.",
        "Limit or disable the account during the leave, unless the work requires it.",
    ),
    proposal: Text::new("Se över under ledigheten", "Review during the leave"),
    clauses: &["NIST SP 800-53 r5 AC-2h", "IMY 2023-08-23"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::people(&[Field::LeaveFrom, Field::LeaveTo])
        .and_needs_of_people(&[&[Field::LeaveFrom, Field::LeaveReason, Field::EmploymentStatus]])
        .and_thresholds(&["leave_days"]),
    check: Check::Account { untested, check },
};

fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    needs_export(cx).or_else(|| {
        (!cx.payroll().tells_leave).then(|| {
            Text::new(
                "personalregistret säger inte på någon rad vem som är ledig",
                "payroll does not say on any row who is on leave",
            )
        })
    })
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let tenure = cx.tenure().filter(|tenure| tenure.standing == Standing::Leave)?;
    if !cx.is_active() {
        return None;
    }
    let Some(from) = tenure.leave_from else {
        return Some(Hit::new(message!(
            "Innehavaren är tjänstledig sedan okänd dag: registret har ingen första dag för ledigheten. Kontot är aktivt.",
            "The holder is on leave since an unknown day: payroll has no first day of the leave. The account is active."
        )));
    };
    let days = (cx.tested_day() - from).num_days();
    if days <= i64::from(cx.system.thresholds().leave_days) {
        return None;
    }
    let (sv, en) = in_days(days).both();
    let hit = Hit::new(message!(
        "Innehavaren är tjänstledig sedan {from}, {sv} före den dag som exporten visar. Kontot är aktivt.",
        "The holder has been on leave since {from}, {en} before the day the export shows. The account is active."
    ));
    Some(hit.day("leave_from", Some(from)).number("days", days))
}

/// The leave has nearly gone on for as long as is allowed.
pub(super) fn nearly(cx: &AccountCx<'_>) -> Option<Message> {
    let tenure = cx.tenure().filter(|tenure| tenure.standing == Standing::Leave && cx.is_active())?;
    let from = tenure.leave_from?;
    let (days, limit) = ((cx.tested_day() - from).num_days(), i64::from(cx.system.thresholds().leave_days));
    let ((sv, en), (limit_sv, limit_en)) = (in_days(days).both(), in_days(limit).both());
    (is_near_limit(days, limit) && check(cx).is_none()).then(|| {
        message!(
            "Tjänstledig sedan {from}, {sv} före den dag som exporten visar. Gränsen är {limit_sv}.",
            "On leave since {from}, {en} before the day the export shows. The limit is {limit_en}."
        )
    })
}
