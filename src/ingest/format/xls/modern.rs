//! Records of an old workbook as the parsing library reads them: it takes number formats of Excel 5 for longer than they
//! are, so that numbers become dates, and passes over cells as Excel 2 to 4 wrote them, which other programs still write.

use super::records::{BEGIN, END, Records, SHEET};
use encoding_rs::WINDOWS_1252;

/// A number format (MS-XLS 2.4.126).
const FORMAT: u16 = 0x041E;

/// Cells of Excel 2: a whole number, a number, a text, a truth or an error.
const WHOLE_NUMBER: u16 = 0x0002;
const OLD_NUMBER: u16 = 0x0003;
const OLD_TEXT: u16 = 0x0004;
const OLD_TRUTH: u16 = 0x0005;

/// Formulas of Excel 3 and 4.
const OLD_FORMULAS: [u16; 2] = [0x0206, 0x0406];

/// The same cells of today.
const NUMBER: u16 = 0x0203;
const TEXT: u16 = 0x0204;
const TRUTH: u16 = 0x0205;
const FORMULA: u16 = 0x0006;

/// Kinds of cells that Excel 2 to 4 wrote.
pub const OLDER_CELLS: [u16; 6] = [WHOLE_NUMBER, OLD_NUMBER, OLD_TEXT, OLD_TRUTH, OLD_FORMULAS[0], OLD_FORMULAS[1]];

/// Whether a kind of older cell is a formula.
pub fn is_old_formula(kind: u16) -> bool {
    OLD_FORMULAS.contains(&kind)
}

/// The stream of a workbook that has been looked through, with what is older made new; none where nothing is.
pub fn modernised(stream: &[u8]) -> Option<Vec<u8>> {
    let has_long_texts = has_long_texts(stream);
    let starts = sheets(stream);
    let mut parts = starts.iter().flat_map(|&start| part(stream.get(start..).unwrap_or_default()));
    let is_old = !has_long_texts && part(stream).any(|(kind, _)| kind == FORMAT);
    if !is_old && !parts.any(|(kind, _)| OLDER_CELLS.contains(&kind)) {
        return None;
    }
    let mut book = Book { bytes: Vec::with_capacity(stream.len() + stream.len() / 8), has_long_texts };
    let mut places = Vec::new();
    for (kind, data) in part(stream) {
        if kind == SHEET {
            places.push(book.bytes.len() + 4);
        }
        book.put(kind, data);
    }
    for (start, place) in starts.into_iter().zip(places) {
        let begins = u32::try_from(book.bytes.len()).ok()?;
        book.bytes.get_mut(place..place + 4)?.copy_from_slice(&begins.to_le_bytes());
        part(stream.get(start..)?).for_each(|(kind, data)| book.put(kind, data));
    }
    Some(book.bytes)
}

/// Whether texts are in Unicode and say their lengths in two bytes: since Excel 97.
pub fn has_long_texts(stream: &[u8]) -> bool {
    let begin = Records(stream).next().map(|(_, data)| data);
    !matches!(begin, Some([_, 2..=5, ..] | [0, 0, 0, 0x10, ..]))
}

/// Where the sheets begin.
fn sheets(stream: &[u8]) -> Vec<usize> {
    let places = part(stream).filter(|(kind, _)| *kind == SHEET);
    places.filter_map(|(_, data)| data.first_chunk().map(|four| u32::from_le_bytes(*four) as usize)).collect()
}

/// The records from a beginning to its end; charts within a sheet are left out, as what stands in them is no cell of it.
pub fn part(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let (mut depth, mut is_over) = (0usize, false);
    let records = Records(stream).map(move |(kind, data)| {
        depth += usize::from(kind == BEGIN);
        let own = depth;
        depth = depth.saturating_sub(usize::from(kind == END));
        (own, kind, data)
    });
    let through_the_end = records.take_while(move |(depth, kind, _)| {
        let goes_on = !is_over;
        is_over = *kind == END && *depth <= 1;
        goes_on
    });
    through_the_end.filter(|(depth, ..)| *depth <= 1).map(|(_, kind, data)| (kind, data))
}

/// The workbook under way.
struct Book {
    bytes: Vec<u8>,
    has_long_texts: bool,
}

impl Book {
    fn put(&mut self, kind: u16, data: &[u8]) {
        match self.renewed(kind, data) {
            Some((kind, parts)) => self.write(kind, &parts.concat()),
            None => self.write(kind, data),
        }
    }

    fn write(&mut self, kind: u16, data: &[u8]) {
        // A text of 255 letters is the longest that grows, far below what a record holds.
        let length = u16::try_from(data.len()).unwrap_or(u16::MAX);
        self.bytes.extend(kind.to_le_bytes());
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(&data[..usize::from(length)]);
    }

