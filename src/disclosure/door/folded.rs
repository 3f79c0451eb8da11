//! A text as it is searched: words without case and accents, one blank between them, each letter with its place in
//! what was written.

use super::lost::{LOST, is_lost};
use crate::model::{Placed, is_unseen, without_sign};
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

/// Words that a given name and a surname can stand apart, both counted.
const NEAR: usize = 4;

/// A folded text.
#[derive(Debug, Default)]
pub struct Folded {
    /// Its words.
    text: String,
    /// For each byte of them, where what it came from begins and ends.
    places: Vec<(usize, usize)>,
}

impl Folded {
    /// Folds a text, in the room that the one before took.
    pub fn fold(&mut self, letters: impl Iterator<Item = Placed>) {
        self.clear();
        letters.for_each(|(c, place)| self.add(c, place));
    }

    /// The same, with what may stand for a letter that was lost taken for one.
    pub fn fold_with_lost(&mut self, letters: impl Iterator<Item = Placed>) {
        self.clear();
        for (c, place) in letters {
            if is_lost(c) { self.push(LOST, place) } else { self.add(c, place) }
        }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.places.clear();
    }

    fn add(&mut self, c: char, place: (usize, usize)) {
        if c.is_ascii_alphanumeric() {
            self.push(c.to_ascii_lowercase(), place);
        } else if c.is_ascii() {
            self.blank(place);
        } else {
            self.push_other(c, place);
        }
    }

    fn push_other(&mut self, c: char, place: (usize, usize)) {
        match c {
            'å' | 'ä' | 'Å' | 'Ä' => self.push('a', place),
            'ö' | 'Ö' | 'ø' | 'Ø' => self.push('o', place),
            'é' | 'É' => self.push('e', place),
            // What is not seen parts no words.
            c if is_unseen(c) => {}
            c => decompose_compatible(c, |part| {
                if part.is_alphanumeric() {
                    part.to_lowercase().for_each(|small| self.push_letter(small, place));
                } else if canonical_combining_class(part) == 0 {
                    self.blank(place);
                } else {
                    self.reach(place.1);
                }
            }),
        }
    }

    /// A letter that Unicode does not take apart, by those it is written with where it is wanting; here of more languages
    /// than names are compared in.
    fn push_letter(&mut self, c: char, place: (usize, usize)) {
        let plain = without_sign(c).or(match c {
            'œ' => Some("oe"),
            'ŧ' => Some("t"),
            'ŋ' => Some("n"),
            'ħ' => Some("h"),
            _ => None,
        });
        match plain {
            Some(plain) => plain.chars().for_each(|c| self.push(c, place)),
            None => self.push(c, place),
        }
    }

    /// A letter, unless it only spells the one before it: aa and ae are å and ä without their signs, oe and ue ö and
    /// ü, dj the letter đ.
    fn push(&mut self, c: char, place: (usize, usize)) {
        let last = self.text.as_bytes().last().copied();
        if matches!((last, c), (Some(b'a'), 'a' | 'e') | (Some(b'o' | b'u'), 'e') | (Some(b'd'), 'j')) {
            return self.reach(place.1);
        }
        self.text.push(c);
        self.places.resize(self.text.len(), place);
    }

