//! A sheet that reads like a page: title, headings, text, labels with values, small tables. Written from the top down.

use super::cell::Cell;
use super::letters::{BOLD, lines, room};
use super::paper::{Paper, Print, of_column};
use super::style::{Ink, Styles};
use super::table::{fitted, put};
use crate::model::Language;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};
use std::ops::RangeBounds;

/// How a page is laid out.
#[derive(Clone, Copy)]
pub struct Form {
    /// Widths of its columns in characters.
    pub widths: &'static [f64],
    /// How it lies on paper.
    pub paper: Paper,
    /// The letters on it.
    pub print: Print,
}

/// The first page of a book that is answered: a label with its value, or a table of numbers.
pub const FIRST_PAGE: Form =
    Form { widths: &[36.0, 13.0, 10.0, 9.0, 9.0, 12.5, 9.0, 11.0, 11.0], paper: Paper::Upright, print: Print::Small };

impl Form {
    fn pixels(self) -> f64 {
        self.widths.iter().copied().map(of_column).sum()
    }
}

/// A page under way.
pub struct Page<'w> {
    worksheet: &'w mut Worksheet,
    styles: &'w Styles,
    language: Language,
    form: Form,
    row: u32,
    points: f64,
}

/// Points of a line of running text.
pub const LINE_HEIGHT: f64 = 15.0;

impl<'w> Page<'w> {
    /// A page of a form. It prints on one page's width.
    pub fn new(
        worksheet: &'w mut Worksheet,
        styles: &'w Styles,
        language: Language,
        form: Form,
    ) -> Result<Self, XlsxError> {
        debug_assert!(form.pixels() <= form.paper.pixels(form.print), "{} pixels", form.pixels());
        for (width, at) in form.widths.iter().zip(0u16..) {
            worksheet.set_column_width(at, *width)?;
        }
        form.paper.set(worksheet);
        worksheet.set_print_fit_to_pages(1, 0);
        worksheet.set_screen_gridlines(false);
        Ok(Self { worksheet, styles, language, form, row: 0, points: 0.0 })
    }

