//! Employee numbers that are keys, and what persons are called.

use super::identity::Identity;
use super::joining::Joined;
use crate::model::{Person, PersonId, fold};
use crate::roster::employee_key;
use std::collections::{BTreeMap, BTreeSet};

/// Which numbers are nobody's key, since two persons have them.
pub struct Keys {
    shared: BTreeMap<usize, Vec<String>>,
    /// Payroll's own shared numbers, by their place among the groups of rows.
    pub shared_groups: Vec<usize>,
}

impl Keys {
    /// Looks at every number. A register outside payroll numbers people in a series of its own: where payroll has
    /// the number for another, it is payroll's.
    pub fn new(identities: &[Identity<'_>], joined: &Joined) -> Self {
        let mut keys = Self { shared: BTreeMap::new(), shared_groups: Vec::new() };
        for (place, group) in joined.by_number.iter().enumerate() {
            let Some(number) = identities[group[0]].number.as_ref() else { continue };
            let roots = |outside: bool| -> BTreeSet<usize> {
                let own = group.iter().filter(|at| identities[**at].is_outside() == outside);
                own.map(|at| joined.roots[*at]).collect()
            };
            let (paid, mut outside) = (roots(false), roots(true));
            outside.retain(|root| !paid.contains(root));
            if paid.len() > 1 {
                keys.shared_groups.push(place);
                keys.add(&paid, number);
            }
            if paid.len() + outside.len() > 1 {
                keys.add(&outside, number);
            }
        }
        keys
    }

    fn add(&mut self, roots: &BTreeSet<usize>, number: &str) {
        roots.iter().for_each(|root| self.shared.entry(*root).or_default().push(number.to_owned()));
    }

    /// The numbers of a person, by the root of their rows, that are another's too.
    pub fn shared(&self, root: usize) -> &[String] {
        self.shared.get(&root).map_or(&[], Vec::as_slice)
    }
}

/// Gives every person an id of their own and sorts by it: the employee number; of a number that several have, the
/// number and which of them; else an opaque one.
pub fn with_ids(mut persons: Vec<Person>) -> Vec<Person> {
    // Persons come in an order of their rows' content, which stands where this one ties.
    persons.sort_by_cached_key(|person| {
        let name = (fold(&person.name), person.name.clone());
        (person.employee_numbers.first().cloned(), name, person.birth_date, person.personal_number)
    });
    let mut naming = Naming::new(&persons);
    for person in &mut persons {
        person.id = PersonId(naming.name(person));
    }
    persons.sort_by(|a, b| a.id.cmp(&b.id));
    persons
}

/// Hands out ids, each once.
struct Naming {
    /// Every number of payroll's, and every id that is given.
    taken: BTreeSet<String>,
    /// How many ids have been made of each beginning.
    made: BTreeMap<String, u32>,
}

impl Naming {
    fn new(persons: &[Person]) -> Self {
        let taken = persons.iter().flat_map(Person::numbers_shown).collect();
        Self { taken, made: BTreeMap::new() }
    }

    fn name(&mut self, person: &Person) -> String {
        if let Some(number) = person.employee_numbers.first() {
            return number.clone();
        }
        let shared = person.shared_numbers.first().map(|number| format!("{}-p", employee_key(number)));
        loop {
            let beginning = shared.clone().unwrap_or_else(|| "p".to_owned());
            let count = self.made.entry(beginning.clone()).or_default();
            *count += 1;
            let id = if shared.is_some() { format!("{beginning}{count}") } else { format!("{beginning}{count:05}") };
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}
