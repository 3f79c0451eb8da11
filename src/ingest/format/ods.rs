//! ODS: spreadsheets of LibreOffice and its kin.

use super::archive::{check, damaged};
use super::cells::{refused, rows_of, sheets};
use super::{EachRow, Format, Hints, Opened, Shape, SheetInfo, Trouble, Workbook, contains, password_trouble};
use calamine::{Ods, OdsError, Reader};
use std::io::Cursor;

/// ODS: a zip archive that says so in its first member.
pub const FORMAT: Format = Format { recognises, open };

fn recognises(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    bytes.starts_with(b"PK\x03\x04") && contains(head, b"application/vnd.oasis.opendocument.spreadsheet")
}

struct OdsFile<'a> {
    workbook: Ods<Cursor<&'a [u8]>>,
}

fn open<'a>(bytes: &'a [u8], _hints: &Hints<'_>) -> Opened<'a> {
    check(bytes)?;
    let workbook = Ods::new(Cursor::new(bytes)).map_err(|cause| match cause {
        OdsError::Password => password_trouble(),
        cause => damaged(cause),
    })?;
    Ok(Box::new(OdsFile { workbook }))
}

impl Workbook for OdsFile<'_> {
    fn shape(&self) -> Shape {
        Shape { format: "ods", encoding: None, delimiter: None }
    }

    fn sheets(&self) -> Vec<SheetInfo> {
        sheets(self.workbook.sheets_metadata())
    }

    fn rows(&mut self, sheet: usize, each: &mut EachRow<'_>) -> Result<(), Trouble> {
        let Some(info) = self.sheets().into_iter().nth(sheet) else { return Ok(()) };
        let range = self.workbook.worksheet_range(&info.name).map_err(|cause| refused(&info.name, cause))?;
        rows_of(&range, each);
        Ok(())
    }
}
