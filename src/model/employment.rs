//! One employment: a person has one, several at once, or several in turn.

use super::{End, SourceRef, Text};
use chrono::NaiveDate;
use std::cmp::Reverse;

/// What kind of engagement a form of employment is (domain: the forms seen in Swedish payroll).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EmploymentClass {
    /// Employed with a monthly pay, permanent or for a fixed term.
    Regular,
    /// Employed by the hour: no employment between shifts, so the end gets a grace period.
    Hourly,
    /// Paid, but not employed: elected, commissioned, contact person.
    NotEmployed,
}

/// What a status column says of an employment, where the file has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmploymentStatus {
    /// It goes on.
    Ongoing,
    /// It has ended, perhaps without a date.
    Ended,
}

/// One row of payroll about one person.
#[derive(Clone, Debug)]
pub struct Employment {
    /// First day employed; absent counts as "since always".
    pub start: Option<NaiveDate>,
    /// Last day employed, inclusive.
    pub end: End,
    /// The last day as the row has it, whatever became of it: one before the first day, or one that the row's own
    /// status denies, is no end.
    pub stated_end: Option<NaiveDate>,
    /// The latest last day that the row has: a row of terms can have theirs beside the employment's.
    pub last_end: Option<NaiveDate>,
    /// The day from which the terms on the row hold, where it states one beside the first day.
    pub terms_from: Option<NaiveDate>,
    /// What a status column says, if there is one.
    pub status: Option<EmploymentStatus>,
    /// The kind of engagement.
    pub class: EmploymentClass,
    /// The form in the file's own words.
    pub form: Option<String>,
    /// Employer.
    pub company: Option<String>,
    /// Förvaltning.
    pub department: Option<String>,
    /// Enhet.
    pub unit: Option<String>,
    /// Befattning.
    pub title: Option<String>,
    /// The closest manager, as written.
    pub manager: Option<String>,
    /// Every leave from it that its rows tell, in order.
    pub leaves: Vec<Leave>,
    /// Last day worked, for those employed by the hour.
    pub last_worked: Option<NaiveDate>,
    /// The day the row was registered, or last changed.
    pub registered: Option<NaiveDate>,
    /// Part of full time, in tenths of a percent.
    pub degree: Option<u16>,
    /// Where it is no employment but an engagement in a register outside payroll: which.
    pub engagement: Option<Box<Engagement>>,
    /// The row.
    pub source: SourceRef,
    /// Other rows that tell the same employment: a revision of it, another month.
    pub told_in: Vec<SourceRef>,
}

/// One leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leave {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Whether a word of the row says that the person is on leave, with or without dates.
    pub stated: bool,
}

impl Leave {
    /// A leave as a row tells it; `None` where it tells of none.
    pub fn read(from: Option<NaiveDate>, to: End, stated: bool) -> Option<Self> {
        (from.is_some() || stated).then(|| Self { from, to: to.date(), stated })
    }

    /// Whether the day is one of it. Leave that is stated without a first day has gone on since nobody knows when.
    fn holds(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// Why someone outside payroll may lawfully have an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EngagementKind {
    /// A consultant, agency staff, a supplier's staff.
    External,
    /// An elected representative.
    Elected,
    /// A pupil or student.
    Student,
    /// Someone else with a reason of their own.
    Other,
}

impl EngagementKind {
    /// The word in configuration and data files.
    pub fn code(self) -> &'static str {
        match self {
            Self::External => "external",
            Self::Elected => "elected",
            Self::Student => "student",
            Self::Other => "other",
        }
    }

