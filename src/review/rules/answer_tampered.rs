//! Rows of returned lists whose facts differ from what was issued.

use crate::history::ProblemKind;
use crate::model::{Message, Severity, Text, counted, message};
use crate::review::problems;
use crate::review::{Check, Group, Hit, RestsOn, Review, Rule, Stage, Tells};

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
    problems::told(review, ProblemKind::Altered, says)
}

fn says(rows: usize, Message { sv: list, en: list_en }: Message) -> Message {
    let Message { sv, en } = counted(rows, ["rad", "rader"], ["row", "rows"]);
    message!(
        "{sv} i besvarade listor har ändrade uppgifter: {list}.",
        "{en} of returned lists have changed facts: {list_en}."
    )
}
