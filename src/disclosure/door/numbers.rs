//! Everything with the form of a personal or a coordination number, in whatever text it stands.
//!
//! Ten or twelve digits with a date in them, with or without a sign or a blank before the last four. Whether the check
//! digit is right does not matter: a number with a slip in it is still somebody's.

use chrono::{Datelike, NaiveDate};

/// A number found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it begins and ends.
    pub place: (usize, usize),
    /// Its last ten digits, which are the same with and without century.
    pub ten: u64,
    /// Its date, with century, as it is shown.
    date: u64,
}

impl Found {
    /// The number with its last four hidden.
    pub fn masked(&self) -> String {
        format!("{:08}-****", self.date)
    }
}

/// Digits under which no text holds such a number.
const FEWEST: usize = 10;

/// Every number in a text. `day` settles the century of those written short.
pub fn find(text: &str, day: NaiveDate) -> Vec<Found> {
    let bytes = text.as_bytes();
    if bytes.iter().filter(|byte| byte.is_ascii_digit()).count() < FEWEST {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = at + digits_from(bytes, at);
        match number(text, at, end, day) {
            Some(number) => {
                at = number.place.1;
                found.push(number);
            }
            None => at = end.max(at + 1),
        }
    }
    found
}

fn digits_from(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The number that begins with a run of digits, if one does.
fn number(text: &str, from: usize, to: usize, day: NaiveDate) -> Option<Found> {
    let (date, end) = match to - from {
        10 | 12 => (text[from..to - 4].to_owned(), to),
        6 | 8 => (text[from..to].to_owned(), last_four(text, to, SEPARATORS)?),
        4 => dashed(text, from)?,
        _ => return None,
    };
    let is_older = text[from..end].contains('+');
    let date = with_century(&date, is_older, day)?;
    let four: u64 = text[end - 4..end].parse().ok()?;
    Some(Found { place: (from, end), ten: date % 1_000_000 * 10_000 + four, date })
}

/// What can stand before the last four.
const SEPARATORS: fn(char) -> bool =
    |c| matches!(c, '-' | '+' | '\u{2010}'..='\u{2015}' | '\u{2212}') || c.is_whitespace();

/// Where the last four end, behind one sign with blanks about it at most.
fn last_four(text: &str, at: usize, is_separator: fn(char) -> bool) -> Option<usize> {
    const MOST: usize = 3;
    let between: usize = text[at..].chars().take(MOST).take_while(|c| is_separator(*c)).map(char::len_utf8).sum();
    let start = at + between;
    (between > 0 && digits_from(text.as_bytes(), start) == 4).then_some(start + 4)
}

/// 1985-01-01-2382: the date parted too. Behind a blank four digits would be a time.
fn dashed(text: &str, from: usize) -> Option<(String, usize)> {
    let date = text.get(from..from + 10)?.as_bytes();
    let is_form = date.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let end = last_four(text, from + 10, |c| matches!(c, '-' | '+')).filter(|_| is_form)?;
    Some((text[from..from + 10].replace('-', ""), end))
}

/// A date of six or eight digits with its century; a coordination number has sixty added to its day.
fn with_century(date: &str, is_older: bool, day: NaiveDate) -> Option<u64> {
    let number: u64 = date.parse().ok()?;
    if date.len() == 8 {
        return is_day(number).filter(|found| (1850..=day.year() + 1).contains(&found.year())).map(|_| number);
    }
    let this = u64::try_from(day.year() / 100).ok()?;
    let centuries = (this.saturating_sub(2)..=this).rev().map(|century| century * 1_000_000 + number);
    centuries.filter(|full| is_day(*full).is_some_and(|found| found <= day)).nth(usize::from(is_older))
}

fn is_day(date: u64) -> Option<NaiveDate> {
    let part = |number: u64| u32::try_from(number).ok();
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    let day = if day > 60 { day - 60 } else { day };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, part(month)?, part(day)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> Option<String> {
        let day = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        find(text, day).first().map(Found::masked)
    }

    /// Every way of writing, right and wrong check digits, inside other text too.
    #[test]
    fn numbers_are_found_in_every_form() {
        for text in [
            "198501012382",
            "19850101-2382",
            "850101-2382",
            "8501012382",
            "850101 2382",
            "19850101 - 2382",
            "850101\u{2011}2383",
            "1985-01-01-2382",
            "Läkare p198501012381x",
            "a/850101-0000;b",
            "850101\u{a0}2382",
        ] {
            assert_eq!(masked(text).as_deref(), Some("19850101-****"), "{text}");
        }
        assert_eq!(masked("850161-2382").as_deref(), Some("19850161-****"));
        assert_eq!(masked("150101+2382").as_deref(), Some("19150101-****"));
        assert_eq!(masked("150101-2382").as_deref(), Some("20150101-****"));
    }

    /// Longer and shorter digits, days that do not exist, times and masked numbers are none.
    #[test]
    fn other_digits_are_none() {
        for text in [
            "212000-1234",
            "1985010123821",
            "850132-2382",
            "2026-11-30 1209",
            "19850101-****",
            "19850101",
            "850101-238",
        ] {
            assert_eq!(masked(text), None, "{text}");
        }
    }

    /// With and without century a number is the same.
    #[test]
    fn the_last_ten_tell_which() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        let ten = |text: &str| find(text, day)[0].ten;
        assert_eq!(ten("19850101-2382"), ten("8501012382"));
    }
}
