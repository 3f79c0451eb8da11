//! Rows that their owner passed on to somebody else: whom to ask from now on, and who said so.
//!
//! A row goes to whoever was named only where that is somebody who can answer: one person who is employed, or a post that
//! answers for something already. Anyone else may be a slip of the pen, and the row stays with its owner.

use super::context::Review;
use super::unable::Unable;
use crate::config::SystemConfig;
use crate::history::Recalled;
use crate::model::{AccountKey, Message, fold, message};
use crate::roster::Resolution;
use crate::runfolder::StatedLine;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A row that was passed on.
#[derive(Clone, Debug)]
pub struct PassedOn {
    /// To whom, as written.
    pub to: String,
    /// By whom.
    pub by: Option<String>,
    /// When.
    pub on: Option<NaiveDate>,
    /// Whether it gets there.
    pub receiver: Receiver,
}

/// Who takes over a row.
#[derive(Clone, Debug)]
pub enum Receiver {
    /// Somebody who can answer, by what tells him from others.
    Known(String),
    /// Whoever is asked about the system anyway: the row has come back.
    Own,
    /// Nobody who can be asked: why.
    Unmet(Message),
}

/// Every row that was passed on, as the run before knew it.
#[derive(Clone, Debug, Default)]
pub struct Receivers(BTreeMap<AccountKey, PassedOn>);

impl Receivers {
    /// Settles who takes over each row.
    pub fn new(review: &Review<'_>) -> Self {
        let recalled: &Recalled = review.recalled;
        let settle = |(row, stated): (&AccountKey, &StatedLine)| {
            let system = review.systems.iter().find(|own| row.is_of(&own.config.system.id))?;
            let receiver = receiver(&stated.who, system.config, review);
            let StatedLine { who, stated_by, stated_on } = stated.clone();
            Some((row.clone(), PassedOn { to: who, by: stated_by, on: stated_on, receiver }))
        };
        Self(recalled.memory.owners.iter().filter_map(settle).collect())
    }

    /// Where a row was passed on to.
    pub fn of(&self, row: &AccountKey) -> Option<&PassedOn> {
        self.0.get(row)
    }

    /// Whether no row was passed on.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every row.
    pub fn all(&self) -> impl Iterator<Item = (&AccountKey, &PassedOn)> {
        self.0.iter()
    }
}

/// Who takes over what is passed on to somebody, as written.
fn receiver(written: &str, system: &SystemConfig, review: &Review<'_>) -> Receiver {
    let known = match review.resolve(written) {
        Resolution::Person(person) if review.protection.persons.contains(&person) => None,
        Resolution::Person(_) => {
            Some(()).filter(|()| review.unable_to_answer(written, review.config.review.as_of).is_none())
        }
        Resolution::Post | Resolution::Unknown | Resolution::Several(_) => {
            Some(()).filter(|()| answers_already(written, review))
        }
    };
    let own = [&system.system.owner, &system.system.administrator].into_iter().flatten().next();
    match known {
        None => Receiver::Unmet(unmet(written, review)),
        Some(()) if own.is_some_and(|own| who(own, review) == who(written, review)) => Receiver::Own,
        Some(()) => Receiver::Known(who(written, review)),
    }
}

/// What tells somebody from others, however he is written.
fn who(written: &str, review: &Review<'_>) -> String {
    match review.resolve(written) {
        Resolution::Person(person) => review.roster.person(person).id.0.clone(),
        Resolution::Several(_) | Resolution::Post | Resolution::Unknown => fold(written),
    }
}

/// Whether somebody as written answers for something in the configuration or the list of systems.
fn answers_already(written: &str, review: &Review<'_>) -> bool {
    let config = review.config;
    let of_systems = config.systems.iter().flat_map(|own| [&own.system.owner, &own.system.administrator]);
    let others = [&config.payroll.owner, &config.review.control_owner].into_iter();
    let stated = of_systems.chain(others).flatten().chain(&config.review.posts);
    stated.into_iter().any(|own| fold(own) == fold(written))
}

fn unmet(written: &str, review: &Review<'_>) -> Message {
    let why = || review.unable_to_answer(written, review.config.review.as_of).map(|(why, _)| why);
    match review.resolve(written) {
        Resolution::Person(person)
            if why() == Some(Unable::NotKnown) && !review.protection.persons.contains(&person) =>
        {
            message!("om {written} är anställd går inte att läsa", "whether {written} is employed cannot be read")
        }
        Resolution::Person(person) if !review.protection.persons.contains(&person) => {
            message!("{written} är inte anställd", "{written} is not employed")
        }
        Resolution::Several(_) => message!("flera heter {written}", "several are called {written}"),
        Resolution::Post => message!(
            "{written} svarar inte för något system och står inte bland posterna i konfigurationen",
            "{written} answers for no system and is none of the posts of the configuration"
        ),
        Resolution::Person(_) | Resolution::Unknown => {
            message!("{written} går inte att hitta", "{written} cannot be found")
        }
    }
}
