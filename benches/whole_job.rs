//! The whole job and its stages on large made-up municipalities: how long each takes, and what five times the work costs.
//!
//! `cargo bench --bench whole_job` runs 10,000 employees with 40,000 accounts and then five times as much, three times
//! each, and prints the fastest of the three, stage by stage: reading, matching, review with followup, and writing with
//! what may be shown. Times depend on the machine; how they grow should not.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A bench may fail loudly, and prints.

mod common;

use common::Job;
use std::time::Duration;

fn main() {
    let small = fastest(10_000, 40_000);
    let large = fastest(50_000, 200_000);
    println!("five times the work takes {:.2} times the time", large.as_secs_f64() / small.as_secs_f64());
}

/// The fastest of three runs, which is printed with its stages.
fn fastest(employees: u32, accounts: u32) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    common::make(folder.path(), employees, accounts);
    let runs = (0..3).map(|_| common::run(folder.path()));
    let job = runs.min_by_key(|job| job.took).unwrap();
    println!("{employees} employees, {accounts} accounts: {:.2?}", job.took);
    for (name, took) in stages(&job) {
        println!("  {name:46}{took:>10.2?}");
    }
    job.took
}

/// How long each step took: until the next began, the last one until the end.
fn stages(job: &Job) -> Vec<(&str, Duration)> {
    let ends = job.steps.iter().skip(1).map(|(_, began)| *began).chain([job.took]);
    job.steps.iter().zip(ends).map(|((name, began), end)| (name.as_str(), end - *began)).collect()
}
