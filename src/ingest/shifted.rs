//! Rows with another number of fields than the others of their file: what stands in them may stand one column or more
//! beside its own, the mark of protection with it, and what tells whose row it is.
//!
//! Hiding one row too many costs a look, showing one too few costs what cannot be undone. So a row whose mark may be
//! elsewhere is marked unless every cell that can be the mark's says no.

use super::content::is_hsa_id;
use super::format::Row;
use super::sheet::Layout;
use super::value::Value;
use super::words;
use crate::model::{Field, Kind, Reading, Written};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Columns that a cell is looked for beside its own; a row that is further off is looked through by the form of what it
/// holds alone.
const FURTHEST: isize = 3;

/// Digits of a personal number, without its century and with it.
const NUMBER_DIGITS: [usize; 2] = [10, 12];

/// How far the cells of a row may stand from their columns.
#[derive(Clone, Copy, Debug)]
pub struct Shift<'r> {
    cells: &'r [Value<'r>],
    layout: &'r Layout,
    /// The number of fields as the row has them.
    width: usize,
    /// From so many columns to the left to so many to the right; its own place is always between.
    from: isize,
    to: isize,
    /// Whether a column that is used is missing, or more is filled than there are columns.
    is_ragged: bool,
}

impl<'r> Shift<'r> {
    /// The shift of a row; none where it is as wide as the others.
    pub fn of(row: &Row<'r>, layout: &'r Layout, is_ragged: bool) -> Option<Self> {
        let width = row.width?;
        let headers = layout.mapping.headers.len();
        let usual = layout.usual_width.unwrap_or(headers);
        if width == usual && !is_ragged {
            return None;
        }
        let apart = [usual, headers].map(|other| width.cast_signed() - other.cast_signed());
        let (from, to) = (apart[0].min(apart[1]).min(0), apart[0].max(apart[1]).max(0));
        Some(Self { cells: row.cells, layout, width, from, to, is_ragged })
    }

    /// What a row's columns of protection say together where their own cells say no, or nothing.
    pub fn mark(&self, own: Reading<bool>) -> Reading<bool> {
        let is_marked = |column: &usize| {
            if self.is_ragged { self.may_be_marked(*column) } else { own == Reading::Absent && self.is_beside(*column) }
        };
        let protecting = self.layout.columns.of(Field::Protected);
        if protecting.iter().any(is_marked) { Reading::NotUnderstood } else { own }
    }

    /// Whether the row does not reach a column of marks, or a cell that may be its own does not say no.
    fn may_be_marked(&self, column: usize) -> bool {
        let says_no = |at| matches!(self.said(at, column), Reading::Known(false) | Reading::Absent);
        column >= self.width || !self.around(column).all(says_no)
    }

    /// Whether a mark stands beside a cell that is blank. A day is none there: many columns hold days.
    fn is_beside(&self, column: usize) -> bool {
        let is_day = |at: usize| match &self.cells[at] {
            Value::Text(text) => Written::read(text.trim()).is_some(),
            value => matches!(value, Value::Moment(_)),
        };
        self.around(column).any(|at| self.said(at, column) == Reading::Known(true) && !is_day(at))
    }

    /// What a cell says as the mark of a column.
    fn said(&self, at: usize, column: usize) -> Reading<bool> {
        self.layout.flag(Field::Protected, &self.cells[at], column)
    }

    /// The places of the cells that may be a column's.
    fn around(&self, column: usize) -> impl Iterator<Item = usize> + use<'r> {
        let (column, last) = (column.cast_signed(), self.cells.len().cast_signed() - 1);
        let (from, to) = ((column + self.from).max(0), (column + self.to).min(last));
        (from..=to).map(isize::cast_unsigned)
    }

    /// What is most likely a field's: a number or an address that stands in its own column has not moved, and another's may
    /// stand further on.
    pub fn likely_texts(&self, field: Field) -> Vec<String> {
        let own = self.layout.columns.of(field).iter().filter_map(|column| self.cells.get(*column));
        let own = own.flat_map(Value::values).filter(|text| is_told_by_form(field) && may_be(field, text));
        let own: Vec<String> = own.map(Cow::into_owned).collect();
        if own.is_empty() { self.texts(field) } else { own }
    }

    /// What may be a field's of the row, whatever column it landed in.
    pub fn texts(&self, field: Field) -> Vec<String> {
        let is_near = -self.from <= FURTHEST && self.to <= FURTHEST;
        let columns = self.layout.columns.of(field);
        let places: BTreeSet<usize> = match (is_near, is_told_by_form(field)) {
            (_, true) => (0..self.cells.len()).collect(),
            (true, false) => columns.iter().flat_map(|column| self.around(*column)).collect(),
            (false, false) => columns.iter().copied().filter(|column| *column < self.cells.len()).collect(),
        };
        let texts = places.into_iter().flat_map(|at| self.cells[at].values());
        texts.filter(|text| may_be(field, text)).map(Cow::into_owned).collect()
    }
}

