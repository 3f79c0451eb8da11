//! What a file is and which keys it holds: what is asked of every file of a folder before there is a configuration.

use super::apart::domain;
use super::calendar::DEFAULT_ZONE;
use super::columns::Mapping;
use super::engaged::{engaged_by, of_whom};
use super::file;
use super::format::Workbook;
use super::header::{Meaning, meanings};
use super::header_row::find_header;
use super::inspect::{self, terms};
use super::marks::Marks;
use super::other_lists;
use super::reader::{FileRead, ReadAs, read_file};
use super::row::RowView;
use super::rows::Taken;
use super::sheet::{Request, has_needed, lay_out};
use super::source::SourceReport;
use super::value::Value;
use super::words::is_of_the_served;
use crate::config::InputFile;
use crate::error::{Error, ErrorKind, Place};
use crate::model::{Field, FileIx, Role, fold, folded_words, message, plain_letters};
use chrono::NaiveDate;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;
use std::path::Path;

/// A file as it was found.
#[derive(Debug)]
pub struct Survey {
    /// What it is.
    pub role: Role,
    /// How it is read.
    pub report: SourceReport,
    /// The texts above its header.
    pub titles: Vec<String>,
    /// What is given once to an account or a person: every value of it, as a number that stands for it.
    pub keys: Keys,
    /// The names of the people in it, each as a number that stands for it.
    pub names: BTreeSet<u64>,
    /// The domains that the directory names of its accounts end with.
    pub domains: BTreeSet<String>,
    /// Patterns of high rights that a role in it fits.
    pub high_rights: BTreeSet<&'static str>,
    /// The one sheet that is of staff, and the others, which are called by those whom the organisation serves.
    pub of_staff: Option<OfStaff>,
    /// Words in columns of roles and types for those whom the organisation serves, with their rows.
    pub served: BTreeMap<(Field, String), u64>,
    /// Whom it marks as protected.
    pub marks: Marks,
}

/// Which sheet of an export is of staff.
#[derive(Clone, Debug)]
pub struct OfStaff {
    /// The sheet that is.
    pub sheet: String,
    /// Those that are not.
    pub others: Vec<String>,
}

/// A file that could not be read as what it is.
#[derive(Debug)]
pub struct NotRead {
    /// What it is, where that could be told.
    pub role: Option<Role>,
    /// Why it could not be read, with the way out.
    pub error: Error,
}

/// Fields by which rows of two files can be one account's or one person's.
pub const KEYS: [Field; 9] = [
    Field::Account,
    Field::Upn,
    Field::Guid,
    Field::Dn,
    Field::UserName,
    Field::Email,
    Field::EmployeeNumber,
    Field::PersonalNumber,
    Field::HsaId,
];

/// Looks at a file. `shown` is what it is called in messages and in the configuration.
///
/// # Errors
/// A file that cannot be read, or holds nothing known.
pub fn survey(path: &Path, shown: &str, today: NaiveDate) -> Result<Survey, NotRead> {
    let input = InputFile { shown: shown.to_owned(), path: path.to_owned(), ..InputFile::default() };
    let unread = |error| NotRead { role: None, error };
    let bytes = file::read(&input, inspect::MAX_BYTES).map_err(unread)?;
    let seen = inspect::guarded(&input, || {
        let mut workbook = inspect::open(&bytes.bytes, &input)?;
        refuse_own(workbook.as_ref(), &input)?;
        other_lists::refuse(workbook.as_mut(), &input)?;
        Ok(Columns::of(workbook.as_mut(), today))
    })
    .map_err(unread)?;
    let Some(role) = seen.role(shown) else { return Err(unread(nothing_known(&input))) };
    surveyed(&input, &bytes.bytes, (role, &seen), today)
}

/// Looks at a file as one of a role, whatever it looks like.
///
/// # Errors
/// A file that cannot be read as that.
pub fn survey_as(path: &Path, shown: &str, role: Role, today: NaiveDate) -> Result<Survey, NotRead> {
    let input = InputFile { shown: shown.to_owned(), path: path.to_owned(), ..InputFile::default() };
    let unread = |error| NotRead { role: Some(role), error };
    let bytes = file::read(&input, inspect::MAX_BYTES).map_err(unread)?;
    let seen = inspect::guarded(&input, || Ok(Columns::of(inspect::open(&bytes.bytes, &input)?.as_mut(), today)));
    surveyed(&input, &bytes.bytes, (role, &seen.map_err(unread)?), today)
}

