//! Workbooks and rows among the answers that could not be used.

use crate::history::{Problem, ProblemKind};
use crate::model::{Language, Message, Severity, Text, counted, message};
use crate::review::{Check, Fact, Group, Hit, RestsOn, Review, Rule, Stage, Tells};

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
    let own = review.recalled.read.problems_of(ProblemKind::Unusable);
    if own.is_empty() {
        return None;
    }
    let Message { sv, en } = counted(
        own.len(),
        ["svar eller arbetsbok", "svar eller arbetsböcker"],
        ["answer or workbook", "answers or workbooks"],
    );
    let list = Problem::list(&own, Language::Sv);
    let list_en = Problem::list(&own, Language::En);
    let all = own.iter().map(|problem| problem.told(review.config.review.language)).collect();
    let hit = Hit::new(message!("{sv} kunde inte läsas: {list}.", "{en} could not be read: {list_en}."));
    Some(hit.fact("rows", Fact::List(all)))
}
