//! Letters that were lost on the way: an export in ASCII has `?` in their place, and one read in a wrong encoding another
//! sign. What is left of a name still says whose it is.

/// What stands for such letters in a folded text. None other of its letters is a sign.
pub const LOST: char = '?';

/// Letters that must be left of a word for it to tell a name.
const LEAST: usize = 2;

/// Whether a sign may stand for a letter that was lost: those that stand in their place, and those that 7-bit codes had there.
pub fn is_lost(c: char) -> bool {
    match c {
        '?' | '{' | '}' | '|' | '[' | ']' | '\\' | '^' | '`' | '~' => true,
        c if c.is_ascii() => false,
        c => !c.is_alphanumeric() && !c.is_whitespace(),
    }
}

/// Whether a text may have lost letters: such a sign beside a letter.
pub fn may_lack(text: &str) -> bool {
    let mut last = ' ';
    text.chars().any(|c| {
        let is_beside = is_lost(c) && last.is_alphabetic() || is_lost(last) && c.is_alphabetic();
        last = c;
        is_beside
    })
}

/// Letters that one is folded to.
const TWO: [&str; 2] = ["ss", "th"];

/// Whether a word that has lost letters may be a name: as many signs as stand together are as many letters of it or fewer,
/// since one letter can be several bytes.
pub fn fits(word: &str, name: &str) -> bool {
    let left = word.chars().filter(|c| *c != LOST).count();
    left >= LEAST && left < word.chars().count() && fits_on(word, name)
}

fn fits_on(word: &str, name: &str) -> bool {
    let behind = word.trim_start_matches(LOST);
    let lost = word.len() - behind.len();
    if lost == 0 {
        let next = word.find(LOST).unwrap_or(word.len());
        let rest = name.strip_prefix(&word[..next]);
        return rest
            .is_some_and(|rest| if next == word.len() { rest.is_empty() } else { fits_on(&word[next..], rest) });
    }
    let ends = name
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .take(lost + usize::from(TWO.iter().any(|two| name.starts_with(two))));
    ends.into_iter().any(|end| if behind.is_empty() { end == name.len() } else { fits_on(behind, &name[end..]) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A word fits the names that its lost letters may make of it, and no other.
    #[test]
    fn a_word_fits_what_may_be_lost_of_it() {
        for (word, name) in [
            ("?sa", "asa"),
            ("?hrnberg", "ohrnberg"),
            ("bj??rk", "bjork"),
            ("?str?m", "ostrom"),
            ("nor?n", "noren"),
            ("hed??", "hedo"),
            ("w??jcik", "wojcik"),
            ("wei?m?ller", "weissmuller"),
        ] {
            assert!(fits(word, name), "{word} {name}");
        }
        for (word, name) in [
            ("?sa", "lisa"),
            ("?hrnberg", "hrnberg"),
            ("bj?rk", "bjooork"),
            ("sj?gren", "sjogrens"),
            ("?e", "ae"),
            ("asa", "asa"),
            ("??", "ae"),
        ] {
            assert!(!fits(word, name), "{word} {name}");
        }
    }

    /// A sign beside a letter may stand for one; alone, or between signs, it does not.
    #[test]
    fn a_sign_beside_a_letter_may_stand_for_one() {
        for (text, may) in
            [("?sa", true), ("Sj\u{fffd}gren", true), ("S¦derberg", true), ("Rum ? (2)", false), ("Åsa – Bo", false)]
        {
            assert_eq!(may_lack(text), may, "{text}");
        }
    }
}
