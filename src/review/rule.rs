//! What a rule is: its words, its base severity and its check, all in one value.

use super::account::AccountCx;
use super::context::{PersonCx, Review, SystemCx};
use super::finding::Hit;
use super::rests::RestsOn;
use super::rules::RULES;
use crate::config::{Config, RuleSetting};
use crate::model::{Field, Language, Message, Severity, Text, counted, join_words, message};

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Account against payroll.
    Account,
    /// Ownership.
    Owner,
    /// Use of the account.
    Activity,
    /// Rights and movers.
    Privilege,
    /// Payroll and register quality.
    Payroll,
    /// The control itself.
    Control,
}

impl Group {
    /// Every group, in the order of the catalogue.
    pub const ALL: [Self; 6] =
        [Self::Account, Self::Owner, Self::Activity, Self::Privilege, Self::Payroll, Self::Control];

    /// The words a recipient reads.
    pub fn text(self) -> Text {
        match self {
            Self::Account => Text::new("Konto mot personalregister", "Account against payroll"),
            Self::Owner => Text::new("Ägarskap", "Ownership"),
            Self::Activity => Text::new("Användning", "Activity"),
            Self::Privilege => Text::new("Behörighet och byte av arbete", "Privilege and movers"),
            Self::Payroll => Text::new("Personalregistrets kvalitet", "Quality of payroll"),
            Self::Control => Text::new("Kontrollen själv", "The control itself"),
        }
    }

    /// The word in data files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Owner => "owner",
            Self::Activity => "activity",
            Self::Privilege => "privilege",
            Self::Payroll => "payroll",
            Self::Control => "control",
        }
    }
}

/// What a rule looks at beside the accounts of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// On the facts of this run alone.
    Facts,
    /// On an earlier run and the answers to it too; untested in a first run.
    Loop,
}

/// What a finding says of the holder beside its own words, for those who gather findings without knowing the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tells {
    /// Nothing.
    NothingMore,
    /// Whose the account is, is not settled: HR is asked, and the owner is shown who it may be.
    Unsettled,
    /// Keys and names disagree on whose it is: HR is asked.
    Doubted,
    /// The holder's employment has ended and the account is open.
    OpenAfterEnd,
    /// Of the control: that something waits for the lists or for a post, or what comes of the inputs and is weighed by
    /// itself, while they may be sound.
    NotOfInputs,
    /// A decision was not carried out: what answers it is the decision itself.
    NotCarriedOut,
    /// An answer cannot be followed as it stands: what answers it is another answer.
    OfAnswer,
    /// The account is nobody's in particular, and nobody answers for it.
    NobodyAnswers,
    /// The holder's employment or engagement has ended, and access is or was there afterwards.
    AfterEnd,
    /// Something is left of an account that is closed: that it is closed mends nothing.
    LeftOfClosed,
}

impl Tells {
    /// Whether HR can say whose the account is before its owner is asked.
    pub fn asks_who(self) -> bool {
        matches!(self, Self::Unsettled | Self::Doubted)
    }

    /// Whether a lighter finding of a group needs no words beside it: whoever has left signs in no more, and how the
    /// account is kept no longer matters.
    pub fn makes_superfluous(self, group: Group) -> bool {
        self == Self::OpenAfterEnd && group == Group::Activity
    }

    /// Whether it is about the last answer itself, which cannot settle it.
    pub fn gainsays_answer(self) -> bool {
        matches!(self, Self::NotCarriedOut | Self::OfAnswer)
    }

    /// Whether nothing is left of it once the account is closed.
    pub fn is_mended_by_closing(self) -> bool {
        self != Self::LeftOfClosed && !self.gainsays_answer()
    }

    /// Whether it tells of access after the end.
    pub fn is_after_end(self) -> bool {
        matches!(self, Self::OpenAfterEnd | Self::AfterEnd)
    }
}

/// Why a rule cannot be tested on a system, where it cannot.
pub type Untestable = for<'a> fn(&SystemCx<'a>) -> Option<Text>;

