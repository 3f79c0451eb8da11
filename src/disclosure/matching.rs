//! How well matching works in a system, as it may be shown: shares and counts, no person.

use super::Door;
use crate::matching::{Blind, EvidenceField, Found, Level, SystemMatches};
use crate::model::{Language, Text};
use crate::review::SystemCx;

/// Figures of one system's matching, each with its label, in the run's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatchingShown(pub Vec<(String, String)>);

/// Gathers them; nothing where no export was read.
pub fn shown(cx: &SystemCx<'_>, door: &Door<'_>) -> MatchingShown {
    let Some(matches) = cx.matches else { return MatchingShown::default() };
    let t = |sv: &'static str, en: &'static str| Text::new(sv, en).get(door.language).to_owned();
    let learned = &matches.learned;
    let mut facts = vec![
        (
            t("Andel konton vars innehavare finns i registret", "Share of accounts whose holder is in the register"),
            percent(learned.in_files, door),
        ),
        (t("Personer att jämföra med", "Persons compared with"), learned.persons.to_string()),
        (
            t("Personer med flera vardagskonton", "Persons with several everyday accounts"),
            percent(learned.several_accounts, door),
        ),
        (
            t("Utomstående som heter som någon i registret", "Outsiders who are called as somebody in the register"),
            percent(learned.namesakes.of_outsiders, door),
        ),
        (
            t("Av dem på samma enhet, utöver slumpen", "Of these at the same unit, beyond chance"),
            percent(learned.namesakes.at_the_place, door),
        ),
    ];
    for field in EvidenceField::ALL.iter().filter(|field| compared(matches, **field)) {
        facts.push((
            t("Jämförelse av", "Comparison of") + " " + field.text().get(door.language),
            levels(matches, *field, door),
        ));
    }
    let shapes: Vec<String> =
        learned.shapes.iter().map(|(shape, share)| format!("{shape} ({})", percent(*share, door))).collect();
    if !shapes.is_empty() {
        facts.push((t("Kontonamnens mönster", "Shapes of account names"), shapes.join("; ")));
    }
    facts.extend(quality(matches, door));
    MatchingShown(facts)
}

/// Whether a field was compared at all here: shares that are still the defaults say nothing of this system.
fn compared(matches: &SystemMatches, field: EvidenceField) -> bool {
    matches
        .matches
        .iter()
        .flat_map(|matched| matched.candidates.first())
        .any(|best| best.evidence.iter().any(|evidence| evidence.field == field))
}

fn levels(matches: &SystemMatches, field: EvidenceField, door: &Door<'_>) -> String {
    let own = matches
        .learned
        .levels
        .iter()
        .filter(|(known, level, share)| *known == field && (*share >= 0.0005 || *level == Level::Exact));
    let words: Vec<String> =
        own.map(|(_, level, share)| format!("{} {}", level.text().get(door.language), percent(*share, door))).collect();
    words.join(", ")
}

/// How good the matching is where nobody knows the truth: holders found on both sides, links that can be expected to
/// be wrong, and what the files themselves say of it.
pub fn quality(matches: &SystemMatches, door: &Door<'_>) -> Vec<(String, String)> {
    let t = |sv: &'static str, en: &'static str| Text::new(sv, en).get(door.language).to_owned();
    let quality = &matches.quality;
    let Found { accounts, with_holder, employed, with_account } = quality.found;
    let of = |part: u64, all: u64| format!("{part} {} {all}", t("av", "of"));
    let mut facts = vec![
        (
            t("Personliga konton med säker innehavare", "Personal accounts with a certain holder"),
            of(with_holder, accounts),
        ),
        (t("Anställda med konto i systemet", "Employees with an account in the system"), of(with_account, employed)),
        (
            t("Kopplingar som kan väntas vara fel", "Links that can be expected to be wrong"),
            decimal(quality.expected_wrong, door),
        ),
    ];
    let blind = Blind::of(&quality.blind);
    if blind.tried > 0 {
        let (tried, same, other) = (blind.tried, blind.same, blind.other);
        let left = tried - same - other;
        let text = match door.language {
            Language::Sv => format!(
                "{tried} konton prövade utan sina nummer: {same} fick samma person, {other} en annan, {left} lämnades öppna"
            ),
            Language::En => format!(
                "{tried} accounts tried without their numbers: {same} got the same person, {other} another, {left} were left open"
            ),
        };
        facts.push((t("Prov utan nummer", "Trial without numbers"), text));
    }
    for trial in quality.key_trials() {
        let (tested, disagree) = (trial.tested, trial.disagree);
        let label =
            t("Nyckel mot övriga uppgifter:", "Key against other data:") + " " + trial.field.text().get(door.language);
        let text = match door.language {
            Language::Sv => format!("{tested} prövade, {disagree} pekar på någon annan"),
            Language::En => format!("{tested} tried, {disagree} point at someone else"),
        };
        facts.push((label, text));
    }
    facts
}

/// With one decimal, as each language writes it.
fn percent(share: f64, door: &Door<'_>) -> String {
    format!("{} %", decimal(share * 100.0, door))
}

fn decimal(number: f64, door: &Door<'_>) -> String {
    let text = format!("{number:.1}");
    match door.language {
        Language::Sv => text.replace('.', ","),
        Language::En => text,
    }
}
