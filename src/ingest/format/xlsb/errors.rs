//! What the parsing library does not tell of the cells of a binary workbook: which are merged, formulas that failed (MS-XLSB 2.4.660), of
//! which a column would read as one that is empty, and how numbers are shown.

use super::super::Trouble;
use super::super::archive::{damaged, member, undecoded};
use super::super::cells::value;
use super::super::number_format::{Shown, built_in};
use crate::ingest::value::Value;
use crate::model::Text;
use calamine::{CellErrorType, DataRef, Dimensions};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{BufReader, ErrorKind, Read};

/// Far more than the list of sheets of any workbook comes to, in bytes.
const MAX_LIST: u64 = 64 << 20;

/// Kinds of records (MS-XLSB 2.3).
const ROW: u32 = 0;
const FAILED_FORMULA: u32 = 11;
const END_OF_CELLS: u32 = 146;
const MERGED_CELLS: u32 = 176;
const SHEET: u32 = 156;
const FORMAT: u32 = 44;
const CELL_FORMAT: u32 = 47;
const CELL_FORMATS: u32 = 617;
const END_OF_CELL_FORMATS: u32 = 618;

/// Cells with numbers, written short or long, and formulas that came to one.
const NUMBERS: [u32; 3] = [2, 5, 9];

/// The last row there is.
const LAST_ROW: u32 = 1_048_575;

/// The name of the member in which a sheet stands; none where the workbook tells of no such sheet.
///
/// # Errors
/// An archive or a list of sheets that is damaged.
pub fn member_of(bytes: &[u8], sheet: &str) -> Result<Option<String>, Trouble> {
    let book = member(bytes, "xl/workbook.bin", MAX_LIST)?.unwrap_or_default();
    let mut records = Records::new(&book[..]);
    while let Some(kind) = records.next()? {
        let names = records.data.get(8..).and_then(text).and_then(|(id, rest)| Some((id, text(rest)?.0)));
        if let Some((id, _)) = names.filter(|(_, name)| kind == SHEET && name == sheet) {
            return target(bytes, &id);
        }
    }
    Ok(None)
}

/// The merged cells of a sheet's part, which stand behind its cells.
///
/// # Errors
/// A part that is damaged.
pub fn merged(part: impl Read) -> Result<Vec<Dimensions>, Trouble> {
    let (mut records, mut merged) = (Records::new(BufReader::new(part)), Vec::new());
    while let Some(kind) = records.next()? {
        let place =
            |at: usize| records.data.get(at..at + 4).map(|own| u32::from_le_bytes([own[0], own[1], own[2], own[3]]));
        let rows = place(0).zip(place(4));
        if let Some(((top, bottom), (left, right))) = rows.zip(place(8).zip(place(12))).filter(|_| kind == MERGED_CELLS)
        {
            merged.push(Dimensions::new((top, left), (bottom, right)));
        }
    }
    Ok(merged)
}

/// How the numbers of a workbook are shown.
///
/// # Errors
/// A list of formats that is damaged.
pub fn shown(bytes: &[u8], as_shown: bool) -> Result<Shown, Trouble> {
    let styles = member(bytes, "xl/styles.bin", MAX_LIST)?.unwrap_or_default();
    let mut records = Records::new(&styles[..]);
    let (mut codes, mut places, mut is_of_cells) = (BTreeMap::new(), Vec::new(), false);
    while let Some(kind) = records.next()? {
        let word = |at: usize| records.data.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]));
        match kind {
            FORMAT => codes.extend(word(0).zip(records.data.get(2..).and_then(text).map(|(code, _)| code))),
            CELL_FORMATS => is_of_cells = true,
            END_OF_CELL_FORMATS => is_of_cells = false,
            CELL_FORMAT if is_of_cells => places.push(word(2).unwrap_or(0)),
            _ => {}
        }
    }
    let code = |number: &u16| match codes.get(number) {
        Some(code) => Some(Cow::Borrowed(code.as_str())),
        None => built_in(*number).map(Cow::Borrowed),
    };
    Ok(Shown::new(places.iter().map(code), as_shown))
}

