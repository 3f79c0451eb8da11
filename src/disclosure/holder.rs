//! Who holds an account, or may hold it, as an owner reads it.

use super::{Door, Shown};
use crate::matching::{Candidate, Match, Outcome};
use crate::model::{Language, Text};
use crate::review::AccountCx;
use crate::roster::Standing;

/// The persons it may be, best first, where the owner is asked who it is.
pub fn candidates(cx: &AccountCx<'_>, door: &Door<'_>) -> Shown {
    let list = Shown::join(possible(cx, door).take(5), ", ");
    let intro = Text::new(" Möjliga: ", " Possible: ").get(door.language);
    if list.is_empty() { list } else { Shown::default().with(intro).with(list).with(".") }
}

/// The name beside the account: its holder's, else the one that the export states.
pub fn name(cx: &AccountCx<'_>, door: &Door<'_>) -> Shown {
    cx.person.map_or_else(|| door.show(&cx.stated_name()), |person| door.show_open(&person.name))
}

/// Each person it may be, with name, number and certainty, the likeliest first.
pub fn possible<'c>(cx: &'c AccountCx<'_>, door: &'c Door<'_>) -> impl Iterator<Item = Shown> + 'c {
    // What would read as nought of a hundred tells nobody anything.
    let likely = cx.matched.candidates.iter().filter(|candidate| candidate.probability >= 0.01);
    likely.filter_map(|candidate| {
        let person = door.names.open(candidate.person)?;
        let number = person.numbers_shown().first().map_or_else(String::new, |number| format!(" {number}"));
        Some(door.show_open(&format!("{}{number} ({})", person.name, likelihood(candidate, door.language))))
    })
}

/// "104643", or "möjlig: Anna Berg (104643)" of a holder that is not settled.
pub fn employee_number(cx: &AccountCx<'_>, door: &Door<'_>) -> Shown {
    if let Some(person) = cx.person {
        return door.show_open(&person.numbers_shown().join(", "));
    }
    let numbered = cx.matched.candidates.iter().filter_map(|candidate| {
        let person = door.names.open(candidate.person)?;
        let number = person.numbers_shown().into_iter().next()?;
        Some(door.show_open(&format!("{} ({number})", person.name)))
    });
    let told = Shown::join(numbered.take(3), ", ");
    let intro = Text::new("möjlig: ", "possibly: ").get(door.language);
    if told.is_empty() { told } else { Shown::default().with(intro).with(told) }
}

pub fn likeliest(cx: &AccountCx<'_>, door: &Door<'_>) -> Shown {
    let first = || cx.matched.candidates.iter().find_map(|own| door.names.open(own.person));
    let number = cx.person.or_else(first).and_then(|person| person.numbers_shown().into_iter().next());
    door.show_open(&number.unwrap_or_default())
}

/// Where the holder works or worked, else where the system files the account.
pub fn department(cx: &AccountCx<'_>, door: &Door<'_>) -> Shown {
    let main = cx.tenure().and_then(|tenure| tenure.main);
    let own = || cx.text(cx.account.department);
    let written = main.map_or_else(own, |employment| employment.department.as_deref());
    door.show_often(written.unwrap_or(""))
}

/// The best standing, and every engagement that goes on: "Anställd; förtroendevald (fullmaktige)".
pub fn standing(cx: &AccountCx<'_>, door: &Door<'_>) -> Shown {
    let language = door.language;
    let Some(tenure) = cx.tenure() else { return Shown::default() };
    let day = cx.tested_day();
    let going_on = cx.person.into_iter().flat_map(|person| &person.employments).filter(|e| e.goes_on(day));
    let engagements = going_on.filter_map(|employment| employment.engagement.as_ref());
    let words = engagements.map(|own| format!("{} ({})", own.kind.text().get(language).to_lowercase(), own.register));
    let mut parts = vec![standing_text(tenure.standing).get(language).to_owned()];
    parts.extend(words);
    door.show_often(&parts.join("; "))
}

fn standing_text(standing: Standing) -> Text {
    match standing {
        Standing::Active => Text::new("Anställd", "Employed"),
        Standing::Leave => Text::new("Tjänstledig", "On leave"),
        Standing::Future => Text::new("Börjar senare", "Starts later"),
        Standing::Engaged => Text::new("Uppdrag, ej anställd", "Engaged, not employed"),
        Standing::Unknown => Text::new("Slutdagen kan inte läsas", "End cannot be read"),
        Standing::Ended => Text::new("Avslutad", "Ended"),
        Standing::None => Text::new("Ingen anställning här", "No employment here"),
    }
}

/// Rounded down, and never more than 99: what is not certain must not read as if it were.
fn percent(probability: f64) -> String {
    format!("{:.0} %", (probability * 100.0).floor().min(99.0))
}

/// How likely a candidate is. Where the name alone agrees no figure is told: it counts on nobody outside bearing the name.
fn likelihood(candidate: &Candidate, language: Language) -> String {
    match candidate.rests_on_name_alone() {
        true => Text::new("namnet stämmer, inget mer", "the name agrees, nothing more").get(language).to_owned(),
        false => percent(candidate.probability),
    }
}

/// "Säker" for a key, else a percentage: certainty and severity are two axes.
pub fn certainty(matched: &Match, language: Language) -> String {
    match matched.outcome {
        Outcome::Linked if matched.is_keyed() => Text::new("Säker", "Certain").get(language).to_owned(),
        Outcome::Linked => percent(matched.probability()),
        Outcome::Candidate | Outcome::Disputed => {
            matched.candidates.first().map_or_else(String::new, |best| likelihood(best, language))
        }
        Outcome::Unmatched | Outcome::Exempt | Outcome::Excluded => String::new(),
    }
}

/// How the holder was found: "personnummer lika; efternamn lika, ovanligt".
pub fn matched_how(matched: &Match, language: Language) -> String {
    let Some(best) = matched.candidates.first() else { return String::new() };
    let mut words = String::new();
    for e in best.evidence.iter().filter(|e| e.is_told()) {
        let between = if words.is_empty() { "" } else { "; " };
        let rare = if e.is_rare_name() { Text::new(", ovanligt", ", rare").get(language) } else { "" };
        let parts = [between, e.field.text().get(language), " ", e.level.text().get(language), rare];
        parts.iter().for_each(|part| words.push_str(part));
    }
    words
}
