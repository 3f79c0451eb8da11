//! What a rule found: what it is about, how grave it is and from what, and the facts behind it.

use super::account::AccountCx;
use super::context::{Review, SystemCx};
use super::rule::{Check, Group, Rule};
use crate::model::{AccountIx, Field, Message, PersonIx, Severity, Text};
use chrono::NaiveDate;

/// A fact behind a finding.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// Words that name nobody.
    Text(String),
    /// A number.
    Number(i64),
    /// A day.
    Date(NaiveDate),
    /// Several words that name nobody.
    List(Vec<String>),
    /// Persons, shown by their ids.
    Persons(Vec<PersonIx>),
    /// Someone as written, and everyone it could be: not shown if one of them is protected.
    Reference(String, Vec<PersonIx>),
}

/// What a check returns. The message names nobody: names go through facts, so that protected
/// persons can be kept out of them.
#[derive(Clone, Debug)]
pub struct Hit {
    /// One sentence.
    pub message: Message,
    /// Another title than the rule's, where what was found says more in as few words.
    pub title: Option<Text>,
    /// Facts by name.
    pub facts: Vec<(&'static str, Fact)>,
    /// Steps that this rule itself adds, with their reason.
    pub extra: Option<Modifier>,
    /// What tells it from others of the rule on the same account; a part of the key.
    pub mark: Option<String>,
    /// Another base severity than the rule's, where the rule names two. Where configuration sets the rule's, it keeps
    /// its distance.
    pub base: Option<Severity>,
    /// The lines of the configuration that mend it, where any do. They stand here and not in the message, which is read by
    /// those who never see the configuration.
    pub mends: Vec<Mend>,
}

/// A line of the configuration that mends what was found, to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The table it stands under, of a `[[system]]` with its id.
    pub table: String,
    /// The line, as it is to be pasted.
    pub line: String,
    /// Where it mends it, if that is not always.
    pub when: Option<Text>,
}

impl Hit {
    /// A hit without facts yet.
    pub fn new(message: Message) -> Self {
        Self { message, title: None, facts: Vec::new(), extra: None, mark: None, base: None, mends: Vec::new() }
    }

    /// The one figure that matters, where there is one: how many days.
    pub fn days(&self) -> Option<i64> {
        self.facts.iter().find_map(|(name, fact)| match fact {
            Fact::Number(days) if *name == "days" => Some(*days),
            _ => None,
        })
    }

    /// How many rows it is about, where it is about rows.
    pub fn rows(&self) -> Option<u64> {
        self.facts.iter().find_map(|(name, fact)| match fact {
            Fact::Number(rows) if *name == "rows" => u64::try_from(*rows).ok(),
            _ => None,
        })
    }

    /// Adds a fact.
    #[must_use]
    pub fn fact(mut self, name: &'static str, fact: Fact) -> Self {
        self.facts.push((name, fact));
        self
    }

    /// Says which line under which table of the configuration mends it.
    #[must_use]
    pub fn mended(mut self, table: impl Into<String>, line: impl Into<String>) -> Self {
        self.mends.push(Mend { table: table.into(), line: line.into(), when: None });
        self
    }

    /// Says where the line that was last added mends it.
    #[must_use]
    pub fn when(mut self, when: Text) -> Self {
        if let Some(last) = self.mends.last_mut() {
            last.when = Some(when);
        }
        self
    }

    /// The same of a line of the system's own table.
    #[must_use]
    pub fn mended_in(self, cx: &SystemCx<'_>, line: impl Into<String>) -> Self {
        self.mended(format!("[[system]] id = \"{}\"", cx.config.system.id), line)
    }

    /// The same of a line of a table below it.
    #[must_use]
    pub fn mended_below(self, cx: &SystemCx<'_>, table: &str, line: impl Into<String>) -> Self {
        self.mended(format!("[[system]] id = \"{}\", {table}", cx.config.system.id), line)
    }

    /// The same of a line of the table of its columns.
    #[must_use]
    pub fn mended_in_columns(self, cx: &SystemCx<'_>, line: impl Into<String>) -> Self {
        self.mended_below(cx, "[system.columns]", line)
    }

    /// Adds a day, if there is one.
    #[must_use]
    pub fn day(self, name: &'static str, day: Option<NaiveDate>) -> Self {
        match day {
            Some(day) => self.fact(name, Fact::Date(day)),
            None => self,
        }
    }

    /// Adds how many there are.
    #[must_use]
    pub fn count(self, name: &'static str, count: impl TryInto<i64>) -> Self {
        self.number(name, count.try_into().unwrap_or(i64::MAX))
    }

    /// Adds a number.
    #[must_use]
    pub fn number(self, name: &'static str, number: i64) -> Self {
        self.fact(name, Fact::Number(number))
    }
}

/// A step up or down in severity, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modifier {
    /// Privileged account: one step up.
    Privileged,
    /// Privileged account in a rule on activity: two steps up.
    PrivilegedUnused,
    /// Sensitive system: one step up.
    Sensitive,
    /// The account is disabled: two steps down.
    Disabled,
}

