//! Domains before which account names of people here stand, though nobody has an address there now.
//!
//! A municipality that has changed its domain leaves systems behind where everyone still signs in under the former one.
//! What stands before the `@` of another organisation's address is no account name here; but where most of a system's
//! names of a domain are known here, the domain is no other organisation's.

use super::bridge::{LoanKind, SystemIx};
use super::handle::local_part;
use super::population::{Population, domain};
use crate::model::{Account, Strings};
use crate::roster::mail_key;
use std::collections::{BTreeMap, BTreeSet};

/// Names from which a domain is judged.
const ENOUGH: u32 = 10;

/// The domains of one system's account names that belong here.
#[derive(Debug, Default)]
pub struct KnownDomains(BTreeSet<String>);

impl KnownDomains {
    /// Learns them from the system's own account names.
    pub fn learn(accounts: &[&Account], strings: &Strings, population: &Population, system: SystemIx) -> Self {
        let mut met: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        let names = accounts.iter().map(|account| strings.text(account.name));
        for name in names.filter(|name| name.contains('@')).map(mail_key) {
            let Some(domain) = domain(&name).filter(|_| !population.is_own_domain(&name)) else { continue };
            let local = local_part(&name);
            let known = population.is_lent(LoanKind::AccountName, &local, system)
                || !population.by_mail_local(&local).is_empty();
            let (all, own) = met.entry(domain.to_owned()).or_default();
            *all += 1;
            *own += u32::from(known);
        }
        let belong = met.into_iter().filter(|(_, (all, own))| *all >= ENOUGH && *own * 2 > *all);
        Self(belong.map(|(domain, _)| domain).collect())
    }

    /// Whether what stands before the `@` of a name can be an account name of people here; a name without one can.
    pub fn may_hold(&self, name: &str, population: &Population) -> bool {
        if !name.contains('@') {
            return true;
        }
        let key = mail_key(name);
        domain(&key).is_none_or(|own| population.is_own_domain(&key) || self.0.contains(own))
    }
}
