//! Who was protected in earlier runs: kept by keys that tell nobody who it was, so that a mark whose row is gone hides all
//! the same.
//!
//! A key is kept as a code made with the key of names. The codes are filled up to a round number, or the number of them
//! would tell how many are protected.

use super::keys::{Key, Tie};
use crate::model::{NameKey, Named};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Letters of a code: a hundred bits.
const LETTERS: usize = 20;

/// Codes that are kept at the least.
const FEWEST: usize = 64;

/// Where the mark stood that a key is protected by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// In payroll alone: payroll can take it back.
    Payroll,
    /// In a register or an export too, which may not be there any more.
    Elsewhere,
}

impl Origin {
    const ALL: [Self; 2] = [Self::Payroll, Self::Elsewhere];
}

/// What the runs before knew.
#[derive(Debug)]
pub struct Remembered<'m> {
    names: &'m NameKey,
    codes: BTreeSet<&'m str>,
}

impl<'m> Remembered<'m> {
    /// The codes that were kept, read by the key they were made with.
    pub fn new(kept: &'m [String], names: &'m NameKey) -> Self {
        let filling: BTreeSet<String> = filling(kept.len(), names).collect();
        let codes = kept.iter().filter(|code| !filling.contains(*code)).map(String::as_str).collect();
        Self { names, codes }
    }

    /// Whether nobody was protected.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Those of some keys that are remembered, each once.
    pub fn among(&self, keys: impl ParallelIterator<Item = Key>) -> BTreeMap<Key, Origin> {
        if self.is_empty() {
            return BTreeMap::new();
        }
        let known = |key: Key| {
            let mut origins = Origin::ALL.into_iter();
            let origin = origins.find(|origin| self.codes.contains(self.code(key, *origin).as_str()))?;
            Some((key, origin))
        };
        keys.filter_map(known).collect()
    }

    /// What the next run is to know: those of earlier runs that nothing has taken back, and those of this one.
    pub fn kept(&self, taken_back: &BTreeSet<Key>, now: &BTreeMap<Key, Origin>) -> Vec<String> {
        let gone: BTreeSet<String> = taken_back.iter().map(|key| self.code(*key, Origin::Payroll)).collect();
        let before = self.codes.iter().map(|code| (*code).to_owned()).filter(|code| !gone.contains(code));
        let now = now.iter().map(|(key, origin)| self.code(*key, *origin));
        let mut kept: BTreeSet<String> = before.chain(now).collect();
        let round = kept.len().max(FEWEST).next_power_of_two();
        kept.extend(filling(round - kept.len(), self.names));
        kept.into_iter().collect()
    }

    fn code(&self, key: Key, origin: Origin) -> String {
        self.names.name(Named::Protected, &format!("{origin:?} {key:?}"), LETTERS)
    }
}

/// Codes of nobody.
fn filling(number: usize, names: &NameKey) -> impl Iterator<Item = String> {
    (0..number).map(|at| names.name(Named::Protected, &format!("nobody {at}"), LETTERS))
}

/// Whether a remembered key leads on from what bears it: an account's name is handed on to others.
pub fn leads_on(key: Key) -> bool {
    key.tie() != Tie::Account
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> NameKey {
        NameKey::of_content(["lön".to_owned()].into_iter())
    }

    fn found(kept: &[String], names: &NameKey, keys: &[Key]) -> BTreeMap<Key, Origin> {
        Remembered::new(kept, names).among(keys.par_iter().copied())
    }

    /// What was kept is found again by its key and with where it stood, in run after run, until payroll takes it back.
    #[test]
    fn what_was_kept_is_found_again() {
        let names = names();
        let keys = [0, 1 << 40, 1 << 50].map(|hash| Key::new(Tie::Identifier, hash));
        let own: BTreeMap<Key, Origin> = [(keys[0], Origin::Payroll), (keys[1], Origin::Elsewhere)].into();
        let first = Remembered::new(&[], &names).kept(&BTreeSet::new(), &own);
        assert_eq!(found(&first, &names, &keys), own);
        let second = Remembered::new(&first, &names).kept(&BTreeSet::new(), &BTreeMap::new());
        assert_eq!(second, first);
        let third = Remembered::new(&second, &names).kept(&[keys[0], keys[1]].into(), &BTreeMap::new());
        assert_eq!(found(&third, &names, &keys), [(keys[1], Origin::Elsewhere)].into());
        let other = NameKey::of_content(["annan".to_owned()].into_iter());
        assert!(found(&first, &other, &keys).is_empty());
    }

    /// However many are protected, the number of codes is round, and none looks like another kind.
    #[test]
    fn the_number_of_codes_does_not_tell() {
        let names = names();
        let kept = |many: u64| {
            let own = (0..many).map(|at| (Key::new(Tie::Number, at << 20), Origin::Payroll)).collect();
            Remembered::new(&[], &names).kept(&BTreeSet::new(), &own)
        };
        assert_eq!([0, 1, 64, 65, 200].map(|many| kept(many).len()), [64, 64, 64, 128, 256]);
        assert!(kept(3).iter().all(|code| code.len() == LETTERS));
    }
}
