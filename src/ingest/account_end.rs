//! When an account ends by itself, where several rows and files tell of it.
//!
//! An export with a row a role gives each role its own end. The account ends with the last of them, and not at all
//! while a row is open: otherwise a temporary role that has run out would close an account in full use.

use super::header::normalise;
use super::row::RowView;
use crate::model::{End, Field};
use chrono::NaiveDate;

/// What one row says of an end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowEnd {
    /// Nothing: its file has no column for it, or the row only goes on from the one above.
    #[default]
    Untold,
    /// There is none, or none that can be read.
    Open,
    /// It is that day.
    On(NaiveDate),
}

/// The columns of an account's own end.
const ENDS: [Field; 2] = [Field::Expires, Field::ValidTo];

impl RowEnd {
    /// The earliest day that the columns of a row state; a day that stands for "none" is none.
    pub fn of(row: &RowView<'_>) -> Self {
        if !ENDS.into_iter().any(|field| row.has(field)) {
            return Self::Untold;
        }
        let ends = ENDS.map(|field| row.date(field).known().map(End::new));
        ends.into_iter().flatten().filter_map(End::date).min().map_or(Self::Open, Self::On)
    }

    /// The same of a row that goes on from the one above: a blank there means "as above", but for a role's own end and
    /// where the row has a first day of its own, so that its days are its own.
    pub fn of_continued(row: &RowView<'_>) -> Self {
        let of_role = |header: &str| {
            let header = normalise(header);
            ["behorig", "roll", "role", "profil", "permission", "access"].iter().any(|word| header.contains(word))
        };
        let is_roles_own = ENDS.into_iter().flat_map(|field| row.headers(field)).any(of_role);
        match Self::of(row) {
            Self::Open if !is_roles_own && row.lacks(&[Field::ValidFrom]) => Self::Untold,
            end => end,
        }
    }

    /// The day.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::On(day) => Some(day),
            Self::Untold | Self::Open => None,
        }
    }

    /// What two rows of one file say together: the later, and none while one is open.
    fn beside(self, other: Self) -> Self {
        match (self, other) {
            (Self::Untold, said) | (said, Self::Untold) => said,
            (Self::Open, _) | (_, Self::Open) => Self::Open,
            (Self::On(one), Self::On(other)) => Self::On(one.max(other)),
        }
    }
}

/// An account's own end while its rows come in.
#[derive(Clone, Copy, Debug, Default)]
pub struct OwnEnd {
    /// The earliest that other files say.
    elsewhere: Option<NaiveDate>,
    /// What the rows of the file being read say.
    here: RowEnd,
}

impl OwnEnd {
    /// An end as its first row has it.
    pub fn new(end: RowEnd) -> Self {
        Self { elsewhere: None, here: end }
    }

    /// Takes in another row of the file.
    pub fn add(&mut self, end: RowEnd) {
        self.here = self.here.beside(end);
    }

    /// Ends a file: what another says stands beside it, as columns do.
    pub fn end_file(&mut self) {
        self.elsewhere = self.day();
        self.here = RowEnd::Untold;
    }

    /// The day.
    pub fn day(self) -> Option<NaiveDate> {
        [self.elsewhere, self.here.day()].into_iter().flatten().min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: u32) -> RowEnd {
        NaiveDate::from_ymd_opt(2026, 11, day).map_or(RowEnd::Open, RowEnd::On)
    }

    fn told(files: &[&[RowEnd]]) -> RowEnd {
        let mut end = OwnEnd::default();
        for file in files {
            file.iter().for_each(|row| end.add(*row));
            end.end_file();
        }
        end.day().map_or(RowEnd::Open, RowEnd::On)
    }

    /// Rows of one file end with the last of them, and not while one is open, in any order.
    #[test]
    fn an_open_row_keeps_the_account_open() {
        assert_eq!(told(&[&[on(1), on(3), on(2)]]), on(3));
        assert_eq!(told(&[&[on(1), RowEnd::Open, on(2)]]), RowEnd::Open);
        assert_eq!(told(&[&[RowEnd::Open, on(2)]]), RowEnd::Open);
        assert_eq!(told(&[&[on(1), RowEnd::Untold]]), on(1));
    }

    /// Of several files the earliest end holds; one without such a column says nothing.
    #[test]
    fn files_are_told_together() {
        assert_eq!(told(&[&[on(5)], &[on(2)]]), on(2));
        assert_eq!(told(&[&[on(5)], &[RowEnd::Untold]]), on(5));
        assert_eq!(told(&[&[RowEnd::Open], &[on(2)]]), on(2));
    }
}
