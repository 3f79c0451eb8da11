//! The roster made ready for comparison: names as words of a lexicon, keys folded, lists of who shares what.
//!
//! Built once a run; every system is matched against the same.

use super::handle::{Handle, NameForms, local_part, plain_words};
use super::names::{Kind, Lexicon, ValueIx};
use super::places::{PlaceIx, Places};
use crate::model::{Person, PersonIx, PersonalNumber, Spelling, fold_word};
use crate::roster::{Roster, employee_key, mail_key};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

/// One person made ready.
#[derive(Debug)]
pub struct PersonRecord {
    /// Personal number.
    pub number: Option<PersonalNumber>,
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// Employee numbers as compared.
    pub employee_numbers: Vec<String>,
    /// Employee numbers as compared that others have as well.
    pub shared_numbers: Vec<String>,
    /// HSA-id as compared.
    pub hsa_id: Option<String>,
    /// Addresses as compared, the one used first.
    pub mails: Vec<PersonMail>,
    /// Whether it is of the employer's own domain.
    pub has_own_mail: bool,
    /// Payroll's own user name as compared.
    pub user_name: Option<String>,
    /// Given-name words.
    pub given: Vec<ValueIx>,
    /// Surname words.
    pub surname: Vec<ValueIx>,
    /// Whether payroll tells the two apart.
    pub spelling: Spelling,
    /// Units, any time.
    pub units: Vec<PlaceIx>,
    /// Departments, any time.
    pub departments: Vec<PlaceIx>,
    plain_given: Vec<String>,
    plain_surname: Vec<String>,
}

/// An address of a person.
#[derive(Debug)]
pub struct PersonMail {
    /// As compared.
    pub whole: String,
    /// What stands before its `@`.
    pub local: Handle,
}

impl PersonRecord {
    /// The name as account names are made from it.
    pub fn forms(&self) -> NameForms<'_> {
        NameForms { given: &self.plain_given, surname: &self.plain_surname }
    }
}

/// Everyone an account may belong to.
#[derive(Debug)]
pub struct Population {
    persons: Vec<PersonRecord>,
    /// Given-name words.
    pub given: Lexicon,
    /// Surname words.
    pub surname: Lexicon,
    births: HashMap<NaiveDate, Vec<PersonIx>>,
    mail_locals: HashMap<String, Vec<PersonIx>>,
    places: Places,
    at_places: Vec<Vec<PersonIx>>,
    own_domain: Option<String>,
}

impl Population {
    /// Makes the roster ready.
    pub fn new(roster: &Roster) -> Self {
        let persons: Vec<&Person> = roster.persons().map(|(_, person)| person).collect();
        let words = |kind, get: fn(&Person) -> &[String]| {
            let borne = roster.persons().flat_map(|(ix, person)| get(person).iter().map(move |word| (ix, word)));
            Lexicon::new(kind, roster.len(), borne)
        };
        let ((given, surname), places) = rayon::join(
            || {
                rayon::join(
                    || words(Kind::Given, |person| &person.tokens.given),
                    || words(Kind::Surname, |person| &person.tokens.surname),
                )
            },
            || Places::new(roster),
        );
        let mut persons: Vec<PersonRecord> =
            persons.par_iter().map(|person| person_record(person, &given, &surname, &places)).collect();
        let (births, (mail_locals, (at_places, own_domain))) = rayon::join(
            || group_by(&persons, |person| person.birth_date),
            || rayon::join(|| by_mail_local(&persons), || (at_places(&persons, places.len()), own_domain(&persons))),
        );
        let is_own = |mail: &String| own_domain.as_deref().is_some_and(|own| domain(mail) == Some(own));
        persons
            .par_iter_mut()
            .for_each(|person| person.has_own_mail = person.mails.iter().any(|mail| is_own(&mail.whole)));
        Self { persons, given, surname, births, mail_locals, places, at_places, own_domain }
    }

    /// One person.
    pub fn person(&self, ix: PersonIx) -> &PersonRecord {
        &self.persons[ix.0 as usize]
    }

    /// How many persons there are.
    pub fn len(&self) -> usize {
        self.persons.len()
    }

    /// Every person with their place.
    pub fn persons(&self) -> impl Iterator<Item = (PersonIx, &PersonRecord)> {
        (0u32..).map(PersonIx).zip(&self.persons)
    }

    /// The same, on every core.
    pub fn par_persons(&self) -> impl IndexedParallelIterator<Item = (PersonIx, &PersonRecord)> {
        (0..u32::MAX).into_par_iter().map(PersonIx).zip(&self.persons)
    }

    /// Who was born that day.
    pub fn born(&self, day: NaiveDate) -> &[PersonIx] {
        self.births.get(&day).map_or(&[], Vec::as_slice)
    }

    /// Whose e-mail begins so.
    pub fn by_mail_local(&self, local: &str) -> &[PersonIx] {
        self.mail_locals.get(local).map_or(&[], Vec::as_slice)
    }

