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
    /// What parts a number from its power of ten, and whether a power that is positive has its sign.
    Exponent(bool),
    /// What parts the two sides of a fraction.
    Slash,
    /// The lower side of a fraction, where it is always the same.
    Denominator(u32),
    /// A part of a day or of a time.
    Part(Part),
    /// The language of months and weekdays is Swedish.
    Swedish,
    /// Something that is not read.
    Other,
}

/// A part of a day or of a time, with the number of its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The year.
    Year(usize),
    /// The month.
    Month(usize),
    /// The day, or from three letters on the weekday.
    Day(usize),
    /// The hour.
    Hour(usize),
    /// The minute.
    Minute(usize),
    /// The second.
    Second(usize),
    /// All hours, minutes or seconds of a duration: how many seconds one of them has.
    Elapsed(u32, usize),
    /// Forenoon or afternoon, in two letters or in one.
    Half(usize),
}

impl Token {
    fn numbered_part((at, token): (usize, &Self)) -> Option<(usize, Part)> {
        match token {
            Self::Part(part) => Some((at, *part)),
            _ => None,
        }
    }
}

/// The sections for numbers; none where the code is of texts, or cannot be understood.
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

/// How many of a letter follow each other, the first taken already.
fn run(letters: &mut Chars<'_>, first: char) -> usize {
    let behind = letters.as_str().chars().take_while(|letter| letter.eq_ignore_ascii_case(&first)).count();
    letters.by_ref().take(behind).count() + 1
}

/// Takes what comes next, if it is this, in whatever case.
fn takes(letters: &mut Chars<'_>, expected: &str) -> bool {
    let is_next = letters.as_str().get(..expected.len()).is_some_and(|next| next.eq_ignore_ascii_case(expected));
    if is_next {
        letters.by_ref().take(expected.len()).for_each(drop);
    }
    is_next
}

impl Section {
    /// Whether it shows days or times.
    pub fn is_of_moments(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Part(_)))
    }

    /// Takes in a letter, with those behind it that belong to it; none where it is of texts, or cut off.
    fn take(&mut self, letter: char, letters: &mut Chars<'_>) -> Option<()> {
        if matches!(letter, ',' | '.' | '/') && self.is_of_moments() && !self.begins_fraction(letter, letters) {
            self.text(letter.encode_utf8(&mut [0; 4]));
            return Some(());
        }
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
            'G' | 'g' => takes(letters, "eneral").then(|| self.tokens.push(Token::General))?,
            'E' | 'e' => self.exponent(letters),
            '/' => self.tokens.push(Token::Slash),
            '1'..='9' if self.tokens.last() == Some(&Token::Slash) => self.denominator(letter, letters),
            '.' => self.tokens.push(Token::Other),
            _ if letter.is_ascii_alphabetic() => self.part(letter, letters)?,
            '@' => return None,
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

    /// Whether a mark stands between seconds and their decimals.
    fn begins_fraction(&self, mark: char, letters: &Chars<'_>) -> bool {
        let is_behind_seconds = matches!(self.tokens.last(), Some(Token::Part(Part::Second(_) | Part::Elapsed(1, _))));
        mark == '.' && is_behind_seconds && letters.as_str().starts_with('0')
    }

    fn exponent(&mut self, letters: &mut Chars<'_>) {
        let token = match letters.next() {
            Some('+') => Token::Exponent(true),
            Some('-') => Token::Exponent(false),
            _ => Token::Other,
        };
        self.tokens.push(token);
    }

    fn denominator(&mut self, first: char, letters: &mut Chars<'_>) {
        let behind = letters.as_str().chars().take_while(char::is_ascii_digit).count();
        let digits: String = std::iter::once(first).chain(letters.by_ref().take(behind)).collect();
        self.tokens.push(digits.parse().map_or(Token::Other, Token::Denominator));
    }

    /// A letter of a day or a time; none where it is no such.
    fn part(&mut self, letter: char, letters: &mut Chars<'_>) -> Option<()> {
        let part = match letter.to_ascii_lowercase() {
            'a' if takes(letters, "M/PM") => Part::Half(2),
            'a' if takes(letters, "/P") => Part::Half(1),
            'y' => Part::Year(run(letters, letter)),
            'm' => Part::Month(run(letters, letter)),
            'd' => Part::Day(run(letters, letter)),
            'h' => Part::Hour(run(letters, letter)),
            's' => Part::Second(run(letters, letter)),
            _ => return None,
        };
        self.tokens.push(Token::Part(part));
        Some(())
    }

    fn end(&mut self) {
        self.end_commas(false);
        self.tell_minutes();
    }

    /// The letter of months is that of minutes too: behind hours and before seconds.
    fn tell_minutes(&mut self) {
        let parts: Vec<(usize, Part)> = self.tokens.iter().enumerate().filter_map(Token::numbered_part).collect();
        for (place, &(at, part)) in parts.iter().enumerate() {
            let before = place.checked_sub(1).map(|before| parts[before].1);
            let is_behind_hours = matches!(before, Some(Part::Hour(_) | Part::Elapsed(3600, _)));
            let is_before_seconds = matches!(parts.get(place + 1), Some((_, Part::Second(_))));
            if let (Part::Month(letters @ 1..=2), true) = (part, is_behind_hours || is_before_seconds) {
                self.tokens[at] = Token::Part(Part::Minute(letters));
            }
        }
    }

    fn text(&mut self, text: &str) {
        match self.tokens.last_mut() {
            Some(Token::Text(own)) => own.push_str(text),
            _ => self.tokens.push(Token::Text(text.to_owned())),
        }
    }

    /// A colour, a currency, a language, a condition, or a part of a duration; none where it is not understood.
    fn bracket(&mut self, text: &str) -> Option<()> {
        if let Some(currency) = text.strip_prefix('$') {
            let (currency, language) = currency.split_once('-').unwrap_or((currency, ""));
            if language.eq_ignore_ascii_case("41D")
                || language.get(..2).is_some_and(|own| own.eq_ignore_ascii_case("sv"))
            {
                self.tokens.push(Token::Swedish);
            }
            if !currency.is_empty() {
                self.text(currency);
            }
            return Some(());
        }
        let mark = text.trim_start_matches(['<', '>', '=']);
        let (mark, digits) = (&text[..text.len() - mark.len()], mark);
        if !mark.is_empty() {
            self.condition = Some(Condition::of(mark, digits.trim().parse().ok()?)?);
            return Some(());
        }
        let unit = text.chars().next()?.to_ascii_lowercase();
        if text.chars().all(|letter| letter.eq_ignore_ascii_case(&unit)) {
            let seconds = match unit {
                'h' => 3600,
                'm' => 60,
                's' => 1,
                _ => return None,
            };
            self.tokens.push(Token::Part(Part::Elapsed(seconds, text.len())));
        }
        Some(())
    }
}
