//! How one column means its dates, and the one place where a written date becomes a day.

use super::clock::Clock;
use super::written::{Day, Numbers, Order, Separator, Triple, Written, Year};
use crate::model::Reading;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;

/// What a column's dates are of: it decides which of them mean "none", and how far ahead one may lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateRole {
    /// Someone was born: never a word for "none".
    Birth,
    /// Something begins. A day far ahead is one that has not come, not "none".
    Start,
    /// Something ends.
    End,
    /// Someone signed in.
    SignIn,
    /// Something was done, so that it cannot lie far ahead.
    Past,
    /// Anything else.
    Other,
}

/// How a column means its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateStyle {
    /// The order of numbers that do not tell it, by [`Separator`]; `None` where nothing settles it.
    pub orders: [Option<Order>; Separator::COUNT],
    /// Whether numbers of nine, ten and thirteen digits are seconds and milliseconds since 1970.
    pub epoch: bool,
    /// What the dates are of.
    pub role: DateRole,
    /// Where moments of UTC are turned into days.
    pub zone: Tz,
    /// The day of the review, around which years of two digits lie; without it they are not understood.
    pub reference: Option<NaiveDate>,
    /// The day from which the workbook counts days.
    pub day_zero: NaiveDate,
}

/// What became of a written date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Judged {
    Moment(NaiveDateTime),
    /// A date that stands for "none".
    Null,
    Unread,
}

/// Days at which a clock of some program begins, so that they mean "none": Excel's, Unix's, Windows', the
/// Macintosh's and SQL Server's. The years 0 and 1 and those from 2099 on are no days either.
const ZEROS: [(i32, u32, u32); 7] =
    [(1899, 12, 30), (1899, 12, 31), (1900, 1, 1), (1904, 1, 1), (1970, 1, 1), (1601, 1, 1), (1753, 1, 1)];

/// The day from which spreadsheets count days. Day 1 is 1900-01-01, and a 29 February 1900 is counted that never was.
pub const DAY_ZERO: NaiveDate = day_zero(1899, 12, 30);

/// The same in workbooks that began on a Macintosh, and in those that were told to.
pub const DAY_ZERO_1904: NaiveDate = day_zero(1904, 1, 1);

