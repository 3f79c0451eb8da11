//! Cells of workbooks → rows: what the formats of spreadsheets share.

use super::archive::{TOO_MANY_COLUMNS, damaged};
use super::{EachRow, MergedRows, Row, SheetInfo, Trouble};
use crate::ingest::value::{CellError, Value};
use crate::model::{DAY_ZERO, DAY_ZERO_1904, Text, message, read_date_time};
use calamine::{Data, DataRef, Dimensions, ExcelDateTime, SheetType, SheetVisible};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::ops::ControlFlow;

/// Excel's own limit for columns.
const MAX_COLUMNS: usize = 16_384;

/// Empty cells that may stand before filled ones in all: those cost a file nothing, and whoever reads it the more. A small
/// file has no reason for as many as a large one.
const MAX_GAPS: usize = 100_000_000;
const GAPS_OF_ANY: usize = 10_000_000;
const GAPS_OF_A_BYTE: usize = 64;

/// How many empty cells may still stand before filled ones.
#[derive(Debug)]
pub struct Gaps(usize);

impl Gaps {
    /// Of a file of some size.
    pub fn of(bytes: usize) -> Self {
        Self(bytes.saturating_mul(GAPS_OF_A_BYTE).saturating_add(GAPS_OF_ANY).min(MAX_GAPS))
    }

    /// Counts the empty cells that a row gets when one is put in it far out.
    ///
    /// # Errors
    /// More than any list has.
    pub fn add(&mut self, cells: usize) -> Result<(), Trouble> {
        self.0 = self.0.checked_sub(cells).ok_or_else(too_wide)?;
        Ok(())
    }
}

/// What is said of cells that lie too far from each other.
pub fn too_wide() -> Trouble {
    Trouble {
        says: message!(
            "cellerna ligger så långt från varandra att de inte kan läsas",
            "the cells lie so far from each other that they cannot be read"
        ),
        way_out: super::save_as_help(),
    }
}

/// The day from which a workbook counts days.
pub fn day_zero(from_1904: bool) -> NaiveDate {
    if from_1904 { DAY_ZERO_1904 } else { DAY_ZERO }
}

/// Cells of one row, handed out when the next row begins.
pub struct Gathered<'r, 'f, 'v> {
    each: &'r mut EachRow<'f>,
    row: u32,
    cells: Vec<Value<'v>>,
    gaps: Gaps,
}

impl<'r, 'f, 'v> Gathered<'r, 'f, 'v> {
    /// No cell yet, of a file of some size.
    pub fn new(each: &'r mut EachRow<'f>, bytes: usize) -> Self {
        Self { each, row: 0, cells: Vec::new(), gaps: Gaps::of(bytes) }
    }

