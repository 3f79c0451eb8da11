//! Words that files use for yes, no, never, no end and nothing, and what they say of accounts and people.
//!
//! A word is understood, absent or not understood; nothing is understood by accident. Negations come first: "ej
//! skyddad" holds a word for yes.

mod answer;
mod control;
mod cut;
mod leaving;
mod nothing;
mod protection;
mod sheets;
mod state_codes;
mod status;

pub use answer::Answers;
pub use control::{AccountControl, account_control};
pub use cut::tells_of_a_cut;
pub use leaving::{
    Leaving, form_of_leaving, holds_a_date, is_ended, is_post_of_leavers, is_reason_for_leaving, note_of_leaving,
    speaks_of_an_end, tells_of_employment, tells_of_leaving,
};
pub use nothing::{is_missing, is_no_key, is_nothing};
pub use protection::protection;
pub use sheets::{OfTheClosed, is_of_leavers, is_of_the_served, of_the_closed};
pub use state_codes::{StateCodes, state_of_code};
pub use status::{
    AccountStatus, EmploymentWord, account_status, employment_status, is_code, is_of_state, word_of_status,
};

use crate::model::{Field, Reading, fold};

/// A text folded to compare with words: on the stack where it is short and ASCII, as most are. A question mark is
/// kept, so that what someone doubted is no word of these.
pub fn folded<T>(text: &str, with: impl FnOnce(&str) -> T) -> T {
    const ROOM: usize = 32;
    if text.len() > ROOM || !text.is_ascii() {
        return with(&fold(text));
    }
    let mut buffer = [0u8; ROOM];
    let mut length = 0;
    for byte in text.bytes().filter(|byte| byte.is_ascii_alphanumeric() || *byte == b'?') {
        buffer[length] = byte.to_ascii_lowercase();
        length += 1;
    }
    // Letters and digits of ASCII are always text.
    with(std::str::from_utf8(&buffer[..length]).unwrap_or(""))
}

/// Yes or no by its own words; words that need a column to have a sense are not among them.
pub fn flag(text: &str) -> Reading<bool> {
    let text = text.trim();
    if is_nothing_in_flags(text) {
        return Reading::Absent;
    }
    match text {
        "✓" | "✔" | "√" | "•" | "☑" | "●" | "+" => return Reading::Known(true),
        "☐" | "○" => return Reading::Known(false),
        _ => {}
    }
    if let Some(known) = number_flag(text) {
        return known;
    }
    folded(text, |word| match word {
        "j" | "ja" | "y" | "yes" | "t" | "true" | "sant" | "sann" | "x" | "xx" | "on" | "pa" | "ok" => {
            Reading::Known(true)
        }
        "n" | "nej" | "no" | "f" | "false" | "falskt" | "falsk" | "off" | "av" | "ej" | "inte" | "ingen" | "inga"
        | "inget" | "icke" | "not" => Reading::Known(false),
        _ => Reading::NotUnderstood,
    })
}

/// "Ingen" and its kin answer no in a column of yes and no; the others are blanks there as everywhere.
fn is_nothing_in_flags(text: &str) -> bool {
    is_nothing(text) && folded(text, |word| !matches!(word, "ingen" | "inget"))
}

/// 1, 0, 1.0, 0,0, and -1 as Access writes yes.
fn number_flag(text: &str) -> Option<Reading<bool>> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '-') || text.len() > 8 {
        return None;
    }
    let number: f64 = text.replace(',', ".").parse().ok()?;
    let is = |wanted: f64| (number - wanted).abs() < f64::EPSILON;
    Some(match number {
        _ if is(1.0) || is(-1.0) => Reading::Known(true),
        _ if is(0.0) => Reading::Known(false),
        _ => Reading::NotUnderstood,
    })
}

/// Yes or no in the column of a field: "Spärrad" is yes where the column is called so, and no where it is called
/// "Aktiv".
pub fn flag_of(field: Field, text: &str) -> Reading<bool> {
    if field == Field::Protected {
        return protection(text);
    }
    let known = flag(text);
    if known != Reading::NotUnderstood {
        return known;
    }
    if let Some(denied) = without_negation(text) {
        return flag_of(field, denied).map(|yes| !yes);
    }
    folded(text, |word| sense(field, word)).map_or(Reading::NotUnderstood, Reading::Known)
}

