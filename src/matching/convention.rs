//! How a system makes account names from names, learned from the accounts that are certain without them.
//!
//! An account name is made at hire from the name of that day. Where most certain accounts follow a shape
//! (three letters of each name and a number, `given.surname`, the birth day behind), whether an account fits
//! a person's name *better than it fits the name the account itself states* is evidence: it explains a slip
//! in the stated name, a change of surname, and tells namesakes apart where digits are a birth day. What only
//! repeats the stated name is worth nothing, or people outside would be linked to their namesakes.

use super::bridge::SystemIx;
use super::evidence::Level;
use super::handle::{Handle, NameForms};
use super::handles::HANDED_ON;
use super::known_name::KnownName;
use super::population::{PersonRecord, Population};
use crate::model::PersonIx;
use chrono::{Datelike, NaiveDate};
use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A part of a name: so many letters, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Letters {
    First(usize),
    All,
}

/// Which name stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum First {
    Given,
    Surname,
}

/// A shape of account names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shape {
    first: First,
    given: Letters,
    surname: Letters,
    separator: Option<char>,
}

/// What digits at the end may be of a birth date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BirthDigits {
    MonthDay,
    DayMonth,
    YearMonthDay,
    Year,
}

/// A learned convention.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Convention {
    shapes: Vec<(Shape, f64)>,
    birth: Option<(BirthDigits, f64)>,
    /// The share of accounts named after an address of their holder.
    mail: f64,
    /// The share named after an address that payroll has: a directory may know one that is made otherwise.
    payroll_mail: f64,
    /// Whose it is: what the system lent itself is not asked.
    system: SystemIx,
    /// Accounts it was learned from.
    pub learned_from: usize,
}

/// Accounts from which a convention is believed, and the least share a shape must explain.
const ENOUGH: usize = 10;
const LEAST_SHARE: f64 = 0.1;

/// An account name that follows no learned shape is one of very many that could have been.
const OTHERWISE: f64 = 1e-3;

/// Of accounts whose stated surname is not the person's though the given name is: seven in ten state the name of the
/// day they were made.
const STATED_BEFORE: f64 = 0.7;

/// What is known of an account and a person when the account name is weighed.
pub struct Fit<'a> {
    /// The person.
    pub person: &'a PersonRecord,
    /// The name the account states.
    pub claimed: NameForms<'a>,
    /// Whether the stated name may be one that the person bore before.
    pub may_be_renamed: bool,
    /// How likely someone outside who is stated so is called as the person.
    pub outsider_is_called_so: f64,
    /// Whether the account name is what stands before the `@` of an employee's address.
    pub taken: bool,
    /// How it was weighed against the known account names of the person, where there are any.
    pub is_weighed: Option<Level>,
}

/// Letters tried of each name.
const LENGTHS: [Letters; 6] =
    [Letters::First(1), Letters::First(2), Letters::First(3), Letters::First(4), Letters::First(5), Letters::All];

impl Letters {
    fn of(self, word: &str) -> &str {
        match self {
            Self::All => word,
            Self::First(count) => word.char_indices().nth(count).map_or(word, |(at, _)| &word[..at]),
        }
    }
}

impl Shape {
    /// Every shape that is tried, with a separator.
    fn all(separator: Option<char>) -> impl Iterator<Item = Self> {
        [First::Given, First::Surname].into_iter().flat_map(move |first| {
            LENGTHS.into_iter().flat_map(move |given| {
                LENGTHS.into_iter().map(move |surname| Self { first, given, surname, separator })
            })
        })
    }

    fn fits(self, handle: &Handle, forms: NameForms<'_>) -> bool {
        forms.given.iter().any(|given| forms.surname.iter().any(|surname| self.makes(given, surname, handle.stem())))
    }

    /// The beginning that it makes of two words.
    fn made(self, given: &str, surname: &str) -> String {
        let (first, second) = self.parts(given, surname);
        let separator = self.separator.map(String::from).unwrap_or_default();
        format!("{first}{separator}{second}")
    }

    /// The letters it takes of two words, in its order.
    fn parts<'w>(self, given: &'w str, surname: &'w str) -> (&'w str, &'w str) {
        let (given, surname) = (self.given.of(given), self.surname.of(surname));
        match self.first {
            First::Given => (given, surname),
            First::Surname => (surname, given),
        }
    }

    fn makes(self, given: &str, surname: &str, stem: &str) -> bool {
        let (first, second) = self.parts(given, surname);
        let Some(rest) = stem.strip_prefix(first) else { return false };
        match self.separator {
            Some(separator) => rest.strip_prefix(separator) == Some(second),
            None => rest == second,
        }
    }

    /// In letters a reader understands: `fff.eeeee` is shown as "förnamn.efternamn".
    fn shown(self) -> String {
        let part = |name: &str, letters| match letters {
            Letters::All => name.to_owned(),
            Letters::First(count) => format!("{name}:{count}"),
        };
        let (given, surname) = (part("förnamn", self.given), part("efternamn", self.surname));
        let separator = self.separator.map(String::from).unwrap_or_else(|| "+".to_owned());
        match self.first {
            First::Given => format!("{given}{separator}{surname}"),
            First::Surname => format!("{surname}{separator}{given}"),
        }
    }
}

