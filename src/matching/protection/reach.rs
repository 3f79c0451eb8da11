//! How far a mark reaches: from the rows that carry it, over keys, matches and names, step by step.
//!
//! What is reached is hers for certain, or perhaps, or it only carries something that many carry (the address of a
//! post, a number used twice, the mailbox of a unit). The last is hidden as well but leads no further, or one mark
//! would hide the whole municipality. What is surer is followed first, so that everything is reached the surest way.

use super::graph::{Graph, What, run, short};
use super::keys::{Key, Tie};
use std::collections::{BTreeMap, BTreeSet};

/// How surely a node was reached, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Hers.
    Hers,
    /// Perhaps hers.
    Perhaps,
    /// It carries what many carry, or what may be hers if something else is.
    Edge,
}

/// What reached a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// A mark of its own.
    Mark,
    /// A key.
    Key,
    /// A sure match.
    Match,
    /// A name that no other bears.
    Name,
    /// A match that is not sure.
    Perhaps,
}

impl Graph {
    /// Follows some of the marks, by their places, and accounts that a name in another cell says to be hers, to their end:
    /// what was reached, how surely and how.
    pub fn reach_from(
        &self,
        is_one: impl Fn(usize) -> bool,
        named: &BTreeMap<usize, Level>,
    ) -> BTreeMap<usize, (Level, Way)> {
        let mut walk = Walk { graph: self, reached: BTreeMap::new(), waiting: BTreeSet::new() };
        named.iter().for_each(|(at, level)| walk.arrive(*at, *level, Way::Name));
        for (at, _) in self.nodes.iter().enumerate().filter(|(at, node)| node.marked && is_one(*at)) {
            walk.arrive(at, Level::Hers, Way::Mark);
        }
        while let Some((level, at)) = walk.waiting.pop_first() {
            walk.go_on(at, level);
        }
        walk.reached
    }

    /// How many marked rows share nothing with any person or account that was reached.
    pub fn rows_of_nobody(&self, reached: &BTreeMap<usize, (Level, Way)>) -> usize {
        let is_row = |at: usize| matches!(self.nodes[at].what, What::Row | What::Remembered);
        let is_somebodys = |at: usize| !is_row(at) && reached.contains_key(&at);
        let leads = |at: &usize| self.keys_of(*at).iter().any(|key| self.carriers_of(*key).any(is_somebodys));
        let rows = (0..self.nodes.len()).filter(|at| self.nodes[*at].what == What::Row);
        rows.filter(|row| !leads(row)).count()
    }

    /// The keys of what is hers.
    pub fn keys_of_hers(&self, reached: &BTreeMap<usize, (Level, Way)>) -> BTreeSet<Key> {
        let hers = reached.iter().filter(|(_, (level, _))| *level == Level::Hers).map(|(at, _)| *at);
        let hers = hers.filter(|at| !self.nodes[*at].nobodys && self.nodes[*at].what != What::Remembered);
        hers.flat_map(|at| self.keys_of(at).iter().copied()).collect()
    }
}

/// A walk under way.
struct Walk<'g> {
    graph: &'g Graph,
    reached: BTreeMap<usize, (Level, Way)>,
    waiting: BTreeSet<(Level, usize)>,
}

