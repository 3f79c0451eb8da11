//! An extract as against those that earlier runs read: whether it shows anything new, and whether it shows all of it.
//!
//! The doubt lasts: it is measured by the last extract that nothing was amiss with, however many runs ago, until rows are
//! back or the source system's own count says that there are no more.

use super::context::{Review, SystemCx};
use crate::answer_form::Decision;
use crate::history::{PAYROLL, STATES};
use crate::ingest::SourceReport;
use crate::model::{AccountKey, Message, message};
use crate::runfolder::{AnswerLine, ExtractLine};
use std::collections::BTreeSet;

/// More than one row or record in five is no ordinary change.
const ONE_IN: u64 = 5;

/// An extract, and what is known of those before it.
#[derive(Clone, Copy, Debug)]
pub struct Extract {
    /// What is known of those before it.
    then: Option<ExtractLine>,
    /// The same of this one.
    now: ExtractLine,
    /// Whether the source system's own count is stated of each file, and is what was read.
    is_counted: bool,
    /// Accounts that went because it was decided so.
    went_by_decision: u64,
    /// Whether the configuration says that no column tells which accounts are closed.
    tells_none: bool,
}

impl Extract {
    /// Payroll's.
    pub(super) fn of_payroll(review: &Review<'_>) -> Self {
        let facts = review.roster.facts;
        let now = line(review.payroll, review, |line| ExtractLine {
            day: facts.tested_day,
            is_stated: facts.day_stated,
            ..line
        });
        let then = review.recalled.extract(PAYROLL);
        Self { then, now, is_counted: is_counted(review.payroll), went_by_decision: 0, tells_none: true }
    }

    /// A system's, where there is one.
    pub(super) fn of_system(cx: &SystemCx<'_>) -> Option<Self> {
        let export = cx.export?;
        let now = line(&export.reports, cx.review, |line| ExtractLine {
            day: export.tested_day,
            is_stated: cx.config.exported().is_some(),
            ..line
        });
        let said = |field| cx.config.inputs.iter().any(|own| own.columns.get(&field).is_some_and(Vec::is_empty));
        let then = cx.review.recalled.extract(cx.config.system.id.as_str());
        let (is_counted, tells_none) = (is_counted(&export.reports), STATES.into_iter().any(said));
        let own = Self { then, now, is_counted, went_by_decision: 0, tells_none };
        // What was decided is looked up only where so many went that it matters.
        let went = |then: ExtractLine| went_by_decision(cx, then);
        let went_by_decision = then.filter(|_| own.lacks_records()).map_or(0, went);
        Some(Self { went_by_decision, ..own })
    }

    /// Rows now, rows when nothing was amiss, and the reference date of that run, where they differ much and nobody has said
    /// that it is right.
    pub fn moved(&self) -> Option<(u64, ExtractLine)> {
        let then = self.then.filter(|then| then.rows > 0 && !self.is_counted)?;
        let moved = self.now.rows.abs_diff(then.rows) * ONE_IN > then.rows;
        (moved || self.lacks_records()).then_some((self.now.rows, then))
    }

    /// Whether so many rows are gone, of accounts or of their roles, that it may be cut short.
    pub fn lacks_rows(&self) -> bool {
        let lost = |then: ExtractLine| !self.is_counted && fell(self.now.rows, then.rows);
        self.lacks_records() || self.then.is_some_and(lost)
    }

    /// Whether so many accounts or persons are gone.
    fn lacks_records(&self) -> bool {
        let lost = |then: ExtractLine| fell(self.now.records + self.went_by_decision, then.records);
        !self.is_counted && self.then.is_some_and(lost)
    }

    /// Why what it lacks may be there.
    pub fn lacking(&self) -> Option<Message> {
        let then = self.then.filter(|_| self.lacks_records())?;
        let (now, ExtractLine { records, whole_on, .. }) = (self.now.records, then);
        Some(message!(
            "exporten har {now} konton, men {whole_on} var de {records}, så kontot kan fattas i filen utan att vara borta",
            "the export has {now} accounts, but on {whole_on} there were {records}: the account may be missing in the file \
             alone"
        ))
    }

    /// The newest day of those before it, where it is older than that.
    pub fn older_than(&self) -> Option<ExtractLine> {
        self.then.filter(|then| then.is_stated && self.now.day < then.day)
    }

    /// Why nothing new is proven by it, where it is older than what was read before.
    pub fn proves_nothing(&self) -> Option<Message> {
        let (then, now) = (self.older_than()?.day, self.now.day);
        Some(message!(
            "uttaget från {now} är äldre än det från {then} som redan har lästs, och visar inget nytt",
            "the extract of {now} is older than that of {then}, which has been read already, and shows nothing new"
        ))
    }

    /// Whether one before it said which accounts are closed, and it does not.
    pub fn lacks_states(&self) -> bool {
        !self.tells_none && !self.now.tells_state && self.then.is_some_and(|then| then.tells_state)
    }

    /// What the runs to come are to know.
    pub fn carried(&self) -> ExtractLine {
        let Some(then) = self.then else { return self.now };
        let whole = if self.lacks_rows() { then } else { self.now };
        let newest = if self.older_than().is_some() { then } else { self.now };
        ExtractLine {
            day: newest.day,
            is_stated: newest.is_stated,
            tells_state: self.now.tells_state || self.lacks_states(),
            ..whole
        }
    }
}

/// What reports say of an extract; its day is known by whoever asks.
fn line(reports: &[SourceReport], review: &Review<'_>, dated: impl FnOnce(ExtractLine) -> ExtractLine) -> ExtractLine {
    let as_of = review.config.review.as_of;
    dated(ExtractLine {
        whole_on: as_of,
        rows: reports.iter().map(|own| own.rows.used()).sum(),
        records: reports.iter().map(|own| own.rows.records).sum(),
        day: as_of,
        is_stated: false,
        tells_state: reports.iter().any(|own| STATES.into_iter().any(|field| own.gives(field))),
    })
}

fn fell(now: u64, then: u64) -> bool {
    then.saturating_sub(now) * ONE_IN > then
}

fn is_counted(reports: &[SourceReport]) -> bool {
    reports.iter().all(|own| own.control_total.is_some_and(|total| own.rows.may_be(total) || total == own.rows.records))
}

/// Accounts that are not there any more, were there when nothing was amiss, and were to be closed.
fn went_by_decision(cx: &SystemCx<'_>, then: ExtractLine) -> u64 {
    let (here, recalled) = (cx.review.accounts_then(), cx.review.recalled);
    let verified = recalled.memory.verified.iter().filter(|(_, own)| own.verified_on <= then.whole_on);
    let gone_before: BTreeSet<AccountKey> = verified.filter_map(|(key, _)| key.account()).collect();
    let was_there = |row: &AccountKey| {
        recalled.previous.as_ref().is_some_and(|run| run.accounts.contains_key(row)) || !gone_before.contains(row)
    };
    let went = |row: &AccountKey| row.is_of(&cx.config.system.id) && !here.contains_key(row);
    let is_to_go = |own: &AnswerLine| own.decision == Decision::Disable;
    let decided = cx.review.ledger.rows().filter(|(_, answers)| answers.last().is_some_and(|own| is_to_go(own)));
    decided.filter(|(row, _)| went(row) && was_there(row)).count() as u64
}
