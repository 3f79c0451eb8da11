//! The mover within the organisation who kept his roles.

use crate::model::{Severity, Text, fold, message};
use crate::review::rule::{Parts, needs_export};
use crate::review::{AccountCx, Check, Fact, Group, Hit, RestsOn, Rule, Stage, Tells};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    id: "moved-unit",
    group: Group::Privilege,
    base: Severity::Medium,
    title: Text::new("Bytt enhet eller befattning, samma behörighet", "Moved to another unit or title, same access"),
    why: Text::new(
        "Innehavaren har bytt enhet eller befattning sedan förra genomgången, och kontots roller är desamma. Behörighet ska prövas när arbetet ändras.",
        "The holder has changed unit or title since the last review, and the roles of the account are the same. Access is to be reviewed when the work changes.",
    ),
    action: Text::new(
        "Kontrollera att rollerna behövs i det nya arbetet.",
        "Check that the roles are needed in the new work.",
    ),
    proposal: Text::new("Pröva rollerna på nytt", "Review the roles again"),
    clauses: &["ISO/IEC 27001:2022 A.5.18", "NIST SP 800-53 r5 PS-5"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let then = cx.then()?;
    let main = cx.tenure()?.main?;
    let roles: BTreeSet<&str> = cx.roles().collect();
    let same_holder = cx.person.is_some_and(|person| then.person.as_deref() == Some(person.id.0.as_str()));
    let same_roles = !roles.is_empty() && roles == then.roles.iter().map(String::as_str).collect();
    if !same_holder || !same_roles || !cx.is_active() {
        return None;
    }
    let moved = |now: &Option<String>, then: &Option<String>| match (now, then) {
        (Some(now), Some(then)) => fold(now) != fold(then),
        _ => false,
    };
    let parts = Parts::new([
        moved(&main.unit, &then.unit).then_some(("unit", Text::new("enhet", "unit"))),
        moved(&main.title, &then.title).then_some(("title", Text::new("befattning", "title"))),
    ]);
    if parts.is_empty() {
        return None;
    }
    let (sv, en) = parts.in_words();
    let hit = Hit::new(message!(
        "Innehavaren har bytt {sv} sedan förra genomgången. Kontots roller är desamma.",
        "The holder has changed {en} since the last review. The roles of the account are the same."
    ));
    Some(hit.fact("changed", Fact::Text(parts.keys())))
}
