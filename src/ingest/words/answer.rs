//! Letters and digits that answer: what they say they say of each other, and none of them alone.
//!
//! `N` is no beside `J`, and may be "normal" where every row has it; `0` is no beside `1`, and "not locked" where the
//! other rows have 64. A whole word such as "Inaktiv" says what it says on any number of rows. A blank says no where the
//! column is ticked on the others, and nothing where it has an answer for no.

use super::{flag, folded, is_nothing};
use crate::model::Reading;

/// Answers that belong together: one says yes and the other no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pair {
    /// J and N, Ja and Nej.
    YesNo,
    /// 1 and 0.
    OneNought,
    /// S and F, Sant and Falskt.
    TrueFalse,
    /// A and I.
    ActiveInactive,
    /// On and off, a tick and none.
    Mark,
}

impl Pair {
    const ALL: [Self; 5] = [Self::YesNo, Self::OneNought, Self::TrueFalse, Self::ActiveInactive, Self::Mark];

    /// Those that people tick off, and so leave blank where the answer is the other. A program that writes True writes
    /// False as well.
    const TICKED: [Self; 3] = [Self::YesNo, Self::OneNought, Self::Mark];

    fn bit(self) -> u8 {
        Self::ALL.iter().position(|own| *own == self).map_or(0, |at| 1 << at)
    }
}

/// The answers that a column has been seen to give.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answers {
    /// Pairs of which the yes was seen.
    yes: u8,
    /// Pairs of which the no was seen.
    no: u8,
    /// Whether something else was seen.
    others: bool,
    /// Whether a letter was seen that may be a code as well as an answer: any but an x.
    letters: bool,
}

impl Answers {
    /// Takes in a value.
    pub fn see(&mut self, text: &str) {
        self.letters |= may_be_a_code(text);
        match answer(text) {
            Some((pair, true)) => self.yes |= pair.bit(),
            Some((pair, false)) => self.no |= pair.bit(),
            None => self.others |= !is_nothing(text),
        }
    }

    /// Takes in those of other values.
    pub fn add(&mut self, others: Self) {
        self.yes |= others.yes;
        self.no |= others.no;
        self.others |= others.others;
        self.letters |= others.letters;
    }

    /// Whether the column is ticked off, so that what its yes means stands in its header: a matrix has a column for each
    /// role.
    pub fn are_ticks(self) -> bool {
        self.are_marks_or_numbers() && !self.letters
    }

    /// Whether every answer is a yes.
    pub fn only_say_yes(self) -> bool {
        self.yes != 0 && self.no == 0 && !self.others
    }

    /// Whether every answer is true or false, and nothing else.
    pub fn are_truths(self) -> bool {
        !self.others && (self.yes | self.no) == Pair::TrueFalse.bit()
    }

    /// Whether no is said as opposed to yes, and not as opposed to true.
    pub fn say_no_in_words(self) -> bool {
        self.no & Pair::YesNo.bit() != 0
    }

    /// Whether every answer is a no.
    pub fn only_say_no(self) -> bool {
        self.no != 0 && self.yes == 0 && !self.others
    }

    /// Whether they are ticks or yes and no, and nothing else.
    pub fn are_marks(self) -> bool {
        self.are_of(&[Pair::YesNo, Pair::Mark])
    }

    /// The same where numbers and truths count too.
    pub fn are_marks_or_numbers(self) -> bool {
        self.are_of(&[Pair::YesNo, Pair::Mark, Pair::OneNought, Pair::TrueFalse])
    }

    fn are_of(self, pairs: &[Pair]) -> bool {
        let own = pairs.iter().fold(0, |all, pair| all | pair.bit());
        self.yes != 0 && !self.others && (self.yes | self.no) & !own == 0
    }

    /// What a blank says: the other answer, where the column is one of ticks and has only one.
    pub fn of_a_blank(self) -> Option<bool> {
        let ticked = Pair::TICKED.iter().fold(0, |all, pair| all | pair.bit());
        if self.others || (self.yes | self.no) & !ticked != 0 {
            return None;
        }
        match (self.yes, self.no) {
            (0, 0) => None,
            (_, 0) => Some(false),
            (0, _) => Some(true),
            _ => None,
        }
    }

