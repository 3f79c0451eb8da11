//! Names as they are compared: folded, cut into words, without what only spelling decides.
//!
//! Payroll holds registered names, exports hold what someone typed, and old systems lose å, ä and
//! ö on the way. Two names are compared by the words they consist of, each folded to what the
//! variants have in common; what is shown stays as it was written.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that carry no identity; dropped for comparison as long as something remains.
const PARTICLES: [&str; 10] = ["af", "av", "von", "de", "di", "el", "al", "bin", "van", "da"];

/// Titles that systems put into name columns.
const TITLES: [&str; 5] = ["dr", "prof", "ing", "fru", "herr"];

/// Words of a text that are looked at: names have fewer, and a cell of ten thousand letters must not cost
/// quadratic time.
const MOST_WORDS: usize = 12;

/// How a name is written in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// Given name and surname known apart.
    Apart,
    /// One text without a comma: either order is possible.
    EitherOrder,
}

/// A name as folded words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameTokens {
    /// Words of the given names; for [`Spelling::EitherOrder`], every word.
    pub given: Vec<String>,
    /// Words of the surname; for [`Spelling::EitherOrder`], every word.
    pub surname: Vec<String>,
    /// Whether given name and surname are known apart.
    pub spelling: Spelling,
}

impl NameTokens {
    /// A name given in two columns. A middle name may be used as either, so it stands in both.
    pub fn apart(given: &str, middle: &str, surname: &str) -> Self {
        let (mut first, mut last) = (words(given), words(surname));
        for word in words(middle) {
            first.push(word.clone());
            last.push(word);
        }
        Self { given: first, surname: last, spelling: Spelling::Apart }
    }

    /// A whole name: "Efternamn, Förnamn" by its comma, else words in either order.
    pub fn whole(name: &str) -> Self {
        if let Some((surname, given)) = name.split_once(',') {
            return Self::apart(given, "", surname);
        }
        let all = words(name);
        Self { given: all.clone(), surname: all, spelling: Spelling::EitherOrder }
    }

    /// The one word of it, where there is no other.
    pub fn only_word(&self) -> Option<&str> {
        let mut words = self.given.iter().chain(&self.surname);
        let first = words.next()?;
        words.all(|other| other == first).then_some(first)
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.surname.is_empty()
    }
}

/// Folds a text and cuts it into words, titles and particles dropped while a word remains.
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '.' | '/' | '(' | ')'))
        .map(fold_word)
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .collect();
    let is_core = |word: &String| !PARTICLES.contains(&word.as_str()) && !TITLES.contains(&word.as_str());
    if words.iter().any(is_core) {
        words.retain(is_core);
    }
    words
}

/// Folds one word: compatibility form, lower case, accents gone, å/ä/ö as a/a/o whether they were
/// written å, aa, ae or oe. A `?` inside (a letter lost in an ASCII export)
/// is kept as a wildcard, and so is the sign for a letter that could not be read.
pub fn fold_word(word: &str) -> String {
    let mut plain = fold(word);
    // Nearly every word has none of them.
    if plain.as_bytes().windows(2).any(|pair| matches!(pair, b"aa" | b"ae" | b"oe")) {
        for (pair, letter) in [("aa", "a"), ("ae", "a"), ("oe", "o")] {
            plain = plain.replace(pair, letter);
        }
    }
    plain
}

/// Folds a text to lower-case ASCII letters, digits and `?` where Latin letters allow, keeping
/// letters of other scripts.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// The same, added to what was folded before.
pub fn fold_into(text: &str, folded: &mut String) {
    for c in text.chars() {
        match swedish(c) {
            Some(c) if c == '?' || c.is_ascii_alphanumeric() => folded.push(c.to_ascii_lowercase()),
            Some(_) => {}
            None => decompose(c, folded),
        }
    }
}

/// What of a folded text is an ASCII letter or a digit.
pub fn plain_letters(text: &str) -> String {
    fold(text).chars().filter(char::is_ascii_alphanumeric).collect()
}

/// The words of a text, each folded: whatever is neither letter nor digit parts them.
pub fn folded_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| !word.is_empty()).collect()
}

