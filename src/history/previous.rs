//! The run before: its findings by key, and of its accounts what tells whether one of today is the same.

use super::holder::{HolderNow, HolderThen, Whose};
use super::recognition::Went;
use crate::answer_form::Decision;
use crate::error::Error;
use crate::model::{AccountClass, AccountKey, FindingKey, SystemId, object_key, other_object};
use crate::runfolder::{
    ACCOUNTS, AnswerLine, AskedRows, FINDINGS, FindingLine, MEMORY, Manifest, Memory, PreviousLine,
    RESTRICTED_ACCOUNTS, RESTRICTED_LINES, RunFolder, is_over,
};
use chrono::{Days, NaiveDate};
use foldhash::{HashMap, HashMapExt};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Days to answer in, where a run does not say.
const DAYS_TO_ANSWER: Days = Days::new(21);

/// The run before.
#[derive(Debug)]
pub struct Previous {
    /// Its name and hash.
    pub line: PreviousLine,
    /// Its reference date.
    pub as_of: NaiveDate,
    /// The day its answers were due.
    pub answer_by: NaiveDate,
    /// What it said of itself.
    pub manifest: Manifest,
    /// What it found and what it carried, by key.
    pub findings: BTreeMap<FindingKey, FindingLine>,
    /// The same of protected persons.
    pub restricted: BTreeMap<FindingKey, FindingLine>,
    /// Answers on the rows of their accounts.
    pub restricted_answers: Vec<AnswerLine>,
    /// Its accounts.
    pub accounts: HashMap<AccountKey, AccountThen>,
    /// Rows that its lists asked an answer of; `None` where it does not say what they asked.
    asked: Option<BTreeSet<AccountKey>>,
    /// Ids of those of its account holders who were employed.
    pub employed: BTreeSet<String>,
    /// Its accounts that had an object id, by system and that id.
    by_guid: HashMap<(String, String), AccountKey>,
    /// Accounts that it told something of without listing them: carried, or told to the post for protected persons.
    unlisted: BTreeMap<AccountKey, AccountThen>,
    /// Those of them that it told the post for protected persons alone.
    hidden: BTreeSet<AccountKey>,
}

/// An account as the run before saw it.
#[derive(Clone, Debug, Deserialize)]
pub struct AccountThen {
    /// System id.
    pub system: String,
    account: String,
    /// Its class, in the word of data files.
    class: String,
    /// Object id, as compared.
    pub guid: Option<String>,
    /// The id of the person who held it.
    pub person: Option<String>,
    /// The employee numbers of that person.
    pub employee_numbers: Vec<String>,
    /// Whether it had high rights.
    #[serde(default)]
    privileged: bool,
    /// That person's standing.
    pub employment: Option<String>,
    /// That person's unit.
    pub unit: Option<String>,
    /// That person's title.
    pub title: Option<String>,
    /// Roles and groups.
    pub roles: Vec<String>,
    /// What tells whether a name is that person's.
    #[serde(default)]
    name_print: Option<String>,
    /// What tells it whatever it is called.
    #[serde(default)]
    pub traces: Vec<String>,
}

/// What is kept with an account of a protected person.
#[derive(Deserialize)]
struct Kept {
    #[serde(default)]
    answers: Vec<AnswerLine>,
}

impl AccountThen {
    /// An account of which nothing is known but what was found of it.
    fn of_finding(line: &FindingLine) -> Option<(AccountKey, Self)> {
        let (system, account, key) = (line.system.clone()?, line.account.clone()?, line.row()?);
        let then = Self {
            system,
            account,
            class: String::new(),
            guid: None,
            person: line.person.clone(),
            employee_numbers: line.person.iter().cloned().collect(),
            privileged: false,
            employment: None,
            unit: None,
            title: None,
            roles: Vec::new(),
            name_print: None,
            traces: Vec::new(),
        };
        Some((key, then))
    }

    /// What it was called.
    pub fn name(&self) -> &str {
        &self.account
    }

