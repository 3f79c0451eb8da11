//! A run measured against the right answers: what went by in silence, what was accused wrongly, what was
//! left to a person, and whether the probabilities are honest.

use super::truth::{self, Answer};
use crate::error::{Error, ErrorKind, Place};
use crate::model::message;
use crate::runfolder::{AccountLine, FindingLine, RunName};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// Counts of one group of accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Accounts that the run shows and that are somebody's or should be.
    pub accounts: u64,
    /// Of these, accounts of somebody in payroll.
    pub of_someone: u64,
    /// Links made.
    pub links: u64,
    /// Links to the right person.
    pub right: u64,
    /// Deviations there are.
    pub deviations: u64,
    /// Deviations that nothing was said of.
    pub silent: u64,
    /// Accounts of people at work.
    pub at_work: u64,
    /// Accounts of people at work said to be of someone who left or is not in payroll.
    pub false_alarms: u64,
    /// Accounts whose holder the owner is asked for.
    pub undecided: u64,
    /// Of these, accounts for administration that carry no key.
    pub undecided_admin: u64,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.accounts += other.accounts;
        self.of_someone += other.of_someone;
        self.links += other.links;
        self.right += other.right;
        self.deviations += other.deviations;
        self.silent += other.silent;
        self.at_work += other.at_work;
        self.false_alarms += other.false_alarms;
        self.undecided += other.undecided;
        self.undecided_admin += other.undecided_admin;
    }
}

/// One bin of stated probabilities of links.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// From here.
    pub from: f64,
    /// Accounts whose best candidate's probability lies there.
    pub best: u64,
    /// Of these, right ones.
    pub right: u64,
    /// Accounts linked.
    pub links: u64,
    /// Of these, right ones.
    pub right_links: u64,
    /// Σ of the probabilities.
    pub stated: f64,
}

impl Bin {
    fn add(&mut self, other: Self) {
        self.best += other.best;
        self.right += other.right;
        self.links += other.links;
        self.right_links += other.right_links;
        self.stated += other.stated;
    }
}

/// A run measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// In all.
    pub whole: Tally,
    /// By system.
    pub systems: BTreeMap<String, Tally>,
    /// By what makes an account difficult.
    pub causes: BTreeMap<String, Tally>,
    /// Best candidates by stated probability.
    pub calibration: Vec<Bin>,
    /// Account names of silent deviations, for whoever wants to look.
    pub silent: Vec<String>,
    /// The same of wrong links.
    pub wrong: Vec<String>,
}

/// Where the bins of stated probabilities begin.
const BINS: [f64; 6] = [0.05, 0.5, 0.8, 0.95, 0.99, 0.999];

/// Rules that say who holds an account, or that nobody does.
const TOLD_BY: [&str; 5] =
    ["leaver-active", "leaver-login", "not-in-payroll", "ambiguous-identity", "engaged-not-employed"];
const ALARMS: [&str; 3] = ["leaver-active", "leaver-login", "not-in-payroll"];

/// Measures a run folder against the right answers, which lie in one of the folders above it.
///
/// # Errors
/// A folder that is no run, or no right answers above it.
pub fn score(run: &Path) -> Result<Score, Error> {
    let truth = find_truth(run)?;
    let answers: Vec<Answer> = read(&truth)?;
    let accounts: Vec<AccountLine> = read(&run.join("data/accounts.jsonl"))?;
    let findings: Vec<FindingLine> = read(&run.join("data/findings.jsonl"))?;
    Ok(compare(&answers, &accounts, &findings))
}

