//! The texts of an export's name columns, each cut into words once, however many accounts bear it.
//!
//! Two hundred thousand accounts bear some thousands of given names and surnames; folding and reading them
//! account by account would be most of the cost of matching.

use super::handle::{NameForms, plain_words, with_pairs};
use super::names::{NamePart, WordReading, read_word};
use super::population::Population;
use super::words::{Naming, Word, core};
use crate::model::{Account, Strings, Sym, is_given_name, name_words};
use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A distinct word of the names of one export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordIx(u32);

/// Words of a name that are looked at.
const MOST_WORDS: usize = 8;

/// A piece of a name text: its words as compared, and as account names are made from them.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// As compared.
    pub words: Vec<WordIx>,
    /// The words where two beside each other make a name together: a blank that should not be there. Ann Marie for
    /// Annmarie.
    pub joined: Vec<WordIx>,
    /// The words as given names where one of them is two names written together: Annmarie.
    pub split: Vec<WordIx>,
    /// As account names are made from them.
    pub plain: Vec<String>,
    /// How many of the words stand before a bracket or a dash.
    core: usize,
}

/// A text: what stands before its comma, or the whole; and what stands behind.
#[derive(Clone, Debug, Default)]
struct NameText {
    before: Piece,
    behind: Option<Piece>,
}

impl NameText {
    fn words(&self) -> impl Iterator<Item = WordIx> + '_ {
        let behind = self.behind.iter().flat_map(|piece| &piece.words);
        self.before.words.iter().chain(behind).copied()
    }
}

/// A name as an account states it.
#[derive(Clone, Copy, Debug)]
pub enum Name<'t> {
    /// None is stated.
    Absent,
    /// Given name and surname apart.
    Apart {
        /// Given names.
        given: &'t Piece,
        /// Surnames.
        surname: &'t Piece,
    },
    /// One text without a comma: either order is possible.
    EitherOrder(&'t Piece),
}

/// Which of the readings of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As the columns or the comma say, or given name first.
    AsWritten,
    /// Given name and surname exchanged.
    Swapped,
}

/// One way to read a name: which words are given names and which surnames.
#[derive(Clone, Copy, Debug)]
pub struct NameReading<'t> {
    /// Given names.
    pub given: &'t [WordIx],
    /// Surnames.
    pub surname: &'t [WordIx],
    /// Which way.
    pub order: Order,
    /// log2 of how much likelier anybody's words are names of their kinds read this way than the other.
    pub favour: f64,
}

impl NameReading<'_> {
    /// That there is no name to read.
    pub const NAMELESS: Self = Self { given: &[], surname: &[], order: Order::AsWritten, favour: 0.0 };

    /// Whether it has more than a given name and a surname.
    pub fn is_long(&self) -> bool {
        self.given.len() + self.surname.len() > 2
    }
}

impl<'t> Name<'t> {
    /// Whether there is nothing to compare.
    pub fn is_absent(self) -> bool {
        match self {
            Self::Absent => true,
            Self::Apart { given, surname } => given.words.is_empty() && surname.words.is_empty(),
            Self::EitherOrder(piece) => piece.words.is_empty(),
        }
    }

