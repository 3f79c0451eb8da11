//! The lines of `data/` counted again, as the manifest counts them.

use crate::error::os_words;
use crate::model::{AccountKey, FindingKey, Message, SystemId, message};
use crate::runfolder::{
    AccountCounts, AskedRows, Counts, FindingCounts, Memory, UNTESTABLE, VERIFIED, answered_rows, is_over,
};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// What of an account is counted.
#[derive(Deserialize)]
struct AccountTold {
    system: String,
    account: String,
    outcome: String,
    class: String,
    #[serde(default)]
    privileged: bool,
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

/// Counts the accounts of a data file into those of their systems.
///
/// # Errors
/// Why the file cannot be counted.
pub fn accounts(file: &Path, counts: &mut Counts, asked: &mut Option<AskedRows>) -> Result<(), Message> {
    each_line(file, |told: AccountTold| {
        if let Some((asked, system)) = asked.as_mut().zip(SystemId::new(&told.system)) {
            asked.see_account(&AccountKey::new(&system, &told.account), told.privileged);
        }
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
pub fn findings(file: &Path, counts: &mut Counts, asked: &mut Option<AskedRows>) -> Result<(), Message> {
    each_line(file, |told: FindingTold| {
        if let Some(own) = told.system.as_ref().and_then(|id| counts.systems.get_mut(id)) {
            add_finding(&told, &mut own.findings, &mut own.verified);
        }
        if let Some((asked, row)) = asked.as_mut().zip(told.row()) {
            asked.see_finding(&row, &told.severity, &told.state);
        }
        add_finding(&told, &mut counts.findings, &mut counts.verified);
    })
}

/// Counts the rows that asked for an answer, and those of the run before that got one by what is remembered.
///
/// # Errors
/// Why the memory cannot be counted.
pub fn rows(
    asked: AskedRows,
    memory: &Path,
    (previous, as_of): (Option<&str>, Option<NaiveDate>),
    counts: &mut Counts,
) -> Result<(), Message> {
    for row in asked.rows() {
        counts.systems.entry(row.system().to_owned()).or_default().to_answer += 1;
        counts.to_answer += 1;
    }
    let Some(previous) = previous else { return Ok(()) };
    let bytes = std::fs::read(memory).map_err(|cause| unreadable(&cause))?;
    let memory: Memory =
        serde_json::from_slice(&bytes).map_err(|_| message!("kan inte tolkas", "cannot be understood"))?;
    for (system, answered) in answered_rows(memory.answers.iter(), previous, as_of) {
        if let Some(own) = counts.systems.get_mut(&system) {
            own.answered = answered;
            counts.answered += answered;
        }
    }
    Ok(())
}

fn unreadable(cause: &std::io::Error) -> Message {
    let Message { sv, en } = os_words(cause);
    message!("kan inte läsas: {sv}", "cannot be read: {en}")
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
    if !file.is_file() {
        return Err(message!("filen saknas", "the file is missing"));
    }
    let lines = BufReader::new(File::open(file).map_err(|cause| unreadable(&cause))?).split(b'\n');
    for (line, number) in lines.zip(1u64..) {
        let line = line.map_err(|cause| unreadable(&cause))?;
        match serde_json::from_slice(&line) {
            Ok(told) => take(told),
            Err(_) => return Err(message!("rad {number} kan inte tolkas", "line {number} cannot be understood")),
        }
    }
    Ok(())
}
