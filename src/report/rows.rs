//! The rows of a list, which this program writes itself into the sheet that the library has made. Head, widths, filters
//! and choices are the library's; of the rows it would keep every cell of a table in memory, look up the format of each,
//! and write them to a file that it reads again.
//!
//! They are written when the workbook is put together, straight into its archive, made some at a time on every core: so
//! a list takes no more memory however long it is.

use super::cell::Cell;
use super::style::FormatNumbers;
use super::table::{Column, fitted, height};
use crate::model::Language;
use chrono::NaiveDate;
use rayon::prelude::*;
use rust_xlsxwriter::XlsxError;
use std::borrow::Borrow;
use std::io::{self, Write};

/// Writes the rows of a list, whose formats have these numbers.
type WriteRows<'p> = dyn Fn(&FormatNumbers, &mut dyn Write) -> io::Result<()> + 'p;

/// Rows that wait to be written.
pub struct Rows<'p> {
    /// The last of them, from 0; before the first stands the head.
    pub last: u32,
    write: Box<WriteRows<'p>>,
}

/// A list that was laid out, whose rows wait to be written.
pub type LaidOut<'p> = Result<Rows<'p>, XlsxError>;

/// Rows that one core makes at a time, and rows that are held at once.
const PIECE: usize = 256;
const BATCH: usize = 16 * PIECE;

/// A list, as it is laid out.
pub struct List<R, B> {
    /// Its columns.
    pub columns: Vec<Column<R>>,
    /// What they are about.
    pub rows: Vec<B>,
    /// How wide each column is, in characters.
    pub widths: Vec<f64>,
    /// In which language.
    pub language: Language,
}

impl<'p> Rows<'p> {
    /// Those of a list, the last of which has a place of its own.
    pub fn new<R: 'p, B: Borrow<R> + Sync + 'p>(list: List<R, B>, last: u32) -> Self {
        let names: Vec<String> = (0..list.columns.len()).map(column_name).collect();
        let write = move |formats: &FormatNumbers, into: &mut dyn Write| {
            let (columns, widths, language) = (&list.columns[..], &list.widths[..], list.language);
            let maker = Maker { columns, widths, names: &names, formats, language };
            let mut written = 0;
            for batch in list.rows.chunks(BATCH) {
                let pieces = batch.par_chunks(PIECE).enumerate();
                let pieces = pieces.map(|(at, piece)| maker.make(piece, written + at * PIECE));
                pieces.collect::<Vec<String>>().iter().try_for_each(|piece| into.write_all(piece.as_bytes()))?;
                written += batch.len();
            }
            Ok(())
        };
        Self { last, write: Box::new(write) }
    }

    /// Writes them.
    ///
    /// # Errors
    /// What cannot be written to.
    pub fn write(&self, formats: &FormatNumbers, into: &mut dyn Write) -> io::Result<()> {
        (self.write)(formats, into)
    }
}

/// What the rows of a list have in common.
struct Maker<'l, R> {
    columns: &'l [Column<R>],
    widths: &'l [f64],
    /// What the columns are called in Excel.
    names: &'l [String],
    formats: &'l FormatNumbers,
    language: Language,
}

