//! The ledger of answers, by row: which answer holds for a finding.

use crate::answer_form::Decision;
use crate::model::{AccountKey, FindingKey};
use crate::runfolder::AnswerLine;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Answers by row, those of one row by the days they were decided on, whatever order they came in.
#[derive(Debug)]
pub struct Ledger<'m>(BTreeMap<&'m AccountKey, Vec<&'m AnswerLine>>);

impl<'m> Ledger<'m> {
    /// Puts answers in order.
    pub fn new(answers: impl Iterator<Item = &'m AnswerLine>) -> Self {
        let mut rows: BTreeMap<&AccountKey, Vec<&AnswerLine>> = BTreeMap::new();
        answers.for_each(|answer| rows.entry(&answer.row).or_default().push(answer));
        // Of those of one day and one list the one that was read last comes last.
        rows.values_mut().for_each(|own| own.sort_by_key(|answer| answer.rank()));
        Self(rows)
    }

    /// Answers on a row, the first one first.
    pub fn of(&self, row: &AccountKey) -> &[&'m AnswerLine] {
        self.0.get(row).map_or(&[], Vec::as_slice)
    }

    /// What was last decided on a row, or where nobody has decided who was last named as the holder.
    pub fn last(&self, row: &AccountKey) -> Option<&'m AnswerLine> {
        let own = self.of(row);
        own.iter().rfind(|own| own.decides()).or_else(|| own.last()).copied()
    }

    /// Every row with its answers.
    pub fn rows(&self) -> impl Iterator<Item = (&'m AccountKey, &[&'m AnswerLine])> {
        self.0.iter().map(|(row, answers)| (*row, answers.as_slice()))
    }

    /// Whether what was last decided on a row is that somebody else is to decide.
    pub fn is_passed_on(&self, row: &AccountKey) -> bool {
        let last = self.of(row).iter().rfind(|own| own.decides());
        last.is_some_and(|last| last.decision == Decision::NotMine)
    }

    /// The answer to a finding on a row that was first seen on a day: the newest decision that was given to a list that
    /// named it since then, or where nobody has decided who was named as the holder. A new reason on an account has no
    /// answer, whatever was said of the old ones, and what was in order in between is new.
    pub fn answer(&self, row: &AccountKey, finding: &FindingKey, first_seen: NaiveDate) -> Option<&'m AnswerLine> {
        let is_of = |own: &&&AnswerLine| own.is_to_list_since(first_seen) && own.findings.contains(finding);
        let mut own = self.of(row).iter().rev().filter(is_of);
        own.clone().find(|own| own.decides()).or_else(|| own.next()).copied()
    }
}
