//! Marks of protected identity. A mark that is not understood is never taken for none.

use super::{flag, folded, is_nothing};
use crate::model::{Day, Reading, Separator, Written, Year, is_null_day};

/// What tells of protection wherever it stands in a word.
const STEMS: [&str; 16] = [
    "skydd",
    "sakerhetsmark",
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
const CODES: [&str; 10] = ["spu", "skpu", "sm", "sf", "sekr", "sekrm", "skfb", "sekrmark", "pol", "skv"];

/// Words that say no before what they deny, or behind it.
const DENIALS: [&str; 14] =
    ["ej", "inte", "icke", "ingen", "inga", "inget", "utan", "saknar", "saknas", "nej", "not", "no", "without", "non"];

/// Words that may stand beside a denial and what it denies without saying more.
const FILLERS: [&str; 50] = [
    "person",
    "personen",
    "uppgift",
    "uppgifter",
    "personuppgift",
    "personuppgifter",
    "identitet",
    "identiteten",
    "adress",
    "adressen",
    "namn",
    "folkbokforing",
    "folkbokford",
    "registrerad",
    "registrerat",
    "registrerade",
    "nagon",
    "nagot",
    "nagra",
    "har",
    "ar",
    "finns",
    "sarskild",
    "sarskilt",
    "for",
    "narvarande",
    "nuvarande",
    "aktuell",
    "gallande",
    "enligt",
    "status",
    "typ",
    "kod",
    "och",
    "eller",
    "av",
    "i",
    "pa",
    "den",
    "det",
    "is",
    "are",
    "has",
    "any",
    "identity",
    "address",
    "of",
    "the",
    "currently",
    "registered",
];

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
    let words = words(text);
    let any = |fits: fn(&str) -> bool| words.iter().any(|word| fits(&word.folded));
    if any(|word| ENDINGS.contains(&word)) {
        return Reading::NotUnderstood;
    }
    match (any(denies), any(|word| matches!(word, "ja" | "yes" | "men" | "but"))) {
        // "Nej, men skyddad adress ja" denies and tells: it is for a person to read.
        (true, true) => Reading::NotUnderstood,
        _ => read_words(&words),
    }
}

/// What words say, each by itself: what is told and not denied is a mark, whatever else is denied beside it ("Sekretess –
/// lämna ej ut", "Skyddad identitet, utan adress").
fn read_words(words: &[Word]) -> Reading<bool> {
    let stands = |fits: fn(&str) -> bool| {
        let told = words.iter().enumerate().filter(move |(_, word)| fits(&word.folded));
        let (denied, undenied): (Vec<_>, Vec<_>) = told.partition(|(at, _)| is_denied(words, *at));
        (!undenied.is_empty(), !denied.is_empty())
    };
    let known = |word: &Word| {
        let own = word.folded.as_str();
        tells(own) || is_open_word(own) || denies(own) || own.contains("mark") || is_filler(own)
    };
    match (stands(tells), stands(is_open_word), stands(|word| word.contains("mark"))) {
        ((true, _), _, _) => Reading::Known(true),
        // "Ej offentlig", and "markerad" of who knows what.
        (_, (_, true), _) | (_, _, (true, _)) => Reading::NotUnderstood,
        (_, (true, _), _) => Reading::Known(false),
        ((_, true), _, _) | (_, _, (_, true)) if words.iter().all(known) => Reading::Known(false),
        _ => Reading::NotUnderstood,
    }
}

/// A word of a mark.
struct Word {
    folded: String,
    /// Whether it begins a clause of its own.
    begins: bool,
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut gap, mut word) = (String::new(), String::new());
    for letter in text.chars().chain([' ']) {
        if letter.is_alphanumeric() {
            word.push(letter);
            continue;
        }
        if !word.is_empty() {
            words.push(Word { folded: folded(&word, str::to_owned), begins: parts_clauses(&gap) });
            (gap, word) = (String::new(), String::new());
        }
        gap.push(letter);
    }
    words
}

/// Whether what stands between two words parts what they say. A hyphen without blanks does not: "non-protected".
fn parts_clauses(gap: &str) -> bool {
    gap.contains([',', ';', '.', '!', '?', '(', ')', ':', '/', '|', '–', '—'])
        || gap.contains(" -")
        || gap.contains("- ")
}

/// Whether a word is denied: by what stands before it in its clause, or by the last word of all ("Sekretess: nej"), with
/// nothing but words that say no more between them.
fn is_denied(words: &[Word], at: usize) -> bool {
    let clause = words[..=at].iter().rposition(|word| word.begins).unwrap_or(0);
    let before = words[clause..at].iter().rev().find(|word| !is_filler(&word.folded));
    let behind = words[at + 1..].split_last();
    before.is_some_and(|word| denies(&word.folded))
        || behind.is_some_and(|(last, between)| denies(&last.folded) && between.iter().all(|w| is_filler(&w.folded)))
}

fn denies(word: &str) -> bool {
    DENIALS.contains(&word)
}

/// Words that say neither yes nor no, and numbers and days.
fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit())
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
