//! What each recipient gets: the workbooks of one name and address together.

use crate::disclosure::{file_slug, is_hidden};
use crate::error::{Error, ErrorKind, Place};
use crate::model::{fold, message};
use crate::runfolder::{LetterLine, OWNERS, OutputLine, RESTRICTED, RunFolder};
use std::collections::BTreeSet;

/// The folder of workbooks that nobody is stated to receive.
const NOBODY: &str = "utan-mottagare";

/// One recipient and the workbooks for them.
#[derive(Clone, Debug)]
pub struct Envelope<'r> {
    /// What the recipient is called; `None` where nobody is stated.
    pub name: Option<&'r str>,
    /// The recipient's e-mail, where one is known.
    pub address: Option<&'r str>,
    /// The name of the recipient's folder or draft.
    pub slug: String,
    /// The workbooks, in the order of the run.
    pub books: Vec<Book<'r>>,
}

/// One workbook to hand out.
#[derive(Clone, Debug)]
pub struct Book<'r> {
    /// Where it stands in the run.
    pub output: &'r OutputLine,
    /// What it asks.
    pub letter: &'r LetterLine,
    /// What its copy is called: with the run, so that the workbooks of several runs can lie beside each other.
    pub file: String,
}

impl Book<'_> {
    /// What was sealed.
    ///
    /// # Errors
    /// A workbook that is not there any more, or was changed.
    pub fn bytes(&self, run: &RunFolder) -> Result<Vec<u8>, Error> {
        let missing = || {
            let says = message!("arbetsboken finns inte i körningen", "the workbook is not in the run");
            Error::new(ErrorKind::Unusable, Place::file(self.output.path.clone()), says)
        };
        run.output(&self.output.path)?.ok_or_else(missing)
    }
}

/// Every recipient of a run, in the order of their first workbook.
pub fn all(run: &RunFolder) -> Vec<Envelope<'_>> {
    let mut envelopes: Vec<Envelope<'_>> = Vec::new();
    let mut slugs = BTreeSet::new();
    for output in run.manifest.outputs.iter().filter(|output| is_for_all_eyes(output)) {
        let Some(letter) = &output.letter else { continue };
        let book = Book { output, letter, file: file_name(run, &output.path) };
        match envelopes.iter_mut().find(|own| own.is_to(letter)) {
            Some(own) => own.books.push(book),
            None => envelopes.push(Envelope {
                name: letter.recipient.as_deref(),
                address: letter.address.as_deref(),
                slug: free(letter, &mut slugs),
                books: vec![book],
            }),
        }
    }
    envelopes
}

impl Envelope<'_> {
    /// Several recipients whose names may not be shown are called the same, and each may see only their own.
    fn is_to(&self, letter: &LetterLine) -> bool {
        if letter.recipient.as_deref().is_some_and(is_hidden) {
            return false;
        }
        let same = |a: Option<&str>, b: Option<&str>| a.map(fold) == b.map(fold);
        same(self.name, letter.recipient.as_deref()) && same(self.address, letter.address.as_deref())
    }
}

/// Never the workbook of protected persons, whatever the manifest says of it.
fn is_for_all_eyes(output: &OutputLine) -> bool {
    let restricted = RESTRICTED.split('/').next().unwrap_or(RESTRICTED);
    output.kind != "restricted" && output.path.split('/').next() != Some(restricted)
}

/// `agare/entra/ovriga.xlsx` of the run 2026-11-30 is `entra-ovriga-2026-11-30.xlsx`.
fn file_name(run: &RunFolder, path: &str) -> String {
    let own = path.strip_prefix(OWNERS).map_or(path, |rest| rest.trim_start_matches('/'));
    let stem = own.strip_suffix(".xlsx").unwrap_or(own).replace('/', "-");
    format!("{stem}-{}.xlsx", run.name)
}

/// A name for the recipient's folder that no other has.
fn free(letter: &LetterLine, taken: &mut BTreeSet<String>) -> String {
    let slug = match &letter.recipient {
        Some(name) => file_slug(name).unwrap_or_else(|| "mottagare".to_owned()),
        None => NOBODY.to_owned(),
    };
    let names = (1u32..).map(|number| if number == 1 { slug.clone() } else { format!("{slug}-{number}") });
    let free = names.filter(|name| !taken.contains(name)).take(1).collect::<String>();
    taken.insert(free.clone());
    free
}
