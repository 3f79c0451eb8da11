//! Words for nothing, all in one place.
//!
//! What programs write where they have no value means nothing in any column. People's words for it do so in columns
//! of dates, answers and keys alone: elsewhere "Tom" and "Inga" are names. "Okänt" is among neither: it says that
//! there is something and that nobody knows what.

use super::folded;

/// What programs write where they have no value, to the letter.
const MISSING: [&str; 27] = [
    "-", "--", "---", "..", "...", "–", "—", "#N/A", "#SAKNAS!", "NULL", "Null", "null", "(null)", "<null>", "N/A",
    "n/a", "NaN", "None", "\\N", "(tom)", "(tomt)", "<tom>", "<tomt>", "(blank)", "(empty)", "saknas", "Saknas",
];

/// Whether a program wrote that there is no value.
pub fn is_missing(text: &str) -> bool {
    let may_be =
        |first: &u8| matches!(first, b'-' | b'.' | 0xe2 | b'#' | b'N' | b'n' | b'(' | b'<' | b'\\' | b's' | b'S');
    text.len() <= 8 && text.as_bytes().first().is_some_and(may_be) && MISSING.contains(&text)
}

/// Whether a text in a column of dates, answers or keys says that there is nothing.
pub fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || is_missing(text) {
        return true;
    }
    if text.len() > 24 || holds_a_digit(text) {
        return false;
    }
    if !text.chars().any(char::is_alphanumeric) {
        return text.chars().all(|c| matches!(c, '-' | '.' | '_' | '\u{2010}'..='\u{2015}' | '<' | '>' | '(' | ')'));
    }
    let in_brackets = text.starts_with(['<', '(', '[']);
    folded(text, |word| match word {
        "null" | "none" | "saknas" | "uppgiftsaknas" | "ejangivet" | "ejangiven" | "ejangett" | "inteangivet"
        | "intesatt" | "ejsatt" | "ejaktuellt" | "tomt" | "empty" | "undefined" | "ingen" | "inget" | "notset"
        | "notapplicable" | "notavailable" | "missing" | "ingenuppgift" => true,
        // Without brackets or a point these are names and signatures.
        "tom" | "blank" | "nil" | "inga" => in_brackets,
        "na" => text.len() > 2,
        _ => false,
    })
}

/// Whether a value in the place of a key is none: nothing at all, zeros, or that it is not known.
pub fn is_no_key(text: &str) -> bool {
    let zeros = text.bytes().all(|b| b == b'0');
    let unknown = |word: &str| matches!(word, "okand" | "okant" | "ejkand" | "unknown" | "xxx" | "xxxx" | "tbd");
    zeros || !holds_a_digit(text) && (is_nothing(text) || folded(text, unknown))
}

/// No word for nothing holds one, and most keys do.
fn holds_a_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}
