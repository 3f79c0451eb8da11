//! Who is protected, once every mark has been followed to everything that may be that person's.
//!
//! A mark stands on one row of one file; the person stands in many, under keys that payroll never saw. Hiding one row
//! too many costs a look by the named post, hiding one too few costs what cannot be undone.

mod beside;
mod graph;
mod keys;
mod mentions;
mod reach;
mod remembered;

use super::{Examined, Match, Outcome, SystemMatches};
use crate::ingest::{Export, Mark};
use crate::model::{AccountIx, NameTokens, PersonIx};
use crate::roster::{Roster, name_keys};
pub use beside::{Beside, Named};
use chrono::NaiveDate;
use graph::{Graph, Node, What};
use keys::{Key, Keys};
use mentions::Names;
use rayon::prelude::*;
use reach::{Level, Way};
use remembered::Origin;
pub use remembered::Remembered;
use std::collections::{BTreeMap, BTreeSet};

/// Protected persons and accounts of a run.
#[derive(Debug, Default)]
pub struct Protection {
    /// Persons.
    pub persons: BTreeSet<PersonIx>,
    /// Accounts, by system in the order of the configuration.
    pub accounts: Vec<BTreeSet<AccountIx>>,
    /// Of these accounts, how many are hidden only because they may be a protected person's.
    pub perhaps: usize,
    /// What hid the others.
    pub spread: Spread,
    /// Given name and surname, folded, of everyone who is protected, also of those who are in no register; not those that
    /// somebody bears who is not.
    pub names: BTreeSet<(String, String)>,
    /// What the next run is to know them again by.
    pub kept: Vec<String>,
    /// What stands beside names in name columns and is no part of them.
    pub beside: Beside,
}

impl Protection {
    /// Whether a text names somebody who is protected.
    pub fn names_someone(&self, text: &str) -> bool {
        if self.names.is_empty() {
            return false;
        }
        let plain: String = text.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' }).collect();
        name_keys(&NameTokens::whole(&plain)).iter().any(|key| self.names.contains(key))
    }
}

/// How far the marks went: accounts by what hid them, and marks that hid nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// Marked themselves.
    pub by_mark: usize,
    /// By a key that they share with a marked row, or with what that led to.
    pub by_key: usize,
    /// By being a protected person's.
    pub by_match: usize,
    /// By a name that no other in payroll and the registers bears.
    pub by_name: usize,
    /// Marked rows whose person is in no payroll and has no account.
    pub of_nobody: usize,
}

/// Everything that marks can stand on and lead to.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// Systems, in the order of the configuration.
    pub systems: &'a [Examined],
    /// Payroll and the registers beside it.
    pub roster: &'a Roster,
    /// Every marked row of every file, used or not.
    pub marks: &'a [&'a Mark],
    /// Whether every file of payroll says who is protected, so that it can take a mark back.
    pub payroll_marks: bool,
    /// How many files payroll has; they are the first of the run's inputs.
    pub payroll_files: usize,
    /// Whom earlier runs knew.
    pub remembered: &'a Remembered<'a>,
}

/// Follows every mark. `line` is the probability from which a candidate is perhaps the holder.
pub fn spread(sources: &Sources<'_>, line: f64) -> Protection {
    let nobody = || Protection { accounts: vec![BTreeSet::new(); sources.systems.len()], ..Protection::default() };
    if !sources.has_marks() {
        let kept = sources.remembered.kept(&BTreeSet::new(), &BTreeMap::new());
        return Protection { kept, ..nobody() };
    }
    let exports = sources.systems.iter().filter_map(|system| system.delivered().ok()).map(|(export, _)| export);
    let mut protection = Protection { beside: Beside::new(exports, sources.roster), ..nobody() };
    let places = Places::of(sources);
    let of_system = |system: &Examined| {
        let delivered = system.delivered().ok();
        delivered.map_or_else(Vec::new, |delivered| accounts(delivered, &protection.beside, line))
    };
    let marked = sources.marks.iter().map(|mark| row(mark, &protection.beside, sources.day()));
    let nodes = sources.persons().into_iter().chain(sources.systems.iter().flat_map(of_system)).chain(marked);
    let mut graph = Graph::new(nodes, places.marks);
    let known = sources.remembered.among(graph.keys());
    let taken_back = sources.taken_back(&graph, &known);
    if !known.is_empty() {
        graph.remember(known.keys().copied().filter(|key| !taken_back.contains(key)));
    }
    let found = settle(sources, &graph, &places, &mut protection);
    let is_elsewhere = |at: usize| match at.checked_sub(places.rows).filter(|_| at < places.marks) {
        Some(mark) => usize::from(sources.marks[mark].source.file.0) >= sources.payroll_files,
        None => at >= places.persons && at < places.rows,
    };
    let elsewhere = graph.keys_of_hers(&graph.reach_from(is_elsewhere, &BTreeMap::new()));
    protection.kept = sources.remembered.kept(&taken_back, &origins(graph.keys_of_hers(&found), &elsewhere, &known));
    protection.spread.of_nobody = graph.rows_of_nobody(&found);
    protection
}

