//! How common Swedish names are in the country: what a shared name is worth as evidence.
//!
//! The table holds the 500 most common surnames (Skatteverket 2025) and given names of each sex
//! (Isof 2023) with their share of the bearers of the 500.

use super::fold_word;
use foldhash::{HashMap, HashMapExt};
use std::sync::LazyLock;

/// The embedded table, tab-separated: kind, name, share.
pub const TABLE: &str = include_str!("swedish-names.tsv");

/// The bearers of the 500 most common names are this part of the population: 4,325,000 of 10.6
/// million for surnames; given names lie close to it.
const COVERED: f64 = 0.41;

/// Shares of the population by folded word.
struct Frequencies {
    given: HashMap<String, f64>,
    surname: HashMap<String, f64>,
}

static FREQUENCIES: LazyLock<Frequencies> = LazyLock::new(|| {
    let mut table = Frequencies { given: HashMap::new(), surname: HashMap::new() };
    for line in TABLE.lines() {
        let mut cells = line.split('\t');
        let (Some(kind), Some(name), Some(share)) = (cells.next(), cells.next(), cells.next()) else { continue };
        let Ok(share) = share.parse::<f64>() else { continue };
        // Half the people bear names of either sex.
        let (map, part) = match kind {
            "surname" => (&mut table.surname, COVERED),
            _ => (&mut table.given, COVERED / 2.0),
        };
        *map.entry(fold_word(name)).or_default() += share * part;
    }
    table
});

/// The part of the population that bears a given name, by its folded word; `None` outside the table,
/// where a name has fewer than about 2,100 bearers of 10.6 million, and most have far fewer.
pub fn given_name_share(word: &str) -> Option<f64> {
    FREQUENCIES.given.get(word).copied()
}

/// The part of the population that bears a surname, by its folded word; `None` outside the table.
pub fn surname_share(word: &str) -> Option<f64> {
    FREQUENCIES.surname.get(word).copied()
}

/// Whether a folded word is one of the common given names.
pub fn is_given_name(word: &str) -> bool {
    FREQUENCIES.given.contains_key(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table gives the shares that Statistics Sweden publishes, near enough: Andersson
    /// 217,631 of 10.6 million.
    #[test]
    fn common_names_have_their_true_share() {
        let andersson = surname_share("andersson").unwrap();
        assert!((0.018..0.024).contains(&andersson), "{andersson}");
        assert_eq!(surname_share("xylander"), None);
        assert!(is_given_name("anna") && !is_given_name("backup"));
    }
}
