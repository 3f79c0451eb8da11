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
mod door;
mod hidden;
mod holder;
mod input;
mod lines;
mod matching;
mod measures;
mod owner;
mod past;
mod person;
mod personnel;
mod recipient;
mod reference;
mod reliability;
mod restricted;
mod returned;
mod row;
mod run;
mod since;
mod split;
mod summary;
mod system;
mod trend;

pub use departments::{AGES, Delays, DepartmentLine};
pub use door::{Identifiers, Screen, Shown, is_hidden, screened};
pub use input::{ColumnShown, InputShown, RejectedShown, SheetShown, SourceShown};
pub use matching::MatchingShown;
pub use measures::Measure;
pub use owner::{OwnerBook, SystemShown, UntestedShown};
pub use person::PersonRow;
pub use personnel::{Family, PersonnelBook, UnusedRow};
pub use recipient::RecipientShown;
pub use reliability::{Reliability, Trust};
pub use restricted::RestrictedBook;
pub use returned::ReturnedShown;
pub use row::{AccountRow, PassedShown, ReasonShown, outcome as outcome_text};
pub use run::{Begun, RuleShown, RunFacts};
pub use since::SinceRow;
pub use split::{PartOf, PartShown, slug as file_slug};
pub use summary::{ControlFinding, ControlPoint, KEPT, MendShown, SummaryBook, SystemLine};
pub use system::{SystemPart, SystemTally};
pub use trend::Trend;

use crate::followup::{Followed, Gone, Tracked};
use crate::history::{BookRead, Recalled};
use crate::model::{AccountIx, NameKey, PersonIx, Severity};
use crate::review::{Review, Subject};
use crate::runfolder::{AccountLine, Counts, FindingLine, Memory};
use door::{Audience, Door};
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
    /// What each system is called, by its id.
    pub names: BTreeMap<String, Shown>,
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
    counts: Counts,
}

impl<'a> Disclosure<'a> {
    /// Opens the door.
    pub fn new(review: &'a Review<'a>, followed: &'a Followed, run: RunFacts, screen: &'a Screen) -> Self {
        let door = Door::new(review, Audience::Ordinary, screen);
        let leavers = personnel::leavers(followed.all());
        let may_be_shown = |findings: &'a Vec<Tracked>| -> Vec<&'a Tracked> {
            findings.iter().filter(|tracked| !is_protected(review, tracked.finding.subject)).collect()
        };
        let systems = followed.systems.iter().map(may_be_shown).collect();
        let of_whole = may_be_shown(&followed.whole);
        let gone = past::open(&door, followed);
        let (inputs, counts) = (input::all(review, screen), Counts::default());
        let mut own = Self { inputs, door, followed, systems, of_whole, gone, leavers, counts, run };
        own.counts = counts::count(&own);
        own
    }

    /// One system: its owner's workbooks, and what the whole must know of it.
    pub fn system(&self, place: usize) -> SystemPart {
        system::part(self, self.door.review.system_context(place))
    }

    /// The whole, from what was kept of each system, in the order of their places.
    pub fn whole(&self, tallies: Vec<SystemTally>) -> Whole {
        let summarise = summary::Summarise { disclosure: self, counts: &self.counts, tallies: &tallies };
        let summaries = || (summarise.book(None), summarise.committees());
        let ((summary, committees), persons) = rayon::join(summaries, || personnel::persons(self));
        Whole {
            summary,
            committees,
            personnel: personnel::book(self, persons, tallies),
            restricted: restricted::book(&self.door, self.followed, &self.run),
            names: self.names(),
            untested: untested(&self.door, self.followed),
            counts: self.counts.clone(),
        }
    }

    fn names(&self) -> BTreeMap<String, Shown> {
        let systems = self.door.review.systems.iter().map(|system| &system.config.system);
        systems.map(|system| (system.id.to_string(), self.door.show(&system.name))).collect()
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
        past::line(gone, &self.door)
    }

    /// The returned workbooks that were read.
    pub fn returned(&self, books: &[BookRead]) -> Vec<ReturnedShown> {
        returned::all(self, books)
    }

    /// What is carried to the next run.
    pub fn memory(&self, recalled: &Recalled, names: &NameKey) -> Memory {
        past::memory(self, recalled, names)
    }

    /// The line of a finding.
    pub fn finding_line(&self, tracked: &Tracked) -> FindingLine {
        lines::finding(tracked, &self.door)
    }

    /// What the command line changed, as it may be shown.
    pub fn arguments(&self, arguments: &BTreeMap<String, String>) -> BTreeMap<String, Shown> {
        arguments.iter().map(|(name, value)| (name.clone(), self.door.show(value))).collect()
    }

    /// The gravest finding that may be shown.
    pub fn gravest(&self) -> Option<Severity> {
        self.findings().map(|tracked| tracked.finding.graded.result).max()
    }
}

/// Rules that could not be tested, by system; those on payroll and the run as a whole under `payroll` too.
fn untested(door: &Door<'_>, followed: &Followed) -> BTreeMap<String, BTreeMap<String, String>> {
    let of_whole = followed.untested.iter().filter(|own| own.system.is_none()).map(|own| ("payroll", own));
    let of_systems = door.review.system_contexts().flat_map(|cx| {
        let id = cx.config.system.id.as_str();
        followed.untested_on(cx.place).map(move |own| (id, own))
    });
    let mut untested: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (system, own) in of_whole.chain(of_systems) {
        let why: String = door.say(&own.why).into();
        let of_rule = untested.entry(system.to_owned()).or_default().entry(own.rule.id.to_owned());
        of_rule.and_modify(|told| told.push_str(&format!("; {why}"))).or_insert(why);
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

/// Payroll's files and the export of one system.
fn sources_for<'r>(inputs: &'r [InputShown], system: &str) -> Vec<&'r SourceShown> {
    let own = |input: &&InputShown| input.system.is_none() || input.system.as_deref() == Some(system);
    inputs.iter().filter(own).filter_map(|input| input.source.as_ref()).collect()
}
