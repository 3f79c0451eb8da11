//! What the configuration names and no file has: a slip of spelling there would silence rules without a word.
//!
//! What only rows of protected persons have counts as nowhere: that a word is met would tell of them.

use super::config_key::ConfigKey;
use super::context::{Review, SystemCx};
use super::rules::admits;
use crate::config::{Exclusion, Patterns, is_word, nearest};
use crate::model::{EmploymentClass, Field, Reading, fold};
use std::collections::BTreeSet;

/// A key of the configuration with the words of it that meet nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The key.
    pub key: ConfigKey,
    /// What was written and met nothing.
    pub words: Vec<String>,
    /// Whether the review is silenced by it.
    pub silences: bool,
    /// All its words, each that met nothing as the files have it; `None` where one of them is like nothing there.
    pub corrected: Option<Vec<String>>,
}

impl Unmet {
    /// Those of some words that meet nothing, if there are any; `there` are the words of the files.
    fn of<'t>(
        key: ConfigKey,
        written: &[String],
        meets: impl Fn(&str) -> bool,
        there: impl Iterator<Item = &'t str>,
    ) -> Option<Self> {
        let words: Vec<String> = written.iter().filter(|word| !meets(word)).cloned().collect();
        if words.is_empty() {
            return None;
        }
        let there: BTreeSet<&str> = there.collect();
        let correct = |word: &String| match words.contains(word) {
            true => nearest(word, there.iter().copied()).map(str::to_owned),
            false => Some(word.clone()),
        };
        let corrected = written.iter().map(correct).collect();
        Some(Self { key, words, silences: false, corrected })
    }

    /// Those of some patterns that fit nothing, if there are any.
    fn of_patterns<'t>(
        key: ConfigKey,
        patterns: &Patterns,
        meets: impl Fn(&Patterns) -> bool,
        there: impl Iterator<Item = &'t str>,
    ) -> Option<Self> {
        let alone = |pattern: &str| Patterns::new(vec![pattern.to_owned()]);
        Self::of(key, &patterns.written, |pattern| alone(pattern).is_ok_and(|pattern| meets(&pattern)), there)
    }

    /// Of something that is no word of a file's.
    fn alone(key: ConfigKey, word: String) -> Self {
        Self { key, words: vec![word], silences: false, corrected: None }
    }
}

/// What `[payroll.employment]` names and payroll has nowhere. Only what was written is asked for, and not the forms
/// that are known without.
pub fn in_payroll(review: &Review<'_>) -> Vec<Unmet> {
    let terms = &review.config.payroll.terms;
    let is_form =
        |word: &str| review.open_employments().any(|e| e.form.as_deref().is_some_and(|form| is_word(word, form)));
    // The form of pay tells hourly staff too, and it is not kept.
    let by_pay = |word: &str| {
        let hourly = |form: &str| terms.class_of(form) == Reading::Known(EmploymentClass::Hourly);
        let untold = |form: Option<&str>| !form.is_some_and(hourly);
        let unexplained =
            review.open_employments().any(|e| e.class == EmploymentClass::Hourly && untold(e.form.as_deref()));
        is_form(word) || unexplained
    };
    let forms = || review.open_employments().filter_map(|e| e.form.as_deref());
    let not_employed = Unmet::of(ConfigKey::NotEmployed, &terms.not_employed.written, is_form, forms());
    let hourly = Unmet::of(ConfigKey::Hourly, &terms.hourly.written, by_pay, forms());
    let employed = Unmet::of(ConfigKey::Employed, &terms.employed.written, is_form, forms());
    [not_employed, hourly, employed].into_iter().flatten().collect()
}

/// What the configuration of a system names and neither its export nor payroll has.
pub fn in_system(cx: &SystemCx<'_>) -> Vec<Unmet> {
    let found =
        [companies(cx), departments(cx), privileged_roles(cx), status(cx), valid_to_closes(cx), allow(cx), login(cx)];
    found.into_iter().flatten().chain(classes(cx)).chain(conflicts(cx)).chain(exclusions(cx)).collect()
}

/// Employers that no row of payroll names. Where none of them is there, nobody is tested.
fn companies(cx: &SystemCx<'_>) -> Option<Unmet> {
    let companies = &cx.config.system.companies;
    let named = || cx.review.open_employments().filter(|e| e.engagement.is_none()).filter_map(|e| e.company.as_deref());
    let is_one = |word: &str| named().any(|own| is_word(word, own));
    let unmet = Unmet::of(ConfigKey::Companies, companies, is_one, named())?;
    // A row that names no employer counts for every system.
    let silences = unmet.words.len() == companies.len() && named().next().is_some();
    Some(Unmet { silences, ..unmet })
}