    fn words(self) -> impl Iterator<Item = WordIx> + 't {
        let pieces = match self {
            Self::Absent => [None, None],
            Self::Apart { given, surname } => [Some(given), Some(surname)],
            Self::EitherOrder(piece) => [Some(piece), None],
        };
        pieces.into_iter().flatten().flat_map(|piece| piece.words.iter().copied())
    }

    /// The name as account names are made from it.
    pub fn forms(self) -> NameForms<'t> {
        match self {
            Self::Absent => NameForms { given: &[], surname: &[] },
            Self::Apart { given, surname } => NameForms { given: &given.plain, surname: &surname.plain },
            Self::EitherOrder(piece) => NameForms { given: &piece.plain, surname: &piece.plain },
        }
    }

    /// The ways to cut it in two, those in the order written first.
    fn cuts(self) -> Vec<(&'t [WordIx], &'t [WordIx], Order)> {
        match self {
            Self::Absent => Vec::new(),
            Self::Apart { given, surname } => {
                let mut cuts = vec![
                    (&given.words[..], &surname.words[..], Order::AsWritten),
                    (&surname.words[..], &given.words[..], Order::Swapped),
                ];
                if !given.joined.is_empty() {
                    cuts.push((&given.joined, &surname.words, Order::AsWritten));
                }
                if !given.split.is_empty() {
                    cuts.push((&given.split, &surname.words, Order::AsWritten));
                }
                if !surname.joined.is_empty() {
                    cuts.push((&given.words, &surname.joined, Order::AsWritten));
                }
                cuts
            }
            Self::EitherOrder(piece) if piece.words.len() < 2 => {
                vec![(&piece.words[..], &[], Order::AsWritten), (&[], &piece.words[..], Order::AsWritten)]
            }
            Self::EitherOrder(piece) => {
                let cuts = || {
                    let words = [&piece.words, &piece.joined, &piece.split];
                    words.into_iter().flat_map(|words| (1..words.len()).map(|cut| words.split_at(cut)))
                };
                let written = cuts().map(|(first, last)| (first, last, Order::AsWritten));
                written.chain(cuts().map(|(first, last)| (last, first, Order::Swapped))).collect()
            }
        }
    }
}

/// Every name text of an export, and its words read once as given names and once as surnames.
#[derive(Debug, Default)]
pub struct NameTexts {
    /// By symbol: the place of its text, where it is one.
    by_sym: Vec<Option<u32>>,
    /// Names spelt out by an address or account name, by the place of the account.
    spelt: HashMap<usize, usize>,
    texts: Vec<NameText>,
    given: Vec<WordReading>,
    surname: Vec<WordReading>,
    kinds: Vec<Word>,
    /// Whether people of the country are called so by their given name.
    given_names: Vec<bool>,
}

impl NameTexts {
    /// Reads the texts of accounts; `spelt` are names for accounts that state none, by their place.
    pub fn read(accounts: &[&Account], strings: &Strings, spelt: &[(usize, String)], population: &Population) -> Self {
        let mut own = Self { by_sym: vec![None; strings.len()], ..Self::default() };
        let mut written: Vec<&str> = Vec::new();
        for account in accounts {
            for sym in written_in(account, strings) {
                let place = &mut own.by_sym[sym.place()];
                if place.is_none() {
                    *place = u32::try_from(written.len()).ok();
                    written.push(strings.text(sym));
                }
            }
        }
        for (place, text) in spelt {
            own.spelt.insert(*place, written.len());
            written.push(text);
        }
        let cut: Vec<Cut> = written.par_iter().map(|text| Cut::new(text)).collect();
        own.intern(cut, population);
        own
    }

    /// Gives each distinct word a place, and reads it.
    fn intern(&mut self, cut: Vec<Cut>, population: &Population) {
        let mut places: HashMap<String, WordIx> = HashMap::new();
        let mut words: Vec<String> = Vec::new();
        for text in cut {
            let mut piece = |part: Part| {
                let mut place = |word: String| {
                    *places.entry(word).or_insert_with_key(|word| {
                        words.push(word.clone());
                        // An export holds far fewer words than 2^32.
                        WordIx(u32::try_from(words.len() - 1).unwrap_or(u32::MAX))
                    })
                };
                let joined = joined(&part.words, population).into_iter().map(&mut place).collect();
                let split = split(&part.words, population).into_iter().map(&mut place).collect();
                let words = part.words.into_iter().map(place).collect();
                Piece { words, joined, split, plain: part.plain, core: part.core }
            };
            let before = piece(text.before);
            let behind = text.behind.map(&mut piece);
            self.texts.push(NameText { before, behind });
        }
        self.given = words.par_iter().map(|word| read_word(word, &population.given)).collect();
        self.surname = words.par_iter().map(|word| read_word(word, &population.surname)).collect();
        self.kinds = words.par_iter().map(|word| Word::of(word)).collect();
        self.given_names = words.par_iter().map(|word| is_given_name(word)).collect();
    }

