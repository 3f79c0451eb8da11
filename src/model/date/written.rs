//! A date as it is written, before its column says how it is meant.
//!
//! `2026-04-03` tells its day by its form alone, `3/4/2026` does not. Both the look at whole columns and the
//! reading of single values go through here, so that what the one finds out holds for the other.

use super::clock::Clock;
use super::cursor::Cursor;
use super::month::{is_weekday, month_named};
use super::ticks;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// What stands between three numbers of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// 3/4/2026.
    Slash,
    /// 3-4-2026.
    Dash,
    /// 3.4.2026.
    Dot,
    /// 3 4 2026.
    Blank,
    /// 260403.
    Nothing,
    /// 03-APR-26: the month is known, which of the others is the year is not.
    Month,
}

impl Separator {
    /// How many there are.
    pub const COUNT: usize = 6;

    fn of(c: char) -> Option<Self> {
        match c {
            '/' => Some(Self::Slash),
            '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' => Some(Self::Dash),
            '.' => Some(Self::Dot),
            c if super::cursor::is_blank(c) => Some(Self::Blank),
            _ => None,
        }
    }
}

/// In which order year, month and day stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// 26-04-03.
    YearMonthDay,
    /// 03-04-26.
    DayMonthYear,
    /// 04-03-26.
    MonthDayYear,
}

impl Order {
    /// Every order; the place in it is the place in counts by order.
    pub const ALL: [Self; 3] = [Self::YearMonthDay, Self::DayMonthYear, Self::MonthDayYear];
}

/// A year of four digits or of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    /// With its century.
    Full(i32),
    /// The last two digits.
    Short(u32),
}

/// Year, month and day as numbers, which need not be a day that there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// The year.
    pub year: Year,
    /// The month, from 1.
    pub month: u32,
    /// The day of the month.
    pub day: u32,
}

/// Three numbers whose order the text does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Triple {
    /// What stands between them.
    pub separator: Separator,
    /// As written, from the left.
    pub parts: [u32; 3],
    /// Whether the last is a year of four digits.
    pub full_year: bool,
}

impl Triple {
    /// What it says in that order, if it can be written so at all.
    pub fn in_order(&self, order: Order) -> Option<Numbers> {
        let [a, b, c] = self.parts;
        let last = if self.full_year { Year::Full(i32::try_from(c).ok()?) } else { Year::Short(c) };
        let numbers = match order {
            Order::YearMonthDay if self.full_year => return None,
            Order::YearMonthDay => Numbers { year: Year::Short(a), month: b, day: c },
            Order::DayMonthYear => Numbers { year: last, month: b, day: a },
            Order::MonthDayYear if self.separator == Separator::Month => return None,
            Order::MonthDayYear => Numbers { year: last, month: a, day: b },
        };
        numbers.may_be_a_day().then_some(numbers)
    }
}

impl Numbers {
    /// Whether a month has that day; which years are leap years is seen when the century is known.
    pub fn may_be_a_day(&self) -> bool {
        let year = match self.year {
            Year::Full(year) => year,
            // Of every four years one is a leap year, and 2000 was one.
            Year::Short(year) => i32::try_from(2000 + year).unwrap_or(2000),
        };
        NaiveDate::from_ymd_opt(year, self.month, self.day).is_some()
    }
}

/// The part of a date that says the day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Day {
    /// Told by the form alone.
    Told(Numbers),
    /// To be told by the column.
    Untold(Triple),
    /// A moment of some clock, in UTC: FILETIME, generalized time.
    Moment(DateTime<Utc>),
    /// Nine, ten or thirteen digits that would be seconds or milliseconds since 1970.
    Epoch(DateTime<Utc>),
    /// Five digits, with or without a fraction: days as spreadsheets count them.
    Serial(f64),
    /// The zero of a clock, its end, or zeros alone: a word for "none".
    Nothing,
}

/// A date as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Written {
    /// The day.
    pub day: Day,
    /// The time of day, where one stands behind it.
    pub clock: Option<Clock>,
}

/// The last second of 9999-12-31 in UTC; beyond it a count of seconds means "never".
const LAST_SECOND: i64 = 253_402_300_799;

/// The longest text looked at: JavaScript's own form of a moment has some seventy letters.
const MOST_BYTES: usize = 90;

impl Written {
    /// What a text says, if it is a date in any form; nothing may be left over.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(written) = iso(text) {
            return Some(written);
        }
        if text.len() > MOST_BYTES || !text.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        if is_zeros(text) {
            return Some(Self { day: Day::Nothing, clock: None });
        }
        let mut cursor = Cursor::new(text);
        cursor.skip_words_that(|word| is_weekday(word) || word.eq_ignore_ascii_case("den"));
        if cursor.is_at_digit() {
            return digits_first(cursor);
        }
        json_date(text).or_else(|| month_first(cursor))
    }
}

