//! Words that lie within a slip or two of the fingers, found without comparing every pair.
//!
//! Two words at edit distance d share a form that is left when at most d letters are deleted from each
//! (Mor & Fraenkel 1982; symmetric deletion). The forms are kept as sorted hashes; whatever they lead
//! to is checked by its true distance, so that a collision costs time and never changes an outcome.

use strsim::osa_distance;

/// Letters up to which one slip is looked for; longer words allow two.
const SHORT: usize = 5;

/// Shorter words have no near words: at two letters nearly every word is one slip away.
const SHORTEST: usize = 3;

/// Longer words are no names: an export that holds them must not cost quadratic time.
const LONGEST: usize = 40;

/// The deletion neighbourhood of a list of words.
#[derive(Debug, Default)]
pub struct Neighbours {
    /// Hash of a form and the word it came from, sorted.
    forms: Vec<(u64, u32)>,
}

impl Neighbours {
    /// Indexes words by their place.
    pub fn new(words: &[Box<str>]) -> Self {
        let mut forms: Vec<(u64, u32)> = Vec::new();
        for (word, place) in words.iter().zip(0u32..) {
            forms.extend(deletions(word).into_iter().map(|hash| (hash, place)));
        }
        forms.sort_unstable();
        Self { forms }
    }

    /// The places of words within the slips a word of this length allows, the word itself left out, with
    /// their distance; sorted by place.
    pub fn of(&self, word: &str, words: &[Box<str>]) -> Vec<(u32, usize)> {
        let mut places: Vec<u32> = Vec::new();
        for hash in deletions(word) {
            let start = self.forms.partition_point(|(own, _)| *own < hash);
            places.extend(self.forms[start..].iter().take_while(|(own, _)| *own == hash).map(|(_, place)| *place));
        }
        places.sort_unstable();
        places.dedup();
        let near = places.into_iter().filter_map(|place| {
            let own = &words[place as usize];
            let distance = osa_distance(word, own);
            let allowed = slips(word).min(slips(own));
            (distance > 0 && distance <= allowed).then_some((place, distance))
        });
        near.collect()
    }
}

/// How many slips are looked for in a word.
fn slips(word: &str) -> usize {
    match word.chars().count() {
        0..SHORTEST => 0,
        SHORTEST..=SHORT => 1,
        _ => 2,
    }
}

/// Hashes of the word and of every form left when the allowed number of letters is deleted.
fn deletions(word: &str) -> Vec<u64> {
    let letters: Vec<char> = word.chars().collect();
    let allowed = slips(word);
    if allowed == 0 || letters.len() > LONGEST {
        return Vec::new();
    }
    let mut hashes = vec![hash(&letters, &[])];
    for first in 0..letters.len() {
        hashes.push(hash(&letters, &[first]));
        if allowed == 2 {
            hashes.extend((first + 1..letters.len()).map(|second| hash(&letters, &[first, second])));
        }
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// FNV-1a over the letters that stay (Fowler, Noll & Vo): short, and the same on every machine.
fn hash(letters: &[char], without: &[usize]) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let kept = letters.iter().enumerate().filter(|(at, _)| !without.contains(at));
    kept.fold(BASIS, |hash, (_, letter)| (hash ^ u64::from(u32::from(*letter))).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn boxed(words: &[String]) -> Vec<Box<str>> {
        words.iter().map(|word| word.as_str().into()).collect()
    }

    proptest! {
        /// The neighbourhood finds exactly what comparing every pair finds.
        #[test]
        fn nothing_near_is_missed(words in prop::collection::vec("[abc]{0,8}", 0..12), word in "[abc]{0,8}") {
            let words = boxed(&words);
            let found = Neighbours::new(&words).of(&word, &words);
            let mut by_hand = Vec::new();
            for (own, place) in words.iter().zip(0u32..) {
                let distance = osa_distance(&word, own);
                if distance > 0 && distance <= slips(&word).min(slips(own)) {
                    by_hand.push((place, distance));
                }
            }
            prop_assert_eq!(found, by_hand);
        }
    }
}
