//! Several values in one cell.

/// What a comma is in a column's cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comma {
    /// It parts values.
    Parts,
    /// It belongs to the value, as in "Lind, Eva".
    #[allow(dead_code)] // For columns that are not of roles.
    Belongs,
}

/// The values of a cell, parted by line breaks, `;` and `|`, and by commas where they part. A distinguished name is
/// never cut at the commas inside it, and what a program writes around a list is taken off.
pub fn split_values(text: &str, comma: Comma) -> Vec<&str> {
    let (text, comma) = match without_brackets(text.trim()) {
        Some(inner) => (inner, Comma::Parts),
        None => (text, comma),
    };
    let mut values = Vec::new();
    for part in parts(text, |c| matches!(c, '\n' | '\r' | ';' | '|' | '\u{b}' | '\u{2028}')) {
        if is_distinguished(part) {
            values.extend(distinguished_names(part));
        } else if comma == Comma::Parts {
            values.extend(parts(part, |c| c == ','));
        } else {
            values.push(part);
        }
    }
    let bare = values.into_iter().map(|value| value.trim().trim_matches('"').trim());
    bare.filter(|value| !value.is_empty()).collect()
}

/// `{A, B}` of PowerShell and `["A","B"]` of JSON.
fn without_brackets(text: &str) -> Option<&str> {
    let inner = |open: char, close: char| text.strip_prefix(open)?.strip_suffix(close);
    inner('{', '}').or_else(|| inner('[', ']')).filter(|inner| !inner.contains(['{', '[']))
}

/// Cuts at separators, except where a backslash stands before one.
fn parts(text: &str, separates: impl Fn(char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut escaped) = (0, false);
    for (at, c) in text.char_indices() {
        if separates(c) && !escaped {
            parts.push(&text[from..at]);
            from = at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(&text[from..]);
    parts
}

/// Whether a part of a cell begins as a distinguished name does: `CN=`, `OU=`, `uid=`.
fn is_distinguished(text: &str) -> bool {
    let attribute = text.trim_start().split('=').next().unwrap_or("");
    let named = ["cn", "ou", "dc", "uid", "o"].iter().any(|own| own.eq_ignore_ascii_case(attribute));
    named && text.contains('=')
}

/// Distinguished names one after another: each ends with its `DC=` parts, and a new one begins with another part.
fn distinguished_names(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let (mut from, mut at, mut in_domain) = (0, 0, false);
    for part in parts(text, |c| c == ',') {
        let is_domain = part.trim_start().get(..3).is_some_and(|start| start.eq_ignore_ascii_case("dc="));
        if in_domain && !is_domain && at > from {
            names.push(&text[from..at - 1]);
            from = at;
        }
        in_domain = is_domain;
        at += part.len() + 1;
    }
    names.push(&text[from..]);
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every way of parting gives the same values.
    #[test]
    fn every_parting_is_seen() {
        for text in ["A\nB", "A\r\nB", "A;B", "A | B", "{A, B}", "[\"A\",\"B\"]", "A;;B;"] {
            assert_eq!(split_values(text, Comma::Belongs), ["A", "B"], "{text:?}");
        }
        assert_eq!(split_values("A, B", Comma::Parts), ["A", "B"]);
        assert_eq!(split_values("Lind, Eva", Comma::Belongs), ["Lind, Eva"]);
        assert_eq!(split_values(" ", Comma::Parts), Vec::<&str>::new());
    }

    /// Distinguished names stay whole, whatever parts them.
    #[test]
    fn distinguished_names_stay_whole() {
        let (a, b) = ("CN=Lind\\, Eva,OU=x,DC=ex,DC=se", "CN=Läsa,OU=y,DC=ex,DC=se");
        for between in [";", "|", "\n", ","] {
            for comma in [Comma::Parts, Comma::Belongs] {
                assert_eq!(split_values(&format!("{a}{between}{b}"), comma), [a, b], "{between:?}");
            }
        }
    }

    proptest! {
        /// No letter that parts nothing is lost, and nothing panics.
        #[test]
        fn letters_survive(text in "[aåDC=,;|\n\\\\ {}\\[\\]\"]{0,40}") {
            for comma in [Comma::Parts, Comma::Belongs] {
                let kept: usize = split_values(&text, comma).iter().map(|value| value.matches(['a', 'å']).count()).sum();
                prop_assert_eq!(kept, text.matches(['a', 'å']).count());
            }
        }
    }
}
