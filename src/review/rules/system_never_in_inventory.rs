//! A system under review that the list of systems does not know.

use crate::model::{Severity, Text, message};
use crate::review::rule::needs_inventory;
use crate::review::{Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "system-never-in-inventory",
    group: Group::Owner,
    base: Severity::Medium,
    title: Text::new("Systemet står inte i systemförteckningen", "The system stands in no list of systems"),
    why: Text::new(
        "Ett system som ingen har fört in i förteckningen saknar en bekräftad ägare, informationsklass och riskanalys.",
        "A system that nobody has entered in the list has no confirmed owner, information class or risk analysis.",
    ),
    action: Text::new(
        "För in systemet i systemförteckningen med ägare, informationsklass och riskanalys.",
        "Enter the system in the list of systems with owner, information class and risk analysis.",
    ),
    proposal: Text::new("För in i systemförteckningen", "Enter it in the list of systems"),
    clauses: &["ISO/IEC 27001:2022 A.5.9"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested: needs_inventory, check },
};

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    (!cx.config.system.listed).then(|| {
        Hit::new(message!(
            "Systemet granskas men står inte i systemförteckningen.",
            "The system is reviewed but does not stand in the list of systems."
        ))
    })
}
