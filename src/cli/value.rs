//! What is typed behind a flag, read to a value; what is no such value is told in both languages.

use chrono::{Datelike, Days, NaiveDate};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use samkor::demo::Population;
use samkor::{Language, Message, Role, Severity};
use std::fmt;

/// What would have been understood.
#[derive(Clone, Debug)]
pub struct Expected(pub Message);

impl Expected {
    fn new(sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self(Message { sv: sv.into(), en: en.into() })
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.en)
    }
}

impl std::error::Error for Expected {}

/// A reference date as typed.
#[derive(Clone, Copy, Debug)]
pub enum AsOf {
    /// A date.
    On(NaiveDate),
    /// The last day of the month before the run.
    LastMonthEnd,
}

impl AsOf {
    /// The day it is.
    pub fn date(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::On(date) => date,
            Self::LastMonthEnd => today - Days::new(u64::from(today.day())),
        }
    }
}

/// The kinds of municipality by their codes, told in the language of those who try them.
pub fn populations(language: Language) -> impl TypedValueParser<Value = Population> {
    let told = Population::ALL.map(|own| PossibleValue::new(own.code()).help(own.about().get(language)));
    PossibleValuesParser::new(told).map(|code| Population::from_code(&code).unwrap_or_default())
}

/// A reference date.
pub fn as_of(text: &str) -> Result<AsOf, Expected> {
    // å is one sign or two, as the keyboard or the file has it.
    let is_word = ["last-month-end", "förra-månadsskiftet", "fo\u{308}rra-ma\u{30a}nadsskiftet", "forra-manadsskiftet"]
        .contains(&text);
    if is_word {
        return Ok(AsOf::LastMonthEnd);
    }
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|date| (1..=9999).contains(&date.year()));
    date.map(AsOf::On).ok_or_else(|| {
        Expected::new(
            "skriv 2026-11-30 eller förra-månadsskiftet (last-month-end)",
            "write 2026-11-30 or last-month-end",
        )
    })
}

/// A language.
pub fn language(text: &str) -> Result<Language, Expected> {
    Language::from_code(text).ok_or_else(|| Expected::new("skriv sv eller en", "write sv or en"))
}

/// What a file is.
pub fn role(text: &str) -> Result<Role, Expected> {
    match text {
        "payroll" => Ok(Role::Payroll),
        "system" => Ok(Role::Accounts),
        "register" => Ok(Role::Register),
        "inventory" => Ok(Role::Inventory),
        _ => Err(Expected::new(
            "skriv payroll, system, register eller inventory",
            "write payroll, system, register or inventory",
        )),
    }
}

/// A severity.
pub fn severity(text: &str) -> Result<Severity, Expected> {
    Severity::from_code(text).ok_or_else(|| {
        Expected::new("skriv info, low, medium, high eller critical", "write info, low, medium, high or critical")
    })
}

/// A whole number from one bound to another, both included.
pub fn number<const LEAST: u32, const MOST: u32>(text: &str) -> Result<u32, Expected> {
    let number = text.parse().ok().filter(|number| (LEAST..=MOST).contains(number));
    number.ok_or_else(|| {
        Expected::new(
            format!("skriv ett heltal från {LEAST} till {MOST}"),
            format!("write a whole number from {LEAST} to {MOST}"),
        )
    })
}
