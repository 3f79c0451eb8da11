//! How the cells of an old workbook show their numbers (MS-XLS 2.4.126, 2.4.353), which the parsing library does not tell.

use super::super::cells::owned_value;
use super::super::number_format::{Shown, built_in};
use super::modern::{has_long_texts, is_old_formula, part};
use super::records::{CELLS, SEVERAL_NUMBERS, SHEET};
use crate::ingest::value::Value;
use calamine::Data;
use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// A number format, and a cell's, which points to one.
const FORMAT: u16 = 0x041E;
const CELL_FORMAT: u16 = 0x00E0;

/// By row and column, the place of a cell's format.
type Places = HashMap<(u32, u32), u16>;

/// The formats of a workbook and the cells for which they matter.
#[derive(Default)]
pub struct Formatted {
    shown: Shown,
    /// The sheets in order.
    sheets: Vec<Places>,
}

impl Formatted {
    /// Of the stream of a workbook that has been looked through.
    pub fn of(stream: &[u8], as_shown: bool) -> Self {
        let has_long_texts = has_long_texts(stream);
        let (mut codes, mut places, mut starts) = (BTreeMap::new(), Vec::new(), Vec::new());
        for (kind, data) in part(stream) {
            match kind {
                FORMAT => codes.extend(word(data, 0).zip(code(data, has_long_texts))),
                CELL_FORMAT => places.push(word(data, 2).unwrap_or(0)),
                SHEET => starts.extend(data.first_chunk().map(|four| u32::from_le_bytes(*four) as usize)),
                _ => {}
            }
        }
        let code = |number: &u16| match codes.get(number) {
            Some(code) => Some(Cow::Borrowed(String::as_str(code))),
            None => built_in(*number).map(Cow::Borrowed),
        };
        let shown = Shown::new(places.iter().map(code), as_shown);
        if shown.is_nothing() {
            return Self::default();
        }
        let of_sheet = |start: usize| cells(stream.get(start..).unwrap_or_default(), &shown);
        let sheets = starts.into_iter().map(of_sheet).collect();
        Self { shown, sheets }
    }

    /// Those of a sheet by its place in the workbook.
    pub fn of_sheet(&self, sheet: usize) -> OfSheet<'_> {
        OfSheet { shown: &self.shown, places: self.sheets.get(sheet).filter(|places| !places.is_empty()) }
    }
}

/// The formats of the cells of one sheet.
pub struct OfSheet<'f> {
    shown: &'f Shown,
    places: Option<&'f Places>,
}

impl OfSheet<'_> {
    /// What stands in a cell.
    pub fn value<'d>(&self, place: (u32, u32), data: &'d Data) -> Value<'d> {
        let format = self.places.and_then(|places| places.get(&place));
        match (format, data) {
            #[allow(clippy::cast_precision_loss)] // Such cells hold thirty bits.
            (Some(format), Data::Int(number)) => {
                let shown = self.shown.value(usize::from(*format), Value::Number(*number as f64));
                if let Value::Number(_) = shown { owned_value(data) } else { shown }
            }
            (Some(format), data) => self.shown.value(usize::from(*format), owned_value(data)),
            (None, data) => owned_value(data),
        }
    }
}

/// The cells of a sheet whose format matters.
fn cells(sheet: &[u8], shown: &Shown) -> Places {
    let mut places = Places::new();
    let mut put = |row: u16, column: u16, format: Option<u16>| {
        if let Some(format) = format.filter(|format| shown.has(usize::from(*format))) {
            places.insert((u32::from(row), u32::from(column)), format);
        }
    };
    // Formulas of the older kinds hold place and format where the newer do.
    let holds_format = |kind: u16| CELLS.contains(&kind) || is_old_formula(kind);
    for (kind, data) in part(sheet).filter(|(kind, _)| holds_format(*kind)) {
        let Some((row, column)) = word(data, 0).zip(word(data, 2)) else { continue };
        if kind == SEVERAL_NUMBERS {
            // A format and a number of four bytes for each, then the last column.
            let formats = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6);
            formats.zip(column..).for_each(|(own, column)| put(row, column, word(own, 0)));
        } else {
            put(row, column, word(data, 4));
        }
    }
    places
}

/// The code of a format; that of Excel 97 says whether its letters take one byte or two.
fn code(data: &[u8], has_long_texts: bool) -> Option<String> {
    if !has_long_texts {
        let letters = data.get(3..)?;
        return Some(WINDOWS_1252.decode_without_bom_handling(letters).0.into_owned());
    }
    let length = usize::from(word(data, 2)?);
    let letters = data.get(5..)?;
    match data.get(4)? & 1 {
        0 => Some(letters.get(..length)?.iter().map(|&letter| char::from(letter)).collect()),
        _ => {
            let pairs = letters.get(..length.checked_mul(2)?)?.chunks_exact(2);
            let letters: Vec<u16> = pairs.map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
            Some(String::from_utf16_lossy(&letters))
        }
    }
}

fn word(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]))
}

#[cfg(test)]
mod tests {
    use super::super::records::tests::{record, workbook_of};
    use super::*;

    /// A formula is shown in its format whichever kind of record it is written as.
    #[test]
    fn formulas_of_every_kind_have_their_format() {
        const PERCENT: u8 = 10;
        let format = record(CELL_FORMAT, &[0, 0, PERCENT, 0]);
        for kind in [0x0006, 0x0206, 0x0406] {
            let stream = workbook_of([0, 6], &format, &[record(kind, &[0; 22])]);
            let formatted = Formatted::of(&stream, true);
            let data = Data::Float(0.5);
            assert_eq!(formatted.of_sheet(0).value((0, 0), &data).written(), "50.00%", "{kind:#x}");
        }
    }
}
