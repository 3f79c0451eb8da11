//! What a written word says: P(word | the person's own) ÷ P0(word), for every word it may stand for.
//!
//! A name reaches an export through fingers, habits and old systems; each is a level with its own share m
//! and its own number of things that could have been written instead. P0 sums the same channel over
//! everyone else in the files and adds the country (term frequency, Winkler 1989, here carried over to near
//! words): "smith" for a Smyth says little, since Smiths are many; "trigwel" for a Trigwell says much.

use super::lexicon::{Lexicon, NamePart, ValueIx};
use crate::matching::evidence::Level;
use crate::matching::shares::default_share;
use crate::model::{expand_wildcards, short_forms};
use libm::log2;

/// Letters someone could have hit instead, at each place of a word: neighbours on the keyboard, one letter
/// too few or too many.
const SLIPS_PER_LETTER: f64 = 12.0;

/// A word written two slips away is this much rarer than one slip away, beside there being more of them.
const SECOND_SLIP: f64 = 0.1;

/// Spellings, and everyday forms, that a name commonly has.
const FORMS: f64 = 3.0;

/// Ways in which romanisations write what each letter stands for, about: one vowel has four forms, and doubling or an
/// `h` doubles them.
const FORMS_OF_A_LETTER: f64 = 8.0;

/// One letter written otherwise is as likely a slip, or another name.
const LEAST_RESPELT: usize = 2;

/// Letters a cut word must keep, and words it may then stand for: many names begin with another (Lind, Lindberg).
const SHORTEST_CUT: usize = 4;
const MOST_CUT: usize = 20;

/// Any place may be where a field ends: of cut words, one in twenty ends just here.
pub const CUT_HERE: f64 = 0.05;

/// A word of the roster that a written word may stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Similar {
    /// The word.
    pub value: ValueIx,
    /// How it is like.
    pub level: Level,
    /// log2 of P(word | own, level) ÷ P0(word): the weight but for the level's share m.
    pub base: f64,
}

/// A written word read as a given name, or as a surname.
#[derive(Clone, Debug, PartialEq)]
pub struct WordReading {
    /// What it may stand for, sorted by word.
    pub similar: Vec<Similar>,
    /// For a single letter: the letter and the weight of its fitting, but for m.
    pub initial: Option<(char, f64)>,
    /// log2 P0: how likely anybody else is called so.
    pub by_chance: f64,
}

impl WordReading {
    /// How it is like one of the roster's words, if it is.
    pub fn find(&self, value: ValueIx) -> Option<&Similar> {
        self.similar.binary_search_by_key(&value, |similar| similar.value).ok().map(|at| &self.similar[at])
    }
}

/// Reads a written word against a lexicon.
pub fn read_word(word: &str, lexicon: &Lexicon) -> WordReading {
    let mut letters = word.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        // Someone outside shortens a name as often as the person does: what is left is the letter's own share.
        let by_chance = lexicon.share_of_initial(letter) * default_share(lexicon.part().field(), Level::Initial);
        let initial = Some((letter, -log2(by_chance)));
        return WordReading { similar: Vec::new(), initial, by_chance: log2(by_chance) };
    }
    let found = alike(word, lexicon);
    let field = lexicon.part().field();
    let chance: f64 = found
        .iter()
        .map(|(value, level, of)| lexicon.share_of_others(*value) * default_share(field, *level) * of)
        .sum();
    // Someone outside writes their name as others do: nearly always right.
    let outside = lexicon.share_outside(&plain(word, &found, lexicon)) * default_share(field, Level::Exact);
    let p0 = Lexicon::share_inside(chance) + outside;
    let similar = found.into_iter().map(|(value, level, of)| Similar { value, level, base: log2(of / p0) }).collect();
    WordReading { similar, initial: None, by_chance: log2(p0) }
}

/// The word the country is asked about: of a word with lost letters, the one it fits in the files.
fn plain(word: &str, found: &[(ValueIx, Level, f64)], lexicon: &Lexicon) -> String {
    let exact = found.iter().find(|(_, level, _)| *level == Level::Exact);
    match exact {
        Some((value, ..)) if word.contains('?') => lexicon.word(*value).to_owned(),
        _ => word.to_owned(),
    }
}

