//! Inputs as they may be shown: the reader's account of each file, or why there is none.

use super::door::{Screen, Shown};
use crate::ingest::{Coverage, MappedColumn, Reason, RowCount, SourceReport};
use crate::model::{Field, Flaw, Language, Message, Role, message};
use crate::review::Review;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// One input file.
#[derive(Clone, Debug)]
pub struct InputShown {
    /// Payroll or accounts.
    pub role: Role,
    /// System id.
    pub system: Option<String>,
    /// Path as configured.
    pub path: Shown,
    /// Whether something in the path may not be shown.
    pub masked: bool,
    /// The reader's account, where the file could be read.
    pub source: Option<SourceShown>,
    /// Why it could not, where it could not.
    pub missing: Option<Shown>,
}

/// What is known of a file that was read.
#[derive(Clone, Debug)]
pub struct SourceShown {
    /// Payroll or accounts.
    pub role: Role,
    /// Path as configured.
    pub path: Shown,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// The file's own time, UTC.
    pub modified: Option<String>,
    /// Stated day of the extract.
    pub exported: Option<NaiveDate>,
    /// Stated maker.
    pub exported_by: Option<Shown>,
    /// Stated selection.
    pub selection: Option<Shown>,
    /// Stated number of rows.
    pub control_total: Option<u64>,
    /// Format.
    pub format: &'static str,
    /// Encoding.
    pub encoding: Option<String>,
    /// What parts the fields of delimited text.
    pub delimiter: Option<char>,
    /// Its sheets, but for those passed over.
    pub sheets: Vec<SheetShown>,
    /// Its rows.
    pub rows: RowCount,
    /// Columns read.
    pub columns: Vec<ColumnShown>,
    /// Headers of columns never read.
    pub dropped: Vec<Shown>,
    /// Headers that name nothing known.
    pub unknown: Vec<Shown>,
    /// Headers that would fit a field another column was taken for, with that field.
    pub passed_over: Vec<(Field, Shown)>,
    /// Keys and how many records have them.
    pub key_coverage: BTreeMap<Field, Coverage>,
    /// Every row that could not be used.
    pub rejected: Vec<RejectedShown>,
    /// Rows by what is wrong with their personal number.
    pub flaws: BTreeMap<Flaw, u64>,
    /// What a reader should know of the file.
    pub remarks: Vec<Shown>,
}

/// A sheet that was read.
#[derive(Clone, Debug)]
pub struct SheetShown {
    /// Its name; empty for delimited text.
    pub name: Shown,
    /// The header row.
    pub header_row: Option<u32>,
}

/// The columns that answer for a field together.
#[derive(Clone, Debug)]
pub struct ColumnShown {
    /// The field.
    pub field: Field,
    /// The headers, in the order of the file.
    pub headers: Vec<Shown>,
    /// Rows with a value in one of them.
    pub filled: u64,
    /// Rows whose value was understood.
    pub understood: u64,
    /// What was not, with the number of rows.
    pub not_understood: Vec<(Shown, u64)>,
}

/// A row that could not be used.
#[derive(Clone, Debug)]
pub struct RejectedShown {
    /// Sheet, empty for delimited text.
    pub sheet: Shown,
    /// Row as Excel shows it.
    pub row: u32,
    /// Why.
    pub reason: Reason,
}

impl RejectedShown {
    /// The row with its file, and with its sheet where there are several.
    pub fn place(&self, path: &str) -> Message {
        let Self { sheet, row, .. } = self;
        match sheet.as_str() {
            "" => message!("{path}, rad {row}", "{path}, row {row}"),
            sheet => message!("{path}, {sheet}, rad {row}", "{path}, {sheet}, row {row}"),
        }
    }
}

impl InputShown {
    /// A file that was read.
    pub fn read(report: &SourceReport, screen: &Screen, language: Language) -> Self {
        let path = screen.show(&report.path);
        Self {
            role: report.role,
            system: report.system.clone(),
            masked: path.as_str() != report.path,
            path,
            source: Some(SourceShown::new(&report.clone().without_marks(), screen, language)),
            missing: None,
        }
    }
}

impl SourceShown {
    fn new(report: &SourceReport, screen: &Screen, language: Language) -> Self {
        let show = |text: &String| screen.show(text);
        let list = |texts: &[String]| texts.iter().map(show).collect::<Vec<_>>();
        let sheets = report.sheets.iter().filter(|sheet| sheet.passed_over.is_none());
        let rejected = report.rejected.iter();
        Self {
            role: report.role,
            path: show(&report.path),
            sha256: report.sha256.clone(),
            bytes: report.bytes,
            modified: report.modified.clone(),
            exported: report.exported,
            exported_by: report.exported_by.as_ref().map(show),
            selection: report.selection.as_ref().map(show),
            control_total: report.control_total,
            format: report.shape.format,
            encoding: report.shape.encoding.clone(),
            delimiter: report.shape.delimiter,
            sheets: sheets.map(|sheet| SheetShown { name: show(&sheet.name), header_row: sheet.header_row }).collect(),
            rows: report.rows,
            columns: report.columns.iter().map(|column| ColumnShown::new(column, screen)).collect(),
            dropped: list(&report.dropped),
            unknown: list(&report.unknown_headers()),
            passed_over: report.passed_over.iter().map(|(field, header)| (*field, show(header))).collect(),
            key_coverage: report.key_coverage.clone(),
            rejected: rejected
                .map(|own| RejectedShown { sheet: show(&own.sheet), row: own.row, reason: own.reason })
                .collect(),
            flaws: report.flaws.clone(),
            remarks: report.remarks().iter().map(|remark| screen.show(remark.get(language))).collect(),
        }
    }

    /// The names of the sheets whose rows were read.
    pub fn sheet_names(&self) -> Vec<&str> {
        let read = self.sheets.iter().filter(|sheet| sheet.header_row.is_some() && !sheet.name.is_empty());
        read.map(|sheet| sheet.name.as_str()).collect()
    }
}

impl ColumnShown {
    fn new(column: &MappedColumn, screen: &Screen) -> Self {
        let words = column.not_understood.iter();
        Self {
            field: column.field,
            headers: column.headers.iter().map(|header| screen.show(header)).collect(),
            filled: column.filled,
            understood: column.understood,
            not_understood: words.map(|(word, rows)| (screen.show(word), *rows)).collect(),
        }
    }

    /// The headers in quotes, with commas.
    pub fn shown(&self) -> String {
        let quoted: Vec<String> = self.headers.iter().map(|header| format!("\"{header}\"")).collect();
        quoted.join(", ")
    }
}

/// Every input, payroll first, then registers and the list of systems, then the systems in order.
pub fn all(review: &Review<'_>, screen: &Screen) -> Vec<InputShown> {
    let language = review.config.review.language;
    let read = |report: &SourceReport| InputShown::read(report, screen, language);
    let mut inputs: Vec<InputShown> =
        review.payroll.iter().chain(review.registers).chain(review.inventory).map(read).collect();
    for system in &review.systems {
        match system.delivered {
            Ok((export, _)) => inputs.extend(export.reports.iter().map(read)),
            Err(error) => {
                let says: &Message = &error.says;
                let named = system.config.shown();
                let path = screen.show(&named);
                inputs.push(InputShown {
                    role: Role::Accounts,
                    system: Some(system.config.system.id.to_string()),
                    masked: path.as_str() != named,
                    path,
                    source: None,
                    missing: Some(screen.show(says.get(language))),
                });
            }
        }
    }
    inputs
}
