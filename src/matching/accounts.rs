//! The accounts of one system on their way to matches, in the order of their names.
//!
//! Not in that of their rows: sums of floating numbers depend on their order, and the order of rows must not
//! change an outcome.

use super::account_record::{AccountRecord, Keys, NameSource};
use super::bridge::SystemIx;
use super::candidates::Finder;
use super::class::{self, Prior};
use super::compare::Comparer;
use super::convention::{Convention, Fit};
use super::decide;
use super::domains::Domains;
use super::employers::EmployerIx;
use super::evidence::{EvidenceField, Level};
use super::handle::Handle;
use super::handles::EverydayNames;
use super::known_domains::KnownDomains;
use super::known_name::KnownName;
use super::name_texts::NameTexts;
use super::places::FiledUnder;
use super::population::{Holder, PersonRecord, Population};
use super::record_pair::{Agreement, CandidateSet, Effort, RecordPair};
use super::shares::Shares;
use super::stated::{self, InSystem};
use super::system::Setting;
use super::unstated::{Fact, Statement, Unstated};
use super::user_base::{UserBase, Workplaces};
use super::{learn, namesakes};
use crate::config::SystemConfig;
use crate::ingest::Export;
use crate::model::{Account, AccountClass, AccountIx, PersonIx, Strings, name_words};
use foldhash::HashMap;
use libm::log2;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Accounts that shares are learned from; more change nothing.
const LEARN_FROM: usize = 10_000;

/// Accounts that a convention is learned from.
const CONVENTION_FROM: usize = 500;

/// From here on a holder is certain enough to learn from.
const CERTAIN: f64 = 0.99;

/// Accounts in the order of their names, with what is asked of them before anything is claimed.
pub struct Ordered<'a> {
    /// The accounts.
    pub accounts: Vec<&'a Account>,
    /// What their names and type columns suggest.
    pub priors: Vec<Prior>,
    /// Which may be everyday accounts.
    pub everyday: Vec<bool>,
    places: Vec<usize>,
    ranks: Vec<usize>,
}

impl<'a> Ordered<'a> {
    /// Puts an export's accounts in order.
    pub fn new(export: &'a Export, system: &SystemConfig) -> Self {
        let names = export.accounts.iter().map(|account| export.strings.text(account.name));
        let mut named: Vec<(&str, usize)> = names.zip(0..).collect();
        named.par_sort_unstable();
        let places: Vec<usize> = named.into_iter().map(|(_, place)| place).collect();
        let mut ranks = vec![0; places.len()];
        for (rank, place) in places.iter().enumerate() {
            ranks[*place] = rank;
        }
        let accounts: Vec<&Account> = places.iter().map(|place| &export.accounts[*place]).collect();
        let priors: Vec<Prior> =
            accounts.par_iter().map(|account| class::prior(account, &export.strings, &system.classes)).collect();
        let everyday = accounts.iter().zip(&priors).map(|(a, prior)| a.excluded_by.is_none() && is_everyday(*prior));
        Self { everyday: everyday.collect(), accounts, priors, places, ranks }
    }

    /// Which account of the export stands at a place here; an export holds far fewer than 2^32.
    pub fn account(&self, at: usize) -> AccountIx {
        AccountIx(u32::try_from(self.places[at]).unwrap_or(u32::MAX))
    }

    /// Places here of the accounts on the rows before and after.
    pub fn neighbours(&self, at: usize) -> [Option<usize>; 2] {
        let place = self.places[at];
        let rank = |place: usize| self.ranks.get(place).copied();
        [place.checked_sub(1).and_then(rank), rank(place + 1)]
    }

    /// Puts what came of each back in the order of the export.
    pub fn in_file_order<T>(&self, list: Vec<T>) -> Vec<T> {
        let mut placed: Vec<(usize, T)> = self.places.iter().copied().zip(list).collect();
        placed.sort_unstable_by_key(|(place, _)| *place);
        placed.into_iter().map(|(_, own)| own).collect()
    }
}

/// Whether an account may be a person's everyday one.
fn is_everyday(prior: Prior) -> bool {
    prior == Prior::Open || prior.suggests(AccountClass::Personal)
}

