//! One sheet → its header, its columns and its rows, each row accounted for.
//!
//! Three passes: the first rows to find the header, all rows to learn what the columns hold, all
//! rows once more to use them. The header is never taken to be row 1: it is the row that names most
//! known things among the first thirty.

use super::calendar::{Calendar, DateTerms};
use super::columns::{Mapping, map, quoted};
use super::format::{Row, Trouble, Workbook};
use super::header::{Meaning, meanings, normalise, score};
use super::list::Comma;
use super::profile::Profile;
use super::source::{Reason, RowCount};
use super::value::Value;
use crate::model::{DateStyle, Field, Reading, Role, fold, message};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Rows in which a header is looked for.
const HEADER_WITHIN: usize = 30;

/// What is asked of a sheet.
pub struct Request<'a> {
    /// Payroll or accounts.
    pub role: Role,
    /// Configured columns.
    pub columns: &'a BTreeMap<Field, Vec<String>>,
    /// Configured header row.
    pub header_row: Option<u32>,
    /// Where and when its dates are read.
    pub dates: DateTerms,
}

/// What became of a row that was handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It made a record of its own.
    Record,
    /// It went into an earlier record.
    Folded,
}

/// A sheet's header and columns.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The header row as Excel shows it.
    pub header_row: u32,
    /// Its columns.
    pub mapping: Mapping,
    /// How its columns mean their dates.
    calendar: Calendar,
}

/// One row of data, read by field.
pub struct RowView<'r> {
    /// Row number.
    pub number: u32,
    cells: &'r [Value<'r>],
    layout: &'r Layout,
}

impl RowView<'_> {
    fn cell(&self, field: Field) -> Option<(&Value<'_>, usize)> {
        let column = *self.layout.mapping.columns.get(&field)?.first()?;
        self.cells.get(column).map(|value| (value, column))
    }

    /// The text of a field; `None` where there is no column or no value.
    pub fn text(&self, field: Field) -> Option<String> {
        self.cell(field).and_then(|(value, _)| value.text())
    }

    /// The date of a field.
    pub fn date(&self, field: Field) -> Reading<NaiveDate> {
        self.dated(field).map_or(Reading::Absent, |(value, style)| value.day(style))
    }

    /// Whether the date of a field says "never", by a word or by a null date.
    pub fn says_never(&self, field: Field) -> bool {
        self.dated(field).is_some_and(|(value, style)| value.says_never(style))
    }

    fn dated(&self, field: Field) -> Option<(&Value<'_>, &DateStyle)> {
        let (value, column) = self.cell(field)?;
        Some((value, self.layout.calendar.style(column)?))
    }

    /// The values of a field whose cells may hold several.
    pub fn values(&self, field: Field, comma: Comma) -> Vec<String> {
        self.cell(field).map(|(value, _)| value.values(comma)).unwrap_or_default()
    }

    /// Yes or no; `None` where the file does not say.
    pub fn flag(&self, field: Field) -> Option<bool> {
        self.dated(field).and_then(|(value, style)| value.flag(field, style).known())
    }

    /// The text under a header, whether it is a known column or not.
    pub fn under(&self, header: &str) -> Option<String> {
        let headers = &self.layout.mapping.headers;
        let column = headers.iter().position(|own| normalise(own) == normalise(header))?;
        self.cells.get(column).and_then(Value::text)
    }
}

/// Receives rows of data and says what became of each.
pub type UseRow<'f> = dyn FnMut(&RowView<'_>) -> Result<Taken, Reason> + 'f;

/// Finds header and columns of a sheet.
///
/// # Errors
/// No header, a required column missing, two columns for a key, dates that can be read two ways.
pub fn lay_out(workbook: &mut dyn Workbook, sheet: usize, request: &Request<'_>) -> Result<Layout, Trouble> {
    let (header_row, headers) = find_header(workbook, sheet, request)?;
    let profile = profile(workbook, sheet, header_row, &headers, request.role)?;
    let mapping = map(&headers, request.role, request.columns, &profile)?;
    check_required(&mapping, request.role)?;
    let calendar = Calendar::settle(&mapping, &profile, request.dates, request.role)?;
    check_results(&mapping, &profile)?;
    Ok(Layout { header_row, mapping, calendar })
}

