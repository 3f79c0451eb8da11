//! An account as an export describes it, kept compact: a run holds every account of every system
//! at once, so that rules can look across systems.

use super::{PersonalNumber, SourceRef, StatedBirth, Sym, SymList};
use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

/// An account's place in its system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountIx(pub u32);

/// An account name as its system compares it: without regard to case, in one Unicode form. The one place where names
/// of accounts are made equal, for exports, exemptions, owners and answers alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountName(String);

impl AccountName {
    /// A name as written.
    pub fn new(name: &str) -> Self {
        let name = name.trim();
        // ASCII has one form only, and nearly every name is ASCII.
        if name.is_ascii() {
            return Self(name.to_ascii_lowercase());
        }
        Self(name.nfc().collect::<String>().to_lowercase())
    }

    /// The name as compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether an account can be used, as far as the export says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountState {
    /// The export says that it is active.
    Active,
    /// The export says that it is disabled or closed.
    Disabled,
    /// The export does not say; counts as active and is shown as not stated.
    NotStated,
}

impl AccountState {
    /// Whether it must be taken to be usable.
    pub fn counts_as_active(self) -> bool {
        self != Self::Disabled
    }
}

/// What kind of account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountClass {
    /// A person's everyday account.
    Personal,
    /// A person's account for administration.
    Admin,
    /// Used by a program.
    Service,
    /// Used by several people: function mailbox, reception, room.
    Shared,
    /// For tests and training.
    Test,
    /// A guest or consultant.
    External,
    /// None of these could be told.
    Unknown,
}

impl AccountClass {
    /// Every class, in the order of outputs.
    pub const ALL: [Self; 7] =
        [Self::Personal, Self::Admin, Self::Service, Self::Shared, Self::Test, Self::External, Self::Unknown];

    /// The word in data files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Personal => "personal",
            Self::Admin => "admin",
            Self::Service => "service",
            Self::Shared => "shared",
            Self::Test => "test",
            Self::External => "external",
            Self::Unknown => "unknown",
        }
    }

    /// Whether such an account is that of somebody who works here, whose holder payroll should know.
    pub fn is_somebodys(self) -> bool {
        matches!(self, Self::Personal | Self::Admin)
    }

    /// Whether such an account belongs to nobody in particular, so that it needs a named owner.
    pub fn needs_named_owner(self) -> bool {
        matches!(self, Self::Service | Self::Shared | Self::Test)
    }
}

/// What the export's own type column says of the class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeHint(pub AccountClass);

/// When someone last signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LastLogin {
    /// The export says never.
    Never,
    /// Something is stated that is not understood: neither a day nor never.
    NotUnderstood,
    /// On that day.
    On(NaiveDate),
}

/// One account with all its rows folded. Symbols belong to the system's own pool. A run holds millions of them: what is
/// absent costs no more than what is there, and lists are shared.
#[derive(Clone, Debug)]
pub struct Account {
    /// Name in the system: what the account is called and joined by.
    pub name: Sym,
    /// The first row it stands in.
    pub source: SourceRef,
    /// Object id in a directory.
    pub guid: Option<Sym>,
    /// What it is called by in other directories: the id it was synchronised from, a second id of its own.
    pub more_ids: SymList,
    /// User principal name.
    pub upn: Option<Sym>,
    /// Distinguished or canonical name in a directory.
    pub dn: Option<Sym>,
    /// What tells it from another account of the same name in its system, where there is one. While rows are folded, the
    /// domain that they state.
    pub told_apart_by: Option<Sym>,
    /// Valid personal number, where the export has one.
    pub personal_number: Option<PersonalNumber>,
    /// User name in the network, where the system holds one beside its own.
    pub user_name: Option<Sym>,
    /// Employee number as the export has it.
    pub employee_number: Option<Sym>,
    /// HSA-id.
    pub hsa_id: Option<Sym>,
    /// E-mail.
    pub email: Option<Sym>,
    /// Other addresses of it.
    pub more_mails: SymList,
    /// Birth date.
    pub birth_date: Option<StatedBirth>,
    /// Given name or names.
    pub given_name: Option<Sym>,
    /// Surname.
    pub surname: Option<Sym>,
    /// Whole name, as written.
    pub whole_name: Option<Sym>,
    /// Other forms of the whole name that its rows and columns hold.
    pub other_names: SymList,
    /// Förvaltning as the system has it.
    pub department: Option<Sym>,
    /// Enhet as the system has it.
    pub unit: Option<Sym>,
    /// Befattning as the system has it.
    pub title: Option<Sym>,
    /// Närmaste chef as the system has it.
    pub manager: Option<Sym>,
    /// Whether it can be used.
    pub state: AccountState,
    /// Last sign-in; `None` where the export does not tell.
    pub last_login: Option<LastLogin>,
    /// Last sign-in by a person, where the export tells it from a program's.
    pub last_interactive_login: Option<NaiveDate>,
    /// Whether its password never expires, where the export tells.
    pub password_never_expires: Option<bool>,
    /// Day it was made.
    pub created: Option<NaiveDate>,
    /// The account's own end date.
    pub valid_to: Option<NaiveDate>,
    /// Roles and groups, in the order met.
    pub roles: SymList,
    /// High rights, by column or by `privileged_roles`.
    pub privileged: bool,
    /// What the type column says.
    pub type_hint: Option<TypeHint>,
    /// Owner, for accounts that are nobody's.
    pub owner: Option<Sym>,
    /// Marked as protected in the export.
    pub protected: bool,
    /// Which `[[system.exclude]]` leaves it out, from 0.
    pub excluded_by: Option<u8>,
}

#[cfg(test)]
impl Account {
    /// An account that states its name and nothing else, for tests.
    pub fn blank(name: Sym) -> Self {
        Self {
            name,
            guid: None,
            more_ids: SymList::default(),
            upn: None,
            dn: None,
            told_apart_by: None,
            personal_number: None,
            user_name: None,
            employee_number: None,
            hsa_id: None,
            email: None,
            more_mails: SymList::default(),
            birth_date: None,
            given_name: None,
            surname: None,
            whole_name: None,
            other_names: SymList::default(),
            department: None,
            unit: None,
            title: None,
            manager: None,
            state: AccountState::NotStated,
            last_login: None,
            last_interactive_login: None,
            password_never_expires: None,
            created: None,
            valid_to: None,
            roles: SymList::default(),
            privileged: false,
            type_hint: None,
            owner: None,
            protected: false,
            excluded_by: None,
            source: SourceRef { file: super::FileIx(0), sheet: 0, row: 2 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A run holds millions of accounts, so that a field more is weighed.
    #[test]
    fn an_account_stays_small() {
        assert!(size_of::<Account>() <= 140, "{} bytes", size_of::<Account>());
    }
}