/// The keys of every account, and the names it spells where it states none.
pub fn keys(
    ordered: &Ordered<'_>,
    export: &Export,
    population: &Population,
    system: SystemIx,
) -> (Vec<Keys>, Vec<(usize, String)>) {
    let domains = KnownDomains::learn(&ordered.accounts, &export.strings, population, system);
    let filed = FiledUnder::new(&ordered.accounts, &export.strings, population.places());
    let of_account = |(at, account): (usize, &&Account)| {
        Keys::new((account, ordered.account(at)), export, (&filed, &domains), population)
    };
    let keys: Vec<Keys> = ordered.accounts.par_iter().enumerate().map(of_account).collect();
    // A name of one word may be spelt out whole by an address.
    let unnamed = |(_, account): &(usize, &&Account)| {
        let stated = [account.given_name, account.surname, account.whole_name].into_iter().flatten();
        let words: BTreeSet<String> = stated.flat_map(|sym| name_words(export.strings.text(sym))).take(2).collect();
        words.len() < 2
    };
    let spelt = ordered.accounts.iter().enumerate().filter(unnamed);
    let spelt = spelt.filter_map(|(at, _)| Some((at, keys[at].spelt_name()?))).collect();
    (keys, spelt)
}

/// Accounts with what they claim.
pub struct AccountRecords<'a, 't> {
    /// The accounts.
    pub ordered: &'a Ordered<'a>,
    /// What each says of its holder.
    pub records: Vec<AccountRecord<'t>>,
}

impl<'a, 't> AccountRecords<'a, 't> {
    /// Puts keys and names together.
    pub fn new(ordered: &'a Ordered<'a>, keys: Vec<Keys>, texts: &'t NameTexts, strings: &Strings) -> Self {
        let both = keys.into_par_iter().zip(&ordered.accounts).enumerate();
        let records =
            both.map(|(at, (keys, account))| AccountRecord::new(keys, (account, strings), texts, at)).collect();
        Self { ordered, records }
    }

    /// Finds and compares the candidates of every account under review, and tells of some at a time that it is done: to
    /// tell of each, the threads would wait for each other.
    pub fn find(&self, finder: &Finder<'_>, told: &(dyn Fn(u64) + Sync)) -> (Vec<CandidateSet>, Effort) {
        const TOLD_AT_ONCE: usize = 512;
        let find = |at: usize| {
            if at % TOLD_AT_ONCE == TOLD_AT_ONCE - 1 {
                told(TOLD_AT_ONCE as u64);
            }
            match self.ordered.accounts[at].excluded_by {
                Some(_) => (CandidateSet::default(), Effort::default()),
                None => finder.find(&self.records[at]),
            }
        };
        let (sets, efforts): (Vec<_>, Vec<_>) = (0..self.records.len()).into_par_iter().map(find).unzip();
        let rest = self.records.len() % TOLD_AT_ONCE;
        if rest > 0 {
            told(rest as u64);
        }
        let mut effort = Effort::default();
        efforts.into_iter().for_each(|own| effort.add(own));
        (sets, effort)
    }

