//! `data/memory.json`: what is carried from run to run, readable by people.

use super::{ExtractLine, RunName};
use crate::answer_form::{AnswerColumn, Decision, YesNo};
use crate::model::{AccountKey, FindingKey, PersonKey, is_null_day};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The ledger. Always written, also while it is empty, so that the next run finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// Version of this file's shape.
    pub schema: u32,
    /// The key of names that stay, in hexadecimal. It never leaves the run folder.
    #[serde(default)]
    pub name_key: Option<String>,
    /// What protected persons are known again by, in codes that the key of names makes, and codes of nobody among them.
    #[serde(default)]
    pub protected: Vec<String>,
    /// Answers read, each once.
    pub answers: Vec<AnswerLine>,
    /// Returned workbooks in which nothing was amiss, by hash, with the run that issued each: they need not be opened again.
    #[serde(default)]
    pub books: BTreeMap<String, Option<String>>,
    /// Returned workbooks with something that could not be used, by hash, with the reference date of the run that first
    /// read each: they are opened again and again, and what is amiss is told until its row is answered rightly.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub amiss: BTreeMap<String, NaiveDate>,
    /// Account row key → person, confirmed by an owner.
    pub manual_links: BTreeMap<AccountKey, StatedLine>,
    /// Accounts that got other names, in the order in which runs saw it: lists of the runs before bear the old ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renamed: Vec<RenamedLine>,
    /// Signatures under lists, each once.
    #[serde(default)]
    pub sign_offs: Vec<SignOffLine>,
    /// What was said of the list of systems, each once.
    #[serde(default)]
    pub confirmations: Vec<ConfirmationLine>,
    /// What HR said of rows of payroll, each once.
    #[serde(default)]
    pub corrections: Vec<CorrectionLine>,
    /// Account row key → whoever it was passed on to, as written, stated by whoever it was sent to.
    pub owners: BTreeMap<AccountKey, StatedLine>,
    /// Exceptions by row key.
    pub exceptions: BTreeMap<String, ExceptionLine>,
    /// Findings that were verified as done, for the day they come back.
    #[serde(default)]
    pub verified: BTreeMap<FindingKey, VerifiedLine>,
    /// What is carried of the extracts that were read, by the system's id; payroll's under `payroll`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extracts: BTreeMap<String, ExtractLine>,
    /// Person id → how the person is known again when the number is another, or written otherwise.
    pub persons: BTreeMap<String, PersonLine>,
}

/// One answer, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerLine {
    /// Key of the row.
    pub row: AccountKey,
    /// Keys of the findings that the row named when the answer was given.
    pub findings: Vec<FindingKey>,
    /// The decision, in its Swedish words.
    pub decision: Decision,
    /// Role it is about.
    pub role: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_on: Option<NaiveDate>,
    /// Last day of an exception.
    pub exception_until: Option<NaiveDate>,
    /// Who the account belongs to, as stated.
    pub right_holder: Option<String>,
    /// Who is to decide instead.
    pub pass_on_to: Option<String>,
    /// Who carried it out.
    pub done_by: Option<String>,
    /// When.
    pub done_on: Option<NaiveDate>,
    /// Hash of the workbook it was read from.
    pub workbook: String,
    /// The run that issued the workbook.
    pub issued_in: String,
    /// Reference date of the run that read it.
    #[serde(default)]
    pub read_on: Option<NaiveDate>,
    /// What it lacks to be followed up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<Lack>,
    /// Columns that were filled and that nothing comes of with this decision.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unused: Vec<AnswerColumn>,
    /// Roles of the account in the list that was answered, where nothing but their change can show that it was carried
    /// out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Vec<String>>,
    /// Whether the row asked for no answer: it is followed up like any other, and is none of those that are waited for.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unasked: bool,
    /// Who held the account in the list that was answered, where that was settled: what was said of one says nothing of
    /// another who gets the account's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<HolderLine>,
}

/// Who held an account, for whoever holds one of its name later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolderLine {
    /// The person's id.
    pub person: String,
    /// The person's employee numbers.
    pub employee_numbers: Vec<String>,
    /// What tells whether a name is that person's, by the key of names.
    pub name_print: Option<String>,
}

impl HolderLine {
    /// Somebody who is nobody of those that will be met: whose number went on to another, or who may not be named.
    pub fn nobody() -> Self {
        Self { person: String::new(), employee_numbers: vec![String::new()], name_print: Some(String::new()) }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(own: &bool) -> bool {
    !own
}

/// How many rows were answered since a run, by the system's id: to its own lists, and late to older ones in what the run
/// of a later day has read.
pub fn answered_rows<'a>(
    answers: impl Iterator<Item = &'a AnswerLine>,
    since: &str,
    read_on: Option<NaiveDate>,
) -> BTreeMap<String, u64> {
    let is_new = |own: &&AnswerLine| own.issued_in == since || read_on.is_some() && own.read_on == read_on;
    let own = answers.filter(|answer| !answer.unasked).filter(is_new);
    let rows: BTreeSet<&AccountKey> = own.map(|answer| &answer.row).collect();
    let mut by_system: BTreeMap<String, u64> = BTreeMap::new();
    for row in rows {
        *by_system.entry(row.system().to_owned()).or_default() += 1;
    }
    by_system
}

/// Something that an answer lacks to be followed up. The answer is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lack {
    /// Why.
    Reason,
    /// Which role it is about.
    Role,
    /// A role that the account has: the one that is named it never had.
    RoleOfAccount,
    /// The day of the decision: the one that is stated had not come when it was read.
    DecidedOn,
    /// The day it was carried out: the same.
    DoneOn,
    /// Who is to decide instead.
    Receiver,
}

