//! XLSB: Excel's binary workbooks, read cell by cell as a stream.

mod errors;

use super::archive::{check, damaged, undecoded};
use super::cells::{Gathered, Merged, day_zero, number, over_rows, refused, sheets, value};
use super::macro_sheets::as_charts;
use super::number_format::Shown;
use super::{
    EachRow, Format, Hints, MergedRows, Opened, Shape, SheetInfo, Trouble, Workbook, contains, password_trouble, tail,
};
use crate::ingest::value::Value;
use crate::model::Text;
use calamine::{Cell, Dimensions, Reader, Xlsb, XlsbError};
use chrono::NaiveDate;
use errors::{Told, member_of, merged, shown};
use std::borrow::Cow;
use std::io::Cursor;

/// XLSB: a zip archive with a binary workbook part.
pub const FORMAT: Format = Format { recognises, open };

fn recognises(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") && contains(tail(bytes), b"xl/workbook.bin")
}

struct XlsbFile<'a> {
    bytes: &'a [u8],
    workbook: Xlsb<Cursor<Cow<'a, [u8]>>>,
    /// How numbers are shown.
    shown: Shown,
}

fn open<'a>(bytes: &'a [u8], hints: &Hints<'_>) -> Opened<'a> {
    check(bytes)?;
    let told = as_charts(bytes, "xl/_rels/workbook.bin.rels")?;
    let workbook = Xlsb::new(Cursor::new(told)).map_err(|cause| match cause {
        XlsbError::Password => password_trouble(),
        cause => undecoded(cause),
    })?;
    Ok(Box::new(XlsbFile { bytes, workbook, shown: shown(bytes, hints.as_shown)? }))
}

impl XlsbFile<'_> {
    /// The merged cells of a sheet; none where it cannot be read, which its rows tell.
    fn merged(&self, sheet: &str) -> Vec<Dimensions> {
        let of_part = |part: String| {
            let mut archive = zip::ZipArchive::new(Cursor::new(self.bytes)).map_err(undecoded)?;
            merged(archive.by_name(&part).map_err(undecoded)?)
        };
        member_of(self.bytes, sheet).ok().flatten().and_then(|part| of_part(part).ok()).unwrap_or_default()
    }
}

impl Workbook for XlsbFile<'_> {
    fn shape(&self) -> Shape {
        Shape { format: "xlsb", encoding: None, delimiter: None }
    }

    fn sheets(&self) -> Vec<SheetInfo> {
        sheets(self.workbook.sheets_metadata())
    }

    fn day_zero(&self) -> NaiveDate {
        day_zero(self.workbook.has_1904_epoch())
    }

    fn merged_rows(&mut self, sheet: usize) -> Vec<MergedRows> {
        let info = self.sheets().into_iter().nth(sheet);
        info.map(|info| over_rows(&self.merged(&info.name))).unwrap_or_default()
    }

    fn rows(&mut self, sheet: usize, each: &mut EachRow<'_>) -> Result<(), Trouble> {
        let Some(info) = self.sheets().into_iter().nth(sheet) else { return Ok(()) };
        let refused = |cause: XlsbError| refused(&info.name, cause);
        let part = member_of(self.bytes, &info.name)?
            .ok_or_else(|| damaged(Text::new("ett blad saknar sitt innehåll", "a sheet without a part")))?;
        let mut archive = zip::ZipArchive::new(Cursor::new(self.bytes)).map_err(undecoded)?;
        let mut told = Told::of(archive.by_name(&part).map_err(undecoded)?, &self.shown)?;
        let mut merged = Merged::new(self.merged(&info.name));
        let mut reader = self.workbook.worksheet_cells_reader(&info.name).map_err(refused)?;
        let mut row = Gathered::new(each, self.bytes.len());
        loop {
            let cell = reader.next_cell().map_err(refused)?;
            while let Some((place, error)) = told.failed_before(cell.as_ref().map(Cell::get_position))? {
                if row.put(place, error)?.is_break() {
                    return Ok(());
                }
            }
            let Some(cell) = cell else { break };
            let place = cell.get_position();
            let value = match told.format_at(place)? {
                _ if merged.hide(place) => Value::Empty,
                Some(format) => self.shown.value(format, number(cell.get_value().clone())),
                None => value(cell.get_value().clone(), false),
            };
            if row.put(place, value)?.is_break() {
                return Ok(());
            }
        }
        let _ = row.flush();
        Ok(())
    }
}
