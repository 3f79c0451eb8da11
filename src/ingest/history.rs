//! Workbooks that hold a sheet a month, or a year: a history of extracts, of which the newest tells how things are.

use crate::model::month_named;
use chrono::{Datelike, NaiveDate};
use std::cmp::Reverse;
use std::ops::RangeInclusive;

/// When a sheet is of, by its name: larger is newer among those of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Period {
    kind: PeriodKind,
    year: Option<i32>,
    /// The month, the quarter or another part of the year; its place among the words for now and then.
    part: u32,
    day: u32,
}

/// What periods are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PeriodKind {
    Month,
    Quarter,
    Week,
    Term,
    Year,
    /// The present one and those before it, in words.
    Words,
}

impl PeriodKind {
    /// How many there are in a year, and which of them a day is in.
    fn of_day(self, day: NaiveDate) -> (i64, i64) {
        match self {
            Self::Month => (12, i64::from(day.month())),
            Self::Quarter => (4, i64::from(day.month0() / 3 + 1)),
            Self::Week => (53, i64::from(day.iso_week().week())),
            Self::Term => (2, i64::from(day.month0() / 6 + 1)),
            Self::Year | Self::Words => (1, 0),
        }
    }
}

/// Which of some sheets is the newest, where every one of several is named after a period of one kind.
pub fn newest_of_periods(names: &[&str], day: NaiveDate) -> Option<usize> {
    if names.len() < 2 {
        return None;
    }
    let periods: Vec<Period> = names.iter().map(|name| period_of(name)).collect::<Option<_>>()?;
    let first = periods[0];
    let of_a_kind = periods.iter().all(|own| (own.kind, own.year.is_some()) == (first.kind, first.year.is_some()));
    let differ = (1..periods.len()).all(|at| !periods[..at].contains(&periods[at]));
    let age = |period: &Period| {
        let (in_a_year, now) = period.kind.of_day(day);
        let part = i64::from(period.part);
        match period.year {
            Some(year) => (i64::from(day.year() - year) * in_a_year + now - part, Reverse(period.day)),
            None if period.kind == PeriodKind::Words => (-part, Reverse(0)),
            // Without a year, a part later in the calendar than the reference date is last year's.
            None => ((now - part).rem_euclid(in_a_year), Reverse(period.day)),
        }
    };
    (of_a_kind && differ).then(|| (0..periods.len()).min_by_key(|at| age(&periods[*at])))?
}

/// The period that a sheet is named after: `2026-11`, `202611`, `November 2026`, `Lön nov`, `2026-11-30`, `Kvartal 4`,
/// `v48`, `HT26`, `Anställda 2026`, `Aktuell`.
fn period_of(name: &str) -> Option<Period> {
    let folded = name.to_lowercase();
    let digits: Vec<&str> = folded.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let year = digits.iter().find(|part| part.len() == 4 && part.starts_with("20")).and_then(|part| part.parse().ok());
    let of = |kind, part| Some(Period { kind, year, part, day: 0 });
    if let Some(month) = named_month(&folded) {
        return of(PeriodKind::Month, month);
    }
    if let Some(dated) = dated(&digits) {
        return Some(dated);
    }
    if let Some((kind, part, short_year)) = part_of_year(&folded) {
        return Some(Period { kind, year: year.or(short_year), part, day: 0 });
    }
    match digits.as_slice() {
        [_] if year.is_some() => of(PeriodKind::Year, 0),
        [] => now_or_then(&folded).and_then(|place| of(PeriodKind::Words, place)),
        _ => None,
    }
}

/// A month or a day in digits.
fn dated(digits: &[&str]) -> Option<Period> {
    let number = |text: &str, range: RangeInclusive<u32>| text.parse().ok().filter(|number| range.contains(number));
    let of = |year: &str, month: &str, day: Option<&str>| {
        let day = day.map_or(Some(0), |day| number(day, 1..=31))?;
        Some(Period { kind: PeriodKind::Month, year: Some(year.parse().ok()?), part: number(month, 1..=12)?, day })
    };
    match digits {
        [whole] if matches!(whole.len(), 6 | 8) && whole.starts_with("20") => {
            of(whole.get(..4)?, whole.get(4..6)?, whole.get(6..8))
        }
        [year, month, day, ..] if year.len() == 4 && month.len() == 2 && day.len() == 2 => of(year, month, Some(day)),
        [year, month, ..] if year.len() == 4 && month.len() == 2 => of(year, month, None),
        _ => None,
    }
}

