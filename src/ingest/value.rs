//! One cell as data, not as display text.

use super::list::split_values;
use super::words::{self, is_missing, is_nothing, is_type_name};
use super::wrapping::unwrapped;
use crate::model::{DateRole, DateStyle, Field, Reading, Written, is_null_day};
use chrono::{NaiveDate, NaiveDateTime};
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
    /// A formula that failed.
    Failed(CellError),
}

/// How a formula failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellError {
    /// `#N/A`: a look-up found nothing.
    NotAvailable,
    /// `#REF!`: what was referred to is gone.
    Reference,
    /// `#VALUE!`: a value of the wrong kind.
    Value,
    /// `#NAME?`: a name that is not known.
    Name,
    /// `#DIV/0!`.
    Division,
    /// `#NULL!`: ranges that do not meet.
    Null,
    /// `#NUM!`: a number that cannot be.
    Number,
    /// One of a kind that came later.
    Other,
}

/// Errors as spreadsheets show them, in English and in Swedish.
const ERRORS: [(&str, CellError); 18] = [
    ("#N/A", CellError::NotAvailable),
    ("#REF!", CellError::Reference),
    ("#VALUE!", CellError::Value),
    ("#NAME?", CellError::Name),
    ("#DIV/0!", CellError::Division),
    ("#NULL!", CellError::Null),
    ("#NUM!", CellError::Number),
    ("#SAKNAS!", CellError::NotAvailable),
    ("#REFERENS!", CellError::Reference),
    ("#VÄRDEFEL!", CellError::Value),
    ("#NAMN?", CellError::Name),
    ("#DIVISION/0!", CellError::Division),
    ("#SKÄRNING!", CellError::Null),
    ("#OGILTIGT!", CellError::Number),
    ("#ERROR!", CellError::Other),
    ("#SPILL!", CellError::Other),
    ("#CALC!", CellError::Other),
    ("#GETTING_DATA", CellError::Other),
];

impl CellError {
    /// The error of a workbook's cell.
    pub fn of(kind: &calamine::CellErrorType) -> Self {
        use calamine::CellErrorType as Kind;
        match kind {
            Kind::Div0 => Self::Division,
            Kind::NA => Self::NotAvailable,
            Kind::Name => Self::Name,
            Kind::Null => Self::Null,
            Kind::Num => Self::Number,
            Kind::Ref => Self::Reference,
            Kind::Value => Self::Value,
            Kind::GettingData => Self::Other,
        }
    }

    /// The error that a text shows.
    pub fn shown_as(text: &str) -> Option<Self> {
        let text = text.trim_start();
        if !text.starts_with('#') {
            return None;
        }
        ERRORS.iter().find(|(own, _)| *own == text.trim_end()).map(|(_, error)| *error)
    }

    /// As a spreadsheet shows it.
    pub fn text(self) -> &'static str {
        ERRORS.iter().find(|(_, error)| *error == self).map_or("#", |(text, _)| text)
    }
}

/// The largest whole number that a workbook's number holds exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A spreadsheet keeps fifteen digits; an identifier of more has lost its last ones.
pub const MOST_DIGITS: f64 = 1e15;

