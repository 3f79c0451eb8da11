//! One sheet of an OpenDocument spreadsheet → rows. Repeated rows and cells are written once, and made again here.

use super::super::archive::{TOO_DEEP, TOO_MANY_COLUMNS, damaged, undecoded};
use super::super::{EachRow, MergedRows, Row, Trouble};
use super::{MAX_DEPTH, attribute};
use crate::ingest::value::{CellError, MOST_DIGITS, Value};
use crate::model::{Text, read_date_time};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, escape};
use std::borrow::Cow;
use std::ops::ControlFlow;

/// The limits of a sheet that every program keeps.
const MAX_COLUMNS: usize = 16_384;
const MAX_ROWS: u32 = 1_048_576;

/// Filled cells that a sheet may come to when what is repeated is counted.
const MAX_CELLS: usize = 50_000_000;

/// Hands out the rows of a sheet that hold anything, numbers and times as they are or as they are shown.
///
/// # Errors
/// Damage that was met on the way, and sheets beyond what any program makes.
pub fn rows(xml: &str, as_shown: bool, each: &mut EachRow<'_>) -> Result<(), Trouble> {
    read(xml, as_shown, each).map(drop)
}

/// The cells of a sheet that are merged over several rows, as far as it can be read.
pub fn merged_rows(xml: &str) -> Vec<MergedRows> {
    read(xml, false, &mut |_| ControlFlow::Continue(())).map(|table| table.merged).unwrap_or_default()
}

fn read(xml: &str, as_shown: bool, each: &mut EachRow<'_>) -> Result<Table, Trouble> {
    let mut reader = Reader::from_str(xml);
    let mut table = Table { row: 1, as_shown, ..Table::default() };
    loop {
        let flow = match reader.read_event().map_err(undecoded)? {
            Event::Start(element) => {
                table.begin(&element)?;
                ControlFlow::Continue(())
            }
            Event::Empty(element) => {
                table.begin(&element)?;
                table.end(each)?
            }
            Event::End(_) => table.end(each)?,
            Event::Text(text) => table.add(&text.xml10_content()),
            Event::CData(text) => table.add(&text.xml10_content()),
            Event::GeneralRef(name) => {
                let letter = name.resolve_char_ref().ok().flatten().map(String::from);
                let known = || escape::resolve_predefined_entity(&name.xml10_content()).map(ToOwned::to_owned);
                table.put(
                    &letter
                        .or_else(known)
                        .ok_or_else(|| damaged(Text::new("en egen entitet, som inte läses", "an entity of its own")))?,
                )
            }
            Event::Eof => return Ok(table),
            _ => ControlFlow::Continue(()),
        };
        if flow.is_break() {
            return Ok(table);
        }
    }
}

/// What an element that is open is to the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Row,
    Cell,
    Paragraph,
    /// Text within a paragraph.
    Within,
    /// What stands beside the table: notes, drawings, tables in cells.
    Beside,
    /// What only holds rows.
    Around,
}

/// A sheet while it is read.
#[derive(Default)]
struct Table {
    open: Vec<Part>,
    /// The number of the row under way.
    row: u32,
    /// How often it is repeated.
    rows: u32,
    cells: Vec<Value<'static>>,
    /// Empty cells since the last that holds anything.
    empty: usize,
    cell: Cell,
    filled: usize,
    as_shown: bool,
    /// Cells that reach over several rows.
    merged: Vec<MergedRows>,
}

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    columns: usize,
    /// How many rows and columns it reaches over, where it is merged with others.
    reach: (usize, usize),
    covered: bool,
    kind: String,
    value: Option<String>,
    is_formula: bool,
    failed: bool,
    text: String,
    /// Whether a blank that was met is written before the next letter.
    blank: bool,
}

impl Table {
    fn begin(&mut self, element: &BytesStart<'_>) -> Result<(), Trouble> {
        if self.open.len() >= MAX_DEPTH {
            return Err(damaged(TOO_DEEP));
        }
        let part = self.part(element.local_name().as_ref());
        match part {
            Part::Row => {
                let repeated = repeated(element, "table:number-rows-repeated");
                self.rows = u32::try_from(repeated).unwrap_or(u32::MAX);
                self.cells.clear();
                self.empty = 0;
            }
            Part::Cell => self.cell = Cell::of(element),
            Part::Paragraph => {
                if !self.cell.text.is_empty() {
                    self.cell.text.push('\n');
                }
                self.cell.blank = false;
            }
            Part::Within => self.add_mark(element),
            Part::Beside | Part::Around => {}
        }
        self.open.push(part);
        Ok(())
    }

