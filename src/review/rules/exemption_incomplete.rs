//! An exemption that does not say who, why or until when, or whose date has passed.

use crate::model::{Language, Severity, Text, join_words, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, Rule, Stage};

pub(super) const RULE: Rule = Rule {
    id: "exemption-incomplete",
    group: Group::Owner,
    base: Severity::Medium,
    title: Text::new("Undantaget är ofullständigt", "The exemption is incomplete"),
    why: Text::new(
        "Ett undantag ska ha ägare, skäl, beslutsfattare och slutdatum, annars går det inte att följa upp.",
        "An exemption is to have an owner, a reason, an approver and an end date; otherwise it cannot be followed up.",
    ),
    action: Text::new(
        "Komplettera undantaget i konfigurationen, eller ta bort det.",
        "Complete the exemption in the configuration, or remove it.",
    ),
    proposal: Text::new("Komplettera undantaget", "Complete the exemption"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Facts,
    untested: needs_export,
    check: Check::Account(check),
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let exemption = cx.stated_exemption()?;
    let parts = [
        (exemption.owner.is_none(), Text::new("ägare", "owner")),
        (exemption.reason.is_none(), Text::new("skäl", "reason")),
        (exemption.approved_by.is_none(), Text::new("beslutsfattare", "approver")),
        (exemption.until.is_none(), Text::new("slutdatum", "end date")),
    ];
    let missing: Vec<Text> = parts.into_iter().filter(|(missing, _)| *missing).map(|(_, text)| text).collect();
    let expired = exemption.until.filter(|until| *until < cx.system.review.config.review.as_of);
    if let Some(until) = expired {
        let hit = Hit::new(message!("Undantaget gällde till {until}.", "The exemption held until {until}."));
        return Some(hit.day("until", Some(until)));
    }
    let words = |language| {
        let list: Vec<&str> = missing.iter().map(|text| text.get(language)).collect();
        join_words(&list, language)
    };
    let (sv, en) = (words(Language::Sv), words(Language::En));
    (!missing.is_empty()).then(|| Hit::new(message!("Undantaget saknar {sv}.", "The exemption lacks {en}.")))
}
