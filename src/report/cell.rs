//! One cell to write, by what it is.

use crate::model::{Language, ProtectedCount, Severity};
use chrono::NaiveDate;
use std::borrow::Cow;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Blank,
    /// Text, always written as text.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(i64),
    /// A day.
    Date(NaiveDate),
    /// A severity, in words on its own ground.
    Severity(Severity),
    /// A place to answer in.
    Answer,
    /// A place to answer with a date.
    AnswerDate,
}

impl<'a> Cell<'a> {
    /// Text, blank where there is none.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }

    /// A day, if there is one.
    pub fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Blank, Self::Date)
    }

    /// A number of protected accounts, or its bound in words.
    pub fn told(told: ProtectedCount, language: Language) -> Self {
        match told {
            ProtectedCount::Exactly(number) => Self::number(number),
            ProtectedCount::Fewer(_) | ProtectedCount::AtLeast(_) => Self::text(told.words().get(language).to_owned()),
        }
    }

    /// A number, if there is one.
    pub fn number(number: impl TryInto<i64>) -> Self {
        Self::Number(number.try_into().unwrap_or(i64::MAX))
    }
}
