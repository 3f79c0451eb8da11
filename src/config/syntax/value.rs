//! Values that are no texts: truth, dates and numbers as people write them, and what follows a value.

use super::Told;
use super::line::{Spot, outside_quotes, quoted_parts};
use crate::model::{Text, message};
use chrono::{Datelike, NaiveDate};

/// Words for nothing. "none" is a value of some keys.
const NOTHING: [&str; 5] = ["null", "nil", "ingen", "inget", "inga"];

/// Nothing after the equals sign, or a word for it.
pub fn none(spot: &Spot<'_>) -> Option<Told> {
    let key = spot.key.filter(|key| !key.is_empty())?;
    let value = spot.value;
    if NOTHING.contains(&value.to_lowercase().as_str()) {
        return Some(Told::new(
            message!("{value} är inget värde", "{value} is no value"),
            message!(
                "Ta bort raden; det som inte står där är inte angivet.",
                "Remove the line; what is not there is not stated."
            ),
        ));
    }
    if !value.is_empty() {
        return None;
    }
    Some(Told::new(
        message!("{key} saknar värde", "{key} has no value"),
        message!(
            "Skriv ett värde efter likhetstecknet, eller ta bort raden.",
            "Write a value after the equals sign, or remove the line."
        ),
    ))
}

/// `key == value` and `a = b = value`.
pub fn double_equals(spot: &Spot<'_>) -> Option<Told> {
    let key = spot.key?;
    let doubled = spot.says("extra `=`") || spot.value.starts_with('=');
    let again = outside_quotes(spot.value).any(|(_, c)| c == '=') && !spot.value.contains([',', ';', '{', '[']);
    (doubled || again).then(|| {
        let value = spot.value.rsplit('=').next().unwrap_or("").trim();
        Told::new(
            message!("raden har två likhetstecken", "the line has two equals signs"),
            message!("Skriv {key} = {value}", "Write {key} = {value}"),
        )
    })
}

/// Words for true and for false.
const YES: [&str; 6] = ["ja", "sant", "true", "yes", "on", "på"];
const NO: [&str; 8] = ["nej", "falskt", "falsk", "false", "no", "off", "av", "ej"];

/// "ja" and "True" for true.
pub fn yes_or_no(spot: &Spot<'_>) -> Option<Told> {
    let value = spot.wrong_value();
    let word = value.trim_end_matches('.').to_lowercase();
    let meant = match word.as_str() {
        word if YES.contains(&word) => "true",
        // A rule is turned off with a text.
        "off" if spot.heading() == Some("[rules]") => return None,
        word if NO.contains(&word) => "false",
        word if strsim::levenshtein(word, "true") == 1 => "true",
        word if strsim::levenshtein(word, "false") == 1 => "false",
        _ => return None,
    };
    let line = spot.written(meant);
    Some(Told::new(
        message!(
            "{value} är inget värde; ja och nej skrivs true och false",
            "{value} is no value; yes and no are written true and false"
        ),
        message!("Skriv {line}", "Write {line}"),
    ))
}

/// Dates that are written otherwise, or that no calendar has.
pub fn date(spot: &Spot<'_>) -> Option<Told> {
    let value = spot.wrong_value();
    let parts: Vec<&str> = value.split(['-', '–', '—', '−', '/', '.']).map(str::trim).collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| number_of(part)).collect();
    let form = Text::new(
        "Datum skrivs år-månad-dag, utan citattecken: 2026-11-30",
        "Dates are written year-month-day, without quotes: 2026-11-30",
    );
    let (year, month, day) = match numbers.as_deref() {
        Some(&[year, month, day]) if parts[0].len() == 4 => (year, month, day),
        Some(&[day, month, year]) if parts[2].len() == 4 => (year, month, day),
        Some(_) if matches!(parts.as_slice(), [year, ..] if year.len() == 4 && parts.len() == 2) => {
            return Some(Told::new(message!("{value} är inget helt datum", "{value} is no whole date"), form.into()));
        }
        Some([_, _, _]) => {
            return Some(Told::new(message!("{value} är inget datum", "{value} is no date"), form.into()));
        }
        _ if starts_as_a_date(value)
            || spot.says("invalid date") && !is_an_identifier(value)
            || is_written_out(value) =>
        {
            return Some(Told::new(message!("{value} är inget datum", "{value} is no date"), form.into()));
        }
        _ => return None,
    };
    Some(match NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day) {
        Some(date) => {
            let line = spot.written(&date.format("%Y-%m-%d").to_string());
            Told::new(
                message!("datumet {value} är skrivet på ett annat sätt", "the date {value} is written another way"),
                message!("Skriv {line}", "Write {line}"),
            )
        }
        None => no_such_day(value, year, month),
    })
}

fn number_of(part: &str) -> Option<u32> {
    let digits = (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| part.parse().ok()).flatten()
}

/// A date with something behind it, such as a time that is not one.
fn starts_as_a_date(value: &str) -> bool {
    value.get(..10).is_some_and(|head| NaiveDate::parse_from_str(head, "%Y-%m-%d").is_ok())
}

