//! Who is meant by an owner, administrator or manager: a person by number, e-mail or name, or a
//! post, which is accepted as it stands.

use super::{Roster, name_keys};
use crate::model::{NameTokens, PersonIx, fold};
use std::collections::BTreeSet;

/// What a written reference came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// One person.
    Person(PersonIx),
    /// The name fits several.
    Several(Vec<PersonIx>),
    /// A post or a unit, not a person.
    Post,
    /// A person who cannot be found.
    Unknown,
}

impl Resolution {
    /// Everyone it could be.
    pub fn persons(&self) -> &[PersonIx] {
        match self {
            Self::Person(ix) => std::slice::from_ref(ix),
            Self::Several(persons) => persons,
            Self::Post | Self::Unknown => &[],
        }
    }
}

/// Ends of words that name a post or a unit.
const POST_ENDINGS: [&str; 26] = [
    "chef",
    "chefen",
    "direktor",
    "ansvarig",
    "samordnare",
    "forvaltare",
    "controller",
    "rektor",
    "namnd",
    "namnden",
    "avdelning",
    "avdelningen",
    "enhet",
    "enheten",
    "strateg",
    "handlaggare",
    "administrator",
    "sekreterare",
    "kontoret",
    "forvaltning",
    "forvaltningen",
    "gruppen",
    "manager",
    "director",
    "support",
    "team",
];

/// Finds who is meant.
pub fn resolve(written: &str, roster: &Roster) -> Resolution {
    let written = written.trim();
    if written.contains('@') {
        return found(roster.index().by_mail(written), roster);
    }
    if !written.is_empty() && written.bytes().all(|b| b.is_ascii_digit()) {
        return found(roster.index().by_employee(written), roster);
    }
    let by_key = roster.index().by_employee(written).iter().chain(roster.index().by_user_name(written));
    let by_key: BTreeSet<PersonIx> = by_key.copied().collect();
    if !by_key.is_empty() {
        return found(&by_key.into_iter().collect::<Vec<_>>(), roster);
    }
    by_name(written, roster)
}

fn by_name(written: &str, roster: &Roster) -> Resolution {
    let without_note = written.split(['(', ';']).next().unwrap_or(written);
    let tokens = NameTokens::whole(without_note);
    if names_a_post(without_note) || tokens.given.len() + tokens.surname.len() < 2 {
        return Resolution::Post;
    }
    let fits = |ix: &PersonIx| {
        let person = &roster.person(*ix).tokens;
        let known = |word: &String| person.given.contains(word) || person.surname.contains(word);
        tokens.given.iter().chain(&tokens.surname).all(known)
    };
    let keys = name_keys(&tokens);
    let persons: BTreeSet<PersonIx> =
        keys.iter().flat_map(|key| roster.index().by_name(key)).filter(|ix| fits(ix)).copied().collect();
    match found(&persons.into_iter().collect::<Vec<_>>(), roster) {
        Resolution::Unknown if !looks_like_a_person(&tokens) => Resolution::Post,
        resolution => resolution,
    }
}

/// Whoever answers for something is looked for in payroll first: registers beside it have numbers of their own.
fn found(persons: &[PersonIx], roster: &Roster) -> Resolution {
    match persons {
        [] => Resolution::Unknown,
        [one] => Resolution::Person(*one),
        several => {
            let paid: Vec<PersonIx> = several.iter().copied().filter(|ix| roster.person(*ix).is_in_payroll()).collect();
            if let [one] = paid[..] { Resolution::Person(one) } else { Resolution::Several(several.to_vec()) }
        }
    }
}

fn names_a_post(written: &str) -> bool {
    written.split([' ', '-', '/']).map(fold).any(|word| {
        POST_ENDINGS.iter().any(|ending| word.ends_with(ending)) || matches!(word.as_str(), "it" | "hr" | "kommun")
    })
}

/// Two words or more, one of them a given name that people in Sweden have.
fn looks_like_a_person(tokens: &NameTokens) -> bool {
    let words: BTreeSet<&String> = tokens.given.iter().chain(&tokens.surname).collect();
    words.len() >= 2 && tokens.given.iter().any(|word| crate::model::is_given_name(word))
}
