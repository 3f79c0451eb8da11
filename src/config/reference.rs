//! Every key of the configuration for people and editors: what it is and what it means.
//!
//! A test holds the list against what the readers ask for, so that it can neither lack a key nor have one too many.

use crate::model::{EngagementKind, Severity};

/// What a value of a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// One file's path, or for several files a table each.
    FileOrTables(&'static str),
    /// A date without quotes.
    Date,
    /// A whole number, from and up to.
    Integer(u32, u32),
    /// A number from 0 to 1.
    Share,
    /// true or false.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A severity.
    Severity,
    /// The kind of a register.
    Kind,
    /// A table with that heading.
    Table(&'static str),
    /// Several tables with that heading.
    Tables(&'static str),
}

/// One key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What its value is.
    pub shape: Shape,
    /// What it means.
    pub means: &'static str,
}

/// One table of the configuration.
#[derive(Clone, Copy, Debug)]
pub struct Heading {
    /// The heading as written; a table that holds fields or rules has no keys of its own.
    pub heading: &'static str,
    /// What it is about.
    pub about: &'static str,
    /// Its keys.
    pub keys: &'static [&'static [Key]],
}

const fn key(name: &'static str, shape: Shape, means: &'static str) -> Key {
    Key { name, shape, means }
}

const fn heading(heading: &'static str, about: &'static str, keys: &'static [&'static [Key]]) -> Heading {
    Heading { heading, about, keys }
}

/// What can be said of any file.
const STATED: &[Key] = &[
    key("exported", Shape::Date, "The day the file was made."),
    key("exported_by", Shape::Text, "Who made it."),
    key("selection", Shape::Text, "What was selected when it was made."),
    key("control_total", Shape::Integer(0, u32::MAX), "Rows the source system itself says it has."),
    key("sheet", Shape::Text, "The sheet of a workbook to read."),
    key("header_row", Shape::Integer(1, 1_048_576), "The row of the headers, as Excel shows it."),
    key("encoding", Shape::Text, "The encoding, such as windows-1252."),
    key("delimiter", Shape::Text, "The delimiter, such as ; or tab."),
];

const FILE: &[Key] = &[key("file", Shape::Text, "The path, from the configuration's folder.")];
const COMPANY: &[Key] = &[key("company", Shape::Text, "The employer of rows that name none.")];
const SIDE: &[Key] = &[
    key("system", Shape::Text, "The id of the system."),
    key("role", Shape::Text, "The role there, a pattern with * and ?."),
];

const REVIEW: &[Key] = &[
    key("organisation", Shape::Text, "Whose review it is, at the head of every workbook."),
    key("title", Shape::Text, "What the review is called."),
    key("as_of", Shape::Date, "The reference date; the day of the run if left out."),
    key("answer_by", Shape::Date, "The day answers are due; three weeks after the reference date if left out."),
    key("control_owner", Shape::Text, "Who answers are returned to."),
    key("language", Shape::Choice(&["sv", "en"]), "The language of everything a recipient reads."),
    key("output", Shape::Text, "The folder runs are published in; resultat if left out."),
    key("attest", Shape::Choice(&["none", "privileged", "all"]), "Which rows need an answer beside deviations."),
    key("scope", Shape::Choice(&["full", "changes"]), "Whether what is decided already is listed again."),
    key("list_from", Shape::Severity, "Findings below this severity stay off the list to answer; medium if left out."),
    key("posts", Shape::Texts, "Texts that are posts, not names, beside those known."),
    key("time_zone", Shape::Text, "Where moments become days; Europe/Stockholm if left out."),
    key("secrecy_note", Shape::Text, "The note of secrecy at the head of every page."),
];

