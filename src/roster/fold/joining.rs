//! Which rows are one person's: by personal number; by employee number and by address while names and birth
//! dates do not contradict; and, where a row has no number, by name and birth date.

use super::circles::Circles;
use super::identity::{Identity, Tie};
use crate::model::PersonalNumber;
use foldhash::{HashMap, HashMapExt};
use std::hash::Hash;

/// A number or an address that more have than these is nobody's: `0`, `9999`, a department's mailbox. Only what
/// is the very same in all else is joined by it.
pub const MOST_BEARERS: usize = 12;

/// Who is who among the rows.
pub struct Joined {
    /// For each row the first row of its person.
    pub roots: Vec<usize>,
    /// Pairs of roots that nothing tells apart for certain.
    pub doubts: Vec<(usize, usize)>,
    /// Rows by employee number, in the order of the rows.
    pub by_number: Vec<Vec<usize>>,
    /// Addresses that stand on more than one person.
    pub shared_addresses: Vec<Vec<usize>>,
}

/// Joins rows that are in an order of their content, so that what they are joined to never depends on where they
/// stand. `contested` are rows whose personal number is no key, by number and by who they can be.
pub fn join(identities: &[Identity<'_>], contested: &[Vec<Vec<usize>>]) -> Joined {
    let by_number = groups(identities, |identity| identity.number.as_ref());
    let by_mail = groups(identities, |identity| identity.mail.as_ref());
    let mut joining = Joining { circles: Circles::new(identities), identities, unsettled: Vec::new() };
    joining.by_personal_number();
    contested.iter().for_each(|persons| joining.by_contested_number(persons));
    for group in &by_number {
        joining.join_same(group);
        #[allow(clippy::redundant_closure_for_method_calls)] // The method alone is of one lifetime.
        joining.settle(group, |own, others| own.tie_by_number(others));
    }
    joining.by_name_and_birth();
    for group in &by_mail {
        joining.join_same(group);
        let is_shared = joining.bears_several(group);
        joining.settle(group, |own, others| own.tie_by_mail(others, is_shared));
    }
    joining.finish(by_number, by_mail)
}

struct Joining<'i, 'r> {
    circles: Circles<'i, 'r>,
    identities: &'i [Identity<'r>],
    /// Groups in which a row could be one of several persons.
    unsettled: Vec<(usize, usize)>,
}

impl Joining<'_, '_> {
    fn by_personal_number(&mut self) {
        let mut first: HashMap<PersonalNumber, usize> = HashMap::new();
        for (at, identity) in self.identities.iter().enumerate() {
            if let Some(number) = identity.personal_number() {
                let known = *first.entry(number).or_insert(at);
                self.circles.join(known, at);
            }
        }
    }

    /// A number that is no key still joins rows that are called alike. Of the others nothing is certain: one may have
    /// two names.
    fn by_contested_number(&mut self, persons: &[Vec<usize>]) {
        for rows in persons {
            rows.iter().for_each(|at| self.circles.join(rows[0], *at));
        }
        self.unsettled.extend(persons.iter().skip(1).map(|rows| (persons[0][0], rows[0])));
    }

    /// Rows of a group that say the very same of the person, without a personal number.
    fn join_same(&mut self, group: &[usize]) {
        let mut first: HashMap<_, usize> = HashMap::new();
        for &at in group {
            let identity = &self.identities[at];
            if identity.personal_number().is_none() {
                let told = (&identity.name, identity.birth_date(), &identity.number, identity.is_outside());
                let known = *first.entry(told).or_insert(at);
                self.circles.join(known, at);
            }
        }
    }

    /// Rows that payroll knows by no number, and those of other registers: the same name and birth date is the
    /// same person where it is one person's.
    fn by_name_and_birth(&mut self) {
        let named = groups(self.identities, |i| i.birth_date().map(|day| (i.name.as_str(), day)));
        for group in named {
            let is_loose = |&&at: &&usize| self.identities[at].is_keyless() || self.identities[at].is_outside();
            let (loose, firm): (Vec<usize>, Vec<usize>) = group.iter().partition(is_loose);
            if loose.is_empty() {
                continue;
            }
            let mut firm = firm;
            for at in loose {
                self.join_loose(at, &mut firm);
            }
        }
    }

