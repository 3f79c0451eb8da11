//! A system under review, as configuration (later also the inventory) describes it.

use super::Field;
use chrono::NaiveDate;
use std::fmt;

/// How long an id can be.
const MOST_LETTERS: usize = 64;

/// A system's id: letters, digits, `-` and `_`, used in file names and finding keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SystemId(String);

impl SystemId {
    /// Accepts only what can stand in a file name on every machine.
    pub fn new(id: &str) -> Option<Self> {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let is_short = !id.is_empty() && id.len() <= MOST_LETTERS;
        (is_short && id.chars().all(fits) && !is_device(id)).then(|| Self(id.to_owned()))
    }

    /// An id made from a name: "Procapita Vård och omsorg" is `procapita-vard-och-omsorg`.
    pub fn from_name(name: &str) -> Option<Self> {
        let words: Vec<String> = name.split(|c: char| !c.is_alphanumeric()).map(super::fold).collect();
        let words: Vec<&str> =
            words.iter().map(String::as_str).filter(|word| word.is_ascii() && !word.is_empty()).collect();
        let id = words.join("-");
        let id = id.get(..MOST_LETTERS).unwrap_or(&id);
        if is_device(id) { Self::new(&format!("{id}-2")) } else { Self::new(id) }
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

/// Whether Windows takes a name for a device instead of a file, whatever its ending and its case.
fn is_device(name: &str) -> bool {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let name = name.to_ascii_lowercase();
    let port = |kind: &str| name.strip_prefix(kind).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']));
    DEVICES.contains(&name.as_str()) || port("com") || port("lpt")
}

impl fmt::Display for SystemId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A decision not to review a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Who decided.
    pub by: String,
    /// Why.
    pub why: String,
}

/// What is missing in a decision not to review a system; half a decision is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HalfDecided {
    /// Why is stated, and not who decided.
    ByNobody,
    /// Who decided is stated, and not why.
    ForNoReason,
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
    /// When the list of systems was last confirmed to be right about it.
    pub confirmed: Option<NaiveDate>,
    /// Latest risk analysis.
    pub risk_analysis: Option<NaiveDate>,
    /// Employers whose employment counts here; empty means all.
    pub companies: Vec<String>,
    /// Förvaltningar whose staff belong here; empty means all.
    pub departments: Vec<String>,
    /// Whether it is the list of systems that names them, which may mean who keeps the system.
    pub departments_listed: bool,
    /// Left out of the review on purpose.
    pub left_out: Option<LeftOut>,
    /// What is missing for it to be left out, where only half of a decision is stated.
    pub half_decided: Option<HalfDecided>,
    /// Whether it stands in the list of systems.
    pub listed: bool,
    /// What its row of the list says in a way that nobody could read, and nothing else says.
    pub unread: Vec<Field>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Windows takes for a device is no id, in any case of its letters; names become ids that are none.
    #[test]
    fn devices_are_no_ids() {
        for device in ["CON", "nul", "Aux", "prn", "COM1", "lpt9", "com0"] {
            assert_eq!(SystemId::new(device), None, "{device}");
            let named = SystemId::from_name(device).unwrap();
            assert_eq!(named.as_str(), format!("{}-2", device.to_lowercase()));
        }
        for id in ["con-2", "com", "comx", "console", "com10", "nul_"] {
            assert!(SystemId::new(id).is_some(), "{id}");
        }
    }
}
