//! XLS: Excel's workbooks up to 2003, in an OLE compound file.
//!
//! The parsing library takes a compound file and its records at their word: a chain of sectors that loops is read without
//! end, and two cells far from each other take the room of all between. Neither can be caught, so that both are looked
//! through first. What it misreads of older records is made new before it sees them.

mod compound;
mod formatted;
mod modern;
mod records;

use super::archive::{damaged, undecoded};
use super::cells::{Merged, day_zero, over_rows, refused, sheets, too_wide};
use super::{EachRow, Format, Hints, MergedRows, Opened, Row, Shape, SheetInfo, Trouble, Workbook, password_trouble};
use crate::ingest::value::Value;
use crate::model::Text;
use calamine::{Data, Range, Reader, Xls, XlsError, XlsOptions};
use chrono::NaiveDate;
use compound::{Compound, of_one_stream};
use formatted::{Formatted, OfSheet};
pub use records::old_workbook;
use std::borrow::Cow;
use std::io::Cursor;

/// XLS: a compound file with a workbook stream.
pub const FORMAT: Format = Format { recognises: |bytes| bytes.starts_with(&compound::MAGIC), open };

/// The code page of UTF-16.
const UNICODE: u16 = 1200;

struct XlsFile<'a> {
    workbook: Xls<Cursor<Cow<'a, [u8]>>>,
    /// The sheet that was read last: it is read again at once.
    last: Option<(usize, Range<Data>)>,
    /// How the numbers of its cells are shown.
    formatted: Formatted,
}

fn open<'a>(bytes: &'a [u8], hints: &Hints<'_>) -> Opened<'a> {
    let compound = Compound::open(bytes).ok_or_else(|| {
        damaged(Text::new(
            "filens delar hänvisar runt i cirkel eller ut ur filen",
            "a sector chain loops or leads out of the file",
        ))
    })?;
    if compound.has("EncryptedPackage") {
        return Err(password_trouble());
    }
    let stream = compound.stream("Workbook").or_else(|| compound.stream("Book"));
    let stream = stream
        .ok_or_else(|| damaged(Text::new("filen innehåller ingen arbetsbok", "no workbook in the compound file")))?;
    records::check(&stream)?;
    let formatted = Formatted::of(&stream, hints.as_shown);
    let told = match modern::modernised(&stream) {
        Some(new) => Cow::Owned(of_one_stream("Workbook", new).ok_or_else(too_wide)?),
        None => Cow::Borrowed(bytes),
    };
    let mut options = XlsOptions::default();
    // Texts of Excel 97 are in Unicode whatever code page is named beside them.
    options.force_codepage = modern::has_long_texts(&stream).then_some(UNICODE);
    let workbook = Xls::new_with_options(Cursor::new(told), options).map_err(|cause| match cause {
        XlsError::Password => password_trouble(),
        cause => undecoded(cause),
    })?;
    Ok(Box::new(XlsFile { workbook, last: None, formatted }))
}

impl Workbook for XlsFile<'_> {
    fn shape(&self) -> Shape {
        Shape { format: "xls", encoding: None, delimiter: None }
    }

    fn sheets(&self) -> Vec<SheetInfo> {
        sheets(self.workbook.sheets_metadata())
    }

    fn merged_rows(&mut self, sheet: usize) -> Vec<MergedRows> {
        let name = self.sheets().into_iter().nth(sheet).map(|info| info.name);
        let ranges = name.and_then(|name| self.workbook.merge_cells_by_sheet_name(&name).ok());
        ranges.map(|ranges| over_rows(&ranges)).unwrap_or_default()
    }

    fn day_zero(&self) -> NaiveDate {
        day_zero(self.workbook.has_1904_epoch())
    }

    fn rows(&mut self, sheet: usize, each: &mut EachRow<'_>) -> Result<(), Trouble> {
        let Some(info) = self.sheets().into_iter().nth(sheet) else { return Ok(()) };
        let place = self.workbook.sheets_metadata().iter().position(|own| own.name == info.name).unwrap_or(0);
        let merged = Merged::new(self.workbook.merge_cells_by_sheet_name(&info.name).unwrap_or_default());
        let range = match self.last.take().filter(|(last, _)| *last == sheet) {
            Some((_, range)) => range,
            None => self.workbook.worksheet_range(&info.name).map_err(|cause| refused(&info.name, cause))?,
        };
        rows_of(&range, merged, &self.formatted.of_sheet(place), each);
        self.last = Some((sheet, range));
        Ok(())
    }
}

/// Hands out the rows of a sheet that was read whole.
fn rows_of(range: &Range<Data>, mut merged: Merged, formats: &OfSheet<'_>, each: &mut EachRow<'_>) {
    let Some((top, left)) = range.start() else { return };
    let mut cells: Vec<Value<'_>> = Vec::new();
    for (row, at) in range.rows().zip(top..) {
        let own = row.iter().zip(left..).map(|(data, column)| match formats.value((at, column), data) {
            Value::Empty => Value::Empty,
            _ if merged.hide((at, column)) => Value::Empty,
            value => value,
        });
        cells.clear();
        cells.extend((0..left).map(|_| Value::Empty).chain(own));
        if cells.iter().all(Value::is_blank) {
            continue;
        }
        if each(&Row { number: at + 1, cells: &cells, width: None }).is_break() {
            return;
        }
    }
}
