//! One number for two persons, or two numbers for one.

use crate::model::{PersonIx, Severity, Text, message};
use crate::review::Fact;
use crate::review::rule::always;
use crate::review::{Check, Group, Hit, PersonCx, Review, Rule, Stage};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-person",
    group: Group::Payroll,
    base: Severity::Medium,
    title: Text::new(
        "Samma person flera gånger, eller flera under samma nummer",
        "The same person twice, or several under one number",
    ),
    why: Text::new(
        "Ett personnummer står på rader med olika namn och anställningsnummer, eller så har samma namn och födelsedatum flera personnummer. Då kan konton knytas till fel person.",
        "One personal number stands on rows with different names and employee numbers, or the same name and birth date have several personal numbers. Accounts may then be tied to the wrong person.",
    ),
    action: Text::new(
        "Jämför med folkbokföringen och rätta registret.",
        "Compare with the population register and correct payroll.",
    ),
    proposal: Text::new("Rätta registret", "Correct payroll"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    untested: always,
    check: Check::Person { untested, check },
};

fn untested(review: &Review<'_>) -> Option<Text> {
    let none = review.roster.persons().all(|(_, person)| person.personal_number.is_none());
    none.then(|| Text::new("personalregistret har inga personnummer", "payroll has no personal numbers"))
}

fn check(cx: &PersonCx<'_>) -> Option<Hit> {
    one_number_for_two(cx).or_else(|| two_numbers_for_one(cx))
}

/// A change of surname is no second person: the given names must have no word in common.
fn one_number_for_two(cx: &PersonCx<'_>) -> Option<Hit> {
    let person = cx.person;
    let own = &person.tokens.given;
    let stranger = |other: &&crate::model::NameTokens| !other.given.iter().any(|word| own.contains(word));
    let numbers = person.employee_numbers.len();
    person.other_names.iter().find(stranger).filter(|_| person.personal_number.is_some() && numbers > 1)?;
    let hit = Hit::new(message!(
        "Ett och samma personnummer står på {numbers} anställningsnummer med olika namn.",
        "One and the same personal number stands on {numbers} employee numbers with different names."
    ));
    Some(hit.number("employee_numbers", i64::try_from(numbers).unwrap_or(i64::MAX)))
}

fn two_numbers_for_one(cx: &PersonCx<'_>) -> Option<Hit> {
    let person = cx.person;
    person.personal_number?;
    let roster = cx.review.roster;
    let key = crate::roster::name_keys(&person.tokens).into_iter().next()?;
    let same = |ix: &&PersonIx| {
        let other = roster.person(**ix);
        // Beside a protected namesake the finding would tell that there is one.
        **ix != cx.ix
            && !cx.review.protection.persons.contains(*ix)
            && other.personal_number.is_some()
            && other.birth_date == person.birth_date
            && other.tokens == person.tokens
    };
    let others: Vec<PersonIx> = roster.index().by_name(&key).iter().filter(same).copied().collect();
    if others.is_empty() {
        return None;
    }
    let count = others.len() + 1;
    let hit = Hit::new(message!(
        "Samma namn och födelsedatum står under {count} personnummer. Det kan vara en och samma person.",
        "The same name and birth date stand under {count} personal numbers. It may be one and the same person."
    ));
    Some(hit.fact("others", Fact::Persons(others)))
}
