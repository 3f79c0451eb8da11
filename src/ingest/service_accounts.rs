//! The register of service and shared accounts: who answers for accounts that are nobody's.

use super::accounts::Export;
use super::marks::Marks;
use super::reader::{FileRead, FileTerms, ReadAs, read_file};
use super::row::RowView;
use super::rows::Taken;
use super::source::{Reason, SourceReport};
use super::{Delivery, Payroll};
use crate::config::{Config, InputFile};
use crate::error::Error;
use crate::model::{AccountName, Field, FileIx, Role, System, fold, message};
use foldhash::{HashMap, HashMapExt};
use std::borrow::Cow;

/// One row: an account, and who answers for it.
#[derive(Clone, Debug)]
struct Answered {
    account: String,
    system: Option<String>,
    owner: String,
}

/// Reads the register, if there is one, and lets it fill in owners that the exports do not state. It says who
/// answers for an account, not of what kind it is.
///
/// # Errors
/// A register that cannot be read.
pub fn fill_in_owners(config: &Config, deliveries: &mut [Delivery], payroll: &mut Payroll) -> Result<(), Error> {
    let Some(input) = &config.service_accounts else { return Ok(()) };
    let (rows, mut report, marks) = read(input, FileTerms::of(config))?;
    payroll.marks.extend(marks);
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

/// How the register is read.
///
/// # Errors
/// A register that cannot be read.
pub fn survey(input: &InputFile, terms: FileTerms) -> Result<(SourceReport, Marks), Error> {
    read(input, terms).map(|(_, report, marks)| (report, marks))
}

fn read(input: &InputFile, terms: FileTerms) -> Result<(Vec<Answered>, SourceReport, Marks), Error> {
    let mut rows = Vec::new();
    let FileRead { report, marks } = read_file(
        input,
        ReadAs { role: Role::ServiceAccounts, terms, join: None, file: FileIx(u16::MAX) },
        &mut |_, row| {
            rows.push(answered(row)?);
            Ok(Taken::Record)
        },
    )?;
    Ok((rows, report, marks))
}

/// What of the one who answers for an account may be a field's: a marked row of the register protects that person.
pub fn of_owner(row: &RowView<'_>, field: Field) -> Vec<String> {
    let is_words = |text: &str| text.split_whitespace().nth(1).is_some();
    let is_of = |text: &str| match field {
        Field::Name => is_words(text) && !text.contains('@'),
        Field::Email => text.contains('@'),
        Field::EmployeeNumber => text.bytes().all(|byte| byte.is_ascii_digit()),
        Field::PersonalNumber => text.contains(|c: char| c.is_ascii_digit()),
        Field::Account | Field::UserName => !is_words(text) && !text.contains('@'),
        _ => false,
    };
    row.texts(Field::Owner).into_iter().filter(|text| is_of(text)).map(Cow::into_owned).collect()
}

fn answered(row: &RowView<'_>) -> Result<Answered, Reason> {
    let account = row.text(Field::Account).or_else(|| row.text(Field::Upn)).ok_or(Reason::NoAccount)?;
    let owner = row.text(Field::Owner).ok_or(Reason::NoOwner)?;
    Ok(Answered { account: account.into_owned(), system: row.kept(Field::System), owner: owner.into_owned() })
}

fn fill_in(export: &mut Export, system: &System, rows: &[Answered], used: &mut [bool]) {
    let is_of = |row: &Answered| {
        row.system.as_deref().is_none_or(|own| fold(own) == fold(system.id.as_str()) || fold(own) == fold(&system.name))
    };
    let mut places: HashMap<AccountName, Vec<usize>> = HashMap::new();
    for (at, account) in export.accounts.iter().enumerate() {
        places.entry(AccountName::new(export.strings.text(account.name))).or_default().push(at);
    }
    for (row, used) in rows.iter().zip(used).filter(|(row, _)| is_of(row)) {
        for at in places.get(&AccountName::new(&row.account)).into_iter().flatten() {
            let owner = export.strings.add(&row.owner);
            export.accounts[*at].owner.get_or_insert(owner);
            *used = true;
        }
    }
}
