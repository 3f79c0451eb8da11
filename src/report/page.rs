//! A sheet that reads like a page: title, headings, text, labels with values, small tables. Written
//! from the top down, as constant-memory sheets must be.

use super::cell::Cell;
use super::style::Styles;
use super::table::{fitted, put};
use crate::model::Language;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};
use std::ops::RangeBounds;

/// A page under way.
pub struct Page<'w> {
    worksheet: &'w mut Worksheet,
    styles: &'w Styles,
    language: Language,
    widths: &'static [f64],
    row: u32,
    points: f64,
}

/// Points of a line of running text.
pub const LINE_HEIGHT: f64 = 15.0;

impl<'w> Page<'w> {
    /// A page with columns of these widths. It prints on one page's width.
    pub fn new(
        worksheet: &'w mut Worksheet,
        styles: &'w Styles,
        language: Language,
        widths: &'static [f64],
    ) -> Result<Self, XlsxError> {
        for (width, at) in widths.iter().zip(0u16..) {
            worksheet.set_column_width(at, *width)?;
        }
        worksheet.set_print_fit_to_pages(1, 0);
        worksheet.set_screen_gridlines(false);
        Ok(Self { worksheet, styles, language, widths, row: 0, points: 0.0 })
    }

    /// The next row to be written.
    pub fn row(&self) -> u32 {
        self.row
    }

    /// How high everything is that has been written.
    pub fn points(&self) -> f64 {
        self.points
    }

    /// Points of a printed page, lying, where the columns are scaled to its width.
    pub fn points_of_a_page(&self) -> f64 {
        /// A4 without the margins, and what a column is wide beside its characters.
        const ROOM: (f64, f64) = (784.0, 498.0);
        let wide: f64 = self.widths.iter().map(|width| (width * 7.0 + 5.0) * 0.75).sum();
        ROOM.1 * (wide / ROOM.0).max(1.0)
    }

    fn high(&mut self, points: f64) -> Result<(), XlsxError> {
        self.worksheet.set_row_height(self.row, points)?;
        self.points += points;
        Ok(())
    }

    /// The sheet, for charts.
    pub fn worksheet(&mut self) -> &mut Worksheet {
        self.worksheet
    }

    fn last(&self) -> u16 {
        u16::try_from(self.widths.len()).unwrap_or(1).saturating_sub(1)
    }

    /// Text over some columns of the row, as high as it needs to be.
    fn across(&mut self, from: u16, text: &str, format: &Format, line: f64) -> Result<(), XlsxError> {
        let text = fitted(text, self.language);
        let text = text.as_ref();
        let last = self.last();
        let width: f64 = self.widths.iter().skip(usize::from(from)).sum();
        let height = line * f64::from(lines(text, width, line));
        self.high(height)?;
        if from < last {
            self.worksheet.merge_range(self.row, from, self.row, last, text, format)?;
        } else {
            self.worksheet.write_string_with_format(self.row, from, text, format)?;
        }
        Ok(())
    }

