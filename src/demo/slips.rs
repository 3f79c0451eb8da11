//! What happens to a name on its way into a system, with the rates of ordinary exports.

use super::people::Human;
use super::random::Random;
use crate::model::fold;

/// What was done to an account's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Nothing.
    None,
    /// A slip of the finger in the given name.
    GivenName,
    /// A slip of the finger in the surname.
    Surname,
    /// Given name and surname have changed places.
    Swapped,
    /// å, ä and ö are gone.
    Folded,
    /// An everyday form: Lasse for Lars.
    ShortForm,
    /// All given names as registered.
    AllGivenNames,
    /// The surname of before a wedding.
    Renamed,
}

impl Slip {
    /// The name in the right answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::GivenName => "slip-given-name",
            Self::Surname => "slip-surname",
            Self::Swapped => "swapped",
            Self::Folded => "ascii",
            Self::ShortForm => "short-form",
            Self::AllGivenNames => "all-given-names",
            Self::Renamed => "renamed",
        }
    }

    /// Draws one, by how often each is met in a hundred accounts.
    fn draw(random: &mut Random) -> Self {
        const RATES: [(Slip, f64); 7] = [
            (Slip::GivenName, 1.0),
            (Slip::Surname, 1.5),
            (Slip::Swapped, 0.7),
            (Slip::Folded, 2.0),
            (Slip::ShortForm, 2.0),
            (Slip::AllGivenNames, 3.0),
            (Slip::Renamed, 2.0),
        ];
        let mut place = random.unit() * 100.0;
        for (slip, rate) in RATES {
            if place < rate {
                return slip;
            }
            place -= rate;
        }
        Self::None
    }
}

/// Short forms used here; one that a name lacks leaves the name as it is.
const SHORT_FORMS: [(&str, &str); 12] = [
    ("Lars", "Lasse"),
    ("Karl", "Kalle"),
    ("Kristina", "Stina"),
    ("Elisabeth", "Lisbeth"),
    ("Margareta", "Greta"),
    ("Birgitta", "Gitta"),
    ("Mikael", "Micke"),
    ("Jan", "Janne"),
    ("Johan", "Johnny"),
    ("Bo", "Bosse"),
    ("Alexander", "Alex"),
    ("Per", "Pelle"),
];

/// The names a system has of someone, and what happened to them.
pub fn called(human: &Human, maiden: &str, random: &mut Random) -> ((String, String), Slip) {
    let (given, surname) = (human.call_name().to_owned(), human.surname.clone());
    let (slipped, slip) = match Slip::draw(random) {
        Slip::GivenName => ((mistyped(&given, random), surname.clone()), Slip::GivenName),
        Slip::Surname => ((given.clone(), mistyped(&surname, random)), Slip::Surname),
        Slip::Swapped => ((surname.clone(), given.clone()), Slip::Swapped),
        Slip::Folded => ((plain(&given), plain(&surname)), Slip::Folded),
        Slip::ShortForm => ((short_form(&given), surname.clone()), Slip::ShortForm),
        Slip::AllGivenNames => ((human.given.join(" "), surname.clone()), Slip::AllGivenNames),
        Slip::Renamed => ((given.clone(), maiden.to_owned()), Slip::Renamed),
        Slip::None => ((given.clone(), surname.clone()), Slip::None),
    };
    // What changed nothing did not happen.
    let happened = slipped != (given, surname);
    (slipped, if happened { slip } else { Slip::None })
}

/// A letter too few, a letter doubled, two exchanged, or another one.
fn mistyped(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 3 {
        return word.to_owned();
    }
    let at = 1 + random.below(letters.len() - 2);
    match random.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at + 1),
        _ => letters[at] = *random.one(&['e', 'a', 'r', 'n', 's', 't', 'l', 'i']),
    }
    letters.into_iter().collect()
}

/// Without dots and rings, each word with its capital.
fn plain(text: &str) -> String {
    let capital = |word: &str| {
        let folded = fold(word);
        let mut letters = folded.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    text.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

fn short_form(given: &str) -> String {
    SHORT_FORMS.iter().find(|(name, _)| *name == given).map_or(given, |(_, short)| short).to_owned()
}
