//! One row of data, read by field.
//!
//! A value is absent, known or not understood. What is not understood is noted here, at the one place where cells are
//! read, so that no reader of rows can forget to say so.

use super::content::form_of;
use super::header::normalise;
use super::law::{Law, law};
use super::objects::Object;
use super::sheet::Layout;
use super::shifted::Shift;
use super::source::Reason;
use super::value::Value;
use super::words::{self, OfTheClosed};
use super::wrapping::without_decimal;
use crate::model::{Field, Kind, Reading, fold_word, is_given_name};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::cell::RefCell;

/// What stands above a row, blank rows and repeated headers apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Above {
    /// A row that was used: what this one leaves blank may stand there.
    Used,
    /// A header, a total, or a row that could not be used.
    Other,
}

/// One row of data.
pub struct RowView<'r> {
    /// Row number.
    pub number: u32,
    /// What stands above it.
    pub above: Above,
    /// Whether it has another number of fields than the header; such a row comes from a list of systems alone.
    pub ragged: Option<Reason>,
    /// How far its cells may stand from their columns, in a file that tells who is protected.
    pub shift: Option<Shift<'r>>,
    cells: &'r [Value<'r>],
    layout: &'r Layout,
    misread: RefCell<Vec<(Field, String)>>,
    nulls: RefCell<Vec<Field>>,
}

/// A word of a column of states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedWord<'r> {
    /// The word as written.
    pub text: Cow<'r, str>,
    /// Whether it can be taken at its word.
    pub borne_out: bool,
    /// Whether a yes means that it is open, where the header asks a question.
    pub yes_is_open: Option<bool>,
    /// The word that it stands for, where it is a letter of state that its column bears out.
    pub stands_for: Option<&'static str>,
}

/// What was noted while a row was read.
#[derive(Debug, Default)]
pub struct Readings {
    /// Fields whose value was not understood, with the word.
    pub misread: Vec<(Field, String)>,
    /// Fields with a day that stands for "none", such as 1970-01-01.
    pub nulls: Vec<Field>,
}

