//! What is asked for: `samkor.toml` read, checked and made into a valid [`Config`].
//!
//! Reading goes in steps that happen in one place each: [`syntax`] tells mistakes in the TOML in plain words;
//! [`table::Table`] turns TOML into values, and [`document::Document`] collects every problem with its line; the
//! functions here say which keys there are and what they mean. A [`Config`] that exists is valid; how anything is
//! done is not known here.

mod allow;
mod columns;
mod conflict;
mod contract;
mod document;
mod exemption;
mod followup;
mod input;
mod inventory;
mod patterns;
mod payroll;
mod reference;
mod register;
mod review;
mod schema;
mod suggest;
mod syntax;
mod system;
mod table;
mod thresholds;
mod words;
mod written;

pub use allow::covers;
pub use conflict::{Conflict, ConflictSide};
pub use exemption::Exemption;
pub use followup::PreviousRun;
pub use input::InputFile;
pub use patterns::Patterns;
pub use payroll::{EmploymentTerms, PayrollConfig};
pub use register::RegisterConfig;
pub use review::{ReviewTerms, secrecy_note};
pub use schema::{as_table, schema};
pub use suggest::nearest;
pub use syntax::without_comment;
pub use system::{Exclusion, Split, StatusWords, SystemConfig};
pub use thresholds::{MatchingLimits, Thresholds};
pub use words::is_word;
pub use written::{list, quoted};

use crate::error::{Error, ErrorKind, Errors};
use crate::model::{AccountName, Language, Message, Severity, SystemId, fold, message};

use crate::whole_file::{Unread, WholeFile};
use chrono::NaiveDate;
use contract::Contract;
use document::Document;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use table::{ROOT, Table};
use toml::de::DeTable;

/// No configuration that a person wrote is larger.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// What the command line changes.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--as-of`.
    pub as_of: Option<NaiveDate>,
    /// `--output`, relative to the working directory.
    pub output: Option<PathBuf>,
    /// `--language`.
    pub language: Option<Language>,
}

/// `[rules]`: what is changed about one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleSetting {
    /// Not run; Underlag says so.
    Off,
    /// Another base severity.
    Base(Severity),
}

/// A valid configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file, as the user named it.
    pub file: String,
    /// Its bytes, for the hash in the manifest.
    pub bytes: Vec<u8>,
    /// `[review]`.
    pub review: ReviewTerms,
    /// `[payroll]`.
    pub payroll: PayrollConfig,
    /// `[[system]]`, in the order of the file.
    pub systems: Vec<SystemConfig>,
    /// `[[exemption]]`.
    pub exemptions: Vec<Exemption>,
    /// `[[register]]`.
    pub registers: Vec<RegisterConfig>,
    /// `[service_accounts]`.
    pub service_accounts: Option<InputFile>,
    /// `[[conflict]]`.
    pub conflicts: Vec<Conflict>,
    /// `[thresholds]`.
    pub thresholds: Thresholds,
    /// `[matching]`.
    pub matching: MatchingLimits,
    /// `[rules]`.
    pub rules: BTreeMap<String, RuleSetting>,
    /// `[limits].max_file_mb`, in bytes.
    pub max_file_bytes: u64,
    /// `[inventory]`.
    pub inventory: Option<InputFile>,
    /// `[inventory].max_age_days`.
    pub inventory_max_age_days: u32,
    /// `[protected].recipient`: the post that handles protected persons.
    pub protected_recipient: Option<String>,
    /// `[followup].previous`.
    pub previous: PreviousRun,
    /// `[followup].answers`: the folder with returned workbooks.
    pub answers: Option<PathBuf>,
    /// Of the returned workbooks only those of these hashes, where a run is made again: later ones lie beside them.
    pub answers_then: Option<BTreeSet<String>>,
    /// The folder that paths are relative to.
    pub base: PathBuf,
}

impl Config {
    /// The exemption stated for an account, whether it still holds or not.
    pub fn exemption(&self, system: &SystemId, account: &str) -> Option<&Exemption> {
        let key = AccountName::new(account);
        self.exemptions.iter().find(|own| own.system == *system && AccountName::new(&own.account) == key)
    }
}

/// What the reader needs besides the file.
pub struct Surroundings<'a> {
    /// The day of the run, for a default reference date.
    pub today: NaiveDate,
    /// What the command line changes.
    pub overrides: &'a Overrides,
    /// Every rule there is, for `[rules]`.
    pub rules: &'a [&'static str],
}

