//! Texts: quotes that are curly, missing or never closed, and characters that do harm in them.

use super::Told;
use super::line::{Spot, outside_quotes, quoted};
use crate::config::table::backslash_help;
use crate::model::message;

/// Quotes as word processors make them.
const CURLY: [char; 12] = ['“', '”', '„', '‟', '‘', '’', '‚', '»', '«', '″', '′', '´'];

/// Characters that nobody sees and that come with what is copied.
const INVISIBLE: [char; 8] =
    ['\u{a0}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{202f}', '\u{feff}', '\u{ad}'];

/// A character that nobody sees, outside every text.
pub fn invisible(spot: &Spot<'_>) -> Option<Told> {
    let (_, found) = outside_quotes(spot.line).find(|(_, c)| INVISIBLE.contains(c))?;
    let code = u32::from(found);
    Some(Told::new(
        message!(
            "raden innehåller ett osynligt tecken (U+{code:04X})",
            "the line holds an invisible character (U+{code:04X})"
        ),
        message!(
            "Tecknet har följt med vid kopiering. Ta bort raden och skriv den på nytt.",
            "The character came along when the line was copied. Delete the line and type it again."
        ),
    ))
}

/// Curly quotes around a key or a value.
pub fn curly_quotes(spot: &Spot<'_>) -> Option<Told> {
    let (_, found) = outside_quotes(spot.code).find(|(_, c)| CURLY.contains(c))?;
    // An apostrophe in a name without quotes is another mistake.
    if spot.key.is_some_and(|key| !key.starts_with(CURLY)) && spot.value.starts_with(char::is_alphanumeric) {
        return None;
    }
    let straight: String = spot.code.chars().map(|c| if CURLY.contains(&c) { '"' } else { c }).collect();
    Some(Told::new(
        message!(
            "citattecknet {found} är ett typografiskt tecken, som TOML inte förstår",
            "the quote {found} is a typographic one, which TOML does not understand"
        ),
        message!("Skriv raka citattecken: {straight}", "Write straight quotes: {straight}"),
    ))
}

/// A backslash inside double quotes.
pub fn backslash(spot: &Spot<'_>) -> Option<Told> {
    let escape = spot.says("escaped value") || spot.says("unicode value") || spot.says("invalid value");
    let text = spot.value;
    (escape && spot.line.contains('\\')).then(|| {
        Told::new(
            message!("bakstrecket i {text} kan inte tolkas", "the backslash in {text} cannot be read"),
            backslash_help(),
        )
    })
}

/// A control character in a text or a comment.
pub fn control_character(spot: &Spot<'_>) -> Option<Told> {
    let found = spot.line.chars().find(|c| c.is_control() && *c != '\t')?;
    let code = u32::from(found);
    Some(Told::new(
        message!("raden innehåller ett styrtecken (U+{code:04X})", "the line holds a control character (U+{code:04X})"),
        message!("Ta bort raden och skriv den på nytt.", "Delete the line and type it again."),
    ))
}

/// A text with one quote of two.
pub fn unclosed(spot: &Spot<'_>) -> Option<Told> {
    let opened = spot.says("invalid basic string") || spot.says("invalid literal string");
    if !opened && !spot.says("missing opening quote") {
        return None;
    }
    let value = spot.wrong_value();
    let line = spot.written(&quoted(value.trim_matches(['"', '\'']).trim()));
    Some(Told::new(
        message!("texten {value} har bara ett citattecken", "the text {value} has only one quote"),
        message!("Skriv {line}", "Write {line}"),
    ))
}

/// A text without any quotes.
pub fn unquoted(spot: &Spot<'_>) -> Option<Told> {
    let value = spot.wrong_value();
    let bare = !value.is_empty() && !value.starts_with(['"', '\'', '[', '{']);
    let of_a_value = spot.key.is_some() || !spot.says("key with no value");
    (of_a_value && bare).then(|| {
        let line = spot.written(&quoted(value));
        Told::new(
            message!("texten {value} saknar citattecken", "the text {value} has no quotes"),
            message!("Skriv {line}", "Write {line}"),
        )
    })
}
