//! Rows of an account export, folded to accounts by account name.

use super::reader::read_file;
use super::sheet::{RowView, Taken};
use super::source::{Coverage, Reason, SourceReport};
use super::words;
use crate::config::{StatusWords, SystemConfig};
use crate::error::Error;
use crate::model::{
    Account, AccountClass, AccountState, Field, FileIx, Flaw, LastLogin, PersonalNumber, Reading, Role, SourceRef,
    Strings, Sym, TypeHint, birth_date_in, fold, message,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The accounts of one system as its export has them.
#[derive(Clone, Debug)]
pub struct Export {
    /// Folded accounts, in the order they were first met.
    pub accounts: Vec<Account>,
    /// The pool of their texts.
    pub strings: Strings,
    /// The reader's account of each file.
    pub reports: Vec<SourceReport>,
    /// Every word of the status column, folded.
    pub status_words: BTreeSet<String>,
    /// The day the export proves: the earlier of the reference date and its stated day.
    pub tested_day: NaiveDate,
}

/// Reads the export of one system.
///
/// # Errors
/// A file that cannot be read or used.
pub fn read(config: &SystemConfig, file: FileIx, as_of: NaiveDate, max_bytes: u64) -> Result<Export, Error> {
    let tested_day = config.exported().map_or(as_of, |day| day.min(as_of));
    let mut folder = Folder {
        config,
        tested_day,
        as_of,
        accounts: Vec::new(),
        strings: Strings::default(),
        known: HashMap::new(),
        flaws: BTreeMap::new(),
        unknown_status: 0,
        status_words: BTreeSet::new(),
        lost_letters: 0,
    };
    let input = &config.inputs[0];
    let mut report = read_file(input, Role::Accounts, max_bytes, &mut |sheet, row| {
        folder.take(SourceRef { file, sheet, row: row.number }, row)
    })?;
    report.system = Some(config.system.id.to_string());
    report.flaws = std::mem::take(&mut folder.flaws);
    report.key_coverage = coverage(&folder.accounts, &report);
    folder.warn(&mut report);
    Ok(Export {
        accounts: folder.accounts,
        strings: folder.strings,
        reports: vec![report],
        status_words: folder.status_words,
        tested_day,
    })
}

impl Export {
    /// Whether a column of any of its files was taken for the field.
    pub fn has(&self, field: Field) -> bool {
        self.reports.iter().any(|report| report.has(field))
    }

    /// Its files as the user named them.
    pub fn shown(&self) -> String {
        let paths: Vec<&str> = self.reports.iter().map(|report| report.path.as_str()).collect();
        paths.join(", ")
    }
}

fn coverage(accounts: &[Account], report: &SourceReport) -> BTreeMap<Field, Coverage> {
    type Has = fn(&Account) -> bool;
    let keys: [(Field, Has); 5] = [
        (Field::PersonalNumber, |account| account.personal_number.is_some()),
        (Field::EmployeeNumber, |account| account.employee_number.is_some()),
        (Field::HsaId, |account| account.hsa_id.is_some()),
        (Field::Email, |account| account.email.is_some()),
        (Field::BirthDate, |account| account.birth_date.is_some()),
    ];
    let of = accounts.len() as u64;
    keys.into_iter()
        .filter(|(field, _)| report.has(*field))
        .map(|(field, has)| (field, Coverage { filled: accounts.iter().filter(|a| has(a)).count() as u64, of }))
        .collect()
}

/// Accounts under way.
struct Folder<'a> {
    config: &'a SystemConfig,
    tested_day: NaiveDate,
    as_of: NaiveDate,
    accounts: Vec<Account>,
    strings: Strings,
    /// Account names without regard to case → account.
    known: HashMap<String, usize>,
    flaws: BTreeMap<Flaw, u64>,
    unknown_status: u64,
    status_words: BTreeSet<String>,
    lost_letters: u64,
}

