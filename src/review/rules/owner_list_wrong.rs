//! A row of the list of systems that its owner says is wrong.

use crate::history::Confirmation;
use crate::model::{Severity, Text, message};
use crate::review::{Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "owner-list-wrong",
    group: Group::Owner,
    base: Severity::Medium,
    title: Text::new("Uppgifterna om systemet stämmer inte", "What is said of the system is wrong"),
    why: Text::new(
        "Den som fick frågan har svarat att systemförteckningens uppgifter inte stämmer. Listor kan då gå till fel mottagare.",
        "Whoever was asked has answered that the list of systems is wrong about it. Lists may then go to the wrong recipient.",
    ),
    action: Text::new(
        "Rätta raden i systemförteckningen och ange dagen då den bekräftades.",
        "Correct the row in the list of systems and state the day it was confirmed.",
    ),
    proposal: Text::new("Rätta systemförteckningen", "Correct the list of systems"),
    clauses: &["ISO/IEC 27001:2022 A.5.9"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested: |_| None, check },
};

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let Some(Confirmation::Wrong(said)) = cx.review.recalled.confirmation(&cx.config.system.id) else { return None };
    // A row that was confirmed anew since is right again.
    if cx.config.system.confirmed.is_some_and(|day| day >= said.on) {
        return None;
    }
    let day = said.on;
    let hit = Hit::new(match &said.correction {
        Some(right) => message!(
            "Svaret {day} säger att uppgifterna inte stämmer. Rätt uppgift: {right}.",
            "The answer of {day} says that the row is wrong. What is right: {right}."
        ),
        None => message!(
            "Svaret {day} säger att uppgifterna inte stämmer, men inte vad som är rätt.",
            "The answer of {day} says that the row is wrong, but not what is right."
        ),
    });
    Some(hit.day("stated_on", Some(day)))
}
