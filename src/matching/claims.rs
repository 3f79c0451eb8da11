//! What an account says of its holder, made ready for comparison.

use super::handle::{Handle, NameForms, everyday_part, local_part};
use super::names::{Kind, WordReading, read_word};
use super::population::{PlaceIx, Population};
use crate::model::{Account, NameTokens, PersonalNumber, Spelling, Strings, fold};
use crate::roster::{employee_key, mail_key};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::HashMap;

/// A distinct word of the names of one export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WordIx(u32);

/// How likely an account of someone outside is filed under each place by chance: as often as others of its
/// system, or as staff at large, whichever is more. In a system of one department its units say little.
#[derive(Debug)]
pub struct PlaceShares<'p> {
    population: &'p Population,
    counts: HashMap<PlaceIx, u32>,
    filed: u32,
}

impl<'p> PlaceShares<'p> {
    /// Counts over a system's accounts.
    pub fn new(claims: &[Claims], population: &'p Population) -> Self {
        let mut shares = Self { population, counts: HashMap::new(), filed: 0 };
        for claim in claims.iter().filter(|claim| !claim.places.is_empty()) {
            shares.filed += 1;
            for place in &claim.places {
                *shares.counts.entry(*place).or_default() += 1;
            }
        }
        shares
    }

    /// The share of a place, never 0.
    pub fn of(&self, place: PlaceIx) -> f64 {
        let own = self.counts.get(&place).copied().unwrap_or(0);
        let here = (f64::from(own) + 1.0) / (f64::from(self.filed) + 1.0);
        here.max(self.population.place_share(place))
    }
}

/// Where the name came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameSource {
    /// Columns of its own.
    Columns,
    /// The e-mail or the account name, which then say nothing more.
    Handle,
}

/// What an account says.
#[derive(Clone, Debug)]
pub struct Claims {
    /// Personal number; also one that is the account's name.
    pub personal_number: Option<PersonalNumber>,
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// Employee number as compared.
    pub employee_number: Option<String>,
    /// HSA-id as compared.
    pub hsa_id: Option<String>,
    /// E-mail and user principal name as compared.
    pub mails: Vec<String>,
    /// The account's own name and a user name beside it, as compared.
    pub handles: Vec<Handle>,
    /// The everyday name an account for administration was made from.
    pub everyday: Option<Handle>,
    /// The name as words.
    pub name: NameTokens,
    /// Where it came from.
    pub source: NameSource,
    /// The name as account names are made from it.
    pub forms: NameForms,
    /// Units and departments that payroll knows.
    pub places: Vec<PlaceIx>,
}

/// Words of a name that are looked at.
const MOST_WORDS: usize = 8;

impl Claims {
    /// Gathers what an account says. `day` settles the century of numbers written short.
    pub fn new(account: &Account, strings: &Strings, population: &Population, day: NaiveDate) -> Self {
        let text = |sym| strings.maybe(sym);
        let mut mails: Vec<String> = [account.email, account.upn].into_iter().filter_map(text).map(mail_key).collect();
        mails.dedup();
        let own = local_part(strings.text(account.name));
        let as_number = || PersonalNumber::read(&own, None, day).ok().filter(|reading| !reading.zeros_restored);
        let mut handles = vec![Handle::new(&own)];
        handles.extend(text(account.user_name).map(|name| Handle::new(&local_part(name))));
        let places = [account.unit, account.department].into_iter().filter_map(text);
        let (name, forms, source) = name(account, strings, &mails, &handles);
        Self {
            personal_number: account.personal_number.or_else(|| as_number().map(|reading| reading.number)),
            birth_date: account.birth_date,
            employee_number: text(account.employee_number).map(employee_key).filter(|key| !key.is_empty()),
            hsa_id: text(account.hsa_id).map(str::to_lowercase),
            mails,
            everyday: everyday_part(&own).map(Handle::new),
            handles,
            name,
            source,
            forms,
            places: places.filter_map(|place| population.place(&fold(place))).collect(),
        }
    }

    /// Whether the account names its holder or carries a key of one.
    pub fn names_someone(&self) -> bool {
        let keyed = self.personal_number.is_some() || self.employee_number.is_some() || self.hsa_id.is_some();
        keyed || (self.source == NameSource::Columns && self.has_persons_name())
    }

    /// Whether the name is a person's: in columns of its own, or with a given name in it.
    fn has_persons_name(&self) -> bool {
        match self.name.spelling {
            Spelling::Apart => !self.name.given.is_empty() && !self.name.surname.is_empty(),
            Spelling::EitherOrder => {
                self.name.given.len() >= 2 && self.name.given.iter().any(|word| crate::model::is_given_name(word))
            }
        }
    }

