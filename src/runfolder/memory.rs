//! `data/memory.json`: what is carried from run to run, readable by people.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The ledger. Always written, also while it is empty, so that the next run finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// Version of this file's shape.
    pub schema: u32,
    /// Answers read, by row key.
    pub answers: BTreeMap<String, serde_json::Value>,
    /// Account row key → person id, confirmed by an owner.
    pub manual_links: BTreeMap<String, serde_json::Value>,
    /// Account row key → owner, stated by an owner.
    pub owners: BTreeMap<String, serde_json::Value>,
    /// Exceptions with their dates and renewals, by row key.
    pub exceptions: BTreeMap<String, serde_json::Value>,
    /// Opaque person id → how the person is recognised. Never a personal number.
    pub persons: BTreeMap<String, serde_json::Value>,
}

impl Memory {
    /// A memory of nothing.
    pub fn afresh() -> Self {
        Self { schema: 1, ..Self::default() }
    }
}
