//! What is said of input files: one, several that are alike, or several with headers of their own.
//!
//! What stands on the table itself holds for each of its files that does not say otherwise.

use super::columns::{self, Columns};
use super::table::{Table, TextOrTables};
use crate::model::{Role, message};
use chrono::NaiveDate;
use std::path::{Component, Path, PathBuf};

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
    pub columns: Columns,
    /// The employer of the rows that name none; payroll only.
    pub company: Option<String>,
}

impl InputFile {
    /// A file under the name that the configuration gives it, with what else is stated.
    pub fn named(self, shown: String, base: &Path) -> Self {
        Self { path: base.join(&shown), shown, ..self }
    }

    /// How many bytes it has; one that is not there has none.
    pub fn size(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |metadata| metadata.len())
    }

    /// Filled in with what holds for all files of its table.
    fn or(self, common: &Self) -> Self {
        let mut columns = common.columns.clone();
        columns.extend(self.columns);
        Self {
            exported: self.exported.or(common.exported),
            exported_by: self.exported_by.or_else(|| common.exported_by.clone()),
            selection: self.selection.or_else(|| common.selection.clone()),
            sheet: self.sheet.or_else(|| common.sheet.clone()),
            header_row: self.header_row.or(common.header_row),
            encoding: self.encoding.or_else(|| common.encoding.clone()),
            delimiter: self.delimiter.or(common.delimiter),
            company: self.company.or_else(|| common.company.clone()),
            columns,
            ..self
        }
    }
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
        columns: table.table("columns").map(|t| columns::read(&t, role)).unwrap_or_default(),
        company: (role == Role::Payroll).then(|| table.text("company")).flatten(),
    }
}

/// The one file of a table, with what is stated of it.
pub fn read_one(table: &Table<'_>, base: &Path, role: Role) -> Option<InputFile> {
    let stated = read_stated(table, role);
    Some(stated.named(table.text("file")?, base))
}

/// Every file of a table: `file`, `files`, or a table for each. None where no file is named.
pub fn read_several(table: &Table<'_>, base: &Path, role: Role) -> Vec<InputFile> {
    let common = read_stated(table, role);
    let alike = table.placed_texts("files");
    let single = table.text_or_tables("file");
    if !alike.is_empty() && !matches!(single, TextOrTables::Nothing) {
        let heading = table.heading();
        let says = message!(
            "{heading} har både file och files; skriv det ena",
            "{heading} has both file and files; write one of them"
        );
        table.problem_at(alike[0].1, says, None);
    }
    let files: Vec<InputFile> = match single {
        TextOrTables::Text(shown) => vec![common.clone().named(shown, base)],
        TextOrTables::Tables(own) => {
            own.into_iter().filter_map(|own| read_own(own, base, role)).map(|file| file.or(&common)).collect()
        }
        TextOrTables::Nothing => {
            let each = InputFile { control_total: None, ..common.clone() };
            match alike.as_slice() {
                [(only, _)] => vec![common.clone().named(only.clone(), base)],
                _ => alike.into_iter().map(|(shown, _)| each.clone().named(shown, base)).collect(),
            }
        }
    };
    if common.control_total.is_some() && files.len() > 1 {
        refuse_common_total(table);
    }
    refuse_twice(table, &files);
    files
}

/// One of several files, with a table of its own.
fn read_own(table: Table<'_>, base: &Path, role: Role) -> Option<InputFile> {
    let file = read_one(&table, base, role);
    if file.is_none() {
        let heading = table.heading();
        table.problem(message!("{heading} saknar file", "{heading} has no file"));
    }
    table.finish();
    file
}

/// A number of rows is of one file: held against each of several it would never be right.
fn refuse_common_total(table: &Table<'_>) {
    let bare = table.heading().trim_matches(['[', ']']);
    table.problem(message!(
        "control_total kan inte gälla flera filer; ange filens eget antal under [[{bare}.file]]",
        "control_total cannot hold for several files; state each file's own number under [[{bare}.file]]"
    ));
}

/// A file named twice would count twice, unless another sheet of it is meant.
fn refuse_twice(table: &Table<'_>, files: &[InputFile]) {
    let apart = |a: &InputFile, b: &InputFile| a.sheet.is_some() && b.sheet.is_some() && a.sheet != b.sheet;
    for (at, file) in files.iter().enumerate() {
        if files[..at].iter().any(|other| plain(&other.path) == plain(&file.path) && !apart(other, file)) {
            let (heading, shown) = (table.heading(), &file.shown);
            table.problem(message!(
                "{heading} har filen \"{shown}\" två gånger",
                "{heading} has the file \"{shown}\" twice"
            ));
        }
    }
}

/// A path without the parts that say nothing.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
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
    // Those that the library for encodings does not know are read by ourselves.
    let is_ours = ["cp850", "cp437", "utf-32le", "utf-32be"].contains(&name.to_ascii_lowercase().as_str());
    if !is_ours && encoding_rs::Encoding::for_label(name.as_bytes()).is_none() {
        let says = message!("okänd teckenkodning \"{name}\"", "unknown encoding \"{name}\"");
        let way_out = message!(
            "Vanliga: utf-8, windows-1252, utf-16le, iso-8859-1, cp850",
            "Common ones: utf-8, windows-1252, utf-16le, iso-8859-1, cp850"
        );
        table.problem_at(offset, says, Some(way_out));
        return None;
    }
    Some(name)
}
