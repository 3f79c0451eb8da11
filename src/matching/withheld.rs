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
use crate::ingest::{Export, MappedColumn, Payroll};
use crate::model::{Account, AccountIx, AccountState, Field, LastLogin, PersonIx, SourceRef};
use crate::roster::Roster;
use std::collections::BTreeSet;

/// Takes the accounts of protected persons out of what is counted of each system, and what their rows say that was not
/// understood out of what is told of every file.
pub fn withhold(
    systems: &mut [Examined],
    payroll: &mut Payroll,
    (protection, roster): (&Protection, &Roster),
    config: &Config,
) {
    withhold_unread(systems, payroll, protection, roster);
    // What the hidden accounts cost cannot be taken from what all did; that it is not told may tell of none of them.
    let can_mark = can_mark(systems, payroll) || protection.accounts.iter().any(|hidden| !hidden.is_empty());
    for ((system, own), hidden) in systems.iter_mut().zip(&config.systems).zip(&protection.accounts) {
        let Examined::Matched { export, matches } = system else { continue };
        withhold_keys(export, &without_holder(export, matches, hidden), roster);
        matches.learned.coarsen();
        matches.effort = matches.effort.filter(|_| !can_mark);
        if hidden.is_empty() {
            continue;
        }
        let scope = roster.scope(&own.system);
        let employed = |person: PersonIx| roster.is_employed(person, scope, export.tested_day);
        withhold_matches(matches, hidden, &employed);
        withhold_columns(export, hidden);
        if (hidden.len() as u64) < u64::from(config.thresholds.small_count) {
            withhold_rows(export, hidden);
        }
    }
}

/// Whether a file says who is protected.
fn can_mark(systems: &[Examined], payroll: &Payroll) -> bool {
    let exports = systems.iter().filter_map(|system| system.delivered().ok()).flat_map(|(export, _)| &export.reports);
    let people = payroll.reports.iter().chain(&payroll.register_reports);
    people.chain(exports).any(|report| report.has(Field::Protected))
}

fn withhold_unread(systems: &mut [Examined], payroll: &mut Payroll, protection: &Protection, roster: &Roster) {
    let hidden = hidden_rows(systems, payroll, protection, roster);
    let is_hidden = |row: SourceRef| hidden.contains(&row);
    let of_systems = systems.iter_mut().flat_map(|system| match system {
        Examined::Matched { export, .. } => export.reports.iter_mut(),
        Examined::Missing(_) => [].iter_mut(),
    });
    let of_people = payroll.reports.iter_mut().chain(&mut payroll.register_reports);
    of_people.chain(of_systems).for_each(|report| report.leave_out_unread(&is_hidden));
}

/// Every row that is marked, or is a protected person's or such an account's.
fn hidden_rows(
    systems: &[Examined],
    payroll: &Payroll,
    protection: &Protection,
    roster: &Roster,
) -> BTreeSet<SourceRef> {
    let mut hidden: BTreeSet<SourceRef> = payroll.marks.iter().map(|mark| mark.source).collect();
    for person in protection.persons.iter().map(|ix| roster.person(*ix)) {
        hidden.insert(person.source);
        let told = person.employments.iter().flat_map(|own| own.told_in.iter().chain([&own.source]));
        hidden.extend(told);
    }
    for (system, own) in systems.iter().zip(&protection.accounts) {
        let Ok((export, _)) = system.delivered() else { continue };
        hidden.extend(export.marks.iter().map(|mark| mark.source));
        hidden.extend(own.iter().flat_map(|ix| export.rows_of(*ix)));
    }
    hidden
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
}

/// Accounts that tell nothing of how good a key is: hidden ones, those left out of the review, and things, which have no
/// holder to be found.
fn without_holder(export: &Export, matches: &SystemMatches, hidden: &BTreeSet<AccountIx>) -> BTreeSet<AccountIx> {
    let both = export.accounts.iter().zip(&matches.matches).zip(0u32..);
    let without = both.filter(|((account, matched), at)| {
        account.excluded_by.is_some() || matched.class.needs_named_owner() || hidden.contains(&AccountIx(*at))
    });
    without.map(|(_, at)| AccountIx(at)).collect()
}

fn withhold_keys(export: &mut Export, without: &BTreeSet<AccountIx>, roster: &Roster) {
    let accounts = || without.iter().filter_map(|ix| export.accounts.get(ix.0 as usize));
    let of = |field: Field| {
        let filled = accounts().filter(|account| tells(account, field)).count() as u64;
        let met = |account: &&Account| holder(account, &export.strings, roster, field).is_some();
        (field, filled, accounts().filter(met).count() as u64)
    };
    let keys = [Field::PersonalNumber, Field::EmployeeNumber, Field::HsaId, Field::Email, Field::BirthDate].map(of);
    for report in &mut export.reports {
        for (field, filled, met) in keys {
            if let Some(coverage) = report.key_coverage.get_mut(&field) {
                coverage.of -= without.len() as u64;
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

/// The rows of one file that each hidden account stands on.
fn rows_in_file<'e>(export: &'e Export, hidden: &BTreeSet<AccountIx>, at: usize) -> Vec<(&'e Account, Vec<SourceRef>)> {
    let is_of_file = |row: &SourceRef| usize::from(row.file.0 - export.first.0) == at;
    let rows = hidden.iter().filter_map(|ix| {
        let account = export.accounts.get(ix.0 as usize)?;
        Some((account, export.rows_of(*ix).into_iter().filter(is_of_file).collect()))
    });
    rows.collect()
}

fn withhold_columns(export: &mut Export, hidden: &BTreeSet<AccountIx>) {
    let mut reports = std::mem::take(&mut export.reports);
    for (at, report) in reports.iter_mut().enumerate() {
        let own = rows_in_file(export, hidden, at);
        let all: usize = own.iter().map(|(_, rows)| rows.len()).sum();
        let rows = report.rows.data().saturating_sub(all as u64);
        // What an account holds stands on each of its rows, as exports are made that tell a role a row. What was not
        // understood is left out already.
        let filled = |field: Field| -> u64 {
            let telling = own.iter().filter(|(account, _)| tells(account, field)).flat_map(|(_, rows)| rows);
            telling.filter(|row| !report.has_left_out(field, **row)).count() as u64
        };
        let filled: Vec<u64> = report.columns.iter().map(|column| filled(column.field)).collect();
        for (column, own) in report.columns.iter_mut().zip(filled) {
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
        let all: usize = rows_in_file(export, hidden, at).iter().map(|(_, rows)| rows.len()).sum();
        let records = (of_file(export, hidden, at).count() as u64).min(report.rows.records);
        let folded = (all as u64).saturating_sub(records).min(report.rows.folded);
        // What is stated may be the accounts, of which the hidden ones are as many as their records.
        let stated = if report.control_total == Some(report.rows.records) { records } else { records + folded };
        report.rows.records -= records;
        report.rows.folded -= folded;
        report.rows.in_file -= records + folded;
        report.control_total = report.control_total.map(|total| total.saturating_sub(stated));
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
