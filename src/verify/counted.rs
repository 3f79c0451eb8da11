//! The lines of `data/` counted again, as the manifest counts them.

use crate::error::os_words;
use crate::model::{AccountKey, FindingKey, Message, Severity, message};
use crate::runfolder::{AccountCounts, Counts, FindingCounts, UNTESTABLE, VERIFIED, is_over};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
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
    key: FindingKey,
    system: Option<String>,
    account: Option<String>,
    rule: String,
    severity: String,
    state: String,
    #[serde(default)]
    answered: bool,
}

impl FindingTold {
    /// Whether it was there: one that did not come back is counted by what became of it, and nowhere else.
    fn is_there(&self) -> bool {
        !is_over(&self.state) && self.state != UNTESTABLE
    }

    /// The row of a list that it is told on, where it is about an account.
    fn row(&self) -> Option<AccountKey> {
        self.account.as_ref().and(self.key.account())
    }
}

/// Rows of lists, each once however many findings it has.
#[derive(Default)]
struct Rows {
    to_answer: BTreeSet<AccountKey>,
    answered: BTreeSet<AccountKey>,
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
/// Rows to answer are those of `list_from` and graver.
///
/// # Errors
/// Why the file cannot be counted.
pub fn findings(file: &Path, list_from: Option<Severity>, counts: &mut Counts) -> Result<(), Message> {
    let mut rows: BTreeMap<String, Rows> = BTreeMap::new();
    each_line(file, |told: FindingTold| {
        if let Some((system, own)) = told.system.as_ref().and_then(|id| Some((id, counts.systems.get_mut(id)?))) {
            add_finding(&told, &mut own.findings, &mut own.verified);
            add_row(&told, list_from, rows.entry(system.clone()).or_default());
        }
        add_finding(&told, &mut counts.findings, &mut counts.verified);
    })?;
    for (system, rows) in &rows {
        let own = counts.systems.entry(system.clone()).or_default();
        (own.to_answer, own.answered) = (rows.to_answer.len() as u64, rows.answered.len() as u64);
        counts.to_answer += own.to_answer;
        counts.answered += own.answered;
    }
    Ok(())
}

fn add_row(told: &FindingTold, list_from: Option<Severity>, rows: &mut Rows) {
    let Some(row) = told.row() else { return };
    if told.is_there() && Severity::from_code(&told.severity) >= list_from {
        rows.to_answer.insert(row.clone());
    }
    if told.answered {
        rows.answered.insert(row);
    }
}

fn add_finding(told: &FindingTold, findings: &mut FindingCounts, verified: &mut u64) {
    add(&mut findings.state, &told.state);
    if !told.is_there() {
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
