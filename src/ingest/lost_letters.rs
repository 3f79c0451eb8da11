//! Names whose å, ä and ö were lost on the way: an export in ASCII has `?` in their place.

use crate::model::{Message, message};

/// How many names of a file have lost letters.
#[derive(Clone, Copy, Debug, Default)]
pub struct LostLetters {
    names: u64,
}

impl LostLetters {
    /// Looks at a name: a sign that stands for any letter, beside a letter.
    pub fn see(&mut self, name: &str) {
        let is_lost = |c: char| matches!(c, '?' | '\u{fffd}');
        let mut pairs = name.chars().zip(name.chars().skip(1));
        let lost = pairs.any(|(a, b)| is_lost(a) && b.is_alphabetic() || a.is_alphabetic() && is_lost(b));
        self.names += u64::from(lost);
    }

    /// What is said of the file.
    pub fn warning(self) -> Option<Message> {
        let names = self.names;
        (names > 0).then(|| {
            message!(
                "{names} namn har förlorat bokstäver (?); exporten är gjord i ASCII. Namnen jämförs ändå.",
                "{names} names have lost letters (?); the export was made in ASCII. The names are compared all the same."
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A question mark beside a letter stands for one; alone it asks.
    #[test]
    fn lost_letters_are_counted() {
        let mut lost = LostLetters::default();
        for name in ["Bj?rn Ek", "?sa", "Br\u{fffd}nd", "Eva Lind", "?", "Lind ?", ""] {
            lost.see(name);
        }
        assert_eq!(lost.names, 3);
        assert!(LostLetters::default().warning().is_none() && lost.warning().is_some());
    }
}
