//! A decision that a newer export shows was not carried out.

use crate::answer_form::Decision;
use crate::model::{AccountState, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, Tells};
use crate::runfolder::AnswerLine;

pub(super) const RULE: Rule = Rule {
    id: "decided-not-done",
    group: Group::Control,
    base: Severity::High,
    title: Text::new("Beslutat men inte genomfört", "Decided but not done"),
    why: Text::new(
        "Ett beslut att ta bort en behörighet har effekt först när det är genomfört i systemet. Exporten är nyare än beslutet och visar att det inte är det.",
        "A decision to remove access has effect only when it is carried out in the system. The export is newer than the decision and shows that it is not.",
    ),
    action: Text::new(
        "Genomför beslutet i systemet, eller ändra det.",
        "Carry out the decision in the system, or change it.",
    ),
    proposal: Text::new("Genomför beslutet", "Carry out the decision"),
    clauses: &["ISO/IEC 27001:2022 A.5.18", "NIST SP 800-53 r5 AC-2"],
    stage: Stage::Loop,
    tells: Tells::NotCarriedOut,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let answer = cx.answers().last()?;
    let review = cx.system.review;
    let decided_on = review.recalled.decided_by(answer, review.config.review.as_of);
    if decided_on >= cx.tested_day() || cx.account.state == AccountState::Disabled || !still_there(cx, answer) {
        return None;
    }
    let Text { sv, en } = answer.decision.text();
    let tested = cx.tested_day();
    let (made, made_en) = match answer.decided_on {
        Some(_) => ("fattades", "was made on"),
        None => ("har inget datum men fanns", "has no date but was there on"),
    };
    let hit = Hit::new(message!(
        "Beslutet \"{sv}\" {made} {decided_on}. Exporten från {tested} visar att det inte är genomfört.",
        "The decision \"{en}\" {made_en} {decided_on}. The export of {tested} shows that it was not carried out."
    ));
    Some(hit.day("decided_on", Some(decided_on)).day("claimed_on", answer.done_on).day("tested_day", Some(tested)))
}

/// Whether what was to go is there: the account, or the role.
fn still_there(cx: &AccountCx<'_>, answer: &AnswerLine) -> bool {
    match answer.decision {
        Decision::Disable => true,
        Decision::ChangeRole => answer.role.as_deref().is_some_and(|role| cx.has_role(role)),
        // What was put right is not said; the account tells only if it was to be closed.
        Decision::Done | Decision::Keep | Decision::Exception | Decision::NotMine | Decision::Unknown => false,
    }
}
