//! The roster made ready for comparison: names as words of a lexicon, keys folded, lists of who shares what.
//!
//! Built once a run; what directories lend is taken in as they are matched.

use super::bridge::{LentName, LoanKind, Loans, SystemIx};
use super::domains::Met;
use super::employers::{EmployerIx, Employers};
use super::handle::{Handle, local_part, plain_words};
use super::known_name::{KnownName, PlainName};
use super::names::{Lexicon, NamePart};
use super::places::{PlaceIx, Places};
use super::user_base::Workplaces;
use crate::model::{BrokenNumber, NameTokens, Person, PersonIx, PersonalNumber, fold_word};
use crate::roster::{Roster, employee_key, mail_key};
use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;

/// One person made ready.
#[derive(Debug)]
pub struct PersonRecord {
    /// Personal number.
    pub number: Option<PersonalNumber>,
    /// One that payroll has mistyped.
    pub broken_number: Option<BrokenNumber>,
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// Employee numbers as compared.
    pub employee_numbers: Vec<String>,
    /// Employee numbers as compared that others have as well.
    pub shared_numbers: Vec<String>,
    /// HSA-id as compared.
    pub hsa_id: Option<String>,
    /// Addresses as payroll has them, the one used first.
    pub mails: Vec<PersonMail>,
    /// Payroll's own user name as compared.
    pub user_name: Option<String>,
    /// The name that payroll shows.
    pub name: KnownName,
    /// Other names that payroll or a system knows the person by.
    pub other_names: Vec<KnownName>,
    /// The first day of the first employment; `None` where one begins on a day that is not known.
    pub first_day: Option<NaiveDate>,
    /// Units, any time.
    pub units: Vec<PlaceIx>,
    /// Departments, any time.
    pub departments: Vec<PlaceIx>,
    /// Employers, any time.
    pub employers: Vec<EmployerIx>,
    /// What systems say the person has.
    pub lent: Vec<Lent>,
}

/// An address of a person.
#[derive(Debug)]
pub struct PersonMail {
    /// As compared.
    pub whole: String,
    /// What stands before its `@`.
    pub local: Handle,
}

impl PersonMail {
    fn new(whole: String) -> Self {
        Self { local: Handle::new(local_part(&whole)), whole }
    }
}

/// Something a system says a person has.
#[derive(Debug)]
pub struct Lent {
    /// What it is.
    pub kind: LoanKind,
    /// As compared; of an address also cut.
    pub value: PersonMail,
    /// How likely the link it comes from is wrong.
    pub doubt: f64,
    /// Who lends it.
    pub source: SystemIx,
}

impl PersonRecord {
    /// What is lent to a system of one kind: not what it lent itself.
    pub fn lent_to(&self, system: SystemIx, kind: LoanKind) -> impl Iterator<Item = &Lent> {
        self.lent.iter().filter(move |lent| lent.kind == kind && lent.source != system)
    }

    /// Where the person works, or has worked.
    pub fn workplaces(&self) -> Workplaces<'_> {
        Workplaces { departments: &self.departments, units: &self.units }
    }

    /// The names known to a system.
    pub fn names_for(&self, system: SystemIx) -> impl Iterator<Item = &KnownName> {
        let others = self.other_names.iter().filter(move |name| name.source != Some(system));
        std::iter::once(&self.name).chain(others)
    }

    /// Whether other systems have lent a system an address.
    pub fn has_lent_mail(&self, system: SystemIx) -> bool {
        self.lent_to(system, LoanKind::Mail).next().is_some()
    }

    /// Whether a handle is what stands before the `@` of an address in payroll.
    pub fn is_payroll_mail_local(&self, handle: &Handle) -> bool {
        self.mails.iter().any(|mail| mail.local.whole == handle.whole)
    }

    /// Whether a handle is what stands before the `@` of an address known to a system.
    pub fn is_mail_local(&self, handle: &Handle, system: SystemIx) -> bool {
        let mut lent = self.lent_to(system, LoanKind::Mail);
        self.is_payroll_mail_local(handle) || lent.any(|lent| lent.value.local.whole == handle.whole)
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
    lent: [HashMap<String, Vec<LentTo>>; LoanKind::ALL.len()],
    places: Places,
    at_places: Vec<Vec<PersonIx>>,
    own_domains: BTreeSet<String>,
    known_domains: HashMap<EmployerIx, Met>,
}

