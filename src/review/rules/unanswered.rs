//! Grave deviations of the run before that nobody answered in time.

use crate::model::{AccountKey, Message, Severity, Text, counted, message};
use crate::review::rule::always;
use crate::review::{Check, Group, Hit, RULES, RestsOn, Rule, Stage, SystemCx, Tells};
use crate::runfolder::{AnswerLine, FindingLine, is_over};

pub(super) const RULE: Rule = Rule {
    id: "unanswered",
    group: Group::Control,
    base: Severity::High,
    title: Text::new("Avvikelser utan svar", "Deviations without an answer"),
    why: Text::new(
        "Avvikelser av grad hög eller kritisk har inte besvarats i tid. En granskning som inte besvaras är ingen kontroll.",
        "Deviations of high or critical severity were not answered in time. A review that is not answered is no control.",
    ),
    action: Text::new(
        "Besvara listan, eller låt systemägarens chef utse någon som gör det.",
        "Answer the list, or have the owner's manager name somebody who does.",
    ),
    proposal: Text::new("Besvara listan", "Answer the list"),
    clauses: &["Kommunallagen (2017:725) 6 kap. 6 §", "ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested: always, check },
};

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let previous = cx.review.recalled.previous.as_ref()?;
    let due = previous.answer_by;
    if due >= cx.review.config.review.as_of {
        return None;
    }
    let is_grave =
        |line: &&FindingLine| [Severity::High, Severity::Critical].map(Severity::code).contains(&&*line.severity);
    let own = previous.findings.values().filter(|line| line.system.as_deref() == Some(cx.config.system.id.as_str()));
    let here = own.filter(|line| !is_over(&line.state));
    let waiting = here.filter(is_grave).filter(|line| is_waiting(cx, line)).count();
    if waiting == 0 {
        return None;
    }
    let Message { sv, en } = counted(waiting, ["avvikelse", "avvikelser"], ["deviation", "deviations"]);
    let hit = Hit::new(message!(
        "{sv} av grad hög eller kritisk saknar svar. Svar skulle lämnas senast {due}.",
        "{en} of high or critical severity lack an answer. Answers were due on {due}."
    ));
    Some(hit.count("unanswered", waiting).day("answer_by", Some(due)))
}

/// Whether a finding on an account's row was never answered, and is still here.
fn is_waiting(cx: &SystemCx<'_>, line: &FindingLine) -> bool {
    let Some(account) = line.account.as_deref() else { return false };
    let row = AccountKey::new(&cx.config.system.id, account);
    let here = cx.review.accounts_then().get(&row).and_then(|(_, account)| cx.account(*account));
    let rule = RULES.iter().find(|rule| rule.id == line.rule);
    let (Some(account), Some(rule)) = (here, rule) else { return false };
    let previous = cx.review.recalled.previous.as_ref();
    let settles = |answer: &AnswerLine| !previous.is_some_and(|previous| previous.asked_after(answer));
    let answer = account.answer_to(&line.key).filter(|answer| settles(answer));
    let answer = answer.filter(|_| account.came_back(&line.key).is_none());
    answer.is_none() && !rule.check.on_account(&account).is_empty()
}
