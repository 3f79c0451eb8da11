//! The day a file was taken out, as its name or its title says; the file's own time proves nothing.

use crate::model::month_named;
use chrono::{Datelike, NaiveDate};

/// What is known of the day of extract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// Said by the title above the header.
    Title(NaiveDate),
    /// Said by the file's name.
    Name(NaiveDate),
    /// Two days are said, or the one that is said can be another day than that of the extract.
    Unsure(NaiveDate),
    /// Nothing but the file's own time.
    Modified(NaiveDate),
    /// Nothing.
    Unknown,
}

impl Day {
    /// The day, where it is certain enough to be stated.
    pub fn certain(self) -> Option<NaiveDate> {
        match self {
            Self::Title(day) | Self::Name(day) => Some(day),
            Self::Unsure(_) | Self::Modified(_) | Self::Unknown => None,
        }
    }
}

/// Words beside the day of an extract.
const TAKEN_OUT: [&str; 24] = [
    "uttag",
    "uttaget",
    "uttagen",
    "utdrag",
    "utskriven",
    "utskrivet",
    "printed",
    "exporterat",
    "exporterades",
    "exported",
    "extracted",
    "framtagen",
    "framtaget",
    "hämtad",
    "hämtat",
    "utskrift",
    "skapad",
    "skapat",
    "exporterad",
    "export",
    "generated",
    "created",
    "körd",
    "per",
];

/// Beginnings of compound words that say the same before a word for a day: `Utskriftsdatum`, `Uttagsdag`.
const OF_TAKING_OUT: [&str; 10] =
    ["uttag", "utdrag", "utskrift", "rapport", "export", "skap", "gener", "körning", "utsökning", "framtag"];

/// Whether a word says that a file was taken out on the day beside it.
fn says_taken_out(word: &str) -> bool {
    let is_day = ["datum", "dag", "date", "tid"].iter().any(|ending| word.ends_with(ending));
    TAKEN_OUT.contains(&word) || is_day && OF_TAKING_OUT.iter().any(|beginning| word.starts_with(beginning))
}

/// The day of extract of a file by its name, its titles, or else its own time.
pub fn of(name: &str, titles: &[String], modified: Option<&str>, today: NaiveDate) -> Day {
    let possible = |day: &NaiveDate| *day <= today && day.year() >= today.year() - 5;
    let telling = titles.iter().filter(|title| {
        let lower = title.to_lowercase();
        lower.split(|c: char| !c.is_alphabetic()).any(says_taken_out)
    });
    let mut in_titles: Vec<NaiveDate> = telling.flat_map(|title| days_in(title)).filter(possible).collect();
    in_titles.sort_unstable();
    in_titles.dedup();
    let mut in_name: Vec<NaiveDate> = days_in(name).into_iter().filter(possible).collect();
    in_name.dedup();
    match (in_titles.as_slice(), in_name.as_slice()) {
        ([title], []) => Day::Title(*title),
        ([title], [name]) if title == name => Day::Title(*title),
        ([], [name]) => Day::Name(*name),
        ([], []) => match modified.and_then(|text| text.get(..10)?.parse().ok()).filter(possible) {
            Some(day) => Day::Modified(day),
            None => Day::Unknown,
        },
        (several, names) => Day::Unsure(several.iter().chain(names).max().copied().unwrap_or(today)),
    }
}

/// Days written 2026-11-28, 2026_11_28, 2026.11.28 or 20261128, and those that begin with the day, as Google's downloads
/// do: 28112026, 28.11.2026. Where day and month can change places both days are given, so that none is certain.
pub fn days_in(text: &str) -> Vec<NaiveDate> {
    let digits: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    let runs: Vec<&str> = digits.iter().copied().filter(|run| !run.is_empty()).collect();
    let whole = runs.iter().filter(|run| run.len() == 8 || run.len() == 14).flat_map(|run| in_digits(run));
    let apart = runs.windows(3).flat_map(|parts| match (parts[0].len(), parts[2].len()) {
        (4, _) => day(parts[0], parts[1], parts[2]).into_iter().collect(),
        (_, 4) => last_the_year(parts[2], parts[0], parts[1]),
        _ => Vec::new(),
    });
    whole.chain(apart).chain(in_words(text)).collect()
}

