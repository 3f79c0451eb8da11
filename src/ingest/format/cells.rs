//! Cells of workbooks → rows: what the formats of spreadsheets share.

use super::archive::damaged;
use super::{EachRow, Row, Shape, SheetInfo, Trouble, Workbook};
use crate::ingest::value::{CellError, Value};
use crate::model::{message, read_date_time};
use calamine::{Data, DataRef, ExcelDateTime, Range, Reader, SheetVisible};
use std::borrow::Cow;
use std::fmt::Display;
use std::io::Cursor;
use std::ops::ControlFlow;

/// Excel's own limit for columns.
const MAX_COLUMNS: usize = 16_384;

/// Cells of one row, handed out when the next row begins.
pub struct Gathered<'r, 'f, 'v> {
    each: &'r mut EachRow<'f>,
    row: u32,
    cells: Vec<Value<'v>>,
}

impl<'r, 'f, 'v> Gathered<'r, 'f, 'v> {
    /// No cell yet.
    pub fn new(each: &'r mut EachRow<'f>) -> Self {
        Self { each, row: 0, cells: Vec::new() }
    }

    /// Takes in a cell; the row before is handed out when a new one begins.
    ///
    /// # Errors
    /// Cells out of order, or beyond the last column there is.
    pub fn put(&mut self, (row, column): (u32, u32), value: Value<'v>) -> Result<ControlFlow<()>, Trouble> {
        if row < self.row {
            return Err(damaged("rows out of order"));
        }
        if row > self.row && self.flush().is_break() {
            return Ok(ControlFlow::Break(()));
        }
        self.row = row;
        let column = column as usize;
        if column >= MAX_COLUMNS {
            return Err(damaged("too many columns"));
        }
        // A cell with nothing in it takes no room: a stray format far out must not cost memory.
        if value != Value::Empty {
            if self.cells.len() <= column {
                self.cells.resize(column + 1, Value::Empty);
            }
            self.cells[column] = value;
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Hands out the row under way.
    pub fn flush(&mut self) -> ControlFlow<()> {
        let flow = match self.cells.is_empty() {
            true => ControlFlow::Continue(()),
            false => (self.each)(&Row { number: self.row + 1, cells: &self.cells, width: None }),
        };
        self.cells.clear();
        flow
    }
}

/// A cell's value; `formula` tells a formula without a saved result from an empty cell.
pub fn value(data: DataRef<'_>, formula: bool) -> Value<'_> {
    match data {
        DataRef::Int(number) => Value::Text(Cow::Owned(number.to_string())),
        DataRef::Float(number) => Value::Number(number),
        DataRef::String(text) => text_value(Cow::Owned(text)),
        DataRef::SharedString(text) => text_value(Cow::Borrowed(text)),
        DataRef::Bool(flag) => Value::Flag(flag),
        DataRef::DateTime(moment) => moment_value(moment),
        DataRef::DateTimeIso(text) => match read_date_time(&text) {
            Some(moment) => Value::Moment(moment),
            None => Value::Text(Cow::Owned(text)),
        },
        DataRef::DurationIso(text) => Value::Text(Cow::Owned(text)),
        DataRef::Error(kind) => Value::Failed(CellError::of(&kind)),
        DataRef::Empty if formula => Value::NoResult,
        DataRef::Empty => Value::Empty,
    }
}

/// A date by the cell's own type; a time of day or a duration is a number.
fn moment_value<'v>(moment: ExcelDateTime) -> Value<'v> {
    match moment.as_datetime() {
        Some(day) if !moment.is_duration() && moment.as_f64() >= 1.0 => Value::Moment(day),
        _ => Value::Number(moment.as_f64()),
    }
}

fn iso_value(text: &str) -> Value<'_> {
    match read_date_time(text) {
        Some(moment) => Value::Moment(moment),
        None => Value::Text(Cow::Borrowed(text)),
    }
}

/// Text; some old files hold letters with NULs between them, which no name would match.
fn text_value(text: Cow<'_, str>) -> Value<'_> {
    if text.contains('\0') {
        return Value::Text(Cow::Owned(text.replace('\0', "")));
    }
    if text.is_empty() { Value::Empty } else { Value::Text(text) }
}

/// Why a sheet was refused.
pub fn refused(sheet: &str, cause: impl Display) -> Trouble {
    Trouble {
        says: message!("bladet \"{sheet}\" kan inte läsas ({cause})", "sheet \"{sheet}\" cannot be read ({cause})"),
        way_out: message!(
            "Kopiera bladet och klistra in det som värden i en ny arbetsbok.",
            "Copy the sheet and paste it as values into a new workbook."
        ),
    }
}

/// A workbook of a format that is read a whole sheet at a time.
pub struct WholeSheets<R> {
    /// The opened workbook.
    pub workbook: R,
    /// The format's name.
    pub format: &'static str,
    /// The sheet that was read last: it is read again at once.
    last: Option<(usize, Range<Data>)>,
}

impl<R> WholeSheets<R> {
    /// An opened workbook of which no sheet has been read.
    pub fn new(workbook: R, format: &'static str) -> Self {
        Self { workbook, format, last: None }
    }
}

impl<'a, R: Reader<Cursor<&'a [u8]>>> Workbook for WholeSheets<R>
where
    R::Error: Display,
{
    fn shape(&self) -> Shape {
        Shape { format: self.format, encoding: None, delimiter: None }
    }

    fn sheets(&self) -> Vec<SheetInfo> {
        sheets(self.workbook.sheets_metadata())
    }

    fn rows(&mut self, sheet: usize, each: &mut EachRow<'_>) -> Result<(), Trouble> {
        if let Some((_, range)) = self.last.as_ref().filter(|(last, _)| *last == sheet) {
            rows_of(range, each);
            return Ok(());
        }
        let Some(info) = self.sheets().into_iter().nth(sheet) else { return Ok(()) };
        let range = self.workbook.worksheet_range(&info.name).map_err(|cause| refused(&info.name, cause))?;
        rows_of(&range, each);
        self.last = Some((sheet, range));
        Ok(())
    }
}

/// Hands out the rows of a sheet that was read whole.
fn rows_of(range: &Range<Data>, each: &mut EachRow<'_>) {
    let Some((top, left)) = range.start() else { return };
    let mut cells: Vec<Value<'_>> = Vec::new();
    for (row, number) in range.rows().zip(top + 1..) {
        cells.clear();
        cells.extend((0..left).map(|_| Value::Empty).chain(row.iter().map(owned_value)));
        if cells.iter().all(Value::is_blank) {
            continue;
        }
        if each(&Row { number, cells: &cells, width: None }).is_break() {
            return;
        }
    }
}

fn owned_value(data: &Data) -> Value<'_> {
    match data {
        Data::Int(number) => Value::Text(Cow::Owned(number.to_string())),
        Data::Float(number) => Value::Number(*number),
        Data::String(text) => text_value(Cow::Borrowed(text)),
        Data::Bool(flag) => Value::Flag(*flag),
        Data::DateTime(moment) => moment_value(*moment),
        Data::DateTimeIso(text) => iso_value(text),
        Data::DurationIso(text) => Value::Text(Cow::Borrowed(text)),
        Data::Error(kind) => Value::Failed(CellError::of(kind)),
        Data::Empty => Value::Empty,
    }
}

/// The sheets of a workbook, in order.
pub fn sheets(metadata: &[calamine::Sheet]) -> Vec<SheetInfo> {
    metadata
        .iter()
        .map(|sheet| SheetInfo { name: sheet.name.clone(), visible: sheet.visible == SheetVisible::Visible })
        .collect()
}