/// Where the right answers to a run lie.
///
/// # Errors
/// They are in no folder above it.
pub fn find_truth(run: &Path) -> Result<std::path::PathBuf, Error> {
    let whole = std::path::absolute(run).unwrap_or_else(|_| run.to_owned());
    // Of a month that follows the first, the right answers lie in a folder of its name.
    let month = run.file_name().and_then(|name| RunName::of_folder(&name.to_string_lossy()));
    let month = month.map(|name| name.as_of.to_string()).unwrap_or_default();
    let of_folder = |folder: &Path| [folder.join(&month).join(truth::FILE), folder.join(truth::FILE)];
    let found = whole.ancestors().skip(1).flat_map(of_folder).find(|file| file.is_file());
    found.ok_or_else(|| {
        let file = truth::FILE;
        let says = message!("ingen {file} i mapparna ovanför körningen", "no {file} in the folders above the run");
        Error::new(ErrorKind::Unusable, Place::file(run.display().to_string()), says).way_out(message!(
            "Bara körningar på det som samkor demo skrivit kan mätas.",
            "Only runs on what samkor demo wrote can be measured."
        ))
    })
}

/// Every line of a file.
///
/// # Errors
/// A file that cannot be read.
pub fn read<T: DeserializeOwned>(file: &Path) -> Result<Vec<T>, Error> {
    let text = std::fs::read_to_string(file).map_err(|cause| Error::io(ErrorKind::Unusable, file, &cause))?;
    let parsed: Result<Vec<T>, serde_json::Error> = text.lines().map(serde_json::from_str).collect();
    parsed.map_err(|_| {
        let says = message!("filen är inte som samkor skrev den", "the file is not as samkor wrote it");
        Error::new(ErrorKind::Unusable, Place::file(file.display().to_string()), says)
    })
}

/// Compares line by line.
fn compare(answers: &[Answer], accounts: &[AccountLine], findings: &[FindingLine]) -> Score {
    let key = |system: &str, account: &str| (system.to_owned(), account.to_lowercase());
    let lines: BTreeMap<(String, String), &AccountLine> =
        accounts.iter().map(|line| (key(&line.system, &line.account), line)).collect();
    let mut rules: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
    for finding in findings {
        if let (Some(system), Some(account)) = (&finding.system, &finding.account) {
            rules.entry(key(system, account)).or_default().insert(&finding.rule);
        }
    }
    let mut score = Score { calibration: BINS.map(|from| Bin { from, ..Bin::default() }).to_vec(), ..Score::default() };
    let none = BTreeSet::new();
    for answer in answers.iter().filter(|answer| matches!(answer.class.as_str(), "personal" | "admin")) {
        let own = key(&answer.system, &answer.account);
        // Accounts of protected persons stand in no file.
        if let Some(line) = lines.get(&own) {
            score.take(answer, line, rules.get(&own).unwrap_or(&none));
        }
    }
    score
}

/// Accounts in a bin from which chance alone moves its share of right ones by less than a tenth (one standard error at
/// most: a quarter over a tenth squared).
const ENOUGH: u64 = 25;

impl Score {
    /// Takes the figures of another run along.
    pub fn add(&mut self, other: Self) {
        self.whole.add(other.whole);
        for (groups, more) in [(&mut self.systems, other.systems), (&mut self.causes, other.causes)] {
            for (name, tally) in more {
                groups.entry(name).or_default().add(tally);
            }
        }
        if self.calibration.is_empty() {
            self.calibration = other.calibration;
        } else {
            self.calibration.iter_mut().zip(other.calibration).for_each(|(bin, more)| bin.add(more));
        }
        self.silent.extend(other.silent);
        self.wrong.extend(other.wrong);
    }

    /// How far the stated probabilities are from the share of right ones, in the worst bin from a half upwards that
    /// holds enough accounts to tell.
    #[allow(clippy::cast_precision_loss)] // Counts of accounts.
    pub fn calibration_gap(&self) -> f64 {
        let told = self.calibration.iter().filter(|bin| bin.from >= 0.5 && bin.best >= ENOUGH);
        told.map(|bin| (bin.stated - bin.right as f64).abs() / bin.best as f64).fold(0.0, f64::max)
    }

