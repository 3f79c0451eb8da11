//! Days and times as a format shows them.
//!
//! A day that is told in full is written with the year first, so that nobody has to guess which of 3/4 is the month, and
//! with its time; of what a format shows in part ("jul-01", "06:09") no more is written than that.

use super::parsed::{Part, Section, Token};
use crate::model::SWEDISH_MONTHS;
use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

const ENGLISH: ([&str; 12], [&str; 7]) = (
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
);

const SWEDISH: ([&str; 12], [&str; 7]) =
    (SWEDISH_MONTHS, ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]);

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// A moment; none where the section shows a duration.
pub fn shown(section: &Section, moment: NaiveDateTime) -> Option<String> {
    let decimals = decimals(section);
    let moment = rounded(moment, decimals)?;
    let has = |wanted: fn(&Part) -> bool| parts(section).any(|part| wanted(&part));
    let is_whole = has(|part| matches!(part, Part::Year(_)))
        && has(|part| matches!(part, Part::Month(_)))
        && has(|part| matches!(part, Part::Day(1 | 2)));
    if !is_whole {
        return Written { section, moment, elapsed: None, decimals }.text();
    }
    let day = moment.date().to_string();
    match moment.time() {
        NaiveTime::MIN => Some(day),
        time => Some(format!("{day} {}{}", time.format("%H:%M:%S"), fraction(moment, decimals))),
    }
}

/// A time of day or a duration in days; none where the section shows days, or the number is negative.
pub fn shown_time(section: &Section, days: f64) -> Option<String> {
    let is_day = |part: Part| matches!(part, Part::Year(_) | Part::Month(_) | Part::Day(_));
    if parts(section).any(is_day) || !(0.0..1e7).contains(&days) {
        return None;
    }
    let decimals = decimals(section);
    let milliseconds = (days * DAY * 1000.0).round();
    #[allow(clippy::cast_possible_truncation)] // Below ten million days.
    let moment = NaiveDate::default().and_time(NaiveTime::MIN) + Duration::milliseconds(milliseconds as i64);
    let moment = rounded(moment, decimals)?;
    let elapsed = moment - NaiveDate::default().and_time(NaiveTime::MIN);
    Written { section, moment, elapsed: Some(elapsed.num_seconds()), decimals }.text()
}

fn parts(section: &Section) -> impl Iterator<Item = Part> {
    section.tokens.iter().filter_map(|token| match token {
        Token::Part(part) => Some(*part),
        _ => None,
    })
}

/// The decimals of seconds that are shown.
fn decimals(section: &Section) -> usize {
    let behind = section.tokens.iter().skip_while(|token| **token != Token::Point).skip(1);
    behind.take_while(|token| matches!(token, Token::Digit('0'))).count().min(3)
}

/// To the last second, or its decimal, that is shown: numbers come near to moments only.
fn rounded(moment: NaiveDateTime, decimals: usize) -> Option<NaiveDateTime> {
    let step = [1000, 100, 10, 1][decimals.min(3)] * 1_000_000;
    let moment = moment.checked_add_signed(Duration::nanoseconds(i64::from(step / 2)))?;
    moment.with_nanosecond(moment.nanosecond() / step * step)
}

fn fraction(moment: NaiveDateTime, decimals: usize) -> String {
    let digits = format!("{:03}", moment.nanosecond() / 1_000_000);
    if decimals == 0 { String::new() } else { format!(".{}", &digits[..decimals.min(3)]) }
}

/// What is written token by token.
struct Written<'s> {
    section: &'s Section,
    moment: NaiveDateTime,
    /// Seconds of a duration.
    elapsed: Option<i64>,
    decimals: usize,
}

impl Written<'_> {
    fn text(&self) -> Option<String> {
        let mut text = String::new();
        for token in &self.section.tokens {
            match token {
                Token::Text(own) => text.push_str(own),
                Token::Part(part) => text.push_str(&self.part(*part)?),
                Token::Point => text.push_str(&fraction(self.moment, self.decimals)),
                Token::Digit('0') | Token::Swedish => {}
                _ => return None,
            }
        }
        Some(text)
    }

    fn part(&self, part: Part) -> Option<String> {
        let (day, time) = (self.moment.date(), self.moment.time());
        Some(match part {
            Part::Year(..=2) => format!("{:02}", day.year().rem_euclid(100)),
            Part::Year(_) => format!("{:04}", day.year()),
            Part::Month(letters) => self.month(letters),
            Part::Day(letters @ ..=2) => padded(day.day(), letters),
            Part::Day(letters) => self.weekday(letters),
            Part::Hour(letters) => padded(self.hour(), letters),
            Part::Minute(letters) => padded(time.minute(), letters),
            Part::Second(letters) => padded(time.second(), letters),
            Part::Elapsed(seconds, letters) => format!("{:0letters$}", self.elapsed? / i64::from(seconds)),
            Part::Half(letters) => (if time.hour() < 12 { "AM" } else { "PM" }).chars().take(letters).collect(),
        })
    }

    fn month(&self, letters: usize) -> String {
        let month = self.moment.month();
        let name = self.names().0[self.moment.month0() as usize];
        match letters {
            ..=2 => padded(month, letters),
            3 => name.chars().take(3).collect(),
            5 => name.chars().take(1).collect(),
            _ => name.to_owned(),
        }
    }

    fn weekday(&self, letters: usize) -> String {
        let name = self.names().1[self.moment.weekday().num_days_from_monday() as usize];
        if letters == 3 { name.chars().take(3).collect() } else { name.to_owned() }
    }

    fn names(&self) -> ([&'static str; 12], [&'static str; 7]) {
        if self.section.tokens.contains(&Token::Swedish) { SWEDISH } else { ENGLISH }
    }

    /// The hour, of twelve where the half of the day is told.
    fn hour(&self) -> u32 {
        let has_half = parts(self.section).any(|part| matches!(part, Part::Half(_)));
        if has_half { self.moment.time().hour12().1 } else { self.moment.time().hour() }
    }
}

fn padded(number: u32, letters: usize) -> String {
    let width = letters.min(2);
    format!("{number:0width$}")
}
