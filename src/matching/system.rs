//! One system matched, step by step.

use super::account_record::AccountRecord;
use super::accounts::{self, AccountRecords, Ordered, add_account_name, evenly};
use super::bridge::SystemIx;
use super::candidates::Finder;
use super::class::{self, Prior};
use super::compare::Comparer;
use super::contact::Holder;
use super::convention::Convention;
use super::decide::{self, MOST_CANDIDATES, Posterior};
use super::evidence::{EvidenceField, Level};
use super::handles::EverydayNames;
use super::made::DaysMade;
use super::name_texts::NameTexts;
use super::namesakes::{self, Namesakes};
use super::one_to_one::{Claimed, Corrections};
use super::packed::packed;
use super::places::PlaceShares;
use super::population::Population;
use super::quality::{self, BlindTrial, Found, Quality, Rows};
use super::record_pair::CandidateSet;
use super::shared_numbers::SettledNumbers;
use super::shares::Shares;
use super::stated::InSystem;
use super::words::Naming;
use super::{Candidate, Match, Outcome, SystemMatches, learn};
use crate::config::{Config, SystemConfig};
use crate::ingest::Export;
use crate::model::{Account, AccountClass, PersonIx};
use crate::roster::{Roster, Scope, Standing};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Accounts that are matched blind, to see how well the rest tells whose they are.
const BLIND_FROM: usize = 500;

/// The shares the weights of a system rest on, for the manifest and Underlag.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// π: the share of accounts whose owner is in the files.
    pub in_files: f64,
    /// Persons an account can belong to.
    pub persons: usize,
    /// How common people outside are who are called as somebody here.
    pub namesakes: Namesakes,
    /// Those seen, for systems matched after it.
    pub outsiders: namesakes::Seen,
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
    /// What was asked.
    pub config: &'a Config,
    /// How common namesakes outside are, as far as systems matched before tell.
    pub namesakes: Namesakes,
    /// Told of how many more accounts the holders have been looked for.
    pub told: &'a (dyn Fn(u64) + Sync),
}

/// Matches every account of a system.
pub fn match_system(place: SystemIx, export: &Export, stated: &InSystem, setting: &Setting<'_>) -> SystemMatches {
    let system = &setting.config.systems[place.0];
    let population = setting.population;
    let scope = setting.roster.scope(&system.system);
    let ordered = Ordered::new(export, system);
    let (keys, spelt) = accounts::keys(&ordered, export, population, place);
    let texts = NameTexts::read(&ordered.accounts, &export.strings, &spelt, population);
    let accounts = AccountRecords::new(&ordered, keys, &texts, &export.strings);
    let place_shares = PlaceShares::new(&accounts.records, population);
    let days_made = DaysMade::new(&ordered.accounts);
    let defaults = Shares::new(population.len());
    let comparer = Comparer {
        population,
        texts: &texts,
        place_shares: &place_shares,
        days_made: &days_made,
        system: place,
        settled: &SettledNumbers::new(setting.roster, scope),
        everyday: &EverydayNames::default(),
        shares: &defaults,
    };
    let finder = Finder { roster: setting.roster, comparer, day: export.tested_day };
    let (mut sets, mut effort) = accounts.find(&finder, setting.told);
    effort.words = texts.words() as u64;

    let mut shares = learn::learn(&accounts.learnable(&sets), population.len(), setting.namesakes);
    let convention = accounts.add_convention(&mut sets, &shares, &finder.comparer);
    accounts.find_administrators(&mut sets, &shares, &finder);
    accounts.add_domains(&mut sets, &shares, population);
    accounts.add_unstated(&mut sets, &shares);
    let outsiders = accounts.add_workplace(&mut sets, &mut shares, setting);
    accounts.add_stated(&mut sets, stated, &shares, &finder.comparer);
    let claimed = Claimed::new(&sets, &ordered.everyday, &shares);
    shares.several_accounts = claimed.share_with_several();
    let corrections = match system.one_account_per_person {
        true => claimed.corrections(&shares),
        false => vec![Vec::new(); sets.len()],
    };

    let matcher = Matcher { export, system, scope, setting, shares: &shares, texts: &texts };
    let matches = matcher.decide_all(&accounts, &sets, &corrections);
    let rows = Rows { account: &|at| ordered.account(at), neighbours: &|at| ordered.neighbours(at) };
    let quality = Quality {
        found: matcher.found(&matches),
        expected_wrong: quality::expected_wrong(&matches),
        keys: quality::key_verdicts(&sets, &matches, &rows),
        blind: matcher.blind(&accounts, &matches, &finder, &convention),
    };
    let learned = learned(&shares, &convention, outsiders, population.len());
    // Giving back the memory of a million comparisons is work too.
    rayon::join(|| drop(accounts), || sets.into_par_iter().for_each(drop));
    SystemMatches { matches: packed(ordered.in_file_order(matches)), learned, quality, effort: Some(effort) }
}

