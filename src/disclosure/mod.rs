//! The one door to what is written.
//!
//! Everything a recipient can read is made here: accounts and findings of protected persons become
//! counts, personal numbers are masked, each recipient gets his part, and texts are put in the run's
//! language. Report and record take only the types of this module, so that nothing reaches a file by
//! another way.
//!
//! A system is let out by itself ([`Disclosure::system`]), written and dropped; what the whole must know of it stays
//! in a [`SystemTally`], and the summaries are made from the tallies ([`Disclosure::whole`]).

mod counts;
mod departments;
mod input;
mod lines;
mod matching;
mod owner;
mod past;
mod person;
mod personnel;
mod reference;
mod restricted;
mod row;
mod run;
mod since;
mod split;
mod summary;
mod system;

pub use departments::{Delays, DepartmentLine};
pub use input::InputShown;
pub use matching::MatchingShown;
pub use owner::{OwnerBook, SystemShown, UntestedShown};
pub use person::PersonRow;
pub use personnel::PersonnelBook;
pub use restricted::RestrictedBook;
pub use row::{AccountRow, ReasonShown};
pub use run::RunFacts;
pub use since::SinceRow;
pub use split::PartShown;
pub use summary::{ControlFinding, ControlPoint, SummaryBook, SystemLine};
pub use system::{SystemPart, SystemTally};

use crate::followup::{Followed, Gone, Tracked};
use crate::history::Recalled;
use crate::ingest::SourceReport;
use crate::model::{AccountIx, Language, PersonIx, Severity};
use crate::review::{AccountCx, Review, Subject, SystemCx};
use crate::runfolder::{AccountLine, Counts, FindingLine, Memory};
use rayon::prelude::*;
use reference::Names;
use std::collections::{BTreeMap, BTreeSet};

/// What may be written of a run as a whole.
#[derive(Debug)]
pub struct Whole {
    /// The summary.
    pub summary: SummaryBook,
    /// The same for each committee: file name without ending, and its part.
    pub committees: Vec<(String, SummaryBook)>,
    /// HR's part.
    pub personnel: PersonnelBook,
    /// The part of the post that handles protected persons, where one is named.
    pub restricted: Option<RestrictedBook>,
    /// Counts for the manifest.
    pub counts: Counts,
    /// What could not be tested and why, by system, for the manifest.
    pub untested: BTreeMap<String, BTreeMap<String, String>>,
}

/// Lets out what may be shown of a reviewed run.
pub struct Disclosure<'a> {
    /// What every workbook says of the run.
    pub run: RunFacts,
    /// Every input.
    pub inputs: Vec<InputShown>,
    door: Door<'a>,
    followed: &'a Followed,
    /// Findings that may be shown, of each system by its place.
    systems: Vec<Vec<&'a Tracked>>,
    /// Those about persons and the whole.
    of_whole: Vec<&'a Tracked>,
    /// Those of the run before that did not come back.
    gone: Vec<&'a Gone>,
    leavers: BTreeSet<PersonIx>,
}

impl<'a> Disclosure<'a> {
    /// Opens the door.
    pub fn new(review: &'a Review<'a>, followed: &'a Followed, run: RunFacts) -> Self {
        let door = Door::new(review, Audience::Ordinary, run.language);
        let leavers = personnel::leavers(followed.all());
        let may_be_shown = |findings: &'a Vec<Tracked>| -> Vec<&'a Tracked> {
            findings.iter().filter(|tracked| !is_protected(review, tracked.finding.subject)).collect()
        };
        let systems = followed.systems.iter().map(may_be_shown).collect();
        let of_whole = may_be_shown(&followed.whole);
        let gone = past::open(review, followed);
        Self { inputs: input::all(review), door, followed, systems, of_whole, gone, leavers, run }
    }

    /// One system: its owner's workbooks, and what the whole must know of it.
    pub fn system(&self, place: usize) -> SystemPart {
        system::part(self, self.door.review.system_context(place))
    }

