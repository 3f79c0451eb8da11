//! Most people have one everyday account in a system: a person claimed by several is each one's less surely.
//!
//! Two accounts that both look like one person's are either both theirs, which is rare and whose share is
//! known from accounts with keys, or one is a namesake's outside. So what other accounts already claim of a
//! person takes odds from an account without a key; an account with one keeps what it has. A few rounds
//! settle it (softly, after Sinkhorn 1964; a hard assignment would hide the second account).

use super::decide::probabilities;
use super::record_pair::{CandidateSet, RecordPair};
use super::shares::Shares;
use crate::model::PersonIx;
use foldhash::{HashMap, HashMapExt};
use libm::log2;
use rayon::prelude::*;

/// Rounds; nothing moves by more than a hundredth after three.
const ROUNDS: usize = 3;

/// Claims below this take nothing noticeable from anyone.
const NOTICEABLE: f64 = 1e-3;

/// Corrections in bits, by candidate set and pair; empty where nothing is corrected.
pub type Corrections = Vec<Vec<f64>>;

/// The everyday accounts of a system with what each claims.
pub struct Claimed<'a> {
    sets: &'a [CandidateSet],
    /// By set; empty for accounts that are not everyday ones.
    probabilities: Vec<Vec<f64>>,
}

impl<'a> Claimed<'a> {
    /// Works the claims out. `everyday` says which sets are everyday accounts.
    pub fn new(sets: &'a [CandidateSet], everyday: &[bool], shares: &Shares) -> Self {
        let own = |(set, everyday): (&CandidateSet, &bool)| {
            if *everyday { probabilities(set, shares, &[]) } else { Vec::new() }
        };
        Self { sets, probabilities: sets.par_iter().zip(everyday).map(own).collect() }
    }

    /// Each everyday account's comparisons with their probabilities.
    fn of(&self, at: usize) -> impl Iterator<Item = (&'a RecordPair, f64)> {
        self.sets[at].pairs.iter().zip(self.probabilities[at].iter().copied())
    }

    /// The share of persons with more than one everyday account, from accounts that a key links.
    pub fn share_with_several(&self) -> f64 {
        /// As if a hundred persons had been seen already, one of them with several.
        const STRENGTH: f64 = 100.0;
        const PRIOR: f64 = 0.01;
        /// Never so rare that a second account is impossible, never so common that it means nothing.
        const BOUNDS: (f64, f64) = (0.002, 0.3);
        let mut accounts: HashMap<PersonIx, u32> = HashMap::new();
        let (mut persons, mut several) = (0.0, 0.0);
        for at in 0..self.sets.len() {
            if let Some((pair, _)) = self.of(at).find(|(pair, p)| *p >= 0.95 && pair.has_key()) {
                let count = accounts.entry(pair.person).or_default();
                *count += 1;
                persons += f64::from(u8::from(*count == 1));
                several += f64::from(u8::from(*count == 2));
            }
        }
        ((several + STRENGTH * PRIOR) / (persons + STRENGTH)).clamp(BOUNDS.0, BOUNDS.1)
    }

    /// What the other accounts take from each.
    pub fn corrections(&self, shares: &Shares) -> Corrections {
        let mut corrections: Corrections = vec![Vec::new(); self.sets.len()];
        let mut claims = self.sums();
        let contested: Vec<usize> = (0..self.sets.len()).filter(|at| self.is_contested(*at, &claims)).collect();
        let mut current: Vec<Vec<f64>> = contested.iter().map(|at| self.probabilities[*at].clone()).collect();
        for _ in 0..ROUNDS {
            let corrected = |(at, own): (&usize, &Vec<f64>)| of_case(&self.sets[*at], own, shares, &claims);
            let next: Vec<Vec<f64>> = contested.iter().zip(&current).map(corrected).collect();
            for ((at, own), bits) in contested.iter().zip(&mut current).zip(next) {
                let set = &self.sets[*at];
                let after = probabilities(set, shares, &bits);
                for (pair, (before, after)) in set.pairs.iter().zip(own.iter().zip(&after)) {
                    *claims.entry(pair.person).or_default() += after - before;
                }
                *own = after;
                corrections[*at] = bits;
            }
        }
        corrections
    }

    /// Σ p over the accounts, by person; in the order of the sets.
    fn sums(&self) -> HashMap<PersonIx, f64> {
        let mut sums: HashMap<PersonIx, f64> = HashMap::new();
        for at in 0..self.sets.len() {
            for (pair, p) in self.of(at).filter(|(_, p)| *p >= NOTICEABLE) {
                *sums.entry(pair.person).or_default() += p;
            }
        }
        sums
    }

    /// Whether others claim someone whom the account claims without a key.
    fn is_contested(&self, at: usize, claims: &HashMap<PersonIx, f64>) -> bool {
        self.of(at).any(|(pair, p)| {
            let all = claims.get(&pair.person).copied().unwrap_or(0.0);
            p >= NOTICEABLE && all - p >= NOTICEABLE && !pair.has_key()
        })
    }
}

fn of_case(set: &CandidateSet, own: &[f64], shares: &Shares, claims: &HashMap<PersonIx, f64>) -> Vec<f64> {
    let correct = |(pair, p): (&RecordPair, &f64)| {
        if pair.has_key() {
            return 0.0;
        }
        let others = (claims.get(&pair.person).copied().unwrap_or(0.0) - p).clamp(0.0, 1.0);
        log2(1.0 - others * (1.0 - shares.several_accounts))
    };
    set.pairs.iter().zip(own).map(correct).collect()
}
