//! The rows of one employment that tell its terms in turn, a stretch each: another degree, another unit.
//!
//! The last day of a stretch ends the terms and not the employment, where the next stretch follows on it. Where the days
//! between them are nobody's, they are two employments.

use crate::ingest::PayrollRow;
use crate::model::{Employment, EmploymentStatus, End};
use chrono::NaiveDate;

/// Rows of stretches that follow on each other.
pub struct Chain<'r> {
    /// Its first day, where it is not the employment's own.
    pub begins: Option<NaiveDate>,
    /// The rows of the stretch that came last, whose end holds.
    pub last: Vec<&'r PayrollRow>,
    /// The rows of those before it.
    pub before: Vec<&'r PayrollRow>,
}

/// The chains of stretches that some rows of one employment tell; one of all rows where they tell no terms in turn.
pub fn chains<'r>(rows: &[&'r PayrollRow]) -> Vec<Chain<'r>> {
    let mut ordered = rows.to_vec();
    ordered.sort_by_key(|row| (from(row), row.employment.source));
    let mut chains: Vec<Chain<'r>> = Vec::new();
    for row in ordered {
        match chains.last_mut().filter(|chain| chain.reaches(row)) {
            Some(chain) => chain.add(row),
            None => {
                let begins = from(row).filter(|_| !chains.is_empty());
                chains.push(Chain { begins, last: vec![row], before: Vec::new() });
            }
        }
    }
    chains
}

/// The day from which a row's terms hold.
fn from(row: &PayrollRow) -> Option<NaiveDate> {
    row.employment.terms_from.max(row.employment.start)
}

impl<'r> Chain<'r> {
    /// Whether a row's terms begin while those before go on, or the day after.
    fn reaches(&self, row: &PayrollRow) -> bool {
        let follows = |own: &&PayrollRow| match own.employment.end {
            End::On(end) => from(row).is_none_or(|from| from <= end.succ_opt().unwrap_or(end)),
            End::Open | End::Unknown => true,
        };
        self.last.iter().chain(&self.before).any(|own| from(own) == from(row) || follows(own))
    }

    fn add(&mut self, row: &'r PayrollRow) {
        if self.last.iter().all(|own| from(own) < from(row)) {
            self.before.append(&mut self.last);
        }
        self.last.push(row);
    }

    /// The rows of the stretch that holds on a day, where the last one is still to come; else none.
    pub fn in_force(&self, day: NaiveDate) -> Vec<&'r PayrollRow> {
        let has_come = |row: &&&PayrollRow| from(row).is_none_or(|from| from <= day);
        if self.last.iter().any(|row| has_come(&row)) {
            return Vec::new();
        }
        let latest = self.before.iter().filter(has_come).map(|row| from(row)).max();
        self.before.iter().filter(|row| Some(from(row)) == latest).copied().collect()
    }

    /// The end of the employment, where that of its last stretch holds only if what was told before does not go on beyond
    /// it.
    pub fn end(&self, last: &Employment) -> End {
        if last.status == Some(EmploymentStatus::Ended) {
            return last.end;
        }
        let beyond = |own: &&PayrollRow| match (own.employment.end, last.end) {
            (End::Open | End::Unknown, End::On(_)) => true,
            (End::On(before), End::On(end)) => before > end,
            // A last day of the employment that only a row of older terms has.
            (_, End::Open) => own.employment.last_end.zip(from(self.last[0])).is_some_and(|(end, from)| end >= from),
            _ => false,
        };
        if self.before.iter().any(beyond) { End::Unknown } else { last.end }
    }
}