    /// Everyday accounts, evenly spread over all, that shares are learned from.
    pub fn learnable<'c>(&self, sets: &'c [CandidateSet]) -> Vec<&'c CandidateSet> {
        let everyday = sets.iter().zip(&self.ordered.everyday).filter(|(_, own)| **own);
        let own: Vec<&CandidateSet> = everyday.map(|(set, _)| set).collect();
        evenly(&own, LEARN_FROM).copied().collect()
    }

    /// Learns how account names are made, and weighs every account without a key by it.
    pub fn add_convention(&self, sets: &mut [CandidateSet], shares: &Shares, comparer: &Comparer<'_>) -> Convention {
        let population = comparer.population;
        let everyday: Vec<usize> = (0..sets.len()).filter(|at| self.ordered.everyday[*at]).collect();
        let certain: Vec<(&Handle, &PersonRecord)> = evenly(&everyday, CONVENTION_FROM * 2)
            .filter_map(|at| Some((&self.records[*at].handles[0], certain_holder(&sets[*at], shares, population)?)))
            .collect();
        let convention =
            Convention::learn(comparer.system, &evenly(&certain, CONVENTION_FROM).copied().collect::<Vec<_>>());
        if convention.is_known() {
            let wanted = self.stems_that_lead_nowhere(sets, shares);
            let beginnings = convention.beginnings(&wanted, population);
            sets.par_iter_mut().zip(&self.records).for_each(|(set, record)| {
                add_by_beginning(set, record, &beginnings, comparer, shares);
                add_account_name(set, record, &convention, comparer, shares);
            });
        }
        convention
    }

    /// Weighs addresses by their domain: one that none of the accounts has whose holder a number or an account name
    /// tells is rather somebody's outside.
    pub fn add_domains(&self, sets: &mut [CandidateSet], shares: &Shares, population: &Population) {
        let employers_told = |set: &CandidateSet| -> &[EmployerIx] {
            let told = certain_pair(set, shares).filter(|pair| pair.has_key_beside_address());
            told.map_or(&[], |pair| &population.person(pair.person).employers)
        };
        let everyday = (0..sets.len()).filter(|at| self.ordered.everyday[*at]);
        let domains = Domains::learn(everyday.map(|at| (&self.records[at].mails[..], employers_told(&sets[at]))));
        for (set, record) in sets.iter_mut().zip(&self.records) {
            for pair in set.without_number().filter(|pair| !pair.has_address()) {
                let employers = &population.person(pair.person).employers;
                if let Some(base) = domains.bits(&record.mails, employers, population.known_domains()) {
                    pair.vector.push(Agreement::new(EvidenceField::MailDomain, Level::Differs, base));
                }
            }
        }
    }

    /// Weighs what everyday accounts leave unstated that accounts of people here nearly always state.
    pub fn add_unstated(&self, sets: &mut [CandidateSet], shares: &Shares) {
        let by_chance = log2(shares.persons());
        let statement = |at: usize| {
            let pair = certain_pair(&sets[at], shares).filter(|pair| pair.has_whole_name());
            let told = |tells: fn(EvidenceField) -> bool| pair.is_some_and(|pair| pair.agrees(tells));
            let by_soft_key = told(|field| field.is_key() && !field.is_number());
            let beside_address = told(|field| field.is_key() && !field.is_address());
            let is_told = [by_soft_key, beside_address, told(EvidenceField::is_key)];
            let is_rare = |pair: &RecordPair| pair.stated(shares).is_some_and(|(stated, _)| stated.name >= by_chance);
            Statement { states: self.states(at), is_told, is_named: sets[at].pairs.iter().any(is_rare) }
        };
        let everyday: Vec<usize> = (0..sets.len()).filter(|at| self.ordered.everyday[*at]).collect();
        let statements: Vec<Statement> = everyday.par_iter().map(|at| statement(*at)).collect();
        let unstated = Unstated::learn(&statements, shares.in_files, shares.namesakes.of_outsiders);
        for (at, statement) in everyday.into_iter().zip(statements) {
            if let Some(base) = unstated.bits(statement.states) {
                let agreement = Agreement::new(EvidenceField::Unstated, Level::Missing, base);
                sets[at].without_number().for_each(|pair| pair.vector.push(agreement));
            }
        }
    }

    /// Weighs each person by how many of those who use the system work where the person does, and learns of people
    /// outside beside it: who is called as somebody of another department is one of them the rather, and no holder.
    pub fn add_workplace(
        &self,
        sets: &mut [CandidateSet],
        shares: &mut Shares,
        setting: &Setting<'_>,
    ) -> namesakes::Seen {
        let population = setting.population;
        let workplaces = |person: PersonIx| population.person(person).workplaces();
        let everyone: Vec<Workplaces<'_>> = population.persons().map(PersonRecord::workplaces).collect();
        let weigh = |set: &mut CandidateSet, users: &UserBase| {
            set.without_number().for_each(|pair| pair.set_workplace(users.bits(workplaces(pair.person))));
        };
        // Of the others nobody asks before the last round.
        let mut some: Vec<CandidateSet> = self.learnable(sets).into_iter().cloned().collect();
        let mut users = UserBase::unknown(population.places().len());
        let mut outsiders = namesakes::Seen::default();
        for _ in 0..learn::ROUNDS {
            let own = some.iter().flat_map(|set| holders(set, shares));
            let own: Vec<(Workplaces<'_>, f64)> = own.map(|(person, p)| (workplaces(person), p)).collect();
            users = UserBase::learn(population.places().len(), &everyone, &own);
            some.par_iter_mut().for_each(|set| weigh(set, &users));
            outsiders = learn::learn_outsiders(&some.iter().collect::<Vec<_>>(), shares, setting.namesakes);
        }
        sets.par_iter_mut().for_each(|set| weigh(set, &users));
        outsiders
    }

    /// Weighs what owners said of whose accounts are; whom they named is compared, whatever else the account says.
    pub fn add_stated(&self, sets: &mut [CandidateSet], stated: &InSystem, shares: &Shares, comparer: &Comparer<'_>) {
        if stated.is_empty() {
            return;
        }
        for (at, set) in sets.iter_mut().enumerate() {
            let Some(person) = stated.holder(self.ordered.account(at)) else { continue };
            if !set.pairs.iter().any(|pair| pair.person == person) {
                let record = &self.records[at];
                set.pairs.push(comparer.compare(record, &record.readings(comparer.texts), person));
                set.pairs.sort_by_key(|pair| pair.person);
            }
            let named = set.pairs.iter_mut().filter(|pair| pair.person == person);
            named.for_each(|pair| pair.vector.push(stated::agreement(pair, shares, comparer.population.len())));
        }
    }

    /// Which facts of its holder an account states.
    fn states(&self, at: usize) -> [bool; Fact::ALL.len()] {
        let (account, record) = (self.ordered.accounts[at], &self.records[at]);
        Fact::ALL.map(|fact| match fact {
            Fact::Number => record.has_number(),
            Fact::Address => !record.mails.is_empty(),
            Fact::Unit => account.unit.or(account.department).is_some(),
        })
    }

    /// Beginnings of the account names whose stated name leads to nobody likely.
    fn stems_that_lead_nowhere(&self, sets: &[CandidateSet], shares: &Shares) -> BTreeSet<&str> {
        let both = sets.par_iter().zip(&self.records);
        both.filter(|(set, record)| leads_nowhere(set, record, shares))
            .map(|(_, record)| record.handles[0].stem())
            .collect()
    }

    /// Accounts for administration are compared again with the system's own everyday accounts known: theirs
    /// are made from those.
    pub fn find_administrators(&self, sets: &mut [CandidateSet], shares: &Shares, finder: &Finder<'_>) {
        let is_admin = |at: &usize| {
            self.ordered.priors[*at].suggests(AccountClass::Admin)
                && self.records[*at].everyday.is_some()
                && !sets[*at].pairs.iter().any(RecordPair::has_key)
        };
        let administrators: Vec<usize> = (0..sets.len()).filter(is_admin).collect();
        if administrators.is_empty() {
            return;
        }
        let own = self.everyday_names(&administrators, sets, shares);
        let finder = Finder { comparer: Comparer { everyday: &own, ..finder.comparer }, ..*finder };
        for at in administrators {
            sets[at] = finder.find(&self.records[at]).0;
        }
    }
}