    /// Takes in a cell; the row before is handed out when a new one begins.
    ///
    /// # Errors
    /// Cells out of order, or beyond the last column there is.
    pub fn put(&mut self, (row, column): (u32, u32), value: Value<'v>) -> Result<ControlFlow<()>, Trouble> {
        if row < self.row {
            return Err(damaged(Text::new("raderna kommer inte i ordning", "rows out of order")));
        }
        if row > self.row && self.flush().is_break() {
            return Ok(ControlFlow::Break(()));
        }
        self.row = row;
        let column = column as usize;
        if column >= MAX_COLUMNS {
            return Err(damaged(TOO_MANY_COLUMNS));
        }
        // A cell with nothing in it takes no room: a stray format far out must not cost memory.
        if value != Value::Empty {
            if self.cells.len() <= column {
                self.gaps.add(column - self.cells.len())?;
                self.cells.resize(column + 1, Value::Empty);
            }
            self.cells[column] = value;
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Hands out the row under way.
    pub fn flush(&mut self) -> ControlFlow<()> {
        let flow = match self.cells.is_empty() {
            true => ControlFlow::Continue(()),
            false => (self.each)(&Row { number: self.row + 1, cells: &self.cells, width: None }),
        };
        self.cells.clear();
        flow
    }
}

/// A cell's value; `formula` tells a formula without a saved result from an empty cell.
pub fn value(data: DataRef<'_>, formula: bool) -> Value<'_> {
    match data {
        DataRef::Int(number) => Value::Text(Cow::Owned(number.to_string())),
        DataRef::Float(number) => Value::Number(number),
        DataRef::String(text) => text_value(Cow::Owned(text)),
        DataRef::SharedString(text) => text_value(Cow::Borrowed(text)),
        DataRef::Bool(flag) => Value::Flag(flag),
        DataRef::DateTime(moment) => moment_value(moment),
        DataRef::DateTimeIso(text) => match read_date_time(&text) {
            Some(moment) => Value::Moment(moment),
            None => Value::Text(Cow::Owned(text)),
        },
        DataRef::DurationIso(text) => Value::Text(Cow::Owned(text)),
        DataRef::Error(kind) => Value::Failed(CellError::of(&kind)),
        DataRef::Empty if formula => Value::NoResult,
        DataRef::Empty => Value::Empty,
    }
}

/// The same of a cell with a number, small ones too.
pub fn number(data: DataRef<'_>) -> Value<'_> {
    match data {
        #[allow(clippy::cast_precision_loss)] // Such workbooks hold them in thirty bits.
        DataRef::Int(number) => Value::Number(number as f64),
        data => value(data, false),
    }
}

/// A date by the cell's own type; a time of day or a duration is a number.
fn moment_value<'v>(moment: ExcelDateTime) -> Value<'v> {
    match moment.as_datetime() {
        Some(day) if !moment.is_duration() && moment.as_f64() >= 1.0 => Value::Moment(day),
        _ => Value::Number(moment.as_f64()),
    }
}

fn iso_value(text: &str) -> Value<'_> {
    match read_date_time(text) {
        Some(moment) => Value::Moment(moment),
        None => Value::Text(Cow::Borrowed(text)),
    }
}

/// Text; some old files hold letters with NULs between them, which no name would match.
fn text_value(text: Cow<'_, str>) -> Value<'_> {
    if text.contains('\0') {
        return Value::Text(Cow::Owned(text.replace('\0', "")));
    }
    if text.is_empty() { Value::Empty } else { Value::Text(text) }
}

/// Why a sheet was refused.
pub fn refused(sheet: &str, cause: impl Display) -> Trouble {
    Trouble {
        says: message!("bladet \"{sheet}\" kan inte läsas", "sheet \"{sheet}\" cannot be read ({cause})"),
        way_out: message!(
            "Kopiera bladet och klistra in det som värden i en ny arbetsbok.",
            "Copy the sheet and paste it as values into a new workbook."
        ),
    }
}

/// A value of a sheet that was read whole.
pub fn owned_value(data: &Data) -> Value<'_> {
    match data {
        Data::Int(number) => Value::Text(Cow::Owned(number.to_string())),
        Data::Float(number) => Value::Number(*number),
        Data::String(text) => text_value(Cow::Borrowed(text)),
        Data::Bool(flag) => Value::Flag(*flag),
        Data::DateTime(moment) => moment_value(*moment),
        Data::DateTimeIso(text) => iso_value(text),
        Data::DurationIso(text) => Value::Text(Cow::Borrowed(text)),
        Data::Error(kind) => Value::Failed(CellError::of(kind)),
        Data::Empty => Value::Empty,
    }
}

/// Those of merged ranges that reach over several rows.
pub fn over_rows(ranges: &[Dimensions]) -> Vec<MergedRows> {
    let several = ranges.iter().filter(|range| range.end.0 > range.start.0);
    several
        .map(|range| MergedRows { rows: range.start.0 + 1..=range.end.0 + 1, columns: range.start.1..=range.end.1 })
        .collect()
}

/// The merged cells of a sheet while its rows come in.
pub struct Merged {
    /// Those further down, the nearest last.
    to_come: Vec<Dimensions>,
    /// Those that reach the row under way, by their first columns.
    here: BTreeMap<u32, Dimensions>,
    /// By last row, the first columns of those.
    ends: BTreeSet<(u32, u32)>,
    row: Option<u32>,
}

impl Merged {
    /// Of ranges in any order.
    pub fn new(mut ranges: Vec<Dimensions>) -> Self {
        ranges.sort_by_key(|range| Reverse(range.start));
        Self { to_come: ranges, here: BTreeMap::new(), ends: BTreeSet::new(), row: None }
    }

    /// Whether a cell is hidden: only the top-left cell of a merged range counts; what lies under it would count twice.
    pub fn hide(&mut self, (row, column): (u32, u32)) -> bool {
        if self.row != Some(row) {
            self.row = Some(row);
            self.turn_to(row);
        }
        let nearest = self.here.range(..=column).next_back();
        nearest.is_some_and(|(_, range)| range.contains(row, column) && (row, column) != range.start)
    }

    fn turn_to(&mut self, row: u32) {
        while let Some((_, column)) = self.ends.pop_first() {
            let is_past = self.here.get(&column).is_none_or(|range| range.end.0 < row);
            if !is_past {
                self.ends.extend(self.here.get(&column).map(|range| (range.end.0, column)));
                break;
            }
            self.here.remove(&column);
        }
        while let Some(range) = self.to_come.pop_if(|range| range.start.0 <= row) {
            if range.end.0 >= row {
                self.ends.insert((range.end.0, range.start.1));
                self.here.insert(range.start.1, range);
            }
        }
    }
}

/// The sheets of a workbook that hold cells, in order: charts, dialogs and macros have none to read.
pub fn sheets(metadata: &[calamine::Sheet]) -> Vec<SheetInfo> {
    metadata
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| SheetInfo { name: sheet.name.clone(), visible: sheet.visible == SheetVisible::Visible })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Few cells far out are read; so many that what stands between costs more than any list of that size does are not.
    #[test]
    fn far_cells_are_bounded() {
        let far = |rows: u32, bytes: usize| {
            let mut each = |_: &Row<'_>| ControlFlow::Continue(());
            let mut gathered = Gathered::new(&mut each, bytes);
            (0..rows).try_for_each(|row| gathered.put((row, 16_383), Value::Flag(true)).map(|_| ()))
        };
        assert!(far(100, 2_000).is_ok());
        assert!(far(3_000, 1_000_000).is_ok());
        for (rows, bytes) in [(3_000, 50_000), (7_000, 10_000_000)] {
            assert!(far(rows, bytes).is_err_and(|trouble| trouble.says.en.contains("so far from each other")));
        }
    }

    /// What lies under a merged range is hidden, its first cell and what stands beside it are not, row by row.
    #[test]
    fn only_the_first_cell_of_a_merged_range_counts() {
        let ranges = [((0, 0), (0, 3)), ((2, 1), (4, 1)), ((4, 2), (4, 3))];
        let mut merged = Merged::new(ranges.map(|(start, end)| Dimensions::new(start, end)).to_vec());
        let cells = [(0, 0), (0, 3), (2, 0), (2, 1), (3, 1), (4, 1), (4, 2), (4, 3), (5, 1)];
        assert_eq!(cells.map(|cell| merged.hide(cell)), [false, true, false, false, true, true, false, true, false]);
    }
}
