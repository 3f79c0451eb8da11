//! An account that is active though the external engagement is over.

use crate::model::{Employment, EngagementKind, Message, Severity, Text, days as in_days, message};
use crate::review::nearly::soon;
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};
use crate::roster::Standing;

pub(super) const RULE: Rule = Rule {
    id: "external-expired",
    group: Group::Account,
    base: Severity::High,
    title: Text::new("Externt uppdrag har upphört", "The external engagement has ended"),
    why: Text::new(
        "Uppdraget har upphört enligt registret över externa, och kontot är aktivt. Ingen avslutar det av sig själv.",
        "The engagement has ended according to the register of externals, and the account is active. Nobody closes it by itself.",
    ),
    action: Text::new(
        "Inaktivera kontot, eller förläng uppdraget i registret om det fortsätter.",
        "Disable the account, or prolong the engagement in the register if it goes on.",
    ),
    proposal: Text::new("Inaktivera konto", "Disable account"),
    clauses: &["NIST SP 800-53 r5 AC-2(3)(a)", "ISO/IEC 27001:2022 A.5.19", "PCI DSS 4 8.2.7"],
    stage: Stage::Facts,
    tells: Tells::AfterEnd,
    rests_on: RestsOn::ENDS_OF_EXTERNALS,
    check: Check::Account { untested: needs_external_register, check },
};

fn needs_external_register(cx: &SystemCx<'_>) -> Option<Text> {
    let registers = &cx.review.config.registers;
    let none = !registers.iter().any(|register| register.kind == EngagementKind::External);
    needs_export(cx).or_else(|| {
        none.then(|| Text::new("inget register över externa är angivet", "no register of externals is named"))
    })
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let tenure = cx.tenure().filter(|tenure| tenure.standing == Standing::Ended && cx.is_active())?;
    if tenure.main.and_then(Employment::engaged_as) != Some(EngagementKind::External) {
        return None;
    }
    let Some(end) = tenure.end else {
        return Some(Hit::new(message!(
            "Det externa uppdraget har upphört enligt registret, utan slutdatum. Kontot är aktivt.",
            "The external engagement has ended according to the register, without an end date. The account is active."
        )));
    };
    let days = (cx.tested_day() - end).num_days();
    let (sv, en) = in_days(days).both();
    let hit = Hit::new(message!(
        "Det externa uppdraget upphörde {end}, {sv} före den dag som exporten visar. Kontot är aktivt.",
        "The external engagement ended on {end}, {en} before the day the export shows. The account is active."
    ));
    Some(hit.day("engagement_end", Some(end)).number("days", days))
}

/// The last day of the engagement is soon.
pub(super) fn nearly(cx: &AccountCx<'_>) -> Option<Message> {
    let tenure = cx.tenure().filter(|tenure| tenure.standing != Standing::Ended && cx.is_active())?;
    let engagement = tenure.main.filter(|main| main.engaged_as() == Some(EngagementKind::External))?;
    let end = engagement.end.date()?;
    let (sv, en) = in_days(soon(end, cx.tested_day())?).both();
    Some(message!(
        "Det externa uppdraget upphör {end}, {sv} efter den dag som exporten visar.",
        "The external engagement ends on {end}, {en} after the day the export shows."
    ))
}
