//! What spreadsheets and programs put around a value to keep it as it is, taken off.

use crate::model::tidy;
use std::borrow::Cow;

/// The value inside its wrapping: `="00123"`, `'00123`, quotes around the whole, white space of every kind, and
/// marks that nobody sees.
pub fn unwrapped(text: &str) -> Cow<'_, str> {
    if is_bare(text) {
        return Cow::Borrowed(text);
    }
    let visible: Cow<'_, str> = match text.contains(is_unseen) {
        true => Cow::Owned(tidy(&text.replace(is_unseen, ""))),
        false => Cow::Owned(tidy(text)),
    };
    let inner = without_quotes(&visible);
    if inner.len() == visible.len() { visible } else { Cow::Owned(inner.trim().to_owned()) }
}

/// What stands before a decimal mark and a nought, as programs write a whole number that they take for an amount.
pub fn without_decimal(text: &str) -> Option<&str> {
    text.strip_suffix(".0").or_else(|| text.strip_suffix(",0"))
}

/// Most values of most files: nothing to take off. Looked at byte by byte, without a copy.
fn is_bare(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return true };
    if matches!(first, b' ' | b'=' | b'\'' | b'"') || matches!(last, b' ' | b'"') {
        return false;
    }
    let mut before = 0;
    let plain = bytes.iter().all(|&byte| {
        let fits = (byte >= 0x20 && byte != 0x7f) && !(byte == b' ' && before == b' ');
        before = byte;
        fits
    });
    // Letters of Latin alphabets beyond ASCII begin with these bytes; all else is looked at whole.
    plain
        && (text.is_ascii()
            || text.chars().all(|c| c.is_ascii() || matches!(c, '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{24f}')))
}

/// Marks without width: zero-width spaces and joiners, the byte-order mark, soft hyphens.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn without_quotes(text: &str) -> &str {
    if let Some(formula) = text.strip_prefix('=')
        && formula.len() >= 2
        && formula.starts_with(['"', '\u{201d}'])
        && formula.ends_with(['"', '\u{201d}'])
    {
        return formula.trim_matches(['"', '\u{201d}']);
    }
    if let Some(marked) = text.strip_prefix('\'') {
        return marked.strip_suffix('\'').unwrap_or(marked);
    }
    if text == "\"\"" {
        return "";
    }
    let Some(rest) = text.strip_prefix('"') else { return text };
    // A quote that nothing closes is a slip of the exporting program, not a letter of the value.
    let inner = rest.strip_suffix('"').unwrap_or(rest);
    if inner.is_empty() || inner.contains('"') { text } else { inner }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Whatever is put around a number, the number comes out with its zeros.
    #[test]
    fn wrapping_is_taken_off() {
        let wrapped = [
            "00123",
            "=\"00123\"",
            "=\"\"00123\"\"",
            "'00123",
            "'00123'",
            "\"00123\"",
            "\"00123",
            " 00123\u{a0}",
            "\u{feff}00123",
            "\u{200b}00123\u{200b}",
            "\u{1f}00123",
            "\t00123\t",
            "001\u{ad}23",
            "\u{202f}=\"00123\" ",
        ];
        for text in wrapped {
            assert_eq!(unwrapped(text), "00123", "{text:?}");
        }
    }

    /// What belongs to a value stays.
    #[test]
    fn values_stay_as_they_are() {
        for text in ["Eva \"Bibbi\" Lind", "O'Brien", "Åsa Öberg", "a=b", "=", "\"", "=1+1", "5\"", "CN=Eva,OU=x"] {
            assert_eq!(unwrapped(text), text, "{text:?}");
        }
        assert_eq!(unwrapped("Eva\u{a0} Lind\n"), "Eva Lind");
    }

    /// Wrapping around nothing is nothing.
    #[test]
    fn wrapped_nothing_is_nothing() {
        for text in ["'", "''", "=\"\"", "\"\"", " '\u{a0}"] {
            assert_eq!(unwrapped(text), "", "{text:?}");
        }
    }

    proptest! {
        /// Taking off what was taken off changes nothing more for a value of letters and digits.
        #[test]
        fn letters_survive(inner in "[0-9a-zåäöÅÄÖ]{1,12}") {
            for text in [format!("=\"{inner}\""), format!("'{inner}"), format!(" {inner} "), inner.clone()] {
                let bare = unwrapped(&text);
                prop_assert_eq!(bare.as_ref(), inner.as_str());
            }
        }

        /// No text makes it panic.
        #[test]
        fn any_text_is_survived(text in ".{0,40}") {
            let _ = unwrapped(&text);
        }
    }
}
