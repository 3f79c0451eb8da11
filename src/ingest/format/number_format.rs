//! What a workbook shows of a number: its cell holds 123, its format makes 00123 of it (ECMA-376 part 1, 18.8.31).
//!
//! Dates have a type of their own and are left alone, and so is a format of which something is not understood.

mod digits;
mod parsed;

use super::super::value::{MOST_DIGITS, Value};
use digits::Decimal;
use parsed::{Condition, Section, Token};
use std::borrow::Cow;

/// How numbers of some cells are shown.
#[derive(Clone, Debug)]
pub struct NumberFormat {
    sections: Vec<Section>,
}

impl NumberFormat {
    /// A format by its code; none where it shows numbers as they are, or is one of dates.
    pub fn parse(code: &str) -> Option<Self> {
        let sections = parsed::sections(code)?;
        (!sections.is_empty()).then_some(Self { sections })
    }

    /// Whether it makes numbers of a certain length, as identifiers have: at least two digits that always stand, and
    /// nothing else. Words and marks beside them are of the eye and not of the identifier.
    pub fn is_of_identifiers(&self) -> bool {
        self.sections.first().is_some_and(Section::is_of_identifiers)
    }

    /// A number as it is shown; none where the format shows nothing of it.
    pub fn shown(&self, number: f64) -> Option<String> {
        if !number.is_finite() {
            return None;
        }
        let (section, is_signed) = self.section_for(number)?;
        let shown = section.shown(number.abs())?;
        let text = if is_signed && number < 0.0 { format!("-{shown}") } else { shown };
        (!text.trim().is_empty()).then_some(text)
    }

    /// The section for a number, and whether the sign has to be written before it.
    fn section_for(&self, number: f64) -> Option<(&Section, bool)> {
        if self.sections.iter().any(|section| section.condition.is_some()) {
            let fits = |section: &&Section| section.condition.is_none_or(|condition| condition.holds(number));
            return self.sections.iter().find(fits).map(|section| (section, true));
        }
        match &self.sections[..] {
            [_, negative, ..] if number < 0.0 => Some((negative, false)),
            [_, _, zero, ..] if number == 0.0 => Some((zero, false)),
            sections => sections.first().map(|first| (first, true)),
        }
    }
}

/// The formats of a workbook by what its cells call them, as far as they matter.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    formats: Vec<Option<NumberFormat>>,
    everything: bool,
}

impl Shown {
    /// Of codes by their place. Where everything is to be as a person sees it, every format matters; else only those that
    /// keep the noughts of identifiers.
    pub fn new<'c>(codes: impl Iterator<Item = Option<Cow<'c, str>>>, everything: bool) -> Self {
        let matters = |format: &NumberFormat| everything || format.is_of_identifiers();
        let format = |code: Option<Cow<'c, str>>| code.and_then(|code| NumberFormat::parse(&code)).filter(matters);
        Self { formats: codes.map(format).collect(), everything }
    }

    /// Whether no format matters.
    pub fn is_nothing(&self) -> bool {
        self.formats.iter().all(Option::is_none)
    }

    /// Whether a format matters.
    pub fn has(&self, place: usize) -> bool {
        self.formats.get(place).is_some_and(Option::is_some)
    }

    /// A value as it is shown. An identifier is a whole number, of no more digits than a spreadsheet keeps.
    pub fn value<'v>(&self, place: usize, value: Value<'v>) -> Value<'v> {
        let (Some(Some(format)), &Value::Number(number)) = (self.formats.get(place), &value) else { return value };
        let is_identifier = number.fract() == 0.0 && (0.0..MOST_DIGITS).contains(&number);
        let shown = (self.everything || is_identifier).then(|| format.shown(number)).flatten();
        shown.map_or(value, |text| Value::Text(Cow::Owned(text)))
    }
}

/// The code of a format that has a number and no code in the file (ECMA-376 part 1, 18.8.30).
pub fn built_in(number: u16) -> Option<&'static str> {
    Some(match number {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        37 => "#,##0 ;(#,##0)",
        38 => "#,##0 ;[Red](#,##0)",
        39 => "#,##0.00;(#,##0.00)",
        40 => "#,##0.00;[Red](#,##0.00)",
        41 => "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
        42 => "_($* #,##0_);_($* (#,##0);_($* \"-\"_);_(@_)",
        43 => "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
        44 => "_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)",
        48 => "##0.0E+0",
        _ => return None,
    })
}

impl Condition {
    fn holds(self, number: f64) -> bool {
        match self {
            Self::Less(than) => number < than,
            Self::AtMost(most) => number <= most,
            Self::More(than) => number > than,
            Self::AtLeast(least) => number >= least,
            Self::Is(own) => (number - own).abs() < f64::EPSILON,
            Self::IsNot(own) => (number - own).abs() >= f64::EPSILON,
        }
    }
}

impl Section {
    fn is_of_identifiers(&self) -> bool {
        let noughts = self.tokens.iter().filter(|token| matches!(token, Token::Digit('0'))).count();
        let is_amount = self.is_grouped || self.thousands > 0 || self.condition.is_some();
        noughts >= 2 && !is_amount && self.tokens.iter().all(|token| matches!(token, Token::Digit('0' | '#')))
    }

