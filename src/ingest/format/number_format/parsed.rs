//! The code of a number format, taken apart.

use std::str::Chars;

/// One of up to four parts, for numbers above, below and of nought, and for texts.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// Which numbers it is for, where it says so itself.
    pub condition: Option<Condition>,
    /// What stands in it.
    pub tokens: Vec<Token>,
    /// Whether digits are grouped by three.
    pub is_grouped: bool,
    /// By how many thousands the number is divided.
    pub thousands: usize,
    /// Commas of which it is not known yet what they do.
    commas: usize,
}

/// Which numbers a section is for.
#[derive(Clone, Copy, Debug)]
pub enum Condition {
    /// Below.
    Less(f64),
    /// No more than.
    AtMost(f64),
    /// Above.
    More(f64),
    /// No less than.
    AtLeast(f64),
    /// Only.
    Is(f64),
    /// All but.
    IsNot(f64),
}

impl Condition {
    fn of(mark: &str, number: f64) -> Option<Self> {
        Some(match mark {
            "<" => Self::Less(number),
            "<=" => Self::AtMost(number),
            ">" => Self::More(number),
            ">=" => Self::AtLeast(number),
            "=" => Self::Is(number),
            "<>" => Self::IsNot(number),
            _ => return None,
        })
    }
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// The place of a digit: `0` always stands, `#` where there is one, `?` as a blank where there is none.
    Digit(char),
    /// The decimal mark.
    Point,
    /// A hundredth.
    Percent,
    /// What is written as it is.
    Text(String),
    /// The number as it is.
    General,
    /// Something that is not read: an exponent, a fraction.
    Other,
}

/// The sections for numbers; none where the code is of dates, of texts, or cannot be understood.
pub fn sections(code: &str) -> Option<Vec<Section>> {
    let mut sections = vec![Section::default()];
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        let is_of_texts = sections.len() > 3;
        match letter {
            ';' => sections.push(Section::default()),
            '@' if is_of_texts => {}
            _ => sections.last_mut()?.take(letter, &mut letters)?,
        }
    }
    sections.iter_mut().for_each(Section::end);
    let changes_something = |first: &Section| match &first.tokens[..] {
        [] | [Token::General | Token::Text(_)] => false,
        [..] => true,
    };
    sections.first().is_some_and(changes_something).then_some(sections)
}

/// What stands before a mark; none where the mark is missing.
fn until(letters: &mut Chars<'_>, mark: char) -> Option<String> {
    let mut text = String::new();
    loop {
        match letters.next()? {
            letter if letter == mark => return Some(text),
            letter => text.push(letter),
        }
    }
}

impl Section {
    /// Takes in a letter, with those behind it that belong to it; none where it is of dates or texts, or cut off.
    fn take(&mut self, letter: char, letters: &mut Chars<'_>) -> Option<()> {
        if letter == ',' {
            self.commas += 1;
            return Some(());
        }
        let is_digit = matches!(letter, '0' | '#' | '?');
        self.end_commas(is_digit);
        match letter {
            _ if is_digit => self.tokens.push(Token::Digit(letter)),
            '.' if !self.tokens.contains(&Token::Point) => self.tokens.push(Token::Point),
            '%' => self.tokens.push(Token::Percent),
            '"' => self.text(&until(letters, '"')?),
            '\\' => self.text(letters.next()?.encode_utf8(&mut [0; 4])),
            '_' => letters.next().map(|_| self.text(" "))?,
            '*' => letters.next().map(|_| ())?,
            '[' => self.bracket(&until(letters, ']')?)?,
            'G' | 'g' => {
                let rest: String = letters.by_ref().take("eneral".len()).collect();
                rest.eq_ignore_ascii_case("eneral").then(|| self.tokens.push(Token::General))?;
            }
            '.' | 'E' | 'e' | '/' => self.tokens.push(Token::Other),
            _ if letter.is_ascii_alphabetic() || letter == '@' => return None,
            _ => self.text(letter.encode_utf8(&mut [0; 4])),
        }
        Some(())
    }

    /// Between digits a comma groups them; behind them each divides by a thousand.
    fn end_commas(&mut self, before_digit: bool) {
        let has_digit = self.tokens.iter().any(|token| matches!(token, Token::Digit(_)));
        match std::mem::take(&mut self.commas) {
            0 => {}
            _ if before_digit => self.is_grouped |= has_digit,
            commas => self.thousands += commas,
        }
    }

    fn end(&mut self) {
        self.end_commas(false);
    }

    fn text(&mut self, text: &str) {
        match self.tokens.last_mut() {
            Some(Token::Text(own)) => own.push_str(text),
            _ => self.tokens.push(Token::Text(text.to_owned())),
        }
    }

    /// A colour, a currency, a condition; none where it is one of times.
    fn bracket(&mut self, text: &str) -> Option<()> {
        if let Some(currency) = text.strip_prefix('$') {
            self.text(currency.split('-').next().unwrap_or_default());
            return Some(());
        }
        let mark = text.trim_start_matches(['<', '>', '=']);
        let (mark, digits) = (&text[..text.len() - mark.len()], mark);
        if !mark.is_empty() {
            self.condition = Some(Condition::of(mark, digits.trim().parse().ok()?)?);
            return Some(());
        }
        let is_time = text.chars().all(|letter| matches!(letter.to_ascii_lowercase(), 'h' | 'm' | 's'));
        (!is_time).then_some(())
    }
}
