//! What an account says of its holder, made ready for comparison.

use super::handle::{Handle, everyday_part, local_part, own_part};
use super::known_domains::KnownDomains;
use super::name_texts::{Name, NameReading, NameTexts};
use super::places::{FiledUnder, PlaceClaim};
use super::population::Population;
use super::words::{Naming, Word};
use crate::ingest::Export;
use crate::model::{Account, AccountIx, BrokenNumber, PersonalNumber, StatedBirth, Strings, object_key};
use crate::roster::{employee_key, mail_key};
use chrono::NaiveDate;

/// Where the name came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameSource {
    /// Columns of its own.
    Columns,
    /// The e-mail or the account name, which then say nothing more.
    Handle,
}

/// An address, made ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// As compared.
    pub whole: String,
    /// Whether it is of the employer's own domain, where everyone has one of their own.
    pub is_own: bool,
}

impl Mail {
    /// What stands before its `@`.
    pub fn local(&self) -> &str {
        own_part(&self.whole)
    }
}

/// Keys of an account, and the parts of its names that say whose it is.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Personal number; also one that is the account's name.
    pub personal_number: Option<PersonalNumber>,
    /// A personal number that is wrong by a slip, where none is right.
    pub broken_number: Option<BrokenNumber>,
    /// Birth date.
    pub birth_date: Option<StatedBirth>,
    /// The day the account was made.
    pub made: Option<NaiveDate>,
    /// Employee number as compared.
    pub employee_number: Option<String>,
    /// HSA-id as compared.
    pub hsa_id: Option<String>,
    /// Object id as compared.
    pub object_ids: Vec<String>,
    /// E-mail and user principal name.
    pub mails: Vec<Mail>,
    /// The account's own name and a user name beside it, as compared.
    pub handles: Vec<Handle>,
    /// Those of them that can be an account name elsewhere: what stands before the `@` of another organisation's
    /// address is none.
    pub account_names: Vec<Handle>,
    /// Whether its own name is one of these, or no address is known of people here, by which to tell.
    pub is_named_here: bool,
    /// The everyday name an account for administration was made from.
    pub everyday: Option<Handle>,
    /// Units and departments of payroll that it may be filed under.
    pub places: Vec<PlaceClaim>,
}

impl Keys {
    /// Gathers the keys of an account.
    pub fn new(
        (account, ix): (&Account, AccountIx),
        export: &Export,
        (filed, domains): (&FiledUnder, &KnownDomains),
        population: &Population,
    ) -> Self {
        let strings = &export.strings;
        let text = |sym| strings.maybe(sym);
        let names: Vec<&str> = std::iter::once(strings.text(account.name)).chain(text(account.user_name)).collect();
        let handles: Vec<Handle> = names.iter().map(|name| Handle::new(local_part(name))).collect();
        let account_names = names.iter().zip(&handles).filter(|(name, _)| domains.may_hold(name, population));
        let own = &handles[0].whole;
        let personal_number = account.personal_number.or_else(|| number_in(own, export.tested_day));
        Self {
            personal_number,
            broken_number: if personal_number.is_none() { broken_number(ix, export) } else { None },
            birth_date: account.birth_date,
            made: account.created,
            employee_number: text(account.employee_number).map(employee_key).filter(|key| !key.is_empty()),
            hsa_id: text(account.hsa_id).map(str::to_lowercase),
            object_ids: object_ids(account, export),
            mails: mails(account, export, population),
            everyday: everyday_part(own).map(Handle::new),
            is_named_here: !population.has_own_domain() || domains.may_hold(names[0], population),
            account_names: account_names.map(|(_, handle)| handle.clone()).collect(),
            handles,
            places: filed.of(account),
        }
    }

    /// A name that an address or the account name spells out: `anna.lind`. What says which kind of account it is, is no
    /// name: `adm_annlin01` is called nothing.
    pub fn spelt_name(&self) -> Option<String> {
        let addresses = self.mails.iter().map(|mail| Handle::new(mail.local()));
        addresses.chain(self.handles.iter().cloned()).find_map(|handle| {
            let words: Vec<&str> = handle.words()?.into_iter().filter(|word| !Word::of(word).is_kind()).collect();
            (words.len() >= 2).then(|| words.join(" "))
        })
    }
}

