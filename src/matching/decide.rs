//! Weights → probabilities → outcome.

use super::comparison::{Case, Comparison};
use super::evidence::{EvidenceField, Level};
use super::shares::Shares;
use super::{Candidate, Outcome};
use crate::config::MatchingLimits;
use libm::exp2;

/// Candidates kept for an account; a list longer than this helps nobody.
pub const MOST_CANDIDATES: usize = 10;

/// Two candidates within one bit of each other share what there is: neither stands out.
const SHARED_RATIO: f64 = 0.5;

/// Many who share a name take from each other until none is likely; together they are, from here on.
const TOGETHER: f64 = 0.5;

/// The probability of each candidate in an open world, where the others and *nobody* are rivals:
/// `p(i) = w_i·π/N ÷ (Σ_j w_j·π/N + (1−π))`, in the order of the comparisons. `corrections` are bits by
/// comparison, for what other accounts say; none where it is empty.
pub fn probabilities(case: &Case, shares: &Shares, corrections: &[f64]) -> Vec<f64> {
    let prior = shares.prior_bits();
    let correction = |at: usize| corrections.get(at).copied().unwrap_or(0.0);
    let odds: Vec<f64> = case
        .comparisons
        .iter()
        .enumerate()
        // Beyond ±500 bits nothing changes any more, and nothing overflows.
        .map(|(at, comparison)| exp2((prior + comparison.bits(shares) + correction(at)).clamp(-500.0, 500.0)))
        .collect();
    let least = odds.iter().copied().fold(f64::INFINITY, f64::min);
    let left_out = if case.left_out > 0 { f64::from(case.left_out) * least } else { 0.0 };
    let total: f64 = odds.iter().sum::<f64>() + left_out + 1.0;
    odds.iter().map(|odds| odds / total).collect()
}

/// How likely it is that the holder is in the files at all.
pub fn in_files(case: &Case, shares: &Shares, corrections: &[f64]) -> f64 {
    let probabilities = probabilities(case, shares, corrections);
    let least = probabilities.iter().copied().fold(f64::INFINITY, f64::min);
    let left_out = if case.left_out > 0 { f64::from(case.left_out) * least } else { 0.0 };
    (probabilities.iter().sum::<f64>() + left_out).min(1.0)
}

/// The outcome for an account that belongs to somebody in particular. `candidates` are best first;
/// `in_files` is how likely the holder is one of them or of those left out.
pub fn outcome(candidates: &[Candidate], in_files: f64, shares: &Shares, limits: &MatchingLimits) -> Outcome {
    let Some(best) = candidates.first() else { return Outcome::Unmatched };
    if contradicted(best, candidates, shares) {
        return Outcome::Disputed;
    }
    if best.probability < limits.candidate_probability {
        return if in_files >= TOGETHER { Outcome::Disputed } else { Outcome::Unmatched };
    }
    if best.probability >= limits.link_probability {
        // A name alone is at most a candidate, however rare.
        let corroborated = best.evidence.iter().any(super::Evidence::corroborates);
        return if corroborated { Outcome::Linked } else { Outcome::Candidate };
    }
    let shared = candidates.get(1).is_some_and(|second| {
        second.probability >= limits.candidate_probability && second.probability >= best.probability * SHARED_RATIO
    });
    if shared { Outcome::Disputed } else { Outcome::Candidate }
}

/// Hard facts that no weight outvotes: a number of one person with quite another name, or numbers that point
/// at two persons. A column that is not payroll's own series states no facts.
fn contradicted(best: &Candidate, candidates: &[Candidate], shares: &Shares) -> bool {
    let numbered = |c: &Candidate| c.agreeing_numbers().any(|field| shares.is_trusted(field));
    let with_another_name = has_key(best) && best.has_another_name();
    let rival = |other: &Candidate| numbered(other) && !other.is_slip_beside(best, shares);
    with_another_name || candidates.iter().skip(1).any(rival)
}

fn has_key(candidate: &Candidate) -> bool {
    candidate.evidence.iter().any(super::Evidence::is_agreeing_key)
}

impl Candidate {
    /// Fields of numbers that agree.
    fn agreeing_numbers(&self) -> impl Iterator<Item = EvidenceField> {
        let own = self.evidence.iter().filter(|e| e.field.is_hard_key() && e.level == Level::Exact);
        own.map(|e| e.field)
    }

    /// Neither given name nor surname agrees, and both are stated.
    pub fn has_another_name(&self) -> bool {
        let differs = |field| self.level(field).is_some_and(|level| matches!(level, Level::Differs | Level::Renamed));
        differs(EvidenceField::GivenName) && differs(EvidenceField::Surname)
    }

    /// Whether this candidate's number is one of several, and outvoted: the best has a number of its own that
    /// agrees, a name that agrees, and this one has another name.
    fn is_slip_beside(&self, best: &Candidate, shares: &Shares) -> bool {
        let trusted = best.agreeing_numbers().filter(|field| shares.is_trusted(*field)).count();
        trusted > 1 && !best.has_another_name() && self.has_another_name()
    }

    fn level(&self, field: EvidenceField) -> Option<Level> {
        self.evidence.iter().find(|e| e.field == field).map(|e| e.level)
    }
}

/// Candidates with their probabilities and evidence, best first.
pub fn candidates(case: &Case, shares: &Shares, corrections: &[f64]) -> Vec<Candidate> {
    let probabilities = probabilities(case, shares, corrections);
    let weigh = |(at, (comparison, probability)): (usize, (&Comparison, f64))| {
        let mut evidence = comparison.evidence(shares);
        if let Some(bits) = corrections.get(at).filter(|bits| **bits < 0.0) {
            let field = EvidenceField::OtherAccounts;
            evidence.push(super::Evidence { field, level: Level::Differs, bits: *bits });
        }
        Candidate { person: comparison.person, probability, evidence }
    };
    let mut list: Vec<Candidate> = case.comparisons.iter().zip(probabilities).enumerate().map(weigh).collect();
    list.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.person.cmp(&b.person)));
    list
}
