//! A sheet that is one table: real Excel table, frozen head, filters, widths, dropdowns.

use super::cell::Cell;
use super::letters::{BOLD, lines, room};
use super::page::LINE_HEIGHT;
use super::paper::{Paper, Print, of_column};
use super::rows::{LaidOut, List, Rows};
use super::style::Styles;
use super::widths::widths;
use crate::answer_form::{KEY, YesNo};
use crate::model::{Language, Text};
use rust_xlsxwriter::{DataValidation, Format, Table, TableColumn, TableStyle, Worksheet, XlsxError};
use std::borrow::{Borrow, Cow};

/// A column of rows `R`.
pub struct Column<R> {
    /// Its head.
    pub title: Text,
    /// Width in characters.
    pub width: f64,
    /// Its cell of a row.
    pub value: fn(&R, Language) -> Cell<'_>,
    /// What it is for.
    pub purpose: Purpose,
}

/// What a column is for, which decides how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be read.
    Read,
    /// To be answered in.
    Answer,
    /// To be unfolded by whoever wants to know more.
    Folded,
    /// For the program alone.
    Key,
}

impl<R> Column<R> {
    /// A column to be read.
    pub const fn read(title: Text, width: f64, value: fn(&R, Language) -> Cell<'_>) -> Self {
        Self { title, width, value, purpose: Purpose::Read }
    }

    /// A column to answer in, in words.
    pub fn answer(title: Text, width: f64) -> Self {
        Self { title, width, value: |_, _| Cell::Answer, purpose: Purpose::Answer }
    }

    /// A column to answer in, with a date.
    pub fn answer_date(title: Text, width: f64) -> Self {
        Self { title, width, value: |_, _| Cell::AnswerDate, purpose: Purpose::Answer }
    }

    /// The hidden key that answers are joined on.
    pub fn key(value: fn(&R, Language) -> Cell<'_>) -> Self {
        Self { title: KEY, width: 10.0, value, purpose: Purpose::Key }
    }

    /// The same, folded.
    #[must_use]
    pub fn folded(self) -> Self {
        Self { purpose: Purpose::Folded, ..self }
    }
}

/// How a table is laid out.
pub struct Layout {
    /// The table's name in Excel.
    pub name: &'static str,
    /// Read aloud to those who cannot see it.
    pub alt: String,
    /// Said in the first row where there are no rows.
    pub empty: Text,
    /// Columns that stay in sight to the left.
    pub frozen: u16,
    /// Columns that are printed, on one page's width; all that are shown where it is not said.
    pub printed: Option<u16>,
    /// Pixels that those may take together.
    pub room: f64,
}

/// Pixels of a page that lies.
pub fn page() -> f64 {
    Paper::Lying.pixels(Print::Ordinary)
}

/// Rows of a sheet behind its head. More do not fit in Excel.
pub const MOST_ROWS: usize = 1_048_575;

