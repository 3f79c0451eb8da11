//! A payroll that holds neither address nor user name, as most do. What joins it to the cloud stands in the directory:
//! a number on most accounts, and beside it every address the holder has had.

use super::accounts::{Made, SystemMade};
use super::cause::Cause;
use super::people::Crowd;
use super::random::Random;
use super::system_kind::SystemKind;
use std::collections::{BTreeMap, BTreeSet};

/// Share of the directory's accounts with no number beyond those that ordinarily lack it.
const NUMBERLESS: f64 = 0.05;

/// Share of people who have had another address.
const HAD_ANOTHER: f64 = 0.12;

/// Of their accounts in the cloud, those still under it.
const STILL_UNDER_IT: f64 = 0.5;

/// Lays the keys where such a municipality has them.
pub fn trouble(crowd: &mut Crowd, systems: &mut [SystemMade], random: &mut Random) {
    let older = older_addresses(crowd, random);
    for system in systems {
        let mut taken: BTreeSet<String> = system.accounts.iter().map(|account| account.name.clone()).collect();
        for account in system.accounts.iter_mut().filter(|account| account.is_everyday()) {
            let older = account.holder.and_then(|holder| older.get(&holder));
            match system.kind {
                SystemKind::Directory => {
                    number(account, random);
                    account.stated.older_mails.extend(older.cloned());
                }
                SystemKind::Finance | SystemKind::Cloud => {
                    if let Some(older) = older.filter(|_| random.chance(STILL_UNDER_IT)) {
                        account.stated.mail = Some(older.clone());
                        account.cause = account.cause.or(Cause::FormerAddress);
                    }
                    sign_in_by_mail(account, &mut taken);
                }
                SystemKind::Care | SystemKind::School | SystemKind::Permits => {}
            }
        }
    }
}

/// Addresses of before, by the holder's place.
fn older_addresses(crowd: &mut Crowd, random: &mut Random) -> BTreeMap<usize, String> {
    let mut older = BTreeMap::new();
    for (at, human) in crowd.people.iter().enumerate() {
        let maiden = &random.one(&crowd.people).surname;
        if random.chance(HAD_ANOTHER) {
            older.insert(at, crowd.mails.next(human.call_name(), maiden));
        }
    }
    older
}

/// The directory holds an employee number or a personal number, seldom both.
fn number(account: &mut Made, random: &mut Random) {
    if random.chance(NUMBERLESS) {
        account.lose_key(SystemKind::Directory);
    } else if random.chance(0.5) {
        account.stated.personal_number = None;
    } else if account.stated.personal_number.is_some() {
        account.stated.employee_number = None;
    }
    if account.holder.is_some() && !account.keyed {
        account.cause = account.cause.or(Cause::NoDirectoryNumber);
    }
}

/// The address is the account name, unless another account has it.
fn sign_in_by_mail(account: &mut Made, taken: &mut BTreeSet<String>) {
    if let Some(mail) = account.stated.mail.clone().filter(|mail| taken.insert(mail.clone())) {
        account.name = mail;
    }
}
