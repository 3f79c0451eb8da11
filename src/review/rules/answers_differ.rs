//! Answers to one row that say different things.

use crate::history::ProblemKind;
use crate::model::{Message, Severity, Text, counted, message};
use crate::review::problems;
use crate::review::{Check, Group, Hit, RestsOn, Review, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "answers-differ",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Olika svar på samma rad", "Different answers to one row"),
    why: Text::new(
        "Samma konto har fått olika beslut. Det senast daterade gäller, vilket svar som än kom in sist, men den som lämnade det andra kan tro att det gäller.",
        "One account has got different decisions. That of the latest date holds, whichever answer came in last, but whoever gave the other may believe that it does.",
    ),
    action: Text::new(
        "Kontrollera att det beslut som gäller är det som avses.",
        "Check that the decision that holds is the one that is meant.",
    ),
    proposal: Text::new("Kontrollera vilket beslut som avses", "Check which decision is meant"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Whole(check),
};

fn check(review: &Review<'_>) -> Option<Hit> {
    problems::told(review, ProblemKind::Differing, says)
}

fn says(rows: usize, Message { sv: list, en: list_en }: Message) -> Message {
    let Message { sv, en } = counted(rows, ["svar", "svar"], ["answer", "answers"]);
    message!(
        "{sv} säger något annat än ett svar på samma rad: {list}.",
        "{en} differ from another answer to the same row: {list_en}."
    )
}
