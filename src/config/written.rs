//! Lines of a configuration as they are to be written: what is offered to be pasted must be read as what it says.

use std::fmt::Write;

/// A text in quotes, on one line whatever it holds.
pub fn quoted(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        // Writing into a string does not fail.
        let _ = match c {
            '"' | '\\' => write!(written, "\\{c}"),
            '\n' => write!(written, "\\n"),
            '\t' => write!(written, "\\t"),
            c if c.is_control() => write!(written, "\\u{:04X}", u32::from(c)),
            c => write!(written, "{c}"),
        };
    }
    written.push('"');
    written
}

/// A list of texts.
pub fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let texts: Vec<String> = texts.into_iter().map(|text| quoted(text.as_ref())).collect();
    format!("[{}]", texts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever a header holds, the line that names it stands on one line and is read back as the header.
        #[test]
        fn what_is_written_is_read_back(text in "\\PC*|[\\x00-\\x7f\\u{a0}\\u{ad}\"\\\\]*") {
            let line = format!("key = {}", list([&text, "annan"]));
            prop_assert_eq!(line.lines().count(), 1);
            let read: toml::Table = toml::from_str(&line).map_err(|cause| TestCaseError::fail(cause.to_string()))?;
            prop_assert_eq!(read["key"][0].as_str(), Some(text.as_str()));
        }
    }
}
