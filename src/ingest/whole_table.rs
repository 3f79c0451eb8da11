//! The tables of a file as they stand in it, unmasked: for other programs, and for comparison.

use super::format::{Trouble, Workbook};
use super::header_row::{Rating, TopRow, by_names, by_shape, is_of_names, rating_as, with_groups};
use super::inspect::{MAX_BYTES, ROLES, guarded, open_as_shown};
use super::seen::Found;
use super::value::Value;
use super::{file, reader};
use crate::config::InputFile;
use crate::error::{Error, ErrorKind, Place};
use crate::model::{Message, message, rows};
use std::collections::BTreeSet;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

/// Rows in which a table that nothing is known of begins.
const TOP: usize = 500;

/// What is written of a file.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// The sheet whose header names most known things, else the first that holds a table.
    Best,
    /// The sheet of this name, hidden or not.
    Sheet(&'a str),
    /// Every visible sheet that holds a table, each into a file of its own in this folder.
    Each(&'a Path),
}

/// The table of a sheet, found and not yet read.
struct Table {
    /// The sheet's name and place.
    sheet: String,
    at: usize,
    found: Found,
    /// Rows below the header, and formulas in them without a result.
    rows: usize,
    lacking: usize,
}

/// Writes the tables of a file as UTF-8 CSV: the header first, short rows padded to it, longer ones as long as what
/// they hold. Gives what a reader of the output should know. Rows are never held, so that no file takes more memory than
/// its own size.
///
/// # Errors
/// A file that cannot be read, a sheet that is not there, or an output that cannot be written.
pub fn write_csv(path: &Path, wanted: Wanted<'_>, into: &mut dyn Write) -> Result<Vec<Message>, Error> {
    let input = InputFile { shown: path.display().to_string(), path: path.to_owned(), ..InputFile::default() };
    let bytes = file::read(&input, MAX_BYTES)?;
    if bytes.bytes.is_empty() {
        return Ok(vec![message!("filen är tom", "the file is empty")]);
    }
    guarded(&input, || {
        let mut workbook = open_as_shown(&bytes.bytes, &input)?;
        let (mut tables, mut remarks) = tables(workbook.as_mut(), &input, wanted)?;
        if let Wanted::Each(folder) = wanted {
            std::fs::create_dir_all(folder).map_err(|cause| Error::io(ErrorKind::Output, folder, &cause))?;
            for table in tables {
                let target = folder.join(file_name(path, &table.sheet));
                let mut out = std::fs::File::create_new(&target)
                    .map_err(|cause| Error::io(ErrorKind::Output, &target, &cause))?;
                remarks.extend(write_table(workbook.as_mut(), &input, &table, &mut out)?);
            }
            remarks.extend(workbook.remark());
            return Ok(remarks);
        }
        let best = (0..tables.len()).rev().max_by_key(|&at| tables[at].found.names);
        let Some(table) = best.map(|at| tables.remove(at)) else { return Ok(remarks) };
        remarks.extend(tables.iter().map(|left| not_written(left, &table)));
        remarks.extend(write_table(workbook.as_mut(), &input, &table, into)?);
        remarks.extend(workbook.remark());
        Ok(remarks)
    })
}

/// Another sheet with a table, which is not written.
fn not_written(left: &Table, written: &Table) -> Message {
    let (name, Message { sv, en }, written) = (&left.sheet, rows(left.rows as u64 + 1), &written.sheet);
    message!(
        "bladet \"{name}\" har också en tabell ({sv}); skrivet är \"{written}\". Välj med --sheet, eller skriv \
         alla med --to MAPP.",
        "sheet \"{name}\" holds a table too ({en}); written is \"{written}\". Choose with --sheet, or write all \
         with --to FOLDER."
    )
}

/// `lön.xlsx` and its sheet `Blad 1` give `lön - Blad 1.csv`.
fn file_name(path: &Path, sheet: &str) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_') { c } else { '_' };
    let sheet: String = sheet.chars().map(plain).collect();
    if sheet.is_empty() { format!("{stem}.csv") } else { format!("{stem} - {sheet}.csv") }
}

