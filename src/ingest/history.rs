//! Workbooks that hold a sheet a month: a history of extracts, of which the newest tells how things are.

use crate::model::fold;
use chrono::{Datelike, NaiveDate};

/// The months by their first three letters, in Swedish and English; "maj" and "may", "okt" and "oct" differ.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb"],
    &["mar"],
    &["apr"],
    &["maj", "may"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["okt", "oct"],
    &["nov"],
    &["dec"],
];

/// Which of some sheets is the newest, where every one of several is named after a month.
pub fn newest_of_months(names: &[&str], day: NaiveDate) -> Option<usize> {
    if names.len() < 2 {
        return None;
    }
    let months: Option<Vec<(Option<i32>, u32)>> = names.iter().map(|name| month_of(name)).collect();
    let months = months?;
    let age = |(year, month): (Option<i32>, u32)| {
        let at = |year: i32, month: u32| i64::from(year) * 12 + i64::from(month);
        let now = at(day.year(), day.month());
        match year {
            Some(year) => now - at(year, month),
            // Without a year, a month later in the calendar than the reference date is last year's.
            None => (now - at(day.year(), month)).rem_euclid(12),
        }
    };
    let with_years = months.iter().filter(|(year, _)| year.is_some()).count();
    let of_a_kind = with_years == 0 || with_years == months.len();
    of_a_kind.then(|| (0..months.len()).min_by_key(|at| age(months[*at])))?
}

/// The year, where one is named, and month of a sheet's name: `2026-11`, `202611`, `November 2026`, `Lön nov`,
/// `2026-11-30`.
fn month_of(name: &str) -> Option<(Option<i32>, u32)> {
    let folded = name.to_lowercase();
    let digits: Vec<&str> = folded.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let year = digits.iter().find(|part| part.len() == 4 && part.starts_with("20")).and_then(|part| part.parse().ok());
    if let Some(month) = named_month(&folded) {
        return Some((year, month));
    }
    let month = |text: &str| text.parse().ok().filter(|month| (1..=12).contains(month));
    match digits.as_slice() {
        [whole] if matches!(whole.len(), 6 | 8) && whole.starts_with("20") => {
            Some((whole.get(..4)?.parse().ok(), month(whole.get(4..6)?)?))
        }
        [first, second, ..] if first.len() == 4 && second.len() == 2 => Some((year, month(second)?)),
        _ => None,
    }
}

fn named_month(name: &str) -> Option<u32> {
    let words = name.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= 3).map(fold);
    words.into_iter().find_map(|word| {
        let place = MONTHS.iter().position(|starts| starts.iter().any(|start| word.starts_with(start)))?;
        is_month_word(&word).then(|| u32::try_from(place + 1).ok())?
    })
}

/// Whole names and their short forms only: "marknad" and "decentraliserad" are no months.
fn is_month_word(word: &str) -> bool {
    const WHOLE: [&str; 24] = [
        "januari",
        "january",
        "februari",
        "february",
        "mars",
        "march",
        "april",
        "maj",
        "may",
        "juni",
        "june",
        "juli",
        "july",
        "augusti",
        "august",
        "september",
        "sept",
        "oktober",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
    ];
    const SHORT: [&str; 9] = ["apr", "jun", "jul", "aug", "sep", "okt", "oct", "nov", "dec"];
    WHOLE.contains(&word) || SHORT.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn newest(names: &[&str]) -> Option<usize> {
        newest_of_months(names, NaiveDate::from_ymd_opt(2026, 11, 30).unwrap())
    }

    /// However months are written, the newest that is not after the reference date is found.
    #[test]
    fn the_newest_month_is_found() {
        assert_eq!(newest(&["2026-09", "2026-11", "2026-10"]), Some(1));
        assert_eq!(newest(&["Oktober 2026", "September 2026"]), Some(0));
        assert_eq!(newest(&["Dec", "Okt", "Nov"]), Some(2));
        assert_eq!(newest(&["202612", "202701"]), Some(1));
    }

    /// Sheets that are parts of one extract are no history.
    #[test]
    fn other_sheets_are_no_history() {
        assert_eq!(newest(&["Anställda"]), None);
        assert_eq!(newest(&["Vård", "Skola"]), None);
        assert_eq!(newest(&["2026-10", "Skola"]), None);
        assert_eq!(newest(&["Marknad", "Augustenborg"]), None);
    }
}
