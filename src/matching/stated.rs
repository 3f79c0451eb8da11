//! Whom owners named as the right holder of an account: somebody's word, with who gave it and when.
//!
//! It is evidence like any other: enough to link an account to a person by itself, and outweighed by a number that is
//! somebody else's. A name is looked for in payroll once, when the answer is read. From then on the person's id is
//! carried, so that neither a new namesake nor a changed name gives the account to another.
//!
//! On the row of an account that belongs to nobody in particular, a service or a shared one, somebody is named to answer
//! for it: that makes an owner, and never the person whose own account it is.

use super::evidence::{EvidenceField, Level};
use super::record_pair::{Agreement, RecordPair};
use super::shares::Shares;
use crate::config::Config;
use crate::history::{AccountNow, AccountThen, Came, Previous, Recalled, Recognition, Roll, traces};
use crate::ingest::{Delivery, Export};
use crate::model::{Account, AccountIx, AccountKey, NameKey, PersonIx, SystemId, object_key};
use crate::roster::{Resolution, Roster, Scope};
use crate::runfolder::{AnswerLine, StatedLine};
use chrono::NaiveDate;
use foldhash::HashMap;
use libm::log2;
use std::collections::BTreeMap;

/// How often an owner who names the holder names the wrong one: a namesake, a predecessor, a row read askew. No figures
/// are published; it is put as often as wrong and changed personal numbers in exports are seen.
const WRONG: f64 = 0.02;

/// What somebody was named as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedAs {
    /// The one whose account it is.
    Holder,
    /// The one who answers for an account that belongs to nobody in particular.
    Owner,
}

/// Who was named on the row of an account.
#[derive(Clone, Debug)]
pub struct StatedHolder {
    /// As written; the person's id where it was found in an earlier run.
    pub who: String,
    /// Who said so.
    pub by: Option<String>,
    /// When.
    pub on: Option<NaiveDate>,
    /// The person, where it is one person of the registers.
    pub person: Option<PersonIx>,
    /// As what.
    pub named_as: NamedAs,
}

impl StatedHolder {
    /// Whoever was named, in words that lead to that person alone where it is one person.
    fn reference(&self, roster: &Roster) -> String {
        match self.person {
            Some(person) if roster.resolve(&self.who) != Resolution::Person(person) => {
                let person = roster.person(person);
                person.employee_numbers.first().unwrap_or(&person.name).clone()
            }
            _ => self.who.clone(),
        }
    }
}

/// What was stated, by row as the run before knew it.
#[derive(Clone, Debug)]
pub struct StatedHolders {
    rows: BTreeMap<AccountKey, StatedHolder>,
    /// The key that accounts are known again by.
    names: NameKey,
}

impl StatedHolders {
    /// The last that was stated of each row. What was found before holds until something new is said.
    pub fn new(recalled: &Recalled, roster: &Roster, names: &NameKey) -> Self {
        let mut stated = BTreeMap::new();
        let mut take = |answers: &mut dyn Iterator<Item = &AnswerLine>| {
            for answer in answers {
                if let Some(who) = &answer.right_holder {
                    stated.insert(answer.row.clone(), written(who, answer, roster));
                }
            }
        };
        take(&mut recalled.answers_before());
        let links = known(recalled, roster);
        take(&mut recalled.answers_now());
        // An answer that was read today says something new; of earlier ones the id that it came to is surer.
        let now: Vec<&AccountKey> =
            recalled.answers_now().filter(|a| a.right_holder.is_some()).map(|a| &a.row).collect();
        for (row, link) in links {
            if !now.contains(&&row) {
                stated.insert(row, link);
            }
        }
        for (row, holder) in &mut stated {
            let then = recalled.previous.as_ref().and_then(|previous| previous.accounts.get(row));
            if then.is_some_and(AccountThen::needs_named_owner) {
                holder.named_as = NamedAs::Owner;
            }
        }
        Self { rows: stated, names: names.clone() }
    }

    /// Lets those who were named as owners answer for their accounts, unless the export names somebody by now who can.
    pub fn fill_in_owners(&self, deliveries: &mut [Delivery], recalled: &Recalled, setting: (&Config, &Roster)) {
        let (config, roster) = setting;
        let can_answer = |written: &str| match roster.resolve(written) {
            Resolution::Person(person) => roster.is_employed(person, Scope { companies: &[] }, config.review.as_of),
            Resolution::Post => true,
            Resolution::Several(_) | Resolution::Unknown => false,
        };
        for (delivery, system) in deliveries.iter_mut().zip(&config.systems) {
            let Delivery::Read(export) = delivery else { continue };
            for (AccountIx(at), owner) in self.named(NamedAs::Owner, &system.system.id, export, recalled) {
                let account = export.accounts[at as usize].owner;
                if !export.strings.maybe(account).is_some_and(can_answer) {
                    let owner = export.strings.add(&owner.reference(roster));
                    export.accounts[at as usize].owner = Some(owner);
                }
            }
        }
    }

    /// What was stated of a row.
    pub fn of(&self, row: &AccountKey) -> Option<&StatedHolder> {
        self.rows.get(row)
    }

    /// Everything that was stated.
    pub fn all(&self) -> impl Iterator<Item = (&AccountKey, &StatedHolder)> {
        self.rows.iter()
    }

