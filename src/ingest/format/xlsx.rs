//! XLSX and XLSM workbooks, read cell by cell as a stream: a stray cell far out costs no memory.

use super::archive::{check, damaged};
use super::cells::{Gathered, refused, sheets, value};
use super::{EachRow, Format, Hints, Opened, Shape, SheetInfo, Trouble, Workbook, password_trouble};
use crate::ingest::value::Value;
use calamine::{Dimensions, Reader, Xlsx, XlsxError};
use std::io::Cursor;

/// XLSX and XLSM: a zip archive that is none of the others.
pub const FORMAT: Format = Format { recognises: |bytes| bytes.starts_with(b"PK\x03\x04"), open };

struct XlsxFile<'a> {
    workbook: Xlsx<Cursor<&'a [u8]>>,
}

fn open<'a>(bytes: &'a [u8], _hints: &Hints<'_>) -> Opened<'a> {
    check(bytes)?;
    let workbook = Xlsx::new(Cursor::new(bytes)).map_err(|cause| match cause {
        XlsxError::Password => password_trouble(),
        cause => damaged(cause),
    })?;
    Ok(Box::new(XlsxFile { workbook }))
}

impl Workbook for XlsxFile<'_> {
    fn shape(&self) -> Shape {
        Shape { format: "xlsx", encoding: None, delimiter: None }
    }

    fn sheets(&self) -> Vec<SheetInfo> {
        sheets(self.workbook.sheets_metadata())
    }

    fn rows(&mut self, sheet: usize, each: &mut EachRow<'_>) -> Result<(), Trouble> {
        let Some(info) = self.sheets().into_iter().nth(sheet) else { return Ok(()) };
        let merged = self.workbook.merge_cells_by_sheet_name(&info.name).unwrap_or_default();
        let refused = |cause: XlsxError| refused(&info.name, cause);
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
