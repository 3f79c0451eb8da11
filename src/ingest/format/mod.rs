//! Bytes → rows: one file for each format, told apart by content and never by file name.
//!
//! A format implements [`Workbook`] and stands as one line in [`FORMATS`]. Rows are handed out one
//! at a time; what they mean is decided elsewhere.

mod archive;
mod cells;
mod delimited;
mod dialect;
mod dos;
mod encoding;
mod ldif;
mod lines;
mod macro_sheets;
mod number_format;
mod ods;
mod paxml;
mod twice;
mod xls;
mod xlsb;
mod xlsx;

pub use delimited::Header as HeaderScore;

use super::value::Value;
use crate::model::{DAY_ZERO, Message, message};
use chrono::NaiveDate;
use std::ops::{ControlFlow, RangeInclusive};

/// One row of a sheet. Numbers are those a person sees in Excel; the first row is 1.
#[derive(Debug)]
pub struct Row<'a> {
    /// Row number.
    pub number: u32,
    /// Cells from the first column on; a sheet's row may be shorter than its header.
    pub cells: &'a [Value<'a>],
    /// The number of fields, where the format states it for each row (delimited text does).
    pub width: Option<usize>,
}

/// What is known of a sheet before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetInfo {
    /// Its name; empty for delimited text.
    pub name: String,
    /// Whether a person opening the file sees it.
    pub visible: bool,
}

/// How a file turned out to be written, for Underlag and `inspect`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// `csv`, `tsv`, `xlsx`, `xlsb`, `xls`, `ods`, `ldif` or `paxml`.
    pub format: &'static str,
    /// Encoding of text formats.
    pub encoding: Option<String>,
    /// Delimiter of text formats.
    pub delimiter: Option<char>,
}

/// Why a file cannot be read, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong.
    pub says: Message,
    /// What to do.
    pub way_out: Message,
}

/// What detection needs from the outside.
pub struct Hints<'a> {
    /// Stated encoding.
    pub encoding: Option<&'a str>,
    /// Stated delimiter.
    pub delimiter: Option<char>,
    /// Whether numbers are to be as a workbook shows them; else only identifiers are.
    pub as_shown: bool,
    /// How well a row fits what headers are known to look like.
    pub header_score: HeaderScore<'a>,
}

/// Receives rows until it breaks off.
pub type EachRow<'f> = dyn FnMut(&Row<'_>) -> ControlFlow<()> + 'f;

/// Cells that are merged to one over several rows: what stands in it is the first row's alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedRows {
    /// The rows, as a person sees them.
    pub rows: RangeInclusive<u32>,
    /// The columns, from the first on.
    pub columns: RangeInclusive<u32>,
}

/// An opened file.
pub trait Workbook {
    /// How it is written.
    fn shape(&self) -> Shape;

    /// Its sheets, in order; delimited text has one.
    fn sheets(&self) -> Vec<SheetInfo>;

    /// The day from which it counts days, where a date is a mere number.
    fn day_zero(&self) -> NaiveDate {
        DAY_ZERO
    }

    /// What a reader should know of how it is written.
    fn remark(&self) -> Option<Message> {
        None
    }

    /// The line on which a program says that it stopped at a limit, where that is no row of the sheet.
    fn cut_at(&self) -> Option<u32> {
        None
    }

    /// Cells of a sheet that are merged over several rows, where the format tells.
    fn merged_rows(&mut self, _sheet: usize) -> Vec<MergedRows> {
        Vec::new()
    }

