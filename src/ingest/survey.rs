//! What a file is and which keys it holds: what is asked of every file of a folder before there is a configuration.

use super::apart::domain;
use super::calendar::DEFAULT_ZONE;
use super::file;
use super::format::Workbook;
use super::inspect::{self, terms};
use super::marks::Marks;
use super::other_lists;
use super::reader::{FileRead, ReadAs, read_file};
use super::row::RowView;
use super::rows::Taken;
use super::sheet::{Request, lay_out};
use super::source::SourceReport;
use super::value::Value;
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
    /// The names of the people in it, where it is of people, each as a number that stands for it.
    pub names: BTreeSet<u64>,
    /// The domains that the directory names of its accounts end with.
    pub domains: BTreeSet<String>,
    /// Patterns of high rights that a role in it fits.
    pub high_rights: BTreeSet<&'static str>,
    /// Whom it marks as protected.
    pub marks: Marks,
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
    let as_role = |error| NotRead { role: Some(role), error };
    let (Held { keys, names, domains, high_rights }, bare) = held(&input, role, &seen, today).map_err(as_role)?;
    let (report, marks) = match names_accounts(role, &keys) {
        true => inspect::report(&input, role, today).map_err(as_role)?,
        false => (bare.report, bare.marks),
    };
    let titles = inspect::guarded(&input, || titles(inspect::open(&bytes.bytes, &input)?.as_mut(), &report));
    Ok(Survey { role, report, titles: titles.unwrap_or_default(), keys, names, domains, high_rights, marks })
}

/// The fields that are found in a file when it is taken for each kind.
pub struct Columns(BTreeMap<&'static str, BTreeSet<Field>>);

const ROLES: [Role; 5] = [Role::Accounts, Role::Payroll, Role::Register, Role::Inventory, Role::ServiceAccounts];

impl Columns {
    /// Those of the visible sheet that holds most, for each kind.
    pub fn of(workbook: &mut dyn Workbook, day: NaiveDate) -> Self {
        Self(ROLES.into_iter().map(|role| (role.code(), columns(workbook, role, day))).collect())
    }

    fn as_a(&self, role: Role) -> &BTreeSet<Field> {
        const NONE: &BTreeSet<Field> = &BTreeSet::new();
        self.0.get(role.code()).unwrap_or(NONE)
    }

    /// What the file is, by what only such files hold; its name decides where its columns do not. `None` where it holds
    /// nothing known.
    pub fn role(&self, name: &str) -> Option<Role> {
        let (accounts, inventory) = (self.as_a(Role::Accounts), self.as_a(Role::Inventory));
        let of_accounts = accounts.iter().filter(|field| field.is_of_accounts()).count();
        let of_people = self.as_a(Role::Payroll).iter().filter(|field| field.is_of_employment()).count();
        let listed = inventory.iter().filter(|field| field.is_of_inventory()).count();
        // A payroll has names and departments too, which a list of systems could have; it has more that such a list has not.
        let most = accounts.len().max(self.as_a(Role::Payroll).len());
        if listed >= 2 && !accounts.contains(&Field::Account) && inventory.len() >= most {
            return Some(Role::Inventory);
        }
        if self.is_of_service_accounts(name) {
            return Some(Role::ServiceAccounts);
        }
        // Who answers for each person, in a file called after consultants: their account is one more thing told of them.
        let register = self.as_a(Role::Register);
        if of_whom(name).is_some() && register.contains(&Field::Sponsor) && register.len() > accounts.len() {
            return Some(Role::Register);
        }
        let people = [Role::Payroll, Role::Register].map(|role| self.as_a(role).len()).into_iter().max().unwrap_or(0);
        let is_of_people = match of_people.cmp(&of_accounts) {
            Ordering::Greater => true,
            Ordering::Less => false,
            // Names and addresses stand in both; more of the columns are told by what the file is.
            Ordering::Equal => people > 1 && (people > accounts.len() || of_whom(name).is_some()),
        };
        if is_of_people {
            return Some(self.people(name));
        }
        // A chart of accounts has accounts too: somebody must sign in with them.
        accounts.iter().any(|field| field.tells_of_use()).then_some(Role::Accounts)
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

/// Words in a file's name for people outside payroll.
pub fn of_whom(name: &str) -> Option<&'static str> {
    const WORDS: [(&str, &[&str]); 3] = [
        ("external", &["konsult", "extern", "inhyrd", "bemanning", "entreprenor", "consultant"]),
        ("elected", &["fortroendevald", "politiker", "ledamoter", "elected"]),
        ("student", &["elever", "elevregister", "student", "praktikant", "pupil"]),
    ];
    let name = plain_letters(name);
    WORDS.into_iter().find(|(_, words)| words.iter().any(|word| name.contains(word))).map(|(kind, _)| kind)
}

fn columns(workbook: &mut dyn Workbook, role: Role, day: NaiveDate) -> BTreeSet<Field> {
    let none = BTreeMap::new();
    let mut most = BTreeSet::new();
    let sheets = workbook.sheets();
    for (at, _) in sheets.iter().enumerate().filter(|(_, sheet)| sheet.visible) {
        // A file that only adds to another may lack the account's name and be joined by something else.
        let joins = if role == Role::Accounts { [None, Some(Field::Guid), Some(Field::UserName)] } else { [None; 3] };
        let found = joins.into_iter().find_map(|join| {
            let request = Request { role, columns: &none, header_row: None, day, zone: DEFAULT_ZONE, join };
            lay_out(workbook, at, &request).ok()
        });
        let fields: BTreeSet<Field> = found.map(|own| own.mapping.columns.into_keys().collect()).unwrap_or_default();
        if fields.len() > most.len() {
            most = fields;
        }
    }
    most
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
        if role.is_of_people() {
            own.names.extend(name_of(row));
        }
        own.see_rights(row);
        Ok(Taken::Record)
    })?;
    Ok((own, read))
}

impl Survey {
    /// Whether it names its accounts; else it can only add to another file.
    pub fn names_accounts(&self) -> bool {
        names_accounts(self.role, &self.keys)
    }

    /// Whether it is a system by itself where it adds to no other: its accounts are known by their holders' HSA-id, and it
    /// tells how they are used.
    pub fn can_stand_alone(&self) -> bool {
        const OF_USE: [Field; 6] =
            [Field::Enabled, Field::Disabled, Field::Locked, Field::LastLogin, Field::Role, Field::Groups];
        self.keys.contains_key(&Field::HsaId) && OF_USE.into_iter().any(|field| self.report.has(field))
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
        titles.extend(row.cells.iter().filter_map(Value::text));
        ControlFlow::Continue(())
    });
    Ok(titles)
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
    Error::new(ErrorKind::Unusable, Place::file(input.shown.clone()), says)
}
