//! The tables of a file as they stand in it, unmasked: for other programs, and for comparison.

use super::format::{Trouble, Workbook};
use super::header_row::{Rating, TopRow, by_names, by_shape, is_of_names, rating_as, with_groups};
use super::inspect::{MAX_BYTES, ROLES, guarded, open};
use super::seen::Found;
use super::value::Value;
use super::{file, reader};
use crate::config::InputFile;
use crate::error::{Error, ErrorKind, Place};
use crate::model::{Message, message};
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

/// The table of a sheet.
struct Table {
    sheet: String,
    /// How many known things its header names.
    names: usize,
    /// The header first.
    rows: Vec<Vec<String>>,
    remarks: Vec<Message>,
}

/// Writes the tables of a file as UTF-8 CSV: the header first, short rows padded to it, longer ones as long as what
/// they hold. Gives what a reader of the output should know.
///
/// # Errors
/// A file that cannot be read, a sheet that is not there, or an output that cannot be written.
pub fn write_csv(path: &Path, wanted: Wanted<'_>, into: &mut dyn Write) -> Result<Vec<Message>, Error> {
    let input = InputFile { shown: path.display().to_string(), path: path.to_owned(), ..InputFile::default() };
    let bytes = file::read(&input, MAX_BYTES)?;
    if bytes.bytes.is_empty() {
        return Ok(vec![message!("filen är tom", "the file is empty")]);
    }
    let (mut tables, mut remarks) = guarded(&input, || tables(&bytes.bytes, &input, wanted))?;
    if let Wanted::Each(folder) = wanted {
        std::fs::create_dir_all(folder).map_err(|cause| Error::io(ErrorKind::Output, folder, &cause))?;
        for table in tables {
            let target = folder.join(file_name(path, &table.sheet));
            let mut out =
                std::fs::File::create_new(&target).map_err(|cause| Error::io(ErrorKind::Output, &target, &cause))?;
            remarks.extend(table.remarks.clone());
            write_table(table, &mut out)?;
        }
        return Ok(remarks);
    }
    let best = (0..tables.len()).rev().max_by_key(|&at| tables[at].names);
    let Some(table) = best.map(|at| tables.remove(at)) else { return Ok(remarks) };
    remarks.extend(tables.iter().map(|left| not_written(left, &table)));
    remarks.extend(table.remarks.clone());
    write_table(table, into)?;
    Ok(remarks)
}

/// Another sheet with a table, which is not written.
fn not_written(left: &Table, written: &Table) -> Message {
    let (name, rows, written) = (&left.sheet, left.rows.len(), &written.sheet);
    message!(
        "bladet \"{name}\" har också en tabell ({rows} rader); skrivet är \"{written}\". Välj med --sheet, eller skriv \
         alla med --to MAPP.",
        "sheet \"{name}\" holds a table too ({rows} rows); written is \"{written}\". Choose with --sheet, or write all \
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

fn write_table(table: Table, into: &mut dyn Write) -> Result<(), Error> {
    let width = table.rows.first().map_or(0, Vec::len);
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(into);
    let failed = |cause: String| {
        let says = message!("tabellen kan inte skrivas ({cause})", "the table cannot be written ({cause})");
        Error::new(ErrorKind::Output, Place::default(), says)
    };
    for mut row in table.rows {
        row.resize(filled_width(&row).max(width), String::new());
        writer.write_record(&row).map_err(|cause| failed(cause.to_string()))?;
    }
    writer.flush().map_err(|cause| failed(cause.to_string()))
}

/// Up to where a row holds anything.
fn filled_width(row: &[String]) -> usize {
    row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1)
}

/// The tables of the sheets that are wanted, and what is said of those that cannot be read.
fn tables(bytes: &[u8], input: &InputFile, wanted: Wanted<'_>) -> Result<(Vec<Table>, Vec<Message>), Error> {
    let mut workbook = open(bytes, input)?;
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
        match table(workbook.as_mut(), at) {
            Ok(own) => tables.extend(own.map(|own| Table { sheet: sheet.name, ..own })),
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

/// The table of one sheet; none where it holds no cell.
fn table(workbook: &mut dyn Workbook, sheet: usize) -> Result<Option<Table>, Trouble> {
    let mut rows: Vec<TopRow> = Vec::new();
    let mut lacking = 0usize;
    workbook.rows(sheet, &mut |row| {
        lacking += row.cells.iter().filter(|cell| matches!(cell, Value::NoResult)).count();
        if !row.cells.iter().all(Value::is_blank) {
            rows.push(TopRow { number: row.number, cells: row.cells.iter().map(as_read).collect() });
        }
        ControlFlow::Continue(())
    })?;
    let Some(found) = find_in(&rows[..rows.len().min(TOP)]) else { return Ok(None) };
    let mut table = Table { sheet: String::new(), names: found.names, rows: vec![found.header], remarks: Vec::new() };
    if lacking > 0 {
        table.remarks.push(message!(
            "{lacking} formler har inget sparat resultat och skrivs tomma; öppna filen i Excel och spara den",
            "{lacking} formulas have no saved result and are written empty; open the file in Excel and save it"
        ));
    }
    add_rows(&mut table, &found.last.cells, rows.into_iter().skip(found.at + 1));
    Ok(Some(table))
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
        number: last.number,
        header: header.texts.iter().map(|texts| texts.join(" ")).collect(),
        last,
        at: header.last,
    })
}

/// Adds the rows of data. A row that gives the header once more is left out; one that gives another header begins a
/// table of its own, which is told and not written.
fn add_rows(table: &mut Table, header: &[String], rows: impl Iterator<Item = TopRow>) {
    let names: Vec<&str> = header.iter().map(|name| name.trim()).collect();
    let tells_headers = is_of_names(header);
    for row in rows {
        if !tells_headers || !is_of_names(&row.cells) {
            table.rows.push(row.cells);
            continue;
        }
        let cells: Vec<&str> = row.cells.iter().map(|cell| cell.trim()).collect();
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        let same = cells.iter().zip(&names).filter(|(cell, name)| cell == name && !cell.is_empty()).count();
        if filled >= 2 && same == filled && same == names.iter().filter(|name| !name.is_empty()).count() {
            continue;
        }
        if same >= 2 && same * 4 >= filled.max(names.len()) * 3 {
            let number = row.number;
            table.remarks.push(message!(
                "på rad {number} börjar en tabell med en annan rubrikrad; den skrivs inte",
                "row {number} begins a table with another header; it is not written"
            ));
            return;
        }
        table.rows.push(row.cells);
    }
}

/// How well a row fits as the header of the kind of file that it fits best.
fn best_rating(cells: &[String]) -> Rating {
    let ratings = ROLES.into_iter().map(|role| rating_as(cells, role));
    ratings.max_by_key(|rating| (rating.names, rating.names_key)).unwrap_or_default()
}

/// A cell to the letter; a formula that failed as it is shown.
fn as_read(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Failed(error) => error.text().to_owned(),
        value => value.text().unwrap_or_default(),
    }
}
