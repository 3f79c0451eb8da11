//! Which accounts of today the run before knew by other names.

use super::account::AccountCx;
use super::context::{Review, SystemCx};
use crate::history::{AccountNow, Came, Previous, Recognition, Roll, Went};
use foldhash::HashMap;

/// The same by system. Accounts of today are gathered first, so that those of the run before are gone through once.
pub fn of<'a>(review: &'a Review<'a>) -> Vec<Recognition> {
    let Some(previous) = review.recalled.previous.as_ref() else { return Vec::new() };
    let rolls: Vec<Roll<'_, '_>> = review.system_contexts().map(|system| roll(previous, system)).collect();
    let systems = review.config.systems.iter().enumerate();
    let places: HashMap<&str, usize> = systems.map(|(place, own)| (own.system.id.as_str(), place)).collect();
    let mut went: Vec<Vec<Went<'_>>> = rolls.iter().map(|_| Vec::new()).collect();
    for own in previous.known() {
        if let Some(&place) = places.get(own.then.system.as_str()).filter(|place| rolls[**place].lacks(&own)) {
            went[place].push(own);
        }
    }
    rolls.into_iter().zip(went).map(|(roll, went)| roll.recognise(went)).collect()
}

fn roll<'a>(previous: &'a Previous, system: SystemCx<'a>) -> Roll<'a, 'a> {
    let mut roll = Roll::new(previous, &system.config.system.id);
    for cx in system.all_accounts() {
        roll.take(cx.now(), name(&cx), |now| came(&cx, now));
    }
    roll
}

/// What an account is called, without what tells it from another of its name.
fn name<'a>(cx: &AccountCx<'a>) -> &'a str {
    let label = cx.label();
    match cx.account.told_apart_by.and_then(|_| label.rsplit_once(" (")) {
        Some((name, _)) => name,
        None => label,
    }
}

fn came<'a>(cx: &AccountCx<'a>, now: AccountNow<'a>) -> Came<'a> {
    Came {
        ix: cx.ix,
        now,
        name: name(cx).to_owned(),
        class: Some(cx.matched.class),
        traces: cx.traces(),
        is_known: false,
    }
}
