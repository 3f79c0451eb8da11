//! What a run issued: the facts that stood beside each answer, to compare with those that came back.

use crate::error::Error;
use crate::model::{AccountKey, AccountName, FindingKey, Severity, SystemId};
use crate::runfolder::{ACCOUNTS, FINDINGS, RESTRICTED_LINES, RunFolder, RunName, is_over, runs_in};
use serde::Deserialize;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The facts that an answer rests on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Facts {
    system: String,
    /// The account.
    pub account: String,
    /// The holder's id.
    pub person: Option<String>,
    /// The holder's employee numbers.
    pub employee_numbers: Vec<String>,
    /// Last day of employment.
    pub employment_end: Option<String>,
    /// Roles and groups.
    pub roles: Vec<String>,
}

impl Facts {
    /// Whether the account had a role, as roles are compared: without regard to case.
    pub fn has_role(&self, role: &str) -> bool {
        let role = AccountName::new(role);
        self.roles.iter().any(|own| AccountName::new(own) == role)
    }

    /// Whether the holder, the end and the roles are the same, so that an answer to the one holds for the other.
    pub fn same(&self, other: &Self) -> bool {
        // An export that lists the same roles in another order says the same.
        let roles = |facts: &Self| facts.roles.iter().cloned().collect::<BTreeSet<String>>();
        (&self.person, &self.employment_end) == (&other.person, &other.employment_end) && roles(self) == roles(other)
    }
}

/// What one run issued.
#[derive(Debug)]
pub struct Issue {
    /// The run.
    pub run: RunName,
    /// Facts of each account.
    pub accounts: BTreeMap<AccountKey, Facts>,
    /// The findings on each account's row.
    pub findings: BTreeMap<AccountKey, Vec<FindingKey>>,
    /// The severity of each account's row: that of its gravest finding.
    pub severity: BTreeMap<AccountKey, Severity>,
    /// Rows that were told to the post for protected persons alone.
    pub restricted: BTreeSet<AccountKey>,
}

#[derive(Deserialize)]
struct Found {
    key: FindingKey,
    system: Option<String>,
    account: Option<String>,
    severity: String,
    state: String,
}

impl Issue {
    fn of(run: &RunFolder) -> Result<Self, Error> {
        let key = |system: &str, account: &str| Some(AccountKey::new(&SystemId::new(system)?, account));
        let row = |found: &Found| key(found.system.as_deref()?, found.account.as_deref()?);
        let is_there = |found: &Found| !is_over(&found.state);
        let hidden = run.lines::<Found>(RESTRICTED_LINES)?;
        let restricted = hidden.iter().filter_map(row).collect();
        let mut findings: BTreeMap<AccountKey, Vec<FindingKey>> = BTreeMap::new();
        let mut severity: BTreeMap<AccountKey, Severity> = BTreeMap::new();
        for found in run.lines::<Found>(FINDINGS)?.into_iter().chain(hidden).filter(is_there) {
            if let Some(row) = row(&found) {
                if let Some(own) = Severity::from_code(&found.severity) {
                    let gravest = severity.entry(row.clone()).or_insert(own);
                    *gravest = own.max(*gravest);
                }
                findings.entry(row).or_default().push(found.key);
            }
        }
        let accounts = run.lines::<Facts>(ACCOUNTS)?.into_iter();
        let accounts = accounts.filter_map(|own| Some((key(&own.system, &own.account)?, own))).collect();
        Ok(Self { run: run.name, accounts, findings, severity, restricted })
    }
}

/// What runs issued, each opened when it is first asked for.
pub struct Issues {
    runs: Vec<(RunName, PathBuf)>,
    opened: BTreeMap<RunName, Issue>,
}

impl Issues {
    /// What a run and those before it in its folder issued; nothing is opened yet.
    pub fn until(last: &RunFolder) -> Self {
        // A folder that cannot be listed holds no other run that lists could have come from.
        let mut runs = runs_in(last.path.parent().unwrap_or(Path::new(""))).unwrap_or_default();
        runs.retain(|(name, _)| *name <= last.name);
        Self { runs, opened: BTreeMap::new() }
    }

    /// What a run issued, by its name as the workbook states it; the newest where it states none. `None` where there is
    /// no such run.
    ///
    /// # Errors
    /// A run that is damaged.
    pub fn of(&mut self, run: Option<&str>) -> Result<Option<&Issue>, Error> {
        let found = match run {
            Some(name) => self.runs.iter().find(|(own, _)| own.to_string() == name),
            None => self.runs.last(),
        };
        let Some((name, path)) = found.cloned() else { return Ok(None) };
        Ok(Some(match self.opened.entry(name) {
            Entry::Occupied(opened) => opened.into_mut(),
            Entry::Vacant(unopened) => unopened.insert(Issue::of(&RunFolder::open(&path)?)?),
        }))
    }

    /// The facts of an account in the newest run, which its owner may not have seen.
    ///
    /// # Errors
    /// A run that is damaged.
    pub fn newest(&mut self, account: &AccountKey) -> Result<Option<&Facts>, Error> {
        Ok(self.of(None)?.and_then(|issue| issue.accounts.get(account)))
    }
}