impl BirthDigits {
    const ALL: [Self; 4] = [Self::MonthDay, Self::DayMonth, Self::YearMonthDay, Self::Year];

    fn of(self, day: NaiveDate) -> String {
        let year = day.year().rem_euclid(100);
        match self {
            Self::MonthDay => format!("{:02}{:02}", day.month(), day.day()),
            Self::DayMonth => format!("{:02}{:02}", day.day(), day.month()),
            Self::YearMonthDay => format!("{year:02}{:02}{:02}", day.month(), day.day()),
            Self::Year => format!("{year:02}"),
        }
    }

    /// How many different digits there could have been.
    fn alternatives(self) -> f64 {
        match self {
            Self::MonthDay | Self::DayMonth => 365.0,
            Self::YearMonthDay => 45.0 * 365.0,
            Self::Year => 45.0,
        }
    }
}

impl Convention {
    /// Learns from account names and their holders. Too few teach nothing.
    pub fn learn(system: SystemIx, certain: &[(&Handle, &PersonRecord)]) -> Self {
        if certain.len() < ENOUGH {
            return Self { system, ..Self::default() };
        }
        #[allow(clippy::cast_precision_loss)] // Some thousand accounts.
        let share = |count: usize| count as f64 / certain.len() as f64;
        let named_after = |is_local: &dyn Fn(&Handle, &PersonRecord) -> bool| {
            let named = share(certain.iter().filter(|(handle, person)| is_local(handle, person)).count());
            if named >= LEAST_SHARE { named } else { 0.0 }
        };
        Self {
            shapes: shapes(certain).into_iter().map(|(shape, count)| (shape, share(count))).collect(),
            birth: birth_digits(certain),
            mail: named_after(&|handle, person| person.is_mail_local(handle, system)),
            payroll_mail: named_after(&|handle, person| person.is_payroll_mail_local(handle)),
            system,
            learned_from: certain.len(),
        }
    }

    /// Whether anything was learned.
    pub fn is_known(&self) -> bool {
        !self.shapes.is_empty() || self.mail > 0.0
    }

    /// The shapes with their shares, for printing.
    pub fn shown(&self) -> Vec<(String, f64)> {
        let mut shown: Vec<(String, f64)> = self.shapes.iter().map(|(shape, share)| (shape.shown(), *share)).collect();
        if self.mail > 0.0 {
            shown.push(("e-post".to_owned(), self.mail));
        }
        if let Some((digits, share)) = self.birth {
            let name = match digits {
                BirthDigits::MonthDay => "MMDD",
                BirthDigits::DayMonth => "DDMM",
                BirthDigits::YearMonthDay => "ÅÅMMDD",
                BirthDigits::Year => "ÅÅ",
            };
            shown.push((name.to_owned(), share));
        }
        shown
    }

    /// log2 of how much better the account name fits the person than it fits someone outside who is called as the
    /// account says. What the account states went through the same fingers for both: where its name is a slip, an
    /// initial or the names exchanged, someone outside may be called as the person is just as well.
    pub fn bits(&self, handle: &Handle, fit: &Fit<'_>) -> f64 {
        if fit.is_weighed == Some(Level::Exact) {
            return 0.0;
        }
        let digits = self.digits(handle, fit.person.birth_date) / self.digits(handle, None);
        libm::log2(self.of_person(handle, fit) / self.of_outsider(handle, fit) * digits)
    }

    /// P(account name | it is this person's): the address as often as accounts are named after it, else a shape of a
    /// name the person is known by, or of the stated one where that may be the name of the day the account was made.
    fn of_person(&self, handle: &Handle, fit: &Fit<'_>) -> f64 {
        let by_mail = if fit.person.is_mail_local(handle, self.system) { self.mail } else { 0.0 };
        let by_shape = if fit.is_weighed.is_none() { 1.0 - self.known_mail(fit.person) } else { 1.0 };
        let before = if fit.may_be_renamed { STATED_BEFORE * self.stem(handle, fit.claimed) } else { 0.0 };
        by_mail + by_shape * self.known_stem(handle, fit.person).max(before) + OTHERWISE
    }

    /// How often an account would be named after an address that is known of the person. One that is not known may be any
    /// that the name makes; one that is known and differs has been weighed with the account names, where these are known.
    fn known_mail(&self, person: &PersonRecord) -> f64 {
        if person.has_lent_mail(self.system) {
            self.mail
        } else if person.mails.is_empty() {
            0.0
        } else {
            self.payroll_mail
        }
    }

    /// P(account name | someone outside who is called as the account says). Where accounts are named after
    /// addresses, an address is one person's: what is an employee's, someone outside has only if it was handed on.
    fn of_outsider(&self, handle: &Handle, fit: &Fit<'_>) -> f64 {
        let meant = fit.outsider_is_called_so * self.known_stem(handle, fit.person);
        let by_shape = self.stem(handle, fit.claimed).max(meant);
        let made = match fit.taken {
            true if fit.claimed.can_make(handle) => self.mail * HANDED_ON + (1.0 - self.mail) * by_shape,
            true => (1.0 - self.mail) * by_shape,
            false => by_shape,
        };
        made + OTHERWISE
    }

