//! What a workbook shows of a number: its cell holds 123, its format makes 00123 of it (ECMA-376 part 1, 18.8.31).
//!
//! A format of which something is not understood is left alone.

mod digits;
mod fraction;
mod moment;
mod parsed;
mod places;
mod scientific;

use super::super::value::{MOST_DIGITS, Value};
use chrono::NaiveDateTime;
use digits::Decimal;
use parsed::{Condition, Section, Token};
use places::{decimals, whole};
use std::borrow::Cow;

/// How numbers of some cells are shown.
#[derive(Clone, Debug)]
pub struct NumberFormat {
    sections: Vec<Section>,
}

impl NumberFormat {
    /// A format by its code; none where it shows numbers as they are.
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
        if section.is_of_moments() {
            return moment::shown_time(section, number);
        }
        let shown = section.shown(number.abs())?;
        let text = if is_signed && number < 0.0 { format!("-{shown}") } else { shown };
        (!text.trim().is_empty()).then_some(text)
    }

    /// A moment as it is shown; none where the format shows nothing of it.
    pub fn shown_moment(&self, moment: NaiveDateTime) -> Option<String> {
        let section = self.sections.first().filter(|section| section.is_of_moments())?;
        moment::shown(section, moment)
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
        let Some(Some(format)) = self.formats.get(place) else { return value };
        let is_identifier = |number: f64| number.fract() == 0.0 && (0.0..MOST_DIGITS).contains(&number);
        let shown = match &value {
            Value::Number(number) if self.everything || is_identifier(*number) => format.shown(*number),
            Value::Moment(moment) if self.everything => format.shown_moment(*moment),
            _ => None,
        };
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
        14 => "yyyy-mm-dd",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy-mm-dd h:mm",
        37 => "#,##0 ;(#,##0)",
        38 => "#,##0 ;[Red](#,##0)",
        39 => "#,##0.00;(#,##0.00)",
        40 => "#,##0.00;[Red](#,##0.00)",
        41 => "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
        42 => "_($* #,##0_);_($* (#,##0);_($* \"-\"_);_(@_)",
        43 => "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
        44 => "_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
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
        let at = |wanted: fn(&Token) -> bool| self.tokens.iter().position(wanted);
        if let Some(at) = at(|token| matches!(token, Token::Exponent(_))) {
            let has_sign = self.tokens[at] == Token::Exponent(true);
            return Some(scientific::shown(number, &self.tokens[..at], &self.tokens[at + 1..], has_sign));
        }
        match at(|token| *token == Token::Slash) {
            Some(at) => fraction::shown(number, &self.tokens[..at], &self.tokens[at + 1..]),
            None => self.plain(number),
        }
    }

    /// A number in digits.
    fn plain(&self, number: f64) -> Option<String> {
        let percents = self.tokens.iter().filter(|token| **token == Token::Percent).count();
        let scale = i32::try_from(2 * percents).ok()? - 3 * i32::try_from(self.thousands).ok()?;
        let point = self.tokens.iter().position(|token| *token == Token::Point).unwrap_or(self.tokens.len());
        let (before, behind) = self.tokens.split_at(point);
        let places = behind.iter().filter(|token| matches!(token, Token::Digit(_))).count();
        let decimal = Decimal::rounded(number, scale, places);
        Some(whole(&decimal.whole, before, self.is_grouped) + &decimals(&decimal.behind, behind))
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
            ("0.00E+00", 12_345.0, "1.23E+04"),
            ("0.00E+00", -0.000_123, "-1.23E-04"),
            ("0.0E-0", 9_990.0, "1.0E4"),
            ("##0.0E+0", 12_345.0, "12.3E+3"),
            ("##0.0E+0", 999_960.0, "1.0E+6"),
            ("0.00E+00", 0.0, "0.00E+00"),
            ("# ?/?", 12_345.678_9, "12345 2/3"),
            ("# ??/??", 0.5, "  1/2 "),
            ("# ?/4", 2.25, "2 1/4"),
            ("# ?/?", 5.0, "5"),
            ("# ?/?", 0.99, "1"),
            ("?/?", 2.5, "5/2"),
            ("h:mm", 0.25, "6:00"),
            ("h:mm AM/PM", 0.75, "6:00 PM"),
            ("hh:mm:ss", 0.999_999_9, "00:00:00"),
            ("[h]:mm:ss", 1.5, "36:00:00"),
            ("[mm]:ss", 0.01, "14:24"),
            ("mm:ss.0", 0.000_5, "00:43.2"),
        ] {
            assert_eq!(shown(code, number).as_deref(), Some(text), "{code}");
        }
    }

    /// A day that a format tells in full is written with the year first; of what it tells in part no more is written.
    #[test]
    fn moments_are_shown_as_formatted() {
        let shown = |code: &str| {
            let moment = chrono::NaiveDate::from_ymd_opt(2026, 3, 4)?.and_hms_milli_opt(15, 6, 7, 890)?;
            NumberFormat::parse(code)?.shown_moment(moment)
        };
        for (code, text) in [
            ("d/m/yyyy", "2026-03-04 15:06:08"),
            ("mm-dd-yy", "2026-03-04 15:06:08"),
            ("[$-41D]d mmmm yyyy", "2026-03-04 15:06:08"),
            ("[$-F800]dddd, mmmm dd, yyyy", "2026-03-04 15:06:08"),
            ("yyyy-mm-dd hh:mm", "2026-03-04 15:06:08"),
            ("yyyy\\-mm\\-dd\\ hh:mm:ss", "2026-03-04 15:06:08"),
            ("yyyy-mm-dd hh:mm:ss.000", "2026-03-04 15:06:07.890"),
            ("mmm-yy", "Mar-26"),
            ("[$-41D]mmmm yyyy", "mars 2026"),
            ("ddd d.m.", "Wed 4.3."),
            ("yyyy", "2026"),
            ("h:mm AM/PM", "3:06 PM"),
        ] {
            assert_eq!(shown(code).as_deref(), Some(text), "{code}");
        }
        for code in ["0.00", "[h]:mm", "@"] {
            assert_eq!(shown(code), None, "{code}");
        }
        let midnight = chrono::NaiveDate::from_ymd_opt(2026, 3, 4).map(|day| day.and_time(chrono::NaiveTime::MIN));
        let shown = |code| NumberFormat::parse(code)?.shown_moment(midnight?);
        assert_eq!(shown("dd-mmm-yyyy hh:mm:ss.000").as_deref(), Some("2026-03-04"));
    }

    /// Texts and what is not understood are left as they are, and nothing is hidden.
    #[test]
    fn other_formats_change_nothing() {
        for code in ["General", "@", "yyyy-mm-dd", "ggge", "# ?/?/?", "0.0.0", ";;;", "", "\"x", "[Red]"] {
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
        for code in [
            "0",
            "0.00",
            "#,##0",
            "00%",
            "000.0",
            "0,000",
            "[>5]000;0.0",
            "000000-0000",
            "\"Anst \"00000",
            "00:00",
            "hh",
            "00E+0",
        ] {
            assert!(!is_of_identifiers(code), "{code}");
        }
    }

    proptest! {
        /// No code and no number makes it panic.
        #[test]
        fn any_format_is_survived(code in "[0#?.,%\\-;_*\"\\\\\\[\\]a-ehmsyAMPE$/:+ ]{0,16}", number in any::<f64>()) {
            let _ = shown(&code, number);
            #[allow(clippy::cast_possible_truncation)] // Any moment will do.
            let moment = chrono::DateTime::from_timestamp_millis(number.clamp(-1e15, 1e15) as i64).unwrap().naive_utc();
            let _ = NumberFormat::parse(&code).and_then(|format| format.shown_moment(moment));
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
