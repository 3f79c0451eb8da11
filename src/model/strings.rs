//! Interned strings, so that two hundred thousand accounts stay small in memory.
//!
//! Departments, roles and domains repeat; an account keeps four bytes for each. Every system has a
//! pool of its own, filled in row order by one thread, so symbols never depend on how many threads
//! a run uses.

use foldhash::HashMap;

/// A string of one [`Strings`] pool. Order is the order of first appearance, nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sym(u32);

impl Sym {
    /// The place in its pool, for tables beside it.
    pub fn place(self) -> usize {
        self.0 as usize
    }
}

/// A pool of distinct strings.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    known: HashMap<Box<str>, Sym>,
    texts: Vec<Box<str>>,
}

impl Strings {
    /// The symbol of a text, new or known.
    pub fn intern(&mut self, text: &str) -> Sym {
        if let Some(&sym) = self.known.get(text) {
            return sym;
        }
        // A pool holds at most one string a cell, and the cell limit lies far below 2^32.
        let sym = Sym(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.push(text.into());
        self.known.insert(text.into(), sym);
        sym
    }

    /// The text of a symbol of this pool; empty for a symbol of another.
    pub fn text(&self, sym: Sym) -> &str {
        self.texts.get(sym.0 as usize).map_or("", |text| text)
    }

    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// The text of a symbol that may be absent.
    pub fn maybe(&self, sym: Option<Sym>) -> Option<&str> {
        sym.map(|sym| self.text(sym))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Equal texts share a symbol and unequal ones do not.
    #[test]
    fn a_text_is_kept_once() {
        let mut pool = Strings::default();
        let (a, b, again) = (pool.intern("Vård"), pool.intern("Skola"), pool.intern("Vård"));
        assert_eq!(a, again);
        assert_ne!(a, b);
        assert_eq!(pool.text(b), "Skola");
    }
}
