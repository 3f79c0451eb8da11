//! Findings × memory → the state of each finding between runs.

use crate::history::Recalled;
use crate::review::{Finding, Reviewed, State, Untested};
use chrono::NaiveDate;

/// A finding with its history.
#[derive(Debug)]
pub struct Tracked {
    /// The finding.
    pub finding: Finding,
    /// Where it stands.
    pub state: State,
    /// Reference date of the run that first saw it.
    pub first_seen: NaiveDate,
    /// Runs that have seen it, this one too.
    pub runs: u32,
}

/// Findings with their histories, and what could not be tested.
#[derive(Debug)]
pub struct Followed {
    /// Findings of each system by its place.
    pub systems: Vec<Vec<Tracked>>,
    /// Findings about persons of the register and about the whole.
    pub whole: Vec<Tracked>,
    /// What could not be tested.
    pub untested: Vec<Untested>,
}

impl Followed {
    /// Every finding: system by system, then persons and the whole.
    pub fn all(&self) -> impl Iterator<Item = &Tracked> {
        self.systems.iter().flatten().chain(&self.whole)
    }
}

/// Follows up a review. A memory without earlier findings makes every finding new.
pub fn follow_up(reviewed: Reviewed, _recalled: &Recalled, as_of: NaiveDate) -> Followed {
    let new = |finding| Tracked { finding, state: State::New, first_seen: as_of, runs: 1 };
    let all_new = |findings: Vec<Finding>| findings.into_iter().map(new).collect();
    Followed {
        systems: reviewed.systems.into_iter().map(all_new).collect(),
        whole: all_new(reviewed.whole),
        untested: reviewed.untested,
    }
}
