//! One line of TOML as a person wrote it, with the place where the parser gave up.

use std::ops::Range;

/// The line of a mistake, taken apart as far as it can be.
pub struct Spot<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Where the line begins in it.
    pub start: usize,
    /// The line.
    pub line: &'a str,
    /// The line without a comment.
    pub code: &'a str,
    /// What stands before the first `=`.
    pub key: Option<&'a str>,
    /// What stands after it.
    pub value: &'a str,
    /// What the parser stumbled over, where it says so.
    pub token: &'a str,
    /// What stands on the line from the place of the mistake on.
    pub rest: &'a str,
    says: Vec<String>,
}

impl<'a> Spot<'a> {
    /// The line around an offset, with everything the parser says of it.
    pub fn new(text: &'a str, at: usize, mistakes: &[&toml::de::Error]) -> Self {
        let start = text[..floor(text, at)].rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..].lines().next().unwrap_or("");
        let code = without_comment(line);
        let (key, value) = match split_at_equals(code) {
            Some(at) => (Some(code[..at].trim()), code[at + 1..].trim()),
            None => (None, ""),
        };
        let of_value = |mistake: &&&toml::de::Error| !is_about_keys(mistake.message());
        let spans = mistakes.iter().filter(of_value).filter_map(|mistake| mistake.span());
        let token = spans.filter_map(|span| text.get(span)).map(str::trim).find(|token| !token.is_empty());
        let rest = line.get(floor(text, at).saturating_sub(start).min(line.len())..).unwrap_or("").trim();
        let says = mistakes.iter().map(|mistake| mistake.message().to_owned()).collect();
        Self { text, start, line, code, key, value, token: token.unwrap_or(""), rest, says }
    }

    /// Whether the parser says something that holds these words.
    pub fn says(&self, words: &str) -> bool {
        self.says.iter().any(|said| said.contains(words))
    }

    /// The value that is wrong: the whole, or the item of a list that the parser stumbled over.
    pub fn wrong_value(&self) -> &'a str {
        let inside = self.key.is_none() || self.value.starts_with(['[', '{']);
        if inside && !self.token.is_empty() { self.token } else { self.value }
    }

    /// The line to write instead, or the value alone where it stands in a list.
    pub fn written(&self, value: &str) -> String {
        match self.key {
            Some(key) if !self.value.starts_with(['[', '{']) => format!("{key} = {value}"),
            _ => value.to_owned(),
        }
    }

    /// The heading that the line stands under, with its brackets.
    pub fn heading(&self) -> Option<&'a str> {
        self.text[..self.start].lines().rev().map(without_comment).map(str::trim).find(|line| line.starts_with('['))
    }
}

fn is_about_keys(said: &str) -> bool {
    said.starts_with("invalid unquoted key") || said.starts_with("key with no value")
}

/// The nearest place at or before an offset where a character begins.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A text as TOML writes it. What holds a double quote is put in single ones.
pub fn quoted(text: &str) -> String {
    let text = text.replace('\\', "/");
    if text.contains('"') && !text.contains('\'') {
        format!("'{text}'")
    } else {
        format!("\"{}\"", text.replace('"', ""))
    }
}

/// The line up to a `#` that stands in no quotes.
pub fn without_comment(line: &str) -> &str {
    let comment = outside_quotes(line).find(|(_, c)| *c == '#');
    comment.map_or(line, |(at, _)| &line[..at]).trim()
}

fn split_at_equals(code: &str) -> Option<usize> {
    outside_quotes(code).find(|(_, c)| *c == '=').map(|(at, _)| at)
}

/// The characters of a line that stand in no straight quotes; a quote that is never closed opens nothing.
pub fn outside_quotes(line: &str) -> impl Iterator<Item = (usize, char)> {
    let inside = quoted_parts(line);
    line.char_indices().filter(move |(at, _)| !inside.iter().any(|part| part.contains(at)))
}

/// The parts of a line in straight quotes, with their quotes.
pub fn quoted_parts(line: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = 0;
    while let Some(start) = line[from..].find(['"', '\'']).map(|at| from + at) {
        match closing(&line[start..]) {
            Some(length) => {
                parts.push(start..start + length);
                from = start + length;
            }
            None => from = start + 1,
        }
    }
    parts
}

/// How long a text is that begins with a quote, both quotes counted; none where it is never closed.
fn closing(text: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    let (_, quote) = letters.next()?;
    let mut escaped = false;
    letters.find_map(|(at, c)| {
        let closes = c == quote && !escaped;
        escaped = quote == '"' && c == '\\' && !escaped;
        closes.then_some(at + 1)
    })
}
