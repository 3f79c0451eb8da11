//! Swedish personal numbers and coordination numbers (personnummer, samordningsnummer).
//!
//! They are the surest key there is between payroll and an export, and the most often damaged one:
//! the century left out, leading zeros eaten by Excel, digits lost to `1,97001E+11`. This module
//! tells a number that can be trusted from one that cannot, and says why.
//!
//! Sources: folkbokföringslagen (1991:481) 18 §; lag (2022:1697) om samordningsnummer 2 kap. 8 §.
//! A number is never printed in full: [`PersonalNumber::masked`] is the only way out as text.

use chrono::{Datelike, NaiveDate};
use std::fmt;
use std::num::NonZeroU64;

/// A valid number: 12 digits with century, the day as written (a coordination number keeps +60).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonalNumber(NonZeroU64);

/// Why a text is no usable number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// Nothing there.
    Blank,
    /// A stand-in such as 850101-0000 or 111111-1111.
    Placeholder,
    /// A reserve or interim number (T-number, letters in the last four, regional 99-numbers).
    Reserve,
    /// A date only, or a number whose last four are hidden.
    Incomplete,
    /// No such day, or a day to come.
    ImpossibleDate,
    /// The check digit is another.
    WrongCheckDigit,
    /// Excel has turned it into `1,97001E+11`; the digits are lost.
    Destroyed,
    /// Something else altogether.
    NotANumber,
}

impl Flaw {
    /// Whether it is a number but for a slip of the finger.
    pub fn is_slip(self) -> bool {
        matches!(self, Self::ImpossibleDate | Self::WrongCheckDigit)
    }
}

/// A number and how it had to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The number.
    pub number: PersonalNumber,
    /// Leading zeros that Excel had eaten were put back.
    pub zeros_restored: bool,
}

/// Ages that a person in payroll can have; among centuries that fit, one inside wins.
const WORKING_AGE: std::ops::RangeInclusive<i32> = 13..=100;

impl PersonalNumber {
    /// Reads every form met in files: with or without century, `-`, `+`, spaces, an apostrophe
    /// before or `.0` after. `century` is the file's own century column ("19", "20").
    /// `reference` is the run's day: a form without century means the latest birth that fits it.
    ///
    /// # Errors
    /// A [`Flaw`] that says what is wrong.
    pub fn read(text: &str, century: Option<u32>, reference: NaiveDate) -> Result<Reading, Flaw> {
        let written = Written::new(text)?;
        let (candidates, zeros_restored) = written.candidates(century, reference)?;
        let dated: Vec<Self> = candidates.into_iter().filter(|number| number.has_possible_date(reference)).collect();
        let number = Self::likeliest(&dated, written.plus, reference).ok_or(Flaw::ImpossibleDate)?;
        // Birth numbers run from 001; 000 is typed to get past a required field.
        if number.0.get() / 10 % 1_000 == 0 || written.is_repetition() {
            return Err(Flaw::Placeholder);
        }
        if !number.has_right_check_digit() {
            // A restored zero is a guess that only the check digit can confirm.
            return Err(if zeros_restored { Flaw::NotANumber } else { Flaw::WrongCheckDigit });
        }
        Ok(Reading { number, zeros_restored })
    }

    /// Tells a true employee number from a personal number kept in its column, as small employers and
    /// directories do: the latter must never be shown as an id.
    pub fn separate<T: AsRef<str>>(employee_number: Option<T>, reference: NaiveDate) -> (Option<T>, Option<Self>) {
        let Some(written) = employee_number else { return (None, None) };
        match Self::read(written.as_ref(), None, reference) {
            Ok(reading) if !reading.zeros_restored => (None, Some(reading.number)),
            _ => (Some(written), None),
        }
    }

    /// Of the centuries that give a possible date: with `+` the latest that makes the person 100
    /// this year, else the latest inside working age, else the one nearest to it. Most systems write `-` for everyone,
    /// so that it says nothing of a person over 100.
    fn likeliest(latest_first: &[Self], plus: bool, reference: NaiveDate) -> Option<Self> {
        let age = |number: &Self| reference.year() - number.year();
        if plus {
            return latest_first.iter().find(|number| age(number) >= 100).copied();
        }
        let outside = |number: &&Self| (WORKING_AGE.start() - age(number)).max(age(number) - WORKING_AGE.end()).max(0);
        latest_first.iter().min_by_key(outside).copied()
    }

    /// Day of birth (a coordination number's day less 60). A coordination number may leave month or
    /// day unknown (00 and 60) or name a day that its month lacks; it then has none.
    pub fn birth_date(self) -> Option<NaiveDate> {
        let day = self.day_as_written();
        let day = if day > 60 { day - 60 } else { day };
        NaiveDate::from_ymd_opt(self.year(), self.month(), day)
    }

