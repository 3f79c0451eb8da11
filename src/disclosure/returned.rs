//! Returned workbooks as they may be told of.

use super::{Disclosure, Shown};
use crate::history::BookRead;

/// A returned workbook that was read.
#[derive(Clone, Debug)]
pub struct ReturnedShown {
    /// Its path below the configuration; people name files after themselves.
    pub path: Shown,
    /// Whether something in the path may not be shown.
    pub masked: bool,
    /// Its hash.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// The run that issued it, as it says.
    pub issued_in: Option<Shown>,
}

/// Every workbook that was read.
pub fn all(disclosure: &Disclosure<'_>, books: &[BookRead]) -> Vec<ReturnedShown> {
    let door = &disclosure.door;
    let shown = |book: &BookRead| {
        let path = door.show(&book.file);
        ReturnedShown {
            masked: path.as_str() != book.file,
            path,
            sha256: book.sha256.clone(),
            bytes: book.bytes,
            issued_in: book.issued_in.as_deref().map(|run| door.show(run)),
        }
    };
    books.iter().map(shown).collect()
}
