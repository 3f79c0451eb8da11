//! Birth dates as accounts state them, slips and all.

use chrono::{Datelike, NaiveDate};

/// A birth date as an account states it; a day comes before garbled digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatedBirth {
    /// A day.
    Day(NaiveDate),
    /// Eight digits of which some are wrong: no day of the calendar, or those of a personal number that fails its check.
    /// They bear out somebody whose day they come near, and say nothing against anybody.
    Garbled(u32),
}

impl StatedBirth {
    /// The digits of a text that was meant as a day (year, month, day) or as a personal number, and is neither.
    ///
    /// `reference` is the run's day: a personal number without century means the latest birth that fits it.
    pub fn garbled(text: &str, reference: NaiveDate) -> Option<Self> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let only_digits = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ' ' | '+');
        if !text.chars().all(only_digits) {
            return None;
        }
        match digits.len() {
            8 | 12 => digits[..8].parse().ok().map(Self::Garbled),
            10 => {
                digits[..6].parse().ok().map(|short| Self::Garbled(with_century(short, text.contains('+'), reference)))
            }
            _ => None,
        }
    }

    /// The day, where the digits are one.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Garbled(digits) => {
                let year = i32::try_from(digits / 10_000).ok()?;
                NaiveDate::from_ymd_opt(year, digits / 100 % 100, digits % 100)
            }
        }
    }

    /// Whether it is a slip for somebody's day.
    pub fn is_slip_for(self, day: NaiveDate) -> bool {
        match self {
            Self::Day(own) => is_birth_date_slip(own, day),
            Self::Garbled(digits) => is_slip(digits_of(digits.into()), digits_of(as_number(day))),
        }
    }
}

/// Six digits of a day under the latest century that is not after the reference date; under the one before it where a
/// `+` says so.
fn with_century(short: u32, is_old: bool, reference: NaiveDate) -> u32 {
    let latest = as_number(reference);
    let own = (0..=latest / 1_000_000).rev().map(|century| century * 1_000_000 + i64::from(short));
    let fitting = own.filter(|day| *day <= latest).nth(usize::from(is_old)).unwrap_or_default();
    u32::try_from(fitting).unwrap_or(short)
}

/// Whether one of two dates is a slip for the other: one digit wrong, or day and month exchanged.
pub fn is_birth_date_slip(a: NaiveDate, b: NaiveDate) -> bool {
    let exchanged = a.year() == b.year() && a.month() == b.day() && a.day() == b.month();
    exchanged || is_slip(digits_of(as_number(a)), digits_of(as_number(b)))
}

/// One digit wrong, or two beside each other exchanged.
fn is_slip(one: [i64; 8], other: [i64; 8]) -> bool {
    let mut differing = (0..one.len()).filter(|at| one[*at] != other[*at]);
    let swapped = |first: usize| one[first] == other[first + 1] && one[first + 1] == other[first];
    match (differing.next(), differing.next(), differing.next()) {
        (Some(_), None, _) => true,
        (Some(first), Some(second), None) => second == first + 1 && swapped(first),
        _ => false,
    }
}

/// Year, month and day in one number of eight digits.
fn as_number(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

fn digits_of(mut left: i64) -> [i64; 8] {
    let mut digits = [0; 8];
    for digit in digits.iter_mut().rev() {
        (*digit, left) = (left % 10, left / 10);
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// One digit, two beside each other exchanged, or day and month exchanged is a slip; the same date is none, and another year and day is another date.
    #[test]
    fn a_slip_is_one_digit_or_an_exchange() {
        let slip = |a: &str, b: &str| is_birth_date_slip(day(a), day(b));
        assert!(slip("1985-06-14", "1985-06-15") && slip("1985-06-04", "1985-04-06"));
        assert!(slip("1985-06-12", "1985-06-21") && slip("1958-06-14", "1985-06-14"));
        assert!(!slip("1985-06-14", "1985-06-14") && !slip("1985-06-14", "1987-06-13"));
    }

    /// Digits that are no day, and those of a number that fails its check, are held against somebody's day as they stand.
    #[test]
    fn garbled_digits_come_near_a_day() {
        let own = day("1985-06-14");
        for (text, is_day, is_slip) in [
            ("1985-06-74", false, true),
            ("19851614", false, true),
            ("1985/60/14", false, true),
            ("850614-1234", true, false),
            ("198506141234", true, false),
            ("19850615-1234", true, true),
            ("19990230", false, false),
        ] {
            let garbled = StatedBirth::garbled(text, day("2026-11-30")).expect("digits enough");
            assert_eq!((garbled.day().is_some(), garbled.is_slip_for(own)), (is_day, is_slip), "{text}");
        }
        assert_eq!(StatedBirth::garbled("TF850614", day("2026-11-30")), None);
        assert_eq!(StatedBirth::garbled("8506", day("2026-11-30")), None);
    }

    /// A number without century is of the latest birth that fits, and one with a plus of a hundred years before.
    #[test]
    fn a_short_number_takes_its_century_from_the_run() {
        let born = |text: &str| StatedBirth::garbled(text, day("2026-11-30")).and_then(StatedBirth::day);
        assert_eq!(born("850614-1234"), Some(day("1985-06-14")));
        assert_eq!(born("160614-1234"), Some(day("2016-06-14")));
        assert_eq!(born("160614+1234"), Some(day("1916-06-14")));
        assert_eq!(born("270614-1234"), Some(day("1927-06-14")));
    }
}
