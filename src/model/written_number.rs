//! Everything with the form of a personal or a coordination number, in whatever text it stands.
//!
//! Ten or twelve digits with a date in them, parted by signs or blanks where year, month, day and the last four begin, or
//! not. Whether the check digit is right does not matter: a number with a slip in it is still somebody's.

use super::digits::{Digits, Group};
use chrono::{Datelike, Days, NaiveDate};
use unicode_normalization::UnicodeNormalization;

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
    /// Its twelve digits, with century, to be read as a number.
    pub fn digits(&self) -> String {
        format!("{:08}{:04}", self.date, self.ten % 10_000)
    }

    /// The number with its last four hidden.
    pub fn masked(&self) -> String {
        format!("{:08}-****", self.date)
    }
}

/// Every number of a person's form. `day` settles the century of those written short.
pub fn find_numbers(digits: &Digits<'_>, day: NaiveDate) -> Vec<Found> {
    let groups = digits.groups();
    let mut found: Vec<Found> = Vec::new();
    for from in 0..groups.len() {
        let is_taken = found.last().is_some_and(|last| groups[from].place.0 < last.place.1);
        if !is_taken {
            found.extend(Form::all(&groups[from..]).find_map(|form| form.number(digits.text, day)));
        }
    }
    found
}

/// Every place where some digits, one behind the other whatever signs part them, are a number that is known.
pub fn find_known_numbers(digits: &Digits<'_>, is_known: impl Fn(u64) -> bool) -> Vec<(usize, usize)> {
    digits.windows(10).filter(|(ten, _)| is_known(*ten)).map(|(_, place)| place).collect()
}

/// Digits that have the form of a number.
struct Form<'g> {
    /// The groups it is written in.
    groups: &'g [Group],
    /// What follows it.
    behind: &'g [Group],
}

impl<'g> Form<'g> {
    /// The forms that some groups can begin with, the longer one first.
    fn all(groups: &'g [Group]) -> impl Iterator<Item = Self> {
        /// Century, year, month, day and the last four: more groups no number has.
        const MOST: usize = 5;
        let forms = (1..=groups.len().min(MOST)).rev().map(|to| {
            let (groups, behind) = groups.split_at(to);
            Self { groups, behind }
        });
        forms.filter(Self::is_form)
    }

    /// Whether the digits are parted as a number can be.
    fn is_form(&self) -> bool {
        let lengths = self.groups.iter().map(|group| group.digits.len());
        let total: usize = lengths.clone().sum();
        let ends = lengths.scan(0, |sum, length| {
            *sum += length;
            Some(*sum)
        });
        let cuts: Vec<usize> = ends.take(self.groups.len() - 1).collect();
        match (total, &cuts[..]) {
            (10 | 12, []) => true,
            // A zero before it fills a column.
            (13, []) => self.groups[0].digits.starts_with('0'),
            // Grouped as an amount: 198 501 012 382.
            (10 | 12, _) if self.is_in_thousands() => true,
            // As a calculating program tells it: 1.98501012382E11.
            (10 | 12, [1]) => self.groups[0].gap == "." && self.groups[1].gap.starts_with(['e', 'E']),
            (10 | 12, [first @ .., last]) => {
                let is_place = |cut: &usize| [4, 6, 8].contains(&(total - cut)) || total - cut == 10;
                let (between, before) = self.groups[..cuts.len()].split_last().unwrap_or((&self.groups[0], &[]));
                *last == total - 4
                    && first.iter().all(is_place)
                    && before.iter().all(|group| is_sign(&group.gap, 1))
                    && is_sign(&between.gap, 3)
            }
            _ => false,
        }
    }