/// Whether cells of a row with some fields `more` than its header may stand further on than their columns. Where a
/// delimiter within a text has parted it, so do all cells behind it, and the first column that can tell holds what belongs
/// to the one before. A blank cell alone is no sign: what should be there must stand further on.
pub fn may_be_moved(cells: &[Value<'_>], layout: &Layout, more: usize) -> bool {
    let used = layout.columns.used().iter().flat_map(|(field, own)| own.iter().map(move |&column| (column, *field)));
    let telling: BTreeMap<usize, Field> = used.filter(|(_, field)| tells_its_column(*field)).collect();
    let stands = |column: usize, at: usize| {
        cells.get(at).map_or(Reading::Absent, |value| stands_as(value, telling[&column], column, layout))
    };
    let firsts = || telling.keys().copied().filter(|column| *column == 0 || !telling.contains_key(&(column - 1)));
    let is_moved = |column: usize| {
        let mut further = (1..=more).map(|by| stands(column, column + by));
        match stands(column, column) {
            Reading::Known(()) => false,
            Reading::NotUnderstood => further.any(|other| other != Reading::NotUnderstood),
            Reading::Absent => {
                let fit_behind = firsts().any(|other| other > column && stands(other, other) == Reading::Known(()));
                !fit_behind && further.any(|other| other == Reading::Known(()))
            }
        }
    };
    telling.is_empty() || firsts().any(is_moved)
}

/// Whether a value is one of a field's, as its column writes them.
fn stands_as(value: &Value<'_>, field: Field, column: usize, layout: &Layout) -> Reading<()> {
    let Some(text) = value.shown().filter(|text| !words::is_nothing(text)) else { return Reading::Absent };
    match field.kind() {
        Kind::Date => layout.calendar.style(column).map_or(Reading::Absent, |style| value.day(style).map(drop)),
        Kind::Flag => words::flag(&text).map(drop),
        Kind::Identifier | Kind::Words if may_be(field, &text) => Reading::Known(()),
        Kind::Identifier | Kind::Words => Reading::NotUnderstood,
    }
}

/// Whether a value of the field is told from what stands in a column of texts.
fn tells_its_column(field: Field) -> bool {
    let is_number = matches!(field, Field::PersonalNumber | Field::Email | Field::HsaId | Field::EmployeeNumber);
    is_number || matches!(field.kind(), Kind::Date | Kind::Flag)
}

/// Whether a value of the field is known by its form alone.
fn is_told_by_form(field: Field) -> bool {
    matches!(field, Field::PersonalNumber | Field::Email | Field::HsaId)
}

/// Whether a text has the form of a field's.
fn may_be(field: Field, text: &str) -> bool {
    let has_digits = text.contains(|c: char| c.is_ascii_digit());
    match field {
        Field::PersonalNumber => {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            NUMBER_DIGITS.contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | ' '))
        }
        Field::Email => text.contains('@'),
        Field::HsaId => is_hsa_id(text),
        Field::EmployeeNumber => has_digits && text.chars().all(char::is_alphanumeric),
        Field::Dn => text.contains('='),
        Field::Account | Field::UserName | Field::Upn | Field::Guid | Field::ImmutableId => {
            !text.contains(char::is_whitespace) && Written::read(text).is_none()
        }
        _ => !has_digits && !text.contains('@') && text.contains(char::is_alphabetic),
    }
}
