//! One input file → its rows handed on, and a [`SourceReport`] of everything in it.

use super::file::{self, FileBytes};
use super::format::{self, Hints, SheetInfo, Trouble, Workbook};
use super::sheet::{Layout, Request, RowView, Taken, lay_out, read_rows};
use super::source::{FoldCount, MappedColumn, Reason, Rejected, RowCount, SheetReport, SourceReport};
use crate::config::InputFile;
use crate::error::{Error, ErrorKind, Place};
use crate::model::{Message, Role, message};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Receives the rows of a file: the number of the sheet, then the row.
pub type UseFileRow<'f> = dyn FnMut(u16, &RowView<'_>) -> Result<Taken, Reason> + 'f;

/// Reads one file. A panic in a parsing library becomes an error here.
///
/// # Errors
/// A file that cannot be read or used, with the way out.
pub fn read_file(
    input: &InputFile,
    role: Role,
    max_bytes: u64,
    use_row: &mut UseFileRow<'_>,
) -> Result<SourceReport, Error> {
    let file = file::read(input, max_bytes)?;
    let reading = catch_unwind(AssertUnwindSafe(|| read_bytes(input, role, &file, use_row)));
    reading.unwrap_or_else(|_| Err(broke_the_reader(input)))
}

/// What is said where a parsing library gave up.
pub fn broke_the_reader(input: &InputFile) -> Error {
    let says = message!(
        "filen är skadad på ett sätt som inte gick att läsa",
        "the file is damaged in a way that could not be read"
    );
    Error::new(ErrorKind::Unusable, Place::file(input.shown.clone()), says).way_out(message!(
        "Exportera den på nytt, eller öppna den i Excel och spara den som .xlsx eller CSV UTF-8.",
        "Export it again, or open it in Excel and save it as .xlsx or CSV UTF-8."
    ))
}

fn read_bytes(
    input: &InputFile,
    role: Role,
    file: &FileBytes,
    use_row: &mut UseFileRow<'_>,
) -> Result<SourceReport, Error> {
    let score = |cells: &[&str]| super::header::score(cells, role);
    let hints = Hints { encoding: input.encoding.as_deref(), delimiter: input.delimiter, header_score: &score };
    let trouble = |trouble: Trouble, sheet: Option<String>| as_error(input, trouble, sheet);
    let mut workbook = format::open(&file.bytes, &hints).map_err(|t| trouble(t, None))?;
    let mut report = begin_report(input, role, file, workbook.as_ref());
    let request = Request { role, columns: &input.columns, header_row: input.header_row };
    let chosen = choose_sheets(workbook.as_mut(), input, &request, &mut report)?;
    for (index, layout) in &chosen {
        let sheet = u16::try_from(*index).unwrap_or(u16::MAX);
        let name = report.sheets[*index].name.clone();
        let (rows, rejected) = read_rows(workbook.as_mut(), *index, layout, &mut |row| use_row(sheet, row))
            .map_err(|t| trouble(t, Some(name.clone())))?;
        add_rows(&mut report, rows);
        let named = |(row, reason)| Rejected { sheet: name.clone(), row, reason };
        report.rejected.extend(rejected.into_iter().map(named));
        add_columns(&mut report, layout);
    }
    Ok(report)
}

/// Trouble with its file and sheet.
pub fn as_error(input: &InputFile, trouble: Trouble, sheet: Option<String>) -> Error {
    let place = Place { sheet: sheet.filter(|name| !name.is_empty()), ..Place::file(input.shown.clone()) };
    Error::new(ErrorKind::Unusable, place, trouble.says).way_out(trouble.way_out)
}

fn begin_report(input: &InputFile, role: Role, file: &FileBytes, workbook: &dyn Workbook) -> SourceReport {
    SourceReport {
        role,
        system: None,
        path: input.shown.clone(),
        sha256: file.sha256.clone(),
        bytes: file.bytes.len() as u64,
        modified: file.modified.clone(),
        exported: input.exported,
        exported_by: input.exported_by.clone(),
        selection: input.selection.clone(),
        control_total: input.control_total,
        shape: workbook.shape(),
        sheets: Vec::new(),
        rows: RowCount::default(),
        folding: FoldCount::default(),
        columns: Vec::new(),
        dropped: Vec::new(),
        unknown: Vec::new(),
        passed_over: Vec::new(),
        key_coverage: BTreeMap::new(),
        rejected: Vec::new(),
        flaws: BTreeMap::new(),
        warnings: Vec::new(),
    }
}

