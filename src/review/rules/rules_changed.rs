//! A rule or a threshold that is another than in the run before.

use crate::model::{Severity, Text, message};
use crate::review::{Check, Fact, Group, Hit, RULES, RestsOn, Review, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "rules-changed",
    group: Group::Control,
    base: Severity::Info,
    title: Text::new("Regler eller gränser har ändrats", "Rules or limits were changed"),
    why: Text::new(
        "När en regel eller en gräns ändras mellan två genomgångar beror skillnaden i resultat inte bara på kontona.",
        "When a rule or a limit is changed between two reviews, the difference in results is not due to the accounts alone.",
    ),
    action: Text::new(
        "Ta hänsyn till ändringen när resultaten jämförs.",
        "Allow for the change when results are compared.",
    ),
    proposal: Text::new("Beakta vid jämförelse", "Allow for it when comparing"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Whole(check),
};

fn check(review: &Review<'_>) -> Option<Hit> {
    let then = &review.recalled.previous.as_ref()?.manifest;
    let config = review.config;
    let days = config.thresholds.named().into_iter().map(|(name, value)| (name, f64::from(value)));
    let limits = days.chain(config.matching.named()).filter_map(|(name, now)| {
        let then = then.thresholds.get(name)?;
        ((then - now).abs() > 1e-9).then(|| format!("{name} {then} → {now}"))
    });
    let rules = RULES.iter().filter_map(|rule| {
        let now = rule.in_force(config).map_or("off", Severity::code);
        let then = then.rules.get(rule.id)?;
        (then != now).then(|| format!("{} {then} → {now}", rule.id))
    });
    let changes: Vec<String> = limits.chain(rules).collect();
    if changes.is_empty() {
        return None;
    }
    let list = changes.join("; ");
    let hit = Hit::new(message!("Ändrat sedan förra genomgången: {list}.", "Changed since the last review: {list}."));
    Some(hit.fact("changes", Fact::List(changes)))
}
