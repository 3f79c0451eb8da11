//! The names of what a column can hold: the same in every `columns` table of the configuration, in
//! the embedded table of known headers, and in the manifest.

use super::Text;

/// Which kind of file a field can stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The payroll register.
    Payroll,
    /// An account export.
    Accounts,
    /// The list of systems.
    Inventory,
    /// A register of people outside payroll.
    Register,
    /// The register of service and shared accounts.
    ServiceAccounts,
}

impl Role {
    /// The word in the manifest.
    pub fn code(self) -> &'static str {
        match self {
            Self::Payroll => "payroll",
            Self::Accounts => "accounts",
            Self::Inventory => "inventory",
            Self::Register => "register",
            Self::ServiceAccounts => "service_accounts",
        }
    }

    /// What such a file is called, in lower case.
    pub fn text(self) -> Text {
        match self {
            Self::Payroll => Text::new("personalregister", "payroll register"),
            Self::Accounts => Text::new("kontoexport", "account export"),
            Self::Inventory => Text::new("systemförteckning", "list of systems"),
            Self::Register => Text::new("register över personer utanför lönen", "register of people outside payroll"),
            Self::ServiceAccounts => Text::new("register över tjänstekonton", "register of service accounts"),
        }
    }

    /// What its records are.
    pub fn records(self) -> Text {
        match self {
            Self::Payroll | Self::Register => Text::new("personer", "persons"),
            Self::Accounts | Self::ServiceAccounts => Text::new("konton", "accounts"),
            Self::Inventory => Text::new("system", "systems"),
        }
    }

    /// The table of the configuration that says which column is which.
    pub fn columns_table(self) -> &'static str {
        match self {
            Self::Payroll => "[payroll.columns]",
            Self::Accounts => "[system.columns]",
            Self::Inventory => "[inventory.columns]",
            Self::Register => "[register.columns]",
            Self::ServiceAccounts => "[service_accounts.columns]",
        }
    }

    /// Whether its rows are about people.
    pub fn is_of_people(self) -> bool {
        matches!(self, Self::Payroll | Self::Register)
    }
}

/// What a field's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A key or code: kept as text, to the letter.
    Identifier,
    /// Words.
    Words,
    /// A date.
    Date,
    /// Yes or no.
    Flag,
}

/// Where a field belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Home {
    People,
    Employment,
    Account,
    /// In the list of systems, beside what it shares with exports.
    Inventory,
    /// In a register of people outside payroll.
    Register,
}

macro_rules! fields {
    ($($variant:ident $key:literal $home:ident $kind:ident),* $(,)?) => {
        /// A field of the contract.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)] // Each is named as the contract names it.
        pub enum Field { $($variant),* }

        impl Field {
            /// Every field.
            pub const ALL: &[Field] = &[$(Field::$variant),*];

            /// The name in configuration and manifest.
            pub fn key(self) -> &'static str {
                match self { $(Field::$variant => $key),* }
            }

            /// What its values are.
            pub fn kind(self) -> Kind {
                match self { $(Field::$variant => Kind::$kind),* }
            }

            fn home(self) -> Home {
                match self { $(Field::$variant => Home::$home),* }
            }
        }
    };
}

fields! {
    PersonalNumber "personal_number" People Identifier,
    Century "century" People Identifier,
    BirthDate "birth_date" People Date,
    EmployeeNumber "employee_number" People Identifier,
    HsaId "hsa_id" People Identifier,
    UserName "user_name" People Identifier,
    GivenName "given_name" People Words,
    CallName "call_name" People Words,
    MiddleName "middle_name" People Words,
    Surname "surname" People Words,
    Name "name" People Words,
    Email "email" People Identifier,
    Phone "phone" People Identifier,
    Title "title" People Words,
    Department "department" People Words,
    Unit "unit" People Words,
    CostCentre "cost_centre" People Identifier,
    Company "company" People Words,
    Manager "manager" People Words,
    Protected "protected" People Flag,
    EmploymentStart "employment_start" Employment Date,
    EmploymentEnd "employment_end" Employment Date,
    PreliminaryEnd "preliminary_end" Employment Date,
    EmploymentForm "employment_form" Employment Words,
    EmploymentStatus "employment_status" Employment Words,
    PayForm "pay_form" Employment Words,
    Degree "degree" Employment Words,
    LeaveReason "leave_reason" Employment Words,
    LeaveFrom "leave_from" Employment Date,
    LeaveTo "leave_to" Employment Date,
    LastWorked "last_worked" Employment Date,
    Registered "registered" Employment Date,
    Account "account" Account Identifier,
    Guid "guid" Account Identifier,
    Upn "upn" Account Identifier,
    Dn "dn" Account Identifier,
    Enabled "enabled" Account Flag,
    Disabled "disabled" Account Flag,
    Status "status" Account Words,
    Locked "locked" Account Flag,
    AccountControl "account_control" Account Identifier,
    Expires "expires" Account Date,
    ValidFrom "valid_from" Account Date,
    ValidTo "valid_to" Account Date,
    LastLogin "last_login" Account Date,
    Created "created" Account Date,
    Role "role" Account Words,
    Groups "groups" Account Words,
    Privileged "privileged" Account Flag,
    AccountType "account_type" Account Words,
    External "external" Account Flag,
    Owner "owner" Account Words,
    Description "description" Account Words,
    PasswordNeverExpires "password_never_expires" Account Flag,
    LastInteractiveLogin "last_interactive_login" Account Date,
    System "system" Account Words,
    Id "id" Inventory Identifier,
    File "file" Inventory Words,
    Administrator "administrator" Inventory Words,
    Committee "committee" Inventory Words,
    Departments "departments" Inventory Words,
    Confirmed "confirmed" Inventory Date,
    Classification "classification" Inventory Words,
    RiskAnalysis "risk_analysis" Inventory Date,
    ManagementPlan "management_plan" Inventory Date,
    Exported "exported" Inventory Date,
    ExportedBy "exported_by" Inventory Words,
    ControlTotal "control_total" Inventory Identifier,
    ExcludedBy "excluded_by" Inventory Words,
    ExcludedWhy "excluded_why" Inventory Words,
    Sponsor "sponsor" Register Words,
}

impl Field {
    /// The field with that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == key)
    }

    /// Whether a file of that role can hold it.
    pub fn fits(self, role: Role) -> bool {
        match self.home() {
            _ if matches!(self, Self::Owner | Self::System) => !role.is_of_people(),
            _ if role == Role::ServiceAccounts => {
                matches!(
                    self,
                    Self::Account
                        | Self::Upn
                        | Self::Description
                        | Self::ValidTo
                        | Self::Protected
                        | Self::Name
                        | Self::Email
                )
            }
            Home::People => role != Role::Inventory,
            Home::Employment => role.is_of_people(),
            Home::Account => role == Role::Accounts,
            Home::Inventory => role == Role::Inventory,
            Home::Register => role == Role::Register,
        }
    }

    /// The keys that join an account to a person or to itself: two columns for one of these must
    /// agree, since a wrong one would join the wrong people.
    pub fn is_key(self) -> bool {
        matches!(self, Self::Account | Self::PersonalNumber | Self::EmployeeNumber)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every field is found again under its own name.
    #[test]
    fn names_are_unique() {
        for &field in Field::ALL {
            assert_eq!(Field::from_key(field.key()), Some(field));
        }
    }
}