    /// The stated holders of a system's accounts, as far as they are known persons.
    pub(super) fn in_system(&self, system: &SystemId, export: &Export, recalled: &Recalled) -> InSystem {
        let holders = self.named(NamedAs::Holder, system, export, recalled);
        InSystem(holders.into_iter().filter_map(|(ix, holder)| Some((ix, holder.person?))).collect())
    }

    /// Those of a system's accounts on whose rows somebody was named so. An account that was called something else then
    /// is known by what else tells it.
    fn named(
        &self,
        named_as: NamedAs,
        system: &SystemId,
        export: &Export,
        recalled: &Recalled,
    ) -> Vec<(AccountIx, &StatedHolder)> {
        if !self.rows.keys().any(|row| row.is_of(system)) {
            return Vec::new();
        }
        let Some(previous) = recalled.previous.as_ref() else { return Vec::new() };
        let recognised = recognised(previous, system, export, &self.names);
        let stated = |ix: AccountIx| {
            let now = now(system, export, &export.accounts[ix.0 as usize]);
            let row = previous.key_then(system, now, || recognised.then(ix).cloned())?;
            self.of(&row).filter(|own| own.named_as == named_as)
        };
        let all = (0u32..).map(AccountIx).take(export.accounts.len());
        all.filter_map(|ix| Some((ix, stated(ix)?))).collect()
    }
}

/// An account of today, of which nobody is known to be the holder yet.
fn now<'n>(system: &SystemId, export: &Export, account: &Account) -> AccountNow<'n> {
    let guid = export.strings.maybe(account.guid).map(object_key);
    AccountNow { key: AccountKey::new(system, &export.told_name(account)), guid, holder: None }
}

/// Which accounts were called something else in the run before.
fn recognised(previous: &Previous, system: &SystemId, export: &Export, names: &NameKey) -> Recognition {
    let text = |sym| export.strings.maybe(sym);
    let mut roll = Roll::new(previous, system);
    for (account, at) in export.accounts.iter().zip(0u32..) {
        let name = export.strings.text(account.name);
        roll.take(now(system, export, account), name, |now| Came {
            ix: AccountIx(at),
            now,
            name: name.to_owned(),
            class: None,
            traces: traces(names, text(account.dn), text(account.upn)),
            is_known: false,
        });
    }
    let went = previous.known().filter(|own| own.key.is_of(system) && roll.lacks(own)).collect();
    roll.recognise(went)
}

/// Links of earlier runs, whose persons are known by their ids.
fn known(recalled: &Recalled, roster: &Roster) -> Vec<(AccountKey, StatedHolder)> {
    let links = &recalled.memory.manual_links;
    if links.is_empty() {
        return Vec::new();
    }
    let by_id: HashMap<&str, PersonIx> = roster.persons().map(|(ix, person)| (person.id.0.as_str(), ix)).collect();
    let link = |(row, link): (&AccountKey, &StatedLine)| {
        let person = by_id.get(link.who.as_str()).copied();
        let holder = StatedHolder {
            who: link.who.clone(),
            by: link.stated_by.clone(),
            on: link.stated_on,
            person,
            named_as: NamedAs::Holder,
        };
        (row.clone(), holder)
    };
    links.iter().map(link).collect()
}

fn written(who: &str, answer: &AnswerLine, roster: &Roster) -> StatedHolder {
    let person = match find(who, roster) {
        Resolution::Person(person) => Some(person),
        Resolution::Several(_) | Resolution::Post | Resolution::Unknown => None,
    };
    StatedHolder {
        who: who.to_owned(),
        by: answer.decided_by.clone(),
        on: answer.decided_on,
        person,
        named_as: NamedAs::Holder,
    }
}

/// Who is meant, as lists name people: "Anna Berg (104643)" is the one of that number.
fn find(who: &str, roster: &Roster) -> Resolution {
    let numbered = who.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    match numbered.map(|(number, _)| roster.resolve(number)) {
        Some(found @ Resolution::Person(_)) => found,
        _ => roster.resolve(who),
    }
}

/// The stated holders in one system.
#[derive(Debug, Default)]
pub(super) struct InSystem(HashMap<AccountIx, PersonIx>);

impl InSystem {
    /// Who was stated as the holder of an account.
    pub(super) fn holder(&self, account: AccountIx) -> Option<PersonIx> {
        self.0.get(&account).copied()
    }

    /// Whether nobody was.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What it weighs that a person was named, among so many: a wrong word names any other as likely as the next. Whoever
/// gave it had the row before him. What its name says against the person he has answered already, so that it is not
/// held against him twice; a number or a birth date stays what it is.
pub(super) fn agreement(pair: &RecordPair, shares: &Shares, persons: usize) -> Agreement {
    let answered = |a: &&Agreement| !a.field.is_hard_key() && a.field != EvidenceField::BirthDate;
    let against: f64 = pair.vector.iter().filter(answered).map(|a| a.bits(shares).min(0.0)).sum();
    #[allow(clippy::cast_precision_loss)] // Far below 2^52 persons.
    let word = log2((1.0 - WRONG) * persons.max(2) as f64 / WRONG);
    Agreement::new(EvidenceField::Stated, Level::Exact, word - against)
}