/// Where the nodes of each kind end.
struct Places {
    persons: usize,
    /// Where those of each system begin.
    systems: Vec<usize>,
    /// Behind them stand those of marked rows.
    rows: usize,
    marks: usize,
}

impl Places {
    fn of(sources: &Sources<'_>) -> Self {
        let persons = sources.roster.len();
        let mut systems = Vec::with_capacity(sources.systems.len());
        let mut rows = persons;
        for system in sources.systems {
            systems.push(rows);
            rows += system.delivered().map_or(0, |(export, _)| export.accounts.len());
        }
        Self { persons, systems, rows, marks: rows + sources.marks.len() }
    }
}

/// What was reached, how surely and how.
type Reached = BTreeMap<usize, (Level, Way)>;

/// Follows every mark, and then the names of those it led to wherever they stand, until nothing more is found.
fn settle(sources: &Sources<'_>, graph: &Graph, places: &Places, protection: &mut Protection) -> Reached {
    let mut named = BTreeMap::new();
    loop {
        let found = graph.reach_from(|_| true, &named);
        protection.take(&found, places);
        protection.names = names(sources, protection);
        let names = Names::new(&protection.names);
        let more = mentions::find(sources, (graph, &places.systems), &names, &|at| found.contains_key(&at));
        if more.is_empty() {
            return found;
        }
        named.extend(more);
    }
}

/// Where the marks stood that each key is protected by: what an earlier run knew from elsewhere stays so.
fn origins(keys: BTreeSet<Key>, elsewhere: &BTreeSet<Key>, known: &BTreeMap<Key, Origin>) -> BTreeMap<Key, Origin> {
    let is_elsewhere = |key: &Key| elsewhere.contains(key) || known.get(key) == Some(&Origin::Elsewhere);
    let origin = |key: Key| (key, if is_elsewhere(&key) { Origin::Elsewhere } else { Origin::Payroll });
    keys.into_iter().map(origin).collect()
}

/// What everyone who is protected is called, and nobody else.
fn names(sources: &Sources<'_>, protection: &Protection) -> BTreeSet<(String, String)> {
    let persons = protection.persons.iter().map(|ix| sources.roster.person(*ix));
    let mut tokens: Vec<NameTokens> =
        persons.flat_map(|person| std::iter::once(&person.tokens).chain(&person.other_names)).cloned().collect();
    let beside = &protection.beside;
    tokens.extend(sources.marks.iter().flat_map(|mark| beside.names_of_mark(mark)).map(|name| name.tokens));
    for (system, hidden) in sources.systems.iter().zip(&protection.accounts) {
        let Ok((export, _)) = system.delivered() else { continue };
        let accounts = hidden.iter().map(|at| &export.accounts[at.0 as usize]);
        tokens.extend(accounts.flat_map(|account| beside.names_of(account, export)).map(|name| name.tokens));
    }
    let mut names: BTreeSet<(String, String)> = tokens.iter().flat_map(name_keys).collect();
    if !names.is_empty() {
        let open = sources.roster.persons().filter(|(ix, _)| !protection.persons.contains(ix));
        let theirs = open.flat_map(|(_, person)| std::iter::once(&person.tokens).chain(&person.other_names));
        // A name of which it is not known which half is the surname is borne either way.
        for (given, surname) in theirs.flat_map(name_keys) {
            names.remove(&(surname.clone(), given.clone()));
            names.remove(&(given, surname));
        }
    }
    names
}

