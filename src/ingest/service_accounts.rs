//! The register of service and shared accounts: who answers for accounts that are nobody's.

use super::accounts::Export;
use super::reader::read_file;
use super::sheet::{RowView, Taken};
use super::source::{Reason, SourceReport};
use super::{Delivery, Payroll};
use crate::config::{Config, InputFile};
use crate::error::Error;
use crate::model::{Field, Role, System, account_key, fold, message};
use std::collections::HashMap;

/// One row: an account, and who answers for it.
#[derive(Clone, Debug)]
struct Answered {
    account: String,
    system: Option<String>,
    owner: String,
}

/// Reads the register, if there is one, and lets it fill in owners that the exports do not state. It says
/// who answers for an account and not of what kind it is.
///
/// # Errors
/// A register that cannot be read.
pub fn fill_in_owners(config: &Config, deliveries: &mut [Delivery], payroll: &mut Payroll) -> Result<(), Error> {
    let Some(input) = &config.service_accounts else { return Ok(()) };
    let (rows, mut report) = read(input, config.max_file_bytes)?;
    let mut used = vec![false; rows.len()];
    for (delivery, system) in deliveries.iter_mut().zip(&config.systems) {
        if let Delivery::Read(export) = delivery {
            fill_in(export, &system.system, &rows, &mut used);
        }
    }
    let unused = used.iter().filter(|used| !**used).count();
    if unused > 0 {
        report.warnings.push(message!(
            "{unused} rader passar inget konto i de lästa exporterna.",
            "{unused} rows fit no account of the exports that were read."
        ));
    }
    payroll.register_reports.push(report);
    Ok(())
}

fn read(input: &InputFile, max_bytes: u64) -> Result<(Vec<Answered>, SourceReport), Error> {
    let mut rows = Vec::new();
    let report = read_file(input, Role::ServiceAccounts, max_bytes, &mut |_, row| {
        rows.push(answered(row)?);
        Ok(Taken::Record)
    })?;
    Ok((rows, report))
}

fn answered(row: &RowView<'_>) -> Result<Answered, Reason> {
    let account = row.text(Field::Account).or_else(|| row.text(Field::Upn)).ok_or(Reason::NoAccount)?;
    let owner = row.text(Field::Owner).ok_or(Reason::NoOwner)?;
    Ok(Answered { account, system: row.text(Field::System), owner })
}

fn fill_in(export: &mut Export, system: &System, rows: &[Answered], used: &mut [bool]) {
    let is_of = |row: &Answered| {
        row.system.as_deref().is_none_or(|own| fold(own) == fold(system.id.as_str()) || fold(own) == fold(&system.name))
    };
    let names = export.accounts.iter().map(|account| account_key(export.strings.text(account.name)));
    let places: HashMap<String, usize> = names.zip(0..).collect();
    for (row, used) in rows.iter().zip(used).filter(|(row, _)| is_of(row)) {
        let Some(at) = places.get(&account_key(&row.account)) else { continue };
        let owner = export.strings.intern(&row.owner);
        let account = &mut export.accounts[*at];
        account.owner.get_or_insert(owner);
        *used = true;
    }
}
