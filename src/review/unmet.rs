//! What the configuration names and no file has: a slip of spelling there would silence rules without a word.
//!
//! What only rows of protected persons have counts as nowhere: that a word is met would tell of them.

use super::config_key::ConfigKey;
use super::context::{Review, SystemCx};
use super::rules::admits;
use crate::config::{Exclusion, Patterns};
use crate::model::{EmploymentClass, Field, fold};

/// A key of the configuration with the words of it that meet nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The key.
    pub key: ConfigKey,
    /// What was written and met nothing.
    pub words: Vec<String>,
    /// Whether the review is silenced by it.
    pub silences: bool,
}

impl Unmet {
    /// Those of some words that meet nothing, if there are any.
    fn of<'w>(
        key: ConfigKey,
        words: impl IntoIterator<Item = &'w String>,
        meets: impl Fn(&str) -> bool,
    ) -> Option<Self> {
        let words: Vec<String> = words.into_iter().filter(|word| !meets(word)).cloned().collect();
        (!words.is_empty()).then_some(Self { key, words, silences: false })
    }

    /// Those of some patterns that fit nothing, if there are any.
    fn of_patterns(key: ConfigKey, patterns: &Patterns, meets: impl Fn(&Patterns) -> bool) -> Option<Self> {
        let alone = |pattern: &str| Patterns::new(vec![pattern.to_owned()]);
        Self::of(key, &patterns.written, |pattern| alone(pattern).is_ok_and(|pattern| meets(&pattern)))
    }
}

/// What `[payroll.employment]` names and payroll has nowhere. Only what was written is asked for, and not the forms
/// that are known without.
pub fn in_payroll(review: &Review<'_>) -> Vec<Unmet> {
    let (terms, stated) = (review.roster.terms(), &review.config.payroll.stated_forms);
    let is_form =
        |word: &str| review.open_employments().any(|e| e.form.as_deref().is_some_and(|form| fold(form) == fold(word)));
    // The form of pay tells hourly staff too, and it is not kept.
    let by_pay = |word: &str| {
        let hourly = |form: &str| terms.hourly.iter().any(|own| fold(own) == fold(form));
        let untold = |form: Option<&str>| !form.is_some_and(hourly);
        let unexplained =
            review.open_employments().any(|e| e.class == EmploymentClass::Hourly && untold(e.form.as_deref()));
        is_form(word) || unexplained
    };
    let not_employed = Unmet::of(ConfigKey::NotEmployed, &stated.not_employed, is_form);
    let hourly = Unmet::of(ConfigKey::Hourly, &stated.hourly, by_pay);
    not_employed.into_iter().chain(hourly).collect()
}

/// What the configuration of a system names and neither its export nor payroll has.
pub fn in_system(cx: &SystemCx<'_>) -> Vec<Unmet> {
    let found = [
        companies(cx),
        departments(cx),
        Unmet::of_patterns(ConfigKey::PrivilegedRoles, &cx.config.privileged_roles, |pattern| has_role(cx, pattern)),
        status(cx),
        valid_to_closes(cx),
        Unmet::of(ConfigKey::Allow, &cx.config.allow, |allowed| {
            cx.review.open_employments().any(|e| admits(allowed, e))
        }),
        login(cx),
    ];
    found.into_iter().flatten().chain(classes(cx)).chain(conflicts(cx)).chain(exclusions(cx)).collect()
}

/// Employers that no row of payroll names. Where none of them is there, nobody is tested.
fn companies(cx: &SystemCx<'_>) -> Option<Unmet> {
    let companies = &cx.config.system.companies;
    let named = || cx.review.open_employments().filter(|e| e.engagement.is_none()).filter_map(|e| e.company.as_deref());
    let unmet = Unmet::of(ConfigKey::Companies, companies, |word| named().any(|own| fold(own) == fold(word)))?;
    // A row that names no employer counts for every system.
    let silences = unmet.words.len() == companies.len() && named().next().is_some();
    Some(Unmet { silences, ..unmet })
}

