//! Most people have one everyday account in a system: a person claimed by several is each one's less surely.
//!
//! Two accounts that both look like one person's are either both theirs, which is rare and whose share is
//! known from accounts with keys, or one is a namesake's outside. So what other accounts already claim of a
//! person takes odds from an account without a key; an account with one keeps what it has. A few rounds
//! settle it (softly, after Sinkhorn 1964; a hard assignment would hide the second account).

use super::comparison::Case;
use super::decide::probabilities;
use super::shares::Shares;
use crate::model::PersonIx;
use libm::log2;
use std::collections::HashMap;

/// Rounds; nothing moves by more than a hundredth after three.
const ROUNDS: usize = 3;

/// Corrections in bits, by case and comparison; empty where nothing is corrected.
pub type Corrections = Vec<Vec<f64>>;

/// What the other accounts take from each. `everyday` says which cases are everyday accounts.
pub fn corrections(cases: &[Case], everyday: &[bool], shares: &Shares) -> Corrections {
    let mut corrections: Corrections = vec![Vec::new(); cases.len()];
    for _ in 0..ROUNDS {
        let claims = claims(cases, everyday, shares, &corrections);
        let mut next: Corrections = vec![Vec::new(); cases.len()];
        for (at, case) in cases.iter().enumerate().filter(|(at, _)| everyday[*at]) {
            next[at] = of_case(case, shares, &corrections[at], &claims);
        }
        corrections = next;
    }
    corrections
}

/// Σ p over the everyday accounts, by person; in the order of the cases.
fn claims(cases: &[Case], everyday: &[bool], shares: &Shares, corrections: &Corrections) -> HashMap<PersonIx, f64> {
    let mut claims: HashMap<PersonIx, f64> = HashMap::new();
    for (at, case) in cases.iter().enumerate().filter(|(at, _)| everyday[*at]) {
        for (comparison, p) in case.comparisons.iter().zip(probabilities(case, shares, &corrections[at])) {
            *claims.entry(comparison.person).or_default() += p;
        }
    }
    claims
}

fn of_case(case: &Case, shares: &Shares, corrections: &[f64], claims: &HashMap<PersonIx, f64>) -> Vec<f64> {
    let probabilities = probabilities(case, shares, corrections);
    let correct = |(comparison, p): (&super::comparison::Comparison, f64)| {
        if comparison.has_key() {
            return 0.0;
        }
        let others = (claims.get(&comparison.person).copied().unwrap_or(0.0) - p).clamp(0.0, 1.0);
        log2(1.0 - others * (1.0 - shares.several_accounts))
    };
    let list: Vec<f64> = case.comparisons.iter().zip(probabilities).map(correct).collect();
    if list.iter().all(|bits| *bits > -0.01) { Vec::new() } else { list }
}

/// The share of persons with more than one everyday account, from accounts that a key links.
pub fn share_with_several(cases: &[Case], everyday: &[bool], shares: &Shares) -> f64 {
    /// As if a hundred persons had been seen already, one of them with several.
    const STRENGTH: f64 = 100.0;
    const PRIOR: f64 = 0.01;
    /// Never so rare that a second account is impossible, never so common that it means nothing.
    const BOUNDS: (f64, f64) = (0.002, 0.3);
    let mut accounts: HashMap<PersonIx, u32> = HashMap::new();
    let (mut persons, mut several) = (0.0, 0.0);
    for (case, _) in cases.iter().zip(everyday).filter(|(_, everyday)| **everyday) {
        let probabilities = probabilities(case, shares, &[]);
        let keyed = case.comparisons.iter().zip(probabilities).find(|(c, p)| *p >= 0.95 && c.has_key());
        if let Some((comparison, _)) = keyed {
            let count = accounts.entry(comparison.person).or_default();
            *count += 1;
            persons += f64::from(u8::from(*count == 1));
            several += f64::from(u8::from(*count == 2));
        }
    }
    ((several + STRENGTH * PRIOR) / (persons + STRENGTH)).clamp(BOUNDS.0, BOUNDS.1)
}
