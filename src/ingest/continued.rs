//! Payroll as it is printed: a person's name and number stand on the first row, and further employments below it on
//! rows that leave them blank.
//!
//! Passed over as unusable, such a row would make a leaver of someone at work. Read too readily, a total or a heading
//! would keep a leaver at work. So a row counts only with a day of its own, and makes the end unknown where it has none.

use super::payroll::PayrollRow;
use super::payroll_name::read_name;
use super::row::{Above, RowView};
use super::rows::is_sum_word;
use crate::model::{Employment, End, Field, Message, PersonalNumber, message};
use chrono::NaiveDate;

/// How far a row goes on from the one above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Continued {
    /// It tells another employment of the same person.
    Surely,
    /// It may do so.
    Perhaps,
}

/// What a row can say of an employment beside its days.
const DESCRIBES: [Field; 8] = [
    Field::EmploymentForm,
    Field::EmploymentStatus,
    Field::PayForm,
    Field::Unit,
    Field::Department,
    Field::Title,
    Field::Company,
    Field::Degree,
];

/// Whether a row that cannot stand alone goes on from the one above it. `as_of` settles centuries.
pub fn goes_on(above: &PayrollRow, row: &RowView<'_>, as_of: NaiveDate) -> Option<Continued> {
    if row.above != Above::Used || !may_be_the_same(above, row, as_of) || has_a_sum(row) {
        return None;
    }
    let filled = |fields: &[Field]| fields.iter().filter(|field| !row.lacks(&[**field])).count();
    let starts = row.date(Field::EmploymentStart).known().is_some();
    let days = filled(&[Field::EmploymentStart, Field::EmploymentEnd]);
    let described = filled(&DESCRIBES);
    // A footer can hold a day, and a heading a unit.
    if days + described < 2 {
        return None;
    }
    let other_number =
        row.key(Field::EmployeeNumber).is_some_and(|number| above.employee_number.as_deref() != Some(&*number));
    Some(if starts && !other_number { Continued::Surely } else { Continued::Perhaps })
}

/// Whether nothing on the row says that it is another's. An employment may have a number of its own.
fn may_be_the_same(above: &PayrollRow, row: &RowView<'_>, as_of: NaiveDate) -> bool {
    let number = row.text(Field::PersonalNumber);
    let same_number = number.is_none_or(|written| {
        let read = PersonalNumber::read(&written, None, as_of).ok().map(|reading| reading.number);
        read.is_some() && read == above.personal_number
    });
    let same_text = |field: Field, own: &Option<String>| {
        row.text(field).is_none_or(|text| own.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(&text)))
    };
    let same_name = read_name(row).is_none_or(|(_, tokens)| tokens == above.tokens);
    same_number
        && same_name
        && same_text(Field::Email, &above.email)
        && same_text(Field::HsaId, &above.hsa_id)
        && same_text(Field::UserName, &above.user_name)
}

/// A word for a sum anywhere on the row.
fn has_a_sum(row: &RowView<'_>) -> bool {
    let texts = DESCRIBES.into_iter().flat_map(|field| row.texts(field));
    let first_words = texts.filter_map(|text| text.split([' ', ':', '=']).next().map(str::to_owned));
    let mut sums = first_words.filter(|word| is_sum_word(word));
    sums.next().is_some()
}

/// The row above with another employment.
pub fn with(above: &PayrollRow, mut employment: Employment, how: Continued, is_marked: bool) -> PayrollRow {
    let over = employment.end.date().is_some();
    if how == Continued::Perhaps && !over {
        employment.end = End::Unknown;
    }
    PayrollRow { employment, protected: above.protected || is_marked, ..above.clone() }
}

/// What a row is that others go on from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// It only says who those below it are about.
    Only,
    /// It tells something of an employment, but no day, status or form, as those below do.
    Perhaps,
    /// It tells an employment.
    No,
}

impl Heading {
    /// What a row is.
    pub fn of(row: &PayrollRow) -> Self {
        let own = &row.employment;
        let untold = own.start.is_none() && own.stated_end.is_none() && own.end == End::Open;
        if !untold || own.status.is_some() || own.form.is_some() {
            Self::No
        } else if own.unit.is_some() || own.department.is_some() || own.title.is_some() || own.degree.is_some() {
            Self::Perhaps
        } else {
            Self::Only
        }
    }
}

/// What is said of rows that were read so.
pub fn told(surely: u64, perhaps: u64) -> Option<Message> {
    let rows = surely + perhaps;
    (rows > 0).then(|| {
        message!(
            "Rader utan namn eller nyckel som räknas till personen på raden ovanför, som i en lista skriven i grupper: \
             {rows}. Osäkra av dem: {perhaps}; där räknas anställningens slut som okänt. Är det fel: ta ut registret med \
             namn och nyckel på varje rad.",
            "Rows without a name or a key that count as of the person on the row above, as in a list printed in groups: \
             {rows}. Uncertain of them: {perhaps}; there the end of the employment counts as unknown. If that is wrong: \
             extract payroll with name and key on every row."
        )
    })
}