    /// Whether it is a coordination number: its day is written with 60 added.
    pub fn is_coordination(self) -> bool {
        self.day_as_written() >= 60
    }

    /// `YYYYMMDD-****`: all that is ever shown.
    pub fn masked(self) -> String {
        format!("{:08}-****", self.0.get() / 10_000)
    }

    /// The same ten digits a century later and earlier, where that day exists.
    pub fn in_other_centuries(self) -> impl Iterator<Item = Self> {
        const CENTURY: u64 = 10_000_000_000;
        let number = self.0.get();
        let others =
            [number + CENTURY, number.saturating_sub(CENTURY)].into_iter().filter_map(NonZeroU64::new).map(Self);
        others.filter(move |other| other.birth_date().is_some() == self.birth_date().is_some())
    }

    /// A number of twelve digits without its century, where that puts the day of birth into the time to come.
    pub fn without_century(text: &str, reference: NaiveDate) -> Option<Self> {
        let digits = Written::new(text).ok()?.digits;
        let ten = digits.get(2..).filter(|ten| ten.len() == 10)?;
        Self::read(ten, None, reference).ok().map(|reading| reading.number)
    }

    /// Its last ten digits, the same with and without century: to know the number again in a text that may hold it.
    pub fn ten(self) -> u64 {
        self.0.get() % 10_000_000_000
    }

    /// The twelve digits: for tests only, so that no other code can print them.
    #[cfg(test)]
    pub fn digits(self) -> u64 {
        self.0.get()
    }

    fn year(self) -> i32 {
        i32::try_from(self.0.get() / 100_000_000).unwrap_or(0)
    }

    fn month(self) -> u32 {
        u32::try_from(self.0.get() / 1_000_000 % 100).unwrap_or(0)
    }

    fn day_as_written(self) -> u32 {
        u32::try_from(self.0.get() / 10_000 % 100).unwrap_or(0)
    }

    /// A day that exists, not after the reference date, in a century that can be.
    fn has_possible_date(self, reference: NaiveDate) -> bool {
        if !(1850..=reference.year()).contains(&self.year()) {
            return false;
        }
        match self.birth_date() {
            Some(date) => date <= reference,
            None => {
                // The published lists hold coordination numbers of days that no month has.
                self.month() <= 12 && (60..=91).contains(&self.day_as_written())
            }
        }
    }

    fn has_right_check_digit(self) -> bool {
        Self::is_checked(self.ten())
    }

    /// Whether the last of ten digits is the Luhn digit over the nine before it, the day as written.
    pub(super) fn is_checked(ten: u64) -> bool {
        let sum: u64 = (0..10u32)
            .map(|place| {
                let digit = ten / 10u64.pow(place) % 10;
                // Counted from the check digit, every second digit is doubled.
                let weighted = if place % 2 == 1 { digit * 2 } else { digit };
                weighted / 10 + weighted % 10
            })
            .sum();
        sum.is_multiple_of(10)
    }
}

/// Shows the masked form: a debug print must not leak a number into a log.
impl fmt::Debug for PersonalNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.masked())
    }
}

/// A number as written, cleaned of what only writing decides.
struct Written {
    digits: String,
    plus: bool,
}

impl Written {
    fn new(text: &str) -> Result<Self, Flaw> {
        let cleaned: String = text.chars().filter_map(plain_character).collect();
        let cleaned = cleaned.strip_suffix(".0").unwrap_or(&cleaned);
        if cleaned.is_empty() {
            return Err(Flaw::Blank);
        }
        if is_scientific(cleaned) {
            return Err(Flaw::Destroyed);
        }
        let digits: String = cleaned.chars().filter(|c| !matches!(c, '-' | '+')).collect();
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(flaw_of_letters(&digits));
        }
        let separators = cleaned.len() - digits.len();
        if separators > 1 || !separator_is_in_place(cleaned) {
            return Err(Flaw::NotANumber);
        }
        Ok(Self { digits, plus: cleaned.contains('+') })
    }

    /// Numbers the text may mean, the latest century first, and whether zeros were put back.
    fn candidates(&self, century: Option<u32>, reference: NaiveDate) -> Result<(Vec<PersonalNumber>, bool), Flaw> {
        let value: u64 = self.digits.parse().map_err(|_| Flaw::NotANumber)?;
        match self.digits.len() {
            12 => Ok((number(value).into_iter().collect(), false)),
            8 if birth_date_in(&self.digits).is_some() => Err(Flaw::Incomplete),
            10 => Ok((with_centuries(value, century, reference), false)),
            7..=9 => Ok((with_centuries(value, century, reference), true)),
            6 => Err(Flaw::Incomplete),
            _ => Err(Flaw::NotANumber),
        }
    }

    /// 1111111111 and its like are typed to get past a required field.
    fn is_repetition(&self) -> bool {
        let last_ten = &self.digits[self.digits.len().saturating_sub(10)..];
        last_ten.bytes().all(|b| Some(b) == last_ten.bytes().next())
    }
}

