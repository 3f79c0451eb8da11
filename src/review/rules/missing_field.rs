//! Something that payroll should say of everyone and does not.

use crate::model::{Employment, EmploymentClass, End, Field, Severity, Text, fold, message};
use crate::review::Fact;
use crate::review::rule::{Parts, always_on_payroll};
use crate::review::{Check, Group, Hit, PersonCx, RestsOn, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "missing-field",
    group: Group::Payroll,
    base: Severity::Low,
    title: Text::new("Uppgift saknas i personalregistret", "Something is missing in payroll"),
    why: Text::new(
        "Uppgiften behövs för att knyta konton till rätt person och skicka frågor till rätt chef.",
        "It is needed to tie accounts to the right person and to send questions to the right manager.",
    ),
    action: Text::new("Fyll i uppgiften i personalregistret.", "Fill it in in payroll."),
    proposal: Text::new("Fyll i uppgiften", "Fill it in"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::people(&[Field::EmploymentEnd]),
    check: Check::Person { untested: always_on_payroll, check },
};

/// One thing that can be missing.
const NAME: (&str, Text) = ("name", Text::new("namn", "a name"));
const NUMBER: (&str, Text) = ("personal_number", Text::new("personnummer", "personal number"));
const UNIT: (&str, Text) = ("unit", Text::new("enhet", "unit"));
const END: (&str, Text) =
    ("employment_end", Text::new("slutdatum för en tidsbegränsad anställning", "the end of a fixed-term employment"));

fn check(cx: &PersonCx<'_>) -> Option<Hit> {
    let current: Vec<&Employment> = cx.current().filter(|e| e.class != EmploymentClass::NotEmployed).collect();
    if current.is_empty() {
        return None;
    }
    // A number that is there and wrong is a matter of its own.
    let no_number = cx.person.stated_number().is_none() && cx.person.number_flaw.is_none();
    let no_unit = current.iter().all(|employment| employment.unit.is_none());
    let no_end = current.iter().any(|e| e.end == End::Open && is_for_a_time(e));
    let missing = Parts::new([
        cx.person.tokens.is_empty().then_some(NAME),
        (no_number && cx.review.payroll_has(Field::PersonalNumber)).then_some(NUMBER),
        (no_unit && cx.review.payroll_has(Field::Unit)).then_some(UNIT),
        (no_end && cx.review.payroll_has(Field::EmploymentEnd)).then_some(END),
    ]);
    if missing.is_empty() {
        return None;
    }
    let (sv, en) = missing.in_words();
    let hit = Hit::new(message!("Det saknas {sv}.", "Payroll lacks {en}."));
    Some(hit.fact("missing", Fact::Text(missing.keys())))
}

/// Forms of employment for a time, by the words that payroll systems use for them. A trial is permanent until it
/// is ended.
fn is_for_a_time(employment: &Employment) -> bool {
    const PARTS: [&str; 7] = ["vikari", "tidsbegr", "visstid", "sasong", "projekt", "temporary", "fixedterm"];
    const WORDS: [&str; 2] = ["ava", "sava"];
    let form = employment.form.as_deref().unwrap_or_default();
    let folded = fold(form);
    let word = |word: &str| WORDS.contains(&fold(word).as_str());
    let permanent = folded.contains("tillsvidare");
    !permanent
        && (PARTS.iter().any(|part| folded.contains(part)) || form.split(|c: char| !c.is_alphanumeric()).any(word))
}