impl Folder<'_> {
    fn take(&mut self, source: SourceRef, row: &RowView<'_>) -> Result<Taken, Reason> {
        let name = row.text(Field::Account).or_else(|| row.text(Field::Upn)).ok_or(Reason::NoAccount)?;
        let known = self.known.get(&name.to_lowercase()).copied();
        let account = self.account(source, &name, row);
        match known {
            Some(at) if contradicts(&self.accounts[at], &account) => Err(Reason::ContradictsEarlierRow),
            Some(at) => {
                merge(&mut self.accounts[at], account);
                Ok(Taken::Folded)
            }
            None => {
                self.known.insert(name.to_lowercase(), self.accounts.len());
                self.accounts.push(account);
                Ok(Taken::Record)
            }
        }
    }

    fn intern(&mut self, row: &RowView<'_>, field: Field) -> Option<Sym> {
        row.text(field).map(|text| self.strings.intern(&text))
    }

    fn account(&mut self, source: SourceRef, name: &str, row: &RowView<'_>) -> Account {
        let written = row.text(Field::PersonalNumber).unwrap_or_default();
        let (employee_number, smuggled) = PersonalNumber::separate(row.text(Field::EmployeeNumber), self.as_of);
        let personal_number = self.personal_number(&written, row).or(smuggled);
        let roles = self.roles(row);
        Account {
            name: self.strings.intern(name),
            source,
            guid: self.intern(row, Field::Guid),
            upn: self.intern(row, Field::Upn),
            user_name: self.intern(row, Field::UserName),
            personal_number,
            employee_number: employee_number.map(|number| self.strings.intern(&number)),
            hsa_id: self.intern(row, Field::HsaId),
            email: self.intern(row, Field::Email),
            birth_date: birth_date(personal_number, &written, row),
            given_name: self.name(row, Field::GivenName),
            surname: self.name(row, Field::Surname),
            whole_name: self.name(row, Field::Name),
            department: self.intern(row, Field::Department),
            unit: self.intern(row, Field::Unit),
            title: self.intern(row, Field::Title),
            manager: self.intern(row, Field::Manager),
            state: self.state(row),
            last_login: last_login(row),
            last_interactive_login: date(row, Field::LastInteractiveLogin),
            password_never_expires: password_never_expires(row),
            created: date(row, Field::Created),
            valid_to: date(row, Field::Expires).or_else(|| date(row, Field::ValidTo)),
            privileged: self.privileged(row, &roles),
            roles,
            type_hint: type_hint(row),
            owner: self.intern(row, Field::Owner),
            protected: row.text(Field::Protected).is_some_and(|text| words::is_protected(&text)),
            excluded_by: self.excluded_by(row),
        }
    }

    fn personal_number(&mut self, written: &str, row: &RowView<'_>) -> Option<PersonalNumber> {
        let century = row.text(Field::Century).and_then(|text| text.parse().ok());
        match PersonalNumber::read(written, century, self.as_of) {
            Ok(reading) => Some(reading.number),
            Err(Flaw::Blank) => None,
            Err(flaw) => {
                *self.flaws.entry(flaw).or_default() += 1;
                None
            }
        }
    }

    /// A name, with letters lost to `?` counted.
    fn name(&mut self, row: &RowView<'_>, field: Field) -> Option<Sym> {
        let text = row.text(field)?;
        let letters: Vec<char> = text.chars().collect();
        let lost = letters.windows(2).any(|pair| {
            (matches!(pair[0], '?' | '\u{fffd}') && pair[1].is_alphabetic())
                || (pair[0].is_alphabetic() && matches!(pair[1], '?' | '\u{fffd}'))
        });
        self.lost_letters += u64::from(lost);
        Some(self.strings.intern(&text))
    }

    /// Roles and groups; a cell may hold several, divided by `;` or `|`.
    fn roles(&mut self, row: &RowView<'_>) -> Vec<Sym> {
        let mut roles = Vec::new();
        for field in [Field::Role, Field::Groups] {
            let Some(text) = row.text(field) else { continue };
            if text.starts_with("Microsoft.ActiveDirectory.Management.") {
                // What PowerShell writes instead of a list: unknown, not a value.
                continue;
            }
            for part in text.split([';', '|']).map(str::trim).filter(|part| !part.is_empty()) {
                let role = self.strings.intern(part);
                if !roles.contains(&role) {
                    roles.push(role);
                }
            }
        }
        roles
    }

    fn privileged(&self, row: &RowView<'_>, roles: &[Sym]) -> bool {
        let by_role = |role: &Sym| self.config.privileged_roles.fit(self.strings.text(*role));
        row.flag(Field::Privileged) == Some(true) || roles.iter().any(by_role)
    }

    /// Whether it can be used: any column that says no outweighs one that says yes.
    fn state(&mut self, row: &RowView<'_>) -> AccountState {
        let status = row.text(Field::Status).and_then(|text| {
            let known = status_word(&text, &self.config.status);
            self.unknown_status += u64::from(known.is_none());
            self.status_words.insert(fold(&text));
            known
        });
        let control = account_control(row);
        let past = date(row, Field::ValidTo).is_some_and(|end| end < self.tested_day);
        let says = [
            row.flag(Field::Enabled),
            row.flag(Field::Disabled).map(|disabled| !disabled),
            status,
            // Bit 2 is ACCOUNTDISABLE (KB305144).
            control.map(|bits| bits & 2 == 0),
            (past && self.config.status.valid_to_closes).then_some(false),
        ];
        if says.contains(&Some(false)) {
            AccountState::Disabled
        } else if says.contains(&Some(true)) {
            AccountState::Active
        } else {
            AccountState::NotStated
        }
    }

    fn excluded_by(&self, row: &RowView<'_>) -> Option<u8> {
        let fits = |exclusion: &crate::config::Exclusion| {
            row.under(&exclusion.column).is_some_and(|text| exclusion.pattern.fit(&text))
        };
        self.config.exclusions.iter().position(fits).and_then(|at| u8::try_from(at).ok())
    }

    /// What the reader of the report should know of the file.
    fn warn(&self, report: &mut SourceReport) {
        let (unknown, lost) = (self.unknown_status, self.lost_letters);
        if unknown > 0 {
            report.warnings.push(message!(
                "{unknown} rader har en status som inte känns igen; de räknas som aktiva. Ange orden under \
                 [system.status].",
                "{unknown} rows have a status that is not recognised; they count as active. State the words \
                 under [system.status]."
            ));
        }
        if lost > 0 {
            report.warnings.push(message!(
                "{lost} namn har förlorat bokstäver (?); exporten är gjord i ASCII. Namnen jämförs ändå.",
                "{lost} names have lost letters (?); the export was made in ASCII. The names are compared all \
                 the same."
            ));
        }
    }
}

