//! Words of the files that the configuration names: the same however they are written, and patterns where they hold
//! `*` or `?`.

use super::patterns::{Piece, fits};
use crate::model::fold;

/// Some words, as written and as compared.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// As written in the configuration.
    pub written: Vec<String>,
    read: Vec<Vec<Piece>>,
}

impl Words {
    /// Reads words.
    pub fn new(written: Vec<String>) -> Self {
        let read = written.iter().map(|word| pieces(word)).collect();
        Self { written, read }
    }

    /// Whether any of them is a text of a file.
    pub fn hold(&self, text: &str) -> bool {
        if self.read.is_empty() {
            return false;
        }
        let folded = fold(text);
        self.read.iter().any(|word| fits(word, &folded))
    }
}

/// Whether one configured word is a text of a file.
pub fn is_word(word: &str, text: &str) -> bool {
    word == text || fits(&pieces(word), &fold(text))
}

/// Whether a word is a pattern.
pub fn is_pattern(word: &str) -> bool {
    word.contains(['*', '?'])
}

fn pieces(word: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for part in word.split_inclusive(['*', '?']) {
        let letters = part.trim_end_matches(['*', '?']);
        pieces.extend(fold(letters).chars().map(Piece::Letter));
        match part[letters.len()..].chars().next() {
            Some('*') => pieces.push(Piece::Any),
            Some(_) => pieces.push(Piece::One),
            None => {}
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Case, marks and accents tell no two words apart; `*` and `?` stand for what may differ, and nothing else does.
    #[test]
    fn words_are_found_however_they_are_written() {
        for (word, text) in [
            ("Förtroendevald", "FORTROENDEVALD"),
            ("Förtroendevald*", "Förtroendevald KF"),
            ("*förvaltningen", "Social-förvaltningen"),
            ("T?", "T1"),
            ("Anst. t.v.", "anst tv"),
        ] {
            assert!(is_word(word, text) && Words::new(vec![word.to_owned()]).hold(text), "{word} {text}");
        }
        for (word, text) in [("Förtroendevald", "Förtroendevald KF"), ("T?", "T"), ("*valda", "förtroendevald")] {
            assert!(!is_word(word, text) && !Words::new(vec![word.to_owned()]).hold(text), "{word} {text}");
        }
    }
}
