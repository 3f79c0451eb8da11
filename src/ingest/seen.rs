//! What any table is to the eye, before anything is known of what it means: where its header stands, and what kinds of
//! values its columns hold.

use super::content::form_of;
use super::format::{Shape, Trouble, Workbook};
use super::header_row::{TopRow, is_of_names};
use super::value::Value;
use super::whole_table::find_table;
use crate::model::{Text, read_date_time};
use std::ops::ControlFlow;

/// A table as it was seen.
#[derive(Debug)]
pub struct Seen {
    /// How its file is written.
    pub shape: Shape,
    /// Its sheet; empty for text.
    pub sheet: String,
    /// The header row; none where the first row holds values.
    pub header_row: Option<u32>,
    /// Rows of data.
    pub rows: usize,
    /// Its columns.
    pub columns: Vec<SeenColumn>,
}

/// A column as it was seen.
#[derive(Debug, Default)]
pub struct SeenColumn {
    /// Its header; empty where the table has none.
    pub header: String,
    /// Rows that have a value.
    pub filled: usize,
    /// How many values are of each kind, in the order of [`ValueForm::ALL`].
    pub kinds: [usize; 5],
    /// The first value, every letter an x and every digit a 0.
    pub sample: String,
}

/// What a value is by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueForm {
    /// Words.
    Words,
    /// A number.
    Number,
    /// A day or a moment.
    Date,
    /// An address.
    Address,
    /// A formula that failed, or has no result.
    Failed,
}

impl ValueForm {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Words, Self::Number, Self::Date, Self::Address, Self::Failed];

    /// The kind in words.
    pub fn text(self) -> Text {
        match self {
            Self::Words => Text::new("text", "text"),
            Self::Number => Text::new("tal", "numbers"),
            Self::Date => Text::new("datum", "dates"),
            Self::Address => Text::new("e-postadresser", "e-mail addresses"),
            Self::Failed => Text::new("formler utan värde", "formulas without a value"),
        }
    }

    fn of(value: &Value<'_>) -> Option<Self> {
        if matches!(value, Value::NoResult | Value::Failed(_)) {
            return Some(Self::Failed);
        }
        let text = value.shown()?;
        Some(match value {
            Value::Moment(_) => Self::Date,
            Value::Number(_) => Self::Number,
            _ if text.contains('@') => Self::Address,
            _ if read_date_time(&text).is_some() => Self::Date,
            _ if text.replace(',', ".").parse::<f64>().is_ok() => Self::Number,
            _ => Self::Words,
        })
    }
}

/// Looks at the visible sheet whose header is known best, else at the first that holds a table.
///
/// # Errors
/// No sheet that can be read.
pub fn look(workbook: &mut dyn Workbook) -> Result<Option<Seen>, Trouble> {
    let (mut best, mut trouble): (Option<(usize, usize, String)>, _) = (None, None);
    let visible = workbook.sheets().into_iter().enumerate().filter(|(_, sheet)| sheet.visible);
    for (at, sheet) in visible {
        match find_table(workbook, at) {
            Ok(Some(found)) if best.as_ref().is_none_or(|(names, ..)| found.names > *names) => {
                best = Some((found.names, at, sheet.name));
            }
            Ok(_) => {}
            Err(own) => trouble = trouble.or(Some(own)),
        }
    }
    match (best, trouble) {
        (Some((_, at, name)), _) => look_at(workbook, (at, name)),
        (None, Some(trouble)) => Err(trouble),
        (None, None) => Ok(None),
    }
}

fn look_at(workbook: &mut dyn Workbook, (at, sheet): (usize, String)) -> Result<Option<Seen>, Trouble> {
    let Some(found) = find_table(workbook, at)? else { return Ok(None) };
    let has_header = found.names > 0 || is_of_names(&found.header);
    let column = |header: &String| match has_header {
        true => SeenColumn { header: header.trim().to_owned(), ..SeenColumn::default() },
        false => SeenColumn::default(),
    };
    let mut columns: Vec<SeenColumn> = found.header.iter().map(column).collect();
    let mut rows = 0;
    workbook.rows(at, &mut |row| {
        let is_data = row.number > found.number || row.number == found.number && !has_header;
        if is_data && !row.cells.iter().all(Value::is_blank) {
            rows += 1;
            see(&mut columns, row.cells);
        }
        ControlFlow::Continue(())
    })?;
    let header_row = has_header.then_some(found.number);
    Ok(Some(Seen { shape: workbook.shape(), sheet, header_row, rows, columns }))
}

fn see(columns: &mut Vec<SeenColumn>, cells: &[Value<'_>]) {
    let filled = cells.iter().rposition(|cell| ValueForm::of(cell).is_some()).map_or(0, |last| last + 1);
    if columns.len() < filled {
        columns.resize_with(filled, SeenColumn::default);
    }
    for (column, cell) in columns.iter_mut().zip(cells) {
        let Some(kind) = ValueForm::of(cell) else { continue };
        column.filled += 1;
        column.kinds[kind as usize] += 1;
        if column.sample.is_empty() {
            column.sample = form_of(&cell.text().unwrap_or_default());
        }
    }
}

/// Where the table of a sheet begins.
pub struct Found {
    /// How many known things its header names.
    pub names: usize,
    /// Rows above its header that hold anything.
    pub above: usize,
    /// The number of its header's last row.
    pub number: u32,
    /// The header.
    pub header: Vec<String>,
    /// The header's last row as it stands.
    pub last: TopRow,
}
