//! The ledger of answers, by row: which answer holds for a finding.

use crate::model::{AccountKey, FindingKey};
use crate::runfolder::{AnswerLine, Memory};
use std::collections::BTreeMap;

/// Answers by row, those of one row in the order they were read.
pub struct Ledger<'m>(BTreeMap<&'m AccountKey, Vec<&'m AnswerLine>>);

impl<'m> Ledger<'m> {
    /// Puts what is remembered in order.
    pub fn new(memory: &'m Memory) -> Self {
        let mut rows: BTreeMap<&AccountKey, Vec<&AnswerLine>> = BTreeMap::new();
        memory.answers.iter().for_each(|answer| rows.entry(&answer.row).or_default().push(answer));
        Self(rows)
    }

    /// The answer to a finding on a row: the last one that was given when the row named the finding. A new reason on
    /// an account has no answer, whatever was said of the old ones.
    pub fn answer(&self, row: &AccountKey, finding: &FindingKey) -> Option<&'m AnswerLine> {
        self.0.get(row)?.iter().rev().copied().find(|answer| answer.findings.contains(finding))
    }
}
