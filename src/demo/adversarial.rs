//! Accounts made so that what matching trusts is wrong: a namesake from outside on the very unit, somebody else's number,
//! a spouse's address, a column that has slipped a row. Each trap says its cause in the right answers.

use super::accounts::{Made, SystemMade};
use super::cause::Cause;
use super::outsiders::Outsiders;
use super::people::{Crowd, Human, UserNames, mail_local};
use super::random::Random;
use super::stated::Stated;
use super::system_kind::SystemKind;
use crate::model::fold;
use std::collections::{BTreeMap, BTreeSet};

use SystemKind::{Care, Cloud, Directory, Finance, Permits, School};

/// A trap that is an account of somebody outside, made to look like an employee.
struct Double {
    cause: Cause,
    /// Where it is met, and how many accounts in a thousand.
    systems: &'static [SystemKind],
    per_mille: usize,
    /// Dresses an account of somebody outside, with numbers of its own, as the employee; `false` where this employee
    /// does not lend themselves to it.
    dress: fn(&mut Made, &Human, &mut Random) -> bool,
}

/// A trap that is an employee's account with somebody else's key.
struct Exchange {
    cause: Cause,
    systems: &'static [SystemKind],
    per_mille: usize,
    /// Gives the account of one the key of a colleague; `false` where these two do not lend themselves to it.
    exchange: fn(&mut Made, &Human, &Human) -> bool,
}

const DOUBLES: [Double; 6] = [
    Double {
        cause: Cause::NamesakeOnUnit,
        systems: &SystemKind::ALL,
        per_mille: 6,
        dress: |account, human, _| {
            account.stated = Stated { unit: unit(human), ..Stated::default() };
            true
        },
    },
    Double {
        cause: Cause::BirthDateOfAnother,
        systems: &[School],
        per_mille: 15,
        dress: |account, human, _| {
            account.stated.unit = unit(human);
            account.keyed = true;
            account.stated.birth.is_some_and(|birth| birth != human.birth)
        },
    },
    Double {
        cause: Cause::NumberOfAnother,
        systems: &[Care],
        per_mille: 15,
        dress: |account, human, _| {
            account.stated.unit = unit(human);
            account.keyed = true;
            account.stated.personal_number.is_some()
        },
    },
    Double {
        cause: Cause::ForeignDomain,
        systems: &[Directory, Finance, Cloud],
        per_mille: 8,
        dress: |account, human, _| {
            let local = human.email.split('@').next().unwrap_or_default();
            account.stated =
                Stated { mail: Some(format!("{local}@konsult.example")), unit: unit(human), ..Stated::default() };
            true
        },
    },
    Double {
        cause: Cause::OtherAddress,
        systems: &[Directory, Finance, Cloud],
        per_mille: 8,
        dress: |account, human, random| {
            let local = mail_local(human.call_name(), &human.surname);
            let mail = format!("{local}{}@exempelkommunen.se", random.between(1000, 9999));
            account.stated = Stated { mail: Some(mail), unit: unit(human), ..Stated::default() };
            true
        },
    },
    Double {
        cause: Cause::UnusedGivenName,
        systems: &[Directory, Care, School, Cloud],
        per_mille: 5,
        dress: |account, human, _| {
            let Some(other) = human.given.iter().find(|given| **given != human.call_name()) else { return false };
            (*other).clone_into(&mut account.called.0);
            account.stated = Stated { unit: unit(human), ..Stated::default() };
            true
        },
    },
];

/// Another trap of that sort, which needs to know the system's account names.
const RECYCLED_PER_MILLE: usize = 8;

const EXCHANGES: [Exchange; 3] = [
    Exchange {
        cause: Cause::SpouseAddress,
        systems: &[Finance],
        per_mille: 50,
        // Whoever signs in by an address shared at home has no other name there.
        exchange: |account, own, other| {
            let spouse = own.surname == other.surname && own.call_name() != other.call_name();
            if spouse {
                account.name.clone_from(&other.email);
                account.stated.mail = Some(other.email.clone());
            }
            spouse
        },
    },
    Exchange {
        cause: Cause::AddressOfAnother,
        systems: &[Directory, Finance, Cloud],
        per_mille: 5,
        exchange: |account, own, other| {
            let colleague = unit(own) == unit(other);
            if colleague {
                account.stated.mail = Some(other.email.clone());
            }
            colleague
        },
    },
    Exchange {
        cause: Cause::WrongKey,
        systems: &[Directory, Permits],
        per_mille: 6,
        exchange: |account, _, other| {
            let filled = account.stated.employee_number.is_some();
            if filled {
                account.stated.employee_number = Some(other.number().to_owned());
            }
            filled
        },
    },
];

/// Of a directory's or a care system's rows, those whose key column has slipped a row, one after the other.
const SLIPPED_PERCENT: usize = 3;

