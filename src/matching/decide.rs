//! Weights → probabilities → outcome.

use super::evidence::{Evidence, EvidenceField, Level};
use super::weights::Weights;
use super::{Candidate, Outcome};
use crate::config::MatchingLimits;
use crate::model::PersonIx;
use libm::exp2;

/// Candidates kept for an account; a list longer than this helps nobody.
pub const MOST_CANDIDATES: usize = 10;

/// Two candidates within one bit of each other share what there is: neither stands out.
const SHARED_RATIO: f64 = 0.5;

/// The probability of each candidate in an open world: the others and *nobody* are rivals.
/// `p(i) = w_i·π/N ÷ (Σ_j w_j·π/N + (1−π))`, best first.
pub fn posterior(compared: Vec<(PersonIx, Vec<Evidence>)>, weights: &Weights) -> Vec<Candidate> {
    let prior = weights.prior_bits();
    // Beyond ±500 bits nothing changes any more, and nothing overflows.
    let odds = |evidence: &[Evidence]| {
        let bits: f64 = evidence.iter().map(|e| e.bits).sum();
        exp2((prior + bits).clamp(-500.0, 500.0))
    };
    let all: Vec<f64> = compared.iter().map(|(_, evidence)| odds(evidence)).collect();
    let total: f64 = all.iter().sum::<f64>() + 1.0;
    let mut candidates: Vec<Candidate> = compared
        .into_iter()
        .zip(all)
        .map(|((person, evidence), odds)| Candidate { person, probability: odds / total, evidence })
        .collect();
    candidates.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.person.cmp(&b.person)));
    candidates
}

/// The outcome for an account that belongs to somebody in particular.
pub fn outcome(candidates: &[Candidate], limits: &MatchingLimits) -> Outcome {
    let Some(best) = candidates.first() else { return Outcome::Unmatched };
    if contradicted(best, candidates) {
        return Outcome::Disputed;
    }
    if best.probability < limits.candidate_probability {
        return Outcome::Unmatched;
    }
    if best.probability >= limits.link_probability {
        // A name alone is at most a candidate, however rare.
        return if more_than_a_name(best) { Outcome::Linked } else { Outcome::Candidate };
    }
    let shared = candidates.get(1).is_some_and(|second| {
        second.probability >= limits.candidate_probability && second.probability >= best.probability * SHARED_RATIO
    });
    if shared { Outcome::Disputed } else { Outcome::Candidate }
}

/// Hard facts that no weight outvotes: a key of one person with quite another name, or keys that
/// point at two persons.
fn contradicted(best: &Candidate, candidates: &[Candidate]) -> bool {
    let keyed = |c: &Candidate| c.evidence.iter().any(Evidence::is_agreeing_key);
    // A shared mailbox or a user name used again is a soft key: where the name stands by the best and
    // not by the other, it does not contradict.
    let soft = |other: &Candidate| keyed(other) && (has_same_name(other) || !has_same_name(best));
    let against = |other: &Candidate| other.has_hard_key() || soft(other);
    keyed(best) && has_another_name(best) || candidates.iter().skip(1).any(against)
}

fn level_of(candidate: &Candidate, field: EvidenceField) -> Option<Level> {
    candidate.evidence.iter().find(|e| e.field == field).map(|e| e.level)
}

/// Neither given name nor surname agrees, and both are stated.
fn has_another_name(candidate: &Candidate) -> bool {
    let differs = |field| level_of(candidate, field) == Some(Level::Differs);
    differs(EvidenceField::GivenName) && differs(EvidenceField::Surname)
}

/// The name, or the half of it that is stated, agrees.
fn has_same_name(candidate: &Candidate) -> bool {
    let agrees = |field| level_of(candidate, field).is_some_and(|level| level != Level::Differs);
    agrees(EvidenceField::GivenName) || agrees(EvidenceField::Surname)
}

/// Whether something beside the name agrees: a key, the birth date, or the unit.
fn more_than_a_name(candidate: &Candidate) -> bool {
    candidate.evidence.iter().any(|e| match e.field {
        EvidenceField::GivenName | EvidenceField::Surname => false,
        _ => e.level == Level::Exact,
    })
}
