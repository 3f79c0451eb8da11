//! The time of day behind a date, and the zone it is told in.

use super::cursor::Cursor;
use chrono::NaiveTime;

/// A time of day as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The time.
    pub time: NaiveTime,
    /// Seconds east of UTC, where the zone is told; without one the time is local.
    pub offset: Option<i32>,
    /// Whether half days are told in capitals (8:15 AM), as American programs do.
    pub american: bool,
}

/// Zones that programs write by name, with their seconds east of UTC.
const ZONES: [(&str, i32); 7] =
    [("z", 0), ("utc", 0), ("gmt", 0), ("cet", 3600), ("cest", 7200), ("met", 3600), ("mest", 7200)];

impl Clock {
    /// Reads what stands behind a day: nothing, a time, a zone, or both. `None` where anything is left over.
    pub fn read(rest: &str) -> Option<Option<Self>> {
        let mut cursor = Cursor::new(rest);
        cursor.skip_blanks(",");
        if cursor.is_done() || is_bare_zone(rest) {
            return Some(None);
        }
        let clock = Self::take(&mut cursor)?;
        cursor.skip_blanks("");
        // What programs say of the zone once more: "(Central European Standard Time)".
        let said_again = cursor.rest().starts_with('(') && cursor.rest().ends_with(')');
        (cursor.is_done() || said_again).then_some(Some(clock))
    }

    /// Takes a time and its zone, and leaves what follows.
    pub fn take(cursor: &mut Cursor<'_>) -> Option<Self> {
        let marked = cursor.take_mark(&['T', 't', ':']);
        cursor.skip_words(&["kl", "at"]);
        let time = time_of_day(cursor, marked)?;
        let (time, american) = half_day(cursor, time)?;
        Some(Self { time, offset: zone(cursor)?, american })
    }
}

/// A zone right behind the day, as XML writes it: it moves no day.
fn is_bare_zone(rest: &str) -> bool {
    match rest.as_bytes() {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => [h1, h2, m1, m2].iter().all(|b| b.is_ascii_digit()),
        _ => false,
    }
}

/// `8:15`, `08.15.00`, `08:15:00.123`, and `081500` behind a T.
fn time_of_day(cursor: &mut Cursor<'_>, marked: bool) -> Option<(u32, u32, u32)> {
    let (length, first) = cursor.digits()?;
    let first = u32::try_from(first).ok()?;
    if marked && matches!(length, 4 | 6) {
        let full = if length == 4 { first * 100 } else { first };
        skip_fraction(cursor);
        return Some((full / 10_000, full / 100 % 100, full % 100));
    }
    if length > 2 || !cursor.take_mark(&[':', '.']) {
        return None;
    }
    let minute = two_digits(cursor)?;
    let second = if cursor.take_mark_before_digit(&[':', '.']) { two_digits(cursor)? } else { 0 };
    skip_fraction(cursor);
    Some((first, minute, second))
}

fn two_digits(cursor: &mut Cursor<'_>) -> Option<u32> {
    match cursor.digits()? {
        (2, number) => u32::try_from(number).ok(),
        _ => None,
    }
}

/// Parts of a second decide no day.
fn skip_fraction(cursor: &mut Cursor<'_>) {
    if cursor.take_mark_before_digit(&['.', ',', ':']) {
        let _ = cursor.digits();
    }
}

/// Half days in every form: AM, p.m., fm, em. 24:00 is the end of its day, and a leap second its last.
fn half_day(cursor: &mut Cursor<'_>, (hour, minute, second): (u32, u32, u32)) -> Option<(NaiveTime, bool)> {
    let before = cursor.clone();
    cursor.skip_blanks("");
    let word = cursor.word_with_points();
    let american = matches!(word, "AM" | "PM");
    let half = match word.to_ascii_lowercase().as_str() {
        "am" | "a.m." | "a.m" | "fm" | "f.m." => Some(0),
        "pm" | "p.m." | "p.m" | "em" | "e.m." => Some(12),
        _ => None,
    };
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + half,
        None => {
            *cursor = before;
            hour
        }
    };
    let time = match (hour, minute, second) {
        (24, 0, 0) => NaiveTime::from_hms_opt(23, 59, 59),
        (hour, minute, 60) => NaiveTime::from_hms_opt(hour, minute, 59),
        (hour, minute, second) => NaiveTime::from_hms_opt(hour, minute, second),
    };
    time.map(|time| (time, american))
}

/// `Z`, `UTC`, `+01:00`, `+0100`, `+01`, `GMT+0100`: seconds east of UTC. The outer `None` is a zone that is not
/// understood.
fn zone(cursor: &mut Cursor<'_>) -> Option<Option<i32>> {
    let before = cursor.clone();
    cursor.skip_blanks("");
    let name = cursor.word().to_ascii_lowercase();
    let named = ZONES.iter().find(|(own, _)| *own == name).map(|(_, offset)| *offset);
    if named.is_none() && !name.is_empty() {
        *cursor = before;
        return Some(None);
    }
    let sign = match cursor.rest().chars().next() {
        Some('+') => 1,
        Some('-' | '\u{2212}') => -1,
        _ => return Some(named),
    };
    cursor.take_mark(&['+', '-', '\u{2212}']);
    let (hours, minutes) = match cursor.digits()? {
        (4, number) => (number / 100, number % 100),
        (1 | 2, hours) if cursor.take_mark_before_digit(&[':']) => (hours, u64::from(two_digits(cursor)?)),
        (1 | 2, hours) => (hours, 0),
        _ => return None,
    };
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    (hours <= 14 && minutes < 60).then_some(Some(sign * seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(NaiveTime, Option<i32>)> {
        Clock::read(text).flatten().map(|clock| (clock.time, clock.offset))
    }

    /// Times of day as they stand in exports, with and without a zone.
    #[test]
    fn every_known_form_is_read() {
        let time = |h, m, s| NaiveTime::from_hms_opt(h, m, s).unwrap();
        let forms = [
            (" 08:15", time(8, 15, 0), None),
            ("T08:15:00Z", time(8, 15, 0), Some(0)),
            ("T08:15:00.1234567+01:00", time(8, 15, 0), Some(3600)),
            (" 08.15.00", time(8, 15, 0), None),
            (" 09.40.00.000000 PM +02:00", time(21, 40, 0), Some(7200)),
            (" 8:15:00 AM", time(8, 15, 0), None),
            (" 12:05 a.m.", time(0, 5, 0), None),
            (" kl. 08:15", time(8, 15, 0), None),
            (", 8:15\u{202f}PM", time(20, 15, 0), None),
            (" 08:15:00 UTC", time(8, 15, 0), Some(0)),
            (" 08:15:00 GMT+0100 (Central European Standard Time)", time(8, 15, 0), Some(3600)),
            ("T081500Z", time(8, 15, 0), Some(0)),
            (" 24:00", time(23, 59, 59), None),
        ];
        for (text, time, offset) in forms {
            assert_eq!(read(text), Some((time, offset)), "{text:?}");
        }
    }

    /// What is no time leaves the whole text not understood.
    #[test]
    fn other_texts_are_no_times() {
        for text in [" vårterminen", " 25:00", " 08:15 prel.", " 13:00 PM", "T", " 8", " 08:15 +99:00", " -7", "-1234"]
        {
            assert_eq!(Clock::read(text), None, "{text:?}");
        }
        for text in ["  ", "Z", "+01:00"] {
            assert_eq!(Clock::read(text), Some(None), "{text:?}");
        }
    }
}
