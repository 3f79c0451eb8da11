//! An active account of someone who is paid, but not employed, in a system that does not allow it.

use crate::config::covers;
use crate::model::{Employment, EngagementKind, Field, Severity, Text, message};
use crate::review::gaps::{FORMS, has_column, untold};
use crate::review::rule::{Unseen, needs_export};
use crate::review::{AccountCx, Check, Fact, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};
use crate::roster::Standing;

pub(super) const RULE: Rule = Rule {
    id: "engaged-not-employed",
    group: Group::Account,
    base: Severity::Medium,
    title: Text::new("Uppdrag men ingen anställning", "Engaged but not employed"),
    why: Text::new(
        "Innehavaren har ett uppdrag, som förtroendevald eller uppdragstagare, men är inte anställd. Systemet är inte angivet som öppet för sådana uppdrag.",
        "The holder is engaged, elected or commissioned, but not employed. The system is not stated to be open to such engagements.",
    ),
    action: Text::new(
        "Kontrollera att uppdraget kräver kontot. Är det så, be den som håller i granskningen att tillåta uppdraget i systemet.",
        "Check that the engagement needs the account. If so, ask whoever runs the review to allow the engagement in the system.",
    ),
    proposal: Text::new("Kontrollera behovet", "Check the need"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::people(&[Field::EmploymentEnd, Field::EmploymentStatus, Field::EmploymentForm, Field::PayForm])
        .and_needs_of_people(&[FORMS]),
    check: Check::Account { untested, check },
};

/// Only the form of employment or of pay, and the registers beside payroll of others than externals, tell an engagement
/// from an employment.
fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    let missing = Text::new(
        "personalregistret saknar kolumn för anställningsform, och inget register över andra uppdrag än externas är angivet",
        "payroll has no column for the form of employment, and no register of engagements but those of externals is named",
    );
    let others = || cx.review.config.registers.iter().any(|register| register.kind != EngagementKind::External);
    needs_export(cx).or_else(|| (!cx.review.gives_in_payroll(FORMS) && !others()).then_some(missing))
}

/// Holders of whom payroll tells no form: they count as employed, and a register of engagements says nothing of them.
pub(super) fn partly(cx: &SystemCx<'_>) -> Option<Unseen> {
    const LACKS: Text =
        Text::new("personalregistret anger inte deras anställningsform", "payroll does not state their form");
    let gives = cx.review.gives_in_payroll(FORMS);
    // A file or a sheet without such a column is told by itself.
    let is_blank = |own: &Employment| own.form.is_none() && (!gives || has_column(cx.review, own, FORMS));
    untold(cx, LACKS, &[], |account| {
        let mut current = account.current().peekable();
        current.peek().is_some() && current.all(is_blank)
    })
}

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let engaged = cx.tenure().is_some_and(|tenure| tenure.standing == Standing::Engaged);
    if !engaged || !cx.is_active() || is_sheltered(cx) {
        return None;
    }
    // Whether an external one belongs here, the register's sponsor and end date say.
    let engagement = cx.engagements().find(|e| e.engaged_as() != Some(EngagementKind::External))?;
    let hit = Hit::new(message!(
        "Innehavaren har uppdrag men ingen pågående anställning. Kontot är aktivt.",
        "The holder is engaged but has no employment that goes on. The account is active."
    ));
    Some(hit.fact("form", Fact::Text(form(engagement))))
}

/// Whether some engagement of the holder's may have an account here: it is enough for the others too.
pub(super) fn is_sheltered(cx: &AccountCx<'_>) -> bool {
    let config = cx.system.config;
    cx.engagements().any(|engagement| config.allows(engagement.engaged_as(), engagement.form.as_deref()))
}

/// The form in the file's own words, else the kind of the register.
fn form(engagement: &Employment) -> String {
    let kind = || engagement.engaged_as().map_or("", EngagementKind::code).to_owned();
    engagement.form.clone().unwrap_or_else(kind)
}

/// Whether a kind or form that a system allows is that of an engagement.
pub(in crate::review) fn admits(allowed: &str, engagement: &Employment) -> bool {
    covers(allowed, engagement.engaged_as(), engagement.form.as_deref())
}