    /// Whether a word says what it says by itself, or beside what else the column holds.
    pub fn bear_out(self, text: &str) -> bool {
        match answer(text) {
            Some((pair, false)) => self.yes & pair.bit() != 0,
            Some((_, true)) | None => true,
        }
    }
}

fn may_be_a_code(text: &str) -> bool {
    let mut letters = text.trim().chars();
    let first = letters.next().filter(|c| c.is_alphabetic() && !matches!(c, 'x' | 'X'));
    first.is_some() && letters.next().is_none()
}

/// Which pair a bare answer is of, and whether it is its yes.
fn answer(text: &str) -> Option<(Pair, bool)> {
    let text = text.trim();
    let letter = folded(text, |word| match word {
        "j" | "ja" | "y" | "yes" => Some((Pair::YesNo, true)),
        "n" | "nej" | "no" => Some((Pair::YesNo, false)),
        "t" | "true" | "s" | "sant" | "sann" => Some((Pair::TrueFalse, true)),
        "f" | "false" | "falskt" | "falsk" => Some((Pair::TrueFalse, false)),
        "a" => Some((Pair::ActiveInactive, true)),
        "i" => Some((Pair::ActiveInactive, false)),
        _ => None,
    });
    let number = || text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    letter.or_else(|| {
        let pair = if number() { Pair::OneNought } else { Pair::Mark };
        match flag(text) {
            Reading::Known(yes) => Some((pair, yes)),
            Reading::Absent | Reading::NotUnderstood => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers_of(column: &[&str]) -> Answers {
        let mut answers = Answers::default();
        column.iter().for_each(|text| answers.see(text));
        answers
    }

    fn bears_out(column: &[&str], word: &str) -> bool {
        answers_of(column).bear_out(word)
    }

    /// A letter that says no is borne out by the one that says yes, and by no other.
    #[test]
    fn a_no_needs_its_yes() {
        for (yes, no) in [("J", "N"), ("Ja", "nej"), ("1", "0"), ("1.0", "0,0"), ("S", "F"), ("A", "I"), ("x", "off")] {
            assert!(bears_out(&[yes, no], no), "{yes} {no}");
            assert!(!bears_out(&[no], no), "{no}");
        }
        for (column, word) in [(&["N", "C"][..], "N"), (&["0", "64"], "0"), (&["N", "X"], "N"), (&["I", "J"], "I")] {
            assert!(!bears_out(column, word), "{word}");
        }
    }

    /// A blank is the other answer where the column is ticked, and nothing where it answers both ways, in words, or as
    /// programs do.
    #[test]
    fn a_blank_beside_ticks_is_the_other_answer() {
        let blank = |column: &[&str]| answers_of(column).of_a_blank();
        for ticks in [&["X"][..], &["Ja", "ja"], &["✓"], &["1"], &["x", "Ja"]] {
            assert_eq!(blank(ticks), Some(false), "{ticks:?}");
        }
        assert_eq!(blank(&["Nej"]), Some(true));
        for column in [&[][..], &["Ja", "Nej"], &["True"], &["X", "kanske"], &["Aktiv"], &["A"]] {
            assert_eq!(blank(column), None, "{column:?}");
        }
    }

    /// A column of marks, or of yes and no, is ticked off; one of codes, words or nothing is not.
    #[test]
    fn ticks_are_told_from_codes() {
        let ticks = |column: &[&str]| answers_of(column).are_ticks();
        for column in [&["x", "X"][..], &["1"], &["1", "0"], &["Ja", "Nej"], &["✓"], &["True", "False"]] {
            assert!(ticks(column), "{column:?}");
        }
        for column in [&[][..], &["A"], &["S"], &["J", "N"], &["x", "Attest"], &["1", "2"], &["Läsa"], &["Nej"]] {
            assert!(!ticks(column), "{column:?}");
        }
    }

    /// Whole words, and whatever says yes, need nothing beside them.
    #[test]
    fn whole_words_stand_alone() {
        for word in ["Inaktiv", "Disabled", "Avslutad", "ej aktiv", "J", "1", "A", "C"] {
            assert!(bears_out(&[], word), "{word}");
        }
    }
}
