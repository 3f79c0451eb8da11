//! What benches of the whole job share: a large made-up municipality, and its run.

#![allow(dead_code)] // Each bench takes what it needs.

use chrono::{DateTime, NaiveDate, Utc};
use samkor::demo::{self, Population, Size};
use samkor::{Overrides, Progress, RunRequest};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A run that was made and timed.
pub struct Job {
    /// Its run folder.
    pub run: PathBuf,
    /// The whole of it.
    pub took: Duration,
    /// Each of its steps by name, and when it began.
    pub steps: Vec<(String, Duration)>,
}

/// Writes an ordinary municipality, and returns the folder of its inputs.
pub fn make(folder: &Path, employees: u32, accounts: u32) -> PathBuf {
    let size = Size { population: Population::Ordinary, employees, accounts: Some(accounts), seed: 1 };
    demo::write(folder, &size, 0).unwrap();
    folder.join("indata")
}

/// Runs the whole job on a municipality.
pub fn run(municipality: &Path) -> Job {
    let began = Instant::now();
    let steps: Mutex<Vec<(String, Duration)>> = Mutex::default();
    let done = samkor::run(&RunRequest {
        config: municipality.join("samkor.toml"),
        overrides: Overrides::default(),
        arguments: std::collections::BTreeMap::new(),
        today: NaiveDate::from_ymd_opt(2026, 11, 30).unwrap(),
        clock: &|| DateTime::<Utc>::UNIX_EPOCH,
        threads: None,
        accept_incomplete: None,
        progress: &|step: Progress| {
            // How far a phase has come is not a phase.
            if step.done == 0 {
                steps.lock().unwrap().push((step.phase.en, began.elapsed()));
            }
        },
    });
    let took = began.elapsed();
    let done = done.unwrap_or_else(|errors| panic!("{}", errors.show(samkor::Language::En)));
    Job { run: done.folder, took, steps: steps.into_inner().unwrap() }
}
