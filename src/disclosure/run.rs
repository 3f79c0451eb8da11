//! What every workbook says of the run itself.

use super::door::{Screen, Shown};
use crate::config::{Config, MatchingLimits, secrecy_note, without_comment};
use crate::ingest::sha256_hex;
use crate::model::{Language, Severity};
use crate::review::{RULES, Rule};
use crate::runfolder::{Asks, Attest, ListScope, Manifest, PreviousLine};
use chrono::NaiveDate;
use std::path::Path;

/// The run, for headers, Underlag and the manifest.
#[derive(Clone, Debug)]
pub struct RunFacts {
    /// Name of the run folder.
    pub run: String,
    /// Program version.
    pub version: &'static str,
    /// When the run began, UTC.
    pub started: String,
    /// Whose review.
    pub organisation: Shown,
    /// Its title.
    pub title: Shown,
    /// Reference date.
    pub as_of: NaiveDate,
    /// "Svara senast".
    pub answer_by: NaiveDate,
    /// Where answers go.
    pub control_owner: Option<Shown>,
    /// What is read.
    pub language: Language,
    /// At the head of every page.
    pub secrecy_note: Shown,
    /// Which rows ask for an answer.
    pub asks: Asks,
    /// The name of the configuration's file.
    pub config_file: Shown,
    /// Its hash.
    pub config_sha256: String,
    /// Its text without remarks: each table's heading with its lines.
    pub config_tables: Vec<(Shown, Shown)>,
    /// Why an incomplete input was accepted.
    pub accepted_incomplete: Option<Shown>,
    /// Thresholds in force.
    pub thresholds: Vec<(&'static str, u32)>,
    /// Probabilities in force.
    pub matching: MatchingLimits,
    /// What counts as employed: grace of hourly staff and gaps, in days.
    pub grace_and_gap: (u32, u32),
    /// Rules in force.
    pub rules: Vec<RuleShown>,
    /// The run before, by name.
    pub follows: Option<String>,
}

/// A run that has begun.
#[derive(Clone, Debug)]
pub struct Begun {
    /// Name of the run folder.
    pub run: String,
    /// Program version.
    pub version: &'static str,
    /// When it began, UTC.
    pub started: String,
}

/// A rule and whether it was on.
#[derive(Clone, Copy, Debug)]
pub struct RuleShown {
    /// The rule.
    pub rule: &'static Rule,
    /// Its base severity in force; `None` where it was off.
    pub base: Option<Severity>,
}

impl RunFacts {
    /// The same of a run that follows another.
    #[must_use]
    pub fn following(self, previous: Option<&PreviousLine>) -> Self {
        Self { follows: previous.map(|previous| previous.run.clone()), ..self }
    }

    /// What a manifest says of its run, for what is written long after it. What only the configuration tells is left
    /// out.
    pub fn told_again(manifest: &Manifest, language: Language, screen: &Screen) -> Self {
        let day = |text: &str| text.parse().unwrap_or_default();
        Self {
            run: manifest.run.clone(),
            version: env!("CARGO_PKG_VERSION"),
            started: manifest.started.clone(),
            organisation: Shown::default(),
            title: screen.show(&format!("{} {}", default_title(language), manifest.as_of)),
            as_of: day(&manifest.as_of),
            answer_by: manifest.answer_by.unwrap_or_default(),
            control_owner: None,
            language,
            secrecy_note: screen.show(secrecy_note(language)),
            asks: Asks { list_from: Severity::Info, scope: ListScope::Full, attest: Attest::Privileged },
            config_file: screen.show(&manifest.config.path),
            config_sha256: manifest.config.sha256.clone(),
            config_tables: Vec::new(),
            accepted_incomplete: manifest.accepted_incomplete.as_ref().map(|reason| screen.show(reason)),
            thresholds: Vec::new(),
            matching: MatchingLimits::default(),
            grace_and_gap: (0, 0),
            follows: manifest.previous.as_ref().map(|previous| previous.run.clone()),
            rules: Vec::new(),
        }
    }