impl Modifier {
    /// The word in data files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Privileged | Self::PrivilegedUnused => "privileged",
            Self::Sensitive => "sensitive",
            Self::Disabled => "disabled",
        }
    }

    /// How many steps.
    pub fn steps(self) -> i8 {
        match self {
            Self::Privileged | Self::Sensitive => 1,
            Self::PrivilegedUnused => 2,
            Self::Disabled => -2,
        }
    }

    /// The words a recipient reads.
    pub fn text(self) -> Text {
        match self {
            Self::Privileged | Self::PrivilegedUnused => Text::new("hög behörighet", "high privilege"),
            Self::Sensitive => Text::new("känsligt system", "sensitive system"),
            Self::Disabled => Text::new("kontot är avstängt", "the account is disabled"),
        }
    }
}

/// What moved a severity: at most one modifier of each kind, in the order they were weighed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers([Option<Modifier>; 3]);

impl Modifiers {
    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Modifier> {
        self.0.into_iter().flatten()
    }
}

/// A severity that can be recomputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Graded {
    /// The rule's base.
    pub base: Severity,
    /// What moved it.
    pub modifiers: Modifiers,
    /// The result.
    pub result: Severity,
}

impl Graded {
    /// Base plus every modifier, never past either end.
    pub fn new(base: Severity, modifiers: [Option<Modifier>; 3]) -> Self {
        let modifiers = Modifiers(modifiers);
        let steps: i8 = modifiers.iter().map(Modifier::steps).sum();
        Self { base, result: base.shifted(steps), modifiers }
    }
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The run as a whole.
    Whole,
    /// A system, by its place in the configuration.
    System(usize),
    /// An account of a system.
    Account(usize, AccountIx),
    /// A person of the register.
    Person(PersonIx),
}

/// One deviation. A run holds those of every system at once, so it holds no words: its check says them again
/// ([`Finding::hit`]) when it is shown.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which rule.
    pub rule: &'static Rule,
    /// About what.
    pub subject: Subject,
    /// About whom, where someone is linked.
    pub person: Option<PersonIx>,
    /// How grave.
    pub graded: Graded,
    /// Which of the rule's hits on the subject.
    nth: u8,
}

impl Finding {
    /// A finding about an account.
    pub fn account(rule: &'static Rule, base: Severity, cx: &AccountCx<'_>, hit: &Hit, nth: u8) -> Self {
        // A rule that is about high rights has them in its base: the same fact does not count twice.
        let weighs = cx.is_privileged() && !rule.rests_on.export.contains(&Field::Privileged);
        let privileged = weighs.then(|| hit.extra.unwrap_or(Modifier::Privileged));
        let disabled = (!cx.account.state.counts_as_active()).then_some(Modifier::Disabled);
        let graded = Graded::new(base, [privileged, sensitive(rule, &cx.system), disabled]);
        let subject = Subject::Account(cx.system.place, cx.ix);
        Self { rule, subject, person: cx.matched.person(), graded, nth }
    }

    /// A finding about a system.
    pub fn system(rule: &'static Rule, base: Severity, cx: &SystemCx<'_>) -> Self {
        let graded = Graded::new(base, [None, sensitive(rule, cx), None]);
        Self { rule, subject: Subject::System(cx.place), person: None, graded, nth: 0 }
    }

    /// A finding about what payroll says of a person.
    pub fn person(rule: &'static Rule, base: Severity, person: PersonIx) -> Self {
        let graded = Graded::new(base, [None; 3]);
        Self { rule, subject: Subject::Person(person), person: Some(person), graded, nth: 0 }
    }

    /// A finding about the run as a whole.
    pub fn whole(rule: &'static Rule, base: Severity) -> Self {
        Self { rule, subject: Subject::Whole, person: None, graded: Graded::new(base, [None; 3]), nth: 0 }
    }

    /// What was found, said again by the check that found it.
    ///
    /// # Panics
    /// Never: a check sees nothing but the review, which does not change, so it finds what it found before.
    #[expect(clippy::expect_used, reason = "a check finds the same twice")]
    pub fn hit(&self, review: &Review<'_>) -> Hit {
        self.found_in(review).expect("a check finds the same twice")
    }

    /// What tells it from others of its rule on the same account.
    pub fn mark(&self, review: &Review<'_>) -> Option<String> {
        match self.rule.check {
            Check::Each { .. } => self.hit(review).mark,
            _ => None,
        }
    }

    fn found_in(&self, review: &Review<'_>) -> Option<Hit> {
        let check = self.rule.check;
        match self.subject {
            Subject::Whole => check.on_whole(review),
            Subject::System(place) => check.on_system(&review.system_context(place)),
            Subject::Person(person) => check.on_person(&review.person_context(person)),
            Subject::Account(place, ix) => {
                let hits = check.on_account(&review.account(place, ix)?);
                hits.into_iter().nth(usize::from(self.nth))
            }
        }
    }
}

/// What a system holds makes access to it graver, and nothing else.
fn sensitive(rule: &Rule, cx: &SystemCx<'_>) -> Option<Modifier> {
    let counts = matches!(rule.group, Group::Account | Group::Privilege) && cx.config.system.sensitive;
    counts.then_some(Modifier::Sensitive)
}
