//! One system matched, step by step.
//!
//! Accounts are taken in the order of their names, not of their rows: sums of floating numbers depend on
//! their order, and the order of rows must not change an outcome.

use super::candidates::{Finder, Scores};
use super::claims::{Claims, NameReading, NameSource, PlaceShares, Words};
use super::class::{self, Prior};
use super::compare::Comparer;
use super::comparison::{Case, Compared, Effort};
use super::convention::Convention;
use super::decide::{self, MOST_CANDIDATES};
use super::evidence::{EvidenceField, Level};
use super::handle::Handle;
use super::known_names::{Holder, KnownNames};
use super::one_to_one::{self, Corrections};
use super::population::{Comparable, Population};
use super::quality::{self, Blind, Quality};
use super::shares::Shares;
use super::{Candidate, Match, Outcome, SystemMatches, learn};
use crate::config::{Config, SystemConfig};
use crate::ingest::Export;
use crate::model::{Account, AccountClass};
use crate::roster::{Roster, Scope};
use rayon::prelude::*;

/// Accounts that shares, conventions and blind trials are taken from; more change nothing.
const LEARN_FROM: usize = 10_000;
const CONVENTION_FROM: usize = 500;
const BLIND_FROM: usize = 500;

/// From here on a holder is certain enough to learn from.
const CERTAIN: f64 = 0.99;

/// The shares the weights of a system rest on, for the manifest and Underlag.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// π: the share of accounts whose owner is in the files.
    pub in_files: f64,
    /// Persons an account can belong to.
    pub persons: usize,
    /// Share of persons with several everyday accounts.
    pub several_accounts: f64,
    /// m: field, level, share.
    pub levels: Vec<(EvidenceField, Level, f64)>,
    /// Of accounts that carry a number but are not that person's, how many hit it by chance.
    pub chance_hits: Vec<(EvidenceField, f64)>,
    /// Shapes of account names and their shares.
    pub shapes: Vec<(String, f64)>,
}

/// What systems share.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// Who is known.
    pub roster: &'a Roster,
    /// The same, made ready.
    pub population: &'a Population,
    /// Account names whose holder is known.
    pub known_names: &'a KnownNames,
    /// What was asked.
    pub config: &'a Config,
}

/// Matches every account of a system.
pub fn match_system(export: &Export, system: &SystemConfig, setting: &Setting<'_>) -> SystemMatches {
    let accounts = Ordered::new(export, system, setting.population);
    let (words, readings) = Words::read(&accounts.claims, setting.population);
    let defaults = Shares::new(setting.population.len());
    let place_shares = PlaceShares::new(&accounts.claims, setting.population);
    let comparer = Comparer {
        population: setting.population,
        words: &words,
        place_shares: &place_shares,
        known_names: setting.known_names,
        shares: &defaults,
    };
    let finder = Finder { roster: setting.roster, comparer };
    let (mut cases, mut effort) = accounts.find(&finder, &readings);
    effort.words = words.len() as u64;

    let mut shares = learn::learn(&accounts.learnable(&cases), setting.population.len());
    let convention = accounts.add_convention(&mut cases, &shares, setting.population);
    accounts.find_administrators(&mut cases, &shares, &finder, &readings);
    shares.several_accounts = one_to_one::share_with_several(&cases, &accounts.everyday, &shares);
    let corrections = match system.one_account_per_person {
        true => one_to_one::corrections(&cases, &accounts.everyday, &shares),
        false => vec![Vec::new(); cases.len()],
    };

    let matcher = Matcher { export, system, setting, shares: &shares };
    let matches = matcher.decide_all(&accounts, &cases, &corrections);
    let quality = Quality {
        expected_wrong: quality::expected_wrong(&matches),
        keys: quality::key_trials(&cases, &matches, &|at| accounts.neighbours(at)),
        blind: matcher.blind(&accounts, &matches, &finder, &readings, &convention),
    };
    let learned = learned(&shares, &convention, setting.population.len());
    SystemMatches { matches: accounts.in_file_order(matches), learned, quality, effort }
}

