//! Texts that stand on many rows: looked at once, and held once.
//!
//! A system of a hundred thousand accounts names some hundred units and roles. The door looks at every text letter by
//! letter, and the rows of a system are in memory together while its workbook is written.

use super::Shown;
use foldhash::{HashMap, fast::FixedState};
use std::hash::BuildHasher;
use std::sync::{PoisonError, RwLock};

/// So that threads seldom wait for each other.
const PARTS: usize = 16;

/// Texts kept in a part; where there are more they do not stand on many rows.
const MOST: usize = 8_192;

/// What was let out, by what was asked for.
#[derive(Debug, Default)]
pub struct Often {
    parts: [RwLock<HashMap<Box<str>, Shown>>; PARTS],
}

impl Often {
    /// A text let out, by `look` where it was not before.
    pub fn get(&self, text: &str, look: impl FnOnce(&str) -> Shown) -> Shown {
        let part = &self.parts[Self::part(text)];
        // What another thread left half done is a whole entry or none.
        if let Some(known) = part.read().unwrap_or_else(PoisonError::into_inner).get(text) {
            return known.clone();
        }
        let shown = look(text);
        let mut known = part.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST {
            known.insert(text.into(), shown.clone());
        }
        shown
    }

    #[allow(clippy::cast_possible_truncation)] // The lowest digits choose a part.
    fn part(text: &str) -> usize {
        FixedState::default().hash_one(text) as usize % PARTS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text is looked at once, and its copies share what was let out; with more texts than are kept the answers are
    /// the same.
    #[test]
    fn a_text_is_looked_at_once() {
        let often = Often::default();
        let looks = std::cell::Cell::new(0_usize);
        let ask = |text: &str| {
            often.get(text, |text| {
                looks.set(looks.get() + 1);
                Shown::let_out(&format!("<{text}>"))
            })
        };
        assert_eq!([ask("Norr"), ask("Norr"), ask("Söder")].map(String::from), ["<Norr>", "<Norr>", "<Söder>"]);
        assert_eq!(looks.get(), 2);
        assert!(std::ptr::eq(ask("Norr").as_str(), ask("Norr").as_str()));

        for at in 0..2 * PARTS * MOST {
            assert_eq!(ask(&at.to_string()).as_str(), format!("<{at}>"));
        }
        let kept: usize = often.parts.iter().map(|part| part.read().unwrap().len()).sum();
        assert!(kept <= PARTS * MOST);
    }
}