/// Every word it may stand for, the best level of each, with P(word | own, level); sorted by word.
fn alike(word: &str, lexicon: &Lexicon) -> Vec<(ValueIx, Level, f64)> {
    let mut found: Vec<(ValueIx, Level, f64)> = Vec::new();
    let mut add = |value: ValueIx, level: Level, of: f64| match found.iter_mut().find(|(known, ..)| *known == value) {
        Some((_, known, likely)) if *known == level => *likely = likely.max(of),
        Some(_) => {}
        None => found.push((value, level, of)),
    };
    for value in expand_wildcards(word).iter().filter_map(|form| lexicon.find(form)) {
        add(value, Level::Exact, 1.0);
    }
    for value in lexicon.losing_to(word) {
        add(*value, Level::Exact, 1.0);
    }
    for value in lexicon.spelt_alike(word) {
        add(*value, Level::Variant, 1.0 / FORMS);
    }
    if lexicon.part() == NamePart::Given {
        for value in short_forms(word).iter().filter_map(|form| lexicon.find(form)) {
            add(value, Level::ShortForm, 1.0 / FORMS);
        }
    }
    for (value, distance) in lexicon.near(word) {
        add(value, Level::Near, slipped(lexicon.word(value), distance));
    }
    for (value, letters) in lexicon.respelt(word).filter(|(_, letters)| *letters >= LEAST_RESPELT) {
        add(value, Level::Near, respelt(letters));
    }
    for value in cut(word, lexicon) {
        add(value, Level::Cut, CUT_HERE);
    }
    found.sort_by_key(|(value, ..)| *value);
    found
}

/// P(this very slip | the word, a slip): one of all that could have been made.
pub fn slipped(own: &str, distance: usize) -> f64 {
    #[allow(clippy::cast_precision_loss)] // Letters of a word.
    let one = 1.0 / (SLIPS_PER_LETTER * own.chars().count() as f64);
    if distance == 1 { one } else { SECOND_SLIP * one * one * 2.0 }
}

/// P(just these letters | the word, put into Latin letters anew).
fn respelt(letters: usize) -> f64 {
    (0..letters).map(|_| 1.0 / FORMS_OF_A_LETTER).product()
}

/// Words that one of the two is the beginning of: fields of 20 or 36 positions cut names.
fn cut(word: &str, lexicon: &Lexicon) -> Vec<ValueIx> {
    let letters = word.chars().count();
    if letters < SHORTEST_CUT {
        return Vec::new();
    }
    let mut values: Vec<ValueIx> = lexicon.beginning_with(word, MOST_CUT).collect();
    let starts = word.char_indices().skip(SHORTEST_CUT).take(MOST_CUT).map(|(at, _)| &word[..at]);
    values.extend(starts.filter_map(|start| lexicon.find(start)));
    values
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::NamePart;
    use super::*;
    use crate::matching::evidence::EvidenceField;
    use crate::model::PersonIx;

    fn lexicon(words: &[(&str, u32)]) -> Lexicon {
        let mut borne: Vec<(PersonIx, String)> = Vec::new();
        for (word, count) in words {
            for _ in 0..*count {
                borne.push((PersonIx(u32::try_from(borne.len()).unwrap()), (*word).to_owned()));
            }
        }
        let persons = borne.len();
        Lexicon::new(NamePart::Surname, persons, borne.into_iter())
    }

    fn weight(written: &str, own: &str, lexicon: &Lexicon) -> f64 {
        let reading = read_word(written, lexicon);
        let similar = reading.find(lexicon.find(own).unwrap()).unwrap();
        similar.base + log2(default_share(EvidenceField::Surname, similar.level))
    }

    /// A near spelling that many others bear says little; a near spelling nobody bears says much.
    #[test]
    fn rarity_counts_for_near_spellings_too() {
        let names = lexicon(&[("smith", 60), ("smyth", 2), ("trigwell", 1), ("berg", 937)]);
        assert!(weight("smith", "smyth", &names) < 0.0);
        assert!(weight("trigwel", "trigwell", &names) > 5.0);
        assert!(weight("trigwell", "trigwell", &names) > weight("trigwel", "trigwell", &names));
        assert!(weight("berg", "berg", &names) < 2.0);
    }

    /// A name put into Latin letters anew is near however many slips it would be, and says the more the fewer letters
    /// are others.
    #[test]
    fn a_name_is_put_into_latin_letters_anew() {
        let names = lexicon(&[("elmasri", 1), ("khorshidi", 1), ("berg", 50)]);
        assert!(weight("masri", "elmasri", &names) > 5.0);
        assert!(weight("khorsheedi", "khorshidi", &names) > weight("horsheedi", "khorshidi", &names));
        assert!(weight("horsheedi", "khorshidi", &names) > 3.0);
    }

    /// Habit's spellings, cut words, lost letters and initials each have a level of their own.
    #[test]
    fn levels_tell_how_a_word_is_like() {
        let names = lexicon(&[("lindkvist", 3), ("bjork", 2), ("papadopoulos", 1), ("berg", 50)]);
        let level =
            |written: &str, own: &str| read_word(written, &names).find(names.find(own).unwrap()).map(|s| s.level);
        assert_eq!(level("lindqvist", "lindkvist"), Some(Level::Variant));
        assert_eq!(level("bj?rk", "bjork"), Some(Level::Exact));
        assert_eq!(level("bjrok", "bjork"), Some(Level::Near));
        assert_eq!(level("papadop", "papadopoulos"), Some(Level::Cut));
        assert_eq!(level("berg", "bjork"), None);
        assert_eq!(read_word("b", &names).initial.map(|(letter, _)| letter), Some('b'));
        assert_eq!(read_word("", &names).similar, []);
    }
}
