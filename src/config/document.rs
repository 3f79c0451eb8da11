//! The text of a configuration file with every problem found in it, so that it is corrected in one go.
//!
//! A mistake in the syntax makes the parser guess at what follows. What is then missing or unknown may be the
//! guess's fault, so it is not told beside the mistake; what is wrong with a value on another line is.

use super::contract::Contract;
use crate::error::{Error, ErrorKind, Place};
use crate::model::Message;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What a problem rests on, and so whether it still holds where the syntax is torn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nature {
    /// The line is no TOML.
    Syntax,
    /// A value that is there is wrong.
    Value,
    /// Something is not there.
    Lack,
}

struct Problem {
    offset: usize,
    nature: Nature,
    says: Message,
    way_out: Option<Message>,
}

/// Where a stray key may be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// In the tables that this one stands in: elsewhere the same word means something else.
    Enclosing,
    /// In every table.
    Anywhere,
}

/// A key that nobody asked for. Where it belongs is known once every table is read.
pub struct Stray {
    /// The key as written.
    pub key: String,
    /// Where it stands.
    pub offset: usize,
    /// The table it stands in, as its heading is written.
    pub table: String,
    /// Where it may be looked for.
    pub reach: Reach,
    /// What is said where no other table knows the key.
    pub says: Message,
    /// The nearest known key.
    pub way_out: Option<Message>,
}

/// The keys that were asked for, by the heading of their table.
pub type AskedKeys = BTreeMap<String, BTreeSet<&'static str>>;

/// The text of a configuration file and the problems found in it so far.
pub struct Document<'a> {
    file: &'a str,
    text: &'a str,
    problems: RefCell<Vec<Problem>>,
    strays: RefCell<Vec<Stray>>,
    asked: RefCell<AskedKeys>,
    torn: Cell<bool>,
}

impl<'a> Document<'a> {
    /// A document without problems yet.
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self {
            file,
            text,
            problems: RefCell::default(),
            strays: RefCell::default(),
            asked: RefCell::default(),
            torn: Cell::new(false),
        }
    }

    /// Its text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Remembers a mistake in the syntax.
    pub fn mistake(&self, offset: usize, says: Message, way_out: Option<Message>) {
        self.torn.set(true);
        self.add(offset, Nature::Syntax, says, way_out);
    }

    /// Remembers a problem with a value at a byte offset.
    pub fn problem(&self, offset: usize, says: Message, way_out: Option<Message>) {
        self.add(offset, Nature::Value, says, way_out);
    }

    /// Remembers that something is missing in what begins at a byte offset.
    pub fn lack(&self, offset: usize, says: Message) {
        self.add(offset, Nature::Lack, says, None);
    }

    /// Remembers a key that nobody asked for.
    pub fn stray(&self, stray: Stray) {
        self.strays.borrow_mut().push(stray);
    }

    /// Remembers which keys a table may have.
    pub fn asked(&self, table: &str, keys: &[&'static str]) {
        self.asked.borrow_mut().entry(table.to_owned()).or_default().extend(keys);
    }

    /// The keys of every table that was read.
    pub fn into_asked(self) -> AskedKeys {
        self.asked.into_inner()
    }

    fn add(&self, offset: usize, nature: Nature, says: Message, way_out: Option<Message>) {
        self.problems.borrow_mut().push(Problem { offset, nature, says, way_out });
    }

    /// The line an offset stands on, from 1.
    pub fn line_number(&self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|&b| b == b'\n').count()
    }

    /// What stands at a place, cut to what fits into a sentence.
    pub fn excerpt(&self, span: Range<usize>) -> String {
        const MOST: usize = 40;
        let text = self.text.get(span).unwrap_or("").lines().next().unwrap_or("").trim();
        match text.char_indices().nth(MOST) {
            Some((at, _)) => format!("{}…", &text[..at]),
            None => text.to_owned(),
        }
    }

    /// Every problem, in the order of the file; strays with the place they belong to.
    pub fn into_problems(self, contract: impl FnOnce() -> Contract) -> Vec<Error> {
        let strays = self.strays.take();
        if !strays.is_empty() && !self.torn.get() {
            let contract = contract();
            for stray in strays {
                let (says, way_out) = contract.settle(&stray).unwrap_or((stray.says, stray.way_out));
                self.add(stray.offset, Nature::Lack, says, way_out);
            }
        }
        let mut problems = self.problems.take();
        problems.sort_by_key(|problem| problem.offset);
        let torn: BTreeSet<usize> = problems
            .iter()
            .filter(|problem| problem.nature == Nature::Syntax)
            .map(|problem| self.line_number(problem.offset))
            .collect();
        let holds = |problem: &Problem| match problem.nature {
            Nature::Syntax => true,
            Nature::Value => !torn.contains(&self.line_number(problem.offset)),
            Nature::Lack => torn.is_empty(),
        };
        problems.into_iter().filter(holds).map(|problem| self.as_error(problem)).collect()
    }

    fn as_error(&self, problem: Problem) -> Error {
        let place = Place::line(self.file, self.line_number(problem.offset));
        let mut error = Error::new(ErrorKind::Configuration, place, problem.says);
        error.way_out = problem.way_out.map(Box::new);
        error
    }
}
