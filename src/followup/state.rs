//! Where a finding stands between runs, and what became of one that did not come back.

use crate::model::{Message, Text};
use crate::runfolder::{DECIDED, EXCEPTED, RESOLVED, UNTESTABLE, VERIFIED};
use chrono::NaiveDate;

/// Where a finding stands between runs. Where several fit, the last of this order holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// First seen in this run.
    New,
    /// Seen before, and its day for an answer has not passed.
    Open,
    /// Seen before, and its day for an answer has passed without one.
    Unanswered,
    /// A decision was made that is not yet to be seen in an export.
    Decided,
    /// Right until a day that has not passed.
    Excepted,
    /// Right until a day that has passed.
    ExceptionExpired,
    /// Verified as done before, and here again.
    Returned,
}

impl State {
    /// Whether it has been answered and nothing more is asked yet.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Decided | Self::Excepted)
    }

    /// The word in data files.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Unanswered => "unanswered",
            Self::Decided => DECIDED,
            Self::Excepted => EXCEPTED,
            Self::ExceptionExpired => "exception-expired",
            Self::Returned => "returned",
        }
    }
}

/// What became of a finding of the run before that did not come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Decided, and done: the account's own state shows it, in an export of this day.
    Verified(Proof, NaiveDate),
    /// In order now, or gone with no decision; why nothing is proven, where that has to be told.
    Resolved(Option<Message>),
    /// Not known: why it could not be tested. It is carried until it can be.
    Untestable(Message),
}

/// What shows that a decision was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The account is not in the export any more.
    AccountGone,
    /// The account is closed.
    AccountClosed,
    /// The account lacks the role.
    RoleGone,
}

impl Proof {
    /// The words a recipient reads.
    pub fn text(self) -> Text {
        match self {
            Self::AccountGone => Text::new("Kontot finns inte längre", "The account is gone"),
            Self::AccountClosed => Text::new("Kontot är avstängt", "The account is disabled"),
            Self::RoleGone => Text::new("Behörigheten är borttagen", "The role is gone"),
        }
    }
}

impl Fate {
    /// The word in data files.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Verified(..) => VERIFIED,
            Self::Resolved(_) => RESOLVED,
            Self::Untestable(_) => UNTESTABLE,
        }
    }
}
