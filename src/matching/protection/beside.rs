//! What stands beside names in name columns and is no part of them: "Lind Eva, Hemtjänst Norr", "Eva Lind (IT-enheten)".
//!
//! Words of a unit that were taken for a name would hide everybody who works there. A text beside a name is known for
//! what it is by payroll, which has a unit called so, or by standing beside names of people who share no word.

use crate::ingest::{Export, Mark, WrittenName};
use crate::model::{Account, Field, NameTokens, is_given_name, name_words, surname_share};
use crate::roster::Roster;
use foldhash::{HashMap, HashSet, HashSetExt};
use rayon::prelude::*;

/// Words of the shortest whole name.
const WHOLE: usize = 2;

/// Different names kept for each text beside them.
const KEPT: usize = 4;

/// Texts that stand beside names, folded.
#[derive(Debug, Default)]
pub struct Beside(HashSet<String>);

/// A name without what stands beside it.
#[derive(Clone, Debug)]
pub struct Named {
    /// As written.
    pub written: String,
    /// As compared.
    pub tokens: NameTokens,
    /// Whether it stands in one text.
    pub is_whole: bool,
}

/// A text cut in two: perhaps a name and what stands beside it.
struct Cut<'t> {
    name: &'t str,
    beside: &'t str,
    /// Whether a sign parts them, and not a blank alone.
    by_sign: bool,
}

impl Beside {
    /// Looks through the names of every account.
    pub fn new<'e>(exports: impl Iterator<Item = &'e Export>, roster: &Roster) -> Self {
        let people = people(roster);
        let is_name = |word: &str| is_given_name(word) || surname_share(word).is_some() || people.contains(word);
        let units = units(roster).into_iter();
        let mut own = Self(units.filter(|unit| !unit.split(' ').all(is_name)).collect());
        let mut known: HashMap<String, Vec<Vec<String>>> = HashMap::default();
        for export in exports {
            let parts = |account: &Account| {
                let texts = export.written_names(account).into_iter();
                texts.flat_map(|text| perhaps_beside(&text, &is_name)).collect::<Vec<_>>()
            };
            let parts: Vec<_> = export.accounts.par_iter().flat_map_iter(parts).collect();
            for (name, beside) in parts {
                let names = known.entry(beside.clone()).or_default();
                if names.iter().any(|other| !other.iter().any(|word| name.contains(word))) {
                    own.0.insert(beside);
                } else if names.len() < KEPT && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        own
    }

    /// A name without what stands beside it.
    pub fn name(&self, name: &WrittenName<'_>) -> Named {
        match *name {
            WrittenName::Apart { given, surname } => {
                let surname = self.without(surname, 1);
                let tokens = NameTokens::apart(given, "", surname);
                Named { written: format!("{given} {surname}"), tokens, is_whole: false }
            }
            WrittenName::Whole(text) => {
                let text = self.without(text, WHOLE);
                Named { written: text.to_owned(), tokens: NameTokens::whole(text), is_whole: true }
            }
        }
    }

    /// What the one is called whom a marked row is about.
    pub fn names_of_mark(&self, mark: &Mark) -> Vec<Named> {
        let given = [Field::GivenName, Field::CallName, Field::MiddleName].into_iter().flat_map(|own| mark.texts(own));
        let given = given.collect::<Vec<_>>().join(" ");
        let apart = mark.texts(Field::Surname).map(|surname| WrittenName::Apart { given: &given, surname });
        let whole = mark.texts(Field::Name).map(WrittenName::Whole);
        apart.chain(whole).map(|name| self.name(&name)).collect()
    }

    /// What an account's holder is called in its columns.
    pub fn names_of(&self, account: &Account, export: &Export) -> Vec<Named> {
        export.written_names(account).iter().map(|name| self.name(name)).collect()
    }

    /// A text without what stands beside the name in it, which has so many words at the least.
    pub fn without<'t>(&self, text: &'t str, least: usize) -> &'t str {
        let mut name = text;
        let beside = |cut: &Cut<'_>| self.0.contains(&name_words(cut.beside).join(" "));
        while let Some(cut) = cuts(name, least).into_iter().find(beside) {
            name = cut.name;
        }
        name
    }
}

