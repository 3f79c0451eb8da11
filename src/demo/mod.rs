//! A made-up municipality with right answers: for fixtures, tests, benches, and whoever wants to try
//! samkor before taking out real files.
//!
//! Names follow their true frequencies, personal numbers are those that Skatteverket publishes for
//! tests, and exports look as systems really write them. `facit.jsonl` says whose each account is.

mod accounts;
mod adversarial;
mod cause;
mod churn;
mod configuration;
mod course;
mod directories;
mod files;
mod foreign;
mod mangled;
mod month;
mod names;
mod namesakes;
mod no_mail;
mod ods;
mod organisation;
mod outsiders;
mod payroll;
mod people;
mod population;
mod random;
mod returned;
mod score;
mod slips;
mod stated;
mod system_kind;
mod told;
mod truth;
mod xls;
mod year;

pub use population::Population;
pub use returned::answer;
pub use score::{Bin, Score, Tally, score};

use crate::error::{Error, ErrorKind, Place};
use crate::model::{Message, counted, message};
use chrono::NaiveDate;
use std::path::Path;

/// How large a municipality, and which.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// What is particular about it.
    pub population: Population,
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

/// Everyone in payroll, and every system, as of a month.
struct Municipality {
    population: Population,
    crowd: people::Crowd,
    names: people::UserNames,
    systems: Vec<accounts::SystemMade>,
    month: month::Month,
}

impl Municipality {
    /// Makes it: people, their accounts, and what its population is particular by.
    fn make(size: &Size) -> Self {
        let population = size.population;
        let mut random = random::Random::new(size.seed);
        let mut names = people::UserNames::default();
        let mut crowd = people::make(size, &mut names, &mut random);
        if population == Population::Churn {
            churn::turn_over(&mut crowd, &mut random);
        }
        let mut systems = accounts::make(&crowd, size, &mut names, &mut random);
        match population {
            Population::Churn => churn::trouble(&crowd, &mut systems, &mut random),
            Population::Foreign => foreign::trouble(&mut systems, &mut random),
            Population::Namesakes => namesakes::trouble(&crowd, &mut systems, &mut random),
            Population::Mangled => mangled::trouble(&mut systems, &mut random),
            Population::Adversarial => adversarial::trouble(&crowd, &mut systems, &mut names, &mut random),
            Population::NoMail => no_mail::trouble(&mut crowd, &mut systems, &mut random),
            Population::Outsiders => outsiders::come_from_elsewhere(&mut systems, &mut random),
            Population::Ordinary | Population::Small => {}
        }
        Self { population, crowd, names, systems, month: month::Month { number: 0, of: 0 } }
    }
}

/// Writes the municipality: `samkor.toml`, `indata/` and `facit.jsonl`; of each month that follows the same in a folder
/// named after its reference date. Returns a few words about it.
///
/// # Errors
/// A folder that is not empty or cannot be written.
pub fn write(folder: &Path, size: &Size, months: u32) -> Result<Message, Error> {
    refuse_to_overwrite(folder)?;
    let failed = |cause: std::io::Error| Error::io(ErrorKind::Output, folder, &cause);
    let mut made = Municipality::make(size);
    let accounts: usize = made.systems.iter().map(|system| system.accounts.len()).sum();
    let (persons, systems) = (made.crowd.people.len(), made.systems.len());
    if months == 0 {
        files::write(folder, &made).map_err(failed)?;
    } else {
        let mut random = made.begin(months, size.seed);
        files::write(folder, &made).map_err(failed)?;
        std::fs::create_dir_all(folder.join(month::ANSWERS)).map_err(failed)?;
        for _ in 0..months {
            made.go_on(&mut random);
            files::write(&folder.join(made.month.day().to_string()), &made).map_err(failed)?;
        }
    }
    let (answers, shown) = (folder.join(truth::FILE), folder.display());
    let answers = answers.display();
    let following = match months {
        0 => Message::same(""),
        months => {
            let Message { sv, en } = counted(months, ["månad", "månader"], ["month", "months"]);
            message!(", {sv} till", ", {en} more")
        }
    };
    let (more, more_en) = (following.sv, following.en);
    Ok(message!(
        "{persons} personer, {systems} system, {accounts} konton{more} i {shown}\n\
         Kör: samkor run {shown}/samkor.toml\n\
         Rätta svar: {answers}; mät körningen mot dem: samkor demo --score {shown}/resultat/KÖRNING",
        "{persons} people, {systems} systems, {accounts} accounts{more_en} in {shown}\n\
         Run: samkor run {shown}/samkor.toml\n\
         Right answers: {answers}; measure the run against them: samkor demo --score {shown}/resultat/RUN"
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