/// "30 november 2026": a day, a word and a year.
fn is_written_out(value: &str) -> bool {
    let words: Vec<&str> = value.split_whitespace().collect();
    matches!(words.as_slice(), [day, month, year]
        if number_of(day).is_some() && year.len() == 4 && number_of(year).is_some() && month.chars().all(char::is_alphabetic))
}

/// A personal number is no date.
fn is_an_identifier(value: &str) -> bool {
    value.split('-').any(|part| part.len() >= 6)
}

fn no_such_day(value: &str, year: u32, month: u32) -> Told {
    let last = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, 1));
    let last = last.and_then(|first| first.checked_add_months(chrono::Months::new(1))).and_then(|next| next.pred_opt());
    let says = message!("datumet {value} finns inte", "there is no date {value}");
    match last.map(|last| last.day()) {
        Some(days) => Told::new(
            says,
            message!("Månad {month} har {days} dagar det året.", "Month {month} has {days} days that year."),
        ),
        None => Told::new(
            says,
            message!(
                "Året har tolv månader; datum skrivs år-månad-dag.",
                "A year has twelve months; dates are written year-month-day."
            ),
        ),
    }
}

/// Numbers with a comma, spaces, a unit or a leading zero.
pub fn number(spot: &Spot<'_>) -> Option<Told> {
    let value = spot.wrong_value();
    let first = value.trim_start_matches(['+', '-', '.']).chars().next()?;
    if !first.is_ascii_digit() || value.contains(['\\', '/', '@', '"']) {
        return None;
    }
    if let Some(fixed) = as_number(value) {
        let line = spot.written(&fixed);
        return Some(Told::new(
            message!(
                "talet {value} är skrivet på ett sätt som TOML inte läser",
                "the number {value} is written in a way that TOML does not read"
            ),
            message!("Skriv {line}", "Write {line}"),
        ));
    }
    let digits = value.bytes().all(|b| b.is_ascii_digit());
    (digits && spot.says("leading zero")).then(|| {
        let number = value.trim_start_matches('0');
        let (plain, text) =
            (spot.written(if number.is_empty() { "0" } else { number }), spot.written(&format!("\"{value}\"")));
        Told::new(
            message!("talet {value} börjar med noll", "the number {value} begins with a zero"),
            message!(
                "Skriv {plain}, eller {text} om det är en beteckning.",
                "Write {plain}, or {text} if it is an identifier."
            ),
        )
    })
}

/// A number as TOML writes it, from one with a decimal comma, divided thousands or a unit.
fn as_number(value: &str) -> Option<String> {
    let joined: String = value.chars().filter(|c| !matches!(c, ' ' | '\'' | '_')).collect();
    let end = joined.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.' | '+' | '-')).unwrap_or(joined.len());
    let (number, unit) = joined.split_at(end);
    let known = ["", "%", "dagar", "dag", "days", "day", "st", "mb", "procent", "percent"];
    if !known.contains(&unit.to_lowercase().as_str()) {
        return None;
    }
    let sign = if number.starts_with('-') || number.starts_with("+-") { "-" } else { "" };
    let number = number.trim_start_matches(['+', '-']).replace(',', ".");
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || whole.len() > 1 && whole.starts_with('0') {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(match number.contains('.') {
        true => format!("{sign}{whole}.{}", if fraction.is_empty() { "0" } else { fraction }),
        false => format!("{sign}{whole}"),
    })
}

/// Something behind a value that is whole.
pub fn followed(spot: &Spot<'_>) -> Option<Told> {
    let key = spot.key.filter(|_| spot.says("unexpected key or value") || spot.says("missing opening quote"))?;
    let value = spot.value;
    if let Some(line) = with_quotes_inside(key, value) {
        return Some(Told::new(
            message!("texten {value} har citattecken inuti", "the text {value} has quotes inside"),
            message!("Skriv {line}", "Write {line}"),
        ));
    }
    let end = quoted_parts(value).first().filter(|part| part.start == 0).map(|part| part.end)?;
    let (first, rest) = (&value[..end], value[end..].trim());
    (!rest.is_empty()).then(|| {
        Told::new(
            message!("efter värdet {first} står {rest}", "{rest} stands after the value {first}"),
            message!(
                "Skriv {key} = {first}, och en anmärkning efter #.",
                "Write {key} = {first}, and a remark after #."
            ),
        )
    })
}

/// `"say "hi""` and `'it's'` with the other kind of quotes around.
fn with_quotes_inside(key: &str, value: &str) -> Option<String> {
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
    let other = if quote == '"' { '\'' } else { '"' };
    let between = inner.split(quote).nth(1).unwrap_or("x");
    let several = inner.matches(quote).count() == 2 && between.trim().is_empty();
    let inside = !several && inner.contains(quote) && !inner.contains(other) && !inner.contains(',');
    inside.then(|| format!("{key} = {other}{inner}{other}"))
}
