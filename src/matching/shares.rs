//! m and π: how accounts that are a person's agree with that person, level by level.
//!
//! The defaults are what ordinary exports show, each with its reason beside it; [`super::learn`] moves them
//! by the files themselves, system by system. Every level of every field has a share, and the shares of a
//! field sum to 1 (Fellegi & Sunter 1969: m). u is not here: it is the value's own frequency, see
//! [`super::names`] and [`super::compare`].

use super::evidence::{EvidenceField, Level};
use super::namesakes::{Namesakes, Stated};
use libm::{exp2, log2};

const LEVELS: usize = Level::ALL.len();
const FIELDS: usize = EvidenceField::ALL.len();

/// π before anything is learned: of ordinary exports, about one account in twenty belongs to someone
/// outside payroll.
pub const IN_FILES: f64 = 0.95;

/// The shares of the levels of a field, by default. A field without levels of its own carries its whole
/// weight itself.
fn defaults(field: EvidenceField) -> &'static [(Level, f64)] {
    match field {
        // Wrong or changed numbers: about two in a hundred; a coordination number exchanged for a personal
        // one, or a serial mistyped with the birth date right, one in two hundred.
        EvidenceField::PersonalNumber => &[(Level::Exact, 0.975), (Level::Partial, 0.005), (Level::Differs, 0.02)],
        // People have several over the years, and payroll's extract may hold only the newest.
        EvidenceField::EmployeeNumber => &[(Level::Exact, 0.96), (Level::Differs, 0.04)],
        EvidenceField::HsaId => &[(Level::Exact, 0.97), (Level::Differs, 0.03)],
        // Old addresses stay in systems after a change of name; one in twenty uses another domain.
        EvidenceField::Email => &[(Level::Exact, 0.9), (Level::Partial, 0.04), (Level::Differs, 0.06)],
        // One system in ten of a municipality's still names accounts in its own way.
        EvidenceField::UserName => &[(Level::Exact, 0.9), (Level::Differs, 0.1)],
        // What a directory lends changes with it; an old address stays on, as in payroll.
        EvidenceField::DirectoryEmail => &[(Level::Exact, 0.9), (Level::Partial, 0.04), (Level::Differs, 0.06)],
        EvidenceField::DirectoryHsaId | EvidenceField::ObjectId | EvidenceField::DirectoryNumber => {
            &[(Level::Exact, 0.97), (Level::Differs, 0.03)]
        }
        // A slip of the finger, or day and month exchanged.
        EvidenceField::BirthDate => &[(Level::Exact, 0.985), (Level::Near, 0.01), (Level::Differs, 0.005)],
        EvidenceField::GivenName => &[
            (Level::Exact, 0.89),
            (Level::Variant, 0.01),
            (Level::ShortForm, 0.02),
            // Where payroll tells which of the given names is used, one account in a hundred is made under another.
            (Level::Unused, 0.01),
            (Level::Partial, 0.03),
            (Level::Near, 0.02),
            (Level::Cut, 0.0005),
            (Level::Initial, 0.005),
            (Level::Differs, 0.0145),
        ],
        // Two or three people in a hundred have changed surname since some system last heard.
        EvidenceField::Surname => &[
            (Level::Exact, 0.88),
            (Level::Variant, 0.01),
            (Level::Partial, 0.04),
            (Level::Near, 0.021),
            (Level::Cut, 0.001),
            (Level::Initial, 0.003),
            (Level::Former, 0.01),
            (Level::Renamed, 0.025),
            (Level::Differs, 0.01),
        ],
        // One row in two hundred has the names in each other's columns.
        EvidenceField::NameOrder => &[(Level::Exact, 0.995), (Level::Swapped, 0.005)],
        // Exports are often a reorganisation behind.
        // One unit in fifty is typed anew, with a slip.
        EvidenceField::Unit => {
            &[(Level::Exact, 0.68), (Level::Near, 0.02), (Level::Partial, 0.15), (Level::Differs, 0.15)]
        }
        // Of ten, one had come back, and payroll's extract begins with the return.
        EvidenceField::Made => &[(Level::Exact, 0.9), (Level::Differs, 0.1)],
        EvidenceField::AccountName
        | EvidenceField::BrokenNumber
        | EvidenceField::Stated
        | EvidenceField::MailDomain
        | EvidenceField::Unstated
        | EvidenceField::Namesakes
        | EvidenceField::Workplace
        | EvidenceField::OtherAccounts => &[],
    }
}

/// The share of a level before anything is learned; 1 where a field has no levels of its own.
pub fn default_share(field: EvidenceField, level: Level) -> f64 {
    let own = defaults(field);
    own.iter().find(|(known, _)| *known == level).map_or(if own.is_empty() { 1.0 } else { 1e-4 }, |(_, share)| *share)
}