impl<'r> RowView<'r> {
    /// A row as its sheet is laid out.
    pub fn new(number: u32, above: Above, cells: &'r [Value<'r>], layout: &'r Layout) -> Self {
        let (misread, nulls) = (RefCell::default(), RefCell::default());
        Self { number, above, ragged: None, shift: None, cells, layout, misread, nulls }
    }

    /// Whether the name of its sheet or file says that its people have left, or that its accounts are closed.
    pub fn of_the_closed(&self) -> OfTheClosed {
        self.layout.of_the_closed
    }

    /// What its classes in a directory say that it is.
    pub fn object(&self) -> Object {
        self.layout.objects.of(self.cells)
    }

    /// Whether the file has a column for a field.
    pub fn has(&self, field: Field) -> bool {
        self.headers(field).next().is_some()
    }

    /// The headers of the columns of a field.
    pub fn headers(&self, field: Field) -> impl Iterator<Item = &str> {
        let headers = &self.layout.mapping.headers;
        self.layout.columns.of(field).iter().map(|&column| headers[column].as_str())
    }

    /// Fields whose columns the row does not reach, where it has fewer fields than the header.
    pub fn cut_off(&self) -> impl Iterator<Item = Field> {
        let short = self.ragged == Some(Reason::TooFewFields);
        let (width, used) = (self.cells.len(), self.layout.columns.used());
        let beyond = used.iter().filter(move |(_, columns)| short && columns.iter().all(|&column| column >= width));
        beyond.map(|(field, _)| *field)
    }

    /// Whether none of some fields has a value.
    pub fn lacks(&self, fields: &[Field]) -> bool {
        fields.iter().all(|field| !self.fills(self.layout.columns.of(*field)))
    }

    /// Whether one of some columns has a value.
    pub fn fills(&self, columns: &[usize]) -> bool {
        columns.iter().any(|&column| self.cells.get(column).is_some_and(|value| !value.is_blank()))
    }

    /// The columns of a field with what they hold.
    fn cells(&self, field: Field) -> impl Iterator<Item = (&'r Value<'r>, usize)> + use<'r> {
        let cells = self.cells;
        self.layout.columns.of(field).iter().filter_map(move |&column| Some((cells.get(column)?, column)))
    }

    /// The first text of a field; `None` where there is no column or no value.
    pub fn text(&self, field: Field) -> Option<Cow<'r, str>> {
        self.cells(field).find_map(|(value, _)| value.shown())
    }

    /// The same, to be kept.
    pub fn kept(&self, field: Field) -> Option<String> {
        self.text(field).map(Cow::into_owned)
    }

    /// The text of every column of a field that has one, each once.
    pub fn texts(&self, field: Field) -> Vec<Cow<'r, str>> {
        let mut texts = Vec::new();
        for text in self.cells(field).filter_map(|(value, _)| value.shown()) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }

    /// The values of a field whose cells may hold several. The name of a type in place of a list is noted.
    pub fn parts(&self, field: Field) -> Vec<Cow<'r, str>> {
        let mut parts = Vec::new();
        for (value, column) in self.cells(field) {
            if self.layout.mapping.role_marks.contains(&column) {
                parts.extend(self.marked_role(field, value, column));
                continue;
            }
            if value.stated() == Reading::NotUnderstood {
                self.note(field, value);
            }
            for part in value.values() {
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
        }
        parts
    }

    /// The role that a column is called after, where its mark is set.
    fn marked_role(&self, field: Field, value: &Value<'_>, column: usize) -> Option<Cow<'r, str>> {
        match value.stated() {
            Reading::Known(text) => match words::flag(&text) {
                Reading::Known(true) => return Some(Cow::Borrowed(self.layout.mapping.headers[column].trim())),
                Reading::Known(false) | Reading::Absent => {}
                Reading::NotUnderstood => self.note(field, value),
            },
            Reading::Absent => {}
            Reading::NotUnderstood => self.note(field, value),
        }
        None
    }

    /// An identifier. One that a spreadsheet has destroyed is none, and is noted.
    pub fn key(&self, field: Field) -> Option<Cow<'r, str>> {
        self.cells(field).find_map(|(value, column)| match value.key() {
            Reading::Known(text) if self.layout.decimal_keys.contains(&column) => {
                Some(without_decimal(&text).map(|whole| Cow::Owned(whole.to_owned())).unwrap_or(text))
            }
            Reading::Known(text) => Some(text),
            Reading::Absent => None,
            Reading::NotUnderstood => {
                self.note(field, value);
                None
            }
        })
    }

    /// The words of every column of a field, an error among them noted.
    pub fn words(&self, field: Field) -> Vec<Cow<'r, str>> {
        let mut words = Vec::new();
        for (value, _) in self.cells(field) {
            match value.stated() {
                Reading::Known(text) => words.push(text),
                Reading::Absent => {}
                Reading::NotUnderstood => self.note(field, value),
            }
        }
        words
    }

    /// The words of every column of a field, each with whether it says what it says: a letter or digit that says no
    /// does so only where the column also has the one that says yes. A blank in a column that is ticked off is a no.
    pub fn stated_words(&self, field: Field) -> Vec<StatedWord<'r>> {
        let mut stated = Vec::new();
        for (value, column) in self.cells(field) {
            match value.stated() {
                Reading::Known(text) => {
                    let borne_out = self.layout.answers.get(column).is_none_or(|answers| answers.bear_out(&text));
                    let yes_is_open = self.layout.questions.get(column).copied().flatten();
                    let is_coded = self.layout.state_codes.contains(&column);
                    let stands_for = if is_coded { words::state_of_code(&text) } else { None };
                    stated.push(StatedWord {
                        text,
                        borne_out: borne_out || stands_for.is_some(),
                        yes_is_open,
                        stands_for,
                    });
                }
                Reading::Absent if self.layout.blanks.get(column).copied().flatten() == Some(false) => {
                    let yes_is_open = self.layout.questions.get(column).copied().flatten();
                    let text = Cow::Borrowed("nej");
                    stated.push(StatedWord { text, borne_out: true, yes_is_open, stands_for: None });
                }
                Reading::Absent => {}
                Reading::NotUnderstood => self.note(field, value),
            }
        }
        stated
    }

    /// The day of a field: of several columns the one its law says. Where one can be read, it holds.
    pub fn date(&self, field: Field) -> Reading<NaiveDate> {
        let Days { known, misread, .. } = self.days(field);
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
                Reading::Absent => self.note_null(field, value, column),
                Reading::NotUnderstood => {
                    self.note(field, value);
                    days.misread = true;
                }
                Reading::Known(day) => {
                    let known = days.known.unwrap_or(day);
                    days.latest = days.latest.max(Some(day));
                    days.known = Some(if latest { known.max(day) } else { known.min(day) });
                }
            }
        }
        days
    }

    /// The earliest day under a header of death.
    pub fn died(&self) -> Option<NaiveDate> {
        let of_death = |(value, column): (&Value<'_>, usize)| {
            self.layout.of_death.contains(&column).then(|| self.day_of(value, column).known()).flatten()
        };
        if self.layout.of_death.is_empty() { None } else { self.cells(Field::EmploymentEnd).filter_map(of_death).min() }
    }

    fn day_of(&self, value: &Value<'_>, column: usize) -> Reading<NaiveDate> {
        self.layout.calendar.style(column).map_or(Reading::Absent, |style| value.day(style))
    }

    /// Notes a day that stands for "none".
    fn note_null(&self, field: Field, value: &Value<'_>, column: usize) {
        let style = self.layout.calendar.style(column).filter(|_| !value.is_blank());
        let mut nulls = self.nulls.borrow_mut();
        if style.is_some_and(|style| value.is_null_date(style)) && !nulls.contains(&field) {
            nulls.push(field);
        }
    }

    /// Whether some column of a field says "never", by a word or by a null date.
    pub fn says_never(&self, field: Field) -> bool {
        let never = |(value, column): (&Value<'_>, usize)| {
            self.layout.calendar.style(column).is_some_and(|style| value.says_never(style))
        };
        self.cells(field).any(never)
    }

    /// Yes or no: by the field's law, yes if any column says yes, or no if any says no. Where none decides so and one
    /// cannot be read, nobody knows.
    pub fn flag(&self, field: Field) -> Reading<bool> {
        let decides = law(field) != Law::Every;
        let mut said = Reading::Absent;
        for (value, column) in self.cells(field) {
            match self.layout.flag(field, value, column) {
                Reading::Absent => {}
                Reading::NotUnderstood => {
                    self.note(field, value);
                    said = Reading::NotUnderstood;
                }
                Reading::Known(flag) if flag == decides => return Reading::Known(flag),
                Reading::Known(flag) if said == Reading::Absent => said = Reading::Known(flag),
                Reading::Known(_) => {}
            }
        }
        said
    }

    /// Whether a blank in a column that is ticked off says that the account is open or closed. What a cell says goes
    /// before it.
    pub fn open_by_blank(&self) -> Option<bool> {
        let columns = [Field::Enabled, Field::Disabled].into_iter().flat_map(|field| self.layout.columns.of(field));
        let blank = columns.filter(|&&column| !self.fills(&[column]) || self.shows_nothing(column));
        blank.filter_map(|&column| self.layout.blanks[column]).reduce(|all, open| all && open)
    }

    /// Whether a program wrote that there is no value.
    fn shows_nothing(&self, column: usize) -> bool {
        self.cells.get(column).is_some_and(|value| value.stated() == Reading::Absent)
    }

    /// What the columns of protection say together: a mark in any of them is one, and so is any word that is not
    /// understood, until the whole file shows that the column tells something else. Where the cells may have been shifted
    /// it is one that may stand beside its column, too. On a sheet of the protected every row is marked.
    pub fn mark(&self) -> Reading<bool> {
        if self.layout.of_the_protected {
            return Reading::Known(true);
        }
        let own = self.flag(Field::Protected);
        match (&self.shift, own) {
            (Some(shift), Reading::Known(false) | Reading::Absent) => shift.mark(own),
            _ => own,
        }
    }

    /// Whether the row must be kept from being shown.
    pub fn is_protected(&self) -> bool {
        matches!(self.mark(), Reading::Known(true) | Reading::NotUnderstood)
    }

    /// The texts of cells of no field in which somebody may be named.
    pub fn mentions(&self) -> impl Iterator<Item = Cow<'r, str>> {
        let beside = self.layout.columns.beside().iter().filter_map(|&column| self.cells.get(column));
        beside.filter_map(Value::shown).filter(|text| may_name_somebody(text))
    }

    /// What columns hold that were passed over for better ones of some fields.
    pub fn passed_over(&self, is_of: impl Fn(Field) -> bool) -> impl Iterator<Item = Cow<'r, str>> {
        let passed = self.layout.columns.passed_over().iter().filter(move |(field, _)| is_of(*field));
        passed.filter_map(|(_, column)| self.cells.get(*column)).filter_map(Value::shown)
    }

    /// The text under a header, whether it is a known column or not.
    pub fn under(&self, header: &str) -> Option<Cow<'r, str>> {
        let wanted = normalise(header);
        let column = self.layout.columns.headers().iter().position(|own| *own == wanted)?;
        self.cells.get(column).and_then(Value::shown)
    }

    /// Notes that a field's value was not understood.
    fn note(&self, field: Field, value: &Value<'_>) {
        self.misread(field, &value.written());
    }

    /// Notes a word that was not understood.
    pub fn misread(&self, field: Field, word: &str) {
        let mut misread = self.misread.borrow_mut();
        if !misread.iter().any(|(other, _)| *other == field) {
            misread.push((field, shown(field, word)));
        }
    }

    /// What was noted.
    pub fn into_readings(self) -> Readings {
        Readings { misread: self.misread.into_inner(), nulls: self.nulls.into_inner() }
    }
}

