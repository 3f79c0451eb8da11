//! What a run issued: the facts that stood beside each answer, to compare with those that came back.

use crate::error::Error;
use crate::model::{AccountKey, AccountName, FindingKey, NameKey, Severity, SystemId};
use crate::runfolder::{
    ACCOUNTS, AskedRows, FINDINGS, HolderLine, MEMORY, RESTRICTED_ACCOUNTS, RESTRICTED_LINES, RunFolder, RunName,
    is_over, runs_in,
};
use serde::Deserialize;
use std::cell::OnceCell;
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
    /// Whether it has high rights.
    #[serde(default)]
    privileged: bool,
    /// Ids of those it may be, best first.
    #[serde(default)]
    candidates: Vec<String>,
    /// Roles and groups.
    pub roles: Vec<String>,
    /// What tells whether a name is the one that stood beside it.
    #[serde(default)]
    name_print: Option<String>,
}

impl Facts {
    /// Whether a text tells the employee numbers that stood on the list: the holder's, or of a holder that is not settled
    /// some of those it may be, among their names. A program that takes a number for one drops its leading zeros.
    pub fn are_its_numbers(&self, shown: &str) -> bool {
        let bare = |text: &str| {
            let words: Vec<&str> = text.split_whitespace().collect();
            words.join(" ").trim_start_matches('0').to_owned()
        };
        if self.person.is_some() {
            return bare(shown) == bare(&self.employee_numbers.join(", "));
        }
        let words = shown.split(|letter: char| letter.is_whitespace() || "(),?".contains(letter));
        let mut numbers = words.filter(|word| word.contains(|letter: char| letter.is_ascii_digit()));
        numbers.all(|number| self.candidates.iter().any(|id| bare(id) == bare(number)))
    }

    /// Who held it, where that was settled.
    pub fn holder(&self) -> Option<HolderLine> {
        let (employee_numbers, name_print) = (self.employee_numbers.clone(), self.name_print.clone());
        Some(HolderLine { person: self.person.clone()?, employee_numbers, name_print })
    }

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
    /// The key that its names were shown under.
    names: Option<NameKey>,
    /// Facts of each account.
    pub accounts: BTreeMap<AccountKey, Facts>,
    /// The findings on each account's row.
    pub findings: BTreeMap<AccountKey, Vec<FindingKey>>,
    /// The severity of each account's row: that of its gravest finding.
    pub severity: BTreeMap<AccountKey, Severity>,
    /// Rows that asked for an answer; a run of an earlier version does not say.
    asked: Option<BTreeSet<AccountKey>>,
    /// Rows that were told to the post for protected persons alone.
    pub restricted: BTreeSet<AccountKey>,
    /// Rows of which something was told, be it that they are gone.
    told: BTreeSet<AccountKey>,
    /// What each system was called, by its id; a run of an earlier version does not say.
    pub systems: BTreeMap<String, String>,
    /// Rows by their codes, where something has asked for them.
    codes: OnceCell<BTreeMap<String, AccountKey>>,
}

#[derive(Deserialize)]
struct Found {
    key: FindingKey,
    system: Option<String>,
    account: Option<String>,
    severity: String,
    state: String,
}

/// What memory keeps of names.
#[derive(Deserialize)]
struct Keyed {
    #[serde(default)]
    name_key: Option<String>,
}