/// What a file of a role holds.
fn surveyed(
    input: &InputFile,
    bytes: &[u8],
    (role, seen): (Role, &Columns),
    today: NaiveDate,
) -> Result<Survey, NotRead> {
    let as_role = |error| NotRead { role: Some(role), error };
    let mut own = input.clone();
    let (mut holds, mut bare) = held(&own, role, seen, today).map_err(as_role)?;
    let of_staff = of_staff(role, &bare.report);
    if let Some(OfStaff { sheet, .. }) = &of_staff {
        own.sheet = Some(sheet.clone());
        (holds, bare) = held(&own, role, seen, today).map_err(as_role)?;
    }
    let input = &own;
    let Held { keys, names, domains, high_rights, served } = holds;
    let (report, marks) = match names_accounts(role, &keys) {
        true => inspect::report(input, role, today).map_err(as_role)?,
        false => (bare.report, bare.marks),
    };
    let titles = inspect::guarded(input, || titles(inspect::open(bytes, input)?.as_mut(), &report));
    let titles = titles.unwrap_or_default();
    Ok(Survey { role, report, titles, keys, names, domains, high_rights, of_staff, served, marks })
}

/// What is found in a file when it is taken for each kind.
pub struct Columns(BTreeMap<&'static str, Found>);

/// What is found in a file when it is taken for one kind.
#[derive(Debug, Default)]
struct Found {
    /// Its headers.
    headers: Vec<String>,
    /// Its fields.
    fields: BTreeSet<Field>,
    /// Of these, those whose every header is one of an employment as well: they do not tell an export from payroll.
    either: BTreeSet<Field>,
}

const ROLES: [Role; 5] = [Role::Accounts, Role::Payroll, Role::Register, Role::Inventory, Role::ServiceAccounts];

impl Columns {
    /// Those of the visible sheet that holds most, for each kind. What cannot be read as some kind counts by its headers
    /// alone, so that why it cannot be read is told of what the file is.
    pub fn of(workbook: &mut dyn Workbook, day: NaiveDate) -> Self {
        Self(ROLES.into_iter().map(|role| (role.code(), found(workbook, role, day))).collect())
    }

    fn found(&self, role: Role) -> &Found {
        static NONE: Found = Found { headers: Vec::new(), fields: BTreeSet::new(), either: BTreeSet::new() };
        self.0.get(role.code()).unwrap_or(&NONE)
    }

    fn as_a(&self, role: Role) -> &BTreeSet<Field> {
        &self.found(role).fields
    }

    /// What the file is, by what only such files hold; its name decides where its columns do not. `None` where it holds
    /// nothing known.
    pub fn role(&self, name: &str) -> Option<Role> {
        if self.is_inventory() {
            return Some(Role::Inventory);
        }
        if self.is_of_service_accounts(name) {
            return Some(Role::ServiceAccounts);
        }
        // Who answers for each person, in a file called after consultants: their account is one more thing told of them.
        let (accounts, register) = (self.as_a(Role::Accounts), self.as_a(Role::Register));
        if of_whom(name).is_some() && register.contains(&Field::Sponsor) && register.len() > accounts.len() {
            return Some(Role::Register);
        }
        if self.tells_how_accounts_are_used() {
            return Some(Role::Accounts);
        }
        if !register.is_empty() && engaged_by(&self.found(Role::Register).headers).is_some() {
            return Some(Role::Register);
        }
        if self.is_of_people(name) {
            return Some(self.people(name));
        }
        // A chart of accounts has accounts too: somebody must sign in with them.
        accounts.iter().any(|field| field.tells_of_use()).then_some(Role::Accounts)
    }

    /// A payroll has names and departments too, which a list of systems could have; it has more that such a list has not.
    fn is_inventory(&self) -> bool {
        let (accounts, inventory) = (self.as_a(Role::Accounts), self.as_a(Role::Inventory));
        let listed = inventory.iter().filter(|field| field.is_of_inventory()).count();
        let most = accounts.len().max(self.as_a(Role::Payroll).len());
        listed >= 2 && !accounts.contains(&Field::Account) && inventory.len() >= most
    }

    /// Names of accounts with what each may do, or when it was used: whatever else of employments an export has, no payroll
    /// has that.
    fn tells_how_accounts_are_used(&self) -> bool {
        let Found { fields, either, .. } = self.found(Role::Accounts);
        let names = fields.contains(&Field::Account) || fields.contains(&Field::Upn);
        names && OF_USE.iter().any(|field| fields.contains(field) && !either.contains(field))
    }

    /// Whether its rows are people and no accounts, by what only the one or the other has.
    fn is_of_people(&self, name: &str) -> bool {
        let Found { fields: accounts, either, .. } = self.found(Role::Accounts);
        let of_accounts = accounts.iter().filter(|field| field.is_of_accounts() && !either.contains(field)).count();
        let of_people = self.as_a(Role::Payroll).iter().filter(|field| field.is_of_employment()).count();
        let people = [Role::Payroll, Role::Register].map(|role| self.as_a(role).len()).into_iter().max().unwrap_or(0);
        match of_people.cmp(&of_accounts) {
            Ordering::Greater => true,
            Ordering::Less => false,
            // Names and addresses stand in both; more of the columns are told by what the file is.
            Ordering::Equal => people > 1 && (people > accounts.len() || of_whom(name).is_some()),
        }
    }

    /// Payroll, or a register beside it: who answers for the people there, and what the file is called, tell.
    fn people(&self, name: &str) -> Role {
        let is_register = self.as_a(Role::Register).contains(&Field::Sponsor) || of_whom(name).is_some();
        let can_be_payroll = !self.as_a(Role::Payroll).is_empty();
        if is_register || !can_be_payroll { Role::Register } else { Role::Payroll }
    }

    /// A list of accounts with who answers for each and nothing of how they are used, which its name or a column of
    /// systems tells from a small export.
    fn is_of_service_accounts(&self, name: &str) -> bool {
        let own = self.as_a(Role::ServiceAccounts);
        let says_so = ["tjanstekonto", "servicekonto", "funktionskonto", "systemkonto", "serviceaccount"];
        let says_so = says_so.iter().any(|word| plain_letters(name).contains(word));
        own.contains(&Field::Owner)
            && (says_so || own.contains(&Field::System) && own.len() >= self.as_a(Role::Accounts).len())
    }
}

/// What only an export says of an account: what it may do, and whether and when it was used.
const OF_USE: [Field; 10] = [
    Field::Enabled,
    Field::Disabled,
    Field::Locked,
    Field::AccountControl,
    Field::LastLogin,
    Field::LastInteractiveLogin,
    Field::PasswordNeverExpires,
    Field::Role,
    Field::Groups,
    Field::Privileged,
];

fn found(workbook: &mut dyn Workbook, role: Role, day: NaiveDate) -> Found {
    let none = BTreeMap::new();
    let mut most = Found::default();
    let sheets = workbook.sheets();
    for (at, _) in sheets.iter().enumerate().filter(|(_, sheet)| sheet.visible) {
        // A file that only adds to another may lack the account's name and be joined by something else.
        let joins = if role == Role::Accounts { [None, Some(Field::Guid), Some(Field::UserName)] } else { [None; 3] };
        let found = joins.into_iter().find_map(|join| {
            let request = Request { role, columns: &none, header_row: None, day, zone: DEFAULT_ZONE, join, file: "" };
            let laid = lay_out(workbook, at, &request).ok().map(|own| Found::laid(own.mapping));
            laid.or_else(|| find_header(workbook, at, &request).ok().and_then(|own| Found::named(own.headers, role)))
        });
        most = found.filter(|found| found.fields.len() > most.fields.len()).unwrap_or(most);
    }
    most
}

impl Found {
    fn laid(mapping: Mapping) -> Self {
        let Mapping { columns, headers, .. } = mapping;
        let own = columns.iter().flat_map(|(field, own)| own.iter().map(|&column| (*field, headers[column].clone())));
        Self::of(&own.collect::<Vec<_>>(), headers)
    }

    /// What the headers name, where that is what such a file must have.
    fn named(headers: Vec<String>, role: Role) -> Option<Self> {
        let field = |header: &String| Some((meanings(header, role).first()?.field()?, header.clone()));
        let own: Vec<(Field, String)> = headers.iter().filter_map(field).collect();
        has_needed(role, &|field| own.iter().any(|(other, _)| *other == field)).then(|| Self::of(&own, headers))
    }

    fn of(columns: &[(Field, String)], headers: Vec<String>) -> Self {
        let fields: BTreeSet<Field> = columns.iter().map(|(field, _)| *field).collect();
        let told = columns.iter().filter(|(_, header)| !is_of_employment(header)).map(|(field, _)| *field);
        let either = &fields - &told.collect();
        Self { headers, fields, either }
    }
}

/// Whether a header is one of an employment in payroll.
fn is_of_employment(header: &str) -> bool {
    let of_employment = |field: Field| field.is_of_employment() || field == Field::EmploymentStatus;
    meanings(header, Role::Payroll).into_iter().filter_map(Meaning::field).any(of_employment)
}

/// Values of the fields that are given once, each as a number that stands for it.
type Keys = BTreeMap<Field, BTreeSet<u64>>;

/// Whether a file names its accounts, so that it can be a system by itself.
fn names_accounts(role: Role, keys: &Keys) -> bool {
    role != Role::Accounts || [Field::Account, Field::Upn, Field::Email].iter().any(|field| keys.contains_key(field))
}

/// Words in the names of roles that are high rights, as patterns of them are written.
const HIGH_RIGHTS: [(&str, &str); 5] = [
    ("admin", "*admin*"),
    ("superus", "*superus*"),
    ("root", "*root*"),
    ("systemansvar", "*systemansvar*"),
    ("systemforvalt", "*systemförvalt*"),
];

/// What the rows of a file hold.
#[derive(Default)]
struct Held {
    keys: Keys,
    names: BTreeSet<u64>,
    domains: BTreeSet<String>,
    high_rights: BTreeSet<&'static str>,
    served: BTreeMap<(Field, String), u64>,
}

/// The sheet of an export that is of staff, where all others that are read are called by those who are served and mark
/// nobody as protected: a mark is never left out.
fn of_staff(role: Role, report: &SourceReport) -> Option<OfStaff> {
    let read = report.sheets.iter().filter(|sheet| sheet.header_row.is_some());
    let (served, staff): (Vec<_>, Vec<_>) = read.partition(|sheet| is_of_the_served(&sheet.name));
    let is_marking = served.iter().any(|sheet| sheet.fields.contains(&Field::Protected));
    match staff.as_slice() {
        [one] if role == Role::Accounts && !served.is_empty() && !is_marking => {
            let others = served.iter().map(|sheet| sheet.name.clone()).collect();
            Some(OfStaff { sheet: one.name.clone(), others })
        }
        _ => None,
    }
}

impl Held {
    /// Notes the high rights that a row has. What only a row of somebody protected has counts as nowhere.
    fn see_rights(&mut self, row: &RowView<'_>) {
        if row.is_protected() {
            return;
        }
        for role in [Field::Role, Field::Groups].into_iter().flat_map(|field| row.parts(field)) {
            let role = fold(&role);
            let met = HIGH_RIGHTS.iter().filter(|(word, _)| role.contains(word));
            self.high_rights.extend(met.map(|(_, pattern)| *pattern));
        }
    }

    /// Counts the words for those who are served; they name nobody.
    fn see_served(&mut self, row: &RowView<'_>) {
        for field in [Field::Role, Field::Groups, Field::AccountType] {
            for word in row.parts(field).into_iter().filter(|word| is_of_the_served(word)) {
                *self.served.entry((field, word.to_string())).or_default() += 1;
            }
        }
    }
}

/// Every value of the fields that are given once, the high rights, and how the file was read for that.
fn held(input: &InputFile, role: Role, seen: &Columns, today: NaiveDate) -> Result<(Held, FileRead), Error> {
    let mut own = Held::default();
    let held: Vec<Field> = KEYS.into_iter().filter(|field| seen.as_a(role).contains(field)).collect();
    let join = held.first().copied().filter(|_| role == Role::Accounts);
    let read_as = ReadAs { role, terms: terms(today), join, file: FileIx(0) };
    let read = read_file(input, read_as, &mut |_, row| {
        for field in &held {
            if let Some(value) = row.text(*field) {
                own.keys.entry(*field).or_default().insert(number(*field, &value));
            }
        }
        own.domains.extend(row.text(Field::Dn).and_then(|dn| domain(&dn)).map(|domain| domain.to_lowercase()));
        own.names.extend(name_of(row));
        own.see_rights(row);
        own.see_served(row);
        Ok(Taken::Record)
    })?;
    Ok((own, read))
}

impl Survey {
    /// Whether it names its accounts; else it can only add to another file.
    pub fn names_accounts(&self) -> bool {
        names_accounts(self.role, &self.keys)
    }

    /// Whether it tells how its accounts are used.
    pub fn tells_of_use(&self) -> bool {
        OF_USE.into_iter().any(|field| self.report.has(field))
    }
}

/// A value as a number. Personal numbers count without their century, which some files leave out.
fn number(field: Field, value: &str) -> u64 {
    const WITHOUT_CENTURY: usize = 10;
    let letters = plain_letters(value);
    let own = match field {
        Field::PersonalNumber => &letters[letters.len().saturating_sub(WITHOUT_CENTURY)..],
        _ => letters.as_str(),
    };
    hashed(own)
}

fn hashed(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The words of somebody's name in no order, since files write it in either, as a number.
fn name_of(row: &RowView<'_>) -> Option<u64> {
    let fields = if row.text(Field::Name).is_some() { &[Field::Name][..] } else { &[Field::GivenName, Field::Surname] };
    let written: Vec<String> = fields.iter().filter_map(|field| row.kept(*field)).collect();
    let mut words = folded_words(&written.join(" "));
    words.sort_unstable();
    (!words.is_empty()).then(|| hashed(words))
}

/// The texts of the rows above the header.
fn titles(workbook: &mut dyn Workbook, report: &SourceReport) -> Result<Vec<String>, Error> {
    let read = report.sheets.iter().enumerate().find_map(|(at, sheet)| Some((at, sheet.header_row?)));
    let Some((sheet, header)) = read else { return Ok(Vec::new()) };
    let mut titles = Vec::new();
    // What cannot be read a second time has told nothing of itself.
    let _ = workbook.rows(sheet, &mut |row| {
        if row.number >= header {
            return ControlFlow::Break(());
        }
        let texts: Vec<String> = row.cells.iter().filter_map(Value::text).collect();
        titles.extend((0..texts.len()).map(|at| with_its_value(&texts, at)));
        ControlFlow::Continue(())
    });
    Ok(titles)
}

/// A text above the header, with what stands beside it where it is only a label: `Utskriven:`, and the day in the next cell.
fn with_its_value(texts: &[String], at: usize) -> String {
    let own = &texts[at];
    match texts.get(at + 1) {
        Some(value) if !own.contains(|c: char| c.is_ascii_digit()) => format!("{own} {value}"),
        _ => own.clone(),
    }
}

/// A workbook that the program itself has written is an answer, or a list to be answered.
fn refuse_own(workbook: &dyn Workbook, input: &InputFile) -> Result<(), Error> {
    if workbook.sheets().iter().all(|sheet| sheet.name != "_samkor") {
        return Ok(());
    }
    let says = message!("arbetsboken är skriven av samkor", "the workbook was written by samkor");
    Err(Error::new(ErrorKind::Unusable, Place::file(input.shown.clone()), says))
}

fn nothing_known(input: &InputFile) -> Error {
    let says = message!(
        "ingen rad ser ut som rubriker till ett personalregister, konton eller system",
        "no row looks like headers of payroll, accounts or systems"
    );
    Error::new(ErrorKind::Unusable, Place::file(input.shown.clone()), says).way_out(message!(
        "Hör den hit: se hur den läses med samkor inspect",
        "If it belongs here: see how it is read with samkor inspect"
    ))
}
