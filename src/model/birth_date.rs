//! Birth dates as they are mistyped.

use chrono::{Datelike, NaiveDate};

/// Whether one of two dates is a slip for the other: one digit wrong, or day and month exchanged.
pub fn is_birth_date_slip(a: NaiveDate, b: NaiveDate) -> bool {
    let exchanged = a.year() == b.year() && a.month() == b.day() && a.day() == b.month();
    let (one, other) = (digits(a), digits(b));
    let mut differing = (0..one.len()).filter(|at| one[*at] != other[*at]);
    let swapped = |first: usize| one[first] == other[first + 1] && one[first + 1] == other[first];
    exchanged
        || match (differing.next(), differing.next(), differing.next()) {
            (Some(_), None, _) => true,
            (Some(first), Some(second), None) => second == first + 1 && swapped(first),
            _ => false,
        }
}

/// The eight digits of a date.
fn digits(day: NaiveDate) -> [i64; 8] {
    let mut left = i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day());
    let mut digits = [0; 8];
    for digit in digits.iter_mut().rev() {
        (*digit, left) = (left % 10, left / 10);
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One digit, two beside each other exchanged, or day and month exchanged is a slip; the same date is none, and another year and day is another date.
    #[test]
    fn a_slip_is_one_digit_or_an_exchange() {
        let slip = |a: &str, b: &str| is_birth_date_slip(a.parse().unwrap(), b.parse().unwrap());
        assert!(slip("1985-06-14", "1985-06-15") && slip("1985-06-04", "1985-04-06"));
        assert!(slip("1985-06-12", "1985-06-21") && slip("1958-06-14", "1985-06-14"));
        assert!(!slip("1985-06-14", "1985-06-14") && !slip("1985-06-14", "1987-06-13"));
    }
}
