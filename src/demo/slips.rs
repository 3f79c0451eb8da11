//! What happens to a name on its way into a system, with the rates of ordinary exports.

use super::cause::Cause;
use super::people::Human;
use super::random::Random;
use crate::model::fold;

/// Draws what happens, by how often each is met in a hundred accounts.
fn draw(random: &mut Random) -> Cause {
    const RATES: [(Cause, f64); 7] = [
        (Cause::GivenName, 1.0),
        (Cause::Surname, 1.5),
        (Cause::Swapped, 0.7),
        (Cause::Folded, 2.0),
        (Cause::ShortForm, 2.0),
        (Cause::AllGivenNames, 3.0),
        (Cause::Renamed, 2.0),
    ];
    let mut place = random.unit() * 100.0;
    for (cause, rate) in RATES {
        if place < rate {
            return cause;
        }
        place -= rate;
    }
    Cause::None
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
pub fn called(human: &Human, maiden: &str, random: &mut Random) -> ((String, String), Cause) {
    let (given, surname) = (human.call_name().to_owned(), human.surname.clone());
    let cause = draw(random);
    let slipped = match cause {
        Cause::GivenName => (mistyped(&given, random), surname.clone()),
        Cause::Surname => (given.clone(), mistyped(&surname, random)),
        Cause::Swapped => (surname.clone(), given.clone()),
        Cause::Folded => (plain(&given), plain(&surname)),
        Cause::ShortForm => (short_form(&given), surname.clone()),
        Cause::AllGivenNames => (human.given.join(" "), surname.clone()),
        Cause::Renamed => (given.clone(), maiden.to_owned()),
        _ => (given.clone(), surname.clone()),
    };
    // What changed nothing did not happen.
    let happened = slipped != (given, surname);
    (slipped, if happened { cause } else { Cause::None })
}

/// A letter too few, a letter doubled, two exchanged, or another one.
pub fn mistyped(word: &str, random: &mut Random) -> String {
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
