//! Tables of a workbook that the program wrote, read back by their heads.

use crate::config::InputFile;
use crate::ingest::{PlainCell, WholeBook, WholeSheet, read_whole};
use crate::model::{Message, message};
use std::path::Path;

/// Above any workbook that the program writes.
const MOST_BYTES: u64 = 1 << 30;

/// Rows by what stands first in them, with the numbers that were asked for.
pub type Table<'b> = Vec<(&'b str, Vec<u64>)>;

/// Reads a workbook, called by the path that is shown.
///
/// # Errors
/// Why it cannot be read.
pub fn book(file: &Path, shown: &str) -> Result<WholeBook, Message> {
    let input = InputFile { path: file.to_owned(), shown: shown.to_owned(), ..InputFile::default() };
    read_whole(&input, MOST_BYTES).map_err(|error| {
        let (sv, en) = error.says.both();
        message!("{shown}: {sv}", "{shown}: {en}")
    })
}

/// The table of systems on a sheet, with the columns of these heads, each in both languages.
pub fn of_sheet<'b>(sheet: &'b WholeSheet, heads: &[[&str; 2]]) -> Option<Table<'b>> {
    let columns = |cells: &[PlainCell]| -> Option<Vec<usize>> {
        let place = |head: &[&str; 2]| cells.iter().position(|cell| head.contains(&cell.text.as_str()));
        (cells.first()?.text == "System").then(|| heads.iter().map(place).collect()).flatten()
    };
    let mut rows = sheet.rows.iter().map(|(_, cells)| cells);
    let columns = rows.find_map(|cells| columns(cells))?;
    Some(rows.map_while(|cells| row(cells, &columns)).collect())
}

/// A row of the table; the first that has no number is none any more.
fn row<'b>(cells: &'b [PlainCell], columns: &[usize]) -> Option<(&'b str, Vec<u64>)> {
    let text = |at: usize| cells.get(at).map_or("", |cell| cell.text.as_str());
    if columns.iter().all(|at| text(*at).is_empty()) {
        return None;
    }
    let number = |at: &usize| if text(*at).is_empty() { Some(0) } else { text(*at).parse().ok() };
    Some((text(0), columns.iter().map(number).collect::<Option<_>>()?))
}

/// The value of a fact on a sheet, by its head in one of the languages.
pub fn fact<'b>(sheet: &'b WholeSheet, heads: [&str; 2]) -> Option<&'b str> {
    let own = sheet.rows.iter().find(|(_, cells)| cells.first().is_some_and(|own| heads.contains(&own.text.as_str())));
    let values = own?.1.iter().skip(1);
    values.map(|cell| cell.text.as_str()).find(|text| !text.is_empty())
}
