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

/// "1 dag", "2 dagar": a number with its noun.
pub fn counted(number: impl TryInto<i64>, sv: [&str; 2], en: [&str; 2]) -> Message {
    let number = number.try_into().unwrap_or(i64::MAX);
    let many = usize::from(number != 1);
    Message { sv: format!("{number} {}", sv[many]), en: format!("{number} {}", en[many]) }
}

/// A number of days.
pub fn days(number: i64) -> Message {
    counted(number, ["dag", "dagar"], ["day", "days"])
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A list reads as a sentence in either language.
    #[test]
    fn words_are_joined_as_a_person_would() {
        assert_eq!(join_words(&["a"], Language::Sv), "a");
        assert_eq!(join_words(&["a", "b", "c"], Language::Sv), "a, b och c");
        assert_eq!(join_words(&["a", "b"], Language::En), "a and b");
    }
}
