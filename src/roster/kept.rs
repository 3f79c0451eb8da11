//! Ids that stay when a person's number changes: who had an interim number and got a personal number is the same person,
//! known by what is given once.
//!
//! It concerns those without an employee number, whose ids are made of the number they are known by.

use super::mail_key;
use crate::model::{Person, fold};
use crate::runfolder::PersonLine;
use std::collections::{BTreeMap, BTreeSet};

/// Gives persons the ids that they had in the run before, where what is remembered of one id is theirs and nobody else's:
/// the address, or else name and birth date. An address alone may have been handed on, so that the name or the birth date
/// must agree with it.
pub fn keep_ids(persons: &mut [Person], known: &BTreeMap<String, PersonLine>) {
    let ids: BTreeSet<String> = persons.iter().map(|person| person.id.0.clone()).collect();
    // Those who are gone under their old ids, and those who are new under theirs.
    let lost: Vec<(&String, &PersonLine)> = known.iter().filter(|(id, _)| !ids.contains(*id)).collect();
    if lost.is_empty() {
        return;
    }
    let is_new = |person: &&mut Person| is_opaque(person) && !known.contains_key(&person.id.0);
    let mut new: Vec<&mut Person> = persons.iter_mut().filter(is_new).collect();
    let places = Places::of(&lost);
    let found: Vec<BTreeSet<usize>> = new.iter().map(|person| places.fitting(&remembered(person))).collect();
    let mut claims = vec![0_u32; lost.len()];
    found.iter().flatten().for_each(|place| claims[*place] += 1);
    for (person, own) in new.iter_mut().zip(&found) {
        let mut own = own.iter();
        if let (Some(&place), None) = (own.next(), own.next())
            && claims[place] == 1
        {
            person.id.0.clone_from(lost[place].0);
        }
    }
}

/// Whether a person's id is made of what the person is.
pub fn is_opaque(person: &Person) -> bool {
    person.employee_numbers.is_empty() && person.shared_numbers.is_empty()
}

/// Two things that are known of a person and say together who it is.
type Pair<'a> = [(Known, &'a str); 2];

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    Name,
    Birth,
    Mail,
}

/// Those who are gone, by every pair that tells them.
struct Places<'a>(BTreeMap<Pair<'a>, Vec<usize>>);

impl<'a> Places<'a> {
    fn of(lost: &[(&String, &'a PersonLine)]) -> Self {
        let mut places: BTreeMap<Pair<'a>, Vec<usize>> = BTreeMap::new();
        for (place, (_, line)) in lost.iter().enumerate() {
            pairs(line).for_each(|pair| places.entry(pair).or_default().push(place));
        }
        Self(places)
    }

    /// Those who may be the one of whom this is known.
    fn fitting(&self, line: &PersonLine) -> BTreeSet<usize> {
        pairs(line).filter_map(|pair| self.0.get(&pair)).flatten().copied().collect()
    }
}

/// The pairs of what is stated.
fn pairs(line: &PersonLine) -> impl Iterator<Item = Pair<'_>> {
    let name = Some((Known::Name, line.name.as_str()));
    let birth = line.birth_date.as_deref().map(|day| (Known::Birth, day));
    let mail = line.email.as_deref().map(|mail| (Known::Mail, mail));
    [(mail, name), (mail, birth), (name, birth)].into_iter().filter_map(|(one, other)| Some([one?, other?]))
}

/// What is remembered of a person whose id is made of what the person is.
pub fn remembered(person: &Person) -> PersonLine {
    PersonLine {
        name: fold(&person.name),
        birth_date: person.birth_date.map(|day| day.to_string()),
        email: person.email.as_deref().map(mail_key),
    }
}
