//! What tells accounts of one name apart, in words that stay: where an account stands in the file is another next month,
//! and would give it another name.

use crate::model::{Account, AccountName, Strings};
use std::collections::BTreeMap;

/// Something that an account states.
type Fact = fn(&Account, &Strings) -> Option<String>;

/// What may tell accounts apart that all state it.
const OF_ALL: [Fact; 7] = [
    |account, strings| domain(strings.maybe(account.dn)?),
    |account, strings| strings.maybe(account.told_apart_by).map(str::to_owned),
    |account, strings| Some(strings.maybe(account.upn)?.rsplit_once('@')?.1.to_owned()),
    |account, strings| unit(strings.maybe(account.dn)?),
    |account, strings| strings.maybe(account.upn).map(str::to_owned),
    |account, strings| strings.maybe(account.email).map(str::to_owned),
    |account, strings| strings.maybe(account.guid).map(str::to_owned),
];

/// What an account may be told by where they do not all state the same.
const OF_ONE: [Fact; 9] = [
    |account, strings| strings.maybe(account.told_apart_by).map(str::to_owned),
    |account, strings| strings.maybe(account.dn).map(str::to_owned),
    |account, strings| strings.maybe(account.upn).map(str::to_owned),
    |account, strings| strings.maybe(account.guid).map(str::to_owned),
    |account, strings| strings.maybe(account.email).map(str::to_owned),
    |account, strings| strings.maybe(account.employee_number).map(str::to_owned),
    |account, _| account.personal_number.map(|number| format!("{:010}", number.ten())),
    |account, strings| strings.maybe(account.whole_name).map(str::to_owned),
    |account, strings| strings.maybe(account.surname).map(str::to_owned),
];

/// What tells accounts of one name apart, by their places: one thing that they all state, else the first that each does.
/// Of those that begin alike the order of what else they state tells, whatever the order of their rows.
pub fn told_apart(same: &[usize], accounts: &[Account], strings: &Strings) -> Vec<String> {
    let of_all = |fact: &Fact| -> Option<Vec<String>> {
        let texts: Vec<String> = same.iter().map(|&at| fact(&accounts[at], strings)).collect::<Option<_>>()?;
        are_distinct(&texts).then_some(texts)
    };
    OF_ALL.iter().find_map(of_all).unwrap_or_else(|| {
        let stated = |&at: &usize| OF_ONE.iter().filter_map(|fact| fact(&accounts[at], strings)).collect();
        numbered(&same.iter().map(stated).collect::<Vec<Vec<String>>>())
    })
}

fn are_distinct(texts: &[String]) -> bool {
    let mut names: Vec<AccountName> = texts.iter().map(|text| AccountName::new(text)).collect();
    names.sort_unstable();
    names.windows(2).all(|pair| pair[0] != pair[1])
}

/// The first that each states, with a number behind it for all but the first of those that begin alike.
fn numbered(stated: &[Vec<String>]) -> Vec<String> {
    let mut order: Vec<usize> = (0..stated.len()).collect();
    order.sort_by(|a, b| stated[*a].cmp(&stated[*b]));
    let mut met: BTreeMap<AccountName, usize> = BTreeMap::new();
    let mut texts = vec![String::new(); stated.len()];
    for at in order {
        let first = stated[at].first().map_or("", String::as_str);
        let nth = met.entry(AccountName::new(first)).or_default();
        *nth += 1;
        texts[at] =
            if *nth == 1 && !first.is_empty() { first.to_owned() } else { format!("{first} {nth}").trim().to_owned() };
    }
    texts
}

/// `ex.se` of a name that ends `DC=ex,DC=se`.
pub fn domain(dn: &str) -> Option<String> {
    let of_domain = |part: &'_ str| {
        let (kind, name) = part.trim().split_once('=')?;
        kind.eq_ignore_ascii_case("DC").then(|| name.to_owned())
    };
    let parts: Vec<String> = dn.split(',').filter_map(of_domain).collect();
    (!parts.is_empty()).then(|| parts.join("."))
}

/// The innermost unit of a distinguished name.
fn unit(dn: &str) -> Option<String> {
    dn.split(',').find_map(|part| part.trim().strip_prefix("OU=")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Interner;

    /// Accounts are called the same whatever the order of their rows, by the domain where all state one, and else by what
    /// each states of its own.
    #[test]
    fn the_order_of_rows_names_nothing() {
        let mut pool = Interner::default();
        let name = pool.intern("anna");
        let [a, b, first, second] = ["A", "B", "1001", "1002"].map(|text| Some(pool.intern(text)));
        let account =
            |domain, number| Account { told_apart_by: domain, employee_number: number, ..Account::blank(name) };
        for (accounts, told) in [
            ([account(a, first), account(b, second)], ["A", "B"]),
            ([account(a, first), account(a, second)], ["A", "A 2"]),
            ([account(None, first), account(None, second)], ["1001", "1002"]),
            ([account(a, first), account(None, second)], ["A", "1002"]),
        ] {
            let (there, back) = (&[0, 1], &[1, 0]);
            assert_eq!(told_apart(there, &accounts, pool.strings()), told);
            assert_eq!(told_apart(back, &accounts, pool.strings()), [told[1], told[0]]);
        }
    }
}
