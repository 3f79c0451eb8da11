//! The lists that tell a system's accounts: files, or sheets of them.
//!
//! A list of users and one of their roles tell the same accounts together; a directory's list and a school's tell each its
//! own. What the one of the first pair lacks the other has, and who is missing there has nothing there.

use crate::ingest::Export;
use crate::model::{AccountIx, FileIx, SourceRef};
use std::collections::{BTreeMap, BTreeSet};

/// A file and a sheet of it.
pub type List = (FileIx, u16);

/// Those of which most accounts stand in no other.
pub fn lists_alone(export: &Export) -> BTreeSet<List> {
    let mut counts: BTreeMap<List, (usize, usize)> = BTreeMap::new();
    for at in (0u32..).map(AccountIx).take(export.accounts.len()) {
        let lists: BTreeSet<List> = export.rows_of(at).into_iter().map(SourceRef::list).collect();
        for list in &lists {
            let (alone, all) = counts.entry(*list).or_default();
            *alone += usize::from(lists.len() == 1);
            *all += 1;
        }
    }
    counts.into_iter().filter(|(_, (alone, all))| alone * 2 > *all).map(|(list, _)| list).collect()
}