/// Sets every trap.
pub fn trouble(crowd: &Crowd, systems: &mut [SystemMade], names: &mut UserNames, random: &mut Random) {
    for system in systems {
        let (kind, everyone) = (system.kind, system.accounts.len());
        for exchange in EXCHANGES.iter().filter(|exchange| exchange.systems.contains(&kind)) {
            exchange.set(crowd, &mut system.accounts, everyone * exchange.per_mille / 1000 + 1, random);
        }
        if matches!(kind, Directory | Care) {
            slip_a_row(&mut system.accounts, random);
        }
        for double in DOUBLES.iter().filter(|double| double.systems.contains(&kind)) {
            double.set(crowd, system, everyone * double.per_mille / 1000 + 1, names, random);
        }
        if matches!(kind, Care | Finance | School) {
            recycle(crowd, system, everyone * RECYCLED_PER_MILLE / 1000 + 1, names, random);
        }
    }
}

/// Tries for each trap before it is given up.
const TRIES: usize = 400;

impl Exchange {
    fn set(&self, crowd: &Crowd, accounts: &mut [Made], count: usize, random: &mut Random) {
        let mut lent: BTreeSet<&str> = BTreeSet::new();
        for _ in 0..count * TRIES {
            let (at, other) = (random.below(accounts.len()), random.one(&crowd.people));
            let Some(account) = accounts.get_mut(at) else { return };
            let Some(own) = account.holder.map(|holder| &crowd.people[holder]) else { continue };
            let untouched = account.is_everyday() && account.cause == Cause::None && own.number() != other.number();
            if untouched && !lent.contains(other.number()) && (self.exchange)(account, own, other) {
                account.cause = self.cause;
                lent.insert(other.number());
            }
            if lent.len() == count {
                return;
            }
        }
    }
}

impl Double {
    fn set(&self, crowd: &Crowd, system: &mut SystemMade, count: usize, names: &mut UserNames, random: &mut Random) {
        let mut left = count;
        for _ in 0..count * TRIES {
            let human = random.one(&crowd.people);
            let mut account = outsider(crowd, system.kind, human, names, random);
            if (self.dress)(&mut account, human, random) {
                account.cause = self.cause;
                system.accounts.push(account);
                left -= 1;
            }
            if left == 0 {
                return;
            }
        }
    }
}

fn unit(human: &Human) -> String {
    human.main_job(super::reference_date()).unit.to_owned()
}

/// An account of somebody outside with the name of an employee.
fn outsider(crowd: &Crowd, kind: SystemKind, human: &Human, names: &mut UserNames, random: &mut Random) -> Made {
    let outsiders = Outsiders { people: &crowd.people, numbers: &crowd.spare_numbers };
    let called = (human.call_name().to_owned(), human.surname.clone());
    outsiders.called(kind, called, names, random)
}

/// In a part of the file every key is that of the row above.
fn slip_a_row(accounts: &mut [Made], random: &mut Random) {
    let length = accounts.len() * SLIPPED_PERCENT / 100;
    let first = random.below(accounts.len() - length);
    for at in (first + 1..first + length).rev() {
        let above = accounts[at - 1].stated.clone();
        let own = &mut accounts[at];
        if !own.is_everyday() || own.stated.employee_number == above.employee_number {
            continue;
        }
        own.stated.employee_number = above.employee_number;
        own.stated.personal_number = above.personal_number;
        own.cause = Cause::ShiftedKey;
    }
}

/// Gives somebody outside, whose name begins as an employee's, the user name that is the employee's elsewhere.
fn recycle(crowd: &Crowd, system: &mut SystemMade, count: usize, names: &mut UserNames, random: &mut Random) {
    let mut taken: BTreeSet<String> = system.accounts.iter().map(|account| account.name.clone()).collect();
    let mut surnames: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for human in &crowd.people {
        surnames.entry(fold(&human.surname).chars().take(3).collect()).or_default().push(&human.surname);
    }
    let mut left = count;
    for _ in 0..count * TRIES {
        let human = random.one(&crowd.people);
        let begins: String = fold(&human.surname).chars().take(3).collect();
        let others = surnames.get(&begins).map(Vec::as_slice).unwrap_or_default();
        let Some(surname) = others.iter().find(|surname| **surname != human.surname) else { continue };
        if taken.insert(human.user.clone()) {
            let account = outsider(crowd, system.kind, human, names, random);
            let called = (account.called.0.clone(), (*surname).to_owned());
            let cause = Cause::Recycled;
            system.accounts.push(Made {
                name: human.user.clone(),
                called,
                cause,
                stated: Stated::default(),
                ..account
            });
            left -= 1;
        }
        if left == 0 {
            return;
        }
    }
}
