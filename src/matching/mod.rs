//! Whose account is it? An open-world match of accounts to persons, with its evidence kept.
//!
//! The steps are kept apart, as in record linkage since Fellegi and Sunter (1969):
//!
//! | step | module |
//! |---|---|
//! | the roster made ready once: words, keys, lists | [`population`], [`names`] |
//! | what an account says of its holder | [`accounts`], [`account_record`], [`name_texts`], [`handle`], [`places`] |
//! | who could it be (blocking) | [`candidates`] |
//! | field by field in comparison levels | [`compare`], [`shared_numbers`], [`handles`], [`places`], [`made`] |
//! | m, u and the prior π, learned within bounds | [`shares`], [`learn`] |
//! | what account names are made of | [`convention`] |
//! | which domains of addresses and account names the people of each employer have | [`domains`], [`employers`], [`known_domains`] |
//! | what people here nearly always state | [`unstated`] |
//! | where those who use the system work | [`user_base`] |
//! | what directories and numbered accounts lend | [`bridge`], [`handles`], [`known_name`] |
//! | whom owners named as the holder | [`stated`] |
//! | the posterior, over every candidate *and nobody* | [`decide`] |
//! | one person, one everyday account, softly | [`one_to_one`] |
//! | what an account is called: a person, a thing, one of the system's own | [`words`], [`builtin`], [`class`] |
//! | the outcome, with hard rules on top | [`decide`], [`class`] |
//! | how good it is where nobody knows the truth | [`quality`] |
//! | kept until the run is done | [`packed`] |
//!
//! [`system`] takes the steps in turn for one system. Absent is never different: a missing value agrees and
//! differs with nobody's. Only that an account leaves out what accounts of people here nearly always state is weighed,
//! for everyone alike and by how often that is seen. Directories are matched first, so that their account names serve the other systems as keys.

mod account_record;
mod accounts;
mod bridge;
mod builtin;
mod candidates;
mod class;
mod coarse;
mod compare;
mod contact;
mod convention;
mod decide;
mod domains;
mod employers;
mod evidence;
mod handle;
mod handles;
mod known_domains;
mod known_name;
mod learn;
mod made;
mod name_texts;
mod names;
mod namesakes;
mod numbered_names;
mod one_to_one;
mod packed;
mod places;
mod population;
mod protection;
mod quality;
mod record_pair;
mod settle_keys;
mod shared_numbers;
mod shares;
mod stated;
mod system;
mod unstated;
mod user_base;
mod withheld;
mod words;

pub use evidence::{Evidence, EvidenceField, Level};
pub use handle::local_part;
pub use protection::{Beside, Named, Protection, Remembered, Sources, Spread, spread};
pub use quality::{Blind, Found, KeyTrial, Quality};
pub use record_pair::Effort;
pub use settle_keys::settle_keys;
pub use stated::{NamedAs, StatedHolder, StatedHolders};
pub use system::Learned;
pub use withheld::withhold;
pub use words::Word;

use crate::config::Config;
use crate::error::{Error, ErrorKind, Place};
use crate::history::Recalled;
use crate::ingest::{Delivery, Export};
use crate::model::{AccountClass, Field, PersonIx, message};
use crate::roster::Roster;
use crate::side_by_side::a_few_at_a_time;
use bridge::{Loans, SystemIx};
use namesakes::Namesakes;
use packed::PartOf;
use population::Population;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Whose an account is, as far as can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// One person's.
    Linked,
    /// Perhaps one person's.
    Candidate,
    /// Keys contradict each other, or several share what speaks for it.
    Disputed,
    /// Nobody's that is known.
    Unmatched,
    /// Nobody's in particular, with an owner or an exemption.
    Exempt,
    /// Left out of the review on purpose.
    Excluded,
}

impl Outcome {
    /// Every outcome, in the order of outputs.
    pub const ALL: [Self; 6] =
        [Self::Linked, Self::Candidate, Self::Disputed, Self::Unmatched, Self::Exempt, Self::Excluded];

    /// The word in data files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Linked => "linked",
            Self::Candidate => "candidate",
            Self::Disputed => "disputed",
            Self::Unmatched => "unmatched",
            Self::Exempt => "exempt",
            Self::Excluded => "excluded",
        }
    }
}

/// A person an account may belong to.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who.
    pub person: PersonIx,
    /// How likely, among all persons and nobody.
    pub probability: f64,
    /// What speaks for and against.
    pub evidence: PartOf<Evidence>,
}

