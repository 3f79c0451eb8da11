//! One input file → its rows handed on, and a [`SourceReport`] of everything in it.

use super::file::{self, FileBytes};
use super::format::{self, Hints, SheetInfo, Trouble, Workbook};
use super::history::newest_of_periods;
use super::incomplete::Incomplete;
use super::marks::Marks;
use super::not_read;
use super::objects::{self, OtherObject};
use super::other_lists;
use super::row::RowView;
use super::rows::{ReadRows, Taken, Understood, read_rows};
use super::sheet::{Layout, Request, lay_out};
use super::source::{FoldCount, MappedColumn, Reason, Rejected, RowCount, SheetReport, SourceReport};
use super::whose_row::WhoseRow;
use super::words::is_of_the_served;
use crate::config::{Config, InputFile};
use crate::error::{Error, ErrorKind, Place};
use crate::model::{Field, FileIx, Message, Role, message};
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Receives the rows of a file: the number of the sheet, then the row.
pub type UseFileRow<'f> = dyn FnMut(u16, &RowView<'_>) -> Result<Taken, Reason> + 'f;

/// What holds for every file of a run.
#[derive(Clone, Copy, Debug)]
pub struct FileTerms {
    /// No file may be larger.
    pub max_bytes: u64,
    /// The reference date, which settles centuries.
    pub day: NaiveDate,
    /// Where moments of UTC are turned into days.
    pub zone: Tz,
}

impl FileTerms {
    /// Before there is a configuration, on that day.
    pub fn without(day: NaiveDate) -> Self {
        super::inspect::terms(day)
    }

    /// As a run is configured.
    pub fn of(config: &Config) -> Self {
        Self { max_bytes: config.max_file_bytes, day: config.review.as_of, zone: config.review.time_zone }
    }
}

/// How one file is to be read.
#[derive(Clone, Copy, Debug)]
pub struct ReadAs {
    /// What the file is.
    pub role: Role,
    /// What holds for every file.
    pub terms: FileTerms,
    /// What joins the rows of several files of one system.
    pub join: Option<Field>,
    /// The file's place among the run's inputs.
    pub file: FileIx,
}

/// A file read: the reader's account of it, the marks of protection on its rows, and whose those are that it lost.
pub struct FileRead {
    /// The account.
    pub report: SourceReport,
    /// The marks, of rejected rows too.
    pub marks: Marks,
    /// Whose the rows are that could not be used.
    pub unused: Vec<WhoseRow>,
}

