//! The summary by department: deviations, and how long leavers keep their access.
//!
//! Accounts of protected persons are in none of the numbers: a count of them beside a department points at persons, and
//! what is held back of such counts could be worked out from the rest.

use super::holder::department;
use super::{AccountRow, Door, Shown, SystemTally};
use crate::followup::Tracked;
use crate::model::{PersonIx, Severity};
use crate::review::{AccountCx, Subject, Tells};
use std::collections::{BTreeMap, BTreeSet};

/// One department.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DepartmentLine {
    /// Its name; `None` for accounts filed under none.
    pub name: Option<Shown>,
    /// Accounts that may be shown.
    pub accounts: u64,
    /// Findings by severity, the lightest first.
    pub by_severity: [u64; 5],
    /// Leavers who still have access somewhere.
    pub leavers: Delays,
}

/// Days from the end of employment to the day tested, one a leaver.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delays {
    /// How many leavers.
    pub count: u64,
    /// Of these, how many payroll says have left and not when.
    pub undated: u64,
    /// Others who have probably left: an active account may be theirs, and belongs to nobody who is employed.
    pub likely: u64,
    /// Days, the median.
    pub median: Option<i64>,
    /// Days that nine of ten do not exceed.
    pub ninetieth: Option<i64>,
    /// Of these days, until the end was registered in payroll; the median, where payroll tells.
    pub until_registered: Option<i64>,
    /// And from then on; the median.
    pub since_registered: Option<i64>,
    /// Leavers by how long ago they left, in the order of [`AGES`]; the undated are in none.
    pub by_age: [u64; AGES.len()],
}

/// The last day of each span of days since the end that leavers are counted by; what is longer is the last span.
pub const AGES: [i64; 5] = [7, 30, 90, 365, i64::MAX];

/// One leaver's days, where payroll tells the last.
#[derive(Clone, Copy, Debug, Default)]
struct Delay {
    days: Option<i64>,
    until_registered: Option<i64>,
}

/// The accounts and findings of some rows, by department.
pub fn of_rows(rows: &[AccountRow]) -> BTreeMap<Shown, DepartmentLine> {
    let mut departments: BTreeMap<Shown, DepartmentLine> = BTreeMap::new();
    for row in rows {
        let line = departments.entry(row.department.clone()).or_default();
        line.accounts += u64::from(row.under_review);
        for reason in &row.reasons {
            line.by_severity[reason.severity as usize] += 1;
        }
    }
    departments
}

/// The departments in alphabetical order, accounts without one last, and all of them together.
pub fn lines(
    door: &Door<'_>,
    open: &[&Tracked],
    tallies: &[&SystemTally],
    places: &[usize],
) -> (Vec<DepartmentLine>, Delays) {
    let mut departments: BTreeMap<Shown, DepartmentLine> = BTreeMap::new();
    for (name, own) in tallies.iter().flat_map(|tally| &tally.departments) {
        let line = departments.entry(name.clone()).or_default();
        line.accounts += own.accounts;
        line.by_severity.iter_mut().zip(own.by_severity).for_each(|(sum, own)| *sum += own);
    }
    let mut by_department: BTreeMap<Shown, Vec<Delay>> = BTreeMap::new();
    let leavers = leavers(door, open, places);
    let likely = likely(door, open, places, &leavers).len() as u64;
    for (department, delay) in leavers.into_values() {
        by_department.entry(department).or_default().push(delay);
    }
    let all = delays(&by_department.values().flatten().copied().collect::<Vec<_>>());
    let all = Delays { likely, ..all };
    for (department, own) in by_department {
        departments.entry(department).or_default().leavers = delays(&own);
    }
    (in_order(departments), all)
}

fn in_order(departments: BTreeMap<Shown, DepartmentLine>) -> Vec<DepartmentLine> {
    let named =
        |(name, line): (Shown, DepartmentLine)| DepartmentLine { name: (!name.is_empty()).then_some(name), ..line };
    let mut lines: Vec<DepartmentLine> = departments.into_iter().map(named).collect();
    lines.sort_by_key(|line| line.name.is_none());
    lines
}

