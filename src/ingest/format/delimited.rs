//! CSV, TSV and their kin: any delimiter, any encoding, any line ending.
//!
//! The `csv` crate does the parsing. What it cannot know is added here: which delimiter, the row
//! number a person sees in Excel (blank lines counted), and a stray quote, which would otherwise
//! swallow the lines after it without a word.

use super::encoding::{Decoded, decode};
use super::{EachRow, Format, Hints, Opened, Row, Shape, SheetInfo, Trouble, Workbook};
use crate::ingest::value::Value;
use crate::model::message;
use csv::{ReaderBuilder, StringRecord};
use std::borrow::Cow;
use std::ops::ControlFlow;

/// Scores how well some cells look like a header of the file's role.
pub type Header<'a> = &'a dyn Fn(&[&str]) -> usize;

/// Delimited text; recognised last, since any bytes without NULs could be it.
pub const FORMAT: Format = Format { recognises: |_| true, open };

/// Delimiters tried, the likeliest in Sweden first.
const DELIMITERS: [char; 7] = [';', '\t', ',', '|', '^', '~', '¦'];

/// Rows looked at to tell the delimiter.
const SAMPLE_ROWS: usize = 40;

struct Delimited<'a> {
    text: Cow<'a, str>,
    encoding: &'static str,
    delimiter: char,
    /// Where the first row begins, after a `sep=` line.
    start: usize,
}

fn open<'a>(bytes: &'a [u8], hints: &Hints<'_>) -> Opened<'a> {
    let Decoded { text, encoding } = decode(bytes, hints.encoding)?;
    if text.contains('\0') {
        return Err(binary_trouble());
    }
    let (declared, start) = separator_line(&text);
    let delimiter = hints.delimiter.or(declared);
    let delimiter = delimiter.unwrap_or_else(|| detect(&text[start..], hints.header_score));
    Ok(Box::new(Delimited { text, encoding, delimiter, start }))
}

fn binary_trouble() -> Trouble {
    Trouble {
        says: message!("filen är inte en textfil", "the file is not a text file"),
        way_out: super::save_as_help(),
    }
}

/// Excel's `sep=;` line: the delimiter it states and where the table begins.
fn separator_line(text: &str) -> (Option<char>, usize) {
    let line = text.split_inclusive('\n').next().unwrap_or("");
    let stated = line.trim_end().strip_prefix("sep=").and_then(|rest| rest.chars().next());
    match stated {
        Some(delimiter) => (Some(delimiter), line.len()),
        None => (None, 0),
    }
}

/// The delimiter whose rows look most like a table: known headers count most, then rows of one width.
fn detect(text: &str, header_score: Header<'_>) -> char {
    let score = |delimiter: &char| {
        let mut rows: Vec<(usize, usize)> = Vec::new();
        records(text, *delimiter, &mut |_, record| {
            let cells: Vec<&str> = record.iter().collect();
            rows.push((record.len(), header_score(&cells)));
            if rows.len() < SAMPLE_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        let known = rows.iter().map(|(_, score)| *score).max().unwrap_or(0);
        let usual = rows
            .iter()
            .map(|(width, _)| *width)
            .max_by_key(|width| rows.iter().filter(|(other, _)| other == width).count());
        let usual = usual.unwrap_or(0);
        let even = if usual > 1 { rows.iter().filter(|(width, _)| *width == usual).count() } else { 0 };
        (known, even)
    };
    // The first of the best: `max_by_key` would take the last.
    DELIMITERS.iter().rev().max_by_key(|delimiter| score(delimiter)).copied().unwrap_or(';')
}

impl Workbook for Delimited<'_> {
    fn shape(&self) -> Shape {
        Shape {
            format: if self.delimiter == '\t' { "tsv" } else { "csv" },
            encoding: Some(self.encoding.to_owned()),
            delimiter: Some(self.delimiter),
        }
    }

    fn sheets(&self) -> Vec<SheetInfo> {
        vec![SheetInfo { name: String::new(), visible: true }]
    }

    fn rows(&mut self, _sheet: usize, each: &mut EachRow<'_>) -> Result<(), Trouble> {
        let mut first = 0;
        if self.start > 0 {
            // The `sep=` line is a row to the eye, and a preamble to the table.
            let line = [Value::Text(Cow::Borrowed(self.text[..self.start].trim_end()))];
            if each(&Row { number: 1, cells: &line, width: None }).is_break() {
                return Ok(());
            }
            first = 1;
        }
        records(&self.text[self.start..], self.delimiter, &mut |number, record| {
            let cells: Vec<Value<'_>> = record.iter().map(|field| Value::Text(Cow::Borrowed(field))).collect();
            each(&Row { number: first + number, cells: &cells, width: Some(cells.len()) })
        });
        Ok(())
    }
}

/// Receives each record with its row number until it breaks off.
type EachRecord<'f> = dyn FnMut(u32, &StringRecord) -> ControlFlow<()> + 'f;

/// Parses text into records. Where a quote is stray, its line is taken as it stands and parsing
/// starts anew behind it, so that no line is swallowed.
fn records(text: &str, delimiter: char, each: &mut EachRecord<'_>) {
    let Some(byte) = u8::try_from(delimiter).ok().filter(u8::is_ascii) else {
        return split_plainly(text, delimiter, each);
    };
    let mut cursor = Cursor { start: 0, number: 0 };
    while let Some(stray) = parse_until_stray(text, byte, &mut cursor, each) {
        let line_end = text[stray..].find('\n').map_or(text.len(), |at| stray + at + 1);
        let record = plain_record(text[stray..line_end].trim_end_matches(['\n', '\r']), delimiter);
        cursor = Cursor { start: line_end, number: cursor.number + 1 };
        if each(cursor.number, &record).is_break() {
            return;
        }
    }
}

/// Where parsing stands: a byte offset and the number of the last row handed out.
struct Cursor {
    start: usize,
    number: u32,
}

/// Hands out records until the text ends, the receiver breaks off (`None`), or a record with a
/// stray quote is met (its offset).
fn parse_until_stray(text: &str, delimiter: u8, cursor: &mut Cursor, each: &mut EachRecord<'_>) -> Option<usize> {
    let base = cursor.start;
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(&text.as_bytes()[base..]);
    let mut record = StringRecord::new();
    // Text is valid UTF-8 and the reader is flexible and in memory: no read can fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let from = base + offset(record.position());
        let (from, blank) = skip_line_ends(text, from);
        let to = base + offset(Some(reader.position()));
        cursor.number += blank;
        let raw = text[from..to].trim_end_matches(['\n', '\r']);
        if raw.contains('"') && !is_well_quoted(raw, delimiter) && raw.contains(['\n', '\r']) {
            return Some(from);
        }
        cursor.number += 1;
        if each(cursor.number, &record).is_break() {
            return None;
        }
    }
    None
}

