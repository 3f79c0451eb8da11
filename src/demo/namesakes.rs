//! Staff of whom a third share given name and surname with a colleague, and some the unit and the birth year too: what
//! a name is worth where it points at several.

use super::accounts::{Made, SystemMade};
use super::cause::Cause;
use super::names::FullName;
use super::people::{Crowd, Human, is_woman};
use super::random::Random;
use std::collections::BTreeMap;

/// How often someone is given the name of a colleague; those who are copied share it too.
const COPIED: f64 = 0.18;

/// Of their accounts, those left without a key beyond the ordinary.
const KEYLESS: f64 = 0.3;

/// Someone whose name the next person gets.
pub fn model<'p>(people: &'p [Human], random: &mut Random) -> Option<&'p Human> {
    (!people.is_empty() && random.chance(COPIED)).then(|| random.one(people))
}

/// Puts a number of the model's sex, and in half of all cases of the same birth year, next among those not given out.
pub fn choose_number(numbers: &mut [&str], model: &Human, random: &mut Random) {
    let same_year = random.chance(0.5);
    let Some(own) = model.personal_number.as_deref() else { return };
    let fits = |number: &&str| is_woman(number) == is_woman(own) && (!same_year || number[..4] == own[..4]);
    if let Some(at) = numbers.iter().position(fits) {
        numbers.swap(0, at);
    }
}

/// The model's names, with other given names behind the one in use.
pub fn name(model: &Human, own: FullName) -> FullName {
    let others = own.given.into_iter().skip(1).filter(|given| *given != model.call_name());
    let given = std::iter::once(model.call_name()).chain(others).collect();
    FullName { given, call: 0, surname: model.surname.clone() }
}

/// Half of all namesakes work on one unit.
pub fn share_unit(human: &mut Human, model: &Human, random: &mut Random) {
    if random.chance(0.5) {
        let unit = model.jobs[0].unit;
        human.jobs[0].unit = unit;
        human.jobs[0].department = model.jobs[0].department;
    }
}

/// Takes keys away, for where a number decides a name costs nothing, and says of each account whose holder is one of
/// several of the name that it is so.
pub fn trouble(crowd: &Crowd, systems: &mut [SystemMade], random: &mut Random) {
    let mut bearers: BTreeMap<String, u32> = BTreeMap::new();
    crowd.people.iter().for_each(|human| *bearers.entry(human.name()).or_default() += 1);
    let shared = |account: &Made| account.holder.is_some_and(|holder| bearers[&crowd.people[holder].name()] > 1);
    for system in systems {
        for account in system.accounts.iter_mut().filter(|account| shared(account)) {
            account.cause = account.cause.or(Cause::Namesake);
            if random.chance(KEYLESS) {
                account.lose_key(system.kind);
            }
        }
    }
}
