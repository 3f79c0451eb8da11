//! Whose account is it? An open-world match of accounts to persons, with its evidence kept.
//!
//! The steps are kept apart, as in record linkage since Fellegi and Sunter (1969): candidates are
//! found by shared keys ([`candidates`]), compared field by field in levels ([`compare`]), each
//! agreement weighed in bits ([`weights`]), the weights turned to probabilities over every candidate
//! *and nobody* ([`decide`]), and an outcome decided with hard rules on top. Absent is never
//! different: a missing value adds and takes nothing.

mod candidates;
mod class;
mod compare;
mod decide;
mod evidence;
mod protection;
mod weights;

pub use evidence::Evidence;
use evidence::{EvidenceField, Level};
pub use protection::{Protection, spread};
pub use weights::{Learned, Weights};

use crate::config::{Config, SystemConfig};
use crate::ingest::Export;
use crate::model::{Account, AccountClass, PersonIx};
use crate::roster::{Roster, Scope};
use compare::Claims;

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
    pub evidence: Vec<Evidence>,
}

impl Candidate {
    /// Whether a key that is never given to another person agrees.
    pub fn has_hard_key(&self) -> bool {
        self.evidence.iter().any(|e| e.field.is_hard_key() && e.level == Level::Exact)
    }

    /// Whether given name or surname differs.
    pub fn differs_in_name(&self) -> bool {
        let name = |field| matches!(field, EvidenceField::GivenName | EvidenceField::Surname);
        self.evidence.iter().any(|e| name(e.field) && e.level == Level::Differs)
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
    pub candidates: Vec<Candidate>,
    /// How likely the holder, whoever it is, is employed.
    pub active_probability: f64,
}

impl Match {
    /// The linked person.
    pub fn person(&self) -> Option<PersonIx> {
        (self.outcome == Outcome::Linked).then(|| self.candidates.first().map(|c| c.person)).flatten()
    }

    /// Whether a key links it, so that runners-up say nothing.
    pub fn is_keyed(&self) -> bool {
        self.candidates.first().is_some_and(|best| best.evidence.iter().any(Evidence::is_agreeing_key))
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
}

/// Matches every account of a system. The weights are those of the roster, the same for every system.
pub fn match_system(
    export: &Export,
    system: &SystemConfig,
    roster: &Roster,
    weights: &Weights,
    config: &Config,
) -> SystemMatches {
    let matcher = Matcher { export, system, roster, config, weights };
    let matches = export.accounts.iter().map(|account| matcher.match_account(account)).collect();
    SystemMatches { matches, learned: weights.learned() }
}

struct Matcher<'a> {
    export: &'a Export,
    system: &'a SystemConfig,
    roster: &'a Roster,
    config: &'a Config,
    weights: &'a Weights,
}

impl Matcher<'_> {
    fn match_account(&self, account: &Account) -> Match {
        let strings = &self.export.strings;
        let prior = class::prior(account, strings, &self.system.classes);
        let claims = Claims::new(account, strings);
        if account.excluded_by.is_some() {
            let class = class::settle(prior, &claims, false);
            return Match { outcome: Outcome::Excluded, class, candidates: Vec::new(), active_probability: 0.0 };
        }
        let found = candidates::find(account, &claims, strings, self.roster);
        let compared = found
            .into_iter()
            .map(|person| (person, compare::compare(&claims, self.roster.person(person), self.weights)));
        let posterior = decide::posterior(compared.collect(), self.weights);
        let outcome = decide::outcome(&posterior, &self.config.matching);
        let linked = outcome == Outcome::Linked;
        let class = class::settle(prior, &claims, linked);
        if !linked && (class.needs_named_owner() || self.is_exempted(account)) {
            return self.nobodys(account, class);
        }
        let active_probability = self.active_probability(&posterior);
        let line = self.config.matching.candidate_probability;
        let mut candidates = posterior;
        candidates.retain(|candidate| candidate.probability >= line || outcome == Outcome::Disputed);
        candidates.truncate(decide::MOST_CANDIDATES);
        Match { outcome, class, candidates, active_probability }
    }

    /// Whether an exemption says that the account is right as it is.
    fn is_exempted(&self, account: &Account) -> bool {
        let name = self.export.strings.text(account.name);
        let exemption = self.config.exemption(&self.system.system.id, name);
        exemption.is_some_and(|exemption| exemption.holds_on(self.config.review.as_of))
    }

    /// A service, shared or test account: right if somebody answers for it.
    fn nobodys(&self, account: &Account, class: AccountClass) -> Match {
        let answered_for = self.is_exempted(account) || account.owner.is_some();
        let outcome = if answered_for { Outcome::Exempt } else { Outcome::Unmatched };
        Match { outcome, class, candidates: Vec::new(), active_probability: 0.0 }
    }

    /// Σ p(i) over the candidates who are employed, summed in the order of the roster.
    fn active_probability(&self, posterior: &[Candidate]) -> f64 {
        let scope = Scope { companies: &self.system.system.companies };
        let day = self.export.tested_day;
        let employed = |candidate: &&Candidate| self.roster.tenure(candidate.person, scope, day).standing.is_employed();
        let mut persons: Vec<&Candidate> = posterior.iter().filter(employed).collect();
        persons.sort_by_key(|candidate| candidate.person);
        persons.iter().map(|candidate| candidate.probability).sum::<f64>().min(1.0)
    }
}
