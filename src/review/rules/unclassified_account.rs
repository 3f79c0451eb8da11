//! An account of which nothing tells what kind it is.

use crate::matching::Outcome;
use crate::model::{AccountClass, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, Rule, Stage};

pub(super) const RULE: Rule = Rule {
    id: "unclassified-account",
    group: Group::Owner,
    base: Severity::Low,
    title: Text::new("Kontots slag går inte att avgöra", "The kind of account cannot be told"),
    why: Text::new(
        "Kontot varken namnger en person eller känns igen som tjänste-, grupp- eller testkonto.",
        "The account neither names a person nor is recognised as a service, shared or test account.",
    ),
    action: Text::new(
        "Ange ägare, eller ge kontot ett namn som visar vad det är.",
        "State an owner, or give the account a name that shows what it is.",
    ),
    proposal: Text::new("Ange vad kontot är", "State what the account is"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    untested: needs_export,
    check: Check::Account(check),
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let unknown = cx.matched.class == AccountClass::Unknown && cx.matched.outcome == Outcome::Unmatched;
    unknown.then(|| {
        Hit::new(message!(
            "Varken kontonamn eller uppgifter visar vems eller vad kontot är.",
            "Neither its name nor its data shows whose or what the account is."
        ))
    })
}
