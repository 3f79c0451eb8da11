//! Personal numbers with a slip in them.
//!
//! The check digit tells that a number is wrong, and not whose it was meant to be. But of some thousands of people hardly
//! ever two are a slip away from it: so a wrong number still leads to somebody, and never says that an account is nobody's.

use super::PersonalNumber;
use chrono::NaiveDate;
use std::fmt;

/// Digits of which some are wrong: ten with the form of a personal number, of no day of the calendar or with another check
/// digit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BrokenNumber(u64);

/// Places of the digits, counted from the last.
const PLACES: std::ops::Range<u32> = 0..10;

impl BrokenNumber {
    /// How many of the numbers that are a slip away from it pass the check: ten digits can each be nine others and nine
    /// pairs be exchanged, and one in ten of what comes out is right.
    pub const MEANT: f64 = 10.0;

    /// Reads a number that is whole and wrong; `None` of one that is right, and of what is something else.
    ///
    /// `reference` is the run's day.
    pub fn read(text: &str, reference: NaiveDate) -> Option<Self> {
        if !PersonalNumber::read(text, None, reference).err()?.is_slip() {
            return None;
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let ten = digits.len().checked_sub(10).filter(|before| [0, 2].contains(before))?;
        digits[ten..].parse().ok().map(Self)
    }

    /// Whether a number may be the one that was meant: the same ten digits under another century, or one digit another, or
    /// two beside each other exchanged.
    pub fn is_slip_for(self, number: PersonalNumber) -> bool {
        self.0 == number.ten() || self.slips().any(|ten| ten == number.ten())
    }

    /// Every right number that may have been meant.
    pub fn meant(self, reference: NaiveDate) -> impl Iterator<Item = PersonalNumber> {
        let all = std::iter::once(self.0).chain(self.slips());
        all.filter(|ten| PersonalNumber::is_checked(*ten)).filter_map(move |ten| {
            PersonalNumber::read(&format!("{ten:010}"), None, reference).ok().map(|reading| reading.number)
        })
    }

    /// The wrong numbers that a right one may have become.
    pub fn made_of(number: PersonalNumber) -> impl Iterator<Item = Self> {
        let right = Self(number.ten());
        std::iter::once(right).chain(right.slips().map(Self))
    }

    fn slips(self) -> impl Iterator<Item = u64> {
        let digit = move |place: u32| self.0 / 10u64.pow(place) % 10;
        let others = PLACES.flat_map(move |place| {
            let without = self.0 - digit(place) * 10u64.pow(place);
            (0..10).filter(move |other| *other != digit(place)).map(move |other| without + other * 10u64.pow(place))
        });
        let exchanged = PLACES.skip(1).filter(move |place| digit(*place) != digit(place - 1)).map(move |place| {
            let pair = digit(place) * 10 + digit(place - 1);
            let turned = digit(place - 1) * 10 + digit(place);
            self.0 - pair * 10u64.pow(place - 1) + turned * 10u64.pow(place - 1)
        });
        others.chain(exchanged)
    }
}

/// Shows nothing of it: a number with a slip in it is still somebody's.
impl fmt::Debug for BrokenNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("BrokenNumber")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()
    }

    fn right() -> PersonalNumber {
        PersonalNumber::read("198501012382", None, day()).unwrap().number
    }

    /// Right numbers, stand-ins, dates and other texts are no broken numbers.
    #[test]
    fn only_whole_wrong_numbers_are_read() {
        for text in ["19850101-2382", "19850101-0000", "1985-01-01", "850101-238", "19850101-T238", "1,98501E+11", ""] {
            assert_eq!(BrokenNumber::read(text, day()), None, "{text}");
        }
        for text in ["19850101-2383", "850101-2383", "8501012383", "19851301-2382"] {
            assert!(BrokenNumber::read(text, day()).is_some(), "{text}");
        }
    }

    /// A number that is two slips away is another.
    #[test]
    fn two_slips_are_too_many() {
        let near = |text: &str| BrokenNumber::read(text, day()).unwrap().is_slip_for(right());
        assert!(near("19850101-2383") && near("19850101-2832") && near("19850110-2382"));
        assert!(!near("19850102-2383") && !near("19850101-3283"));
    }

    proptest! {
        /// Whichever digit is mistyped, the number that was meant is among those that may have been.
        #[test]
        fn a_slip_leads_back(place in 0usize..10, shift in 1u8..10) {
            let mut digits = b"8501012382".to_vec();
            digits[place] = (digits[place] - b'0' + shift) % 10 + b'0';
            let text = String::from_utf8(digits).unwrap();
            // A day that is to come under one century is one that was under another.
            if let Some(broken) = BrokenNumber::read(&text, day()) {
                prop_assert!(broken.is_slip_for(right()), "{}", text);
                prop_assert!(broken.meant(day()).any(|number| number == right()), "{}", text);
            }
        }
    }
}