/// What a relation of the workbook leads to.
fn target(bytes: &[u8], id: &str) -> Result<Option<String>, Trouble> {
    let relations = member(bytes, "xl/_rels/workbook.bin.rels", MAX_LIST)?.unwrap_or_default();
    let relations = String::from_utf8_lossy(&relations);
    let mut reader = Reader::from_str(&relations);
    loop {
        match reader.read_event().map_err(undecoded)? {
            Event::Start(element) | Event::Empty(element) => {
                let named = |name: &str| {
                    let mut attributes = element.attributes();
                    let found = attributes.with_checks(false).filter_map(Result::ok);
                    let own = found.into_iter().find(|own| own.key.as_ref() == name)?;
                    quick_xml::escape::unescape(&own.value).ok().map(Cow::into_owned)
                };
                if named("Id").is_some_and(|own| own == id) {
                    return Ok(named("Target").map(|target| format!("xl/{target}")));
                }
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

/// A text with its length before it, and what follows.
fn text(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?.checked_mul(2)?;
    let (letters, rest) = (rest.get(..length)?, rest.get(length..)?);
    let letters: Vec<u16> = letters.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    Some((String::from_utf16_lossy(&letters), rest))
}

/// Records of a part, one at a time.
struct Records<R> {
    source: R,
    data: Vec<u8>,
}

fn cut_off() -> Trouble {
    damaged(Text::new("en post är avhuggen", "a record is cut off"))
}

impl<R: Read> Records<R> {
    fn new(source: R) -> Self {
        Self { source, data: Vec::new() }
    }

    /// The kind of the next record, whose data are then at hand; none at the end.
    fn next(&mut self) -> Result<Option<u32>, Trouble> {
        let Some(kind) = self.groups(2)? else { return Ok(None) };
        let length = self.groups(4)?.ok_or_else(cut_off)?;
        self.data.clear();
        let read = (&mut self.source).take(u64::from(length)).read_to_end(&mut self.data).map_err(undecoded)?;
        if u32::try_from(read) == Ok(length) { Ok(Some(kind)) } else { Err(cut_off()) }
    }

    /// A number in groups of seven bits, the lowest first; none at the end.
    fn groups(&mut self, most: u32) -> Result<Option<u32>, Trouble> {
        let mut number = 0;
        for group in 0..most {
            let mut byte = [0];
            match self.source.read_exact(&mut byte) {
                Ok(()) => {}
                Err(cause) if cause.kind() == ErrorKind::UnexpectedEof && group == 0 => return Ok(None),
                Err(cause) => return Err(undecoded(cause)),
            }
            number |= u32::from(byte[0] & 0x7F) << (7 * group);
            if byte[0] & 0x80 == 0 {
                break;
            }
        }
        Ok(Some(number))
    }
}

/// A cell: row and column from 0, and what stands there.
pub type FailedCell = ((u32, u32), Value<'static>);

/// What is told of a cell beside what the parsing library tells.
enum Beside {
    Failed(Value<'static>),
    /// The place of its format.
    Number(usize),
}

type ToldCell = ((u32, u32), Beside);

/// The formulas of a sheet that failed and the formats of its numbers, in order.
pub struct Told<'s, R> {
    records: Records<R>,
    shown: &'s Shown,
    row: u32,
    /// The next one.
    next: Option<ToldCell>,
}

impl<'s, R: Read> Told<'s, BufReader<R>> {
    /// Of a sheet's part.
    ///
    /// # Errors
    /// A part that is damaged before the first of them.
    pub fn of(part: R, shown: &'s Shown) -> Result<Self, Trouble> {
        let mut told = Self { records: Records::new(BufReader::new(part)), shown, row: 0, next: None };
        told.next = told.find()?;
        Ok(told)
    }

    /// The next formula that failed, where it stands before a place.
    ///
    /// # Errors
    /// A part that is damaged.
    pub fn failed_before(&mut self, place: Option<(u32, u32)>) -> Result<Option<FailedCell>, Trouble> {
        while let Some((own, beside)) = self.next.take_if(|(own, _)| place.is_none_or(|place| *own < place)) {
            self.next = self.find()?;
            if let Beside::Failed(error) = beside {
                return Ok(Some((own, error)));
            }
        }
        Ok(None)
    }

    /// The place of the format of the number in a cell, where it matters.
    ///
    /// # Errors
    /// A part that is damaged.
    pub fn format_at(&mut self, place: (u32, u32)) -> Result<Option<usize>, Trouble> {
        let is_here = |(own, beside): &mut ToldCell| *own == place && matches!(beside, Beside::Number(_));
        let Some((_, Beside::Number(format))) = self.next.take_if(is_here) else { return Ok(None) };
        self.next = self.find()?;
        Ok(Some(format))
    }

    fn find(&mut self) -> Result<Option<ToldCell>, Trouble> {
        while let Some(kind) = self.records.next()? {
            let data = &self.records.data;
            let word = data.first_chunk::<4>().map_or(0, |word| u32::from_le_bytes(*word));
            match kind {
                // The parsing library takes this for the end, and what follows would be lost.
                ROW if word > LAST_ROW => {
                    return Err(damaged(Text::new("en rad efter den sista som får finnas", "a row beyond the last")));
                }
                ROW => self.row = word,
                FAILED_FORMULA => {
                    return Ok(Some(((self.row, word), Beside::Failed(error(data.get(8).copied())))));
                }
                END_OF_CELLS => return Ok(None),
                kind if NUMBERS.contains(&kind) => {
                    let format =
                        data.get(4..7).map_or(0, |three| u32::from_le_bytes([three[0], three[1], three[2], 0]));
                    if let Some(format) = usize::try_from(format).ok().filter(|&format| self.shown.has(format)) {
                        return Ok(Some(((self.row, word), Beside::Number(format))));
                    }
                }
                _ => {}
            }
        }
        Err(damaged(Text::new("bladet tar slut för tidigt", "the sheet ends too soon")))
    }
}

/// An error by its number (MS-XLSB 2.5.97.2).
fn error(number: Option<u8>) -> Value<'static> {
    let kind = match number {
        Some(0x00) => CellErrorType::Null,
        Some(0x07) => CellErrorType::Div0,
        Some(0x0F) => CellErrorType::Value,
        Some(0x17) => CellErrorType::Ref,
        Some(0x1D) => CellErrorType::Name,
        Some(0x24) => CellErrorType::Num,
        Some(0x2A) => CellErrorType::NA,
        _ => CellErrorType::GettingData,
    };
    value(DataRef::Error(kind), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Merged cells are told with where they stand, and other records are none of them.
    #[test]
    fn merged_cells_are_told() {
        let words = |list: [u32; 4]| list.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
        let other = [vec![0x94, 0x01, 16], words([0, 9, 0, 9])].concat();
        let part = [other, vec![0xB0, 0x01, 16], words([1, 2, 3, 3])].concat();
        assert_eq!(merged(&part[..]).unwrap(), [Dimensions::new((1, 3), (2, 3))]);
    }
}
