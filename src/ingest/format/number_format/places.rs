//! Digits in the places that a format has for them.

use super::parsed::Token;

/// The digits before the mark, from the right: what has no place of its own stands before the first.
pub fn whole(digits: &str, tokens: &[Token], is_grouped: bool) -> String {
    let first = tokens.iter().position(|token| matches!(token, Token::Digit(_)));
    let mut left = digits.bytes().rev().map(char::from);
    let (mut backwards, mut count) = (String::new(), 0);
    let mut put = |backwards: &mut String, digit: char| {
        if is_grouped && count > 0 && count % 3 == 0 && digit != ' ' {
            backwards.push(',');
        }
        count += 1;
        backwards.push(digit);
    };
    for (at, token) in tokens.iter().enumerate().rev() {
        match token {
            Token::Text(text) => backwards.extend(text.chars().rev()),
            Token::Percent => backwards.push('%'),
            Token::Digit(kind) => {
                let blank = match kind {
                    '0' => Some('0'),
                    '?' => Some(' '),
                    _ => None,
                };
                let digit = left.next().or(blank);
                digit.into_iter().for_each(|digit| put(&mut backwards, digit));
                if first == Some(at) {
                    left.by_ref().for_each(|digit| put(&mut backwards, digit));
                }
            }
            _ => {}
        }
    }
    backwards.chars().rev().collect()
}

/// The mark and the digits behind it: noughts at the end stand only where their places say so.
pub fn decimals(digits: &str, tokens: &[Token]) -> String {
    let told = digits.trim_end_matches('0').len();
    let mut places = digits.chars().enumerate();
    let mut text = String::new();
    for token in tokens {
        match token {
            Token::Point => text.push('.'),
            Token::Text(own) => text.push_str(own),
            Token::Percent => text.push('%'),
            Token::Digit(kind) => match (places.next(), kind) {
                (Some((at, _)), '#') if at >= told => {}
                (Some((at, _)), '?') if at >= told => text.push(' '),
                (digit, _) => text.push(digit.map_or('0', |(_, digit)| digit)),
            },
            _ => {}
        }
    }
    text
}