    /// Every kind under its word.
    pub const NAMED: [(&'static str, Self); 4] =
        [("external", Self::External), ("elected", Self::Elected), ("student", Self::Student), ("other", Self::Other)];

    /// The words a recipient reads.
    pub fn text(self) -> Text {
        match self {
            Self::External => Text::new("Extern", "External"),
            Self::Elected => Text::new("Förtroendevald", "Elected"),
            Self::Student => Text::new("Elev eller student", "Student"),
            Self::Other => Text::new("Annat uppdrag", "Other engagement"),
        }
    }
}

/// A row of a register of people outside payroll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engagement {
    /// The kind of the register.
    pub kind: EngagementKind,
    /// The register's id.
    pub register: String,
    /// Who in the organisation answers for the person, as written.
    pub sponsor: Option<String>,
}

impl Employment {
    /// One of which nothing is known but that a row tells of it, which could not be used; an engagement where the row is
    /// of a register.
    pub fn unread(source: SourceRef, engagement: Option<Engagement>) -> Self {
        let is_engagement = engagement.is_some();
        Self {
            start: None,
            end: End::Unknown,
            stated_end: None,
            last_end: None,
            terms_from: None,
            status: None,
            class: if is_engagement { EmploymentClass::NotEmployed } else { EmploymentClass::Regular },
            form: None,
            company: None,
            department: None,
            unit: None,
            title: None,
            manager: None,
            leaves: Vec::new(),
            last_worked: None,
            registered: None,
            degree: None,
            engagement: engagement.map(Box::new),
            source,
            told_in: Vec::new(),
        }
    }

    /// What it says, for an order that does not depend on where its row stands. The row settles only what is alike in
    /// everything that is shown.
    pub fn said(&self) -> impl Ord + '_ {
        let texts = (&self.unit, &self.title, &self.department, &self.form, &self.manager, &self.company);
        let days = (&self.leaves, self.last_worked);
        (self.end.date(), Reverse(self.registered), texts, self.degree, days, self.source)
    }

    /// The kind of engagement outside payroll, if it is one.
    pub fn engaged_as(&self) -> Option<EngagementKind> {
        self.engagement.as_ref().map(|engagement| engagement.kind)
    }

    /// Whether the first day has come.
    pub fn has_started(&self, day: NaiveDate) -> bool {
        self.start.is_none_or(|start| start <= day)
    }

    /// Whether the last day has passed; an ended status without a date counts as passed.
    pub fn has_ended(&self, day: NaiveDate) -> bool {
        match self.end {
            End::On(end) => end < day,
            End::Open => self.status == Some(EmploymentStatus::Ended),
            End::Unknown => false,
        }
    }

    /// Whether it goes on that day for certain: one whose end is not understood does not, nor has it ended.
    pub fn goes_on(&self, day: NaiveDate) -> bool {
        self.end != End::Unknown && self.has_started(day) && !self.has_ended(day)
    }

    /// Whether it has begun, and nothing that can be read says whether it has ended.
    pub fn may_go_on(&self, day: NaiveDate) -> bool {
        self.end == End::Unknown && self.has_started(day)
    }

    /// Whether a word says that the person is or was on leave from it.
    pub fn tells_of_leave(&self) -> bool {
        self.leaves.iter().any(|leave| leave.stated)
    }

    /// Whether the person is on leave from it that day.
    pub fn on_leave(&self, day: NaiveDate) -> bool {
        self.leaves.iter().any(|leave| leave.holds(day))
    }

    /// The first day of the leave that goes on that day, with those that it follows on; `None` where it is not known.
    pub fn on_leave_since(&self, day: NaiveDate) -> Option<NaiveDate> {
        let first = |day: NaiveDate| {
            let own: Option<Vec<NaiveDate>> =
                self.leaves.iter().filter(|own| own.holds(day)).map(|own| own.from).collect();
            own?.into_iter().min()
        };
        let mut since = first(day)?;
        while let Some(before) = since.pred_opt().filter(|before| self.on_leave(*before)) {
            since = first(before)?;
        }
        Some(since)
    }

    /// Whether it has not begun, and nothing says that it never will.
    pub fn is_to_come(&self, day: NaiveDate) -> bool {
        !self.has_started(day) && self.status != Some(EmploymentStatus::Ended)
    }

    /// Whether it is no employment, but paid or registered all the same.
    pub fn is_engagement(&self) -> bool {
        self.class == EmploymentClass::NotEmployed
    }
}
