//! Lines of a configuration with why they stand there, those in force and those that the user is to decide on.

use std::fmt::Write;

/// A configuration while it is written.
#[derive(Debug, Default)]
pub struct Text(String);

impl Text {
    /// A line as it is.
    pub fn line(&mut self, line: &str) {
        // Writing into a string does not fail.
        let _ = writeln!(self.0, "{line}");
    }

    /// A key with its value, and why.
    pub fn key(&mut self, key: &str, value: &str, why: &str) {
        self.with_comment(&format!("{key} = {value}"), why);
    }

    /// A key that the user is to decide on.
    pub fn suggest(&mut self, key: &str, value: &str, why: &str) {
        self.with_comment(&format!("# {key} = {value}"), why);
    }

    fn with_comment(&mut self, line: &str, why: &str) {
        /// Where comments begin, if the line is not longer.
        const COMMENTS: usize = 36;
        if why.is_empty() {
            self.line(line);
        } else {
            self.line(&format!("{line:<COMMENTS$}  # {why}"));
        }
    }

    /// Lines that the user is to decide on together.
    pub fn commented(&mut self, write: impl FnOnce(&mut Self)) {
        let mut own = Self::default();
        write(&mut own);
        for line in own.0.lines() {
            let is_comment = line.is_empty() || line.starts_with('#');
            self.line(&if is_comment { line.to_owned() } else { format!("# {line}") });
        }
    }

    /// A remark, each line of it a comment.
    pub fn note(&mut self, note: &str) {
        for line in note.lines() {
            self.line(format!("# {line}").trim_end());
        }
    }

    /// What was written.
    pub fn into_string(self) -> String {
        self.0
    }
}
