//! A person's standing for a system on a day: one total function that every rule relies on.

use crate::config::{EmploymentTerms, is_word};
use crate::model::{Employment, EmploymentClass, Person};
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
    /// None goes on for certain, and the end of one cannot be read.
    Unknown,
    /// Only engagements that are no employment go on.
    Engaged,
    /// Nothing goes on and an employment starts later, or an engagement does where nothing has been before.
    Future,
    /// Everything that has begun has ended.
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
    /// The last day of what the standing rests on; `None` where something of it has none.
    pub end: Option<NaiveDate>,
    /// Where everything has ended: the last day on which an hourly employment's own grace lets it be used.
    pub hourly_grace_until: Option<NaiveDate>,
    /// First day of what comes next, where nothing goes on: of an employment, where one is to come.
    pub next_start: Option<NaiveDate>,
    /// Where an employment comes next: the last day of the one before, where the gap is so short that it does not count.
    pub gap_since: Option<NaiveDate>,
    /// First day of the leave, where the person is on leave and it is known.
    pub leave_from: Option<NaiveDate>,
    /// The employment that says most of where the person works.
    pub main: Option<&'a Employment>,
    /// The employment whose last day is [`Tenure::end`].
    pub last: Option<&'a Employment>,
}

impl Tenure<'_> {
    /// Whether the person counts as employed on the day: one who is, hourly staff within their grace, and who is between
    /// two employments so close that the gap does not count.
    pub fn counts_as_employed(&self, day: NaiveDate) -> bool {
        let in_grace = self.hourly_grace_until.is_some_and(|until| day <= until);
        self.standing.is_employed() || self.gap_since.is_some() || in_grace
    }
}

/// A person's standing and what it rests on.
pub fn tenure<'a>(person: &'a Person, scope: Scope<'_>, day: NaiveDate, terms: &EmploymentTerms) -> Tenure<'a> {
    let counting: Vec<&Employment> = person.employments.iter().filter(|e| counts(e, scope)).collect();
    let standing = standing(&counting, day);
    let basis = basis(standing, &counting, day);
    let last = last(standing, &basis);
    let to_come = basis.iter().filter(|_| standing == Standing::Future);
    let next_start = to_come.filter_map(|e| e.start).min();
    let grace = |e: &&Employment| with_grace(e, terms).filter(|_| standing == Standing::Ended);
    Tenure {
        standing,
        end: last.and_then(|e| e.end.date()),
        hourly_grace_until: basis.iter().filter_map(grace).max(),
        next_start,
        gap_since: next_start.and_then(|start| gap_since(&counting, start, terms)),
        leave_from: leave_from(standing, &basis, day),
        main: main(&basis, day),
        last,
    }
}

/// Whether a person is employed, as [`tenure`] would say, without the rest of it.
pub fn is_employed(person: &Person, scope: Scope<'_>, day: NaiveDate) -> bool {
    person.employments.iter().any(|e| !e.is_engagement() && e.goes_on(day) && counts(e, scope))
}

/// Whether an employment counts for a system.
pub fn counts(employment: &Employment, scope: Scope<'_>) -> bool {
    let among = |company: &String| scope.companies.iter().any(|own| is_word(own, company));
    // A row that names no employer is not said to be another's; an engagement's company is the supplier.
    let any = scope.companies.is_empty() || employment.engagement.is_some();
    any || employment.company.as_ref().is_none_or(among)
}

fn standing(counting: &[&Employment], day: NaiveDate) -> Standing {
    let employed = || counting.iter().filter(|e| !e.is_engagement());
    let engaged = || counting.iter().filter(|e| e.is_engagement());
    if employed().any(|e| e.goes_on(day)) {
        let at_work = employed().any(|e| e.goes_on(day) && !e.on_leave(day));
        return if at_work { Standing::Active } else { Standing::Leave };
    }
    if employed().any(|e| e.may_go_on(day)) {
        Standing::Unknown
    } else if engaged().any(|e| e.goes_on(day)) {
        // What goes on comes before what is to come.
        Standing::Engaged
    } else if engaged().any(|e| e.may_go_on(day)) {
        Standing::Unknown
    } else if employed().any(|e| e.is_to_come(day)) {
        Standing::Future
    } else if counting.iter().any(|e| !e.is_to_come(day)) {
        // What has not begun shelters nobody who has left.
        Standing::Ended
    } else if !counting.is_empty() {
        Standing::Future
    } else {
        Standing::None
    }
}

