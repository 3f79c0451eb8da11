//! How far a run has come is told while accounts are matched, the longest part of a large one.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use chrono::{DateTime, NaiveDate, Utc};
use common::run_with;
use samkor::{Measure, Overrides, Progress, RunRequest};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Every account is told once, some hundred at a time, up to all that were read.
#[test]
fn accounts_are_counted_while_they_are_matched() {
    let folder = tempfile::tempdir().unwrap();
    let municipality = folder.path().join("kommun");
    let made = run_with(&["demo", municipality.to_str().unwrap(), "--employees", "1500", "--accounts", "6000", "-q"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let told = Mutex::new(Vec::new());
    let done = samkor::run(&RunRequest {
        config: municipality.join("samkor.toml"),
        overrides: Overrides::default(),
        arguments: BTreeMap::new(),
        today: NaiveDate::from_ymd_opt(2026, 11, 30).unwrap(),
        clock: &|| DateTime::<Utc>::UNIX_EPOCH,
        threads: None,
        accept_incomplete: None,
        progress: &|own: Progress| {
            if own.measure == Measure::Accounts {
                told.lock().unwrap().push((own.done, own.of));
            }
        },
    });
    let done = done.unwrap_or_else(|errors| panic!("{}", errors.show(samkor::Language::En)));
    let told = told.into_inner().unwrap();
    let lines = common::lines(&done.folder, "accounts.jsonl").len() as u64;
    let (begun, of) = told[0];
    // Accounts of protected persons have no line.
    assert!(begun == 0 && (lines..lines + lines / 20).contains(&of), "{of} of {lines}");
    assert_eq!(told.iter().max().unwrap(), &(of, of));
    assert!((8..100).contains(&told.len()), "{told:?}");
}