impl AccountRecords<'_, '_> {
    /// The everyday accounts that some accounts for administration are made from, with their holders.
    fn everyday_names(&self, administrators: &[usize], sets: &[CandidateSet], shares: &Shares) -> EverydayNames {
        let wanted: BTreeSet<&str> =
            administrators.iter().filter_map(|at| Some(self.records[*at].everyday.as_ref()?.whole.as_str())).collect();
        let mut own = EverydayNames::default();
        for at in (0..sets.len()).filter(|at| self.ordered.everyday[*at]) {
            let name = &self.records[at].handles[0].whole;
            if wanted.contains(name.as_str()) {
                let best = best(&sets[at], shares).filter(|(_, p)| *p >= CERTAIN);
                let holder = best.map_or(Holder::Unsettled, |(person, _)| Holder::Person(person));
                // Two that are called the same settle nothing.
                own.entry(name.clone()).and_modify(|known| *known = Holder::Unsettled).or_insert(holder);
            }
        }
        own
    }
}

/// Some of a list, evenly spread.
pub fn evenly<T>(list: &[T], most: usize) -> impl Iterator<Item = &T> {
    list.iter().step_by(list.len().div_ceil(most).max(1))
}

/// Whom an account may belong to, with the probabilities.
fn holders<'s>(set: &'s CandidateSet, shares: &Shares) -> impl Iterator<Item = (PersonIx, f64)> + use<'s> {
    set.pairs.iter().map(|pair| pair.person).zip(decide::probabilities(set, shares, &[]))
}

