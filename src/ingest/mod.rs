//! Bytes → what the files say: payroll rows and accounts, and for each file a [`SourceReport`]
//! that accounts for every row.
//!
//! A new format is one file under `format/` and one line in its list. A bad row is data: it is
//! listed with its number and reason. A bad file is an error that names the way out.

mod account_end;
mod account_fold;
mod account_merge;
mod account_row;
pub mod accounts;
mod another_table;
mod apart;
mod blanks;
mod calendar;
mod class_words;
mod columns;
mod content;
mod continued;
mod engaged;
mod evidence;
mod file;
mod format;
mod header;
mod header_row;
mod history;
mod incomplete;
mod inspect;
pub mod inventory;
mod law;
mod list;
mod lost_letters;
mod marks;
mod not_read;
mod objects;
mod other_lists;
pub mod payroll;
mod payroll_name;
mod profile;
mod properties;
mod protection_codes;
mod reader;
mod row;
mod rows;
mod same_name;
mod seen;
mod service_accounts;
mod sheet;
mod sheets_alike;
mod shifted;
mod source;
mod survey;
mod texts_beside;
mod told_end;
mod unread;
mod value;
mod whole;
mod whole_table;
mod whose_row;
mod words;
mod wrapping;

pub use accounts::{Export, WrittenName};
pub use content::is_form;
pub use engaged::{engaged_by, of_whom};
pub use file::{hex, sha256_hex};
pub use header::{headers_of, says_little};
pub use incomplete::Incomplete;
pub use inspect::{Inspection, Reading, inspect};
pub use marks::{Mark, Marks};
pub use payroll::{Payroll, PayrollRow};
pub use seen::{Seen, SeenColumn, ValueForm};
pub use service_accounts::fill_in_owners;
pub use source::{Coverage, FoldCount, MappedColumn, Reason, RowCount, SourceReport};
pub use survey::{KEYS, NotRead, OfStaff, Survey, survey, survey_as};

pub use whole_table::{Wanted, write_csv};
pub use whose_row::WhoseRow;
pub use words::is_of_leavers;
pub use wrapping::without_decimal;

pub use format::MergedRows;
pub use whole::{PlainCell, UnopenedBook, WholeBook, WholeSheet, read_whole};

use crate::config::{Config, InputFile, SystemConfig};
use crate::error::Error;
use crate::model::FileIx;
use rayon::prelude::*;
pub use reader::FileTerms;
use std::cmp::Reverse;

/// What came of one system's export.
#[derive(Debug)]
pub enum Delivery {
    /// It was read and holds accounts.
    Read(Box<Export>),
    /// It is not there, cannot be read, or holds no account: why.
    Missing(Error),
}

impl Delivery {
    /// The export, if it was read.
    pub fn export(&self) -> Option<&Export> {
        match self {
            Self::Read(export) => Some(export),
            Self::Missing(_) => None,
        }
    }
}

/// Reads the exports of every system, in parallel; one broken export never holds up the others. Told of each the bytes
/// that were read.
pub fn read_systems(config: &Config, done: &(dyn Fn(u64) + Sync)) -> Vec<Delivery> {
    let mut next = config.payroll.files.len() + config.registers.len();
    let mut firsts = Vec::with_capacity(config.systems.len());
    for system in &config.systems {
        firsts.push(FileIx(u16::try_from(next).unwrap_or(u16::MAX)));
        next += system.inputs.len();
    }
    let read = |place: usize| {
        let delivery = read_system(&config.systems[place], firsts[place], config);
        if let Delivery::Read(export) = &delivery {
            done(export.reports.iter().map(|report| report.bytes).sum());
        }
        delivery
    };
    // The largest first, so that no thread is left with it alone when the others are done.
    let size = |place: &usize| config.systems[*place].inputs.iter().map(InputFile::size).sum::<u64>();
    let mut places: Vec<usize> = (0..config.systems.len()).collect();
    places.sort_by_key(|place| Reverse(size(place)));
    let mut deliveries: Vec<_> = places.into_iter().par_bridge().map(|place| (place, read(place))).collect();
    deliveries.sort_by_key(|(place, _)| *place);
    deliveries.into_iter().map(|(_, delivery)| delivery).collect()
}

fn read_system(system: &SystemConfig, first: FileIx, config: &Config) -> Delivery {
    if !system.is_delivered() {
        return Delivery::Missing(no_export(system));
    }
    match accounts::read(system, first, FileTerms::of(config)) {
        Ok(export) if export.accounts.is_empty() => Delivery::Missing(no_account(&export)),
        Ok(export) => Delivery::Read(Box::new(export)),
        Err(error) => Delivery::Missing(error),
    }
}

/// The list of systems has it, but there is nothing to read.
fn no_export(system: &SystemConfig) -> Error {
    use crate::error::{ErrorKind, Place};
    use crate::model::{Text, message};
    let says = match &system.system.left_out {
        Some(left_out) => {
            let (by, why) = (&left_out.by, &left_out.why);
            message!(
                "systemet är undantaget från granskningen ({why}, {by})",
                "the system is left out of the review ({why}, {by})"
            )
        }
        None => Text::new("ingen export är levererad", "no export was delivered").into(),
    };
    Error::new(ErrorKind::Unusable, Place::file(system.system.id.as_str()), says)
}

fn no_account(export: &Export) -> Error {
    use crate::error::{ErrorKind, Place};
    use crate::model::message;
    let rejected: u64 = export.reports.iter().map(|report| report.rows.rejected).sum();
    let others: u64 = export.reports.iter().map(|report| report.rows.other_objects).sum();
    let says = match others {
        0 => message!(
            "exporten innehåller inget konto ({rejected} rader kunde inte användas)",
            "the export holds no account ({rejected} rows could not be used)"
        ),
        _ => message!(
            "exporten innehåller inget konto ({rejected} rader kunde inte användas, {others} är grupper, datorer eller annat \
             som inte är konton)",
            "the export holds no account ({rejected} rows could not be used, {others} are groups, computers or other things \
             that are no accounts)"
        ),
    };
    Error::new(ErrorKind::Unusable, Place::file(export.shown()), says).way_out(message!(
        "Kontrollera urvalet i systemet och exportera på nytt.",
        "Check the selection in the system and export again."
    ))
}
