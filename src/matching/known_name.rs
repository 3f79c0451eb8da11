//! A name that a person is known by: payroll's own, or one that another row or another system holds.
//!
//! People marry, and systems are slow to hear of it. The old name stands in the directory, or on an account that a
//! number links, and says whose the accounts are that carry it alone.

use super::bridge::SystemIx;
use super::handle::{NameForms, with_pairs};
use super::names::{Lexicon, ValueIx};
use crate::model::{NameTokens, Spelling, fold_word};

/// Words of a name as account names are made from them.
#[derive(Clone, Debug, Default)]
pub struct PlainName {
    /// Given names.
    pub given: Vec<String>,
    /// Surnames.
    pub surname: Vec<String>,
}

impl PlainName {
    fn with_pairs(self) -> Self {
        Self { given: with_pairs(self.given), surname: with_pairs(self.surname) }
    }
}

/// A name that a person is known by.
#[derive(Clone, Debug)]
pub struct KnownName {
    /// Given names.
    pub given: Vec<ValueIx>,
    /// Surnames.
    pub surname: Vec<ValueIx>,
    /// Which of several given names is used, where payroll tells; empty where it does not.
    pub called: Vec<ValueIx>,
    /// Whether the two are known apart.
    pub spelling: Spelling,
    /// As account names are made from it.
    pub plain: PlainName,
    /// Which system says it; `None` for payroll.
    pub source: Option<SystemIx>,
}

impl KnownName {
    /// Looks the words of a name up.
    pub fn new(tokens: &NameTokens, source: Option<SystemIx>, given: &Lexicon, surname: &Lexicon) -> Self {
        Self {
            given: places(&tokens.given, given),
            surname: places(&tokens.surname, surname),
            called: Vec::new(),
            spelling: tokens.spelling,
            plain: PlainName { given: tokens.given.clone(), surname: tokens.surname.clone() }.with_pairs(),
            source,
        }
    }

    /// The same name with what payroll shows of it: which of the given names is used, and how the words are spelt.
    pub fn shown_as(mut self, plain: PlainName, given: &Lexicon) -> Self {
        let places = plain.given.iter().filter_map(|word| given.find(&fold_word(word)));
        let called: Vec<ValueIx> = places.filter(|word| self.given.contains(word)).collect();
        if self.spelling == Spelling::Apart && called.len() < self.given.len() {
            self.called = called;
        }
        Self { plain: plain.with_pairs(), ..self }
    }

    /// Whether there is none.
    pub fn is_absent(&self) -> bool {
        self.plain.given.is_empty() && self.plain.surname.is_empty()
    }

    /// The name as account names are made from it.
    pub fn forms(&self) -> NameForms<'_> {
        NameForms { given: &self.plain.given, surname: &self.plain.surname }
    }
}

fn places(words: &[String], lexicon: &Lexicon) -> Vec<ValueIx> {
    let mut places: Vec<ValueIx> = words.iter().filter_map(|word| lexicon.find(word)).collect();
    places.sort_unstable();
    places.dedup();
    places
}
