//! What the words of a name are: things, names of people, or letters that could be either.
//!
//! An account is somebody's everyday account if it bears a name, and a name that no list knows is still a name. What
//! can be listed is the opposite: words of things, posts, programs and places, which nobody is called. They stand in
//! `thing-words.tsv`; the country's common given names, and patronymics, outweigh those of them that somebody might
//! be called all the same.

use crate::model::{AccountClass, fold_word, is_given_name};
use foldhash::{HashMap, HashMapExt};
use std::sync::LazyLock;

/// The embedded table, tab-separated: kind, word.
const TABLE: &str = include_str!("thing-words.tsv");

/// Letters that a word must have before its ending tells anything: two beginnings of three letters each, which many
/// account names are made of, have six.
const LONG: usize = 7;

/// A word of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thing {
    /// The class of an account that is called so, where the word tells one.
    pub class: Option<AccountClass>,
    /// Whether nobody is called so, whatever stands beside it.
    pub firm: bool,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// A word of a thing.
    Thing(Thing),
    /// A common given name, or a patronymic.
    Name,
    /// Letters that may be a name.
    Letters,
    /// No word: digits, or digits and letters.
    Other,
}

/// What the words of a text name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// Nothing that could be told.
    Nothing,
    /// A thing, with the class it tells.
    Thing(Option<AccountClass>),
    /// Somebody, in words that no list knows.
    Letters,
    /// Somebody, in words that people are called.
    Person,
}

struct Table {
    whole: HashMap<String, Thing>,
    endings: Vec<(String, Thing)>,
}

static WORDS: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { whole: HashMap::new(), endings: Vec::new() };
    for line in TABLE.lines().filter(|line| !line.starts_with("# ")) {
        let Some((kind, word)) = line.split_once('\t') else { continue };
        let thing = Thing { class: class_named(kind.trim_end_matches('?')), firm: !kind.ends_with('?') };
        match word.strip_prefix('*') {
            Some(ending) => table.endings.push((fold_word(ending), thing)),
            None => {
                table.whole.insert(fold_word(word), thing);
            }
        }
    }
    table
});

/// The class that a table of words names; `None` for one that names none.
pub fn class_named(code: &str) -> Option<AccountClass> {
    AccountClass::ALL.into_iter().find(|class| class.code() == code)
}

impl Word {
    /// What a folded word is.
    pub fn of(folded: &str) -> Self {
        let word = folded.trim_end_matches(|c: char| c.is_ascii_digit());
        if word.is_empty() || word.chars().any(|c| !c.is_alphabetic() && c != '?') {
            return Self::Other;
        }
        if is_given_name(word) || is_patronymic(word) {
            return Self::Name;
        }
        match thing(word) {
            Some(thing) => Self::Thing(thing),
            None if word.len() < folded.len() => Self::Other,
            None => Self::Letters,
        }
    }

    /// Whether it says what kind of account it is, and nobody is called so.
    pub fn is_kind(self) -> bool {
        matches!(self, Self::Thing(Thing { class: Some(_), firm: true }))
    }

    /// Whether it says what kind of account a person has, and not what it is called.
    fn is_role(self) -> bool {
        matches!(self, Self::Thing(Thing { class: Some(AccountClass::Admin | AccountClass::External), .. }))
    }
}

fn thing(word: &str) -> Option<Thing> {
    let by_ending = || {
        let long = word.len() >= LONG;
        WORDS.endings.iter().find(|(ending, _)| long && word.ends_with(ending.as_str())).map(|(_, thing)| *thing)
    };
    WORDS.whole.get(word).copied().or_else(by_ending)
}

/// Whether a folded word is a surname made from a father's or mother's name, as no place or thing is.
fn is_patronymic(word: &str) -> bool {
    word.len() >= LONG && (word.ends_with("sson") || word.ends_with("dotter"))
}

impl Naming {
    /// What a text names, by its words as written one after another. What stands behind a person's name is where that
    /// person works.
    pub fn of(words: impl IntoIterator<Item = Word>) -> Self {
        let (mut letters, mut named) = (0, false);
        let (mut firm, mut weak) = (None, None);
        for word in words.into_iter().filter(|word| !word.is_role()) {
            match word {
                Word::Thing(_) if named && letters >= 2 => break,
                Word::Thing(thing) if thing.firm => firm = Some(firm.flatten().or(thing.class)),
                Word::Thing(thing) => {
                    weak = Some(weak.flatten().or(thing.class));
                    letters += 1;
                }
                Word::Name if firm.is_some() => {}
                Word::Name => {
                    named = true;
                    letters += 1;
                }
                Word::Letters => letters += 1,
                Word::Other => {}
            }
        }
        let thing = firm.or(weak);
        match (thing, letters >= 2) {
            (_, true) if named && firm.is_none() => Self::Person,
            (Some(class), _) => Self::Thing(class),
            (None, true) => Self::Letters,
            (None, false) => Self::Nothing,
        }
    }

    /// What two columns name together. In columns of names somebody may be called like a thing, where the word is not
    /// firm; a unit written in one of them leaves the name in the other.
    pub fn of_columns(given: &[Word], surname: &[Word]) -> Self {
        let (given, surname) = (as_names(given), as_names(surname));
        let in_order = |first: &[Word], second: &[Word]| Self::of(first.iter().chain(second).copied());
        let both = [in_order(&given, &surname), in_order(&surname, &given)];
        if both.contains(&Self::Person) {
            return Self::Person;
        }
        let alone = [Self::of(given), Self::of(surname)];
        if alone.contains(&Self::Letters) { Self::Letters } else { both[0] }
    }