/// The days that the columns of a field state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// The one that holds by the field's law.
    pub known: Option<NaiveDate>,
    /// The latest.
    pub latest: Option<NaiveDate>,
    /// Whether some column could not be read.
    pub misread: bool,
}

/// Whether two words beside each other may be a given name and a surname: both begin with a capital, or one is a common
/// given name.
fn may_name_somebody(text: &str) -> bool {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty());
    let may_be = |word: &str| {
        let is_word = word.chars().nth(1).is_some() && word.chars().all(|c| c.is_alphabetic() || c == '-');
        let begins = word.chars().next().is_some_and(char::is_uppercase);
        (is_word, begins, is_word && is_given_name(&fold_word(word)))
    };
    let words: Vec<(bool, bool, bool)> = words.map(may_be).collect();
    words.windows(2).any(|pair| {
        let [(is_word, begins, given), (is_next, next_begins, next_given)] = [pair[0], pair[1]];
        is_word && is_next && (begins && next_begins || given || next_given)
    })
}

/// Whether a word is a day with a time of day behind it, read or not: it is long, and tells of nobody.
fn is_moment(word: &str) -> bool {
    const LONGEST: usize = 40;
    let Some((day, time)) = word.trim().split_once(['T', ' ']) else { return false };
    let is_of = |text: &str, marks: &[char]| {
        let parts: Vec<&str> = text.split(marks).collect();
        let short = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        parts.len() == 3 && parts.iter().all(short)
    };
    let is_clock = time.contains(':') && !time.trim_end_matches('Z').contains(char::is_alphabetic);
    word.len() <= LONGEST && is_of(day, &['-', '/', '.']) && is_clock
}

