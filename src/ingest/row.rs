//! One row of data, read by field.
//!
//! A value is absent, known or not understood. What is not understood is noted here, at the one place where cells are
//! read, so that no reader of rows can forget to say so.

use super::content::form_of;
use super::header::normalise;
use super::law::{Law, law};
use super::sheet::Layout;
use super::value::Value;
use super::words;
use crate::model::{Field, Kind, Reading};
use chrono::NaiveDate;
use std::cell::RefCell;

/// One row of data.
pub struct RowView<'r> {
    /// Row number.
    pub number: u32,
    cells: &'r [Value<'r>],
    layout: &'r Layout,
    misread: RefCell<Vec<(Field, String)>>,
}

impl<'r> RowView<'r> {
    /// A row as its sheet is laid out.
    pub fn new(number: u32, cells: &'r [Value<'r>], layout: &'r Layout) -> Self {
        Self { number, cells, layout, misread: RefCell::default() }
    }

    /// The columns of a field with what they hold.
    fn cells(&self, field: Field) -> impl Iterator<Item = (&Value<'r>, usize)> {
        let columns = self.layout.mapping.columns.get(&field).map_or(&[][..], Vec::as_slice);
        columns.iter().filter_map(|&column| Some((self.cells.get(column)?, column)))
    }

    /// The first text of a field; `None` where there is no column or no value.
    pub fn text(&self, field: Field) -> Option<String> {
        self.cells(field).find_map(|(value, _)| value.text())
    }

    /// The text of every column of a field that has one, each once.
    pub fn texts(&self, field: Field) -> Vec<String> {
        let mut texts = Vec::new();
        for text in self.cells(field).filter_map(|(value, _)| value.text()) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }

    /// The values of a field whose cells may hold several: parted by line break, `;` or `|`, and by some characters
    /// more where no name of a directory stands in the cell, which has commas and blanks of its own.
    pub fn parts(&self, field: Field, also: &[char]) -> Vec<String> {
        let mut parts = Vec::new();
        for (value, _) in self.cells(field) {
            let text = match value {
                Value::Text(text) => text.to_string(),
                value => value.text().unwrap_or_default(),
            };
            let whole = text.contains('=');
            let divides = |c: char| matches!(c, '\n' | '\r' | ';' | '|') || (!whole && also.contains(&c));
            for part in text.split(divides).filter_map(|part| Value::Text(part.into()).text()) {
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
        }
        parts
    }

    /// An identifier. One that a spreadsheet has destroyed is none, and is noted.
    pub fn key(&self, field: Field) -> Option<String> {
        self.cells(field).find_map(|(value, _)| match identifier(value) {
            Reading::Known(text) => Some(text),
            Reading::Absent => None,
            Reading::NotUnderstood => {
                self.note(field, value);
                None
            }
        })
    }

    /// The day of a field: of several columns the one its law says. Where one can be read, it holds.
    pub fn date(&self, field: Field) -> Reading<NaiveDate> {
        let Days { known, misread } = self.days(field);
        match known {
            Some(day) => Reading::Known(day),
            None if misread => Reading::NotUnderstood,
            None => Reading::Absent,
        }
    }

    /// The day of a field, and whether some column of it could not be read.
    pub fn days(&self, field: Field) -> Days {
        let latest = law(field) == Law::Latest;
        let mut days = Days::default();
        for (value, column) in self.cells(field) {
            match self.day_of(value, column) {
                Reading::Absent => {}
                Reading::NotUnderstood => {
                    self.note(field, value);
                    days.misread = true;
                }
                Reading::Known(day) => {
                    let known = days.known.unwrap_or(day);
                    days.known = Some(if latest { known.max(day) } else { known.min(day) });
                }
            }
        }
        days
    }

    fn day_of(&self, value: &Value<'_>, column: usize) -> Reading<NaiveDate> {
        if matches!(value, Value::Failed) {
            return Reading::NotUnderstood;
        }
        let month_first = self.layout.month_first.contains(&column);
        let moment = value.moment(month_first).map(|moment| moment.date()).or_else(|| value.serial_day());
        match (moment, value.text()) {
            (Some(day), _) => Reading::Known(day),
            (None, None) => Reading::Absent,
            (None, Some(text)) if words::is_open_end(&text) || words::is_never(&text) => Reading::Absent,
            (None, Some(_)) => Reading::NotUnderstood,
        }
    }

    /// Yes or no: by the field's law, yes if any column says yes, or no if any says no.
    pub fn flag(&self, field: Field) -> Reading<bool> {
        self.judge(field, |text| words::flag(text).map_or(Reading::NotUnderstood, Reading::Known))
    }

    /// Yes or no by words of one's own.
    pub fn judge(&self, field: Field, read: impl Fn(&str) -> Reading<bool>) -> Reading<bool> {
        let decides = law(field) != Law::Every;
        let mut said = Reading::Absent;
        for (value, _) in self.cells(field) {
            let reading = match value.text() {
                Some(text) => read(&text),
                None if matches!(value, Value::Failed) => Reading::NotUnderstood,
                None => Reading::Absent,
            };
            match reading {
                Reading::Absent => {}
                Reading::NotUnderstood => {
                    self.note(field, value);
                    said = if said == Reading::Absent { reading } else { said };
                }
                Reading::Known(flag) if flag == decides => return reading,
                Reading::Known(_) => said = reading,
            }
        }
        said
    }

    /// The text under a header, whether it is a known column or not.
    pub fn under(&self, header: &str) -> Option<String> {
        let headers = &self.layout.mapping.headers;
        let column = headers.iter().position(|own| normalise(own) == normalise(header))?;
        self.cells.get(column).and_then(Value::text)
    }

    /// Notes that a field's value was not understood.
    fn note(&self, field: Field, value: &Value<'_>) {
        let word = value.text().unwrap_or_else(|| "#FEL".to_owned());
        self.misread(field, &word);
    }

    /// Notes a word that was not understood.
    pub fn misread(&self, field: Field, word: &str) {
        let mut misread = self.misread.borrow_mut();
        if !misread.iter().any(|(other, _)| *other == field) {
            misread.push((field, shown(field, word)));
        }
    }

    /// Which fields have a value, and what was not understood.
    pub fn into_readings(self) -> (Vec<Field>, Vec<(Field, String)>) {
        let columns = self.layout.mapping.columns.keys().copied();
        let filled = columns.filter(|field| self.cells(*field).any(|(value, _)| !value.is_blank())).collect();
        (filled, self.misread.into_inner())
    }
}

