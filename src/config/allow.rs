//! `allow`: who may have an account in a system without being employed.
//!
//! A word is a kind of register (`elected`) or a form that is paid but not employed ("Uppdragstagare"). Whether one
//! covers a person is decided here and nowhere else.

use super::SystemConfig;
use super::payroll::EmploymentTerms;
use super::suggest::nearest;
use super::table::Table;
use super::words::{is_pattern, is_word};
use crate::model::{EmploymentClass, EngagementKind, Reading, fold, message, not_employed_words};

/// Words of a form that say that its holder is elected.
const ELECTED: [&str; 12] = [
    "fortroendevald",
    "fortroendevalda",
    "fortroendeman",
    "politiker",
    "arvodist",
    "arvoderad",
    "arvoderade",
    "ledamot",
    "namndledamot",
    "ersattare",
    "kommunalrad",
    "oppositionsrad",
];

/// Words of a form that pays a fee to someone who is not elected.
const NOT_ELECTED: [&str; 7] =
    ["uppdragstagare", "familjehem", "kontaktperson", "kontaktfamilj", "god", "feriearbetare", "feriepraktikant"];

impl SystemConfig {
    /// Whether someone engaged so, by a register of that kind or under a form of payroll, may have an account here.
    pub fn allows(&self, kind: Option<EngagementKind>, form: Option<&str>) -> bool {
        self.allow.iter().any(|word| covers(word, kind, form))
    }
}

pub fn covers(word: &str, kind: Option<EngagementKind>, form: Option<&str>) -> bool {
    match kind_named(word) {
        // The kind's own word may be a form as well: "förtroendevald" is both.
        Some(own) if kind == Some(own) => true,
        Some(EngagementKind::Elected) if kind.is_none() && form.is_some_and(is_elected) => true,
        _ => form.is_some_and(|form| is_word(word, form)),
    }
}

/// The kind of that name in either language.
fn kind_named(word: &str) -> Option<EngagementKind> {
    let word = fold(word);
    EngagementKind::NAMED
        .into_iter()
        .map(|(_, kind)| kind)
        .find(|kind| fold(kind.code()) == word || swedish(*kind) == word)
}

fn swedish(kind: EngagementKind) -> &'static str {
    match kind {
        EngagementKind::External => "extern",
        EngagementKind::Elected => "fortroendevald",
        EngagementKind::Student => "elev",
        EngagementKind::Other => "annan",
    }
}

/// Whether a form of payroll is that of an elected representative.
fn is_elected(form: &str) -> bool {
    let words: Vec<String> = form.split(|c: char| !c.is_alphanumeric()).map(fold).collect();
    let holds = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    holds(&ELECTED) && !holds(&NOT_ELECTED)
}

/// Reads `allow`. A word that is neither a kind nor a form would let nobody in, and say nothing.
pub fn read(table: &Table<'_>, terms: &EmploymentTerms) -> Vec<String> {
    let is_form = |word: &str| terms.class_of(word) == Reading::Known(EmploymentClass::NotEmployed);
    let placed = table.placed_texts("allow");
    for (word, offset) in &placed {
        if kind_named(word).is_some() || is_pattern(word) || is_form(word) {
            continue;
        }
        let says = message!(
            "\"{word}\" i allow är varken en sorts register eller en form som inte är anställning",
            "\"{word}\" in allow is neither a kind of register nor a form that is no employment"
        );
        let mut known: Vec<&str> = terms.not_employed.written.iter().map(String::as_str).collect();
        EngagementKind::NAMED.iter().for_each(|(name, _)| known.push(name));
        not_employed_words().for_each(|word| known.push(word));
        let way_out = match nearest(&word.to_lowercase(), known.into_iter()) {
            Some(near) => message!("Menade du \"{near}\"?", "Did you mean \"{near}\"?"),
            None => message!(
                "Sorter: external, elected, student, other. En egen form skrivs först under [payroll.employment] not_employed.",
                "Kinds: external, elected, student, other. A form of your own is first written under [payroll.employment] not_employed."
            ),
        };
        table.problem_at(*offset, says, Some(way_out));
    }
    placed.into_iter().map(|(word, _)| word).collect()
}
