//! What the rows of one account have together. An export lists its rows in any order, so no order of them may decide what
//! is shown; and one account may have thousands.

use crate::model::{Account, AccountState, Interner, Message, Strings, Sym, SymList, message};
use foldhash::{HashSet, HashSetExt};
use std::collections::BTreeMap;

/// The lists of accounts of several rows, while their rows come in.
#[derive(Default)]
pub struct Merging {
    lists: BTreeMap<usize, Lists>,
    /// Accounts of which rows of the file say both that they are open and that they are closed, with the first row that
    /// says otherwise than those before it.
    both_ways: BTreeMap<usize, u32>,
}

/// Texts of which an account may have several.
struct Lists {
    ids: HashSet<Sym>,
    names: HashSet<Sym>,
    mails: HashSet<Sym>,
    roles: HashSet<Sym>,
}

impl Lists {
    fn new() -> Self {
        Self { ids: HashSet::new(), names: HashSet::new(), mails: HashSet::new(), roles: HashSet::new() }
    }

    fn add(&mut self, row: &Account, strings: &Strings) {
        self.ids.extend(strings.list(row.more_ids));
        self.names.extend(row.whole_name.iter().chain(strings.list(row.other_names)));
        self.mails.extend(row.email.iter().chain(strings.list(row.more_mails)));
        self.roles.extend(strings.list(row.roles));
    }
}

impl Merging {
    /// Adds a row to an account: what was absent is filled in, roles and addresses are gathered. Where rows say both that
    /// it is open and that it is closed, it counts as open.
    pub fn merge(&mut self, at: usize, known: &mut Account, new: &Account, strings: &Strings) {
        use AccountState::{Active, Disabled};
        let lists = self.lists.entry(at).or_insert_with(|| {
            let mut lists = Lists::new();
            lists.add(known, strings);
            lists
        });
        lists.add(new, strings);
        texts(known, new, strings);
        known.birth_date = one_of(known.birth_date, new.birth_date);
        known.created = one_of(known.created, new.created);
        known.personal_number = known.personal_number.or(new.personal_number);
        known.type_hint = known.type_hint.or(new.type_hint);
        if matches!((known.state, new.state), (Active, Disabled) | (Disabled, Active)) {
            self.both_ways.entry(at).or_insert(new.source.row);
        }
        known.state = state_of_both(known.state, new.state);
        known.last_login = known.last_login.max(new.last_login);
        known.last_interactive_login = known.last_interactive_login.max(new.last_interactive_login);
        known.password_never_expires = known.password_never_expires.max(new.password_never_expires);
        known.privileged |= new.privileged;
        known.protected |= new.protected;
        known.excluded_by = known.excluded_by.min(new.excluded_by);
    }

    /// What is to be said of the accounts that a file tells both ways of.
    pub fn told_both_ways(&mut self) -> Option<Message> {
        let both_ways = std::mem::take(&mut self.both_ways);
        let (count, row) = (both_ways.len(), both_ways.values().min()?);
        Some(message!(
            "Konton med både rader som säger att de är öppna och rader som säger att de är stängda: {count} (bland annat \
             rad {row}). De räknas som öppna.",
            "Accounts of which some rows say that they are open and some that they are closed: {count} (row {row} among \
             them). They count as open."
        ))
    }

    /// Gives each account its lists.
    pub fn finish(self, accounts: &mut [Account], strings: &mut Interner) {
        for (at, Lists { ids, names, mails, roles }) in self.lists {
            let Some(account) = accounts.get_mut(at) else { continue };
            account.more_ids = sorted(ids, None, strings);
            account.other_names = sorted(names, account.whole_name, strings);
            account.more_mails = sorted(mails, account.email, strings);
            account.roles = sorted(roles, None, strings);
        }
    }
}

/// Texts in their order, without the one that stands apart.
fn sorted(texts: HashSet<Sym>, apart: Option<Sym>, strings: &mut Interner) -> SymList {
    let mut own: Vec<Sym> = texts.into_iter().filter(|sym| Some(*sym) != apart).collect();
    let pool = strings.strings();
    own.sort_by_cached_key(|sym| (pool.text(*sym).to_lowercase(), pool.text(*sym).to_owned()));
    strings.list(&own)
}

