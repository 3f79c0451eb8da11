//! How a file is read, without any configuration: what a user asks before writing one.

use super::calendar::DEFAULT_ZONE;
use super::content::form_of;
use super::format::{self, Hints, Workbook};
use super::header::score;
use super::reader::FileTerms;
use super::source::SourceReport;
use super::survey::Columns;
use super::value::Value;
use super::{accounts, file, inventory, payroll, service_accounts};
use crate::config::{EmploymentTerms, InputFile, RegisterConfig, SystemConfig};
use crate::error::{Error, ErrorKind, Place};
use crate::model::{EngagementKind, FileIx, Role, message};
use chrono::NaiveDate;
use std::io::Write;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Files larger than this are not looked at without a configuration.
pub(super) const MAX_BYTES: u64 = 2 << 30;

/// Rows shown as an example.
const SAMPLE: usize = 3;

/// How a file turned out to be read.
#[derive(Debug)]
pub struct Inspection {
    /// The reader's account of it.
    pub report: SourceReport,
    /// The first rows of data by column, every letter an x and every digit a 0.
    pub sample: Vec<Vec<String>>,
}

/// Looks at one file. What it is, payroll or accounts, is told by which reading makes more of it.
///
/// # Errors
/// A file that cannot be read, or is neither.
pub fn inspect(path: &Path, today: NaiveDate) -> Result<Inspection, Error> {
    let input = InputFile { shown: path.display().to_string(), path: path.to_owned(), ..InputFile::default() };
    let bytes = file::read(&input, MAX_BYTES)?;
    let seen = guarded(&input, || Ok(Columns::of(open(&bytes.bytes, &input)?.as_mut(), today)))?;
    // What holds nothing known is read as an export, and the error says what is missing.
    let role = seen.role(&input.shown).unwrap_or(Role::Accounts);
    let report = report(&input, role, today)?;
    let sample = guarded(&input, || sample(&bytes.bytes, &input, &report))?;
    Ok(Inspection { report, sample })
}

/// The reader's account of a file, as a run would give it.
pub(super) fn report(input: &InputFile, role: Role, today: NaiveDate) -> Result<SourceReport, Error> {
    Ok(match role {
        Role::Payroll => payroll::read_one(input, FileIx(0), &EmploymentTerms::default(), terms(today))?.1,
        Role::Register => register(input, today)?,
        Role::Accounts => {
            let mut reports = accounts::read(&SystemConfig::bare(input.clone()), FileIx(0), terms(today))?.reports;
            reports.swap_remove(0)
        }
        Role::ServiceAccounts => service_accounts::survey(input, terms(today))?,
        Role::Inventory => inventory::read(input, terms(today))?.1,
    })
}

/// How files are read without a configuration.
pub(super) fn terms(day: NaiveDate) -> FileTerms {
    FileTerms { max_bytes: MAX_BYTES, day, zone: DEFAULT_ZONE }
}

/// As a register of people outside payroll; which kind does not matter to how it is read.
fn register(input: &InputFile, today: NaiveDate) -> Result<SourceReport, Error> {
    let register = RegisterConfig { id: "register".to_owned(), kind: EngagementKind::Other, input: input.clone() };
    Ok(payroll::read_register(&register, FileIx(0), &EmploymentTerms::default(), terms(today))?.1)
}

/// A panic in a parsing library becomes an error here.
pub(super) fn guarded<T>(input: &InputFile, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(super::reader::broke_the_reader(input)))
}

pub(super) fn open<'b>(bytes: &'b [u8], input: &InputFile) -> Result<Box<dyn Workbook + 'b>, Error> {
    let either = |cells: &[&str]| best_score(cells);
    let hints = Hints { encoding: None, delimiter: None, header_score: &either };
    format::open(bytes, &hints).map_err(|trouble| super::reader::as_error(input, trouble, None))
}

/// How well a row fits as the header of any kind of file.
fn best_score(cells: &[&str]) -> usize {
    let roles = [Role::Payroll, Role::Accounts, Role::Inventory, Role::Register];
    roles.into_iter().map(|role| score(cells, role)).max().unwrap_or(0)
}

/// The first rows of data of the first sheet that was read, masked.
fn sample(bytes: &[u8], input: &InputFile, report: &SourceReport) -> Result<Vec<Vec<String>>, Error> {
    let read = report.sheets.iter().enumerate().find_map(|(at, sheet)| Some((at, sheet.header_row?)));
    let Some((sheet, header)) = read else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    let mut workbook = open(bytes, input)?;
    let done = workbook.rows(sheet, &mut |row| {
        if row.number > header && !row.cells.iter().all(Value::is_blank) {
            rows.push(row.cells.iter().map(|value| form_of(&value.text().unwrap_or_default())).collect());
        }
        if rows.len() < SAMPLE { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    done.map_err(|trouble| super::reader::as_error(input, trouble, None))?;
    Ok(rows)
}

/// Writes the whole table of a file as UTF-8 CSV, unmasked: the header row first. Rows shorter than it are padded;
/// longer ones stay as long as what they hold.
///
/// # Errors
/// A file that cannot be read, or an output that cannot be written.
pub fn write_csv(path: &Path, into: &mut dyn Write) -> Result<(), Error> {
    let input = InputFile { shown: path.display().to_string(), path: path.to_owned(), ..InputFile::default() };
    let bytes = file::read(&input, MAX_BYTES)?;
    let table = guarded(&input, || table(&bytes.bytes, &input))?;
    let width = table.first().map_or(0, Vec::len);
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(into);
    let failed = |cause: String| {
        let says = message!("tabellen kan inte skrivas ({cause})", "the table cannot be written ({cause})");
        Error::new(ErrorKind::Output, Place::default(), says)
    };
    for mut row in table {
        row.resize(filled_width(&row).max(width), String::new());
        writer.write_record(&row).map_err(|cause| failed(cause.to_string()))?;
    }
    writer.flush().map_err(|cause| failed(cause.to_string()))
}

/// Up to where a row holds anything.
fn filled_width(row: &[String]) -> usize {
    row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1)
}

/// The rows of the visible sheet whose header names most known things, else of the first that holds any,
/// from the header on.
fn table(bytes: &[u8], input: &InputFile) -> Result<Vec<Vec<String>>, Error> {
    let mut workbook = open(bytes, input)?;
    let mut best: Option<(usize, Vec<Vec<String>>)> = None;
    for (at, sheet) in workbook.sheets().into_iter().enumerate().filter(|(_, sheet)| sheet.visible) {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let read = workbook.rows(at, &mut |row| {
            if !row.cells.iter().all(Value::is_blank) {
                rows.push(row.cells.iter().map(as_read).collect());
            }
            ControlFlow::Continue(())
        });
        read.map_err(|trouble| super::reader::as_error(input, trouble, Some(sheet.name.clone())))?;
        let (header, rating) = header_of(&rows);
        let better = best.as_ref().is_none_or(|(most, _)| rating > *most);
        if better && !rows.is_empty() {
            best = Some((rating, rows.split_off(header)));
        }
    }
    Ok(best.map(|(_, rows)| rows).unwrap_or_default())
}

/// A cell to the letter.
fn as_read(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        value => value.text().unwrap_or_default(),
    }
}

/// The row among the first thirty that names most known things, and how many; the first where none does.
fn header_of(rows: &[Vec<String>]) -> (usize, usize) {
    let rating = |row: &Vec<String>| {
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        best_score(&cells)
    };
    let rated = rows.iter().take(30).map(rating).enumerate();
    rated.rev().max_by_key(|(_, rating)| *rating).filter(|(_, rating)| *rating > 0).unwrap_or((0, 0))
}