impl<R> Maker<'_, R> {
    /// Some rows, before which so many stand.
    fn make<B: Borrow<R>>(&self, rows: &[B], before: usize) -> String {
        let mut xml = String::new();
        // The head is the first.
        for (row, number) in rows.iter().zip(before + 2..) {
            self.add(row.borrow(), &number.to_string(), &mut xml);
        }
        xml
    }

    fn add(&self, row: &R, number: &str, xml: &mut String) {
        let cells: Vec<Cell<'_>> = self.columns.iter().map(|column| (column.value)(row, self.language)).collect();
        let height = height(&cells, self.columns, self.widths).to_string();
        add_all(&["<row r=\"", number, "\" ht=\"", &height, "\" customHeight=\"1\">"], xml);
        for (cell, name) in cells.iter().zip(self.names) {
            self.add_cell(cell, &[name, number], xml);
        }
        xml.push_str("</row>");
    }

    /// A cell at a place. Nothing is written where a fact is missing; a place to answer in is, for a column of its
    /// colour would go on below the table.
    fn add_cell(&self, cell: &Cell<'_>, [name, number]: &[&str; 2], xml: &mut String) {
        let FormatNumbers { text, number: of_numbers, date, answer, answer_date, severities } = self.formats;
        let mut begin = |format: &str| add_all(&["<c r=\"", name, number, "\" s=\"", format, "\""], xml);
        match cell {
            Cell::Blank => return,
            Cell::Text(_) => begin(text),
            Cell::Number(_) => begin(of_numbers),
            Cell::Date(_) => begin(date),
            Cell::Severity(severity) => begin(&severities[*severity as usize]),
            Cell::Answer => begin(answer),
            Cell::AnswerDate => begin(answer_date),
        }
        match cell {
            Cell::Text(own) => add_text(&fitted(own, self.language), xml),
            Cell::Severity(severity) => add_text(severity.text().get(self.language), xml),
            Cell::Number(own) => add_all(&["><v>", &own.to_string(), "</v></c>"], xml),
            Cell::Date(day) => add_all(&["><v>", &serial(*day).to_string(), "</v></c>"], xml),
            Cell::Blank | Cell::Answer | Cell::AnswerDate => xml.push_str("/>"),
        }
    }
}

fn add_all(parts: &[&str], xml: &mut String) {
    parts.iter().for_each(|part| xml.push_str(part));
}

/// The rest of a cell of text, whose blanks at the ends are kept.
fn add_text(text: &str, xml: &mut String) {
    const BLANKS: [char; 3] = [' ', '\t', '\n'];
    let keep = if text.starts_with(BLANKS) || text.ends_with(BLANKS) { " xml:space=\"preserve\"" } else { "" };
    add_all(&[" t=\"inlineStr\"><is><t", keep, ">"], xml);
    add_escaped(text, xml);
    xml.push_str("</t></is></c>");
}

/// A text as XML holds it. What it cannot hold is written as Excel does, `_x000B_`, and what looks like that is told from
/// it.
fn add_escaped(text: &str, xml: &mut String) {
    let is_plain =
        |byte: u8| !matches!(byte, b'&' | b'<' | b'>' | b'_' | 0..=31 | 0xef) || matches!(byte, b'\t' | b'\n');
    if text.bytes().all(is_plain) {
        return xml.push_str(text);
    }
    for (at, letter) in text.char_indices() {
        match letter {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '_' if looks_escaped(&text[at..]) => xml.push_str("_x005F_"),
            '\t' | '\n' => xml.push(letter),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => xml.push_str(&format!("_x{:04X}_", u32::from(letter))),
            _ => xml.push(letter),
        }
    }
}

/// Whether a text begins as an escaped letter does.
fn looks_escaped(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7 && bytes.starts_with(b"_x") && bytes[6] == b'_' && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}

/// What a column is called, from 0: A to Z, then AA.
fn column_name(at: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(at % 26).unwrap_or_default());
    match (at / 26).checked_sub(1) {
        Some(before) => format!("{}{letter}", column_name(before)),
        None => letter.to_string(),
    }
}

/// The number of a day in Excel, which counts a 29 February 1900.
fn serial(day: NaiveDate) -> i64 {
    let days = day.signed_duration_since(NaiveDate::default()).num_days() + EPOCH;
    if days > 59 { days + 1 } else { days }
}

/// Days from the last of 1899 to the first of 1970.
const EPOCH: i64 = 25_568;

#[cfg(test)]
mod tests {
    use super::super::style::Styles;
    use super::*;
    use crate::model::{Severity, Text};
    use rust_xlsxwriter::{Format, Workbook, Worksheet};

