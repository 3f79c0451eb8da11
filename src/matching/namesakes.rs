//! People outside the files who are called as somebody in them.
//!
//! By the frequencies of names alone nobody outside would bear a rare name that stands in payroll. But those who came
//! back under another number, relatives and plain namesakes do, and some of them work where the person works. How
//! common they are differs from system to system, so it is learned: without it an account that states a name and a
//! unit and nothing else would be believed where every tenth is somebody else's. A system that holds names only cannot
//! tell them from staff; it begins from what the directories have shown.

use libm::{exp2, log2};
use std::ops::AddAssign;

/// Of people outside, the share who are called as somebody in the files, before anything is learned: those who came
/// back under another number, relatives, and everyday names. In payrolls of 5,000 people, 5.5 in 100 share both names
/// with a colleague.
const OF_OUTSIDERS: f64 = 0.05;

/// Of these, the share who are filed where the person works for another reason than chance: one in twenty, a relative
/// at the same place or one who was employed there before.
const AT_THE_PLACE: f64 = 0.05;

/// As if so many people outside had been seen already and agreed with the defaults.
const STRENGTH: f64 = 10.0;

/// However many they are, some outside have names of their own, and some namesakes work elsewhere.
const MOST: f64 = 0.9;

/// What the stated name and unit weigh for a person, before namesakes are thought of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stated {
    /// Bits of the name.
    pub name: f64,
    /// Bits of the unit, 0 where it does not agree.
    pub place: f64,
}

/// How common namesakes outside are in a system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Namesakes {
    /// Of people outside, the share who are called as somebody in the files.
    pub of_outsiders: f64,
    /// Of these, the share who are filed where the person works for another reason than chance.
    pub at_the_place: f64,
}

impl Default for Namesakes {
    fn default() -> Self {
        Self { of_outsiders: OF_OUTSIDERS, at_the_place: AT_THE_PLACE }
    }
}

impl Namesakes {
    /// What they take off the weight of a name and a unit among so many persons, in bits.
    pub fn bits(&self, stated: Stated, persons: f64) -> f64 {
        let (stranger, namesake) = self.outside(stated, persons);
        -log2(stranger + namesake) - stated.name - stated.place
    }

    /// How likely someone outside states such a name and unit, against the person: as a stranger and as a namesake.
    fn outside(&self, stated: Stated, persons: f64) -> (f64, f64) {
        let by_chance = exp2(-stated.place);
        let there = (1.0 - self.at_the_place) * by_chance + self.at_the_place;
        (exp2(-stated.name) * by_chance, self.of_outsiders / persons * there)
    }
}

/// Namesakes outside as they are seen in a round of learning.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Seen {
    outsiders: f64,
    namesakes: f64,
    /// Of those namesakes whose unit is known and whom something else could have shown to be the person, how many, and how
    /// many are at the place for another reason than chance. Where nothing else is stated, an account whose name and unit
    /// agree is as well explained by the person as by a namesake there, and teaches nothing.
    placed: f64,
    at_the_place: f64,
}

impl AddAssign for Seen {
    fn add_assign(&mut self, other: Self) {
        self.outsiders += other.outsiders;
        self.namesakes += other.namesakes;
        self.placed += other.placed;
        self.at_the_place += other.at_the_place;
    }
}

impl Seen {
    /// An account that is somebody's outside with probability `outside`; `best` is what its name and unit weigh for the
    /// person it fits best, and whether both have a unit and something else that tells.
    pub fn add(&mut self, outside: f64, best: Option<(Stated, bool)>, known: &Namesakes, persons: f64) {
        self.outsiders += outside;
        let Some((stated, teaches_place)) = best else { return };
        let (stranger, namesake) = known.outside(stated, persons);
        let is_namesake = outside * namesake / (stranger + namesake);
        self.namesakes += is_namesake;
        if teaches_place {
            self.placed += is_namesake;
            let chance = (1.0 - known.at_the_place) * exp2(-stated.place);
            let agrees = stated.place > 0.0;
            self.at_the_place +=
                if agrees { is_namesake * known.at_the_place / (chance + known.at_the_place) } else { 0.0 };
        }
    }

    /// How common they are by what was seen, never less than was known: few files hold enough people outside to tell
    /// that there are none.
    pub fn learned(&self, known: Namesakes) -> Namesakes {
        let share = |seen: f64, of: f64, known: f64| ((seen + STRENGTH * known) / (of + STRENGTH)).clamp(known, MOST);
        Namesakes {
            of_outsiders: share(self.namesakes, self.outsiders, known.of_outsiders),
            at_the_place: share(self.at_the_place, self.placed, known.at_the_place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name never weighs more than namesakes let it, a unit beside it adds less than it would alone, and what weighs
    /// little anyway loses next to nothing.
    #[test]
    fn a_name_weighs_no_more_than_namesakes_let_it() {
        let own = Namesakes::default();
        let whole = |name, place| name + place + own.bits(Stated { name, place }, 1000.0);
        assert!(whole(40.0, 0.0) <= (1000.0_f64 / OF_OUTSIDERS).log2() + 1e-9);
        assert!(whole(40.0, 8.0) > whole(40.0, 0.0) && whole(40.0, 8.0) < whole(40.0, 0.0) + 8.0);
        assert!((whole(2.0, 0.0) - 2.0).abs() < 0.01);
    }

    /// Many accounts that are called as somebody here and are not theirs teach that namesakes are common, also at the
    /// place; none teaches nothing.
    #[test]
    fn namesakes_are_learned_from_those_who_are_not_the_person() {
        let mut seen = Seen::default();
        let mut none = Seen::default();
        for _ in 0..100 {
            seen.add(1.0, Some((Stated { name: 20.0, place: 6.0 }, true)), &Namesakes::default(), 1000.0);
            none.add(1.0, None, &Namesakes::default(), 1000.0);
        }
        let learned = seen.learned(Namesakes::default());
        assert!(learned.of_outsiders > 0.8 && learned.at_the_place > 0.5, "{learned:?}");
        assert_eq!(none.learned(Namesakes::default()), Namesakes::default());
    }
}