    /// Whether the digits stand three and three from the end, with a blank between.
    fn is_in_thousands(&self) -> bool {
        let Some((first, rest)) = self.groups.split_first() else { return false };
        let between = &self.groups[..self.groups.len() - 1];
        let is_blank = |group: &Group| group.gap.chars().count() == 1 && group.gap.contains(char::is_whitespace);
        let goes_on =
            self.groups.last().is_some_and(is_blank) && self.behind.first().is_some_and(|own| own.digits.len() == 3);
        !goes_on
            && (1..=3).contains(&first.digits.len())
            && rest.iter().all(|group| group.digits.len() == 3)
            && between.iter().all(is_blank)
    }

    fn number(&self, text: &str, day: NaiveDate) -> Option<Found> {
        let (first, last) = (self.groups.first()?, self.groups.last()?);
        let place = (first.place.0, last.place.1);
        let written: String = self.groups.iter().map(|group| group.digits.as_str()).collect();
        let written = if written.len() == 13 { &written[1..] } else { &written[..] };
        let (date, four) = written.split_at(written.len() - 4);
        let is_older = text[place.0..place.1].contains('+');
        let date = with_century(date, is_older, day)?;
        let is_another = self.is_plain() || !(is_time(date, four, day) || self.is_span(four));
        let ten = date % 1_000_000 * 10_000 + four.parse::<u64>().ok()?;
        is_another.then_some(Found { place, ten, date })
    }

    /// Whether it is written as numbers are: the date in one, and a dash, a plus or blanks before the last four.
    fn is_plain(&self) -> bool {
        match self.groups {
            [_] => true,
            [date, _] if date.digits.len() >= 6 => {
                date.gap.chars().all(|c| is_dash(c) || c == '+' || c.is_whitespace())
            }
            _ => false,
        }
    }

    /// Whether the last four are the year of another day: 2015-01-01 – 2026-03-31.
    fn is_span(&self, four: &str) -> bool {
        let (Some(last), [month, day, ..]) = (self.groups.last(), self.behind) else { return false };
        let is_date = format!("{four}{}{}", month.digits, day.digits);
        let is_apart = is_sign(&last.gap, 1) && is_sign(&month.gap, 1);
        is_apart && is_date.len() == 8 && is_date.parse().ok().and_then(is_day).is_some()
    }
}

/// A number with letters where digits should be, given to those who have no other: T-numbers and those of regions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reserve {
    /// Year, month and day, without century.
    date: String,
    /// The last four.
    four: String,
}

impl Reserve {
    /// The number that a text is, however it is parted.
    pub fn read(text: &str) -> Option<Self> {
        // Of plain letters and digits nearly every text has another number than this, and needs no form of its own.
        if text.is_ascii() && !matches!(text.bytes().filter(u8::is_ascii_alphanumeric).count(), 10 | 12) {
            return None;
        }
        let plain: String = text.nfkc().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase();
        let (date, four) = plain.split_at_checked(plain.len().checked_sub(4)?)?;
        let is_date = matches!(date.len(), 6 | 8) && date.bytes().all(|b| b.is_ascii_digit());
        let has = |is: fn(&u8) -> bool| four.bytes().any(|b| is(&b));
        let is_four = four.is_ascii() && has(u8::is_ascii_alphabetic) && has(u8::is_ascii_digit);
        (is_date && is_four).then(|| Self { date: date[date.len() - 6..].to_owned(), four: four.to_owned() })
    }

    /// Its ten letters and digits.
    pub fn short(&self) -> String {
        format!("{}{}", self.date, self.four)
    }

