//! What key columns hold, seen over every row: a header can mislead, a column of 12-digit numbers cannot.

use super::format::Row;
use super::header::is_of_protection;
use super::value::Value;
use super::words;
use crate::model::{Field, PersonalNumber, Reading, employment_form};
use chrono::NaiveDate;
use foldhash::HashMap;
use foldhash::quality::FixedState;
use std::hash::BuildHasher;

/// Of this many rows in a hundred a form must hold to be the column's.
const MOSTLY: u32 = 90;

/// Rows on which two columns may differ before they are said to.
const A_FEW: u32 = 3;

/// What one watched column holds.
#[derive(Clone, Debug, Default)]
struct Column {
    filled: u32,
    personal_numbers: u32,
    hsa_ids: u32,
    guids: u32,
    mails: u32,
    commas: u32,
    spaces: u32,
    /// Texts of two words or more with nothing but letters and what stands between names.
    names: u32,
    /// Texts with a date among other words.
    dated: u32,
    /// Texts with a word of leaving.
    leaving: u32,
    /// Texts that name protection.
    protecting: u32,
    /// Forms of employment.
    forms: u32,
    /// Hashes of the distinct values, in lower case, with what each tells.
    distinct: HashMap<u64, Tells>,
    /// The first two values that differ, for messages.
    examples: Vec<String>,
}

/// What a text tells that a rule may need, whatever its column is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tells {
    OfProtection,
    OfLeaving,
    /// A date among other words.
    Date,
    /// A form of employment.
    OfForm,
    Nothing,
}

impl Tells {
    fn of(text: &str) -> Self {
        /// Longer texts are about something else than the one they stand beside.
        const LONGEST_MARK: usize = 60;
        if text.len() <= LONGEST_MARK && is_of_protection(text) {
            Self::OfProtection
        } else if words::tells_of_leaving(text) {
            Self::OfLeaving
        } else if words::holds_a_date(text) {
            Self::Date
        } else if matches!(employment_form(text), Reading::Known(_)) {
            Self::OfForm
        } else {
            Self::Nothing
        }
    }
}

/// Two columns that may answer for one field.
#[derive(Clone, Copy, Debug)]
struct Pair {
    columns: (usize, usize),
    both: u32,
    differ: u32,
}

/// The watched columns of a sheet.
#[derive(Clone, Debug)]
pub struct Contents {
    columns: HashMap<usize, Column>,
    watched: Vec<usize>,
    pairs: Vec<Pair>,
    reference: NaiveDate,
    hasher: FixedState,
}

impl Contents {
    /// Watches some columns, and compares some pairs of them. `reference` settles centuries.
    pub fn watching(watched: Vec<usize>, pairs: Vec<(usize, usize)>, reference: NaiveDate) -> Self {
        let columns = watched.iter().map(|&column| (column, Column::default())).collect();
        let pairs = pairs.into_iter().map(|columns| Pair { columns, both: 0, differ: 0 }).collect();
        Self { columns, watched, pairs, reference, hasher: FixedState::default() }
    }

    /// Takes in one row of data.
    pub fn see(&mut self, row: &Row<'_>) {
        for &at in &self.watched {
            let Some(text) = row.cells.get(at).and_then(Value::shown) else { continue };
            let hash = self.hasher.hash_one(text.to_lowercase());
            if let Some(column) = self.columns.get_mut(&at) {
                column.see(&text, hash, self.reference);
            }
        }
        for pair in &mut self.pairs {
            let text = |at: usize| row.cells.get(at).and_then(Value::shown);
            if let (Some(left), Some(right)) = (text(pair.columns.0), text(pair.columns.1)) {
                pair.both += 1;
                pair.differ += u32::from(!left.eq_ignore_ascii_case(&right));
            }
        }
    }

    fn mostly(&self, column: usize, count: impl Fn(&Column) -> u32) -> bool {
        self.columns.get(&column).is_some_and(|own| own.filled > 0 && count(own) * 100 >= own.filled * MOSTLY)
    }

    /// Whether nearly all that a column holds are personal numbers, by form and date.
    pub fn holds_personal_numbers(&self, column: usize) -> bool {
        self.mostly(column, |own| own.personal_numbers)
    }

    /// Whether nearly all that a column holds are HSA-ids.
    pub fn holds_hsa_ids(&self, column: usize) -> bool {
        self.mostly(column, |own| own.hsa_ids)
    }

