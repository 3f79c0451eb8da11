//! Columns of an organisation's levels: `Org.enhet nivå 2`, `Org.enhet nivå 4`.
//!
//! The highest level that is told is the department where no other column tells it, and the lowest is where people work.
//! Taken in the order of the file, everyone of a department would work in one unit, and nobody in a department.

use super::super::header::normalise;
use super::{Claim, Mapping, Seen};
use crate::model::Field;

/// Gives the columns of levels among those of units their turn.
pub fn take_levels(claims: &mut [Claim], mapping: &Mapping, seen: &Seen<'_>) {
    let level = |claim: &Claim| level_of(&mapping.headers[claim.column]).filter(|_| claim.field == Field::Unit);
    let is_filled = |claim: &&Claim| !seen.profile.is_empty(claim.column);
    let levels: Vec<u16> = claims.iter().filter(is_filled).filter_map(level).collect();
    let (Some(&highest), Some(&lowest)) = (levels.iter().min(), levels.iter().max()) else { return };
    if highest == lowest {
        return;
    }
    let has_department =
        mapping.columns.contains_key(&Field::Department) || claims.iter().any(|own| own.field == Field::Department);
    for claim in claims {
        let Some(own) = level(claim) else { continue };
        claim.rank = lowest - own;
        if own == highest && !has_department {
            claim.field = Field::Department;
        }
    }
}

/// The number behind the word for a level, 1 being the highest.
fn level_of(header: &str) -> Option<u16> {
    let folded = normalise(header);
    let (_, behind) = ["niva", "level"].into_iter().find_map(|word| folded.split_once(word))?;
    let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A level is told by the number behind its word.
    #[test]
    fn levels_are_read() {
        for (header, level) in [("Org.enhet nivå 2", 2), ("Organisation nivå 04 namn", 4), ("Org level 3", 3)] {
            assert_eq!(level_of(header), Some(level), "{header}");
        }
        for header in ["Enhet", "Nivå", "Enhet 2", "Chefsnivå B"] {
            assert_eq!(level_of(header), None, "{header}");
        }
    }
}