    /// Who held it.
    pub fn holder(&self) -> HolderThen<'_> {
        let Self { person, employee_numbers, name_print, .. } = self;
        HolderThen { person: person.as_deref(), employee_numbers, name_print: name_print.as_deref() }
    }

    /// Whose it was, as against who holds one today.
    pub fn whose(&self, holder: HolderNow<'_>) -> Whose {
        self.holder().whose(holder)
    }

    /// The same in a word.
    pub fn was_anothers(&self, holder: HolderNow<'_>) -> bool {
        self.whose(holder) == Whose::Anothers
    }

    /// Whether it can have been of a class.
    pub fn may_be_of(&self, class: AccountClass) -> bool {
        self.class.is_empty() || self.class == class.code()
    }

    /// Whether it belonged to nobody in particular, so that whoever was named on its row was named as its owner.
    pub fn needs_named_owner(&self) -> bool {
        AccountClass::ALL.iter().any(|class| class.needs_named_owner() && class.code() == self.class)
    }
}

/// The rows that a run's lists asked an answer of, where it tells.
fn asked<'l>(
    manifest: &Manifest,
    findings: impl Iterator<Item = &'l FindingLine>,
    accounts: &HashMap<AccountKey, AccountThen>,
) -> Option<BTreeSet<AccountKey>> {
    let mut asked = AskedRows::new(manifest.asks()?);
    for line in findings {
        if let Some(row) = line.row() {
            asked.see_finding(&row, &line.severity, &line.state);
        }
    }
    accounts.iter().for_each(|(row, then)| asked.see_account(row, then.privileged));
    Some(asked.rows())
}

impl Previous {
    /// Reads what a run found.
    ///
    /// # Errors
    /// A data file that is damaged.
    pub fn of(run: RunFolder) -> Result<Self, Error> {
        let by_key = |lines: Vec<FindingLine>| lines.into_iter().map(|line| (line.key.clone(), line)).collect();
        let (mut accounts, mut by_guid, mut employed) = (HashMap::new(), HashMap::new(), BTreeSet::new());
        for mut account in run.lines::<AccountThen>(ACCOUNTS)? {
            account.guid = account.guid.as_deref().map(object_key);
            let Some(system) = SystemId::new(&account.system) else { continue };
            let key = AccountKey::new(&system, &account.account);
            if let Some(guid) = &account.guid {
                by_guid.insert((account.system.clone(), guid.clone()), key.clone());
            }
            if matches!(account.employment.as_deref(), Some("active" | "leave")) {
                employed.extend(account.person.clone());
            }
            accounts.insert(key, account);
        }
        let findings: BTreeMap<FindingKey, FindingLine> = by_key(run.lines(FINDINGS)?);
        let restricted: BTreeMap<FindingKey, FindingLine> = by_key(run.lines(RESTRICTED_LINES)?);
        let restricted_answers = restricted_answers(&run)?;
        let here = |lines: &BTreeMap<FindingKey, FindingLine>| {
            let mut own: Vec<FindingLine> = lines.values().filter(|line| !is_over(&line.state)).cloned().collect();
            // Of a name that went from one to another while its system was not delivered the later one holds it.
            own.sort_by(|a, b| a.first_seen.cmp(&b.first_seen));
            own.iter().filter_map(AccountThen::of_finding).collect::<Vec<_>>()
        };
        let hidden = here(&restricted);
        let is_unlisted = |(key, _): &(AccountKey, AccountThen)| !accounts.contains_key(key);
        let unlisted = here(&findings).into_iter().chain(hidden.clone()).filter(is_unlisted).collect();
        let hidden = hidden.into_iter().map(|(key, _)| key).collect();
        Ok(Self {
            asked: asked(&run.manifest, findings.values().chain(restricted.values()), &accounts),
            findings,
            restricted,
            restricted_answers,
            unlisted,
            hidden,
            line: PreviousLine { run: run.name.to_string(), sha256: run.sha256 },
            as_of: run.name.as_of,
            answer_by: run.manifest.answer_by.unwrap_or(run.name.as_of + DAYS_TO_ANSWER),
            manifest: run.manifest,
            accounts,
            employed,
            by_guid,
        })
    }

    /// Whether its lists asked an answer of a row.
    pub fn has_asked(&self, row: &AccountKey) -> bool {
        self.asked.as_ref().is_none_or(|asked| asked.contains(row))
    }

    /// Whether an answer that somebody else is to decide was known when its lists were sent, so that whoever is to decide
    /// was asked by them: that the row was passed on answers them no more.
    pub fn asked_after(&self, answer: &AnswerLine) -> bool {
        answer.decision == Decision::NotMine && answer.read_on.is_some_and(|day| day <= self.as_of)
    }

