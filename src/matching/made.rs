//! The day an account was made, beside the days its holder has been employed.
//!
//! An account that was there long before a person came is rather a namesake's who left, or of somebody outside, unless
//! the person had come back. How often that is seen is learned system by system; what it is worth depends on how many
//! of the system's accounts are as old.

use super::evidence::{EvidenceField, Level};
use super::population::PersonRecord;
use super::record_pair::Agreement;
use crate::model::Account;
use chrono::{Days, NaiveDate};
use libm::log2;

/// Accounts are made ahead of the first day at work: so many days at the most.
const AHEAD: Days = Days::new(60);

/// The days on which the accounts of a system were made, in order.
#[derive(Debug, Default)]
pub struct DaysMade {
    days: Vec<NaiveDate>,
}

impl DaysMade {
    /// Gathers them.
    pub fn new(accounts: &[&Account]) -> Self {
        let mut days: Vec<NaiveDate> = accounts.iter().filter_map(|account| account.created).collect();
        days.sort_unstable();
        Self { days }
    }

    /// The share of accounts made before a day, never 0 or 1.
    fn share_before(&self, day: NaiveDate) -> f64 {
        #[allow(clippy::cast_precision_loss)] // Far below 2^52 accounts.
        let (before, all) = (self.days.partition_point(|own| *own < day) as f64, self.days.len() as f64);
        (before + 0.5) / (all + 1.0)
    }

    /// Whether the account was made before the person's first known day at work, where both days are known.
    pub fn compare(&self, made: Option<NaiveDate>, person: &PersonRecord) -> Option<Agreement> {
        let first = person.first_day?.checked_sub_days(AHEAD)?;
        let before = self.share_before(first);
        let (level, by_chance) = if made? < first { (Level::Differs, before) } else { (Level::Exact, 1.0 - before) };
        Some(Agreement::new(EvidenceField::Made, level, -log2(by_chance)))
    }
}