    /// The name that an account states in its columns.
    pub fn stated(&self, account: &Account) -> Name<'_> {
        match (account.given_name, account.surname) {
            (Some(given), Some(surname)) => match (self.text(given), self.text(surname)) {
                (Some(given), Some(surname)) => Name::Apart { given: &given.before, surname: &surname.before },
                _ => Name::Absent,
            },
            (given, surname) => account
                .whole_name
                .or(surname)
                .or(given)
                .and_then(|sym| self.text(sym))
                .map_or(Name::Absent, |text| self.whole(text)),
        }
    }

    /// Other forms of the name that its rows and columns hold, that tell it otherwise than the columns the name is
    /// taken from.
    pub fn others(&self, account: &Account, strings: &Strings) -> Vec<Name<'_>> {
        let stated: Vec<Sym> = stated_in(account).collect();
        let own: BTreeSet<WordIx> = stated.iter().filter_map(|sym| self.text(*sym)).flat_map(NameText::words).collect();
        let others = written_in(account, strings).filter(|sym| !stated.contains(sym));
        let texts = others.filter_map(|sym| self.text(sym));
        texts.filter(|text| !text.words().all(|word| own.contains(&word))).map(|text| self.whole(text)).collect()
    }

    /// A text as a name: surname and given name by its comma, unless what stands behind it names a thing: a unit.
    fn whole<'t>(&'t self, text: &'t NameText) -> Name<'t> {
        let is_unit = |behind: &Piece| text.before.words.len() >= 2 && matches!(self.names(behind), Naming::Thing(_));
        match &text.behind {
            Some(given) if !is_unit(given) => Name::Apart { given, surname: &text.before },
            _ => Name::EitherOrder(&text.before),
        }
    }

    fn names(&self, piece: &Piece) -> Naming {
        Naming::of(self.kinds_of(piece))
    }

    fn kinds_of(&self, piece: &Piece) -> Vec<Word> {
        piece.words[..piece.core].iter().map(|word| self.kinds[word.0 as usize]).collect()
    }

    fn text(&self, sym: Sym) -> Option<&NameText> {
        self.by_sym.get(sym.place()).copied().flatten().map(|at| &self.texts[at as usize])
    }

    /// The name that an address or account name spells out.
    pub fn spelt(&self, place: usize) -> Name<'_> {
        self.spelt.get(&place).map_or(Name::Absent, |at| self.whole(&self.texts[*at]))
    }

    /// The ways to read a name, those in the order written first.
    pub fn readings<'t>(&self, name: Name<'t>) -> Vec<NameReading<'t>> {
        let cuts = name.cuts();
        let by_chance: Vec<f64> = cuts.iter().map(|(given, surname, _)| self.by_chance(given, surname)).collect();
        let best = |order: Order| {
            let own = cuts.iter().zip(&by_chance).filter(|((.., other), _)| *other != order);
            own.map(|(_, chance)| *chance).fold(f64::NEG_INFINITY, f64::max)
        };
        let others = [best(Order::AsWritten), best(Order::Swapped)];
        let favour = |order: Order, chance: f64| {
            let other = others[usize::from(order == Order::Swapped)];
            if other.is_finite() { chance - other } else { 0.0 }
        };
        let both = cuts.iter().zip(&by_chance);
        both.map(|(&(given, surname, order), chance)| NameReading {
            given,
            surname,
            order,
            favour: favour(order, *chance),
        })
        .collect()
    }

    /// log2 of how likely anybody bears these words as given names and surnames.
    fn by_chance(&self, given: &[WordIx], surname: &[WordIx]) -> f64 {
        let of = |part, words: &[WordIx]| words.iter().map(|word| self.read_as(part, *word).by_chance).sum::<f64>();
        of(NamePart::Given, given) + of(NamePart::Surname, surname)
    }

    /// Whether a name holds every word of another.
    pub fn spells_out(&self, name: Name<'_>, stated: Name<'_>) -> bool {
        let whole: Vec<WordIx> = name.words().collect();
        !whole.is_empty() && stated.words().all(|word| whole.contains(&word))
    }

    /// A word read as a given name or as a surname.
    pub fn read_as(&self, part: NamePart, word: WordIx) -> &WordReading {
        match part {
            NamePart::Given => &self.given[word.0 as usize],
            NamePart::Surname => &self.surname[word.0 as usize],
        }
    }

    /// Whether people of the country are called so by their given name.
    pub fn is_given_name(&self, word: WordIx) -> bool {
        self.given_names[word.0 as usize]
    }

    /// What a name names: somebody, or a thing.
    pub fn naming(&self, name: Name<'_>) -> Naming {
        match name {
            Name::Absent => Naming::Nothing,
            Name::Apart { given, surname } => Naming::of_columns(&self.kinds_of(given), &self.kinds_of(surname)),
            Name::EitherOrder(piece) => self.names(piece),
        }
    }

    /// What a column of given names or of surnames names, where it is all there is of a name: somebody, if people are
    /// called so.
    pub fn naming_of_part(&self, account: &Account) -> Naming {
        let part = account.given_name.or(account.surname).and_then(|sym| self.text(sym));
        let is_name = |text: &NameText| self.kinds_of(&text.before).contains(&Word::Name);
        if part.is_some_and(is_name) { Naming::Person } else { Naming::Nothing }
    }

    /// How many distinct words there are.
    pub fn words(&self) -> usize {
        self.given.len()
    }
}