    fn blank(&mut self, place: (usize, usize)) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
            self.places.push(place);
        }
    }

    /// The last letter was written with what ends here.
    fn reach(&mut self, end: usize) {
        let Some(last) = self.places.last().copied() else { return };
        for own in self.places.iter_mut().rev().take_while(|own| **own == last) {
            own.1 = end;
        }
    }

    /// The words, with a blank behind them at most.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a part of the words stands in what was written.
    pub fn place(&self, from: usize, to: usize, written: &str) -> (usize, usize) {
        let start = self.places.get(from).map_or(written.len(), |place| place.0);
        let end = self.places.get(to.saturating_sub(1)).map_or(written.len(), |place| place.1);
        (start, end)
    }

    /// Every word, by where it begins and ends.
    pub fn words(&self) -> impl Iterator<Item = (usize, usize)> {
        self.text.split(' ').filter(|word| !word.is_empty()).map(|word| self.place_of(word))
    }

    /// Whether a word is written with a single letter.
    pub fn is_one_letter(&self, word: (usize, usize)) -> bool {
        let places = &self.places[word.0..word.1];
        places.iter().all(|place| *place == places[0])
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

    /// Where something that begins at a place does so, if it breaks off there: zeros before a number are a part of it.
    pub fn start_of(&self, at: usize) -> Option<usize> {
        let is_number = || self.text[at..].starts_with(char::is_numeric);
        let start = if is_number() { self.text[..at].trim_end_matches('0').len() } else { at };
        [at, start].into_iter().find(|at| self.breaks_at(*at))
    }

    /// Where something that ends at a place does so, if it breaks off there: the s of a genitive is a part of it.
    pub fn end_of(&self, at: usize) -> Option<usize> {
        let of_genitive = self.text[at..].starts_with('s').then_some(at + 1);
        std::iter::once(at).chain(of_genitive).find(|at| self.breaks_at(*at))
    }

    /// The letters that stand around a part of the words without a break.
    pub fn letters_around(&self, from: usize, to: usize) -> (usize, usize) {
        let (before, behind) = (&self.text[..from], &self.text[to..]);
        let start = before.trim_end_matches(char::is_alphabetic).len();
        (start, self.text.len() - behind.trim_start_matches(char::is_alphabetic).len())
    }

    /// Whether the words break off at a place: no letter goes on as a letter there, and no digit as a digit.
    fn breaks_at(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        let behind = self.text[at..].chars().next();
        let (Some(before), Some(behind)) = (before, behind) else { return true };
        !(is_letter(before) && is_letter(behind) || before.is_numeric() && behind.is_numeric())
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || c == LOST
}

/// The letters of a text as they are written.
pub fn as_written(text: &str) -> impl Iterator<Item = Placed> {
    text.char_indices().map(|(at, c)| (c, (at, at + c.len_utf8())))
}

/// The words of a text alone.
pub fn words(written: &str) -> String {
    let mut folded = Folded::default();
    folded.fold(as_written(written));
    folded.text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fold_word;

    /// Letters that are no Latin letter with a sign fold to what they are written with where they are wanting, and that
    /// to the same.
    #[test]
    fn letters_of_others_fold_to_what_they_are_written_with() {
        for (written, without) in [
            ("Łukasz Wójcik", "Lukasz Wojcik"),
            ("Đorđe Hadžić", "Djordje Hadzic"),
            ("ĐORĐE HADŽIĆ", "Dorde Hadzic"),
            ("Søren Kjærgaard", "Soeren Kjaergård"),
            ("Günther Weißmüller", "GUENTHER WEISSMUELLER"),
            ("Þóra Guðmundsdóttir", "Thora Gudmundsdottir"),
            ("Åsa Öbergh", "Aasa Oebergh"),
            ("İpek Yıldız", "Ipek Yildiz"),
            ("Œuvre Cœurlys", "Oeuvre Coeurlys"),
        ] {
            assert_eq!(words(written), words(without), "{written}");
        }
    }

    /// The words are those that names are compared by, folded once more.
    #[test]
    fn names_as_compared_fold_to_the_same() {
        for written in ["Kjærgaard", "Weißmüller", "Ærøskov", "Mikael", "Hadžić", "Baaae", "Joel", "İpek"] {
            assert_eq!(words(&fold_word(written)), words(written), "{written}");
        }
    }

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
        folded.fold(as_written(written));
        let at = folded.text().find("oberg").unwrap();
        let (from, to) = folded.place(at, at + 5, written);
        assert_eq!(&written[from..to], "O\u{308}berg");
        // A letter written as two is one.
        let written = "Per Lindoe, Åkergaa\u{301}!";
        folded.fold(as_written(written));
        let place = |word: &str| {
            let at = folded.text().find(word).unwrap();
            let (from, to) = folded.place(at, at + word.len(), written);
            &written[from..to]
        };
        assert_eq!([place("lindo"), place("akerga")], ["Lindoe", "Åkergaa\u{301}"]);
    }
}
