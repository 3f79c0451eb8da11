//! An account that may be someone's, where it matters whose.

use crate::matching::Outcome;
use crate::model::{Message, PersonIx, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Fact, Group, Hit, RestsOn, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "ambiguous-identity",
    group: Group::Account,
    base: Severity::Medium,
    title: Text::new("Innehavaren är inte fastställd", "The holder is not settled"),
    why: Text::new(
        "Uppgifterna om kontot räcker inte för att säga vems det är. Då går det inte heller att säga om \
         innehavaren är anställd.",
        "What is known of the account is not enough to say whose it is. Then it cannot be said either \
         whether the holder is employed.",
    ),
    action: Text::new(
        "Ange rätt innehavare i kolumnen Rätt innehavare, helst med anställningsnummer.",
        "State the right holder in the column Right holder, preferably by employee number.",
    ),
    proposal: Text::new("Ange rätt innehavare", "State the right holder"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    tells: Tells::Unsettled,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let message = message(cx)?;
    // Where who it is does not matter, it is enough that everyone it can be is employed. Where something stated is
    // another's, it may be nobody of these; where facts contradict each other the odds between those whom they point
    // at say little.
    let who_matters = cx.is_privileged() || cx.system.config.system.sensitive || cx.matched.is_opposed();
    let clear = cx.system.review.config.matching.clear_probability;
    let one_is_gone = || cx.matched.claimants().any(|person| cx.is_gone(person));
    if cx.matched.active_probability >= clear && !who_matters && !one_is_gone() {
        return None;
    }
    let persons: Vec<PersonIx> = cx.matched.candidates.iter().map(|candidate| candidate.person).collect();
    let mut hit = Hit::new(message);
    hit.base = (!persons.is_empty() && persons.iter().all(|person| cx.is_gone(*person))).then_some(Severity::High);
    Some(hit.fact("candidates", Fact::Persons(persons)))
}

fn message(cx: &AccountCx<'_>) -> Option<Message> {
    let limit = cx.system.review.config.matching.link_probability;
    match cx.matched.outcome {
        Outcome::Candidate if cx.matched.probability() >= limit => Some(message!(
            "Bara namnet stämmer med en person i personalregistret. Det räcker inte för att säga vems kontot är.",
            "Only the name agrees with a person in payroll. That is not enough to say whose the account is."
        )),
        Outcome::Candidate => Some(message!(
            "Kontot kan tillhöra en person i personalregistret, men det är inte säkert.",
            "The account may belong to a person in payroll, but this is not certain."
        )),
        Outcome::Disputed => Some(message!(
            "Uppgifterna om kontot pekar på olika personer eller stämmer inte överens.",
            "What is stated of the account points at different persons or does not agree."
        )),
        Outcome::Linked | Outcome::Unmatched | Outcome::Exempt | Outcome::Excluded => None,
    }
}
