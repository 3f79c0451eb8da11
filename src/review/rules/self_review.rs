//! A decision by the person whom the row is about.

use crate::model::{Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, Tells};
use crate::roster::Resolution;

pub(super) const RULE: Rule = Rule {
    id: "self-review",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Beslut om det egna kontot", "A decision on one's own account"),
    why: Text::new(
        "Den som granskar en behörighet bör inte vara den som har den. Beslutet kan vara rätt, men någon annan behöver fatta det.",
        "Whoever reviews access should not be the one who has it. The decision may be right, but somebody else has to make it.",
    ),
    action: Text::new(
        "Låt någon annan, till exempel närmaste chef, fatta beslutet.",
        "Let somebody else, for instance the closest manager, make the decision.",
    ),
    proposal: Text::new("Låt någon annan besluta", "Let somebody else decide"),
    clauses: &["ISO/IEC 27001:2022 A.5.3", "NIST SP 800-53 r5 AC-5"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let answer = cx.decision()?;
    let review = cx.system.review;
    let Resolution::Person(decider) = review.resolve(answer.decided_by.as_deref()?) else { return None };
    let own = cx.matched.person() == Some(decider);
    let owns = || cx.stated_owner().is_some_and(|owner| review.resolve(owner) == Resolution::Person(decider));
    (own || owns()).then(|| {
        let hit = Hit::new(message!(
            "Beslutet om kontot fattades av den som har eller ansvarar för det.",
            "The decision on the account was made by the one who has it or answers for it."
        ));
        hit.day("decided_on", answer.decided_on)
    })
}
