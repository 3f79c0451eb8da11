//! `manifest.json`: what was done, with what, and what came of it. Written last; its presence means
//! that the run finished.

use super::{LetterLine, LetterheadLine};
use crate::model::ProtectedCount;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The manifest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this file's shape.
    pub schema: u32,
    /// Program version.
    pub samkor: String,
    /// Name of the run.
    pub run: String,
    /// Reference date.
    pub as_of: String,
    /// The day answers are due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<NaiveDate>,
    /// What letters that go with the workbooks say of the run; absent in runs of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letterhead: Option<LetterheadLine>,
    /// When the run began, UTC.
    pub started: String,
    /// When it was done, UTC.
    pub finished: String,
    /// The configuration.
    pub config: ConfigLine,
    /// What the command line changed.
    pub arguments: BTreeMap<String, String>,
    /// Every input file.
    pub inputs: Vec<InputLine>,
    /// Counts of the whole.
    pub counts: Counts,
    /// What each system is called, by its id; absent in runs of earlier versions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub systems: BTreeMap<String, String>,
    /// The severity that the lists to answer begin with; absent in runs of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_from: Option<String>,
    /// Which deviations stand on them; absent in runs of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Which rows need an answer beside deviations; absent in runs of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attest: Option<String>,
    /// Thresholds in force.
    pub thresholds: BTreeMap<String, f64>,
    /// Rule → base severity in force, or "off".
    pub rules: BTreeMap<String, String>,
    /// Rules that could not be tested and why, by system; those on payroll and the whole under `payroll`.
    #[serde(default)]
    pub untested: BTreeMap<String, BTreeMap<String, String>>,
    /// What matching learned, by system.
    pub learned: BTreeMap<String, LearnedLine>,
    /// Every file written.
    pub outputs: Vec<OutputLine>,
    /// The run before.
    pub previous: Option<PreviousLine>,
    /// Why an incomplete input was accepted.
    pub accepted_incomplete: Option<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // The shape that serde asks for.
fn is_false(own: &bool) -> bool {
    !own
}

/// The configuration file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigLine {
    /// The name of its file.
    pub path: String,
    /// Its hash.
    pub sha256: String,
}

/// One input file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InputLine {
    /// `payroll`, `accounts`, `answers` …
    pub role: String,
    /// System id.
    pub system: Option<String>,
    /// Path as configured, as far as it may be shown.
    pub path: String,
    /// Whether something in the path may not be shown, so that no file is found by it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub masked: bool,
    /// Hash; absent where the file could not be read.
    pub sha256: Option<String>,
    /// Size.
    pub bytes: Option<u64>,
    /// The file's own time.
    pub modified: Option<String>,
    /// Stated day of extract.
    pub exported: Option<String>,
    /// Stated maker.
    pub exported_by: Option<String>,
    /// Stated selection.
    pub selection: Option<String>,
    /// Format.
    pub format: Option<String>,
    /// Encoding.
    pub encoding: Option<String>,
    /// Sheets read.
    pub sheet: Option<String>,
    /// The arithmetic of its rows.
    pub rows: Option<Arithmetic>,
    /// Rows the source system says.
    pub control_total: Option<u64>,
    /// Columns as mapped.
    pub columns: Vec<ColumnLine>,
    /// Headers that name nothing known.
    #[serde(default)]
    pub unknown_columns: Vec<String>,
    /// What a reader should know of the file, in the run's language.
    #[serde(default)]
    pub remarks: Vec<String>,
    /// Keys and how many records have them.
    pub key_coverage: BTreeMap<String, CoverageLine>,
}

/// Rows in file = the sum of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arithmetic {
    /// Rows to the eye.
    pub in_file: u64,
    /// Header rows.
    pub header: u64,
    /// Title lines.
    pub preamble: u64,
    /// Blank rows.
    pub blank: u64,
    /// Rows of sums.
    pub total_rows: u64,
    /// Rows of what is no account; not written where there is none.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub other_objects: u64,
    /// Rows that could not be used.
    pub rejected: u64,
    /// Rows folded into another.
    pub folded: u64,
    /// Persons or accounts.
    pub records: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_nothing(count: &u64) -> bool {
    *count == 0
}

/// A mapped column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnLine {
    /// Field.
    pub field: String,
    /// Headers as written, which answer together.
    pub headers: Vec<String>,
    /// Rows with a value.
    pub filled: u64,
    /// Rows whose value was understood.
    pub understood: u64,
    /// The first words that were not, masked, with their rows.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub not_understood: BTreeMap<String, u64>,
}