/// What a standing rests on. What is to come is an employment where there is one: an engagement before it shelters nobody.
fn basis<'a>(standing: Standing, counting: &[&'a Employment], day: NaiveDate) -> Vec<&'a Employment> {
    let mut basis: Vec<&Employment> = counting.iter().copied().filter(|e| rests_on(standing, e, day)).collect();
    if standing == Standing::Future && basis.iter().any(|e| !e.is_engagement()) {
        basis.retain(|e| !e.is_engagement());
    }
    basis
}

/// The last day of the employment before one to come, where the gap between them does not count. Neither an engagement
/// nor another's employment goes on into it.
fn gap_since(counting: &[&Employment], start: NaiveDate, terms: &EmploymentTerms) -> Option<NaiveDate> {
    let ends = counting.iter().filter(|e| !e.is_engagement()).filter_map(|e| e.end.date());
    let last = ends.filter(|end| *end < start).max()?;
    ((start - last).num_days() - 1 <= i64::from(terms.gap_days)).then_some(last)
}

/// Whether an employment is of those that a standing rests on.
fn rests_on(standing: Standing, employment: &Employment, day: NaiveDate) -> bool {
    match standing {
        Standing::Active | Standing::Leave => !employment.is_engagement() && employment.goes_on(day),
        Standing::Unknown => employment.may_go_on(day),
        Standing::Future => employment.is_to_come(day),
        Standing::Engaged => employment.is_engagement() && employment.goes_on(day),
        Standing::Ended => !employment.is_to_come(day),
        Standing::None => false,
    }
}

/// The one that ends last: one without an end, but among those that have ended, where an end without a date says
/// nothing of when.
fn last<'a>(standing: Standing, basis: &[&'a Employment]) -> Option<&'a Employment> {
    let over = standing == Standing::Ended;
    // Turned about, for the first of those that tie: they stand in an order of what they say.
    basis.iter().rev().copied().max_by_key(|e| (e.end.date().is_none() != over, e.end.date()))
}

/// The first day on which the person was on leave from all of it; where one has gone on for who knows how long, nobody
/// knows.
fn leave_from(standing: Standing, basis: &[&Employment], day: NaiveDate) -> Option<NaiveDate> {
    let since: Option<Vec<NaiveDate>> = basis.iter().map(|e| e.on_leave_since(day)).collect();
    since.filter(|_| standing == Standing::Leave)?.into_iter().max()
}

/// The last day with the grace that hourly staff get: they work on and off.
fn with_grace(employment: &Employment, terms: &EmploymentTerms) -> Option<NaiveDate> {
    let grace = match employment.class {
        EmploymentClass::Hourly => terms.hourly_grace_days,
        EmploymentClass::Regular | EmploymentClass::NotEmployed => 0,
    };
    employment.end.date().map(|end| end + Days::new(u64::from(grace)))
}

