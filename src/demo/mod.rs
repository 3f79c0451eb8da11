//! A made-up municipality with right answers: for fixtures, tests, benches, and whoever wants to try
//! samkor before taking out real files.
//!
//! Names follow their true frequencies, personal numbers are those that Skatteverket publishes for
//! tests, and exports look as systems really write them. `facit.jsonl` says whose each account is.

mod accounts;
mod configuration;
mod files;
mod ods;
mod organisation;
mod outsiders;
mod people;
mod random;
mod score;
mod slips;
mod truth;
mod xls;

pub use score::{Bin, Score, Tally, score};

use crate::error::{Error, ErrorKind, Place};
use crate::model::message;
use chrono::NaiveDate;
use std::path::Path;

/// How large a municipality, and which.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// People in payroll.
    pub employees: u32,
    /// Accounts in all systems together, about; by default what so many people have.
    pub accounts: Option<u32>,
    /// Another seed gives another municipality.
    pub seed: u64,
}

/// The reference date of the made-up review.
fn reference_date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 30).unwrap_or_default()
}

/// Writes the municipality: `samkor.toml`, `indata/` and `facit.jsonl`. Returns a few words about it.
///
/// # Errors
/// A folder that is not empty or cannot be written.
pub fn write(folder: &Path, size: &Size) -> Result<String, Error> {
    refuse_to_overwrite(folder)?;
    let mut random = random::Random::new(size.seed);
    let crowd = people::make(size.employees, &mut random);
    let systems = accounts::make(&crowd, size.accounts, &mut random);
    let people = crowd.people;
    files::write(folder, &people, &systems).map_err(|cause| Error::io(ErrorKind::Output, folder, &cause))?;
    let accounts: usize = systems.iter().map(|system| system.accounts.len()).sum();
    let (persons, folder) = (people.len(), folder.display());
    Ok(format!(
        "{persons} personer, {} system, {accounts} konton i {folder}\nKör: samkor run {folder}/samkor.toml",
        systems.len()
    ))
}

fn refuse_to_overwrite(folder: &Path) -> Result<(), Error> {
    let occupied = folder.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if !occupied && !folder.is_file() {
        return Ok(());
    }
    let says = message!("mappen är inte tom", "the folder is not empty");
    Err(Error::new(ErrorKind::Output, Place::file(folder.display().to_string()), says)
        .way_out(message!("Ange en ny eller tom mapp.", "Name a new or empty folder.")))
}