const PAYROLL: &[Key] = &[
    key("file", Shape::FileOrTables("[[payroll.file]]"), "Payroll's file, or a table for each of several."),
    key("files", Shape::Texts, "Several files of the same columns, read as one."),
    key("owner", Shape::Text, "Who gets the workbook for HR."),
    key("includes_ended_since", Shape::Date, "Since when ended employments are in it."),
    key("no_protected_column", Shape::Text, "Why it is right that no column marks protected persons."),
    key("columns", Shape::Table("[payroll.columns]"), "Which column is which."),
    key("employment", Shape::Table("[payroll.employment]"), "What counts as employed."),
];

const EMPLOYMENT: &[Key] = &[
    key("not_employed", Shape::Texts, "Forms that are paid but not employed, beside those known."),
    key("hourly", Shape::Texts, "Forms employed by the hour, beside those known."),
    key("employed", Shape::Texts, "Other forms that are ordinary employments, beside those known."),
    key("hourly_grace_days", Shape::Integer(0, 3_650), "Days without a shift that hourly staff may have."),
    key("gap_days", Shape::Integer(0, 3_650), "Days between two employments that make no leaver."),
];

const REGISTER: &[Key] = &[
    key("id", Shape::Text, "A short name."),
    key("kind", Shape::Kind, "What kind of people it holds."),
    key("columns", Shape::Table("[register.columns]"), "Which column is which."),
];

const INVENTORY: &[Key] = &[
    key("max_age_days", Shape::Integer(1, 36_500), "Days after which a row of the list is old."),
    key("columns", Shape::Table("[inventory.columns]"), "Which column is which."),
];

const SYSTEM: &[Key] = &[
    key("id", Shape::Text, "A short name of letters, digits, - and _; used in file names."),
    key("name", Shape::Text, "The name as people say it."),
    key("file", Shape::FileOrTables("[[system.file]]"), "The export, or a table for each of several."),
    key("files", Shape::Texts, "Several exports that tell of one system."),
    key("join", Shape::Text, "The field that joins the rows of several files; the account if left out."),
    key("owner", Shape::Text, "Who gets the list: e-mail, employee number, name or post."),
    key("administrator", Shape::Text, "Who runs the system."),
    key("committee", Shape::Text, "The committee that answers for it."),
    key("sensitive", Shape::Flag, "Whether it holds social, health, pay or payment data; raises severity one step."),
    key("classification", Shape::Table("[system.classification]"), "Its information class."),
    key("risk_analysis", Shape::Date, "The day of the latest risk analysis."),
    key("companies", Shape::Texts, "Employers whose employment counts here; all if left out."),
    key(
        "departments",
        Shape::Texts,
        "Departments whose staff belong here; all if left out. `[]` for all, also where the list of systems names one.",
    ),
    key(
        "allow",
        Shape::Texts,
        "Who may have an account without employment: external, elected, student, other, or a form.",
    ),
    key("directory", Shape::Flag, "Whether its account names serve the other systems as keys."),
    key("login", Shape::Text, "The id of the system that signing in goes through."),
    key("split_by", Shape::Choice(&["department"]), "Each department gets its own accounts."),
    key("one_account_per_person", Shape::Flag, "Whether a second everyday account is unusual; true if left out."),
    key("privileged_roles", Shape::Texts, "Patterns of roles that are high rights."),
    key("status", Shape::Table("[system.status]"), "What the words of its status column mean."),
    key("classes", Shape::Table("[system.classes]"), "Patterns of account names by kind of account."),
    key("exclude", Shape::Tables("[[system.exclude]]"), "Populations that are left out, counted and shown."),
    key("columns", Shape::Table("[system.columns]"), "Which column is which."),
];

const STATUS: &[Key] = &[
    key("active", Shape::Texts, "Words for active."),
    key("closed", Shape::Texts, "Words for closed."),
    key("valid_to_closes", Shape::Flag, "Whether an end date in the past closes the account."),
];

