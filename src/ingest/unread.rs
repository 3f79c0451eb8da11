//! Values that were not understood, each with the row it stands on.
//!
//! Whose a row is, and whether that person is protected, is known only when accounts have found their holders. Until then
//! the rows are kept, so that what a protected person's row says can be left out of what is told of a column.

use crate::model::SourceRef;
use std::cmp::Reverse;

/// Different words that are kept of a column; more are only counted.
const MOST_WORDS: usize = 50;

/// The values of one column that were not understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnreadValues {
    words: Vec<String>,
    /// The rows, each with its word by its place, where that is kept.
    rows: Vec<(SourceRef, Option<u8>)>,
    /// The rows that were left out, sorted.
    left_out: Vec<SourceRef>,
}

impl UnreadValues {
    /// Adds a row; without its word where that may not be told.
    pub fn add(&mut self, row: SourceRef, word: Option<&str>) {
        let place = word.and_then(|word| self.place(word));
        self.rows.push((row, place));
    }

    fn place(&mut self, word: &str) -> Option<u8> {
        let known = self.words.iter().position(|own| own == word);
        let place = known.or_else(|| {
            (self.words.len() < MOST_WORDS).then(|| {
                self.words.push(word.to_owned());
                self.words.len() - 1
            })
        });
        place.and_then(|place| u8::try_from(place).ok())
    }

    /// Adds those of another sheet.
    pub fn extend(&mut self, other: Self) {
        for (row, word) in other.rows {
            self.add(row, word.and_then(|word| other.words.get(usize::from(word))).map(String::as_str));
        }
    }

    /// How many rows.
    pub fn count(&self) -> u64 {
        self.rows.len() as u64
    }

    /// The words with the number of their rows, the commonest first.
    pub fn counted(&self) -> Vec<(String, u64)> {
        let mut counted: Vec<(String, u64)> = self.words.iter().map(|word| (word.clone(), 0)).collect();
        for word in self.rows.iter().filter_map(|(_, word)| *word) {
            counted[usize::from(word)].1 += 1;
        }
        counted.retain(|(_, rows)| *rows > 0);
        counted.sort_by(|(a, x), (b, y)| (Reverse(x), a).cmp(&(Reverse(y), b)));
        counted
    }

    /// The first rows, by their numbers.
    pub fn first_rows(&self) -> Vec<u32> {
        /// More than these are looked for by their words.
        const SHOWN: usize = 5;
        let mut rows: Vec<u32> = self.rows.iter().map(|(row, _)| row.row).collect();
        rows.sort_unstable();
        rows.truncate(SHOWN);
        rows
    }

    /// Leaves some rows out, and says how many.
    pub fn leave_out(&mut self, is_hidden: &dyn Fn(SourceRef) -> bool) -> u64 {
        let hidden = self.rows.iter().map(|(row, _)| *row).filter(|row| is_hidden(*row));
        self.left_out = hidden.collect();
        self.left_out.sort_unstable();
        self.rows.retain(|(row, _)| !is_hidden(*row));
        self.left_out.len() as u64
    }

    /// Forgets the rows that remain, when everything is counted that they are kept for.
    pub fn close(&mut self) {
        self.rows = Vec::new();
    }

    /// Whether a row was left out.
    pub fn has_left_out(&self, row: SourceRef) -> bool {
        self.left_out.binary_search(&row).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileIx;

    fn row(row: u32) -> SourceRef {
        SourceRef { file: FileIx(0), sheet: 0, row }
    }

    fn word(word: &str, rows: u64) -> (String, u64) {
        (word.to_owned(), rows)
    }

    /// A row that is left out takes its word along where no other row has it, and lowers the number where one has.
    #[test]
    fn a_row_that_is_left_out_tells_nothing() {
        let mut unread = UnreadValues::default();
        unread.add(row(2), Some("N"));
        unread.add(row(3), Some("bor i Gömstad"));
        unread.add(row(4), Some("N"));
        unread.add(row(5), None);
        let mut other = UnreadValues::default();
        other.add(row(6), Some("C"));
        unread.extend(other);
        assert_eq!(unread.counted(), [word("N", 2), word("C", 1), word("bor i Gömstad", 1)]);
        assert_eq!(unread.count(), 5);
        assert_eq!(unread.leave_out(&|own| [3, 4, 5].contains(&own.row)), 3);
        assert_eq!(unread.counted(), [word("C", 1), word("N", 1)]);
        assert_eq!(unread.first_rows(), [2, 6]);
        assert!(unread.has_left_out(row(3)) && !unread.has_left_out(row(2)));
    }

    /// More words than are kept are counted.
    #[test]
    fn more_words_than_are_kept_are_counted() {
        let mut unread = UnreadValues::default();
        for at in 0..200 {
            unread.add(row(at), Some(&at.to_string()));
        }
        assert_eq!((unread.count(), unread.counted().len()), (200, MOST_WORDS));
    }
}
