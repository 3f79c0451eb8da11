//! A list whose every row has one and the same answer.

use crate::model::{Severity, Text, message};
use crate::review::rule::always;
use crate::review::{Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};
use crate::runfolder::AnswerLine;
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    id: "same-answer-throughout",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Samma svar på alla rader", "The same answer throughout"),
    why: Text::new(
        "Alla rader har fått samma beslut och ingen har en motivering. Det kan vara riktigt, men visar inte att varje konto har prövats.",
        "Every row has the same decision and none has a reason. That may be right, but does not show that each account was looked at.",
    ),
    action: Text::new(
        "Be systemägaren bekräfta att varje konto har prövats, eller besvara listan på nytt.",
        "Ask the owner to confirm that each account was looked at, or answer the list again.",
    ),
    proposal: Text::new("Bekräfta att raderna prövats", "Confirm that the rows were looked at"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested: always, check },
};

/// From so many rows on it is told.
const ROWS: usize = 20;

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let of_system = cx.review.ledger.rows().filter(|(row, _)| row.is_of(&cx.config.system.id));
    let mut lists: BTreeMap<&str, Vec<&AnswerLine>> = BTreeMap::new();
    of_system.flat_map(|(_, answers)| answers).for_each(|own| lists.entry(&own.issued_in).or_default().push(own));
    // The newest list that was answered; what was said of older ones was told then.
    let answers = lists.into_values().next_back()?;
    let first = answers.first()?.decision;
    let alike = answers.iter().all(|answer| answer.decision == first && answer.reason.is_none());
    if !alike || answers.len() < ROWS {
        return None;
    }
    let (rows, Text { sv, en }) = (answers.len(), first.text());
    let hit = Hit::new(message!(
        "Alla {rows} besvarade rader har beslutet \"{sv}\" och ingen har en motivering.",
        "All {rows} rows that were answered have the decision \"{en}\" and none has a reason."
    ));
    Some(hit.count("rows", rows))
}