/// A word as it may be shown: what could name someone is shown by its form.
fn shown(field: Field, word: &str) -> String {
    /// From here on digits can be somebody's number.
    const MANY_DIGITS: usize = 9;
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if is_moment(word) {
        return word.to_owned();
    }
    let tells = field.kind() == Kind::Identifier && !words::is_destroyed_number(word);
    if tells || digits >= MANY_DIGITS && !words::is_destroyed_number(word) {
        return form_of(word);
    }
    // Two words with capitals can be somebody's name, whatever the column, but for words of a state and single letters.
    let is_of_state = field == Field::Status && word.split(' ').any(words::is_of_state);
    let is_capital = |part: &&str| part.chars().next().is_some_and(char::is_uppercase) && part.chars().nth(1).is_some();
    let capitals = word.split_whitespace().filter(is_capital).count();
    if capitals >= 2 && !is_of_state {
        return form_of(word);
    }
    word.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A moment that cannot be read is shown as it stands; what has as many digits and may be somebody's number is not.
    #[test]
    fn moments_are_shown_and_numbers_are_not() {
        for word in ["2026-13-45T10:00:00Z", "31/02/2026 08:15", "2026-02-30 10:00:00.000"] {
            assert_eq!(shown(Field::EmploymentEnd, word), word);
        }
        for word in ["198501012382", "19850101-2382", "1985-01-01 2382"] {
            assert_ne!(shown(Field::EmploymentEnd, word), word);
        }
    }
}
