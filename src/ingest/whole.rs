//! A workbook read whole, with no meaning given to any column: for workbooks that people return.

use super::format::{self, Hints, MergedRows};
use super::properties::properties;
use super::value::Value;
use super::{file, reader};
use crate::config::InputFile;
use crate::error::{Error, ErrorKind, Place};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A workbook.
#[derive(Debug)]
pub struct WholeBook {
    /// The hash of its bytes.
    pub sha256: String,
    /// What it says of itself, by name.
    pub properties: BTreeMap<String, String>,
    /// Its sheets, hidden ones too.
    pub sheets: Vec<WholeSheet>,
}

/// A sheet.
#[derive(Debug)]
pub struct WholeSheet {
    /// Its name.
    pub name: String,
    /// Its rows that hold anything, with the numbers a person sees.
    pub rows: Vec<(u32, Vec<PlainCell>)>,
    /// Its cells that are merged over several rows.
    pub merged: Vec<MergedRows>,
}

/// A cell as a person reads it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlainCell {
    /// What stands there; dates as year-month-day.
    pub text: String,
    /// The day that the cell holds by its type, or that its number is as a spreadsheet counts days.
    day: Option<NaiveDate>,
}

impl PlainCell {
    /// The day it holds: by its type, or as it is written.
    pub fn day(&self) -> Option<NaiveDate> {
        self.day.or_else(|| crate::model::read_date(&self.text))
    }

    /// Whether nothing stands there.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    fn of(value: &Value<'_>, day_zero: NaiveDate) -> Self {
        let text = value.shown().map_or_else(String::new, |text| text.trim().to_owned());
        let day = match value {
            Value::Moment(moment) => Some(moment.date()),
            Value::Number(number) => counted_day(*number, day_zero),
            _ => None,
        };
        Self {
            text: if matches!(value, Value::Moment(_)) { day.map_or(text, |day| day.to_string()) } else { text },
            day,
        }
    }
}

/// Whole numbers of about this century are days where a day is asked for.
fn counted_day(number: f64, day_zero: NaiveDate) -> Option<NaiveDate> {
    const CENTURY: std::ops::Range<f64> = 36_526.0..73_051.0;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Within the century.
    let days = || Days::new(number as u64);
    CENTURY.contains(&number).then(|| day_zero.checked_add_days(days())).flatten()
}

/// The bytes of a workbook, for who knows by their hash that there is nothing new in them.
pub struct UnopenedBook<'i> {
    input: &'i InputFile,
    file: file::FileBytes,
}

impl<'i> UnopenedBook<'i> {
    /// Reads the bytes.
    ///
    /// # Errors
    /// A file that cannot be read, or is too large.
    pub fn read(input: &'i InputFile, max_bytes: u64) -> Result<Self, Error> {
        Ok(Self { input, file: file::read(input, max_bytes)? })
    }

    /// Their hash.
    pub fn sha256(&self) -> &str {
        &self.file.sha256
    }

    /// How many they are.
    pub fn bytes(&self) -> u64 {
        self.file.bytes.len() as u64
    }

    /// Whether they are a workbook's, whatever the file is called.
    pub fn is_workbook(&self) -> bool {
        format::is_workbook(&self.file.bytes)
    }

    /// Opens the workbook. A panic in a parsing library becomes an error here.
    ///
    /// # Errors
    /// A workbook that is protected by a password, damaged or too large when it is unfolded.
    pub fn open(self) -> Result<WholeBook, Error> {
        let sheets = catch_unwind(AssertUnwindSafe(|| sheets_of(&self.file.bytes, self.input)));
        let sheets = sheets.unwrap_or_else(|_| Err(reader::broke_the_reader(self.input)))?;
        let properties = properties(&self.file.bytes);
        Ok(WholeBook { sha256: self.file.sha256, properties, sheets })
    }
}

/// Reads a workbook whole.
///
/// # Errors
/// A file that cannot be read, is protected by a password, damaged or too large.
pub fn read_whole(input: &InputFile, max_bytes: u64) -> Result<WholeBook, Error> {
    UnopenedBook::read(input, max_bytes)?.open()
}

fn sheets_of(bytes: &[u8], input: &InputFile) -> Result<Vec<WholeSheet>, Error> {
    let nothing = |_: &[&str]| Default::default();
    let hints = Hints { encoding: None, delimiter: None, as_shown: false, header_score: &nothing };
    let trouble = |trouble: format::Trouble| {
        Error::new(ErrorKind::Unusable, Place::file(input.shown.clone()), trouble.says).way_out(trouble.way_out)
    };
    let mut workbook = format::open(bytes, &hints).map_err(trouble)?;
    let day_zero = workbook.day_zero();
    let mut sheets = Vec::new();
    for (index, info) in workbook.sheets().into_iter().enumerate() {
        let mut rows = Vec::new();
        let mut keep = |row: &format::Row<'_>| {
            if row.cells.iter().any(|cell| !cell.is_blank()) {
                rows.push((row.number, row.cells.iter().map(|cell| PlainCell::of(cell, day_zero)).collect()));
            }
            ControlFlow::Continue(())
        };
        workbook.rows(index, &mut keep).map_err(trouble)?;
        sheets.push(WholeSheet { name: info.name, rows, merged: workbook.merged_rows(index) });
    }
    Ok(sheets)
}
