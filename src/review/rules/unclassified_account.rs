//! An account of which nothing tells what kind it is.

use crate::matching::Outcome;
use crate::model::{AccountClass, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, Tells};

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
        "Ange vad kontot används till, och ge det ett namn som visar det.",
        "State what the account is used for, and give it a name that shows it.",
    ),
    proposal: Text::new("Ange vad kontot är", "State what the account is"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let unknown = cx.matched.class == AccountClass::Unknown && cx.matched.outcome == Outcome::Unmatched;
    unknown.then(|| {
        Hit::new(match cx.stated_owner() {
            Some(_) => message!(
                "Varken kontonamn eller uppgifter visar vad det är för slags konto. Ägare är angiven.",
                "Neither its name nor its data shows what kind of account it is. An owner is stated."
            ),
            None => message!(
                "Varken kontonamn eller uppgifter visar vems eller vad kontot är, och ingen ägare är angiven.",
                "Neither its name nor its data shows whose or what the account is, and no owner is stated."
            ),
        })
    })
}