/// Lays a table out from the first row of the sheet on, and gives the rows that are to be written behind its head.
///
/// A column carries the format that its first cell has, which shows where nothing is written.
///
/// # Errors
/// More rows than a sheet has, besides what the library finds.
pub fn lay_out<'p, R: 'p, B: Borrow<R> + Sync + 'p>(
    worksheet: &mut Worksheet,
    columns: Vec<Column<R>>,
    rows: Vec<B>,
    layout: &Layout,
    styles: &Styles,
    language: Language,
) -> LaidOut<'p> {
    let shown = columns.iter().filter(|column| !matches!(column.purpose, Purpose::Key | Purpose::Folded)).count();
    let printed = layout.printed.unwrap_or(u16::try_from(shown).unwrap_or(u16::MAX));
    debug_assert!(pixels(&columns[..usize::from(printed)]) <= layout.room, "{}: {}", layout.name, pixels(&columns));
    let seen: Vec<&R> = rows.iter().map(Borrow::borrow).collect();
    let widths = widths(&columns, &seen, (usize::from(printed), layout.room), language);
    for ((column, width), at) in columns.iter().zip(&widths).zip(0u16..) {
        worksheet.set_column_width(at, *width)?;
        if column.purpose == Purpose::Key {
            worksheet.set_column_hidden(at)?;
        }
    }
    fold(worksheet, &columns)?;
    let last = last_row(rows.len())?;
    let usual = seen.first().map_or_else(Vec::new, |first| usual_formats(&columns, first, styles, language));
    for (format, at) in usual.iter().zip(0u16..) {
        worksheet.set_column_format(at, format)?;
    }
    worksheet.set_row_height(0, head_height(&columns, &widths, language))?;
    // The library notes every cell of a table. How long it is, is told when the rows are written.
    worksheet.add_table(0, 0, 1, last_column(&columns), &table(&columns, layout, styles, language))?;
    worksheet.set_freeze_panes(1, layout.frozen)?;
    worksheet.set_repeat_rows(0, 0)?;
    worksheet.set_print_area(0, 0, last, printed.saturating_sub(1))?;
    worksheet.set_print_fit_to_pages(1, 0);
    if rows.is_empty() {
        worksheet.write_string_with_format(1, 0, layout.empty.get(language), &Format::new())?;
    }
    Ok(Rows::new(List { columns, rows, widths, language }, last))
}

/// Pixels of columns as they are meant to be.
fn pixels<R>(columns: &[Column<R>]) -> f64 {
    columns.iter().map(|column| of_column(column.width)).sum()
}

/// The last row of a table of so many rows, or an error where a sheet has no room for them.
fn last_row(rows: usize) -> Result<u32, XlsxError> {
    let fits = u32::try_from(rows.max(1)).ok().filter(|_| rows <= MOST_ROWS);
    fits.ok_or(XlsxError::RowColumnLimitError)
}

/// The format of each column: that of its cell in the first row.
fn usual_formats<'s, R>(columns: &[Column<R>], first: &R, styles: &'s Styles, language: Language) -> Vec<&'s Format> {
    let format = |column: &Column<R>| match (column.value)(first, language) {
        Cell::Number(_) => &styles.number,
        Cell::Date(_) => &styles.date,
        Cell::Blank | Cell::Text(_) | Cell::Severity(_) | Cell::Answer | Cell::AnswerDate => &styles.text,
    };
    columns.iter().map(format).collect()
}

/// A dropdown of yes and no in some rows of a column, from the first to the last.
pub fn add_yes_or_no(
    worksheet: &mut Worksheet,
    (first, last): (u32, u32),
    at: u16,
    language: Language,
) -> Result<(), XlsxError> {
    let words = YesNo::ALL.map(|word| word.text().get(language));
    worksheet.add_data_validation(first, at, last, at, &DataValidation::new().allow_list_strings(&words)?)?;
    Ok(())
}

/// Folds the columns that stand together to be folded.
fn fold<R>(worksheet: &mut Worksheet, columns: &[Column<R>]) -> Result<(), XlsxError> {
    let folded = |column: &Column<R>| column.purpose == Purpose::Folded;
    let first = columns.iter().position(folded);
    let last = columns.iter().rposition(folded);
    if let (Some(first), Some(last)) = (first, last) {
        let at = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
        worksheet.group_columns_collapsed(at(first), at(last))?;
    }
    Ok(())
}

/// The most lines of a row: who reads a list must see many rows at once. What is longer can be read in the cell.
pub const MOST_LINES: u32 = 6;

