//! Whose account it is, on large made-up municipalities: how often right, and how fast.
//!
//! `cargo bench --bench matching` prints for each size and seed the figures of `samkor demo --score`, and then,
//! for 200,000 accounts against 50,000 employees, how long matching took after reading, three times over.
//! Times depend on the machine; the figures do not.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A bench may fail loudly, and prints.

use chrono::{DateTime, NaiveDate, Utc};
use samkor::demo::{self, Population, Size};
use samkor::{Message, Overrides, RunRequest};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    for (employees, seeds) in [(5_000, 1..=3), (50_000, 1..=2)] {
        for seed in seeds {
            let folder = tempfile::tempdir().unwrap();
            let (run, _) =
                matched(folder.path(), &Size { population: Population::Ordinary, employees, accounts: None, seed });
            println!("{employees} employees, seed {seed}\n{}", demo::score(&run).unwrap().table());
        }
    }
    let size = Size { population: Population::Ordinary, employees: 50_000, accounts: Some(200_000), seed: 1 };
    for _ in 0..3 {
        let folder = tempfile::tempdir().unwrap();
        let (_, took) = matched(folder.path(), &size);
        println!("200,000 accounts against 50,000 employees matched in {took:.2?} after reading");
    }
}

/// Makes a municipality, runs it and returns the run folder and how long matching took.
fn matched(folder: &Path, size: &Size) -> (PathBuf, Duration) {
    let place = folder.join("kommun");
    demo::write(&place, size).unwrap();
    let steps: Mutex<Vec<(String, Instant)>> = Mutex::default();
    let request = RunRequest {
        config: place.join("samkor.toml"),
        overrides: Overrides::default(),
        arguments: std::collections::BTreeMap::new(),
        today: NaiveDate::from_ymd_opt(2026, 11, 30).unwrap(),
        clock: &|| DateTime::<Utc>::UNIX_EPOCH,
        threads: None,
        accept_incomplete: None,
        progress: &|step: Message| steps.lock().unwrap().push((step.en, Instant::now())),
    };
    let done = samkor::run(&request).unwrap_or_else(|errors| panic!("{}", errors.show(samkor::Language::En)));
    let steps = steps.into_inner().unwrap();
    let at = |name: &str| steps.iter().find(|(step, _)| step == name).unwrap().1;
    (done.folder, at("Testing the rules") - at("Finding the holder of each account"))
}