/// The likeliest person and the probability.
fn best(set: &CandidateSet, shares: &Shares) -> Option<(PersonIx, f64)> {
    holders(set, shares).max_by(|(a, x), (b, y)| x.total_cmp(y).then(b.cmp(a)))
}

/// The comparison with the person who is certainly the holder, where there is one.
fn certain_pair<'s>(set: &'s CandidateSet, shares: &Shares) -> Option<&'s RecordPair> {
    let (person, _) = best(set, shares).filter(|(_, p)| *p >= CERTAIN)?;
    set.pairs.iter().find(|pair| pair.person == person)
}

fn certain_holder<'p>(set: &CandidateSet, shares: &Shares, population: &'p Population) -> Option<&'p PersonRecord> {
    let (person, _) = best(set, shares).filter(|(_, p)| *p >= CERTAIN)?;
    Some(population.person(person))
}

/// Whether an account states a name that leads to nobody likely.
fn leads_nowhere(set: &CandidateSet, record: &AccountRecord<'_>, shares: &Shares) -> bool {
    !record.name.is_absent() && best(set, shares).is_none_or(|(_, probability)| probability < 0.5)
}

/// Where the stated name leads to nobody likely, compares those whose name the account's could be made from: the
/// surname may have changed since.
fn add_by_beginning(
    set: &mut CandidateSet,
    record: &AccountRecord<'_>,
    beginnings: &HashMap<&str, Vec<PersonIx>>,
    comparer: &Comparer<'_>,
    shares: &Shares,
) {
    /// A beginning that more share tells nothing.
    const MOST: usize = 40;
    let persons = beginnings.get(record.handles[0].stem()).filter(|persons| persons.len() <= MOST);
    let Some(persons) = persons.filter(|_| leads_nowhere(set, record, shares)) else { return };
    let readings = record.readings(comparer.texts);
    for person in persons {
        if !set.pairs.iter().any(|pair| pair.person == *person) {
            set.pairs.push(comparer.compare(record, &readings, *person));
        }
    }
    set.pairs.sort_by_key(|pair| pair.person);
}

/// Adds to each comparison what the account name says beyond the stated name. Where a key and the name agree
/// already, nothing is left to say.
pub fn add_account_name(
    set: &mut CandidateSet,
    record: &AccountRecord<'_>,
    convention: &Convention,
    comparer: &Comparer<'_>,
    shares: &Shares,
) {
    /// Bits behind the best that no account name makes up for: one in a thousand fits by chance.
    const OUT_OF_REACH: f64 = 20.0;
    let settled = matches!(&set.pairs[..], [one] if one.has_key() && one.names_agree());
    if settled || !record.is_named_here || record.name.is_absent() || record.source == NameSource::Handle {
        return;
    }
    let handle = &record.handles[0];
    let taken = !comparer.population.by_mail_local(&handle.whole).is_empty();
    let bits: Vec<f64> = set.pairs.iter().map(|pair| pair.bits(shares)).collect();
    let reach = bits.iter().copied().fold(f64::NEG_INFINITY, f64::max) - OUT_OF_REACH;
    for (pair, _) in set.pairs.iter_mut().zip(bits).filter(|(_, bits)| *bits >= reach) {
        let person = comparer.population.person(pair.person);
        // Of somebody whose name is not known no account name can be made, nor differ from one.
        if person.names_for(comparer.system).all(KnownName::is_absent) {
            continue;
        }
        let fit = Fit {
            person,
            claimed: record.name.forms(),
            may_be_renamed: pair.may_be_renamed(),
            outsider_is_called_so: comparer.outsider_is_called_so(pair, shares),
            taken,
            // Where the person's account names are known, what this one says of whose it is has been said.
            is_weighed: pair.level(EvidenceField::UserName),
        };
        let base = convention.bits(handle, &fit);
        let level = if convention.follows(handle, person) { Level::Exact } else { Level::Differs };
        pair.vector.push(Agreement::new(EvidenceField::AccountName, level, base));
    }
}
