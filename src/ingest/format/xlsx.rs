//! XLSX workbooks, read cell by cell as a stream.
//!
//! `calamine` does the parsing. Around it: a budget before any memory is taken (a small archive may
//! unfold to gigabytes), every member read to its end so that the checksums are tested, and formulas
//! without a saved result told apart from empty cells.

use super::{EachRow, Format, Hints, Opened, Row, Shape, SheetInfo, Trouble, Workbook, password_trouble, save_as_help};
use crate::ingest::value::Value;
use crate::model::{message, read_date_time};
use calamine::{DataRef, Dimensions, Reader, SheetVisible, Xlsx, XlsxError};
use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Cursor};
use std::ops::ControlFlow;

/// XLSX and XLSM: a zip archive with a workbook part.
pub const FORMAT: Format = Format { recognises: |bytes| bytes.starts_with(b"PK\x03\x04"), open };

/// More parts than any real workbook has.
const MAX_ENTRIES: usize = 10_000;

/// Unfolded size of the whole archive.
const MAX_UNFOLDED: u64 = 4 << 30;

/// A large part that shrinks more than this was made to do harm.
const MAX_RATIO: u64 = 200;

/// Parts below this size do no harm whatever their ratio.
const SMALL_PART: u64 = 10 << 20;

/// Excel's own limit for columns.
const MAX_COLUMNS: usize = 16_384;

struct XlsxFile<'a> {
    workbook: Xlsx<Cursor<&'a [u8]>>,
}

fn open<'a>(bytes: &'a [u8], _hints: &Hints<'_>) -> Opened<'a> {
    check_archive(bytes)?;
    let workbook = Xlsx::new(Cursor::new(bytes)).map_err(|cause| match cause {
        XlsxError::Password => password_trouble(),
        cause => damaged(cause),
    })?;
    Ok(Box::new(XlsxFile { workbook }))
}

fn damaged(cause: impl Display) -> Trouble {
    Trouble {
        says: message!("arbetsboken är skadad ({cause})", "the workbook is damaged ({cause})"),
        way_out: save_as_help(),
    }
}

/// Sizes first, then every checksum: `calamine` stops reading before it reaches them.
fn check_archive(bytes: &[u8]) -> Result<(), Trouble> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MAX_ENTRIES {
        return Err(too_large());
    }
    let mut unfolded = 0u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(damaged)?;
        let (size, packed) = (part.size(), part.compressed_size().max(1));
        unfolded = unfolded.saturating_add(size);
        if unfolded > MAX_UNFOLDED || (size > SMALL_PART && size / packed > MAX_RATIO) {
            return Err(too_large());
        }
    }
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(damaged)?;
        io::copy(&mut part, &mut io::sink()).map_err(damaged)?;
    }
    Ok(())
}

fn too_large() -> Trouble {
    Trouble {
        says: message!(
            "arbetsboken packas upp till en orimlig storlek och läses inte",
            "the workbook unpacks to an unreasonable size and is not read"
        ),
        way_out: save_as_help(),
    }
}

impl Workbook for XlsxFile<'_> {
    fn shape(&self) -> Shape {
        Shape { format: "xlsx", encoding: None, delimiter: None }
    }

    fn sheets(&self) -> Vec<SheetInfo> {
        let metadata = self.workbook.sheets_metadata().iter();
        metadata
            .map(|sheet| SheetInfo { name: sheet.name.clone(), visible: sheet.visible == SheetVisible::Visible })
            .collect()
    }

    fn rows(&mut self, sheet: usize, each: &mut EachRow<'_>) -> Result<(), Trouble> {
        let Some(info) = self.sheets().into_iter().nth(sheet) else { return Ok(()) };
        let merged = self.workbook.merge_cells_by_sheet_name(&info.name).unwrap_or_default();
        let name = &info.name;
        let refused = |cause: XlsxError| Trouble {
            says: message!("bladet \"{name}\" kan inte läsas ({cause})", "sheet \"{name}\" cannot be read ({cause})"),
            way_out: message!(
                "Kopiera bladet och klistra in det som värden i en ny arbetsbok.",
                "Copy the sheet and paste it as values into a new workbook."
            ),
        };
        let mut reader = self.workbook.worksheet_cells_reader(&info.name).map_err(refused)?;
        let mut row = Gathered::new(each);
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(refused)? {
            let formula = cell.formula.is_some();
            let value = if hidden_by_merge(&merged, cell.pos) { Value::Empty } else { value(cell.value, formula) };
            if row.put(cell.pos, value)?.is_break() {
                return Ok(());
            }
        }
        let _ = row.flush();
        Ok(())
    }
}

/// Only the top-left cell of a merged range counts; what lies under it would count twice.
fn hidden_by_merge(merged: &[Dimensions], (row, column): (u32, u32)) -> bool {
    merged.iter().any(|range| {
        let inside = range.contains(row, column);
        inside && (row, column) != range.start
    })
}

/// Cells of one row, handed out when the next row begins.
struct Gathered<'r, 'f, 'v> {
    each: &'r mut EachRow<'f>,
    row: u32,
    cells: Vec<Value<'v>>,
}

impl<'r, 'f, 'v> Gathered<'r, 'f, 'v> {
    fn new(each: &'r mut EachRow<'f>) -> Self {
        Self { each, row: 0, cells: Vec::new() }
    }

    fn put(&mut self, (row, column): (u32, u32), value: Value<'v>) -> Result<ControlFlow<()>, Trouble> {
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

    fn flush(&mut self) -> ControlFlow<()> {
        let flow = match self.cells.is_empty() {
            true => ControlFlow::Continue(()),
            false => (self.each)(&Row { number: self.row + 1, cells: &self.cells, width: None }),
        };
        self.cells.clear();
        flow
    }
}

fn value(data: DataRef<'_>, formula: bool) -> Value<'_> {
    match data {
        DataRef::Int(number) => Value::Text(Cow::Owned(number.to_string())),
        DataRef::Float(number) => Value::Number(number),
        DataRef::String(text) => text_value(Cow::Owned(text)),
        DataRef::SharedString(text) => text_value(Cow::Borrowed(text)),
        DataRef::Bool(flag) => Value::Flag(flag),
        DataRef::DateTime(moment) if moment.is_duration() => Value::Number(moment.as_f64()),
        DataRef::DateTime(moment) => match moment.as_datetime() {
            Some(day) if moment.as_f64() >= 1.0 => Value::Moment(day),
            _ => Value::Number(moment.as_f64()),
        },
        DataRef::DateTimeIso(text) => match read_date_time(&text, false) {
            Some(moment) => Value::Moment(moment),
            None => Value::Text(Cow::Owned(text)),
        },
        DataRef::DurationIso(text) => Value::Text(Cow::Owned(text)),
        DataRef::Error(_) => Value::Failed,
        DataRef::Empty if formula => Value::NoResult,
        DataRef::Empty => Value::Empty,
    }
}

fn text_value(text: Cow<'_, str>) -> Value<'_> {
    if text.is_empty() { Value::Empty } else { Value::Text(text) }
}