impl Issue {
    fn of(run: &RunFolder) -> Result<Self, Error> {
        let key = |system: &str, account: &str| Some(AccountKey::new(&SystemId::new(system)?, account));
        let row = |found: &Found| key(found.system.as_deref()?, found.account.as_deref()?);
        let is_there = |found: &Found| !is_over(&found.state);
        let hidden = run.lines::<Found>(RESTRICTED_LINES)?;
        let mut restricted: BTreeSet<AccountKey> = hidden.iter().filter_map(row).collect();
        let mut told = restricted.clone();
        let mut findings: BTreeMap<AccountKey, Vec<FindingKey>> = BTreeMap::new();
        let mut severity: BTreeMap<AccountKey, Severity> = BTreeMap::new();
        let mut asked = run.manifest.asks().map(AskedRows::new);
        let open = run.lines::<Found>(FINDINGS)?;
        told.extend(open.iter().filter_map(row));
        for found in open.into_iter().chain(hidden).filter(is_there) {
            if let Some(row) = row(&found) {
                if let Some(asked) = &mut asked {
                    asked.see_finding(&row, &found.severity, &found.state);
                }
                if let Some(own) = Severity::from_code(&found.severity) {
                    let gravest = severity.entry(row.clone()).or_insert(own);
                    *gravest = own.max(*gravest);
                }
                findings.entry(row).or_default().push(found.key);
            }
        }
        let by_row = |lines: Vec<Facts>| -> BTreeMap<AccountKey, Facts> {
            lines.into_iter().filter_map(|own| Some((key(&own.system, &own.account)?, own))).collect()
        };
        let mut accounts = by_row(run.lines(ACCOUNTS)?);
        if let Some(asked) = &mut asked {
            accounts.iter().for_each(|(row, own)| asked.see_account(row, own.privileged));
        }
        let asked = asked.map(AskedRows::rows);
        restricted.retain(|row| !accounts.contains_key(row));
        let hidden = by_row(run.lines(RESTRICTED_ACCOUNTS)?);
        restricted.extend(hidden.keys().cloned());
        accounts.extend(hidden);
        let names = run.value::<Keyed>(MEMORY)?.and_then(|kept| NameKey::read(&kept.name_key?));
        let (systems, codes) = (run.manifest.systems.clone(), OnceCell::new());
        Ok(Self { run: run.name, names, accounts, findings, severity, asked, restricted, told, systems, codes })
    }
}

impl Issue {
    /// Whether a row asked for an answer.
    pub fn asks_of(&self, row: &AccountKey) -> bool {
        self.asked.as_ref().is_none_or(|asked| asked.contains(row))
    }

    /// Whether anything was told of a row.
    pub fn knows(&self, row: &AccountKey) -> bool {
        self.accounts.contains_key(row) || self.told.contains(row)
    }

    /// Whether its lists told of accounts of a system.
    pub fn has_accounts_of(&self, system: &str) -> bool {
        self.accounts.keys().any(|row| row.system() == system)
    }

    /// The row of a code.
    pub fn of_code(&self, code: &str) -> Option<&AccountKey> {
        let codes = || self.accounts.keys().map(|row| (row.code(), row.clone())).collect();
        self.codes.get_or_init(codes).get(code.trim())
    }

    /// Whether a name can be the one that stood beside an account; one of a run that did not keep that can.
    pub fn is_name_of(&self, account: &Facts, shown: &str) -> bool {
        let kept = account.name_print.as_ref().zip(self.names.as_ref());
        kept.is_none_or(|(print, names)| *print == names.print(shown))
    }
}

/// What runs issued, each opened when it is first asked for.
pub struct Issues {
    runs: Vec<(RunName, PathBuf)>,
    /// Names of those after it.
    later: Vec<RunName>,
    opened: BTreeMap<RunName, Issue>,
}

impl Issues {
    /// What a run and those before it in its folder issued; nothing is opened yet.
    pub fn until(last: &RunFolder) -> Self {
        // A folder that cannot be listed holds no other run that lists could have come from.
        let mut runs = runs_in(last.path.parent().unwrap_or(Path::new(""))).unwrap_or_default();
        let later = runs.iter().map(|(name, _)| *name).filter(|name| *name > last.name).collect();
        runs.retain(|(name, _)| *name <= last.name);
        Self { runs, later, opened: BTreeMap::new() }
    }

    /// Whether a run, by its name as the workbook states it, came after those whose answers are read.
    pub fn is_later(&self, run: &str) -> bool {
        self.later.iter().any(|own| own.to_string() == run)
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
