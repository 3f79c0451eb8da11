//! A sheet that is one table: real Excel table, frozen head, filters, widths, dropdowns.

use super::cell::Cell;
use super::page::{LINE_HEIGHT, lines};
use super::style::Styles;
use crate::model::{Language, Text};
use rust_xlsxwriter::{DataValidation, Format, Table, TableColumn, TableStyle, Worksheet, XlsxError};

/// A column of rows `R`.
pub struct Column<R> {
    /// Its head.
    pub title: Text,
    /// Width in characters.
    pub width: f64,
    /// Its cell of a row.
    pub value: fn(&R, Language) -> Cell,
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
    /// From here on columns are answered in.
    pub answers_from: u16,
    /// From here on columns are hidden.
    pub hidden_from: u16,
}

/// Rows of a sheet behind its head. More do not fit in Excel.
pub const MOST_ROWS: usize = 1_048_575;

/// Writes a table from the first row of the sheet on. Returns the number of its last row, from 0.
pub fn write<R>(
    worksheet: &mut Worksheet,
    columns: &[Column<R>],
    rows: &[&R],
    layout: &Layout,
    styles: &Styles,
    language: Language,
) -> Result<u32, XlsxError> {
    for (column, at) in columns.iter().zip(0u16..) {
        worksheet.set_column_width(at, column.width)?;
        if at >= layout.hidden_from {
            worksheet.set_column_hidden(at)?;
        }
    }
    let last = u32::try_from(rows.len().clamp(1, MOST_ROWS)).unwrap_or(1);
    worksheet.set_row_height(0, 34)?;
    worksheet.add_table(0, 0, last, last_column(columns), &table(columns, layout, styles, language))?;
    worksheet.set_freeze_panes(1, layout.frozen)?;
    worksheet.set_repeat_rows(0, 0)?;
    if rows.is_empty() {
        worksheet.write_string_with_format(1, 0, layout.empty.get(language), &Format::new())?;
    }
    for (row, at) in rows.iter().take(MOST_ROWS).zip(1u32..) {
        let cells: Vec<Cell> = columns.iter().map(|column| (column.value)(row, language)).collect();
        worksheet.set_row_height(at, height(&cells, columns, layout.hidden_from))?;
        for (cell, place) in cells.iter().zip(0u16..) {
            put(worksheet, at, place, cell, styles, language)?;
        }
    }
    Ok(last)
}

/// A dropdown of yes and no in the rows of a column.
pub fn add_yes_or_no(worksheet: &mut Worksheet, last: u32, at: u16, language: Language) -> Result<(), XlsxError> {
    let words = [Text::new("Ja", "Yes"), Text::new("Nej", "No")].map(|text| text.get(language));
    worksheet.add_data_validation(1, at, last, at, &DataValidation::new().allow_list_strings(&words)?)?;
    Ok(())
}

/// As high as the longest text of a row needs; Excel allows 409 points.
fn height<R>(cells: &[Cell], columns: &[Column<R>], hidden_from: u16) -> f64 {
    const HIGHEST: f64 = 409.0;
    let shown = cells.iter().zip(columns).take(usize::from(hidden_from));
    let high = shown.map(|(cell, column)| match cell {
        // The indent takes the room of a letter and a half.
        Cell::Text(text) => lines(text, column.width - 1.5, LINE_HEIGHT),
        _ => 1,
    });
    (LINE_HEIGHT * f64::from(high.max().unwrap_or(1)) + 1.0).min(HIGHEST)
}

fn last_column<R>(columns: &[Column<R>]) -> u16 {
    u16::try_from(columns.len()).unwrap_or(1).saturating_sub(1)
}

fn table<R>(columns: &[Column<R>], layout: &Layout, styles: &Styles, language: Language) -> Table {
    let heads: Vec<TableColumn> = columns
        .iter()
        .zip(0u16..)
        .map(|(column, at)| {
            let head = if at >= layout.answers_from { &styles.answer_head } else { &styles.head };
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
    cell: &Cell,
    styles: &Styles,
    language: Language,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank => worksheet.write_blank(row, column, &styles.text)?,
        Cell::Text(text) => worksheet.write_string_with_format(row, column, fitted(text), &styles.text)?,
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

/// A cell holds 32,767 characters; what is longer ends in an ellipsis.
fn fitted(text: &str) -> String {
    const MOST: usize = 32_767;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(MOST - 1).collect();
    cut.push('…');
    cut
}