impl Candidate {
    /// Whether a field of some kind agrees.
    fn agrees(&self, is_one: impl Fn(EvidenceField) -> bool) -> bool {
        self.evidence.iter().any(|e| is_one(e.field) && e.level == Level::Exact)
    }

    /// Whether a key that names one person by itself agrees.
    pub fn has_key(&self) -> bool {
        self.agrees(EvidenceField::is_key)
    }

    /// Whether a key that is never given to another person agrees.
    pub fn has_hard_key(&self) -> bool {
        self.agrees(EvidenceField::is_hard_key)
    }

    /// Whether nothing beside the name speaks for the person.
    pub fn rests_on_name_alone(&self) -> bool {
        let more = |own: &Evidence| own.bits > 0.0 && !own.field.is_name() && !own.field.is_correction();
        !self.evidence.iter().any(more)
    }

    /// Whether given name or surname differs.
    pub fn differs_in_name(&self) -> bool {
        self.evidence.iter().any(Evidence::is_differing_name)
    }
}

/// The match of one account.
#[derive(Clone, Debug)]
pub struct Match {
    /// The outcome.
    pub outcome: Outcome,
    /// The class, settled after the match: where a name pattern and a person disagree, the person wins.
    pub class: AccountClass,
    /// Persons over the candidate line, best first; the linked one first.
    pub candidates: PartOf<Candidate>,
    /// How likely the holder, whoever it is, is employed.
    pub active_probability: f64,
    /// Whether it is one of the system's own accounts, and one that can do everything.
    pub superuser: bool,
    /// Where no holder was found, who alone is called as the account states, or nearly so: too little to be a candidate,
    /// and enough to hide what may be a protected person's.
    pub called_as: Option<PersonIx>,
}

impl Match {
    /// The linked person.
    pub fn person(&self) -> Option<PersonIx> {
        (self.outcome == Outcome::Linked).then(|| self.candidates.first().map(|c| c.person)).flatten()
    }

    /// Whether an account has high rights by what it is: one for administration, or a system's own superuser.
    pub fn is_privileged_by_class(&self) -> bool {
        self.class == AccountClass::Admin || self.superuser
    }

    /// Whether a key links it, so that runners-up say nothing.
    pub fn is_keyed(&self) -> bool {
        self.candidates.first().is_some_and(Candidate::has_key)
    }

    /// Of an account whose facts contradict each other those beside the likeliest whom a number points at, or the whole
    /// name where the likeliest is called otherwise. Between two that are both called so the odds tell.
    pub fn claimants(&self) -> impl Iterator<Item = PersonIx> + '_ {
        let disputed = self.outcome == Outcome::Disputed;
        let named = self.candidates.first().is_some_and(|best| !best.is_called_so());
        let others = self.candidates.iter().skip(1).filter(move |_| disputed);
        others.filter(move |own| own.has_hard_key() || named && own.is_called_so()).map(|own| own.person)
    }

    /// Whether something stated is another's than the best candidate's: then a name that agrees clears nobody. Nor does a
    /// surname with a birth date under another given name, which twins share.
    pub fn is_opposed(&self) -> bool {
        self.candidates.first().is_some_and(|best| best.is_opposed() || best.has_given_name_of_another())
    }

    /// Whether a number links it.
    pub fn is_numbered(&self) -> bool {
        self.candidates.first().is_some_and(Candidate::has_hard_key)
    }

    /// Probability of the best person, 0 where there is none.
    pub fn probability(&self) -> f64 {
        self.candidates.first().map_or(0.0, |best| best.probability)
    }
}

/// The matches of one system, in the order of its accounts.
#[derive(Debug)]
pub struct SystemMatches {
    /// One match an account.
    pub matches: Vec<Match>,
    /// The shares the weights rest on.
    pub learned: Learned,
    /// What can be said of how good the matches are.
    pub quality: Quality,
    /// What it cost.
    pub effort: Option<Effort>,
}

/// A system as it stands after matching: from here on its accounts and whose they are go together.
#[derive(Debug)]
pub enum Examined {
    /// It was read and matched.
    Matched {
        /// Its accounts.
        export: Box<Export>,
        /// Whose each of them is, in their order.
        matches: Box<SystemMatches>,
    },
    /// It is not there, cannot be read, or holds no account: why.
    Missing(Error),
}

impl Examined {
    /// Accounts and matches, or why there are none.
    pub fn delivered(&self) -> Result<(&Export, &SystemMatches), &Error> {
        match self {
            Self::Matched { export, matches } => Ok((export, matches)),
            Self::Missing(error) => Err(error),
        }
    }