/// Reads one file. A panic in a parsing library becomes an error here.
///
/// # Errors
/// A file that cannot be read or used, with the way out.
pub fn read_file(input: &InputFile, read_as: ReadAs, use_row: &mut UseFileRow<'_>) -> Result<FileRead, Error> {
    let file = file::read(input, read_as.terms.max_bytes)?;
    let reading = catch_unwind(AssertUnwindSafe(|| read_bytes(input, read_as, &file, use_row)));
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
    read_as: ReadAs,
    file: &FileBytes,
    use_row: &mut UseFileRow<'_>,
) -> Result<FileRead, Error> {
    let ReadAs { role, terms: FileTerms { day, zone, .. }, join, .. } = read_as;
    let (mut marks, mut unused) = (Marks::default(), Vec::new());
    let score = |cells: &[&str]| super::header::score(cells, role);
    let hints = Hints {
        encoding: input.encoding.as_deref(),
        delimiter: input.delimiter,
        as_shown: false,
        header_score: &score,
    };
    let trouble = |trouble: Trouble, sheet: Option<String>| as_error(input, trouble, sheet);
    let mut workbook = format::open(&file.bytes, &hints).map_err(|t| trouble(t, None))?;
    let mut report = begin_report(input, role, file, workbook.as_ref());
    let name = Path::new(&input.shown).file_stem().map_or_else(Default::default, OsStr::to_string_lossy);
    let (columns, header_row) = (&input.columns, input.header_row);
    let request = Request { role, columns, header_row, day, zone, join, file: &name };
    let chosen = choose_sheets(workbook.as_mut(), input, &request, &mut report)?;
    let mut understood: BTreeMap<Field, Understood> = BTreeMap::new();
    let mut others: BTreeMap<OtherObject, u64> = BTreeMap::new();
    let mut shifted_marks = 0;
    for (index, layout) in &chosen.read {
        let sheet = u16::try_from(*index).unwrap_or(u16::MAX);
        let name = report.sheets[*index].name.clone();
        let mut read = read_rows(workbook.as_mut(), (read_as.file, *index), layout, &mut |row| use_row(sheet, row))
            .map_err(|t| trouble(t, Some(name.clone())))?;
        add_columns(&mut report, *index, layout);
        shifted_marks += read.shifted_marks;
        read.objects.iter().for_each(|(kind, rows)| *others.entry(kind.clone()).or_default() += rows);
        if read.count.data() == 0 && chosen.read.len() > 1 {
            report.warnings.push(no_rows_in(&name));
        }
        unused.append(&mut read.unused);
        marks.extend(add_rows(&mut report, &name, read, &mut understood));
    }
    for (index, layout) in &chosen.older {
        let old = read_rows(workbook.as_mut(), (read_as.file, *index), layout, &mut |_| Ok(Taken::Folded));
        marks.extend(old.map_err(|t| trouble(t, Some(report.sheets[*index].name.clone())))?.marks);
    }
    for index in chosen.left_out(report.sheets.len()) {
        let own = not_read::marks_of(workbook.as_mut(), (read_as.file, index), &request);
        let sheet = &mut report.sheets[index];
        if let Some(own) = own.map_err(|t| trouble(t, Some(sheet.name.clone())))? {
            marks.extend(own);
            sheet.passed_over = sheet.passed_over.take().map(but_for_its_marks);
        }
    }
    let doubt = (role == Role::Accounts).then(|| other_lists::doubt(workbook.as_mut(), input)).flatten();
    report.warnings.splice(..0, workbook.remark().into_iter().chain(doubt).chain(objects::passed_over(&others)));
    add_understood(&mut report, understood);
    refuse_misread_protection(&report, input)?;
    refuse_shifted_protection(&report, shifted_marks, input)?;
    if report.rows.data() + report.rows.other_objects == 0 && report.control_total != Some(0) {
        report.incomplete.get_or_insert(Incomplete::NoRows);
    }
    report.warn_of_a_cut();
    Ok(FileRead { report, marks, unused })
}

/// What is said of a sheet that is not read, and of which the marks hold.
fn but_for_its_marks(why: Message) -> Message {
    let (sv, en) = why.both();
    message!(
        "{sv}; vad det säger om skyddade personuppgifter gäller ändå",
        "{en}; what it says of protected personal data holds all the same"
    )
}

/// One sheet of several may rightly be empty; who reads of it can tell.
fn no_rows_in(sheet: &str) -> Message {
    message!(
        "Bladet \"{sheet}\" har en rubrikrad men ingen rad med uppgifter.",
        "The sheet \"{sheet}\" has a header but no row of data."
    )
}

/// A mark of protection that is not understood hides its row. A column of which many marks are not understood is
/// another thing than was thought, and nobody can say whom it protects.
fn refuse_misread_protection(report: &SourceReport, input: &InputFile) -> Result<(), Error> {
    /// One row in so many may carry a word that is not understood.
    const ONE_IN: u64 = 10;
    let Some(column) = report.columns.iter().find(|column| column.field == Field::Protected) else { return Ok(()) };
    let misread = column.filled - column.understood;
    if misread * ONE_IN < report.rows.data().max(1) {
        return Ok(());
    }
    let (headers, rows, words) = (column.shown(), report.rows.data(), column.words());
    let table = report.role.columns_table();
    let says = message!(
        "kolumnen {headers} ska säga vem som har skyddade personuppgifter, men {misread} av {rows} rader har ord som \
         inte förstås: {words}",
        "the column {headers} should tell whose data are protected, but {misread} of {rows} rows have words that are \
         not understood: {words}"
    );
    Err(Error::new(ErrorKind::Unusable, Place::file(input.shown.clone()), says).way_out(message!(
        "Markera med J och N i exporten. Säger kolumnen något annat: ange rätt rubrik under {table}, \
         protected = \"Rubrik\", eller protected = \"\" om ingen kolumn markerar.",
        "Mark with Y and N in the export. If the column says something else: state the right header under {table}, \
         protected = \"Header\", or protected = \"\" where no column marks."
    )))
}