fn learned(shares: &Shares, convention: &Convention, outsiders: namesakes::Seen, persons: usize) -> Learned {
    let levels = EvidenceField::ALL.iter().flat_map(|&field| Shares::levels(field).map(move |level| (field, level)));
    let hard = EvidenceField::ALL.iter().copied().filter(|field| field.is_hard_key());
    Learned {
        in_files: shares.in_files,
        persons,
        namesakes: shares.namesakes,
        outsiders,
        several_accounts: shares.several_accounts,
        levels: levels.map(|(field, level)| (field, level, shares.share(field, level))).collect(),
        chance_hits: hard.map(|field| (field, shares.chance_hits(field))).collect(),
        shapes: convention.shown(),
    }
}

struct Matcher<'a> {
    export: &'a Export,
    system: &'a SystemConfig,
    /// Whose employment counts for it.
    scope: Scope<'a>,
    setting: &'a Setting<'a>,
    shares: &'a Shares,
    texts: &'a NameTexts,
}

impl Matcher<'_> {
    fn decide_all(
        &self,
        accounts: &AccountRecords<'_, '_>,
        sets: &[CandidateSet],
        corrections: &Corrections,
    ) -> Vec<Match> {
        (0..sets.len())
            .into_par_iter()
            .map(|at| {
                let (account, prior) = (accounts.ordered.accounts[at], accounts.ordered.priors[at]);
                let record = &accounts.records[at];
                let naming = record.naming(account, self.texts);
                match account.excluded_by {
                    Some(_) => {
                        self.nobody_looked_for(account, class::settle(prior, naming, Holder::Nobody), Outcome::Excluded)
                    }
                    None => {
                        let own = self.decide((account, record), (prior, naming), &sets[at], &corrections[at]);
                        let found = own.outcome == Outcome::Linked;
                        Match { called_as: if found { None } else { sets[at].called_as() }, ..own }
                    }
                }
            })
            .collect()
    }

    fn decide(
        &self,
        (account, record): (&Account, &AccountRecord<'_>),
        (prior, naming): (Prior, Naming),
        set: &CandidateSet,
        corrections: &[f64],
    ) -> Match {
        let limits = &self.setting.config.matching;
        let Posterior { mut candidates, likely, in_files } = decide::posterior(set, self.shares, corrections);
        let mut outcome = decide::outcome(&candidates, in_files, self.shares, limits);
        if outcome == Outcome::Linked && self.may_be_in_service(&mut candidates) {
            outcome = Outcome::Disputed;
        }
        let own = (&self.export.strings, self.setting.roster);
        let holder = Holder::of(outcome, candidates.first(), (account, record), own);
        let class = class::settle(prior, naming, holder);
        if holder == Holder::ByKey && class.needs_named_owner() {
            // The contact stays beside the account: who is protected as a contact is protected here too.
            candidates.truncate(1);
            return Match { candidates: candidates.into(), ..self.nobodys(account, class) };
        }
        if holder == Holder::Nobody && (class.needs_named_owner() || self.is_exempted(account)) {
            return self.nobodys(account, class);
        }
        let active_probability = self.active_probability(&likely);
        let line = limits.candidate_probability;
        candidates.retain(|candidate| candidate.probability >= line || outcome == Outcome::Disputed);
        candidates.truncate(MOST_CANDIDATES);
        let superuser = self.is_superuser(account);
        Match { outcome, class, candidates: candidates.into(), active_probability, superuser, called_as: None }
    }

    /// Whether the best candidate has left while a namesake with the same birth date has not: the two may be one
    /// person, taken on again. Puts such namesakes next to the best, so that they are shown.
    fn may_be_in_service(&self, candidates: &mut Vec<Candidate>) -> bool {
        let Some(best) = candidates.first().map(|best| best.person) else { return false };
        let serving: Vec<PersonIx> =
            self.setting.roster.namesakes(best).iter().copied().filter(|ix| !self.has_left(*ix)).collect();
        if serving.is_empty() || !self.has_left(best) {
            return false;
        }
        let (namesakes, others): (Vec<Candidate>, Vec<Candidate>) =
            candidates.drain(1..).partition(|candidate| serving.contains(&candidate.person));
        candidates.extend(namesakes.into_iter().chain(others));
        true
    }

    /// Whether nothing that counts for the system goes on, or may go on, or is to come.
    fn has_left(&self, person: PersonIx) -> bool {
        let standing = self.setting.roster.tenure(person, self.scope, self.export.tested_day).standing;
        matches!(standing, Standing::Ended | Standing::None)
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
        self.nobody_looked_for(account, class, outcome)
    }

    fn nobody_looked_for(&self, account: &Account, class: AccountClass, outcome: Outcome) -> Match {
        let superuser = self.is_superuser(account);
        Match { outcome, class, candidates: Vec::new().into(), active_probability: 0.0, superuser, called_as: None }
    }

    fn is_superuser(&self, account: &Account) -> bool {
        class::is_superuser(account, &self.export.strings)
    }

    /// Σ p(i) over those who are employed, summed in the order of the roster.
    fn active_probability(&self, likely: &[(PersonIx, f64)]) -> f64 {
        let day = self.export.tested_day;
        let roster = self.setting.roster;
        let employed = likely.iter().filter(|(person, _)| roster.is_employed(*person, self.scope, day));
        employed.map(|(_, probability)| probability).sum::<f64>().min(1.0)
    }

    /// Holders found: the accounts' side, and who of those employed has an account here.
    fn found(&self, matches: &[Match]) -> Found {
        let holders: BTreeSet<PersonIx> = matches.iter().filter_map(Match::person).collect();
        let roster = self.setting.roster;
        let employed = roster.persons().filter(|(ix, _)| roster.is_employed(*ix, self.scope, self.export.tested_day));
        let has_account = |found: Found, (ix, _): (PersonIx, _)| Found {
            employed: found.employed + 1,
            with_account: found.with_account + u64::from(holders.contains(&ix)),
            ..found
        };
        employed.fold(Found::of_accounts(matches), has_account)
    }

    /// Matches some accounts whose number tells whose they are without that number, and compares.
    fn blind(
        &self,
        accounts: &AccountRecords<'_, '_>,
        matches: &[Match],
        finder: &Finder<'_>,
        convention: &Convention,
    ) -> Vec<BlindTrial> {
        let numbered = |at: &usize| {
            accounts.ordered.everyday[*at] && matches[*at].person().is_some() && matches[*at].is_numbered()
        };
        let known: Vec<usize> = (0..matches.len()).filter(numbered).collect();
        let mut trials = Vec::new();
        for at in evenly(&known, BLIND_FROM) {
            let record = accounts.records[*at].without_numbers();
            let (mut set, _) = finder.find(&record);
            add_account_name(&mut set, &record, convention, &finder.comparer, self.shares);
            let found = decide::posterior(&set, self.shares, &[]);
            let outcome =
                decide::outcome(&found.candidates, found.in_files, self.shares, &self.setting.config.matching);
            let is_same = || found.candidates.first().map(|c| c.person) == matches[*at].person();
            let same = (outcome == Outcome::Linked).then(is_same);
            trials.push(BlindTrial { account: accounts.ordered.account(*at), same });
        }
        trials
    }
}
