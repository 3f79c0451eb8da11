//! Keys of the configuration that name what files should have: as written, and in words.

use crate::config::list;
use crate::model::Text;

/// A key of the configuration that names what a file should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigKey {
    /// Forms that are paid, and no employment.
    NotEmployed,
    /// Forms of hourly staff.
    Hourly,
    /// Forms that are ordinary employments.
    Employed,
    /// Employers that count.
    Companies,
    /// Departments whose staff belong here.
    Departments,
    /// Roles of high privilege.
    PrivilegedRoles,
    /// Words of the column of states.
    Status,
    /// An end date in the past closes.
    ValidToCloses,
    /// Kinds of people that may have accounts.
    Allow,
    /// The system that sign-in goes through.
    Login,
    /// Patterns on account names.
    Classes,
    /// Roles that nobody may hold together.
    Conflict,
    /// Populations left out.
    Exclude,
}

impl ConfigKey {
    /// As it is written in the configuration.
    pub fn written(self) -> &'static str {
        match self {
            Self::NotEmployed => "not_employed",
            Self::Hourly => "hourly",
            Self::Employed => "employed",
            Self::Companies => "companies",
            Self::Departments => "departments",
            Self::PrivilegedRoles => "privileged_roles",
            Self::Status => "[system.status]",
            Self::ValidToCloses => "valid_to_closes",
            Self::Allow => "allow",
            Self::Login => "login",
            Self::Classes => "[system.classes]",
            Self::Conflict => "[[conflict]]",
            Self::Exclude => "[[system.exclude]]",
        }
    }

    /// What it is, to those who read of it and never see the configuration.
    pub fn in_words(self) -> Text {
        match self {
            Self::NotEmployed => Text::new("former som inte är anställning", "forms that are no employment"),
            Self::Hourly => Text::new("former för timanställda", "forms of hourly staff"),
            Self::Employed => Text::new("former som är vanliga anställningar", "forms that are ordinary employments"),
            Self::Companies => Text::new("bolag", "employers"),
            Self::Departments => Text::new("förvaltningar", "departments"),
            Self::PrivilegedRoles => Text::new("roller med hög behörighet", "roles of high privilege"),
            Self::Status => Text::new("ord för kontons status", "words for the accounts' state"),
            Self::ValidToCloses => Text::new("slutdatum som stänger konton", "end dates that close accounts"),
            Self::Allow => Text::new("personer som får ha konto", "people who may have an account"),
            Self::Login => Text::new("systemet för inloggning", "the system for sign-in"),
            Self::Classes => Text::new("mönster för kontonamn", "patterns for account names"),
            Self::Conflict => Text::new("oförenliga roller", "conflicting roles"),
            Self::Exclude => Text::new("undantagna grupper", "groups left out"),
        }
    }

    /// Whether the words behind it say more than yes.
    pub fn takes_words(self) -> bool {
        self != Self::ValidToCloses
    }

    /// The table it stands under, and its line with these words; none where the words stand in several lines of a table,
    /// or are no words of a file's.
    pub fn line(self, words: &[String]) -> Option<(&'static str, String)> {
        let table = match self {
            Self::NotEmployed | Self::Hourly | Self::Employed => "[payroll.employment]",
            Self::Companies | Self::Departments | Self::PrivilegedRoles | Self::Allow => "[system]",
            Self::Login | Self::ValidToCloses | Self::Status | Self::Classes | Self::Conflict | Self::Exclude => {
                return None;
            }
        };
        Some((table, format!("{} = {}", self.written(), list(words))))
    }
}