/// How a rule looks, by what it looks at, and where it cannot. A check says what it found; key, severity and rule are
/// stamped on by the caller, so that a rule cannot mislabel itself.
#[derive(Clone, Copy)]
pub enum Check {
    /// Each account.
    Account {
        /// Why it cannot be tested on the system.
        untested: Untestable,
        /// The check.
        check: for<'a> fn(&AccountCx<'a>) -> Option<Hit>,
    },
    /// Each account, several times where each hit has a [`Hit::mark`] of its own.
    Each {
        /// Why it cannot be tested on the system.
        untested: Untestable,
        /// The check.
        check: for<'a> fn(&AccountCx<'a>) -> Vec<Hit>,
    },
    /// Each person of the register.
    Person {
        /// Why it cannot be tested on this payroll, where it cannot.
        untested: for<'a> fn(&Review<'a>) -> Option<Text>,
        /// The check.
        check: for<'a> fn(&PersonCx<'a>) -> Option<Hit>,
    },
    /// Each system.
    System {
        /// Why it cannot be tested on the system.
        untested: Untestable,
        /// The check.
        check: for<'a> fn(&SystemCx<'a>) -> Option<Hit>,
    },
    /// The run as a whole, and each system.
    Both {
        /// Why it cannot be tested on a system.
        untested: Untestable,
        /// The whole.
        whole: for<'a> fn(&Review<'a>) -> Option<Hit>,
        /// A system.
        system: for<'a> fn(&SystemCx<'a>) -> Option<Hit>,
    },
    /// The run as a whole.
    Whole(for<'a> fn(&Review<'a>) -> Option<Hit>),
}

impl Check {
    /// What it finds on an account.
    pub fn on_account(self, account: &AccountCx<'_>) -> Vec<Hit> {
        match self {
            Self::Account { check, .. } => check(account).into_iter().collect(),
            Self::Each { check, .. } => check(account),
            Self::Person { .. } | Self::System { .. } | Self::Both { .. } | Self::Whole(_) => Vec::new(),
        }
    }

    /// What it finds on a system.
    pub fn on_system(self, system: &SystemCx<'_>) -> Option<Hit> {
        match self {
            Self::System { check, .. } | Self::Both { system: check, .. } => check(system),
            Self::Account { .. } | Self::Each { .. } | Self::Person { .. } | Self::Whole(_) => None,
        }
    }

    /// What it finds on a person of the register.
    pub fn on_person(self, person: &PersonCx<'_>) -> Option<Hit> {
        match self {
            Self::Person { check, .. } => check(person),
            Self::Account { .. } | Self::Each { .. } | Self::System { .. } | Self::Both { .. } | Self::Whole(_) => None,
        }
    }

    /// What it finds on the run as a whole.
    pub fn on_whole(self, review: &Review<'_>) -> Option<Hit> {
        match self {
            Self::Whole(check) | Self::Both { whole: check, .. } => check(review),
            Self::Account { .. } | Self::Each { .. } | Self::Person { .. } | Self::System { .. } => None,
        }
    }

    /// For a check that looks at systems or their accounts, so that it can be tested on one system and not on another:
    /// why it cannot.
    pub fn of_systems(self) -> Option<Untestable> {
        match self {
            Self::Account { untested, .. }
            | Self::Each { untested, .. }
            | Self::System { untested, .. }
            | Self::Both { untested, .. } => Some(untested),
            Self::Person { .. } | Self::Whole(_) => None,
        }
    }
}

/// Why a rule that is tested on a system does not see all of it; nothing where it does.
pub type Partly = for<'a> fn(&SystemCx<'a>) -> Option<Unseen>;

/// Why a rule that is tested on payroll does not see all of it; nothing where it does.
pub type PartlyOnPayroll = for<'a> fn(&Review<'a>) -> Option<Text>;

/// What a rule does not see of a system that it is tested on.
#[derive(Clone, Debug)]
pub struct Unseen {
    /// Why.
    pub why: Message,
    /// Whether what was found before may be hidden by it, so that its absence proves nothing.
    pub hides: bool,
    /// How much of the system.
    pub extent: Extent,
}

/// Accounts of some kind whose holder may stand on a row of payroll or a register that could not be used.
pub fn on_unused_rows(cx: &SystemCx<'_>, is_one: impl Fn(&AccountCx<'_>) -> bool) -> Option<Unseen> {
    let perhaps = cx.open_accounts().filter(|account| is_one(account) && account.may_be_on_an_unused_row()).count();
    let (sv, en) = counted(perhaps, ["konto", "konton"], ["account", "accounts"]).both();
    (perhaps > 0).then(|| {
        let why = message!(
            "innehavaren av {sv} kan stå på en rad i personalregistret eller ett register som inte kunde användas; sådana \
             prövas inte",
            "the holder of {en} may stand on a row of payroll or a register that could not be used; such are not tested"
        );
        Unseen { why, hides: false, extent: Extent::Part }
    })
}

/// How much of a system a rule could not be tested on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it, or most.
    Most,
    /// The smaller part.
    Part,
}

impl Extent {
    /// Of so many accounts.
    pub fn of(unseen: usize, all: usize) -> Self {
        if unseen * 2 > all { Self::Most } else { Self::Part }
    }
}

