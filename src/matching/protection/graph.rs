//! Persons, accounts and rows with what ties them: keys, matches and names.

use super::keys::{Key, Tie};
use super::remembered::leads_on;
use crate::model::PersonalNumber;
use rayon::prelude::*;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A person of the roster.
    Person,
    /// An account.
    Account,
    /// A marked row, used or not.
    Row,
    /// A key that an earlier run knew to be a protected person's.
    Remembered,
}

/// A person, an account or a row, as far as protection asks.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub what: What,
    /// Whether it carries a mark of its own.
    pub marked: bool,
    /// Its keys, each once.
    pub keys: Box<[Key]>,
    /// Its personal number.
    pub number: Option<PersonalNumber>,
    /// Whether it is a service, shared or test account that is nobody's.
    pub nobodys: bool,
    /// Whether it is a person whom a register tells of, and not payroll.
    pub is_beside_payroll: bool,
    /// The person an account is linked to, by the node.
    pub holder: Option<u32>,
    /// Persons it may belong to, by their nodes.
    pub perhaps: Box<[u32]>,
}

/// A node as it is kept: its keys stand in one list with those of all others.
pub(super) struct Kept {
    pub(super) what: What,
    pub(super) marked: bool,
    pub(super) nobodys: bool,
    pub(super) is_beside_payroll: bool,
    pub(super) holder: Option<u32>,
    pub(super) number: Option<PersonalNumber>,
    pub(super) keys: (u32, u32),
}

/// Nodes and what ties them. There are millions, and each has few keys.
pub struct Graph {
    pub(super) nodes: Vec<Kept>,
    keys: Vec<Key>,
    /// Of each place in the list of keys, whose it is.
    carriers: Vec<u32>,
    /// Every place in the list of keys, sorted by the key that stands there.
    by_key: Vec<u32>,
    /// Persons with the accounts linked to them, and with those that may be theirs, sorted.
    pub(super) linked: Vec<(u32, u32)>,
    pub(super) maybe: Vec<(u32, u32)>,
    /// Accounts with the persons they may belong to, beside their holder, sorted.
    pub(super) perhaps: Vec<(u32, u32)>,
}

impl Graph {
    /// Ties nodes together, so many as `count` says. A run holds far fewer than 2^32 of them, and of their keys.
    pub fn new(nodes: impl IntoIterator<Item = Node>, count: usize) -> Self {
        let (mut kept, mut perhaps) = (Vec::with_capacity(count), Vec::new());
        let (mut keys, mut carriers) = (Vec::new(), Vec::new());
        for node in nodes {
            let at = short(kept.len());
            let from = short(keys.len());
            keys.extend_from_slice(&node.keys);
            carriers.resize(keys.len(), at);
            perhaps.extend(node.perhaps.iter().filter(|person| node.holder != Some(**person)).map(|own| (at, *own)));
            let Node { what, marked, number, nobodys, is_beside_payroll, holder, .. } = node;
            let own = (from, short(keys.len()));
            kept.push(Kept { what, marked, nobodys, is_beside_payroll, holder, number, keys: own });
        }
        keys.shrink_to_fit();
        carriers.shrink_to_fit();
        let by_key = sorted_by_key(&keys);
        let mut linked: Vec<(u32, u32)> =
            kept.iter().zip(0u32..).filter_map(|(node, at)| Some((node.holder?, at))).collect();
        linked.sort_unstable();
        let mut maybe: Vec<(u32, u32)> = perhaps.iter().map(|(at, person)| (*person, *at)).collect();
        maybe.sort_unstable();
        Self { nodes: kept, keys, carriers, by_key, linked, maybe, perhaps }
    }

    pub(super) fn keys_of(&self, at: usize) -> &[Key] {
        let (from, to) = self.nodes[at].keys;
        &self.keys[from as usize..to as usize]
    }