fn learned(shares: &Shares, convention: &Convention, persons: usize) -> Learned {
    let levels = EvidenceField::ALL.iter().flat_map(|&field| Shares::levels(field).map(move |level| (field, level)));
    let hard = EvidenceField::ALL.iter().copied().filter(|field| field.is_hard_key());
    Learned {
        in_files: shares.in_files,
        persons,
        several_accounts: shares.several_accounts,
        levels: levels.map(|(field, level)| (field, level, shares.share(field, level))).collect(),
        chance_hits: hard.map(|field| (field, shares.chance_hits(field))).collect(),
        shapes: convention.shown(),
    }
}

/// The accounts of a system in the order of their names.
struct Ordered<'a> {
    accounts: Vec<&'a Account>,
    /// Place in the export of each.
    places: Vec<usize>,
    /// Place here of each of the export.
    ranks: Vec<usize>,
    claims: Vec<Claims>,
    priors: Vec<Prior>,
    everyday: Vec<bool>,
}

impl<'a> Ordered<'a> {
    fn new(export: &'a Export, system: &SystemConfig, population: &Population) -> Self {
        let name = |place: &usize| export.strings.text(export.accounts[*place].name);
        let mut places: Vec<usize> = (0..export.accounts.len()).collect();
        places.sort_by(|a, b| name(a).cmp(name(b)));
        let mut ranks = vec![0; places.len()];
        for (rank, place) in places.iter().enumerate() {
            ranks[*place] = rank;
        }
        let accounts: Vec<&Account> = places.iter().map(|place| &export.accounts[*place]).collect();
        let claims: Vec<Claims> = accounts
            .par_iter()
            .map(|account| Claims::new(account, &export.strings, population, export.tested_day))
            .collect();
        let priors: Vec<Prior> =
            accounts.iter().map(|account| class::prior(account, &export.strings, &system.classes)).collect();
        let everyday = accounts.iter().zip(&priors).map(|(a, prior)| a.excluded_by.is_none() && is_everyday(*prior));
        Self { everyday: everyday.collect(), accounts, places, ranks, claims, priors }
    }

    /// Finds and compares the candidates of every account under review.
    fn find(&self, finder: &Finder<'_>, readings: &[Vec<NameReading>]) -> (Vec<Case>, Effort) {
        let found: Vec<(Case, Effort)> = (0..self.accounts.len())
            .into_par_iter()
            .map_init(
                || Scores::new(finder.comparer.population.len()),
                |scores, at| match self.accounts[at].excluded_by {
                    Some(_) => (Case::default(), Effort::default()),
                    None => finder.find(&self.claims[at], &readings[at], scores),
                },
            )
            .collect();
        let mut effort = Effort::default();
        let mut cases = Vec::with_capacity(found.len());
        for (case, own) in found {
            effort.add(own);
            cases.push(case);
        }
        (cases, effort)
    }

