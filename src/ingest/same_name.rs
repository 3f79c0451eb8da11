//! Accounts of one name: which of them a row is about, if any. An export may show one name on a hundred thousand rows, of
//! as many people, so not every row is held against every account.

use crate::model::{Account, AccountName, PersonalNumber, Strings, Sym, name_words, object_key};
use foldhash::{HashMap, HashMapExt};
use std::collections::BTreeSet;

/// Accounts of one name that are simply held against each row, one after the other.
const FEW: usize = 16;

/// The accounts of one name, in the order met.
#[derive(Debug, Default)]
pub struct SameName {
    /// Their places.
    pub places: Vec<usize>,
    /// What they state, once they are many.
    stated: Option<Box<Stated>>,
}

/// What accounts state → those that state it. One that changed may stand under what it no longer states.
#[derive(Debug)]
struct Stated(HashMap<Statement, Vec<usize>>);

/// What an account states in a field; `None` where it states nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Statement {
    Guid(Option<String>),
    Upn(Option<AccountName>),
    Dn(Option<AccountName>),
    PersonalNumber(Option<PersonalNumber>),
    Email(Option<AccountName>),
    EmployeeNumber(Option<AccountName>),
    Word(Option<String>),
}

impl SameName {
    /// The first account that nothing in a row contradicts.
    pub fn find(&self, row: &Account, accounts: &[Account], strings: &Strings) -> Option<usize> {
        let fits = |at: &usize| !contradicts(&accounts[*at], row, strings);
        match self.stated.as_ref().and_then(|stated| stated.possible(row, strings)) {
            Some(possible) => possible.into_iter().find(fits),
            None => self.places.iter().copied().find(fits),
        }
    }

    /// Adds an account.
    pub fn add(&mut self, at: usize, accounts: &[Account], strings: &Strings) {
        self.places.push(at);
        if self.stated.is_none() && self.places.len() > FEW {
            let mut stated = Box::new(Stated(HashMap::new()));
            self.places.iter().for_each(|&at| stated.add(at, &accounts[at], strings));
            self.stated = Some(stated);
        } else {
            self.changed(at, &accounts[at], strings);
        }
    }

    /// Takes notice of what an account states after a row was added to it.
    pub fn changed(&mut self, at: usize, account: &Account, strings: &Strings) {
        if let Some(stated) = &mut self.stated {
            stated.add(at, account, strings);
        }
    }
}

impl Stated {
    fn add(&mut self, at: usize, account: &Account, strings: &Strings) {
        let fields = once(account, strings).into_iter().chain(keyed(account, strings)).map(|(own, _)| own);
        for statement in fields.chain(name(account, strings)) {
            let own = self.0.entry(statement).or_default();
            if own.last() != Some(&at) {
                own.push(at);
            }
        }
    }

    /// Those that a row may be about, in the order met; `None` where it may be about any. What it states in a field is
    /// stated by them too, or they state nothing there; an address or a number that differs is made up for by the name.
    fn possible(&self, row: &Account, strings: &Strings) -> Option<Vec<usize>> {
        let names = name(row, strings);
        let is_named = names != [Statement::Word(None)];
        let by_name = || names.iter().cloned().chain([Statement::Word(None)]);
        let stated = |(own, none): (Statement, Statement)| (own != none).then(|| vec![own, none]);
        let once = once(row, strings).into_iter().filter_map(stated);
        let keyed = keyed(row, strings).into_iter().filter(|_| is_named).filter_map(stated);
        let ways = once.chain(keyed.map(|way| way.into_iter().chain(by_name()).collect()));
        let fewest = ways.min_by_key(|way| way.iter().map(|own| self.of(own).len()).sum::<usize>())?;
        let mut possible: Vec<usize> = fewest.iter().flat_map(|own| self.of(own)).copied().collect();
        possible.sort_unstable();
        possible.dedup();
        Some(possible)
    }

    fn of(&self, statement: &Statement) -> &[usize] {
        self.0.get(statement).map_or(&[], Vec::as_slice)
    }
}

