//! A row of the list of systems that nobody has confirmed for long.

use crate::model::{Field, Severity, Text, message};
use crate::review::rule::{needs_row_of_inventory, needs_to_read};
use crate::review::{Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "owner-list-stale",
    group: Group::Owner,
    base: Severity::Medium,
    title: Text::new("Uppgifterna i systemförteckningen är gamla", "The list of systems is old about it"),
    why: Text::new(
        "Ägare och förvaltare byter arbete. En rad som ingen har bekräftat på länge kan peka ut fel mottagare.",
        "Owners and administrators change jobs. A row that nobody has confirmed for long may name the wrong recipient.",
    ),
    action: Text::new(
        "Bekräfta raden, eller rätta den, och ange dagen i systemförteckningen.",
        "Confirm the row, or correct it, and state the day in the list of systems.",
    ),
    proposal: Text::new("Bekräfta uppgifterna", "Confirm the entry"),
    clauses: &["ISO/IEC 27001:2022 A.5.9"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested, check },
};

fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    // An answer that confirms the entry says what the list does not.
    let unread = || needs_to_read(cx, Field::Confirmed).filter(|_| cx.confirmed().is_none());
    needs_row_of_inventory(cx).or_else(unread)
}

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    if cx.config.system.left_out.is_some() {
        return None;
    }
    let Some(day) = cx.confirmed() else {
        return Some(Hit::new(message!(
            "Systemförteckningen säger inte när uppgifterna senast bekräftades.",
            "The list of systems does not say when the entry was last confirmed."
        )));
    };
    let limit = i64::from(cx.review.config.inventory_max_age_days);
    let age = (cx.review.config.review.as_of - day).num_days();
    (age > limit).then(|| {
        let hit = Hit::new(message!(
            "Uppgifterna bekräftades senast {day}, {age} dagar före referensdagen. Gränsen är {limit} dagar.",
            "The entry was last confirmed on {day}, {age} days before the reference date. The limit is {limit} days."
        ));
        hit.day("confirmed", Some(day)).number("days", age)
    })
}