/// Departments that no row of payroll names. Without a column for departments the rule on them is untested anyway.
pub fn departments(cx: &SystemCx<'_>) -> Option<Unmet> {
    let named = || cx.review.open_employments().filter_map(|e| e.department.as_deref());
    let is_one = |word: &str| named().any(|own| is_word(word, own));
    let unmet = Unmet::of(ConfigKey::Departments, &cx.config.system.departments, is_one, named());
    unmet.filter(|_| cx.payroll().tells_departments)
}

fn privileged_roles(cx: &SystemCx<'_>) -> Option<Unmet> {
    let patterns = &cx.config.privileged_roles;
    Unmet::of_patterns(ConfigKey::PrivilegedRoles, patterns, |pattern| has_role(cx, pattern), cx.roles())
}

/// Kinds and forms of engagement that no register has.
fn allow(cx: &SystemCx<'_>) -> Option<Unmet> {
    let open = || cx.review.open_employments();
    let forms = open().filter_map(|e| e.form.as_deref());
    Unmet::of(ConfigKey::Allow, &cx.config.allow, |allowed| open().any(|e| admits(allowed, e)), forms)
}

fn has_role(cx: &SystemCx<'_>, pattern: &Patterns) -> bool {
    cx.roles().any(|role| pattern.fit(role))
}

fn status(cx: &SystemCx<'_>) -> Option<Unmet> {
    let export = cx.export?;
    let words = [&cx.config.status.active.written[..], &cx.config.status.closed.written].concat();
    let there = export.status_words.iter().map(String::as_str);
    let is_one = |word: &str| export.status_words.iter().any(|own| is_word(word, own));
    Unmet::of(ConfigKey::Status, &words, is_one, there)
}

/// An end date cannot close accounts of an export that has none.
fn valid_to_closes(cx: &SystemCx<'_>) -> Option<Unmet> {
    let has_end = cx.has(Field::ValidTo) || cx.has(Field::Expires);
    (cx.config.status.valid_to_closes && !has_end).then(|| Unmet::alone(ConfigKey::ValidToCloses, "true".to_owned()))
}

/// A system that sign-in goes through, and that has none of the accounts.
fn login(cx: &SystemCx<'_>) -> Option<Unmet> {
    let login = cx.config.login.as_ref()?;
    let mut there = cx.review.system_contexts().filter(|other| other.config.system.id == *login);
    there.find(|other| other.export.is_some())?;
    let met = cx.open_accounts().any(|account| account.sign_in_account().flatten().is_some());
    (!met).then(|| Unmet::alone(ConfigKey::Login, login.to_string()))
}

fn classes<'a>(cx: &SystemCx<'a>) -> impl Iterator<Item = Unmet> + use<'a> {
    let cx = *cx;
    let names = move || cx.all_open_accounts().filter_map(|account| account.text(Some(account.account.name)));
    let of = move |patterns| {
        let fits = |own: &Patterns| names().any(|name| own.fit(name));
        Unmet::of_patterns(ConfigKey::Classes, patterns, fits, std::iter::empty())
    };
    cx.config.classes.iter().filter_map(move |(_, patterns)| of(patterns))
}

/// Sides of a pair of roles that no account of the system has; the pair is then untested.
fn conflicts<'a>(cx: &SystemCx<'a>) -> impl Iterator<Item = Unmet> + use<'a> {
    let cx = *cx;
    let sides = cx.review.config.conflicts.iter().flat_map(|conflict| &conflict.sides);
    let own = sides.filter(move |side| side.system == cx.config.system.id);
    let of = move |role| Unmet::of_patterns(ConfigKey::Conflict, role, |role| has_role(&cx, role), cx.roles());
    own.filter_map(move |side| of(&side.role))
}

/// Populations to be left out that leave out nobody; without the column the whole of them is reviewed.
fn exclusions<'a>(cx: &SystemCx<'a>) -> impl Iterator<Item = Unmet> + use<'a> {
    let cx = *cx;
    let numbered = cx.config.exclusions.iter().zip(0u8..);
    numbered.filter_map(move |(exclusion, at)| {
        let meets = cx.all_open_accounts().any(|account| account.account.excluded_by == Some(at));
        let Exclusion { column, pattern, .. } = exclusion;
        let word = format!("{column} = {}", pattern.written.join(", "));
        let unmet = Unmet::alone(ConfigKey::Exclude, word);
        (!meets).then(|| Unmet { silences: !has_header(&cx, column), ..unmet })
    })
}

fn has_header(cx: &SystemCx<'_>, header: &str) -> bool {
    let mut reports = cx.export.into_iter().flat_map(|export| &export.reports);
    reports.any(|report| report.headers.iter().any(|own| fold(own) == fold(header)))
}
