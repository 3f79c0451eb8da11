//! Each system through the door and out, a few at a time: its rows are made, written and dropped before the next.
//!
//! Memory holds what is compact for every system, and the rows of as many systems as there are threads, never of all.

use crate::disclosure::{Disclosure, OwnerBook, SystemPart, SystemTally, Whole};
use crate::error::Error;
use crate::progress::Meter;
use crate::record::{Outlet, Part};
use crate::report::{self, Made};
use crate::review::Review;
use crate::runfolder::{ACCOUNTS, FINDINGS, OutputLine};
use crate::side_by_side::a_few_at_a_time;
use rayon::prelude::*;

/// What was written of the systems.
pub struct Written {
    /// What is kept of each system, in the order of the configuration.
    pub tallies: Vec<SystemTally>,
    /// The workbooks of owners, and the lines of accounts.
    pub outputs: Outputs,
}

/// Outputs, and lines that wait to be joined.
pub struct Outputs {
    books: Vec<OutputLine>,
    accounts: Vec<Part>,
    findings: Vec<Part>,
}

/// One system written.
struct One {
    tally: SystemTally,
    books: Vec<OutputLine>,
    accounts: Part,
    findings: Part,
}

/// Writes every system.
///
/// # Errors
/// An output that cannot be written.
pub fn write_systems(
    disclosure: &Disclosure<'_>,
    review: &Review<'_>,
    (outlet, meter): (&Outlet, &Meter<'_>),
) -> Result<Written, Error> {
    let written = each_system(review, |place| {
        let written = write_system(place, disclosure, outlet);
        meter.add(1);
        written
    });
    let mut tallies = Vec::new();
    let mut outputs = Outputs { books: Vec::new(), accounts: Vec::new(), findings: Vec::new() };
    for one in written {
        let one = one?;
        tallies.push(one.tally);
        outputs.books.extend(one.books);
        outputs.accounts.push(one.accounts);
        outputs.findings.push(one.findings);
    }
    Ok(Written { tallies, outputs })
}

/// Writes the workbooks of the whole, and beside them joins the lines of accounts and findings. Returns every output of
/// the run.
///
/// # Errors
/// An output that cannot be written.
pub fn write_whole(
    outputs: Outputs,
    whole: &Whole,
    disclosure: &Disclosure<'_>,
    outlet: &Outlet,
) -> Result<Vec<OutputLine>, Error> {
    let Outputs { books: mut lines, accounts, findings } = outputs;
    let books = || -> Result<Vec<OutputLine>, Error> {
        let made = report::whole(whole, &disclosure.run)?;
        made.into_iter().map(|made| write_made(made, outlet)).collect()
    };
    let joined = || Ok((outlet.join("accounts", ACCOUNTS, &accounts)?, write_findings(findings, disclosure, outlet)?));
    let (books, joined) = rayon::join(books, joined);
    let (accounts, findings) = joined?;
    lines.push(accounts);
    lines.extend(books?);
    lines.push(findings);
    Ok(lines)
}

/// Writes the lines of findings about the whole, and joins them to those of the systems.
fn write_findings(mut findings: Vec<Part>, disclosure: &Disclosure<'_>, outlet: &Outlet) -> Result<OutputLine, Error> {
    let of_whole = disclosure.findings_of_whole();
    findings.push(outlet.part("findings", of_whole, |tracked| Some(disclosure.finding_line(tracked)))?);
    findings.push(outlet.part("gone", disclosure.gone(), |gone| Some(disclosure.gone_line(gone)))?);
    outlet.join("findings", FINDINGS, &findings)
}

/// The same way with nothing written.
pub fn tally_systems(disclosure: &Disclosure<'_>, review: &Review<'_>) -> Vec<SystemTally> {
    each_system(review, |place| disclosure.system(place).tally)
}

/// Takes the systems through side by side. Returns what each came to in the order of their places.
fn each_system<T: Send>(review: &Review<'_>, take: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let accounts = |place| review.system_context(place).export.map_or(0, |export| export.accounts.len());
    let taken = a_few_at_a_time((0..review.systems.len()).collect(), accounts, take);
    taken.into_iter().map(|(_, taken)| taken).collect()
}

fn write_system(place: usize, disclosure: &Disclosure<'_>, outlet: &Outlet) -> Result<One, Error> {
    let SystemPart { books, tally } = disclosure.system(place);
    let (books, lines) =
        rayon::join(|| write_books(books, disclosure, outlet), || write_lines(place, disclosure, outlet));
    let (accounts, findings) = lines?;
    Ok(One { tally, books: books?, accounts, findings })
}

/// Each workbook on a thread of its own.
fn write_books(books: Vec<OwnerBook>, disclosure: &Disclosure<'_>, outlet: &Outlet) -> Result<Vec<OutputLine>, Error> {
    let write = |book: OwnerBook| {
        let made = report::owner(&book, &disclosure.run)?;
        drop(book);
        write_made(made, outlet)
    };
    books.into_par_iter().map(write).collect()
}

/// A workbook, with whom it is for.
fn write_made(made: Made, outlet: &Outlet) -> Result<OutputLine, Error> {
    let Made { kind, system, path, bytes, letter } = made;
    Ok(OutputLine { letter, ..outlet.write(kind, system, &path, &bytes)? })
}

fn write_lines(place: usize, disclosure: &Disclosure<'_>, outlet: &Outlet) -> Result<(Part, Part), Error> {
    let line = |account: &_| disclosure.account_line(place, *account);
    let accounts = outlet.part(&format!("accounts-{place}"), &disclosure.accounts(place), line)?;
    let findings = disclosure.findings_of(place);
    let line = |tracked: &&_| Some(disclosure.finding_line(tracked));
    Ok((accounts, outlet.part(&format!("findings-{place}"), findings, line)?))
}
