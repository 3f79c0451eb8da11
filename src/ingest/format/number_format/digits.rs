//! A number in decimal digits, as many as a spreadsheet keeps.

/// Whole digits, without noughts before them, and those behind the mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// Before the mark; empty where the number is below one.
    pub whole: String,
    /// Behind it, as many as were asked for.
    pub behind: String,
}

impl Decimal {
    /// A number that is not negative, times ten to a power, rounded to some places. A spreadsheet keeps fifteen digits,
    /// and rounds the half that stands in them up.
    pub fn rounded(number: f64, power: i32, places: usize) -> Self {
        let written = format!("{number:.14e}");
        let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
        let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        // The place of the mark among the digits.
        let mark = exponent.parse::<i32>().unwrap_or(0).saturating_add(power).saturating_add(1);
        let digit = |place: i32| usize::try_from(place).ok().and_then(|at| digits.get(at)).copied().unwrap_or(0);
        let last = mark.saturating_add(i32::try_from(places).unwrap_or(i32::MAX));
        let mut kept: Vec<u8> = (mark.min(0)..last).map(digit).collect();
        if digit(last) >= 5 && last >= mark.min(0) {
            round_up(&mut kept);
        }
        let behind = kept.split_off(kept.len() - places.min(kept.len()));
        let text = |digits: &[u8]| digits.iter().map(|digit| char::from(b'0' + digit)).collect::<String>();
        Self { whole: text(&kept).trim_start_matches('0').to_owned(), behind: text(&behind) }
    }
}

/// Adds one to the last digit.
fn round_up(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Halves are rounded up as they are written, and digits beyond the fifteenth are none.
    #[test]
    fn halves_go_up() {
        let of = |number, power, places| {
            let Decimal { whole, behind } = Decimal::rounded(number, power, places);
            format!("{whole}.{behind}")
        };
        assert_eq!(of(1.005, 0, 2), "1.01");
        assert_eq!(of(0.5, 0, 0), "1.");
        assert_eq!(of(0.004, 0, 2), ".00");
        assert_eq!(of(0.006, 0, 2), ".01");
        assert_eq!(of(0.256, 2, 0), "26.");
        assert_eq!(of(99.999, 0, 1), "100.0");
        assert_eq!(of(12_345.0, -3, 0), "12.");
        assert_eq!(of(198_501_012_382.0, 0, 0), "198501012382.");
        assert_eq!(of(1e300, 0, 0).len(), 302);
        assert_eq!(of(1e-300, 0, 3), ".000");
        assert_eq!(of(0.0, 0, 2), ".00");
    }
}
