//! A TOML table read key by key, so that every problem is found at once and with its line.
//!
//! What is asked for is what is known: [`Table::finish`] reports every key that nobody asked for.
//! The lists of known keys can therefore never drift from the code that reads them.

use super::document::{Document, Reach, Stray};
use super::suggest::{nearest, of_swedish};
use crate::model::{Message, SystemId, message};
use chrono::NaiveDate;
use std::cell::RefCell;
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// The name of the file's own level, above every table.
pub const ROOT: &str = "samkor.toml";

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

/// A key that is a text, or the heading of tables.
pub enum TextOrTables<'a> {
    /// Neither, or something that was told to be wrong.
    Nothing,
    /// `key = "text"`.
    Text(String),
    /// `[[name.key]]`.
    Tables(Vec<Table<'a>>),
}

impl<'a> Table<'a> {
    /// A table under a name.
    pub fn new(document: &'a Document<'a>, table: &'a Spanned<DeTable<'a>>, name: &str) -> Self {
        Self::over(document, table.get_ref(), name.to_owned(), table.span().start)
    }

    fn over(document: &'a Document<'a>, entries: &'a DeTable<'a>, name: String, offset: usize) -> Self {
        // A table whose keys are free to choose is known by its heading alone.
        document.asked(&name, &[]);
        Self { document, entries, name, offset, asked: RefCell::default() }
    }

    /// Remembers a problem with this table as a whole.
    pub fn problem(&self, says: Message) {
        self.document.lack(self.offset, says);
    }

    /// Its heading, as it is written: `[payroll.columns]`, `[[system]]`.
    pub fn heading(&self) -> &str {
        &self.name
    }

    /// Remembers a problem at a value's place.
    pub fn problem_at(&self, offset: usize, says: Message, way_out: Option<Message>) {
        self.document.problem(offset, says, way_out);
    }

    /// Remembers a problem at a key's value, or where the table begins if the key is left out.
    pub fn problem_with(&self, key: &'static str, says: Message) {
        let offset = self.get(key).map_or(self.offset, |value| value.span().start);
        self.document.problem(offset, says, None);
    }

    fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().push(key);
        self.entries.get(key)
    }

    fn wrong_type(&self, key: &str, value: &Spanned<DeValue<'_>>, sv: &str, en: &str) {
        let span = value.span();
        let found = self.document.excerpt(span.clone());
        let says = message!("{key} ska vara {sv}, men där står {found}", "{key} must be {en}, but it says {found}");
        self.document.problem(span.start, says, None);
    }

    /// Tells of a heading with the wrong number of brackets. What stands under it is not read, so that nothing is said to be
    /// missing beside it.
    fn wrong_brackets(&self, value: &Spanned<DeValue<'_>>, wrong: &str, right: &str) {
        let says = message!("rubriken ska vara {right}, inte {wrong}", "the heading must be {right}, not {wrong}");
        self.document.mistake(value.span().start, says, None);
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
            Some(text) if text.trim().is_empty() => {
                let says = message!("{key} innehåller en tom text", "{key} holds an empty text");
                self.document.problem(item.span().start, says, None);
                None
            }
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
        let heading = format!("[{name}]");
        let Some(entries) = value.get_ref().as_table() else {
            if is_tables(value.get_ref()) {
                self.wrong_brackets(value, &format!("[{heading}]"), &heading);
            } else {
                self.wrong_type(key, value, &format!("en tabell, {heading}"), &format!("a table, {heading}"));
            }
            return None;
        };
        Some(Self::over(self.document, entries, heading, value.span().start))
    }

    /// Tables of an array, `[[name]]`.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let name = self.inner_name(key);
        let items: Option<&'a DeArray<'a>> = value.get_ref().as_array();
        let tables: Option<Vec<Table<'a>>> =
            items.and_then(|items| items.iter().map(|item| self.item_table(item, &name)).collect());
        tables.unwrap_or_else(|| {
            if value.get_ref().is_table() {
                self.wrong_brackets(value, &format!("[{name}]"), &format!("[[{name}]]"));
            } else {
                let (sv, en) = (format!("tabeller, [[{name}]]"), format!("tables, [[{name}]]"));
                self.wrong_type(key, value, &sv, &en);
            }
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

    /// Every key of a table whose keys are free to choose (`columns`), with the place of the key.
    pub fn free_keys(&self) -> Vec<Placed<&'a str>> {
        self.entries.iter().map(|(key, _)| (key.get_ref().as_ref(), key.span().start)).collect()
    }

    /// The text or the list of texts of a free key, each with its place.
    pub fn free_list(&self, key: &str) -> Option<Vec<Placed<String>>> {
        let value = self.entries.get(key)?;
        let one = |item: &Spanned<DeValue<'_>>| Some((item.get_ref().as_str()?.to_owned(), item.span().start));
        let texts: Option<Vec<_>> = match value.get_ref().as_array() {
            Some(items) => items.iter().map(one).collect(),
            None => one(value).map(|text| vec![text]),
        };
        if texts.is_none() {
            self.wrong_type(key, value, "en text eller en lista av texter", "a text or a list of texts");
        }
        texts
    }

    /// A text, or tables under one heading.
    pub fn text_or_tables(&self, key: &'static str) -> TextOrTables<'a> {
        let Some(value) = self.get(key) else { return TextOrTables::Nothing };
        let name = self.inner_name(key);
        match value.get_ref() {
            tables if is_tables(tables) => TextOrTables::Tables(self.tables(key)),
            DeValue::Array(_) => {
                let says = message!(
                    "{key} ska vara en text; flera filer skrivs {key}s = [\"a\", \"b\"]",
                    "{key} must be a text; several files are written {key}s = [\"a\", \"b\"]"
                );
                self.document.problem(value.span().start, says, None);
                TextOrTables::Nothing
            }
            DeValue::Table(_) => {
                self.wrong_brackets(value, &format!("[{name}]"), &format!("[[{name}]]"));
                TextOrTables::Nothing
            }
            _ => self.text(key).map_or(TextOrTables::Nothing, TextOrTables::Text),
        }
    }

    /// The id of a system, with its place. One that can be no id is told.
    pub fn system_id(&self, key: &'static str) -> Option<Placed<SystemId>> {
        let (text, offset) = self.placed_text(key)?;
        let id = SystemId::new(&text);
        if id.is_none() {
            let says = message!(
                "{key} \"{text}\" kan inte användas: bokstäver a–z, siffror, - och _, högst 64 tecken",
                "{key} \"{text}\" cannot be used: letters a–z, digits, - and _, at most 64 characters"
            );
            let way_out = message!(
                "Namn som Windows har för sig självt går inte heller: con, prn, aux, nul, com1, lpt1 …",
                "Nor can names that Windows keeps for itself: con, prn, aux, nul, com1, lpt1 …"
            );
            self.document.problem(offset, says, Some(way_out));
        }
        id.map(|id| (id, offset))
    }

    /// Whether a key is there at all.
    pub fn has(&self, key: &'static str) -> bool {
        self.get(key).is_some()
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

    /// Hands on every key nobody asked for.
    pub fn finish(self) {
        let asked = self.asked.take();
        self.document.asked(&self.name, &asked);
        for (key, _) in self.entries {
            let name = key.get_ref().as_ref();
            if asked.contains(&name) {
                continue;
            }
            let table = &self.name;
            let says = message!("okänd nyckel \"{name}\" i {table}", "unknown key \"{name}\" in {table}");
            let near = of_swedish(name, &asked).or_else(|| nearest(name, asked.iter().copied()));
            let way_out = near.map(|near| message!("Menade du \"{near}\"?", "Did you mean \"{near}\"?"));
            self.stray(name, key.span().start, Reach::Anywhere, says, way_out);
        }
    }

    /// Hands on a key that nothing here is called; another table may know it.
    pub fn stray(&self, key: &str, offset: usize, reach: Reach, says: Message, way_out: Option<Message>) {
        let (key, table) = (key.to_owned(), self.name.clone());
        self.document.stray(Stray { key, offset, table, reach, says, way_out });
    }

    fn inner_name(&self, key: &str) -> String {
        match self.name.trim_matches(['[', ']']) {
            ROOT => key.to_owned(),
            outer => format!("{outer}.{key}"),
        }
    }
}

/// Whether a value is what `[[name]]` makes.
fn is_tables(value: &DeValue<'_>) -> bool {
    value.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(|item| item.get_ref().is_table()))
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
