//! Matches laid close together.
//!
//! What is found of an account is kept to the end of the run, and made among everything that was needed to find it. Each
//! piece in a place of its own would hold that room open when the rest is gone: a million accounts would keep half as
//! much again as they need.

use super::{Candidate, Evidence, Match};
use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A part of a long list that many share.
pub struct PartOf<T> {
    all: Arc<Vec<T>>,
    from: u32,
    to: u32,
}

impl<T> PartOf<T> {
    /// A part of a list; what lies outside of it is left out.
    fn new(all: &Arc<Vec<T>>, part: Range<usize>) -> Self {
        let place = |at: usize| u32::try_from(at.min(all.len())).unwrap_or(u32::MAX);
        Self { all: Arc::clone(all), from: place(part.start), to: place(part.end) }
    }
}

impl<T> Deref for PartOf<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.all.get(self.from as usize..self.to as usize).unwrap_or(&[])
    }
}

impl<T> From<Vec<T>> for PartOf<T> {
    fn from(all: Vec<T>) -> Self {
        let to = all.len();
        Self::new(&Arc::new(all), 0..to)
    }
}

impl<T> Clone for PartOf<T> {
    fn clone(&self) -> Self {
        Self { all: Arc::clone(&self.all), ..*self }
    }
}

impl<T: fmt::Debug> fmt::Debug for PartOf<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.deref().fmt(out)
    }
}

/// The same matches with their candidates in one list, and all evidence in another.
pub fn packed(matches: Vec<Match>) -> Vec<Match> {
    let candidates = || matches.iter().flat_map(|matched| matched.candidates.iter());
    let mut evidence: Vec<Evidence> = Vec::with_capacity(candidates().map(|own| own.evidence.len()).sum());
    evidence.extend(candidates().flat_map(|own| own.evidence.iter().copied()));
    let evidence = Arc::new(evidence);
    let mut at = 0;
    let own = |candidate: &Candidate| {
        let from = at;
        at += candidate.evidence.len();
        Candidate { evidence: PartOf::new(&evidence, from..at), ..*candidate }
    };
    let mut all: Vec<Candidate> = Vec::with_capacity(candidates().count());
    all.extend(candidates().map(own));
    let all = Arc::new(all);
    let mut at = 0;
    let own = |matched: Match| {
        let from = at;
        at += matched.candidates.len();
        Match { candidates: PartOf::new(&all, from..at), ..matched }
    };
    matches.into_iter().map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::{EvidenceField, Level, Outcome};
    use crate::model::{AccountClass, PersonIx};
    use proptest::prelude::*;

    fn matched(evidence: &[Vec<u8>]) -> Match {
        let piece = |bits: &u8| Evidence::new(EvidenceField::Email, Level::Exact, f64::from(*bits));
        let candidate = |(own, at): (&Vec<u8>, u32)| Candidate {
            person: PersonIx(at),
            probability: 0.5,
            evidence: own.iter().map(piece).collect::<Vec<_>>().into(),
        };
        Match {
            outcome: Outcome::Candidate,
            class: AccountClass::Personal,
            candidates: evidence.iter().zip(0u32..).map(candidate).collect::<Vec<_>>().into(),
            active_probability: 0.25,
            superuser: false,
            called_as: None,
        }
    }

    proptest! {
        /// Matches say the same when they are packed, however many candidates and pieces of evidence each has.
        #[test]
        fn packing_changes_nothing(of_matches in proptest::collection::vec(
            proptest::collection::vec(proptest::collection::vec(0u8..200, 0..4), 0..4), 0..8)
        ) {
            let matches: Vec<Match> = of_matches.iter().map(|own| matched(own)).collect();
            let before = format!("{matches:?}");
            prop_assert_eq!(format!("{:?}", packed(matches)), before);
        }
    }
}
