//! Accounts that only a cell which is no name column says to be hers: her name behind the account's own, in its
//! distinguished name, its description, its owner, or under a header that nobody knew.

use super::graph::Graph;
use super::reach::Level;
use super::{Sources, place};
use crate::ingest::Export;
use crate::model::{Account, AccountIx, Sym, Unescaped, expand_wildcards, fold_word, name_in_directory};
use foldhash::{HashSet, HashSetExt};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Words that a given name and a surname stand apart at most, both counted.
const NEAR: usize = 3;

/// On more accounts of a system than these her name is not what they are called: she answers for them.
const OWN_ACCOUNTS: usize = 5;

/// Names that are searched for.
pub struct Names<'n> {
    pairs: &'n BTreeSet<(String, String)>,
    words: HashSet<&'n str>,
}

impl<'n> Names<'n> {
    /// Given names with their surnames.
    pub fn new(pairs: &'n BTreeSet<(String, String)>) -> Self {
        let mut words = HashSet::new();
        words.extend(pairs.iter().flat_map(|(given, surname)| [given.as_str(), surname.as_str()]));
        Self { pairs, words }
    }

    /// Whether one of them stands in a text, as it is written or as it is to be read.
    fn in_text(&self, text: &str) -> bool {
        self.in_words(text) || Unescaped::of(text).is_some_and(|read| self.in_words(read.text()))
    }

    fn in_words(&self, text: &str) -> bool {
        let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '?' | '\u{fffd}');
        let words = text.split(|c: char| !is_of_word(c)).map(fold_word).filter(|word| !word.is_empty());
        // What it may be where letters of it were lost.
        let meant = |word: String| expand_wildcards(&word).into_iter().filter(|own| self.words.contains(own.as_str()));
        let meant = words.enumerate().flat_map(|(at, word)| meant(word).map(move |own| (at, own)));
        let known: Vec<(usize, String)> = meant.collect();
        let is_name = |a: &str, b: &str| self.pairs.contains(&(a.to_owned(), b.to_owned()));
        known.iter().enumerate().any(|(place, (at, first))| {
            let near = known[place + 1..].iter().take_while(|(other, _)| other - at < NEAR);
            near.into_iter().any(|(_, second)| is_name(first, second) || is_name(second, first))
        })
    }
}

/// Accounts that name somebody protected and were not found otherwise, by their nodes, and how surely they are hers.
pub fn find(
    sources: &Sources<'_>,
    (graph, firsts): (&Graph, &[usize]),
    names: &Names<'_>,
    is_found: &(dyn Fn(usize) -> bool + Sync),
) -> BTreeMap<usize, Level> {
    let mut found = BTreeMap::new();
    for (system, first) in sources.systems.iter().zip(firsts) {
        let Ok((export, _)) = system.delivered() else { continue };
        let own = in_system(export, names, &|at| {
            let node = first + at;
            !is_found(node) && graph.may_be_anybodys(node)
        });
        let beside = own.iter().filter(|(_, level)| *level == Level::Perhaps).count();
        let hers = |(at, level): &(usize, Level)| {
            *level == Level::Hers || beside <= OWN_ACCOUNTS && !graph.is_named(first + at)
        };
        found.extend(own.iter().filter(|own| hers(own)).map(|(at, level)| (first + at, *level)));
    }
    found
}

/// The accounts of a system that name one of those, by their places.
fn in_system(export: &Export, names: &Names<'_>, is_asked: &(dyn Fn(usize) -> bool + Sync)) -> Vec<(usize, Level)> {
    let text = |sym: Sym| export.strings.text(sym);
    let roles: BTreeSet<Sym> =
        export.accounts.iter().flat_map(|account| export.strings.list(account.roles)).copied().collect();
    let roles: HashSet<Sym> = roles.into_par_iter().filter(|role| names.in_text(text(*role))).collect();
    let level = |(at, account): (usize, &Account)| {
        if !is_asked(at) {
            return None;
        }
        let own = [Some(account.name), account.user_name, account.upn, account.email].into_iter().flatten();
        let in_directory = export.strings.maybe(account.dn).and_then(name_in_directory);
        if own.into_iter().any(|sym| names.in_text(text(sym))) || in_directory.is_some_and(|own| names.in_text(&own)) {
            return Some((at, Level::Hers));
        }
        let in_role = export.strings.list(account.roles).iter().any(|role| roles.contains(role));
        let mut beside = account.owner.into_iter().chain(export.beside.mentions_of(AccountIx(place(at))));
        (in_role || beside.any(|sym| names.in_text(text(sym)))).then_some((at, Level::Perhaps))
    };
    export.accounts.par_iter().enumerate().filter_map(level).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A given name and a surname near each other are a name, in either order and with others between; one alone is none.
    #[test]
    fn names_are_found_in_texts() {
        let pairs = [("ana".to_owned(), "stenlund".to_owned())].into();
        let names = Names::new(&pairs);
        for (text, is_named) in [
            ("ANASTE Ana Stenlund", true),
            ("Stenlund, Ana (anaste)", true),
            ("Konto för Ana Maria Stenlund, vikarie", true),
            ("anaste_Ana_Stenlund", true),
            ("ana.stenlund@exempel.se", true),
            ("CN=Ana%20Stenl%75nd,OU=Norr", true),
            ("?n? Stenl\u{fffd}nd", true),
            ("Ana Berg", false),
            ("Ana Berg och Karl Eva Stenlund", false),
            ("Anastenlund", false),
        ] {
            assert_eq!(names.in_text(text), is_named, "{text}");
        }
    }
}