    /// The ways in which it is written, each as one word or two with a sign between.
    pub fn ways(&self) -> impl Iterator<Item = String> {
        let dates = ["", "18", "19", "20"].map(|century| format!("{century}{}", self.date));
        dates.into_iter().flat_map(|date| ["", "-"].map(|sign| format!("{date}{sign}{}", self.four)))
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Whether so many signs at most stand between two groups.
fn is_sign(gap: &str, most: usize) -> bool {
    let is = |c: char| is_dash(c) || c.is_whitespace() || matches!(c, '+' | '_' | '/' | '.' | ':' | '(' | '~');
    gap.chars().count() <= most && gap.chars().all(is)
}

/// Whether a day and four digits are rather a time of day: nobody has an account who was born so lately.
fn is_time(date: u64, four: &str, day: NaiveDate) -> bool {
    const YOUNG: Days = Days::new(3 * 366);
    let (hour, minute) = four.split_at(2);
    let below = |digits: &str, end: u32| digits.parse().is_ok_and(|own: u32| own < end);
    below(hour, 24) && below(minute, 60) && is_day(date).is_some_and(|own| own + YOUNG > day)
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
        find_numbers(&Digits::of(text), day).first().map(Found::masked)
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
            "85-01-01-2382",
            "1985 01 01 2382",
            "1985-01-01 2382",
            "1985 0101 2382",
            "19850101.2382",
            "850101_2382",
            "850101/2382",
            "850101:2382",
            "850101 (2382)",
            "850101--2382",
            "1985.01.01-2382",
            "19-85-01-01-2382",
            "0198501012382",
            "1.98501012382E+11",
            "１９８５０１０１２３８２",
            "19850101－2382",
            "19850101﹣2382",
            "19850101%2D2382",
            "850101%202382",
            "198 501 012 382",
            "198\u{a0}501\u{a0}012\u{a0}382",
            "8 501 012 382",
            "198\u{202f}501\u{202f}012\u{202f}382",
            "19850\u{ad}101-2\u{200b}382",
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
            "export_20261130_0830.csv",
            "2015-01-01 – 2026-03-31",
            "2015-01-01/2026-03-31",
            "070-123 45 67",
            "1985-01-01 12:09:30",
            "10.11.12.123",
            "85 0101 23 82",
            "1.98501012382",
            "19850101-****",
            "19850101",
            "850101-238",
            "198 501 0123 82",
            "198 501 012 382 000",
            "100%25 850101 och 2382",
        ] {
            assert_eq!(masked(text), None, "{text}");
        }
    }

    /// A number that is known is found whatever signs part its digits, and whatever digits stand about it.
    #[test]
    fn known_digits_are_found_in_their_order() {
        for (text, found) in [
            ("850 101 238 2!", "850 101 238 2"),
            ("id 16198501012382", "16198501012382"),
            ("19850101238201", "19850101238201"),
            ("1-9-8-5-0-1-0-1-2-3-8-2", "8-5-0-1-0-1-2-3-8-2"),
            ("(850101) 2382", "850101) 2382"),
        ] {
            let places = find_known_numbers(&Digits::of(text), |ten| ten == 8_501_012_382);
            let places: Vec<&str> = places.into_iter().map(|(from, to)| &text[from..to]).collect();
            assert_eq!(places, [found], "{text}");
        }
        assert!(find_known_numbers(&Digits::of("850101 och 2382"), |ten| ten == 8_501_012_382).is_empty());
    }

    /// A number of letters and digits is the same in every way of writing it.
    #[test]
    fn reserve_numbers_are_read_in_every_way() {
        let one = Reserve::read("19850101-T238").unwrap();
        for text in ["850101-T238", "850101t238", "19850101T238", "８５０１０１T238", "19850101 T238"] {
            assert_eq!(Reserve::read(text).as_ref(), Some(&one), "{text}");
        }
        assert!(one.ways().any(|way| way == "850101-T238") && one.ways().any(|way| way == "19850101T238"));
        for text in ["198501012382", "19850101-XXXX", "annlin01", "T238", "850101-T2388", ""] {
            assert_eq!(Reserve::read(text), None, "{text}");
        }
    }

    /// With and without century a number is the same.
    #[test]
    fn the_last_ten_tell_which() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        let ten = |text: &str| find_numbers(&Digits::of(text), day)[0].ten;
        assert_eq!(ten("19850101-2382"), ten("8501012382"));
    }
}
