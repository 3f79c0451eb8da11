//! Several values in one cell.

/// The values of a cell, parted by line breaks, `;`, `|` and commas. A distinguished name is
/// never cut at the commas inside it, and what a program writes around a list is taken off.
pub fn split_values(text: &str) -> Vec<&str> {
    if is_single(text) {
        let bare = text.trim();
        return if bare.is_empty() { Vec::new() } else { vec![bare] };
    }
    let text = without_brackets(text.trim()).unwrap_or(text);
    let mut values = Vec::new();
    for part in parts(text, |c| matches!(c, '\n' | '\r' | ';' | '|' | '\u{b}' | '\u{2028}')) {
        if is_distinguished(part) {
            values.extend(distinguished_names(part));
        } else {
            values.extend(parts(part, |c| c == ','));
        }
    }
    let bare = values.into_iter().map(|value| value.trim().trim_matches('"').trim());
    bare.filter(|value| !value.is_empty()).collect()
}

/// Whether nothing parts the values of a cell, and nothing stands around them: most cells. The first byte of the one
/// separator beyond ASCII is enough to look further.
fn is_single(text: &str) -> bool {
    let parts = |b: u8| matches!(b, b'\n' | b'\r' | b';' | b'|' | 0x0b | 0xe2 | b',' | b'"' | b'{' | b'[');
    !text.bytes().any(parts)
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
        for text in ["A\nB", "A\r\nB", "A;B", "A | B", "{A, B}", "[\"A\",\"B\"]", "A;;B;", "A\u{2028}B"] {
            assert_eq!(split_values(text), ["A", "B"], "{text:?}");
        }
        assert_eq!(split_values("A, B"), ["A", "B"]);
        assert_eq!(split_values(" "), Vec::<&str>::new());
    }

    /// Distinguished names stay whole, whatever parts them.
    #[test]
    fn distinguished_names_stay_whole() {
        let (a, b) = ("CN=Lind\\, Eva,OU=x,DC=ex,DC=se", "CN=Läsa,OU=y,DC=ex,DC=se");
        for between in [";", "|", "\n", ","] {
            assert_eq!(split_values(&format!("{a}{between}{b}")), [a, b], "{between:?}");
        }
    }

    proptest! {
        /// No letter that parts nothing is lost, and nothing panics.
        #[test]
        fn letters_survive(text in "[aåDC=,;|\n\\\\ {}\\[\\]\"]{0,40}") {
            let kept: usize = split_values(&text).iter().map(|value| value.matches(['a', 'å']).count()).sum();
            prop_assert_eq!(kept, text.matches(['a', 'å']).count());
        }
    }
}
