//! The domain of an address as evidence: consultants and other organisations write from their own.
//!
//! A system where staff are registered with private addresses shows them among the accounts whose holder something
//! else tells; where none of those has a domain, an account that has it is rather somebody's outside. What is weighed
//! is how common a domain is among accounts of an employer's people, against among all accounts of the system. Those
//! whose holder something else tells may all be of one directory and its domain: what addresses the others are known to
//! have counts as much. Of an employer none of whose people are told by anything else nothing is known, and nothing is weighed: a company whose
//! staff have addresses of its own is not outside because the municipality's have others.

use super::account_record::Mail;
use super::employers::EmployerIx;
use super::population::domain;
use foldhash::HashMap;
use libm::log2;

/// Addresses on accounts of an employer's people, from which domains are judged.
const ENOUGH: u32 = 10;

/// As if so many accounts had been seen already, each domain among them as rare as this.
const STRENGTH: f64 = 10.0;
const RARE: f64 = 1e-3;

/// How often each domain is met.
#[derive(Debug, Default)]
pub struct Met {
    domains: HashMap<String, u32>,
    addresses: u32,
}

impl Met {
    /// Counts an address in a domain.
    pub fn add(&mut self, domain: &str) {
        self.addresses += 1;
        *self.domains.entry(domain.to_owned()).or_default() += 1;
    }

    fn share(&self, domain: &str) -> f64 {
        let count = self.domains.get(domain).copied().unwrap_or(0);
        (f64::from(count) + STRENGTH * RARE) / (f64::from(self.addresses) + STRENGTH)
    }
}

/// The domains of a system's accounts, and of those of each employer's people.
#[derive(Debug, Default)]
pub struct Domains {
    here: HashMap<EmployerIx, Met>,
    all: Met,
}

impl Domains {
    /// Counts the domains of accounts, each with the employers of its holder, where something but the address tells who
    /// that is.
    pub fn learn<'a>(accounts: impl Iterator<Item = (&'a [Mail], &'a [EmployerIx])>) -> Self {
        let mut own = Self::default();
        for (mails, employers) in accounts {
            let Some(domain) = mails.first().and_then(|mail| domain(&mail.whole)) else { continue };
            own.all.add(domain);
            employers.iter().for_each(|employer| own.here.entry(*employer).or_default().add(domain));
        }
        own
    }

    /// What the domain of an account's first address takes off for somebody of some employers, of whose people addresses
    /// are known; `None` where it takes nothing. Further addresses are often the system's own.
    pub fn bits(&self, mails: &[Mail], employers: &[EmployerIx], known: &HashMap<EmployerIx, Met>) -> Option<f64> {
        let domain = domain(&mails.first()?.whole)?;
        let of = |employer: &EmployerIx| {
            let here = self.here.get(employer).filter(|here| here.addresses >= ENOUGH)?.share(domain);
            let here = known.get(employer).map_or(here, |known| known.share(domain).max(here));
            Some(log2(here / self.all.share(domain)))
        };
        let bits: Option<Vec<f64>> = employers.iter().map(of).collect();
        bits?.into_iter().reduce(f64::max).filter(|bits| *bits < -1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mails(domain: &str) -> Vec<Mail> {
        vec![Mail { whole: format!("anna.lind@{domain}"), is_own: false }]
    }

    fn unknown() -> HashMap<EmployerIx, Met> {
        HashMap::default()
    }

    const HERE: &[EmployerIx] = &[EmployerIx(0)];
    const COMPANY: &[EmployerIx] = &[EmployerIx(1)];

    /// A domain that nobody here has takes off, the more the more outsiders have it; one that staff have too does not.
    #[test]
    fn a_domain_of_outsiders_takes_off() {
        let (own, private, firm, odd) = (mails("ex.se"), mails("post.se"), mails("firm.se"), mails("odd.se"));
        let accounts = [(&own, HERE, 200), (&own, &[], 40), (&private, HERE, 20), (&firm, &[], 40), (&odd, &[], 1)];
        let all = accounts.iter().flat_map(|(mails, told, count)| std::iter::repeat_n((&mails[..], *told), *count));
        let domains = Domains::learn(all);
        assert_eq!((domains.bits(&own, HERE, &unknown()), domains.bits(&private, HERE, &unknown())), (None, None));
        let (firm, odd) =
            (domains.bits(&firm, HERE, &unknown()).unwrap(), domains.bits(&odd, HERE, &unknown()).unwrap());
        assert!(firm < odd && odd < -4.0, "{firm} {odd}");
    }

    /// Where all whose holder something else tells are of one directory, a domain in which people here are known to have
    /// addresses takes nothing off.
    #[test]
    fn a_domain_that_people_here_are_known_to_have_takes_nothing_off() {
        let (own, staff) = (mails("ex.se"), mails("staff.se"));
        let told = std::iter::repeat_n((&own[..], HERE), 200);
        let domains = Domains::learn(told.chain(std::iter::repeat_n((&staff[..], &[][..]), 200)));
        let mut known = Met::default();
        (0..50).for_each(|_| known.add("staff.se"));
        assert!(domains.bits(&staff, HERE, &unknown()).is_some());
        assert_eq!(domains.bits(&staff, HERE, &[(HERE[0], known)].into_iter().collect()), None);
    }

    /// Where too few holders are told by something else, nothing is said of domains: nor of the people of another
    /// employer, of whom none is.
    #[test]
    fn few_accounts_teach_nothing() {
        let (own, firm) = (mails("ex.se"), mails("firm.se"));
        let domains = Domains::learn([(&own[..], HERE), (&firm[..], &[][..])].into_iter());
        assert_eq!(domains.bits(&firm, HERE, &unknown()), None);
        let many = std::iter::repeat_n((&own[..], HERE), 200).chain(std::iter::repeat_n((&firm[..], &[][..]), 12));
        let domains = Domains::learn(many);
        assert!(domains.bits(&firm, HERE, &unknown()).is_some());
        assert_eq!(
            (domains.bits(&firm, COMPANY, &unknown()), domains.bits(&firm, &[HERE[0], COMPANY[0]], &unknown())),
            (None, None)
        );
        assert_eq!(domains.bits(&firm, &[], &unknown()), None);
    }
}