/// Writes a table, and gives what is to be said of it.
fn write_table(
    workbook: &mut dyn Workbook,
    input: &InputFile,
    table: &Table,
    into: &mut dyn Write,
) -> Result<Vec<Message>, Error> {
    let mut remarks: Vec<Message> = without_results(table.lacking).into_iter().chain(above(&table.found)).collect();
    let header = &table.found.header;
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(into);
    let mut written = writer.write_record(header);
    let mut repeated = 0;
    let body = Body::below(&table.found.last.cells);
    let read = workbook.rows(table.at, &mut |row| {
        if row.number <= table.found.number || row.cells.iter().all(Value::is_blank) {
            return ControlFlow::Continue(());
        }
        let mut cells: Vec<String> = row.cells.iter().map(as_read).collect();
        match body.place(&cells) {
            Below::Data => {
                cells.resize(filled_width(&cells).max(header.len()), String::new());
                written = writer.write_record(&cells);
            }
            Below::Header => repeated += 1,
            Below::OtherTable => {
                let number = row.number;
                remarks.push(message!(
                    "på rad {number} börjar en tabell med en annan rubrikrad; den skrivs inte",
                    "row {number} begins a table with another header; it is not written"
                ));
                return ControlFlow::Break(());
            }
        }
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    read.map_err(|trouble| reader::as_error(input, trouble, Some(table.sheet.clone())))?;
    remarks.extend(header_again(repeated));
    let failed = |cause: String| {
        let says = message!("tabellen kan inte skrivas ({cause})", "the table cannot be written ({cause})");
        Error::new(ErrorKind::Output, Place::default(), says)
    };
    written.map_err(|cause| failed(cause.to_string()))?;
    writer.flush().map_err(|cause| failed(cause.to_string()))?;
    Ok(remarks)
}

/// Titles and notes, as a rule; who reads the output cannot know.
fn above(found: &Found) -> Option<Message> {
    let (Message { sv, en }, header) = (rows(found.above as u64), found.number);
    (found.above > 0).then(|| {
        message!(
            "ovanför rubriken (rad {header}) skrivs inte: {sv}",
            "not written, above the header (row {header}): {en}"
        )
    })
}

fn header_again(repeated: usize) -> Option<Message> {
    let Message { sv, en } = rows(repeated as u64);
    (repeated > 0)
        .then(|| message!("upprepar rubrikraden och skrivs inte: {sv}", "not written, repeating the header: {en}"))
}

fn without_results(lacking: usize) -> Option<Message> {
    (lacking > 0).then(|| {
        message!(
            "formler utan sparat resultat, som skrivs tomma: {lacking}. Öppna filen i Excel och spara den",
            "formulas without a saved result, written empty: {lacking}. Open the file in Excel and save it"
        )
    })
}

/// Up to where a row holds anything.
fn filled_width(row: &[String]) -> usize {
    row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1)
}

/// The tables of the sheets that are wanted, and what is said of those that cannot be read.
fn tables(
    workbook: &mut dyn Workbook,
    input: &InputFile,
    wanted: Wanted<'_>,
) -> Result<(Vec<Table>, Vec<Message>), Error> {
    let sheets = workbook.sheets();
    if let Wanted::Sheet(name) = wanted
        && !sheets.iter().any(|sheet| sheet.name == name)
    {
        return Err(reader::wrong_sheet(input, name, &sheets));
    }
    let (mut tables, mut remarks, mut trouble) = (Vec::new(), Vec::new(), None);
    for (at, sheet) in sheets.into_iter().enumerate() {
        let is_wanted = match wanted {
            Wanted::Sheet(name) => sheet.name == name,
            Wanted::Best | Wanted::Each(_) => sheet.visible,
        };
        if !is_wanted {
            continue;
        }
        match table(workbook, at, &sheet.name) {
            Ok(own) => tables.extend(own),
            Err(own) => {
                remarks.push(own.says.clone());
                trouble.get_or_insert((own, sheet.name));
            }
        }
    }
    match trouble {
        Some((trouble, sheet)) if tables.is_empty() => Err(reader::as_error(input, trouble, Some(sheet))),
        _ => Ok((tables, remarks)),
    }
}

/// The table of one sheet; none where it holds no cell. Every row is looked at, so that nothing is written of a sheet
/// that cannot be read to its end.
fn table(workbook: &mut dyn Workbook, at: usize, sheet: &str) -> Result<Option<Table>, Trouble> {
    let Some(found) = find_table(workbook, at)? else { return Ok(None) };
    let (mut rows, mut lacking) = (0, 0);
    workbook.rows(at, &mut |row| {
        lacking += row.cells.iter().filter(|cell| matches!(cell, Value::NoResult)).count();
        rows += usize::from(row.number > found.number && !row.cells.iter().all(Value::is_blank));
        ControlFlow::Continue(())
    })?;
    Ok(Some(Table { sheet: sheet.to_owned(), at, found, rows, lacking }))
}

/// Where the table of a sheet begins; none where it holds no cell.
///
/// # Errors
/// Damage that was met on the way.
pub fn find_table(workbook: &mut dyn Workbook, sheet: usize) -> Result<Option<Found>, Trouble> {
    let mut rows: Vec<TopRow> = Vec::new();
    workbook.rows(sheet, &mut |row| {
        if !row.cells.iter().all(Value::is_blank) {
            rows.push(TopRow { number: row.number, cells: row.cells.iter().map(as_read).collect() });
        }
        if rows.len() < TOP { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(find_in(&rows))
}

/// The header that names most known things, else the one that its shape tells.
fn find_in(top: &[TopRow]) -> Option<Found> {
    let named = by_names(top, &best_rating);
    let at = named.or_else(|| by_shape(top))?;
    let header = with_groups(top, at);
    let last = top[header.last].clone();
    Some(Found {
        names: named.map_or(0, |at| best_rating(&top[at].cells).names),
        above: header.first,
        number: last.number,
        header: header.texts.iter().map(|texts| texts.join(" ")).collect(),
        last,
    })
}

/// What a row below a header is.
enum Below {
    Data,
    /// The header once more.
    Header,
    /// The header of a table of its own, much like the first one's.
    OtherTable,
}

/// What stands below a header.
struct Body<'h> {
    names: Vec<&'h str>,
    /// Whether the header is told from data at all.
    tells_headers: bool,
}

impl<'h> Body<'h> {
    fn below(header: &'h [String]) -> Self {
        let names: Vec<&str> = header.iter().map(|name| name.trim()).collect();
        // A word over and over is what such a table holds, and no header of it.
        let differ = names.iter().filter(|name| !name.is_empty()).collect::<BTreeSet<_>>().len() > 1;
        Self { tells_headers: differ && is_of_names(header), names }
    }

    fn place(&self, cells: &[String]) -> Below {
        if !self.tells_headers || !is_of_names(cells) {
            return Below::Data;
        }
        let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        let same = cells.iter().zip(&self.names).filter(|(cell, name)| cell == name && !cell.is_empty()).count();
        if filled >= 2 && same == filled && same == self.names.iter().filter(|name| !name.is_empty()).count() {
            return Below::Header;
        }
        if same >= 2 && same * 4 >= filled.max(self.names.len()) * 3 { Below::OtherTable } else { Below::Data }
    }
}

/// How well a row fits as the header of the kind of file that it fits best.
fn best_rating(cells: &[String]) -> Rating {
    let ratings = ROLES.into_iter().map(|role| rating_as(cells, role));
    ratings.max_by_key(|rating| (rating.names, rating.names_key)).unwrap_or_default()
}

/// A cell to the letter; a formula that failed, and true and false, as they are shown.
fn as_read(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Failed(error) => error.text().to_owned(),
        Value::Flag(flag) => (if *flag { "TRUE" } else { "FALSE" }).to_owned(),
        value => value.text().unwrap_or_default(),
    }
}
