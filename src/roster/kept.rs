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
    let found: Vec<Vec<usize>> = new.iter().map(|person| places(&lost, |line| is_same(line, person))).collect();
    for (at, own) in found.iter().enumerate() {
        let &[place] = own.as_slice() else { continue };
        let is_alone = found.iter().enumerate().all(|(other, own)| other == at || !own.contains(&place));
        if is_alone {
            new[at].id.0.clone_from(lost[place].0);
        }
    }
}

/// Whether a person's id is made of what the person is.
pub fn is_opaque(person: &Person) -> bool {
    person.employee_numbers.is_empty() && person.shared_numbers.is_empty()
}

fn places(lost: &[(&String, &PersonLine)], fits: impl Fn(&PersonLine) -> bool) -> Vec<usize> {
    lost.iter().enumerate().filter(|(_, (_, line))| fits(line)).map(|(place, _)| place).collect()
}

fn is_same(line: &PersonLine, person: &Person) -> bool {
    let birth = person.birth_date.map(|day| day.to_string());
    let same_name = line.name == fold(&person.name);
    let same_birth = birth.is_some() && line.birth_date == birth;
    let mail = person.email.as_deref().map(mail_key);
    let same_mail = mail.is_some() && line.email == mail;
    same_mail && (same_name || same_birth) || same_name && same_birth
}

/// What is remembered of a person whose id is made of what the person is.
pub fn remembered(person: &Person) -> PersonLine {
    PersonLine {
        name: fold(&person.name),
        birth_date: person.birth_date.map(|day| day.to_string()),
        email: person.email.as_deref().map(mail_key),
    }
}
