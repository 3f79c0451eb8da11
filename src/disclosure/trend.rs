//! How deviations, answers and removals have moved over the runs. It rests on the counts of manifests alone, so that it
//! outlives lists that were destroyed on schedule.

use super::Disclosure;
use crate::model::Severity;
use crate::runfolder::Counts;

/// Numbers of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrendPoint {
    /// The run.
    pub run: String,
    /// Findings by severity, the lightest first.
    pub by_severity: [u64; 5],
    /// Rows to answer.
    pub to_answer: u64,
    /// Of these, rows that were answered, as the run after it counted them; none could be yet where there is no such run.
    pub answered: Option<u64>,
    /// Findings verified as done.
    pub verified: u64,
}

/// The runs in their order, this one last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trend {
    /// Each run.
    pub points: Vec<TrendPoint>,
    /// Days from the first report to the export that showed it done: the median, and what nine in ten took at most.
    pub days_to_done: Option<(u64, u64)>,
}

/// The runs that a chart has room for.
const MOST: usize = 12;

impl Trend {
    /// Whether there is anything to compare with.
    pub fn has_begun(&self) -> bool {
        self.points.len() > 1
    }
}

/// The movement of some systems, by their ids; of all where none are named. Payroll and the control itself are no system.
pub fn of_systems(disclosure: &Disclosure<'_>, now: &Counts, systems: Option<&[&str]>) -> Trend {
    let review = disclosure.door.review;
    let earlier = review.recalled.earlier.iter().map(|(run, counts)| (run.to_string(), counts));
    let all: Vec<(String, &Counts)> = earlier.chain([(disclosure.run.run.clone(), now)]).collect();
    let mut days: Vec<u64> = Vec::new();
    let mut points: Vec<TrendPoint> = Vec::new();
    for (run, counts) in all {
        let own: Vec<&Counts> = match systems {
            None => counts.systems.values().collect(),
            Some(ids) => ids.iter().filter_map(|id| counts.systems.get(*id)).collect(),
        };
        days.extend(own.iter().flat_map(|counts| &counts.verified_after_days));
        let read: u64 = own.iter().map(|own| own.answered).sum();
        // A run reads the answers to the lists of the one before it.
        if let Some(before) = points.last_mut() {
            before.answered = Some(read);
        }
        points.push(point(run, &own));
    }
    let from = points.len().saturating_sub(MOST);
    Trend { points: points.split_off(from), days_to_done: spread(days) }
}

fn point(run: String, counts: &[&Counts]) -> TrendPoint {
    let sum = |number: &dyn Fn(&Counts) -> u64| counts.iter().map(|own| number(own)).sum();
    let of = |severity: Severity| sum(&|own: &Counts| own.findings.severity.get(severity.code()).copied().unwrap_or(0));
    TrendPoint {
        run,
        by_severity: Severity::ALL.map(of),
        to_answer: sum(&|own| own.to_answer),
        answered: None,
        verified: sum(&|own| own.verified),
    }
}

/// Median and ninetieth percentile: the smallest that at least half, or nine in ten, do not exceed.
fn spread(mut days: Vec<u64>) -> Option<(u64, u64)> {
    days.sort_unstable();
    let at = |tenths: usize| days.get((days.len() * tenths).div_ceil(10).max(1) - 1).copied();
    Some((at(5)?, at(9)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half of the removals took the median at most, nine in ten the other figure; of none there is none.
    #[test]
    fn days_are_spread() {
        assert_eq!(spread(Vec::new()), None);
        assert_eq!(spread(vec![7]), Some((7, 7)));
        assert_eq!(spread((1..=10).rev().collect()), Some((5, 9)));
        assert_eq!(spread(vec![1, 100, 3]), Some((3, 100)));
    }
}
