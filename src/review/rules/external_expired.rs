//! An account that is active though the external engagement is over.

use crate::ingest::SourceReport;
use crate::model::{Employment, End, EngagementKind, Message, Severity, Text, days as in_days, message};
use crate::review::gaps::{ENDS, has_column, untold};
use crate::review::nearly::soon;
use crate::review::rule::{Unseen, needs_export};
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Review, Rule, Stage, SystemCx, Tells};
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
    check: Check::Account { untested, check },
};

/// Without a register nobody is known as external, and without ends nobody in it is known to have left.
fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    let none = Text::new("inget register över externa är angivet", "no register of externals is named");
    let endless = Text::new(
        "registret över externa säger inte på någon rad när ett uppdrag upphör",
        "the register of externals does not say on any row when an engagement ends",
    );
    needs_export(cx)
        .or_else(|| registers(cx.review).next().is_none().then_some(none))
        .or_else(|| (!tells_ends(cx.review)).then_some(endless))
}

/// How the registers of externals were read.
fn registers<'a>(review: &'a Review<'_>) -> impl Iterator<Item = &'a SourceReport> {
    let both = review.config.registers.iter().zip(review.registers);
    both.filter(|(register, _)| register.kind == EngagementKind::External).map(|(_, report)| report)
}

/// Whether some row of them tells when an engagement ends, in a column of its own or in words beside.
fn tells_ends(review: &Review<'_>) -> bool {
    let mut external = review.open_employments().filter(|own| own.engaged_as() == Some(EngagementKind::External));
    registers(review).any(|report| ENDS.iter().any(|field| report.gives(*field)))
        || external.any(|own| own.end != End::Open || own.status.is_some())
}

/// Externals whose register has no column for ends, where another has.
pub(super) fn partly(cx: &SystemCx<'_>) -> Option<Unseen> {
    const LACKS: Text = Text::new(
        "registret över externa säger inte när deras uppdrag upphör",
        "the register of externals does not say when their engagements end",
    );
    let is_endless = |own: &Employment| own.end == End::Open && !has_column(cx.review, own, ENDS);
    untold(cx, LACKS, &[], |account| {
        let external = account.engagements().filter(|own| own.engaged_as() == Some(EngagementKind::External));
        let mut external = external.peekable();
        let is_engaged = account.tenure().is_some_and(|tenure| tenure.standing == Standing::Engaged);
        is_engaged && external.peek().is_some() && external.all(is_endless)
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
