//! A person's standing for a system on a day: one total function that every rule relies on.

use crate::config::EmploymentTerms;
use crate::model::{Employment, EmploymentClass, Person, fold};
use chrono::{Days, NaiveDate};

/// Whose employment counts.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// Employers; empty means all.
    pub companies: &'a [String],
}

/// How a person stands on a day, by dates alone. Of several, the first that fits counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Employed and not on leave.
    Active,
    /// Employed, on leave from every employment that goes on.
    Leave,
    /// None goes on, one starts later.
    Future,
    /// Only engagements that are no employment go on.
    Engaged,
    /// None goes on for certain, and the end of one cannot be read.
    Unknown,
    /// Every employment has ended.
    Ended,
    /// No employment that counts for the system.
    None,
}

impl Standing {
    /// The word in data files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Leave => "leave",
            Self::Future => "future",
            Self::Engaged => "engaged",
            Self::Unknown => "unknown",
            Self::Ended => "ended",
            Self::None => "none",
        }
    }

    /// Whether the person is employed.
    pub fn is_employed(self) -> bool {
        matches!(self, Self::Active | Self::Leave)
    }
}

/// A standing with what it rests on.
#[derive(Clone, Copy, Debug)]
pub struct Tenure<'a> {
    /// The standing.
    pub standing: Standing,
    /// The latest last day, where every employment has one.
    pub end: Option<NaiveDate>,
    /// That day with grace added, for hourly employments their own.
    pub end_with_grace: Option<NaiveDate>,
    /// First day of the next employment, where none goes on.
    pub next_start: Option<NaiveDate>,
    /// First day of the leave, where the person is on leave.
    pub leave_from: Option<NaiveDate>,
    /// The employment that says most of where the person works.
    pub main: Option<&'a Employment>,
}

/// A person's standing and what it rests on.
pub fn tenure<'a>(person: &'a Person, scope: Scope<'_>, day: NaiveDate, terms: &EmploymentTerms) -> Tenure<'a> {
    let counting: Vec<&Employment> = person.employments.iter().filter(|e| counts(e, scope)).collect();
    let (engaged, employed): (Vec<&Employment>, Vec<&Employment>) =
        counting.iter().partition(|e| e.class == EmploymentClass::NotEmployed);
    let standing = standing(&employed, &engaged, day);
    // Of someone who is nothing here any more, the last of everything counts.
    let over = if standing == Standing::Ended { &counting } else { &employed };
    let next = |e: &&&Employment| !e.has_started(day);
    let grace = |e: &Employment| with_grace(e, terms);
    Tenure {
        standing,
        end: latest(over, |e| e.end.date()).or_else(|| latest(&engaged, |e| e.end.date())),
        end_with_grace: latest(over, grace).or_else(|| latest(&engaged, grace)),
        next_start: employed.iter().filter(next).filter_map(|e| e.start).min(),
        leave_from: employed.iter().filter(|e| e.on_leave(day)).filter_map(|e| e.leave_from).max(),
        main: main(&counting, day),
    }
}

/// Whether a person is employed, as [`tenure`] would say, without the rest of it.
pub fn is_employed(person: &Person, scope: Scope<'_>, day: NaiveDate) -> bool {
    let is_one = |e: &Employment| e.class != EmploymentClass::NotEmployed && e.goes_on(day) && counts(e, scope);
    person.employments.iter().any(is_one)
}

fn counts(employment: &Employment, scope: Scope<'_>) -> bool {
    let among = |company: &String| scope.companies.iter().any(|own| own == company || fold(own) == fold(company));
    // A row that names no employer is not said to be another's; an engagement's company is the supplier.
    let any = scope.companies.is_empty() || employment.engagement.is_some();
    any || employment.company.as_ref().is_none_or(among)
}

fn standing(employed: &[&Employment], engaged: &[&Employment], day: NaiveDate) -> Standing {
    let on: Vec<&&Employment> = employed.iter().filter(|e| e.goes_on(day)).collect();
    if on.iter().any(|e| !e.on_leave(day)) {
        Standing::Active
    } else if !on.is_empty() {
        Standing::Leave
    } else if employed.iter().any(|e| !e.has_started(day)) {
        Standing::Future
    } else if engaged.iter().any(|e| e.goes_on(day)) {
        Standing::Engaged
    } else if employed.iter().chain(engaged).any(|e| e.may_go_on(day)) {
        Standing::Unknown
    } else if !employed.is_empty() || !engaged.is_empty() {
        Standing::Ended
    } else {
        Standing::None
    }
}

/// The latest of some dates, if every employment has one and there is any.
fn latest(employments: &[&Employment], date: impl Fn(&Employment) -> Option<NaiveDate>) -> Option<NaiveDate> {
    let dates: Option<Vec<NaiveDate>> = employments.iter().map(|e| date(e)).collect();
    dates.and_then(|dates| dates.into_iter().max())
}