/// Drops spaces and apostrophes, and makes every dash one dash.
fn plain_character(c: char) -> Option<char> {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\'' | '\u{2019}' | '\u{feff}' => None,
        c if c.is_whitespace() => None,
        c => Some(c.to_ascii_uppercase()),
    }
}

/// `1,97001E+11`: a number shown by Excel in scientific form and saved so.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once('E') else {
        return false;
    };
    let exponent = exponent.trim_start_matches(['+', '-']);
    let mantissa_fits = mantissa.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    mantissa_fits && !mantissa.is_empty() && exponent.len() <= 3 && exponent.parse::<u8>().is_ok()
}

/// A `-` or `+` stands before the last four or nowhere.
fn separator_is_in_place(text: &str) -> bool {
    match text.rfind(['-', '+']) {
        Some(at) => text.len() - at == 5,
        None => true,
    }
}

/// Letters: a reserve number has them where digits should be; a masked one has X or `*` at the end.
fn flaw_of_letters(text: &str) -> Flaw {
    if !text.is_ascii() || !(8..=16).contains(&text.len()) {
        return Flaw::NotANumber;
    }
    let (date, last_four) = text.split_at(text.len() - 4);
    let dated = matches!(date.len(), 6 | 8) && date.bytes().all(|b| b.is_ascii_digit());
    if dated && last_four.bytes().all(|b| matches!(b, b'X' | b'*')) {
        return Flaw::Incomplete;
    }
    if dated && last_four.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Flaw::Reserve;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let national = text.len() == 12 && text.bytes().all(|b| b.is_ascii_alphanumeric()) && digits >= 8;
    if national { Flaw::Reserve } else { Flaw::NotANumber }
}

/// A number of these digits; none of zeros alone.
fn number(digits: u64) -> Option<PersonalNumber> {
    NonZeroU64::new(digits).map(PersonalNumber)
}

/// The ten digits under every century up to the reference date, the latest first.
fn with_centuries(ten: u64, century: Option<u32>, reference: NaiveDate) -> Vec<PersonalNumber> {
    let latest = u64::try_from(reference.year() / 100).unwrap_or(20);
    let under = |century: u64| number(century * 10_000_000_000 + ten);
    match century {
        Some(known) => under(u64::from(known)).into_iter().collect(),
        None => (18..=latest).rev().filter_map(under).collect(),
    }
}

