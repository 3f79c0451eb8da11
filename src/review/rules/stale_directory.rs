//! What the directory says of someone employed differs from payroll.

use crate::model::{AccountClass, Employment, Severity, Text, fold, fold_word, message};
use crate::review::rule::{Parts, needs_export};
use crate::review::{AccountCx, Check, Fact, Group, Hit, RestsOn, Rule, Stage, Tells};
use crate::roster::Resolution;

pub(super) const RULE: Rule = Rule {
    id: "stale-directory",
    group: Group::Payroll,
    base: Severity::Info,
    title: Text::new("Katalogen skiljer sig från personalregistret", "The directory differs from payroll"),
    why: Text::new(
        "Behörigheter delas ofta ut efter katalogens uppgifter om enhet och befattning. Stämmer de inte blir behörigheterna fel.",
        "Access is often granted by the directory's unit and title. Where these are wrong, so is the access.",
    ),
    action: Text::new("Uppdatera katalogen från personalregistret.", "Update the directory from payroll."),
    proposal: Text::new("Uppdatera katalogen", "Update the directory"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let everyday = cx.matched.class == AccountClass::Personal && cx.is_active();
    let tenure = cx.tenure().filter(|tenure| everyday && tenure.standing.is_employed())?;
    if !cx.system.config.directory {
        return None;
    }
    let day = cx.tested_day();
    let current: Vec<&Employment> =
        cx.person.into_iter().flat_map(|p| &p.employments).filter(|e| e.goes_on(day)).collect();
    let differing = Parts::new([
        surname_differs(cx).then_some(("surname", Text::new("efternamn", "surname"))),
        unit_differs(cx, &current).then_some(("unit", Text::new("enhet", "unit"))),
        title_differs(cx, &current).then_some(("title", Text::new("befattning", "title"))),
        tenure.main.is_some_and(|main| manager_differs(cx, main)).then_some(("manager", Text::new("chef", "manager"))),
    ]);
    if differing.is_empty() {
        return None;
    }
    let (sv, en) = differing.in_words();
    let hit = Hit::new(message!(
        "Katalogen har en annan uppgift än personalregistret om {sv}.",
        "The directory says something else than payroll of {en}."
    ));
    Some(hit.fact("differing", Fact::Text(differing.keys())))
}

/// By words: a double name written in part is no other name.
fn surname_differs(cx: &AccountCx<'_>) -> bool {
    let Some(own) = cx.person.map(|person| &person.tokens.surname).filter(|own| !own.is_empty()) else { return false };
    let stated = match cx.text(cx.account.surname) {
        Some(surname) => words(surname),
        None => cx.text(cx.account.whole_name).map(surname_words).unwrap_or_default(),
    };
    !stated.is_empty() && !stated.iter().any(|word| own.contains(word))
}

/// Words of a whole name that can be the surname: those before a comma, else all of two or more. A note in brackets
/// is no name.
fn surname_words(whole: &str) -> Vec<String> {
    let name = whole.split('(').next().unwrap_or(whole);
    match name.split_once(',') {
        Some((surname, _)) => words(surname),
        None => Some(words(name)).filter(|words| words.len() > 1).unwrap_or_default(),
    }
}

fn words(text: &str) -> Vec<String> {
    text.split([' ', '-']).map(fold_word).filter(|word| !word.is_empty()).collect()
}

fn unit_differs(cx: &AccountCx<'_>, current: &[&Employment]) -> bool {
    let places = |e: &&&Employment| e.unit.is_some();
    let is_one =
        |stated: &str| current.iter().any(|e| same(e.unit.as_deref(), stated) || same(e.department.as_deref(), stated));
    cx.text(cx.account.unit).is_some_and(|stated| current.iter().any(|e| places(&e)) && !is_one(stated))
}

fn title_differs(cx: &AccountCx<'_>, current: &[&Employment]) -> bool {
    let known = current.iter().any(|employment| employment.title.is_some());
    let is_one = |stated: &str| current.iter().any(|employment| same(employment.title.as_deref(), stated));
    cx.text(cx.account.title).is_some_and(|stated| known && !is_one(stated))
}

/// Only where both are one person: directories write managers in ways of their own.
fn manager_differs(cx: &AccountCx<'_>, main: &Employment) -> bool {
    let one = |written: Option<&str>| match written.map(|written| cx.system.review.resolve(written)) {
        Some(Resolution::Person(ix)) => Some(ix),
        _ => None,
    };
    let (stated, own) = (one(cx.text(cx.account.manager)), one(main.manager.as_deref()));
    stated.zip(own).is_some_and(|(stated, own)| stated != own)
}

fn same(own: Option<&str>, stated: &str) -> bool {
    own.is_some_and(|own| fold(own) == fold(stated))
}