/// A quarter, a week or a term by the word before its number; of a term the number is the year.
fn part_of_year(name: &str) -> Option<(PeriodKind, u32, Option<i32>)> {
    const WORDS: [(&str, PeriodKind, u32); 11] = [
        ("kvartal", PeriodKind::Quarter, 0),
        ("kv", PeriodKind::Quarter, 0),
        ("q", PeriodKind::Quarter, 0),
        ("vecka", PeriodKind::Week, 0),
        ("week", PeriodKind::Week, 0),
        ("v", PeriodKind::Week, 0),
        ("w", PeriodKind::Week, 0),
        ("ht", PeriodKind::Term, 2),
        ("hösttermin", PeriodKind::Term, 2),
        ("vt", PeriodKind::Term, 1),
        ("vårtermin", PeriodKind::Term, 1),
    ];
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let behind = &word[letters.len()..];
        let digits = if behind.is_empty() { words.get(at + 1).copied().unwrap_or_default() } else { behind };
        let (_, kind, term) = WORDS.into_iter().find(|(own, ..)| *own == letters)?;
        let number: u32 = digits.parse().ok()?;
        match (kind, digits.len()) {
            (PeriodKind::Term, 2) => Some((kind, term, i32::try_from(2000 + number).ok())),
            (PeriodKind::Term, 4) => Some((kind, term, None)),
            (PeriodKind::Quarter, 1) if (1..=4).contains(&number) => Some((kind, number, None)),
            (PeriodKind::Week, 1 | 2) if (1..=53).contains(&number) => Some((kind, number, None)),
            _ => None,
        }
    })
}

/// What is now before what was.
fn now_or_then(name: &str) -> Option<u32> {
    const NOW: [&str; 8] = ["aktuell", "aktuella", "aktuellt", "nuvarande", "senaste", "ny", "current", "latest"];
    const THEN: [&str; 9] =
        ["gammal", "gamla", "gammalt", "föregående", "förra", "äldre", "old", "previous", "tidigare uttag"];
    let words: Vec<&str> = name.split(|c: char| !c.is_alphabetic()).collect();
    let says = |list: &[&str]| list.iter().any(|own| words.contains(own) || *own == name.trim());
    match (says(&NOW), says(&THEN)) {
        (true, false) => Some(1),
        (false, true) => Some(0),
        _ => None,
    }
}

/// Whole names and their short forms only: "marknad" and "decentraliserad" are no months.
fn named_month(name: &str) -> Option<u32> {
    let words = name.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= 3);
    words.into_iter().find_map(month_named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn newest(names: &[&str]) -> Option<usize> {
        newest_of_periods(names, NaiveDate::from_ymd_opt(2026, 11, 30).unwrap())
    }

    /// However months are written, the newest that is not after the reference date is found.
    #[test]
    fn the_newest_month_is_found() {
        assert_eq!(newest(&["2026-09", "2026-11", "2026-10"]), Some(1));
        assert_eq!(newest(&["Oktober 2026", "September 2026"]), Some(0));
        assert_eq!(newest(&["Dec", "Okt", "Nov"]), Some(2));
        assert_eq!(newest(&["202612", "202701"]), Some(1));
    }

    /// So is the newest year, day, quarter, week or term, and what is called the present one.
    #[test]
    fn the_newest_period_is_found() {
        for (names, at) in [
            (["2025", "2026"], 1),
            (["Anställda 2026", "Anställda 2025"], 0),
            (["2026-11-30", "2026-11-02"], 0),
            (["Kvartal 3", "Kvartal 4"], 1),
            (["Q1 2026", "Q4 2025"], 0),
            (["v44", "v48"], 1),
            (["Vecka 2", "Vecka 47"], 1),
            (["HT26", "VT26"], 0),
            (["VT 2026", "HT 2025"], 0),
            (["Gammal", "Aktuell"], 1),
        ] {
            assert_eq!(newest(&names), Some(at), "{names:?}");
        }
    }

    /// Sheets that are parts of one extract are no history.
    #[test]
    fn other_sheets_are_no_history() {
        assert_eq!(newest(&["Anställda"]), None);
        assert_eq!(newest(&["Vård", "Skola"]), None);
        assert_eq!(newest(&["2026-10", "Skola"]), None);
        assert_eq!(newest(&["Marknad", "Augustenborg"]), None);
        assert_eq!(newest(&["2026", "2026"]), None);
        assert_eq!(newest(&["Avdelning 1", "Avdelning 2"]), None);
        assert_eq!(newest(&["Anställda", "Tidigare"]), None);
        assert_eq!(newest(&["Vård 1", "Vård 2"]), None);
    }
}
