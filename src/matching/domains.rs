//! The domain of an address as evidence: consultants and other organisations write from their own.
//!
//! A system where staff are registered with private addresses shows them among the accounts whose holder something
//! else tells; where none of those has a domain, an account that has it is rather somebody's outside. What is weighed
//! is how common a domain is among accounts of people here, against among all accounts of the system.

use super::account_record::Mail;
use super::population::domain;
use foldhash::HashMap;
use libm::log2;

/// Accounts with a known holder and an address, from which domains are judged.
const ENOUGH: u32 = 10;

/// As if so many accounts had been seen already, each domain among them as rare as this.
const STRENGTH: f64 = 10.0;
const RARE: f64 = 1e-3;

/// How often each domain is met.
#[derive(Debug, Default)]
pub struct Domains {
    here: HashMap<String, u32>,
    all: HashMap<String, u32>,
    with_mail: (u32, u32),
}

impl Domains {
    /// Counts the domains of accounts; of each it is said whether its holder is told by something but the address.
    pub fn learn<'a>(accounts: impl Iterator<Item = (&'a [Mail], bool)>) -> Self {
        let mut own = Self::default();
        for (mails, is_told) in accounts {
            let Some(domain) = mails.first().and_then(|mail| domain(&mail.whole)) else { continue };
            own.with_mail.0 += u32::from(is_told);
            own.with_mail.1 += 1;
            *own.all.entry(domain.to_owned()).or_default() += 1;
            if is_told {
                *own.here.entry(domain.to_owned()).or_default() += 1;
            }
        }
        own
    }

    /// What the domain of an account's first address takes off; `None` where it takes nothing. Further ones are often
    /// the system's own.
    pub fn bits(&self, mails: &[Mail]) -> Option<f64> {
        let (here, all) = self.with_mail;
        if here < ENOUGH {
            return None;
        }
        let share = |counts: &HashMap<String, u32>, domain: &str, of: u32| {
            let count = counts.get(domain).copied().unwrap_or(0);
            (f64::from(count) + STRENGTH * RARE) / (f64::from(of) + STRENGTH)
        };
        let weigh = |domain: &str| log2(share(&self.here, domain, here) / share(&self.all, domain, all));
        let bits = weigh(domain(&mails.first()?.whole)?);
        (bits < -1.0).then_some(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mails(domain: &str) -> Vec<Mail> {
        vec![Mail { whole: format!("anna.lind@{domain}"), is_own: false }]
    }

    /// A domain that nobody here has takes off, the more the more outsiders have it; one that staff have too does not.
    #[test]
    fn a_domain_of_outsiders_takes_off() {
        let (own, private, firm, odd) = (mails("ex.se"), mails("post.se"), mails("firm.se"), mails("odd.se"));
        let accounts =
            [(&own, true, 200), (&own, false, 40), (&private, true, 20), (&firm, false, 40), (&odd, false, 1)];
        let all = accounts.iter().flat_map(|(mails, told, count)| std::iter::repeat_n((&mails[..], *told), *count));
        let domains = Domains::learn(all);
        assert_eq!((domains.bits(&own), domains.bits(&private)), (None, None));
        let (firm, odd) = (domains.bits(&firm).unwrap(), domains.bits(&odd).unwrap());
        assert!(firm < odd && odd < -4.0, "{firm} {odd}");
    }

    /// Where too few holders are told by something else, nothing is said of domains.
    #[test]
    fn few_accounts_teach_nothing() {
        let (own, firm) = (mails("ex.se"), mails("firm.se"));
        let domains = Domains::learn([(&own[..], true), (&firm[..], false)].into_iter());
        assert_eq!(domains.bits(&firm), None);
    }
}
