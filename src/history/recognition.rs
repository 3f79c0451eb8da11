//! Accounts of the run before that bear another name today: a domain was put before their names or taken off, what tells
//! two of one name apart came or went, somebody was renamed.
//!
//! An account is gone only when nothing in the new export says that it is there. What says so is tried from the surest to
//! the weakest, and each step takes only what fits one account then and one today. What fits several settles nothing, and
//! is not gone either.

use super::holder::Whose;
use super::previous::{AccountNow, AccountThen, Previous};
use crate::model::{AccountClass, AccountIx, AccountKey, AccountName, NameKey, Named, SystemId};
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use std::collections::{BTreeMap, BTreeSet};

/// Accounts that one thing may be true of for each to be held against each. A name that more have tells nothing.
const FEW: usize = 16;

/// Letters of a trace.
const LETTERS: usize = 12;

/// An account of the run before whose name and object id no account of today has.
#[derive(Clone, Copy, Debug)]
pub struct Went<'a> {
    /// Its key.
    pub key: &'a AccountKey,
    /// What is known of it.
    pub then: &'a AccountThen,
    /// Whether it stood in the run before, and was not only carried by it or told to the post for protected persons.
    pub is_listed: bool,
}

/// An account of today whose name and object id none of the run before had, or whose name one had that was only carried.
#[derive(Debug)]
pub struct Came<'a> {
    /// Its place.
    pub ix: AccountIx,
    /// What is known of it.
    pub now: AccountNow<'a>,
    /// What it is called, without what tells it from another of its name.
    pub name: String,
    /// Its class, where that is settled.
    pub class: Option<AccountClass>,
    /// What tells it whatever it is called.
    pub traces: Vec<String>,
    /// Whether one of the run before is known to be it, so that it is no other.
    pub is_known: bool,
}

/// What tells an account whatever it is called: its place in a directory and its principal name, in letters that tell
/// nobody who lacks the key what they were.
pub fn traces(names: &NameKey, dn: Option<&str>, upn: Option<&str>) -> Vec<String> {
    let trace = |(kind, text): (&str, &str)| {
        let text = AccountName::new(text);
        names.name(Named::Trace, &format!("{kind}\0{}", text.as_str()), LETTERS)
    };
    let dn = dn.map(|text| ("dn", text));
    dn.into_iter().chain(upn.map(|text| ("upn", text))).map(trace).collect()
}

/// Of the accounts that a system has today those that the run before may have known by another name.
pub struct Roll<'p, 'n> {
    previous: &'p Previous,
    system: &'p SystemId,
    /// Keys of the run before that are known to be accounts of today.
    known: HashSet<AccountKey>,
    /// Names of accounts that the run before only carried.
    carried: BTreeSet<String>,
    came: Vec<Came<'n>>,
}

impl<'p, 'n> Roll<'p, 'n> {
    /// No account yet.
    pub fn new(previous: &'p Previous, system: &'p SystemId) -> Self {
        let carried = previous.unlisted().filter(|own| own.key.is_of(system));
        let carried = carried.flat_map(|own| names_then(&own)).collect();
        Self { previous, system, known: HashSet::new(), carried, came: Vec::new() }
    }

    /// Takes an account of today in. What tells it whatever it is called is asked for only where its name does not.
    pub fn take(&mut self, now: AccountNow<'n>, name: &str, came: impl FnOnce(AccountNow<'n>) -> Came<'n>) {
        let known = self.previous.account(self.system, &now).cloned();
        let own = || self.previous.may_be_unlisted(&now).then(|| now.key.clone());
        let is_known = known.is_some();
        self.known.extend(known.or_else(own));
        if !is_known || self.carried.contains(&bare(name)) {
            self.came.push(Came { is_known, ..came(now) });
        }
    }

    /// Whether an account of the run before is not known to be one of today.
    pub fn lacks(&self, own: &Went<'_>) -> bool {
        !self.known.contains(own.key)
    }

    /// Holds those that it lacks against those that came.
    pub fn recognise(self, went: Vec<Went<'_>>) -> Recognition {
        Recognition::new(went, self.came)
    }
}

/// Why it is not known whether an account is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// One of its name is there that is another's.
    AnothersName(AccountIx),
    /// One or several are there that may be it.
    MayBeHere,
}

/// Which accounts of one system bear other names than in the run before.
#[derive(Debug, Default)]
pub struct Recognition {
    then: HashMap<AccountIx, AccountKey>,
    doubts: HashMap<AccountKey, Doubt>,
}

