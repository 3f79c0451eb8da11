//! Dates as Swedish and American programs write them.
//!
//! A date is read by its form; where the form fits two dates (3/4/2025) the column decides, see
//! `ingest::profile`. Windows FILETIME and LDAP generalized time are read here too.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};

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
        if date.year() >= 2099 { Self::Open } else { Self::On(date) }
    }

    /// The last day, if there is one.
    pub fn date(self) -> Option<NaiveDate> {
        match self {
            Self::Open | Self::Unknown => None,
            Self::On(date) => Some(date),
        }
    }
}

/// Seconds from 1601-01-01 to 1970-01-01, both UTC.
const FILETIME_EPOCH_SECONDS: i64 = 11_644_473_600;

/// Reads a Windows FILETIME: 100 ns since 1601-01-01 UTC (learn.microsoft.com, a-accountexpires).
/// 0 and 2^63-1 mean never and give `None`.
pub fn read_filetime(ticks: i64) -> Option<NaiveDateTime> {
    if ticks <= 0 || ticks == i64::MAX {
        return None;
    }
    DateTime::from_timestamp(ticks / 10_000_000 - FILETIME_EPOCH_SECONDS, 0).map(|t| t.naive_utc())
}

/// How a column writes dates with slashes, dots or dashes and the year last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
}

/// Reads a date, dropping a time of day. `month_first` says how 3/4/2025 is meant in this column.
pub fn read_date(text: &str, month_first: bool) -> Option<NaiveDate> {
    read_date_time(text, month_first).map(|moment| moment.date())
}

/// Reads a date with or without a time of day; without one it is midnight.
pub fn read_date_time(text: &str, month_first: bool) -> Option<NaiveDateTime> {
    let text = text.trim();
    let order = if month_first { Order::MonthFirst } else { Order::DayFirst };
    if let Some(moment) = read_digits(text) {
        return Some(moment);
    }
    let (day_part, time_part) = split_time(text);
    let date = read_separated(day_part, order)?;
    let time = if time_part.is_empty() { NaiveTime::MIN } else { read_time(time_part)? };
    Some(date.and_time(time))
}

/// Forms of digits alone: 20250301, generalized time 20230115083000.0Z, FILETIME.
fn read_digits(text: &str) -> Option<NaiveDateTime> {
    let digits = text.trim_end_matches('Z').split('.').next()?;
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match digits.len() {
        8 if digits.len() == text.len() => ymd(digits).map(|date| date.and_time(NaiveTime::MIN)),
        14 => {
            let time = NaiveTime::parse_from_str(&digits[8..], "%H%M%S").ok()?;
            ymd(&digits[..8]).map(|date| date.and_time(time))
        }
        17..=19 if digits.len() == text.len() => digits.parse().ok().and_then(read_filetime),
        _ => None,
    }
}

fn ymd(digits: &str) -> Option<NaiveDate> {
    let number: u32 = digits.parse().ok()?;
    plausible(i32::try_from(number / 10_000).ok()?, number / 100 % 100, number % 100)
}

/// A year outside 1850–9999 is a misreading, not a date.
fn plausible(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    (1850..=9999).contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, day)).flatten()
}

/// Splits "2025-03-01 08:15" and "2025-03-01T08:15:00Z" into day and time.
fn split_time(text: &str) -> (&str, &str) {
    match text.find([' ', 'T', '\u{a0}', '\u{202f}']) {
        Some(at) => {
            let rest = text[at..].trim_start_matches([' ', 'T', '\u{a0}', '\u{202f}']);
            (&text[..at], rest)
        }
        None => (text, ""),
    }
}

/// Times as ISO 8601, as sv-SE (8:15:00, 08.15) and as en-US (8:15:00 AM) write them.
fn read_time(text: &str) -> Option<NaiveTime> {
    let zone_free = text.trim_end_matches('Z');
    let zone_free = zone_free.split(['+']).next()?.split('.').next().unwrap_or("").trim();
    let zone_free = match zone_free.rfind('-') {
        Some(at) => &zone_free[..at],
        None => zone_free,
    };
    let spaced = zone_free.replace(['\u{a0}', '\u{202f}'], " ");
    ["%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p"]
        .iter()
        .find_map(|form| NaiveTime::parse_from_str(&spaced, form).ok())
}

fn read_separated(text: &str, order: Order) -> Option<NaiveDate> {
    let separator = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<&str> = text.split(separator).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let number = |part: &str| -> Option<u32> {
        let fits = !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse().ok()).flatten()
    };
    let (x, y, z) = (number(a)?, number(b)?, number(c)?);
    if a.len() == 4 {
        return plausible(i32::try_from(x).ok()?, y, z);
    }
    if c.len() != 4 {
        return None;
    }
    let year = i32::try_from(z).ok()?;
    match order {
        Order::DayFirst => plausible(year, y, x),
        Order::MonthFirst => plausible(year, x, y),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    /// Every form met in exports gives the day that a person reads.
    #[test]
    fn every_known_form_is_read() {
        for text in [
            "2025-03-01",
            "2025/03/01",
            "20250301",
            "2025-03-01 08:15:00",
            "2025-03-01T08:15:00Z",
            "2025-03-01T08:15:00.123+01:00",
            "01.03.2025",
            "1/3/2025 08:15",
            "20250301083000.0Z",
        ] {
            assert_eq!(read_date(text, false), Some(day(2025, 3, 1)), "{text}");
        }
        assert_eq!(read_date("3/1/2025 8:15:00 AM", true), Some(day(2025, 3, 1)));
    }

    /// What is no date is not made into one.
    #[test]
    fn other_texts_are_no_dates() {
        for text in ["", "tills vidare", "2025-13-01", "2025-02-30", "0", "197001011234", "1-2-3", "12:30"] {
            assert_eq!(read_date(text, false), None, "{text}");
        }
    }

    /// FILETIME counts from 1601, and its two words for "never" give no date.
    #[test]
    fn filetime_follows_the_format_description() {
        assert_eq!(read_filetime(133_000_000_000_000_000).map(|t| t.date()), Some(day(2022, 6, 18)));
        assert_eq!(read_filetime(0), None);
        assert_eq!(read_filetime(i64::MAX), None);
    }

    /// Far-off end dates mean that no end is known.
    #[test]
    fn a_far_end_is_open() {
        assert_eq!(End::new(day(2099, 12, 31)), End::Open);
        assert_eq!(End::new(day(2098, 12, 31)), End::On(day(2098, 12, 31)));
    }

    proptest! {
        /// Whatever form a date is written in, it is read back.
        #[test]
        fn dates_survive_writing(days in 0i64..60_000) {
            let date = day(1900, 1, 1) + chrono::Duration::days(days);
            for form in ["%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%SZ"] {
                let text = date.and_time(NaiveTime::MIN).format(form).to_string();
                prop_assert_eq!(read_date(&text, false), Some(date), "{}", text);
            }
        }

        /// No text makes the reader panic.
        #[test]
        fn any_text_is_survived(text in ".{0,40}") {
            let _ = read_date_time(&text, false);
        }
    }
}
