//! A system whose information nobody has classified.

use crate::model::{Field, Severity, Text, message};
use crate::review::rule::{needs_row_of_inventory, needs_to_read};
use crate::review::{Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "classification-missing",
    group: Group::Owner,
    base: Severity::Low,
    title: Text::new("Informationsklass saknas", "No information class"),
    why: Text::new(
        "Utan informationsklassning går det inte att säga hur väl systemets uppgifter behöver skyddas.",
        "Without an information class it cannot be said how well the data of the system needs to be protected.",
    ),
    action: Text::new(
        "Klassa informationen och ange klassen i systemförteckningen.",
        "Classify the information and state the class in the inventory.",
    ),
    proposal: Text::new("Klassa informationen", "Classify the information"),
    clauses: &["ISO/IEC 27001:2022 A.5.9"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested, check },
};

fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    needs_row_of_inventory(cx).or_else(|| needs_to_read(cx, Field::Classification))
}

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let system = &cx.config.system;
    (system.classification.is_none() && system.left_out.is_none())
        .then(|| Hit::new(message!("Ingen informationsklass är angiven.", "No information class is stated.")))
}