/// What a word says in a column that gives it a sense.
fn sense(field: Field, word: &str) -> Option<bool> {
    match field {
        Field::Enabled => status::is_open(word),
        Field::Disabled => status::is_open(word).map(|open| !open),
        Field::Locked => match word {
            "last" | "utelast" | "locked" | "lockedout" | "sparrad" | "sparrat" => Some(true),
            "olast" | "upplast" | "unlocked" | "oppen" | "oppet" | "open" | "aktiv" | "active" => Some(false),
            _ => None,
        },
        Field::External => match word {
            "extern" | "externt" | "external" | "gast" | "guest" | "konsult" | "inhyrd" => Some(true),
            "intern" | "internt" | "internal" | "medlem" | "member" | "anstalld" | "employee" => Some(false),
            _ => None,
        },
        Field::Privileged => match word {
            "admin" | "administrator" | "administrators" | "privilegierad" | "privileged" | "hog" | "high" => {
                Some(true)
            }
            "standard" | "normal" | "anvandare" | "user" | "vanlig" | "vanligt" | "ordinarie" | "regular" | "lag"
            | "low" => Some(false),
            _ => None,
        },
        Field::PasswordNeverExpires => match word {
            "aldrig"
            | "never"
            | "neverexpires"
            | "passwordneverexpires"
            | "disablepasswordexpiration"
            | "upphoraldrig"
            | "garaldrigut" => Some(true),
            "expires" | "expiring" | "upphor" | "garut" | "disablestrongpassword" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// What is denied, where a text denies something: "ej spärrad", "not disabled".
fn without_negation(text: &str) -> Option<&str> {
    let (first, rest) = text.trim().split_once([' ', '-', '\u{a0}'])?;
    let denies = folded(first, |word| {
        matches!(word, "ej" | "inte" | "icke" | "ingen" | "inga" | "inget" | "not" | "no" | "non")
    });
    (denies && !rest.trim().is_empty()).then(|| rest.trim())
}

/// Whether a text answers yes or no in some column, by its own words or by those of a state.
pub fn is_flag_like(text: &str) -> bool {
    text.len() <= 24 && matches!(flag_of(Field::Enabled, text), Reading::Known(_))
}

/// Words for an employment without an end.
pub fn is_open_end(text: &str) -> bool {
    folded(text, |word| {
        matches!(
            word,
            "tillsvidare"
                | "tv"
                | "tills"
                | "tillsv"
                | "tillsvid"
                | "null"
                | "lopande"
                | "pagaende"
                | "openended"
                | "ongoing"
                | "never"
                | "neverexpires"
                | "aldrig"
                | "utgaraldrig"
                | "permanent"
                | "obegransad"
                | "obegransat"
                | "ingetslutdatum"
                | "ingetslut"
                | "noend"
                | "noenddate"
                | "infinity"
                | "indefinite"
                | "0"
        ) || word.is_empty() && text.trim().chars().all(|c| c == '∞')
    })
}

/// Words for an account that nobody has signed in to.
pub fn is_never(text: &str) -> bool {
    folded(text, |word| {
        matches!(
            word,
            "0" | "aldrig"
                | "never"
                | "aldriginloggad"
                | "aldrigloggatin"
                | "ejinloggad"
                | "inteinloggad"
                | "harejloggatin"
                | "neverloggedin"
                | "neverloggedon"
                | "neversignedin"
                | "ingeninloggning"
                | "nosignin"
                | "9223372036854775807"
        )
    })
}

/// Whether a text is the name of a program's type, which stands where the program wrote no value.
pub fn is_type_name(text: &str) -> bool {
    const NAMESPACES: [&str; 14] = [
        "System.Collections.",
        "System.Object",
        "System.String",
        "System.Byte",
        "System.Int",
        "System.DateTime",
        "System.Guid",
        "System.Nullable",
        "System.DBNull",
        "System.Management.",
        "System.DirectoryServices.",
        "System.__ComObject",
        "System.Boolean",
        "System.Security.",
    ];
    let text = text.trim_start();
    if !text.starts_with(['@', '[', 'D', 'M', 'S']) {
        return false;
    }
    let text = text.trim_end();
    if text.starts_with("@{") || text.eq_ignore_ascii_case("[object Object]") {
        return true;
    }
    let text = text.trim_start_matches("Deserialized.").trim_start_matches("Selected.");
    let is_path =
        text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'+' | b'`' | b'[' | b']' | b','));
    is_path
        && (NAMESPACES.iter().any(|space| text.starts_with(space))
            || text.starts_with("Microsoft.") && text.matches('.').count() >= 2)
}

/// Whether a number was destroyed on its way: written as a spreadsheet shows a long one, `2,0150E+11`, so that
/// digits are gone and others share what is left.
pub fn is_destroyed_number(text: &str) -> bool {
    let text = text.trim();
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let power = exponent.trim_start_matches(['+', '-']);
    let is_signed = power.len() + 1 == exponent.len();
    let has_point = mantissa.contains(['.', ',']);
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let points = mantissa.matches(['.', ',']).count();
    points <= 1
        && digits(&mantissa.replace(['.', ','], ""))
        && (1..=3).contains(&power.len())
        && digits(power)
        && (is_signed || has_point)
}

/// Whether a text is one word with a capital and small letters behind it, as headings are written: "Hemtjänst".
pub fn is_bare_word(text: &str) -> bool {
    let mut letters = text.trim().chars();
    let begins = letters.next().is_some_and(char::is_uppercase);
    begins && letters.clone().next().is_some() && letters.all(char::is_lowercase)
}

#[cfg(test)]
mod tests;