/// Reads and checks a configuration file.
///
/// # Errors
/// Every problem of the file at once, each with its line and a way out.
pub fn load(path: &Path, surroundings: &Surroundings<'_>) -> Result<Config, Errors> {
    let bytes = WholeFile::read(path, MOST_BYTES).map_err(|cause| missing_configuration(path, &cause))?.bytes;
    let shown = path.display().to_string();
    let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    let not_text = |_| if is_toml { not_utf8(path) } else { no_configuration(path) };
    let text = String::from_utf8(bytes.clone()).map_err(not_text)?;
    let text = text.trim_start_matches('\u{feff}');
    if !is_toml && !text.lines().any(|line| line.trim_start().starts_with('[')) {
        return Err(no_configuration(path).into());
    }
    let base = path.parent().unwrap_or(Path::new("")).to_owned();
    let parts = read_text(&shown, text, &base, surroundings)?;
    Ok(parts.into_config(shown.clone(), bytes, base))
}

/// Reads the text of a configuration.
fn read_text(shown: &str, text: &str, base: &Path, surroundings: &Surroundings<'_>) -> Result<Parts, Errors> {
    let document = Document::new(shown, text);
    let (root, mistakes) = DeTable::parse_recoverable(text);
    syntax::report(&document, &mistakes);
    let parts = Parts::read(Table::new(&document, &root, ROOT), base, surroundings);
    let problems = document.into_problems(|| Contract::of_the_readers(surroundings));
    if problems.is_empty() { Ok(parts) } else { Err(Errors::new(problems)) }
}

fn missing_configuration(path: &Path, cause: &Unread) -> Error {
    let error = Error::unread(ErrorKind::Configuration, path, cause);
    if error.way_out.is_some() {
        return error;
    }
    let within = path.join("samkor.toml");
    if within.is_file() {
        let within = within.display();
        return error.way_out(message!("Menade du {within}?", "Did you mean {within}?"));
    }
    error.way_out(message!(
        "Ange var konfigurationen är, MAPP/samkor.toml. Finns ingen: samkor init MAPP skriver en efter filerna där.",
        "Say where the configuration is, DIR/samkor.toml. If there is none: samkor init DIR writes one from the files there."
    ))
}

/// A table or a workbook in place of the configuration. Its lines are not repeated: they may be about people.
fn no_configuration(path: &Path) -> Error {
    let place = crate::error::Place::file(path.display().to_string());
    let says = message!("filen är ingen konfiguration", "the file is no configuration");
    Error::new(ErrorKind::Configuration, place, says).way_out(message!(
        "Ange samkor.toml. Finns ingen: samkor init MAPP skriver en efter filerna där. Hur en fil läses: samkor inspect FIL",
        "Name samkor.toml. If there is none: samkor init DIR writes one from the files there. How a file is read: samkor \
         inspect FILE"
    ))
}

fn not_utf8(path: &Path) -> Error {
    let place = crate::error::Place::file(path.display().to_string());
    let says = message!("konfigurationen är inte UTF-8", "the configuration is not UTF-8");
    Error::new(ErrorKind::Configuration, place, says).way_out(message!(
        "Spara filen som UTF-8 (i Anteckningar: Spara som, Kodning: UTF-8).",
        "Save the file as UTF-8 (in Notepad: Save as, Encoding: UTF-8)."
    ))
}

/// The tables as read. Where something required is missing, that is a problem of the document.
struct Parts {
    review: ReviewTerms,
    payroll: PayrollConfig,
    systems: Vec<SystemConfig>,
    exemptions: Vec<Exemption>,
    conflicts: Vec<Conflict>,
    registers: Vec<RegisterConfig>,
    service_accounts: Option<InputFile>,
    thresholds: Thresholds,
    matching: MatchingLimits,
    rules: BTreeMap<String, RuleSetting>,
    max_file_bytes: u64,
    inventory: Option<(InputFile, u32)>,
    protected_recipient: Option<String>,
    previous: PreviousRun,
    answers: Option<PathBuf>,
}