    /// Everyday accounts, evenly spread over all, that shares are learned from.
    fn learnable<'c>(&self, cases: &'c [Case]) -> Vec<&'c Case> {
        let own: Vec<&Case> = cases.iter().zip(&self.everyday).filter(|(_, own)| **own).map(|(case, _)| case).collect();
        evenly(&own, LEARN_FROM).copied().collect()
    }

    /// Learns how account names are made, and weighs every account without a key by it.
    fn add_convention(&self, cases: &mut [Case], shares: &Shares, population: &Population) -> Convention {
        let certain: Vec<(&Handle, &Comparable)> = (0..cases.len())
            .filter(|at| self.everyday[*at])
            .filter_map(|at| Some((&self.claims[at].handles[0], certain_holder(&cases[at], shares, population)?)))
            .collect();
        let convention = Convention::learn(&evenly(&certain, CONVENTION_FROM).copied().collect::<Vec<_>>());
        if convention.is_known() {
            cases.par_iter_mut().zip(&self.claims).for_each(|(case, claims)| {
                add_account_name(case, claims, &convention, population);
            });
        }
        convention
    }

    /// Accounts for administration are compared again with the system's own everyday accounts known: theirs
    /// are made from those.
    fn find_administrators(
        &self,
        cases: &mut [Case],
        shares: &Shares,
        finder: &Finder<'_>,
        readings: &[Vec<NameReading>],
    ) {
        let is_admin = |at: &usize| {
            self.priors[*at].suggests(AccountClass::Admin)
                && self.claims[*at].everyday.is_some()
                && !cases[*at].comparisons.iter().any(super::comparison::Comparison::has_key)
        };
        let administrators: Vec<usize> = (0..cases.len()).filter(is_admin).collect();
        if administrators.is_empty() {
            return;
        }
        let mut own = KnownNames::default();
        for at in (0..cases.len()).filter(|at| self.everyday[*at]) {
            let best = best(&cases[at], shares).filter(|(_, p)| *p >= CERTAIN);
            let holder = best.map_or(Holder::Unsettled, |(person, _)| Holder::Person(person));
            own.add(&self.claims[at].handles[0].whole, holder);
        }
        let finder = Finder { comparer: Comparer { known_names: &own, ..finder.comparer }, ..*finder };
        let mut scores = Scores::new(finder.comparer.population.len());
        for at in administrators {
            cases[at] = finder.find(&self.claims[at], &readings[at], &mut scores).0;
        }
    }

    /// Places here of the accounts on the rows before and after.
    fn neighbours(&self, at: usize) -> [Option<usize>; 2] {
        let place = self.places[at];
        let rank = |place: usize| self.ranks.get(place).copied();
        [place.checked_sub(1).and_then(rank), rank(place + 1)]
    }

    fn in_file_order(&self, matches: Vec<Match>) -> Vec<Match> {
        let mut placed: Vec<(usize, Match)> = self.places.iter().copied().zip(matches).collect();
        placed.sort_unstable_by_key(|(place, _)| *place);
        placed.into_iter().map(|(_, matched)| matched).collect()
    }
}

/// Whether an account may be a person's everyday one.
fn is_everyday(prior: Prior) -> bool {
    matches!(prior, Prior::Open | Prior::Stated(AccountClass::Personal) | Prior::Suggested(AccountClass::Personal))
}

/// Some of a list, evenly spread.
fn evenly<T>(list: &[T], most: usize) -> impl Iterator<Item = &T> {
    list.iter().step_by(list.len().div_ceil(most).max(1))
}

/// The likeliest person and the probability.
fn best(case: &Case, shares: &Shares) -> Option<(crate::model::PersonIx, f64)> {
    let probabilities = decide::probabilities(case, shares, &[]);
    let both = case.comparisons.iter().map(|comparison| comparison.person).zip(probabilities);
    both.max_by(|(a, x), (b, y)| x.total_cmp(y).then(b.cmp(a)))
}

fn certain_holder<'p>(case: &Case, shares: &Shares, population: &'p Population) -> Option<&'p Comparable> {
    let (person, _) = best(case, shares).filter(|(_, p)| *p >= CERTAIN)?;
    Some(population.person(person))
}

/// Adds to each comparison what the account name says beyond the stated name. Where a key and the name agree
/// already, nothing is left to say.
fn add_account_name(case: &mut Case, claims: &Claims, convention: &Convention, population: &Population) {
    let settled = matches!(&case.comparisons[..], [one] if one.has_key() && one.names_agree());
    if settled || claims.name.is_empty() || claims.source == NameSource::Handle {
        return;
    }
    let handle = &claims.handles[0];
    for comparison in &mut case.comparisons {
        let person = population.person(comparison.person);
        let base = convention.bits(handle, person, &claims.forms);
        let level = if convention.follows(handle, person) { Level::Exact } else { Level::Differs };
        comparison.fields.push(Compared { field: EvidenceField::AccountName, level, base });
    }
}

struct Matcher<'a> {
    export: &'a Export,
    system: &'a SystemConfig,
    setting: &'a Setting<'a>,
    shares: &'a Shares,
}

