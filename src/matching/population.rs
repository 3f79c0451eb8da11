//! The roster made ready for comparison: names as words of a lexicon, keys folded, lists of who shares what.
//!
//! Built once a run; every system is matched against the same.

use super::handle::{Handle, NameForms, local_part};
use super::names::{Kind, Lexicon, ValueIx};
use crate::model::{Person, PersonIx, PersonalNumber, Spelling, fold, fold_word};
use crate::roster::{Roster, employee_key, mail_key};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A unit or department, by its folded name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceIx(u32);

/// One person made ready.
#[derive(Debug)]
pub struct Comparable {
    /// Personal number.
    pub number: Option<PersonalNumber>,
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// Employee numbers as compared.
    pub employee_numbers: Vec<String>,
    /// HSA-id as compared.
    pub hsa_id: Option<String>,
    /// E-mail as compared.
    pub mail: Option<String>,
    /// What stands before its `@`.
    pub mail_local: Option<String>,
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
    /// The name as account names are made from it.
    pub forms: NameForms,
}

/// Everyone an account may belong to.
#[derive(Debug)]
pub struct Population {
    persons: Vec<Comparable>,
    /// Given-name words.
    pub given: Lexicon,
    /// Surname words.
    pub surname: Lexicon,
    births: HashMap<NaiveDate, Vec<PersonIx>>,
    mail_locals: HashMap<String, Vec<PersonIx>>,
    places: BTreeMap<String, PlaceIx>,
    place_shares: Vec<f64>,
    own_domain: Option<String>,
}

impl Population {
    /// Makes the roster ready.
    pub fn new(roster: &Roster) -> Self {
        let words = |get: fn(&Person) -> &[String]| {
            roster.persons().flat_map(move |(ix, person)| get(person).iter().map(move |word| (ix, word)))
        };
        let given = Lexicon::new(Kind::Given, roster.len(), words(|person| &person.tokens.given));
        let surname = Lexicon::new(Kind::Surname, roster.len(), words(|person| &person.tokens.surname));
        let places = places(roster);
        let persons: Vec<Comparable> =
            roster.persons().map(|(_, person)| comparable(person, &given, &surname, &places)).collect();
        let mut births: HashMap<NaiveDate, Vec<PersonIx>> = HashMap::new();
        let mut mail_locals: HashMap<String, Vec<PersonIx>> = HashMap::new();
        for ((ix, _), person) in roster.persons().zip(&persons) {
            if let Some(day) = person.birth_date {
                births.entry(day).or_default().push(ix);
            }
            if let Some(local) = &person.mail_local {
                mail_locals.entry(local.clone()).or_default().push(ix);
            }
        }
        let place_shares = place_shares(&persons, places.len());
        let own_domain = own_domain(&persons);
        Self { persons, given, surname, births, mail_locals, places, place_shares, own_domain }
    }

    /// One person.
    pub fn person(&self, ix: PersonIx) -> &Comparable {
        &self.persons[ix.0 as usize]
    }

    /// How many persons there are.
    pub fn len(&self) -> usize {
        self.persons.len()
    }

    /// Every person with their place.
    pub fn persons(&self) -> impl Iterator<Item = (PersonIx, &Comparable)> {
        (0u32..).map(PersonIx).zip(&self.persons)
    }

    /// Who was born that day.
    pub fn born(&self, day: NaiveDate) -> &[PersonIx] {
        self.births.get(&day).map_or(&[], Vec::as_slice)
    }

    /// Whose e-mail begins so.
    pub fn by_mail_local(&self, local: &str) -> &[PersonIx] {
        self.mail_locals.get(local).map_or(&[], Vec::as_slice)
    }

    /// A unit or department of payroll, by its folded name.
    pub fn place(&self, folded: &str) -> Option<PlaceIx> {
        self.places.get(folded).copied()
    }

    /// The share of persons who work, or have worked, there.
    pub fn place_share(&self, place: PlaceIx) -> f64 {
        self.place_shares[place.0 as usize]
    }

    /// Whether an address is of the employer's own domain, where everyone has one of their own.
    pub fn is_own_domain(&self, mail: &str) -> bool {
        self.own_domain.as_deref().is_some_and(|own| domain(mail) == Some(own))
    }
}

fn comparable(person: &Person, given: &Lexicon, surname: &Lexicon, places: &BTreeMap<String, PlaceIx>) -> Comparable {
    let values = |words: &[String], lexicon: &Lexicon| -> Vec<ValueIx> {
        let mut values: Vec<ValueIx> = words.iter().filter_map(|word| lexicon.find(word)).collect();
        values.sort_unstable();
        values.dedup();
        values
    };
    let of = |get: fn(&crate::model::Employment) -> &Option<String>| -> Vec<PlaceIx> {
        let texts = person.employments.iter().filter_map(|e| get(e).as_deref());
        texts.filter_map(|text| places.get(&fold(text)).copied()).collect()
    };
    let mail = person.email.as_deref().map(mail_key);
    Comparable {
        number: person.personal_number,
        birth_date: person.birth_date,
        employee_numbers: person.employee_numbers.iter().map(|number| employee_key(number)).collect(),
        hsa_id: person.hsa_id.as_deref().map(str::to_lowercase),
        mail_local: mail.as_deref().map(local_part),
        mail,
        user_name: person.user_name.as_deref().map(local_part),
        given: values(&person.tokens.given, given),
        surname: values(&person.tokens.surname, surname),
        spelling: person.tokens.spelling,
        units: of(|employment| &employment.unit),
        departments: of(|employment| &employment.department),
        forms: forms(person),
    }
}

/// The shown name's words, told apart by what payroll holds as given name and surname.
fn forms(person: &Person) -> NameForms {
    let all = NameForms::whole(&person.name);
    let among = |words: &[String], word: &String| words.contains(&fold_word(word));
    NameForms {
        given: all.given.iter().filter(|word| among(&person.tokens.given, word)).cloned().collect(),
        surname: all.surname.iter().filter(|word| among(&person.tokens.surname, word)).cloned().collect(),
    }
}

/// Every unit and department.
fn places(roster: &Roster) -> BTreeMap<String, PlaceIx> {
    let employments = roster.persons().flat_map(|(_, person)| &person.employments);
    let written = employments.flat_map(|e| e.unit.iter().chain(&e.department));
    let folded: BTreeSet<String> = written.map(|text| fold(text)).filter(|text| !text.is_empty()).collect();
    folded.into_iter().zip((0u32..).map(PlaceIx)).collect()
}

/// The share of persons at each place.
fn place_shares(persons: &[Comparable], places: usize) -> Vec<f64> {
    let mut counts = vec![0u32; places];
    for person in persons {
        let own: BTreeSet<PlaceIx> = person.units.iter().chain(&person.departments).copied().collect();
        own.into_iter().for_each(|place| counts[place.0 as usize] += 1);
    }
    #[allow(clippy::cast_precision_loss)] // Far below 2^52 persons.
    let all = persons.len().max(1) as f64;
    counts.into_iter().map(|count| f64::from(count) / all).collect()
}

/// The domain of most addresses in payroll, if most share one.
fn own_domain(persons: &[Comparable]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all = 0;
    for own in persons.iter().filter_map(|person| domain(person.mail.as_deref()?)) {
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
pub fn is_mail_local(person: &Comparable, handle: &Handle) -> bool {
    person.mail_local.as_deref() == Some(handle.whole.as_str())
}