/// The configured sheet, or every visible one whose header fits; the others are named with why.
fn choose_sheets(
    workbook: &mut dyn Workbook,
    input: &InputFile,
    request: &Request<'_>,
    report: &mut SourceReport,
) -> Result<Vec<(usize, Layout)>, Error> {
    let sheets = workbook.sheets();
    if let Some(wanted) = &input.sheet
        && !sheets.iter().any(|sheet| &sheet.name == wanted)
    {
        return Err(wrong_sheet(input, wanted, &sheets));
    }
    let mut chosen = Vec::new();
    let mut first_trouble: Option<(Trouble, String)> = None;
    for (index, sheet) in sheets.iter().enumerate() {
        let outcome = match passed_over_unread(sheet, input) {
            Some(why) => Err(why),
            None => lay_out(workbook, index, request).map_err(|trouble| {
                let why = trouble.says.clone();
                first_trouble.get_or_insert((trouble, sheet.name.clone()));
                why
            }),
        };
        let (header_row, passed_over) = match outcome {
            Ok(layout) => {
                let header_row = layout.header_row;
                chosen.push((index, layout));
                (Some(header_row), None)
            }
            Err(why) => (None, Some(why)),
        };
        report.sheets.push(SheetReport { name: sheet.name.clone(), header_row, passed_over });
    }
    match (chosen.is_empty(), first_trouble) {
        (false, _) => Ok(chosen),
        (true, Some((trouble, sheet))) => Err(as_error(input, trouble, Some(sheet))),
        (true, None) => Err(no_visible_sheet(input)),
    }
}

fn passed_over_unread(sheet: &SheetInfo, input: &InputFile) -> Option<Message> {
    match &input.sheet {
        Some(wanted) if *wanted == sheet.name => None,
        Some(_) => Some(message!("inte det blad som anges med sheet", "not the sheet stated with sheet")),
        None if sheet.visible => None,
        None => Some(message!("dolt blad", "hidden sheet")),
    }
}

fn wrong_sheet(input: &InputFile, wanted: &str, sheets: &[SheetInfo]) -> Error {
    let names: Vec<String> =
        sheets.iter().filter(|sheet| !sheet.name.is_empty()).map(|sheet| sheet.name.clone()).collect();
    let says = message!("bladet \"{wanted}\" finns inte", "there is no sheet \"{wanted}\"");
    let error = Error::new(ErrorKind::Unusable, Place::file(input.shown.clone()), says);
    if names.is_empty() {
        return error.way_out(message!(
            "Filen är en textfil utan blad; ta bort sheet.",
            "The file is a text file without sheets; remove sheet."
        ));
    }
    let list = super::columns::quoted(&names);
    error.way_out(message!("Blad i filen: {list}", "Sheets in the file: {list}"))
}

fn no_visible_sheet(input: &InputFile) -> Error {
    let says = message!("arbetsboken har inget synligt blad", "the workbook has no visible sheet");
    Error::new(ErrorKind::Unusable, Place::file(input.shown.clone()), says).way_out(message!(
        "Ange bladet med sheet = \"Bladets namn\".",
        "State the sheet with sheet = \"Name of the sheet\"."
    ))
}

fn add_rows(report: &mut SourceReport, rows: RowCount) {
    let sum = &mut report.rows;
    sum.in_file += rows.in_file;
    sum.header += rows.header;
    sum.preamble += rows.preamble;
    sum.blank += rows.blank;
    sum.total += rows.total;
    sum.rejected += rows.rejected;
    sum.folded += rows.folded;
    sum.records += rows.records;
}

fn add_columns(report: &mut SourceReport, layout: &Layout) {
    let mapping = &layout.mapping;
    for (&field, columns) in mapping.columns.iter().filter(|(_, columns)| !columns.is_empty()) {
        let headers: Vec<String> = columns.iter().map(|&column| mapping.headers[column].clone()).collect();
        match report.columns.iter_mut().find(|known| known.field == field) {
            Some(known) => headers.into_iter().for_each(|header| {
                if !known.headers.contains(&header) {
                    known.headers.push(header);
                }
            }),
            None => report.columns.push(MappedColumn {
                field,
                headers,
                filled: 0,
                understood: 0,
                not_understood: Vec::new(),
            }),
        }
    }
    let add = |list: &mut Vec<String>, new: &[String]| {
        for header in new {
            if !list.contains(header) {
                list.push(header.clone());
            }
        }
    };
    add(&mut report.dropped, &mapping.dropped);
    add(&mut report.unknown, &mapping.unknown);
    report.passed_over.extend(mapping.passed_over.iter().cloned());
}