impl Matcher<'_> {
    fn decide_all(&self, accounts: &Ordered<'_>, cases: &[Case], corrections: &Corrections) -> Vec<Match> {
        (0..cases.len())
            .into_par_iter()
            .map(|at| {
                let (account, claims) = (accounts.accounts[at], &accounts.claims[at]);
                match account.excluded_by {
                    Some(_) => excluded(class::settle(accounts.priors[at], claims, false)),
                    None => self.decide(account, claims, accounts.priors[at], &cases[at], &corrections[at]),
                }
            })
            .collect()
    }

    fn decide(&self, account: &Account, claims: &Claims, prior: Prior, case: &Case, corrections: &[f64]) -> Match {
        let limits = &self.setting.config.matching;
        let mut candidates = decide::candidates(case, self.shares, corrections);
        let in_files = decide::in_files(case, self.shares, corrections);
        let outcome = decide::outcome(&candidates, in_files, self.shares, limits);
        let linked = outcome == Outcome::Linked;
        let class = class::settle(prior, claims, linked);
        if !linked && (class.needs_named_owner() || self.is_exempted(account)) {
            return self.nobodys(account, class);
        }
        let active_probability = self.active_probability(&candidates);
        let line = limits.candidate_probability;
        candidates.retain(|candidate| candidate.probability >= line || outcome == Outcome::Disputed);
        candidates.truncate(MOST_CANDIDATES);
        Match { outcome, class, candidates, active_probability }
    }

    /// Whether an exemption says that the account is right as it is.
    fn is_exempted(&self, account: &Account) -> bool {
        let name = self.export.strings.text(account.name);
        let config = self.setting.config;
        let exemption = config.exemption(&self.system.system.id, name);
        exemption.is_some_and(|exemption| exemption.holds_on(config.review.as_of))
    }

    /// A service, shared or test account: right if somebody answers for it.
    fn nobodys(&self, account: &Account, class: AccountClass) -> Match {
        let answered_for = self.is_exempted(account) || account.owner.is_some();
        let outcome = if answered_for { Outcome::Exempt } else { Outcome::Unmatched };
        Match { outcome, class, candidates: Vec::new(), active_probability: 0.0 }
    }

    /// Σ p(i) over the candidates who are employed, summed in the order of the roster.
    fn active_probability(&self, candidates: &[Candidate]) -> f64 {
        let scope = Scope { companies: &self.system.system.companies };
        let day = self.export.tested_day;
        let roster = self.setting.roster;
        let employed = |c: &&Candidate| roster.tenure(c.person, scope, day).standing.is_employed();
        let mut persons: Vec<&Candidate> = candidates.iter().filter(employed).collect();
        persons.sort_by_key(|candidate| candidate.person);
        persons.iter().map(|candidate| candidate.probability).sum::<f64>().min(1.0)
    }

    /// Matches some accounts whose number tells whose they are without that number, and compares.
    fn blind(
        &self,
        accounts: &Ordered<'_>,
        matches: &[Match],
        finder: &Finder<'_>,
        readings: &[Vec<NameReading>],
        convention: &Convention,
    ) -> Blind {
        let numbered =
            |at: &usize| accounts.everyday[*at] && matches[*at].person().is_some() && matches[*at].is_numbered();
        let known: Vec<usize> = (0..matches.len()).filter(numbered).collect();
        let mut scores = Scores::new(finder.comparer.population.len());
        let mut blind = Blind::default();
        for at in evenly(&known, BLIND_FROM) {
            let claims = accounts.claims[*at].without_numbers();
            let (mut case, _) = finder.find(&claims, &readings[*at], &mut scores);
            add_account_name(&mut case, &claims, convention, self.setting.population);
            let found = decide::candidates(&case, self.shares, &[]);
            let in_files = decide::in_files(&case, self.shares, &[]);
            let outcome = decide::outcome(&found, in_files, self.shares, &self.setting.config.matching);
            blind.tried += 1;
            if outcome == Outcome::Linked {
                let same = found.first().map(|c| c.person) == matches[*at].person();
                blind.same += u64::from(same);
                blind.other += u64::from(!same);
            }
        }
        blind
    }
}

fn excluded(class: AccountClass) -> Match {
    Match { outcome: Outcome::Excluded, class, candidates: Vec::new(), active_probability: 0.0 }
}
