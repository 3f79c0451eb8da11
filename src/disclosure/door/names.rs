//! Names of protected persons as they stand in texts: a surname with a given name near it, as they are written, spelt
//! otherwise, or with letters lost.

use super::affixes::Longer;
use super::alike::{Alike, Meant, is_given};
use super::folded::{Folded, words};
use super::lost;
use crate::model::{is_same_word, surname_share};

/// A place in a text.
pub type Place = (usize, usize);

/// The names of everyone who is protected.
#[derive(Debug, Default)]
pub struct Names {
    alike: Alike,
    longer: Longer,
}

/// Letters from which a surname beside a given name, and that, is known again with an affix to it.
const SURNAME: usize = 6;
const GIVEN: usize = 4;

/// The bytes of what one letter folds to.
const LONGEST_LETTER: usize = 4;

/// How a surname is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    /// As it is, or with letters lost.
    Itself,
    /// In another spelling.
    Otherwise,
}

/// A folded text, and what was written.
#[derive(Clone, Copy)]
pub struct Read<'t> {
    /// The words.
    pub folded: &'t Folded,
    /// What they stand in.
    pub written: &'t str,
}

impl Read<'_> {
    fn word(&self, place: Place) -> &str {
        self.folded.text()[place.0..place.1].trim_matches(char::is_numeric)
    }

    /// Every word, without the digits about it.
    fn words(&self) -> impl Iterator<Item = Place> {
        self.folded.words().map(|(from, to)| {
            let word = &self.folded.text()[from..to];
            let from = to - word.trim_start_matches(char::is_numeric).len();
            (from, from + self.word((from, to)).len())
        })
    }

    fn place(&self, place: Place) -> Place {
        self.folded.place(place.0, place.1, self.written)
    }

    /// Whether something parts two places.
    fn is_parted(&self, first: Place, second: Place) -> bool {
        let between = self.written.get(self.place(first).1..self.place(second).0);
        between.is_some_and(|between| between.contains([',', ';', '|', '\n']))
    }
}

impl Names {
    /// Those that are known by `alike`; `longer` are words of others that go on from theirs.
    pub fn new(alike: Alike, longer: Longer) -> Self {
        Self { alike, longer }
    }

    /// Whether a part of a word is hers, and the rest an affix.
    pub fn leave(&self, word: &str, own: &std::ops::Range<usize>) -> bool {
        self.longer.leave(word, own)
    }

    /// Whether a surname of some letters is known with an affix to it.
    pub fn can_have_affix(letters: usize) -> bool {
        letters >= SURNAME
    }

    /// Which values are a half of a name whose other half is among them, in whatever order they are.
    pub fn halves(&self, list: &[&str]) -> Vec<bool> {
        let mut halves = vec![false; list.len()];
        let own: Vec<String> = list.iter().map(|text| words(text)).collect();
        for (at, surname) in own.iter().enumerate() {
            let Some(place) = self.alike.place(surname) else { continue };
            let (_, given) = self.alike.at(place);
            let is_given = |other: &String| given.iter().any(|name| name == other);
            for (other, _) in own.iter().enumerate().filter(|(other, word)| *other != at && is_given(word)) {
                halves[at] = true;
                halves[other] = true;
            }
        }
        halves
    }

    /// The name that a surname stands in, by its place among them, where a given name borne with it is near: beside it or
    /// with another word between them, and with more where nothing else parts them. An initial counts beside it, and so
    /// does what is only like the given name.
    pub fn about(&self, read: Read<'_>, surname: Place, at: usize) -> Option<Place> {
        self.about_written(read, surname, (at, Written::Itself))
    }

    fn about_written(&self, read: Read<'_>, surname: Place, own: (usize, Written)) -> Option<Place> {
        let near = |(between, word): (usize, Place)| {
            let (first, second) = (word.min(surname), word.max(surname));
            let is_whole = between < 2 || !read.is_parted(first, second);
            let fits = is_whole && self.is_given(read, (word, surname), own, between == 0);
            fits.then(|| (read.place(first).0, read.place(second).1))
        };
        let before = read.folded.words_before(surname.0).enumerate().filter_map(near);
        let behind = read.folded.words_behind(surname.1).enumerate().filter_map(near);
        before.chain(behind).reduce(|(a, b), (from, to)| (a.min(from), b.max(to)))
    }

    /// Whether a word near a surname is a given name borne with it.
    fn is_given(
        &self,
        read: Read<'_>,
        (word, surname): (Place, Place),
        (at, written): (usize, Written),
        is_beside: bool,
    ) -> bool {
        let (_, given) = self.alike.at(at);
        let (own, surname) = (read.word(word), read.word(surname));
        let is = |name: &String| {
            let is_own = own.strip_prefix(name).is_some_and(|rest| matches!(rest, "" | "s"));
            is_own || self.is_affixed(own, name) || lost::fits(own, name)
        };
        let is_written = given.iter().any(is);
        if is_written && written == Written::Itself {
            return true;
        }
        let is_like = is_written || is_beside && given.iter().any(|name| is_given(own, name));
        let is_letter = || own.len() <= LONGEST_LETTER && read.folded.is_one_letter((word.0, word.0 + own.len()));
        // Many names begin with a letter, and many people bear one that is common.
        let is_told = || written == Written::Itself || surname_share(surname).is_none();
        let is_initial = || is_beside && !own.is_empty() && is_letter() && is_told();
        is_like && !self.alike.is_theirs(own, surname) || is_initial() && given.iter().any(|name| name.starts_with(own))
    }

    /// Whether a word is a given name with an affix to it.
    fn is_affixed(&self, word: &str, name: &str) -> bool {
        let found = word.find(name).filter(|_| name.len() >= GIVEN && name.len() < word.len());
        found.is_some_and(|from| self.longer.leave(word, &(from..from + name.len())))
    }

    /// Names that are hers but for how they are spelt, or for a slip in the surname.
    pub fn spelt_otherwise(&self, read: Read<'_>, found: &mut Vec<Place>) {
        let words: Vec<Place> = read.words().collect();
        if words.len() < 2 {
            return;
        }
        for (at, word) in words.iter().enumerate() {
            let own = read.word(*word);
            let Some(Meant { surname, given }) = self.alike.meant(own) else { continue };
            let otherwise = surname.iter().filter(|place| self.alike.at(**place).0 != own);
            found.extend(otherwise.filter_map(|at| self.about_written(read, *word, (*at, Written::Otherwise))));
            let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|beside| words.get(beside));
            for other in beside {
                let is = |place: &usize| self.has_slip((own, read.word(*other)), *place);
                if given.iter().any(is) {
                    found.push((read.place(*word.min(other)).0, read.place(*word.max(other)).1));
                }
            }
        }
    }

    fn has_slip(&self, (given, surname): (&str, &str), at: usize) -> bool {
        let (hers, _) = self.alike.at(at);
        surname != hers && is_same_word(surname, hers) && !self.alike.is_theirs(given, surname)
    }

    /// Names whose surname has lost letters.
    pub fn with_lost(&self, read: Read<'_>, found: &mut Vec<Place>) {
        for word in read.words().filter(|word| read.word(*word).contains(lost::LOST)) {
            let surnames =
                self.alike.surnames().enumerate().filter(|(_, surname)| lost::fits(read.word(word), surname));
            found.extend(surnames.filter_map(|(at, _)| self.about(read, word, at)));
        }
    }
}