/// Departments that no row of payroll names. Without a column for departments the rule on them is untested anyway.
pub fn departments(cx: &SystemCx<'_>) -> Option<Unmet> {
    let named = || cx.review.open_employments().filter_map(|e| e.department.as_deref());
    let is_one = |word: &str| named().any(|own| fold(own) == fold(word));
    Unmet::of(ConfigKey::Departments, &cx.config.system.departments, is_one).filter(|_| cx.payroll().tells_departments)
}

fn has_role(cx: &SystemCx<'_>, pattern: &Patterns) -> bool {
    cx.roles().any(|role| pattern.fit(role))
}

fn status(cx: &SystemCx<'_>) -> Option<Unmet> {
    let export = cx.export?;
    let words = cx.config.status.active.iter().chain(&cx.config.status.closed);
    Unmet::of(ConfigKey::Status, words, |word| export.status_words.contains(&fold(word)))
}

/// An end date cannot close accounts of an export that has none.
fn valid_to_closes(cx: &SystemCx<'_>) -> Option<Unmet> {
    let has_end = cx.has(Field::ValidTo) || cx.has(Field::Expires);
    let unmet = Unmet { key: ConfigKey::ValidToCloses, words: vec!["true".to_owned()], silences: false };
    (cx.config.status.valid_to_closes && !has_end).then_some(unmet)
}

/// A system that sign-in goes through, and that has none of the accounts.
fn login(cx: &SystemCx<'_>) -> Option<Unmet> {
    let login = cx.config.login.as_ref()?;
    let mut there = cx.review.system_contexts().filter(|other| other.config.system.id == *login);
    there.find(|other| other.export.is_some())?;
    let met = cx.open_accounts().any(|account| account.sign_in_account().flatten().is_some());
    (!met).then(|| Unmet { key: ConfigKey::Login, words: vec![login.to_string()], silences: false })
}

fn classes<'a>(cx: &SystemCx<'a>) -> impl Iterator<Item = Unmet> + use<'a> {
    let names = |cx: &SystemCx<'a>, pattern: &Patterns| {
        cx.all_open_accounts()
            .any(|account| account.text(Some(account.account.name)).is_some_and(|name| pattern.fit(name)))
    };
    let cx = *cx;
    let patterns = cx.config.classes.iter();
    patterns.filter_map(move |(_, patterns)| Unmet::of_patterns(ConfigKey::Classes, patterns, |own| names(&cx, own)))
}

/// Sides of a pair of roles that no account of the system has; the pair is then untested.
fn conflicts<'a>(cx: &SystemCx<'a>) -> impl Iterator<Item = Unmet> + use<'a> {
    let cx = *cx;
    let sides = cx.review.config.conflicts.iter().flat_map(|conflict| &conflict.sides);
    let own = sides.filter(move |side| side.system == cx.config.system.id);
    own.filter_map(move |side| Unmet::of_patterns(ConfigKey::Conflict, &side.role, |role| has_role(&cx, role)))
}

/// Populations to be left out that leave out nobody; without the column the whole of them is reviewed.
fn exclusions<'a>(cx: &SystemCx<'a>) -> impl Iterator<Item = Unmet> + use<'a> {
    let cx = *cx;
    let numbered = cx.config.exclusions.iter().zip(0u8..);
    numbered.filter_map(move |(exclusion, at)| {
        let meets = cx.all_open_accounts().any(|account| account.account.excluded_by == Some(at));
        let Exclusion { column, pattern, .. } = exclusion;
        let words = vec![format!("{column} = {}", pattern.written.join(", "))];
        (!meets).then(|| Unmet { key: ConfigKey::Exclude, words, silences: !has_header(&cx, column) })
    })
}

fn has_header(cx: &SystemCx<'_>, header: &str) -> bool {
    let mut reports = cx.export.into_iter().flat_map(|export| &export.reports);
    reports.any(|report| report.headers.iter().any(|own| fold(own) == fold(header)))
}
