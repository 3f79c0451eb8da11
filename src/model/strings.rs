//! Interned strings, so that two hundred thousand accounts stay small in memory.
//!
//! Departments, roles and domains repeat; an account keeps four bytes for each. Every system has a
//! pool of its own, filled in row order by one thread, so symbols never depend on how many threads
//! a run uses. While files are read an [`Interner`] knows every text it has; what stays of it is the
//! [`Strings`] alone, each text once and no table to find it by.

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::num::NonZeroU32;

/// A string of one [`Strings`] pool. Order is the order of first appearance, nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sym(NonZeroU32);

impl Sym {
    fn at(place: usize) -> Self {
        // A pool holds at most one string a cell, and the cell limit lies far below 2^32.
        Self(u32::try_from(place + 1).ok().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MAX))
    }

    /// The place in its pool, for tables beside it.
    pub fn place(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// Several strings of one pool in their order, each once: the roles that many accounts share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SymList(u32);

impl SymList {
    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A pool of strings.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    blocks: Vec<Block>,
    /// Texts too long for a block, by their places.
    long: BTreeMap<usize, Box<str>>,
    lists: Lists,
}

/// Texts one behind another, so that a text costs its letters and where it ends. A pool grows by blocks and is never
/// copied.
#[derive(Clone, Debug, Default)]
struct Block {
    letters: String,
    ends: Vec<u32>,
}

impl Block {
    /// Texts of a block.
    const TEXTS: usize = 4096;

    /// The longest text of one: the letters of a block then have room below 2^32.
    const LONGEST: usize = u16::MAX as usize;

    fn text(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).map(|end| *end as usize));
        let ends = start.zip(self.ends.get(at));
        ends.and_then(|(start, end)| self.letters.get(start..*end as usize)).unwrap_or("")
    }

    fn push(&mut self, text: &str) {
        self.letters.push_str(text);
        self.ends.push(u32::try_from(self.letters.len()).unwrap_or(u32::MAX));
    }

    fn shrink(&mut self) {
        self.letters.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// Lists one behind another.
#[derive(Clone, Debug, Default)]
struct Lists {
    syms: Vec<Sym>,
    ends: Vec<u32>,
}

impl Lists {
    fn get(&self, list: SymList) -> &[Sym] {
        let Some(at) = (list.0 as usize).checked_sub(1) else { return &[] };
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).map(|end| *end as usize));
        let ends = start.zip(self.ends.get(at));
        ends.and_then(|(start, end)| self.syms.get(start..*end as usize)).unwrap_or(&[])
    }

    /// A new list; the places of all their strings lie below 2^32, as the cells do that they come from.
    fn push(&mut self, syms: &[Sym]) -> SymList {
        self.syms.extend_from_slice(syms);
        self.ends.push(u32::try_from(self.syms.len()).unwrap_or(u32::MAX));
        SymList(u32::try_from(self.ends.len()).unwrap_or(0))
    }
}

impl Strings {
    /// A string more, without looking whether it is there: it has a symbol of its own.
    pub fn add(&mut self, text: &str) -> Sym {
        let place = self.len();
        if place.is_multiple_of(Block::TEXTS) {
            self.blocks.last_mut().into_iter().for_each(Block::shrink);
            self.blocks.push(Block::default());
        }
        let is_long = text.len() > Block::LONGEST;
        if is_long {
            self.long.insert(place, text.into());
        }
        self.blocks.last_mut().into_iter().for_each(|block| block.push(if is_long { "" } else { text }));
        Sym::at(place)
    }

    /// The text of a symbol of this pool; empty for a symbol of another.
    pub fn text(&self, sym: Sym) -> &str {
        let place = sym.place();
        let text = self.blocks.get(place / Block::TEXTS).map_or("", |block| block.text(place % Block::TEXTS));
        if text.is_empty() { self.long.get(&place).map_or("", |text| text) } else { text }
    }

    /// How many strings there are.
    pub fn len(&self) -> usize {
        let full = self.blocks.len().saturating_sub(1) * Block::TEXTS;
        full + self.blocks.last().map_or(0, |block| block.ends.len())
    }

    /// The text of a symbol that may be absent.
    pub fn maybe(&self, sym: Option<Sym>) -> Option<&str> {
        sym.map(|sym| self.text(sym))
    }