impl Population {
    /// Makes the roster ready, with what systems have lent.
    pub fn new(roster: &Roster, loans: &Loans) -> Self {
        let lent_names = loans.names_of();
        let ((given, surname), places) = rayon::join(
            || {
                rayon::join(
                    || lexicon(NamePart::Given, roster, &lent_names),
                    || lexicon(NamePart::Surname, roster, &lent_names),
                )
            },
            || Places::new(roster),
        );
        let employers = Employers::new(roster);
        let people: Vec<(PersonIx, &Person)> = roster.persons().collect();
        let read = |(ix, person): &(PersonIx, &Person)| {
            let name = |tokens: &NameTokens, source| KnownName::new(tokens, source, &given, &surname);
            let own = name(&person.tokens, None).shown_as(plain(person), &given);
            let lent = lent_names.get(ix).into_iter().flatten().map(|lent| name(&lent.tokens, Some(lent.source)));
            let others = person.other_names.iter().map(|tokens| name(tokens, None)).chain(lent).collect();
            PersonRecord { employers: employers.of(person), ..person_record(person, own, others, &places) }
        };
        let persons: Vec<PersonRecord> = people.par_iter().map(read).collect();
        let (births, at_places) =
            rayon::join(|| group_by(&persons, |person| person.birth_date), || at_places(&persons, places.len()));
        let (mail_locals, lent, own_domains, known_domains) = Default::default();
        let mut own =
            Self { persons, given, surname, births, mail_locals, lent, places, at_places, own_domains, known_domains };
        own.lend(loans);
        own
    }

    /// Takes what has been lent so far, in place of what was lent before. Names are lent once, when it is made.
    pub fn lend(&mut self, loans: &Loans) {
        self.persons.par_iter_mut().for_each(|person| person.lent.clear());
        self.lent = lend(&mut self.persons, loans);
        let persons = &self.persons;
        let domains = || {
            let of_each: Vec<BTreeSet<&str>> = persons.iter().map(domains_of).collect();
            (own_domains(&of_each), known_domains(persons, &of_each))
        };
        let (mail_locals, domains) = rayon::join(|| by_mail_local(persons), domains);
        self.mail_locals = mail_locals;
        (self.own_domains, self.known_domains) = domains;
    }

    /// One person.
    pub fn person(&self, ix: PersonIx) -> &PersonRecord {
        &self.persons[ix.0 as usize]
    }

    /// How many persons there are.
    pub fn len(&self) -> usize {
        self.persons.len()
    }

    /// Every person, in the order of the roster.
    pub fn persons(&self) -> impl Iterator<Item = &PersonRecord> {
        self.persons.iter()
    }

    /// Every person with their place, on every core.
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

    /// The domains of the addresses that payroll and other systems know of each employer's people.
    pub fn known_domains(&self) -> &HashMap<EmployerIx, Met> {
        &self.known_domains
    }

    /// Whether an address is of a domain of the employer's own, where everyone has one of their own.
    pub fn is_own_domain(&self, mail: &str) -> bool {
        domain(mail).is_some_and(|own| self.own_domains.contains(own))
    }

    /// Whether any domain is known to be the employer's own.
    pub fn has_own_domain(&self) -> bool {
        !self.own_domains.is_empty()
    }

    /// Everyone to whom other systems lend a value: two directories may call two persons the same.
    pub fn lent_holders(&self, kind: LoanKind, value: &str, system: SystemIx) -> impl Iterator<Item = PersonIx> + '_ {
        let to = self.lent[kind as usize].get(value).map_or(&[][..], Vec::as_slice);
        to.iter().filter(move |to| to.source != system).filter_map(|to| to.holder)
    }

    /// Whether another system knows a value, whoever has it there.
    pub fn is_lent(&self, kind: LoanKind, value: &str, system: SystemIx) -> bool {
        self.lent[kind as usize].get(value).is_some_and(|to| to.iter().any(|to| to.source != system))
    }
}

/// Whose something is that was lent, where one is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A person's.
    Person(PersonIx),
    /// Someone's or nobody's.
    Unsettled,
}

/// To whom a value is lent.
#[derive(Clone, Copy, Debug)]
struct LentTo {
    holder: Option<PersonIx>,
    source: SystemIx,
}

/// Gives each person what is lent, and indexes it by value.
fn lend(persons: &mut [PersonRecord], loans: &Loans) -> [HashMap<String, Vec<LentTo>>; LoanKind::ALL.len()] {
    let mut index: [HashMap<String, Vec<LentTo>>; LoanKind::ALL.len()] = Default::default();
    for loan in &loans.given {
        let to = LentTo { holder: loan.holder, source: loan.source };
        index[loan.kind as usize].entry(loan.value.clone()).or_default().push(to);
        if let Some(holder) = loan.holder {
            let value = PersonMail::new(loan.value.clone());
            let lent = Lent { kind: loan.kind, value, doubt: loan.doubt, source: loan.source };
            persons[holder.0 as usize].lent.push(lent);
        }
    }
    index
}

