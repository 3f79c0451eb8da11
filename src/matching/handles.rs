//! Addresses, account names and ids compared: payroll's own, and what directories lend.
//!
//! An address and an account name are made from the name, so they are weighed by what they add beyond it: how much
//! likelier this very one is for this person than for someone outside *with the name stated*. And what is lent lifts
//! an account at most to the odds of the link it was lent by: were that link wrong, the name that agrees here would
//! have agreed there as well.

use super::account_record::{AccountRecord, Mail, NameSource};
use super::bridge::LoanKind;
use super::compare::Comparer;
use super::evidence::{EvidenceField, Level};
use super::handle::Handle;
use super::population::{Holder, Lent, PersonMail, PersonRecord, domain};
use super::record_pair::Agreement;
use super::shares::IN_FILES;
use crate::model::PersonIx;
use foldhash::HashMap;
use libm::log2;

/// Everyday account names of one system with their holders, where these are sure.
pub type EverydayNames = HashMap<String, Holder>;

/// Of people outside whose name would make it, the share whose address or account name is one that an
/// employee has now: handed on, or made again.
pub const HANDED_ON: f64 = 0.02;

/// Of people outside whose stated name would not make it: a successor who took over the account.
const TAKEN_OVER: f64 = 0.005;

/// Of people outside with no name stated.
const UNNAMED: f64 = 0.05;

/// Of accounts outside, those with an id that is an employee's: a slip of whoever typed it.
const ID_OF_ANOTHER: f64 = 0.001;

/// An account name or id that is known to be someone else's: eight times less likely than one not known.
const SOMEONE_ELSES: f64 = -3.0;

/// Namesakes elsewhere in the country whose address begins alike.
const SAME_LOCAL: f64 = 0.3;

/// Adds what addresses, account names and ids say. `of_name` is what name and unit weigh.
pub fn add(
    comparer: &Comparer<'_>,
    record: &AccountRecord<'_>,
    ix: PersonIx,
    of_name: f64,
    vector: &mut Vec<Agreement>,
) {
    let person = comparer.population.person(ix);
    let mut pair = Handles { comparer, record, person, ix, of_name };
    let user_name = pair.user_name();
    vector.extend(user_name);
    let email = pair.email();
    vector.extend(email);
    for kind in [LoanKind::HsaId, LoanKind::ObjectId, LoanKind::EmployeeNumber] {
        let id = pair.lent_id(kind);
        vector.extend(id);
    }
}

/// One account beside one person.
struct Handles<'a, 't> {
    comparer: &'a Comparer<'a>,
    record: &'a AccountRecord<'t>,
    person: &'a PersonRecord,
    ix: PersonIx,
    /// What name, unit and loans weigh so far: all of it may be the doing of one namesake.
    of_name: f64,
}

impl Handles<'_, '_> {
    fn lent(&self, kind: LoanKind) -> impl Iterator<Item = &Lent> {
        self.person.lent_to(self.comparer.system, kind)
    }

    /// Takes of a loan's weight what the link it comes from can bear.
    fn bounded(&mut self, full: f64, field: EvidenceField, doubt: f64) -> Agreement {
        let level = self.comparer.shares.bits(field, Level::Exact);
        let bearable = log2(self.comparer.persons()) + log2((1.0 - doubt) / doubt) - log2(IN_FILES / (1.0 - IN_FILES));
        let base = full.min(bearable - self.of_name - level).max(-level);
        self.of_name += base + level;
        Agreement::new(field, Level::Exact, base)
    }

    /// The address: payroll's, else one lent; else one that begins alike elsewhere; else another in a domain where
    /// everyone has one of their own.
    fn email(&mut self) -> Option<Agreement> {
        let mails = &self.record.mails;
        let equal = |own: &PersonMail| mails.iter().any(|mail| mail.whole == own.whole);
        if let Some(own) = self.person.mails.iter().find(|own| equal(own)) {
            let base = self.beyond_the_name(&own.local);
            return Some(Agreement::new(EvidenceField::Email, Level::Exact, base));
        }
        let best = self.lent(LoanKind::Mail).filter(|lent| equal(&lent.value)).min_by(by_doubt);
        if let Some((full, doubt)) = best.map(|lent| (self.beyond_the_name(&lent.value.local), lent.doubt)) {
            return Some(self.bounded(full, EvidenceField::DirectoryEmail, doubt));
        }
        let lent = self.lent(LoanKind::Mail).map(|lent| (EvidenceField::DirectoryEmail, &lent.value));
        let known = self.person.mails.iter().map(|own| (EvidenceField::Email, own)).chain(lent);
        let known: Vec<(EvidenceField, &PersonMail)> = known.collect();
        self.address_elsewhere(&known).or_else(|| self.another_address(&known))
    }