    /// What is shown of a number without its sign; none where it is not understood.
    fn shown(&self, number: f64) -> Option<String> {
        if self.tokens.contains(&Token::Other) {
            return None;
        }
        if self.tokens.contains(&Token::General) {
            return Some(self.around(&general(number)));
        }
        let percents = self.tokens.iter().filter(|token| **token == Token::Percent).count();
        let scale = i32::try_from(2 * percents).ok()? - 3 * i32::try_from(self.thousands).ok()?;
        let point = self.tokens.iter().position(|token| *token == Token::Point).unwrap_or(self.tokens.len());
        let (before, behind) = self.tokens.split_at(point);
        let places = behind.iter().filter(|token| matches!(token, Token::Digit(_))).count();
        let decimal = Decimal::rounded(number, scale, places);
        Some(self.whole(&decimal.whole, before) + &decimals(&decimal.behind, behind))
    }

    /// What stands around a number that is shown as it is.
    fn around(&self, number: &str) -> String {
        let part = |token: &Token| match token {
            Token::General => number.to_owned(),
            Token::Text(text) => text.clone(),
            _ => String::new(),
        };
        self.tokens.iter().map(part).collect()
    }

    /// The digits before the mark, from the right: what has no place of its own stands before the first.
    fn whole(&self, digits: &str, tokens: &[Token]) -> String {
        let first = tokens.iter().position(|token| matches!(token, Token::Digit(_)));
        let mut left = digits.bytes().rev().map(char::from);
        let (mut backwards, mut count) = (String::new(), 0);
        let mut put = |backwards: &mut String, digit: char| {
            if self.is_grouped && count > 0 && count % 3 == 0 && digit != ' ' {
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
                Token::General | Token::Point | Token::Other => {}
            }
        }
        backwards.chars().rev().collect()
    }
}

/// The mark and the digits behind it: noughts at the end stand only where their places say so.
fn decimals(digits: &str, tokens: &[Token]) -> String {
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
            Token::General | Token::Other => {}
        }
    }
    text
}

/// A number as it is.
fn general(number: f64) -> String {
    Value::Number(number).text().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(code: &str, number: f64) -> Option<String> {
        NumberFormat::parse(code)?.shown(number)
    }

    /// Numbers are shown as a spreadsheet shows them.
    #[test]
    fn numbers_are_shown_as_formatted() {
        for (code, number, text) in [
            ("00000", 123.0, "00123"),
            ("000000-0000", 101_012_382.0, "010101-2382"),
            ("000000\\-0000", 8_501_012_382.0, "850101-2382"),
            ("00000000\"-\"0000", 198_501_012_382.0, "19850101-2382"),
            ("000000-0000", 198_501_012_382.0, "19850101-2382"),
            ("\"E\"0000", 42.0, "E0042"),
            ("0.00", 1.005, "1.01"),
            ("0.00", -2.5, "-2.50"),
            ("#,##0", 1_234_567.4, "1,234,567"),
            ("#,##0.00", 0.5, "0.50"),
            ("#,##0 \"kr\"", 1_250.0, "1,250 kr"),
            ("#.##", 1.5, "1.5"),
            ("0%", 0.256, "26%"),
            ("0.0%", 0.5, "50.0%"),
            ("0,", 12_345.0, "12"),
            ("#,##0.00;(#,##0.00)", -1_234.5, "(1,234.50)"),
            ("0;-0;\"noll\"", 0.0, "noll"),
            ("[Red]0.0", 2.25, "2.3"),
            ("[>=100]0;[<100]00", 5.0, "05"),
            ("[$kr-41D] #,##0", 1_000.0, "kr 1,000"),
            ("_(* #,##0_);_(* (#,##0)", 1_000.0, " 1,000 "),
            ("General\" st\"", 3.5, "3.5 st"),
        ] {
            assert_eq!(shown(code, number).as_deref(), Some(text), "{code}");
        }
    }

    /// Dates, texts and what is not understood are left as they are, and nothing is hidden.
    #[test]
    fn other_formats_change_nothing() {
        for code in
            ["General", "@", "yyyy-mm-dd", "h:mm AM/PM", "[h]:mm", "0.00E+00", "# ?/?", ";;;", "", "\"x", "[Red]"]
        {
            assert_eq!(shown(code, 12.5), None, "{code}");
        }
    }

    /// Only formats of nothing but digits that always stand are of identifiers.
    #[test]
    fn identifiers_are_told_from_amounts() {
        let is_of_identifiers = |code: &str| NumberFormat::parse(code).is_some_and(|own| own.is_of_identifiers());
        for code in ["00000", "0000000000", "#0000", "[Red]000"] {
            assert!(is_of_identifiers(code), "{code}");
        }
        for code in ["0", "0.00", "#,##0", "00%", "000.0", "0,000", "[>5]000;0.0", "000000-0000", "\"Anst \"00000"] {
            assert!(!is_of_identifiers(code), "{code}");
        }
    }

    proptest! {
        /// No code and no number makes it panic.
        #[test]
        fn any_format_is_survived(code in "[0#?.,%\\-;_*\"\\\\\\[\\]a-eE$ ]{0,16}", number in any::<f64>()) {
            let _ = shown(&code, number);
        }

        /// Noughts before a whole number are all that such a format adds.
        #[test]
        fn a_number_stays_the_number(number in 0u32..1_000_000_000, places in 1usize..14) {
            let text = shown(&"0".repeat(places), f64::from(number)).unwrap();
            prop_assert!(text.len() >= places);
            prop_assert_eq!(text.parse::<u64>().unwrap(), u64::from(number));
        }
    }
}