    /// Joins a row to the one person among those of its name and birth date that it can be.
    fn join_loose(&mut self, at: usize, firm: &mut Vec<usize>) {
        *firm = self.roots(firm);
        let root = self.circles.root(at);
        if firm.contains(&root) {
            return;
        }
        let own = self.circles.number(root);
        let fits = |other: &&usize| own.zip(self.circles.number(**other)).is_none_or(|(own, others)| own == others);
        let fitting: Vec<usize> = firm.iter().filter(fits).copied().collect();
        match fitting[..] {
            [] => firm.push(root),
            [one] => self.circles.join(one, root),
            _ => self.unsettled.extend(fitting.iter().map(|&other| (root, other))),
        }
    }

    /// The circles of some rows, each once, in order.
    fn roots(&mut self, rows: &[usize]) -> Vec<usize> {
        let mut roots: Vec<usize> = rows.iter().map(|&at| self.circles.root(at)).collect();
        roots.sort_unstable();
        roots.dedup();
        roots
    }

    /// Whether a key stands on people who can't be one.
    fn bears_several(&mut self, group: &[usize]) -> bool {
        let roots = self.roots(group);
        roots.len() > MOST_BEARERS || pairs(&roots).any(|(a, b)| self.circles.tie(a, b, &|_, _| Tie::One) == Tie::Two)
    }

    /// Joins the circles of a group: first those that are surely one, then those that may be, each only where
    /// it could be one person and no other.
    fn settle(&mut self, group: &[usize], tie: impl Fn(&Identity<'_>, &Identity<'_>) -> Tie) {
        for least in [Tie::One, Tie::Perhaps] {
            let roots = self.roots(group);
            if roots.len() < 2 || roots.len() > MOST_BEARERS {
                return;
            }
            for &root in &roots {
                self.join_where_clear(root, &roots, least, &tie);
            }
        }
        let roots = self.roots(group);
        let doubtful = pairs(&roots).filter(|(a, b)| !self.circles.are_certainly_two(*a, *b));
        self.unsettled.extend(doubtful.collect::<Vec<_>>());
    }

    fn join_where_clear(
        &mut self,
        own: usize,
        roots: &[usize],
        least: Tie,
        tie: &impl Fn(&Identity<'_>, &Identity<'_>) -> Tie,
    ) {
        let own = self.circles.root(own);
        if self.circles.number(own).is_some() {
            return;
        }
        let mut partners = self.roots(roots);
        partners.retain(|&other| other != own && self.circles.tie(own, other, tie) >= least);
        let numbered = partners.iter().filter(|&&other| self.circles.number(other).is_some()).count();
        if numbered > 1 {
            return;
        }
        partners.sort_by_key(|&other| self.circles.number(other).is_none());
        for partner in partners {
            let (own, other) = (self.circles.root(own), self.circles.root(partner));
            if own != other && self.circles.tie(own, other, tie) >= least {
                self.circles.join(own, other);
            }
        }
    }

    fn finish(mut self, by_number: Vec<Vec<usize>>, by_mail: Vec<Vec<usize>>) -> Joined {
        let roots: Vec<usize> = (0..self.identities.len()).map(|at| self.circles.root(at)).collect();
        let of_roots = |(a, b): (usize, usize)| (roots[a], roots[b]);
        let doubts = self.unsettled.iter().copied().map(of_roots).filter(|(a, b)| a != b).collect();
        let is_shared = |group: &Vec<usize>| group.iter().any(|&at| roots[at] != roots[group[0]]);
        let shared_addresses = by_mail.into_iter().filter(is_shared).collect();
        Joined { doubts, by_number, shared_addresses, roots }
    }
}

/// Rows by something they have, in the order in which each is first met.
fn groups<'i, K: Hash + Eq>(
    identities: &'i [Identity<'_>],
    key: impl Fn(&'i Identity<'_>) -> Option<K>,
) -> Vec<Vec<usize>> {
    let mut places: HashMap<K, usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, identity) in identities.iter().enumerate() {
        if let Some(key) = key(identity) {
            let place = *places.entry(key).or_insert(groups.len());
            if place == groups.len() {
                groups.push(Vec::new());
            }
            groups[place].push(at);
        }
    }
    groups
}

/// Every two of some.
fn pairs(roots: &[usize]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let after = move |(at, &a): (usize, &'_ usize)| (at + 1..roots.len()).map(move |other| (a, roots[other]));
    roots.iter().enumerate().flat_map(after)
}
