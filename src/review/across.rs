//! What a person has in every system at once: for rules that no single system can answer.

use super::context::SystemUnderReview;
use crate::matching::local_part;
use crate::model::{AccountIx, AccountName, EmploymentClass, PersonIx, fold};
use crate::roster::Roster;
use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt};
use std::collections::{BTreeMap, BTreeSet};

/// An account name or address as references are compared: without a domain before it, in lower case.
pub fn reference_key(written: &str) -> AccountName {
    AccountName::new(written.rsplit('\\').next().unwrap_or(written))
}

/// Accounts by holder, over all systems.
#[derive(Debug, Default)]
pub struct Across {
    linked: BTreeMap<PersonIx, Vec<(usize, AccountIx)>>,
    perhaps: BTreeSet<PersonIx>,
    /// Account names and addresses of the directories: whose they are, where that is one person.
    directory: HashMap<AccountName, Option<PersonIx>>,
    /// Those of the other systems, which settle what no directory knows.
    elsewhere: HashMap<AccountName, Option<PersonIx>>,
    /// By system that others sign in through: its accounts by name.
    sign_in: BTreeMap<usize, HashMap<String, Option<AccountIx>>>,
}

impl Across {
    /// Gathers the accounts under review. Those left out on purpose are nobody's here; those of protected
    /// persons are, and are kept out of every finding by disclosure.
    pub fn new(systems: &[SystemUnderReview<'_>]) -> Self {
        let mut across = Self { sign_in: sign_in(systems), ..Self::default() };
        for (place, system) in systems.iter().enumerate() {
            let Ok((export, matches)) = system.delivered else { continue };
            for ((account, matched), at) in export.accounts.iter().zip(&matches.matches).zip(0u32..) {
                if account.excluded_by.is_some() {
                    continue;
                }
                let known = if system.config.directory { &mut across.directory } else { &mut across.elsewhere };
                let texts = [Some(account.name), account.email, account.upn].into_iter().flatten();
                let names = texts.map(|sym| reference_key(export.strings.text(sym)));
                names.for_each(|name| know(known, name, matched.person()));
                match matched.person() {
                    Some(person) => across.linked.entry(person).or_default().push((place, AccountIx(at))),
                    None => across.perhaps.extend(matched.candidates.iter().map(|candidate| candidate.person)),
                }
            }
        }
        across
    }

    /// Whose an account is, by its name or address: the directory's where one knows it, else that of any system.
    pub fn holder(&self, written: &str) -> Option<PersonIx> {
        let key = reference_key(written);
        self.directory.get(&key).or_else(|| self.elsewhere.get(&key)).copied().flatten()
    }

    /// The account of that name in a system that others sign in through.
    pub fn sign_in_account(&self, system: usize, name: &str) -> Option<AccountIx> {
        self.sign_in.get(&system)?.get(&local_part(name)).copied().flatten()
    }

    /// By folded title: how many of those employed have an account, and how many there are.
    pub fn titles(&self, roster: &Roster, day: NaiveDate) -> HashMap<String, (u32, u32)> {
        let mut titles: HashMap<String, (u32, u32)> = HashMap::new();
        for (ix, person) in roster.persons() {
            let current = person.employments.iter().filter(|e| e.goes_on(day) && e.class == EmploymentClass::Regular);
            if let Some(title) = current.filter_map(|employment| employment.title.as_deref()).next() {
                let (with, all) = titles.entry(fold(title)).or_default();
                *with += u32::from(self.has_trace(ix));
                *all += 1;
            }
        }
        titles
    }

    /// A person's accounts, by system and account.
    pub fn of(&self, person: PersonIx) -> &[(usize, AccountIx)] {
        self.linked.get(&person).map_or(&[], Vec::as_slice)
    }

    /// Whether some account is, or may be, the person's.
    pub fn has_trace(&self, person: PersonIx) -> bool {
        self.linked.contains_key(&person) || self.perhaps.contains(&person)
    }
}

/// A name that two accounts of different holders have settles nothing.
fn know(known: &mut HashMap<AccountName, Option<PersonIx>>, name: AccountName, holder: Option<PersonIx>) {
    let known = known.entry(name).or_insert(holder);
    if *known != holder {
        *known = None;
    }
}

/// Accounts by name, of the systems that others sign in through; a name of two accounts names neither.
fn sign_in(systems: &[SystemUnderReview<'_>]) -> BTreeMap<usize, HashMap<String, Option<AccountIx>>> {
    let logins = systems.iter().filter_map(|system| system.config.login.as_ref());
    let places = logins.filter_map(|id| systems.iter().position(|system| system.config.system.id == *id));
    let places: BTreeSet<usize> = places.collect();
    let named = |place: usize| {
        let (export, _) = systems[place].delivered.ok()?;
        let mut names: HashMap<String, Option<AccountIx>> = HashMap::new();
        for (account, at) in export.accounts.iter().zip(0u32..) {
            let known = names.entry(local_part(export.strings.text(account.name)));
            known.and_modify(|own| *own = None).or_insert(Some(AccountIx(at)));
        }
        Some((place, names))
    };
    places.into_iter().filter_map(named).collect()
}