    /// How much of what can be told in full or in part a page of a form has room for: the first of some ways in which
    /// everything stands on it, or the last. Each is written on a sheet that nobody sees.
    pub fn fitting<T: Copy>(
        (form, styles, language): (Form, &'w Styles, Language),
        ways: &[T],
        write: impl Fn(&mut Page<'_>, T) -> Result<(), XlsxError>,
    ) -> Result<Option<T>, XlsxError> {
        for way in ways {
            let mut unseen = Worksheet::new();
            let mut page = Page::new(&mut unseen, styles, language, form)?;
            write(&mut page, *way)?;
            if page.points <= page.points_of_a_page() {
                return Ok(Some(*way));
            }
        }
        Ok(ways.last().copied())
    }

    /// The next row to be written.
    pub fn row(&self) -> u32 {
        self.row
    }

    /// How high everything is that has been written.
    pub fn points(&self) -> f64 {
        self.points
    }

    /// Points of a printed page, where the columns are scaled to its width.
    pub fn points_of_a_page(&self) -> f64 {
        self.form.paper.points(self.form.print, self.form.pixels())
    }

    /// The row under way is so high, and what follows stands below it.
    fn done(&mut self, points: f64) -> Result<(), XlsxError> {
        self.worksheet.set_row_height(self.row, points)?;
        self.points += points;
        self.row += 1;
        Ok(())
    }

    /// The sheet, for charts.
    pub fn worksheet(&mut self) -> &mut Worksheet {
        self.worksheet
    }

    fn last(&self) -> u16 {
        u16::try_from(self.form.widths.len()).unwrap_or(1).saturating_sub(1)
    }

    /// Pixels for a text over the columns from one on.
    fn room(&self, from: u16) -> f64 {
        let columns = self.form.widths.iter().skip(usize::from(from)).copied();
        columns.map(of_column).sum::<f64>() - of_column(0.0)
    }

    /// Text over some columns of the row.
    fn across(&mut self, from: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        let last = self.last();
        if from < last {
            self.worksheet.merge_range(self.row, from, self.row, last, text, format)?;
        } else {
            self.worksheet.write_string_with_format(self.row, from, text, format)?;
        }
        Ok(())
    }

    /// Text over the whole row, as high as it needs to be.
    fn line(&mut self, text: &str, ink: &Ink) -> Result<(), XlsxError> {
        let text = fitted(text, self.language);
        self.across(0, &text, &ink.format)?;
        self.done(ink.line * f64::from(lines(&text, self.room(0) / ink.wider)))
    }

    /// The title of the page and what stands under it.
    pub fn title(&mut self, title: &str, subtitle: &str) -> Result<(), XlsxError> {
        self.line(title, &self.styles.title)?;
        if !subtitle.is_empty() {
            self.line(subtitle, &self.styles.subtitle)?;
        }
        self.leave(1);
        Ok(())
    }

    /// A heading.
    pub fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.leave(1);
        self.line(text, &self.styles.heading)
    }

    /// Running text.
    pub fn paragraph(&mut self, text: &str) -> Result<(), XlsxError> {
        self.line(text, &self.styles.paragraph)
    }

    /// Small print.
    pub fn small(&mut self, text: &str) -> Result<(), XlsxError> {
        debug_assert!(self.form.print == Print::Small, "{text}");
        self.line(text, &self.styles.small)
    }

    /// A label and its value; nothing where there is no value.
    pub fn fact(&mut self, label: &str, value: &Cell) -> Result<(), XlsxError> {
        let styles = self.styles;
        let own = self.form.widths.first().map_or(1, |width| lines(label, room(*width, false)));
        let mut high = own;
        match value {
            Cell::Blank | Cell::Answer | Cell::AnswerDate => return Ok(()),
            Cell::Date(day) => {
                self.worksheet.write_datetime_with_format(self.row, 1, day, &styles.value_date)?;
            }
            Cell::Text(text) => {
                let text = fitted(text, self.language);
                self.across(1, &text, &styles.value)?;
                high = own.max(lines(&text, self.room(1)));
            }
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
        self.done(LINE_HEIGHT * f64::from(high))
    }

    /// A fact that must be seen first.
    pub fn boxed(&mut self, label: &str, value: &Cell) -> Result<(), XlsxError> {
        self.worksheet.write_string_with_format(self.row, 0, label, &self.styles.boxed.format)?;
        let (last, ink) = (self.last(), &self.styles.boxed);
        let mut high = 1;
        match value {
            Cell::Date(day) => {
                self.worksheet.write_datetime_with_format(self.row, 1, day, &self.styles.boxed_date)?;
                for column in 2..=last {
                    self.worksheet.write_blank(self.row, column, &ink.format)?;
                }
            }
            Cell::Text(text) if last > 1 => {
                self.across(1, text, &ink.format)?;
                high = lines(text, self.room(1) / ink.wider);
            }
            _ => {}
        }
        self.done(ink.line * f64::from(high) + 6.0)
    }

    /// Figures side by side, each large over what it is, in spans of columns.
    pub fn figures(&mut self, figures: &[(String, String)], spans: &[(u16, u16)]) -> Result<(), XlsxError> {
        for (ink, is_figure) in [(&self.styles.figure, true), (&self.styles.figure_label, false)] {
            let mut high = 1;
            for ((figure, label), (from, to)) in figures.iter().zip(spans) {
                let text = if is_figure { figure } else { label };
                if from < to {
                    self.worksheet.merge_range(self.row, *from, self.row, *to, text, &ink.format)?;
                } else {
                    self.worksheet.write_string_with_format(self.row, *from, text, &ink.format)?;
                }
                let columns = &self.form.widths[usize::from(*from)..=usize::from(*to)];
                let pixels = columns.iter().copied().map(of_column).sum::<f64>() - of_column(0.0);
                high = high.max(lines(text, pixels / ink.wider));
            }
            self.done(ink.line * f64::from(high))?;
        }
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
        self.done(LINE_HEIGHT * f64::from(self.highest(cells, BOLD)))
    }

    /// Prints on one page, however much there is.
    pub fn on_one_page(&mut self) {
        self.worksheet.set_print_fit_to_pages(1, 1);
    }

    /// Leaves rows free.
    pub fn leave(&mut self, rows: u32) {
        self.row += rows;
        self.points += LINE_HEIGHT * f64::from(rows);
    }

    /// A line to sign on behind a label.
    pub fn sign(&mut self, label: &str) -> Result<(), XlsxError> {
        self.worksheet.write_string_with_format(self.row, 0, label, &self.styles.sign_label)?;
        for column in 1..=self.last().min(4) {
            self.worksheet.write_blank(self.row, column, &self.styles.sign)?;
        }
        self.done(25.5)
    }

    /// The head of a small table, with numbers in some columns.
    pub fn table_head(&mut self, heads: &[&str], numbers: impl RangeBounds<usize>) -> Result<(), XlsxError> {
        for (head, column) in heads.iter().zip(0u16..) {
            let number = numbers.contains(&usize::from(column));
            let format = if number { &self.styles.number_head } else { &self.styles.head };
            self.worksheet.write_string_with_format(self.row, column, *head, format)?;
        }
        let heads: Vec<Cell<'_>> = heads.iter().map(|head| Cell::text(*head)).collect();
        self.done(LINE_HEIGHT * f64::from(self.highest(&heads, BOLD)) + 3.75)
    }

    /// A row of a small table, as high as its longest text.
    pub fn table_row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        for (cell, column) in cells.iter().zip(0u16..) {
            put(self.worksheet, self.row, column, cell, self.styles, self.language)?;
        }
        self.done(LINE_HEIGHT * f64::from(self.highest(cells, 1.0)))
    }

    /// Lines of the longest text of a row of a table, in letters so much wider than the ordinary.
    fn highest(&self, cells: &[Cell], wider: f64) -> u32 {
        let high = cells.iter().zip(self.form.widths).map(|(cell, width)| match cell {
            Cell::Text(text) => lines(text, room(*width, true) / wider),
            _ => 1,
        });
        high.max().unwrap_or(1)
    }
}
