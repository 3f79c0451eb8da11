//! An account that may be someone's, where it matters whose.

use crate::matching::{Candidate, Outcome};
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

/// What it is called where the answer matters most: nobody whom it may belong to is employed.
const LEFT: Text = Text::new("Den som kontot kan tillhöra har slutat", "Whoever the account may belong to has left");

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
    let hit = if cx.is_of_some_leaver() { of_leavers(cx, &message) } else { Hit::new(message) };
    let hit = Hit { base: cx.is_of_nobody_employed().then_some(Severity::High), ..hit };
    Some(hit.fact("candidates", Fact::Persons(persons)))
}

/// With the last day where it can be one person only.
fn of_leavers(cx: &AccountCx<'_>, message: &Message) -> Hit {
    let candidates = &cx.matched.candidates;
    let only = candidates.first().filter(|_| candidates.len() == 1).map(|candidate| cx.tenure_of(candidate.person));
    let end = only.and_then(|tenure| tenure.end);
    let says = match (end, only) {
        (Some(end), _) => message!(
            "Den som kontot kan tillhöra har slutat {end}.",
            "Whoever the account may belong to left on {end}."
        ),
        (None, Some(_)) => message!(
            "Den som kontot kan tillhöra är inte anställd.",
            "Whoever the account may belong to is not employed."
        ),
        (None, None) => message!(
            "Ingen av dem som kontot kan tillhöra är anställd.",
            "None of those whom the account may belong to is employed."
        ),
    };
    let Message { sv, en } = message;
    let hit = Hit::new(Message { sv: format!("{sv} {}", says.sv), en: format!("{en} {}", says.en) });
    let hit = match end {
        Some(end) => {
            hit.fact("days", Fact::Number((cx.tested_day() - end).num_days())).day("employment_end", Some(end))
        }
        None => hit,
    };
    Hit { title: Some(LEFT), ..hit }
}

fn message(cx: &AccountCx<'_>) -> Option<Message> {
    let limit = cx.system.review.config.matching.link_probability;
    let only_the_name = || cx.matched.candidates.first().is_none_or(Candidate::rests_on_name_alone);
    match cx.matched.outcome {
        Outcome::Candidate if cx.matched.probability() >= limit && only_the_name() => Some(message!(
            "Bara namnet stämmer med en person i personalregistret. Det räcker inte för att säga vems kontot är.",
            "Only the name agrees with a person in payroll. That is not enough to say whose the account is."
        )),
        Outcome::Candidate if cx.matched.probability() >= limit => Some(message!(
            "Kontot tillhör troligen en person i personalregistret, men det som stämmer räcker inte för att säga det \
             säkert.",
            "The account probably belongs to a person in payroll, but what agrees is not enough to say so for certain."
        )),
        Outcome::Candidate => Some(message!(
            "Kontot kan tillhöra en person i personalregistret, men det är inte säkert.",
            "The account may belong to a person in payroll, but this is not certain."
        )),
        Outcome::Disputed => Some(message!(
            "Uppgifterna om kontot pekar på olika personer eller stämmer inte överens.",
            "What is stated of the account points at different persons or does not agree."
        )),
        Outcome::Unmatched if cx.matched.class.is_somebodys() && cx.says_only_a_broken_number() => Some(message!(
            "Personnumret i exporten är fel, och inget annat visar vems kontot är.",
            "The personal number in the export is wrong, and nothing else shows whose the account is."
        )),
        Outcome::Linked | Outcome::Unmatched | Outcome::Exempt | Outcome::Excluded => None,
    }
}