/// As high as the longest text of a row needs that is in sight, within bounds.
pub fn height<R>(cells: &[Cell<'_>], columns: &[Column<R>], widths: &[f64]) -> f64 {
    /// A pixel, between one row and the next.
    const BETWEEN: f64 = 0.75;
    let own = cells.iter().zip(columns).zip(widths);
    let shown = own.filter(|((_, column), _)| !matches!(column.purpose, Purpose::Folded | Purpose::Key));
    let high = shown.map(|((cell, _), width)| match cell {
        Cell::Text(text) => lines(text, room(*width, true)),
        _ => 1,
    });
    LINE_HEIGHT * f64::from(high.max().unwrap_or(1).min(MOST_LINES)) + BETWEEN
}

/// As high as the longest heading needs, also of what is folded.
fn head_height<R>(columns: &[Column<R>], widths: &[f64], language: Language) -> f64 {
    let heads = columns.iter().zip(widths).filter(|(column, _)| column.purpose != Purpose::Key);
    let high = heads.map(|(column, width)| lines(column.title.get(language), room(*width, true) / BOLD)).max();
    LINE_HEIGHT * f64::from(high.unwrap_or(1).max(2)) + 3.75
}

fn last_column<R>(columns: &[Column<R>]) -> u16 {
    u16::try_from(columns.len()).unwrap_or(1).saturating_sub(1)
}

fn table<R>(columns: &[Column<R>], layout: &Layout, styles: &Styles, language: Language) -> Table {
    let heads: Vec<TableColumn> = columns
        .iter()
        .map(|column| {
            let head = if column.purpose == Purpose::Answer { &styles.answer_head } else { &styles.head };
            TableColumn::new().set_header(column.title.get(language)).set_header_format(head)
        })
        .collect();
    Table::new()
        .set_name(layout.name)
        .set_columns(&heads)
        .set_style(TableStyle::None)
        .set_banded_rows(false)
        .set_alt_text(&layout.alt)
}

/// Writes one cell in its format.
pub fn put(
    worksheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell<'_>,
    styles: &Styles,
    language: Language,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank => worksheet.write_blank(row, column, &styles.text)?,
        Cell::Text(text) => {
            worksheet.write_string_with_format(row, column, fitted(text, language).as_ref(), &styles.text)?
        }
        Cell::Number(number) => {
            #[allow(clippy::cast_precision_loss)] // Counts and days lie far below 2^52.
            let number = *number as f64;
            worksheet.write_number_with_format(row, column, number, &styles.number)?
        }
        Cell::Date(day) => worksheet.write_datetime_with_format(row, column, day, &styles.date)?,
        Cell::Severity(severity) => {
            let words = severity.text().get(language);
            worksheet.write_string_with_format(row, column, words, styles.severity(*severity))?
        }
        Cell::Answer => worksheet.write_blank(row, column, &styles.answer)?,
        Cell::AnswerDate => worksheet.write_blank(row, column, &styles.answer_date)?,
    };
    Ok(())
}

/// A cell holds 32,767 units of UTF-16; what is longer is cut, and says so.
pub fn fitted(text: &str, language: Language) -> Cow<'_, str> {
    const MOST: usize = 32_767;
    // A unit of UTF-16 takes a byte or more.
    if text.len() <= MOST || text.encode_utf16().count() <= MOST {
        return Cow::Borrowed(text);
    }
    let mark = Text::new(" … [avkortat, cellen rymmer inte mer]", " … [cut, the cell holds no more]").get(language);
    let room = MOST - mark.encode_utf16().count();
    Cow::Owned(format!("{}{mark}", within(text, room)))
}

