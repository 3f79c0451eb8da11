//! `[payroll]`, and what is said of any input file.

use super::table::Table;
use crate::model::{Field, Message, Role, message};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// An input file with what was stated about it and what overrules detection.
#[derive(Clone, Debug, Default)]
pub struct InputFile {
    /// As written in the configuration.
    pub shown: String,
    /// Where it is.
    pub path: PathBuf,
    /// Stated day of the extract.
    pub exported: Option<NaiveDate>,
    /// Who made it, as stated.
    pub exported_by: Option<String>,
    /// What was selected, as stated.
    pub selection: Option<String>,
    /// Rows the source system itself says.
    pub control_total: Option<u64>,
    /// Sheet to read.
    pub sheet: Option<String>,
    /// Header row as Excel shows it.
    pub header_row: Option<u32>,
    /// Encoding by name.
    pub encoding: Option<String>,
    /// Delimiter.
    pub delimiter: Option<char>,
    /// Field → headers, which answer together; none where it is said that no column holds the field.
    pub columns: BTreeMap<Field, Vec<String>>,
}

/// What counts as employed.
#[derive(Clone, Debug)]
pub struct EmploymentTerms {
    /// Forms that are paid but not employed.
    pub not_employed: Vec<String>,
    /// Forms employed by the hour.
    pub hourly: Vec<String>,
    /// Days added to the end of an hourly employment.
    pub hourly_grace_days: u32,
    /// Days between employments that count as one.
    pub gap_days: u32,
}

/// `[payroll]`.
#[derive(Clone, Debug)]
pub struct PayrollConfig {
    /// One file or several, read as one register.
    pub files: Vec<InputFile>,
    /// Who receives `personalregister.xlsx`, as written.
    pub owner: Option<String>,
    /// Payroll is stated to hold employments that ended from this day on.
    pub includes_ended_since: Option<NaiveDate>,
    /// Why it is right that no column marks protected persons, where it is.
    pub no_protected_column: Option<String>,
    /// What counts as employed.
    pub terms: EmploymentTerms,
}

impl PayrollConfig {
    /// Stated day of the extract: the earliest of the files'.
    pub fn exported(&self) -> Option<NaiveDate> {
        self.files.iter().filter_map(|file| file.exported).min()
    }
}

/// Reads `[payroll]`.
pub fn read(table: Table<'_>, base: &Path) -> Option<PayrollConfig> {
    let owner = table.text("owner");
    let stated = read_stated(&table, Role::Payroll);
    let files = read_files(&table, base, &stated);
    let includes_ended_since = table.date("includes_ended_since");
    let no_protected_column = table.text("no_protected_column");
    let terms = read_terms(table.table("employment"));
    table.finish();
    (!files.is_empty()).then_some(PayrollConfig { files, owner, includes_ended_since, no_protected_column, terms })
}

/// `file` or `files`; what is stated holds for each.
fn read_files(table: &Table<'_>, base: &Path, stated: &InputFile) -> Vec<InputFile> {
    let mut names = table.texts("files");
    names.extend(table.text("file"));
    if names.is_empty() {
        table.problem(message!(
            "[payroll] saknar file; ange personalregistrets fil, file = \"indata/lon.csv\"",
            "[payroll] has no file; name the payroll register, file = \"indata/lon.csv\""
        ));
    }
    names.into_iter().map(|shown| InputFile { path: base.join(&shown), shown, ..stated.clone() }).collect()
}

/// What any input file can have beside its name.
pub fn read_stated(table: &Table<'_>, role: Role) -> InputFile {
    InputFile {
        shown: String::new(),
        path: PathBuf::new(),
        exported: table.date("exported"),
        exported_by: table.text("exported_by"),
        selection: table.text("selection"),
        control_total: table.integer("control_total", 0..=i64::MAX).map(i64::unsigned_abs),
        sheet: table.text("sheet"),
        header_row: table.integer("header_row", 1..=1_048_576).and_then(|row| u32::try_from(row).ok()),
        encoding: read_encoding(table),
        delimiter: table.character("delimiter").filter(|c| is_delimiter(table, *c)),
        columns: table.table("columns").map(|t| read_columns(&t, role)).unwrap_or_default(),
    }
}