const CLASSES: &[Key] = &[
    key("personal", Shape::Texts, "Patterns of personal accounts."),
    key("admin", Shape::Texts, "Patterns of administrators' second accounts."),
    key("service", Shape::Texts, "Patterns of accounts of programs."),
    key("shared", Shape::Texts, "Patterns of accounts that several use."),
    key("test", Shape::Texts, "Patterns of accounts for tests."),
    key("external", Shape::Texts, "Patterns of externals' accounts."),
];

const CLASSIFICATION: &[Key] = &[
    key("confidentiality", Shape::Integer(0, 9), "Konfidentialitet."),
    key("integrity", Shape::Integer(0, 9), "Riktighet."),
    key("availability", Shape::Integer(0, 9), "Tillgänglighet."),
];

const EXCLUDE: &[Key] = &[
    key("column", Shape::Text, "The header of the column."),
    key("match", Shape::Text, "What its value must fit, a pattern with * and ?."),
    key("reason", Shape::Text, "Why."),
    key("decided_by", Shape::Text, "By whom."),
];

const THRESHOLDS: &[Key] = &[
    key("dormant_days", Shape::Integer(1, 3_650), "Days without a sign-in after which an account is dormant."),
    key("privileged_dormant_days", Shape::Integer(1, 3_650), "The same of high rights."),
    key("logon_lag_days", Shape::Integer(0, 3_650), "Days that a recorded sign-in can lag behind."),
    key("leaver_grace_days", Shape::Integer(0, 3_650), "Days after the end before an account must be closed."),
    key("leave_days", Shape::Integer(0, 3_650), "Days of leave after which an active account is told."),
    key("max_input_age_days", Shape::Integer(0, 3_650), "Days before the reference date after which an input is old."),
    key("max_input_gap_days", Shape::Integer(0, 3_650), "Days that payroll and an export may lie apart."),
    key("max_unmatched_percent", Shape::Integer(0, 100), "Percent of personal accounts that may lack a match."),
    key(
        "min_previous_rows_percent",
        Shape::Integer(0, 100),
        "Percent of the last run's payroll rows below which a run stops.",
    ),
    key("small_count", Shape::Integer(1, 100), "Counts of protected persons below this are shown as a bound."),
];

const MATCHING: &[Key] = &[
    key("link_probability", Shape::Share, "From here a holder is found."),
    key("clear_probability", Shape::Share, "From here it is certain that the holder, whoever it is, is employed."),
    key("candidate_probability", Shape::Share, "From here a person is a possible holder."),
];

const CONFLICT: &[Key] = &[
    key("name", Shape::Text, "What the two roles amount to together."),
    key("a", Shape::Table("[conflict.a]"), "One role."),
    key("b", Shape::Table("[conflict.b]"), "The other."),
];

const EXEMPTION: &[Key] = &[
    key("system", Shape::Text, "The id of the system."),
    key("account", Shape::Text, "The account."),
    key("owner", Shape::Text, "Who answers for it."),
    key("reason", Shape::Text, "Why it is right as it is."),
    key("compensating", Shape::Text, "What makes up for it."),
    key("approved_by", Shape::Text, "Who approved it."),
    key("until", Shape::Date, "The last day it holds."),
];

const fn columns(name: &'static str) -> Heading {
    heading(name, "A field, by either of its names, and the header or headers that hold it; \"\" where none does.", &[])
}

const COLUMNS_OF_FILE: &[Key] = &[key("columns", Shape::Table("[system.file.columns]"), "Which column is which.")];
const COLUMNS_OF_PAYROLL_FILE: &[Key] =
    &[key("columns", Shape::Table("[payroll.file.columns]"), "Which column is which.")];
const COLUMNS_OF_SERVICE: &[Key] =
    &[key("columns", Shape::Table("[service_accounts.columns]"), "Which column is which.")];

