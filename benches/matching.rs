//! Whose account it is, on large made-up municipalities: how often right, and how fast.
//!
//! `cargo bench --bench matching` prints for each kind of municipality the figures of `samkor demo --score`, by system,
//! by cause and by stated probability, then all kinds in one table, then the ordinary one large, and then, for 200,000
//! accounts against 50,000 employees, how long matching took after reading, three times over. Times depend on the
//! machine; the figures do not.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A bench may fail loudly, and prints.

mod common;

use samkor::demo::{self, Population, Score, Size};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Employees of each kind of municipality, and its seeds.
const EMPLOYEES: u32 = 4_000;
const SEEDS: [u64; 2] = [1, 2];

fn main() {
    let scores = Population::ALL.map(|population| (population, measured(population, EMPLOYEES, &SEEDS)));
    println!("{}", side_by_side(&scores));
    for seed in SEEDS {
        measured(Population::Ordinary, 50_000, &[seed]);
    }
    let size = Size { population: Population::Ordinary, employees: 50_000, accounts: Some(200_000), seed: 1 };
    for _ in 0..3 {
        let folder = tempfile::tempdir().unwrap();
        let (_, took) = matched(folder.path(), &size);
        println!("200,000 accounts against 50,000 employees matched in {took:.2?} after reading");
    }
}

/// Prints and returns the figures of one kind, its seeds together.
fn measured(population: Population, employees: u32, seeds: &[u64]) -> Score {
    let mut score = Score::default();
    for seed in seeds {
        let folder = tempfile::tempdir().unwrap();
        let (run, _) = matched(folder.path(), &Size { population, employees, accounts: None, seed: *seed });
        score.add(demo::score(&run).unwrap());
    }
    println!("{}, {employees} employees, seeds {seeds:?}\n{}", population.code(), score.table());
    score
}

/// Every kind on a line of its own.
#[allow(clippy::cast_precision_loss)] // Counts of accounts.
fn side_by_side(scores: &[(Population, Score)]) -> String {
    let share = |part: u64, of: u64| part as f64 * 100.0 / of.max(1) as f64;
    let mut text = String::from(
        "kind           links  precision %  deviations  silent  at work  false alarms %  undecided %  calibration gap\n",
    );
    for (population, score) in scores {
        let whole = &score.whole;
        let line = format!(
            "{:12}{:>8}{:>13.3}{:>12}{:>8}{:>9}{:>16.3}{:>13.3}{:>17.3}\n",
            population.code(),
            whole.links,
            share(whole.right, whole.links),
            whole.deviations,
            whole.silent,
            whole.at_work,
            share(whole.false_alarms, whole.at_work),
            share(whole.undecided, whole.accounts),
            score.calibration_gap(),
        );
        text.push_str(&line);
    }
    text
}

/// Makes a municipality, runs it and returns the run folder and how long matching took.
fn matched(folder: &Path, size: &Size) -> (PathBuf, Duration) {
    let place = folder.join("kommun");
    demo::write(&place, size, 0).unwrap();
    let job = common::run(&place);
    let at = |name: &str| job.steps.iter().find(|(step, _)| step == name).unwrap().1;
    (job.run, at("Testing the rules") - at("Finding the holder of each account"))
}