/// The last day with the grace that hourly staff get: they work on and off.
fn with_grace(employment: &Employment, terms: &EmploymentTerms) -> Option<NaiveDate> {
    let grace = match employment.class {
        EmploymentClass::Hourly => terms.hourly_grace_days,
        EmploymentClass::Regular | EmploymentClass::NotEmployed => 0,
    };
    employment.end.date().map(|end| end + Days::new(u64::from(grace)))
}

/// The employment to show: one that goes on before one to come before one that ended last.
fn main<'a>(employments: &[&'a Employment], day: NaiveDate) -> Option<&'a Employment> {
    employments.iter().copied().max_by_key(|e| {
        let employed = e.class != EmploymentClass::NotEmployed;
        (e.goes_on(day), employed, e.end.date().unwrap_or(NaiveDate::MAX), e.start, std::cmp::Reverse(e.source))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{End, FileIx, NameTokens, PersonId, SourceRef};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn employment(start: &str, end: Option<&str>, class: EmploymentClass) -> Employment {
        Employment {
            start: Some(day(start)),
            end: end.map_or(End::Open, |end| End::On(day(end))),
            status: None,
            class,
            form: None,
            company: None,
            department: None,
            unit: None,
            title: None,
            manager: None,
            leave_from: None,
            leave_to: End::Open,
            last_worked: None,
            registered: None,
            degree: None,
            engagement: None,
            source: SourceRef { file: FileIx(0), sheet: 0, row: 2 },
            told_in: vec![],
        }
    }

    fn person(employments: Vec<Employment>) -> Person {
        Person {
            id: PersonId("1".into()),
            personal_number: None,
            birth_date: None,
            employee_numbers: vec!["1".into()],
            shared_numbers: vec![],
            hsa_id: None,
            user_name: None,
            email: None,
            more_mails: Vec::new(),
            number_flaw: None,
            name: "Eva Lind".into(),
            other_names: vec![],
            tokens: NameTokens::whole("Eva Lind"),
            protected: false,
            employments,
            source: SourceRef { file: FileIx(0), sheet: 0, row: 2 },
        }
    }

    fn terms() -> EmploymentTerms {
        EmploymentTerms { not_employed: vec![], hourly: vec![], hourly_grace_days: 90, gap_days: 14 }
    }

    fn on(employments: Vec<Employment>, at: &str) -> Standing {
        tenure(&person(employments), Scope { companies: &[] }, day(at), &terms()).standing
    }

    /// The last day is worked; the day after it is over.
    #[test]
    fn the_last_day_counts() {
        let job = || vec![employment("2020-01-01", Some("2026-11-30"), EmploymentClass::Regular)];
        assert_eq!(on(job(), "2026-11-30"), Standing::Active);
        assert_eq!(on(job(), "2026-12-01"), Standing::Ended);
        assert_eq!(on(job(), "2019-12-31"), Standing::Future);
    }

    /// The best standing of several employments counts.
    #[test]
    fn the_best_employment_counts() {
        let ended = employment("2020-01-01", Some("2024-01-01"), EmploymentClass::Regular);
        let elected = employment("2022-01-01", None, EmploymentClass::NotEmployed);
        let current = employment("2025-01-01", None, EmploymentClass::Regular);
        assert_eq!(on(vec![ended.clone(), elected.clone()], "2026-11-30"), Standing::Engaged);
        assert_eq!(on(vec![ended, elected, current], "2026-11-30"), Standing::Active);
    }

    /// Leave from the only employment is leave; from one of two it is not.
    #[test]
    fn leave_is_from_every_employment() {
        let mut away = employment("2020-01-01", None, EmploymentClass::Regular);
        away.leave_from = Some(day("2026-01-01"));
        assert_eq!(on(vec![away.clone()], "2026-11-30"), Standing::Leave);
        let other = employment("2020-01-01", None, EmploymentClass::Regular);
        assert_eq!(on(vec![away, other], "2026-11-30"), Standing::Active);
    }

    /// An employer that does not count for the system gives no standing there.
    #[test]
    fn only_the_systems_own_employers_count() {
        let mut job = employment("2020-01-01", None, EmploymentClass::Regular);
        job.company = Some("Bolaget AB".into());
        let companies = ["Exempelkommunen".to_owned()];
        let someone = person(vec![job]);
        let there = tenure(&someone, Scope { companies: &companies }, day("2026-11-30"), &terms());
        assert_eq!(there.standing, Standing::None);
    }

    /// Hourly staff get grace on the last day; others do not.
    #[test]
    fn grace_is_for_hourly_staff() {
        for (class, end) in [(EmploymentClass::Hourly, "2026-03-31"), (EmploymentClass::Regular, "2025-12-31")] {
            let someone = person(vec![employment("2020-01-01", Some("2025-12-31"), class)]);
            let tenure = tenure(&someone, Scope { companies: &[] }, day("2026-11-30"), &terms());
            assert_eq!(tenure.end_with_grace, Some(day(end)));
        }
    }
}