/// How many records have a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageLine {
    /// With a usable value.
    pub filled: u64,
    /// In all.
    pub of: u64,
    /// Of the values, those that payroll knows; absent where payroll has no such key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub met: Option<u64>,
}

/// Counts of the whole or of one system.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Accounts by outcome and by class.
    pub accounts: AccountCounts,
    /// Findings by rule, severity and state.
    pub findings: FindingCounts,
    /// Accounts of protected persons, in no other count: the number, or a bound of it where the number would point at
    /// persons.
    pub protected: ProtectedCount,
    /// Rows to answer: accounts with a finding that the lists begin with, or a graver one.
    #[serde(default)]
    pub to_answer: u64,
    /// Rows answered.
    pub answered: u64,
    /// Findings verified as done.
    pub verified: u64,
    /// For each of these, the days from its first report to the export that showed it done, the fewest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verified_after_days: Vec<u64>,
    /// The same for each system.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub systems: BTreeMap<String, Counts>,
}

/// Accounts counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountCounts {
    /// By outcome.
    pub outcome: BTreeMap<String, u64>,
    /// By class.
    pub class: BTreeMap<String, u64>,
}

/// Findings counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingCounts {
    /// By rule.
    pub rule: BTreeMap<String, u64>,
    /// By severity.
    pub severity: BTreeMap<String, u64>,
    /// By state.
    pub state: BTreeMap<String, u64>,
}

/// What matching learned of a system, and what can be said of how good it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LearnedLine {
    /// Share of accounts whose owner is in the files.
    pub in_files: f64,
    /// Persons compared with.
    pub persons: u64,
    /// Share of persons with several everyday accounts.
    pub several_accounts: f64,
    /// Of people outside, the share who are called as somebody in the files, and of these the share who are filed at
    /// the same unit for another reason than chance.
    #[serde(default)]
    pub namesakes: [f64; 2],
    /// Field → level → share of the accounts that are a person's (m).
    pub levels: BTreeMap<String, BTreeMap<String, f64>>,
    /// Number → share of the accounts that carry another's and hit a person's by chance.
    pub chance_hits: BTreeMap<String, f64>,
    /// Shape of account names → share.
    pub account_names: BTreeMap<String, f64>,
    /// Holders found, seen from both sides.
    pub found: FoundLine,
    /// Links that can be expected to be wrong.
    pub expected_wrong: f64,
    /// Key → how it stands against everything else the accounts state.
    pub keys: BTreeMap<String, KeyTrialLine>,
    /// Accounts whose number tells whose they are, matched without it.
    pub blind: BlindLine,
    /// What it cost; not told where a file says who is protected, since hidden accounts cost too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort: Option<EffortLine>,
}

/// Holders found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundLine {
    /// Accounts of somebody in particular.
    pub accounts: u64,
    /// Of these, accounts whose holder is certain.
    pub with_holder: u64,
    /// Persons employed where it counts for the system.
    pub employed: u64,
    /// Of these, persons with an account.
    pub with_account: u64,
}

/// A key put to the proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyTrialLine {
    /// Accounts whose key is a person's, and that state a name.
    pub tested: u64,
    /// Of these, accounts that are another's by everything else.
    pub disagree: u64,
    /// Of these, accounts with the key of the person on the row before or after.
    pub shifted: u64,
}

/// Accounts matched without their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlindLine {
    /// Tried.
    pub tried: u64,
    /// Linked to the same person.
    pub same: u64,
    /// Linked to another.
    pub other: u64,
}

/// What finding and comparing cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffortLine {
    /// Accounts matched.
    pub accounts: u64,
    /// Persons met in lists.
    pub candidates: u64,
    /// Persons compared.
    pub comparisons: u64,
    /// Distinct words of names.
    pub words: u64,
}

/// One file written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputLine {
    /// `summary`, `owner`, `accounts`, `findings`, `memory` …
    pub kind: String,
    /// System id.
    pub system: Option<String>,
    /// Path inside the run folder.
    pub path: String,
    /// Its hash.
    pub sha256: String,
    /// Whom it is for; absent of data, and of the workbook that is handed out by no letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterLine>,
}

/// The run before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousLine {
    /// Its name.
    pub run: String,
    /// The hash of its manifest.
    pub sha256: String,
}