/// The ASCII that a letter of nearly every export stands for, told without the tables of Unicode.
fn swedish(c: char) -> Option<char> {
    match c {
        c if c.is_ascii() => Some(c),
        'å' | 'Å' | 'ä' | 'Ä' | 'á' | 'Á' | 'à' | 'À' => Some('a'),
        'ö' | 'Ö' | 'ó' | 'Ó' | 'ø' | 'Ø' => Some('o'),
        'é' | 'É' | 'è' | 'È' | 'ë' | 'Ë' => Some('e'),
        'ü' | 'Ü' => Some('u'),
        _ => None,
    }
}

/// Folds any other character by Unicode's own decomposition.
fn decompose(c: char, folded: &mut String) {
    for c in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match without_sign(c) {
            Some(plain) => folded.push_str(plain),
            None if c == '\u{fffd}' => folded.push('?'),
            None if c == '?' || c.is_alphanumeric() => folded.push(c),
            None => {}
        }
    }
}

/// What a small letter that Unicode does not take apart is written with where it is wanting.
pub fn without_sign(c: char) -> Option<&'static str> {
    Some(match c {
        'æ' => "ae",
        'ø' => "o",
        'ß' => "ss",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

/// A text as it may be shown: surrounding and repeated white space gone, control characters gone, and so
/// are marks that turn the direction of text.
pub fn tidy(text: &str) -> String {
    let visible: String =
        text.chars().filter(|c| !turns_text(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Invisible marks that turn the direction of text, with which a name could be made to look like another.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Every word a wildcard may stand for (å, ä, ö, é and ü fold to a, o, e and u), at most three
/// wildcards; a word without one is itself.
pub fn expand_wildcards(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    for _ in 0..3 {
        if !forms.iter().any(|form| form.contains('?')) {
            break;
        }
        forms =
            forms.iter().flat_map(|form| ["a", "o", "e", "u"].map(|letter| form.replacen('?', letter, 1))).collect();
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What only spelling decides is folded away.
    #[test]
    fn spellings_fold_together() {
        assert_eq!(fold_word("Åsa"), "asa");
        assert_eq!(fold_word("Aasa"), "asa");
        assert_eq!(fold_word("A\u{30a}sa"), "asa");
        assert_eq!(fold_word("Björk"), fold_word("Bjoerk"));
        assert_eq!(fold_word("Renée"), "renee");
        assert_eq!(fold_word("Bj?rk"), "bj?rk");
        assert_eq!(NameTokens::whole("Bj\u{fffd}rk").given, ["bj?rk"]);
    }

    /// A comma tells the surname; without one either order is kept open.
    #[test]
    fn a_comma_tells_the_order() {
        let comma = NameTokens::whole("Lind Berg, Eva Maria");
        assert_eq!(comma.given, ["eva", "maria"]);
        assert_eq!(comma.surname, ["lind", "berg"]);
        assert_eq!(NameTokens::whole("Eva Lind").spelling, Spelling::EitherOrder);
    }

    /// Particles are dropped for comparison but never leave a name empty.
    #[test]
    fn particles_carry_no_identity() {
        assert_eq!(NameTokens::apart("Carl", "", "von Linné").surname, ["linne"]);
        assert_eq!(NameTokens::apart("Al", "", "De").surname, ["de"]);
    }

    /// A lost letter can be any of those that old exports lose.
    #[test]
    fn a_wildcard_stands_for_lost_letters() {
        assert!(expand_wildcards("bj?rk").contains(&"bjork".to_owned()));
        assert_eq!(expand_wildcards("lind"), ["lind"]);
    }

    /// Letters that are told without Unicode's tables fold as by them, every one.
    #[test]
    fn the_short_way_is_the_long_way() {
        for c in '\0'..='\u{2fff}' {
            let mut long = String::new();
            decompose(c, &mut long);
            assert_eq!(fold(&c.to_string()), long, "{c:?}");
        }
    }

    proptest! {
        /// Folding is stable: a folded word folds to itself.
        #[test]
        fn folding_is_idempotent(text in "\\PC{0,30}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        /// Upper and lower case never matter for Swedish letters.
        #[test]
        fn case_never_matters(text in "[a-zåäöéü]{0,20}") {
            prop_assert_eq!(fold_word(&text), fold_word(&text.to_uppercase()));
        }
    }
}
