//! Numbers as fractions: 0.5 as 1/2.

use super::digits::Decimal;
use super::parsed::Token;
use super::places::whole;

/// The most places below the line that are tried.
const MOST_PLACES: u32 = 4;

/// A number that is not negative, by the tokens before the line and those behind it; none where they make no fraction.
pub fn shown(number: f64, above: &[Token], below: &[Token]) -> Option<String> {
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    if !below.iter().all(|token| is_digit(token) || matches!(token, Token::Denominator(_) | Token::Text(_))) {
        return None;
    }
    let last = above.iter().rposition(is_digit)?;
    let first = above[..=last].iter().rposition(|token| !is_digit(token)).map_or(0, |at| at + 1);
    let (units, upper) = above.split_at(first);
    let has_units = units.iter().any(is_digit);
    let rest = if has_units { number.fract() } else { number };
    let (mut numerator, denominator) = nearest(rest, below)?;
    let mut unit = if has_units { number.trunc() } else { 0.0 };
    if has_units && numerator == denominator {
        (unit, numerator) = (unit + 1.0, 0);
    }
    let digits = Decimal::rounded(unit, 0, 0).whole;
    if has_units && numerator == 0 {
        let digits = if digits.is_empty() { "0".to_owned() } else { digits };
        return Some(whole(&digits, units, false).trim_end().to_owned());
    }
    let before = whole(&digits, units, false);
    Some(format!("{before}{}/{}", whole(&numerator.to_string(), upper, false), lower(denominator, below)))
}

/// The digits below the line, from the left.
fn lower(denominator: u32, tokens: &[Token]) -> String {
    let places = tokens.iter().filter(|token| matches!(token, Token::Digit(_))).count();
    let mut text = format!("{denominator:<places$}");
    for token in tokens {
        if let Token::Text(own) = token {
            text.push_str(own);
        }
    }
    text
}

/// The fraction nearest to a number, of those that there is room for.
fn nearest(number: f64, below: &[Token]) -> Option<(u32, u32)> {
    let over = |denominator: u32| (number * f64::from(denominator)).round();
    let fixed = below.iter().find_map(|token| match token {
        Token::Denominator(own) => Some(*own),
        _ => None,
    });
    let denominator = match fixed {
        Some(own) => own,
        None => {
            let places = u32::try_from(below.iter().filter(|token| matches!(token, Token::Digit(_))).count()).ok()?;
            let most = 10u32.pow((1..=MOST_PLACES).contains(&places).then_some(places)?) - 1;
            let far = |denominator: u32| (over(denominator) / f64::from(denominator) - number).abs();
            (1..=most).min_by(|one, other| far(*one).total_cmp(&far(*other)))?
        }
    };
    let numerator = over(denominator);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Of a whole number that is in the range.
    (0.0..=f64::from(u32::MAX)).contains(&numerator).then_some((numerator as u32, denominator))
}
