//! Employee numbers that are keys, and what persons are called.

use super::identity::Identity;
use super::joining::Joined;
use super::series::in_series;
use crate::model::{NameKey, Named, Person, PersonId, fold};
use crate::roster::{employee_key, mail_key};
use std::collections::{BTreeMap, BTreeSet};

/// Which numbers are nobody's key, since two persons have them.
#[derive(Default)]
pub struct Keys {
    shared: BTreeMap<usize, Vec<String>>,
    serial: BTreeSet<String>,
    /// Payroll's own shared numbers, by their place among the groups of rows.
    pub shared_groups: Vec<usize>,
    /// Those that several employers have each given to one person.
    pub serial_groups: Vec<usize>,
}

impl Keys {
    /// Looks at every number. A register outside payroll numbers people in a series of its own: where payroll has
    /// the number for another, it is payroll's.
    pub fn new(identities: &[Identity<'_>], joined: &Joined) -> Self {
        let mut keys = Self::default();
        let in_series = in_series(identities, joined);
        for (place, group) in joined.by_number.iter().enumerate() {
            let Some(number) = identities[group[0]].number.as_ref() else { continue };
            let roots = |outside: bool| -> BTreeSet<usize> {
                let own = group.iter().filter(|at| identities[**at].is_outside() == outside);
                own.map(|at| joined.roots[*at]).collect()
            };
            let (paid, mut outside) = (roots(false), roots(true));
            outside.retain(|root| !paid.contains(root));
            if paid.len() > 1 {
                keys.add(&paid, number);
                if in_series.contains(&place) {
                    keys.serial.insert(number.clone());
                    keys.serial_groups.push(place);
                } else {
                    keys.shared_groups.push(place);
                }
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

    /// Whether a shared number is of series that employers have apart.
    pub fn is_serial(&self, number: &str) -> bool {
        self.serial.contains(number)
    }
}

/// Gives every person an id of their own and sorts by it: the employee number; of a number that several have, the
/// number and letters of their own; else opaque letters. The letters are made of what the person is, and stay whoever
/// else comes or goes.
pub fn with_ids(mut persons: Vec<Person>, names: &NameKey) -> Vec<Person> {
    // Persons come in an order of their rows' content, which stands where this one ties.
    persons.sort_by_cached_key(|person| {
        let name = (fold(&person.name), person.name.clone());
        (person.employee_numbers.first().cloned(), name, person.birth_date, person.personal_number)
    });
    let mut naming = Naming::new(&persons, names);
    for person in &mut persons {
        person.id = PersonId(naming.name(person));
    }
    persons.sort_by(|a, b| a.id.cmp(&b.id));
    persons
}

/// Hands out ids, each once.
struct Naming<'k> {
    /// Every number of payroll's, and every id that is given.
    taken: BTreeSet<String>,
    names: &'k NameKey,
}

/// Letters of an opaque id, and those behind a number that several have.
const OPAQUE: usize = 8;
const BEHIND_NUMBER: usize = 4;

impl<'k> Naming<'k> {
    fn new(persons: &[Person], names: &'k NameKey) -> Self {
        let taken = persons.iter().flat_map(Person::numbers_shown).collect();
        Self { taken, names }
    }

    fn name(&mut self, person: &Person) -> String {
        if let Some(number) = person.employee_numbers.first() {
            return number.clone();
        }
        let (beginning, letters) = match person.shared_numbers.first() {
            Some(number) => (format!("{}-p", employee_key(number)), BEHIND_NUMBER),
            None => ("p".to_owned(), OPAQUE),
        };
        let identity = identity(person);
        // Two of one identity, as namesakes of whom nothing else is known, are told apart by their order.
        (0u32..)
            .map(|at| format!("{beginning}{}", self.names.name(Named::Person, &format!("{identity}\0{at}"), letters)))
            .find(|id| self.taken.insert(id.clone()))
            .unwrap_or(beginning)
    }
}

/// What a person without an employee number is known by, the surest first.
fn identity(person: &Person) -> String {
    let name = fold(&person.name);
    match (person.personal_number, person.birth_date, &person.email) {
        (Some(number), _, _) => format!("{:010}", number.ten()),
        (None, Some(born), _) => format!("{name}\0{born}"),
        (None, None, Some(mail)) => mail_key(mail),
        (None, None, None) => name,
    }
}
