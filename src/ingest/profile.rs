//! What the columns of a sheet hold, seen over every row before any is used: enough to settle
//! ambiguous headers, two columns for one key, and how dates with slashes are meant.

use super::format::Row;
use super::value::Value;

/// One column.
#[derive(Clone, Copy, Debug, Default)]
struct Column {
    filled: u32,
    dates: u32,
    flags: u32,
    /// Slashed dates whose first number cannot be a month.
    day_first: u32,
    /// Slashed dates whose second number cannot be a month, or with AM/PM.
    month_first: u32,
    /// Slashed dates that fit both ways and differ.
    either: u32,
    /// Formulas whose result was not saved.
    no_result: u32,
}

/// How the slashed dates of a column are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// Day first, or no slashed dates at all.
    DayFirst,
    /// Month first.
    MonthFirst,
    /// Both fit; nothing in the file tells.
    Undecided,
}

/// Every column of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    columns: Vec<Column>,
}

impl Profile {
    /// Takes in one row of data.
    pub fn see(&mut self, row: &Row<'_>) {
        if self.columns.len() < row.cells.len() {
            self.columns.resize(row.cells.len(), Column::default());
        }
        for (column, value) in self.columns.iter_mut().zip(row.cells) {
            see_value(column, value);
        }
    }

    fn column(&self, column: usize) -> Column {
        self.columns.get(column).copied().unwrap_or_default()
    }

    /// Whether a column holds nothing at all.
    pub fn is_empty(&self, column: usize) -> bool {
        self.column(column).filled == 0
    }

    /// Whether most of what a column holds are dates.
    pub fn is_mostly_dates(&self, column: usize) -> bool {
        let column = self.column(column);
        column.dates * 2 > column.filled
    }

    /// Whether most of what a column holds is yes or no.
    pub fn is_mostly_flags(&self, column: usize) -> bool {
        let column = self.column(column);
        column.flags * 2 > column.filled
    }

    /// Whether a column has formulas without a saved result.
    pub fn lacks_results(&self, column: usize) -> bool {
        self.column(column).no_result > 0
    }

    /// How a column's slashed dates are meant: by itself, else by the other columns of the sheet.
    pub fn date_order(&self, column: usize) -> DateOrder {
        let own = self.column(column);
        let all = self.columns.iter();
        let (day, month) = match (own.day_first, own.month_first) {
            (0, 0) => (all.clone().map(|c| c.day_first).sum(), all.map(|c| c.month_first).sum::<u32>()),
            counts => counts,
        };
        match (day, month) {
            (0, 0) if own.either > 0 => DateOrder::Undecided,
            (day, month) if month > day => DateOrder::MonthFirst,
            _ => DateOrder::DayFirst,
        }
    }
}

fn see_value(column: &mut Column, value: &Value<'_>) {
    match value {
        Value::NoResult => column.no_result += 1,
        Value::Moment(_) => (column.filled, column.dates) = (column.filled + 1, column.dates + 1),
        Value::Flag(_) => (column.filled, column.flags) = (column.filled + 1, column.flags + 1),
        value => {
            let Some(text) = value.text() else { return };
            column.filled += 1;
            column.flags += u32::from(super::words::flag(&text).is_some());
            let date = value.moment(false).is_some() || value.moment(true).is_some();
            let open = super::words::is_open_end(&text);
            column.dates += u32::from(date || open);
            see_slashes(column, &text);
        }
    }
}

fn see_slashes(column: &mut Column, text: &str) {
    let mut parts = text.splitn(3, '/');
    let (Some(first), Some(second), Some(rest)) = (parts.next(), parts.next(), parts.next()) else { return };
    let (Ok(first), Ok(second)) = (first.parse::<u32>(), second.parse::<u32>()) else { return };
    let half_day = rest.ends_with("AM") || rest.ends_with("PM");
    match (first, second) {
        (13..=31, 1..=12) => column.day_first += 1,
        (1..=12, 13..=31) => column.month_first += 1,
        (1..=12, 1..=12) if half_day => column.month_first += 1,
        (1..=12, 1..=12) if first != second => column.either += 1,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(dates: &[&str]) -> DateOrder {
        let mut profile = Profile::default();
        for date in dates {
            let cells = [Value::Text((*date).into())];
            profile.see(&Row { number: 1, cells: &cells, width: None });
        }
        profile.date_order(0)
    }

    /// One date that fits only one way settles the column; where none does, nothing is guessed.
    #[test]
    fn slashed_dates_are_settled_by_the_column() {
        assert_eq!(order(&["3/4/2025", "25/3/2025"]), DateOrder::DayFirst);
        assert_eq!(order(&["3/4/2025", "3/25/2025"]), DateOrder::MonthFirst);
        assert_eq!(order(&["3/4/2025 8:15:00 AM"]), DateOrder::MonthFirst);
        assert_eq!(order(&["3/4/2025"]), DateOrder::Undecided);
        assert_eq!(order(&["2025-03-04"]), DateOrder::DayFirst);
    }
}