/// The commonest form, without looking further: 2026-04-03 and what stands behind it.
fn iso(text: &str) -> Option<Written> {
    let bytes = text.as_bytes();
    if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |from: usize, to: usize| {
        bytes[from..to].iter().try_fold(0, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))
    };
    let year = i32::try_from(number(0, 4)?).ok()?;
    let numbers = Numbers { year: Year::Full(year), month: number(5, 7)?, day: number(8, 10)? };
    if numbers.month == 0 && is_zeros(text) {
        return Some(Written { day: Day::Nothing, clock: None });
    }
    let rest = &text[10..];
    let clock = if rest.is_empty() { None } else { Clock::read(rest)? };
    Some(Written { day: Day::Told(numbers), clock })
}

/// 0, 00000000, 0000-00-00 00:00:00, 00/00/0000.
fn is_zeros(text: &str) -> bool {
    text.contains('0') && text.chars().all(|c| matches!(c, '0' | '-' | '/' | '.' | ':' | ' ' | 'T' | 'Z'))
}

/// `/Date(1790000000000)/`, as older .NET programs write JSON. Before 1970 is the zero of their clock.
fn json_date(text: &str) -> Option<Written> {
    let digits = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let day = match digits.parse::<i64>().ok()? {
        ..=0 => Day::Nothing,
        millis => since_1970(millis / 1000).map_or(Day::Nothing, Day::Moment),
    };
    Some(Written { day, clock: None })
}

fn since_1970(seconds: i64) -> Option<DateTime<Utc>> {
    if seconds > LAST_SECOND { None } else { DateTime::from_timestamp(seconds, 0) }
}

