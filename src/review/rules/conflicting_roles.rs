//! One person holds both roles of a pair that must be kept apart.

use crate::config::{Conflict, ConflictSide};
use crate::model::{Message, Severity, Text, fold, message};
use crate::review::rule::{Unseen, needs_export};
use crate::review::{AccountCx, Check, Extent, Fact, Group, Hit, RestsOn, Review, Rule, Stage, SystemCx, Tells};

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
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Each { untested, check },
};

fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    let conflicts = &cx.review.config.conflicts;
    let none = Text::new("inga oförenliga roller är angivna", "no conflicting roles are stated");
    let unmet = Text::new(
        "inget konto har de oförenliga roller som är angivna",
        "no account has the conflicting roles that are stated",
    );
    let own: Vec<&Conflict> = conflicts.iter().filter(|conflict| concerns(conflict, cx)).collect();
    let undelivered = Text::new(
        "det andra systemet med oförenliga roller är inte levererat",
        "the other system with conflicting roles was not delivered",
    );
    let untestable = !own.is_empty() && !own.iter().any(|conflict| is_met(conflict, cx.review));
    let why = if own.iter().all(|conflict| is_delivered(conflict, cx.review)) { unmet } else { undelivered };
    needs_export(cx).or_else(|| conflicts.is_empty().then_some(none)).or_else(|| untestable.then_some(why))
}

/// Pairs of the system that cannot be tested beside others that can.
pub(super) fn partly(cx: &SystemCx<'_>) -> Option<Unseen> {
    let own = cx.review.config.conflicts.iter().filter(|conflict| concerns(conflict, cx));
    let mut hides = false;
    let unmet = own.filter(|conflict| !is_met(conflict, cx.review)).map(|conflict| {
        hides |= !is_delivered(conflict, cx.review);
        let name = &conflict.name;
        match is_delivered(conflict, cx.review) {
            true => message!("{name} (inget konto har rollerna)", "{name} (no account has the roles)"),
            false => message!("{name} (ett system är inte levererat)", "{name} (a system was not delivered)"),
        }
    });
    let unmet: Vec<Message> = unmet.collect();
    let list = |text: fn(&Message) -> &str| unmet.iter().map(text).collect::<Vec<_>>().join(", ");
    let (sv, en) = (list(|own| &own.sv), list(|own| &own.en));
    (!unmet.is_empty()).then(|| Unseen { why: message!("paren {sv}", "the pairs {en}"), hides, extent: Extent::Part })
}

/// Whether the systems of both sides have an export.
fn is_delivered(conflict: &Conflict, review: &Review<'_>) -> bool {
    conflict.sides.iter().all(|side| {
        let mut systems = review.system_contexts().filter(|cx| cx.config.system.id == side.system);
        systems.any(|cx| cx.export.is_some())
    })
}

fn concerns(conflict: &Conflict, cx: &SystemCx<'_>) -> bool {
    conflict.sides.iter().any(|side| side.system == cx.config.system.id)
}

/// Whether both sides are roles that some account has.
fn is_met(conflict: &Conflict, review: &Review<'_>) -> bool {
    conflict.sides.iter().all(|side| {
        let mut systems = review.system_contexts().filter(|cx| cx.config.system.id == side.system);
        systems.any(|cx| cx.roles().any(|role| side.role.fit(role)))
    })
}

/// One hit a pair, on each of the two accounts: both systems' owners must see it.
fn check(cx: &AccountCx<'_>) -> Vec<Hit> {
    let conflicts = cx.system.review.config.conflicts.iter();
    conflicts.filter_map(|conflict| holds_both(cx, conflict)).collect()
}

fn holds_both(cx: &AccountCx<'_>, conflict: &Conflict) -> Option<Hit> {
    let [a, b] = &conflict.sides;
    // One account with both roles is one person's, whoever it is.
    pair(cx, a, cx, b).or_else(|| with_another(cx, a, b)).or_else(|| with_another(cx, b, a)).map(|(own, other)| {
        let (other, role) = other;
        hit(cx, conflict, own, &other, role)
    })
}

type Held<'a> = (&'a str, (AccountCx<'a>, &'a str));

/// A role of one side on an account, and one of the other on the same or another account of the person. One role
/// that fits both patterns makes no pair.
fn pair<'a>(cx: &AccountCx<'a>, own: &ConflictSide, held: &AccountCx<'a>, side: &ConflictSide) -> Option<Held<'a>> {
    let same_system = cx.system.place == held.system.place;
    let others: Vec<&str> = roles(held, side).collect();
    roles(cx, own).find_map(|role| {
        let other = others.iter().find(|other| !same_system || fold(other) != fold(role))?;
        Some((role, (held.system.account(held.ix)?, *other)))
    })
}

/// The same with the person's accounts, in every system.
fn with_another<'a>(cx: &AccountCx<'a>, own: &ConflictSide, side: &ConflictSide) -> Option<Held<'a>> {
    roles(cx, own).next()?;
    let mut held = cx.system.review.accounts_of(Some(cx.matched.person()?));
    held.find_map(|held| pair(cx, own, &held, side))
}

/// The roles of a side that an active account holds.
fn roles<'a>(cx: &AccountCx<'a>, side: &ConflictSide) -> impl Iterator<Item = &'a str> {
    let can = cx.system.config.system.id == side.system && cx.is_active();
    cx.roles().filter(move |role| can && side.role.fit(role))
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
