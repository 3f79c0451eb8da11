//! What joins payroll to systems that hold nothing of it: everything given once that stands beside a known holder.
//!
//! Payroll holds a personal number and perhaps an employee number, and a cloud system nothing but an address. What
//! joins them stands in the directory: its account names, user principal names, addresses and ids are lent to the
//! person each of its accounts is linked to, and serve the systems matched after it. Accounts of any system that a
//! number links lend the addresses and the names that stand there. A loan is evidence like any other, and worth no
//! more than the link it comes from: its [`Loan::doubt`]. No system is lent what it lent itself.

use super::SystemMatches;
use super::evidence::EvidenceField;
use super::handle::local_part;
use crate::ingest::{Delivery, Export};
use crate::model::{Account, NameTokens, PersonIx, Spelling, Strings, object_key};
use crate::roster::{Roster, employee_key, mail_key};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A system's place in the configuration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SystemIx(pub usize);

/// What is given once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LoanKind {
    /// The name of an account, as compared.
    AccountName,
    /// An address: e-mail, user principal name or proxy address.
    Mail,
    /// Identifier in the HSA directory.
    HsaId,
    /// Object id in a directory.
    ObjectId,
    /// Employee number, where payroll holds none of the person.
    EmployeeNumber,
}

impl LoanKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::AccountName, Self::Mail, Self::HsaId, Self::ObjectId, Self::EmployeeNumber];

    /// The field it is evidence in.
    pub fn field(self) -> EvidenceField {
        match self {
            Self::AccountName => EvidenceField::UserName,
            Self::Mail => EvidenceField::DirectoryEmail,
            Self::HsaId => EvidenceField::DirectoryHsaId,
            Self::ObjectId => EvidenceField::ObjectId,
            Self::EmployeeNumber => EvidenceField::DirectoryNumber,
        }
    }
}

/// Something that a system says a person has.
#[derive(Clone, Debug, PartialEq)]
pub struct Loan {
    /// What it is.
    pub kind: LoanKind,
    /// The value as compared.
    pub value: String,
    /// Whose, where the link is sure; of an account that was not linked it is known that somebody has it.
    pub holder: Option<PersonIx>,
    /// How likely the link it comes from is wrong.
    pub doubt: f64,
    /// Who lends it.
    pub source: SystemIx,
}

/// A name that a system calls a person by, beside payroll's.
#[derive(Clone, Debug, PartialEq)]
pub struct LentName {
    /// Who is called so.
    pub holder: PersonIx,
    /// The name.
    pub tokens: NameTokens,
    /// Who says it.
    pub source: SystemIx,
}

/// No link is surer than this: of a number and a name that agree, about one in a million is still another's.
const LEAST_DOUBT: f64 = 1e-6;

/// A number that agrees with the whole name is a slip that hit a namesake: one in a hundred thousand. With the given
/// name alone, one number in a thousand is somebody else's and one person in fifty is called so.
const DOUBT_NAMED: f64 = 1e-5;
const DOUBT_RENAMED: f64 = 2e-5;

/// How likely the link is wrong, at the most, by which a directory lends a name: that of a spouse with the same address
/// must not become the holder's.
const SURE_OF_NAMES: f64 = 1e-4;

/// Everything lent so far, in an order that does not depend on that of the systems.
#[derive(Clone, Debug, Default)]
pub struct Loans {
    /// What is given once.
    pub given: Vec<Loan>,
    /// Names.
    pub names: Vec<LentName>,
}

impl Loans {
    /// What accounts lend that a number of payroll's links, before anything is matched: addresses and names, and
    /// account names where the system shares those of the others. The name has to agree, in its given name at least.
    pub fn of_numbered(deliveries: &[Delivery], roster: &Roster) -> Self {
        let of_system = |(place, delivery): (usize, &Delivery)| {
            let mut own = Self::default();
            let export = delivery.export()?;
            for account in export.accounts.iter().filter(|account| account.excluded_by.is_none()) {
                own.add_numbered(account, &export.strings, SystemIx(place), roster);
            }
            Some(own)
        };
        let found: Vec<Self> = deliveries.par_iter().enumerate().filter_map(of_system).collect();
        let mut loans = Self::default();
        for own in found {
            loans.given.extend(own.given);
            loans.names.extend(own.names);
        }
        loans.keep_shared_account_names();
        loans.settle();
        loans
    }

