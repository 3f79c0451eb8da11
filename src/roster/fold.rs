//! Payroll rows → persons: one person may have many employments, rehires and employers.

use super::index::employee_key;
use crate::ingest::PayrollRow;
use crate::model::{Person, PersonId, PersonalNumber, fold as fold_text};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// Persons, and how many of them each file brought.
pub struct Folded {
    /// Persons in the order of their ids.
    pub persons: Vec<Person>,
    /// Persons first met in each payroll file.
    pub rows_by_file: Vec<u64>,
}

/// Folds rows by personal number, else employee number, else name and birth date, else e-mail.
pub fn fold(rows: &[PayrollRow]) -> Folded {
    let mut folding = Folding::default();
    let mut files: BTreeMap<u16, u64> = BTreeMap::new();
    for row in rows {
        let file = row.employment.source.file.0;
        let brought = files.entry(file).or_default();
        if folding.take(row) {
            *brought += 1;
        }
    }
    let last = files.keys().next_back().map_or(0, |&file| usize::from(file) + 1);
    let rows_by_file = (0..last).map(|at| u16::try_from(at).ok().and_then(|f| files.get(&f).copied()).unwrap_or(0));
    let rows_by_file = rows_by_file.collect();
    Folded { persons: with_ids(folding.persons), rows_by_file }
}

#[derive(Default)]
struct Folding {
    persons: Vec<Person>,
    by_number: HashMap<PersonalNumber, usize>,
    by_employee: HashMap<String, usize>,
    by_name_and_birth: HashMap<(String, NaiveDate), usize>,
    by_email: HashMap<String, usize>,
}

impl Folding {
    /// Takes a row in; true when it brought a new person.
    fn take(&mut self, row: &PayrollRow) -> bool {
        match self.find(row) {
            Some(at) => {
                add(&mut self.persons[at], row);
                self.remember(row, at);
                false
            }
            None => {
                self.persons.push(person(row));
                self.remember(row, self.persons.len() - 1);
                true
            }
        }
    }

    fn find(&self, row: &PayrollRow) -> Option<usize> {
        if let Some(at) = row.personal_number.and_then(|number| self.by_number.get(&number)) {
            return Some(*at);
        }
        if row.employment.engagement.is_some() {
            return self.find_outside(row);
        }
        if let Some(number) = &row.employee_number {
            let at = *self.by_employee.get(&employee_key(number))?;
            // An employee number used again for another person does not join the two.
            let known = self.persons[at].personal_number;
            return (known.is_none() || row.personal_number.is_none()).then_some(at);
        }
        if row.personal_number.is_some() {
            return None;
        }
        let named = row.birth_date.and_then(|day| self.by_name_and_birth.get(&(fold_text(&row.name), day)));
        named.or_else(|| row.email.as_ref().and_then(|mail| self.by_email.get(&mail.to_lowercase()))).copied()
    }

    /// A register outside payroll numbers people in a series of its own, so that a number joins rows only under
    /// one name; and who has another personal number is another person.
    fn find_outside(&self, row: &PayrollRow) -> Option<usize> {
        let name = fold_text(&row.name);
        let born = row.birth_date.and_then(|day| self.by_name_and_birth.get(&(name.clone(), day)));
        let mail = || row.email.as_ref().and_then(|mail| self.by_email.get(&mail.to_lowercase()));
        let number = || row.employee_number.as_ref().and_then(|number| self.by_employee.get(&employee_key(number)));
        let fits = |at: &&usize| {
            let person = &self.persons[**at];
            let numbers = person.personal_number.zip(row.personal_number);
            fold_text(&person.name) == name && numbers.is_none_or(|(known, own)| known == own)
        };
        born.filter(fits).or_else(|| mail().filter(fits)).or_else(|| number().filter(fits)).copied()
    }

    fn remember(&mut self, row: &PayrollRow, at: usize) {
        if let Some(number) = row.personal_number {
            self.by_number.entry(number).or_insert(at);
        }
        if let Some(number) = &row.employee_number {
            self.by_employee.entry(employee_key(number)).or_insert(at);
        }
        if let Some(day) = row.birth_date {
            self.by_name_and_birth.entry((fold_text(&row.name), day)).or_insert(at);
        }
        if let Some(mail) = &row.email {
            self.by_email.entry(mail.to_lowercase()).or_insert(at);
        }
    }
}

fn person(row: &PayrollRow) -> Person {
    Person {
        id: PersonId(String::new()),
        personal_number: row.personal_number,
        number_flaw: row.number_flaw,
        birth_date: row.birth_date,
        employee_numbers: row.employee_number.iter().cloned().collect(),
        hsa_id: row.hsa_id.clone(),
        user_name: row.user_name.clone(),
        email: row.email.clone(),
        name: row.name.clone(),
        tokens: row.tokens.clone(),
        other_names: Vec::new(),
        protected: row.protected,
        employments: vec![row.employment.clone()],
        source: row.employment.source,
    }
}

fn add(person: &mut Person, row: &PayrollRow) {
    fn fill<T: Clone>(slot: &mut Option<T>, value: &Option<T>) {
        if slot.is_none() {
            slot.clone_from(value);
        }
    }
    fill(&mut person.personal_number, &row.personal_number);
    fill(&mut person.birth_date, &row.birth_date);
    fill(&mut person.hsa_id, &row.hsa_id);
    fill(&mut person.user_name, &row.user_name);
    fill(&mut person.email, &row.email);
    if let Some(number) = &row.employee_number
        && !person.employee_numbers.contains(number)
    {
        person.employee_numbers.push(number.clone());
    }
    if person.number_flaw.is_none() {
        person.number_flaw = row.number_flaw;
    }
    if person.tokens != row.tokens && !person.other_names.contains(&row.tokens) {
        person.other_names.push(row.tokens.clone());
    }
    person.protected |= row.protected;
    person.employments.push(row.employment.clone());
}

/// Gives every person an id of their own and sorts by it: the employee number, or an opaque one.
fn with_ids(mut persons: Vec<Person>) -> Vec<Person> {
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    for person in &mut persons {
        person.employee_numbers.sort();
        person.employments.sort_by_key(|employment| (employment.start, employment.source));
    }
    // Opaque ids are numbered in an order that the rows' order does not change.
    persons.sort_by(|a, b| {
        let key =
            |p: &Person| (p.employee_numbers.first().cloned(), fold_text(&p.name), p.birth_date, p.personal_number);
        key(a).cmp(&key(b)).then_with(|| a.source.cmp(&b.source))
    });
    let mut opaque = 0u32;
    for person in &mut persons {
        let number = person.employee_numbers.first().cloned();
        let free = number.filter(|number| taken.insert(number.clone(), 0).is_none());
        person.id = PersonId(free.unwrap_or_else(|| {
            opaque += 1;
            format!("p{opaque:05}")
        }));
    }
    persons.sort_by(|a, b| a.id.cmp(&b.id));
    persons
}
