//! Swedish and English side by side, so that neither can be written without the other.

use std::fmt;

/// The two languages a recipient can read a run in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Swedish, the default.
    #[default]
    Sv,
    /// English.
    En,
}

impl Language {
    /// Reads the configuration's and the command line's words for a language.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "sv" => Some(Self::Sv),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The code written in configuration and in document properties.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sv => "sv",
            Self::En => "en",
        }
    }
}

/// A fixed text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Swedish.
    pub sv: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    /// Both wordings of one text.
    pub const fn new(sv: &'static str, en: &'static str) -> Self {
        Self { sv, en }
    }

    /// The wording in one language.
    pub const fn get(self, language: Language) -> &'static str {
        match language {
            Language::Sv => self.sv,
            Language::En => self.en,
        }
    }
}

/// A text with values in it, in both languages. Made with [`message!`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}

impl Message {
    /// The wording in one language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Sv => &self.sv,
            Language::En => &self.en,
        }
    }

    /// Both wordings, Swedish first, to put into another message.
    pub fn both(self) -> (String, String) {
        (self.sv, self.en)
    }

    /// The same words in both languages (a library's own message, a file's name).
    pub fn same(words: impl fmt::Display) -> Self {
        let words = words.to_string();
        Self { sv: words.clone(), en: words }
    }
}

impl From<Text> for Message {
    fn from(text: Text) -> Self {
        Self { sv: text.sv.to_owned(), en: text.en.to_owned() }
    }
}

/// Writes a [`Message`]: the Swedish format string, then the English one, with inline arguments.
macro_rules! message {
    ($sv:literal, $en:literal $(,)?) => {
        $crate::model::Message { sv: format!($sv), en: format!($en) }
    };
}
pub(crate) use message;

impl Language {
    /// A number as running text has it: "42 830" with a space that no line breaks at, in English "42,830". Four digits stand
    /// together.
    pub fn grouped(self, number: impl TryInto<i64>) -> String {
        let number = number.try_into().unwrap_or(i64::MAX).to_string();
        let (sign, digits) = number.split_at(usize::from(number.starts_with('-')));
        if digits.len() < 5 {
            return number;
        }
        let mark = Text::new("\u{a0}", ",").get(self);
        let first = match digits.len() % 3 {
            0 => 3,
            rest => rest,
        };
        let mut told = format!("{sign}{}", &digits[..first]);
        for from in (first..digits.len()).step_by(3) {
            told.push_str(mark);
            told.push_str(&digits[from..from + 3]);
        }
        told
    }

    /// As many of some names as have room in so many letters, at least one, and how many more there are: a cell that names
    /// sixty systems is not read.
    pub fn some_of(self, names: &[&str], room: usize) -> String {
        let all = join_words(names, self);
        if all.chars().count() <= room || names.len() < 2 {
            return all;
        }
        let some = |most: usize| {
            let (more, list) = (names.len() - most, names[..most].join(", "));
            match self {
                Language::Sv => format!("{list} och {more} till"),
                Language::En => format!("{list} and {more} more"),
            }
        };
        let fitting = (1..names.len()).rev().map(some).find(|told| told.chars().count() <= room);
        fitting.unwrap_or_else(|| some(1))
    }
}

/// Things by what is said of them: each saying once, in the order in which it was first said.
pub fn by_saying<S: PartialEq, T>(said: impl IntoIterator<Item = (S, T)>) -> Vec<(S, Vec<T>)> {
    let mut told: Vec<(S, Vec<T>)> = Vec::new();
    for (says, about) in said {
        match told.iter_mut().find(|own| own.0 == says) {
            Some(own) => own.1.push(about),
            None => told.push((says, vec![about])),
        }
    }
    told
}

/// "1 dag", "2 dagar": a number with its noun.
pub fn counted(number: impl TryInto<i64>, sv: [&str; 2], en: [&str; 2]) -> Message {
    let number = number.try_into().unwrap_or(i64::MAX);
    let many = usize::from(number != 1);
    let told = |noun: [&str; 2], language: Language| format!("{} {}", language.grouped(number), noun[many]);
    Message { sv: told(sv, Language::Sv), en: told(en, Language::En) }
}

/// A number of days.
pub fn days(number: i64) -> Message {
    counted(number, ["dag", "dagar"], ["day", "days"])
}

/// A number of rows.
pub fn rows(number: impl TryInto<i64>) -> Message {
    counted(number, ["rad", "rader"], ["row", "rows"])
}

/// With its first letter in lower case, to stand inside a sentence.
pub fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// With its first letter in upper case, to begin a line.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Joins words as a person would: "a, b och c".
pub fn join_words(words: &[&str], language: Language) -> String {
    let and = Text::new(" och ", " and ").get(language);
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{}{and}{last}", first.join(", ")),
    }
}

/// How many of a hundred, rounded; of what is not all never a hundred, and of what is something never nought. `None` of
/// nothing.
pub fn percent(part: u64, all: u64) -> Option<u64> {
    match part {
        _ if all == 0 => None,
        0 => Some(0),
        _ if part >= all => Some(100),
        _ => Some(((part * 200 + all) / (all * 2)).clamp(1, 99)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two thirds are 67 of a hundred; what is not all, or not none, never reads as if it were.
    #[test]
    fn percents_are_rounded() {
        let of = |part, all| percent(part, all).unwrap();
        assert_eq!([of(22, 33), of(119, 128), of(1, 200), of(9_499, 10_000)], [67, 93, 1, 95]);
        assert_eq!([of(999, 1000), of(1, 1000), of(0, 7), of(7, 7)], [99, 1, 0, 100]);
        assert_eq!(percent(0, 0), None);
    }

    /// A list reads as a sentence in either language.
    #[test]
    fn words_are_joined_as_a_person_would() {
        assert_eq!(join_words(&["a"], Language::Sv), "a");
        assert_eq!(join_words(&["a", "b", "c"], Language::Sv), "a, b och c");
        assert_eq!(join_words(&["a", "b"], Language::En), "a and b");
    }

    /// What is said of several things is told once, where it was first said.
    #[test]
    fn sayings_are_told_once() {
        assert_eq!(by_saying([("x", 1), ("y", 2), ("x", 3)]), [("x", vec![1, 3]), ("y", vec![2])]);
    }

    /// Many names are told by those that have room and a number; one is told however long it is.
    #[test]
    fn many_names_are_told_by_the_first() {
        assert_eq!(Language::Sv.some_of(&["Ett", "Två", "Tre"], 20), "Ett, Två och Tre");
        assert_eq!(Language::Sv.some_of(&["Ett", "Två", "Tre", "Fyra"], 20), "Ett, Två och 2 till");
        assert_eq!(Language::En.some_of(&["Ett", "Två", "Tre", "Fyra"], 3), "Ett and 3 more");
        assert_eq!(Language::Sv.some_of(&["Kommunen"], 3), "Kommunen");
    }

    /// From five digits on, three stand together, with the mark of the language between.
    #[test]
    fn large_numbers_are_grouped() {
        let told = |number: i64| [Language::Sv.grouped(number), Language::En.grouped(number)];
        assert_eq!(told(9_999), ["9999", "9999"]);
        assert_eq!(told(42_830), ["42\u{a0}830", "42,830"]);
        assert_eq!(told(1_234_567), ["1\u{a0}234\u{a0}567", "1,234,567"]);
        assert_eq!(told(-123_456), ["-123\u{a0}456", "-123,456"]);
    }
}
