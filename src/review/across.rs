//! What a person has in every system at once: for rules that no single system can answer.

use super::context::SystemUnderReview;
use crate::model::{AccountIx, EmploymentClass, PersonIx, fold};
use crate::roster::Roster;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Accounts by holder, over all systems.
#[derive(Debug, Default)]
pub struct Across {
    linked: BTreeMap<PersonIx, Vec<(usize, AccountIx)>>,
    perhaps: BTreeSet<PersonIx>,
}

impl Across {
    /// Gathers the accounts under review. Those left out on purpose are nobody's here; those of protected
    /// persons are, and are kept out of every finding by disclosure.
    pub fn new(systems: &[SystemUnderReview<'_>]) -> Self {
        let mut across = Self::default();
        for (place, system) in systems.iter().enumerate() {
            let Ok((export, matches)) = system.delivered else { continue };
            for ((account, matched), at) in export.accounts.iter().zip(&matches.matches).zip(0u32..) {
                if account.excluded_by.is_some() {
                    continue;
                }
                match matched.person() {
                    Some(person) => across.linked.entry(person).or_default().push((place, AccountIx(at))),
                    None => across.perhaps.extend(matched.candidates.iter().map(|candidate| candidate.person)),
                }
            }
        }
        across
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
