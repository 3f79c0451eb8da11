//! `data/memory.json`: what is carried from run to run, readable by people.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The ledger. Always written, also while it is empty, so that the next run finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// Version of this file's shape.
    pub schema: u32,
    /// Answers read, each once.
    pub answers: Vec<AnswerLine>,
    /// Account row key → person, confirmed by an owner.
    pub manual_links: BTreeMap<String, StatedLine>,
    /// Account row key → owner, stated by an owner.
    pub owners: BTreeMap<String, StatedLine>,
    /// Exceptions by row key.
    pub exceptions: BTreeMap<String, ExceptionLine>,
    /// Opaque person id → how the person is recognised. Never a personal number.
    pub persons: BTreeMap<String, PersonLine>,
}

/// One answer, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerLine {
    /// Key of the row.
    pub row: String,
    /// Keys of the findings it was given for.
    pub findings: Vec<String>,
    /// The decision, in its Swedish words.
    pub decision: String,
    /// Role it is about.
    pub role: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_on: Option<String>,
    /// Who carried it out.
    pub done_by: Option<String>,
    /// When.
    pub done_on: Option<String>,
    /// Hash of the workbook it was read from.
    pub workbook: String,
    /// The run that issued the workbook.
    pub issued_in: String,
    /// The run that read it.
    pub read_in: String,
}

/// A person or owner that somebody stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedLine {
    /// Person id or owner.
    pub who: String,
    /// Who said so.
    pub stated_by: Option<String>,
    /// When.
    pub stated_on: Option<String>,
}

/// An exception and its renewals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionLine {
    /// Last day.
    pub until: String,
    /// How many times it was renewed.
    pub renewals: u32,
    /// Who decided.
    pub decided_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// A person without an employee number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    /// Folded name.
    pub name: String,
    /// Birth date.
    pub birth_date: Option<String>,
    /// E-mail.
    pub email: Option<String>,
}

impl Memory {
    /// A memory of nothing.
    pub fn afresh() -> Self {
        Self { schema: 1, ..Self::default() }
    }
}
