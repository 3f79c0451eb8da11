//! The names of what a column can hold: the same in every `columns` table of the configuration, in
//! the embedded table of known headers, and in the manifest.

use super::{Language, Message, Text, fold};

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
    ($($variant:ident $key:literal $swedish:literal $home:ident $kind:ident),* $(,)?) => {
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

            /// Its name in Swedish, which the configuration understands as well.
            pub fn swedish(self) -> &'static str {
                match self { $(Field::$variant => $swedish),* }
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
    PersonalNumber "personal_number" "personnummer" People Identifier,
    Century "century" "sekel" People Identifier,
    BirthDate "birth_date" "födelsedatum" People Date,
    EmployeeNumber "employee_number" "anställningsnummer" People Identifier,
    HsaId "hsa_id" "hsa-id" People Identifier,
    UserName "user_name" "användarnamn" People Identifier,
    GivenName "given_name" "förnamn" People Words,
    CallName "call_name" "tilltalsnamn" People Words,
    MiddleName "middle_name" "mellannamn" People Words,
    Surname "surname" "efternamn" People Words,
    Name "name" "namn" People Words,
    Email "email" "e-post" People Identifier,
    Phone "phone" "telefon" People Identifier,
    Title "title" "befattning" People Words,
    Department "department" "förvaltning" People Words,
    Unit "unit" "enhet" People Words,
    CostCentre "cost_centre" "kostnadsställe" People Identifier,
    Company "company" "bolag" People Words,
    Manager "manager" "chef" People Words,
    Protected "protected" "skyddad" People Flag,
    EmploymentStart "employment_start" "startdatum" Employment Date,
    EmploymentEnd "employment_end" "slutdatum" Employment Date,
    TermsFrom "terms_from" "villkor_från" Employment Date,
    PreliminaryEnd "preliminary_end" "preliminärt_slutdatum" Employment Date,
    EmploymentForm "employment_form" "anställningsform" Employment Words,
    EmploymentStatus "employment_status" "anställningsstatus" Employment Words,
    PayForm "pay_form" "löneform" Employment Words,
    Degree "degree" "sysselsättningsgrad" Employment Words,
    EndReason "end_reason" "avgångsorsak" Employment Words,
    LeaveReason "leave_reason" "frånvaroorsak" Employment Words,
    LeaveFrom "leave_from" "frånvaro_från" Employment Date,
    LeaveTo "leave_to" "frånvaro_till" Employment Date,
    LastWorked "last_worked" "senast_arbetat" Employment Date,
    Registered "registered" "registrerad" Employment Date,
    Account "account" "konto" Account Identifier,
    Guid "guid" "objekt-id" Account Identifier,
    ImmutableId "immutable_id" "ursprungs-id" Account Identifier,
    Upn "upn" "upn" Account Identifier,
    Dn "dn" "dn" Account Identifier,
    Domain "domain" "domän" Account Identifier,
    Enabled "enabled" "aktivt" Account Flag,
    Disabled "disabled" "inaktiverat" Account Flag,
    Status "status" "status" Account Words,
    Locked "locked" "låst" Account Flag,
    AccountControl "account_control" "kontoflaggor" Account Identifier,
    Expires "expires" "upphör" Account Date,
    ValidFrom "valid_from" "giltigt_från" Account Date,
    ValidTo "valid_to" "giltigt_till" Account Date,
    LastLogin "last_login" "senaste_inloggning" Account Date,
    Created "created" "skapat" Account Date,
    Role "role" "roll" Account Words,
    Groups "groups" "grupper" Account Words,
    Privileged "privileged" "hög_behörighet" Account Flag,
    AccountType "account_type" "kontotyp" Account Words,
    ObjectClass "object_class" "objektklass" Account Words,
    External "external" "extern" Account Flag,
    Owner "owner" "ägare" Account Words,
    Description "description" "beskrivning" Account Words,
    PasswordNeverExpires "password_never_expires" "lösenord_utan_slut" Account Flag,
    LastInteractiveLogin "last_interactive_login" "senaste_egna_inloggning" Account Date,
    System "system" "system" Account Words,
    Id "id" "system-id" Inventory Identifier,
    File "file" "fil" Inventory Words,
    Administrator "administrator" "systemförvaltare" Inventory Words,
    Committee "committee" "nämnd" Inventory Words,
    Departments "departments" "förvaltningar" Inventory Words,
    Confirmed "confirmed" "bekräftad" Inventory Date,
    Classification "classification" "informationsklass" Inventory Words,
    RiskAnalysis "risk_analysis" "riskanalys" Inventory Date,
    ManagementPlan "management_plan" "förvaltningsplan" Inventory Date,
    Exported "exported" "uttagen" Inventory Date,
    ExportedBy "exported_by" "uttagen_av" Inventory Words,
    ControlTotal "control_total" "antal" Inventory Identifier,
    ExcludedBy "excluded_by" "undantagen_av" Inventory Words,
    ExcludedWhy "excluded_why" "skäl_till_undantag" Inventory Words,
    Sponsor "sponsor" "beställare" Register Words,
}

impl Field {
    /// Its name in a language.
    pub fn called(self, language: Language) -> &'static str {
        match language {
            Language::Sv => self.swedish(),
            Language::En => self.key(),
        }
    }

    /// Its name among words that someone reads who never sees the configuration.
    pub fn in_words(self) -> Message {
        Message { sv: self.swedish().replace('_', " "), en: self.key().replace('_', " ") }
    }

    /// The field with that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == key)
    }

    /// The field of that name in either language, whatever the case, the separators and the rings and dots:
    /// TOML's bare keys cannot hold å, ä and ö.
    pub fn named(name: &str) -> Option<Self> {
        let name = fold(name);
        Self::ALL.iter().copied().find(|field| [field.key(), field.swedish()].into_iter().any(|own| fold(own) == name))
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

    /// Whether only an export of accounts holds it.
    pub fn is_of_accounts(self) -> bool {
        self.home() == Home::Account
            && !matches!(self, Self::Domain | Self::Owner | Self::System | Self::Description | Self::Status)
    }

    /// Whether it says of an account that somebody uses it: who, when, with what rights, or whether it is open.
    pub fn tells_of_use(self) -> bool {
        let of_whom =
            matches!(self.home(), Home::People) && !matches!(self, Self::CostCentre | Self::Company | Self::Unit);
        let of_use = matches!(self.home(), Home::Account)
            && !matches!(
                self,
                Self::Account
                    | Self::Domain
                    | Self::Owner
                    | Self::System
                    | Self::Description
                    | Self::ValidFrom
                    | Self::ValidTo
            );
        of_whom || of_use
    }

    /// Whether only payroll and registers hold it. A status can be an account's as well.
    pub fn is_of_employment(self) -> bool {
        self.home() == Home::Employment && self != Self::EmploymentStatus
    }

    /// Whether it stands in the list of systems, or tells of a system.
    pub fn is_of_inventory(self) -> bool {
        self.home() == Home::Inventory || matches!(self, Self::Owner | Self::System)
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

    /// No name of either language means two fields, and each is found under both, with or without å, ä and ö.
    #[test]
    fn names_of_both_languages_lead_to_one_field() {
        for &field in Field::ALL {
            let without = field.swedish().replace(['å', 'ä'], "a").replace('ö', "o");
            for name in [field.key(), field.swedish(), &without, &field.swedish().to_uppercase()] {
                assert_eq!(Field::named(name), Some(field), "{name}");
            }
        }
        assert_eq!(Field::named("epost"), Some(Field::Email));
        assert_eq!(Field::named("anst_nr"), None);
    }
}
