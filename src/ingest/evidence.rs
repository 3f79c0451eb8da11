//! How the dates of one column are written, counted over every row: what settles their order, and what shows that
//! nothing can.

use super::value::Value;
use crate::model::{Day, Order, Separator, Triple, Written, Year, is_null_day};
use chrono::{Datelike, NaiveDate};

/// Dates of three numbers with one separator.
#[derive(Clone, Copy, Debug, Default)]
pub struct Triples {
    /// How many fit any order.
    pub seen: u32,
    /// How many fit each order, as in [`Order::ALL`].
    pub fits: [u32; 3],
    /// How many say different days in different orders.
    pub differ: u32,
    /// How many have a year of two digits.
    pub short: u32,
    /// How many tell half days in capitals, as American programs do.
    pub american: u32,
    /// The largest first and third number.
    pub top: [u32; 2],
}

impl Triples {
    fn see(&mut self, triple: Triple, american: bool) -> Option<Fit> {
        let readings = Order::ALL.map(|order| triple.in_order(order));
        let mut known = readings.iter().flatten();
        let first = known.next()?;
        let differ = known.any(|other| other != first);
        self.seen += 1;
        for (count, reading) in self.fits.iter_mut().zip(readings) {
            *count += u32::from(reading.is_some());
        }
        self.differ += u32::from(differ);
        self.short += u32::from(!triple.full_year);
        self.american += u32::from(american);
        self.top = [self.top[0].max(triple.parts[0]), self.top[1].max(triple.parts[2])];
        Some(match (differ, readings) {
            (true, _) => Fit::Either,
            (false, [_, Some(_), None]) => Fit::DayFirst,
            (false, [_, None, Some(_)]) => Fit::MonthFirst,
            (false, _) => Fit::Same,
        })
    }

    /// The orders that every value fits.
    pub fn candidates(&self) -> Vec<Order> {
        let fits = Order::ALL.into_iter().zip(self.fits);
        fits.filter(|(_, count)| self.seen > 0 && *count == self.seen).map(|(order, _)| order).collect()
    }

    /// Whether every value fits one of day first and month first only.
    pub fn all_tell(&self) -> bool {
        self.seen > 0 && self.fits[1] + self.fits[2] == self.seen
    }
}

/// What one value tells of the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    DayFirst,
    MonthFirst,
    Either,
    Same,
}

/// Values kept to be shown where a column is refused.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// One whose day stands first.
    pub day_first: Option<Box<str>>,
    /// One whose month stands first.
    pub month_first: Option<Box<str>>,
    /// Two that fit both ways.
    pub either: [Option<Box<str>>; 2],
    /// One with the year first, or of a type of its own.
    pub told: Option<Box<str>>,
}

/// The dates of one column.
#[derive(Clone, Debug, Default)]
pub struct DateEvidence {
    /// Values that are dates, whatever their form, but for bare counts.
    pub dates: u32,
    /// Cells with a date's own type, null dates apart.
    pub typed: u32,
    /// Of these, how many have a day above 12.
    pub typed_late: u32,
    /// Texts that tell the day by their form, null dates apart.
    pub told: u32,
    /// Of these, how many have a day above 12.
    pub told_late: u32,
    /// Texts with the year first that only fit with the day before the month.
    pub day_before_month: u32,
    /// Texts with a month by name and a year of two digits at the end.
    pub short_told: u32,
    /// Counts of seconds or milliseconds since 1970 that fall in the years of this trade.
    pub epochs: u32,
    /// Those that do not.
    pub odd_epochs: u32,
    /// Dates of three numbers, by separator.
    pub triples: [Triples; Separator::COUNT],
    /// What to show.
    pub examples: Examples,
}

/// Years in which a moment counted in seconds can lie: from the first of the directories to the far future.
const EPOCH_YEARS: std::ops::Range<i32> = 1990..2100;

impl DateEvidence {
    /// Takes in a typed date.
    pub fn see_typed(&mut self, value: &Value<'_>, day: NaiveDate) {
        self.dates += 1;
        if is_null_day(day) {
            return;
        }
        self.typed += 1;
        self.typed_late += u32::from(day.day() > 12);
        self.examples.told.get_or_insert_with(|| value.written().into());
    }

    /// Takes in a text.
    pub fn see(&mut self, text: &str) {
        let Some(written) = Written::read(text) else { return };
        let american = written.clock.is_some_and(|clock| clock.american);
        match written.day {
            // A bare 0 is as good an answer or number as a date.
            Day::Nothing => self.dates += u32::from(text.len() > 1),
            Day::Moment(_) => self.dates += 1,
            Day::Serial(_) => {}
            Day::Epoch(moment) if EPOCH_YEARS.contains(&moment.year()) => self.epochs += 1,
            Day::Epoch(_) => self.odd_epochs += 1,
            Day::Told(numbers) => {
                self.short_told += u32::from(matches!(numbers.year, Year::Short(_)));
                let full = match numbers.year {
                    Year::Full(year) => year,
                    Year::Short(year) => i32::try_from(2000 + year).unwrap_or(2000),
                };
                self.see_told(text, full, numbers.month, numbers.day);
            }
            Day::Untold(triple) => self.see_triple(text, triple, american),
        }
    }

    fn see_told(&mut self, text: &str, year: i32, month: u32, day: u32) {
        if let Some(day) = NaiveDate::from_ymd_opt(year, month, day) {
            self.dates += 1;
            if !is_null_day(day) {
                self.told += 1;
                self.told_late += u32::from(day.day() > 12);
                self.examples.told.get_or_insert_with(|| text.into());
            }
        } else if NaiveDate::from_ymd_opt(year, day, month).is_some() {
            self.day_before_month += 1;
            self.examples.either[0].get_or_insert_with(|| text.into());
        }
    }

    fn see_triple(&mut self, text: &str, triple: Triple, american: bool) {
        let Some(fit) = self.triples[triple.separator as usize].see(triple, american) else { return };
        // Six digits may be anything until the column is known to be one of dates.
        self.dates += u32::from(triple.separator != Separator::Nothing);
        if matches!(triple.separator, Separator::Nothing | Separator::Month) {
            return;
        }
        let slot = match fit {
            Fit::DayFirst => &mut self.examples.day_first,
            Fit::MonthFirst => &mut self.examples.month_first,
            Fit::Either if self.examples.either[0].is_none() => &mut self.examples.either[0],
            Fit::Either if self.examples.either[0].as_deref() != Some(text) => &mut self.examples.either[1],
            Fit::Either | Fit::Same => return,
        };
        slot.get_or_insert_with(|| text.into());
    }
}
