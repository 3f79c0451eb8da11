//! What matching learned, as the manifest tells it.

use crate::config::Config;
use crate::matching::{Blind, Examined, KeyTrial, SystemMatches};
use crate::runfolder::{BlindLine, EffortLine, FoundLine, KeyTrialLine, LearnedLine};
use std::collections::BTreeMap;

/// What matching learned, by system, for the manifest.
pub fn learned(config: &Config, systems: &[Examined]) -> BTreeMap<String, LearnedLine> {
    let ids = config.systems.iter().map(|system| system.system.id.to_string());
    let lines = ids.zip(systems).filter_map(|(id, system)| {
        let (_, matches) = system.delivered().ok()?;
        Some((id, learned_line(matches)))
    });
    lines.collect()
}

fn learned_line(matches: &SystemMatches) -> LearnedLine {
    let (learned, quality, effort) = (&matches.learned, &matches.quality, matches.effort);
    let blind = Blind::of(&quality.blind);
    let mut levels: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for (field, level, share) in &learned.levels {
        levels.entry(field.key().to_owned()).or_default().insert(level.key().to_owned(), rounded(*share));
    }
    let trial = |trial: &KeyTrial| {
        let (tested, disagree, shifted) = (trial.tested, trial.disagree, trial.shifted);
        (trial.field.key().to_owned(), KeyTrialLine { tested, disagree, shifted })
    };
    LearnedLine {
        in_files: rounded(learned.in_files),
        persons: learned.persons as u64,
        several_accounts: rounded(learned.several_accounts),
        namesakes: [learned.namesakes.of_outsiders, learned.namesakes.at_the_place].map(rounded),
        levels,
        chance_hits: learned.chance_hits.iter().map(|(f, share)| (f.key().to_owned(), rounded(*share))).collect(),
        account_names: learned.shapes.iter().map(|(shape, share)| (shape.clone(), rounded(*share))).collect(),
        found: FoundLine {
            accounts: quality.found.accounts,
            with_holder: quality.found.with_holder,
            employed: quality.found.employed,
            with_account: quality.found.with_account,
        },
        expected_wrong: rounded(quality.expected_wrong),
        keys: quality.key_trials().iter().map(trial).collect(),
        blind: BlindLine { tried: blind.tried, same: blind.same, other: blind.other },
        effort: effort.map(|effort| EffortLine {
            accounts: effort.accounts,
            candidates: effort.candidates,
            comparisons: effort.pairs,
            words: effort.words,
        }),
    }
}

/// Four decimals, once, for showing.
fn rounded(share: f64) -> f64 {
    (share * 1e4).round() / 1e4
}