/// A row with too many or too few fields hides whoever it is about where its mark cannot be told. Where they are many, the
/// file is broken, and would hide many who are not protected.
fn refuse_shifted_protection(report: &SourceReport, shifted: u64, input: &InputFile) -> Result<(), Error> {
    /// So few may be chance, however small the file.
    const FEW: u64 = 20;
    /// One row in so many may be shifted.
    const ONE_IN: u64 = 10;
    let Some(column) = report.columns.iter().find(|column| column.field == Field::Protected) else { return Ok(()) };
    if shifted < FEW || shifted * ONE_IN < report.rows.data().max(1) {
        return Ok(());
    }
    let (headers, rows) = (column.shown(), report.rows.data());
    let says = message!(
        "kolumnen {headers} säger vem som har skyddade personuppgifter, men {shifted} av {rows} rader har fler eller färre \
         fält än rubrikraden, så att markeringen inte kan läsas på dem",
        "the column {headers} tells whose data are protected, but {shifted} of {rows} rows have more or fewer fields than \
         the header, so that the mark cannot be read on them"
    );
    Err(Error::new(ErrorKind::Unusable, Place::file(input.shown.clone()), says).way_out(message!(
        "Exportera på nytt med citattecken om texter som innehåller skiljetecknet, eller som .xlsx.",
        "Export again with quotation marks around texts that hold the delimiter, or as .xlsx."
    )))
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
        incomplete: workbook.cut_at().map(Incomplete::Cut),
        shape: workbook.shape(),
        sheets: Vec::new(),
        rows: RowCount::default(),
        folding: FoldCount::default(),
        headers: Vec::new(),
        columns: Vec::new(),
        unread: BTreeMap::new(),
        dropped: Vec::new(),
        unknown: Vec::new(),
        free_texts: Vec::new(),
        to_confirm: Vec::new(),
        passed_over: Vec::new(),
        key_coverage: BTreeMap::new(),
        rejected: Vec::new(),
        flaws: BTreeMap::new(),
        warnings: Vec::new(),
    }
}

/// Sheets by what is done with them.
struct Chosen {
    /// Read.
    read: Vec<(usize, Layout)>,
    /// Of earlier months: looked through for marks of protection, which are never lost.
    older: Vec<(usize, Layout)>,
}

impl Chosen {
    /// The other sheets, of so many.
    fn left_out(&self, sheets: usize) -> impl Iterator<Item = usize> + '_ {
        let is_chosen = |at: &usize| self.read.iter().chain(&self.older).any(|(index, _)| index == at);
        (0..sheets).filter(move |at| !is_chosen(at))
    }
}

/// The configured sheet, or every visible one whose header fits; the others are named with why.
fn choose_sheets(
    workbook: &mut dyn Workbook,
    input: &InputFile,
    request: &Request<'_>,
    report: &mut SourceReport,
) -> Result<Chosen, Error> {
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
        report.sheets.push(SheetReport { name: sheet.name.clone(), header_row, passed_over, fields: BTreeSet::new() });
    }
    let older = match input.sheet {
        None => {
            leave_out_the_served(&mut chosen, request.role, report);
            keep_newest(&mut chosen, request.day, report)
        }
        Some(_) => Vec::new(),
    };
    match (chosen.is_empty(), first_trouble) {
        (false, _) => Ok(Chosen { read: chosen, older }),
        (true, Some((trouble, sheet))) => Err(as_error(input, trouble, Some(sheet))),
        (true, None) => Err(no_visible_sheet(input)),
    }
}

/// Sheets of payroll that are called by those whom the organisation serves hold nobody employed, where others are there.
fn leave_out_the_served(chosen: &mut Vec<(usize, Layout)>, role: Role, report: &mut SourceReport) {
    let is_served = |report: &SourceReport, index: usize| is_of_the_served(&report.sheets[index].name);
    if role != Role::Payroll || chosen.iter().all(|(index, _)| is_served(report, *index)) {
        return;
    }
    for index in chosen.iter().map(|(index, _)| *index).filter(|index| is_served(report, *index)).collect::<Vec<_>>() {
        let sheet = &mut report.sheets[index];
        let name = &sheet.name;
        let why = message!(
            "andra än anställda, av namnet att döma. Ska de räknas med: ange filen under [[register]] med sheet = \"{name}\"",
            "others than staff, by its name. If they are to count: name the file under [[register]] with sheet = \"{name}\""
        );
        (sheet.header_row, sheet.passed_over) = (None, Some(why));
        chosen.retain(|(own, _)| *own != index);
    }
}