    /// A record in the form of today; none where it has it, or is cut off.
    fn renewed(&self, kind: u16, data: &[u8]) -> Option<(u16, Vec<Vec<u8>>)> {
        if kind == FORMAT && !self.has_long_texts {
            let ([id, more, length], text) = data.split_first_chunk()?;
            return Some((FORMAT, vec![vec![*id, *more, *length, 0], text.to_vec()]));
        }
        if OLD_FORMULAS.contains(&kind) {
            // Place, format and result, as they are; what the formula says is left out.
            let head = data.first_chunk::<14>()?;
            return Some((FORMULA, vec![head.to_vec(), vec![0; 8]]));
        }
        let (place, rest) = data.split_first_chunk::<4>()?;
        // Three bytes of looks, of which the first six bits name the cell's format.
        let ([looks, _, _], value) = rest.split_first_chunk()?;
        let (kind, value) = match kind {
            WHOLE_NUMBER => (NUMBER, f64::from(u16::from_le_bytes(*value.first_chunk()?)).to_le_bytes().to_vec()),
            OLD_NUMBER => (NUMBER, value.first_chunk::<8>()?.to_vec()),
            OLD_TEXT => (TEXT, self.text(value)?),
            OLD_TRUTH => (TRUTH, value.first_chunk::<2>()?.to_vec()),
            _ => return None,
        };
        Some((kind, vec![place.to_vec(), vec![looks & 0x3F, 0], value]))
    }

