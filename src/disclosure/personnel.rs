//! The part of HR: what payroll should say otherwise, and whose accounts HR can settle before the owners are asked.

use super::person::{self, PersonRow};
use super::{AccountRow, Door, OwnerBook, RunFacts, UntestedShown};
use crate::followup::{Followed, Tracked};
use crate::ingest::SourceReport;
use crate::model::PersonIx;
use std::collections::BTreeSet;

/// Everything HR gets.
#[derive(Clone, Debug)]
pub struct PersonnelBook {
    /// Whom it is for, as stated.
    pub owner: Option<String>,
    /// Persons with something to correct, the gravest first.
    pub persons: Vec<PersonRow>,
    /// Accounts whose holder is not settled, or whose keys and names disagree.
    pub identities: Vec<AccountRow>,
    /// Every account of those whose employment has ended and who keep an active one, by person.
    pub leavers: Vec<AccountRow>,
    /// Rules on payroll that could not be tested.
    pub untested: Vec<UntestedShown>,
    /// Payroll's files and the registers.
    pub inputs: Vec<SourceReport>,
}

/// Rules that ask whose an account is.
const IDENTITY: [&str; 3] = ["ambiguous-identity", "identity-drift", "identity-number-swap"];

/// Gathers HR's part. `books` are the owners' parts, before any is cut.
pub fn book(
    door: &Door<'_>,
    open: &[&Tracked],
    followed: &Followed,
    books: &[OwnerBook],
    run: &RunFacts,
) -> PersonnelBook {
    let asks = |row: &&AccountRow| row.reasons.iter().any(|reason| IDENTITY.contains(&reason.rule));
    let untested = followed.untested.iter().filter(|untested| untested.system.is_none());
    let owner = door.review.config.payroll.owner.as_deref();
    PersonnelBook {
        owner: owner.and_then(|written| door.names.shown(written)),
        persons: person::rows(open, door, run),
        identities: books.iter().flat_map(|book| &book.accounts).filter(asks).cloned().collect(),
        leavers: leavers(books),
        untested: untested
            .map(|own| UntestedShown {
                title: own.rule.title.get(run.language),
                why: own.why.get(run.language).to_owned(),
            })
            .collect(),
        inputs: door.review.payroll.iter().chain(door.review.registers).cloned().collect(),
    }
}

/// Rules that tell of access after the end of employment.
const LEFT: [&str; 3] = ["leaver-active", "leaver-login", "external-expired"];

/// One person's accounts side by side, disabled ones too: who asks what is left of one must see all.
fn leavers(books: &[OwnerBook]) -> Vec<AccountRow> {
    let rows = || books.iter().flat_map(|book| &book.accounts);
    let left = |row: &&AccountRow| row.reasons.iter().any(|reason| LEFT.contains(&reason.rule));
    let persons: BTreeSet<PersonIx> = rows().filter(left).filter_map(|row| row.person).collect();
    let own = rows().filter(|row| row.person.is_some_and(|person| persons.contains(&person)));
    let mut own: Vec<AccountRow> = own.cloned().collect();
    // The order of the systems is kept within a person.
    own.sort_by_key(|row| row.person);
    own
}