    /// The same account without its numbers, for measuring how well the rest tells whose it is.
    pub fn without_numbers(&self) -> Self {
        Self { personal_number: None, birth_date: None, employee_number: None, hsa_id: None, ..self.clone() }
    }
}

/// The name by its columns, else by an address or account name such as `anna.lind`.
fn name(
    account: &Account,
    strings: &Strings,
    mails: &[String],
    handles: &[Handle],
) -> (NameTokens, NameForms, NameSource) {
    let columns = |tokens, forms| (tokens, forms, NameSource::Columns);
    match (strings.maybe(account.given_name), strings.maybe(account.surname)) {
        (Some(given), Some(surname)) => {
            return columns(NameTokens::apart(given, "", surname), NameForms::apart(given, surname));
        }
        (given, surname) => {
            if let Some(whole) = strings.maybe(account.whole_name).or(surname).or(given) {
                return columns(NameTokens::whole(whole), NameForms::whole(whole));
            }
        }
    }
    let addresses = mails.iter().map(|mail| Handle::new(&local_part(mail)));
    let spelt = addresses.chain(handles.iter().cloned()).find_map(|handle| Some(handle.words()?.join(" ")));
    let spelt = spelt.unwrap_or_default();
    (NameTokens::whole(&spelt), NameForms::whole(&spelt), NameSource::Handle)
}

/// Which of the readings of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As the columns or the comma say, or given name first.
    AsWritten,
    /// Given name and surname exchanged.
    Swapped,
}

/// One way to read a name: which words are given names and which surnames.
#[derive(Clone, Debug)]
pub struct NameReading {
    /// Given names.
    pub given: Vec<WordIx>,
    /// Surnames.
    pub surname: Vec<WordIx>,
    /// Which way.
    pub order: Order,
}

/// The distinct words of an export's names, each read once as a given name and once as a surname.
#[derive(Debug, Default)]
pub struct Words {
    given: Vec<WordReading>,
    surname: Vec<WordReading>,
}

impl Words {
    /// Reads the words of every account's name; returns with them the ways to read each name.
    pub fn read(claims: &[Claims], population: &Population) -> (Self, Vec<Vec<NameReading>>) {
        let mut known: HashMap<&str, WordIx> = HashMap::new();
        let mut words: Vec<&str> = Vec::new();
        for claim in claims {
            for word in claim.name.given.iter().chain(&claim.name.surname) {
                known.entry(word).or_insert_with(|| {
                    words.push(word);
                    // An export holds far fewer words than 2^32.
                    WordIx(u32::try_from(words.len() - 1).unwrap_or(u32::MAX))
                });
            }
        }
        let given = words.par_iter().map(|word| read_word(word, &population.given)).collect();
        let surname = words.par_iter().map(|word| read_word(word, &population.surname)).collect();
        let readings = claims.par_iter().map(|claim| readings(&claim.name, &known)).collect();
        (Self { given, surname }, readings)
    }

    /// A word read as a given name or as a surname.
    pub fn read_as(&self, kind: Kind, word: WordIx) -> &WordReading {
        match kind {
            Kind::Given => &self.given[word.0 as usize],
            Kind::Surname => &self.surname[word.0 as usize],
        }
    }

    /// How many distinct words there are.
    pub fn len(&self) -> usize {
        self.given.len()
    }
}

/// The ways to read a name, the likeliest first.
fn readings(name: &NameTokens, known: &HashMap<&str, WordIx>) -> Vec<NameReading> {
    let places = |words: &[String]| -> Vec<WordIx> {
        words.iter().take(MOST_WORDS).filter_map(|word| known.get(word.as_str()).copied()).collect()
    };
    let (given, surname) = (places(&name.given), places(&name.surname));
    let mut list = Vec::new();
    let mut add = |given: &[WordIx], surname: &[WordIx], order| {
        list.push(NameReading { given: given.to_vec(), surname: surname.to_vec(), order });
    };
    match name.spelling {
        Spelling::Apart => {
            add(&given, &surname, Order::AsWritten);
            add(&surname, &given, Order::Swapped);
        }
        Spelling::EitherOrder if given.len() == 1 => {
            add(&given, &[], Order::AsWritten);
            add(&[], &given, Order::AsWritten);
        }
        Spelling::EitherOrder => {
            for cut in 1..given.len() {
                add(&given[..cut], &given[cut..], Order::AsWritten);
            }
            for cut in 1..given.len() {
                add(&given[cut..], &given[..cut], Order::Swapped);
            }
        }
    }
    list
}
