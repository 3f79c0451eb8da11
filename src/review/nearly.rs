//! Rules that came near an account without firing: what was missing. Told by `samkor explain` and nowhere else, since
//! nothing is to be done about it yet.

use super::account::AccountCx;
use super::rule::Rule;
use super::rules::NEARLY;
use crate::model::Message;
use chrono::NaiveDate;

/// What a rule says where it comes near an account; nothing where it fires, or is far off.
pub type Nearly = for<'a> fn(&AccountCx<'a>) -> Option<Message>;

/// Days to a date to come that are near.
const NEAR_DAYS: i64 = 30;

/// Whether a number of days is in the last fifth before a limit that it has not passed.
pub fn is_near_limit(days: i64, limit: i64) -> bool {
    days <= limit && days * 5 >= limit * 4
}

/// Days to a date that comes soon; nothing of one that has come or is far off.
pub fn soon(day: NaiveDate, from: NaiveDate) -> Option<i64> {
    let days = (day - from).num_days();
    (0..=NEAR_DAYS).contains(&days).then_some(days)
}

/// Every rule that came near an account, in the order of the catalogue.
pub fn nearly(cx: &AccountCx<'_>) -> Vec<(&'static Rule, Message)> {
    let can_fire = |rule: &Rule| {
        let tested = rule.check.of_systems().is_some_and(|untested| untested(&cx.system).is_none());
        tested && rule.in_force(cx.system.review.config).is_some()
    };
    let near = NEARLY.iter().filter(|(rule, _)| can_fire(rule));
    near.filter_map(|(rule, nearly)| Some((*rule, nearly(cx)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Near is the last fifth, and the limit itself; past it the rule fires.
    #[test]
    fn near_is_the_last_fifth() {
        assert_eq!([71, 72, 90, 91].map(|days| is_near_limit(days, 90)), [false, true, true, false]);
        assert!(is_near_limit(0, 0));
    }
}