impl Value<'_> {
    /// Whether nothing is there.
    pub fn is_blank(&self) -> bool {
        match self {
            Value::Empty => true,
            Value::Text(text) => text.trim().is_empty() || is_wrapped_nothing(text),
            _ => false,
        }
    }

    /// The value as text, `None` where it is missing. Whole numbers are written without decimals,
    /// dates as year-month-day.
    pub fn text(&self) -> Option<String> {
        self.shown().map(Cow::into_owned)
    }

    /// The same, without a copy where the cell holds it as it is.
    pub fn shown(&self) -> Option<Cow<'_, str>> {
        let text = match self {
            Value::Empty | Value::NoResult | Value::Failed(_) => return None,
            Value::Text(text) => unwrapped(text),
            Value::Number(number) => Cow::Owned(number_text(*number)),
            Value::Flag(flag) => Cow::Borrowed(if *flag { "1" } else { "0" }),
            Value::Moment(moment) => Cow::Owned(moment_text(*moment)),
        };
        (!text.is_empty() && !is_missing(&text)).then_some(text)
    }

    /// What stands in the cell, for showing it where it was not understood.
    pub fn written(&self) -> Cow<'_, str> {
        match self {
            Value::Failed(error) => Cow::Borrowed(error.text()),
            Value::Text(text) => unwrapped(text),
            other => other.shown().unwrap_or_default(),
        }
    }

    /// The value as a word that a rule may rest on: an error and the name of a type are none.
    pub fn stated(&self) -> Reading<Cow<'_, str>> {
        match self {
            Value::NoResult => Reading::NotUnderstood,
            // The word says more than the number would: under "Status" a 1 can mean anything.
            Value::Flag(flag) => Reading::Known(Cow::Borrowed(if *flag { "TRUE" } else { "FALSE" })),
            Value::Failed(CellError::NotAvailable) => Reading::Absent,
            Value::Failed(_) => Reading::NotUnderstood,
            _ => match self.shown() {
                None => Reading::Absent,
                Some(text) if CellError::shown_as(&text).is_some() || is_type_name(&text) => Reading::NotUnderstood,
                Some(text) => Reading::Known(text),
            },
        }
    }

    /// The value as a key: nothing that was destroyed, and no word for nothing.
    #[allow(dead_code)] // For the readers of keys.
    pub fn key(&self) -> Reading<Cow<'_, str>> {
        match self {
            Value::Failed(_) => Reading::NotUnderstood,
            Value::Number(number) if number.abs() >= MOST_DIGITS => Reading::NotUnderstood,
            Value::Text(text) if CellError::shown_as(text).is_some() => Reading::NotUnderstood,
            _ => match self.stated() {
                Reading::Known(text) if words::is_no_key(&text) => Reading::Absent,
                Reading::Known(text) if words::is_destroyed_number(&text) => Reading::NotUnderstood,
                stated => stated,
            },
        }
    }

    /// Yes or no in the column of a field. In a column of blocking or protection a day that has come is a yes, and
    /// one that has not is a no.
    pub fn flag(&self, field: Field, style: &DateStyle) -> Reading<bool> {
        let since = matches!(field, Field::Disabled | Field::Locked);
        if let (Value::Moment(moment), Field::Protected) = (self, field) {
            // A null date that marks would be lost as "none": it is for a person to look at.
            return if is_null_day(moment.date()) { Reading::NotUnderstood } else { Reading::Known(true) };
        }
        if since && (matches!(self, Value::Moment(_)) || self.is_written_day()) {
            return self.moment(style).map(|moment| style.reference.is_none_or(|today| moment.date() <= today));
        }
        match self.stated() {
            Reading::Absent => Reading::Absent,
            Reading::NotUnderstood => Reading::NotUnderstood,
            Reading::Known(text) => words::flag_of(field, &text),
        }
    }

    /// Whether the text is a date by its form, and no mere number.
    fn is_written_day(&self) -> bool {
        let Value::Text(text) = self else { return false };
        let text = unwrapped(text);
        text.len() >= 6 && Written::read(&text).is_some()
    }

    /// The value as a moment of its column. A plain number is one only as a spreadsheet's count of days; a word for
    /// "none", and a null date where the column can have no such day, is absent.
    pub fn moment(&self, style: &DateStyle) -> Reading<NaiveDateTime> {
        match self {
            Value::Empty => Reading::Absent,
            Value::NoResult | Value::Failed(_) | Value::Flag(_) => Reading::NotUnderstood,
            Value::Moment(moment) => style.take(*moment),
            Value::Number(number) if is_first_day(*number) => Reading::Absent,
            Value::Number(number) => style.read(&number_text(*number)),
            Value::Text(text) => {
                let text = unwrapped(text);
                match style.read(&text) {
                    Reading::NotUnderstood if says_none(&text, style.role) => Reading::Absent,
                    reading => reading,
                }
            }
        }
    }

    /// The day of that moment.
    pub fn day(&self, style: &DateStyle) -> Reading<NaiveDate> {
        self.moment(style).map(|moment| moment.date())
    }

    /// Whether the value is a null date in its column: a day that stands for "none".
    pub fn is_null_date(&self, style: &DateStyle) -> bool {
        match self {
            Value::Moment(moment) => style.is_null_moment(*moment),
            Value::Number(number) => is_first_day(*number) || style.is_null(&number_text(*number)),
            Value::Text(text) => style.is_null(&unwrapped(text)),
            _ => false,
        }
    }

    /// Whether the value says "never": by a word, or by a null date.
    pub fn says_never(&self, style: &DateStyle) -> bool {
        let by_word = |text: Cow<'_, str>| words::is_never(&text);
        self.is_null_date(style) || self.shown().is_some_and(by_word)
    }

    /// The values of a cell that may hold several; line breaks part them as other marks do.
    pub fn values(&self) -> Vec<Cow<'_, str>> {
        let text = match self {
            // Line breaks part values, so white space is not yet made one blank.
            Value::Text(text) if !text.trim_start().starts_with(['=', '\'']) => Cow::Borrowed(text.as_ref()),
            other => other.shown().unwrap_or_default(),
        };
        match text {
            Cow::Borrowed(text) => values_in(text),
            Cow::Owned(text) => values_in(&text).into_iter().map(|value| Cow::Owned(value.into_owned())).collect(),
        }
    }
}