impl Parts {
    fn read(root: Table<'_>, base: &Path, surroundings: &Surroundings<'_>) -> Self {
        let review = review::read(root.table("review"), base, surroundings);
        let payroll = payroll::read(&root, base);
        let inventory_table = root.table("inventory");
        let listed = inventory_table.is_some();
        let inventory = inventory::read(inventory_table, base);
        let systems = system::read_all(&root, base, &payroll.terms, listed);
        let exemptions = exemption::read_all(&root, &systems, listed);
        let conflicts = conflict::read_all(&root, &systems, listed);
        let registers = register::read_all(&root, base);
        let service_accounts = register::read_service_accounts(root.table("service_accounts"), base);
        let thresholds = thresholds::read(root.table("thresholds"));
        let matching = thresholds::read_matching(root.table("matching"));
        let rules = root.table("rules").map(|t| read_rules(&t, surroundings.rules)).unwrap_or_default();
        let max_file_bytes = read_limits(root.table("limits"));
        let protected_recipient = root.table("protected").and_then(read_protected);
        let (previous, answers) = followup::read(root.table("followup"), base);
        root.finish();
        Self {
            review,
            payroll,
            systems,
            exemptions,
            conflicts,
            registers,
            service_accounts,
            thresholds,
            matching,
            rules,
            max_file_bytes,
            inventory,
            protected_recipient,
            previous,
            answers,
        }
    }

    fn into_config(self, file: String, bytes: Vec<u8>, base: PathBuf) -> Config {
        let (inventory, max_age_days) = self.inventory.unzip();
        Config {
            file,
            bytes,
            review: self.review,
            payroll: self.payroll,
            systems: self.systems,
            exemptions: self.exemptions,
            conflicts: self.conflicts,
            registers: self.registers,
            service_accounts: self.service_accounts,
            thresholds: self.thresholds,
            matching: self.matching,
            rules: self.rules,
            max_file_bytes: self.max_file_bytes,
            inventory,
            inventory_max_age_days: max_age_days.unwrap_or(inventory::MAX_AGE_DAYS),
            protected_recipient: self.protected_recipient,
            previous: self.previous,
            answers: self.answers,
            answers_then: None,
            base,
        }
    }
}

/// `[rules]`: each a known rule, "off" or a severity.
fn read_rules(table: &Table<'_>, known: &[&'static str]) -> BTreeMap<String, RuleSetting> {
    let mut rules = BTreeMap::new();
    for (rule, offset, (word, at)) in table.free_texts() {
        if !known.contains(&rule.as_str()) {
            let near = nearest(&rule, known.iter().copied());
            let way_out = near.map(|near| message!("Menade du \"{near}\"?", "Did you mean \"{near}\"?"));
            table.problem_at(offset, message!("okänd regel \"{rule}\"", "unknown rule \"{rule}\""), way_out);
            continue;
        }
        match word.as_str() {
            "off" => drop(rules.insert(rule, RuleSetting::Off)),
            word => match Severity::from_code(word) {
                Some(severity) => drop(rules.insert(rule, RuleSetting::Base(severity))),
                None => table.problem_at(at, unknown_severity(word), meant_severity(word)),
            },
        }
    }
    rules
}

fn unknown_severity(word: &str) -> Message {
    message!(
        "\"{word}\" är ingen allvarlighetsgrad: off, info, low, medium, high eller critical",
        "\"{word}\" is no severity: off, info, low, medium, high or critical"
    )
}

/// The word that the program knows for a severity in Swedish, or for one that is misspelt.
fn meant_severity(word: &str) -> Option<Message> {
    let own = Severity::ALL.into_iter().find(|own| fold(own.text().sv) == fold(word)).map(Severity::code);
    let near = own.or_else(|| nearest(word, Severity::ALL.into_iter().map(Severity::code)))?;
    Some(message!("Menade du \"{near}\"?", "Did you mean \"{near}\"?"))
}

/// `[limits]`: how large a file may be before it is refused.
fn read_limits(table: Option<Table<'_>>) -> u64 {
    const DEFAULT_MB: i64 = 2048;
    let max = table.map_or(DEFAULT_MB, |table| {
        let max = table.integer("max_file_mb", 1..=1_000_000).unwrap_or(DEFAULT_MB);
        table.finish();
        max
    });
    max.unsigned_abs() * 1024 * 1024
}

/// `[protected]`: a post must be named, or the table says nothing.
fn read_protected(table: Table<'_>) -> Option<String> {
    let recipient = table.text("recipient");
    if recipient.is_none() {
        table.problem(message!(
            "[protected] saknar recipient; ange den post som hanterar skyddade personuppgifter",
            "[protected] has no recipient; name the post that handles protected personal data"
        ));
    }
    table.finish();
    recipient
}

#[cfg(test)]
mod tests;
