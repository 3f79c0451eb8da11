//! A system without a risk analysis, or with an old one.

use crate::model::{Field, Severity, Text, message};
use crate::review::rule::{needs_row_of_inventory, needs_to_read};
use crate::review::{Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "risk-analysis-stale",
    group: Group::Owner,
    base: Severity::Low,
    title: Text::new("Riskanalys saknas eller är gammal", "Risk analysis missing or old"),
    why: Text::new(
        "Systemets risker har inte bedömts, eller bedömdes för länge sedan. Både hot och behörigheter kan ha ändrats.",
        "The risks of the system have not been assessed, or were long ago. Threats and access rights may both have changed.",
    ),
    action: Text::new(
        "Gör en riskanalys och ange dagen i systemförteckningen.",
        "Make a risk analysis and state its day in the inventory.",
    ),
    proposal: Text::new("Gör en riskanalys", "Make a risk analysis"),
    clauses: &["ISO/IEC 27001:2022 A.5.9", "Cybersäkerhetslagen (2025:1506)"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested, check },
};

/// An analysis may be this many times as old as a row of the inventory.
const TIMES: u32 = 3;

fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    needs_row_of_inventory(cx).or_else(|| needs_to_read(cx, Field::RiskAnalysis))
}

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let system = &cx.config.system;
    if system.left_out.is_some() {
        return None;
    }
    let Some(day) = system.risk_analysis else {
        return Some(Hit::new(message!("Ingen riskanalys är angiven.", "No risk analysis is stated.")));
    };
    let limit = i64::from(cx.review.config.inventory_max_age_days * TIMES);
    let age = (cx.review.config.review.as_of - day).num_days();
    (age > limit).then(|| {
        let hit = Hit::new(message!(
            "Senaste riskanalys är från {day}, {age} dagar före referensdagen. Gränsen är {limit} dagar.",
            "The latest risk analysis is of {day}, {age} days before the reference date. The limit is {limit} days."
        ));
        hit.day("risk_analysis", Some(day)).number("days", age)
    })
}