/// What is given once: each statement, and the same field without any.
fn once(account: &Account, strings: &Strings) -> [(Statement, Statement); 4] {
    let text = |sym| strings.maybe(sym).map(AccountName::new);
    [
        (Statement::Guid(strings.maybe(account.guid).map(object_key)), Statement::Guid(None)),
        (Statement::Upn(text(account.upn)), Statement::Upn(None)),
        (Statement::Dn(text(account.dn)), Statement::Dn(None)),
        (Statement::PersonalNumber(account.personal_number), Statement::PersonalNumber(None)),
    ]
}

/// What tells people apart together with their names.
fn keyed(account: &Account, strings: &Strings) -> [(Statement, Statement); 2] {
    let text = |sym| strings.maybe(sym).map(AccountName::new);
    [
        (Statement::Email(text(account.email)), Statement::Email(None)),
        (Statement::EmployeeNumber(text(account.employee_number)), Statement::EmployeeNumber(None)),
    ]
}

fn name(account: &Account, strings: &Strings) -> Vec<Statement> {
    let words = words(account, strings);
    if words.is_empty() {
        return vec![Statement::Word(None)];
    }
    words.into_iter().map(|word| Statement::Word(Some(word))).collect()
}

fn words(account: &Account, strings: &Strings) -> BTreeSet<String> {
    let syms = [account.given_name, account.surname, account.whole_name];
    syms.into_iter().flatten().flat_map(|sym| name_words(strings.text(sym))).collect()
}

/// Whether two rows under one account name are about different accounts: something that is given once differs, or
/// address or number *and* name.
fn contradicts(known: &Account, new: &Account, strings: &Strings) -> bool {
    fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
        matches!((a, b), (Some(a), Some(b)) if a != b)
    }
    let texts = |a: Option<Sym>, b: Option<Sym>| {
        let key = |sym| strings.maybe(sym).map(AccountName::new);
        a != b && differ(key(a), key(b))
    };
    let id = |sym| strings.maybe(sym).map(object_key);
    let once = known.guid != new.guid && differ(id(known.guid), id(new.guid))
        || texts(known.upn, new.upn)
        || texts(known.dn, new.dn)
        || differ(known.personal_number, new.personal_number);
    let keyed = texts(known.email, new.email) || texts(known.employee_number, new.employee_number);
    once || (keyed && names_differ(known, new, strings))
}

/// Whether two rows name people who share no word of their names.
fn names_differ(known: &Account, new: &Account, strings: &Strings) -> bool {
    let (known, new) = (words(known, strings), words(new, strings));
    !known.is_empty() && !new.is_empty() && known.is_disjoint(&new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Interner;

    /// A row that states some of a few words, addresses, numbers and names of domains.
    fn row(pool: &mut Interner, chance: &mut impl FnMut(u64) -> u64) -> Account {
        let mut some = |kind: &str, of: u64| match chance(of) {
            0 => None,
            number => Some(pool.intern(&format!("{kind}{number}"))),
        };
        let (upn, dn, email, employee_number) = (some("u", 4), some("d", 3), some("e", 6), some("n", 6));
        let (given_name, surname) = (some("given", 12), some("sur", 12));
        Account { upn, dn, email, employee_number, given_name, surname, ..Account::blank(pool.intern("konto")) }
    }

    /// Whatever rows come in whichever order, the account found is the first that nothing contradicts, as if every one had
    /// been tried, also when accounts take over what their rows state.
    #[test]
    fn the_account_found_is_the_first_that_fits() {
        let mut state = 20_261_130u64;
        let mut chance = move |of: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % of
        };
        let (mut new, mut found) = (0, 0);
        for _ in 0..40 {
            let mut pool = Interner::default();
            let (mut accounts, mut same): (Vec<Account>, SameName) = Default::default();
            for _ in 0..200 {
                let row = row(&mut pool, &mut chance);
                let strings = pool.strings();
                let first = same.places.iter().copied().find(|at| !contradicts(&accounts[*at], &row, strings));
                assert_eq!(same.find(&row, &accounts, strings), first);
                if let Some(at) = first {
                    accounts[at].email = accounts[at].email.or(row.email);
                    accounts[at].surname = row.surname.or(accounts[at].surname);
                    same.changed(at, &accounts[at], strings);
                    found += 1;
                } else {
                    accounts.push(row);
                    same.add(accounts.len() - 1, &accounts, strings);
                    new += 1;
                }
            }
        }
        assert!(new > 1000 && found > 1000, "{new} {found}");
    }
}