impl AnswerLine {
    /// The day of the decision: as stated, else that of the run that read it, else that of the list it answers.
    pub fn day(&self) -> Option<NaiveDate> {
        let issued = || RunName::of_folder(&self.issued_in).map(|run| run.as_of);
        self.decided_on.or(self.read_on).or_else(issued)
    }

    /// Whether it says what is to become of the row. Whoever only names the holder decides nothing.
    pub fn decides(&self) -> bool {
        self.decision != Decision::Unknown || self.right_holder.is_none()
    }

    /// Whether the list that it answers can have told of something that was first seen on a day.
    pub fn is_to_list_since(&self, first_seen: NaiveDate) -> bool {
        RunName::of_folder(&self.issued_in).is_none_or(|run| run.as_of >= first_seen)
    }

    /// What settles which of several answers to a row holds: the later day, then the later list.
    pub fn rank(&self) -> (Option<NaiveDate>, Option<RunName>) {
        (self.day(), RunName::of_folder(&self.issued_in))
    }

    /// The role that was to go, where it is one that the account had.
    pub fn role_to_go(&self) -> Option<&str> {
        self.role.as_deref().filter(|_| !self.lacks.contains(&Lack::RoleOfAccount))
    }

    /// Last day of an exception. A date that stands for "no end", such as 9999-12-31, is none.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.exception_until.filter(|until| !is_null_day(*until))
    }
}

/// A signature under a returned list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOffLine {
    /// The system's id.
    pub system: String,
    /// Who signed.
    pub by: Option<String>,
    /// In which post.
    pub post: Option<String>,
    /// When.
    pub on: Option<NaiveDate>,
    /// The run that issued the list.
    pub issued_in: String,
}

/// What was said of a system's row in the list of systems.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmationLine {
    /// The system's id.
    pub system: String,
    /// Whether the row is right.
    pub right: YesNo,
    /// What is right instead.
    pub correction: Option<String>,
    /// Who said so.
    pub by: Option<String>,
    /// When; the reference date of the run that read it where that is not stated.
    pub on: NaiveDate,
    /// The run that issued the question.
    pub issued_in: String,
}

/// What HR said of a row of payroll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionLine {
    /// Key of the row.
    pub row: PersonKey,
    /// Whether it was corrected.
    pub corrected: YesNo,
    /// What there is to say.
    pub comment: Option<String>,
    /// Who did it.
    pub by: Option<String>,
    /// When.
    pub on: Option<NaiveDate>,
    /// The run that issued the list.
    pub issued_in: String,
}

/// An account that got another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenamedLine {
    /// Its key before.
    pub then: AccountKey,
    /// Its key since.
    pub now: AccountKey,
    /// Reference date of the run that saw it.
    pub seen_on: NaiveDate,
}

/// A person or owner that somebody stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedLine {
    /// Person id or owner.
    pub who: String,
    /// Who said so.
    pub stated_by: Option<String>,
    /// When.
    pub stated_on: Option<NaiveDate>,
}

/// A finding that was verified as done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedLine {
    /// Reference date of the run that first saw it.
    pub first_seen: String,
    /// How many runs had seen it.
    pub runs: u32,
    /// The day of the export that showed it done.
    pub verified_on: NaiveDate,
    /// Whose account it was, where that was settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<HolderLine>,
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

/// What a person is known again by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    /// Whether the id is an employee number, or made of one.
    #[serde(default)]
    pub has_number: bool,
    /// The personal number, and pairs of what says together who it is, in codes that the key of names makes.
    #[serde(default)]
    pub marks: Vec<String>,
    /// The code of the personal number alone, where it is one for life.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The code of the birth date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<String>,
}

impl PersonLine {
    /// Whether something that is one person's all their life is another's.
    pub fn is_another(&self, other: &Self) -> bool {
        let differ = |a: &Option<String>, b: &Option<String>| a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| a != b);
        differ(&self.number, &other.number) || differ(&self.born, &other.born)
    }

    /// Whether both have something by which a person is known again.
    pub fn is_known_by(&self, other: &Self) -> bool {
        self.marks.iter().any(|mark| other.marks.contains(mark))
    }
}

impl Memory {
    /// Whether a workbook was read before with nothing amiss; by which run it was issued, where it said so. That some of
    /// its answers are known is not enough: its other rows would never be looked at again.
    pub fn read_before(&self, sha256: &str) -> Option<Option<String>> {
        self.books.get(sha256).cloned()
    }

    /// What an account is called that had a name when a list was issued.
    pub fn called_now(&self, then: &AccountKey, issued_in: RunName) -> AccountKey {
        let (mut name, mut moved_on) = (then, None);
        for own in self.renamed.iter().filter(|own| own.seen_on > issued_in.as_of) {
            // Of two that changed names at once each moves once.
            if own.then == *name && moved_on != Some(own.seen_on) {
                (name, moved_on) = (&own.now, Some(own.seen_on));
            }
        }
        name.clone()
    }

    /// A memory of nothing.
    pub fn afresh() -> Self {
        Self { schema: 1, ..Self::default() }
    }
}