/// Dates that begin with a digit.
fn digits_first(mut cursor: Cursor<'_>) -> Option<Written> {
    let (length, number) = cursor.digits()?;
    let alone = |day: Day| Some(Written { day, clock: None });
    let is_decimal = cursor.rest().strip_prefix(['.', ',']).is_some_and(is_digits);
    match length {
        17 if cursor.is_done() => generalized(number / 1000, cursor),
        18 | 19 if cursor.is_done() => ticks::read(number),
        14 => generalized(number, cursor),
        13 if cursor.is_done() => alone(Day::Epoch(since_1970(i64::try_from(number / 1000).ok()?)?)),
        9 | 10 if cursor.is_done() || is_decimal => alone(Day::Epoch(since_1970(i64::try_from(number).ok()?)?)),
        8 => Some(Written { day: Day::Told(compact(number)), clock: Clock::read(compact_time(cursor.rest())?)? }),
        7 if cursor.is_done() => serial(number, cursor.rest()),
        6 if cursor.is_done() => alone(Day::Untold(six_digits(number)?)),
        5 if cursor.is_done() || is_decimal => serial(number, cursor.rest()),
        1 | 2 | 4 => parted(length, u32::try_from(number).ok()?, cursor),
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// 20260403.
fn compact(number: u64) -> Numbers {
    let part = |number: u64| u32::try_from(number).unwrap_or(0);
    let year = Year::Full(i32::try_from(number / 10_000).unwrap_or(0));
    Numbers { year, month: part(number / 100 % 100), day: part(number % 100) }
}

/// What may stand behind eight digits: nothing, or a time after a blank or a T. A dash would make it a personal
/// number.
fn compact_time(rest: &str) -> Option<&str> {
    (rest.is_empty() || rest.starts_with(|c| c == 'T' || super::cursor::is_blank(c))).then_some(rest)
}

/// 20230115083000.0Z, by LDAP, and 20230115083000123; without a zone it is local.
fn generalized(number: u64, mut cursor: Cursor<'_>) -> Option<Written> {
    let part = |number: u64| u32::try_from(number % 100).unwrap_or(100);
    let time = NaiveTime::from_hms_opt(part(number / 10_000), part(number / 100), part(number))?;
    if cursor.take_mark_before_digit(&['.', ',']) {
        cursor.digits()?;
    }
    let offset = match cursor.rest() {
        "" => None,
        "Z" => Some(0),
        rest => Clock::read(&format!(" 00:00{rest}"))??.offset,
    };
    let clock = Some(Clock { time, offset, american: false });
    Some(Written { day: Day::Told(compact(number / 1_000_000)), clock })
}

/// 260403.
fn six_digits(number: u64) -> Option<Triple> {
    let part = |number: u64| u32::try_from(number % 100).ok();
    let parts = [part(number / 10_000)?, part(number / 100)?, part(number)?];
    Some(Triple { separator: Separator::Nothing, parts, full_year: false })
}

/// Days as spreadsheets count them, with the time of day as a fraction.
fn serial(number: u64, fraction: &str) -> Option<Written> {
    /// 9999-12-31, the last day that a spreadsheet knows.
    const LAST_DAY: u64 = 2_958_465;
    let day = match number {
        LAST_DAY => Day::Nothing,
        100_000.. => return None,
        days => Day::Serial(format!("{days}{}", fraction.replace(',', ".")).parse().ok()?),
    };
    Some(Written { day, clock: None })
}

/// Three parts with something between them: numbers, or a month by name in the middle.
fn parted(length: usize, first: u32, mut cursor: Cursor<'_>) -> Option<Written> {
    skip_ordinal(&mut cursor);
    let separator = take_separator(&mut cursor)?;
    let (day, cursor) = if cursor.is_at_digit() {
        three_numbers((length, first), separator, cursor)?
    } else {
        month_in_the_middle((length, first), cursor)?
    };
    Some(Written { day, clock: Clock::read(cursor.rest())? })
}

/// 3:e, 3rd.
fn skip_ordinal(cursor: &mut Cursor<'_>) {
    let before = cursor.clone();
    cursor.take_mark(&[':']);
    if !matches!(cursor.word().to_ascii_lowercase().as_str(), "e" | "a" | "st" | "nd" | "rd" | "th") {
        *cursor = before;
    }
}

/// One separator with the blanks around it; blanks alone are one too.
fn take_separator(cursor: &mut Cursor<'_>) -> Option<Separator> {
    let blank = cursor.rest().starts_with(super::cursor::is_blank);
    cursor.skip_blanks("");
    let separator = cursor.rest().chars().next().and_then(Separator::of);
    match separator {
        Some(separator) => {
            cursor.take_mark(&['/', '-', '.', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2212}']);
            cursor.skip_blanks("");
            Some(separator)
        }
        None if blank => Some(Separator::Blank),
        None => None,
    }
}

/// A number of a day, a month or a year, with how many digits it has.
fn number(cursor: &mut Cursor<'_>) -> Option<(usize, u32)> {
    let (length, number) = cursor.digits()?;
    matches!(length, 1 | 2 | 4).then_some((length, u32::try_from(number).ok()?))
}

fn three_numbers(
    (length, first): (usize, u32),
    separator: Separator,
    mut cursor: Cursor<'_>,
) -> Option<(Day, Cursor<'_>)> {
    let (second_length, second) = number(&mut cursor)?;
    // 15/8 2026 is written in Swedish.
    let next = take_separator(&mut cursor)?;
    let (third_length, third) = number(&mut cursor)?;
    if second_length > 2 || !(next == separator || next == Separator::Blank && third_length == 4) {
        return None;
    }
    let day = match (length, third_length) {
        (4, 1 | 2) => Day::Told(Numbers { year: Year::Full(i32::try_from(first).ok()?), month: second, day: third }),
        (1 | 2, 4) => Day::Untold(Triple { separator, parts: [first, second, third], full_year: true }),
        (1 | 2, 2) => Day::Untold(Triple { separator, parts: [first, second, third], full_year: false }),
        _ => return None,
    };
    Some((day, cursor))
}

/// 05-OCT-26, 5 okt. 2026, 2026-okt-05.
fn month_in_the_middle((length, first): (usize, u32), mut cursor: Cursor<'_>) -> Option<(Day, Cursor<'_>)> {
    let month = month_named(cursor.word())?;
    cursor.skip_blanks("./-,'");
    let (last_length, last) = number(&mut cursor)?;
    let day = match (length, last_length) {
        (4, 1 | 2) => Day::Told(Numbers { year: Year::Full(i32::try_from(first).ok()?), month, day: last }),
        (1 | 2, 4) => Day::Told(Numbers { year: Year::Full(i32::try_from(last).ok()?), month, day: first }),
        (1 | 2, 2) => {
            Day::Untold(Triple { separator: Separator::Month, parts: [first, month, last], full_year: false })
        }
        _ => return None,
    };
    Some((day, cursor))
}

/// Nov 3, 2026, and Nov 03 08:15:00 CET 2026 as Unix writes.
fn month_first(mut cursor: Cursor<'_>) -> Option<Written> {
    let month = month_named(cursor.word())?;
    cursor.skip_blanks("./-");
    let (_, day) = number(&mut cursor).filter(|(length, _)| *length <= 2)?;
    skip_ordinal(&mut cursor);
    cursor.skip_blanks("./-,'");
    let before = cursor.clone();
    let (length, year) = number(&mut cursor)?;
    if cursor.rest().starts_with(':') {
        return year_last(month, day, before);
    }
    let year = match length {
        4 => Year::Full(i32::try_from(year).ok()?),
        2 => Year::Short(year),
        _ => return None,
    };
    Some(Written { day: Day::Told(Numbers { year, month, day }), clock: Clock::read(cursor.rest())? })
}

fn year_last(month: u32, day: u32, mut cursor: Cursor<'_>) -> Option<Written> {
    let clock = Clock::take(&mut cursor)?;
    cursor.skip_blanks("");
    let (_, year) = number(&mut cursor).filter(|(length, _)| *length == 4)?;
    let year = Year::Full(i32::try_from(year).ok()?);
    cursor.is_done().then_some(Written { day: Day::Told(Numbers { year, month, day }), clock: Some(clock) })
}