/// A workbook with a sheet a month, or a year, is a history: the newest sheet tells how things are, the others how they were.
fn keep_newest(chosen: &mut Vec<(usize, Layout)>, day: NaiveDate, report: &mut SourceReport) -> Vec<(usize, Layout)> {
    let names: Vec<&str> = chosen.iter().map(|(index, _)| report.sheets[*index].name.as_str()).collect();
    let Some(newest) = newest_of_periods(&names, day) else { return Vec::new() };
    let kept = chosen.swap_remove(newest);
    let name = report.sheets[kept.0].name.clone();
    let older = std::mem::replace(chosen, vec![kept]);
    for (index, _) in &older {
        let sheet = &mut report.sheets[*index];
        sheet.header_row = None;
        sheet.passed_over = Some(message!(
            "ett äldre blad; \"{name}\" är det nyaste. Ska ett annat läsas: sheet = \"Bladets namn\"",
            "an earlier sheet; \"{name}\" is the newest. To read another: sheet = \"Name of the sheet\""
        ));
    }
    older
}

fn passed_over_unread(sheet: &SheetInfo, input: &InputFile) -> Option<Message> {
    match &input.sheet {
        Some(wanted) if *wanted == sheet.name => None,
        Some(_) => Some(message!("inte det blad som anges med sheet", "not the sheet stated with sheet")),
        None if sheet.visible => None,
        None => Some(message!("dolt blad", "hidden sheet")),
    }
}

/// What is said of a sheet that is asked for and not there.
pub fn wrong_sheet(input: &InputFile, wanted: &str, sheets: &[SheetInfo]) -> Error {
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

fn add_rows(
    report: &mut SourceReport,
    sheet: &str,
    read: ReadRows,
    understood: &mut BTreeMap<Field, Understood>,
) -> Marks {
    report.rows.add(read.count);
    report.incomplete = report.incomplete.or(read.cut.map(Incomplete::Cut));
    let named = |(row, reason)| Rejected { sheet: sheet.to_owned(), row, reason };
    report.rejected.extend(read.rejected.into_iter().map(named));
    for (field, own) in read.understood {
        let all = understood.entry(field).or_default();
        all.filled += own.filled;
        all.nulls += own.nulls;
        all.unread.extend(own.unread);
    }
    read.marks
}

/// The columns of a sheet, added to those of the sheets before.
fn add_columns(report: &mut SourceReport, sheet: usize, layout: &Layout) {
    let mapping = &layout.mapping;
    for (&field, columns) in mapping.columns.iter().filter(|(_, columns)| !columns.is_empty()) {
        report.sheets[sheet].fields.insert(field);
        let mut headers: Vec<String> = Vec::new();
        for &column in columns {
            add_new(&mut headers, std::slice::from_ref(&mapping.headers[column]));
        }
        match report.columns.iter_mut().find(|known| known.field == field) {
            Some(known) => add_new(&mut known.headers, &headers),
            None => report.columns.push(MappedColumn::new(field, headers)),
        }
    }
    add_new(&mut report.headers, &mapping.headers);
    add_new(&mut report.dropped, &mapping.dropped);
    add_new(&mut report.unknown, &mapping.unknown);
    add_new(&mut report.free_texts, &mapping.free_texts);
    add_new(&mut report.passed_over, &mapping.passed_over);
    add_new(&mut report.to_confirm, &mapping.to_confirm);
    add_new(&mut report.warnings, &mapping.remarks);
}

fn add_new<T: Clone + PartialEq>(list: &mut Vec<T>, new: &[T]) {
    for item in new {
        if !list.contains(item) {
            list.push(item.clone());
        }
    }
}

fn add_understood(report: &mut SourceReport, mut understood: BTreeMap<Field, Understood>) {
    let mut remarks = Vec::new();
    for column in &mut report.columns {
        let own = understood.remove(&column.field).unwrap_or_default();
        column.filled = own.filled;
        column.understood = own.filled.saturating_sub(own.unread.count());
        column.tell_unread(&own.unread);
        report.unread.insert(column.field, own.unread);
        if own.nulls > 0 {
            remarks.push(null_dates(&column.shown(), own.nulls));
        }
    }
    report.warnings.extend(remarks);
}

/// Days that programs write where there is none.
fn null_dates(headers: &str, rows: u64) -> Message {
    message!(
        "{headers}: {rows} rader har en dag som betyder \"ingen\" (som 1970-01-01 eller 9999-12-31).",
        "{headers}: {rows} rows have a day that means \"none\" (such as 1970-01-01 or 9999-12-31)."
    )
}
