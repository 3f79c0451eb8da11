//! Patterns with `*` and `?` on account names, roles and columns. They and what they are held against are made equal as
//! account names are: case and Unicode form tell nothing apart.

use crate::model::{AccountName, Message, message};

/// How a pattern is written.
pub fn pattern_help() -> Message {
    message!(
        "Mönster skrivs med * för vad som helst och ? för ett tecken: \"svc*\". Hakparenteser och klammer skrivs med ett \
         bakstreck före, inom enkla citattecken: '*\\[gammal\\]*'.",
        "Patterns are written with * for anything and ? for one letter: \"svc*\". Brackets and braces are written with a \
         backslash before them, in single quotes: '*\\[old\\]*'."
    )
}

/// Some patterns, as written and as matched.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    /// As written in the configuration.
    pub written: Vec<String>,
    patterns: Vec<Vec<Piece>>,
}

impl Patterns {
    /// Reads patterns.
    ///
    /// # Errors
    /// The number of the first pattern that cannot be read.
    pub fn new(written: Vec<String>) -> Result<Self, usize> {
        let read = |(number, pattern): (usize, &String)| pieces(AccountName::new(pattern).as_str()).ok_or(number);
        let patterns = written.iter().enumerate().map(read).collect::<Result<_, _>>()?;
        Ok(Self { written, patterns })
    }

    /// Whether any pattern fits.
    pub fn fit(&self, text: &str) -> bool {
        if self.patterns.is_empty() {
            return false;
        }
        let text = AccountName::new(text);
        self.patterns.iter().any(|pattern| fits(pattern, text.as_str()))
    }
}

/// A part of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// This letter.
    Letter(char),
    /// Any one letter.
    One,
    /// Any letters, or none.
    Any,
}

/// Signs that stand for themselves only behind a backslash.
const SIGNS: [char; 7] = ['*', '?', '[', ']', '{', '}', '\\'];

/// The parts of a pattern; none where brackets stand bare, which mean other things elsewhere. A backslash before any
/// other letter is one, as in `DOMAIN\svc*`.
fn pieces(pattern: &str) -> Option<Vec<Piece>> {
    let mut letters = pattern.chars().peekable();
    let mut pieces = Vec::new();
    while let Some(letter) = letters.next() {
        pieces.push(match letter {
            '*' => Piece::Any,
            '?' => Piece::One,
            '[' | ']' | '{' | '}' => return None,
            '\\' => Piece::Letter(letters.next_if(|next| SIGNS.contains(next)).unwrap_or('\\')),
            other => Piece::Letter(other),
        });
    }
    Some(pieces)
}

/// Whether a pattern fits the whole of a text. Only the latest `*` is ever tried again, since an earlier one could gain
/// nothing.
pub(super) fn fits(pattern: &[Piece], text: &str) -> bool {
    let (mut at, mut rest) = (0, text.chars());
    let mut again: Option<(usize, std::str::Chars<'_>)> = None;
    loop {
        let here = rest.clone();
        match (pattern.get(at), rest.next()) {
            (None, None) => return true,
            (Some(Piece::Any), _) => {
                again = Some((at + 1, here.clone()));
                rest = here;
                at += 1;
            }
            (Some(Piece::One), Some(_)) => at += 1,
            (Some(Piece::Letter(own)), Some(letter)) if *own == letter => at += 1,
            _ => {
                let Some((from, tried)) = &mut again else { return false };
                if tried.next().is_none() {
                    return false;
                }
                (at, rest) = (*from, tried.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, text: &str) -> bool {
        Patterns::new(vec![pattern.to_owned()]).unwrap().fit(text)
    }

    /// Case and Unicode form tell no two texts apart, in any letters; other letters do.
    #[test]
    fn case_and_form_do_not_matter() {
        let decomposed = "A\u{308}RENDEADMINISTRATO\u{308}R";
        for (pattern, text) in [
            ("*ärende*", "ÄRENDEHANTERARE"),
            ("*ÄRENDE*", "ärendehanterare"),
            ("Ärendeadministratör", decomposed),
            (decomposed, "ärendeadministratör"),
            ("ÖVR*", "o\u{308}vrigt"),
            ("É?", "éå"),
            ("sk?la", "sköla"),
            ("svc*", " SVC_backup "),
            ("*a*b?", "xaxabbc"),
            ("ex\\svc*", "EX\\svc_1"),
            ("*\\[gammal\\]", "Läsa [gammal]"),
            ("*", ""),
        ] {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("*ärende*", "arende"), ("övr*", "ovrigt"), ("sk?la", "skola1"), ("a?", "a"), ("*a*b", "abc"), ("", "a")]
        {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
    }

    /// Bare brackets are told, not guessed at.
    #[test]
    fn bare_brackets_are_not_understood() {
        for pattern in ["svc[0-9]", "{a,b}", "a]"] {
            assert_eq!(Patterns::new(vec!["svc*".to_owned(), pattern.to_owned()]).unwrap_err(), 1, "{pattern}");
        }
    }

    proptest::proptest! {
        /// A text fits itself, written with signs or without, and whatever is cut out of it by `*`.
        #[test]
        fn a_text_fits_itself(text in "[a-cåÄ*?\\\\\\[{]{0,12}", from in 0usize..12, to in 0usize..12) {
            let escaped: String = text.chars().flat_map(|c| SIGNS.contains(&c).then_some('\\').into_iter().chain([c])).collect();
            proptest::prop_assert!(fits(&escaped, &text));
            let letters: Vec<char> = text.chars().filter(|c| !SIGNS.contains(c)).collect();
            let cut = from.min(letters.len())..to.clamp(from.min(letters.len()), letters.len());
            let without: String = letters[..cut.start].iter().chain(&['*']).chain(&letters[cut.end..]).collect();
            proptest::prop_assert!(fits(&without, &letters.iter().collect::<String>()));
        }
    }
}
