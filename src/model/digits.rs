//! The digits of a text, with what stands between them.

use unicode_normalization::char::decompose_compatible;

/// Signs between two digits that can be of one number.
const BETWEEN: usize = 3;

/// Digits that stand together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// They, in ASCII.
    pub digits: String,
    /// Where they begin and end.
    pub place: (usize, usize),
    /// What follows them, up to the next ones or a few characters.
    pub gap: String,
}

/// The digits of a text.
#[derive(Debug)]
pub struct Digits<'t> {
    /// The text.
    pub text: &'t str,
    groups: Vec<Group>,
}

impl<'t> Digits<'t> {
    /// Those of a text, of every script that writes them as compatible forms of ours; none where no number can be.
    pub fn of(text: &'t str) -> Self {
        let groups = if may_hold_number(text) { groups(text) } else { Vec::new() };
        Self { text, groups }
    }

    /// In their groups.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Every so many digits that follow each other with nothing but signs between them, as a number, and where the groups
    /// that they begin and end in stand.
    pub fn windows(&self, length: usize) -> impl Iterator<Item = (u64, (usize, usize))> {
        let runs = self.groups.chunk_by(|own, _| is_between(&own.gap));
        runs.flat_map(move |run| {
            let digits =
                run.iter().flat_map(|group| group.digits.bytes().map(move |digit| (digit - b'0', group.place)));
            let digits: Vec<(u8, (usize, usize))> = digits.collect();
            let number = |own: &[(u8, (usize, usize))]| {
                let number = own.iter().fold(0, |number, (digit, _)| number * 10 + u64::from(*digit));
                (number, (own[0].1.0, own[own.len() - 1].1.1))
            };
            digits.windows(length).map(number).collect::<Vec<_>>()
        })
    }
}

/// Whether a text may hold a number: ten digits, with neither letters nor many signs between two of them. What is of no
/// plain letter or sign may be a digit, and parts none.
fn may_hold_number(text: &str) -> bool {
    /// Digits under which no number is of a person's form.
    const FEWEST: usize = 10;
    // First bytes of what may be a digit that is no plain one: those of ¹, ² and ³, and of most letters of three bytes.
    let is_other = |byte: u8| byte == 0xc2 || byte >= 0xe2;
    let tells_signs = text.contains('%');
    let (mut digits, mut between) = (0, 0);
    text.bytes().any(|byte| {
        if byte.is_ascii_digit() || is_other(byte) {
            (digits, between) = (digits + 1, 0);
        } else if byte.is_ascii() {
            between += 1;
            if byte.is_ascii_alphabetic() && !tells_signs || between > BETWEEN {
                digits = 0;
            }
        }
        digits >= FEWEST
    })
}

/// Whether what stands between two groups may do so within a number.
fn is_between(gap: &str) -> bool {
    gap.chars().count() <= BETWEEN && !gap.contains(char::is_alphanumeric)
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut is_open = false;
    for (at, end, c) in signs(text) {
        match digit(c) {
            Some(digit) => {
                if !is_open {
                    groups.push(Group { place: (at, end), ..Group::default() });
                }
                if let Some(group) = groups.last_mut() {
                    group.digits.push(digit);
                    group.place.1 = end;
                }
                is_open = true;
            }
            None if is_unseen(c) => {}
            None => {
                // One more than can be between two groups of a number tells that more follows.
                if let Some(group) = groups.last_mut().filter(|group| group.gap.chars().count() <= BETWEEN) {
                    group.gap.push(plain_sign(c));
                }
                is_open = false;
            }
        }
    }
    groups
}

/// The signs of a text with where they begin and end, those told as in an address (`%2D`) as what they are.
fn signs(text: &str) -> impl Iterator<Item = (usize, usize, char)> {
    let mut until = 0;
    text.char_indices().filter_map(move |(at, c)| {
        if at < until {
            return None;
        }
        let told = (c == '%').then(|| told_sign(&text[at + 1..])).flatten();
        until = at + told.map_or(c.len_utf8(), |_| LENGTH_TOLD);
        Some((at, until, told.unwrap_or(c)))
    })
}

/// Bytes of a sign that is told.
const LENGTH_TOLD: usize = "%2D".len();

/// The sign that two hexadecimal digits tell, where it is neither letter nor digit.
fn told_sign(text: &str) -> Option<char> {
    let code = u8::from_str_radix(text.get(..2)?, 16).ok()?;
    let sign = char::from(code);
    (sign.is_ascii_punctuation() || sign == ' ').then_some(sign)
}

/// What is not seen parts nothing.
pub fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// A dash that is only wider or smaller than another is that other.
fn plain_sign(c: char) -> char {
    if c.is_ascii() || c.is_whitespace() {
        return c;
    }
    let (mut plain, mut parts) = (c, 0);
    decompose_compatible(c, |part| (plain, parts) = (part, parts + 1));
    if parts == 1 { plain } else { c }
}

fn digit(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    let mut plain = None;
    let mut parts = 0;
    decompose_compatible(c, |part| {
        parts += 1;
        plain = part.is_ascii_digit().then_some(part);
    });
    plain.filter(|_| parts == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::find_numbers;
    use proptest::prelude::*;

    /// Digits are told with where they stand and what is between them, fullwidth ones too; what is not seen parts nothing.
    #[test]
    fn digits_stand_in_groups() {
        let text = "nr 1985\u{ad}01-０１2382 x 17 med mera 123";
        let digits = Digits::of(text);
        let told: Vec<(&str, &str)> =
            digits.groups().iter().map(|own| (own.digits.as_str(), own.gap.as_str())).collect();
        assert_eq!(told, [("198501", "-"), ("012382", " x "), ("17", " med"), ("123", "")]);
        let (from, to) = digits.groups()[0].place;
        assert_eq!(&text[from..to], "1985\u{ad}01");
        assert!(Digits::of("2026-11-3").groups().is_empty());
    }

    proptest! {
        /// What is passed over holds no number, whatever signs and letters stand between its digits.
        #[test]
        fn what_is_passed_over_holds_no_number(text in "([0-9]{1,7}|[-+ ./:(~_]|%2D|%20|\u{ad}|\u{a0}|–|å|x|E|８|²){0,14}") {
            let all = Digits { text: &text, groups: groups(&text) };
            let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
            let holds = !find_numbers(&all, day).is_empty() || all.windows(10).next().is_some();
            prop_assert!(!holds || may_hold_number(&text));
        }
    }
}
