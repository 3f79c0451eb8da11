//! The kinds of system a municipality has: who has an account there, what keys it holds, when it was exported.

use super::people::{HOURLY, Human};
use chrono::{Days, NaiveDate};

/// Which system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemKind {
    /// Active Directory: numbers on most accounts, everyone in it.
    Directory,
    /// Care: mixed personal numbers, "Efternamn, Förnamn", one row a role, closed accounts kept.
    Care,
    /// Finance: name and e-mail only.
    Finance,
    /// School: names and birth dates, no sign-ins, pupils among the staff.
    School,
    /// The cloud's directory: user principal names, guests.
    Cloud,
    /// A system for building permits from before 2003: signatures and end dates.
    Permits,
}

impl SystemKind {
    /// Every system, in the order of the configuration.
    pub const ALL: [Self; 6] = [Self::Directory, Self::Care, Self::Finance, Self::School, Self::Cloud, Self::Permits];

    /// How likely a person has an account here.
    pub fn share(self, human: &Human) -> f64 {
        let job = human.main_job(super::reference_date());
        match self {
            Self::Directory if job.form == HOURLY => 0.5,
            Self::Directory => 0.97,
            Self::Care if job.department == 0 => 0.8,
            Self::Care => 0.01,
            Self::Finance if job.unit == "Ekonomi" => 0.95,
            Self::Finance if job.title.ends_with("chef") || job.title == "Rektor" => 0.9,
            Self::Finance => 0.06,
            Self::School if job.department == 1 => 0.85,
            Self::School => 0.01,
            Self::Cloud if job.form == HOURLY => 0.1,
            Self::Cloud => 0.5,
            Self::Permits if job.department == 2 => 0.7,
            Self::Permits => 0.005,
        }
    }

    /// How many of its accounts have the system's own key filled in.
    pub fn key_share(self) -> f64 {
        match self {
            Self::Directory => 0.96,
            Self::Care => 0.86,
            Self::Finance => 0.92,
            Self::School => 0.95,
            Self::Cloud => 1.0,
            Self::Permits => 0.75,
        }
    }

    /// How many of its accounts are called as in the directory.
    pub fn same_name_share(self) -> f64 {
        match self {
            Self::Directory | Self::Cloud => 1.0,
            Self::Care | Self::Finance | Self::School => 0.92,
            Self::Permits => 0.0,
        }
    }

    /// Whether its export tells which unit an account is filed under.
    pub fn tells_unit(self) -> bool {
        !matches!(self, Self::Finance | Self::Permits)
    }

    /// Whether its export tells that an account is closed, and not only until when it was meant.
    pub fn tells_state(self) -> bool {
        self != Self::Permits
    }

    /// The day its export for a review was made; the old system's was made long ago.
    pub fn exported(self, reference: NaiveDate) -> NaiveDate {
        let days = if self == Self::Permits { 41 } else { 3 };
        reference - Days::new(days)
    }

    /// Its id in the configuration.
    pub fn id(self) -> &'static str {
        match self {
            Self::Directory => "katalog",
            Self::Care => "treserva",
            Self::Finance => "ekonomi",
            Self::School => "skola",
            Self::Cloud => "entra",
            Self::Permits => "bygg",
        }
    }

    /// Roles in it.
    pub fn roles(self) -> &'static [&'static str] {
        match self {
            Self::Directory => &["Anställd"],
            Self::Care => &["Utförare", "Handläggare", "Läsbehörighet", "Dokumentation"],
            // Few keep the register of suppliers, and many read.
            Self::Finance => &[
                "Attestant",
                "Granskare",
                "Leverantörsregister",
                "Rapportläsare",
                "Rapportläsare",
                "Granskare",
                "Rapportläsare",
                "Attestant",
                "Granskare",
                "Rapportläsare",
            ],
            Self::School => &["Lärare", "Frånvaro", "Betyg", "Expedition"],
            Self::Cloud => &["Licens E3", "Licens F3"],
            Self::Permits => &["Handläggare", "Läsare"],
        }
    }
}