    /// Gathers what is said of a run.
    pub fn new(config: &Config, begun: Begun, accepted: Option<&str>, screen: &Screen) -> Self {
        let review = &config.review;
        let Begun { run, version, started } = begun;
        let show = |text: &String| screen.show(text);
        let default_title = default_title(review.language);
        Self {
            run,
            version,
            started,
            organisation: show(&review.organisation),
            title: show(&review.title.clone().unwrap_or_else(|| format!("{default_title} {}", review.as_of))),
            as_of: review.as_of,
            answer_by: review.answer_by,
            control_owner: review.control_owner.as_ref().map(show),
            language: review.language,
            secrecy_note: show(&review.secrecy_note),
            asks: review.asks(),
            // Its name alone: how it was named depends on where the command was given.
            config_file: show(&file_name(&config.file)),
            config_sha256: sha256_hex(&config.bytes),
            config_tables: config_tables(&config.bytes, screen),
            accepted_incomplete: accepted.map(|reason| screen.show(reason)),
            thresholds: config.thresholds.named().to_vec(),
            matching: config.matching,
            grace_and_gap: (config.payroll.terms.hourly_grace_days, config.payroll.terms.gap_days),
            follows: None,
            rules: RULES.iter().map(|rule| RuleShown { rule, base: rule.in_force(config) }).collect(),
        }
    }
}

/// The configuration's own words, table by table; what may not be shown is hidden in them as anywhere.
fn config_tables(bytes: &[u8], screen: &Screen) -> Vec<(Shown, Shown)> {
    let mut tables: Vec<(String, Vec<&str>)> = Vec::new();
    let text = String::from_utf8_lossy(bytes);
    for line in text.trim_start_matches('\u{feff}').lines().map(without_comment) {
        match line {
            "" => {}
            heading if heading.starts_with('[') && !heading.contains('=') && heading.ends_with(']') => {
                tables.push((heading.to_owned(), Vec::new()));
            }
            line => match tables.last_mut() {
                Some((_, lines)) => lines.push(line),
                None => tables.push((String::new(), vec![line])),
            },
        }
    }
    let shown = |(heading, lines): &(String, Vec<&str>)| {
        (screen.show(heading), screen.show(&without_totals(&lines.join("  ·  "))))
    };
    tables.iter().filter(|(_, lines)| !lines.is_empty()).map(shown).collect()
}

/// Stated totals stand beside their files, without the rows of hidden accounts where these are few. The number as it was
/// written would tell how few.
fn without_totals(text: &str) -> String {
    const KEY: &str = "control_total";
    let mut parts = text.split(KEY);
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let value = part.trim_start_matches(['"', '\'', ' ', '\t', '=']);
        let rest = value.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-'));
        let is_value = part.len() > value.len() && value.len() > rest.len();
        shown.push_str(KEY);
        shown.push_str(if is_value { " = …" } else { part });
        shown.push_str(if is_value { rest } else { "" });
    }
    shown
}

fn default_title(language: Language) -> &'static str {
    match language {
        Language::Sv => "Behörighetsgenomgång",
        Language::En => "Access review",
    }
}

fn file_name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stated total is left out wherever it stands, and nothing else is.
    #[test]
    fn a_stated_total_is_left_out() {
        for (written, shown) in [
            ("control_total = 17", "control_total = …"),
            ("control_total=1_017  ·  owner = \"IT-chef\"", "control_total = …  ·  owner = \"IT-chef\""),
            ("a = { file = \"a.csv\", control_total = 20 }", "a = { file = \"a.csv\", control_total = … }"),
            ("file = \"control_total.csv\"", "file = \"control_total.csv\""),
            ("min_rows = 5", "min_rows = 5"),
        ] {
            assert_eq!(without_totals(written), shown);
        }
    }

    /// The configuration is told table by table in its own words, without remarks, and numbers of people are masked in it.
    #[test]
    fn the_configuration_is_told_without_remarks() {
        let text = "# Skriven av init\n[payroll] # lön\nfile = \"lön #1.csv\"   # 372 rader\n\n[[system]]\nid = 'a'\n\
                    owner = \"19790607-2397\"\n[empty]\n";
        let screen = Screen::of_nobody(NaiveDate::from_ymd_opt(2026, 11, 30).unwrap_or_default());
        let told = config_tables(text.as_bytes(), &screen);
        let told: Vec<(&str, &str)> = told.iter().map(|(head, lines)| (head.as_str(), lines.as_str())).collect();
        assert_eq!(told[0], ("[payroll]", "file = \"lön #1.csv\""));
        assert!(told[1].1.starts_with("id = 'a'  ·  owner = \"19790607-****"), "{told:?}");
        assert_eq!(told.len(), 2);
    }
}