/// What is given once, and what belongs together and so is taken from one row. A later file only fills in what those
/// before it lack.
fn texts(known: &mut Account, new: &Account, strings: &Strings) {
    let alike = known.source.file == new.source.file;
    let take = |known: &mut [&mut Option<Sym>], new: &[Option<Sym>]| together(known, new, alike, strings);
    take(&mut [&mut known.guid], &[new.guid]);
    take(&mut [&mut known.upn], &[new.upn]);
    take(&mut [&mut known.dn], &[new.dn]);
    take(&mut [&mut known.told_apart_by], &[new.told_apart_by]);
    take(&mut [&mut known.employee_number], &[new.employee_number]);
    take(&mut [&mut known.hsa_id], &[new.hsa_id]);
    take(&mut [&mut known.user_name], &[new.user_name]);
    take(&mut [&mut known.email], &[new.email]);
    take(&mut [&mut known.owner], &[new.owner]);
    let name = [new.surname, new.given_name, new.whole_name];
    take(&mut [&mut known.surname, &mut known.given_name, &mut known.whole_name], &name);
    let place = [new.department, new.unit, new.title, new.manager];
    take(&mut [&mut known.department, &mut known.unit, &mut known.title, &mut known.manager], &place);
}

/// Fills in what is absent. Where the two say different things, and none goes before the other, one of them is taken
/// whole: whichever row came first, the same.
fn together(known: &mut [&mut Option<Sym>], new: &[Option<Sym>], alike: bool, strings: &Strings) {
    let differ = known.iter().zip(new).any(|(known, new)| known.is_some() && new.is_some() && **known != *new);
    let text = |sym: Option<Sym>| (sym.is_none(), strings.maybe(sym).unwrap_or_default());
    if !(differ && alike) {
        known.iter_mut().zip(new).for_each(|(known, new)| **known = known.or(*new));
    } else if new.iter().map(|sym| text(*sym)).lt(known.iter().map(|sym| text(**sym))) {
        known.iter_mut().zip(new).for_each(|(known, new)| **known = *new);
    }
}

/// Of two days the earlier, be one given or both.
fn one_of<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// A row that says nothing changes nothing.
fn state_of_both(a: AccountState, b: AccountState) -> AccountState {
    match (a, b) {
        (AccountState::NotStated, other) | (other, AccountState::NotStated) => other,
        (AccountState::Active, _) | (_, AccountState::Active) => AccountState::Active,
        (AccountState::Disabled, AccountState::Disabled) => AccountState::Disabled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts that belong together come from one row, whichever came first; what a row lacks the other fills in, and a
    /// later file changes nothing that is said.
    #[test]
    fn what_belongs_together_is_taken_together() {
        let mut strings = Interner::default();
        let [a, b, c, d] = ["A", "B", "C", "D"].map(|text| Some(strings.intern(text)));
        let both = |first: [Option<Sym>; 2], second: [Option<Sym>; 2], alike| {
            let [mut one, mut two] = first;
            together(&mut [&mut one, &mut two], &second, alike, strings.strings());
            [one, two]
        };
        assert_eq!(both([a, d], [b, c], true), [a, d]);
        assert_eq!(both([b, c], [a, d], true), [a, d]);
        assert_eq!(both([b, c], [a, d], false), [b, c]);
        assert_eq!(both([b, None], [b, c], true), [b, c]);
        assert_eq!(both([None, c], [b, c], false), [b, c]);
        assert_eq!(both([b, None], [a, d], false), [b, d]);
    }

    /// Every role of every row is kept once, in the order of their texts; of names the first stands apart.
    #[test]
    fn what_rows_have_is_gathered() {
        let mut strings = Interner::default();
        let [b, a, c] = ["b", "A", "C"].map(|text| strings.intern(text));
        let list = sorted([c, b, a].into_iter().collect(), None, &mut strings);
        assert_eq!(strings.strings().list(list), [a, b, c]);
        let list = sorted([c, b, a].into_iter().collect(), Some(a), &mut strings);
        assert_eq!(strings.strings().list(list), [b, c]);
    }
}
