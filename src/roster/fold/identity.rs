//! What a row says of who it is about, made ready for comparison.

use crate::ingest::PayrollRow;
use crate::model::{Likeness, Part, PersonalNumber, fold, fold_word, is_birth_date_slip};
use crate::roster::{employee_key, mail_key};
use chrono::NaiveDate;
use std::cmp::Ordering;

/// One row, by its keys as they are compared.
pub struct Identity<'r> {
    /// The row.
    pub row: &'r PayrollRow,
    /// Name, folded.
    pub name: String,
    /// Employee number as compared.
    pub number: Option<String>,
    /// E-mail as compared.
    pub mail: Option<String>,
    /// Employer, folded.
    pub company: Option<String>,
    /// Whether the personal number stands under a quite other name too.
    pub is_contested: bool,
}

/// How far two rows that share a key can be one person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// They are two persons.
    Two,
    /// They may be one, where nobody else comes into question.
    Perhaps,
    /// They are one.
    One,
}

/// How two birth dates stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Births {
    Unstated,
    Same,
    Slip,
    Differ,
}

impl<'r> Identity<'r> {
    /// Makes a row ready.
    pub fn new(row: &'r PayrollRow) -> Self {
        let number = row.employee_number.as_deref().map(employee_key);
        Self {
            row,
            name: fold(&row.name),
            number: number.filter(|number| !number.is_empty()),
            mail: row.email.as_deref().map(mail_key).filter(|mail| !mail.is_empty()),
            company: row.employment.company.as_deref().map(fold).filter(|company| !company.is_empty()),
            is_contested: false,
        }
    }

    /// Whether the row is of a register outside payroll, which numbers people in a series of its own.
    pub fn is_outside(&self) -> bool {
        self.row.employment.engagement.is_some()
    }

    /// Whether the row has no number at all.
    pub fn is_keyless(&self) -> bool {
        self.row.personal_number.is_none() && self.number.is_none()
    }

    /// Personal number, where it is a key.
    pub fn personal_number(&self) -> Option<PersonalNumber> {
        self.row.personal_number.filter(|_| !self.is_contested)
    }

    /// Personal number that is perhaps another's.
    pub fn contested_number(&self) -> Option<PersonalNumber> {
        self.row.personal_number.filter(|_| self.is_contested)
    }

    /// Birth date.
    pub fn birth_date(&self) -> Option<NaiveDate> {
        self.row.birth_date.filter(|_| !self.is_contested)
    }

    /// An order of rows by what they say, so that where they stand in a file decides nothing.
    pub fn compare(&self, other: &Self) -> Ordering {
        let said = |i: &Self| (i.row.personal_number, i.row.birth_date, i.is_outside());
        let by_name = || self.name.cmp(&other.name).then_with(|| self.row.name.cmp(&other.row.name));
        let (own, others) = (&self.row.employment, &other.row.employment);
        let by_key = self.number.cmp(&other.number).then_with(|| said(self).cmp(&said(other)));
        by_key
            .then_with(by_name)
            .then_with(|| self.mail.cmp(&other.mail))
            .then_with(|| self.company.cmp(&other.company))
            .then_with(|| {
                (own.start, own.end.date(), own.registered).cmp(&(others.start, others.end.date(), others.registered))
            })
            .then_with(|| own.said().cmp(&others.said()))
    }

    fn births(&self, other: &Self) -> Births {
        match (self.birth_date(), other.birth_date()) {
            (Some(own), Some(others)) if own == others => Births::Same,
            (Some(own), Some(others)) if is_birth_date_slip(own, others) => Births::Slip,
            // The date in a number that is itself wrong proves nothing against anybody.
            (Some(_), Some(_)) if self.row.number_flaw.is_some() || other.row.number_flaw.is_some() => Births::Unstated,
            (Some(_), Some(_)) => Births::Differ,
            _ => Births::Unstated,
        }
    }

    fn likeness(&self, other: &Self) -> Likeness {
        Likeness::of(&self.row.tokens, &other.row.tokens)
    }

