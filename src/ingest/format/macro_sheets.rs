//! Sheets of Excel 4 macros, for which the parsing library refuses the whole workbook. They hold no list, just as charts
//! do not, and are passed over as such.

use super::Trouble;
use super::archive::{member, undecoded};
use std::borrow::Cow;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// Far more than the relations of any workbook come to, in bytes.
const MAX_RELATIONS: u64 = 16 << 20;

/// What makes a relation one to a macro sheet (ECMA-376 part 1, 12.3; MS-XLSB 2.1.7.32), and the same of a chart.
const NAMES: [(&str, &str); 3] =
    [("xlIntlMacrosheet\"", "chartsheet\""), ("xlMacrosheet\"", "chartsheet\""), ("macrosheets/", "chartsheets/")];

/// The archive, with the macro sheets in a member of relations told as charts. It is copied only where there are such.
///
/// # Errors
/// An archive that is damaged.
pub fn as_charts<'a>(bytes: &'a [u8], relations: &str) -> Result<Cow<'a, [u8]>, Trouble> {
    let Some(told) = member(bytes, relations, MAX_RELATIONS)? else { return Ok(Cow::Borrowed(bytes)) };
    let told = String::from_utf8_lossy(&told);
    if !NAMES.iter().any(|(name, _)| told.contains(name)) {
        return Ok(Cow::Borrowed(bytes));
    }
    let told = NAMES.iter().fold(told.into_owned(), |told, (name, chart)| told.replace(name, chart));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(undecoded)?;
    let mut copy = zip::ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(undecoded)?;
        if !part.name().is_ok_and(|name| name.eq_ignore_ascii_case(relations)) {
            copy.raw_copy_file(part).map_err(undecoded)?;
        }
    }
    copy.start_file(relations, SimpleFileOptions::default()).map_err(undecoded)?;
    copy.write_all(told.as_bytes()).map_err(undecoded)?;
    Ok(Cow::Owned(copy.finish().map_err(undecoded)?.into_inner()))
}