/// As much of a text as takes so many units of UTF-16 at most.
fn within(text: &str, most: usize) -> &str {
    let ends = text.char_indices().scan(0, |used, (at, letter)| {
        *used += letter.len_utf16();
        (*used <= most).then_some(at + letter.len_utf8())
    });
    &text[..ends.last().unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::super::archive::with_rows;
    use super::super::style::FormatNumbers;
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use rust_xlsxwriter::Workbook;
    use std::io::Cursor;

    type Row = (Option<&'static str>, Option<i64>);

    fn columns() -> Vec<Column<Row>> {
        let title = |name| Text::new(name, name);
        vec![
            Column::read(title("Ord"), 10.0, |row: &Row, _| row.0.map_or(Cell::Blank, Cell::text)),
            Column::read(title("Tal"), 10.0, |row, _| row.1.map_or(Cell::Blank, Cell::Number)),
            Column::answer(title("Svar"), 10.0),
        ]
    }

    fn layout() -> Layout {
        let empty = Text::new("Inget.", "Nothing.");
        Layout { name: "Prov", alt: String::new(), empty, frozen: 1, printed: None, room: page() }
    }

    /// Values stand in their cells and missing ones are not written, in whatever format the first row is; places to
    /// answer in are.
    #[test]
    fn missing_facts_are_not_written() {
        let rows: Vec<Row> = vec![(Some("a"), None), (None, Some(7)), (Some("c"), Some(8))];
        let (mut workbook, styles) = (Workbook::new(), Styles::new());
        let formats = FormatNumbers::register(&mut workbook, &styles);
        let sheet = workbook.add_worksheet();
        let rows = lay_out(sheet, columns(), rows, &layout(), &styles, Language::Sv).unwrap();
        let bytes = workbook.save_to_buffer().unwrap();
        let bytes = with_rows(&bytes, &[(1, rows)], &formats).unwrap();

        let range = Xlsx::new(Cursor::new(&bytes)).unwrap().worksheet_range("Sheet1").unwrap();
        let row = |at: u32| [0, 1].map(|column| range.get_value((at, column)).cloned().unwrap_or(Data::Empty));
        assert_eq!(row(1), [Data::String("a".to_owned()), Data::Empty]);
        assert_eq!(row(2), [Data::Empty, Data::Float(7.0)]);
        assert_eq!(row(3), [Data::String("c".to_owned()), Data::Float(8.0)]);

        let mut parts = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let xml = std::io::read_to_string(parts.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
        let written = |cell: &str| xml.contains(&format!("<c r=\"{cell}\""));
        assert!(!written("B2") && !written("A3"), "{xml}");
        assert!(written("C2") && written("C4"), "{xml}");
    }

    /// A table, its filter and its sheet reach to the last of its rows, however many there are.
    #[test]
    fn a_table_reaches_over_its_rows() {
        for (rows, cell) in [(0, "C2"), (1, "C2"), (2, "C3"), (5_000, "C5001")] {
            let (mut workbook, styles) = (Workbook::new(), Styles::new());
            let formats = FormatNumbers::register(&mut workbook, &styles);
            let list = vec![(Some("a"), Some(1)); rows];
            let own = lay_out(workbook.add_worksheet(), columns(), list, &layout(), &styles, Language::Sv).unwrap();
            let bytes = with_rows(&workbook.save_to_buffer().unwrap(), &[(1, own)], &formats).unwrap();
            let mut parts = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
            let mut part = |name| std::io::read_to_string(parts.by_name(name).unwrap()).unwrap();
            let reach = format!(" ref=\"A1:{cell}\"");
            assert_eq!(part("xl/tables/table1.xml").matches(&reach).count(), 2, "{rows}");
            let sheet = part("xl/worksheets/sheet1.xml");
            assert!(sheet.contains(&reach), "{rows}");
            assert_eq!(sheet.matches("<row ").count(), rows.max(1) + 1);
        }
    }

    /// Rows that a sheet has no room for are an error, never left out.
    #[test]
    fn too_many_rows_are_an_error() {
        assert_eq!(last_row(MOST_ROWS).unwrap(), 1_048_575);
        assert!(matches!(last_row(MOST_ROWS + 1), Err(XlsxError::RowColumnLimitError)));
        assert_eq!(last_row(0).unwrap(), 1);
    }

    /// A text is cut where Excel counts, in units of UTF-16, between letters, and says that it was.
    #[test]
    fn long_texts_are_cut_and_say_so() {
        assert_eq!(fitted(&"å".repeat(32_767), Language::Sv), "å".repeat(32_767));
        for text in ["x".repeat(40_000), "😀".repeat(16_384)] {
            let cut = fitted(&text, Language::Sv);
            let units = cut.encode_utf16().count();
            assert!((32_766..=32_767).contains(&units), "{units}");
            assert!(cut.ends_with(" … [avkortat, cellen rymmer inte mer]"));
        }
    }
}