impl Recognition {
    fn new(went: Vec<Went<'_>>, came: Vec<Came<'_>>) -> Self {
        let mut search = Search::new(went, came);
        search.pair(|then| then.then.traces.clone(), |now| now.traces.clone(), |_, _| true);
        search.pair(names_then, Came::names, |then, now| then.whose(now) == Whose::Same);
        search.pair(names_then, Came::names, |then, now| !in_other_domain(then.then.name(), &now.name));
        search.pair(persons_then, Came::persons, is_of_one_person);
        search.outcome()
    }

    /// What an account was called in the run before, where it is called something else today.
    pub fn then(&self, now: AccountIx) -> Option<&AccountKey> {
        self.then.get(&now)
    }

    /// Why it is not known whether an account of the run before is gone.
    pub fn doubt(&self, then: &AccountKey) -> Option<Doubt> {
        self.doubts.get(then).copied()
    }
}

/// Accounts that went and came, and which are one.
struct Search<'a, 'n> {
    went: Vec<Went<'a>>,
    came: Vec<Came<'n>>,
    /// By place among those that went: the one that came.
    found: BTreeMap<usize, usize>,
    /// Of those that came, which were found.
    is_found: Vec<bool>,
}

impl<'a, 'n> Search<'a, 'n> {
    fn new(mut went: Vec<Went<'a>>, came: Vec<Came<'n>>) -> Self {
        went.sort_by(|a, b| a.key.cmp(b.key));
        let is_found = came.iter().map(|own| own.is_known).collect();
        Self { went, came, found: BTreeMap::new(), is_found }
    }

    /// Pairs those that have something in common and fit, where of each there is one.
    fn pair(
        &mut self,
        of_then: impl Fn(&Went<'a>) -> Vec<String>,
        of_now: impl Fn(&Came<'n>) -> Vec<String>,
        fits: impl Fn(&Went<'a>, &Came<'n>) -> bool,
    ) {
        let mut pairs: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut back: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (then, now) in self.in_common(of_then, of_now) {
            for (then, now) in then.iter().flat_map(|then| now.iter().map(move |now| (*then, *now))) {
                let (own, other) = (&self.went[then], &self.came[now]);
                if own.is_listed && own.whose(other) != Whose::Anothers && !own.is_other(other) && fits(own, other) {
                    add(&mut pairs, then, now);
                    add(&mut back, now, then);
                }
            }
        }
        for (then, fitting) in pairs {
            if let [now] = fitting[..]
                && back.get(&now).is_some_and(|own| own.len() == 1)
            {
                self.found.insert(then, now);
                self.is_found[now] = true;
            }
        }
    }

    /// Places of those not found yet, by what they have in common.
    fn in_common(
        &self,
        of_then: impl Fn(&Went<'a>) -> Vec<String>,
        of_now: impl Fn(&Came<'n>) -> Vec<String>,
    ) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut common: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (at, own) in self.went.iter().enumerate().filter(|(at, _)| !self.found.contains_key(at)) {
            of_then(own).into_iter().for_each(|key| common.entry(key).or_default().0.push(at));
        }
        for (at, own) in self.came.iter().enumerate().filter(|(at, _)| !self.is_found[*at]) {
            for key in of_now(own) {
                common.entry(key).and_modify(|(_, now)| now.push(at));
            }
        }
        let is_few = |(then, now): &(Vec<usize>, Vec<usize>)| then.len() <= FEW && now.len() <= FEW;
        common.into_values().filter(is_few).collect()
    }

    fn outcome(self) -> Recognition {
        let doubts = Doubts::of(&self.came, &self.is_found);
        let left = self.went.iter().enumerate().filter(|(at, _)| !self.found.contains_key(at));
        let doubts = left.filter_map(|(_, own)| Some((own.key.clone(), doubts.about(own)?))).collect();
        let then = self.found.iter().map(|(then, now)| (self.came[*now].ix, self.went[*then].key.clone())).collect();
        Recognition { then, doubts }
    }
}

/// Accounts of today by what an account that was not found again may be known by.
struct Doubts<'c, 'n> {
    came: &'c [Came<'n>],
    is_found: &'c [bool],
    named: HashMap<String, Vec<usize>>,
    held: HashMap<String, Vec<usize>>,
}

impl<'c, 'n> Doubts<'c, 'n> {
    fn of(came: &'c [Came<'n>], is_found: &'c [bool]) -> Self {
        let (mut named, mut held) = (HashMap::new(), HashMap::new());
        for (at, own) in came.iter().enumerate() {
            own.names().into_iter().for_each(|name| named.entry(name).or_insert_with(Vec::new).push(at));
            own.persons().into_iter().for_each(|person| held.entry(person).or_insert_with(Vec::new).push(at));
        }
        Self { came, is_found, named, held }
    }

    /// Why it is not known whether an account is gone; `None` where nothing says that it may be there.
    fn about(&self, own: &Went<'_>) -> Option<Doubt> {
        // Of one that was only carried the name is left, and whoever bears it may have been taken for another then.
        let is_left = |at: &&usize| !self.is_found[**at] || (!own.is_listed && self.came[**at].is_known);
        let bearers = names_then(own).into_iter().filter_map(|name| self.named.get(&name)).flatten();
        let bearers: Vec<&Came<'_>> = bearers.filter(is_left).map(|at| &self.came[*at]).take(FEW).collect();
        let held = persons_then(own).into_iter().filter_map(|person| self.held.get(&person)).flatten();
        let mut held = held.filter(|at| !self.is_found[**at]).map(|at| &self.came[*at]).take(FEW);
        let may_be = |now: &&Came<'_>| own.whose(now) != Whose::Anothers && !own.is_other(now);
        if bearers.iter().any(may_be) || held.any(|now| may_be(&now) && is_of_one_person(own, now)) {
            return Some(Doubt::MayBeHere);
        }
        let anothers = bearers.into_iter().filter(|now| !own.is_other(now));
        anothers.min_by_key(|now| (now.now.key != *own.key, now.ix)).map(|now| Doubt::AnothersName(now.ix))
    }
}

fn add(pairs: &mut BTreeMap<usize, Vec<usize>>, one: usize, other: usize) {
    let own = pairs.entry(one).or_default();
    if !own.contains(&other) {
        own.push(other);
    }
}

impl Went<'_> {
    fn whose(&self, now: &Came<'_>) -> Whose {
        now.now.holder.map_or(Whose::Unknown, |holder| self.then.whose(holder))
    }

