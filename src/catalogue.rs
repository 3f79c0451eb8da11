//! The rule catalogue for people: on the terminal, one rule at a time, and as the table of the README. Every
//! word comes from the rules themselves, so that nothing said of a rule can differ from what it does.

use crate::error::{Error, ErrorKind, Place};
use crate::model::{Language, Text, message};
use crate::review::{Check, Group, RULES, Rule, Stage};
use std::fmt::Write;

/// Every rule, or one.
///
/// # Errors
/// A rule that is not in the catalogue.
pub fn shown(id: Option<&str>, language: Language) -> Result<String, Error> {
    let Some(id) = id else { return Ok(list(language)) };
    let found = RULES.iter().find(|rule| rule.id == id);
    found.map(|rule| whole(rule, language)).ok_or_else(|| unknown(id))
}

fn unknown(id: &str) -> Error {
    let says = message!("ingen regel heter \"{id}\"", "no rule is called \"{id}\"");
    let error = Error::new(ErrorKind::Unusable, Place::file("samkor rules"), says);
    match crate::config::nearest(id, RULES.iter().map(|rule| rule.id)) {
        Some(near) => error.way_out(message!("Menade du \"{near}\"?", "Did you mean \"{near}\"?")),
        None => error.way_out(message!("samkor rules visar alla regler.", "samkor rules shows every rule.")),
    }
}

/// One line a rule, by group, in the order of the outputs.
fn list(language: Language) -> String {
    let mut text = String::new();
    for group in Group::ALL {
        let own: Vec<&&Rule> = RULES.iter().filter(|rule| rule.group == group).collect();
        if own.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{}", group.text().get(language));
        for rule in own {
            let (id, title) = (rule.id, rule.title.get(language));
            let _ = writeln!(text, "  {id:24} {:12} {title}", rule.base.text().get(language));
        }
        let _ = writeln!(text);
    }
    text.push_str(
        Text::new("samkor rules REGEL visar en regel helt.", "samkor rules RULE shows one rule whole.").get(language),
    );
    text
}

/// A rule with everything said of it.
fn whole(rule: &Rule, language: Language) -> String {
    let t = |sv, en| Text::new(sv, en).get(language);
    let parts = [
        (t("Grupp", "Group"), rule.group.text().get(language).to_owned()),
        (t("Grundnivå", "Base severity"), rule.base.text().get(language).to_owned()),
        (t("Prövas på", "Tested on"), tested_on(rule).get(language).to_owned()),
        (t("Varför", "Why"), rule.why.get(language).to_owned()),
        (t("Åtgärd", "What to do"), rule.action.get(language).to_owned()),
        (t("Underlag för", "Evidence for"), rule.clauses.join("; ")),
    ];
    let mut text = format!("{}: {}\n", rule.id, rule.title.get(language));
    for (label, value) in parts {
        let _ = write!(text, "\n{label}: {value}");
    }
    text
}

fn tested_on(rule: &Rule) -> Text {
    match (rule.check, rule.stage) {
        (_, Stage::Loop) => Text::new("det som följt av tidigare avvikelser", "what followed of earlier deviations"),
        (Check::Account { .. } | Check::Each { .. }, Stage::Facts) => Text::new("varje konto", "each account"),
        (Check::Person { .. }, Stage::Facts) => Text::new("varje person i registret", "each person of the register"),
        (Check::System { .. }, Stage::Facts) => Text::new("varje system", "each system"),
        (Check::Both { .. }, Stage::Facts) => Text::new("varje system och körningen", "each system and the run"),
        (Check::Whole(_), Stage::Facts) => Text::new("körningen", "the run"),
    }
}

/// The table of the README, in English.
pub fn table() -> String {
    let mut text = String::from("| rule | group | base | fires on |\n|---|---|---|---|\n");
    for rule in RULES {
        let (id, group, base) = (rule.id, rule.group.code(), rule.base.code());
        let _ = writeln!(text, "| `{id}` | {group} | {base} | {} |", rule.title.en);
    }
    text
}