/// Everyone whose employment has ended and who has an active account somewhere: the department, and the longest
/// of the accounts' delays.
fn leavers(door: &Door<'_>, open: &[&Tracked], places: &[usize]) -> BTreeMap<PersonIx, (Shown, Delay)> {
    let mut leavers: BTreeMap<PersonIx, (Shown, Delay)> = BTreeMap::new();
    for tracked in open.iter().filter(|tracked| tracked.finding.rule.tells == Tells::OpenAfterEnd) {
        let Subject::Account(system, account) = tracked.finding.subject else { continue };
        let Some(cx) = door.review.account(system, account).filter(|_| places.contains(&system)) else { continue };
        let Some(person) = cx.matched.person() else { continue };
        let found = delay(&cx);
        let known = leavers.entry(person).or_insert_with(|| (department(&cx, door), found));
        if found.days > known.1.days {
            known.1 = found;
        }
    }
    leavers
}

/// The likeliest of those whom an active account may belong to, where all of them have left and it is not known that she
/// keeps another.
fn likely(
    door: &Door<'_>,
    open: &[&Tracked],
    places: &[usize],
    leavers: &BTreeMap<PersonIx, (Shown, Delay)>,
) -> BTreeSet<PersonIx> {
    let unsettled = open.iter().filter(|tracked| tracked.finding.rule.tells == Tells::Unsettled);
    let of_leavers = unsettled.filter_map(|tracked| {
        let Subject::Account(system, account) = tracked.finding.subject else { return None };
        let cx = door.review.account(system, account).filter(|_| places.contains(&system))?;
        let best = cx.matched.candidates.first().map(|best| best.person)?;
        (cx.is_active() && cx.is_of_some_leaver() && !leavers.contains_key(&best)).then_some(best)
    });
    of_leavers.collect()
}

fn delay(cx: &AccountCx<'_>) -> Delay {
    let tenure = cx.tenure();
    let Some(end) = tenure.and_then(|tenure| tenure.end) else { return Delay::default() };
    let days = (cx.tested_day() - end).num_days();
    let registered = tenure.and_then(|tenure| tenure.main?.registered);
    Delay { days: Some(days), until_registered: registered.map(|day| (day - end).num_days().clamp(0, days)) }
}

fn delays(own: &[Delay]) -> Delays {
    let sorted = |mut days: Vec<i64>| {
        days.sort_unstable();
        days
    };
    let days = sorted(own.iter().filter_map(|delay| delay.days).collect());
    let registered: Vec<Delay> = own.iter().filter(|delay| delay.until_registered.is_some()).copied().collect();
    let until = sorted(registered.iter().filter_map(|delay| delay.until_registered).collect());
    let since = sorted(registered.iter().filter_map(|d| Some(d.days? - d.until_registered?)).collect());
    let mut by_age = [0; AGES.len()];
    for day in &days {
        by_age[AGES.partition_point(|last| last < day)] += 1;
    }
    Delays {
        by_age,
        count: own.len() as u64,
        undated: (own.len() - days.len()) as u64,
        likely: 0,
        median: share(&days, 50),
        ninetieth: share(&days, 90),
        until_registered: share(&until, 50),
        since_registered: share(&since, 50),
    }
}

/// The least of some days that so many percent do not exceed (nearest rank).
fn share(days: &[i64], percent: usize) -> Option<i64> {
    let rank = (days.len() * percent).div_ceil(100).max(1);
    days.get(rank - 1).copied()
}

impl DepartmentLine {
    /// How many findings there are of a severity.
    pub fn of(&self, severity: Severity) -> u64 {
        self.by_severity[severity as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every leaver is in one span, also who left on its last day.
    #[test]
    fn leavers_are_counted_by_span() {
        let delay = |days| Delay { days, until_registered: None };
        let known = [1, 7, 8, 30, 90, 365, 366, 4000].map(|days| delay(Some(days)));
        let all = delays(&[&known[..], &[delay(None)]].concat());
        assert_eq!((all.by_age, all.undated, all.count), ([2, 2, 1, 1, 2], 1, 9));
    }

    /// The median and the ninetieth are days that occurred.
    #[test]
    fn shares_are_by_nearest_rank() {
        assert_eq!(share(&[1, 2, 3, 4], 50), Some(2));
        assert_eq!(share(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 90), Some(9));
        assert_eq!(share(&[7], 90), Some(7));
        assert_eq!(share(&[], 50), None);
    }
}
