//! Whom a workbook is for, kept in the manifest so that it can be handed out without the configuration of its day.

use serde::{Deserialize, Serialize};

/// What every letter of a run says of the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterheadLine {
    /// Whose review; empty where it is not stated.
    pub organisation: String,
    /// Its title.
    pub title: String,
    /// Where answers go.
    pub control_owner: Option<String>,
    /// The language recipients read, `sv` or `en`.
    pub language: String,
}

/// Whom one workbook is for, and what it asks of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterLine {
    /// What the recipient is called: a name, a post, a department or a committee. `None` where nobody is stated.
    pub recipient: Option<String>,
    /// The recipient's e-mail, where one is known and may be shown.
    pub address: Option<String>,
    /// What the workbook is about: a system, a part of its list, a committee, payroll, the whole.
    pub about: String,
    /// Rows to answer; `None` where the workbook asks for no answer.
    pub rows: Option<u64>,
    /// Of these, rows with a high or critical deviation.
    pub grave: u64,
}