fn values_in(text: &str) -> Vec<Cow<'_, str>> {
    if is_type_name(text) || CellError::shown_as(text).is_some() {
        return Vec::new();
    }
    let bare = split_values(text).into_iter().map(unwrapped);
    bare.filter(|value| !value.is_empty() && !is_missing(value)).collect()
}

/// `'`, `=""` and their kin: what keeps a cell as text, around nothing.
fn is_wrapped_nothing(text: &str) -> bool {
    /// No wrapping is longer.
    const LONGEST: usize = 16;
    text.len() <= LONGEST && !text.contains(char::is_alphanumeric) && unwrapped(text).is_empty()
}

/// Words that say in a column of dates that there is none.
fn says_none(text: &str, role: DateRole) -> bool {
    let none = (is_nothing(text) || text.eq_ignore_ascii_case("NA")) && CellError::shown_as(text).is_none();
    none || match role {
        DateRole::End => words::is_open_end(text),
        DateRole::SignIn => words::is_never(text),
        DateRole::Birth | DateRole::Start | DateRole::Past | DateRole::Other => false,
    }
}

/// The zero and the first day of a spreadsheet's count, where the cell has lost its format.
fn is_first_day(number: f64) -> bool {
    (0.0..=1.0).contains(&number) && number.fract() == 0.0
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
    use chrono_tz::Tz;

    fn style(role: DateRole) -> DateStyle {
        DateStyle::unsettled(role, Tz::Europe__Stockholm, NaiveDate::from_ymd_opt(2026, 11, 30))
    }

    fn text(text: &str) -> Value<'_> {
        Value::Text(text.into())
    }

    fn typed(y: i32, m: u32, d: u32) -> Value<'static> {
        Value::Moment(NaiveDate::from_ymd_opt(y, m, d).unwrap().and_hms_opt(0, 0, 0).unwrap())
    }

    /// Identifiers stored as numbers come out as the digits a person sees, never as 1.97E11.
    #[test]
    fn identifiers_keep_their_digits() {
        assert_eq!(Value::Number(198_501_012_382.0).text().as_deref(), Some("198501012382"));
        assert_eq!(Value::Number(0.5).text().as_deref(), Some("0.5"));
    }

    /// A bare count of days is a date in a column of dates, inside the years such a column can hold.
    #[test]
    fn a_bare_count_of_days_is_a_day() {
        let day = NaiveDate::from_ymd_opt(2025, 12, 9).unwrap();
        for value in [Value::Number(46_000.5), text("46000"), text("46000,5")] {
            assert_eq!(value.day(&style(DateRole::Past)), Reading::Known(day), "{value:?}");
        }
        for value in [Value::Number(42.0), text("460001"), Value::Number(0.5), Value::Flag(true)] {
            assert_eq!(value.day(&style(DateRole::Past)), Reading::NotUnderstood, "{value:?}");
        }
    }

    /// Words that stand for nothing are absent, not values.
    #[test]
    fn missing_words_are_absent() {
        for word in ["", " ", "-", "#N/A", "NULL", "saknas", "\u{a0}", "=\"\"", "'", "''", "\"\"", " ' "] {
            assert_eq!(text(word).text(), None, "{word:?}");
        }
    }

    /// In a column of dates every cell is a day, none, or not understood; what failed is never none.
    #[test]
    fn date_cells_are_told_three_ways() {
        let end = style(DateRole::End);
        for word in ["", "-", "saknas", "NA", "Tills vidare", "t.v.", "9999-12-31", "0", "null", "infinity", "löpande"]
        {
            assert_eq!(text(word).day(&end), Reading::Absent, "{word:?}");
        }
        for word in ["#N/A", "#REF!", "#VÄRDEFEL!", "okänt", "?", "aldrig?", "System.Object[]", "1.33E+17"] {
            assert_eq!(text(word).day(&end), Reading::NotUnderstood, "{word:?}");
        }
        assert_eq!(text("tills vidare").day(&style(DateRole::Start)), Reading::NotUnderstood);
        assert_eq!(text("Never logged in").day(&style(DateRole::SignIn)), Reading::Absent);
        assert_eq!(Value::Failed(CellError::NotAvailable).day(&end), Reading::NotUnderstood);
        assert_eq!(Value::Empty.day(&end), Reading::Absent);
        for value in
            [typed(1899, 12, 31), typed(1970, 1, 1), typed(9999, 12, 31), Value::Number(0.0), Value::Number(1.0)]
        {
            assert_eq!(value.day(&end), Reading::Absent, "{value:?}");
            assert!(value.is_null_date(&end) && value.says_never(&style(DateRole::SignIn)), "{value:?}");
        }
        assert!(!text("").is_null_date(&end) && !text("tills vidare").is_null_date(&end));
        assert_eq!(Value::Number(9.223_372_036_854_776e18).day(&end), Reading::Absent);
    }

    /// A key is never an error, a type, or what a spreadsheet left of a long number.
    #[test]
    fn destroyed_keys_are_not_understood() {
        for value in [
            text("2,0150E+11"),
            text("#REF!"),
            text("#N/A"),
            text("System.Object[]"),
            Value::Number(1.970_010_112_341_234e16),
        ] {
            assert_eq!(value.key(), Reading::NotUnderstood, "{value:?}");
        }
        for word in ["", "-", "okänd", "0000", "N/A"] {
            assert_eq!(text(word).key(), Reading::Absent, "{word:?}");
        }
        for (value, key) in
            [(text("=\"00123\""), "00123"), (Value::Number(198_501_012_382.0), "198501012382"), (text("1E5"), "1E5")]
        {
            assert_eq!(value.key(), Reading::Known(key.into()));
        }
    }

    /// A day of blocking is a yes when it has come; a day of protection always is.
    #[test]
    fn days_answer_where_they_say_since_when() {
        let other = style(DateRole::Other);
        let days = [("2026-07-01", true), ("2026-11-30", true), ("2026-12-01", false), ("2026-07-01T10:00:00Z", true)];
        for (day, blocked) in days {
            assert_eq!(text(day).flag(Field::Disabled, &other), Reading::Known(blocked), "{day}");
            assert_eq!(text(day).flag(Field::Protected, &other), Reading::Known(true), "{day}");
            assert_eq!(text(day).flag(Field::Enabled, &other), Reading::NotUnderstood, "{day}");
        }
        assert_eq!(typed(2026, 7, 1).flag(Field::Disabled, &other), Reading::Known(true));
        assert_eq!(text("0000-00-00").flag(Field::Disabled, &other), Reading::Absent);
        assert_eq!(text("3/4/2026").flag(Field::Disabled, &other), Reading::NotUnderstood);
        assert_eq!(text("0").flag(Field::Disabled, &other), Reading::Known(false));
        assert_eq!(Value::Failed(CellError::Reference).flag(Field::Enabled, &other), Reading::NotUnderstood);
        assert_eq!(Value::Flag(true).flag(Field::Enabled, &other), Reading::Known(true));
        assert_eq!(typed(1900, 1, 1).flag(Field::Protected, &other), Reading::NotUnderstood);
    }

    /// Several values are parted before white space is made one blank.
    #[test]
    fn line_breaks_part_values() {
        assert_eq!(text("Läsa\nSkriva").values(), ["Läsa", "Skriva"]);
        assert_eq!(text("Microsoft.ActiveDirectory.Management.ADPropertyValueCollection").values(), [""; 0]);
        assert_eq!(text("A; -;B").values(), ["A", "B"]);
    }
}