    /// Every key once.
    pub fn keys(&self) -> impl ParallelIterator<Item = Key> + '_ {
        let key = |at: u32| self.keys[at as usize];
        self.by_key.par_chunk_by(move |own, next| key(*own) == key(*next)).map(move |own| key(own[0]))
    }

    /// The keys of some persons, by their places, and of the accounts that are theirs.
    pub fn keys_held_by(&self, is_one: impl Fn(usize) -> bool) -> impl Iterator<Item = Key> {
        let held = (0..self.nodes.len()).filter(move |at| self.person_of(*at).is_some_and(&is_one));
        held.flat_map(|at| self.keys_of(at).iter().copied())
    }

    /// Adds keys that an earlier run knew to be a protected person's, each as a mark. Where one leads no further, it is as
    /// a thing's that many use.
    pub fn remember(&mut self, keys: impl Iterator<Item = Key>) {
        for key in keys {
            let from = short(self.keys.len());
            self.carriers.push(short(self.nodes.len()));
            let nobodys = !leads_on(key);
            let (what, keys) = (What::Remembered, (from, from + 1));
            let is_beside_payroll = false;
            self.nodes.push(Kept { what, marked: true, nobodys, is_beside_payroll, holder: None, number: None, keys });
            self.keys.push(key);
        }
        self.by_key = sorted_by_key(&self.keys);
    }

    /// The nodes that carry a key, in their order.
    pub(super) fn carriers_of(&self, key: Key) -> impl Iterator<Item = usize> + Clone + '_ {
        let places = run(&self.by_key, |at| self.keys[*at as usize].cmp(&key)).iter();
        places.map(|at| self.carriers[*at as usize] as usize)
    }

    /// Whether some nodes are clearly different persons', so that what they share is no one person's.
    pub(super) fn is_of_many(&self, mut carriers: impl Iterator<Item = usize> + Clone) -> bool {
        let mut persons = carriers.clone().filter_map(|at| self.person_of(at));
        let first = persons.next();
        let others = first.is_some_and(|first| persons.any(|other| self.differ(first, other)));
        others || self.numbers_differ(carriers.clone()) || carriers.any(|at| self.nodes[at].nobodys)
    }

    /// The person of the roster that a node is or is linked to.
    pub(super) fn person_of(&self, at: usize) -> Option<usize> {
        let node = &self.nodes[at];
        if node.what == What::Person { Some(at) } else { node.holder.map(|person| person as usize) }
    }

    /// Whether two persons of the roster are two. One person may stand there twice, with a coordination number and
    /// with the personal number that came after it.
    fn differ(&self, a: usize, b: usize) -> bool {
        a != b && !same_birth(self.nodes[a].number, self.nodes[b].number) && !self.share_name(a, b)
    }

    fn numbers_differ(&self, carriers: impl Iterator<Item = usize>) -> bool {
        let mut numbers = carriers.filter_map(|at| self.nodes[at].number);
        let first = numbers.next();
        first.is_some_and(|first| numbers.any(|other| first != other && !same_birth(Some(first), Some(other))))
    }

    pub(super) fn share_name(&self, a: usize, b: usize) -> bool {
        let mut names = self.keys_of(a).iter().filter(|key| key.tie() == Tie::Name);
        names.any(|name| self.keys_of(b).contains(name))
    }

    /// Whether nothing says whose an account is, nor that it is a thing's.
    pub fn may_be_anybodys(&self, at: usize) -> bool {
        let node = &self.nodes[at];
        !node.nobodys && node.holder.is_none() && node.number.is_none()
    }

    /// Whether a node says what its person is called.
    pub fn is_named(&self, at: usize) -> bool {
        self.keys_of(at).iter().any(|key| key.tie() == Tie::Name)
    }

    /// Whether no other in the roster bears a name, and it is one: words on the accounts of several persons who bear no
    /// such name are of something that those have together. Whom payroll knows and whom a register tells of by the same
    /// name can be one person.
    pub(super) fn is_borne_once(&self, carriers: impl Iterator<Item = usize> + Clone) -> bool {
        let bearers = carriers.clone().filter(|at| self.nodes[*at].what == What::Person);
        let (beside, own): (Vec<usize>, Vec<usize>) = bearers.partition(|at| self.nodes[*at].is_beside_payroll);
        if own.len() > 1 || beside.len() > 1 {
            return false;
        }
        let bearer = own.first().or(beside.first()).copied();
        let holders = carriers.filter_map(|at| self.nodes[at].holder).map(|person| person as usize);
        let mut others = holders.filter(|person| !own.contains(person) && !beside.contains(person));
        let first = others.next();
        let is_shared = first.is_some_and(|first| others.any(|other| self.differ(first, other)));
        bearer.is_some() || !is_shared
    }

    /// Whether a node is plainly another person's than another, whatever they are called.
    pub(super) fn is_another(&self, a: usize, b: usize) -> bool {
        let (own, other) = (self.nodes[a].number, self.nodes[b].number);
        let numbers = own.is_some() && other.is_some() && own != other && !same_birth(own, other);
        let persons = self.person_of(a).zip(self.person_of(b)).is_some_and(|(a, b)| self.differ(a, b));
        numbers || persons
    }
}

fn sorted_by_key(keys: &[Key]) -> Vec<u32> {
    let mut by_key: Vec<u32> = (0..short(keys.len())).collect();
    by_key.par_sort_unstable_by_key(|at| (keys[*at as usize], *at));
    by_key
}

/// A place in a list that is far shorter than 2^32.
pub(super) fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Whether two numbers are of one day of birth.
fn same_birth(a: Option<PersonalNumber>, b: Option<PersonalNumber>) -> bool {
    let birth = |number: Option<PersonalNumber>| number.and_then(PersonalNumber::birth_date);
    birth(a).is_some_and(|day| birth(b) == Some(day))
}

/// The run of a sorted list that compares equal; it is short, or looked at whole by whoever asks.
pub(super) fn run<T>(sorted: &[T], compare: impl Fn(&T) -> std::cmp::Ordering) -> &[T] {
    let from = sorted.partition_point(|own| compare(own).is_lt());
    let length = sorted[from..].iter().take_while(|own| compare(own).is_eq()).count();
    &sorted[from..from + length]
}