    /// Whether nearly all that a column holds are object ids.
    pub fn holds_guids(&self, column: usize) -> bool {
        self.mostly(column, |own| own.guids)
    }

    /// Whether nearly all that a column holds are addresses, and nearly each another: those of whoever the rows are about,
    /// and not of some who look after them.
    pub fn holds_own_addresses(&self, column: usize) -> bool {
        self.mostly(column, |own| own.mails) && self.distinct_percent(column) >= MOSTLY
    }

    /// Whether most that a column holds are people's names by their form: nearly no account is called so.
    pub fn holds_names(&self, column: usize) -> bool {
        self.columns.get(&column).is_some_and(|own| own.filled > 0 && own.names * 2 > own.filled)
    }

    /// Whether most that a column holds are forms of employment: those that are not are told as not understood.
    pub fn holds_forms(&self, column: usize) -> bool {
        self.columns.get(&column).is_some_and(|own| own.forms * 2 > own.filled)
    }

    /// On how many rows a text of a column has a word of leaving.
    pub fn tells_of_leaving(&self, column: usize) -> u32 {
        self.columns.get(&column).map_or(0, |own| own.leaving)
    }

    /// Whether many texts of a column have a date among other words.
    pub fn holds_dates_in_text(&self, column: usize) -> bool {
        /// One text in so many.
        const ONE_IN: u32 = 4;
        self.columns.get(&column).is_some_and(|own| own.dated > 0 && own.dated * ONE_IN >= own.filled)
    }

    /// On how many rows a column names protection.
    pub fn names_protection(&self, column: usize) -> u32 {
        self.columns.get(&column).map_or(0, |own| own.protecting)
    }

    /// Whether a column can be the key its header names.
    pub fn can_be(&self, field: Field, column: usize) -> bool {
        match field {
            Field::Account => !self.mostly(column, |own| own.commas.max(own.spaces)),
            Field::EmployeeNumber => !self.mostly(column, |own| own.guids.max(own.mails).max(own.hsa_ids)),
            Field::PersonalNumber => !self.mostly(column, |own| own.guids.max(own.mails).max(own.commas)),
            _ => true,
        }
    }

    /// How much of a column is distinct, in hundredths: an account name is unique, or nearly.
    pub fn distinct_percent(&self, column: usize) -> u32 {
        let Some(own) = self.columns.get(&column).filter(|own| own.filled > 0) else { return 0 };
        let distinct = u32::try_from(own.distinct.len()).unwrap_or(u32::MAX);
        u32::try_from(u64::from(distinct) * 100 / u64::from(own.filled)).unwrap_or(100)
    }

    /// Whether two compared columns never differ where both hold something.
    pub fn agree(&self, a: usize, b: usize) -> bool {
        self.pair(a, b).is_some_and(|pair| pair.differ == 0)
    }

    /// Whether two compared columns differ on more than a few rows.
    pub fn differ_often(&self, a: usize, b: usize) -> Option<u32> {
        self.pair(a, b).map(|pair| pair.differ).filter(|differ| *differ > A_FEW)
    }

    fn pair(&self, a: usize, b: usize) -> Option<&Pair> {
        self.pairs.iter().find(|pair| pair.columns == (a.min(b), a.max(b)))
    }

    /// Two masked examples of what a column holds.
    pub fn examples(&self, column: usize) -> String {
        let examples = self.columns.get(&column).map_or(&[][..], |own| &own.examples);
        examples.join(", ")
    }
}

impl Column {
    fn see(&mut self, text: &str, hash: u64, reference: NaiveDate) {
        self.filled += 1;
        let known = self.distinct.len();
        match *self.distinct.entry(hash).or_insert_with(|| Tells::of(text)) {
            Tells::OfProtection => self.protecting += 1,
            Tells::OfLeaving => self.leaving += 1,
            Tells::Date => self.dated += 1,
            Tells::OfForm => self.forms += 1,
            Tells::Nothing => {}
        }
        if self.distinct.len() > known && self.examples.len() < 2 {
            self.examples.push(form_of(text));
        }
        self.guids += u32::from(is_guid(text));
        self.hsa_ids += u32::from(is_hsa_id(text));
        self.mails += u32::from(text.contains('@'));
        self.commas += u32::from(text.contains(','));
        self.spaces += u32::from(text.contains(' '));
        self.names += u32::from(is_in_words(text));
        self.personal_numbers += u32::from(is_personal_number(text, reference));
    }
}

