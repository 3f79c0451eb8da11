//! A key agrees, but the name differs clearly, or keys point at two persons.

use crate::matching::{Candidate, Level, Outcome};
use crate::model::{PersonIx, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Fact, Group, Hit, RestsOn, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "identity-drift",
    group: Group::Account,
    base: Severity::Info,
    title: Text::new("Namn eller nyckel har ändrats", "Name or key has changed"),
    why: Text::new(
        "Kontots nyckel stämmer men namnet skiljer sig, eller så pekar nycklarna på olika personer. Det kan vara ett namnbyte, ett återanvänt konto eller ett skrivfel.",
        "The account's key agrees but the name differs, or the keys point at different persons. It may be a change of name, a reused account or a slip.",
    ),
    action: Text::new("Rätta uppgiften i det system som har fel.", "Correct the entry in whichever system is wrong."),
    proposal: Text::new("Rätta uppgiften", "Correct the entry"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    tells: Tells::Doubted,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let keyed = cx.matched.candidates.iter().filter(|candidate| candidate.has_hard_key()).count();
    if cx.matched.outcome == Outcome::Disputed && keyed > 1 {
        let mut hit = Hit::new(message!(
            "Kontots nycklar pekar på {keyed} olika personer.",
            "The account's keys point at {keyed} different persons."
        ));
        hit.base = Some(Severity::High);
        let persons = cx.matched.candidates.iter().filter(|c| c.has_hard_key()).map(|c| c.person).collect();
        return Some(hit.fact("persons", Fact::Persons(persons)));
    }
    // Where number and name point at two, the one with the number need not be the likelier.
    let drifted = cx.matched.candidates.iter().any(|c| c.has_hard_key() && c.differs_in_name());
    if !drifted {
        return None;
    }
    let named = Fact::Reference(cx.stated_name(), cx.called_so().into_iter().collect());
    let gone = called_so_and_gone(cx);
    if gone.is_empty() {
        let hit = Hit::new(message!(
            "Kontots nyckel stämmer men namnet skiljer sig från personalregistret.",
            "The account's key agrees, but the name differs from payroll."
        ));
        return Some(hit.fact(NAME, named));
    }
    let mut hit = Hit::new(message!(
        "Kontots nyckel är en persons, men namnet är en annan persons, vars anställning har avslutats.",
        "The account's key is one person's, but the name is another's, whose employment has ended."
    ));
    hit.base = Some(Severity::Medium);
    Some(hit.fact(NAME, named).fact("persons", Fact::Persons(gone)))
}

/// The name that the system has, beside which payroll's stands.
const NAME: &str = "name_in_system";

/// Who is called as the active account of somebody at work states, and has left: it may be theirs, under a wrong number.
/// Where a second key is the holder's too, the number is not wrong.
fn called_so_and_gone(cx: &AccountCx<'_>) -> Vec<PersonIx> {
    let holder = cx.matched.person();
    let keys = |candidate: &Candidate| {
        candidate.evidence.iter().filter(|own| own.field.is_key() && own.level == Level::Exact).count()
    };
    let is_sure = cx.matched.candidates.first().is_some_and(|best| keys(best) > 1);
    if is_sure || !cx.is_active() || holder.is_none_or(|holder| cx.is_gone(holder)) {
        return Vec::new();
    }
    // A protected namesake is not told of.
    let protected = &cx.system.review.protection.persons;
    let is_told = |own: &PersonIx| Some(*own) != holder && !protected.contains(own) && cx.is_gone(*own);
    cx.called_so().into_iter().filter(is_told).collect()
}