    fn address_elsewhere(&self, known: &[(EvidenceField, &PersonMail)]) -> Option<Agreement> {
        let alike = |own: &PersonMail, mail: &Mail| !mail.is_own && mail.local() == own.local.whole;
        let found = known.iter().find(|(_, own)| self.record.mails.iter().any(|mail| alike(own, mail)));
        let (field, own) = *found?;
        let fits = self.record.name.forms().can_make(&own.local);
        let by_chance = if fits { SAME_LOCAL } else { UNNAMED / self.comparer.persons() };
        Some(Agreement::new(field, Level::Partial, -log2(by_chance)))
    }

    /// Everyone has an address of their own in the employer's domains; a private one says nothing.
    fn another_address(&self, known: &[(EvidenceField, &PersonMail)]) -> Option<Agreement> {
        let same_domain = |own: &PersonMail, mail: &Mail| mail.is_own && domain(&own.whole) == domain(&mail.whole);
        let differs = |own: &PersonMail| self.record.mails.iter().any(|mail| same_domain(own, mail));
        let (field, _) = *known.iter().find(|(_, own)| differs(own))?;
        Some(Agreement::new(field, Level::Differs, 0.0))
    }

    /// The account name against those known of the person: payroll's, the directory's, and for an account for
    /// administration the everyday one it is made from.
    fn user_name(&mut self) -> Option<Agreement> {
        let field = EvidenceField::UserName;
        if let Some(agreement) = self.everyday_name() {
            return Some(agreement);
        }
        let handles = self.record.account_names.iter().chain(&self.record.everyday);
        let payroll = |handle: &&Handle| self.person.user_name.as_ref() == Some(&handle.whole);
        if let Some(handle) = handles.clone().find(payroll) {
            return Some(Agreement::new(field, Level::Exact, self.beyond_the_name(handle)));
        }
        let of = |lent: &Lent| handles.clone().find(|handle| handle.whole == lent.value.whole);
        let best = self.lent(LoanKind::AccountName).filter_map(|lent| Some((lent, of(lent)?)));
        let best = best.min_by(|(a, _), (b, _)| by_doubt(a, b));
        if let Some((full, doubt)) = best.map(|(lent, handle)| (self.beyond_the_name(handle), lent.doubt)) {
            return Some(self.bounded(full, field, doubt));
        }
        let has_another = self.person.user_name.is_some() || self.lent(LoanKind::AccountName).next().is_some();
        let someone_elses = handles.clone().any(|handle| self.is_known(LoanKind::AccountName, &handle.whole));
        let base = if someone_elses { SOMEONE_ELSES } else { 0.0 };
        has_another.then_some(Agreement::new(field, Level::Differs, base))
    }

    /// Whether an account for administration is made from the person's everyday account in this very system.
    fn everyday_name(&self) -> Option<Agreement> {
        let handle = self.record.everyday.as_ref()?;
        let Holder::Person(holder) = *self.comparer.everyday.get(&handle.whole)? else { return None };
        let field = EvidenceField::UserName;
        if holder == self.ix {
            return Some(Agreement::new(field, Level::Exact, self.beyond_the_name(handle)));
        }
        Some(Agreement::new(field, Level::Differs, SOMEONE_ELSES))
    }

    /// An id that a directory lends.
    fn lent_id(&mut self, kind: LoanKind) -> Option<Agreement> {
        let record = self.record;
        let claimed = match kind {
            LoanKind::HsaId => record.hsa_id.as_slice(),
            LoanKind::ObjectId => &record.object_ids,
            _ => record.employee_number.as_slice(),
        };
        if claimed.is_empty() {
            return None;
        }
        let best = self.lent(kind).filter(|lent| claimed.contains(&lent.value.whole)).min_by(by_doubt);
        if let Some(doubt) = best.map(|lent| lent.doubt) {
            let full = -log2(ID_OF_ANOTHER / self.comparer.persons());
            return Some(self.bounded(full, kind.field(), doubt));
        }
        self.lent(kind).next()?;
        let base = if claimed.iter().any(|id| self.is_known(kind, id)) { SOMEONE_ELSES } else { 0.0 };
        Some(Agreement::new(kind.field(), Level::Differs, base))
    }

    fn is_known(&self, kind: LoanKind, value: &str) -> bool {
        self.comparer.population.is_lent(kind, value, self.comparer.system)
    }

    /// −log2 of how likely someone outside with the stated name has this very handle.
    fn beyond_the_name(&self, handle: &Handle) -> f64 {
        let record = self.record;
        let by_chance = if record.name.is_absent() {
            UNNAMED / self.comparer.persons()
        } else if record.source == NameSource::Handle || record.name.forms().can_make(handle) {
            HANDED_ON
        } else {
            TAKEN_OVER / self.comparer.persons()
        };
        -log2(by_chance)
    }
}

fn by_doubt(a: &&Lent, b: &&Lent) -> std::cmp::Ordering {
    a.doubt.total_cmp(&b.doubt)
}
