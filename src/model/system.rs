//! A system under review, as configuration (later also the inventory) describes it.

use chrono::NaiveDate;
use std::fmt;

/// A system's id: letters, digits, `-` and `_`, used in file names and finding keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SystemId(String);

impl SystemId {
    /// Accepts only what can stand in a file name on every machine.
    pub fn new(id: &str) -> Option<Self> {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        (!id.is_empty() && id.len() <= 64 && id.chars().all(fits)).then(|| Self(id.to_owned()))
    }

    /// The id of a system that has none yet.
    pub fn placeholder() -> Self {
        Self("system".to_owned())
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SystemId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What is known of a system beside its accounts.
#[derive(Clone, Debug)]
pub struct System {
    /// Id.
    pub id: SystemId,
    /// Name as people say it.
    pub name: String,
    /// Owner as written: e-mail, employee number, name or post.
    pub owner: Option<String>,
    /// Systemförvaltare as written.
    pub administrator: Option<String>,
    /// Nämnd.
    pub committee: Option<String>,
    /// Whether it holds social, health, pay or payment data.
    pub sensitive: bool,
    /// Information class as written, for instance "K3 R2 T2".
    pub classification: Option<String>,
    /// Latest risk analysis.
    pub risk_analysis: Option<NaiveDate>,
    /// Employers whose employment counts here; empty means all.
    pub companies: Vec<String>,
}