/// The configured header row, or the one of the first thirty that names most.
fn find_header(
    workbook: &mut dyn Workbook,
    sheet: usize,
    request: &Request<'_>,
) -> Result<(u32, Vec<String>), Trouble> {
    let stated: Vec<String> = request.columns.values().flatten().map(|header| normalise(header)).collect();
    let mut best: Option<(usize, u32, Vec<String>)> = None;
    let mut seen = 0;
    workbook.rows(sheet, &mut |row| {
        seen += 1;
        let cells: Vec<String> = row.cells.iter().map(|v| v.text().unwrap_or_default()).collect();
        let wanted = request.header_row.is_none_or(|number| number == row.number);
        let rating = rate(&cells, &stated, request);
        let better = best.as_ref().is_none_or(|(most, ..)| rating > *most);
        if wanted && better && (is_header(&cells, rating, request.role) || request.header_row.is_some()) {
            best = Some((rating, row.number, cells));
        }
        let past = request.header_row.map_or(seen >= HEADER_WITHIN, |number| row.number >= number);
        if past { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    let (_, number, headers) = best.ok_or_else(|| no_header(request))?;
    if headers.len() > MOST_COLUMNS {
        return Err(too_wide(headers.len()));
    }
    Ok((number, headers))
}

/// Excel's own limit; a table with more columns is read with the wrong delimiter, or no table.
const MOST_COLUMNS: usize = 16_384;

fn too_wide(columns: usize) -> Trouble {
    Trouble {
        says: message!("rubrikraden har {columns} kolumner", "the header has {columns} columns"),
        way_out: message!(
            "Kontrollera avgränsaren: delimiter = \";\". Högst 16 384 kolumner läses.",
            "Check the delimiter: delimiter = \";\". At most 16,384 columns are read."
        ),
    }
}

/// One known word alone is no header, since a row of data can hold it too, unless it names a key.
fn is_header(cells: &[String], rating: usize, role: Role) -> bool {
    let names_key = |meaning: &Meaning| match meaning {
        Meaning::Field(field, _) => {
            field.is_key() || matches!(field, Field::Upn | Field::Email | Field::System | Field::Id)
        }
        Meaning::Drop | Meaning::Ignore => false,
    };
    rating >= 2 || cells.iter().any(|cell| meanings(cell, role).first().is_some_and(names_key))
}

fn rate(cells: &[String], stated: &[String], request: &Request<'_>) -> usize {
    let texts: Vec<&str> = cells.iter().map(String::as_str).collect();
    let configured = cells.iter().filter(|cell| stated.contains(&normalise(cell))).count();
    // A configured header weighs double: it names the row for certain.
    score(&texts, request.role) + 2 * configured
}

fn no_header(request: &Request<'_>) -> Trouble {
    let (sv, en) = (request.role.text().sv, request.role.text().en);
    Trouble {
        says: message!(
            "ingen rubrikrad känns igen som {sv} bland de första 30 raderna",
            "no header row is recognised as a {en} among the first 30 rows"
        ),
        way_out: message!(
            "Ange header_row och vilka rubriker som gäller under columns.",
            "State header_row, and which headers hold, under columns."
        ),
    }
}

/// Looks at every row behind the header.
fn profile(
    workbook: &mut dyn Workbook,
    sheet: usize,
    header_row: u32,
    headers: &[String],
    role: Role,
) -> Result<Profile, Trouble> {
    let mut profile = Profile::comparing(rival_columns(headers, role));
    workbook.rows(sheet, &mut |row| {
        if row.number > header_row {
            profile.see(row);
        }
        ControlFlow::Continue(())
    })?;
    Ok(profile)
}

/// Pairs of columns that could be the same key.
fn rival_columns(headers: &[String], role: Role) -> Vec<(usize, usize)> {
    let keys = |header: &String| -> Vec<Field> {
        let of_key = |meaning: &Meaning| match meaning {
            Meaning::Field(field, _) if field.is_key() => Some(*field),
            _ => None,
        };
        meanings(header, role).iter().filter_map(of_key).collect()
    };
    let keyed: Vec<(usize, Vec<Field>)> =
        headers.iter().map(keys).enumerate().filter(|(_, fields)| !fields.is_empty()).collect();
    let mut pairs = Vec::new();
    for (place, (a, first)) in keyed.iter().enumerate() {
        for (b, second) in &keyed[place + 1..] {
            if first.iter().any(|field| second.contains(field)) {
                pairs.push((*a, *b));
            }
        }
    }
    pairs
}

/// Payroll needs a name and a key; an export needs an account name, a register of service accounts an owner too.
fn check_required(mapping: &Mapping, role: Role) -> Result<(), Trouble> {
    let has = |field: Field| mapping.columns.get(&field).is_some_and(|columns| !columns.is_empty());
    let missing = match role {
        Role::Payroll | Role::Register if !(has(Field::Name) || has(Field::GivenName) && has(Field::Surname)) => {
            Some(("ett namn", "a name", "name"))
        }
        Role::Payroll if !has(Field::PersonalNumber) && !has(Field::EmployeeNumber) && !has(Field::Email) => Some((
            "en nyckel (personnummer, anställningsnummer eller e-post)",
            "a key (personal number, employee number or e-mail)",
            "employee_number",
        )),
        Role::ServiceAccounts if !has(Field::Owner) => Some(("kontots ägare", "the account's owner", "owner")),
        Role::Accounts | Role::ServiceAccounts if !has(Field::Account) && !has(Field::Upn) => {
            Some(("kontots namn", "the account's name", "account"))
        }
        Role::Inventory if !has(Field::System) && !has(Field::Id) => {
            Some(("systemets namn", "the system's name", "system"))
        }
        _ => None,
    };
    match missing {
        Some((sv, en, key)) => Err(missing_column(sv, en, key, mapping, role)),
        None => Ok(()),
    }
}

fn missing_column(sv: &str, en: &str, key: &str, mapping: &Mapping, role: Role) -> Trouble {
    let list = quoted(&mapping.headers);
    let table = role.columns_table();
    Trouble {
        says: message!("kolumnen för {sv} hittas inte", "the column for {en} is not found"),
        way_out: message!(
            "Rubriker i filen: {list}\nAnge rätt rubrik under {table}: {key} = \"Rubrik\"",
            "Headers in the file: {list}\nState the right header under {table}: {key} = \"Header\""
        ),
    }
}

/// A used column of formulas without results would read as a column of blanks.
fn check_results(mapping: &Mapping, profile: &Profile) -> Result<(), Trouble> {
    let lacking = mapping.columns.values().flatten().find(|&&column| profile.lacks_results(column));
    let Some(&column) = lacking else { return Ok(()) };
    let header = &mapping.headers[column];
    Err(Trouble {
        says: message!(
            "kolumnen \"{header}\" innehåller formler vars resultat inte är sparade",
            "the column \"{header}\" holds formulas whose results are not saved"
        ),
        way_out: message!(
            "Öppna filen i Excel, låt den räkna och spara, eller klistra in kolumnen som värden.",
            "Open the file in Excel, let it calculate and save, or paste the column as values."
        ),
    })
}

/// Hands on every row of data and accounts for all the others.
///
/// # Errors
/// Damage that was met on the way.
pub fn read_rows(
    workbook: &mut dyn Workbook,
    sheet: usize,
    layout: &Layout,
    use_row: &mut UseRow<'_>,
) -> Result<(RowCount, Vec<(u32, Reason)>), Trouble> {
    let mut rows = RowCount::default();
    let mut rejected = Vec::new();
    workbook.rows(sheet, &mut |row| {
        let skipped = u64::from(row.number).saturating_sub(rows.in_file + 1);
        rows.blank += skipped;
        rows.in_file += skipped + 1;
        match classify(row, layout) {
            RowKind::Blank => rows.blank += 1,
            RowKind::Preamble => rows.preamble += 1,
            RowKind::Header => rows.header += 1,
            RowKind::Total => rows.total += 1,
            RowKind::Data => {
                let view = RowView { number: row.number, cells: row.cells, layout };
                match ragged(row, layout).map_or_else(|| use_row(&view), Err) {
                    Ok(Taken::Record) => rows.records += 1,
                    Ok(Taken::Folded) => rows.folded += 1,
                    Err(reason) => {
                        rows.rejected += 1;
                        rejected.push((row.number, reason));
                    }
                }
            }
        }
        ControlFlow::Continue(())
    })?;
    Ok((rows, rejected))
}

/// What a row is before its values are looked at.
enum RowKind {
    Blank,
    Preamble,
    Header,
    Total,
    Data,
}

fn classify(row: &Row<'_>, layout: &Layout) -> RowKind {
    if row.cells.iter().all(Value::is_blank) {
        return RowKind::Blank;
    }
    if row.number < layout.header_row {
        return RowKind::Preamble;
    }
    if row.number == layout.header_row || repeats_header(row, layout) {
        return RowKind::Header;
    }
    if is_total(row) { RowKind::Total } else { RowKind::Data }
}

/// Reports printed page by page repeat their header.
fn repeats_header(row: &Row<'_>, layout: &Layout) -> bool {
    let headers = &layout.mapping.headers;
    let mut cells = 0;
    let same = row.cells.iter().enumerate().all(|(column, value)| match value.text() {
        Some(text) => {
            cells += 1;
            headers.get(column) == Some(&text)
        }
        None => true,
    });
    same && cells > 1
}

/// A sum: the first word says so, and hardly anything else stands on the row.
fn is_total(row: &Row<'_>) -> bool {
    const MOST_CELLS: usize = 4;
    let mut texts = row.cells.iter().filter_map(Value::text);
    let Some(first) = texts.next() else { return false };
    let word = fold(first.split([' ', ':']).next().unwrap_or(""));
    let sum = matches!(word.as_str(), "summa" | "totalt" | "total" | "totalsumma" | "delsumma" | "antal" | "sum");
    sum && texts.count() < MOST_CELLS
}

/// A delimited row with another number of fields than the header. Empty fields at the end do no
/// harm; a used column that is missing could hide an end date.
fn ragged(row: &Row<'_>, layout: &Layout) -> Option<Reason> {
    let width = row.width?;
    let headers = layout.mapping.headers.len();
    if row.cells.iter().skip(headers).any(|value| !value.is_blank()) {
        return Some(Reason::TooManyFields);
    }
    let needed = layout.mapping.columns.values().flatten().max().map_or(0, |&last| last + 1);
    (width < needed).then_some(Reason::TooFewFields)
}
