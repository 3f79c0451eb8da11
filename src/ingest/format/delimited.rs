//! CSV, TSV and their kin: any delimiter, any encoding, any line ending.
//!
//! How the text is written is told by [`dialect`](super::dialect); its records are cut by [`lines`](super::lines).

use super::dialect::detect;
use super::encoding::{Decoded, decode};
use super::lines::{Dialect, records};
use super::{EachRow, Format, Hints, Opened, Row, Shape, SheetInfo, Trouble, Workbook, twice};
use crate::ingest::value::Value;
use crate::model::{Message, message};
use std::borrow::Cow;

/// Scores how well some cells look like a header of the file's role.
pub type Header<'a> = &'a dyn Fn(&[&str]) -> usize;

/// Delimited text; recognised last, since any bytes without NULs could be it.
pub const FORMAT: Format = Format { recognises: |_| true, open };

struct Delimited<'a> {
    text: Cow<'a, str>,
    encoding: &'static str,
    dialect: Dialect,
    /// Where the first row begins, after a `sep=` line.
    start: usize,
}

fn open<'a>(bytes: &'a [u8], hints: &Hints<'_>) -> Opened<'a> {
    let Decoded { text, encoding } = decode(bytes, hints.encoding)?;
    if text.contains('\0') {
        return Err(binary_trouble());
    }
    let (declared, start) = separator_line(&text);
    let dialect = detect(&text[start..], hints.delimiter.or(declared), hints.header_score);
    Ok(Box::new(Delimited { text, encoding, dialect, start }))
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

impl Workbook for Delimited<'_> {
    fn shape(&self) -> Shape {
        Shape {
            format: if self.dialect.delimiter == '\t' { "tsv" } else { "csv" },
            encoding: Some(self.encoding.to_owned()),
            delimiter: Some(self.dialect.delimiter),
        }
    }

    fn sheets(&self) -> Vec<SheetInfo> {
        vec![SheetInfo { name: String::new(), visible: true }]
    }

    fn remark(&self) -> Option<Message> {
        twice::remark(self.encoding)
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
        records(&self.text[self.start..], self.dialect, &mut |number, fields| {
            let cells: Vec<Value<'_>> = fields.iter().map(|field| Value::Text(Cow::Borrowed(field))).collect();
            each(&Row { number: first + number, cells: &cells, width: Some(cells.len()) })
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::ops::ControlFlow;

    fn read(bytes: &[u8]) -> Vec<Vec<String>> {
        let known = |cells: &[&str]| cells.iter().filter(|cell| ["Konto-ID", "Namn", "Enhet"].contains(cell)).count();
        let hints = Hints { encoding: None, delimiter: None, as_shown: false, header_score: &known };
        let mut rows = Vec::new();
        let mut workbook = open(bytes, &hints).map_err(|trouble| trouble.says.en).unwrap();
        let text = |cell: &Value<'_>| match cell {
            Value::Text(text) => text.to_string(),
            cell => panic!("{cell:?} is no text"),
        };
        let read = workbook.rows(0, &mut |row| {
            rows.push(row.cells.iter().map(text).collect());
            ControlFlow::Continue(())
        });
        read.map_err(|trouble| trouble.says.en).unwrap();
        rows
    }

    /// A table under a known header, of what people write in lists.
    fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
        let field = "[a-z\u{e5}\u{e4}\u{f6}0-9]{1,6}([ ,;|\t\"'/-][a-z0-9\u{e5}\u{e4}\u{f6}]{1,6}){0,2}";
        let row = proptest::collection::vec(field, 3..=3);
        proptest::collection::vec(row, 1..20).prop_map(|mut rows| {
            rows.insert(0, ["Konto-ID", "Namn", "Enhet"].map(str::to_owned).to_vec());
            rows
        })
    }

    proptest! {
        /// What an independent writer of CSV writes, and an independent reader that is told how reads, is read the same
        /// with nothing told: whatever delimiter, quotes and line ends.
        #[test]
        fn an_independent_reader_agrees_without_hints(
            table in table(),
            delimiter in proptest::sample::select(b";,\t|".to_vec()),
            always in any::<bool>(),
            windows in any::<bool>(),
        ) {
            let style = if always { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
            let end = if windows { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
            let mut writer =
                csv::WriterBuilder::new().delimiter(delimiter).quote_style(style).terminator(end).from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(&bytes[..]);
            let theirs: Vec<Vec<String>> =
                reader.records().map(|record| record.unwrap().iter().map(ToOwned::to_owned).collect()).collect();
            prop_assert_eq!(&theirs, &table);
            prop_assert_eq!(read(&bytes), theirs);
        }
    }
}
