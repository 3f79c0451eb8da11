//! The keys persons are found by.

use crate::model::{BrokenNumber, NameTokens, Person, PersonIx, PersonalNumber, Spelling, expand_wildcards};
use foldhash::HashMap;

/// Person(s) by key. Lists are in the order of the roster; maps are only looked up, never walked.
#[derive(Debug, Default)]
pub struct Index {
    numbers: HashMap<PersonalNumber, PersonIx>,
    contested: HashMap<PersonalNumber, Vec<PersonIx>>,
    broken: HashMap<BrokenNumber, Vec<PersonIx>>,
    employees: HashMap<String, Vec<PersonIx>>,
    sharing: HashMap<String, Vec<PersonIx>>,
    hsa_ids: HashMap<String, Vec<PersonIx>>,
    mails: HashMap<String, Vec<PersonIx>>,
    user_names: HashMap<String, Vec<PersonIx>>,
    names: HashMap<(String, String), Vec<PersonIx>>,
}

/// The place of the n-th person. A roster holds far fewer than 2^32.
pub fn place(at: usize) -> PersonIx {
    PersonIx(u32::try_from(at).unwrap_or(u32::MAX))
}

/// An employee number as it is compared: leading zeros are a matter of how a system prints it.
pub fn employee_key(number: &str) -> String {
    let trimmed = number.trim();
    let digits = trimmed.bytes().all(|b| b.is_ascii_digit());
    if digits { trimmed.trim_start_matches('0').to_owned() } else { trimmed.to_lowercase() }
}

/// An e-mail address as it is compared.
pub fn mail_key(mail: &str) -> String {
    let mut key = mail.trim().to_lowercase();
    if key.starts_with("smtp:") {
        key.drain(.."smtp:".len());
    }
    key
}

/// Every pair of a given and a surname word of a name, wildcards spelt out.
pub fn name_keys(tokens: &NameTokens) -> Vec<(String, String)> {
    let spelt = |words: &[String]| -> Vec<String> { words.iter().flat_map(|word| expand_wildcards(word)).collect() };
    let (given, surname) = (spelt(&tokens.given), spelt(&tokens.surname));
    let mut keys = Vec::with_capacity(given.len() * surname.len());
    for first in &given {
        for last in surname.iter().filter(|last| tokens.spelling == Spelling::Apart || *last != first) {
            keys.push((first.clone(), last.clone()));
        }
    }
    keys
}

impl Index {
    /// Indexes persons by every key they have.
    pub fn new(persons: &[Person]) -> Self {
        let mut index = Self::default();
        for (at, person) in persons.iter().enumerate() {
            index.add(place(at), person);
        }
        index
    }

    fn add(&mut self, ix: PersonIx, person: &Person) {
        if let Some(number) = person.personal_number {
            self.numbers.entry(number).or_insert(ix);
        }
        if let Some(number) = person.contested_number {
            push(&mut self.contested, number, ix);
        }
        if let Some(number) = person.broken_number {
            push(&mut self.broken, number, ix);
        }
        for number in &person.employee_numbers {
            push(&mut self.employees, employee_key(number), ix);
        }
        for number in &person.shared_numbers {
            push(&mut self.sharing, employee_key(number), ix);
        }
        for (map, key) in [
            (&mut self.hsa_ids, person.hsa_id.as_ref().map(|id| id.to_lowercase())),
            (&mut self.mails, person.email.as_deref().map(mail_key)),
            (&mut self.user_names, person.user_name.as_ref().map(|name| name.to_lowercase())),
        ] {
            if let Some(key) = key {
                push(map, key, ix);
            }
        }
        for mail in &person.more_mails {
            push(&mut self.mails, mail_key(mail), ix);
        }
        for key in name_keys(&person.tokens) {
            push(&mut self.names, key, ix);
        }
    }

    /// By personal number.
    pub fn by_number(&self, number: PersonalNumber) -> Option<PersonIx> {
        self.numbers.get(&number).copied()
    }

    /// Under whose quite different names a personal number stands. It is no key: this says whom to tell apart.
    pub fn contesting(&self, number: PersonalNumber) -> &[PersonIx] {
        self.contested.get(&number).map_or(&[], Vec::as_slice)
    }

    /// By a number that payroll has mistyped, as it stands there.
    pub fn by_broken(&self, number: BrokenNumber) -> &[PersonIx] {
        self.broken.get(&number).map_or(&[], Vec::as_slice)
    }

    /// Whether payroll has mistyped any number.
    pub fn has_broken(&self) -> bool {
        !self.broken.is_empty()
    }

    /// By employee number; one that several persons have leads to nobody.
    pub fn by_employee(&self, number: &str) -> &[PersonIx] {
        list(&self.employees, &employee_key(number))
    }

    /// Who has an employee number that others have as well. It is no key: this says whom to tell apart.
    pub fn sharing(&self, number: &str) -> &[PersonIx] {
        list(&self.sharing, &employee_key(number))
    }

    /// By HSA-id.
    pub fn by_hsa_id(&self, id: &str) -> &[PersonIx] {
        list(&self.hsa_ids, &id.to_lowercase())
    }

    /// By e-mail.
    pub fn by_mail(&self, mail: &str) -> &[PersonIx] {
        list(&self.mails, &mail_key(mail))
    }

    /// By user name.
    pub fn by_user_name(&self, name: &str) -> &[PersonIx] {
        list(&self.user_names, &name.to_lowercase())
    }

    /// By one given and one surname word.
    pub fn by_name(&self, key: &(String, String)) -> &[PersonIx] {
        self.names.get(key).map_or(&[], Vec::as_slice)
    }
}

fn push<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Vec<PersonIx>>, key: K, ix: PersonIx) {
    let persons = map.entry(key).or_default();
    if persons.last() != Some(&ix) {
        persons.push(ix);
    }
}

fn list<'m>(map: &'m HashMap<String, Vec<PersonIx>>, key: &str) -> &'m [PersonIx] {
    if key.is_empty() {
        return &[];
    }
    map.get(key).map_or(&[], Vec::as_slice)
}
