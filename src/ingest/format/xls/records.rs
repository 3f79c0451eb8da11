//! The records of an old workbook (MS-XLS), looked through before they are parsed: protection, age, and how much room the
//! sheets will take.

use super::super::archive::damaged;
use super::super::cells::too_wide;
use super::super::{Trouble, password_trouble};
use super::modern::{OLDER_CELLS, is_old_formula};
use crate::model::{Message, Text, message};

/// Cells that all sheets may come to, the empty ones between filled ones counted: as many as one full sheet has.
const MAX_CELLS: u64 = 65_536 * 256;

pub const BEGIN: u16 = 0x0809;
pub const END: u16 = 0x000A;
const PROTECTED: u16 = 0x002F;
pub const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const FORMULA: u16 = 0x0006;
pub const SEVERAL_NUMBERS: u16 = 0x00BD;

/// Cells with values, of Excel 5 and later.
pub const CELLS: [u16; 8] = [0x0203, 0x0204, 0x0205, 0x027E, 0x00D6, 0x00FD, SEVERAL_NUMBERS, FORMULA];

/// Looks through a workbook's stream.
///
/// # Errors
/// A workbook under a password, of Excel 4 or older, or made to do harm.
pub fn check(stream: &[u8]) -> Result<(), Trouble> {
    let (mut sheets, mut ends): (Vec<usize>, bool) = (Vec::new(), false);
    for (at, (kind, data)) in Records(stream).enumerate() {
        match kind {
            0x0009 | 0x0209 | 0x0409 if at == 0 => return Err(too_old()),
            // The first four bytes hold the key of the oldest kind of protection; what it is made of does not matter.
            PROTECTED => return Err(password_trouble()),
            SHEET => sheets.extend(data.first_chunk().map(|four| u32::from_le_bytes(*four) as usize)),
            END => {
                ends = true;
                break;
            }
            _ => {}
        }
    }
    // What is cut off in the list of sheets would be sheets that nobody misses.
    if !ends {
        return Err(damaged(Text::new("förteckningen över blad saknar slut", "the list of sheets has no end")));
    }
    let (mut cells, mut bytes) = (0u64, 0usize);
    for start in sheets {
        let sheet = stream
            .get(start..)
            .ok_or_else(|| damaged(Text::new("ett blad börjar efter filens slut", "a sheet begins behind the end")))?;
        let room = Room::of(sheet).ok_or_else(|| damaged(Text::new("ett blad saknar slut", "a sheet has no end")))?;
        cells = cells.saturating_add(room.cells());
        bytes = bytes.saturating_add(room.bytes);
        // Sheets that share their records would be read once each.
        if cells > MAX_CELLS || room.stated > MAX_CELLS || bytes > stream.len() {
            return Err(too_wide());
        }
    }
    Ok(())
}

/// Kinds and data of records, up to where a record is cut off.
pub struct Records<'b>(pub &'b [u8]);

impl<'b> Iterator for Records<'b> {
    type Item = (u16, &'b [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let [kind, more, low, high] = *self.0.first_chunk()?;
        let length = usize::from(u16::from_le_bytes([low, high]));
        let data = self.0.get(4..4 + length)?;
        self.0 = &self.0[4 + length..];
        Some((u16::from_le_bytes([kind, more]), data))
    }
}

/// The room that a sheet takes.
#[derive(Default)]
struct Room {
    /// The first and last rows and columns of its cells.
    bounds: Option<[u64; 4]>,
    has_formulas: bool,
    /// The cells that it says it has room for.
    stated: u64,
    /// Bytes of its records.
    bytes: usize,
}

impl Room {
    /// None where the records end before the sheet does: rows that should follow would be lost without a word.
    fn of(sheet: &[u8]) -> Option<Self> {
        let mut room = Self::default();
        // Charts within a sheet have beginnings and ends of their own, and records like those of cells.
        let mut depth = 0usize;
        for (kind, data) in Records(sheet) {
            room.bytes += 4 + data.len();
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => return Some(room),
                END => depth -= 1,
                _ if depth <= 1 => room.see(kind, data),
                _ => {}
            }
        }
        None
    }

    fn see(&mut self, kind: u16, data: &[u8]) {
        let word = |at: usize| data.get(at..at + 2).map(|two| u64::from(u16::from_le_bytes([two[0], two[1]])));
        let long = |at: usize| Some(word(at)? | word(at + 2)? << 16);
        match kind {
            DIMENSIONS => {
                let bounds = if data.len() < 14 {
                    [word(0), word(2), word(4), word(6)]
                } else {
                    [long(0), long(4), word(8), word(10)]
                };
                if let [Some(top), Some(bottom), Some(left), Some(right)] = bounds {
                    self.stated = self.stated.max(area([top, bottom, left, right]));
                }
            }
            kind if OLDER_CELLS.contains(&kind) || CELLS.contains(&kind) => {
                let (Some(row), Some(column)) = (word(0), word(2)) else { return };
                let several = (kind == SEVERAL_NUMBERS).then(|| word(data.len().saturating_sub(2))).flatten();
                let last = several.map_or(column, |last| last.max(column));
                let [top, bottom, left, right] = self.bounds.unwrap_or([row, row, column, last]);
                self.bounds = Some([top.min(row), bottom.max(row), left.min(column), right.max(last)]);
                self.has_formulas |= kind == FORMULA || is_old_formula(kind);
            }
            _ => {}
        }
    }

    /// Cells of its values, and of its formulas beside them.
    fn cells(&self) -> u64 {
        self.bounds.map_or(0, area).saturating_mul(if self.has_formulas { 2 } else { 1 })
    }
}