    fn part(&self, name: &str) -> Part {
        match (self.open.last().unwrap_or(&Part::Around), name) {
            (Part::Around, "table-row") => Part::Row,
            (Part::Around, "table-rows" | "table-header-rows" | "table-row-group") => Part::Around,
            (Part::Row, "table-cell" | "covered-table-cell") => Part::Cell,
            (Part::Cell, "p" | "h") => Part::Paragraph,
            (Part::Paragraph | Part::Within, "annotation" | "note" | "frame") => Part::Beside,
            (Part::Paragraph | Part::Within, _) => Part::Within,
            _ => Part::Beside,
        }
    }

    fn end(&mut self, each: &mut EachRow<'_>) -> Result<ControlFlow<()>, Trouble> {
        match self.open.pop() {
            Some(Part::Cell) => self.end_cell()?,
            Some(Part::Row) => return self.end_row(each),
            _ => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    fn end_cell(&mut self) -> Result<(), Trouble> {
        let cell = std::mem::take(&mut self.cell);
        self.note_merge(cell.reach);
        let (columns, value) = (cell.columns, cell.into_value(self.as_shown));
        if value == Value::Empty {
            self.empty = self.empty.saturating_add(columns);
            return Ok(());
        }
        let width = self.cells.len().saturating_add(self.empty).saturating_add(columns);
        if width > MAX_COLUMNS {
            return Err(damaged(TOO_MANY_COLUMNS));
        }
        self.cells.resize(width - columns, Value::Empty);
        self.cells.resize(width, value);
        self.empty = 0;
        Ok(())
    }

    /// Keeps what a cell is merged with, where it reaches over several rows.
    fn note_merge(&mut self, (rows, columns): (usize, usize)) {
        let first = self.cells.len().saturating_add(self.empty);
        let place = |at: usize| u32::try_from(at).ok();
        let last =
            place(rows).and_then(|rows| self.row.checked_add(rows.checked_sub(1)?)).filter(|last| *last > self.row);
        let columns = place(first).zip(place(first.saturating_add(columns.saturating_sub(1))));
        self.merged.extend(
            last.zip(columns).map(|(last, (from, to))| MergedRows { rows: self.row..=last, columns: from..=to }),
        );
    }

    fn end_row(&mut self, each: &mut EachRow<'_>) -> Result<ControlFlow<()>, Trouble> {
        let rows = std::mem::take(&mut self.rows);
        if self.cells.is_empty() {
            self.row = self.row.saturating_add(rows);
            return Ok(ControlFlow::Continue(()));
        }
        for _ in 0..rows {
            self.filled += self.cells.len();
            if self.row > MAX_ROWS || self.filled > MAX_CELLS {
                return Err(damaged(Text::new("för många celler", "too many cells")));
            }
            if each(&Row { number: self.row, cells: &self.cells, width: None }).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            self.row += 1;
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Adds text as it is written: blanks and line breaks between words are one blank.
    fn add(&mut self, text: &str) -> ControlFlow<()> {
        if !matches!(self.open.last(), Some(Part::Paragraph | Part::Within)) {
            return ControlFlow::Continue(());
        }
        let cell = &mut self.cell;
        for letter in text.chars() {
            if matches!(letter, ' ' | '\t' | '\n' | '\r') {
                cell.blank = true;
                continue;
            }
            cell.add_blank();
            cell.text.push(letter);
        }
        ControlFlow::Continue(())
    }

    /// Adds a letter that was written by its name.
    fn put(&mut self, letter: &str) -> ControlFlow<()> {
        if matches!(self.open.last(), Some(Part::Paragraph | Part::Within)) {
            self.cell.add_blank();
            self.cell.text.push_str(letter);
        }
        ControlFlow::Continue(())
    }

    /// Blanks, tabs and line breaks that stand as elements.
    fn add_mark(&mut self, element: &BytesStart<'_>) {
        let cell = &mut self.cell;
        match element.local_name().as_ref() {
            "s" => {
                cell.add_blank();
                let blanks = attribute(element, "text:c").and_then(|number| number.parse().ok()).unwrap_or(1usize);
                cell.text.extend(std::iter::repeat_n(' ', blanks.min(MAX_COLUMNS)));
            }
            "tab" => cell.text.push('\t'),
            "line-break" => cell.text.push('\n'),
            _ => {}
        }
    }
}

/// Whether a number is shown as an identifier of a certain length: with noughts before it, and nothing else.
fn is_of_identifier(text: &str, number: f64) -> bool {
    let is_padded = text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_same = || text.parse::<f64>().is_ok_and(|own| (own - number).abs() < 0.5);
    is_padded && number < MOST_DIGITS && is_same()
}

/// A number as it is shown. Its mark of decimals is a point, as in other workbooks; a comma is such a mark only where the
/// number itself says so.
fn shown(text: String, number: f64) -> String {
    let pointed = text.replacen(',', ".", 1);
    let digits = pointed.trim_end_matches(['%', ' ', '\u{a0}']);
    let unit = if pointed.ends_with('%') { 0.01 } else { 1.0 };
    let places = digits.split_once('.').map_or(0, |(_, behind)| behind.len());
    let last = unit * 0.1f64.powi(i32::try_from(places).unwrap_or(i32::MAX));
    let is_same = digits.parse::<f64>().is_ok_and(|own| (own * unit - number).abs() < last);
    if is_same { pointed } else { text }
}

/// How often an element stands for itself.
fn repeated(element: &BytesStart<'_>, name: &str) -> usize {
    match attribute(element, name) {
        None => 1,
        // More than any number is too many, which is told where it matters.
        Some(number) => number.trim().parse().unwrap_or(usize::MAX),
    }
}

impl Cell {
    fn of(element: &BytesStart<'_>) -> Self {
        let own = |name: &str| attribute(element, name);
        let kind = own("office:value-type").unwrap_or_default();
        let value = match kind.as_str() {
            "date" => own("office:date-value"),
            "time" => own("office:time-value"),
            "boolean" => own("office:boolean-value"),
            "string" => own("office:string-value"),
            _ => own("office:value"),
        };
        Self {
            columns: repeated(element, "table:number-columns-repeated"),
            reach: (repeated(element, "table:number-rows-spanned"), repeated(element, "table:number-columns-spanned")),
            covered: element.local_name().as_ref() == "covered-table-cell",
            failed: own("calcext:value-type").is_some_and(|kind| kind == "error"),
            is_formula: own("table:formula").is_some(),
            kind,
            value,
            ..Self::default()
        }
    }

    /// Writes the blank that was met between words; none stands before the first.
    fn add_blank(&mut self) {
        if std::mem::take(&mut self.blank) && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
    }

    /// What the cell holds. Under a merge only the first cell counts.
    fn into_value(self, as_shown: bool) -> Value<'static> {
        if self.covered {
            return Value::Empty;
        }
        if self.failed {
            return Value::Failed(CellError::shown_as(&self.text).unwrap_or(CellError::Other));
        }
        let text = |text: String| if text.is_empty() { Value::Empty } else { Value::Text(Cow::Owned(text)) };
        let value = self.value.as_deref().unwrap_or_default();
        match self.kind.as_str() {
            "float" | "percentage" | "currency" => match value.parse::<f64>() {
                Ok(number) if number.is_finite() && is_of_identifier(&self.text, number) => text(self.text),
                Ok(number) if number.is_finite() && (!as_shown || self.text.is_empty()) => Value::Number(number),
                Ok(number) if number.is_finite() => text(shown(self.text, number)),
                _ => text(self.text),
            },
            "date" => match read_date_time(value) {
                Some(moment) => Value::Moment(moment),
                None => text(self.value.unwrap_or(self.text)),
            },
            "boolean" => Value::Flag(value == "true"),
            "time" if as_shown && !self.text.is_empty() => text(self.text),
            "time" => text(self.value.unwrap_or(self.text)),
            "" if self.is_formula && self.text.is_empty() => Value::NoResult,
            _ => text(self.value.unwrap_or(self.text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cell that reaches over several rows is told with where it stands; one that is only wide is not.
    #[test]
    fn merged_rows_are_told() {
        let cell = |more: &str| format!("<table:table-cell {more}><text:p>a</text:p></table:table-cell>");
        let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
        let high = cell("table:number-rows-spanned=\"3\" table:number-columns-spanned=\"2\"");
        let wide = cell("table:number-rows-spanned=\"1\" table:number-columns-spanned=\"4\"");
        let gap = "<table:table-cell table:number-columns-repeated=\"2\"/>".to_owned();
        let xml = [row(&[wide, cell("")]), row(&[cell(""), gap, high])].concat();
        assert_eq!(merged_rows(&xml), [MergedRows { rows: 2..=4, columns: 3..=4 }]);
    }

    /// A comma is the mark of decimals only where the number says so: 1,234 may be a thousand.
    #[test]
    fn decimals_have_a_point() {
        for (text, number, told) in [
            ("12,50", 12.5, "12.50"),
            ("1,234", 1234.0, "1,234"),
            ("1,234", 1.2341, "1.234"),
            ("25,6%", 0.2561, "25.6%"),
            ("-0,5", -0.5, "-0.5"),
            ("1 234,50 kr", 1234.5, "1 234,50 kr"),
            ("1,5E+3", 1500.0, "1.5E+3"),
            ("12.50", 12.5, "12.50"),
            ("007", 7.0, "007"),
        ] {
            assert_eq!(shown(text.to_owned(), number), told);
        }
    }
}
