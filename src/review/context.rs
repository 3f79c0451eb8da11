//! What a rule may look at: a view of the run, of a system, of an account.

use super::account::AccountCx;
use super::across::Across;
use super::extract::Extract;
use super::finding::{Finding, Subject};
use super::lists::{List, lists_alone};
use super::receivers::Receivers;
use super::recognised;
use crate::config::{Config, Exemption, SystemConfig, Thresholds};
use crate::error::Error;
use crate::examine::Examination;
use crate::history::{Confirmation, Ledger, PAYROLL, Recalled, Recognition};
use crate::ingest::{Export, SourceReport};
use crate::matching::{Examined, Protection, StatedHolders, SystemMatches};
use crate::model::{
    AccountClass, AccountIx, AccountKey, AccountLabels, AccountName, Employment, Field, FindingKey, NameKey, Person,
    PersonIx, PersonKey, ProtectedCount, SourceRef, Text,
};
use crate::roster::{PayrollFacts, Resolution, Roster, Scope, named};
use crate::runfolder::{ExtractLine, is_over};
use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt};
use std::collections::BTreeSet;
use std::sync::{OnceLock, PoisonError, RwLock};

/// One system with everything known of it.
#[derive(Debug)]
pub struct SystemUnderReview<'a> {
    /// Its configuration.
    pub config: &'a SystemConfig,
    /// What its accounts are called in outputs.
    pub labels: AccountLabels,
    /// How many enabled accounts of each class every linked person has here.
    pub held: HashMap<(PersonIx, AccountClass), u32>,
    /// Its export and the matches, or why there is none.
    pub delivered: Result<(&'a Export, &'a SystemMatches), &'a Error>,
    /// Its lists whose accounts hardly stand in another.
    lists_alone: OnceLock<BTreeSet<List>>,
}

impl<'a> SystemUnderReview<'a> {
    /// Gathers what rules ask of a system more than once.
    pub fn new(
        config: &'a SystemConfig,
        labels: AccountLabels,
        delivered: Result<(&'a Export, &'a SystemMatches), &'a Error>,
    ) -> Self {
        let mut held: HashMap<(PersonIx, AccountClass), u32> = HashMap::new();
        if let Ok((export, matches)) = delivered {
            for (account, matched) in export.accounts.iter().zip(&matches.matches) {
                if let Some(person) = matched.person().filter(|_| account.state.counts_as_active()) {
                    *held.entry((person, matched.class)).or_default() += 1;
                }
            }
        }
        Self { config, labels, held, delivered, lists_alone: OnceLock::new() }
    }

    fn lists_alone(&self) -> &BTreeSet<List> {
        let export = self.delivered.ok().map(|(export, _)| export).filter(|_| self.config.join.is_none());
        self.lists_alone.get_or_init(|| export.map(lists_alone).unwrap_or_default())
    }

    /// The key of an account, the same from run to run.
    pub fn key(&self, account: AccountIx) -> AccountKey {
        AccountKey::new(&self.config.system.id, self.labels.get(account.0 as usize))
    }
}

/// The run as a whole.
#[derive(Debug)]
pub struct Review<'a> {
    /// What was asked.
    pub config: &'a Config,
    /// Who is known.
    pub roster: &'a Roster,
    /// The key of names that stay.
    pub names: &'a NameKey,
    /// How the list of systems was read, if there is one.
    pub inventory: Option<&'a SourceReport>,
    /// How payroll was read.
    pub payroll: &'a [SourceReport],
    /// How the registers beside payroll were read.
    pub registers: &'a [SourceReport],
    /// Every system, in the order of the configuration.
    pub systems: Vec<SystemUnderReview<'a>>,
    /// Who is protected.
    pub protection: &'a Protection,
    /// What each person has in every system.
    pub across: Across,
    /// By folded title: how many employees with it have an account somewhere, and how many there are.
    pub titles: HashMap<String, (u32, u32)>,
    /// What is known from earlier runs.
    pub recalled: &'a Recalled,
    /// Whom owners named as holders of accounts.
    pub stated: &'a StatedHolders,
    /// Every answer that is known.
    pub ledger: Ledger<'a>,
    /// Accounts by the keys they had in the run before.
    then: OnceLock<HashMap<AccountKey, (usize, AccountIx)>>,
    /// By system: its accounts that had other names in the run before.
    recognised: OnceLock<Vec<Recognition>>,
    /// Extracts as against those of earlier runs: payroll's, and by system.
    extracts: OnceLock<(Extract, Vec<Option<Extract>>)>,
    /// Rows that were passed on.
    receivers: OnceLock<Receivers>,
    /// Whom each reference was found to mean: a manager is written on many rows.
    resolved: RwLock<HashMap<String, Resolution>>,
}