/// Every table, in the order a configuration is written.
pub const HEADINGS: &[Heading] = &[
    heading("[review]", "The review.", &[REVIEW]),
    heading("[payroll]", "The payroll register.", &[PAYROLL, COMPANY, STATED]),
    heading("[[payroll.file]]", "One of several files of payroll.", &[FILE, COMPANY, STATED, COLUMNS_OF_PAYROLL_FILE]),
    columns("[payroll.columns]"),
    columns("[payroll.file.columns]"),
    heading("[payroll.employment]", "What counts as employed.", &[EMPLOYMENT]),
    heading("[[register]]", "People outside payroll who are here lawfully.", &[REGISTER, FILE, STATED]),
    columns("[register.columns]"),
    heading("[inventory]", "The list of systems.", &[FILE, INVENTORY, STATED]),
    columns("[inventory.columns]"),
    heading("[service_accounts]", "Who answers for accounts that are nobody's.", &[FILE, STATED, COLUMNS_OF_SERVICE]),
    columns("[service_accounts.columns]"),
    heading("[[system]]", "A system to review.", &[SYSTEM, STATED]),
    heading("[[system.file]]", "One of several exports of a system.", &[FILE, STATED, COLUMNS_OF_FILE]),
    columns("[system.columns]"),
    columns("[system.file.columns]"),
    heading("[system.status]", "Words of the status column.", &[STATUS]),
    heading("[system.classes]", "Kinds of account by their names.", &[CLASSES]),
    heading("[system.classification]", "The information class.", &[CLASSIFICATION]),
    heading("[[system.exclude]]", "A population that is left out.", &[EXCLUDE]),
    heading("[[exemption]]", "An account that is right as it is.", &[EXEMPTION]),
    heading("[[conflict]]", "Two roles that nobody should have at once.", &[CONFLICT]),
    heading("[conflict.a]", "One side.", &[SIDE]),
    heading("[conflict.b]", "The other side.", &[SIDE]),
    heading("[thresholds]", "Limits, each printed in the workbooks.", &[THRESHOLDS]),
    heading("[matching]", "When a match is certain enough.", &[MATCHING]),
    heading("[rules]", "A rule, and \"off\" or another base severity.", &[]),
    heading("[limits]", "Limits of what is read.", &[LIMITS]),
    heading("[protected]", "Protected persons.", &[PROTECTED]),
    heading("[followup]", "What earlier runs and answers say.", &[FOLLOWUP]),
];

const LIMITS: &[Key] = &[key("max_file_mb", Shape::Integer(1, 1_000_000), "Larger files are refused.")];
const PROTECTED: &[Key] = &[key("recipient", Shape::Text, "The post that gets the accounts of protected persons.")];
const FOLLOWUP: &[Key] = &[
    key("previous", Shape::Text, "The run that this one follows, or \"none\"; the newest earlier one if left out."),
    key("answers", Shape::Text, "The folder with returned workbooks."),
];

impl Heading {
    /// Every key.
    pub fn all(&self) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().copied().flatten()
    }

    /// The heading without its brackets.
    pub fn name(&self) -> &'static str {
        self.heading.trim_matches(['[', ']'])
    }

    /// Whether several tables of that heading can stand in a configuration.
    pub fn is_list(&self) -> bool {
        self.heading.starts_with("[[")
    }
}

impl Shape {
    /// In words.
    pub fn text(self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Texts => "list of texts".to_owned(),
            Self::FileOrTables(heading) => format!("text, or `{heading}`"),
            Self::Date => "date".to_owned(),
            Self::Integer(..) => "number".to_owned(),
            Self::Share => "number from 0 to 1".to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::Choice(words) => quoted(words.iter().copied()),
            Self::Severity => quoted(Severity::ALL.into_iter().map(Severity::code)),
            Self::Kind => quoted(EngagementKind::NAMED.into_iter().map(|(name, _)| name)),
            Self::Table(heading) | Self::Tables(heading) => format!("`{heading}`"),
        }
    }
}

fn quoted(words: impl Iterator<Item = &'static str>) -> String {
    words.map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", ")
}