impl Walk<'_> {
    /// Notes a node, where it was not reached as surely before.
    fn arrive(&mut self, at: usize, level: Level, way: Way) {
        let known = self.reached.get(&at).map(|(level, _)| *level);
        if known.is_none_or(|known| level < known) {
            self.reached.insert(at, (level, way));
            self.waiting.insert((level, at));
        }
    }

    fn go_on(&mut self, at: usize, level: Level) {
        if self.reached.get(&at).is_none_or(|(best, _)| *best < level) {
            return;
        }
        if level != Level::Edge {
            for key in self.graph.keys_of(at) {
                self.follow(*key, at, level);
            }
        }
        self.follow_matches(at, level);
    }

    fn follow(&mut self, key: Key, from: usize, level: Level) {
        let graph = self.graph;
        let all = graph.carriers_of(key);
        // The keys of what is only perhaps hers hide the same account elsewhere, but nobody in the roster, and no account
        // that is surely somebody else's.
        let open = |at: usize| graph.nodes[at].what != What::Person && graph.nodes[at].holder.is_none();
        let carriers: Vec<usize> = all.clone().filter(|at| level == Level::Hers || open(*at)).collect();
        match key.tie() {
            Tie::Number => carriers.iter().for_each(|at| self.arrive(*at, level, Way::Key)),
            // Addresses, numbers and account names are handed on. From the marked row itself each is hers; further on it
            // leads only to what bears her name, or no name at all.
            Tie::Identifier | Tie::Account => {
                let many = graph.is_of_many(all);
                let sure = graph.nodes[from].marked && key.tie() == Tie::Identifier;
                for at in &carriers {
                    let same_name = graph.share_name(from, *at) && !graph.is_another(from, *at);
                    let nameless = !graph.is_named(from) || !graph.is_named(*at);
                    let hers = same_name || !many && (sure || nameless && !graph.is_another(from, *at));
                    self.arrive(*at, if hers { level } else { Level::Edge }, Way::Key);
                }
            }
            // A name is followed only from what is hers: the names of what may be another's lead to that other.
            Tie::Name if level == Level::Hers && graph.is_borne_once(all) => {
                let own = carriers.iter().filter(|at| !graph.is_another(from, **at));
                own.for_each(|at| self.arrive(*at, level, Way::Name));
            }
            Tie::Name => {}
        }
    }

    /// From a person to accounts, and from an account to its holder.
    fn follow_matches(&mut self, at: usize, level: Level) {
        let graph = self.graph;
        let (node, own) = (&graph.nodes[at], short(at));
        if node.what == What::Person {
            for (_, account) in run(&graph.linked, |(person, _)| person.cmp(&own)) {
                self.arrive(*account as usize, level, Way::Match);
            }
            let lower = if level == Level::Hers { Level::Perhaps } else { Level::Edge };
            for (_, account) in run(&graph.maybe, |(person, _)| person.cmp(&own)) {
                self.arrive(*account as usize, lower, Way::Perhaps);
            }
            return;
        }
        // What is only perhaps hers is surely somebody else's where it has a holder: the mark stops there.
        if level == Level::Hers {
            node.holder.iter().for_each(|person| self.arrive(*person as usize, level, Way::Match));
        }
        // Whoever a marked account may belong to may be the one it protects; of an account that a key has shown to be
        // hers, the other candidates are just that.
        if node.marked {
            for (_, person) in run(&graph.perhaps, |(account, _)| account.cmp(&own)) {
                self.arrive(*person as usize, Level::Perhaps, Way::Perhaps);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::graph::Node;
    use super::*;
    use crate::model::PersonalNumber;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn node(what: What, keys: &[Key]) -> Node {
        let mut keys = keys.to_vec();
        keys.sort_unstable();
        keys.dedup();
        Node {
            what,
            marked: false,
            keys: keys.into(),
            number: None,
            nobodys: false,
            is_beside_payroll: false,
            holder: None,
            perhaps: [].into(),
        }
    }

    fn account(keys: &[Key]) -> Node {
        node(What::Account, keys)
    }

    fn person(keys: &[Key]) -> Node {
        node(What::Person, keys)
    }

    fn marked(node: Node) -> Node {
        Node { marked: true, ..node }
    }

    fn number(text: &str) -> Option<PersonalNumber> {
        let day = NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
        PersonalNumber::read(text, None, day).ok().map(|reading| reading.number)
    }

    fn reach(nodes: Vec<Node>) -> BTreeMap<usize, (Level, Way)> {
        Graph::new(nodes, 0).reach_from(|_| true, &BTreeMap::new())
    }

    fn reached(nodes: Vec<Node>) -> Vec<usize> {
        reach(nodes).into_keys().collect()
    }

    fn id(key: u64) -> Key {
        Key::new(Tie::Identifier, key << 2)
    }

    fn name(key: u64) -> Key {
        Key::new(Tie::Name, key << 2)
    }

    /// A row that was rejected reaches an account over one key, and from there another over another, though the person
    /// is in no payroll.
    #[test]
    fn keys_are_followed_step_by_step() {
        let nodes = vec![
            marked(node(What::Row, &[id(1)])),
            account(&[id(1), id(2)]),
            account(&[id(2), id(3)]),
            account(&[id(4)]),
        ];
        assert_eq!(reached(nodes), [0, 1, 2]);
    }

    /// An address that a nobody's mailbox carries hides the rows that carry it, and leads no further.
    #[test]
    fn a_shared_address_is_no_bridge() {
        let nodes = vec![
            marked(person(&[id(1)])),
            Node { nobodys: true, ..account(&[id(1), id(9)]) },
            person(&[id(1), id(2)]),
            account(&[id(2)]),
            account(&[id(9)]),
        ];
        assert_eq!(reached(nodes), [0, 1, 2]);
    }

    /// A number that stands on rows of two persons hides both and leads no further, but to accounts of the other.
    #[test]
    fn a_key_of_two_persons_is_no_bridge() {
        let nodes = vec![
            Node { number: number("199001012385"), ..marked(person(&[id(1)])) },
            Node { number: number("199002022383"), ..person(&[id(1), id(2)]) },
            account(&[id(2)]),
            Node { holder: Some(1), ..account(&[id(3)]) },
        ];
        assert!(nodes[0].number.is_some() && nodes[1].number.is_some());
        assert_eq!(reached(nodes), [0, 1, 3]);
    }

    /// With the same full name, what stands under a shared address is hers.
    #[test]
    fn the_same_name_under_a_shared_address_is_hers() {
        let nodes = vec![
            marked(node(What::Row, &[id(1), name(5)])),
            Node { nobodys: true, ..account(&[id(1)]) },
            account(&[id(1), id(2), name(5)]),
            account(&[id(2)]),
            person(&[name(5)]),
            person(&[name(5)]),
        ];
        assert_eq!(reached(nodes), [0, 1, 2, 3]);
    }

    /// A name that no other in the roster bears leads to whoever bears it; one that two bear leads nowhere.
    #[test]
    fn a_name_leads_where_no_other_bears_it() {
        let alone =
            vec![marked(account(&[name(5)])), person(&[name(5), id(1)]), account(&[id(1)]), account(&[name(5)])];
        assert_eq!(reached(alone), [0, 1, 2, 3]);
        let beside = |own: Node| Node { is_beside_payroll: true, ..own };
        let hers = Node { holder: Some(1), ..account(&[]) };
        let once = vec![marked(beside(person(&[name(5)]))), person(&[name(5)]), hers];
        assert_eq!(reached(once), [0, 1, 2]);
        let of_register = vec![marked(person(&[name(5)])), beside(person(&[name(5)])), beside(person(&[name(6)]))];
        assert_eq!(reached(of_register), [0, 1]);
        let twice = vec![marked(beside(person(&[name(5)]))), person(&[name(5)]), person(&[name(5)])];
        assert_eq!(reached(twice), [0]);
        let two = vec![marked(account(&[name(5)])), person(&[name(5)]), person(&[name(5)]), account(&[name(5)])];
        assert_eq!(reached(two), [0]);
    }

    /// What may be hers is hidden with its keys; whose else it may be is not.
    #[test]
    fn what_may_be_hers_does_not_hide_others() {
        let nodes = vec![
            marked(person(&[id(1)])),
            person(&[id(2)]),
            Node { perhaps: [0, 1].into(), ..account(&[id(3)]) },
            account(&[id(3)]),
            Node { holder: Some(1), ..account(&[id(2)]) },
        ];
        let found = reach(nodes);
        assert_eq!(found.keys().copied().collect::<Vec<_>>(), [0, 2, 3]);
        assert_eq!(found[&2], (Level::Perhaps, Way::Perhaps));
    }

    /// A mark on an account hides everyone it may belong to, and their accounts.
    #[test]
    fn a_marked_account_hides_those_it_may_belong_to() {
        let nodes = vec![
            marked(Node { perhaps: [1, 2].into(), ..account(&[]) }),
            person(&[]),
            person(&[]),
            Node { holder: Some(2), ..account(&[]) },
        ];
        assert_eq!(reached(nodes), [0, 1, 2, 3]);
    }

    prop_compose! {
        /// A small population of persons, then accounts, whose keys, numbers, names and matches meet at random.
        fn population()(persons in 1usize..5, accounts in 1usize..8)(
            persons in Just(persons),
            rows in prop::collection::vec(
                (
                    prop::collection::vec((0u8..3, 0u64..9), 0..4),
                    prop::option::of(0..u32::try_from(persons).unwrap()),
                    prop::collection::vec(0..u32::try_from(persons).unwrap(), 0..3),
                    any::<bool>(),
                    prop::option::of(0usize..3),
                ),
                persons + accounts,
            ),
        ) -> Vec<Node> {
            const NUMBERS: [&str; 3] = ["199001012385", "199001022384", "199001032383"];
            rows.into_iter().enumerate().map(|(at, (keys, holder, perhaps, nobodys, own))| {
                let tie = |tie: u8| [Tie::Number, Tie::Identifier, Tie::Name][usize::from(tie)];
                let keys: Vec<Key> = keys.into_iter().map(|(own, key)| Key::new(tie(own), key << 2)).collect();
                let number = own.and_then(|own| number(NUMBERS[own]));
                match at < persons {
                    true => Node { number, ..person(&keys) },
                    false => Node { number, holder, perhaps: perhaps.into(), nobodys: nobodys && holder.is_none(), ..account(&keys) },
                }
            }).collect()
        }
    }

    proptest! {
        /// Wherever one mark stands, nothing that shares a key with its row stays unprotected, and neither does an
        /// account that is or may be a protected person's; without a mark nothing is hidden.
        #[test]
        fn nothing_that_shares_a_key_stays_unprotected(nodes in population(), place in any::<prop::sample::Index>()) {
            prop_assert!(reach(nodes.clone()).is_empty());
            let mut nodes = nodes;
            let at = place.index(nodes.len());
            nodes[at].marked = true;
            let found = reach(nodes.clone());
            for (other, node) in nodes.iter().enumerate() {
                let shares = node.keys.iter().any(|key| key.tie() != Tie::Name && nodes[at].keys.contains(key));
                let matched = node.holder.iter().chain(&node.perhaps).any(|person| found.contains_key(&(*person as usize)));
                prop_assert!(!(shares || matched) || found.contains_key(&other), "{other}");
            }
            for person in nodes[at].holder.iter().chain(&nodes[at].perhaps) {
                prop_assert!(found.contains_key(&(*person as usize)));
            }
        }

        /// A second mark never takes protection from anything.
        #[test]
        fn more_marks_hide_no_less(nodes in population(), places in any::<[prop::sample::Index; 2]>()) {
            let [one, two] = places.map(|place| place.index(nodes.len()));
            let with = |marks: &[usize]| {
                let mut own = nodes.clone();
                marks.iter().for_each(|at| own[*at].marked = true);
                reach(own)
            };
            let (fewer, more) = (with(&[one]), with(&[one, two]));
            prop_assert!(fewer.keys().all(|at| more.contains_key(at)));
        }
    }
}