/// A number of ten or twelve digits that is a whole personal number; nothing shorter is told from other numbers.
fn is_personal_number(text: &str, reference: NaiveDate) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let only = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b' '));
    only && matches!(digits, 10 | 12)
        && PersonalNumber::read(text, None, reference).is_ok_and(|reading| !reading.zeros_restored)
}

/// `SE`, ten digits of an organisation's number, a dash: an HSA-id, whatever the header says.
pub fn is_hsa_id(text: &str) -> bool {
    let Some(rest) = text.get(..2).filter(|start| start.eq_ignore_ascii_case("se")).and_then(|_| text.get(2..)) else {
        return false;
    };
    let bytes = rest.as_bytes();
    bytes.len() > 11 && bytes[..10].iter().all(u8::is_ascii_digit) && bytes[10] == b'-'
}

/// Two words or more of letters, with the marks that names have: "Lind, Eva", "Anna-Karin af Ek", "Bo O'Brien".
fn is_in_words(text: &str) -> bool {
    let of_names = |c: char| c.is_alphabetic() || matches!(c, ' ' | ',' | '-' | '.' | '\'' | '’');
    text.chars().all(of_names) && text.split([' ', ',']).filter(|word| !word.is_empty()).count() > 1
}

/// Eight, four, four, four and twelve hexadecimal digits, with or without braces.
pub fn is_guid(text: &str) -> bool {
    let bare = text.trim_start_matches('{').trim_end_matches('}');
    let lengths = bare.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && bare.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

/// The form of a text without its content: "Xxxx Xxxxxx", "00000000-0000".
pub fn form_of(text: &str) -> String {
    text.chars()
        .take(40)
        .map(|c| match c {
            c if c.is_numeric() => '0',
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c => c,
        })
        .collect()
}

/// Whether a text says no more than a form of letters.
pub fn is_form(text: &str) -> bool {
    form_of(text) == text && text.contains(['X', 'x'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(values: &[&str]) -> Contents {
        let reference = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        let mut contents = Contents::watching(vec![0], Vec::new(), reference);
        for value in values {
            let cells = [Value::Text((*value).into())];
            contents.see(&Row { number: 2, cells: &cells, width: None });
        }
        contents
    }

    /// Twelve digits with a date are personal numbers whatever the header says; a running number is not.
    #[test]
    fn numbers_of_people_are_told_by_their_form() {
        assert!(contents(&["198501012382", "19850101-2390"]).holds_personal_numbers(0));
        assert!(!contents(&["100123", "100124"]).holds_personal_numbers(0));
        assert!(contents(&["SE2120001234-AB12"]).holds_hsa_ids(0));
    }

    /// An account name holds no comma and hardly a space, and an employee number is no GUID.
    #[test]
    fn content_refuses_what_cannot_be_a_key() {
        assert!(!contents(&["Lind, Eva", "Berg, Bo"]).can_be(Field::Account, 0));
        assert!(contents(&["evalin", "bober"]).can_be(Field::Account, 0));
        let guids = contents(&["6f9619ff-8b86-d011-b42d-00cf4fc964ff", "{6F9619FF-8B86-D011-B42D-00CF4FC964FE}"]);
        assert!(!guids.can_be(Field::EmployeeNumber, 0));
    }

    /// Two words of letters are a name, an account's name is not, with a domain before it or not.
    #[test]
    fn names_are_told_by_their_form() {
        assert!(contents(&["Lind, Eva", "Bo Berg", "svc_backup"]).holds_names(0));
        assert!(!contents(&["evalin", "bober", "Anna Ek"]).holds_names(0));
        assert!(!contents(&["KOMMUN\\evalin", "a.b@k.se"]).holds_names(0));
    }

    /// Texts tell of protection, of leaving or of a day, whatever stands above them.
    #[test]
    fn texts_tell_whatever_their_header() {
        let marks = contents(&["", "Sekretess", "Skyddsombud", "Skyddad identitet"]);
        assert_eq!(marks.names_protection(0), 2);
        assert_eq!(contents(&["Slutar 31 maj", "Rum 12"]).tells_of_leaving(0), 1);
        assert!(contents(&["till 2026-05-31"]).holds_dates_in_text(0));
        assert!(!contents(&["Rum 12", "B 4"]).holds_dates_in_text(0));
    }

    /// A form shows nothing of the content.
    #[test]
    fn forms_show_no_content() {
        assert_eq!(form_of("Åsa Öberg"), "Xxx Xxxxx");
        assert_eq!(form_of("19850101-2382"), "00000000-0000");
    }
}