/// One rule of the catalogue.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Kebab-case name of the fault; a promise, never reused.
    pub id: &'static str,
    /// What it is about.
    pub group: Group,
    /// Severity before modifiers.
    pub base: Severity,
    /// A few words for a column.
    pub title: Text,
    /// Why it matters.
    pub why: Text,
    /// What to do about it.
    pub action: Text,
    /// What to do, in a few words for a row. A proposal, never a decision.
    pub proposal: Text,
    /// Clauses it serves as evidence for.
    pub clauses: &'static [&'static str],
    /// What it looks at.
    pub stage: Stage,
    /// What it says of the holder.
    pub tells: Tells,
    /// Columns whose values it must be able to trust.
    pub rests_on: RestsOn,
    /// The check.
    pub check: Check,
}

impl Rule {
    /// Its base severity as the configuration has it; `None` where it is off.
    pub fn in_force(&self, config: &Config) -> Option<Severity> {
        match config.rules.get(self.id) {
            Some(RuleSetting::Off) => None,
            Some(RuleSetting::Base(severity)) => Some(*severity),
            None => Some(self.base),
        }
    }

    /// Its place in the catalogue; `None` for one that does not stand there.
    pub fn place(&self) -> Option<usize> {
        RULES.iter().position(|rule| rule.id == self.id)
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.id)
    }
}

/// For rules that can be tested on any system.
pub fn always(_: &SystemCx<'_>) -> Option<Text> {
    None
}

/// For rules on persons that can be tested on any payroll, whole or in part.
pub fn always_on_payroll(_: &Review<'_>) -> Option<Text> {
    None
}

/// For rules on accounts: nothing to test where no export could be read.
pub fn needs_export(cx: &SystemCx<'_>) -> Option<Text> {
    cx.export.is_none().then(|| Text::new("exporten saknas", "the export is missing"))
}

/// For rules on what the list of systems says: of a system that stands in none, it says nothing.
pub fn needs_row_of_inventory(cx: &SystemCx<'_>) -> Option<Text> {
    let unlisted = Text::new("systemet står inte i systemförteckningen", "the system stands in no list of systems");
    needs_inventory(cx).or_else(|| (!cx.config.system.listed).then_some(unlisted))
}

/// Why a rule cannot be tested on a system whose row of the list says something so that nobody could read it.
pub fn needs_to_read(cx: &SystemCx<'_>, field: Field) -> Option<Text> {
    let why = match field {
        Field::Confirmed => Text::new(
            "dagen då uppgifterna bekräftades går inte att tolka i systemförteckningen",
            "the day on which the entry was confirmed cannot be understood in the list of systems",
        ),
        Field::RiskAnalysis => Text::new(
            "riskanalysens dag går inte att tolka i systemförteckningen",
            "the day of the risk analysis cannot be understood in the list of systems",
        ),
        Field::Exported => Text::new(
            "uttagsdagen går inte att tolka i systemförteckningen",
            "the day of the export cannot be understood in the list of systems",
        ),
        Field::ControlTotal => Text::new(
            "antalet konton går inte att tolka i systemförteckningen",
            "the number of accounts cannot be understood in the list of systems",
        ),
        _ => Text::new(
            "raden i systemförteckningen går inte att tolka",
            "the row of the list of systems cannot be understood",
        ),
    };
    cx.config.system.unread.contains(&field).then_some(why)
}

/// For rules that compare with the list of systems.
pub fn needs_inventory(cx: &SystemCx<'_>) -> Option<Text> {
    let missing = Text::new("ingen systemförteckning är angiven", "no list of systems is named");
    cx.review.inventory.is_none().then_some(missing)
}

/// Fields that a hit names together: as keys for data files, and in words.
pub struct Parts(Vec<(&'static str, Text)>);

impl Parts {
    /// Those of some that apply.
    pub fn new<const N: usize>(parts: [Option<(&'static str, Text)>; N]) -> Self {
        Self(parts.into_iter().flatten().collect())
    }

    /// Whether none applies.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The keys, divided by commas.
    pub fn keys(&self) -> String {
        self.0.iter().map(|(key, _)| *key).collect::<Vec<_>>().join(", ")
    }

    /// The words in both languages, Swedish first.
    pub fn in_words(&self) -> (String, String) {
        let words = |language: Language| {
            let words: Vec<&str> = self.0.iter().map(|(_, text)| text.get(language)).collect();
            join_words(&words, language)
        };
        (words(Language::Sv), words(Language::En))
    }
}
