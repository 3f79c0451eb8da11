//! Dates as Swedish and American programs write them.
//!
//! Many a form tells its day by itself; where one fits two days (3/4/2025) the column decides, and its decision
//! is a [`DateStyle`]. Moments of UTC become days in the organisation's own time zone, and the days that stand
//! for "none" are known here and nowhere else.

mod clock;
mod cursor;
mod month;
mod style;
mod ticks;
mod written;

#[cfg(test)]
mod tests;

pub use month::{SWEDISH_MONTHS, month_named};
pub use style::{DAY_ZERO, DAY_ZERO_1904, DateRole, DateStyle, is_null_day};
pub use written::{Day, Order, Separator, Triple, Written, Year};

use super::Reading;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

/// The last day of something, inclusive, or no end in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// No end: blank, "tills vidare", or a date of 2099 or later.
    Open,
    /// The last day.
    On(NaiveDate),
    /// Something is stated that cannot be read or cannot be true: neither an end nor none.
    Unknown,
}

impl End {
    /// A date from 2099 on stands for "open" in payroll systems (2099-12-31, 9999-12-31).
    pub fn new(date: NaiveDate) -> Self {
        if date.year() >= style::FAR_YEAR { Self::Open } else { Self::On(date) }
    }

    /// The last day, if there is one.
    pub fn date(self) -> Option<NaiveDate> {
        match self {
            Self::Open | Self::Unknown => None,
            Self::On(date) => Some(date),
        }
    }
}

/// Reads a date that tells itself, outside any column; a time of day is dropped.
pub fn read_date(text: &str) -> Option<NaiveDate> {
    read_date_time(text).map(|moment| moment.date())
}

/// Reads a date that tells itself, with or without a time of day; without one it is midnight.
pub fn read_date_time(text: &str) -> Option<NaiveDateTime> {
    // A day of birth is the one that is never taken for "none".
    match DateStyle::unsettled(DateRole::Birth, Tz::UTC, None).read(text) {
        Reading::Known(moment) => Some(moment),
        Reading::Absent | Reading::NotUnderstood => None,
    }
}