/// Every object id of an account.
fn object_ids(account: &Account, export: &Export) -> Vec<String> {
    let own = export.strings.maybe(account.guid).into_iter().chain(export.strings.texts(account.more_ids));
    let mut ids: Vec<String> = own.map(object_key).filter(|id| !id.is_empty()).collect();
    ids.dedup();
    ids
}

/// Every address of an account, its name too where that is one.
fn mails(account: &Account, export: &Export, population: &Population) -> Vec<Mail> {
    let own = [account.email, account.upn, Some(account.name)].into_iter().flatten();
    let mut mails: Vec<Mail> = Vec::new();
    for sym in own.chain(export.strings.list(account.more_mails).iter().copied()) {
        let whole = mail_key(export.strings.text(sym));
        if whole.contains('@') && !mails.iter().any(|known| known.whole == whole) {
            mails.push(Mail { is_own: population.is_own_domain(&whole), whole });
        }
    }
    mails
}

/// The first number of an account that is wrong by a slip.
fn broken_number(ix: AccountIx, export: &Export) -> Option<BrokenNumber> {
    let written = export.beside.broken_numbers_of(ix).map(|sym| export.strings.text(sym));
    written.filter_map(|text| BrokenNumber::read(text, export.tested_day)).next()
}

/// The personal number that an account name is.
fn number_in(local: &str, day: NaiveDate) -> Option<PersonalNumber> {
    let digits = local.bytes().filter(u8::is_ascii_digit).count();
    if digits < 10 {
        return None;
    }
    let reading = PersonalNumber::read(local, None, day).ok()?;
    (!reading.zeros_restored).then_some(reading.number)
}

/// What an account says.
#[derive(Clone, Debug)]
pub struct AccountRecord<'t> {
    keys: Keys,
    /// The name.
    pub name: Name<'t>,
    /// Where it came from.
    pub source: NameSource,
    /// Other forms of the name that its rows and columns hold.
    pub other_names: Vec<Name<'t>>,
}

impl std::ops::Deref for AccountRecord<'_> {
    type Target = Keys;

    fn deref(&self) -> &Keys {
        &self.keys
    }
}

impl<'t> AccountRecord<'t> {
    /// Puts keys and name together. `place` is where the account stands among those the texts were read from.
    pub fn new(keys: Keys, (account, strings): (&Account, &Strings), texts: &'t NameTexts, place: usize) -> Self {
        let stated = texts.stated(account);
        if stated.is_absent() {
            return Self { keys, name: texts.spelt(place), source: NameSource::Handle, other_names: Vec::new() };
        }
        let mut other_names = texts.others(account, strings);
        other_names.extend(Some(texts.spelt(place)).filter(|spelt| texts.spells_out(*spelt, stated)));
        Self { keys, name: stated, source: NameSource::Columns, other_names }
    }

    /// Every way to read its names, the first of the name it states.
    pub fn readings(&self, texts: &'t NameTexts) -> Vec<NameReading<'t>> {
        std::iter::once(self.name)
            .chain(self.other_names.iter().copied())
            .flat_map(|name| texts.readings(name))
            .collect()
    }

    /// What the account is called. One that carries personal data is somebody's, whatever it is called.
    pub fn naming(&self, account: &Account, texts: &NameTexts) -> Naming {
        if self.has_number() {
            return Naming::Person;
        }
        let names = std::iter::once(self.name).chain(self.other_names.iter().copied());
        names
            .map(|name| texts.naming(name))
            .find(|naming| *naming != Naming::Nothing)
            .unwrap_or_else(|| texts.naming_of_part(account))
    }

    /// Whether it states a number of its holder, or the birth date.
    pub fn has_number(&self) -> bool {
        self.personal_number.is_some()
            || self.employee_number.is_some()
            || self.hsa_id.is_some()
            || self.birth_date.is_some()
            || self.broken_number.is_some()
    }

    /// The same account without its numbers, for measuring how well the rest tells whose it is.
    pub fn without_numbers(&self) -> Self {
        let none = Keys {
            personal_number: None,
            broken_number: None,
            birth_date: None,
            employee_number: None,
            hsa_id: None,
            ..self.keys.clone()
        };
        Self { keys: none, ..self.clone() }
    }
}
