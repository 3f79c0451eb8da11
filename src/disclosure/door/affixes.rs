//! What is set before or behind a name in one word with it, as accounts are called: `admtindraqvarnholm`, `tqvarnholmsvc`.
//!
//! Letters that go on may as well make somebody else's name of hers, Lindgren of Lind. So it is hers only where what goes
//! on is an affix, and no part of the word is a name that others bear.

use super::folded::words;
use crate::matching::Word;
use crate::model::{NameTokens, surname_share};
use foldhash::{HashSet, HashSetExt};
use std::ops::Range;

/// Letters that are an affix whatever they are.
const SHORT: usize = 3;

/// Words of others that go on from one of hers.
#[derive(Debug, Default)]
pub struct Longer {
    hers: HashSet<String>,
    words: HashSet<String>,
}

impl Longer {
    /// None yet. `hers` are the words of the names that are looked for.
    pub fn than<'n>(hers: impl Iterator<Item = &'n String>) -> Self {
        Self { hers: hers.cloned().collect(), words: HashSet::new() }
    }

    /// Takes in what somebody else is called.
    pub fn see(&mut self, name: &NameTokens) {
        for word in name.given.iter().chain(&name.surname) {
            let word = words(word);
            let goes_on = |at: usize| self.hers.contains(&word[..at]) || self.hers.contains(&word[at..]);
            if word.char_indices().skip(1).any(|(at, _)| goes_on(at)) {
                self.words.insert(word);
            }
        }
    }

    /// Adds what others have seen of the same names.
    pub fn extend(&mut self, other: Self) {
        self.hers.extend(other.hers);
        self.words.extend(other.words);
    }

    /// Whether a part of a word is hers, and the rest an affix.
    pub fn leave(&self, word: &str, own: &Range<usize>) -> bool {
        let (before, behind) = (&word[..own.start], &word[own.end..]);
        let ends = word.char_indices().map(|(at, _)| at).chain([word.len()]);
        let (mut begun, mut left) = (false, false);
        for at in ends {
            begun |= !before.is_empty() && own.start < at && at <= own.end && self.is_name(&word[..at]);
            left |= !behind.is_empty() && own.start <= at && at < own.end && self.is_name(&word[at..]);
        }
        is_affix(before) && is_affix(behind) && !begun && !left
    }

    /// Whether people are called by a word.
    fn is_name(&self, word: &str) -> bool {
        Word::of(word) == Word::Name || surname_share(word).is_some() || self.words.contains(word)
    }
}

/// Whether letters can be set to a name: so few that they are none, or a word of things and kinds of accounts.
fn is_affix(letters: &str) -> bool {
    letters.chars().count() <= SHORT || matches!(Word::of(letters), Word::Thing(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(longer: &Longer, word: &str, own: &str) -> bool {
        let from = word.find(own).unwrap();
        longer.leave(word, &(from..from + own.len()))
    }

    /// An affix leaves the name hers, before it, behind it and on both sides; letters that make another's name do not.
    #[test]
    fn affixes_are_told_from_longer_names() {
        let mut longer = Longer::than(["anna", "lind", "tindra", "qvarnholm"].map(str::to_owned).iter());
        longer.see(&NameTokens::apart("Kianna", "", "Lindehög"));
        for word in ["admtindraqvarnholm", "svctindraqvarnholm", "tindraqvarnholmadm", "xtindraqvarnholmadmin"] {
            assert!(leaves(&longer, word, "tindraqvarnholm"), "{word}");
        }
        for word in ["annalindgren", "johannalind", "annalindsson", "kiannalind", "annalindehog"] {
            assert!(!leaves(&longer, word, "annalind"), "{word}");
        }
        assert!(!leaves(&longer, "tindraqvarnholmska", "qvarnholm"), "what is no affix is another word");
    }
}