    /// The day of its payroll: as stated, else its reference date.
    pub fn payroll_day(&self) -> NaiveDate {
        let stated = self.manifest.inputs.iter().find(|input| input.role == "payroll");
        let stated = stated.and_then(|input| input.exported.as_deref()?.parse().ok());
        stated.map_or(self.as_of, |day: NaiveDate| day.min(self.as_of))
    }

    /// What was found of a key, of protected persons too.
    pub fn finding(&self, key: &FindingKey) -> Option<&FindingLine> {
        self.findings.get(key).or_else(|| self.restricted.get(key))
    }

    /// The account of today as it was then: the one of the same object id whatever its name was, else that of its
    /// name, unless it was another's.
    pub fn account(&self, system: &SystemId, now: &AccountNow<'_>) -> Option<&AccountKey> {
        let same_object = now.guid.as_ref().and_then(|guid| self.by_guid.get(&(system.to_string(), guid.clone())));
        same_object.or_else(|| {
            let (key, then) = self.accounts.get_key_value(&now.key)?;
            now.may_be(then).then_some(key)
        })
    }

    /// The account that bore a name, as it was listed or as what was carried tells it; what the post for protected persons
    /// alone was told of is told to nobody else.
    pub fn bearer(&self, key: &AccountKey) -> Option<&AccountThen> {
        let carried = || self.unlisted.get(key).filter(|_| !self.hidden.contains(key));
        self.accounts.get(key).or_else(carried)
    }

    /// Whether an account of today can be one of its name that has no line: one of a protected person, or one of which
    /// something was carried while its system was not delivered.
    pub(super) fn may_be_unlisted(&self, now: &AccountNow<'_>) -> bool {
        !self.accounts.contains_key(&now.key) && self.unlisted.get(&now.key).is_none_or(|then| now.may_be(then))
    }

    /// The key that an account of today had then, where it can have been there. `renamed` is what it was called where it
    /// has another name today.
    pub fn key_then(
        &self,
        system: &SystemId,
        now: AccountNow<'_>,
        renamed: impl FnOnce() -> Option<AccountKey>,
    ) -> Option<AccountKey> {
        let known = self.account(system, &now).cloned();
        known.or_else(renamed).or_else(|| self.may_be_unlisted(&now).then_some(now.key))
    }

    /// Every account that it knew of.
    pub fn known(&self) -> impl Iterator<Item = Went<'_>> {
        let listed = self.accounts.iter().map(|(key, then)| Went { key, then, is_listed: true });
        listed.chain(self.unlisted())
    }

    /// Those of which it told something without listing them.
    pub fn unlisted(&self) -> impl Iterator<Item = Went<'_>> {
        self.unlisted.iter().map(|(key, then)| Went { key, then, is_listed: false })
    }
}

/// An account of today, as far as it can be told from another that bore its name.
#[derive(Debug)]
pub struct AccountNow<'a> {
    /// Its key.
    pub key: AccountKey,
    /// Object id, as compared.
    pub guid: Option<String>,
    /// Its holder, where it has one.
    pub holder: Option<HolderNow<'a>>,
}

impl AccountNow<'_> {
    /// Whether the account that bore the name can be the same: two object ids that differ, or another holder, are two
    /// accounts.
    fn may_be(&self, then: &AccountThen) -> bool {
        !self.is_other_object(then) && !self.holder.is_some_and(|holder| then.was_anothers(holder))
    }

    /// Whether both have object ids, and those differ.
    pub fn is_other_object(&self, then: &AccountThen) -> bool {
        self.guid.as_deref().zip(then.guid.as_deref()).is_some_and(|(now, then)| other_object(now, then))
    }
}

/// Answers on the rows of protected persons, which stand beside their accounts and nowhere else.
///
/// # Errors
/// A data file that is damaged.
pub fn restricted_answers(run: &RunFolder) -> Result<Vec<AnswerLine>, Error> {
    let accounts = run.lines::<Kept>(RESTRICTED_ACCOUNTS)?;
    Ok(accounts.into_iter().flat_map(|own| own.answers).collect())
}

/// What is carried from run to run.
///
/// # Errors
/// A ledger that is damaged.
pub fn memory_of(run: &RunFolder) -> Result<Memory, Error> {
    Ok(run.value(MEMORY)?.unwrap_or_else(Memory::afresh))
}
