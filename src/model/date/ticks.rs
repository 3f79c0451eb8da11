//! Moments counted in ticks of 100 ns, in eighteen or nineteen digits: since 1601 by Windows, since the year 1 by .NET.
//!
//! The same digits are a moment of our time by one clock and one in the year 3600 by the other, so the nearer is
//! meant. A count that neither brings near is no word for "none": only the last values of each clock are.

use super::clock::Clock;
use super::style::FAR_YEAR;
use super::written::{Day, Numbers, Written, Year};
use chrono::{DateTime, Datelike, Timelike, Utc};

/// Seconds from 1601-01-01 to 1970-01-01, both UTC.
const WINDOWS_BEFORE_1970: i64 = 11_644_473_600;

/// Seconds from 0001-01-01 to 1970-01-01.
const DOTNET_BEFORE_1970: i64 = 62_135_596_800;

/// The last day of 9999 by both clocks: the latest moment that .NET knows, and what a FILETIME is made of it.
const LAST_DAYS: [std::ops::RangeInclusive<u64>; 2] =
    [3_155_378_112_000_000_000..=3_155_378_976_000_000_000, 2_650_466_880_000_000_000..=2_650_467_744_000_000_000];

/// The largest count and those a little below it, to which spreadsheets and directories round it
/// (learn.microsoft.com, a-accountexpires).
const NEARLY_ENDLESS: u64 = 9_223_370_000_000_000_000;

/// Before this year nothing that a .NET program knows of an account was done.
const EARLIEST_OF_DOTNET: i32 = 1970;

/// The day of a count; `None` where no clock brings it near.
pub fn read(ticks: u64) -> Option<Written> {
    if ticks >= NEARLY_ENDLESS || LAST_DAYS.iter().any(|day| day.contains(&ticks)) {
        return Some(Written { day: Day::Nothing, clock: None });
    }
    let seconds = i64::try_from(ticks / 10_000_000).ok()?;
    let since = |before_1970: i64| DateTime::from_timestamp(seconds - before_1970, 0);
    let windows = since(WINDOWS_BEFORE_1970)?;
    if windows.year() <= FAR_YEAR {
        return Some(Written { day: Day::Moment(windows), clock: None });
    }
    let years = EARLIEST_OF_DOTNET..=FAR_YEAR;
    since(DOTNET_BEFORE_1970).filter(|moment| years.contains(&moment.year())).map(local)
}

/// A count of .NET says nothing of its zone, and so is local as a written time without one.
fn local(moment: DateTime<Utc>) -> Written {
    let numbers = Numbers { year: Year::Full(moment.year()), month: moment.month(), day: moment.day() };
    let time = moment.time().with_nanosecond(0).unwrap_or(moment.time());
    Written { day: Day::Told(numbers), clock: Some(Clock { time, offset: None, american: false }) }
}