/// The employment to show: one that goes on before one that ended last, then the later and the larger one, then the
/// first in the order of what they say, which is the same wherever their rows stand.
fn main<'a>(basis: &[&'a Employment], day: NaiveDate) -> Option<&'a Employment> {
    let last_day = |e: &Employment| e.end.date().unwrap_or(NaiveDate::MAX);
    let weight = |e: &&Employment| (e.goes_on(day), !e.is_engagement(), last_day(e), e.start, e.degree);
    basis.iter().rev().copied().max_by_key(weight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{End, FileIx, IdBefore, Leave, NameTokens, PersonId, SourceRef};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn employment(start: &str, end: Option<&str>, class: EmploymentClass) -> Employment {
        let source = SourceRef { file: FileIx(0), sheet: 0, row: 2 };
        let end = end.map_or(End::Open, |end| End::On(day(end)));
        Employment { start: Some(day(start)), end, class, ..Employment::unread(source, None) }
    }

    fn person(employments: Vec<Employment>) -> Person {
        Person {
            id: PersonId("1".into()),
            id_before: IdBefore::default(),
            personal_number: None,
            contested_number: None,
            birth_date: None,
            employee_numbers: vec!["1".into()],
            shared_numbers: vec![],
            serial_numbers: vec![],
            hsa_id: None,
            user_name: None,
            email: None,
            more_mails: Vec::new(),
            number_flaw: None,
            broken_number: None,
            name: "Eva Lind".into(),
            other_names: vec![],
            tokens: NameTokens::whole("Eva Lind"),
            protected: false,
            employments,
            source: SourceRef { file: FileIx(0), sheet: 0, row: 2 },
        }
    }

    fn terms() -> EmploymentTerms {
        EmploymentTerms { hourly_grace_days: 90, gap_days: 14, ..EmploymentTerms::default() }
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
        away.leaves = vec![Leave { from: Some(day("2026-01-01")), to: None, stated: false }];
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
            assert_eq!(whole(&someone).hourly_grace_until, Some(day(end)));
        }
    }

    fn whole(someone: &Person) -> Tenure<'_> {
        tenure(someone, Scope { companies: &[] }, day("2026-11-30"), &terms())
    }

    /// What has not begun is to come, and shelters nobody who has left; a new employment does.
    #[test]
    fn what_has_not_begun_shelters_nobody() {
        let left = || employment("2020-01-01", Some("2025-12-31"), EmploymentClass::Regular);
        let mandate = || employment("2026-12-01", Some("2030-10-14"), EmploymentClass::NotEmployed);
        let job = employment("2026-12-01", None, EmploymentClass::Regular);
        assert_eq!(on(vec![mandate()], "2026-11-30"), Standing::Future);
        assert_eq!(on(vec![left(), job], "2026-11-30"), Standing::Future);
        let someone = person(vec![left(), mandate()]);
        let tenure = whole(&someone);
        assert_eq!((tenure.standing, tenure.end), (Standing::Ended, Some(day("2025-12-31"))));
        assert_eq!(on(vec![left(), mandate()], "2026-12-01"), Standing::Engaged);
        let later = employment("2027-02-01", None, EmploymentClass::Regular);
        assert_eq!(on(vec![mandate(), later], "2026-12-01"), Standing::Engaged);
    }

    /// The end is that of what the standing rests on, and none where something of it has none.
    #[test]
    fn the_end_is_of_what_the_standing_rests_on() {
        let before = || employment("2010-01-01", Some("2015-12-31"), EmploymentClass::Regular);
        let temporary = || employment("2020-01-01", Some("2027-01-31"), EmploymentClass::Regular);
        let permanent = employment("2021-01-01", None, EmploymentClass::Regular);
        let end = |employments: Vec<Employment>| whole(&person(employments)).end;
        assert_eq!(end(vec![before(), temporary()]), Some(day("2027-01-31")));
        assert_eq!(end(vec![before(), temporary(), permanent]), None);
    }

    /// An end that cannot be read makes no leaver and nobody employed for certain.
    #[test]
    fn an_unreadable_end_is_unknown() {
        let mut job = employment("2020-01-01", None, EmploymentClass::Regular);
        job.end = End::Unknown;
        let later = employment("2027-01-01", None, EmploymentClass::Regular);
        assert_eq!(on(vec![job.clone()], "2026-11-30"), Standing::Unknown);
        assert_eq!(on(vec![job, later], "2026-11-30"), Standing::Unknown);
    }

    /// Leaves that follow on each other are one, since the first; one that is over is none, nor is one to come.
    #[test]
    fn leaves_in_turn_are_one() {
        let leave = |from: &str, to: &str| Leave { from: Some(day(from)), to: Some(day(to)), stated: true };
        let told = |leaves: Vec<Leave>| {
            let mut away = employment("2020-01-01", None, EmploymentClass::Regular);
            away.leaves = leaves;
            let someone = person(vec![away]);
            (whole(&someone).standing, whole(&someone).leave_from)
        };
        let (first, next) = (leave("2025-01-01", "2026-01-31"), leave("2026-02-01", "2027-01-31"));
        assert_eq!(told(vec![first, next]), (Standing::Leave, Some(day("2025-01-01"))));
        assert_eq!(told(vec![leave("2025-01-01", "2025-06-30"), next]), (Standing::Leave, Some(day("2026-02-01"))));
        assert_eq!(told(vec![first, leave("2027-01-01", "2027-06-30")]), (Standing::Active, None));
    }

    /// Leave that is stated without dates has gone on since nobody knows when, until a stated last day.
    #[test]
    fn leave_without_dates_is_leave() {
        let mut away = employment("2020-01-01", None, EmploymentClass::Regular);
        away.leaves = vec![Leave { from: None, to: None, stated: true }];
        let someone = person(vec![away.clone()]);
        assert_eq!((whole(&someone).standing, whole(&someone).leave_from), (Standing::Leave, None));
        away.leaves[0].to = Some(day("2026-10-31"));
        assert_eq!(on(vec![away], "2026-11-30"), Standing::Active);
    }
}