fn status_word(text: &str, words: &StatusWords) -> Option<bool> {
    let among = |list: &[String]| list.iter().any(|word| fold(word) == fold(text));
    if among(&words.closed) {
        Some(false)
    } else if among(&words.active) {
        Some(true)
    } else {
        words::is_active_status(text)
    }
}

fn date(row: &RowView<'_>, field: Field) -> Option<NaiveDate> {
    row.date(field).known()
}

fn birth_date(number: Option<PersonalNumber>, written: &str, row: &RowView<'_>) -> Option<NaiveDate> {
    let by_number = number.and_then(PersonalNumber::birth_date);
    by_number.or_else(|| date(row, Field::BirthDate)).or_else(|| birth_date_in(written))
}

/// The bits of `userAccountControl`.
fn account_control(row: &RowView<'_>) -> Option<i64> {
    row.text(Field::AccountControl).and_then(|text| text.parse().ok())
}

/// By a column of its own, else by bit 65536, DONT_EXPIRE_PASSWORD (KB305144).
fn password_never_expires(row: &RowView<'_>) -> Option<bool> {
    row.flag(Field::PasswordNeverExpires).or_else(|| Some(account_control(row)? & 0x1_0000 != 0))
}

/// The last sign-in. A blank in a column that has values elsewhere means never only where the file
/// says so in words; a blank alone is not stated.
fn last_login(row: &RowView<'_>) -> Option<LastLogin> {
    match row.date(Field::LastLogin) {
        Reading::Known(day) => Some(LastLogin::On(day)),
        Reading::NotUnderstood => Some(LastLogin::NotUnderstood),
        Reading::Absent => row.text(Field::LastLogin).filter(|text| words::is_never(text)).map(|_| LastLogin::Never),
    }
}

fn type_hint(row: &RowView<'_>) -> Option<TypeHint> {
    let by_type = row.text(Field::AccountType).and_then(|text| words::account_class(&text));
    let external = || (row.flag(Field::External) == Some(true)).then_some(AccountClass::External);
    by_type.or_else(external).map(TypeHint)
}

/// Two rows under one account name whose keys differ are not about the same account.
fn contradicts(known: &Account, new: &Account) -> bool {
    fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
        matches!((a, b), (Some(a), Some(b)) if a != b)
    }
    differ(known.personal_number, new.personal_number) || differ(known.employee_number, new.employee_number)
}

/// Adds a later row to an account: what was absent is filled in, roles are gathered, the account
/// is active if any row is.
fn merge(known: &mut Account, new: Account) {
    fn fill<T>(slot: &mut Option<T>, value: Option<T>) {
        if slot.is_none() {
            *slot = value;
        }
    }
    fill(&mut known.personal_number, new.personal_number);
    fill(&mut known.employee_number, new.employee_number);
    fill(&mut known.hsa_id, new.hsa_id);
    fill(&mut known.email, new.email);
    fill(&mut known.user_name, new.user_name);
    fill(&mut known.birth_date, new.birth_date);
    fill(&mut known.given_name, new.given_name);
    fill(&mut known.surname, new.surname);
    fill(&mut known.whole_name, new.whole_name);
    fill(&mut known.department, new.department);
    fill(&mut known.unit, new.unit);
    fill(&mut known.title, new.title);
    fill(&mut known.manager, new.manager);
    fill(&mut known.owner, new.owner);
    fill(&mut known.type_hint, new.type_hint);
    fill(&mut known.created, new.created);
    for role in new.roles {
        if !known.roles.contains(&role) {
            known.roles.push(role);
        }
    }
    known.state = match (known.state, new.state) {
        (AccountState::Disabled, other) | (other, AccountState::Disabled) => other,
        (AccountState::Active, _) | (_, AccountState::Active) => AccountState::Active,
        _ => AccountState::NotStated,
    };
    known.last_login = known.last_login.max(new.last_login);
    known.last_interactive_login = known.last_interactive_login.max(new.last_interactive_login);
    known.password_never_expires = known.password_never_expires.max(new.password_never_expires);
    // One row without an end keeps the account open.
    known.valid_to = known.valid_to.and_then(|a| new.valid_to.map(|b| a.max(b)));
    known.privileged |= new.privileged;
    known.protected |= new.protected;
    if new.excluded_by.is_none() {
        known.excluded_by = None;
    }
}