    /// The rows of a sheet as it stands in its archive.
    fn rows_in(workbook: &mut Workbook) -> String {
        let bytes = workbook.save_to_buffer().unwrap();
        let mut parts = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
        let xml = io::read_to_string(parts.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
        xml.split_once("<sheetData>").unwrap().1.split_once("</sheetData>").unwrap().0.to_owned()
    }

    fn put(sheet: &mut Worksheet, at: u16, cell: &Cell<'_>, styles: &Styles) {
        let format = match cell {
            Cell::Number(_) => &styles.number,
            Cell::Date(_) => &styles.date,
            _ => &styles.text,
        };
        let format: &Format = format;
        match cell {
            Cell::Text(text) => sheet.write_string_with_format(1, at, text.as_ref(), format).unwrap(),
            Cell::Severity(own) => sheet.write_string_with_format(1, at, own.text().sv, styles.severity(*own)).unwrap(),
            #[allow(clippy::cast_precision_loss)]
            Cell::Number(own) => sheet.write_number_with_format(1, at, *own as f64, format).unwrap(),
            Cell::Date(day) => sheet.write_datetime_with_format(1, at, day, format).unwrap(),
            Cell::Answer => sheet.write_blank(1, at, &styles.answer).unwrap(),
            Cell::AnswerDate => sheet.write_blank(1, at, &styles.answer_date).unwrap(),
            Cell::Blank => sheet,
        };
    }

    /// Cells of every kind, some with texts that are hard to write.
    fn cells() -> Vec<Cell<'static>> {
        let day = |year, month, day| Cell::Date(NaiveDate::from_ymd_opt(year, month, day).unwrap());
        let mut cells: Vec<Cell<'static>> = Severity::ALL.into_iter().map(Cell::Severity).collect();
        cells.extend([Cell::Blank, Cell::Number(-7), Cell::Number(1_234_567), Cell::Answer, Cell::AnswerDate]);
        cells.extend([day(1900, 2, 28), day(1900, 3, 1), day(1970, 1, 1), day(2026, 12, 31)]);
        let texts = [
            "Åsa & <Öberg>",
            " blank",
            "blank ",
            "två\nrader",
            "rad\n",
            "\u{b}klocka\r",
            "_x000B_",
            "_x000B",
            "_xå00B_",
            "=1+1",
            "\u{fffe}\u{feff}",
        ];
        cells.extend(texts.map(Cell::text));
        cells
    }

    /// A cell of each kind is written as the library writes it, whatever stands in it, in the same format, in columns
    /// beyond Z too.
    #[test]
    fn cells_are_written_as_the_library_does() {
        let (mut workbook, styles, cells) = (Workbook::new(), Styles::new(), cells());
        let formats = FormatNumbers::register(&mut workbook, &styles);
        let sheet = workbook.add_worksheet_with_constant_memory().unwrap();
        for (cell, at) in cells.iter().zip(20u16..) {
            put(sheet, at, cell, &styles);
        }
        let theirs = rows_in(&mut workbook);

        let columns: Vec<Column<()>> = Vec::new();
        let (widths, names) = (&[][..], &[][..]);
        let maker = Maker { columns: &columns, widths, names, formats: &formats, language: Language::Sv };
        let mut own = String::new();
        for (cell, at) in cells.iter().zip(20..) {
            maker.add_cell(cell, &[&column_name(at), "2"], &mut own);
        }
        assert_eq!(format!("<row r=\"2\">{own}</row>"), theirs);
    }

    /// A row is as high as the library makes one of the same points.
    #[test]
    fn rows_are_as_high_as_the_library_makes_them() {
        let column = Column::read(Text::new("Ord", "Word"), 10.0, |row: &&str, _| Cell::text(*row));
        let text = "ett två tre fyra fem sex";
        let high = height(&[Cell::text(text)], std::slice::from_ref(&column), &[10.0]);
        let mut workbook = Workbook::new();
        let formats = FormatNumbers::register(&mut workbook, &Styles::new());
        let sheet = workbook.add_worksheet();
        sheet.set_row_height(1, high).unwrap().write_string_with_format(1, 0, text, &Styles::new().text).unwrap();
        let theirs = rows_in(&mut workbook);
        let mut own = Vec::new();
        let list = List { columns: vec![column], rows: vec![text], widths: vec![10.0], language: Language::Sv };
        Rows::new(list, 1).write(&formats, &mut own).unwrap();
        let height = |xml: &str| xml.split("ht=\"").nth(1).and_then(|own| own.split('"').next()).map(str::to_owned);
        assert_eq!(height(&String::from_utf8(own).unwrap()), height(&theirs));
    }
}
