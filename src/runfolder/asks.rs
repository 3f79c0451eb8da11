//! Which rows of a run's lists ask for an answer. Sheets ask by it, and whoever counts such rows counts by it: the run, the
//! one after it, the reading in between, and verify.

use super::lines::{DECIDED, EXCEPTED, UNTESTABLE, is_over};
use super::manifest::Manifest;
use crate::model::{AccountKey, Severity};
use std::collections::BTreeSet;

/// Which rows need an answer beside the deviations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attest {
    /// Deviations only.
    Nothing,
    /// Privileged accounts too.
    Privileged,
    /// Every account.
    All,
}

impl Attest {
    /// Each with its word in the configuration and the manifest.
    pub const NAMED: [(&'static str, Self); 3] =
        [("none", Self::Nothing), ("privileged", Self::Privileged), ("all", Self::All)];
}

/// Which deviations stand on the list to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListScope {
    /// All.
    Full,
    /// What is new, open or expired, and all that is critical: not what is decided or excepted. For monthly runs.
    Changes,
}

impl ListScope {
    /// Each with its word in the configuration and the manifest.
    pub const NAMED: [(&'static str, Self); 2] = [("full", Self::Full), ("changes", Self::Changes)];
}

/// What asks for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asks {
    /// Findings below ask for none.
    pub list_from: Severity,
    /// Which of the others do.
    pub scope: ListScope,
    /// Which accounts do that have none of these.
    pub attest: Attest,
}

impl Asks {
    /// Whether a finding puts its account on the list of what is to be answered.
    pub fn lists(self, severity: Severity, is_settled: bool) -> bool {
        let is_left_off = self.scope == ListScope::Changes && is_settled && severity < Severity::Critical;
        severity >= self.list_from && !is_left_off
    }

    /// Whether an account is to be answered for, whatever was found of it.
    pub fn attests(self, is_privileged: bool) -> bool {
        match self.attest {
            Attest::Nothing => false,
            Attest::Privileged => is_privileged,
            Attest::All => true,
        }
    }
}

impl Manifest {
    /// What its lists asked; absent in runs of earlier versions.
    pub fn asks(&self) -> Option<Asks> {
        let list_from = Severity::from_code(self.list_from.as_deref()?)?;
        let (scope, attest) = (self.scope.as_deref()?, self.attest.as_deref()?);
        let scope = ListScope::NAMED.into_iter().find(|(name, _)| *name == scope).map(|(_, own)| own)?;
        let attest = Attest::NAMED.into_iter().find(|(name, _)| *name == attest).map(|(_, own)| own)?;
        Some(Asks { list_from, scope, attest })
    }
}

/// The rows of a run that ask for an answer, gathered from its lines.
#[derive(Debug)]
pub struct AskedRows {
    asks: Asks,
    rows: BTreeSet<AccountKey>,
}

impl AskedRows {
    /// None yet.
    pub fn new(asks: Asks) -> Self {
        Self { asks, rows: BTreeSet::new() }
    }

    /// Takes in a finding on a row, by the words of its line.
    pub fn see_finding(&mut self, row: &AccountKey, severity: &str, state: &str) {
        let is_there = !is_over(state) && state != UNTESTABLE;
        let is_settled = [DECIDED, EXCEPTED].contains(&state);
        let severity = Severity::from_code(severity).filter(|_| is_there);
        if severity.is_some_and(|severity| self.asks.lists(severity, is_settled)) {
            self.rows.insert(row.clone());
        }
    }

    /// Takes in an account.
    pub fn see_account(&mut self, row: &AccountKey, is_privileged: bool) {
        if self.asks.attests(is_privileged) {
            self.rows.insert(row.clone());
        }
    }

    /// The rows, each once.
    pub fn rows(self) -> BTreeSet<AccountKey> {
        self.rows
    }
}
