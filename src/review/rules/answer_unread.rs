//! Workbooks and rows among the answers that could not be used.

use crate::history::ProblemKind;
use crate::model::{Message, Severity, Text, counted, message};
use crate::review::problems;
use crate::review::{Check, Group, Hit, RestsOn, Review, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "answer-unread",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Svar som inte kunde läsas", "Answers that could not be read"),
    why: Text::new(
        "Ett svar som inte går att läsa räknas inte. Den som lämnade det tror att det är gjort.",
        "An answer that cannot be read does not count. Whoever gave it believes it is done.",
    ),
    action: Text::new(
        "Rätta det som anges, eller be om svaret på nytt.",
        "Correct what is named, or ask for the answer again.",
    ),
    proposal: Text::new("Rätta eller fråga på nytt", "Correct or ask again"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Whole(check),
};

fn check(review: &Review<'_>) -> Option<Hit> {
    problems::told(review, ProblemKind::Unusable, says)
}

fn says(number: usize, Message { sv: list, en: list_en }: Message) -> Message {
    let Message { sv, en } = counted(
        number,
        ["svar eller arbetsbok", "svar eller arbetsböcker"],
        ["answer or workbook", "answers or workbooks"],
    );
    message!("{sv} kunde inte läsas: {list}.", "{en} could not be read: {list_en}.")
}