/// The birth date in a text of the form YYYYMMDD, alone or before hidden digits
/// (`19850101-XXXX`): not a key, but evidence.
pub fn birth_date_in(text: &str) -> Option<NaiveDate> {
    let cleaned: String = text.chars().filter_map(plain_character).collect();
    let (date, rest) = cleaned.split_at_checked(8)?;
    let hidden = rest.chars().all(|c| matches!(c, '-' | 'X' | '*'));
    if !hidden || !date.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    super::read_date(date).filter(|date| (1880..2100).contains(&date.year()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A committed selection of the numbers that Skatteverket publishes for tests.
    const SELECTION: &str = include_str!("../demo/data/test-numbers.txt");

    fn reference() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()
    }

    fn read(text: &str) -> Result<u64, Flaw> {
        PersonalNumber::read(text, None, reference()).map(|reading| reading.number.digits())
    }

    fn every_form_of(number: &str) -> [String; 6] {
        [
            number.to_owned(),
            format!("{}-{}", &number[..8], &number[8..]),
            format!(" {} {} ", &number[..8], &number[8..]),
            format!("'{number}"),
            format!("{number}.0"),
            format!("{}\u{2011}{}", &number[..8], &number[8..]),
        ]
    }

    /// Every committed test number is valid in every form that keeps the century.
    #[test]
    fn published_test_numbers_are_valid() {
        for number in SELECTION.lines().filter(|line| !line.starts_with('#')) {
            for form in every_form_of(number) {
                assert_eq!(read(&form), Ok(number.parse().unwrap()), "{form}");
            }
        }
    }

    /// Where the full published lists are at hand, all of them are valid.
    #[test]
    fn the_full_published_lists_are_valid() {
        for list in ["test-personal-numbers.txt", "test-coordination-numbers.txt"] {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/").to_owned() + list;
            let Ok(numbers) = std::fs::read_to_string(&path) else {
                println!("{list} is not here; the committed selection stands in for it");
                continue;
            };
            for number in numbers.lines() {
                assert_eq!(read(number), Ok(number.parse().unwrap()), "{number}");
            }
        }
    }

    /// The century left out means the latest birth of a person of working age; `+` means 100 or more.
    #[test]
    fn a_missing_century_is_the_one_that_fits() {
        assert_eq!(read("850101-2382"), Ok(198_501_012_382));
        assert_eq!(read("000229-2399"), Ok(200_002_292_399));
        assert_eq!(read("090527+1474"), Ok(190_905_271_474));
        // Of 1922 and 2022 the one nearer to working age, whatever the mark: most systems write `-` for everyone.
        for form in ["220102-9283", "2201029283"] {
            assert_eq!(read(form), Ok(192_201_029_283), "{form}");
        }
        assert_eq!(
            PersonalNumber::read("0002292399", Some(20), reference()).map(|r| r.number.digits()),
            Ok(200_002_292_399)
        );
    }

    /// Leading zeros that Excel ate come back, but only where the check digit confirms it.
    #[test]
    fn eaten_zeros_are_put_back() {
        let reading = PersonalNumber::read("2292399", None, reference()).unwrap();
        assert!(reading.zeros_restored);
        assert_eq!(reading.number.digits(), 200_002_292_399);
        assert_eq!(read("2292398"), Err(Flaw::NotANumber));
    }

    /// Each kind of unusable number is told apart from the others.
    #[test]
    fn a_flaw_is_named() {
        for (text, flaw) in [
            ("", Flaw::Blank),
            ("1,97001E+11", Flaw::Destroyed),
            ("1.97001E+11", Flaw::Destroyed),
            ("850101-0000", Flaw::Placeholder),
            ("111111-1111", Flaw::Placeholder),
            ("19850101-2383", Flaw::WrongCheckDigit),
            ("19850231-2383", Flaw::ImpossibleDate),
            ("20990101-2397", Flaw::ImpossibleDate),
            ("20000101-T220", Flaw::Reserve),
            ("000101T220", Flaw::Reserve),
            ("19850101TF01", Flaw::Reserve),
            ("19850101-XXXX", Flaw::Incomplete),
            ("19850101", Flaw::Incomplete),
            ("212000-0142", Flaw::ImpossibleDate),
            ("annlin", Flaw::NotANumber),
            ("8501-012382", Flaw::NotANumber),
        ] {
            assert_eq!(read(text), Err(flaw), "{text}");
        }
    }

    /// A coordination number carries the birth date with the day raised by 60.
    #[test]
    fn a_coordination_number_has_a_birth_date() {
        let number = PersonalNumber::read("198502862397", None, reference()).unwrap().number;
        assert_eq!(number.birth_date(), NaiveDate::from_ymd_opt(1985, 2, 26));
    }

    /// The last four digits never come out as text.
    #[test]
    fn digits_are_masked() {
        let number = PersonalNumber::read("198501012382", None, reference()).unwrap().number;
        assert_eq!(number.masked(), "19850101-****");
        assert_eq!(format!("{number:?}"), "19850101-****");
    }

    /// Where the shared cases of the personnummer project are at hand, validity agrees with them:
    /// their short form is judged apart, since it means another century there than in payroll.
    #[test]
    fn agrees_with_the_shared_cases() {
        for (file, reserve) in [("list.json", false), ("interim.json", true), ("orgnumber.json", false)] {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/personnummer/").to_owned() + file;
            let Ok(json) = std::fs::read_to_string(&path) else {
                println!("{file} is not here; the cases above stand in for it");
                continue;
            };
            let cases: serde_json::Value = serde_json::from_str(&json).unwrap();
            for case in cases.as_array().unwrap() {
                let form = case.get("separated_long").or(case.get("separated_format")).unwrap();
                let form = form.as_str().unwrap();
                if form.contains(' ') {
                    continue; // Tolerated here on purpose: files have it.
                }
                let valid = case["valid"].as_bool().unwrap();
                match read(form) {
                    Ok(_) => assert!(valid && !reserve, "{form}"),
                    Err(flaw) if reserve => assert_eq!(flaw, Flaw::Reserve, "{form}"),
                    Err(flaw) => assert!(!valid, "{form}: {flaw:?}"),
                }
            }
        }
    }

    proptest! {
        /// No text makes the reader panic.
        #[test]
        fn any_text_is_survived(text in ".{0,30}", century in proptest::option::of(0u32..100)) {
            let _ = PersonalNumber::read(&text, century, reference());
        }

        /// One digit changed in the last ten is always noticed: never another valid number of the
        /// same day.
        #[test]
        fn one_wrong_digit_in_the_serial_is_noticed(place in 8usize..12, shift in 1u8..10) {
            let mut digits = b"198501012382".to_vec();
            digits[place] = (digits[place] - b'0' + shift) % 10 + b'0';
            let text = String::from_utf8(digits).unwrap();
            prop_assert!(read(&text).is_err(), "{}", text);
        }
    }
}
