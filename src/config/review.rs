//! `[review]`: whose review it is, as of when, and how it is presented.

use super::Surroundings;
use super::suggest::nearest;
use super::table::Table;
use crate::model::{Language, Severity, message};
use crate::runfolder::{Asks, Attest, ListScope};

use chrono::{Days, NaiveDate};
use chrono_tz::{TZ_VARIANTS, Tz};
use std::path::{Path, PathBuf};

/// `[review]`.
#[derive(Clone, Debug)]
pub struct ReviewTerms {
    /// Whose.
    pub organisation: String,
    /// Its title.
    pub title: Option<String>,
    /// Reference date.
    pub as_of: NaiveDate,
    /// "Svara senast".
    pub answer_by: NaiveDate,
    /// The post answers go to.
    pub control_owner: Option<String>,
    /// What recipients read.
    pub language: Language,
    /// Where run folders are published.
    pub output: PathBuf,
    /// What else needs an answer.
    pub attest: Attest,
    /// Which deviations stand on the list to answer.
    pub scope: ListScope,
    /// Texts that name a post, beside those with a word that is known to.
    pub posts: Vec<String>,
    /// Where a moment becomes a day.
    pub time_zone: Tz,
    /// Findings below stay off the list that people must answer.
    pub list_from: Severity,
    /// Printed at the head of every page.
    pub secrecy_note: String,
}

impl ReviewTerms {
    /// Which rows of the lists ask for an answer.
    pub fn asks(&self) -> Asks {
        Asks { list_from: self.list_from, scope: self.scope, attest: self.attest }
    }
}

/// Owners get three weeks unless another date is stated.
const DAYS_TO_ANSWER: u64 = 21;

const SECRECY_NOTE: [&str; 2] = [
    "Kan innehålla uppgifter som omfattas av sekretess. Sekretessprövning ska göras före utlämnande.",
    "May hold information subject to secrecy. A secrecy review must be made before disclosure.",
];

/// Reads `[review]`, which may be left out altogether.
pub fn read(table: Option<Table<'_>>, base: &Path, surroundings: &Surroundings<'_>) -> ReviewTerms {
    let overrides = surroundings.overrides;
    let mut review = defaults(surroundings, base);
    if let Some(table) = table {
        read_into(&mut review, &table, base);
        if let Some(as_of) = table.date("as_of") {
            review.as_of = as_of;
        }
        review.as_of = overrides.as_of.unwrap_or(review.as_of);
        review.answer_by = answer_by(&table, review.as_of);
        review.secrecy_note = table
            .text("secrecy_note")
            .unwrap_or_else(|| secrecy_note(overrides.language.unwrap_or(review.language)).to_owned());
        table.finish();
    }
    review.language = overrides.language.unwrap_or(review.language);
    if let Some(output) = &overrides.output {
        review.output.clone_from(output);
    }
    review
}

fn defaults(surroundings: &Surroundings<'_>, base: &Path) -> ReviewTerms {
    let language = surroundings.overrides.language.unwrap_or_default();
    let as_of = surroundings.overrides.as_of.unwrap_or(surroundings.today);
    ReviewTerms {
        organisation: String::new(),
        title: None,
        as_of,
        answer_by: as_of + Days::new(DAYS_TO_ANSWER),
        control_owner: None,
        language,
        output: base.join("resultat"),
        attest: Attest::Privileged,
        scope: ListScope::Full,
        posts: Vec::new(),
        time_zone: Tz::Europe__Stockholm,
        list_from: Severity::Medium,
        secrecy_note: secrecy_note(language).to_owned(),
    }
}

/// What stands at the head of every page where nothing else is stated.
pub fn secrecy_note(language: Language) -> &'static str {
    let [sv, en] = SECRECY_NOTE;
    match language {
        Language::Sv => sv,
        Language::En => en,
    }
}

fn read_into(review: &mut ReviewTerms, table: &Table<'_>, base: &Path) {
    if let Some(organisation) = table.text("organisation") {
        review.organisation = organisation;
    }
    review.title = table.text("title");
    review.control_owner = table.text("control_owner");
    review.posts = table.texts("posts");
    review.time_zone = read_time_zone(table).unwrap_or(review.time_zone);
    let languages = [("sv", Language::Sv), ("en", Language::En)];
    review.language = table.choice("language", &languages).unwrap_or_default();
    if let Some(output) = table.text("output") {
        review.output = base.join(output);
    }
    review.attest = table.choice("attest", &Attest::NAMED).unwrap_or(Attest::Privileged);
    let severities = Severity::ALL.map(|severity| (severity.code(), severity));
    review.list_from = table.choice("list_from", &severities).unwrap_or(Severity::Medium);
    review.scope = table.choice("scope", &ListScope::NAMED).unwrap_or(ListScope::Full);
}

/// A name of the IANA list, whatever its case.
fn read_time_zone(table: &Table<'_>) -> Option<Tz> {
    let (name, offset) = table.placed_text("time_zone")?;
    let known = || TZ_VARIANTS.iter().map(|zone| zone.name());
    let found = TZ_VARIANTS.iter().copied().find(|zone| zone.name().eq_ignore_ascii_case(&name));
    if found.is_none() {
        // People write the city alone.
        let city = known().find(|zone| zone.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&name)));
        let near = city.or_else(|| nearest(&name, known())).unwrap_or("Europe/Stockholm");
        let says = message!("okänd tidszon \"{name}\"", "unknown time zone \"{name}\"");
        let way_out = message!(
            "Menade du \"{near}\"? Tidszoner har namn ur IANA:s lista.",
            "Did you mean \"{near}\"? Time zones have names of the IANA list."
        );
        table.problem_at(offset, says, Some(way_out));
    }
    found
}

fn answer_by(table: &Table<'_>, as_of: NaiveDate) -> NaiveDate {
    let default = as_of + Days::new(DAYS_TO_ANSWER);
    let stated = table.date("answer_by").unwrap_or(default);
    if stated < as_of {
        table.problem(message!(
            "answer_by ({stated}) ligger före referensdatumet as_of ({as_of})",
            "answer_by ({stated}) lies before the reference date as_of ({as_of})"
        ));
    }
    stated
}
