//! Birth dates as they are mistyped.

use chrono::{Datelike, NaiveDate};

/// Whether one of two dates is a slip for the other: one digit wrong, or day and month exchanged.
pub fn is_birth_date_slip(a: NaiveDate, b: NaiveDate) -> bool {
    let exchanged = a.year() == b.year() && a.month() == b.day() && a.day() == b.month();
    let (a, b) = (a.format("%Y%m%d").to_string(), b.format("%Y%m%d").to_string());
    let differing: Vec<usize> = (0..a.len().min(b.len())).filter(|at| a.as_bytes()[*at] != b.as_bytes()[*at]).collect();
    let swapped = |first: usize, second: usize| {
        second == first + 1
            && a.as_bytes()[first] == b.as_bytes()[second]
            && a.as_bytes()[second] == b.as_bytes()[first]
    };
    exchanged || matches!(differing[..], [_]) || matches!(differing[..], [first, second] if swapped(first, second))
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