    /// Keeps the account names of systems that call the same persons the same: where a name that two systems have is
    /// another person's in one of fifty, each hands out names of its own.
    fn keep_shared_account_names(&mut self) {
        const LEAST: u32 = 10;
        const MOST_OTHERS_IN: u32 = 50;
        let mut holders: BTreeMap<&str, Vec<&Loan>> = BTreeMap::new();
        for loan in self.given.iter().filter(|loan| loan.kind == LoanKind::AccountName) {
            holders.entry(&loan.value).or_default().push(loan);
        }
        let mut met: BTreeMap<SystemIx, (u32, u32)> = BTreeMap::new();
        for loans in holders.values() {
            for loan in loans {
                let elsewhere = loans.iter().filter(|other| other.source != loan.source);
                let (same, other): (Vec<&&Loan>, Vec<&&Loan>) =
                    elsewhere.partition(|other| other.holder == loan.holder);
                let own = met.entry(loan.source).or_default();
                own.0 += u32::from(!same.is_empty());
                own.1 += u32::from(!other.is_empty());
            }
        }
        let shares = |system: SystemIx| {
            met.get(&system).is_some_and(|(same, other)| *same >= LEAST && *other * MOST_OTHERS_IN <= *same)
        };
        self.given.retain(|loan| loan.kind != LoanKind::AccountName || shares(loan.source));
    }

    fn add_numbered(&mut self, account: &Account, strings: &Strings, source: SystemIx, roster: &Roster) {
        let Some(holder) = numbered_holder(account, strings, roster) else { return };
        let doubt = match self.add_name(account, strings, (holder, source), roster) {
            NameAgreement::Whole => DOUBT_NAMED,
            NameAgreement::GivenOnly => DOUBT_RENAMED,
            NameAgreement::None => return,
        };
        let facts = facts(account, strings).into_iter();
        let lent = facts.filter(|(kind, _)| matches!(kind, LoanKind::Mail | LoanKind::AccountName));
        self.given.extend(lent.map(|(kind, value)| Loan { kind, value, holder: Some(holder), doubt, source }));
    }

    /// Adds the name that an account states to those its holder is known by, where the given name is the holder's.
    fn add_name(
        &mut self,
        account: &Account,
        strings: &Strings,
        (holder, source): (PersonIx, SystemIx),
        roster: &Roster,
    ) -> NameAgreement {
        let Some(name) = stated_name(account, strings) else { return NameAgreement::None };
        let agreement = agreement(&name, roster, holder);
        let person = roster.person(holder);
        let mut known = std::iter::once(&person.tokens).chain(&person.other_names);
        if agreement != NameAgreement::None && !known.any(|known| holds(known, &name)) {
            self.names.push(LentName { holder, tokens: name, source });
        }
        agreement
    }

    /// Adds what a directory that has been matched lends: everything given once, of each account its holder; and the
    /// names its accounts state, where the link is sure and the given name is the holder's.
    pub fn add_directory(&mut self, export: &Export, matches: &SystemMatches, source: SystemIx, roster: &Roster) {
        for (account, matched) in export.accounts.iter().zip(&matches.matches) {
            if account.excluded_by.is_some() {
                continue;
            }
            let holder = matched.person();
            let doubt = if holder.is_some() { (1.0 - matched.probability()).max(LEAST_DOUBT) } else { 1.0 };
            if let Some(holder) = holder.filter(|_| doubt <= SURE_OF_NAMES) {
                self.add_name(account, &export.strings, (holder, source), roster);
            }
            let knows_number = holder.is_none_or(|ix| !roster.person(ix).numbers_shown().is_empty());
            let facts = facts(account, &export.strings);
            let lent = facts.into_iter().filter(|(kind, _)| *kind != LoanKind::EmployeeNumber || !knows_number);
            self.given.extend(lent.map(|(kind, value)| Loan { kind, value, holder, doubt, source }));
        }
        self.settle();
    }

    /// Puts loans in order, each once; of what one system lends a person twice the surer counts. Of many systems that
    /// lend a person the same the two surest are kept: no system is lent what it lent itself, and then it has the other.
    fn settle(&mut self) {
        let given = |loan: &Loan| (loan.kind, loan.holder);
        let by_value = |a: &Loan, b: &Loan| a.value.cmp(&b.value).then(given(a).cmp(&given(b)));
        let surer = |a: &Loan, b: &Loan| a.doubt.total_cmp(&b.doubt).then(a.source.cmp(&b.source));
        self.given.sort_by(|a, b| by_value(a, b).then(surer(a, b)));
        let two_surest = |same: &[Loan]| {
            let second = same.iter().position(|loan| loan.source != same[0].source);
            (0..same.len()).map(move |at| at == 0 || Some(at) == second)
        };
        let kept: Vec<bool> = self.given.chunk_by(|a, b| by_value(a, b).is_eq()).flat_map(two_surest).collect();
        let mut kept = kept.into_iter();
        self.given.retain(|_| kept.next().unwrap_or(true));
        self.given.shrink_to_fit();
        let words = |name: &LentName| (name.tokens.given.clone(), name.tokens.surname.clone());
        self.names.sort_by_cached_key(|name| (name.holder, words(name), name.source));
        self.names.dedup();
    }