/// The days that the columns of a field state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// The one that holds by the field's law.
    pub known: Option<NaiveDate>,
    /// Whether some column could not be read.
    pub misread: bool,
}

/// An identifier, unless a spreadsheet has made it a short float or an error.
fn identifier(value: &Value<'_>) -> Reading<String> {
    match value.text() {
        Some(text) if is_destroyed(&text) => Reading::NotUnderstood,
        Some(text) => Reading::Known(text),
        None if matches!(value, Value::Failed) => Reading::NotUnderstood,
        None => Reading::Absent,
    }
}

/// `2,0150E+11`, `#REF!`.
fn is_destroyed(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    let float = upper.split_once("E+").is_some_and(|(mantissa, exponent)| {
        let digits =
            |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
        digits(mantissa) && digits(exponent)
    });
    float || (text.starts_with('#') && text.ends_with('!'))
}

/// A word as it may be shown: what could name someone is shown by its form.
fn shown(field: Field, word: &str) -> String {
    /// From here on digits can be somebody's number.
    const MANY_DIGITS: usize = 9;
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let tells = field.kind() == Kind::Identifier && !is_destroyed(word);
    if tells || digits >= MANY_DIGITS && !is_destroyed(word) {
        return form_of(word);
    }
    word.chars().take(40).collect()
}
