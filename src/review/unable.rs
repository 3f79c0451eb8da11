//! Who is named to answer for something and cannot: somebody who has left, or nobody who can be found. Of whom nothing is
//! known for certain, it is said that nothing is known.

use super::context::Review;
use crate::model::{PersonIx, Severity};
use crate::roster::{Resolution, Ties};
use chrono::NaiveDate;

/// Why someone who is written as owner, administrator, sponsor or manager cannot answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unable {
    /// One person, who is not employed.
    NotEmployed,
    /// One of whom payroll does not tell for certain whether they are employed, or who may stand on a row of it that could
    /// not be used.
    NotKnown,
    /// So many persons of that name.
    Several(usize),
    /// Nobody who can be found.
    Unknown,
}

impl Unable {
    /// A lighter base for a rule on who cannot answer, where of none of them anything is known to be wrong.
    pub fn base(why: impl IntoIterator<Item = Self>) -> Option<Severity> {
        why.into_iter().all(|own| own == Self::NotKnown).then_some(Severity::Medium)
    }
}

impl Review<'_> {
    /// Why someone as written cannot answer for anything on a day, and everyone who could be meant. A post is
    /// accepted as it stands, anyone may be employed by any of the employers, and whoever counts as employed answers,
    /// as the holder of an account does.
    pub fn unable_to_answer(&self, written: &str, day: NaiveDate) -> Option<(Unable, Vec<PersonIx>)> {
        let resolution = self.resolve(written);
        let why = match &resolution {
            Resolution::Post => return None,
            Resolution::Person(ix) if self.roster.counts_as_employed(*ix, day) => return None,
            Resolution::Person(ix) if self.roster.is_unknown(*ix, day) => Unable::NotKnown,
            Resolution::Person(_) => Unable::NotEmployed,
            Resolution::Several(persons) => Unable::Several(persons.len()),
            Resolution::Unknown if self.may_be_on_an_unused_row(written) => Unable::NotKnown,
            Resolution::Unknown => Unable::Unknown,
        };
        Some((why, resolution.persons().to_vec()))
    }

    /// Whether somebody as written may stand on a row of payroll or a register that could not be used.
    fn may_be_on_an_unused_row(&self, written: &str) -> bool {
        let unused = self.roster.unused();
        !unused.is_empty() && unused.may_name(&Ties::of_reference(written, self.roster.facts.day))
    }
}
