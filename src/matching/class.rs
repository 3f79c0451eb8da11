//! What kind of account it is, by its type column, its name, and finally by whose it turned out to be.
//!
//! The first that tells holds: the export's own word, the patterns of the configuration, the accounts that systems
//! make for themselves, and words that are nobody's name. A pattern needs a boundary: `svc-backup` is a service
//! account, `svensson` is not.

use super::builtin::built_in;
use super::contact::Holder;
use super::handle::own_part;
use super::words::{Naming, Thing, Word, account_words, core};
use crate::config::Patterns;
use crate::model::{Account, AccountClass, Strings, name_words};

/// A class before the match, and how firmly it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prior {
    /// The export's own type column says so.
    Stated(AccountClass),
    /// A pattern on the name suggests it.
    Suggested(AccountClass),
    /// A pattern on one of its addresses does, and neither its own name nor any that it states.
    Addressed(AccountClass),
    /// Nothing tells.
    Open,
}

impl Prior {
    /// Whether it says, or suggests, a class.
    pub fn suggests(self, class: AccountClass) -> bool {
        matches!(self, Self::Stated(own) | Self::Suggested(own) | Self::Addressed(own) if own == class)
    }
}

/// Classes in the order in which words of an account name tell them, where several do.
const FIRST: [AccountClass; 5] =
    [AccountClass::Service, AccountClass::Admin, AccountClass::Test, AccountClass::Shared, AccountClass::External];

/// A class that a name suggests, and to whose name it yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Suggestion {
    class: AccountClass,
    yields: Yields,
}

/// Which stated name outweighs a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Yields {
    /// None: programs and rights are called so even beside a person's name.
    Nobody,
    /// A name that people are called.
    People,
    /// Any name, since somebody may be called like the pattern.
    AnyName,
}

impl Suggestion {
    fn new(class: AccountClass, firm: bool) -> Self {
        let yields = match (firm, class) {
            (false, _) => Yields::AnyName,
            (true, AccountClass::Shared) => Yields::People,
            (true, _) => Yields::Nobody,
        };
        Self { class, yields }
    }

    fn yields_to(self, stated: Naming) -> bool {
        match self.yields {
            Yields::Nobody => false,
            Yields::People => stated == Naming::Person,
            Yields::AnyName => stated.is_somebody(),
        }
    }
}

/// The class before anything is known of the holder.
pub fn prior(account: &Account, strings: &Strings, configured: &[(AccountClass, Patterns)]) -> Prior {
    if let Some(hint) = account.type_hint {
        return Prior::Stated(hint.0);
    }
    let name = strings.text(account.name);
    if let Some((class, _)) = configured.iter().find(|(_, patterns)| patterns.fit(name)) {
        return Prior::Suggested(*class);
    }
    let by_text = || strings.maybe(account.whole_name).and_then(by_built_in);
    let (own, prior) = match (by_default(name), by_address(account, strings)) {
        (None, Some(own)) => (Some(own), Prior::Addressed(own.class)),
        (by_name, _) => {
            let own = by_name.or_else(by_text);
            (own, own.map_or(Prior::Open, |own| Prior::Suggested(own.class)))
        }
    };
    if own.is_some_and(|own| own.yields_to(stated(account, strings))) { Prior::Open } else { prior }
}

/// Whether an account is one that a system makes for itself and that can do everything.
pub fn is_superuser(account: &Account, strings: &Strings) -> bool {
    built_in(strings.text(account.name)).is_some_and(|own| own.superuser)
}

/// What the account is called by its addresses, where it states no name.
fn by_address(account: &Account, strings: &Strings) -> Option<Suggestion> {
    let unnamed = account.given_name.is_none() && account.surname.is_none() && account.whole_name.is_none();
    let addresses = [account.upn, account.email].into_iter().filter(|_| unnamed).flatten();
    addresses.map(|sym| strings.text(sym)).find_map(by_default)
}

