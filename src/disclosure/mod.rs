//! The one door to what is written.
//!
//! Everything a recipient can read is made here: accounts and findings of protected persons become
//! counts, personal numbers are masked, each recipient gets his part, and texts are put in the run's
//! language. Report and record take only the types of this module, so that nothing reaches a file by
//! another way.

mod counts;
mod departments;
mod input;
mod lines;
mod matching;
mod owner;
mod person;
mod personnel;
mod reference;
mod restricted;
mod row;
mod run;
mod split;
mod summary;

pub use departments::{Delays, DepartmentLine};
pub use input::InputShown;
pub use matching::MatchingShown;
pub use owner::{OwnerBook, SystemShown, UntestedShown};
pub use person::PersonRow;
pub use personnel::PersonnelBook;
pub use restricted::RestrictedBook;
pub use row::{AccountRow, ReasonShown};
pub use run::RunFacts;
pub use split::PartShown;
pub use summary::{ControlFinding, ControlPoint, SummaryBook, SystemLine};

use crate::config::Split;
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
    /// One part an owner, or one a department of a system that is cut so.
    pub owners: Vec<OwnerBook>,
    /// The summary.
    pub summary: SummaryBook,
    /// The same for each committee: file name without ending, and its part.
    pub committees: Vec<(String, SummaryBook)>,
    /// HR's part.
    pub personnel: PersonnelBook,
    /// The part of the post that handles protected persons, where one is named.
    pub restricted: Option<RestrictedBook>,
    /// Every input.
    pub inputs: Vec<InputShown>,
    /// Counts for the manifest.
    pub counts: Counts,
    /// What could not be tested and why, by system, for the manifest.
    pub untested: BTreeMap<String, BTreeMap<String, String>>,
}

/// Lets out what may be shown.
pub fn disclose(review: &Review<'_>, followed: &Followed, run: RunFacts) -> Disclosed {
    let open: Vec<&Tracked> =
        followed.findings.iter().filter(|tracked| !is_protected(review, tracked.finding.subject)).collect();
    let door = Door::new(review, Audience::Ordinary, run.language);
    let inputs = input::all(review);
    let mut account_lines = Vec::new();
    let mut owners = Vec::new();
    for cx in review.system_contexts() {
        let (lines, book) = door.system(cx, &open, followed, &run, &inputs);
        account_lines.extend(lines);
        owners.extend(book);
    }
    let finding_lines: Vec<FindingLine> = open.iter().map(|tracked| lines::finding(tracked, &door)).collect();
    let counts = counts::count(review, &open);
    let summarise = summary::Summarise {
        door: &door,
        open: &open,
        followed,
        counts: &counts,
        run: &run,
        inputs: &inputs,
        books: &owners,
    };
    let (summary, committees) = (summarise.book(None), summarise.committees());
    let personnel = personnel::book(&door, &open, followed, &owners, &run);
    let restricted = restricted::book(review, followed, &run);
    let owners = owners.into_iter().flat_map(|book| cut(book, &door, &run)).collect();
    let untested = untested(review, followed, run.language);
    Disclosed {
        run,
        account_lines,
        finding_lines,
        owners,
        summary,
        committees,
        personnel,
        restricted,
        inputs,
        counts,
        untested,
    }
}

/// Rules that could not be tested, by system; those on payroll and the run as a whole under `payroll`.
fn untested(
    review: &Review<'_>,
    followed: &Followed,
    language: Language,
) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut untested: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for own in &followed.untested {
        let system = own.system.map_or("payroll", |place| review.systems[place].config.system.id.as_str());
        let why = own.why.get(language).to_owned();
        untested.entry(system.to_owned()).or_default().insert(own.rule.id.to_owned(), why);
    }
    untested
}

/// One part, or one a department where the configuration says so.
fn cut(book: OwnerBook, door: &Door<'_>, run: &RunFacts) -> Vec<OwnerBook> {
    match door.review.systems[book.place].config.split {
        Split::Owner => vec![book],
        Split::Department => split::by_department(book, door, run),
    }
}

/// Whether a finding is about a protected person's account, or about such a person.
fn is_protected(review: &Review<'_>, subject: Subject) -> bool {
    match subject {
        Subject::Account(system, account) => review.protection.accounts[system].contains(&account),
        Subject::Person(person) => review.protection.persons.contains(&person),
        Subject::System(_) | Subject::Whole => false,
    }
}

/// Findings of one system, by account.
fn by_account<'t>(findings: &[&'t Tracked], place: usize) -> BTreeMap<AccountIx, Vec<&'t Tracked>> {
    let mut by_account: BTreeMap<AccountIx, Vec<&Tracked>> = BTreeMap::new();
    for tracked in findings {
        if let Subject::Account(system, account) = tracked.finding.subject
            && system == place
        {
            by_account.entry(account).or_default().push(tracked);
        }
    }
    by_account
}

/// Who reads what is let out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Audience {
    /// Anyone who gets an ordinary output: protected persons are counts.
    Ordinary,
    /// The post that handles protected persons: them, and nobody else.
    Restricted,
}

/// What the parts of this module share.
struct Door<'a> {
    review: &'a Review<'a>,
    names: Names<'a>,
    audience: Audience,
    language: Language,
}

impl<'a> Door<'a> {
    fn new(review: &'a Review<'a>, audience: Audience, language: Language) -> Self {
        Self { review, names: Names::new(review, audience), audience, language }
    }

    /// One system: its account lines, and the owner's part if there is an export to show.
    fn system(
        &self,
        cx: SystemCx<'a>,
        open: &[&'a Tracked],
        followed: &Followed,
        run: &RunFacts,
        inputs: &[InputShown],
    ) -> (Vec<AccountLine>, Option<OwnerBook>) {
        let lines = self.shown_accounts(cx).map(|account| lines::account(&account, self)).collect();
        let book = owner::book(cx, self.rows(cx, open, run), open, followed, self, run, inputs);
        (lines, cx.export.map(|_| book))
    }

    /// A row for every account of a system that may be shown here, with the findings about it.
    fn rows(&self, cx: SystemCx<'a>, findings: &[&Tracked], run: &RunFacts) -> Vec<AccountRow> {
        let by_account = by_account(findings, cx.place);
        let shown = self.shown_accounts(cx);
        let row = |account: AccountCx<'_>| {
            let own = by_account.get(&account.ix).map_or(&[][..], Vec::as_slice);
            row::account(&account, own, self, run)
        };
        shown.map(row).collect()
    }

    /// Every account of a system that may be shown here; those left out on purpose too.
    fn shown_accounts(&self, cx: SystemCx<'a>) -> impl Iterator<Item = AccountCx<'a>> {
        cx.all_accounts().filter(move |account| !self.is_hidden(cx.place, account.ix))
    }

    /// Whether an account is kept out of what is shown here.
    fn is_hidden(&self, system: usize, account: AccountIx) -> bool {
        let protected = self.review.protection.accounts[system].contains(&account);
        protected == (self.audience == Audience::Ordinary)
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
