//! One cell as data, not as display text.

use crate::model::{read_date_time, tidy};
use chrono::NaiveDateTime;
use std::borrow::Cow;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Empty,
    /// Text, as written.
    Text(Cow<'a, str>),
    /// A number of a workbook.
    Number(f64),
    /// True or false of a workbook.
    Flag(bool),
    /// A date or a moment of a workbook, by the cell's own type.
    Moment(NaiveDateTime),
    /// A formula whose result was never saved.
    NoResult,
    /// `#N/A` and its kin.
    Failed,
}

/// Words that stand for "no value" in reports.
const MISSING: [&str; 9] = ["-", "--", "..", "...", "#N/A", "#SAKNAS!", "NULL", "null", "(null)"];

/// The largest whole number that a workbook's number holds exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Value<'_> {
    /// Whether nothing is there.
    pub fn is_blank(&self) -> bool {
        match self {
            Value::Empty => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The value as text, `None` where it is missing. Whole numbers are written without decimals,
    /// dates as year-month-day.
    pub fn text(&self) -> Option<String> {
        let text = match self {
            Value::Empty | Value::NoResult | Value::Failed => return None,
            Value::Text(text) => tidy(text),
            Value::Number(number) => number_text(*number),
            Value::Flag(flag) => if *flag { "1" } else { "0" }.to_owned(),
            Value::Moment(moment) => moment_text(*moment),
        };
        (!text.is_empty() && !MISSING.contains(&text.as_str())).then_some(text)
    }

    /// The value as a moment: by the cell's type, else by its text. A plain number is no date.
    pub fn moment(&self, month_first: bool) -> Option<NaiveDateTime> {
        match self {
            Value::Moment(moment) => Some(*moment),
            Value::Text(text) => read_date_time(text, month_first),
            Value::Number(number) => read_date_time(&number_text(*number), month_first),
            _ => None,
        }
    }
}

/// Days of Excel's count that a date column can hold: from 1954 to 2119.
const SERIAL_DAYS: std::ops::RangeInclusive<f64> = 20_000.0..=80_000.0;

impl Value<'_> {
    /// The day of a date kept as Excel's bare count of days, which a column of dates holds where its format
    /// was lost. Only for such columns: elsewhere a number is a number.
    pub fn serial_day(&self) -> Option<chrono::NaiveDate> {
        let number = match self {
            Value::Number(number) => *number,
            Value::Text(text) if text.trim().len() == 5 => text.trim().parse().ok()?,
            _ => return None,
        };
        // Day 1 is 1900-01-01, and a 29 February 1900 is counted that never was.
        let origin = chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Inside the range above.
        let days = SERIAL_DAYS.contains(&number).then(|| chrono::Days::new(number.floor() as u64));
        days.map(|days| origin + days)
    }
}

fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < EXACT { format!("{number:.0}") } else { format!("{number}") }
}

fn moment_text(moment: NaiveDateTime) -> String {
    let midnight = moment.time() == chrono::NaiveTime::MIN;
    moment.format(if midnight { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M:%S" }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Identifiers stored as numbers come out as the digits a person sees, never as 1.97E11.
    #[test]
    fn identifiers_keep_their_digits() {
        assert_eq!(Value::Number(198_501_012_382.0).text().as_deref(), Some("198501012382"));
        assert_eq!(Value::Number(0.5).text().as_deref(), Some("0.5"));
    }

    /// A plain number is never taken for a serial date.
    #[test]
    fn a_number_is_no_date() {
        assert_eq!(Value::Number(45_000.0).moment(false), None);
    }

    /// A bare count of days is a date in a column of dates, inside the years such a column can hold.
    #[test]
    fn a_bare_count_of_days_is_a_day() {
        let day = |y, m, d| chrono::NaiveDate::from_ymd_opt(y, m, d);
        assert_eq!(Value::Number(46_000.5).serial_day(), day(2025, 12, 9));
        assert_eq!(Value::Text("46000".into()).serial_day(), day(2025, 12, 9));
        assert_eq!(Value::Number(42.0).serial_day(), None);
        assert_eq!(Value::Text("460001".into()).serial_day(), None);
    }

    /// Words that stand for nothing are absent, not values.
    #[test]
    fn missing_words_are_absent() {
        for word in ["", " ", "-", "#N/A", "NULL"] {
            assert_eq!(Value::Text(word.into()).text(), None, "{word:?}");
        }
    }
}
