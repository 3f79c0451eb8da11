//! How good the matching is where nobody knows the truth: measured on the files themselves.

use super::evidence::{EvidenceField, Level};
use super::record_pair::{CandidateSet, RecordPair};
use super::{Match, Outcome};
use crate::model::{AccountIx, PersonIx};
use std::collections::BTreeMap;

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
    /// What verdicts come to, key by key.
    pub fn all<'v>(verdicts: impl IntoIterator<Item = &'v KeyVerdict>) -> Vec<Self> {
        let none = |&field: &EvidenceField| Self { field, tested: 0, disagree: 0, shifted: 0 };
        let mut trials: Vec<Self> = EvidenceField::ALL.iter().map(none).collect();
        for verdict in verdicts {
            let trial = &mut trials[verdict.field as usize];
            trial.tested += 1;
            trial.disagree += u64::from(verdict.rest != Rest::Agrees);
            trial.shifted += u64::from(verdict.rest == Rest::IsBeside);
        }
        trials.retain(|trial| trial.tested > 0);
        trials
    }

    /// Whether the key can no longer be taken to be right: a slip now and then is none.
    pub fn is_broken(self) -> bool {
        /// One in fifty is more than slips and changes of name leave behind.
        const MOST_IN: u64 = 50;
        const LEAST: u64 = 3;
        self.disagree >= LEAST && self.disagree * MOST_IN >= self.tested
    }
}

/// A key of one account beside everything else that the account states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyVerdict {
    /// Whose.
    pub account: AccountIx,
    /// The key.
    pub field: EvidenceField,
    /// What the rest says.
    pub rest: Rest,
}

/// What the rest of an account says of one of its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// It is that person's.
    Agrees,
    /// It is somebody else's.
    Disagrees,
    /// It is somebody else's, and the key that of the person on the row before or after.
    IsBeside,
}

/// An account whose holder its number tells, matched without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlindTrial {
    /// Which.
    pub account: AccountIx,
    /// Whether the same person was found; `None` where nobody was linked.
    pub same: Option<bool>,
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

impl Blind {
    /// What trials come to.
    pub fn of(trials: &[BlindTrial]) -> Self {
        let with = |same: Option<bool>| trials.iter().filter(|trial| trial.same == same).count() as u64;
        Self { tried: trials.len() as u64, same: with(Some(true)), other: with(Some(false)) }
    }
}

/// Holders found, seen from both sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Accounts of somebody in particular: personal ones and those for administration.
    pub accounts: u64,
    /// Of these, accounts whose holder is certain.
    pub with_holder: u64,
    /// Persons employed where it counts for the system.
    pub employed: u64,
    /// Of these, persons with an account that is certainly theirs.
    pub with_account: u64,
}

impl Quality {
    /// What the trials of each key come to.
    pub fn key_trials(&self) -> Vec<KeyTrial> {
        KeyTrial::all(&self.keys)
    }
}

impl Found {
    /// Counts the accounts' side.
    pub fn of_accounts<'m>(matches: impl IntoIterator<Item = &'m Match>) -> Self {
        let personal =
            matches.into_iter().filter(|matched| matched.class.is_somebodys() && matched.outcome != Outcome::Excluded);
        personal.fold(Self::default(), |found, matched| Self {
            accounts: found.accounts + 1,
            with_holder: found.with_holder + u64::from(matched.outcome == Outcome::Linked),
            ..found
        })
    }
}

/// What can be said of the matches of one system.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quality {
    /// Holders found.
    pub found: Found,
    /// Σ (1 − p) over the links: how many of them can be expected to be wrong.
    pub expected_wrong: f64,
    /// Keys put to the proof.
    pub keys: Vec<KeyVerdict>,
    /// Accounts matched blind.
    pub blind: Vec<BlindTrial>,
}

/// Links that can be expected to be wrong, summed in a fixed order.
pub fn expected_wrong<'m>(matches: impl IntoIterator<Item = &'m Match>) -> f64 {
    let links = matches.into_iter().filter(|matched| matched.outcome == Outcome::Linked);
    // Of no links the sum is nought, and not the negative nought that an empty sum of floats is.
    links.fold(0.0, |sum, matched| sum + (1.0 - matched.probability()))
}

/// Where the accounts stand in the export.
pub struct Rows<'a> {
    /// The place of the account at a place of `sets`.
    pub account: &'a dyn Fn(usize) -> AccountIx,
    /// The places in `sets` of the accounts on the rows before and after.
    pub neighbours: &'a dyn Fn(usize) -> [Option<usize>; 2],
}

/// Whether a holder is looked for: not of what is left out of the review, and not of a thing, which bears its contact's
/// key and its own name.
fn is_to_have_a_holder(matched: &Match) -> bool {
    matched.outcome != Outcome::Excluded && !matched.class.needs_named_owner()
}

/// Puts every key to the proof. `sets` and `matches` are in one order.
pub fn key_verdicts(sets: &[CandidateSet], matches: &[Match], rows: &Rows<'_>) -> Vec<KeyVerdict> {
    let both = sets.iter().zip(matches).enumerate().filter(|(_, (_, matched))| is_to_have_a_holder(matched));
    let verdicts = both.flat_map(|(at, (set, matched))| {
        let verdict = move |(field, hits): (EvidenceField, Vec<&RecordPair>)| {
            let rest = if hits.iter().any(|hit| agrees(hit, matched)) {
                Rest::Agrees
            } else if hits.iter().any(|hit| is_beside(hit, at, sets, rows)) {
                Rest::IsBeside
            } else {
                Rest::Disagrees
            };
            KeyVerdict { account: (rows.account)(at), field, rest }
        };
        hits(set).into_iter().map(verdict)
    });
    verdicts.collect()
}

fn is_beside(hit: &RecordPair, at: usize, sets: &[CandidateSet], rows: &Rows<'_>) -> bool {
    (rows.neighbours)(at).into_iter().flatten().any(|beside| is_named_there(&sets[beside], hit.person))
}

/// Whose each key of an account is, where the account also states a name.
fn hits(set: &CandidateSet) -> BTreeMap<EvidenceField, Vec<&RecordPair>> {
    let mut hits: BTreeMap<EvidenceField, Vec<&RecordPair>> = BTreeMap::new();
    for pair in set.pairs.iter().filter(|pair| pair.vector.iter().any(|c| c.field.is_name())) {
        let keys = pair.vector.iter().filter(|c| c.field.is_key() && c.level == Level::Exact);
        keys.for_each(|key| hits.entry(key.field).or_default().push(pair));
    }
    hits
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
