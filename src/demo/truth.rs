//! The right answers, beside the configuration: whose each account is, and what deviates.

use super::accounts::{Made, SystemMade};
use super::cause::Cause;
use super::course::Says;
use super::month::Month;
use super::people::{HOURLY, Human};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Its file name.
pub const FILE: &str = "facit.jsonl";

/// Days that hourly staff are given after their last employment, as configuration has it by default.
const HOURLY_GRACE: u64 = 90;

/// One account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// Its system.
    pub system: String,
    /// Its name.
    pub account: String,
    /// Employee number of the holder, if payroll knows the holder.
    pub person: Option<String>,
    /// How the holder stands on the day of the export.
    pub employment: Option<String>,
    /// personal, admin, service, shared, test, external, pupil, unknown.
    pub class: String,
    /// Whether it is active.
    pub active: bool,
    /// Whether the holder is protected.
    pub protected: bool,
    /// What makes it difficult, if anything does.
    pub cause: String,
    /// Whether the system's own key is filled in.
    pub keyed: bool,
    /// What an owner should hear of: `leaver`, `outside`, or nothing.
    pub deviation: Option<String>,
    /// Where the finding that a leaver's account is active stands, over the months of a review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// What its owner answers about it this month, when asked; nothing leaves it blank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<Says>,
}

/// The right answers, one line an account.
pub fn lines(people: &[Human], systems: &[SystemMade], month: Month) -> String {
    let mut lines = String::new();
    for system in systems {
        let day = system.kind.exported(month.day());
        for account in &system.accounts {
            let answer = answer(system.id, account, people, day);
            lines.push_str(&serde_json::to_string(&answer).unwrap_or_default());
            lines.push('\n');
        }
    }
    lines
}

fn answer(system: &str, account: &Made, people: &[Human], day: NaiveDate) -> Answer {
    let holder = account.holder.map(|at| &people[at]);
    Answer {
        system: system.to_owned(),
        account: account.name.clone(),
        person: holder.map(|human| human.number().to_owned()),
        employment: holder.map(|human| human.standing(day).to_owned()),
        class: account.class.to_owned(),
        active: account.active,
        protected: holder.is_some_and(|human| human.protected),
        cause: cause(account).code().to_owned(),
        keyed: account.keyed,
        deviation: deviation(account, holder, day).map(ToOwned::to_owned),
        state: account.course.state.map(|state| state.code().to_owned()),
        says: account.course.says.clone(),
    }
}

/// What was done to it; else that its key is missing, which every account for administration lacks.
fn cause(account: &Made) -> Cause {
    let missing = !account.keyed && account.class == "personal";
    account.cause.or(if missing { Cause::MissingKey } else { Cause::None })
}

/// An active account of someone who has left, any grace being over; or any account of someone outside.
pub fn deviation(account: &Made, holder: Option<&Human>, day: NaiveDate) -> Option<&'static str> {
    let personal = matches!(account.class, "personal" | "admin");
    match holder {
        Some(human) => {
            let left = human.standing(day) == "ended"
                && human.jobs.iter().all(|job| {
                    let grace = if job.form == HOURLY { HOURLY_GRACE } else { 0 };
                    job.end.is_some_and(|end| end + Days::new(grace) < day)
                });
            (left && account.active).then_some("leaver")
        }
        None => personal.then_some("outside"),
    }
}
