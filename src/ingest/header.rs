//! What columns are called. A header is known whole from the embedded table, else as one of a family
//! of words, else after cutting what exporting tools add; and what it means depends on the file it
//! stands in.

mod cut;
mod employment;
mod protection;
mod table;

pub use cut::{forms, normalise};
pub use employment::{asks_of_employment, is_of_death};
pub use protection::{OfProtection, is_of_protection, of_protection};

use super::words::speaks_of_an_end;
use crate::model::{Field, Role};
use std::sync::LazyLock;
use table::Table;

/// What a header can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A field; the lower the rank, the better the header names it.
    Field(Field, u16),
    /// A column that is never read.
    Drop,
    /// A known column that nothing is done with.
    Ignore,
}

impl Meaning {
    /// The field, where it is one.
    pub fn field(self) -> Option<Field> {
        match self {
            Self::Field(field, _) => Some(field),
            Self::Drop | Self::Ignore => None,
        }
    }
}

/// Whether one of some headers, in plain letters, is one of some words.
pub fn has_one_of(plain: &[String], words: &[&str]) -> bool {
    plain.iter().any(|own| words.contains(&own.as_str()))
}

/// No header is longer; what is, is text.
const LONGEST: usize = 120;

/// Cells of a row that are looked at to tell whether it is a header: no header's names all stand further out.
pub const MOST_RATED: usize = 1_000;

/// The headers that a field is known by whole, as they are written; families of words know more.
pub fn headers_of(field: Field) -> Vec<String> {
    let source: Option<table::Source> = toml::from_str(include_str!("headers.toml")).ok();
    let headers = source.as_ref().map(|source| source.headers_of(field)).unwrap_or_default();
    headers.into_iter().map(ToOwned::to_owned).collect()
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("headers.toml")));

/// What a header can mean in a file of that role, the likeliest first; empty where nothing is known.
pub fn meanings(header: &str, role: Role) -> Vec<Meaning> {
    if header.len() > LONGEST || !header.contains(char::is_alphabetic) {
        return Vec::new();
    }
    // Of protection first: a mark that is missed exposes someone, a column too many only hides.
    let of_protection = of_protection(header);
    let is_permission = of_protection == OfProtection::Permission;
    if of_protection == OfProtection::Yes || is_permission && role.is_of_people() {
        let of_people = Field::Protected.fits(role);
        return vec![if of_people { Meaning::Field(Field::Protected, 0) } else { Meaning::Ignore }];
    }
    let found = forms(header).iter().find_map(|form| TABLE.meanings(form, role));
    found.or_else(|| of_both_halves(header, role)).unwrap_or_default()
}

/// `Enhet/avdelning` says one thing twice; a header whose halves say different things is not known.
fn of_both_halves(header: &str, role: Role) -> Option<Vec<Meaning>> {
    let (left, right) = header.split_once('/')?;
    let of_half = |half: &str| TABLE.meanings(&normalise(half), role);
    let (first, second) = (of_half(left)?, of_half(right)?);
    match (first.first()?, second.first()?) {
        (Meaning::Field(field, _), Meaning::Field(other, _)) if field == other => Some(first),
        (Meaning::Drop, Meaning::Drop) | (Meaning::Ignore, Meaning::Ignore) => Some(first),
        _ => None,
    }
}

/// Whether a header is of a column of free text, whatever file it stands in.
pub fn is_free_text(header: &str) -> bool {
    let meanings = meanings(header, Role::Accounts);
    meanings.iter().any(|meaning| matches!(meaning, Meaning::Field(Field::Description, _)))
}

/// Whether a header says little by itself, as `Id`, `Nr` and `Kod` do of keys and `Status` does of
/// whose status it is: such a column counts only if something else bears it out.
pub fn says_little(header: &str) -> bool {
    let known = forms(header).into_iter().find(|form| TABLE.knows(form));
    known.is_some_and(|form| TABLE.says_little(&form))
}

/// What a yes under a header says of an account or an employment: that it is open, as under "Aktiv", or that it is
/// closed, as under "Spärrad". Nothing under "Status", which asks no question.
pub fn yes_is_open(header: &str, role: Role) -> Option<bool> {
    const NO_QUESTION: [&str; 5] = ["status", "state", "lage", "kod", "code"];
    let folded = normalise(header);
    if NO_QUESTION.iter().any(|word| folded.contains(word)) {
        return None;
    }
    if role.is_of_people()
        && let Some(open) = asks_of_employment(header).or_else(|| speaks_of_an_end(header).then_some(false))
    {
        return Some(open);
    }
    meanings(header, role).iter().find_map(|meaning| match meaning {
        Meaning::Field(Field::Enabled | Field::EmploymentStatus, _) => Some(true),
        Meaning::Field(Field::Disabled, _) => Some(false),
        _ => None,
    })
}

/// How many different things a row of cells names: the row with most is the header. Cells that can
/// only be data speak against it. Words that are as often values ("Chef", "Skyddad") and columns of
/// no use tell a header beside others; alone they do only where the whole row is of such words.
pub fn score(cells: &[&str], role: Role) -> usize {
    let mut named: Vec<Field> = Vec::new();
    let mut values: Vec<Field> = Vec::new();
    let (mut known, mut unknown, mut data) = (0usize, 0usize, 0usize);
    for cell in cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).take(MOST_RATED) {
        // Most cells of most rows are: what one may mean as a header is asked of the others.
        if is_data(cell) {
            data += 1;
            continue;
        }
        match meanings(cell, role).first() {
            Some(Meaning::Field(field, _)) if TABLE.is_value(&normalise(cell)) => add(&mut values, *field),
            Some(Meaning::Field(field, _)) => add(&mut named, *field),
            Some(Meaning::Drop | Meaning::Ignore) => known += 1,
            None => unknown += 1,
        }
    }
    let whole = unknown + data == 0 && values.len() >= 2;
    let other = values.len() + known;
    if named.is_empty() && !whole { 0 } else { (named.len() + other).saturating_sub(data) }
}

fn add(fields: &mut Vec<Field>, field: Field) {
    if !fields.contains(&field) {
        fields.push(field);
    }
}

/// Addresses, dates, numbers of four digits or more, yes and no stand under headers, never as one.
pub fn is_data(cell: &str) -> bool {
    // A text without end tells by its beginning.
    let is_long = cell.len() > LONGEST;
    let cell = cell.char_indices().nth(LONGEST).map_or(cell, |(end, _)| &cell[..end]);
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let no_letters = !cell.contains(char::is_alphabetic);
    let yes_or_no = !is_long && matches!(normalise(cell).as_str(), "ja" | "nej" | "true" | "false" | "sant" | "falskt");
    cell.contains('@') || digits >= 4 && no_letters || digits >= 6 || yes_or_no
}

#[cfg(test)]
mod tests;