const fn day_zero(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

/// From this year on a day is a word for "no end".
pub const FAR_YEAR: i32 = 2099;

/// A zero of a clock that was shifted into a zone west of it falls on the evening before: as early as this.
const SHIFTED_FROM_HOUR: u32 = 10;

/// Days of a spreadsheet's count that a column of dates can hold: from 1954 to 2119.
const SERIAL_DAYS: std::ops::RangeInclusive<f64> = 20_000.0..=80_000.0;

/// The same for days of birth: from 1927.
const SERIAL_BIRTHS: std::ops::RangeInclusive<f64> = 10_000.0..=80_000.0;

impl DateStyle {
    /// A column of which nothing is known: only dates that tell themselves are read.
    pub fn unsettled(role: DateRole, zone: Tz, reference: Option<NaiveDate>) -> Self {
        Self { orders: [None; Separator::COUNT], epoch: false, role, zone, reference, day_zero: DAY_ZERO }
    }

    /// Reads a date; a null date is absent where this column can have no such day.
    pub fn read(&self, text: &str) -> Reading<NaiveDateTime> {
        Written::read(text).map_or(Judged::Unread, |written| self.judge(&written)).reading()
    }

    /// Reads a moment that has a type of its own.
    pub fn take(&self, moment: NaiveDateTime) -> Reading<NaiveDateTime> {
        self.judge_moment(moment).reading()
    }

    /// Whether a text is a null date in this column.
    pub fn is_null(&self, text: &str) -> bool {
        Written::read(text).is_some_and(|written| self.judge(&written) == Judged::Null)
    }

    /// Whether a typed moment is a null date in this column.
    pub fn is_null_moment(&self, moment: NaiveDateTime) -> bool {
        self.judge_moment(moment) == Judged::Null
    }

    fn judge(&self, written: &Written) -> Judged {
        match written.day {
            Day::Nothing => Judged::Null,
            Day::Moment(moment) => self.judge_moment(self.local(moment)),
            Day::Epoch(moment) if self.epoch => self.judge_moment(self.local(moment)),
            Day::Epoch(_) => Judged::Unread,
            Day::Serial(days) => self.serial(days).map_or(Judged::Unread, Judged::Moment),
            Day::Told(numbers) => self.judge_numbers(numbers, written.clock),
            Day::Untold(triple) => match self.in_own_order(triple) {
                Some(numbers) => self.judge_numbers(numbers, written.clock),
                None if is_zero_day(triple) => Judged::Null,
                None => Judged::Unread,
            },
        }
    }

    /// What three numbers say in this column: by its order, else where every order says the same.
    fn in_own_order(&self, triple: Triple) -> Option<Numbers> {
        if let Some(order) = self.orders[triple.separator as usize] {
            return triple.in_order(order);
        }
        let mut readings = Order::ALL.iter().filter_map(|&order| triple.in_order(order));
        let first = readings.next().filter(|_| triple.separator != Separator::Nothing)?;
        readings.all(|other| other == first).then_some(first)
    }

    fn judge_numbers(&self, numbers: Numbers, clock: Option<Clock>) -> Judged {
        let Some(year) = self.year(numbers.year) else { return Judged::Unread };
        if year <= 1 || (year, numbers.month, numbers.day) == (1900, 1, 0) {
            return Judged::Null;
        }
        if let (Year::Short(short), DateRole::End | DateRole::SignIn) = (numbers.year, self.role) {
            match (short, numbers.month, numbers.day) {
                // 2099 or 9999, cut short.
                (99, 12, 31) => return Judged::Null,
                // 1900 or the year one, cut short, or a day of this century.
                (0 | 1, 1, 1) => return Judged::Unread,
                _ => {}
            }
        }
        let Some(day) = NaiveDate::from_ymd_opt(year, numbers.month, numbers.day) else { return Judged::Unread };
        let time = clock.map_or(NaiveTime::MIN, |clock| clock.time);
        let moment = day.and_time(time);
        match clock.and_then(|clock| clock.offset) {
            None => self.judge_moment(moment),
            Some(east) => match moment.checked_sub_signed(TimeDelta::seconds(i64::from(east))) {
                Some(utc) => self.judge_moment(self.local(utc.and_utc())),
                None => Judged::Unread,
            },
        }
    }

    fn local(&self, moment: DateTime<Utc>) -> NaiveDateTime {
        moment.with_timezone(&self.zone).naive_local()
    }

    fn judge_moment(&self, moment: NaiveDateTime) -> Judged {
        let (past, far) = match self.role {
            DateRole::Birth => (false, false),
            DateRole::Start => (true, false),
            DateRole::End | DateRole::SignIn | DateRole::Past | DateRole::Other => (true, true),
        };
        if past && is_zero(moment) || far && moment.year() >= FAR_YEAR && self.is_far_for_none(moment) {
            return Judged::Null;
        }
        if far && moment.year() >= FAR_YEAR {
            return Judged::Unread;
        }
        // A year outside these is a misreading, not a date.
        if (1850..=9999).contains(&moment.year()) { Judged::Moment(moment) } else { Judged::Unread }
    }

    /// Whether a day far ahead stands for "none": what ends may be given any, but where something was done only the
    /// first and the last day of a year are chosen for it, and any other is a misreading.
    fn is_far_for_none(&self, moment: NaiveDateTime) -> bool {
        let is_chosen = || matches!((moment.month(), moment.day()), (12, 31) | (1, 1));
        !matches!(self.role, DateRole::SignIn | DateRole::Past) || is_chosen()
    }

    /// The year of two digits that lies nearest before the latest that such a column can hold.
    fn year(&self, year: Year) -> Option<i32> {
        let short = match year {
            Year::Full(year) => return Some(year),
            Year::Short(short) => i32::try_from(short).ok()?,
        };
        let ahead = match self.role {
            DateRole::Birth => 0,
            DateRole::SignIn | DateRole::Past => 1,
            DateRole::Start | DateRole::End | DateRole::Other => 40,
        };
        let latest = self.reference?.year() + ahead;
        Some(latest - (latest - short).rem_euclid(100))
    }

    fn serial(&self, days: f64) -> Option<NaiveDateTime> {
        let range = if self.role == DateRole::Birth { SERIAL_BIRTHS } else { SERIAL_DAYS };
        let origin = self.day_zero.and_time(NaiveTime::MIN);
        #[allow(clippy::cast_possible_truncation)] // Inside the range above.
        range.contains(&days).then(|| origin + TimeDelta::seconds((days * 86_400.0).round() as i64))
    }
}

impl Judged {
    fn reading(self) -> Reading<NaiveDateTime> {
        match self {
            Self::Moment(moment) => Reading::Known(moment),
            Self::Null => Reading::Absent,
            Self::Unread => Reading::NotUnderstood,
        }
    }
}

/// 00/01/1900 and 1/0/1900: the day before Excel's first.
fn is_zero_day(triple: Triple) -> bool {
    triple.full_year && matches!(triple.parts, [0 | 1, 0 | 1, 1900]) && triple.parts[0] + triple.parts[1] == 1
}

/// Whether a moment is the zero of some program's clock, wherever that clock stood.
fn is_zero(moment: NaiveDateTime) -> bool {
    let is_listed = |day: NaiveDate| ZEROS.contains(&(day.year(), day.month(), day.day()));
    let day = moment.date();
    let shifted = || moment.hour() >= SHIFTED_FROM_HOUR && day.succ_opt().is_some_and(is_listed);
    day.year() <= 1 || is_listed(day) || shifted()
}

/// Whether a day is a word for "none" in some column, so that it tells nothing of how a column writes days.
pub fn is_null_day(day: NaiveDate) -> bool {
    day.year() >= FAR_YEAR || is_zero(day.and_time(NaiveTime::MIN))
}
