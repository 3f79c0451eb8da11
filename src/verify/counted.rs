//! The lines of `data/` counted again, as the manifest counts them.

use crate::error::os_words;
use crate::model::{Message, message};
use crate::runfolder::{AccountCounts, Counts, FindingCounts, UNTESTABLE, VERIFIED, is_over};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// What of an account is counted.
#[derive(Deserialize)]
struct AccountTold {
    system: String,
    outcome: String,
    class: String,
}

/// What of a finding is counted.
#[derive(Deserialize)]
struct FindingTold {
    system: Option<String>,
    rule: String,
    severity: String,
    state: String,
}

/// Counts the accounts of a data file into those of their systems.
///
/// # Errors
/// Why the file cannot be counted.
pub fn accounts(file: &Path, counts: &mut Counts) -> Result<(), Message> {
    each_line(file, |told: AccountTold| {
        let own = counts.systems.entry(told.system).or_default();
        for sum in [&mut own.accounts, &mut counts.accounts] {
            let AccountCounts { outcome, class } = sum;
            add(outcome, &told.outcome);
            add(class, &told.class);
        }
    })
}

/// Counts the findings of a data file: those of systems that `counts` knows into these too, and all into the whole.
///
/// # Errors
/// Why the file cannot be counted.
pub fn findings(file: &Path, counts: &mut Counts) -> Result<(), Message> {
    each_line(file, |told: FindingTold| {
        if let Some(own) = told.system.as_ref().and_then(|system| counts.systems.get_mut(system)) {
            add_finding(&told, &mut own.findings, &mut own.verified);
        }
        add_finding(&told, &mut counts.findings, &mut counts.verified);
    })
}

/// One that did not come back is counted by what became of it, and nowhere else.
fn add_finding(told: &FindingTold, findings: &mut FindingCounts, verified: &mut u64) {
    add(&mut findings.state, &told.state);
    if is_over(&told.state) || told.state == UNTESTABLE {
        *verified += u64::from(told.state == VERIFIED);
        return;
    }
    add(&mut findings.rule, &told.rule);
    add(&mut findings.severity, &told.severity);
}

fn add(counts: &mut BTreeMap<String, u64>, code: &str) {
    match counts.get_mut(code) {
        Some(count) => *count += 1,
        None => drop(counts.insert(code.to_owned(), 1)),
    }
}

fn each_line<T: for<'de> Deserialize<'de>>(file: &Path, mut take: impl FnMut(T)) -> Result<(), Message> {
    let unreadable = |cause: std::io::Error| {
        let Message { sv, en } = os_words(&cause);
        message!("kan inte läsas: {sv}", "cannot be read: {en}")
    };
    if !file.is_file() {
        return Err(message!("filen saknas", "the file is missing"));
    }
    let lines = BufReader::new(File::open(file).map_err(unreadable)?).split(b'\n');
    for (line, number) in lines.zip(1u64..) {
        let line = line.map_err(unreadable)?;
        match serde_json::from_slice(&line) {
            Ok(told) => take(told),
            Err(_) => return Err(message!("rad {number} kan inte tolkas", "line {number} cannot be understood")),
        }
    }
    Ok(())
}