    /// A text with its length before it. Where texts are in Unicode, one of a code page has that of western Europe.
    fn text(&self, value: &[u8]) -> Option<Vec<u8>> {
        let (length, letters) = value.split_first()?;
        let letters = letters.get(..usize::from(*length))?;
        if !self.has_long_texts {
            return Some([&[*length, 0], letters].concat());
        }
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(letters);
        let wide: Vec<u16> = text.encode_utf16().collect();
        let length = u16::try_from(wide.len()).ok()?.to_le_bytes();
        Some(length.into_iter().chain([1]).chain(wide.into_iter().flat_map(u16::to_le_bytes)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::records::tests::{record, workbook_of};
    use super::super::{compound, open};
    use super::*;
    use crate::ingest::format::{Hints, Trouble};
    use crate::ingest::value::Value;
    use crate::model::{DAY_ZERO, DAY_ZERO_1904};
    use std::ops::ControlFlow;

    /// Excel 5 and Excel 97.
    const OLD: [u8; 2] = [0, 5];
    const NEW: [u8; 2] = [0, 6];

    fn read(stream: Vec<u8>) -> Result<Vec<Vec<String>>, Trouble> {
        let file = compound::of_one_stream("Book", stream).unwrap();
        let mut workbook =
            open(&file, &Hints { encoding: None, delimiter: None, as_shown: false, header_score: &|_| 0 })?;
        let mut rows = Vec::new();
        workbook.rows(0, &mut |row| {
            let written = |cell: &Value<'_>| cell.written().into_owned();
            rows.push(row.cells.iter().map(written).collect());
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    /// A number format of Excel 5, and the cell format that points to it.
    fn format(id: u8, text: &str) -> Vec<u8> {
        let length = u8::try_from(text.len()).unwrap();
        let cell = [&[0, 0, id, 0][..], &[0; 12]].concat();
        [record(FORMAT, &[&[id, 0, length], text.as_bytes()].concat()), record(0x00E0, &cell)].concat()
    }

    fn number(column: u8, format: u8, value: f64) -> Vec<u8> {
        record(NUMBER, &[&[0, 0, column, 0, format, 0][..], &value.to_le_bytes()].concat())
    }

    /// A number whose format of Excel 5 has a colour or a word before it is a number and no date; a date is one.
    #[test]
    fn formats_of_excel_5_are_read_from_their_first_letter() {
        let formats = [format(164, "[Red]00000"), format(165, "\"id \"0"), format(166, "yyyy-mm-dd")].concat();
        let cells = [number(0, 0, 1003.0), number(1, 1, 1004.0), number(2, 2, 46_000.0)].concat();
        let rows = read(workbook_of(OLD, &formats, &[cells])).map_err(|trouble| trouble.says.en);
        assert_eq!(rows.unwrap(), [["01003", "1004", "2025-12-09"]]);
    }

    /// Numbers that a format shows with noughts before them keep these, in workbooks of either age and written as either
    /// kind of number; a text and an amount stay as they are.
    #[test]
    fn noughts_of_identifiers_are_kept() {
        let wide = |id: u8, text: &str| {
            let letters = [&[id, 0, u8::try_from(text.len()).unwrap(), 0, 0][..], text.as_bytes()].concat();
            [record(FORMAT, &letters), record(0x00E0, &[&[0, 0, id, 0][..], &[0; 16]].concat())].concat()
        };
        let short = |column: u8, format: u8, number: u32| {
            record(0x027E, &[&[0, 0, column, 0, format, 0][..], &(number << 2 | 2).to_le_bytes()].concat())
        };
        let several = |format: u8, numbers: [u32; 2]| {
            let own = |number: u32| [&[format, 0][..], &(number << 2 | 2).to_le_bytes()].concat();
            record(0x00BD, &[&[0, 0, 3, 0][..], &own(numbers[0]), &own(numbers[1]), &[4, 0]].concat())
        };
        let cells = [number(0, 0, 123.0), short(1, 0, 42), short(2, 1, 7), several(0, [5, 6])].concat();
        let sheets = [cells];
        let old = read(workbook_of(OLD, &[format(164, "00000"), format(165, "0.00")].concat(), &sheets));
        let new = read(workbook_of(NEW, &[wide(164, "00000"), wide(165, "0.00")].concat(), &sheets));
        for rows in [old, new] {
            assert_eq!(rows.map_err(|trouble| trouble.says.en).unwrap(), [["00123", "00042", "7", "00005", "00006"]]);
        }
    }

    /// A workbook says from which day it counts days, for cells that are mere numbers.
    #[test]
    fn days_are_counted_from_the_stated_day() {
        let zero = |book: &[u8]| {
            let file = compound::of_one_stream("Book", workbook_of(NEW, book, &[number(0, 0, 44_000.0)])).unwrap();
            open(&file, &Hints { encoding: None, delimiter: None, as_shown: false, header_score: &|_| 0 })
                .map(|book| book.day_zero())
        };
        let stated = |flag: u8| zero(&record(0x0022, &[flag, 0])).map_err(|trouble| trouble.says.en);
        assert_eq!([stated(0), stated(1)], [Ok(DAY_ZERO), Ok(DAY_ZERO_1904)]);
    }

    /// Cells in the forms of Excel 2 to 4 are read with their values, in workbooks of either age.
    #[test]
    fn cells_of_excel_4_are_read() {
        let at = |column: u8, looks: u8| vec![1, 0, column, 0, looks, 0, 0];
        let formula = |kind, column| {
            let result = 12.5f64.to_le_bytes();
            record(kind, &[&[1, 0, column, 0, 0, 0][..], &result, &[0, 0, 3, 0, 0x1E, 1, 0]].concat())
        };
        let cells = [
            number(0, 0, 7.0),
            record(WHOLE_NUMBER, &[at(0, 0x40), vec![0xFF, 0xFF]].concat()),
            record(OLD_NUMBER, &[at(1, 0), 0.25f64.to_le_bytes().to_vec()].concat()),
            record(OLD_TEXT, &[at(2, 0), b"\x04L\xF6n\x80".to_vec()].concat()),
            record(OLD_TRUTH, &[at(3, 0), vec![0x2A, 1]].concat()),
            formula(0x0206, 4),
            formula(0x0406, 5),
        ];
        let code_page = record(0x0042, &1252u16.to_le_bytes());
        for age in [OLD, NEW] {
            let sheets = [cells.concat(), cells.concat()];
            let rows = read(workbook_of(age, &code_page, &sheets)).map_err(|trouble| trouble.says.en).unwrap();
            assert_eq!(rows[1], ["65535", "0.25", "Lön€", "#N/A", "12.5", "12.5"], "{age:?}");
            assert_eq!(rows[0][0], "7");
        }
    }

    /// Texts in Unicode keep their letters under the code page of western Europe, which some programs name beside them.
    #[test]
    fn unicode_is_unicode_under_any_code_page() {
        let letters: Vec<u8> = "Łódź".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cell = record(TEXT, &[&[0, 0, 0, 0, 0, 0, 4, 0, 1][..], &letters].concat());
        let rows = read(workbook_of(NEW, &record(0x0042, &1252u16.to_le_bytes()), &[cell]));
        assert_eq!(rows.map_err(|trouble| trouble.says.en).unwrap(), [["Łódź"]]);
    }

    /// A workbook in which nothing is older stays as it is, byte for byte.
    #[test]
    fn what_is_new_is_left() {
        assert_eq!(modernised(&workbook_of(NEW, &format(164, "[Red]0"), &[number(0, 0, 1.0)])), None);
        assert_eq!(modernised(&workbook_of(OLD, &[], &[number(0, 0, 1.0)])), None);
    }
}
