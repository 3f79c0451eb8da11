//! An answer that lacks what it takes to follow it up.

use crate::answer_form::Decision;
use crate::history::lacking;
use crate::model::{AccountState, Severity, Text};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, Tells};
use crate::runfolder::{AnswerLine, Lack};

pub(super) const RULE: Rule = Rule {
    id: "answer-incomplete",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Svaret är ofullständigt", "The answer is incomplete"),
    why: Text::new(
        "Ett beslut utan motivering, utan den roll det gäller eller med ett datum som inte har inträffat går inte att följa upp eller visa för en granskare.",
        "A decision without a reason, without the role it is about or with a day that has not come cannot be followed up or shown to an auditor.",
    ),
    action: Text::new("Komplettera svaret i den nya listan.", "Complete the answer in the new list."),
    proposal: Text::new("Komplettera svaret", "Complete the answer"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Loop,
    tells: Tells::OfAnswer,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let answer = cx.decision()?;
    let says = lacking(answer).filter(|_| cx.account.state != AccountState::Disabled)?;
    if !cx.is_of_no_deviation(answer) {
        cx.still_answered(answer)?;
    }
    Some(Hit { base: lighter(answer), ..Hit::new(says).day("read_on", answer.read_on) })
}

/// Access that is to go needs no reason to go, and what was written in vain takes nothing from the decision: what lacks
/// nothing else is lighter, and does not hold the row on the list.
fn lighter(answer: &AnswerLine) -> Option<Severity> {
    let accepts = matches!(answer.decision, Decision::Keep | Decision::Exception);
    let lacks_reason_alone = !accepts && answer.lacks == [Lack::Reason];
    (lacks_reason_alone || answer.lacks.is_empty()).then_some(Severity::Low)
}
