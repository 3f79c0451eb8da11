//! One person holds both roles of a pair that must be kept apart.

use crate::config::{Conflict, ConflictSide};
use crate::model::{Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Fact, Group, Hit, Rule, Stage, SystemCx};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-roles",
    group: Group::Privilege,
    base: Severity::High,
    title: Text::new("Roller som ska hållas isär", "Roles that must be kept apart"),
    why: Text::new(
        "Samma person har båda rollerna i ett par som verksamheten har bestämt att ingen ska ha samtidigt. Då kan ett ärende genomföras utan att någon annan ser det.",
        "The same person holds both roles of a pair that the organisation has decided nobody shall hold at once. A matter can then be carried through without anyone else seeing it.",
    ),
    action: Text::new(
        "Ta bort den ena rollen, eller ange vilken kontroll som ersätter åtskillnaden.",
        "Remove one of the roles, or state which control takes the place of keeping them apart.",
    ),
    proposal: Text::new("Ta bort den ena rollen", "Remove one of the roles"),
    clauses: &["ISO/IEC 27001:2022 A.5.3", "NIST SP 800-53 r5 AC-5"],
    stage: Stage::Facts,
    untested,
    check: Check::Each(check),
};

fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    needs_export(cx).or_else(|| {
        cx.review.config.conflicts.is_empty().then(|| {
            Text::new("inga par av roller är angivna ([[conflict]])", "no pairs of roles are stated ([[conflict]])")
        })
    })
}

/// One hit a pair, on each of the two accounts: both systems' owners must see it.
fn check(cx: &AccountCx<'_>) -> Vec<Hit> {
    let conflicts = cx.system.review.config.conflicts.iter();
    conflicts.filter_map(|conflict| holds_both(cx, conflict)).collect()
}

fn holds_both(cx: &AccountCx<'_>, conflict: &Conflict) -> Option<Hit> {
    let [a, b] = &conflict.sides;
    let other = match (role(cx, a), role(cx, b)) {
        // One account with both roles is one person's, whoever it is.
        (Some(own), Some(other)) => return Some(hit(cx, conflict, own, cx, other)),
        (Some(own), None) => (own, b),
        (None, Some(own)) => (own, a),
        (None, None) => return None,
    };
    let person = cx.matched.person()?;
    let (own, side) = other;
    let mut held = cx.system.review.accounts_of(Some(person));
    held.find_map(|held| Some(hit(cx, conflict, own, &held, role(&held, side)?)))
}

/// The role of a side that an active account holds.
fn role<'a>(cx: &AccountCx<'a>, side: &ConflictSide) -> Option<&'a str> {
    if cx.system.config.system.id != side.system || !cx.is_active() {
        return None;
    }
    let roles = cx.account.roles.iter().map(|role| cx.export.strings.text(*role));
    roles.into_iter().find(|role| side.role.fit(role))
}

fn hit(cx: &AccountCx<'_>, conflict: &Conflict, own: &str, other: &AccountCx<'_>, other_role: &str) -> Hit {
    let name = &conflict.name;
    let system = &other.system.config.system.name;
    let message = match (cx.system.place, cx.ix) == (other.system.place, other.ix) {
        true => message!(
            "{name}: kontot har både {own} och {other_role}.",
            "{name}: the account has both {own} and {other_role}."
        ),
        false => message!(
            "{name}: personen har {own} här och {other_role} i {system}.",
            "{name}: the person has {own} here and {other_role} in {system}."
        ),
    };
    let mut hit = Hit::new(message);
    hit.mark = Some(name.clone());
    hit.fact("conflict", Fact::Text(name.clone()))
        .fact("role", Fact::Text(own.to_owned()))
        .fact("other_role", Fact::Text(other_role.to_owned()))
        .fact("other_system", Fact::Text(other.system.config.system.id.to_string()))
        .fact("other_account", Fact::Text(other.label().to_owned()))
}
