//! The one door to what is written.
//!
//! Everything a recipient can read is made here: accounts and findings of protected persons become
//! counts, personal numbers are masked, each recipient gets his part, and texts are put in the run's
//! language. Report and record take only the types of this module, so that nothing reaches a file by
//! another way.

mod counts;
mod input;
mod lines;
mod matching;
mod owner;
mod reference;
mod row;
mod run;
mod summary;

pub use input::InputShown;
pub use matching::MatchingShown;
pub use owner::{OwnerBook, SystemShown, UntestedShown};
pub use row::{AccountRow, ReasonShown};
pub use run::RunFacts;
pub use summary::{ControlFinding, ControlPoint, SummaryBook, SystemLine};

use crate::followup::{Followed, Tracked};
use crate::ingest::SourceReport;
use crate::model::{AccountIx, Language};
use crate::review::{AccountCx, Review, Subject, SystemCx};
use crate::runfolder::{AccountLine, Counts, FindingLine};
use reference::Names;
use std::collections::BTreeMap;

/// Everything that may be written.
#[derive(Debug)]
pub struct Disclosed {
    /// What every workbook says of the run.
    pub run: RunFacts,
    /// One line an account.
    pub account_lines: Vec<AccountLine>,
    /// One line a finding.
    pub finding_lines: Vec<FindingLine>,
    /// One part an owner.
    pub owners: Vec<OwnerBook>,
    /// The summary.
    pub summary: SummaryBook,
    /// Every input.
    pub inputs: Vec<InputShown>,
    /// Counts for the manifest.
    pub counts: Counts,
}

/// Findings of one system, by account.
type ByAccount<'a> = BTreeMap<AccountIx, Vec<&'a Tracked>>;

/// Lets out what may be shown.
pub fn disclose(review: &Review<'_>, followed: &Followed, run: RunFacts) -> Disclosed {
    let open: Vec<&Tracked> =
        followed.findings.iter().filter(|tracked| !is_protected(review, tracked.finding.subject)).collect();
    let door = Door { review, names: Names::new(review), language: run.language };
    let inputs = input::all(review);
    let mut systems = Vec::new();
    for cx in review.system_contexts() {
        systems.push(door.system(cx, &open, followed, &run, &inputs));
    }
    let finding_lines: Vec<FindingLine> = open.iter().map(|tracked| lines::finding(tracked, &door)).collect();
    let counts = counts::count(review, &open);
    let summary = summary::book(&door, &open, followed, &counts, &run, &inputs);
    let mut account_lines = Vec::new();
    let mut owners = Vec::new();
    for (lines, book) in systems {
        account_lines.extend(lines);
        owners.extend(book);
    }
    Disclosed { run, account_lines, finding_lines, owners, summary, inputs, counts }
}

/// Whether a finding is about a protected person's account.
fn is_protected(review: &Review<'_>, subject: Subject) -> bool {
    match subject {
        Subject::Account(system, account) => review.protection.accounts[system].contains(&account),
        Subject::Person(person) => review.protection.persons.contains(&person),
        Subject::System(_) | Subject::Whole => false,
    }
}

/// What the parts of this module share.
struct Door<'a> {
    review: &'a Review<'a>,
    names: Names<'a>,
    language: Language,
}

impl<'a> Door<'a> {
    /// One system: its account lines, and the owner's part if there is an export to show.
    fn system(
        &self,
        cx: SystemCx<'a>,
        open: &[&'a Tracked],
        followed: &Followed,
        run: &RunFacts,
        inputs: &[InputShown],
    ) -> (Vec<AccountLine>, Option<OwnerBook>) {
        let mut by_account: ByAccount<'_> = BTreeMap::new();
        for tracked in open {
            if let Subject::Account(system, account) = tracked.finding.subject
                && system == cx.place
            {
                by_account.entry(account).or_default().push(tracked);
            }
        }
        let shown: Vec<AccountCx<'_>> = self.shown_accounts(cx).collect();
        let lines = shown.iter().map(|account| lines::account(account, self)).collect();
        let rows: Vec<AccountRow> = shown
            .iter()
            .map(|account| {
                let findings = by_account.get(&account.ix).map_or(&[][..], Vec::as_slice);
                row::account(account, findings, self, run)
            })
            .collect();
        let book = owner::book(cx, rows, open, followed, self, run, inputs);
        (lines, cx.export.map(|_| book))
    }

    /// Every account of a system but those of protected persons; those left out on purpose too.
    fn shown_accounts(&self, cx: SystemCx<'a>) -> impl Iterator<Item = AccountCx<'a>> {
        let hidden = &self.review.protection.accounts[cx.place];
        cx.all_accounts().filter(|account| !hidden.contains(&account.ix))
    }

    /// Whether an account is kept out of what is shown here.
    fn is_hidden(&self, system: usize, account: AccountIx) -> bool {
        self.review.protection.accounts[system].contains(&account)
    }

    /// What an account is called.
    fn label(&self, account: &AccountCx<'_>) -> &'a str {
        self.label_at(account.system.place, account.ix)
    }

    fn label_at(&self, system: usize, account: AccountIx) -> &'a str {
        self.review.systems[system].labels.get(account.0 as usize)
    }
}

/// Payroll's files and the export of one system.
fn reports_for<'r>(inputs: &'r [InputShown], system: &str) -> Vec<&'r SourceReport> {
    let own = |report: &&SourceReport| report.system.is_none() || report.system.as_deref() == Some(system);
    inputs.iter().filter_map(|input| input.report.as_ref()).filter(own).collect()
}