/// The name that the account states in columns.
fn stated(account: &Account, strings: &Strings) -> Naming {
    let words = |text: &str| -> Vec<Word> { name_words(core(text)).iter().map(|word| Word::of(word)).collect() };
    let (given, surname) = (strings.maybe(account.given_name), strings.maybe(account.surname));
    match (given, surname, strings.maybe(account.whole_name)) {
        (Some(given), Some(surname), _) => Naming::of_columns(&words(given), &words(surname)),
        (given, surname, whole) => match whole.or(surname).or(given).map(|text| text.split_once(',').ok_or(text)) {
            Some(Ok((surname, given))) => Naming::of_columns(&words(given), &words(surname)),
            Some(Err(text)) => Naming::of(words(text)),
            None => Naming::Nothing,
        },
    }
}

/// The built-in patterns.
fn by_default(name: &str) -> Option<Suggestion> {
    by_built_in(name).or_else(|| by_words(own_part(name))).or_else(|| {
        let guest = name.to_lowercase().contains("#ext#");
        guest.then(|| Suggestion::new(AccountClass::External, true))
    })
}

fn by_built_in(name: &str) -> Option<Suggestion> {
    built_in(name).map(|own| Suggestion::new(own.class, own.firm))
}

/// By the words of an account name, and by what stands around it.
fn by_words(local: &str) -> Option<Suggestion> {
    let words: Vec<Word> = account_words(local).iter().map(|word| Word::of(word)).collect();
    let named = Naming::of(words.iter().copied()) == Naming::Person;
    let telling = words.iter().filter_map(|word| match word {
        Word::Thing(Thing { class: Some(class), firm }) if *firm || !named => Some((*class, *firm)),
        _ => None,
    });
    let telling: Vec<(AccountClass, bool)> = telling.collect();
    let first = |classes: &[AccountClass]| {
        let rank = |(class, _): &&(AccountClass, bool)| classes.iter().position(|own| own == class);
        let best = telling.iter().filter(|own| rank(own).is_some()).min_by_key(rank);
        best.map(|(class, firm)| Suggestion::new(*class, *firm))
    };
    let is_thing = words
        .iter()
        .any(|word| matches!(word, Word::Thing(Thing { firm: true, class: None | Some(AccountClass::Shared) })));
    let tiered = || (!is_thing && is_tiered(&local.to_lowercase())).then(|| Suggestion::new(AccountClass::Admin, true));
    first(&FIRST[..1]).or_else(tiered).or_else(|| first(&FIRST))
}

/// Affixes that organisations give to accounts for administration.
fn is_tiered(local: &str) -> bool {
    let prefix = ["t0_", "t1_", "t2_", "t0-", "t1-", "t2-", "a-", "a_"].iter().any(|prefix| local.starts_with(prefix));
    prefix || local.ends_with("-a") || local.ends_with("_a")
}

/// The class once the holder is known: a person who is found outweighs a pattern, but not the export's own word; an
/// admin account stays one, and so does a thing that is called one and has but its contact's key: a list of addresses may
/// begin with that of a mailbox that its holder reads. Without a holder, what bears a name is
/// somebody's, and what is called a thing is not.
pub fn settle(prior: Prior, naming: Naming, holder: Holder) -> AccountClass {
    match (prior, naming) {
        (Prior::Stated(class), _) => class,
        (Prior::Suggested(AccountClass::Admin) | Prior::Addressed(AccountClass::Admin), _) => AccountClass::Admin,
        (Prior::Suggested(class), _) if holder == Holder::ByKey && class.needs_named_owner() => class,
        _ if holder != Holder::Nobody => AccountClass::Personal,
        (Prior::Suggested(class) | Prior::Addressed(class), _) => class,
        (Prior::Open, Naming::Letters | Naming::Person) => AccountClass::Personal,
        (Prior::Open, Naming::Thing(Some(class))) => class,
        (Prior::Open, Naming::Thing(None) | Naming::Nothing) => AccountClass::Unknown,
    }
}

#[cfg(test)]
mod tests;
