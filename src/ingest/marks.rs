//! Marks of protection, kept whatever becomes of the rows that carry them.
//!
//! A row may be rejected for a date, folded into another, excluded or taken for a total; the person it is about is
//! protected all the same. So a mark is read before anything else of its row, with every text by which that person
//! could be known elsewhere.

use super::whose_row::WhoseRow;
use crate::model::{Field, Reading, SourceRef};

/// A row that is marked as protected: whose it is, is all that is kept of it.
pub type Mark = WhoseRow;

/// The marks of a file, or of several.
#[derive(Clone, Debug, Default)]
pub struct Marks(Vec<Mark>);

impl Marks {
    /// Looks at a row before anything else is done with it. `mark` is what its columns of protection say together: a mark
    /// that is not understood must not expose anyone. `texts` gives what each column of a field holds.
    pub fn see(&mut self, source: SourceRef, mark: Reading<bool>, texts: &dyn Fn(Field) -> Vec<String>) {
        match mark {
            Reading::Known(true) | Reading::NotUnderstood => {
                self.0.push(WhoseRow::of(source, texts));
            }
            Reading::Known(false) | Reading::Absent => {}
        }
    }

    /// Adds those of another file.
    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Every mark, in the order of the rows.
    pub fn iter(&self) -> std::slice::Iter<'_, Mark> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileIx;

    const ROW: SourceRef = SourceRef { file: FileIx(0), sheet: 0, row: 7 };

    fn seen(mark: Reading<bool>, cells: &[(Field, &[&str])]) -> Marks {
        let mut marks = Marks::default();
        marks.see(ROW, mark, &|field| {
            let own = cells.iter().filter(|(other, _)| *other == field);
            own.flat_map(|(_, texts)| texts.iter().map(|text| (*text).to_owned())).collect()
        });
        marks
    }

    /// A mark that is not understood is one; a row that says no, or nothing, has none.
    #[test]
    fn what_is_not_understood_marks() {
        let count = |mark| seen(mark, &[(Field::Account, &["mia"])]).iter().count();
        assert_eq!([Reading::Known(true), Reading::NotUnderstood].map(count), [1, 1]);
        assert_eq!([Reading::Known(false), Reading::Absent].map(count), [0, 0]);
    }

    /// A mark keeps every text of its row, and shows none of them in a debug print.
    #[test]
    fn a_mark_keeps_what_identifies() {
        let cells: [(Field, &[&str]); 3] = [
            (Field::Email, &["mia@exempel.se", "SMTP:mia.berg@exempel.se"]),
            (Field::Name, &["Berg, Mia"]),
            (Field::Unit, &["Hemtjänsten"]),
        ];
        let marks = seen(Reading::Known(true), &cells);
        let mark = marks.iter().next().unwrap();
        assert_eq!(mark.texts(Field::Email).count(), 2);
        assert_eq!(mark.texts(Field::Name).collect::<Vec<_>>(), ["Berg, Mia"]);
        assert_eq!(mark.texts(Field::Unit).count(), 0);
        assert!(!format!("{marks:?}").to_lowercase().contains("mia"));
    }
}
