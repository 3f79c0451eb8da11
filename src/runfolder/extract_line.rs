//! What is carried of the extracts that were read, so that one which shows less is seen in every run to come.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is carried of the extracts of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtractLine {
    /// Reference date of the last run in which nothing said that rows were missing.
    pub whole_on: NaiveDate,
    /// Rows of data then.
    pub rows: u64,
    /// Persons or accounts then.
    pub records: u64,
    /// The newest day that one of them was of.
    pub day: NaiveDate,
    /// Whether that day was stated.
    pub is_stated: bool,
    /// Whether one of them said which accounts are closed.
    pub tells_state: bool,
}
