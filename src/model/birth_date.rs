//! Birth dates as they are mistyped.

use chrono::{Datelike, NaiveDate};

/// Whether one of two dates is a slip for the other: one digit wrong, or day and month exchanged.
pub fn is_birth_date_slip(a: NaiveDate, b: NaiveDate) -> bool {
    let exchanged = a.year() == b.year() && a.month() == b.day() && a.day() == b.month();
    let digits = |day: NaiveDate| day.format("%Y%m%d").to_string();
    let differing = digits(a).bytes().zip(digits(b).bytes()).filter(|(x, y)| x != y).count();
    exchanged || differing == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One digit or an exchange is a slip; the same date is none, and another year and day is another date.
    #[test]
    fn a_slip_is_one_digit_or_an_exchange() {
        let slip = |a: &str, b: &str| is_birth_date_slip(a.parse().unwrap(), b.parse().unwrap());
        assert!(slip("1985-06-14", "1985-06-15") && slip("1985-06-04", "1985-04-06"));
        assert!(!slip("1985-06-14", "1985-06-14") && !slip("1985-06-14", "1987-06-13"));
    }
}