/// The words, two beside each other made one where somebody is called so and by one of the two nobody; empty where no two
/// are.
fn joined(words: &[String], population: &Population) -> Vec<String> {
    let is_borne = |word: &str| population.given.find(word).or_else(|| population.surname.find(word)).is_some();
    let is_one =
        |pair: [&String; 2]| pair.iter().any(|word| !is_borne(word)) && is_borne(&pair.map(String::as_str).concat());
    let (mut own, mut rest) = (Vec::with_capacity(words.len()), words);
    while let [first, behind @ ..] = rest {
        let second = behind.first().filter(|second| is_one([first, second]));
        own.push(second.map_or_else(|| first.clone(), |second| format!("{first}{second}")));
        rest = &behind[usize::from(second.is_some())..];
    }
    if own.len() < words.len() { own } else { Vec::new() }
}

/// The words as given names, one that nobody bears cut in two that somebody does; empty where none is.
fn split(words: &[String], population: &Population) -> Vec<String> {
    /// Shorter beginnings are of too many names.
    const SHORTEST: usize = 3;
    let is_borne = |word: &str| word.len() >= SHORTEST && population.given.find(word).is_some();
    let halves = |word: &String| {
        let cuts = word.char_indices().map(|(at, _)| word.split_at(at));
        let mut found = cuts.filter(|(first, second)| is_borne(first) && is_borne(second));
        found.next().filter(|_| !is_borne(word)).map(|(first, second)| [first.to_owned(), second.to_owned()])
    };
    if words.iter().all(|word| halves(word).is_none()) {
        return Vec::new();
    }
    words.iter().flat_map(|word| halves(word).map_or_else(|| vec![word.clone()], Vec::from)).collect()
}

/// The columns a name is taken from: given name and surname, else the whole, else the one that is there.
fn stated_in(account: &Account) -> impl Iterator<Item = Sym> {
    let columns = match (account.given_name, account.surname) {
        (Some(given), Some(surname)) => [Some(given), Some(surname)],
        (given, surname) => [account.whole_name.or(surname).or(given), None],
    };
    columns.into_iter().flatten()
}

/// Every name text of an account.
fn written_in(account: &Account, strings: &Strings) -> impl Iterator<Item = Sym> {
    stated_in(account).chain(account.whole_name).chain(strings.list(account.other_names).iter().copied())
}

/// A text cut, its words not yet places.
struct Cut {
    before: Part,
    behind: Option<Part>,
}

struct Part {
    words: Vec<String>,
    plain: Vec<String>,
    core: usize,
}

impl Cut {
    fn new(text: &str) -> Self {
        match text.split_once(',') {
            Some((before, behind)) => Self { before: Part::new(before), behind: Some(Part::new(behind)) },
            None => Self { before: Part::new(text), behind: None },
        }
    }
}

impl Part {
    fn new(text: &str) -> Self {
        let mut words = name_words(text);
        words.truncate(MOST_WORDS);
        let own = core(text);
        let core = if own.len() < text.len() { name_words(own).len().min(words.len()) } else { words.len() };
        Self { words, plain: with_pairs(plain_words(text)), core }
    }
}
