//! Where reading stands in a text: what is taken is gone, what is left is still to be understood.

/// A place in a text.
#[derive(Clone, Debug)]
pub struct Cursor<'t> {
    rest: &'t str,
}

/// White space of every width that programs put between the parts of a date.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}')
}

impl<'t> Cursor<'t> {
    /// At the beginning of a text.
    pub fn new(text: &'t str) -> Self {
        Self { rest: text }
    }

    /// What is left.
    pub fn rest(&self) -> &'t str {
        self.rest
    }

    /// Whether nothing is left.
    pub fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// Whether a digit comes next.
    pub fn is_at_digit(&self) -> bool {
        self.rest.starts_with(|c: char| c.is_ascii_digit())
    }

    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(|c| !fits(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// Takes digits: how many, and the number they write. `None` where there are none, or more than nineteen.
    pub fn digits(&mut self) -> Option<(usize, u64)> {
        let taken = self.take_while(|c| c.is_ascii_digit());
        if taken.len() > 19 { None } else { Some((taken.len(), taken.parse().ok()?)) }
    }

    /// Takes letters; empty where there are none.
    pub fn word(&mut self) -> &'t str {
        self.take_while(char::is_alphabetic)
    }

    /// Takes letters with points among them, as in a.m.
    pub fn word_with_points(&mut self) -> &'t str {
        self.take_while(|c| c.is_alphabetic() || c == '.')
    }

    /// Skips white space, and what else is named.
    pub fn skip_blanks(&mut self, others: &str) {
        self.take_while(|c| is_blank(c) || others.contains(c));
    }

    /// Takes one of the marks, if it comes next.
    pub fn take_mark(&mut self, marks: &[char]) -> bool {
        match self.rest.strip_prefix(marks) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Takes one of the marks where a digit follows it.
    pub fn take_mark_before_digit(&mut self, marks: &[char]) -> bool {
        let before = self.clone();
        let taken = self.take_mark(marks) && self.is_at_digit();
        if !taken {
            *self = before;
        }
        taken
    }

    /// Skips the words that fit, with points, commas and white space behind them.
    pub fn skip_words_that(&mut self, fits: impl Fn(&str) -> bool) {
        loop {
            let before = self.clone();
            if !fits(self.word()) {
                *self = before;
                return;
            }
            self.skip_blanks(".,");
        }
    }

    /// Skips some words, whatever their case.
    pub fn skip_words(&mut self, words: &[&str]) {
        self.skip_words_that(|word| words.iter().any(|own| own.eq_ignore_ascii_case(word)));
    }
}