    /// Whether the account name follows a shape of a name that the person is known by.
    pub fn follows(&self, handle: &Handle, person: &PersonRecord) -> bool {
        self.known_stem(handle, person) > 0.0 || (self.mail > 0.0 && person.is_mail_local(handle, self.system))
    }

    /// The share of the shapes that make it of a name the person is known by.
    fn known_stem(&self, handle: &Handle, person: &PersonRecord) -> f64 {
        person.names_for(self.system).map(|name| self.stem(handle, name.forms())).fold(0.0, f64::max)
    }

    /// Who the commonest shape makes each wanted beginning from, in the order of the roster: for finding persons
    /// whose stated name leads nowhere.
    pub fn beginnings<'w>(
        &self,
        wanted: &BTreeSet<&'w str>,
        population: &Population,
    ) -> HashMap<&'w str, Vec<PersonIx>> {
        let mut beginnings: HashMap<&str, Vec<PersonIx>> = HashMap::new();
        let Some((shape, _)) = self.shapes.first() else { return beginnings };
        let made = |(ix, person): (PersonIx, &PersonRecord)| {
            let names = person.names_for(self.system).map(KnownName::forms);
            let pairs = names.flat_map(|forms| {
                forms.given.iter().flat_map(move |given| forms.surname.iter().map(move |surname| (given, surname)))
            });
            let own = pairs.filter_map(|(given, surname)| wanted.get(&*shape.made(given, surname)).copied());
            own.map(|beginning| (beginning, ix)).collect::<Vec<_>>()
        };
        let found: Vec<Vec<(&str, PersonIx)>> = population.par_persons().map(made).collect();
        for (beginning, ix) in found.into_iter().flatten() {
            let persons = beginnings.entry(beginning).or_default();
            if persons.last() != Some(&ix) {
                persons.push(ix);
            }
        }
        beginnings
    }

    fn stem(&self, handle: &Handle, forms: NameForms<'_>) -> f64 {
        self.shapes.iter().filter(|(shape, _)| shape.fits(handle, forms)).map(|(_, share)| share).sum()
    }

    /// P(digits | born that day), or for someone whose birth day is not known.
    fn digits(&self, handle: &Handle, born: Option<NaiveDate>) -> f64 {
        let Some((digits, share)) = self.birth else { return 1.0 };
        let by_chance = 1.0 / digits.alternatives();
        match born {
            Some(day) if digits.of(day) == handle.tail() => share,
            Some(_) => (1.0 - share).max(OTHERWISE) * by_chance,
            None => by_chance,
        }
    }
}

/// The shapes that explain most, each counted on what those before it leave.
fn shapes(certain: &[(&Handle, &PersonRecord)]) -> Vec<(Shape, usize)> {
    let mut left: Vec<(&Handle, &PersonRecord)> = certain.to_vec();
    let separators = [None, Some('.'), Some('_'), Some('-')];
    let mut found = Vec::new();
    let tried: Vec<Shape> = separators.into_iter().flat_map(Shape::all).collect();
    for _ in 0..3 {
        let fits =
            |shape: &Shape| left.iter().filter(|(handle, person)| shape.fits(handle, person.name.forms())).count();
        let counted: Vec<(Shape, usize)> = tried.par_iter().map(|shape| (*shape, fits(shape))).collect();
        // Of shapes that explain the same, the first tried: the shortest.
        let best = counted.into_iter().fold(None, |best: Option<(Shape, usize)>, own| match best {
            Some(best) if best.1 >= own.1 => Some(best),
            _ => Some(own),
        });
        #[allow(clippy::cast_precision_loss)] // Some thousand accounts.
        let enough = |count: usize| count as f64 >= LEAST_SHARE * certain.len() as f64;
        let Some((shape, count)) = best.filter(|(_, count)| enough(*count)) else { break };
        left.retain(|(handle, person)| !shape.fits(handle, person.name.forms()));
        found.push((shape, count));
    }
    found
}

/// Whether the digits are birth days, of those whose number of digits fits.
fn birth_digits(certain: &[(&Handle, &PersonRecord)]) -> Option<(BirthDigits, f64)> {
    let known: Vec<(&str, NaiveDate)> =
        certain.iter().filter_map(|(handle, person)| Some((handle.tail(), person.birth_date?))).collect();
    if known.len() < ENOUGH {
        return None;
    }
    #[allow(clippy::cast_precision_loss)] // Some thousand accounts.
    let share = |digits: BirthDigits| {
        known.iter().filter(|(tail, day)| digits.of(*day) == *tail).count() as f64 / known.len() as f64
    };
    let shares = BirthDigits::ALL.map(|digits| (digits, share(digits)));
    // By chance two digits agree with a year once in forty-five times; half is far beyond chance.
    shares.into_iter().find(|(_, share)| *share >= 0.5)
}