    /// Whether the ids of the two objects differ.
    fn is_other(&self, now: &Came<'_>) -> bool {
        now.now.is_other_object(self.then)
    }
}

impl Came<'_> {
    fn names(&self) -> Vec<String> {
        vec![bare(&self.name)]
    }

    fn persons(&self) -> Vec<String> {
        let person = self.now.holder.map(|holder| holder.person);
        let ids = person.into_iter().flat_map(|own| own.employee_numbers.iter().chain([&own.id.0]));
        distinct(ids.cloned().collect())
    }
}

/// What it may have been called, without a domain and without what told it from another of its name.
fn names_then(own: &Went<'_>) -> Vec<String> {
    let name = own.then.name();
    distinct([Some(name), without_note(name)].into_iter().flatten().map(bare).collect())
}

fn persons_then(own: &Went<'_>) -> Vec<String> {
    distinct(own.then.employee_numbers.iter().chain(&own.then.person).cloned().collect())
}

fn distinct(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// Whether both are one person's and of one class.
fn is_of_one_person(then: &Went<'_>, now: &Came<'_>) -> bool {
    then.whose(now) == Whose::Same && now.class.is_some_and(|class| then.then.may_be_of(class))
}

/// A name without the domain before or behind it, as compared.
fn bare(name: &str) -> String {
    let own = name.rsplit('\\').next().unwrap_or(name);
    let own = own.split('@').next().filter(|own| !own.trim().is_empty()).unwrap_or(own);
    AccountName::new(own).as_str().to_owned()
}

/// `anna` of `anna (a.se)`.
fn without_note(name: &str) -> Option<&str> {
    name.strip_suffix(')')?.rsplit_once(" (").map(|(name, _)| name)
}

/// Whether two names are written with domains of one kind, and those differ.
fn in_other_domain(then: &str, now: &str) -> bool {
    let before = |name: &str| name.rsplit_once('\\').map(|(domain, _)| domain.to_lowercase());
    let behind = |name: &str| name.split_once('@').map(|(_, domain)| domain.to_lowercase());
    let differ = |a: Option<String>, b: Option<String>| a.zip(b).is_some_and(|(a, b)| a != b);
    let then = without_note(then).unwrap_or(then);
    differ(before(then), before(now)) || differ(behind(then), behind(now))
}