    /// Whether it is somebody's name.
    pub fn is_somebody(self) -> bool {
        matches!(self, Self::Letters | Self::Person)
    }
}

/// The words of a column of names: those that somebody may be called are letters there.
fn as_names(words: &[Word]) -> Vec<Word> {
    let alone = words.len() == 1;
    let as_name = |word: &Word| match word {
        Word::Thing(Thing { firm: false, .. }) => Word::Letters,
        word if alone && word.is_role() => Word::Letters,
        word => *word,
    };
    words.iter().map(as_name).collect()
}

/// What a text names, without what is written behind it in brackets or behind a dash: a unit, a post.
pub fn core(text: &str) -> &str {
    const BEGIN: [&str; 7] = [" - ", " \u{2013} ", " \u{2014} ", "(", "[", "|", "/"];
    let cut = BEGIN.iter().filter_map(|mark| text.find(mark)).filter(|at| !text[..*at].trim().is_empty()).min();
    &text[..cut.unwrap_or(text.len())]
}

/// The words of an account name, folded: cut at whatever is no letter, and where a capital begins a new word that is
/// long enough to be one. `AnnLin` is two beginnings, `svcBackup` and `ReceptionNorr` are two words.
pub fn account_words(name: &str) -> Vec<String> {
    let pieces = name.split(|c: char| !c.is_alphabetic()).filter(|piece| !piece.is_empty());
    pieces.flat_map(at_capitals).map(|piece| fold_word(&piece)).collect()
}

fn at_capitals(piece: &str) -> Vec<String> {
    let mut cut: Vec<String> = Vec::new();
    let mut after_small = false;
    for c in piece.chars() {
        match cut.last_mut() {
            Some(last) if !(c.is_uppercase() && after_small) => last.push(c),
            _ => cut.push(c.to_string()),
        }
        after_small = c.is_lowercase();
    }
    if cut.len() > 1 && cut.iter().all(|word| is_word(word)) { cut } else { vec![piece.to_owned()] }
}

/// Whether what stands before a capital is a word and no beginning of a name.
fn is_word(text: &str) -> bool {
    const SHORT: usize = 3;
    let vowel = |c: char| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || !c.is_ascii();
    text.chars().count() > SHORT || !text.chars().any(vowel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::name_words;

    fn naming(text: &str) -> Naming {
        Naming::of(name_words(text).iter().map(|word| Word::of(word)))
    }

    /// Every line of the table names a class or a thing, and no word stands in it twice.
    #[test]
    fn the_table_is_well_formed() {
        let mut words: Vec<&str> = Vec::new();
        for line in TABLE.lines().filter(|line| !line.starts_with("# ") && !line.is_empty()) {
            let (kind, word) = line.split_once('\t').unwrap();
            let code = kind.trim_end_matches('?');
            assert!(code == "thing" || class_named(code).is_some(), "{line}");
            words.push(word);
        }
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count, "a word stands twice");
    }

    /// A text names somebody unless its words are words of things; a name that no list knows is still a name.
    #[test]
    fn things_are_told_from_people() {
        let people = ["Anna Lind", "Lind Anna", "Info Andersson", "Sal Andersson", "Anna Lind Bibliotek", "Eva Park"];
        for text in people {
            assert_eq!(naming(text), Naming::Person, "{text}");
        }
        let strangers =
            ["Petronella Quist", "Salander Roomi", "Bilal Konfuse", "Kassandra Quist", "Q Quist", "Dr Xi Yang"];
        for text in strangers {
            assert!(naming(text).is_somebody(), "{text}");
        }
        let columns = [("Sal", "Khan"), ("Okänd", "Person"), ("Petronella", "Guest"), ("Petronella", "Funk")];
        for (given, surname) in columns {
            let words = |text: &str| -> Vec<Word> { name_words(text).iter().map(|word| Word::of(word)).collect() };
            assert!(Naming::of_columns(&words(given), &words(surname)).is_somebody(), "{given} {surname}");
        }
        let things = [
            ("Kassa 1", None),
            ("Kassa Lindängen", None),
            ("Skanner Stadshus", None),
            ("Visma Integration", Some(AccountClass::Service)),
            ("Konferensrum Selma", Some(AccountClass::Shared)),
            ("Södra skolans reception", Some(AccountClass::Shared)),
            ("Norra Vallens äldreboende", None),
            ("Sal 3", Some(AccountClass::Shared)),
            ("Test Andersson", Some(AccountClass::Test)),
        ];
        for (text, class) in things {
            assert_eq!(naming(text), Naming::Thing(class), "{text}");
        }
        for text in ["", "17", "k1234", "Petronella", "Konsult"] {
            assert_eq!(naming(text), Naming::Nothing, "{text}");
        }
    }

    /// An account name is cut into words, not into the beginnings that people's account names are made of.
    #[test]
    fn account_names_are_cut_into_words() {
        let cases: [(&str, &[&str]); 7] = [
            ("svc-backup01", &["svc", "backup"]),
            ("svcBackup", &["svc", "backup"]),
            ("ReceptionNorra", &["reception", "norra"]),
            ("AnnLin03", &["annlin"]),
            ("KarRum", &["karrum"]),
            ("anna.lind", &["anna", "lind"]),
            ("nödkonto_1", &["nodkonto"]),
        ];
        for (name, words) in cases {
            assert_eq!(account_words(name), words, "{name}");
        }
    }
}
