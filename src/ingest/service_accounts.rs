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
use crate::model::{AccountName, Field, FileIx, Message, Role, System, fold, message};
use foldhash::{HashMap, HashMapExt};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// One row: an account, and who answers for it.
#[derive(Clone, Debug)]
struct Answered {
    row: u32,
    /// Whether its row is marked as protected, so that nothing of it but its number may be told.
    is_marked: bool,
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
    let unused: Vec<&Answered> = rows.iter().zip(used).filter(|(_, used)| !used).map(|(row, _)| row).collect();
    let names_system = |own: &&&Answered| config.systems.iter().any(|system| own.is_of(&system.system));
    let (unused, of_no_system): (Vec<&Answered>, Vec<&Answered>) = unused.iter().partition(names_system);
    report.warnings.extend((!unused.is_empty()).then(|| fits_no_account(&unused)));
    report.warnings.extend((!of_no_system.is_empty()).then(|| of_no_known_system(&of_no_system)));
    payroll.register_reports.push(report);
    Ok(())
}

impl Answered {
    /// Whether its row may be of a system: one that names none may be of any.
    fn is_of(&self, system: &System) -> bool {
        let is_called = |own: &str| fold(own) == fold(system.id.as_str()) || fold(own) == fold(&system.name);
        self.system.as_deref().is_none_or(is_called)
    }
}

/// Rows of systems that the configuration calls something else, or does not have.
fn of_no_known_system(rows: &[&Answered]) -> Message {
    let open = rows.iter().filter(|own| !own.is_marked).filter_map(|own| own.system.as_deref());
    let systems: BTreeSet<&str> = open.collect();
    let names: Vec<String> = systems.iter().map(|name| format!("\"{name}\"")).collect();
    let (count, names) = (rows.len(), names.join(", "));
    message!(
        "{count} rader gäller system som inte heter så i konfigurationen, varken id eller namn: {names}. De används inte.",
        "{count} rows are of systems that the configuration does not call so, by neither id nor name: {names}. They are not \
         used."
    )
}

/// Which rows are of no account: what was removed from the system, or is misspelt here.
fn fits_no_account(unused: &[&Answered]) -> Message {
    /// Rows that are named; the others are counted.
    const NAMED: usize = 10;
    let named = |Answered { row, is_marked, account, .. }: &Answered| match is_marked {
        true => message!("rad {row}", "row {row}"),
        false => message!("{account} (rad {row})", "{account} (row {row})"),
    };
    let named: Vec<Message> = unused.iter().take(NAMED).map(|own| named(own)).collect();
    let list = |text: fn(&Message) -> &str| named.iter().map(text).collect::<Vec<_>>().join(", ");
    let (mut sv, mut en) = (list(|own| &own.sv), list(|own| &own.en));
    let more = unused.len() - named.len();
    if more > 0 {
        sv.push_str(&format!(" och {more} till"));
        en.push_str(&format!(" and {more} more"));
    }
    message!("Passar inget konto i de lästa exporterna: {sv}.", "Fits no account of the exports that were read: {en}.")
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
    let FileRead { report, marks, .. } = read_file(
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
    let (row_number, is_marked) = (row.number, row.is_protected());
    Ok(Answered {
        row: row_number,
        is_marked,
        account: account.into_owned(),
        system: row.kept(Field::System),
        owner: owner.into_owned(),
    })
}

fn fill_in(export: &mut Export, system: &System, rows: &[Answered], used: &mut [bool]) {
    let mut places: HashMap<AccountName, Vec<usize>> = HashMap::new();
    for (at, account) in export.accounts.iter().enumerate() {
        places.entry(AccountName::new(export.strings.text(account.name))).or_default().push(at);
    }
    for (row, used) in rows.iter().zip(used).filter(|(row, _)| row.is_of(system)) {
        for at in places.get(&AccountName::new(&row.account)).into_iter().flatten() {
            let owner = export.strings.add(&row.owner);
            export.accounts[*at].owner.get_or_insert(owner);
            *used = true;
        }
    }
}
