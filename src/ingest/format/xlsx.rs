//! XLSX and XLSM workbooks, read cell by cell as a stream: a stray cell far out costs no memory.

use super::archive::{check_for, undecoded};
use super::cells::{Gathered, Merged, day_zero, over_rows, refused, sheets, value};
use super::macro_sheets::as_charts;
use super::number_format::Shown;
use super::{EachRow, Format, Hints, MergedRows, Opened, Shape, SheetInfo, Trouble, Workbook, password_trouble};
use crate::ingest::value::Value;
use calamine::{Dimensions, Reader, Style, Xlsx, XlsxError};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::io::Cursor;
use std::rc::Rc;

/// XLSX and XLSM: a zip archive that is none of the others.
pub const FORMAT: Format = Format { recognises: |bytes| bytes.starts_with(b"PK\x03\x04"), open };

struct XlsxFile<'a> {
    workbook: Xlsx<Cursor<Cow<'a, [u8]>>>,
    /// How large the file is.
    bytes: usize,
    /// Whether any sheet merges cells: asking for them reads the whole sheet once more.
    merges: bool,
    /// The merged cells of the sheet that was read last.
    merged: Option<(usize, Vec<Dimensions>)>,
    as_shown: bool,
    /// How numbers are shown, once it is known.
    shown: Option<Rc<Shown>>,
    /// The cells of the sheet that was read last whose format matters.
    formatted: Option<(usize, Rc<[Formatted]>)>,
}

/// A cell whose format matters: its row, its column, and the place of its format.
type Formatted = (u32, u16, u16);

fn open<'a>(bytes: &'a [u8], hints: &Hints<'_>) -> Opened<'a> {
    let merges = check_for(bytes, b"mergeCell")?;
    let told = as_charts(bytes, "xl/_rels/workbook.xml.rels")?;
    let workbook = Xlsx::new(Cursor::new(told)).map_err(|cause| match cause {
        XlsxError::Password => password_trouble(),
        cause => undecoded(cause),
    })?;
    Ok(Box::new(XlsxFile {
        workbook,
        bytes: bytes.len(),
        merges,
        merged: None,
        as_shown: hints.as_shown,
        shown: None,
        formatted: None,
    }))
}

impl XlsxFile<'_> {
    /// The merged cells of a sheet.
    fn merged(&mut self, sheet: usize, name: &str) -> Vec<Dimensions> {
        if !self.merges {
            return Vec::new();
        }
        if let Some((_, merged)) = self.merged.as_ref().filter(|(last, _)| *last == sheet) {
            return merged.clone();
        }
        let merged = self.workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
        self.merged = Some((sheet, merged.clone()));
        merged
    }

    /// The cells of a sheet whose format matters, in the order of the file.
    fn formatted(&mut self, sheet: usize, name: &str) -> Result<(Rc<Shown>, Rc<[Formatted]>), XlsxError> {
        let mut reader = self.workbook.worksheet_cells_reader(name)?;
        let shown = self.shown.get_or_insert_with(|| {
            let code = |style: &Style| style.number_format.as_ref().map(|own| own.format_code.clone().into());
            Rc::new(Shown::new(reader.styles().iter().map(code), self.as_shown))
        });
        let shown = Rc::clone(shown);
        if let Some((_, formatted)) = self.formatted.as_ref().filter(|(last, _)| *last == sheet) {
            return Ok((shown, Rc::clone(formatted)));
        }
        let mut formatted: Vec<Formatted> = Vec::new();
        if !shown.is_nothing() {
            while let Some((row, column, style)) = reader.next_style_id()? {
                if let (true, Ok(column), Ok(style)) = (shown.has(style), u16::try_from(column), u16::try_from(style)) {
                    formatted.push((row, column, style));
                }
            }
        }
        let formatted: Rc<[Formatted]> = formatted.into();
        self.formatted = Some((sheet, Rc::clone(&formatted)));
        Ok((shown, formatted))
    }
}

impl Workbook for XlsxFile<'_> {
    fn shape(&self) -> Shape {
        Shape { format: "xlsx", encoding: None, delimiter: None }
    }

    fn sheets(&self) -> Vec<SheetInfo> {
        sheets(self.workbook.sheets_metadata())
    }

    fn merged_rows(&mut self, sheet: usize) -> Vec<MergedRows> {
        let name = self.sheets().into_iter().nth(sheet).map(|info| info.name);
        name.map(|name| over_rows(&self.merged(sheet, &name))).unwrap_or_default()
    }

    fn day_zero(&self) -> NaiveDate {
        day_zero(self.workbook.has_1904_epoch())
    }

    fn rows(&mut self, sheet: usize, each: &mut EachRow<'_>) -> Result<(), Trouble> {
        let Some(info) = self.sheets().into_iter().nth(sheet) else { return Ok(()) };
        let mut merged = Merged::new(self.merged(sheet, &info.name));
        let refused = |cause: XlsxError| refused(&info.name, cause);
        let (shown, formatted) = self.formatted(sheet, &info.name).map_err(refused)?;
        let mut formatted = formatted.iter().peekable();
        let mut reader = self.workbook.worksheet_cells_reader(&info.name).map_err(refused)?;
        let mut row = Gathered::new(each, self.bytes);
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(refused)? {
            let formula = cell.formula.is_some();
            let format = formatted.next_if(|(row, column, _)| (*row, u32::from(*column)) == cell.pos);
            let value = match format {
                _ if merged.hide(cell.pos) => Value::Empty,
                Some((.., style)) => shown.value(usize::from(*style), value(cell.value, formula)),
                None => value(cell.value, formula),
            };
            if row.put(cell.pos, value)?.is_break() {
                return Ok(());
            }
        }
        let _ = row.flush();
        Ok(())
    }
}
