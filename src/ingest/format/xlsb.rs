//! XLSB: Excel's binary workbooks, read cell by cell as a stream.

use super::archive::{check, damaged};
use super::cells::{Gathered, refused, sheets, value};
use super::{EachRow, Format, Hints, Opened, Shape, SheetInfo, Trouble, Workbook, contains, password_trouble, tail};
use calamine::{Reader, Xlsb, XlsbError};
use std::io::Cursor;

/// XLSB: a zip archive with a binary workbook part.
pub const FORMAT: Format = Format { recognises, open };

fn recognises(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") && contains(tail(bytes), b"xl/workbook.bin")
}

struct XlsbFile<'a> {
    workbook: Xlsb<Cursor<&'a [u8]>>,
}

fn open<'a>(bytes: &'a [u8], _hints: &Hints<'_>) -> Opened<'a> {
    check(bytes)?;
    let workbook = Xlsb::new(Cursor::new(bytes)).map_err(|cause| match cause {
        XlsbError::Password => password_trouble(),
        cause => damaged(cause),
    })?;
    Ok(Box::new(XlsbFile { workbook }))
}

impl Workbook for XlsbFile<'_> {
    fn shape(&self) -> Shape {
        Shape { format: "xlsb", encoding: None, delimiter: None }
    }

    fn sheets(&self) -> Vec<SheetInfo> {
        sheets(self.workbook.sheets_metadata())
    }

    fn rows(&mut self, sheet: usize, each: &mut EachRow<'_>) -> Result<(), Trouble> {
        let Some(info) = self.sheets().into_iter().nth(sheet) else { return Ok(()) };
        let refused = |cause: XlsbError| refused(&info.name, cause);
        let mut reader = self.workbook.worksheet_cells_reader(&info.name).map_err(refused)?;
        let mut row = Gathered::new(each);
        while let Some(cell) = reader.next_cell().map_err(refused)? {
            let place = cell.get_position();
            if row.put(place, value(cell.get_value().clone(), false))?.is_break() {
                return Ok(());
            }
        }
        let _ = row.flush();
        Ok(())
    }
}
