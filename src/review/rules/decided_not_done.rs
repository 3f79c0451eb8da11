//! A decision that a newer export shows was not carried out.

use crate::answer_form::Decision;
use crate::model::{AccountState, FindingKey, Severity, Text, message};
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
    let answer = cx.decision()?;
    let decided_on = answer.day()?;
    let is_open = || cx.account.state != AccountState::Disabled && still_there(cx, answer);
    if !cx.shows_state() || decided_on >= cx.tested_day() || was_done(cx, answer) || !is_open() {
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

/// Whether an export after the decision has shown it carried out: what is there again has come back, and that is told.
fn was_done(cx: &AccountCx<'_>, answer: &AnswerLine) -> bool {
    answer.findings.iter().any(|key| cx.was_done(key).is_some())
}

/// Whether what was to go, or is said to be put right, is there: the account, the role, the deviation.
fn still_there(cx: &AccountCx<'_>, answer: &AnswerLine) -> bool {
    match (answer.decision, answer.role_to_go()) {
        (Decision::Disable, _) => true,
        (Decision::ChangeRole, Some(role)) => cx.has_role(role),
        // Which role was to go is not known, but that none has gone is.
        (Decision::ChangeRole, None) => {
            answer.held.as_ref().is_some_and(|held| !held.is_empty() && as_it_was(cx, answer, held))
        }
        (Decision::Done, Some(role)) => cx.has_role(role) || deviates(cx, answer),
        (Decision::Done, None) => {
            deviates(cx, answer) || answer.held.as_ref().is_some_and(|held| as_it_was(cx, answer, held))
        }
        (Decision::Keep | Decision::Exception | Decision::NotMine | Decision::Unknown, _) => false,
    }
}

/// Whether a deviation for which the row was listed is here again.
fn deviates(cx: &AccountCx<'_>, answer: &AnswerLine) -> bool {
    let review = cx.system.review;
    let severity = |key: &FindingKey| Severity::from_code(&review.recalled.previous.as_ref()?.finding(key)?.severity);
    let is_listed = |key: &FindingKey| severity(key) >= Some(review.config.review.list_from);
    cx.still_found(|key| answer.findings.contains(key) && is_listed(key)).is_some()
}

/// Whether the account has every role that it had, and deviates as it did where it did.
fn as_it_was(cx: &AccountCx<'_>, answer: &AnswerLine, held: &[String]) -> bool {
    let deviates = || cx.still_answered(answer).is_some();
    held.iter().all(|role| cx.has_role(role)) && (cx.is_of_no_deviation(answer) || deviates())
}