/// Of accounts that carry such a key and are not a person's, how many hit that person's key by chance: a
/// slip, a number used again. 1 where the series is another than payroll's.
pub fn default_chance_hits(field: EvidenceField) -> f64 {
    match field {
        // Check digits catch nearly every slip.
        EvidenceField::PersonalNumber => 0.001,
        EvidenceField::HsaId => 0.002,
        _ => 0.01,
    }
}

/// The shares of one system.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    m: [[f64; LEVELS]; FIELDS],
    bits: [[f64; LEVELS]; FIELDS],
    chance_hits: [f64; FIELDS],
    persons: f64,
    /// People outside who are called as somebody here.
    pub namesakes: Namesakes,
    /// π: the share of accounts whose owner is in the files.
    pub in_files: f64,
    /// The share of persons with more than one everyday account here.
    pub several_accounts: f64,
}

impl Shares {
    /// The documented defaults, for so many persons.
    pub fn new(persons: usize) -> Self {
        let mut m = [[0.0; LEVELS]; FIELDS];
        let mut chance_hits = [0.0; FIELDS];
        for &field in EvidenceField::ALL {
            for &level in Level::ALL {
                m[field as usize][level as usize] = default_share(field, level);
            }
            chance_hits[field as usize] = default_chance_hits(field);
        }
        #[allow(clippy::cast_precision_loss)] // Far below 2^52 persons.
        let persons = persons.max(1) as f64;
        // Two everyday accounts of one person in one system: about one in a hundred.
        let mut shares = Self {
            m,
            bits: m,
            chance_hits,
            persons,
            namesakes: Namesakes::default(),
            in_files: IN_FILES,
            several_accounts: 0.01,
        };
        shares.settle();
        shares
    }

    /// Takes new shares of a field's levels.
    pub fn set(&mut self, field: EvidenceField, level: Level, share: f64) {
        self.m[field as usize][level as usize] = share;
    }

    /// Takes the chance hits of a key.
    pub fn set_chance_hits(&mut self, field: EvidenceField, share: f64) {
        self.chance_hits[field as usize] = share;
    }

    /// Works the weights out anew, once shares have been set.
    pub fn settle(&mut self) {
        for &field in EvidenceField::ALL {
            for &level in Level::ALL {
                let hit = level == Level::Exact && field.is_hard_key();
                // u of a hard key that agrees: the chance hits, spread over all persons.
                let u = if hit { self.chance_hits[field as usize] / self.persons } else { 1.0 };
                self.bits[field as usize][level as usize] = log2(self.m[field as usize][level as usize] / u);
            }
        }
    }

    /// How many persons an account can belong to.
    pub fn persons(&self) -> f64 {
        self.persons
    }

    /// What namesakes outside take off a name and a unit, in bits.
    pub fn namesake_bits(&self, stated: Stated) -> f64 {
        self.namesakes.bits(stated, self.persons)
    }

    /// m of a level.
    pub fn share(&self, field: EvidenceField, level: Level) -> f64 {
        self.m[field as usize][level as usize]
    }

    /// Chance hits of a key.
    pub fn chance_hits(&self, field: EvidenceField) -> f64 {
        self.chance_hits[field as usize]
    }

    /// log2 m, and for a hard key that agrees log2 (m/u).
    pub fn bits(&self, field: EvidenceField, level: Level) -> f64 {
        self.bits[field as usize][level as usize]
    }

    /// log2 of how likely anybody's name stands in this order, where it is `favour` bits likelier so than otherwise:
    /// someone outside exchanges their names as often as the person does.
    pub fn order_bits(&self, level: Level, favour: f64) -> f64 {
        /// From here on nothing moves by a millionth of a bit.
        const SETTLED: f64 = 24.0;
        let own = self.share(EvidenceField::NameOrder, level);
        if own >= 0.5 && favour >= SETTLED {
            return 0.0;
        }
        -log2(1.0 + (1.0 - own) / own * exp2((-favour).clamp(-500.0, 500.0)))
    }

    /// log2 of the prior odds of one person against nobody: (π/N) ÷ (1−π).
    pub fn prior_bits(&self) -> f64 {
        log2(self.in_files / self.persons) - log2(1.0 - self.in_files)
    }

    /// Whether a column is payroll's own here: it agrees for most of those whose it must be.
    pub fn is_trusted(&self, field: EvidenceField) -> bool {
        self.share(field, Level::Exact) >= 0.5
    }

    /// The levels of a field with a share of their own, for printing.
    pub fn levels(field: EvidenceField) -> impl Iterator<Item = Level> {
        defaults(field).iter().map(|(level, _)| *level)
    }
}