    /// Units and departments of payroll.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Who works, or has worked, there, in the order of the roster.
    pub fn at_place(&self, place: PlaceIx) -> &[PersonIx] {
        &self.at_places[place.0 as usize]
    }

    /// The share of persons who work, or have worked, there.
    pub fn place_share(&self, place: PlaceIx) -> f64 {
        #[allow(clippy::cast_precision_loss)] // Far below 2^52 persons.
        let share = self.at_place(place).len() as f64 / self.len().max(1) as f64;
        share
    }

    /// Whether an address is of the employer's own domain, where everyone has one of their own.
    pub fn is_own_domain(&self, mail: &str) -> bool {
        self.own_domain.as_deref().is_some_and(|own| domain(mail) == Some(own))
    }
}

fn person_record(person: &Person, given: &Lexicon, surname: &Lexicon, places: &Places) -> PersonRecord {
    let values = |words: &[String], lexicon: &Lexicon| -> Vec<ValueIx> {
        let mut values: Vec<ValueIx> = words.iter().filter_map(|word| lexicon.find(word)).collect();
        values.sort_unstable();
        values.dedup();
        values
    };
    let of = |get: fn(&crate::model::Employment) -> &Option<String>| -> Vec<PlaceIx> {
        let texts = person.employments.iter().filter_map(|e| get(e).as_deref());
        texts.filter_map(|text| places.written(text)).collect()
    };
    let mails = person.email.iter().chain(&person.more_mails).map(|mail| mail_key(mail));
    let (plain_given, plain_surname) = plain(person);
    PersonRecord {
        number: person.personal_number,
        birth_date: person.birth_date,
        employee_numbers: person.employee_numbers.iter().map(|number| employee_key(number)).collect(),
        shared_numbers: person.shared_numbers.iter().map(|number| employee_key(number)).collect(),
        hsa_id: person.hsa_id.as_deref().map(str::to_lowercase),
        mails: mails.map(|whole| PersonMail { local: Handle::new(local_part(&whole)), whole }).collect(),
        has_own_mail: false,
        user_name: person.user_name.as_deref().map(local_part),
        given: values(&person.tokens.given, given),
        surname: values(&person.tokens.surname, surname),
        spelling: person.tokens.spelling,
        units: of(|employment| &employment.unit),
        departments: of(|employment| &employment.department),
        plain_given,
        plain_surname,
    }
}

/// The shown name's words, told apart by what payroll holds as given name and surname.
fn plain(person: &Person) -> (Vec<String>, Vec<String>) {
    let all = plain_words(&person.name);
    let among = |words: &[String]| -> Vec<String> {
        all.iter().filter(|word| words.contains(&fold_word(word))).cloned().collect()
    };
    (among(&person.tokens.given), among(&person.tokens.surname))
}

/// Persons by something they have, in the order of the roster.
fn group_by<K: Eq + Hash>(persons: &[PersonRecord], key: fn(&PersonRecord) -> Option<K>) -> HashMap<K, Vec<PersonIx>> {
    let mut groups: HashMap<K, Vec<PersonIx>> = HashMap::with_capacity(persons.len());
    for (ix, person) in (0u32..).map(PersonIx).zip(persons) {
        if let Some(key) = key(person) {
            groups.entry(key).or_default().push(ix);
        }
    }
    groups
}

/// Persons by what stands before the `@` of their addresses.
fn by_mail_local(persons: &[PersonRecord]) -> HashMap<String, Vec<PersonIx>> {
    let mut groups: HashMap<String, Vec<PersonIx>> = HashMap::with_capacity(persons.len());
    for (ix, person) in (0u32..).map(PersonIx).zip(persons) {
        for mail in &person.mails {
            let group = groups.entry(mail.local.whole.clone()).or_default();
            if group.last() != Some(&ix) {
                group.push(ix);
            }
        }
    }
    groups
}

/// Who is at each place.
fn at_places(persons: &[PersonRecord], places: usize) -> Vec<Vec<PersonIx>> {
    let mut at_places = vec![Vec::new(); places];
    for (ix, person) in (0u32..).map(PersonIx).zip(persons) {
        let own: BTreeSet<PlaceIx> = person.units.iter().chain(&person.departments).copied().collect();
        own.into_iter().for_each(|place| at_places[place.0 as usize].push(ix));
    }
    at_places
}

/// The domain of most addresses in payroll, if most share one.
fn own_domain(persons: &[PersonRecord]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all = 0;
    for own in persons.iter().filter_map(|person| domain(&person.mails.first()?.whole)) {
        *counts.entry(own).or_default() += 1;
        all += 1;
    }
    let (own, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count * 2 > all).then(|| own.to_owned())
}

fn domain(mail: &str) -> Option<&str> {
    mail.split_once('@').map(|(_, domain)| domain)
}

/// Whether a handle is what stands before the `@` of a person's address.
pub fn is_mail_local(person: &PersonRecord, handle: &Handle) -> bool {
    person.mails.iter().any(|mail| mail.local.whole == handle.whole)
}
