//! The columns that owners answer in, and the choices: shared by report, history and record, since
//! what one run issues the next reads back.

use crate::model::{Severity, Text};
use serde::{Deserialize, Serialize};

/// The hidden sheet of every workbook: the run, the system and the dropdowns' choices, for when document properties
/// are lost.
pub const HIDDEN_SHEET: &str = "_samkor";

/// What stands before the run's name on it.
pub const RUN_FACT: &str = "run";

/// The same among the properties of the document, which stay where sheets and columns are removed.
pub const RUN_PROPERTY: &str = "samkor.run";

/// The system's id there.
pub const SYSTEM_PROPERTY: &str = "samkor.system";

/// The hidden column that answers are joined on.
pub const KEY: Text = Text::new("Nyckel", "Key");

/// What stands between the keys of a row that asks about several accounts at once. It is written otherwise within a key, and
/// unlike a line break it is left as it is by every program.
pub const BETWEEN_KEYS: char = '#';

/// What stands before the system's id on it.
pub const SYSTEM_FACT: &str = "system";

/// Where the first page is signed: who, in which post, when. The answer stands beside each.
pub const SIGN_OFF: [Text; 3] =
    [Text::new("Granskad av", "Reviewed by"), Text::new("Befattning", "Post"), Text::new("Datum", "Date")];

/// Ansvarsroller: whether what the list of systems says is right, what is right, who says so and when.
pub const CONFIRMATION: [Text; 4] = [
    Text::new("Stämmer (Ja/Nej)", "Right (Yes/No)"),
    Text::new("Rätt uppgift", "What is right"),
    Text::new("Bekräftad av", "Confirmed by"),
    Text::new("Datum", "Date"),
];

/// HR's rows: whether payroll was corrected, what there is to say, who did it and when.
pub const CORRECTION: [Text; 4] = [
    Text::new("Rättat (Ja/Nej)", "Corrected (Yes/No)"),
    Text::new("Kommentar", "Comment"),
    Text::new("Utförd av", "Done by"),
    Text::new("Utförd datum", "Done on"),
];

/// An answer to a question of yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum YesNo {
    /// Yes.
    #[serde(rename = "Ja")]
    Yes,
    /// No.
    #[serde(rename = "Nej")]
    No,
}

impl YesNo {
    /// The choices, in the order of the dropdown.
    pub const ALL: [Self; 2] = [Self::Yes, Self::No];

    /// The words in the dropdown.
    pub fn text(self) -> Text {
        match self {
            Self::Yes => Text::new("Ja", "Yes"),
            Self::No => Text::new("Nej", "No"),
        }
    }
}

/// The short code of a row that people cite: it is made from the key.
pub const NUMBER: Text = Text::new("Nr", "No");

/// The system, where a list is about several.
pub const SYSTEM: Text = Text::new("System", "System");

/// What is proposed, in words that may be those of a decision.
pub const PROPOSAL: Text = Text::new("Förslag", "Proposal");

/// What was decided before.
pub const LAST_DECISION: Text = Text::new("Förra beslutet", "Previous decision");

/// The sheet that tells what became of earlier decisions.
pub const SINCE_SHEET: Text = Text::new("Sedan förra gången", "Since last time");

/// The last day of employment: a fact that answers rest on.
pub const EMPLOYED_UNTIL: Text = Text::new("Anställd t.o.m.", "Employed until");

/// Roles and groups: a fact that answers rest on.
pub const ROLES: Text = Text::new("Roller", "Roles");

/// From this severity on, whoever keeps what is there says why.
pub const KEEPS_WITH_REASON: Severity = Severity::High;

/// A decision on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Decision {
    /// The account is right as it is.
    #[serde(rename = "Behåll")]
    Keep,
    /// The account is to be disabled.
    #[serde(rename = "Inaktivera konto")]
    Disable,
    /// A role is to be changed.
    #[serde(rename = "Ändra behörighet")]
    ChangeRole,
    /// What was wrong has been put right already.
    #[serde(rename = "Redan åtgärdat")]
    Done,
    /// Right until a date.
    #[serde(rename = "Tidsbegränsat undantag")]
    Exception,
    /// Somebody else is to decide.
    #[serde(rename = "Inte mitt ansvar")]
    NotMine,
    /// HR is to find out.
    #[serde(rename = "Vet ej, HR utreder")]
    Unknown,
}

