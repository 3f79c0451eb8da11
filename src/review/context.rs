//! What a rule may look at: a view of the run, of a system, of an account.

use crate::config::{Config, SystemConfig, Thresholds};
use crate::error::Error;
use crate::ingest::{Export, SourceReport};
use crate::matching::{Match, Protection, SystemMatches};
use crate::model::{Account, AccountIx, AccountLabels, Field, LastLogin, Person, Sym};
use crate::roster::{PayrollFacts, Roster, Scope, Tenure};
use chrono::NaiveDate;

/// One system with everything known of it.
#[derive(Debug)]
pub struct SystemUnderReview<'a> {
    /// Its configuration.
    pub config: &'a SystemConfig,
    /// What its accounts are called in outputs.
    pub labels: AccountLabels,
    /// Its export and the matches, or why there is none.
    pub delivered: Result<(&'a Export, &'a SystemMatches), &'a Error>,
}

/// The run as a whole.
#[derive(Debug)]
pub struct Review<'a> {
    /// What was asked.
    pub config: &'a Config,
    /// Who is known.
    pub roster: &'a Roster,
    /// How payroll was read.
    pub payroll: &'a [SourceReport],
    /// Every system, in the order of the configuration.
    pub systems: Vec<SystemUnderReview<'a>>,
    /// Who is protected.
    pub protection: &'a Protection,
}

impl<'a> Review<'a> {
    /// A view of each system.
    pub fn system_contexts(&'a self) -> impl Iterator<Item = SystemCx<'a>> {
        self.systems.iter().enumerate().map(|(place, system)| {
            let delivered = system.delivered.ok();
            SystemCx {
                review: self,
                place,
                config: system.config,
                export: delivered.map(|(export, _)| export),
                matches: delivered.map(|(_, matches)| matches),
            }
        })
    }

    /// Every input that was read: payroll's files, then the exports.
    pub fn reports(&self) -> impl Iterator<Item = &SourceReport> {
        let exports = self.systems.iter().filter_map(|system| system.delivered.ok());
        self.payroll.iter().chain(exports.map(|(export, _)| &export.report))
    }
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
    /// Its export, if it was read.
    pub export: Option<&'a Export>,
    /// Its matches, if it was read.
    pub matches: Option<&'a SystemMatches>,
}

impl<'a> SystemCx<'a> {
    /// A view of each account that is under review; those left out on purpose are not.
    pub fn accounts(&self) -> impl Iterator<Item = AccountCx<'a>> + use<'a> {
        self.all_accounts().filter(|cx| cx.account.excluded_by.is_none())
    }

    /// A view of each account of the export.
    pub fn all_accounts(&self) -> impl Iterator<Item = AccountCx<'a>> + use<'a> {
        let system = *self;
        let both = self.export.zip(self.matches);
        both.into_iter().flat_map(move |(export, matches)| {
            let accounts = export.accounts.iter().zip(&matches.matches).zip(0u32..);
            accounts.map(move |((account, matched), at)| AccountCx::new(system, export, AccountIx(at), account, matched))
        })
    }

    /// The thresholds.
    pub fn thresholds(&self) -> &'a Thresholds {
        &self.review.config.thresholds
    }

    /// What payroll can tell.
    pub fn payroll(&self) -> PayrollFacts {
        self.review.roster.facts
    }

    /// Whether the export has a column for a field.
    pub fn has(&self, field: Field) -> bool {
        self.export.is_some_and(|export| export.report.has(field))
    }
}

/// One account.
pub struct AccountCx<'a> {
    /// Its system.
    pub system: SystemCx<'a>,
    /// The export it stands in.
    pub export: &'a Export,
    /// Its place.
    pub ix: AccountIx,
    /// The account.
    pub account: &'a Account,
    /// Whose it is.
    pub matched: &'a Match,
    /// The linked person.
    pub person: Option<&'a Person>,
    /// The linked person's standing on the tested day.
    pub tenure: Option<Tenure<'a>>,
}

impl<'a> AccountCx<'a> {
    fn new(system: SystemCx<'a>, export: &'a Export, ix: AccountIx, account: &'a Account, matched: &'a Match) -> Self {
        let roster = system.review.roster;
        let scope = Scope { companies: &system.config.system.companies };
        let person = matched.person();
        Self {
            system,
            export,
            ix,
            account,
            matched,
            person: person.map(|ix| roster.person(ix)),
            tenure: person.map(|ix| roster.tenure(ix, scope, export.tested_day)),
        }
    }

    /// The day the export proves.
    pub fn tested_day(&self) -> NaiveDate {
        self.export.tested_day
    }

    /// Whether it must be taken to be usable.
    pub fn is_active(&self) -> bool {
        self.account.state.counts_as_active()
    }

    /// The day of the last sign-in, if there was one.
    pub fn last_login(&self) -> Option<NaiveDate> {
        match self.account.last_login {
            Some(LastLogin::On(day)) => Some(day),
            Some(LastLogin::Never) | None => None,
        }
    }

    /// A text of the account.
    pub fn text(&self, sym: Option<Sym>) -> Option<&'a str> {
        self.export.strings.maybe(sym)
    }
}
