//! Staff whose names come from elsewhere. One name has several spellings in Latin letters, double names change order,
//! particles come and go, and what stands first need not be the given name; each system has written it down anew.

use super::accounts::{Made, SystemMade};
use super::cause::Cause;
use super::names::FullName;
use super::random::Random;
use std::collections::BTreeMap;

/// Language, kind and spellings, by tabs; a bar between spellings.
const TABLE: &str = include_str!("data/foreign-names.tsv");

/// Of staff, those with a name from elsewhere.
pub const FROM_ELSEWHERE: f64 = 0.75;

/// Of accounts, those left without a key: where a number decides, spelling costs nothing.
const KEYLESS: f64 = 0.3;

/// The spellings of one name.
type Spellings = Vec<&'static str>;

/// The names of one language.
#[derive(Default)]
struct Language {
    women: Vec<Spellings>,
    men: Vec<Spellings>,
    surnames: Vec<Spellings>,
}

/// Names by language.
pub struct ForeignNames(BTreeMap<&'static str, Language>);

impl ForeignNames {
    /// Reads the table.
    pub fn new() -> Self {
        let mut languages: BTreeMap<&'static str, Language> = BTreeMap::new();
        for (language, kind, spellings) in rows() {
            let own = languages.entry(language).or_default();
            match kind {
                "female" => own.women.push(spellings),
                "male" => own.men.push(spellings),
                _ => own.surnames.push(spellings),
            }
        }
        Self(languages)
    }

    /// The names of a woman or a man as payroll came to spell them.
    pub fn draw(&self, woman: bool, random: &mut Random) -> FullName {
        let languages: Vec<(&str, &Language)> = self.0.iter().map(|(name, own)| (*name, own)).collect();
        let (language, names) = *random.one(&languages);
        let pool = if woman { &names.women } else { &names.men };
        let first = spelling(pool, random);
        let surname = spelling(&names.surnames, random).to_owned();
        match language {
            // The given name in use stands last.
            "vietnamese" => FullName { given: vec![if woman { "Thi" } else { "Van" }, first], call: 1, surname },
            "spanish" if random.chance(0.8) => {
                let surname = format!("{surname} {}", spelling(&names.surnames, random));
                FullName { given: vec![first], call: 0, surname }
            }
            _ if random.chance(0.25) => FullName { given: vec![first, spelling(pool, random)], call: 0, surname },
            _ => FullName { given: vec![first], call: 0, surname },
        }
    }
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str, Spellings)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?, cells.next()?.split('|').collect()))
    })
}

/// A spelling of a name: those early in the list are borne by more, and the first spelling is the commonest.
fn spelling(names: &[Spellings], random: &mut Random) -> &'static str {
    let early = random.below(names.len()).min(random.below(names.len()));
    let spellings = &names[early];
    if random.chance(0.5) { spellings[0] } else { random.one::<&str>(spellings) }
}

/// Writes the names of the accounts down anew.
pub fn trouble(systems: &mut [SystemMade], random: &mut Random) {
    let mut spellings: BTreeMap<&str, Spellings> = BTreeMap::new();
    for (.., own) in rows() {
        own.iter().for_each(|spelling| spellings.entry(spelling).or_default().extend(&own));
    }
    for system in systems {
        for account in system.accounts.iter_mut().filter(|account| account.is_everyday()) {
            if account.cause == Cause::None {
                rewrite(account, &spellings, random);
            }
            if random.chance(KEYLESS) {
                account.lose_key(system.kind);
            }
        }
    }
}

/// What changes nothing did not happen.
fn rewrite(account: &mut Made, spellings: &BTreeMap<&str, Spellings>, random: &mut Random) {
    let (given, surname) = account.called.clone();
    let double = surname.contains(' ');
    let (called, cause) = match random.unit() {
        x if x < 0.05 => ((surname, given), Cause::Swapped),
        x if x < 0.15 && double => ((given, reversed(&surname)), Cause::Reordered),
        x if x < 0.22 && double => {
            let halves: Vec<&str> = surname.split(' ').filter(|word| word.chars().count() > 2).collect();
            ((given, halves.first().map_or(surname.clone(), |half| (*half).to_owned())), Cause::HalfName)
        }
        x if x < 0.30 => ((respelt(&given, spellings, random), surname), Cause::Respelt),
        x if x < 0.45 => ((given, respelt(&surname, spellings, random)), Cause::Respelt),
        x if x < 0.55 => {
            let given = respelt(&given, spellings, random);
            ((given, respelt(&surname, spellings, random)), Cause::Respelt)
        }
        _ => return,
    };
    if called != account.called {
        account.called = called;
        account.cause = cause;
    }
}

fn reversed(surname: &str) -> String {
    surname.split(' ').rev().collect::<Vec<_>>().join(" ")
}

/// Another spelling of a name, or of each of its words where the whole is not known.
fn respelt(name: &str, spellings: &BTreeMap<&str, Spellings>, random: &mut Random) -> String {
    let mut other = |word: &str| spellings.get(word).map(|own| (*random.one(own)).to_owned());
    if let Some(whole) = other(name) {
        return whole;
    }
    let words = name.split(' ').map(|word| other(word).unwrap_or_else(|| word.to_owned()));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{ForeignNames, rows};

    /// Every row has several spellings, none of them twice, and every language names of each kind.
    #[test]
    fn the_table_is_whole() {
        for (language, kind, mut spellings) in rows() {
            let count = spellings.len();
            spellings.sort_unstable();
            spellings.dedup();
            assert!(count > 1 && spellings.len() == count, "{language} {spellings:?}");
            assert!(["female", "male", "surname"].contains(&kind), "{kind}");
        }
        let whole = |own: &super::Language| !own.women.is_empty() && !own.men.is_empty() && !own.surnames.is_empty();
        assert!(ForeignNames::new().0.values().all(whole));
    }
}
