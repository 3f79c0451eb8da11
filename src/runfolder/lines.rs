//! The lines of `data/accounts.jsonl` and `data/findings.jsonl`.

use super::AnswerLine;
use crate::model::{AccountKey, FindingKey, SystemId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccountLine {
    /// System id.
    pub system: String,
    /// Account name, masked where it is a personal number.
    pub account: String,
    /// Object id.
    pub guid: Option<String>,
    /// Class.
    pub class: String,
    /// True, false, or null where the export does not say.
    pub enabled: Option<bool>,
    /// High rights.
    pub privileged: bool,
    /// Roles and groups.
    pub roles: Vec<String>,
    /// Outcome of the match.
    pub outcome: String,
    /// The linked person's id.
    pub person: Option<String>,
    /// The linked person's employee numbers.
    pub employee_numbers: Vec<String>,
    /// Ids of persons it may be, best first.
    pub candidates: Vec<String>,
    /// The linked person's standing on the tested day, by dates alone.
    pub employment: Option<String>,
    /// Last day of employment.
    pub employment_end: Option<String>,
    /// The linked person's department.
    pub department: Option<String>,
    /// The linked person's unit.
    pub unit: Option<String>,
    /// The linked person's title.
    pub title: Option<String>,
    /// Probability of the best person.
    pub probability: f64,
    /// Probability that the holder, whoever it is, is employed.
    pub active_probability: f64,
    /// What speaks for and against the best person.
    pub evidence: Vec<EvidenceLine>,
    /// Up to two others, where no key linked.
    pub runners_up: Vec<RunnerUpLine>,
    /// What tells whether a name is the one that stood beside the account in the lists, by the key of names.
    #[serde(default)]
    pub name_print: Option<String>,
    /// What tells it whatever it is called, by the key of names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traces: Vec<String>,
    /// Rules that came near and did not fire, and what was missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nearly: Vec<NearlyLine>,
}

/// An account of the part that only the post for protected persons sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestrictedAccountLine {
    /// The account.
    #[serde(flatten)]
    pub account: AccountLine,
    /// Answers on its row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<AnswerLine>,
}

/// A rule that came near an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearlyLine {
    /// Rule id.
    pub rule: String,
    /// What was missing, in one sentence.
    pub message: String,
}

/// One comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceLine {
    /// What was compared.
    pub field: String,
    /// How far it agrees.
    pub level: String,
    /// Its weight.
    pub bits: f64,
}

/// A person who could be it too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunnerUpLine {
    /// The person's id.
    pub person: String,
    /// How likely.
    pub probability: f64,
    /// What speaks for and against.
    pub evidence: Vec<EvidenceLine>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FindingLine {
    /// Unique in a run, the same between runs.
    pub key: FindingKey,
    /// Rule id.
    pub rule: String,
    /// Group of the rule.
    pub group: String,
    /// Severity after modifiers.
    pub severity: String,
    /// Severity before modifiers.
    pub base_severity: String,
    /// What moved it.
    pub modifiers: Vec<ModifierLine>,
    /// System id.
    pub system: Option<String>,
    /// Account name, masked where it is a personal number.
    pub account: Option<String>,
    /// The linked person's id.
    pub person: Option<String>,
    /// One sentence.
    pub message: String,
    /// Facts by name.
    pub facts: BTreeMap<String, serde_json::Value>,
    /// Where it stands between runs.
    pub state: String,
    /// Reference date of the run that first saw it.
    pub first_seen: String,
    /// How many runs have seen it.
    pub runs: u32,
    /// Of one that did not come back: what shows that it was done, or why that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// Whether an answer was given to it; the ledger of `data/memory.json` holds it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub answered: bool,
    /// The answer that was given to it; only in the restricted part, whose answers are kept nowhere else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<AnswerLine>,
}

impl FindingLine {
    /// The key of the account that it is about, whether its system is part of the review today or not.
    pub fn row(&self) -> Option<AccountKey> {
        Some(AccountKey::new(&SystemId::new(self.system.as_deref()?)?, self.account.as_deref()?))
    }
}

/// The state of a finding that was decided and shown done.
pub const VERIFIED: &str = "verified";
/// The state of a finding on which a decision was made.
pub const DECIDED: &str = "decided";
/// The state of a finding that is right until a day that has not passed.
pub const EXCEPTED: &str = "excepted";
/// The state of a finding that was in order again.
pub const RESOLVED: &str = "resolved";
/// The state of a finding that could not be tested.
pub const UNTESTABLE: &str = "untestable";

/// Whether a line of this state tells of a finding that was not there any more.
pub fn is_over(state: &str) -> bool {
    [VERIFIED, RESOLVED].contains(&state)
}

/// A step in severity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModifierLine {
    /// Why.
    pub reason: String,
    /// How many steps, up or down.
    pub steps: i8,
}