fn is_delimiter(table: &Table<'_>, c: char) -> bool {
    let fits = c.is_ascii() && !c.is_alphanumeric() && !matches!(c, '"' | '\n' | '\r');
    if !fits {
        table.problem(message!(
            "delimiter kan inte vara \"{c}\"; vanliga är ; , | och tab",
            "delimiter cannot be \"{c}\"; common ones are ; , | and tab"
        ));
    }
    fits
}

fn read_encoding(table: &Table<'_>) -> Option<String> {
    let (name, offset) = table.placed_text("encoding")?;
    if encoding_rs::Encoding::for_label(name.as_bytes()).is_none() {
        let says = message!("okänd teckenkodning \"{name}\"", "unknown encoding \"{name}\"");
        let way_out = message!(
            "Vanliga: utf-8, windows-1252, utf-16le, iso-8859-1",
            "Common ones: utf-8, windows-1252, utf-16le, iso-8859-1"
        );
        table.problem_at(offset, says, Some(way_out));
        return None;
    }
    Some(name)
}

/// `columns`: a field of the contract on the left, a header of the file on the right.
fn read_columns(table: &Table<'_>, role: Role) -> BTreeMap<Field, Vec<String>> {
    let mut columns = BTreeMap::new();
    for (key, offset, headers) in table.free_lists() {
        match Field::from_key(&key).filter(|field| field.fits(role)) {
            Some(field) => {
                drop(columns.insert(field, headers.into_iter().filter(|header| !header.is_empty()).collect()))
            }
            None => table.problem_at(offset, unknown_field(&key), field_help(&key, role)),
        }
    }
    columns
}

fn unknown_field(key: &str) -> Message {
    message!("okänt fält \"{key}\" i columns", "unknown field \"{key}\" in columns")
}

fn field_help(key: &str, role: Role) -> Option<Message> {
    let known = Field::ALL.iter().filter(|field| field.fits(role)).map(|field| field.key());
    let near = super::suggest::nearest(key, known)?;
    Some(message!(
        "Menade du \"{near}\"? Fältet står till vänster, filens rubrik till höger.",
        "Did you mean \"{near}\"? The field stands on the left, the file's header on the right."
    ))
}

/// Forms seen in Swedish payroll that are paid but not employed (see the domain notes in README).
const NOT_EMPLOYED: [&str; 13] = [
    "förtroendevald",
    "politiker",
    "uppdragstagare",
    "familjehem",
    "kontaktperson",
    "kontaktfamilj",
    "arvodist",
    "god man",
    "feriearbetare",
    "feriepraktikant",
    "pensionär",
    "arvoderad",
    "uppdrag",
];

/// Forms employed by the hour.
const HOURLY: [&str; 9] = [
    "timavlönad",
    "timanställd",
    "timanställning",
    "timlön",
    "tim",
    "intermittent",
    "vid behov",
    "behovsanställd",
    "timvikarie",
];

/// Hourly staff work on and off: three months without a shift is the customary limit.
const HOURLY_GRACE_DAYS: u32 = 90;

/// A fortnight between two employments is a change of contract, not a leave.
const GAP_DAYS: u32 = 14;

impl Default for EmploymentTerms {
    fn default() -> Self {
        let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        Self {
            not_employed: owned(&NOT_EMPLOYED),
            hourly: owned(&HOURLY),
            hourly_grace_days: HOURLY_GRACE_DAYS,
            gap_days: GAP_DAYS,
        }
    }
}

fn read_terms(table: Option<Table<'_>>) -> EmploymentTerms {
    let mut terms = EmploymentTerms::default();
    if let Some(table) = table {
        terms.not_employed.extend(table.texts("not_employed"));
        terms.hourly.extend(table.texts("hourly"));
        terms.hourly_grace_days = days(&table, "hourly_grace_days", HOURLY_GRACE_DAYS);
        terms.gap_days = days(&table, "gap_days", GAP_DAYS);
        table.finish();
    }
    terms
}

/// A number of days, at most ten years.
pub fn days(table: &Table<'_>, key: &'static str, default: u32) -> u32 {
    table.integer(key, 0..=3650).and_then(|days| u32::try_from(days).ok()).unwrap_or(default)
}
