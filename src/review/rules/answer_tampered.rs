//! Rows of returned lists whose facts differ from what was issued.

use crate::history::{Problem, ProblemKind};
use crate::model::{Language, Message, Severity, Text, counted, message};
use crate::review::{Check, Fact, Group, Hit, RestsOn, Review, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "answer-tampered",
    group: Group::Control,
    base: Severity::High,
    title: Text::new("Uppgifter ändrade i besvarad lista", "Facts changed in a returned list"),
    why: Text::new(
        "Ett svar gäller de uppgifter som sändes ut. Där de har ändrats är svaret inte läst.",
        "An answer holds for the facts that were sent. Where they were changed, the answer was not read.",
    ),
    action: Text::new(
        "Fråga den som lämnade listan, och be om svaret på nytt i en oförändrad lista.",
        "Ask whoever returned the list, and ask for the answer again in an unchanged list.",
    ),
    proposal: Text::new("Be om svaret på nytt", "Ask for the answer again"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Whole(check),
};

fn check(review: &Review<'_>) -> Option<Hit> {
    let own = review.recalled.read.problems_of(ProblemKind::Altered);
    if own.is_empty() {
        return None;
    }
    let Message { sv, en } = counted(own.len(), ["rad", "rader"], ["row", "rows"]);
    let list = Problem::list(&own, Language::Sv);
    let list_en = Problem::list(&own, Language::En);
    let all = own.iter().map(|problem| problem.told(review.config.review.language)).collect();
    let hit = Hit::new(message!(
        "{sv} i besvarade listor har ändrade uppgifter: {list}.",
        "{en} of returned lists have changed facts: {list_en}."
    ));
    Some(hit.fact("rows", Fact::List(all)))
}
