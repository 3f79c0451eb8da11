//! Figures that tell nothing of protected persons by being taken from each other.
//!
//! What is said of a system in numbers (coverage of keys, holders found, trials, columns filled) counts the accounts
//! that may be shown, and those alone: set beside the list of accounts, a number of all accounts would tell how many are
//! missing there. The rows of the file count every row, since the arithmetic must tie with the file; where the
//! system's own number of protected accounts is too small to be told, they leave those rows out too.

use super::quality::{self, Found};
use super::settle_keys::holder;
use super::{Examined, Match, Protection, SystemMatches};
use crate::config::Config;
use crate::ingest::{Export, MappedColumn};
use crate::model::{Account, AccountIx, AccountState, Field, LastLogin, PersonIx};
use crate::roster::{Roster, Scope};
use std::collections::BTreeSet;

/// Takes the accounts of protected persons out of what is counted of each system.
pub fn withhold(systems: &mut [Examined], protection: &Protection, roster: &Roster, config: &Config) {
    for ((system, own), hidden) in systems.iter_mut().zip(&config.systems).zip(&protection.accounts) {
        let Examined::Matched { export, matches } = system else { continue };
        if hidden.is_empty() {
            continue;
        }
        let scope = Scope { companies: &own.system.companies };
        let employed = |person: PersonIx| roster.is_employed(person, scope, export.tested_day);
        withhold_matches(matches, hidden, &employed);
        withhold_keys(export, hidden, roster);
        withhold_columns(export, hidden);
        if (hidden.len() as u64) < u64::from(config.thresholds.small_count) {
            withhold_rows(export, hidden);
        }
    }
}

fn withhold_matches(matches: &mut SystemMatches, hidden: &BTreeSet<AccountIx>, employed: &dyn Fn(PersonIx) -> bool) {
    let is_open = |ix: AccountIx| !hidden.contains(&ix);
    let both = matches.matches.iter().zip(0u32..);
    let (open, kept): (Vec<_>, Vec<_>) = both.partition(|(_, ix)| is_open(AccountIx(*ix)));
    let open = || open.iter().map(|(matched, _)| *matched);
    let holders: BTreeSet<PersonIx> = open().filter_map(Match::person).collect();
    let gone: BTreeSet<PersonIx> = kept.iter().filter_map(|(matched, _)| matched.person()).collect();
    let gone = gone.difference(&holders).filter(|person| employed(**person)).count() as u64;
    let quality = &mut matches.quality;
    let Found { employed, with_account, .. } = quality.found;
    quality.found = Found { employed, with_account: with_account - gone, ..Found::of_accounts(open()) };
    quality.expected_wrong = quality::expected_wrong(open());
    quality.keys.retain(|verdict| is_open(verdict.account));
    quality.blind.retain(|trial| is_open(trial.account));
    matches.effort.accounts -= kept.len() as u64;
}

fn withhold_keys(export: &mut Export, hidden: &BTreeSet<AccountIx>, roster: &Roster) {
    let accounts = || hidden.iter().filter_map(|ix| export.accounts.get(ix.0 as usize));
    let of = |field: Field| {
        let filled = accounts().filter(|account| tells(account, field)).count() as u64;
        let met = |account: &&Account| holder(account, &export.strings, roster, field).is_some();
        (field, filled, accounts().filter(met).count() as u64)
    };
    let keys = [Field::PersonalNumber, Field::EmployeeNumber, Field::HsaId, Field::Email, Field::BirthDate].map(of);
    for report in &mut export.reports {
        for (field, filled, met) in keys {
            if let Some(coverage) = report.key_coverage.get_mut(&field) {
                coverage.of -= hidden.len() as u64;
                coverage.filled = coverage.filled.saturating_sub(filled);
                coverage.met = coverage.met.map(|all| all.saturating_sub(met));
            }
        }
    }
}

/// Accounts of one file, by their first row.
fn of_file<'e>(
    export: &'e Export,
    hidden: &'e BTreeSet<AccountIx>,
    at: usize,
) -> impl Iterator<Item = &'e Account> + Clone {
    let all = hidden.iter().filter_map(|ix| export.accounts.get(ix.0 as usize));
    all.filter(move |account| usize::from(account.source.file.0 - export.first.0) == at)
}

fn withhold_columns(export: &mut Export, hidden: &BTreeSet<AccountIx>) {
    let mut reports = std::mem::take(&mut export.reports);
    for (at, report) in reports.iter_mut().enumerate() {
        let rows = report.rows.data().saturating_sub(of_file(export, hidden, at).count() as u64);
        for column in &mut report.columns {
            let own = of_file(export, hidden, at).filter(|account| tells(account, column.field)).count() as u64;
            let most = rows.min(column.filled.saturating_sub(own));
            lower(column, most);
        }
    }
    export.reports = reports;
}

/// Lowers what is filled in, and leaves what is not understood as it was.
fn lower(column: &mut MappedColumn, filled: u64) {
    let less = column.filled - filled;
    column.filled = filled;
    column.understood = column.understood.saturating_sub(less);
}

fn withhold_rows(export: &mut Export, hidden: &BTreeSet<AccountIx>) {
    let mut reports = std::mem::take(&mut export.reports);
    for (at, report) in reports.iter_mut().enumerate() {
        let own = (of_file(export, hidden, at).count() as u64).min(report.rows.records);
        report.rows.records -= own;
        report.rows.in_file -= own;
        report.control_total = report.control_total.map(|total| total.saturating_sub(own));
    }
    export.reports = reports;
}

/// Whether an account has a value of a field, as far as it keeps it. What it does not keep stands nowhere else either.
fn tells(account: &Account, field: Field) -> bool {
    match field {
        Field::Account => true,
        Field::Guid => account.guid.is_some(),
        Field::ImmutableId => !account.more_ids.is_empty(),
        Field::Upn => account.upn.is_some(),
        Field::Dn => account.dn.is_some(),
        Field::PersonalNumber => account.personal_number.is_some(),
        Field::UserName => account.user_name.is_some(),
        Field::EmployeeNumber => account.employee_number.is_some(),
        Field::HsaId => account.hsa_id.is_some(),
        Field::Email => account.email.is_some(),
        Field::BirthDate => account.birth_date.is_some(),
        Field::GivenName => account.given_name.is_some(),
        Field::Surname => account.surname.is_some(),
        Field::Name => account.whole_name.is_some(),
        Field::Department => account.department.is_some(),
        Field::Unit => account.unit.is_some(),
        Field::Title => account.title.is_some(),
        Field::Manager => account.manager.is_some(),
        Field::Enabled | Field::Disabled | Field::Status | Field::AccountControl => {
            account.state != AccountState::NotStated
        }
        Field::LastLogin => account.last_login.is_some_and(|login| login != LastLogin::NotUnderstood),
        Field::LastInteractiveLogin => account.last_interactive_login.is_some(),
        Field::PasswordNeverExpires => account.password_never_expires.is_some(),
        Field::Created => account.created.is_some(),
        Field::Expires | Field::ValidTo => account.valid_to.is_some(),
        Field::Role | Field::Groups => !account.roles.is_empty(),
        Field::AccountType => account.type_hint.is_some(),
        Field::Owner => account.owner.is_some(),
        _ => false,
    }
}
