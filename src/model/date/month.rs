//! Names of months and weekdays, in Swedish and English, in full and cut short.

/// The months as Swedish writes them in full, from January.
pub const SWEDISH_MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// What a month may be called; a point after a short form is cut off before it is looked up.
const MONTHS: [&[&str]; 12] = [
    &["jan", "januari", "january"],
    &["feb", "febr", "februari", "february"],
    &["mar", "mars", "march"],
    &["apr", "april"],
    &["maj", "may"],
    &["jun", "juni", "june"],
    &["jul", "juli", "july"],
    &["aug", "augusti", "august"],
    &["sep", "sept", "september"],
    &["okt", "oct", "oktober", "october"],
    &["nov", "november"],
    &["dec", "december"],
];

/// What a weekday may be called.
const WEEKDAYS: [&str; 37] = [
    "mån",
    "tis",
    "ons",
    "tor",
    "tors",
    "fre",
    "lör",
    "sön",
    "man",
    "lor",
    "son",
    "måndag",
    "tisdag",
    "onsdag",
    "torsdag",
    "fredag",
    "lördag",
    "söndag",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mandag",
    "lordag",
];

/// The month that a word names, from 1.
pub fn month_named(word: &str) -> Option<u32> {
    let named = |names: &&[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(word));
    (1u32..).zip(&MONTHS).find_map(|(number, names)| named(names).then_some(number))
}

/// Whether a word names a weekday.
pub fn is_weekday(word: &str) -> bool {
    if word.is_ascii() {
        return WEEKDAYS.iter().any(|name| name.eq_ignore_ascii_case(word));
    }
    let folded = word.to_lowercase();
    WEEKDAYS.contains(&folded.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A month is known by its Swedish and its English name, whatever the case.
    #[test]
    fn months_are_known_in_both_languages() {
        for (word, number) in [("OKT", 10), ("oct", 10), ("Maj", 5), ("may", 5), ("Mars", 3), ("augusti", 8)] {
            assert_eq!(month_named(word), Some(number), "{word}");
        }
        assert_eq!(month_named("mån"), None);
        assert!(is_weekday("Måndag") && is_weekday("TUE"));
    }
}
