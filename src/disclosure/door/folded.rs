//! A text as it is searched: words without case and accents, one blank between them, each letter with its place in
//! what was written.

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

/// Words that a given name and a surname can stand apart, both counted.
const NEAR: usize = 4;

/// A folded text.
#[derive(Debug, Default)]
pub struct Folded {
    /// Its words.
    text: String,
    /// For each byte of them, where the character that it came from begins.
    places: Vec<usize>,
}

impl Folded {
    /// Folds a text, in the room that the one before took.
    pub fn fold(&mut self, written: &str) {
        self.text.clear();
        self.places.clear();
        for (at, c) in written.char_indices() {
            if c.is_ascii_alphanumeric() {
                self.push(c.to_ascii_lowercase(), at);
            } else if c.is_ascii() {
                self.blank(at);
            } else {
                self.push_other(c, at);
            }
        }
    }

    fn push_other(&mut self, c: char, at: usize) {
        match c {
            'å' | 'ä' | 'Å' | 'Ä' => self.push('a', at),
            'ö' | 'Ö' | 'ø' | 'Ø' => self.push('o', at),
            'é' | 'É' => self.push('e', at),
            // What is not seen parts no words.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            c => decompose_compatible(c, |part| {
                if part.is_alphanumeric() {
                    part.to_lowercase().for_each(|small| self.push(small, at));
                } else if canonical_combining_class(part) == 0 {
                    self.blank(at);
                }
            }),
        }
    }

    fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        self.places.resize(self.text.len(), at);
    }

    fn blank(&mut self, at: usize) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.push(' ', at);
        }
    }

    /// The words, with a blank behind them at most.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a part of the words stands in what was written.
    pub fn place(&self, from: usize, to: usize, written: &str) -> (usize, usize) {
        let start = self.places.get(from).copied().unwrap_or(written.len());
        let last = self.places.get(to.saturating_sub(1)).copied().unwrap_or(written.len());
        let rest = written.get(last..).unwrap_or("");
        let mut marks = rest.char_indices().skip(1).skip_while(|(_, c)| canonical_combining_class(*c) != 0);
        (start, marks.next().map_or(written.len(), |(at, _)| last + at))
    }

    /// The words before a place, the nearest first, as far as a name may reach.
    pub fn words_before(&self, at: usize) -> impl Iterator<Item = (usize, usize)> {
        let words = self.text[..at].rsplit(' ').filter(|word| !word.is_empty());
        words.take(NEAR).map(|word| self.place_of(word))
    }

    /// The words behind a place.
    pub fn words_behind(&self, at: usize) -> impl Iterator<Item = (usize, usize)> {
        let words = self.text[at..].split(' ').filter(|word| !word.is_empty());
        words.take(NEAR).map(|word| self.place_of(word))
    }

    fn place_of(&self, word: &str) -> (usize, usize) {
        let start = word.as_ptr() as usize - self.text.as_ptr() as usize;
        (start, start + word.len())
    }

    /// Whether the words break off at a place: no letter goes on as a letter there, and no digit as a digit.
    pub fn breaks_at(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        let behind = self.text[at..].chars().next();
        let (Some(before), Some(behind)) = (before, behind) else { return true };
        !(before.is_alphabetic() && behind.is_alphabetic() || before.is_numeric() && behind.is_numeric())
    }
}

/// The words of a text alone.
pub fn words(written: &str) -> String {
    let mut folded = Folded::default();
    folded.fold(written);
    folded.text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Case, accents, forms of Unicode and what stands between words make no difference.
    #[test]
    fn spellings_fold_to_the_same_words() {
        for written in ["Åsa  Öberg", "ÅSA ÖBERG", "A\u{30a}sa O\u{308}berg", "åsa.öberg", " (Åsa\u{a0}Ö\u{ad}berg)"]
        {
            assert_eq!(words(written), "asa oberg", "{written}");
        }
    }

    /// A place in the words is a place in what was written, accents and all.
    #[test]
    fn places_lead_back() {
        let written = "«Å\u{308}sa» O\u{308}berg!";
        let mut folded = Folded::default();
        folded.fold(written);
        let at = folded.text().find("oberg").unwrap();
        let (from, to) = folded.place(at, at + 5, written);
        assert_eq!(&written[from..to], "O\u{308}berg");
    }
}
