//! `[thresholds]` and `[matching]`: every number that decides something, each printed in Underlag.

use super::payroll::{MOST_DAYS, days};
use super::table::Table;
use crate::model::message;

/// `[thresholds]`.
#[derive(Clone, Copy, Debug)]
pub struct Thresholds {
    /// Days without a sign-in before an account is dormant.
    pub dormant_days: u32,
    /// The same for privileged accounts.
    pub privileged_dormant_days: u32,
    /// How old a last-logon value may be; counts for dormant only.
    pub logon_lag_days: u32,
    /// Days after the end of employment before an active account is a finding.
    pub leaver_grace_days: u32,
    /// Days of leave before an enabled account is a finding.
    pub leave_days: u32,
    /// Days between export and reference date before the export is stale.
    pub max_input_age_days: u32,
    /// Days between payroll's extract and an export.
    pub max_input_gap_days: u32,
    /// Percent of personal accounts that may stay unmatched.
    pub max_unmatched_percent: u32,
    /// Percent of the rows of the run before that payroll must have.
    pub min_previous_rows_percent: u32,
    /// Counts of protected persons by department below this are held back.
    pub small_count: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            dormant_days: 90,
            privileged_dormant_days: 45,
            // Active Directory replicates lastLogonTimestamp at most every 14 days (MS-ADA1).
            logon_lag_days: 14,
            // "Omedelbart": IMY's answer of 2023-08-23.
            leaver_grace_days: 0,
            leave_days: 30,
            max_input_age_days: 31,
            max_input_gap_days: 7,
            max_unmatched_percent: 10,
            // One in five gone is no month of ordinary leaving.
            min_previous_rows_percent: 80,
            // The public sector's usual line for counts of people.
            small_count: 5,
        }
    }
}

impl Thresholds {
    /// Every threshold under its name, as printed in Underlag and the manifest.
    pub fn named(&self) -> [(&'static str, u32); 10] {
        [
            ("dormant_days", self.dormant_days),
            ("privileged_dormant_days", self.privileged_dormant_days),
            ("logon_lag_days", self.logon_lag_days),
            ("leaver_grace_days", self.leaver_grace_days),
            ("leave_days", self.leave_days),
            ("max_input_age_days", self.max_input_age_days),
            ("max_input_gap_days", self.max_input_gap_days),
            ("max_unmatched_percent", self.max_unmatched_percent),
            ("min_previous_rows_percent", self.min_previous_rows_percent),
            ("small_count", self.small_count),
        ]
    }
}

/// Reads `[thresholds]`.
pub fn read(table: Option<Table<'_>>) -> Thresholds {
    let default = Thresholds::default();
    let Some(table) = table else { return default };
    let small = table.integer("small_count", 1..=100).and_then(|count| u32::try_from(count).ok());
    let percent =
        |key, default| table.integer(key, 0..=100).and_then(|percent| u32::try_from(percent).ok()).unwrap_or(default);
    let thresholds = Thresholds {
        dormant_days: days_from_one(&table, "dormant_days", default.dormant_days),
        privileged_dormant_days: days_from_one(&table, "privileged_dormant_days", default.privileged_dormant_days),
        logon_lag_days: days(&table, "logon_lag_days", default.logon_lag_days),
        leaver_grace_days: days(&table, "leaver_grace_days", default.leaver_grace_days),
        leave_days: days(&table, "leave_days", default.leave_days),
        max_input_age_days: days(&table, "max_input_age_days", default.max_input_age_days),
        max_input_gap_days: days(&table, "max_input_gap_days", default.max_input_gap_days),
        max_unmatched_percent: percent("max_unmatched_percent", default.max_unmatched_percent),
        min_previous_rows_percent: percent("min_previous_rows_percent", default.min_previous_rows_percent),
        small_count: small.unwrap_or(default.small_count),
    };
    table.finish();
    thresholds
}

/// Days of which there is one at least: after none every account would be dormant.
fn days_from_one(table: &Table<'_>, key: &'static str, default: u32) -> u32 {
    table.integer(key, 1..=MOST_DAYS).and_then(|days| u32::try_from(days).ok()).unwrap_or(default)
}

/// `[matching]`.
#[derive(Clone, Copy, Debug)]
pub struct MatchingLimits {
    /// From here on an account is linked.
    pub link_probability: f64,
    /// From here on an uncertain account is certain to be someone employed.
    pub clear_probability: f64,
    /// From here on a person is a candidate.
    pub candidate_probability: f64,
}

impl MatchingLimits {
    /// Every limit under its name, as printed in Underlag and the manifest.
    pub fn named(&self) -> [(&'static str, f64); 3] {
        [
            ("link_probability", self.link_probability),
            ("clear_probability", self.clear_probability),
            ("candidate_probability", self.candidate_probability),
        ]
    }
}

impl Default for MatchingLimits {
    fn default() -> Self {
        Self { link_probability: 0.95, clear_probability: 0.999, candidate_probability: 0.05 }
    }
}

/// Reads `[matching]`.
pub fn read_matching(table: Option<Table<'_>>) -> MatchingLimits {
    let default = MatchingLimits::default();
    let Some(table) = table else { return default };
    let read = |key, default| table.probability(key).unwrap_or(default);
    let limits = MatchingLimits {
        link_probability: read("link_probability", default.link_probability),
        clear_probability: read("clear_probability", default.clear_probability),
        candidate_probability: read("candidate_probability", default.candidate_probability),
    };
    refuse_bold(&table, &limits);
    table.finish();
    limits
}

/// Limits that would settle without grounds: below an even chance two persons can have one account, and a candidate must be
/// less sure than what is settled.
fn refuse_bold(table: &Table<'_>, limits: &MatchingLimits) {
    const EVEN: f64 = 0.5;
    let settling = [("link_probability", limits.link_probability), ("clear_probability", limits.clear_probability)];
    for (key, limit) in settling {
        if limit <= EVEN {
            table.problem_with(
                key,
                message!(
                    "{key} måste vara högre än 0.5; vid {limit} vore det lika troligt att någon annan har kontot",
                    "{key} must be higher than 0.5; at {limit} somebody else would be as likely to have the account"
                ),
            );
        } else if limits.candidate_probability >= limit {
            table.problem_with(
                "candidate_probability",
                message!(
                    "candidate_probability måste vara lägre än {key} ({limit})",
                    "candidate_probability must be lower than {key} ({limit})"
                ),
            );
        }
    }
    if limits.candidate_probability <= 0.0 {
        table.problem_with(
            "candidate_probability",
            message!(
                "candidate_probability måste vara högre än 0; annars är alla möjliga innehavare till allt",
                "candidate_probability must be higher than 0; else everyone is a possible holder of everything"
            ),
        );
    }
}
