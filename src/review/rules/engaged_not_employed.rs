//! An active account of someone who is paid, but not employed, in a system that does not allow it.

use crate::model::{EngagementKind, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Fact, Group, Hit, Rule, Stage};
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
        "Kontrollera att uppdraget kräver kontot. Är det så, ange uppdraget under allow för systemet.",
        "Check that the engagement needs the account. If so, state the engagement under allow for the system.",
    ),
    proposal: Text::new("Kontrollera behovet", "Check the need"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    untested: needs_export,
    check: Check::Account(check),
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let tenure = cx.tenure.filter(|tenure| tenure.standing == Standing::Engaged)?;
    let main = tenure.main?;
    // Whether an external one belongs here, the register's sponsor and end date say.
    if main.engaged_as() == Some(EngagementKind::External) {
        return None;
    }
    let form = main.form.clone().or_else(|| Some(main.engaged_as()?.code().to_owned())).unwrap_or_default();
    let allowed = cx.system.config.allows(main.engaged_as(), main.form.as_deref());
    if !cx.is_active() || allowed {
        return None;
    }
    let hit = Hit::new(message!(
        "Innehavaren har uppdrag men ingen pågående anställning. Kontot är aktivt.",
        "The holder is engaged but has no employment that goes on. The account is active."
    ));
    Some(hit.fact("form", Fact::Text(form)))
}
