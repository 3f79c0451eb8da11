//! The name of a run: its reference date, and a number where the date has several.

use chrono::NaiveDate;
use std::fmt;

/// Runs are ordered by their names: by reference date, then by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunName {
    /// The reference date.
    pub as_of: NaiveDate,
    /// From 1; the first of a date shows no number.
    number: u32,
}

impl RunName {
    /// The first run of a date.
    pub fn first(as_of: NaiveDate) -> Self {
        Self { as_of, number: 1 }
    }

    /// The run after it, of the same date.
    #[must_use]
    pub fn next(self) -> Self {
        Self { number: self.number + 1, ..self }
    }

    /// The run that a folder is, by its name; `None` for a folder that is no run.
    pub fn of_folder(name: &str) -> Option<Self> {
        let (day, number) = match name.split_once('.') {
            Some((day, number)) => (day, number.parse().ok().filter(|number| *number > 1)?),
            None => (name, 1),
        };
        let run = Self { as_of: NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?, number };
        (run.to_string() == name).then_some(run)
    }
}

impl fmt::Display for RunName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.as_of.format("%Y-%m-%d");
        match self.number {
            1 => write!(out, "{day}"),
            number => write!(out, "{day}.{number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs are told from other folders, and the tenth of a day comes after the second.
    #[test]
    fn runs_are_known_and_ordered_by_their_names() {
        let run = |name| RunName::of_folder(name);
        assert!(run("2026-11-30") < run("2026-11-30.2"));
        assert!(run("2026-11-30.2") < run("2026-11-30.10"));
        assert!(run("2026-11-30.10") < run("2026-12-01"));
        for other in ["2026-11-30+svar-1", "2026-11-30.1", "2026-11-30.02", "2026-13-01", ".samkor", "2026", "svar"] {
            assert_eq!(run(other), None, "{other}");
        }
    }
}
