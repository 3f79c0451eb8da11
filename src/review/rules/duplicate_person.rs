//! One number for two persons, or two numbers for one.

use crate::model::{Likeness, NameTokens, Part, Person, PersonIx, Severity, Text, message};
use crate::review::Fact;
use crate::review::{Check, Group, Hit, PersonCx, RestsOn, Review, Rule, Stage, Tells};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    id: "duplicate-person",
    group: Group::Payroll,
    base: Severity::Medium,
    title: Text::new(
        "Samma person flera gånger, eller flera under samma nummer",
        "The same person twice, or several under one number",
    ),
    why: Text::new(
        "Ett personnummer eller anställningsnummer står på rader med olika namn, eller så har samma namn och födelsedatum flera personnummer. Då kan konton knytas till fel person.",
        "One personal number or employee number stands on rows with different names, or the same name and birth date have several personal numbers. Accounts may then be tied to the wrong person.",
    ),
    action: Text::new(
        "Jämför med folkbokföringen och rätta registret.",
        "Compare with the population register and correct payroll.",
    ),
    proposal: Text::new("Rätta registret", "Correct payroll"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Person { untested, check },
};

fn untested(review: &Review<'_>) -> Option<Text> {
    let numbered = |person: &Person| person.stated_number().is_some() || !person.numbers_shown().is_empty();
    let none = !review.roster.persons().any(|(_, person)| numbered(person));
    none.then(|| Text::new("personalregistret har inga nummer", "payroll has no numbers"))
}

fn check(cx: &PersonCx<'_>) -> Option<Hit> {
    one_personal_number_for_two(cx)
        .or_else(|| one_number_for_two(cx))
        .or_else(|| one_employee_number_for_two(cx))
        .or_else(|| two_numbers_for_one(cx))
}

/// The roster has kept apart who share a personal number under quite other names.
fn one_personal_number_for_two(cx: &PersonCx<'_>) -> Option<Hit> {
    let bearers = cx.review.roster.index().contesting(cx.person.contested_number?);
    let others = shown_beside(cx, bearers.iter().copied());
    let count = others.len() + 1;
    (count > 1).then(|| {
        let hit = Hit::new(message!(
            "Samma personnummer står på {count} personer med helt olika namn. Numret används inte för att knyta konton till någon av dem.",
            "The same personal number stands on {count} persons with quite different names. The number is not used to tie accounts to any of them."
        ));
        hit.fact("others", Fact::Persons(others))
    })
}

/// Others beside the person; beside a protected one the finding would tell that there is one.
fn shown_beside(cx: &PersonCx<'_>, bearers: impl Iterator<Item = PersonIx>) -> Vec<PersonIx> {
    let others: BTreeSet<PersonIx> = bearers.filter(|ix| *ix != cx.ix).collect();
    others.into_iter().filter(|ix| !cx.review.protection.persons.contains(ix)).collect()
}

/// The roster has kept apart who share an employee number; both are named, so that one of them gets another.
fn one_employee_number_for_two(cx: &PersonCx<'_>) -> Option<Hit> {
    let index = cx.review.roster.index();
    // Where each employer has a series of its own, the same number on two persons is in order.
    let numbers = cx.person.shared_numbers.iter().filter(|number| !cx.person.serial_numbers.contains(number));
    let others = shown_beside(cx, numbers.flat_map(|number| index.sharing(number).iter().copied()));
    if others.is_empty() {
        return None;
    }
    let count = others.len() + 1;
    let hit = Hit::new(message!(
        "Samma anställningsnummer står på {count} personer. Numret används inte för att knyta konton till någon av dem.",
        "The same employee number stands on {count} persons. The number is not used to tie accounts to any of them."
    ));
    Some(hit.fact("others", Fact::Persons(others)))
}

/// A change of surname is no second person, and a short form of a given name is none.
fn one_number_for_two(cx: &PersonCx<'_>) -> Option<Hit> {
    let person = cx.person;
    let stranger = |other: &&NameTokens| is_another(&person.tokens, other);
    let numbers = person.numbers_shown().len();
    person.other_names.iter().find(stranger).filter(|_| person.personal_number.is_some() && numbers > 1)?;
    let hit = Hit::new(message!(
        "Ett och samma personnummer står på {numbers} anställningsnummer med olika namn.",
        "One and the same personal number stands on {numbers} employee numbers with different names."
    ));
    Some(hit.count("employee_numbers", numbers))
}

/// Whether the given names differ, but for a surname shared with the first letter of a given name.
fn is_another(own: &NameTokens, other: &NameTokens) -> bool {
    let likeness = Likeness::of(own, other);
    let initials = |name: &NameTokens| name.given.iter().filter_map(|word| word.chars().next()).collect::<Vec<_>>();
    let (mine, theirs) = (initials(own), initials(other));
    let short_form = mine.iter().any(|letter| theirs.contains(letter)) && likeness.surname == Part::Agrees;
    likeness.given == Part::Differs && !short_form
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