/// A place as persons and accounts have it; a run holds far fewer than 2^32.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Sources<'_> {
    fn has_marks(&self) -> bool {
        let in_export = |system: &Examined| {
            system.delivered().is_ok_and(|(export, _)| export.accounts.iter().any(|account| account.protected))
        };
        !self.marks.is_empty()
            || !self.remembered.is_empty()
            || self.roster.persons().any(|(_, person)| person.protected)
            || self.systems.iter().any(in_export)
    }

    /// Remembered keys of those who stand in payroll without the mark that they had there, and of the accounts that are
    /// theirs: the mark was taken back.
    fn taken_back(&self, graph: &Graph, known: &BTreeMap<Key, Origin>) -> BTreeSet<Key> {
        if known.is_empty() || !self.payroll_marks {
            return BTreeSet::new();
        }
        let is_open = |person: usize| {
            let person = self.roster.person(PersonIx(place(person)));
            person.is_in_payroll() && !person.protected
        };
        graph.keys_held_by(is_open).filter(|key| known.get(key) == Some(&Origin::Payroll)).collect()
    }

    /// The day that settles the century of numbers written short.
    fn day(&self) -> NaiveDate {
        self.roster.facts.day
    }

    fn persons(&self) -> Vec<Node> {
        let day = self.day();
        let node = |(_, person): (PersonIx, &crate::model::Person)| Node {
            marked: person.protected,
            is_beside_payroll: !person.is_in_payroll(),
            ..plain(What::Person, Keys::of_person(person, day))
        };
        self.roster.persons().map(node).collect()
    }
}

fn plain(what: What, keys: Keys) -> Node {
    let number = keys.number;
    let keys = keys.into_list();
    let (nobodys, is_beside_payroll) = (false, false);
    Node { what, marked: false, keys, number, nobodys, is_beside_payroll, holder: None, perhaps: Box::default() }
}

fn row(mark: &Mark, beside: &Beside, day: NaiveDate) -> Node {
    Node { marked: true, ..plain(What::Row, Keys::of_mark(mark, beside, day)) }
}

fn accounts((export, matches): (&Export, &SystemMatches), beside: &Beside, line: f64) -> Vec<Node> {
    let both = export.accounts.par_iter().zip(&matches.matches).enumerate();
    both.map(|(at, (account, matched))| {
        let holder = matched.person().map(|person| person.0);
        let perhaps: Box<[u32]> = perhaps_of(matched, line).map(|person| person.0).collect();
        Node {
            marked: account.protected,
            // The key of a contact is hers all the same, and leads on.
            nobodys: holder.is_none() && perhaps.is_empty() && matched.class.needs_named_owner(),
            holder,
            perhaps,
            ..plain(What::Account, Keys::of_account(AccountIx(place(at)), export, beside, export.tested_day))
        }
    })
    .collect()
}

fn perhaps_of(matched: &Match, line: f64) -> impl Iterator<Item = PersonIx> + '_ {
    // A contradicted account may be any of those its keys name, however the odds fell out.
    let disputed = matched.outcome == Outcome::Disputed;
    let likely = matched.candidates.iter().filter(move |c| disputed || c.probability >= line).map(|c| c.person);
    likely.chain(matched.called_as)
}

impl Protection {
    /// Notes what was found, in place of what was before.
    fn take(&mut self, found: &Reached, places: &Places) {
        (self.perhaps, self.spread) = (0, Spread::default());
        for (&at, &(level, way)) in found {
            if at < places.persons {
                self.persons.insert(PersonIx(place(at)));
            } else if at < places.rows {
                let system = places.systems.partition_point(|first| *first <= at) - 1;
                self.accounts[system].insert(AccountIx(place(at - places.systems[system])));
                self.count(level, way);
            }
        }
    }

    fn count(&mut self, level: Level, way: Way) {
        let spread = &mut self.spread;
        let counted = match way {
            Way::Perhaps => &mut self.perhaps,
            _ if level == Level::Perhaps => &mut self.perhaps,
            Way::Mark => &mut spread.by_mark,
            Way::Key => &mut spread.by_key,
            Way::Match => &mut spread.by_match,
            Way::Name => &mut spread.by_name,
        };
        *counted += 1;
    }
}
