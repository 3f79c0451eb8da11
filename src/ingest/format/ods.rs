//! ODS: spreadsheets of LibreOffice and its kin.

use super::archive::{check, damaged};
use super::cells::WholeSheets;
use super::{Format, Hints, Opened, contains, password_trouble};
use calamine::{Ods, OdsError, Reader};
use std::io::Cursor;

/// ODS: a zip archive that says so in its first member.
pub const FORMAT: Format = Format { recognises, open };

fn recognises(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    bytes.starts_with(b"PK\x03\x04") && contains(head, b"application/vnd.oasis.opendocument.spreadsheet")
}

fn open<'a>(bytes: &'a [u8], _hints: &Hints<'_>) -> Opened<'a> {
    check(bytes)?;
    let workbook: Ods<Cursor<&'a [u8]>> = Ods::new(Cursor::new(bytes)).map_err(|cause| match cause {
        OdsError::Password => password_trouble(),
        cause => damaged(cause),
    })?;
    Ok(Box::new(WholeSheets::new(workbook, "ods")))
}