/// The words of one part of names that anybody is known by.
fn lexicon(part: NamePart, roster: &Roster, lent: &BTreeMap<PersonIx, Vec<&LentName>>) -> Lexicon {
    let words = |tokens: &'_ NameTokens| match part {
        NamePart::Given => tokens.given.clone(),
        NamePart::Surname => tokens.surname.clone(),
    };
    let borne = roster.persons().flat_map(|(ix, person)| {
        let lent = lent.get(&ix).into_iter().flatten().map(|lent| &lent.tokens);
        let names = std::iter::once(&person.tokens).chain(&person.other_names).chain(lent);
        names.flat_map(words).map(move |word| (ix, word)).collect::<Vec<_>>()
    });
    Lexicon::new(part, roster.len(), borne)
}

fn person_record(person: &Person, name: KnownName, other_names: Vec<KnownName>, places: &Places) -> PersonRecord {
    let of = |get: fn(&crate::model::Employment) -> &Option<String>| -> Vec<PlaceIx> {
        let texts = person.employments.iter().filter_map(|e| get(e).as_deref());
        texts.filter_map(|text| places.written(text)).collect()
    };
    let mails = person.email.iter().chain(&person.more_mails).map(|mail| mail_key(mail));
    PersonRecord {
        number: person.personal_number,
        broken_number: person.broken_number,
        birth_date: person.birth_date,
        employee_numbers: person.employee_numbers.iter().map(|number| employee_key(number)).collect(),
        shared_numbers: person.shared_numbers.iter().map(|number| employee_key(number)).collect(),
        hsa_id: person.hsa_id.as_deref().map(str::to_lowercase),
        mails: mails.map(PersonMail::new).collect(),
        user_name: person.user_name.as_deref().map(local_part),
        name,
        other_names,
        first_day: first_day(person),
        units: of(|employment| &employment.unit),
        departments: of(|employment| &employment.department),
        employers: Vec::new(),
        lent: Vec::new(),
    }
}

fn first_day(person: &Person) -> Option<NaiveDate> {
    let starts: Option<Vec<NaiveDate>> = person.employments.iter().map(|employment| employment.start).collect();
    starts?.into_iter().min()
}

/// The shown name's words, told apart by what payroll holds as given name and surname. A word that is not compared, a
/// particle, goes with the one behind it: of Al-Hassan an account name makes alhassan.
fn plain(person: &Person) -> PlainName {
    let all = plain_words(&person.name);
    let NameTokens { given, surname, .. } = &person.tokens;
    let folded: Vec<String> = all.iter().map(|word| fold_word(word)).collect();
    let among = |words: &[String]| -> Vec<String> {
        let belongs = |at: usize| {
            let mut compared = folded[at..].iter().filter(|word| given.contains(word) || surname.contains(word));
            compared.next().is_some_and(|word| words.contains(word))
        };
        all.iter().enumerate().filter(|(at, _)| belongs(*at)).map(|(_, word)| word.clone()).collect()
    };
    PlainName { given: among(given), surname: among(surname) }
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
        let lent = person.lent.iter().filter(|lent| lent.kind == LoanKind::Mail).map(|lent| &lent.value);
        for mail in person.mails.iter().chain(lent) {
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

/// The domains that at least one in ten of all persons with an address has one in: staff and school may have their own.
fn own_domains(of_each: &[BTreeSet<&str>]) -> BTreeSet<String> {
    const LEAST_IN: usize = 10;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    of_each.iter().flatten().for_each(|domain| *counts.entry(domain).or_default() += 1);
    let with_mail = of_each.iter().filter(|own| !own.is_empty()).count();
    let common = counts.into_iter().filter(|(_, count)| *count * LEAST_IN >= with_mail);
    common.map(|(domain, _)| domain.to_owned()).collect()
}

fn known_domains(persons: &[PersonRecord], of_each: &[BTreeSet<&str>]) -> HashMap<EmployerIx, Met> {
    let mut known: HashMap<EmployerIx, Met> = HashMap::new();
    for (person, domains) in persons.iter().zip(of_each) {
        for domain in domains {
            person.employers.iter().for_each(|employer| known.entry(*employer).or_default().add(domain));
        }
    }
    known
}

/// The domains in which a person is known to have an address.
fn domains_of(person: &PersonRecord) -> BTreeSet<&str> {
    let lent = person.lent.iter().filter(|lent| lent.kind == LoanKind::Mail).map(|lent| &lent.value);
    person.mails.iter().chain(lent).filter_map(|mail| domain(&mail.whole)).collect()
}

/// What stands behind the `@`.
pub fn domain(mail: &str) -> Option<&str> {
    mail.split_once('@').map(|(_, domain)| domain)
}
