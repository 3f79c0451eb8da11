//! What an agreement is worth, in bits: log2(m/u), with m the share of true pairs that agree so and
//! u the share of chance pairs (Fellegi & Sunter 1969).
//!
//! For names u is the name's own frequency, in the files and in the country (Winkler's frequency-based
//! matching), so that "Andersson" weighs little and "Trigwell" much. The other defaults are stated
//! here with their reason; they are printed in Underlag.

use super::evidence::{EvidenceField, Level};
use crate::model::{Person, given_name_share, surname_share};
use crate::roster::Roster;
use libm::log2;
use std::collections::HashMap;

/// The shares the weights rest on, for the manifest and Underlag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Learned {
    /// π: the share of accounts whose owner is in the files.
    pub in_files: f64,
    /// Persons an account can belong to.
    pub persons: usize,
}

/// π before anything is learned: of ordinary exports, about one account in twenty belongs to
/// someone outside payroll.
const IN_FILES: f64 = 0.95;

/// How much of u is the files' own frequency of a name; the rest is the country's, for people who
/// are in no file.
const OWN_SHARE: f64 = 0.5;

/// Frequencies of one roster.
#[derive(Debug)]
pub struct Weights {
    persons: usize,
    given: HashMap<String, f64>,
    surname: HashMap<String, f64>,
    unit: HashMap<String, f64>,
}

impl Weights {
    /// Counts names and units over the roster.
    pub fn new(roster: &Roster) -> Self {
        let persons = roster.len().max(1);
        let mut weights = Self { persons, given: HashMap::new(), surname: HashMap::new(), unit: HashMap::new() };
        #[allow(clippy::cast_precision_loss)] // Far below 2^52 persons.
        let one = 1.0 / persons as f64;
        for (_, person) in roster.persons() {
            add(&mut weights.given, distinct(&person.tokens.given), one);
            add(&mut weights.surname, distinct(&person.tokens.surname), one);
            add(&mut weights.unit, units(person), one);
        }
        weights
    }

    /// The shares, for printing.
    pub fn learned(&self) -> Learned {
        Learned { in_files: IN_FILES, persons: self.persons }
    }

    /// log2 of the prior odds of one person against nobody: (π/N) ÷ (1−π).
    pub fn prior_bits(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // Far below 2^52 persons.
        let persons = self.persons as f64;
        log2(IN_FILES / persons) - log2(1.0 - IN_FILES)
    }

    /// What agreement on a given-name word is worth at a level.
    pub fn given_name(&self, word: &str, level: Level) -> f64 {
        let chance = OWN_SHARE * share(&self.given, word) + (1.0 - OWN_SHARE) * given_name_share(word);
        name_bits(chance, level)
    }

    /// What agreement on a surname word is worth at a level.
    pub fn surname(&self, word: &str, level: Level) -> f64 {
        let chance = OWN_SHARE * share(&self.surname, word) + (1.0 - OWN_SHARE) * surname_share(word);
        name_bits(chance, level)
    }

    /// What agreement on a unit or department is worth: the share of people who work there.
    pub fn unit(&self, folded: &str, level: Level) -> f64 {
        match level {
            // Exports are often a reorganisation behind: disagreement is weak evidence.
            Level::Differs => -1.0,
            _ => -log2(share(&self.unit, folded).max(1e-5)) - 0.5,
        }
    }

    /// What agreement on a key or birth date is worth.
    pub fn key(&self, field: EvidenceField, level: Level) -> f64 {
        let agrees = level == Level::Exact;
        match field {
            // 365 days × about 300 serials each year of birth: a chance agreement is one in millions.
            // Disagreement: about one in a hundred true pairs has a number wrong or changed.
            EvidenceField::PersonalNumber => {
                if agrees {
                    24.0
                } else {
                    -7.0
                }
            }
            // As long as the series is payroll's own; several numbers a person make disagreement weak.
            EvidenceField::EmployeeNumber => {
                if agrees {
                    18.0
                } else {
                    -4.0
                }
            }
            EvidenceField::HsaId => {
                if agrees {
                    20.0
                } else {
                    -2.0
                }
            }
            // Addresses are given again to namesakes; old ones stay in systems after a new name.
            EvidenceField::Email => {
                if agrees {
                    16.0
                } else {
                    -2.0
                }
            }
            EvidenceField::UserName => {
                if agrees {
                    14.0
                } else {
                    -1.0
                }
            }
            // 45 working years of 365 days; one true pair in two hundred differs by a slip.
            EvidenceField::BirthDate => {
                if agrees {
                    14.0
                } else {
                    -7.5
                }
            }
            EvidenceField::GivenName | EvidenceField::Surname | EvidenceField::Unit => 0.0,
        }
    }
}

/// Names agree in nearly every true pair; the weaker the level, the likelier by chance.
fn name_bits(chance: f64, level: Level) -> f64 {
    let exact = -log2(chance.clamp(1e-5, 1.0));
    match level {
        Level::Exact => exact - 0.1,
        // One of several words: half of the true pairs with a double name look so.
        Level::Partial => exact - 2.0,
        // A slip occurs in about one name in a hundred, and a dozen values lie that near.
        Level::Near => (exact - 5.0).max(0.0),
        // One letter of about twenty in use.
        Level::Initial => 3.5,
        // Renamed, or another given name in use: one true pair in fifty.
        Level::Differs => -5.5,
    }
}

fn share(map: &HashMap<String, f64>, word: &str) -> f64 {
    map.get(word).copied().unwrap_or(0.0)
}

fn add(map: &mut HashMap<String, f64>, words: Vec<String>, one: f64) {
    for word in words {
        *map.entry(word).or_default() += one;
    }
}

fn distinct(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    words.sort();
    words.dedup();
    words
}

/// The units and departments of a person, folded, each once.
fn units(person: &Person) -> Vec<String> {
    let of = person.employments.iter().flat_map(|e| e.unit.iter().chain(&e.department));
    distinct(&of.map(|text| crate::model::fold(text)).collect::<Vec<_>>())
}
