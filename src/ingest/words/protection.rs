//! Marks of protected identity. A mark that is not understood is never taken for none.

use super::{flag, folded, is_nothing};
use crate::model::{Day, Reading, Separator, Written, Year, is_null_day};

/// What tells of protection wherever it stands in a word.
const STEMS: [&str; 15] = [
    "skydd",
    "sekret",
    "kvarskriv",
    "finger",
    "skatteverket",
    "polismyndighet",
    "hemlig",
    "konfidenti",
    "confidential",
    "protected",
    "classified",
    "sparrmark",
    "secret",
    "sealed",
    "restricted",
];

/// Short codes for marks: Sekretessmarkering, Skyddad folkbokföring and their kin.
const CODES: [&str; 9] = ["spu", "sm", "sf", "sekr", "sekrm", "skfb", "sekrmark", "pol", "skv"];

/// Words that say no before what they deny, or behind it.
const DENIALS: [&str; 14] =
    ["ej", "inte", "icke", "ingen", "inga", "inget", "utan", "saknar", "saknas", "nej", "not", "no", "without", "non"];

/// Words that say that something was and is no more: neither a clear yes nor a clear no.
const ENDINGS: [&str; 9] =
    ["upphavd", "upphavt", "havd", "havt", "avslutad", "tidigare", "upphord", "former", "lifted"];

/// Reads a mark. A day since when is a mark; a word of protection is one unless it is denied.
pub fn protection(text: &str) -> Reading<bool> {
    let text = text.trim();
    let known = flag(text);
    if known != Reading::NotUnderstood {
        return known;
    }
    if is_nothing(text) {
        return Reading::Absent;
    }
    if let Some(since) = day_since(text) {
        return since;
    }
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let any = |fits: fn(&str) -> bool| words().any(|word| folded(word, fits));
    let denies = any(|word| DENIALS.contains(&word));
    match (any(tells), denies) {
        _ if any(|word| ENDINGS.contains(&word)) => Reading::NotUnderstood,
        _ if any(is_open_word) => Reading::Known(false),
        // "Nej, men skyddad adress ja" denies and tells: it is for a person to read.
        (_, true) if any(|word| matches!(word, "ja" | "yes" | "men" | "but")) => Reading::NotUnderstood,
        (true, denies) => Reading::Known(!denies),
        (false, true) if any(|word| word.contains("mark")) => Reading::Known(false),
        (false, _) => Reading::NotUnderstood,
    }
}

fn tells(word: &str) -> bool {
    STEMS.iter().any(|stem| word.contains(stem)) && !is_open_word(word) || CODES.contains(&word)
}

/// Words that are a clear no by themselves.
fn is_open_word(word: &str) -> bool {
    matches!(
        word,
        "oskyddad" | "unprotected" | "unclassified" | "unrestricted" | "offentlig" | "public" | "oppen" | "open"
    )
}

/// A day is a mark since that day; zeros are none, and a null date is one that must be looked at.
fn day_since(text: &str) -> Option<Reading<bool>> {
    let written = Written::read(text)?;
    Some(match written.day {
        Day::Nothing => Reading::Known(false),
        Day::Told(numbers) => {
            let year = match numbers.year {
                Year::Full(year) => year,
                Year::Short(_) => return Some(Reading::Known(true)),
            };
            let day = chrono::NaiveDate::from_ymd_opt(year, numbers.month, numbers.day);
            let understood = day.is_some_and(|day| !is_null_day(day));
            if understood { Reading::Known(true) } else { Reading::NotUnderstood }
        }
        Day::Untold(triple) if triple.separator == Separator::Nothing => Reading::NotUnderstood,
        Day::Untold(_) | Day::Moment(_) => Reading::Known(true),
        Day::Epoch(_) | Day::Serial(_) => Reading::NotUnderstood,
    })
}