fn offset(position: Option<&csv::Position>) -> usize {
    position.and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(0)
}

/// Steps over line ends before a record. The `\n` of the previous record's `\r\n` is no line of its
/// own; every other line end is a blank line.
fn skip_line_ends(text: &str, from: usize) -> (usize, u32) {
    let bytes = text.as_bytes();
    let (mut at, mut blank) = (from, 0);
    if at > 0 && bytes.get(at) == Some(&b'\n') && bytes[at - 1] == b'\r' {
        at += 1;
    }
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => at += 2,
            b'\r' | b'\n' => at += 1,
            _ => break,
        }
        blank += 1;
    }
    (at, blank)
}

/// Whether quotes open only at the start of a field and close only at its end.
fn is_well_quoted(raw: &str, delimiter: u8) -> bool {
    let bytes = raw.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'"' {
            match closing_quote(bytes, at + 1) {
                Some(end) if end + 1 == bytes.len() || bytes[end + 1] == delimiter => at = end + 2,
                _ => return false,
            }
        } else {
            let end = bytes[at..].iter().position(|&b| b == delimiter).map_or(bytes.len(), |n| at + n);
            if bytes[at..end].contains(&b'\n') {
                return false;
            }
            at = end + 1;
        }
    }
    true
}

/// The quote that closes a field; a doubled quote is a letter of it.
fn closing_quote(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|&b| b == b'"')?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// A line cut at every delimiter, quotes around a field taken off.
fn plain_record(line: &str, delimiter: char) -> StringRecord {
    line.split(delimiter).map(|field| field.trim_matches('"')).collect()
}

/// Delimiters outside ASCII: no quoting is defined for them.
fn split_plainly(text: &str, delimiter: char, each: &mut EachRecord<'_>) {
    for (number, line) in (1u32..).zip(text.lines()) {
        if !line.is_empty() && each(number, &plain_record(line, delimiter)).is_break() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let mut rows = Vec::new();
        records(text, ';', &mut |number, record| {
            rows.push((number, record.iter().map(ToOwned::to_owned).collect()));
            ControlFlow::Continue(())
        });
        rows
    }

    /// Row numbers are those of Excel under every line ending, blank lines counted.
    #[test]
    fn row_numbers_are_those_of_excel() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a;b", "", "c;d", "\"e\";f", "", "", "g;h"].join(end);
            let numbers: Vec<u32> = rows(&text).iter().map(|(number, _)| *number).collect();
            assert_eq!(numbers, [1, 3, 4, 7], "{end:?}");
        }
    }

    /// A field with a line break in quotes is one row, as Excel shows it.
    #[test]
    fn a_quoted_line_break_is_one_row() {
        let read = rows("a;\"x\ny\"\nb;c\n");
        assert_eq!(read, [(1, vec!["a".into(), "x\ny".into()]), (2, vec!["b".into(), "c".into()])]);
    }

    /// A stray quote swallows nothing: the lines after it are still rows.
    #[test]
    fn a_stray_quote_swallows_nothing() {
        let read = rows("1;a\n2;\"b\n3;c\n4;\"d\"\n");
        let first: Vec<&str> = read.iter().map(|(_, cells)| cells[0].as_str()).collect();
        assert_eq!(first, ["1", "2", "3", "4"]);
    }

    /// The delimiter is found even where another one is more frequent inside the fields.
    #[test]
    fn the_delimiter_is_told_by_known_headers() {
        let known = |cells: &[&str]| cells.iter().filter(|cell| ["Namn", "Konto"].contains(cell)).count();
        for delimiter in DELIMITERS {
            let text = format!("Namn{delimiter}Konto\nLind/Eva-A/b{delimiter}evalin\n");
            assert_eq!(detect(&text, &known), delimiter, "{delimiter}");
        }
    }

    proptest! {
        /// Plain fields come back as they were, with the row number of their line.
        #[test]
        fn plain_rows_survive(lines in proptest::collection::vec("[a-zåäö0-9 ]{1,8}(;[a-zåäö0-9 ]{0,8}){1,3}", 1..20)) {
            let read = rows(&lines.join("\r\n"));
            prop_assert_eq!(read.len(), lines.len());
            for ((number, cells), (line, place)) in read.iter().zip(lines.iter().zip(1u32..)) {
                prop_assert_eq!(*number, place);
                prop_assert_eq!(cells.join(";"), line.as_str());
            }
        }

        /// No text makes the reader panic, and no line without quotes is lost.
        #[test]
        fn any_text_is_survived(text in "[a;\"\r\n ,]{0,60}") {
            let _ = rows(&text);
        }
    }
}
