//! Account names as people and systems make them: a part that says whose it is, and what was put around it.

use crate::model::fold;

/// What is put before an everyday name to make an account for administration, the longer first.
const ADMIN_STARTS: [&str; 13] =
    ["admin-", "admin_", "admin.", "adm-", "adm_", "adm.", "a-", "a_", "t0_", "t1_", "t2_", "admin", "adm"];

/// What is put behind it.
const ADMIN_ENDS: [&str; 8] = ["-admin", "_admin", ".admin", "-adm", "_adm", ".adm", "-a", "_a"];

/// The part of an account name before `@` and behind `\`, in lower case.
pub fn local_part(name: &str) -> String {
    own_part(name).to_lowercase()
}

/// The same as it is written.
pub fn own_part(name: &str) -> &str {
    let name = name.rsplit('\\').next().unwrap_or(name);
    name.split('@').next().unwrap_or(name).trim()
}

/// The everyday name that an account for administration was made from, if it looks so.
pub fn everyday_part(local: &str) -> Option<&str> {
    let start = ADMIN_STARTS.iter().find_map(|start| local.strip_prefix(start));
    let part = start.or_else(|| ADMIN_ENDS.iter().find_map(|end| local.strip_suffix(end)));
    part.filter(|part| part.len() >= 2)
}

/// An account name cut in two: letters, and the digits behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle {
    /// The whole local part.
    pub whole: String,
    /// Where its last digits begin.
    tail: usize,
    /// What stands before them, folded; `None` where folding changes nothing.
    folded: Option<String>,
}

impl Handle {
    /// Cuts a local part.
    pub fn new(local: impl Into<String>) -> Self {
        let whole = local.into();
        let local = whole.as_str();
        let tail = local.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let stem = &local[..tail];
        let is_plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || is_separator(char::from(c));
        let folded = (!stem.bytes().all(is_plain)).then(|| fold_around_separators(stem));
        Self { whole, tail, folded }
    }

    /// What stands before the last digits, folded, separators between words kept.
    pub fn stem(&self) -> &str {
        let stem = self.folded.as_deref().unwrap_or(&self.whole[..self.tail]);
        stem.trim_end_matches(is_separator)
    }

    /// The digits at the end.
    pub fn tail(&self) -> &str {
        &self.whole[self.tail..]
    }

    /// The words of a name such as `anna.lind2`, if it looks like one.
    pub fn words(&self) -> Option<Vec<&str>> {
        let words: Vec<&str> = self.stem().split(is_separator).filter(|word| !word.is_empty()).collect();
        let long = words.iter().all(|word| word.len() >= 2 && word.chars().all(char::is_alphabetic));
        (words.len() >= 2 && long).then_some(words)
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | '_' | '-')
}

fn fold_around_separators(stem: &str) -> String {
    let mut text = String::with_capacity(stem.len());
    for piece in stem.split_inclusive(is_separator) {
        text.push_str(&fold(piece));
        text.extend(piece.chars().last().filter(|c| is_separator(*c)));
    }
    text
}

/// The words of a name as account names are made from them: folded, but å still a and ö still o.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameForms<'a> {
    /// Given names.
    pub given: &'a [String],
    /// Surnames.
    pub surname: &'a [String],
}

/// Words looked at; longer names are no names.
const MOST_WORDS: usize = 6;

impl NameForms<'_> {
    /// Whether a handle can be made from this name at all: beginnings of two of its words after each other, or
    /// beginnings of its words with separators between.
    pub fn can_make(self, handle: &Handle) -> bool {
        let stem = handle.stem();
        if stem.contains(is_separator) && self.can_make_parts(stem) {
            return true;
        }
        let joined: String;
        let letters = match stem.contains(|c: char| !c.is_alphanumeric()) {
            true => {
                joined = stem.chars().filter(|c| c.is_alphanumeric()).collect();
                &joined
            }
            false => stem,
        };
        let joins = |first: &String, second: &String| {
            let shared = common_start(letters, first);
            (1..=shared).any(|cut| letters.get(cut..).is_some_and(|rest| second.starts_with(rest)))
        };
        let pairs = |a: &[String], b: &[String]| a.iter().any(|first| b.iter().any(|second| joins(first, second)));
        !letters.is_empty() && (pairs(self.given, self.surname) || pairs(self.surname, self.given))
    }

    fn can_make_parts(self, stem: &str) -> bool {
        let begins = |part: &str| self.given.iter().chain(self.surname).any(|word| word.starts_with(part));
        let mut parts = stem.split(is_separator).filter(|part| !part.is_empty());
        parts.clone().count() >= 2 && parts.all(begins)
    }
}

/// The words of a text as account names are made from them.
pub fn plain_words(text: &str) -> Vec<String> {
    let split = text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '(' | ')'));
    split.map(fold).filter(|word| !word.is_empty()).take(MOST_WORDS).collect()
}

/// The words, and what two beside each other make written together: of Eva-Karin an account name makes evakarin.
pub fn with_pairs(mut words: Vec<String>) -> Vec<String> {
    let pairs: Vec<String> = words.windows(2).map(<[String]>::concat).collect();
    words.extend(pairs);
    words
}

/// Bytes that two texts begin with alike, at a letter's boundary.
fn common_start(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What was put around a name is told from the name.
    #[test]
    fn a_handle_is_cut() {
        assert_eq!(local_part("EXEMPEL\\AnnLin03"), "annlin03");
        assert_eq!(local_part("Anna.Lind@kommun.se"), "anna.lind");
        assert_eq!(everyday_part("adm-annlin03"), Some("annlin03"));
        assert_eq!(everyday_part("annlin03_adm"), Some("annlin03"));
        assert_eq!(everyday_part("annlin03"), None);
        let handle = Handle::new("anna.lind2");
        assert_eq!((handle.stem(), handle.tail()), ("anna.lind", "2"));
        assert_eq!(handle.words(), Some(vec!["anna", "lind"]));
        assert_eq!(Handle::new("annlin03").words(), None);
    }

    /// A name can make a handle from beginnings of two of its words, in either order.
    #[test]
    fn a_name_makes_handles() {
        let (given, surname) = (plain_words("Anna Maria"), plain_words("Åkerlind Berg"));
        let forms = NameForms { given: &given, surname: &surname };
        for handle in ["annake01", "aakerlind", "maria.berg", "akerlinda", "ab", "anna.akerlind.berg"] {
            assert!(forms.can_make(&Handle::new(handle)), "{handle}");
        }
        let (given, surname) = (with_pairs(given.clone()), with_pairs(surname.clone()));
        let together = NameForms { given: &given, surname: &surname };
        let glued = Handle::new("annamaria.akerlindberg");
        assert!(together.can_make(&glued) && !forms.can_make(&glued));
        for handle in ["erikli01", "annlun", "backup", ""] {
            assert!(!forms.can_make(&Handle::new(handle)), "{handle}");
        }
    }

    proptest! {
        /// No account name is too strange to cut.
        #[test]
        fn any_name_is_cut(name in "\\PC{0,30}") {
            let handle = Handle::new(local_part(&name));
            let words = plain_words(&name);
            NameForms { given: &words, surname: &words }.can_make(&handle);
            prop_assert!(handle.whole.ends_with(handle.tail()));
        }
    }
}
