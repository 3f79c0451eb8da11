//! Whether a file shows by itself that it does not hold everything: no row below its header, or the notice of a program
//! that it stopped at a limit. What is missing then looks like people without employment, and like systems without
//! deviations.

use super::format::Row;
use super::value::Value;
use super::words::tells_of_a_cut;
use crate::model::{Message, message};

/// How a file shows that it does not hold everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incomplete {
    /// A header and nothing below it.
    NoRows,
    /// A program says on this line that it stopped at a limit.
    Cut(u32),
}

impl Incomplete {
    /// What is wrong, after the file's name.
    pub fn brief(self) -> Message {
        match self {
            Self::NoRows => message!("ingen rad med uppgifter", "no row of data"),
            Self::Cut(line) => message!("avkortad, enligt rad {line}", "cut at a limit, by line {line}"),
        }
    }

    /// What is wrong, and what to do.
    pub fn message(self) -> Message {
        match self {
            Self::NoRows => message!(
                "Filen innehåller ingen rad med uppgifter. Ta ut den på nytt. Ska den vara tom: control_total = 0 för filen.",
                "The file holds no row of data. Export it again. If it is to be empty: control_total = 0 for the file."
            ),
            Self::Cut(line) => message!(
                "Rad {line} säger att uttaget är avkortat vid en gräns, så alla rader är inte med. Ta ut filen på nytt utan \
                 gränsen, eller i delar.",
                "Line {line} says that the extract was cut at a limit, so that rows are missing. Export the file again \
                 without the limit, or in parts."
            ),
        }
    }
}

/// Whether a row is no row of a table but the notice of a program that it stopped at a limit: one filled cell, or a
/// sentence that the delimiter has parted.
pub fn is_notice_of_a_cut(row: &Row<'_>) -> bool {
    let filled = row.cells.iter().filter(|value| !value.is_blank());
    let texts = || filled.clone().map(Value::written);
    let Some(first) = texts().next() else { return false };
    // Rows of a table are told by their second cell, before anything is made of the others.
    let is_notice = filled.clone().nth(1).is_none() || row.width.is_some() && begins_a_notice(&first);
    is_notice && tells_of_a_cut(&texts().collect::<Vec<_>>().join(" "))
}

fn begins_a_notice(text: &str) -> bool {
    let text = text.trim_start().to_lowercase();
    ["#", "--", "**", "warning", "varning", "note", "obs", "info", "meddelande"]
        .iter()
        .any(|word| text.starts_with(word))
}
