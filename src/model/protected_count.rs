//! A number of protected accounts as it may be told: a small one points at persons.

use super::{Message, counted, message};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What is told of such a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProtectedCount {
    /// The number itself.
    Exactly(u64),
    /// That it lies under this one, which is said of none at all too.
    Fewer(u64),
    /// That it is this one or more.
    AtLeast(u64),
}

impl ProtectedCount {
    /// One system's number.
    pub fn of_system(number: u64, small: u64) -> Self {
        if number < small { Self::Fewer(small) } else { Self::Exactly(number) }
    }

    /// The number of the organisation, beside those of its systems. Exactly where what it holds beside the systems that
    /// are told could be shared by the others in many ways; else only as far as the others do not matter.
    pub fn of_organisation(systems: &[u64], small: u64) -> Self {
        let (told, others): (Vec<u64>, Vec<u64>) = systems.iter().partition(|number| **number >= small);
        let (told, rest) = (told.iter().sum::<u64>(), others.iter().sum::<u64>());
        let most = small.saturating_sub(1) * others.len() as u64;
        if others.is_empty() || (small..=most.saturating_sub(small)).contains(&rest) {
            Self::Exactly(told + rest)
        } else if told > 0 {
            Self::AtLeast(told)
        } else if rest < small {
            Self::Fewer(small)
        } else {
            Self::AtLeast(small)
        }
    }

    /// Whether a number can be the one that is told of.
    pub fn allows(self, number: u64) -> bool {
        match self {
            Self::Exactly(told) => number == told,
            Self::Fewer(small) => number < small,
            Self::AtLeast(least) => number >= least,
        }
    }

    /// In words.
    pub fn words(self) -> Message {
        match self {
            Self::Exactly(number) => message!("{number}", "{number}"),
            Self::Fewer(small) => message!("färre än {small}", "fewer than {small}"),
            Self::AtLeast(least) => message!("minst {least}", "at least {least}"),
        }
    }
}

impl ProtectedCount {
    /// With its noun: "1 konto", "färre än 5 konton".
    pub fn accounts(self) -> Message {
        let Message { sv, en } = self.words();
        match self {
            Self::Exactly(number) => counted(number, ["konto", "konton"], ["account", "accounts"]),
            Self::Fewer(_) | Self::AtLeast(_) => message!("{sv} konton", "{en} accounts"),
        }
    }
}

impl Default for ProtectedCount {
    /// Nothing was counted.
    fn default() -> Self {
        Self::Exactly(0)
    }
}

/// A number, or `"<5"`, or `">=12"`.
impl Serialize for ProtectedCount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Exactly(number) => serializer.serialize_u64(*number),
            Self::Fewer(small) => serializer.collect_str(&format_args!("<{small}")),
            Self::AtLeast(least) => serializer.collect_str(&format_args!(">={least}")),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Number(u64),
    Text(String),
}

impl<'de> Deserialize<'de> for ProtectedCount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let told = match Written::deserialize(deserializer)? {
            Written::Number(number) => Some(Self::Exactly(number)),
            Written::Text(text) => read(&text),
        };
        told.ok_or_else(|| serde::de::Error::custom("neither a number nor a bound of one"))
    }
}

fn read(text: &str) -> Option<ProtectedCount> {
    let least = text.strip_prefix(">=").map(|number| number.parse().map(ProtectedCount::AtLeast));
    let fewer = || text.strip_prefix('<').map(|number| number.parse().map(ProtectedCount::Fewer));
    least.or_else(fewer)?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// A system's small number is told as none at all is.
    #[test]
    fn small_numbers_are_bounds() {
        for number in 0..5 {
            assert_eq!(ProtectedCount::of_system(number, 5), ProtectedCount::Fewer(5));
        }
        assert_eq!(ProtectedCount::of_system(5, 5), ProtectedCount::Exactly(5));
    }

    /// The organisation's number, with that of its only small system taken from it, would be that system's.
    #[test]
    fn the_organisations_number_tells_of_no_small_system() {
        assert_eq!(ProtectedCount::of_organisation(&[12, 3], 5), ProtectedCount::AtLeast(12));
        assert_eq!(ProtectedCount::of_organisation(&[12, 0, 0], 5), ProtectedCount::AtLeast(12));
        assert_eq!(ProtectedCount::of_organisation(&[4, 4], 5), ProtectedCount::AtLeast(5));
        assert_eq!(ProtectedCount::of_organisation(&[2], 5), ProtectedCount::Fewer(5));
        assert_eq!(ProtectedCount::of_organisation(&[12, 2, 3, 1], 5), ProtectedCount::Exactly(18));
        assert_eq!(ProtectedCount::of_organisation(&[12, 7], 5), ProtectedCount::Exactly(19));
    }

    /// What is written is read again.
    #[test]
    fn bounds_are_read_again() {
        for told in [ProtectedCount::Exactly(7), ProtectedCount::Fewer(5), ProtectedCount::AtLeast(12)] {
            let json = serde_json::to_string(&told).unwrap();
            assert_eq!(serde_json::from_str::<ProtectedCount>(&json).unwrap(), told);
        }
        assert!(serde_json::from_str::<ProtectedCount>("\"five\"").is_err());
    }

    fn every(systems: usize) -> Vec<Vec<u64>> {
        (0..systems).fold(vec![Vec::new()], |lists, _| {
            lists.iter().flat_map(|list| (0..8).map(move |own| [&list[..], &[own]].concat())).collect()
        })
    }

    proptest! {
        /// Whoever reads every number that is told, and knows how they are made, is left with two numbers or more for
        /// each system that is not told.
        #[test]
        fn nobody_can_work_a_small_number_out(own in proptest::collection::vec(0u64..8, 1..5)) {
            let told = |systems: &[u64]| -> (Vec<ProtectedCount>, ProtectedCount) {
                let each = systems.iter().map(|number| ProtectedCount::of_system(*number, 5)).collect();
                (each, ProtectedCount::of_organisation(systems, 5))
            };
            let possible: Vec<Vec<u64>> = every(own.len()).into_iter().filter(|other| told(other) == told(&own)).collect();
            for at in (0..own.len()).filter(|at| own[*at] < 5) {
                let numbers: BTreeSet<u64> = possible.iter().map(|systems| systems[at]).collect();
                prop_assert!(numbers.len() >= 2, "{own:?}: {numbers:?}");
            }
        }
    }
}
