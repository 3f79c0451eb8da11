//! A TOML table read key by key, so that every problem is found at once and with its line.
//!
//! What is asked for is what is known: [`Table::finish`] reports every key that nobody asked for.
//! The lists of known keys can therefore never drift from the code that reads them.

use super::suggest::nearest;
use crate::error::{Error, ErrorKind, Place};
use crate::model::{Message, message};
use chrono::NaiveDate;
use std::cell::RefCell;
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// The text of a configuration file and the problems found in it so far.
pub struct Document<'a> {
    file: &'a str,
    text: &'a str,
    problems: RefCell<Vec<(usize, Error)>>,
}

impl<'a> Document<'a> {
    /// A document without problems yet.
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, problems: RefCell::default() }
    }

    /// Remembers a problem at a byte offset.
    pub fn problem(&self, offset: usize, says: Message, way_out: Option<Message>) {
        let line = 1 + self.text.bytes().take(offset).filter(|&b| b == b'\n').count();
        let place = Place::line(self.file, line);
        let mut error = Error::new(ErrorKind::Configuration, place, says);
        error.way_out = way_out.map(Box::new);
        self.problems.borrow_mut().push((offset, error));
    }

    /// The whole line an offset stands on.
    pub fn line_at(&self, offset: usize) -> &'a str {
        let offset = offset.min(self.text.len());
        let start = self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
        self.text[start..].lines().next().unwrap_or("")
    }

    /// Every problem, in the order of the file.
    pub fn into_problems(self) -> Vec<Error> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|(offset, _)| *offset);
        problems.into_iter().map(|(_, error)| error).collect()
    }
}

/// One table of a document.
pub struct Table<'a> {
    document: &'a Document<'a>,
    entries: &'a DeTable<'a>,
    /// As a reader would write it: `[payroll.columns]`, `[[system]]`.
    name: String,
    /// Where the table starts.
    offset: usize,
    asked: RefCell<Vec<&'static str>>,
}

/// A value with the place it stands at.
pub type Placed<T> = (T, usize);

impl<'a> Table<'a> {
    /// A table under a name.
    pub fn new(document: &'a Document<'a>, table: &'a Spanned<DeTable<'a>>, name: &str) -> Self {
        Self::over(document, table.get_ref(), name.to_owned(), table.span().start)
    }

    fn over(document: &'a Document<'a>, entries: &'a DeTable<'a>, name: String, offset: usize) -> Self {
        Self { document, entries, name, offset, asked: RefCell::default() }
    }

    /// Remembers a problem with this table as a whole.
    pub fn problem(&self, says: Message) {
        self.document.problem(self.offset, says, None);
    }

    /// Remembers a problem at a value's place.
    pub fn problem_at(&self, offset: usize, says: Message, way_out: Option<Message>) {
        self.document.problem(offset, says, way_out);
    }

    fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().push(key);
        self.entries.get(key)
    }

    fn wrong_type(&self, key: &str, value: &Spanned<DeValue<'_>>, sv: &str, en: &str) {
        let says = message!("{key} ska vara {sv}", "{key} must be {en}");
        self.document.problem(value.span().start, says, None);
    }

    /// A text with its place.
    pub fn placed_text(&self, key: &'static str) -> Option<Placed<String>> {
        let value = self.get(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, value, "en text inom citattecken", "a text in quotes");
            return None;
        };
        if text.chars().any(char::is_control) {
            let says = message!(
                "{key} innehåller ett styrtecken; \\t och \\n i en sökväg blir tabb och radbrytning",
                "{key} holds a control character; \\t and \\n in a path become tab and line break"
            );
            self.document.problem(value.span().start, says, Some(backslash_help()));
            return None;
        }
        if text.trim().is_empty() {
            let says = message!("{key} är tom", "{key} is empty");
            self.document.problem(value.span().start, says, None);
            return None;
        }
        Some((text.trim().to_owned(), value.span().start))
    }

    /// A text.
    pub fn text(&self, key: &'static str) -> Option<String> {
        self.placed_text(key).map(|(text, _)| text)
    }

    /// A list of texts; empty where absent.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        self.placed_texts(key).into_iter().map(|(text, _)| text).collect()
    }

    /// A list of texts with their places.
    pub fn placed_texts(&self, key: &'static str) -> Vec<Placed<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "en lista, [\"a\", \"b\"]", "a list, [\"a\", \"b\"]");
            return Vec::new();
        };
        array.iter().filter_map(|item| self.item_text(key, item)).collect()
    }

    fn item_text(&self, key: &str, item: &Spanned<DeValue<'_>>) -> Option<Placed<String>> {
        match item.get_ref().as_str() {
            Some(text) => Some((text.to_owned(), item.span().start)),
            None => {
                self.wrong_type(key, item, "en lista av texter", "a list of texts");
                None
            }
        }
    }

    /// True or false.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(key, value, "true eller false", "true or false");
        }
        flag
    }

    /// A date without quotes, or in them.
    pub fn date(&self, key: &'static str) -> Option<NaiveDate> {
        let value = self.get(key)?;
        let text = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        let date = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok();
        if date.is_none() {
            self.wrong_type(key, value, "ett datum, 2026-11-30", "a date, 2026-11-30");
        }
        date
    }

    /// A whole number inside a range.
    pub fn integer(&self, key: &'static str, range: RangeInclusive<i64>) -> Option<i64> {
        let value = self.get(key)?;
        let number = value.get_ref().as_integer();
        let number = number.and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        let fitting = number.filter(|n| range.contains(n));
        if fitting.is_none() {
            let (low, high) = (range.start(), range.end());
            let (sv, en) = if *high == i64::MAX {
                (format!("ett heltal, minst {low}"), format!("a whole number, at least {low}"))
            } else {
                (format!("ett heltal från {low} till {high}"), format!("a whole number from {low} to {high}"))
            };
            self.wrong_type(key, value, &sv, &en);
        }
        fitting
    }

    /// A probability between 0 and 1.
    pub fn probability(&self, key: &'static str) -> Option<f64> {
        let value = self.get(key)?;
        let number = match value.get_ref() {
            DeValue::Float(number) => number.as_str().parse().ok(),
            DeValue::Integer(number) => number.as_str().parse().ok(),
            _ => None,
        };
        let fitting = number.filter(|n: &f64| (0.0..=1.0).contains(n));
        if fitting.is_none() {
            self.wrong_type(key, value, "ett tal mellan 0 och 1", "a number between 0 and 1");
        }
        fitting
    }

    /// One of some words.
    pub fn choice<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let (word, offset) = self.placed_text(key)?;
        let found = choices.iter().find(|(name, _)| *name == word).map(|(_, choice)| *choice);
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let list = names.join(", ");
            let says = message!("{key} kan inte vara \"{word}\"", "{key} cannot be \"{word}\"");
            let way_out = message!("Möjliga värden: {list}", "Possible values: {list}");
            self.document.problem(offset, says, Some(way_out));
        }
        found
    }

    /// A table inside this one.
    pub fn table(&self, key: &'static str) -> Option<Table<'a>> {
        let value = self.get(key)?;
        let name = self.inner_name(key);
        let Some(entries) = value.get_ref().as_table() else {
            self.wrong_type(key, value, &format!("en tabell, [{name}]"), &format!("a table, [{name}]"));
            return None;
        };
        Some(Self::over(self.document, entries, format!("[{name}]"), value.span().start))
    }

    /// Tables of an array, `[[name]]`.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let name = self.inner_name(key);
        let items: Option<&'a DeArray<'a>> = value.get_ref().as_array();
        let tables: Option<Vec<Table<'a>>> =
            items.and_then(|items| items.iter().map(|item| self.item_table(item, &name)).collect());
        tables.unwrap_or_else(|| {
            let (sv, en) = (format!("tabeller, [[{name}]]"), format!("tables, [[{name}]]"));
            self.wrong_type(key, value, &sv, &en);
            Vec::new()
        })
    }

    fn item_table(&self, item: &'a Spanned<DeValue<'a>>, name: &str) -> Option<Table<'a>> {
        let entries = item.get_ref().as_table()?;
        Some(Self::over(self.document, entries, format!("[[{name}]]"), item.span().start))
    }

    /// Every key of the table that is free to choose, with its text (for `columns` and `rules`).
    pub fn free_texts(&self) -> Vec<(String, usize, Placed<String>)> {
        let mut texts = Vec::new();
        for (key, value) in self.entries {
            match value.get_ref().as_str() {
                Some(text) => {
                    let placed = (text.to_owned(), value.span().start);
                    texts.push((key.get_ref().to_string(), key.span().start, placed));
                }
                None => self.wrong_type(key.get_ref(), value, "en text", "a text"),
            }
        }
        texts
    }

    /// Every key of the table that is free to choose, with its text or its list of texts (for `columns`).
    pub fn free_lists(&self) -> Vec<(String, usize, Vec<String>)> {
        let mut lists = Vec::new();
        for (key, value) in self.entries {
            let one = |item: &Spanned<DeValue<'_>>| item.get_ref().as_str().map(str::to_owned);
            let texts: Option<Vec<String>> = match value.get_ref().as_array() {
                Some(items) => items.iter().map(one).collect(),
                None => one(value).map(|text| vec![text]),
            };
            match texts {
                Some(texts) => lists.push((key.get_ref().to_string(), key.span().start, texts)),
                None => self.wrong_type(
                    key.get_ref(),
                    value,
                    "en text eller en lista av texter",
                    "a text or a list of texts",
                ),
            }
        }
        lists
    }

    /// A key of the contract that this version does not carry out yet: an error, never silence.
    pub fn later(&self, key: &'static str) {
        if let Some(value) = self.get(key) {
            let name = &self.name;
            let says = message!(
                "{key} i {name} fungerar ännu inte i den här versionen av samkor",
                "{key} in {name} does not work yet in this version of samkor"
            );
            let way_out = message!(
                "Ta bort eller kommentera bort raden; resten av körningen påverkas inte.",
                "Remove the line or comment it out; the rest of the run is not affected."
            );
            self.document.problem(value.span().start, says, Some(way_out));
        }
    }

    /// Whether a key holds exactly this text.
    pub fn entry_is(&self, key: &'static str, text: &str) -> bool {
        self.get(key).is_some_and(|value| value.get_ref().as_str() == Some(text))
    }

    /// A single character such as a delimiter; "tab" stands for a tab.
    pub fn character(&self, key: &'static str) -> Option<char> {
        let value = self.get(key)?;
        let text = value.get_ref().as_str().unwrap_or("");
        let mut letters = text.chars();
        match (text, letters.next(), letters.next()) {
            ("tab", ..) => Some('\t'),
            (_, Some(letter), None) => Some(letter),
            _ => {
                self.wrong_type(key, value, "ett tecken, \";\"", "one character, \";\"");
                None
            }
        }
    }

    /// Reports every key nobody asked for.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for (key, _) in self.entries {
            let name = key.get_ref().as_ref();
            if asked.contains(&name) {
                continue;
            }
            let table = &self.name;
            let says = message!("okänd nyckel \"{name}\" i {table}", "unknown key \"{name}\" in {table}");
            let way_out = nearest(name, asked.iter().copied())
                .map(|near| message!("Menade du \"{near}\"?", "Did you mean \"{near}\"?"));
            self.document.problem(key.span().start, says, way_out);
        }
    }

    fn inner_name(&self, key: &str) -> String {
        match self.name.trim_matches(['[', ']']) {
            "samkor.toml" => key.to_owned(),
            outer => format!("{outer}.{key}"),
        }
    }
}

/// What to write instead of a backslash.
pub fn backslash_help() -> Message {
    message!(
        "Bakstreck i text inom \"…\" betyder något annat i TOML. Skriv sökvägen med snedstreck, \
         \"C:/indata/lon.csv\", eller inom enkla citattecken, 'C:\\indata\\lon.csv'.",
        "A backslash in text within \"…\" means something else in TOML. Write the path with slashes, \
         \"C:/indata/lon.csv\", or in single quotes, 'C:\\indata\\lon.csv'."
    )
}