impl Decision {
    /// Every choice, in the order of the dropdown.
    pub const ALL: [Self; 7] =
        [Self::Keep, Self::Disable, Self::ChangeRole, Self::Done, Self::Exception, Self::NotMine, Self::Unknown];

    /// The words in the dropdown.
    pub fn text(self) -> Text {
        match self {
            Self::Keep => Text::new("Behåll", "Keep"),
            Self::Disable => Text::new("Inaktivera konto", "Disable account"),
            Self::ChangeRole => Text::new("Ändra behörighet", "Change access"),
            Self::Done => Text::new("Redan åtgärdat", "Already done"),
            Self::Exception => Text::new("Tidsbegränsat undantag", "Exception until a date"),
            Self::NotMine => Text::new("Inte mitt ansvar", "Not my responsibility"),
            Self::Unknown => Text::new("Vet ej, HR utreder", "Do not know, HR finds out"),
        }
    }

    /// Whether anything comes of what stands beside it in a column.
    pub fn uses(self, column: AnswerColumn) -> bool {
        match column {
            AnswerColumn::ExceptionUntil => self == Self::Exception,
            AnswerColumn::Role => matches!(self, Self::ChangeRole | Self::Done),
            AnswerColumn::PassOnTo => self == Self::NotMine,
            AnswerColumn::DoneBy | AnswerColumn::DoneOn => {
                matches!(self, Self::Disable | Self::ChangeRole | Self::Done)
            }
            AnswerColumn::Decision
            | AnswerColumn::Reason
            | AnswerColumn::RightHolder
            | AnswerColumn::DecidedBy
            | AnswerColumn::DecidedOn => true,
        }
    }
}

/// A column that is answered in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerColumn {
    /// The decision, by dropdown.
    Decision,
    /// Which role it is about.
    Role,
    /// Why.
    Reason,
    /// Who the account really belongs to.
    RightHolder,
    /// Who is to decide instead.
    PassOnTo,
    /// Last day of an exception.
    ExceptionUntil,
    /// Who decided.
    DecidedBy,
    /// When.
    DecidedOn,
    /// Who carried it out.
    DoneBy,
    /// When.
    DoneOn,
}

impl AnswerColumn {
    /// Every answer column, in order.
    pub const ALL: [Self; 10] = [
        Self::Decision,
        Self::Reason,
        Self::ExceptionUntil,
        Self::Role,
        Self::RightHolder,
        Self::PassOnTo,
        Self::DecidedBy,
        Self::DecidedOn,
        Self::DoneBy,
        Self::DoneOn,
    ];

    /// What HR is asked of an account whose holder is not settled: whose it is, and who says so.
    pub const OF_HOLDER: [Self; 4] = [Self::RightHolder, Self::Reason, Self::DecidedBy, Self::DecidedOn];

    /// Its header.
    pub fn text(self) -> Text {
        match self {
            Self::Decision => Text::new("Beslut", "Decision"),
            Self::Role => Text::new("Gäller roll", "Concerns role"),
            Self::Reason => Text::new("Motivering", "Justification"),
            Self::RightHolder => Text::new("Rätt innehavare", "Right holder"),
            Self::PassOnTo => Text::new("Skickas vidare till", "Pass on to"),
            Self::ExceptionUntil => Text::new("Undantag t.o.m.", "Exception until"),
            Self::DecidedBy => Text::new("Beslutad av", "Decided by"),
            Self::DecidedOn => Text::new("Beslutsdatum", "Decided on"),
            Self::DoneBy => Text::new("Utförd av", "Done by"),
            Self::DoneOn => Text::new("Utförd datum", "Done on"),
        }
    }

    /// Its header where HR is asked whose an account is: HR decides nothing, and says who and when like anyone.
    pub fn asked_of_hr(self) -> Text {
        match self {
            Self::RightHolder => Text::new("Rätt person / anställningsnummer", "Right person / employee number"),
            Self::Reason => Text::new("Kommentar", "Comment"),
            Self::DecidedBy => Text::new("Vem", "Who"),
            Self::DecidedOn => Text::new("När", "When"),
            other => other.text(),
        }
    }

    /// Whether a date is answered.
    pub fn is_date(self) -> bool {
        matches!(self, Self::ExceptionUntil | Self::DecidedOn | Self::DoneOn)
    }
}