    /// The names lent to each person.
    pub fn names_of(&self) -> BTreeMap<PersonIx, Vec<&LentName>> {
        let mut names: BTreeMap<PersonIx, Vec<&LentName>> = BTreeMap::new();
        for name in &self.names {
            names.entry(name.holder).or_default().push(name);
        }
        names
    }
}

/// The one person a number of payroll's leads to.
fn numbered_holder(account: &Account, strings: &Strings, roster: &Roster) -> Option<PersonIx> {
    let index = roster.index();
    let only = |found: &[PersonIx]| if let [one] = found { Some(*one) } else { None };
    let by_number = account.personal_number.and_then(|number| index.by_number(number));
    let by_employee = || only(index.by_employee(&employee_key(strings.maybe(account.employee_number)?)));
    let by_hsa_id = || only(index.by_hsa_id(&strings.maybe(account.hsa_id)?.to_lowercase()));
    let holder = by_number.or_else(by_employee).or_else(by_hsa_id)?;
    // A number of payroll's that is another's beside it denies the holder.
    let denied = account
        .personal_number
        .is_some_and(|number| roster.person(holder).personal_number.is_some_and(|own| own != number));
    (!denied).then_some(holder)
}

fn stated_name(account: &Account, strings: &Strings) -> Option<NameTokens> {
    let text = |sym| strings.maybe(sym);
    let name = match (text(account.given_name), text(account.surname)) {
        (Some(given), Some(surname)) => NameTokens::apart(given, "", surname),
        _ => NameTokens::whole(text(account.whole_name)?),
    };
    (!name.is_empty()).then_some(name)
}

/// How far a stated name is a person's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NameAgreement {
    Whole,
    GivenOnly,
    None,
}

fn agreement(name: &NameTokens, roster: &Roster, holder: PersonIx) -> NameAgreement {
    let person = roster.person(holder);
    let shared = |own: &[String], stated: &[String]| own.iter().any(|word| word.len() > 1 && stated.contains(word));
    // Under another surname Ann-Britt is not Ann-Sofie.
    let lacks = |own: &[String], others: &[String]| own.iter().any(|word| word.len() > 1 && !others.contains(word));
    let is_another = |own: &[String], stated: &[String]| {
        name.spelling == Spelling::Apart && lacks(own, stated) && lacks(stated, own)
    };
    let mut best = NameAgreement::None;
    for known in std::iter::once(&person.tokens).chain(&person.other_names) {
        if shared(&known.given, &name.given) {
            if shared(&known.surname, &name.surname) {
                return NameAgreement::Whole;
            }
            if !is_another(&known.given, &name.given) {
                best = NameAgreement::GivenOnly;
            }
        }
    }
    best
}

/// Whether a known name holds every word of another.
fn holds(known: &NameTokens, name: &NameTokens) -> bool {
    let has = |word: &String| known.given.contains(word) || known.surname.contains(word);
    name.given.iter().chain(&name.surname).all(has)
}

/// Every address of an account, as compared.
fn addresses<'s>(account: &'s Account, strings: &'s Strings) -> impl Iterator<Item = String> + 's {
    let all =
        [account.email, account.upn].into_iter().flatten().chain(strings.list(account.more_mails).iter().copied());
    all.map(|sym| mail_key(strings.text(sym))).filter(|mail| mail.contains('@'))
}

/// Everything an account has that is given once.
fn facts(account: &Account, strings: &Strings) -> Vec<(LoanKind, String)> {
    let text = |sym| strings.maybe(sym);
    let name = local_part(strings.text(account.name));
    let mut facts = vec![(LoanKind::AccountName, name)];
    facts.extend(text(account.user_name).map(|name| (LoanKind::AccountName, local_part(name))));
    facts.extend(text(account.upn).map(|name| (LoanKind::AccountName, local_part(name))));
    facts.extend(addresses(account, strings).map(|mail| (LoanKind::Mail, mail)));
    facts.extend(text(account.hsa_id).map(|id| (LoanKind::HsaId, id.to_lowercase())));
    let ids = text(account.guid).into_iter().chain(strings.texts(account.more_ids));
    facts.extend(ids.map(|id| (LoanKind::ObjectId, object_key(id))));
    facts.extend(text(account.employee_number).map(|number| (LoanKind::EmployeeNumber, employee_key(number))));
    facts.retain(|(_, value)| !value.is_empty());
    facts
}
