//! One system let out: the workbooks of its owner, and what is kept of it when they are written.

use super::departments::{self, DepartmentLine};
use super::owner::{self, OwnerBook};
use super::row::asks_who;
use super::{AccountRow, Disclosure, Shown, split};
use crate::config::Split;
use crate::review::SystemCx;
use std::collections::BTreeMap;

/// What is written of one system.
#[derive(Debug)]
pub struct SystemPart {
    /// One part for the owner, or one a department where the list is cut so; none where no export was read.
    pub books: Vec<OwnerBook>,
    /// What the whole must know.
    pub tally: SystemTally,
}

/// What the whole must know of a system when its rows are gone.
#[derive(Debug)]
pub struct SystemTally {
    /// Its place in the configuration.
    pub(super) place: usize,
    /// Its accounts and findings by department.
    pub(super) departments: BTreeMap<Shown, DepartmentLine>,
    /// Accounts whose holder is not settled, or whose keys and names disagree.
    pub(super) identities: Vec<AccountRow>,
    /// Every account of those whose employment has ended and who keep an active one somewhere.
    pub(super) leavers: Vec<AccountRow>,
}

/// Lets a system out.
pub(super) fn part<'a>(disclosure: &Disclosure<'a>, cx: SystemCx<'a>) -> SystemPart {
    let findings = disclosure.findings_of(cx.place);
    let rows = disclosure.door.rows(cx, findings, &disclosure.run);
    let is_leavers = |row: &&AccountRow| row.person.is_some_and(|person| disclosure.leavers.contains(&person));
    let tally = SystemTally {
        place: cx.place,
        departments: departments::of_rows(&rows),
        identities: rows.iter().filter(|row| asks_who(&row.reasons)).cloned().collect(),
        leavers: rows.iter().filter(is_leavers).cloned().collect(),
    };
    let books = match cx.export {
        Some(_) => cut(owner::book(cx, rows, findings, disclosure), disclosure, cx.config.split),
        None => Vec::new(),
    };
    SystemPart { books, tally }
}

/// One part, or one a department where the configuration says so; and one for each to whom rows were passed on.
fn cut(book: OwnerBook, disclosure: &Disclosure<'_>, split: Split) -> Vec<OwnerBook> {
    let mut books = match split {
        Split::Owner => vec![book],
        Split::Department => split::by_department(book, &disclosure.door, &disclosure.run),
    };
    books.extend(split::passed_on(&books, &disclosure.run));
    books
}