    /// Whether the names say that the two are not one person. Where one has none, nothing says so.
    fn are_called_otherwise(&self, other: &Self) -> bool {
        !self.is_nameless(other) && self.likeness(other).is_none()
    }

    /// Whether one of the two has no name.
    fn is_nameless(&self, other: &Self) -> bool {
        self.row.tokens.is_empty() || other.row.tokens.is_empty()
    }

    /// Whether nothing but a personal number could make the two one person.
    pub fn contradicts(&self, other: &Self) -> bool {
        self.births(other) == Births::Differ || self.are_called_otherwise(other)
    }

    /// Whether the two are certainly not one person: two personal numbers or birth dates, or quite other names
    /// and no birth date in common.
    pub fn is_certainly_another(&self, other: &Self) -> bool {
        let numbers = self.personal_number().zip(other.personal_number());
        let two_numbers = numbers.is_some_and(|(own, others)| own != others);
        let births = self.births(other);
        two_numbers || births == Births::Differ || (births == Births::Unstated && self.are_called_otherwise(other))
    }

    /// How two rows with one employee number stand. One employer gives a number once, so that a given name in
    /// common is enough there; between employers, whose series may meet, it takes more.
    pub fn tie_by_number(&self, other: &Self) -> Tie {
        let names = self.likeness(other);
        if self.is_outside() || other.is_outside() {
            return self.tie_outside(other);
        }
        let one_employer = self.company.as_ref().zip(other.company.as_ref()).is_none_or(|(own, others)| own == others);
        let one_address = self.mail.is_some() && self.mail == other.mail;
        match self.births(other) {
            Births::Differ => Tie::Two,
            _ if self.is_nameless(other) => one_if(one_employer),
            Births::Slip => one_if(names.is_whole()),
            Births::Same => one_if(!names.is_none()),
            Births::Unstated if names.is_whole() || (one_address && !names.is_none()) => Tie::One,
            Births::Unstated if names.is_open() => Tie::Perhaps,
            Births::Unstated if names.given == Part::Agrees && one_employer => Tie::Perhaps,
            Births::Unstated => Tie::Two,
        }
    }

    /// How two rows with one address stand. An address that several have passes from one to the next, and then
    /// says nothing of two with numbers of their own.
    pub fn tie_by_mail(&self, other: &Self, is_shared: bool) -> Tie {
        let names = self.likeness(other);
        if self.is_outside() || other.is_outside() {
            return self.tie_outside(other);
        }
        let keyless = self.is_keyless() || other.is_keyless();
        match self.births(other) {
            Births::Differ => Tie::Two,
            _ if self.is_nameless(other) => one_if(keyless),
            Births::Slip => one_if(names.is_whole()),
            Births::Same => one_if(!names.is_none()),
            Births::Unstated if names.is_whole() => one_if(keyless || !is_shared),
            Births::Unstated if names.is_open() && keyless => Tie::Perhaps,
            Births::Unstated if names.given == Part::Agrees && (keyless || self.address_spells_given(other)) => {
                Tie::Perhaps
            }
            Births::Unstated => Tie::Two,
        }
    }

    /// Beside payroll only the very same name joins.
    fn tie_outside(&self, other: &Self) -> Tie {
        one_if(self.name == other.name && matches!(self.births(other), Births::Same | Births::Unstated))
    }

    /// Whether the address is made of a given name that both have, as one kept through a change of surname is.
    fn address_spells_given(&self, other: &Self) -> bool {
        /// A shorter word stands in many addresses by chance.
        const SHORTEST: usize = 3;
        let local = self.mail.as_deref().and_then(|mail| mail.split('@').next()).map(fold_word).unwrap_or_default();
        let others = &other.row.tokens.given;
        self.row.tokens.given.iter().any(|word| word.len() >= SHORTEST && others.contains(word) && local.contains(word))
    }
}

fn one_if(is_one: bool) -> Tie {
    if is_one { Tie::One } else { Tie::Two }
}