/// Days with the month in letters: 27 november 2026.
fn in_words(text: &str) -> Vec<NaiveDate> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let of = |parts: &[&str]| day(parts[2], &month_named(parts[1])?.to_string(), parts[0]);
    words.windows(3).filter_map(of).collect()
}

/// Days of eight digits or more, the year first or else last.
fn in_digits(run: &str) -> Vec<NaiveDate> {
    match day(&run[..4], &run[4..6], &run[6..8]) {
        Some(day) => vec![day],
        None if run.len() == 8 => last_the_year(&run[4..], &run[..2], &run[2..4]),
        None => Vec::new(),
    }
}

/// The days that two numbers before a year can mean.
fn last_the_year(year: &str, one: &str, two: &str) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = [day(year, two, one), day(year, one, two)].into_iter().flatten().collect();
    days.dedup();
    days
}

fn day(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    if month.len() > 2 || day.len() > 2 {
        return None;
    }
    let year: i32 = year.parse().ok().filter(|year| (2000..2100).contains(year))?;
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A day is found in names as systems write them, and what is no day is none.
    #[test]
    fn days_are_found_in_names() {
        for (name, day) in [
            ("AD_users_2026-11-28.csv", Some("2026-11-28")),
            ("export20261128.csv", Some("2026-11-28")),
            ("Användare 2026_11_28 08.30.xlsx", Some("2026-11-28")),
            ("20261128093015-konton.csv", Some("2026-11-28")),
            ("User_Download_28112026_081233.csv", Some("2026-11-28")),
            ("Konton 28.11.2026.csv", Some("2026-11-28")),
            ("Konton 28 november 2026.csv", Some("2026-11-28")),
            ("treserva_2026-13-41.csv", None),
            ("konton.csv", None),
        ] {
            assert_eq!(days_in(name).first().copied(), day.map(on), "{name}");
        }
    }

    /// Where day and month can change places, neither day is taken for certain.
    #[test]
    fn a_day_that_can_be_a_month_is_unsure() {
        let today = on("2026-11-30");
        assert_eq!(of("User_Download_07112026_081233.csv", &[], None, today), Day::Unsure(on("2026-11-07")));
        assert_eq!(of("User_Download_11112026_081233.csv", &[], None, today), Day::Name(on("2026-11-11")));
    }

    /// The title wins where it agrees or stands alone; two days are settled by nobody; the file's time is no proof.
    #[test]
    fn a_day_is_certain_only_where_one_is_said() {
        let today = on("2026-11-30");
        let titled = ["Anställda, uttag 2026-11-28".to_owned()];
        assert_eq!(of("lon.csv", &titled, None, today), Day::Title(on("2026-11-28")));
        assert_eq!(of("lon-2026-11-01.csv", &titled, None, today), Day::Unsure(on("2026-11-28")));
        for word in ["Utskriftsdatum:", "Uttagsdatum", "Rapportdatum", "Exportdag", "Skapandedatum"] {
            let titled = [format!("{word} 2026-11-28")];
            assert_eq!(of("lon.csv", &titled, None, today), Day::Title(on("2026-11-28")), "{word}");
        }
        for said in ["Utskrivet 28 november 2026", "Exported 2026-11-28 14:03"] {
            assert_eq!(of("lon.csv", &[said.to_owned()], None, today), Day::Title(on("2026-11-28")), "{said}");
        }
        for other in ["Perioddatum 2026-11-28", "Anställningsdatum 2026-11-28"] {
            assert_eq!(of("lon.csv", &[other.to_owned()], None, today), Day::Unknown, "{other}");
        }
        assert_eq!(of("lon-2026-11-01.csv", &[], None, today), Day::Name(on("2026-11-01")));
        let modified = Some("2026-11-20T08:00:00Z");
        assert_eq!(of("lon.csv", &[], modified, today), Day::Modified(on("2026-11-20")));
        let in_the_future = of("lon-2027-01-01.csv", &[], modified, today);
        assert_eq!(in_the_future, Day::Modified(on("2026-11-20")));
        let of_something_else = ["Kommunfullmäktige 2026-11-28".to_owned()];
        assert_eq!(of("lon.csv", &of_something_else, None, today), Day::Unknown);
    }
}
