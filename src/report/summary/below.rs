//! What has no room in a cell of a section stands whole below the section's table: text that is pasted into a committee's
//! report must hold every reason.

use crate::model::{Language, Text};
use crate::report::letters::{lines, room};
use crate::report::table::MOST_LINES;

/// The text of a cell, and what it had no room for.
#[derive(Debug, PartialEq, Eq)]
pub struct Fitted {
    /// What stands in the cell.
    pub cell: String,
    /// What stands below the table.
    pub below: Vec<String>,
}

impl Fitted {
    /// As many of some parts as a cell of a width has room for behind what it begins with; the cell says where the others
    /// are.
    pub fn new(begins: &str, mut parts: Vec<String>, between: &str, width: f64, language: Language) -> Self {
        let fits = |cell: &String| lines(cell, room(width, true)) <= MOST_LINES;
        let whole = Some(format!("{begins}{}", parts.join(between)));
        if let Some(cell) = whole.filter(fits) {
            return Self { cell, below: Vec::new() };
        }
        let others = Text::new("resten står under tabellen", "the rest stands below the table").get(language);
        let some = |most: usize| format!("{begins}{}{between}{others}", parts[..most].join(between));
        let fitting = (1..parts.len()).rev().map(|most| (some(most), most)).find(|(cell, _)| fits(cell));
        let none = Text::new("se under tabellen", "see below the table").get(language);
        let (cell, told) = fitting.unwrap_or_else(|| (format!("{begins}{none}"), 0));
        Self { cell, below: parts.split_off(told) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every part stands in the cell or below it, none in both and none in neither.
    #[test]
    fn nothing_is_left_out() {
        for count in 1..40 {
            let parts: Vec<String> = (0..count).map(|at| format!("del nummer {at}")).collect();
            let told = Fitted::new("Allt: ", parts.clone(), "; ", 20.0, Language::Sv);
            for part in &parts {
                let in_cell = told.cell.split("; ").any(|own| own.trim_start_matches("Allt: ") == part);
                assert_ne!(in_cell, told.below.contains(part), "{part}: {told:?}");
            }
            assert!(lines(&told.cell, room(20.0, true)) <= MOST_LINES, "{told:?}");
            assert_eq!(told.cell.ends_with("under tabellen"), !told.below.is_empty(), "{told:?}");
        }
        let long = Fitted::new("", vec!["ord ".repeat(100)], "; ", 20.0, Language::Sv);
        assert_eq!((long.cell.as_str(), long.below.len()), ("se under tabellen", 1));
    }
}
