//! The archive that a workbook is: with the rows of its lists, and the same bytes on every system.

use super::book::PACKING;
use super::rows::Rows;
use super::style::FormatNumbers;
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Begins each entry of the list of parts at the end of an archive.
const ENTRY: &[u8] = b"PK\x01\x02";

/// Begins the end of the archive, which tells how many entries there are and where they begin.
const END: &[u8] = b"PK\x05\x06";

/// Length of the end, where no remark follows it.
const END_LENGTH: usize = 22;

/// The code of Unix among the systems an archive can be made on.
const UNIX: u8 = 3;

/// A part that tells of a list.
enum Part<'r, 'p> {
    /// The sheet it stands on.
    Sheet(&'r Rows<'p>),
    /// Its table, which says how long it is.
    Table(&'r Rows<'p>),
}

/// Writes the rows of lists into the sheets that the library has made, each with a table of a head and one row. Lists
/// have the numbers of their sheets, from 1, and every table is one. Other parts are taken over as they are.
///
/// # Errors
/// An archive or a sheet that is not as the library makes them.
pub fn with_rows(made: &[u8], lists: &[(usize, Rows<'_>)], formats: &FormatNumbers) -> Result<Vec<u8>, XlsxError> {
    let sheets = lists.iter().map(|(sheet, rows)| (format!("xl/worksheets/sheet{sheet}.xml"), Part::Sheet(rows)));
    let tables = lists.iter().zip(1..).map(|((_, rows), at)| (format!("xl/tables/table{at}.xml"), Part::Table(rows)));
    let parts: BTreeMap<String, Part<'_, '_>> = sheets.chain(tables).collect();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(PACKING.into()))
        .unix_permissions(0o600)
        .last_modified_time(DateTime::default());
    let mut from = ZipArchive::new(Cursor::new(made))?;
    let mut into = ZipWriter::new(Cursor::new(Vec::with_capacity(made.len())));
    for at in 0..from.len() {
        let part = from.by_index(at)?;
        let name = part.name()?.into_owned();
        let Some(own) = parts.get(&name) else {
            drop(part);
            into.raw_copy_file(from.by_index_raw(at)?)?;
            continue;
        };
        let xml = io::read_to_string(part)?;
        into.start_file(name, options)?;
        match own {
            Part::Table(rows) => into.write_all(to_last(&xml, rows).as_bytes())?,
            Part::Sheet(rows) => {
                let (before, behind) = xml.split_once(END_OF_ROWS).ok_or_else(no_rows)?;
                into.write_all(to_last(before, rows).as_bytes())?;
                rows.write(formats, &mut into)?;
                [END_OF_ROWS, behind].iter().try_for_each(|xml| into.write_all(xml.as_bytes()))?;
            }
        }
    }
    Ok(into.finish()?.into_inner())
}

/// Behind the last row of a sheet.
const END_OF_ROWS: &str = "</sheetData>";

fn no_rows() -> XlsxError {
    XlsxError::ParameterError("a sheet without a head".to_owned())
}

/// Lets what reaches from the first cell, a sheet, a table or a filter, reach to the last row.
fn to_last(xml: &str, rows: &Rows<'_>) -> String {
    const REACHES: &str = " ref=\"A1:";
    let mut parts = xml.split(REACHES);
    let mut own = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (cell, rest) = part.split_once('"').unwrap_or((part, ""));
        let column = cell.trim_end_matches(|c: char| c.is_ascii_digit());
        own.push_str(&format!("{REACHES}{column}{}\"{rest}", rows.last + 1));
    }
    own
}

/// Says of every part that it was made on the same system. Otherwise a run made again on another computer would not be
/// the same to the byte, though every part is. An archive that is laid out in another way stays as it is.
pub fn as_made_anywhere(bytes: &mut [u8]) {
    let Some(end) = bytes.len().checked_sub(END_LENGTH).filter(|at| bytes[*at..].starts_with(END)) else { return };
    let (parts, mut at) = (number(bytes, end + 10, 2), number(bytes, end + 16, 4));
    for _ in 0..parts {
        if !bytes.get(at..).is_some_and(|entry| entry.starts_with(ENTRY) && entry.len() > 46) {
            return;
        }
        bytes[at + 5] = UNIX;
        at += 46 + [28, 30, 32].map(|length| number(bytes, at + length, 2)).iter().sum::<usize>();
    }
}

/// A number of some bytes, the least first.
fn number(bytes: &[u8], at: usize, length: usize) -> usize {
    bytes[at..at + length].iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read, Write};

    /// An archive made on another system is the same to the byte as one made here, and every part can be read.
    #[test]
    fn archives_are_the_same_whatever_made_them() {
        let made_on = |system| {
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            for name in ["a.xml", "mapp/ö.xml"] {
                zip.start_file(name, SimpleFileOptions::default().system(system)).unwrap();
                zip.write_all(name.as_bytes()).unwrap();
            }
            let mut bytes = zip.finish().unwrap().into_inner();
            as_made_anywhere(&mut bytes);
            bytes
        };
        let here = made_on(zip::System::Unix);
        assert_eq!(made_on(zip::System::Dos), here);
        let mut archive = ZipArchive::new(Cursor::new(here)).unwrap();
        let mut text = String::new();
        archive.by_name("mapp/ö.xml").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "mapp/ö.xml");
    }

    /// What is no archive, or is cut, stays as it is.
    #[test]
    fn what_is_no_archive_stays() {
        for bytes in [&b""[..], b"PK\x05\x06", &[END, &[9; 18]].concat()] {
            let mut own = bytes.to_vec();
            as_made_anywhere(&mut own);
            assert_eq!(own, bytes);
        }
    }
}
