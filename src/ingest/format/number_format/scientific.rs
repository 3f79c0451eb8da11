//! Numbers with a power of ten: 12345 as 1.23E+04, or with powers of a thousand as 12.3E+3.

use super::digits::Decimal;
use super::parsed::Token;
use super::places::{decimals, whole};

/// A number that is not negative, by the tokens before the exponent and those behind it.
pub fn shown(number: f64, mantissa: &[Token], exponent: &[Token], has_sign: bool) -> String {
    let point = mantissa.iter().position(|token| *token == Token::Point).unwrap_or(mantissa.len());
    let (before, behind) = mantissa.split_at(point);
    let places = |tokens: &[Token]| tokens.iter().filter(|token| matches!(token, Token::Digit(_))).count();
    // Of several digits before the mark the power is a multiple of their number.
    let step = i32::try_from(places(before).max(1)).unwrap_or(1);
    let of = |power: i32| (power, Decimal::rounded(number, -power, places(behind)));
    let (mut power, mut decimal) = of(magnitude(number).div_euclid(step) * step);
    if decimal.whole.len() > step.unsigned_abs() as usize {
        (power, decimal) = of(power + step);
    }
    let sign = match power {
        ..0 => "-",
        0.. if has_sign => "+",
        0.. => "",
    };
    let digits = if power == 0 { String::new() } else { power.unsigned_abs().to_string() };
    let number = whole(&decimal.whole, before, false) + &decimals(&decimal.behind, behind);
    format!("{number}E{sign}{}", whole(&digits, exponent, false))
}

/// The power of ten of the first digit.
fn magnitude(number: f64) -> i32 {
    let written = format!("{number:.14e}");
    written.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0)
}