    /// The symbols of a list.
    pub fn list(&self, list: SymList) -> &[Sym] {
        self.lists.get(list)
    }

    /// The texts of a list.
    pub fn texts(&self, list: SymList) -> impl ExactSizeIterator<Item = &str> + use<'_> {
        self.list(list).iter().map(|sym| self.text(*sym))
    }
}

/// A pool of distinct strings while it is filled.
#[derive(Debug, Default)]
pub struct Interner {
    strings: Strings,
    known: HashTable<Sym>,
    lists: HashTable<SymList>,
    hasher: RandomState,
}

impl Interner {
    /// The symbol of a text, new or known.
    pub fn intern(&mut self, text: &str) -> Sym {
        let hash = self.hasher.hash_one(text);
        if let Some(sym) = self.known.find(hash, |sym| self.strings.text(*sym) == text) {
            return *sym;
        }
        let sym = self.strings.add(text);
        let (strings, hasher) = (&self.strings, &self.hasher);
        self.known.insert_unique(hash, sym, |sym| hasher.hash_one(strings.text(*sym)));
        sym
    }

    /// The list of some symbols, new or known.
    pub fn list(&mut self, syms: &[Sym]) -> SymList {
        if syms.is_empty() {
            return SymList::default();
        }
        let hash = self.hasher.hash_one(syms);
        if let Some(list) = self.lists.find(hash, |list| self.strings.list(*list) == syms) {
            return *list;
        }
        let list = self.strings.lists.push(syms);
        let (strings, hasher) = (&self.strings, &self.hasher);
        self.lists.insert_unique(hash, list, |list| hasher.hash_one(strings.list(*list)));
        list
    }

    /// What it holds so far.
    pub fn strings(&self) -> &Strings {
        &self.strings
    }

    /// The strings alone, to be kept.
    pub fn freeze(mut self) -> Strings {
        self.strings.blocks.iter_mut().for_each(Block::shrink);
        self.strings.lists.syms.shrink_to_fit();
        self.strings.lists.ends.shrink_to_fit();
        self.strings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Equal texts share a symbol and unequal ones do not.
    #[test]
    fn a_text_is_kept_once() {
        let mut pool = Interner::default();
        let (a, b, again) = (pool.intern("Vård"), pool.intern("Skola"), pool.intern("Vård"));
        assert_eq!(a, again);
        assert_ne!(a, b);
        assert_eq!(pool.strings().text(b), "Skola");
        assert_eq!(size_of::<Option<Sym>>(), 4);
    }

    /// Texts come back whole from every block, blank and long ones too, and more can be added to a frozen pool.
    #[test]
    fn texts_come_back_from_every_block() {
        let mut pool = Interner::default();
        let long = "å".repeat(Block::LONGEST);
        let texts: Vec<String> = (0..3 * Block::TEXTS).map(|n| n.to_string()).chain([String::new(), long]).collect();
        let syms: Vec<Sym> = texts.iter().map(|text| pool.intern(text)).collect();
        let again: Vec<Sym> = texts.iter().map(|text| pool.intern(text)).collect();
        assert_eq!(syms, again);
        let mut strings = pool.freeze();
        let more = strings.add("7");
        assert!(syms.iter().zip(&texts).all(|(sym, text)| strings.text(*sym) == text));
        assert_eq!((strings.text(more), strings.len(), more.place()), ("7", texts.len() + 1, texts.len()));
    }

    /// Equal lists are one, in their order; the empty one needs no pool.
    #[test]
    fn a_list_is_kept_once() {
        let mut pool = Interner::default();
        let [a, b] = ["Läsa", "Skriva"].map(|text| pool.intern(text));
        let (both, turned, one) = (pool.list(&[a, b]), pool.list(&[b, a]), pool.list(&[a]));
        assert_eq!(pool.list(&[a, b]), both);
        assert_ne!(both, turned);
        let strings = pool.freeze();
        assert_eq!(strings.texts(turned).collect::<Vec<_>>(), ["Skriva", "Läsa"]);
        assert_eq!(strings.list(one), [a]);
        assert_eq!(strings.list(SymList::default()), []);
    }
}