/// Rows times columns, from the first to the last of each; one that ends before it begins has no sound size.
fn area([top, bottom, left, right]: [u64; 4]) -> u64 {
    let (rows, columns) = ((bottom + 1).checked_sub(top), (right + 1).checked_sub(left));
    rows.zip(columns).map_or(u64::MAX, |(rows, columns)| rows.saturating_mul(columns))
}

fn too_old() -> Trouble {
    Trouble {
        says: old_workbook(),
        way_out: message!(
            "Nyare Excel öppnar den inte utan vidare. Öppna den i LibreOffice och spara den som .xlsx.",
            "Newer Excel does not readily open it. Open it in LibreOffice and save it as .xlsx."
        ),
    }
}

/// What a workbook of a kind before Excel 5 is.
pub fn old_workbook() -> Message {
    message!("filen är sparad av Excel 4 eller äldre", "the file was saved by Excel 4 or older")
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A record.
    pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap_or(u16::MAX);
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    fn cell(row: u16, column: u16) -> Vec<u8> {
        record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat())
    }

    /// A workbook of sheets, each of the records given.
    fn workbook(sheets: &[Vec<u8>]) -> Vec<u8> {
        workbook_of([0, 6], &[], sheets)
    }

    /// The same of an age, with records of its own before its sheets.
    pub fn workbook_of([minor, age]: [u8; 2], records: &[u8], sheets: &[Vec<u8>]) -> Vec<u8> {
        let begin = [&record(BEGIN, &[minor, age, 5, 0]), records].concat();
        // A name of no letters has no byte for their kind before Excel 97.
        let mut at = begin.len() + 12 * sheets.len() + 4;
        let (mut heads, mut bodies) = (Vec::new(), Vec::new());
        for sheet in sheets {
            let body = [record(BEGIN, &[minor, age, 16, 0]), sheet.clone(), record(END, &[])].concat();
            heads.extend(record(SHEET, &[&u32::try_from(at).unwrap().to_le_bytes()[..], &[0; 4]].concat()));
            at += body.len();
            bodies.extend(body);
        }
        [begin, heads, record(END, &[]), bodies].concat()
    }

    /// Cells far from each other are refused before they take any room; those of a full sheet are not.
    #[test]
    fn room_is_counted_first() {
        let full = [cell(0, 0), cell(65_535, 255)].concat();
        assert!(check(&workbook(std::slice::from_ref(&full))).is_ok());
        assert!(check(&workbook(&[full.clone(), full])).is_err());
        assert!(check(&workbook(&[[cell(0, 0), cell(65_535, 60_000)].concat()])).is_err());
        let stated = record(DIMENSIONS, &[0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 255, 255, 0, 0]);
        assert!(check(&workbook(&[stated])).is_err());
        let older = record(OLDER_CELLS[0], &[255, 255, 0, 255, 0, 0, 0, 1, 0]);
        assert!(check(&workbook(&[[cell(0, 0), older].concat()])).is_err());
    }

    /// A workbook that ends before its sheets do is refused, wherever that is: half a sheet would read like a whole one.
    #[test]
    fn what_is_cut_off_is_refused() {
        let rows: Vec<u8> = (0..9).flat_map(|row| cell(row, 0)).collect();
        let whole = workbook(&[rows.clone(), rows]);
        assert!(check(&whole).is_ok());
        for end in 0..whole.len() {
            assert!(check(&whole[..end]).is_err(), "{end} of {}", whole.len());
        }
    }

    /// Sheets that share their records are refused, and so are protected and very old workbooks.
    #[test]
    fn what_is_not_read_is_told() {
        let start = 4 + 4 + 3 * 12 + 4;
        let bound = record(SHEET, &[&u32::try_from(start).unwrap().to_le_bytes()[..], &[0; 4]].concat());
        let shared =
            [record(BEGIN, &[0, 6, 5, 0]), bound.repeat(3), record(END, &[]), cell(0, 0).repeat(9), record(END, &[])];
        assert!(check(&shared.concat()).is_err());
        for kind in [[0, 0], [1, 0]] {
            let Err(trouble) = check(&[record(BEGIN, &[0, 6, 5, 0]), record(PROTECTED, &kind)].concat()) else {
                panic!()
            };
            assert!(trouble.says.en.contains("password"));
        }
        let Err(trouble) = check(&record(0x0409, &[0, 4, 16, 0])) else { panic!() };
        assert!(trouble.says.en.contains("Excel 4"));
    }
}