    /// The whole, from what was kept of each system, in the order of their places.
    pub fn whole(&self, tallies: Vec<SystemTally>) -> Whole {
        let counts = counts::count(self);
        let summarise = summary::Summarise { disclosure: self, counts: &counts, tallies: &tallies };
        Whole {
            summary: summarise.book(None),
            committees: summarise.committees(),
            personnel: personnel::book(self, tallies),
            restricted: restricted::book(self.door.review, self.followed, &self.run),
            untested: untested(self.door.review, self.followed, self.run.language),
            counts,
        }
    }

    /// Accounts of a system that have a line.
    pub fn accounts(&self, place: usize) -> Vec<AccountIx> {
        self.door.shown_accounts(self.door.review.system_context(place))
    }

    /// The line of an account.
    pub fn account_line(&self, place: usize, account: AccountIx) -> Option<AccountLine> {
        self.door.review.account(place, account).map(|account| lines::account(&account, &self.door))
    }

    /// Findings about a system and its accounts that may be shown.
    pub fn findings_of(&self, place: usize) -> &[&'a Tracked] {
        &self.systems[place]
    }

    /// Findings about persons and the whole that may be shown.
    pub fn findings_of_whole(&self) -> &[&'a Tracked] {
        &self.of_whole
    }

    /// Every finding that may be shown.
    fn findings(&self) -> impl Iterator<Item = &'a Tracked> {
        self.systems.iter().flatten().chain(&self.of_whole).copied()
    }

    /// Findings of the run before that did not come back, and may be shown.
    pub fn gone(&self) -> &[&'a Gone] {
        &self.gone
    }

    /// The line of such a finding.
    pub fn gone_line(&self, gone: &Gone) -> FindingLine {
        past::line(gone, self.run.language)
    }

    /// What is carried to the next run.
    pub fn memory(&self, recalled: &Recalled) -> Memory {
        past::memory(self, recalled)
    }

    /// The line of a finding.
    pub fn finding_line(&self, tracked: &Tracked) -> FindingLine {
        lines::finding(tracked, &self.door)
    }

    /// The gravest finding that may be shown.
    pub fn gravest(&self) -> Option<Severity> {
        self.findings().map(|tracked| tracked.finding.graded.result).max()
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

/// Whether a finding is about a protected person's account, or about such a person.
fn is_protected(review: &Review<'_>, subject: Subject) -> bool {
    match subject {
        Subject::Account(system, account) => review.protection.accounts[system].contains(&account),
        Subject::Person(person) => review.protection.persons.contains(&person),
        Subject::System(_) | Subject::Whole => false,
    }
}

/// Findings of one system, by account.
fn by_account<'t>(findings: &[&'t Tracked]) -> BTreeMap<AccountIx, Vec<&'t Tracked>> {
    let mut by_account: BTreeMap<AccountIx, Vec<&Tracked>> = BTreeMap::new();
    for tracked in findings {
        if let Subject::Account(_, account) = tracked.finding.subject {
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

    /// A row for every account of a system that may be shown here, with the findings about it.
    fn rows(&self, cx: SystemCx<'a>, findings: &[&Tracked], run: &RunFacts) -> Vec<AccountRow> {
        let by_account = by_account(findings);
        let row = |account: AccountCx<'_>| {
            let own = by_account.get(&account.ix).map_or(&[][..], Vec::as_slice);
            row::account(&account, own, self, run)
        };
        self.shown_accounts(cx).into_par_iter().filter_map(|account| cx.account(account).map(row)).collect()
    }

    /// Every account of a system that may be shown here; those left out on purpose too.
    fn shown_accounts(&self, cx: SystemCx<'_>) -> Vec<AccountIx> {
        match self.audience {
            Audience::Restricted => self.review.protection.accounts[cx.place].iter().copied().collect(),
            Audience::Ordinary => {
                let all = cx.export.map_or(0, |export| export.accounts.len());
                let all = (0u32..).map(AccountIx).take(all);
                all.filter(|account| !self.is_hidden(cx.place, *account)).collect()
            }
        }
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
