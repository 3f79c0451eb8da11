//! A shared account in use without an exemption.

use crate::answer_form::Decision;
use crate::model::{AccountClass, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, Tells};
use crate::runfolder::AnswerLine;

pub(super) const RULE: Rule = Rule {
    id: "shared-account",
    group: Group::Owner,
    base: Severity::Medium,
    title: Text::new("Gruppkonto utan beslutat undantag", "Shared account without an exemption"),
    why: Text::new(
        "Flera personer använder samma konto. Då går det inte att se i efterhand vem som gjort vad.",
        "Several people use one account. It can then not be seen afterwards who did what.",
    ),
    action: Text::new(
        "Ersätt kontot med personliga konton, eller besluta om ett undantag med ägare, skäl och slutdatum.",
        "Replace the account by personal ones, or decide on an exemption with owner, reason and end date.",
    ),
    proposal: Text::new("Ersätt eller undanta", "Replace or exempt"),
    clauses: &["ISO/IEC 27001:2022 A.5.16", "PCI DSS 4 8.2.2"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let shared = cx.matched.class == AccountClass::Shared && cx.is_active();
    let as_of = cx.system.review.config.review.as_of;
    let exception = cx.decision().filter(|answer| answer.decision == Decision::Exception);
    (shared && cx.exemption().is_none()).then(|| {
        Hit::new(match exception.and_then(AnswerLine::last_day).filter(|last| *last >= as_of) {
            Some(last) => message!(
                "Kontot används av flera. Undantaget gäller till och med {last}.",
                "The account is used by several. The exception holds until {last}."
            ),
            None => message!(
                "Kontot används av flera och har inget beslutat undantag.",
                "The account is used by several and has no exemption."
            ),
        })
    })
}
