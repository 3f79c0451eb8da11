//! Lists, tables on one line, and the brackets around them.

use super::Told;
use super::line::{Spot, outside_quotes, without_comment};
use crate::model::message;

/// A list or a table that is never closed. It swallows all that follows, so it is told where it opens.
pub fn unclosed(text: &str, mistakes: &[toml::de::Error]) -> Option<(usize, Told)> {
    let says = |words: &str| mistakes.iter().any(|mistake| mistake.message().contains(words));
    if says("invalid multi-line") {
        return three_quotes(text);
    }
    let swallowed = ["unclosed array", "unclosed inline table", "unexpected `=` in array", "missing comma between"];
    if says("unclosed array table") || !swallowed.into_iter().any(says) {
        return None;
    }
    let (opened, bracket) = never_closed(text)?;
    let line = text[opened..].lines().next().unwrap_or("").trim();
    let close = if bracket == '[' { ']' } else { '}' };
    let told = Told::new(
        message!("{line} stängs aldrig", "{line} is never closed"),
        message!("Skriv {close} efter det sista värdet.", "Write {close} after the last value."),
    );
    Some((opened, told))
}

/// A text that three quotes open and nothing closes.
fn three_quotes(text: &str) -> Option<(usize, Told)> {
    let opened = ["\"\"\"", "'''"].into_iter().filter_map(|quotes| text.rfind(quotes)).max()?;
    let told = Told::new(
        message!("texten med tre citattecken stängs aldrig", "the text in three quotes is never closed"),
        message!("Skriv tre citattecken efter texten också.", "Write three quotes after the text as well."),
    );
    Some((opened, told))
}

/// The first bracket that still stands open where the next key or heading begins, or where the text ends.
fn never_closed(text: &str) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let code = without_comment(line);
        // Keys may stand inside a table on several lines, but not inside a list.
        let ends = match open.last() {
            Some((_, '[')) => begins_a_key(code) || is_heading(code),
            Some(_) => is_heading(code),
            None => false,
        };
        if ends {
            break;
        }
        if !open.is_empty() || !code.starts_with('[') {
            brackets(code, start + (line.len() - line.trim_start().len()), &mut open);
        }
        start += line.len();
    }
    open.first().copied()
}

/// Opens and closes what a line opens and closes, outside its quotes.
fn brackets(code: &str, offset: usize, open: &mut Vec<(usize, char)>) {
    for (at, c) in outside_quotes(code) {
        match c {
            '[' | '{' => open.push((offset + at, c)),
            ']' | '}' => drop(open.pop()),
            _ => {}
        }
    }
}

/// `key = …`: no item of a list looks so.
fn begins_a_key(code: &str) -> bool {
    let key = outside_quotes(code).find(|(_, c)| *c == '=').map(|(at, _)| code[..at].trim());
    let bare = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    key.is_some_and(bare)
}

/// `[name]` without quotes.
fn is_heading(code: &str) -> bool {
    let name = code.trim_matches(['[', ']']);
    let letters = |c: char| c.is_alphabetic() || matches!(c, '.' | '_');
    code.starts_with('[') && code.ends_with(']') && name.starts_with(char::is_alphabetic) && name.chars().all(letters)
}

/// A table on one line, `{ system = "a", role = "b" }`.
pub fn inline_table(spot: &Spot<'_>) -> Option<Told> {
    spot.value.starts_with('{').then(|| {
        let value = spot.value;
        Told::new(
            message!("tabellen {value} kan inte tolkas", "the table {value} cannot be read"),
            message!(
                "Skriv nyckel = värde med komma emellan: {{ system = \"ekonomi\", role = \"Attestant\" }}",
                "Write key = value with commas between: {{ system = \"ekonomi\", role = \"Attestant\" }}"
            ),
        )
    })
}

/// Commas, semicolons and brackets that are missing or too many.
pub fn separators(spot: &Spot<'_>) -> Option<Told> {
    if spot.says("extra comma") {
        return Some(Told::new(
            message!("listan har ett komma för mycket", "the list has a comma too many"),
            message!("Ta bort det ena av de två kommatecknen.", "Remove one of the two commas."),
        ));
    }
    if spot.says("unexpected `=` in array") {
        return Some(Told::new(
            message!("ett likhetstecken står i en lista", "an equals sign stands in a list"),
            message!("En lista har bara värden: [\"a\", \"b\"]", "A list has only values: [\"a\", \"b\"]"),
        ));
    }
    if spot.says("missing comma between array elements") {
        let rest = spot.rest;
        return Some(Told::new(
            message!("komma saknas i listan före {rest}", "a comma is missing in the list before {rest}"),
            message!(
                "Värdena i en lista skiljs åt med komma: [\"a\", \"b\"]",
                "The values of a list are divided by commas: [\"a\", \"b\"]"
            ),
        ));
    }
    let key = spot.key?;
    without_brackets(key, spot.value).or_else(|| two_on_a_line(spot))
}

/// `key = value,` and `key = value;`.
pub fn trailing(spot: &Spot<'_>) -> Option<Told> {
    let (key, value) = (spot.key?, spot.value);
    let whole = value.trim_end_matches([',', ';']).trim_end();
    let (_, last) = value.char_indices().next_back().filter(|_| whole.len() < value.len() && !has_separator(whole))?;
    Some(Told::new(
        message!("raden slutar med {last}", "the line ends with {last}"),
        message!("Skriv {key} = {whole}", "Write {key} = {whole}"),
    ))
}

/// `key = "a", "b"`, and a list with one bracket of two.
fn without_brackets(key: &str, value: &str) -> Option<Told> {
    let inner = value.trim_start_matches(['[', '(']).trim_end_matches([']', ')']).trim();
    let round = value.starts_with('(') && value.ends_with(')');
    let closed_only = !value.starts_with('[') && value.ends_with(']');
    let too_many = value.starts_with('[') && value.ends_with("]]") && !inner.contains('[');
    let several = inner.split([',', ';']).map(str::trim).collect::<Vec<_>>();
    let texts = several.len() > 1 && several.iter().all(|part| part.starts_with(['"', '\'']) && !part.contains('='));
    (closed_only || too_many || round || texts && !value.starts_with('[')).then(|| {
        let list = several.join(", ");
        Told::new(
            message!("{value} är ingen lista", "{value} is no list"),
            message!("Skriv {key} = [{list}]", "Write {key} = [{list}]"),
        )
    })
}

/// `a = 1, b = 2`.
fn two_on_a_line(spot: &Spot<'_>) -> Option<Told> {
    let equals = outside_quotes(spot.code).filter(|(_, c)| *c == '=').count();
    (equals > 1 && has_separator(spot.value)).then(|| {
        let line = spot.code;
        Told::new(
            message!("två värden står på en rad: {line}", "two values stand on one line: {line}"),
            message!("Skriv en rad för varje nyckel.", "Write a line for each key."),
        )
    })
}

fn has_separator(value: &str) -> bool {
    outside_quotes(value).any(|(_, c)| matches!(c, ',' | ';'))
}
