//! The letters S and F in a column of protection: codes of the tax agency, for secrecy and for sheltered registration, or
//! true and false. Both codes protect, so that no F is taken for a no unless the column shows that it is one.

use super::profile::Profile;
use crate::model::Reading;

/// What the letters of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// True and false: the column holds nothing else, on every row.
    Truths,
    /// Codes: the other rows are blank, or say no in words of their own.
    Codes,
    /// Nobody can tell.
    Untold,
}

impl Letters {
    /// What those of a column are, by what else it holds.
    pub fn of(profile: &Profile, column: usize) -> Self {
        let answers = profile.answers_of(column);
        if answers.are_truths() && profile.blanks(column) == 0 {
            Self::Truths
        } else if answers.say_no_in_words() || !profile.is_ticked_off(column) {
            Self::Codes
        } else {
            Self::Untold
        }
    }

    /// What a text says, where it is one of the letters.
    pub fn read(self, text: &str) -> Option<Reading<bool>> {
        let is_secrecy = match text.trim() {
            "S" | "s" => true,
            "F" | "f" => false,
            _ => return None,
        };
        Some(match self {
            Self::Truths => Reading::Known(is_secrecy),
            Self::Codes => Reading::Known(true),
            Self::Untold => Reading::NotUnderstood,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::format::Row;
    use super::super::value::Value;
    use super::*;

    fn letters(column: &[&str]) -> Letters {
        let mut profile = Profile::default();
        for (number, text) in (2..).zip(column) {
            let cells = [Value::Text("mia".into()), Value::Text((*text).into())];
            profile.see(&Row { number, cells: &cells, width: None });
        }
        Letters::of(&profile, 1)
    }

    /// Beside blanks and beside N both letters protect; alone on every row F is no; what is neither is told by nobody.
    #[test]
    fn an_f_is_no_only_where_the_column_shows_it() {
        let mut few = vec![""; 30];
        few[7] = "F";
        assert_eq!(letters(&few), Letters::Codes);
        assert_eq!(letters(&["N", "F", "N", "S"]), Letters::Codes);
        assert_eq!(letters(&["F", "S", "F"]), Letters::Truths);
        assert_eq!(letters(&["F", "T", "F"]), Letters::Truths);
        assert_eq!(letters(&["F", "F", ""]), Letters::Untold);
        let read = |letters: Letters| ["S", "F"].map(|text| letters.read(text));
        assert_eq!(read(Letters::Codes), [Some(Reading::Known(true)); 2]);
        assert_eq!(read(Letters::Truths), [Some(Reading::Known(true)), Some(Reading::Known(false))]);
        assert_eq!(read(Letters::Untold), [Some(Reading::NotUnderstood); 2]);
        assert_eq!(Letters::Codes.read("N"), None);
    }
}