    /// An account for administration, and a system's own superuser, has high rights by what it is.
    fn matched(mut export: Box<Export>, matches: SystemMatches) -> Self {
        for (account, matched) in export.accounts.iter_mut().zip(&matches.matches) {
            account.privileged |= matched.is_privileged_by_class();
        }
        Self::Matched { export, matches: Box::new(matches) }
    }
}

/// Matches every system that was read, in rounds: each directory serves those matched after it. The systems stay in
/// their order. How many more accounts have been looked at is told while it goes on.
pub fn match_systems(
    deliveries: Vec<Delivery>,
    roster: &Roster,
    config: &Config,
    stated: (&StatedHolders, &Recalled),
    told: &(dyn Fn(u64) + Sync),
) -> Vec<Examined> {
    let matches = match_in_rounds(&deliveries, (roster, config), stated, told);
    let examined = |(delivery, matches)| match (delivery, matches) {
        (Delivery::Read(export), Some(matches)) => Examined::matched(export, matches),
        (Delivery::Missing(error), _) => Examined::Missing(error),
        (Delivery::Read(export), None) => Examined::Missing(not_matched(&export)),
    };
    deliveries.into_iter().zip(matches).map(examined).collect()
}

/// Every export that was read stands in one of the rounds; one that did not would be said to be untested, and not pass
/// as if it were in order.
fn not_matched(export: &Export) -> Error {
    let file = export.reports.first().map_or("", |report| &report.path);
    let says = message!("kontona matchades inte mot personalregistret", "the accounts were not matched with payroll");
    Error::new(ErrorKind::Unusable, Place::file(file), says)
}

fn match_in_rounds(
    deliveries: &[Delivery],
    (roster, config): (&Roster, &Config),
    (stated, recalled): (&StatedHolders, &Recalled),
    told: &(dyn Fn(u64) + Sync),
) -> Vec<Option<SystemMatches>> {
    let mut loans = Loans::of_numbered(deliveries, roster);
    let mut matches: Vec<Option<SystemMatches>> = deliveries.iter().map(|_| None).collect();
    let mut population = Population::new(roster, &loans);
    let mut outsiders = namesakes::Seen::default();
    for round in rounds(deliveries, config) {
        let namesakes = outsiders.learned(Namesakes::default());
        let setting = system::Setting { roster, population: &population, config, namesakes, told };
        let accounts = |place: usize| deliveries[place].export().map_or(0, |export| export.accounts.len());
        let found = a_few_at_a_time(round, accounts, |place| {
            let export = deliveries[place].export()?;
            let stated = stated.in_system(&config.systems[place].system.id, export, recalled);
            Some(system::match_system(SystemIx(place), export, &stated, &setting))
        });
        let found = found.into_iter().filter_map(|(place, own)| Some((place, own?)));
        let (mut lends, names) = (false, loans.names.len());
        for (place, own) in found {
            if let (true, Some(export)) = (config.systems[place].directory, deliveries[place].export()) {
                outsiders += own.learned.outsiders;
                loans.add_directory(export, &own, SystemIx(place), roster);
                lends = true;
            }
            matches[place] = Some(own);
        }
        if loans.names.len() > names {
            population = Population::new(roster, &loans);
        } else if lends {
            population.lend(&loans);
        }
    }
    matches
}

/// Which systems are matched together, by their places: a directory whose accounts payroll's numbers link before one
/// that knows only addresses, whatever their order in the configuration, and the other systems last.
fn rounds(deliveries: &[Delivery], config: &Config) -> Vec<Vec<usize>> {
    let read = (0..deliveries.len()).filter(|place| deliveries[*place].export().is_some());
    let (directories, others): (Vec<usize>, Vec<usize>) = read.partition(|place| config.systems[*place].directory);
    let mut by_share: BTreeMap<Reverse<u64>, Vec<usize>> = BTreeMap::new();
    for place in directories {
        let share = deliveries[place].export().map_or(0, permille_numbered);
        by_share.entry(Reverse(share)).or_default().push(place);
    }
    by_share.into_values().chain(std::iter::once(others)).filter(|round| !round.is_empty()).collect()
}

/// How many in a thousand of a system's accounts carry a number that payroll knows, by the best of the numbers.
fn permille_numbered(export: &Export) -> u64 {
    let met = |field| export.coverage(field).and_then(|coverage| coverage.met).unwrap_or(0);
    let most = [Field::PersonalNumber, Field::EmployeeNumber, Field::HsaId].into_iter().map(met).max();
    most.unwrap_or(0) * 1000 / (export.accounts.len() as u64).max(1)
}