impl<'a> Review<'a> {
    /// Puts everything that rules look at in one place, and gathers what they ask across systems.
    pub fn new(
        config: &'a Config,
        examination: &'a Examination,
        labels: Vec<AccountLabels>,
        recalled: &'a Recalled,
    ) -> Self {
        let Examination { inventory, payroll, roster, systems, protection, stated, names, .. } = examination;
        let under_review = |((config, system), labels): ((&'a SystemConfig, &'a Examined), AccountLabels)| {
            SystemUnderReview::new(config, labels, system.delivered())
        };
        let systems = config.systems.iter().zip(systems).zip(labels).map(under_review);
        let systems: Vec<SystemUnderReview<'_>> = systems.collect();
        let across = Across::new(&systems);
        Self {
            config,
            roster,
            names,
            inventory: inventory.as_ref(),
            payroll: &payroll.reports,
            registers: &payroll.register_reports,
            titles: across.titles(roster, roster.facts.tested_day),
            across,
            systems,
            protection,
            recalled,
            stated,
            ledger: Ledger::new(recalled.answers()),
            then: OnceLock::new(),
            recognised: OnceLock::new(),
            extracts: OnceLock::new(),
            receivers: OnceLock::new(),
            resolved: RwLock::default(),
        }
    }

    /// A view of each system.
    pub fn system_contexts(&'a self) -> impl Iterator<Item = SystemCx<'a>> {
        (0..self.systems.len()).map(|place| self.system_context(place))
    }

    /// A view of one system, by its place.
    pub fn system_context(&'a self, place: usize) -> SystemCx<'a> {
        let system = &self.systems[place];
        let delivered = system.delivered.ok();
        SystemCx {
            review: self,
            place,
            config: system.config,
            scope: self.roster.scope(&system.config.system),
            export: delivered.map(|(export, _)| export),
            matches: delivered.map(|(_, matches)| matches),
        }
    }

    /// Accounts of protected persons in a system, as far as the number may be told; there is none where no export was
    /// read.
    pub fn protected_in(&self, place: usize) -> ProtectedCount {
        match self.systems[place].delivered {
            Ok(_) => ProtectedCount::of_system(self.protection.accounts[place].len() as u64, self.small_count()),
            Err(_) => ProtectedCount::default(),
        }
    }

    /// Accounts of protected persons in all systems.
    pub fn protected_in_all(&self) -> ProtectedCount {
        let read = self.systems.iter().zip(&self.protection.accounts).filter(|(system, _)| system.delivered.is_ok());
        let numbers: Vec<u64> = read.map(|(_, hidden)| hidden.len() as u64).collect();
        ProtectedCount::of_organisation(&numbers, self.small_count())
    }

    /// When a finding that the run before knew was first seen; `None` where it was not there then, or was over.
    pub fn first_seen(&self, key: &FindingKey) -> Option<NaiveDate> {
        let previous = self.recalled.previous.as_ref()?;
        let line = previous.finding(key).filter(|line| !is_over(&line.state))?;
        Some(line.first_seen.parse().unwrap_or(previous.as_of))
    }

    fn small_count(&self) -> u64 {
        u64::from(self.config.thresholds.small_count)
    }

    /// Accounts by the keys they had in the run before.
    pub fn accounts_then(&'a self) -> &'a HashMap<AccountKey, (usize, AccountIx)> {
        let by_key = || {
            if self.recalled.previous.is_none() {
                return HashMap::new();
            }
            let accounts = self.system_contexts().flat_map(|system| system.all_accounts());
            accounts.filter_map(|cx| Some((cx.key_then()?, (cx.system.place, cx.ix)))).collect()
        };
        self.then.get_or_init(by_key)
    }

    /// Which accounts of a system had other names in the run before; `None` where there was none.
    pub fn recognised(&'a self, place: usize) -> Option<&'a Recognition> {
        self.recognised.get_or_init(|| recognised::of(self)).get(place)
    }

    fn extracts(&self) -> &(Extract, Vec<Option<Extract>>) {
        let of_systems = || self.system_contexts().map(|cx| Extract::of_system(&cx)).collect();
        self.extracts.get_or_init(|| (Extract::of_payroll(self), of_systems()))
    }

    /// Payroll as against what earlier runs read.
    pub fn payroll_extract(&self) -> &Extract {
        &self.extracts().0
    }

    /// A system's export as against what earlier runs read; `None` where there is none.
    pub fn extract(&self, place: usize) -> Option<&Extract> {
        self.extracts().1.get(place)?.as_ref()
    }

    /// What the runs to come are to know of the extracts of this one, by source.
    pub fn extracts_carried(&self) -> impl Iterator<Item = (String, ExtractLine)> {
        let (payroll, systems) = self.extracts();
        let ids = self.config.systems.iter().map(|own| own.system.id.to_string());
        let systems = ids.zip(systems).filter_map(|(id, own)| Some((id, own.as_ref()?.carried())));
        systems.chain([(PAYROLL.to_owned(), payroll.carried())])
    }

    /// Rows that were passed on, and who takes them over.
    pub fn receivers(&self) -> &Receivers {
        self.receivers.get_or_init(|| Receivers::new(self))
    }

    /// A view of each person of the register.
    pub fn person_contexts(&'a self) -> impl Iterator<Item = PersonCx<'a>> {
        self.roster.persons().map(|(ix, person)| PersonCx { review: self, ix, person })
    }

    /// A view of one person of the register.
    pub fn person_context(&'a self, ix: PersonIx) -> PersonCx<'a> {
        PersonCx { review: self, ix, person: self.roster.person(ix) }
    }

    /// Who is meant by an owner, administrator, sponsor or manager as written: by payroll, else by the account
    /// names and addresses of the directories.
    pub fn resolve(&self, written: &str) -> Resolution {
        // What another thread left half done is a whole entry or none.
        if let Some(known) = self.resolved.read().unwrap_or_else(PoisonError::into_inner).get(written) {
            return known.clone();
        }
        let resolution = self.look_up(written);
        let mut resolved = self.resolved.write().unwrap_or_else(PoisonError::into_inner);
        resolved.insert(written.to_owned(), resolution.clone());
        resolution
    }

    fn look_up(&self, written: &str) -> Resolution {
        match self.roster.resolve(written) {
            by_payroll @ (Resolution::Unknown | Resolution::Post) => {
                self.across.holder(&named(written)).map_or(by_payroll, Resolution::Person)
            }
            known => known,
        }
    }

    /// A view of each account of a person, in every system.
    pub fn accounts_of(&'a self, person: Option<PersonIx>) -> impl Iterator<Item = AccountCx<'a>> {
        let own = person.map_or(&[][..], |person| self.across.of(person));
        own.iter().filter_map(|(system, account)| self.account(*system, *account))
    }

    /// Whether a file of payroll has a column for a field.
    pub fn payroll_has(&self, field: Field) -> bool {
        self.payroll.iter().any(|report| report.has(field))
    }

    /// Whether some row of payroll fills a column of one of some fields.
    pub fn gives_in_payroll(&self, one_of: &[Field]) -> bool {
        self.payroll.iter().any(|report| one_of.iter().any(|field| report.gives(*field)))
    }

    /// Why a rule cannot be tested, where no file of payroll gives a field: that there is no column, or an empty one.
    pub fn lacks_in_payroll(&self, field: Field, no_column: Text) -> Option<Text> {
        not_given(self.payroll_has(field), self.gives_in_payroll(&[field]), no_column)
    }

    /// The same of payroll and the registers beside it together.
    pub fn lacks_of_people(&self, field: Field, no_column: Text) -> Option<Text> {
        let (has, given) = (self.people().any(|own| own.has(field)), self.people().any(|own| own.gives(field)));
        not_given(has, given, no_column)
    }

    /// A view of one account.
    pub fn account(&'a self, system: usize, account: AccountIx) -> Option<AccountCx<'a>> {
        self.system_context(system).account(account)
    }

    /// The key of a finding with its mark, the same from run to run.
    pub fn key(&self, finding: &Finding, mark: Option<&str>) -> FindingKey {
        let (rule, system) = (finding.rule.id, |place: usize| &self.systems[place]);
        let key = match finding.subject {
            Subject::Whole => FindingKey::of_whole(rule),
            Subject::System(place) => FindingKey::of_system(rule, &system(place).config.system.id),
            Subject::Account(place, account) => FindingKey::of_account(rule, &system(place).key(account)),
            Subject::Person(person) => FindingKey::of_person(rule, &PersonKey::new(&self.roster.person(person).id)),
        };
        key.marked(mark)
    }

    /// How payroll and the registers of people beside it were read.
    pub fn people(&self) -> impl Iterator<Item = &SourceReport> {
        self.payroll.iter().chain(self.registers).filter(|report| report.role.is_of_people())
    }

    /// Every employment of those who are not protected, with engagements.
    pub fn open_employments(&self) -> impl Iterator<Item = &Employment> {
        let open = self.roster.persons().filter(|(ix, _)| !self.protection.persons.contains(ix));
        open.flat_map(|(_, person)| &person.employments)
    }

    /// Every input that was read: payroll's files, then the exports.
    pub fn reports(&self) -> impl Iterator<Item = &SourceReport> {
        let exports = self.systems.iter().filter_map(|system| system.delivered.ok());
        self.payroll
            .iter()
            .chain(self.registers)
            .chain(self.inventory)
            .chain(exports.flat_map(|(export, _)| &export.reports))
    }
}

/// A column that no row fills tells no more than none.
fn not_given(has_column: bool, given: bool, no_column: Text) -> Option<Text> {
    let empty =
        Text::new("kolumnen som behövs är tom på alla rader", "the column that is needed is empty on every row");
    (!given).then_some(if has_column { empty } else { no_column })
}

/// One system.
#[derive(Clone, Copy)]
pub struct SystemCx<'a> {
    /// The run.
    pub review: &'a Review<'a>,
    /// The system's place in the configuration.
    pub place: usize,
    /// Its configuration.
    pub config: &'a SystemConfig,
    /// Whose employment counts here.
    pub scope: Scope<'a>,
    /// Its export, if it was read.
    pub export: Option<&'a Export>,
    /// Its matches, if it was read.
    pub matches: Option<&'a SystemMatches>,
}

impl<'a> SystemCx<'a> {
    /// When what is said of the system was last confirmed: by the list of systems, or by an answer.
    pub fn confirmed(&self) -> Option<NaiveDate> {
        let answered = match self.review.recalled.confirmation(&self.config.system.id) {
            Some(Confirmation::Right(day)) => Some(day),
            Some(Confirmation::Wrong(_)) | None => None,
        };
        self.config.system.confirmed.max(answered)
    }

    /// A view of each account that is under review; those left out on purpose are not.
    pub fn accounts(&self) -> impl Iterator<Item = AccountCx<'a>> + use<'a> {
        let system = *self;
        self.accounts_under_review().filter_map(move |ix| system.account(ix))
    }

    /// Those of them that are nobody's who is protected: what a finding about the system counts.
    pub fn open_accounts(&self) -> impl Iterator<Item = AccountCx<'a>> + use<'a> {
        let hidden = &self.review.protection.accounts[self.place];
        self.accounts().filter(|account| !hidden.contains(&account.ix))
    }

    /// Whether a row stands in a list that tells its accounts alone.
    pub fn tells_alone(&self, row: SourceRef) -> bool {
        self.review.systems[self.place].lists_alone().contains(&row.list())
    }

    /// Whether an export with accounts leaves none for the system's list.
    pub fn leaves_nothing(&self) -> bool {
        self.export.is_some_and(|export| !export.accounts.is_empty()) && self.open_accounts().next().is_none()
    }

    /// The places of the accounts that are under review.
    pub fn accounts_under_review(&self) -> impl Iterator<Item = AccountIx> + use<'a> {
        let export = self.export.filter(|_| self.matches.is_some());
        let accounts = export.into_iter().flat_map(|export| export.accounts.iter().zip(0u32..));
        accounts.filter(|(account, _)| account.excluded_by.is_none()).map(|(_, at)| AccountIx(at))
    }

    /// A view of each account of the export.
    pub fn all_accounts(&self) -> impl Iterator<Item = AccountCx<'a>> + use<'a> {
        let system = *self;
        let both = self.export.zip(self.matches);
        both.into_iter().flat_map(move |(export, matches)| {
            let accounts = export.accounts.iter().zip(&matches.matches).zip(0u32..);
            accounts
                .map(move |((account, matched), at)| AccountCx::new(system, export, AccountIx(at), account, matched))
        })
    }

    /// The same of those that are nobody's who is protected.
    pub fn all_open_accounts(&self) -> impl Iterator<Item = AccountCx<'a>> + use<'a> {
        let hidden = &self.review.protection.accounts[self.place];
        self.all_accounts().filter(|account| !hidden.contains(&account.ix))
    }

    /// A view of one account, if the export was read.
    pub fn account(&self, ix: AccountIx) -> Option<AccountCx<'a>> {
        let (export, matches) = self.export.zip(self.matches)?;
        let at = ix.0 as usize;
        Some(AccountCx::new(*self, export, ix, export.accounts.get(at)?, matches.matches.get(at)?))
    }

    /// The thresholds.
    pub fn thresholds(&self) -> &'a Thresholds {
        &self.review.config.thresholds
    }

    /// What payroll can tell.
    pub fn payroll(&self) -> PayrollFacts {
        self.review.roster.facts
    }

    /// How many enabled accounts of a class a person has here.
    pub fn accounts_held(&self, person: PersonIx, class: AccountClass) -> u32 {
        self.review.systems[self.place].held.get(&(person, class)).copied().unwrap_or(0)
    }

    /// Every role and group that some account of the export has which may be shown, a role of several accounts several
    /// times. What only a hidden account has is as if it were not there, or what is said of a role would tell of it.
    pub fn roles(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.all_open_accounts().flat_map(|account| account.roles())
    }

    /// Exemptions of the system that fit no account of its export, where there is one.
    pub fn unused_exemptions(&self) -> Vec<&'a Exemption> {
        let all = self.review.config.exemptions.iter();
        let mut unused: Vec<&Exemption> = all.filter(|own| own.system == self.config.system.id).collect();
        // Names of accounts are compared only where something is exempted.
        let Some(export) = self.export.filter(|_| !unused.is_empty()) else { return Vec::new() };
        let names: BTreeSet<AccountName> =
            export.accounts.iter().map(|own| AccountName::new(export.strings.text(own.name))).collect();
        unused.retain(|exemption| !names.contains(&AccountName::new(&exemption.account)));
        unused
    }

    /// Why a rule cannot be tested, where the export gives none of some fields: that there is no column, or an empty one.
    pub fn lacks(&self, fields: &[Field], no_column: Text) -> Option<Text> {
        let given = self.export.is_some_and(|export| fields.iter().any(|field| export.gives(*field)));
        not_given(fields.iter().any(|field| self.has(*field)), given, no_column)
    }

    /// Whether the export has a column for a field.
    pub fn has(&self, field: Field) -> bool {
        self.export.is_some_and(|export| export.has(field))
    }
}

/// One person of the register.
pub struct PersonCx<'a> {
    /// The run.
    pub review: &'a Review<'a>,
    /// The person's place in the roster.
    pub ix: PersonIx,
    /// The person.
    pub person: &'a Person,
}

impl<'a> PersonCx<'a> {
    /// The day that payroll's rules are tested on.
    pub fn tested_day(&self) -> NaiveDate {
        self.review.roster.facts.tested_day
    }

    /// Employments that go on that day.
    pub fn current(&self) -> impl Iterator<Item = &'a Employment> {
        let day = self.tested_day();
        self.person.employments.iter().filter(move |employment| employment.goes_on(day))
    }
}
