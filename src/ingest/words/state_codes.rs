//! Letters that Unit4 writes for how a resource or a user stands: N for normal, C for closed, T for terminated, P for parked.
//!
//! Elsewhere N says no and C may be anything, so they count only where the headers are Unit4's and the column holds both of
//! the first, and nothing but these.

use super::folded;

/// The letters that a column holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct StateCodes {
    normal: bool,
    closed: bool,
    others: bool,
}

impl StateCodes {
    /// Takes in a value.
    pub fn see(&mut self, text: &str) {
        match letter(text) {
            Some('n') => self.normal = true,
            Some('c') => self.closed = true,
            Some('p' | 't') => {}
            _ => self.others |= !super::is_nothing(text),
        }
    }

    /// Takes in those of other values.
    pub fn add(&mut self, others: Self) {
        self.normal |= others.normal;
        self.closed |= others.closed;
        self.others |= others.others;
    }

    /// Whether they can be nothing else.
    pub fn bear_each_other_out(self) -> bool {
        self.normal && self.closed && !self.others
    }
}

/// What a letter stands for. A parked one may come back, and nobody can tell when.
pub fn state_of_code(text: &str) -> Option<&'static str> {
    match letter(text)? {
        'n' => Some("aktiv"),
        'c' | 't' => Some("avslutad"),
        _ => None,
    }
}

fn letter(text: &str) -> Option<char> {
    folded(text, |word| {
        let mut letters = word.chars();
        letters.next().filter(|_| letters.next().is_none())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// N and C tell each other apart where nothing else stands beside them; one alone may be a no or anything.
    #[test]
    fn letters_need_each_other() {
        let bear = |column: &[&str]| {
            let mut codes = StateCodes::default();
            column.iter().for_each(|text| codes.see(text));
            codes.bear_each_other_out()
        };
        for column in [&["N", "C"][..], &["n", "C", "T", "P", ""]] {
            assert!(bear(column), "{column:?}");
        }
        for column in [&["N"][..], &["C"], &["N", "J"], &["N", "C", "A"], &["N", "C", "Avslutad"], &[]] {
            assert!(!bear(column), "{column:?}");
        }
        assert_eq!(["N", "c", "T", "P"].map(state_of_code), [Some("aktiv"), Some("avslutad"), Some("avslutad"), None]);
    }
}