    fn take(&mut self, answer: &Answer, line: &AccountLine, rules: &BTreeSet<&str>) {
        let tally = tally(answer, line, rules);
        self.whole.add(tally);
        self.systems.entry(answer.system.clone()).or_default().add(tally);
        self.causes.entry(answer.cause.clone()).or_default().add(tally);
        let name = || format!("{}/{}", answer.system, answer.account);
        if tally.silent > 0 {
            self.silent.push(name());
        }
        if tally.links > tally.right {
            self.wrong.push(name());
        }
        let best = line.person.as_ref().or_else(|| line.candidates.first());
        if let Some(bin) = self.calibration.iter_mut().rev().find(|bin| line.probability >= bin.from) {
            bin.best += 1;
            bin.right += u64::from(best == answer.person.as_ref());
            bin.stated += line.probability;
            bin.links += tally.links;
            bin.right_links += tally.right;
        }
    }

    /// The figures as a table.
    pub fn table(&self) -> String {
        let mut text = String::new();
        let head = "accounts   links  wrong  precision  recall  deviations  silent  at work  false  undecided  (admin)";
        let _ = writeln!(text, "{:24}{head}", "");
        let _ = writeln!(text, "{}", row("all", &self.whole));
        for (name, tally) in &self.systems {
            let _ = writeln!(text, "{}", row(name, tally));
        }
        let _ = writeln!(text);
        for (name, tally) in &self.causes {
            let _ = writeln!(text, "{}", row(name, tally));
        }
        let head = "best     right   stated %    right %     links  right links %";
        let _ = writeln!(text, "\n{:24}{head:>67}", "probability");
        for bin in &self.calibration {
            let (stated, right) = (percent_of(bin.stated, bin.best), percent(bin.right, bin.best));
            let of_links = percent(bin.right_links, bin.links);
            let from = format!("≥ {}", bin.from);
            let (best, good, links) = (bin.best, bin.right, bin.links);
            let _ = writeln!(text, "{from:24}{best:>10}{good:>10}{stated:>11}{right:>11}{links:>10}{of_links:>15}");
        }
        text
    }
}

fn row(name: &str, t: &Tally) -> String {
    format!(
        "{name:24}{:>8}{:>8}{:>7}{:>11}{:>8}{:>12}{:>8}{:>9}{:>7}{:>11}{:>9}",
        t.accounts,
        t.links,
        t.links - t.right,
        percent(t.right, t.links),
        percent(t.right, t.of_someone),
        t.deviations,
        t.silent,
        t.at_work,
        t.false_alarms,
        t.undecided,
        t.undecided_admin,
    )
}

fn percent(part: u64, of: u64) -> String {
    #[allow(clippy::cast_precision_loss)] // Counts of accounts.
    percent_of(part as f64, of)
}

fn percent_of(part: f64, of: u64) -> String {
    #[allow(clippy::cast_precision_loss)] // Counts of accounts.
    let share = part * 100.0 / of as f64;
    if of == 0 { "–".to_owned() } else { format!("{share:.3}") }
}

fn tally(answer: &Answer, line: &AccountLine, rules: &BTreeSet<&str>) -> Tally {
    let linked = line.outcome == "linked";
    let told = TOLD_BY.iter().any(|rule| rules.contains(rule));
    let alarm = ALARMS.iter().any(|rule| rules.contains(rule));
    let at_work = matches!(answer.employment.as_deref(), Some("active" | "leave"));
    let undecided = rules.contains("ambiguous-identity");
    let count = u64::from;
    Tally {
        accounts: 1,
        of_someone: count(answer.person.is_some()),
        links: count(linked),
        right: count(linked && line.person == answer.person),
        deviations: count(answer.deviation.is_some()),
        silent: count(answer.deviation.is_some() && !told),
        at_work: count(at_work),
        false_alarms: count(at_work && alarm),
        undecided: count(undecided),
        undecided_admin: count(undecided && answer.class == "admin"),
    }
}