    /// The title of the page and what stands under it.
    pub fn title(&mut self, title: &str, subtitle: &str) -> Result<(), XlsxError> {
        self.across(0, title, &self.styles.title.clone(), 27.0)?;
        self.row += 1;
        if !subtitle.is_empty() {
            self.across(0, subtitle, &self.styles.subtitle.clone(), 17.0)?;
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    /// A heading.
    pub fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.row += 1;
        self.points += LINE_HEIGHT;
        self.across(0, text, &self.styles.heading.clone(), 19.0)?;
        self.row += 1;
        Ok(())
    }

    /// Running text.
    pub fn paragraph(&mut self, text: &str) -> Result<(), XlsxError> {
        self.across(0, text, &self.styles.paragraph.clone(), LINE_HEIGHT)?;
        self.row += 1;
        Ok(())
    }

    /// Small print.
    pub fn small(&mut self, text: &str) -> Result<(), XlsxError> {
        self.across(0, text, &self.styles.small.clone(), 12.5)?;
        self.row += 1;
        Ok(())
    }

    /// A label and its value; nothing where there is no value.
    pub fn fact(&mut self, label: &str, value: &Cell) -> Result<(), XlsxError> {
        let styles = self.styles;
        match value {
            Cell::Blank | Cell::Answer | Cell::AnswerDate => return Ok(()),
            Cell::Date(day) => {
                self.worksheet.write_datetime_with_format(self.row, 1, day, &styles.value_date)?;
            }
            Cell::Text(text) => self.across(1, text, &styles.value, LINE_HEIGHT)?,
            Cell::Number(number) => {
                #[allow(clippy::cast_precision_loss)] // Counts lie far below 2^52.
                self.worksheet.write_number_with_format(self.row, 1, *number as f64, &styles.value)?;
            }
            Cell::Severity(severity) => {
                let words = severity.text().get(self.language);
                self.worksheet.write_string_with_format(self.row, 1, words, styles.severity(*severity))?;
            }
        }
        self.worksheet.write_string_with_format(self.row, 0, label, &styles.label)?;
        let high = self.widths.first().map_or(1, |width| lines(label, *width, LINE_HEIGHT));
        let beside = match value {
            Cell::Text(text) => lines(text, self.widths.iter().skip(1).sum(), LINE_HEIGHT),
            _ => 1,
        };
        self.worksheet.set_row_height(self.row, LINE_HEIGHT * f64::from(high.max(beside)))?;
        self.row += 1;
        Ok(())
    }

    /// A fact that must be seen first.
    pub fn boxed(&mut self, label: &str, value: &Cell) -> Result<(), XlsxError> {
        self.worksheet.set_row_height(self.row, 24)?;
        self.worksheet.write_string_with_format(self.row, 0, label, &self.styles.boxed)?;
        let (last, format) = (self.last(), &self.styles.boxed);
        match value {
            Cell::Date(day) => {
                self.worksheet.write_datetime_with_format(self.row, 1, day, &self.styles.boxed_date)?;
                for column in 2..=last {
                    self.worksheet.write_blank(self.row, column, format)?;
                }
            }
            Cell::Text(text) if last > 1 => {
                self.worksheet.merge_range(self.row, 1, self.row, last, text, format)?;
            }
            _ => {}
        }
        self.row += 1;
        Ok(())
    }

    /// Figures side by side, each large over what it is, in spans of columns.
    pub fn figures(&mut self, figures: &[(String, String)], spans: &[(u16, u16)]) -> Result<(), XlsxError> {
        self.worksheet.set_row_height(self.row, 30)?;
        self.worksheet.set_row_height(self.row + 1, 2.0 * LINE_HEIGHT)?;
        for (row, format) in [(self.row, &self.styles.figure), (self.row + 1, &self.styles.figure_label)] {
            for ((figure, label), (from, to)) in figures.iter().zip(spans) {
                let text = if row == self.row { figure } else { label };
                if from < to {
                    self.worksheet.merge_range(row, *from, row, *to, text, format)?;
                } else {
                    self.worksheet.write_string_with_format(row, *from, text, format)?;
                }
            }
        }
        self.row += 2;
        Ok(())
    }

    /// The last row of a small table, in bold.
    pub fn table_total(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        for (cell, column) in cells.iter().zip(0u16..) {
            let (text, number) = (&self.styles.total, &self.styles.total_number);
            let sheet = &mut *self.worksheet;
            match cell {
                Cell::Text(words) => sheet.write_string_with_format(self.row, column, words.as_ref(), text)?,
                #[allow(clippy::cast_precision_loss)] // Counts lie far below 2^52.
                Cell::Number(own) => sheet.write_number_with_format(self.row, column, *own as f64, number)?,
                _ => sheet.write_blank(self.row, column, text)?,
            };
        }
        self.row += 1;
        Ok(())
    }

    /// Prints on one page, however much there is.
    pub fn on_one_page(&mut self) {
        self.worksheet.set_print_fit_to_pages(1, 1);
    }

    /// Stands upright on paper.
    pub fn upright(&mut self) {
        self.worksheet.set_portrait();
    }

    /// Room for a chart.
    pub fn leave(&mut self, rows: u32) {
        self.row += rows;
    }

    /// A line to sign on behind a label.
    pub fn sign(&mut self, label: &str) -> Result<(), XlsxError> {
        self.worksheet.set_row_height(self.row, 26)?;
        self.worksheet.write_string_with_format(self.row, 0, label, &self.styles.sign_label)?;
        for column in 1..=self.last().min(3) {
            self.worksheet.write_blank(self.row, column, &self.styles.sign)?;
        }
        self.row += 1;
        Ok(())
    }

    /// The head of a small table, with numbers in some columns.
    pub fn table_head(&mut self, heads: &[&str], numbers: impl RangeBounds<usize>) -> Result<(), XlsxError> {
        let words = heads.iter().zip(self.widths).map(|(head, width)| lines(head, *width * 0.85, LINE_HEIGHT)).max();
        self.high(LINE_HEIGHT * f64::from(words.unwrap_or(1)) + 4.0)?;
        for (head, column) in heads.iter().zip(0u16..) {
            let number = numbers.contains(&usize::from(column));
            let format = if number { &self.styles.number_head } else { &self.styles.head };
            self.worksheet.write_string_with_format(self.row, column, *head, format)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A row of a small table, as high as its longest text.
    pub fn table_row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        let high = cells.iter().zip(self.widths).map(|(cell, width)| match cell {
            Cell::Text(text) => lines(text, *width - 1.5, LINE_HEIGHT),
            _ => 1,
        });
        let high = high.max().unwrap_or(1);
        self.high(LINE_HEIGHT * f64::from(high))?;
        for (cell, column) in cells.iter().zip(0u16..) {
            put(self.worksheet, self.row, column, cell, self.styles, self.language)?;
        }
        self.row += 1;
        Ok(())
    }
}

/// A column's width counts digits; Swedish words are about a sixth narrower, letter for letter.
const LETTERS: f64 = 1.18;

/// The width at which one word of so many letters stands on one line, with the margin of a cell: a word may be of wide
/// letters alone.
pub fn width_for(letters: usize) -> f64 {
    f64::from(u32::try_from(letters).unwrap_or(u32::MAX)) + 1.0
}

/// Lines that a text takes at a width in characters: words are not broken, and letters in a larger
/// size take more room.
pub fn lines(text: &str, width: f64, line: f64) -> u32 {
    let room = (width * LETTERS * LINE_HEIGHT / line).max(4.0);
    // A letter takes a byte or more: most texts are seen to fit without their words being counted.
    if u32::try_from(text.len()).is_ok_and(|bytes| f64::from(bytes) <= room) && !text.contains('\n') {
        return 1;
    }
    text.split('\n').map(|paragraph| lines_of(paragraph, room)).sum()
}

fn lines_of(paragraph: &str, room: f64) -> u32 {
    let (mut lines, mut used) = (1u32, 0.0);
    for word in paragraph.split(' ') {
        let letters = u32::try_from(word.chars().count()).unwrap_or(u32::MAX);
        let length = f64::from(letters);
        let gap = if used > 0.0 { 1.0 } else { 0.0 };
        if used + gap + length > room && used > 0.0 {
            lines += 1;
            used = length;
        } else {
            used += gap + length;
        }
        while used > room {
            lines += 1;
            used -= room;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row is made as high as its words need, never lower.
    #[test]
    fn lines_are_counted_by_words() {
        assert_eq!(lines("kort", 20.0, 15.0), 1);
        assert_eq!(lines("tio tecken tio tecken", 10.0, 15.0), 2);
        assert_eq!(lines("a\nb", 20.0, 15.0), 2);
        assert_eq!(lines(&"x".repeat(50), 20.0, 15.0), 3);
    }
}
