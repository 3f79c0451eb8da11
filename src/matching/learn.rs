//! Learning from the files themselves, system by system: expectation–maximisation within bounds.
//!
//! Whose an account is, is not known; so each account counts for each candidate by its probability, shares
//! are counted anew, and probabilities worked out with them, a few rounds (Dempster, Laird & Rubin 1977; for
//! record linkage Winkler 1988). Frequencies of values (u) are taken from the files and never learned here,
//! and every share keeps to its default as if some accounts had been seen already, so that a small file
//! keeps the documented defaults and no share runs away.

use super::decide::probabilities;
use super::evidence::{EvidenceField, Level};
use super::namesakes::{self, Namesakes};
use super::record_pair::CandidateSet;
use super::shares::{IN_FILES, Shares, default_chance_hits, default_share};

/// Rounds; shares move by less than a thousandth after four.
pub const ROUNDS: usize = 5;

/// As if so many accounts had been seen already and agreed with the defaults.
const STRENGTH: f64 = 40.0;

/// A share moves at most so many times up or down. A key's own agreement may fall to nothing, since a whole
/// column can hold another organisation's numbers; and the order of names is one habit for a whole file.
const MOST_CHANGE: f64 = 10.0;

/// π keeps within what an export of staff can be.
const IN_FILES_BOUNDS: (f64, f64) = (0.3, 0.99);

/// Learns the shares of a system from its accounts, given in a fixed order.
/// `known` is how common namesakes outside are as far as the directories tell.
pub fn learn(sets: &[&CandidateSet], persons: usize, known: Namesakes) -> Shares {
    let mut shares = Shares::new(persons);
    shares.namesakes = known;
    for _ in 0..ROUNDS {
        let seen = Seen::over(sets, &shares);
        seen.update(&mut shares, known);
    }
    shares
}

/// One round of learning how many accounts are of people outside, and how many of those are called as somebody here,
/// once everything is weighed: what an account leaves unstated, its domain and where the person works tell of them too.
/// Returns those seen.
pub fn learn_outsiders(sets: &[&CandidateSet], shares: &mut Shares, known: Namesakes) -> namesakes::Seen {
    let seen = Seen::over(sets, shares);
    seen.update_outsiders(shares, known);
    seen.namesakes
}

/// Expected counts of one round.
struct Seen {
    namesakes: namesakes::Seen,
    accounts: f64,
    in_files: f64,
    levels: [[f64; Level::ALL.len()]; EvidenceField::ALL.len()],
    carrying: [f64; EvidenceField::ALL.len()],
    chance_hits: [f64; EvidenceField::ALL.len()],
}

impl Seen {
    fn over(sets: &[&CandidateSet], shares: &Shares) -> Self {
        let fields = EvidenceField::ALL.len();
        let mut seen = Self {
            namesakes: namesakes::Seen::default(),
            accounts: 0.0,
            in_files: 0.0,
            levels: [[0.0; Level::ALL.len()]; EvidenceField::ALL.len()],
            carrying: [0.0; EvidenceField::ALL.len()],
            chance_hits: [0.0; EvidenceField::ALL.len()],
        };
        for set in sets {
            let probabilities = probabilities(set, shares, &[]);
            seen.accounts += 1.0;
            let in_files = probabilities.iter().sum::<f64>();
            seen.in_files += in_files;
            let stated = set.pairs.iter().filter_map(|pair| pair.stated(shares));
            let best = stated.max_by(|(a, _), (b, _)| (a.name + a.place).total_cmp(&(b.name + b.place)));
            seen.namesakes.add((1.0 - in_files).max(0.0), best, &shares.namesakes, shares.persons());
            let mut carried = [false; EvidenceField::ALL.len()];
            for (pair, p) in set.pairs.iter().zip(&probabilities) {
                for agreement in &pair.vector {
                    let field = agreement.field as usize;
                    seen.levels[field][agreement.level as usize] += p;
                    carried[field] = true;
                    if agreement.level == Level::Exact {
                        seen.chance_hits[field] += 1.0 - p;
                    }
                }
            }
            for field in (0..fields).filter(|field| carried[*field]) {
                seen.carrying[field] += 1.0;
            }
        }
        seen
    }

    fn update_outsiders(&self, shares: &mut Shares, known: Namesakes) {
        let in_files = (self.in_files + STRENGTH * IN_FILES) / (self.accounts + STRENGTH);
        shares.in_files = in_files.clamp(IN_FILES_BOUNDS.0, IN_FILES_BOUNDS.1);
        shares.namesakes = self.namesakes.learned(known);
    }

    fn update(&self, shares: &mut Shares, known: Namesakes) {
        self.update_outsiders(shares, known);
        for &field in EvidenceField::ALL {
            self.update_levels(field, shares);
            if field.is_hard_key() {
                let prior = default_chance_hits(field);
                let hits = self.chance_hits[field as usize] + STRENGTH * prior;
                shares.set_chance_hits(
                    field,
                    (hits / (self.carrying[field as usize] + STRENGTH)).clamp(prior / 10.0, 1.0),
                );
            }
        }
        shares.settle();
    }

    fn update_levels(&self, field: EvidenceField, shares: &mut Shares) {
        let counts = &self.levels[field as usize];
        let all: f64 = Shares::levels(field).map(|level| counts[level as usize]).sum::<f64>() + STRENGTH;
        let learned: Vec<(Level, f64)> = Shares::levels(field)
            .map(|level| {
                let prior = default_share(field, level);
                let share = (counts[level as usize] + STRENGTH * prior) / all;
                let (lowest, highest) = bounds(field, level, prior);
                (level, share.clamp(lowest, highest))
            })
            .collect();
        let sum: f64 = learned.iter().map(|(_, share)| share).sum();
        for (level, share) in learned {
            shares.set(field, level, share / sum);
        }
    }
}

fn bounds(field: EvidenceField, level: Level, prior: f64) -> (f64, f64) {
    const ALL_OR_NOTHING: (f64, f64) = (1e-3, 0.999);
    if field == EvidenceField::NameOrder || (field.is_key() && level == Level::Exact) {
        return ALL_OR_NOTHING;
    }
    (prior / MOST_CHANGE, (prior * MOST_CHANGE).min(ALL_OR_NOTHING.1))
}