    /// Hands out the rows of one sheet, in order.
    ///
    /// # Errors
    /// Damage that was met on the way.
    fn rows(&mut self, sheet: usize, each: &mut EachRow<'_>) -> Result<(), Trouble>;
}

/// An opened file, or why it cannot be.
pub type Opened<'a> = Result<Box<dyn Workbook + 'a>, Trouble>;

/// One format: how it is recognised and opened.
pub struct Format {
    recognises: fn(&[u8]) -> bool,
    open: for<'a> fn(&'a [u8], &Hints<'_>) -> Opened<'a>,
}

/// The formats there are, the surest recognised first.
const FORMATS: &[Format] =
    &[ods::FORMAT, xlsb::FORMAT, xlsx::FORMAT, xls::FORMAT, ldif::FORMAT, paxml::FORMAT, delimited::FORMAT];

/// Whether bytes are those of a workbook of a spreadsheet program.
pub fn is_workbook(bytes: &[u8]) -> bool {
    const WORKBOOKS: [Format; 4] = [ods::FORMAT, xlsb::FORMAT, xlsx::FORMAT, xls::FORMAT];
    known_but_unread(bytes).is_none() && WORKBOOKS.iter().any(|format| (format.recognises)(bytes))
}

/// Opens bytes in the format they are in.
///
/// # Errors
/// A format that is not read, or damage.
pub fn open<'a>(bytes: &'a [u8], hints: &Hints<'_>) -> Opened<'a> {
    if let Some(trouble) = known_but_unread(bytes) {
        return Err(trouble);
    }
    match FORMATS.iter().find(|format| (format.recognises)(bytes)) {
        // Text is mended whole, before it is cut into cells.
        Some(format) => (format.open)(bytes, hints).map(|opened| match opened.shape().encoding {
            Some(_) => opened,
            None => Box::new(twice::Mending::new(opened)),
        }),
        None => Err(Trouble {
            says: message!("filens format känns inte igen", "the format of the file is not recognised"),
            way_out: save_as_help(),
        }),
    }
}

/// What to do with a file that holds no table, so that no program can make one of it.
fn take_out_help() -> Message {
    message!(
        "Ta ut listan på nytt ur systemet, som Excel eller CSV.",
        "Take the list out of the system anew, as Excel or CSV."
    )
}

/// What can be done with what a spreadsheet program opens.
fn save_as_help() -> Message {
    message!(
        "Öppna filen i Excel och spara den som \"Excel-arbetsbok (.xlsx)\" eller \"CSV UTF-8\".",
        "Open the file in Excel and save it as \"Excel Workbook (.xlsx)\" or \"CSV UTF-8\"."
    )
}

/// Contents that look like data but are not read: said plainly, not taken for text.
fn known_but_unread(bytes: &[u8]) -> Option<Trouble> {
    let (says, way_out) = if bytes.iter().all(u8::is_ascii_whitespace) {
        (message!("filen är tom", "the file is empty"), take_out_help())
    } else if bytes.starts_with(b"PK\x03\x04") && contains(tail(bytes), b"word/document.xml") {
        (message!("filen är ett Worddokument", "the file is a Word document"), take_out_help())
    } else if is_bare_workbook(bytes) {
        (xls::old_workbook(), save_as_help())
    } else if bytes.starts_with(b"%PDF") {
        (message!("filen är en PDF", "the file is a PDF"), take_out_help())
    } else if paxml::recognises(bytes) {
        return None;
    } else if is_markup(bytes) {
        (message!("filen är XML eller HTML, inte en tabell", "the file is XML or HTML, not a table"), save_as_help())
    } else if let Some(kind) = other_text(bytes) {
        let way_out = if kind == "JSON" { take_out_help() } else { save_as_help() };
        (message!("filen är {kind}, inte en tabell", "the file is {kind}, not a table"), way_out)
    } else {
        return None;
    };
    Some(Trouble { says, way_out })
}

/// Whether bytes begin as XML or HTML do. UTF-16 is told by the same letters with NULs between.
fn is_markup(bytes: &[u8]) -> bool {
    const BEGINNINGS: [&str; 8] = ["<?xml", "<!doctype", "<!--", "<html", "<head", "<meta", "<style", "<table"];
    let head: Vec<u8> = bytes.iter().take(1024).copied().filter(|&byte| byte != 0).collect();
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    BEGINNINGS.iter().any(|beginning| head.starts_with(beginning))
}

/// Formats in plain text that have a first line of their own, whatever the file is called.
fn other_text(bytes: &[u8]) -> Option<&'static str> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let next = |mark: u8| text.strip_prefix(&[mark]).map(<[u8]>::trim_ascii_start);
    let is_object = next(b'{').is_some_and(|rest| rest.starts_with(b"\"") || rest.starts_with(b"}"));
    let is_array = next(b'[').is_some_and(|rest| rest.starts_with(b"{") || rest.starts_with(b"]"));
    let first = text.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    if is_object || is_array {
        Some("JSON")
    } else if first == b"TABLE" {
        Some("DIF")
    } else if first.starts_with(b"ID;P") {
        Some("SYLK")
    } else {
        None
    }
}

/// Excel 4 and older wrote their records without a compound file around them: a beginning of sheet or workbook.
fn is_bare_workbook(bytes: &[u8]) -> bool {
    matches!(bytes, [9, 0 | 2 | 4, 4 | 6 | 8, 0, ..])
}

fn password_trouble() -> Trouble {
    Trouble {
        says: message!("filen är skyddad med lösenord", "the file is protected by a password"),
        way_out: message!(
            "Öppna den i Excel, ta bort lösenordet (Arkiv, Info, Skydda arbetsbok) och spara.",
            "Open it in Excel, remove the password (File, Info, Protect Workbook) and save."
        ),
    }
}

/// The end of a file, where a zip archive lists what it holds.
fn tail(bytes: &[u8]) -> &[u8] {
    &bytes[bytes.len().saturating_sub(64 * 1024)..]
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Formats in plain text are told for what they are, whatever the file is called; tables that begin much like them are
    /// tables.
    #[test]
    fn other_formats_are_told() {
        let says = |text: &str| known_but_unread(text.as_bytes()).map(|trouble| trouble.says.en);
        for (text, kind) in [
            ("[{\"konto\": \"eva\"}]", "JSON"),
            ("\u{feff}{\n  \"value\": []\n}", "JSON"),
            ("TABLE\r\n0,1\r\n\"EXCEL\"\r\n", "DIF"),
            ("ID;PWXL;N;E\nP;PGeneral\n", "SYLK"),
            ("\u{feff}\n<HTML><table>", "HTML"),
            ("<table border=1><tr>", "HTML"),
        ] {
            assert!(says(text).is_some_and(|says| says.contains(kind)), "{text}");
        }
        assert!(says(" \r\n").is_some_and(|says| says.contains("empty")));
        for text in [
            "ID;Namn\n1;Eva\n",
            "[Konto];[Namn]\neva;Eva\n",
            "<Konto>;<Namn>\neva;Eva\n",
            "Table;x\n",
            "{3F2504E0};Eva\n",
        ] {
            assert_eq!(says(text), None, "{text}");
        }
    }
}
