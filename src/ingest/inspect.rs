//! How a file is read, without any configuration: what a user asks before writing one.

use super::calendar::DEFAULT_ZONE;
use super::content::form_of;
use super::format::{self, Hints, Workbook};
use super::header::score;
use super::marks::Marks;
use super::payroll::{self, PeopleRead};
use super::reader::FileTerms;
use super::seen::{Seen, look};
use super::source::SourceReport;
use super::survey::Columns;
use super::value::Value;
use super::{accounts, file, inventory, service_accounts};
use crate::config::{EmploymentTerms, InputFile, RegisterConfig, SystemConfig};
use crate::error::Error;
use crate::model::{EngagementKind, FileIx, Role};
use chrono::NaiveDate;
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
    /// The table as anybody sees it; none where the file holds no cell.
    pub seen: Option<Seen>,
    /// How it is read as what it is, or why it cannot be used as that.
    pub reading: Result<Reading, Error>,
}

/// A file read as what it is.
#[derive(Debug)]
pub struct Reading {
    /// The reader's account of it.
    pub report: SourceReport,
    /// The first rows of data by column, every letter an x and every digit a 0.
    pub sample: Vec<Vec<String>>,
    /// Whom it marks as protected: their names may stand in headers and names of sheets.
    pub marks: Marks,
}

/// Looks at one file. What it is, payroll or accounts, is told by which reading makes more of it, unless it is stated.
///
/// # Errors
/// A file that cannot be read.
pub fn inspect(path: &Path, stated: Option<Role>, today: NaiveDate) -> Result<Inspection, Error> {
    let input = InputFile { shown: path.display().to_string(), path: path.to_owned(), ..InputFile::default() };
    let bytes = file::read(&input, MAX_BYTES)?;
    let seen = guarded(&input, || {
        let mut workbook = open(&bytes.bytes, &input)?;
        look(workbook.as_mut()).map_err(|trouble| super::reader::as_error(&input, trouble, None))
    })?;
    let role = match stated {
        Some(role) => role,
        // What holds nothing known is read as an export, and the error says what is missing.
        None => {
            let columns = guarded(&input, || Ok(Columns::of(open(&bytes.bytes, &input)?.as_mut(), today)))?;
            columns.role(&input.shown).unwrap_or(Role::Accounts)
        }
    };
    let reading = guarded(&input, || report(&input, role, today)).and_then(|(report, marks)| {
        let sample = guarded(&input, || sample(&bytes.bytes, &input, &report))?;
        Ok(Reading { report, sample, marks })
    });
    Ok(Inspection { seen, reading })
}

/// The reader's account of a file, as a run would give it, and whom it marks as protected.
pub(super) fn report(input: &InputFile, role: Role, today: NaiveDate) -> Result<(SourceReport, Marks), Error> {
    Ok(match role {
        Role::Payroll => {
            let PeopleRead { report, marks, .. } =
                payroll::read_one(input, FileIx(0), &EmploymentTerms::default(), terms(today))?;
            (report, marks)
        }
        Role::Register => register(input, today)?,
        Role::Accounts => {
            let mut export = accounts::read(&SystemConfig::bare(input.clone()), FileIx(0), terms(today))?;
            (export.reports.swap_remove(0), export.marks)
        }
        Role::ServiceAccounts => service_accounts::survey(input, terms(today))?,
        Role::Inventory => (inventory::read(input, terms(today))?.1, Marks::default()),
    })
}

/// How files are read without a configuration.
pub(super) fn terms(day: NaiveDate) -> FileTerms {
    FileTerms { max_bytes: MAX_BYTES, day, zone: DEFAULT_ZONE }
}

/// As a register of people outside payroll; which kind does not matter to how it is read.
fn register(input: &InputFile, today: NaiveDate) -> Result<(SourceReport, Marks), Error> {
    let register = RegisterConfig { id: "register".to_owned(), kind: EngagementKind::Other, input: input.clone() };
    let PeopleRead { report, marks, .. } =
        payroll::read_register(&register, FileIx(0), &EmploymentTerms::default(), terms(today))?;
    Ok((report, marks))
}

/// A panic in a parsing library becomes an error here.
pub(super) fn guarded<T>(input: &InputFile, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(super::reader::broke_the_reader(input)))
}

/// Opens a file as whatever kind its header fits best.
///
/// # Errors
/// A format that is not read, or damage.
pub(super) fn open<'b>(bytes: &'b [u8], input: &InputFile) -> Result<Box<dyn Workbook + 'b>, Error> {
    open_either(bytes, input, false)
}

/// The same with numbers as a workbook shows them.
///
/// # Errors
/// A format that is not read, or damage.
pub(super) fn open_as_shown<'b>(bytes: &'b [u8], input: &InputFile) -> Result<Box<dyn Workbook + 'b>, Error> {
    open_either(bytes, input, true)
}

fn open_either<'b>(bytes: &'b [u8], input: &InputFile, as_shown: bool) -> Result<Box<dyn Workbook + 'b>, Error> {
    let either = |cells: &[&str]| best_score(cells);
    let hints = Hints { encoding: None, delimiter: None, as_shown, header_score: &either };
    format::open(bytes, &hints).map_err(|trouble| super::reader::as_error(input, trouble, None))
}

/// The kinds of files there are, as their headers differ.
pub(super) const ROLES: [Role; 4] = [Role::Payroll, Role::Accounts, Role::Inventory, Role::Register];

/// How well a row fits as the header of any kind of file.
fn best_score(cells: &[&str]) -> usize {
    ROLES.into_iter().map(|role| score(cells, role)).max().unwrap_or(0)
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