/// The cuts of a name behind which no part of it need stand, in words.
fn perhaps_beside(name: &WrittenName<'_>, is_name: &dyn Fn(&str) -> bool) -> Vec<(Vec<String>, String)> {
    let (text, least) = match *name {
        WrittenName::Apart { surname, .. } => (surname, 1),
        WrittenName::Whole(text) => (text, WHOLE),
    };
    let words = |cut: Cut<'_>| {
        let beside = name_words(cut.beside);
        // A sign parts two names too: "Lind Berg, Eva Maria". A blank says nothing.
        let names = beside.iter().filter(|word| is_name(word)).count();
        let is_beside = if cut.by_sign { names < beside.len() } else { names == 0 && beside.len() > 1 };
        is_beside.then(|| (name_words(cut.name), beside.join(" ")))
    };
    cuts(text, least).into_iter().filter_map(words).collect()
}

/// Every place to cut a text where so many words are left of it, what is cut off longest first.
fn cuts(text: &str, least: usize) -> Vec<Cut<'_>> {
    let signs = text.char_indices().filter_map(|(at, sign)| Some((parts_at(text, at, sign)?, true)));
    // A name of three words is a name.
    let blanks = text.match_indices(' ').skip(1).map(|(at, _)| (at, false));
    let mut places: Vec<(usize, bool)> = signs.chain(blanks.filter(|_| least >= WHOLE)).collect();
    places.sort_unstable_by_key(|(at, by_sign)| (*at, !by_sign));
    let cut = |(at, by_sign): (usize, bool)| {
        let (name, beside) = text.split_at(at);
        let is_whole = name_words(name).len() >= least && beside.contains(char::is_alphabetic);
        is_whole.then(|| Cut { name: name.trim_end(), beside, by_sign })
    };
    places.into_iter().filter_map(cut).collect()
}

/// Where a sign parts a name from what stands beside it, if it does: a dash is one between blanks alone.
fn parts_at(text: &str, at: usize, sign: char) -> Option<usize> {
    match sign {
        ',' | '(' | '[' | '/' | '|' => Some(at),
        '-' | '–' | '—' => {
            let before = text[..at].strip_suffix(' ')?;
            text[at + sign.len_utf8()..].starts_with(' ').then_some(before.len())
        }
        _ => None,
    }
}

/// Every word that somebody in payroll or a register is called.
fn people(roster: &Roster) -> HashSet<String> {
    let mut words = HashSet::new();
    for (_, person) in roster.persons() {
        for name in std::iter::once(&person.tokens).chain(&person.other_names) {
            words.extend(name.given.iter().chain(&name.surname).cloned());
        }
    }
    words
}

/// What the units and departments of payroll are called, folded.
fn units(roster: &Roster) -> HashSet<String> {
    let mut units = HashSet::new();
    for (_, person) in roster.persons() {
        for employment in &person.employments {
            let called = employment.unit.iter().chain(&employment.department);
            units.extend(called.map(|unit| name_words(unit).join(" ")).filter(|unit| !unit.is_empty()));
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text that is known to stand beside names is cut off, however it is parted from them; a name is left whole.
    #[test]
    fn what_stands_beside_is_cut_off() {
        let own = Beside(["hemtjanst ost", "it enheten", "vik"].map(str::to_owned).into_iter().collect());
        for text in [
            "Sjöström Göran, Hemtjänst Öst",
            "Sjöström Göran (IT-enheten)",
            "Sjöström Göran - Hemtjänst Öst",
            "Sjöström Göran Hemtjänst Öst",
            "Sjöström Göran, Hemtjänst Öst (vik)",
            "Sjöström Göran",
        ] {
            assert_eq!(own.without(text, WHOLE), "Sjöström Göran", "{text}");
        }
        assert_eq!(own.without("Öst, Hemtjänst Öst", WHOLE), "Öst, Hemtjänst Öst");
        assert_eq!(own.without("Sjöström (IT-enheten)", 1), "Sjöström");
    }

    /// A second given name behind two surnames is a name; a unit is none, and neither is one that a blank parts.
    #[test]
    fn names_are_no_units() {
        let is_name = |word: &str| ["eva", "maria", "lind", "berg", "ek"].contains(&word);
        let beside = |text: &str| {
            let parts = perhaps_beside(&WrittenName::Whole(text), &is_name);
            parts.into_iter().map(|(_, beside)| beside).collect::<Vec<_>>()
        };
        assert_eq!(beside("Lind Berg, Eva Maria"), [""; 0]);
        assert_eq!(beside("Eva Maria Lind Berg"), [""; 0]);
        assert_eq!(beside("Lind Eva, Hemtjänst Maria"), ["hemtjanst maria"]);
        assert_eq!(beside("Eva Lind Hemtjänst Norr"), ["hemtjanst norr"]);
        assert_eq!(beside("Eva Lind Quistorp"), [""; 0]);
    }
}
