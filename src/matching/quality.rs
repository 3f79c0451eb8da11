//! How good the matching is where nobody knows the truth: measured on the files themselves.

use super::evidence::{EvidenceField, Level};
use super::record_pair::{CandidateSet, RecordPair};
use super::{Match, Outcome};
use crate::model::PersonIx;
use rayon::prelude::*;

/// A key put to the proof: where it points at somebody, does the rest agree?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyTrial {
    /// The key.
    pub field: EvidenceField,
    /// Accounts whose key is a person's, and that state a name.
    pub tested: u64,
    /// Of these, accounts that are somebody else's by everything else they state.
    pub disagree: u64,
    /// Of these, accounts whose key is that of the person on the row before or after.
    pub shifted: u64,
}

impl KeyTrial {
    /// Whether the key can no longer be taken to be right: a slip now and then is none.
    pub fn is_broken(self) -> bool {
        /// One in fifty is more than slips and changes of name leave behind.
        const MOST_IN: u64 = 50;
        const LEAST: u64 = 3;
        self.disagree >= LEAST && self.disagree * MOST_IN >= self.tested
    }
}

/// Accounts whose holder their number tells, matched without it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blind {
    /// Accounts tried.
    pub tried: u64,
    /// Linked to the same person.
    pub same: u64,
    /// Linked to another.
    pub other: u64,
}

/// What can be said of the matches of one system.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quality {
    /// Σ (1 − p) over the links: how many of them can be expected to be wrong.
    pub expected_wrong: f64,
    /// Keys put to the proof.
    pub keys: Vec<KeyTrial>,
    /// Accounts matched blind.
    pub blind: Blind,
}

/// Links that can be expected to be wrong, summed in a fixed order.
pub fn expected_wrong(matches: &[Match]) -> f64 {
    let links = matches.iter().filter(|matched| matched.outcome == Outcome::Linked);
    links.map(|matched| 1.0 - matched.probability()).sum()
}

/// Puts every key to the proof. `sets` and `matches` are in one order; `neighbours` gives the places of the
/// accounts on the rows before and after.
pub fn key_trials(
    sets: &[CandidateSet],
    matches: &[Match],
    neighbours: &(dyn Fn(usize) -> [Option<usize>; 2] + Sync),
) -> Vec<KeyTrial> {
    let keys = EvidenceField::ALL.par_iter().copied().filter(|field| field.is_key());
    keys.map(|field| key_trial(field, sets, matches, neighbours)).filter(|trial| trial.tested > 0).collect()
}

fn key_trial(
    field: EvidenceField,
    sets: &[CandidateSet],
    matches: &[Match],
    neighbours: &(dyn Fn(usize) -> [Option<usize>; 2] + Sync),
) -> KeyTrial {
    let mut trial = KeyTrial { field, tested: 0, disagree: 0, shifted: 0 };
    for (at, (set, matched)) in sets.iter().zip(matches).enumerate() {
        let hits: Vec<&RecordPair> = set.pairs.iter().filter(|c| hits(c, field)).collect();
        if hits.is_empty() {
            continue;
        }
        trial.tested += 1;
        if hits.iter().any(|hit| agrees(hit, matched)) {
            continue;
        }
        trial.disagree += 1;
        let is_beside = |hit: &&RecordPair| {
            neighbours(at).into_iter().flatten().any(|beside| is_named_there(&sets[beside], hit.person))
        };
        trial.shifted += u64::from(hits.iter().any(is_beside));
    }
    trial
}

/// Whether a key is a person's, where the account also states a name.
fn hits(pair: &RecordPair, field: EvidenceField) -> bool {
    pair.level(field) == Some(Level::Exact) && pair.vector.iter().any(|c| c.field.is_name())
}

/// Whether the rest agrees with a key's person: the account is that person's, or likely so by the name too.
fn agrees(hit: &RecordPair, matched: &Match) -> bool {
    let differs = |field| matches!(hit.level(field), Some(Level::Differs | Level::Renamed));
    let likely = matched.candidates.iter().any(|c| c.person == hit.person && c.probability >= 0.5);
    let named = !differs(EvidenceField::GivenName) && !differs(EvidenceField::Surname);
    matched.person() == Some(hit.person) || (likely && named)
}

fn is_named_there(set: &CandidateSet, person: PersonIx) -> bool {
    set.pairs.iter().any(|pair| pair.person == person && pair.names_agree())
}
