//! A random sample of a run's accounts for an auditor: drawn so that anyone can draw it again, with everything that the
//! run tells of each.
//!
//! It is drawn from the lines of `data/`, in which no protected person stands, and each is put together with its row of
//! the owner's workbook, which names the rows of the files it came from.

use crate::config::InputFile;
use crate::disclosure::{Screen, Shown};
use crate::error::{Error, ErrorKind, Place};
use crate::ingest::{PlainCell, read_whole, sha256_hex};
use crate::model::{AccountName, Language, Text, message};
use crate::runfolder::{ACCOUNTS, AccountLine, FINDINGS, FindingLine, Manifest};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Above any workbook that the program writes.
const MOST_BYTES: u64 = 1 << 30;

/// How many, and by which seed.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    /// Accounts wanted.
    pub size: usize,
    /// Another seed draws others.
    pub seed: u64,
}

/// What was drawn.
#[derive(Debug)]
pub struct Sample {
    /// How.
    pub draw: Draw,
    /// Accounts that it was drawn from.
    pub population: usize,
    /// The hash of the run's manifest.
    pub manifest_sha256: String,
    /// The accounts in the order they were drawn.
    pub accounts: Vec<Sampled>,
}

/// One account of it: names and what stands behind them.
#[derive(Debug)]
pub struct Sampled {
    /// System and account.
    pub title: Shown,
    /// What the run tells of it.
    pub facts: Vec<(Shown, Shown)>,
}

impl Sample {
    /// What it holds, as one hash: the same for the same draw from the same run.
    pub fn digest(&self, language: Language) -> String {
        let Draw { size, seed } = self.draw;
        sha256_hex(format!("{size} {seed} {} {}", language.code(), self.manifest_sha256).as_bytes())
    }
}

#[derive(Deserialize)]
struct Key {
    system: String,
    account: String,
}

/// Draws a sample of a run.
///
/// # Errors
/// A data file of the run that is not as it was.
pub fn draw(run: &Path, manifest: &Manifest, draw: Draw, screen: &Screen, language: Language) -> Result<Sample, Error> {
    let bytes = data(run, manifest, ACCOUNTS)?;
    let mut drawn: Vec<(String, &[u8])> = Vec::new();
    let mut population = 0;
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let key: Key = understood(run, ACCOUNTS, line)?;
        population += 1;
        drawn.push((place_of(&key, draw.seed), line));
        // Only so many can be among the first; the others need not be kept.
        if drawn.len() >= 2 * draw.size.max(512) {
            drawn.sort();
            drawn.truncate(draw.size);
        }
    }
    drawn.sort();
    drawn.truncate(draw.size);
    let lines = drawn.into_iter().map(|(_, line)| understood(run, ACCOUNTS, line));
    let lines = lines.collect::<Result<Vec<AccountLine>, Error>>()?;
    let findings = findings_of(run, manifest, &lines)?;
    let rows = rows_of(run, manifest, &lines);
    let telling = Telling { screen, language };
    let accounts = lines.iter().map(|line| telling.account(line, &findings, &rows)).collect();
    let manifest_sha256 = sha256_hex(&fs::read(run.join(crate::runfolder::MANIFEST)).unwrap_or_default());
    Ok(Sample { draw, population, manifest_sha256, accounts })
}

/// Where an account stands in the order of a seed: by the hash of both, which nobody can steer.
fn place_of(key: &Key, seed: u64) -> String {
    sha256_hex(format!("{seed}/{}/{}", key.system, key.account).as_bytes())
}

fn data(run: &Path, manifest: &Manifest, path: &str) -> Result<Vec<u8>, Error> {
    let listed = manifest.outputs.iter().find(|output| output.path == path);
    let bytes = fs::read(run.join(path)).map_err(|cause| Error::io(ErrorKind::Unreadable, &run.join(path), &cause))?;
    if listed.is_some_and(|output| output.sha256 == sha256_hex(&bytes)) { Ok(bytes) } else { Err(changed(run, path)) }
}

fn understood<T: DeserializeOwned>(run: &Path, path: &str, line: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(line).map_err(|_| changed(run, path))
}

fn changed(run: &Path, path: &str) -> Error {
    let says = message!(
        "stickprovet kan inte dras: filen är inte som den var",
        "the sample cannot be drawn: the file is not as it was"
    );
    Error::new(ErrorKind::Unusable, Place::file(run.join(path).display().to_string()), says)
        .way_out(message!("Återställ mappen från säkerhetskopia.", "Restore the folder from a backup."))
}

type ByAccount<T> = BTreeMap<(String, String), T>;

fn key_of(line: &AccountLine) -> (String, String) {
    (line.system.clone(), line.account.clone())
}

/// The findings of the accounts.
fn findings_of(run: &Path, manifest: &Manifest, lines: &[AccountLine]) -> Result<ByAccount<Vec<FindingLine>>, Error> {
    let mut found: ByAccount<Vec<FindingLine>> = lines.iter().map(|line| (key_of(line), Vec::new())).collect();
    for line in data(run, manifest, FINDINGS)?.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let finding: FindingLine = understood(run, FINDINGS, line)?;
        let key = finding.system.clone().zip(finding.account.clone());
        if let Some(own) = key.and_then(|key| found.get_mut(&key)) {
            own.push(finding);
        }
    }
    Ok(found)
}

/// What the owner's workbook shows of the accounts, by its own heads.
fn rows_of(run: &Path, manifest: &Manifest, lines: &[AccountLine]) -> ByAccount<Vec<(String, String)>> {
    let mut rows: ByAccount<Vec<(String, String)>> = BTreeMap::new();
    for book in manifest.outputs.iter().filter(|output| output.kind == "owner") {
        let wanted = lines.iter().filter(|line| book.system.as_deref() == Some(&line.system));
        let names: BTreeMap<AccountName, &AccountLine> =
            wanted.map(|line| (AccountName::new(&line.account), line)).collect();
        if names.is_empty() {
            continue;
        }
        let file = InputFile { path: run.join(&book.path), shown: book.path.clone(), ..InputFile::default() };
        let Ok(whole) = read_whole(&file, MOST_BYTES) else { continue };
        let sheet = whole.sheets.iter().find(|sheet| ["Konton", "Accounts"].contains(&sheet.name.as_str()));
        let Some(((_, heads), body)) = sheet.and_then(|sheet| sheet.rows.split_first()) else { continue };
        for (_, cells) in body {
            let line = cells.first().and_then(|account| names.get(&AccountName::new(&account.text)));
            if let Some(line) = line {
                rows.insert(key_of(line), beside(heads, cells));
            }
        }
    }
    rows
}

/// Each head with what stands under it.
fn beside(heads: &[PlainCell], cells: &[PlainCell]) -> Vec<(String, String)> {
    let pairs = heads.iter().zip(cells).filter(|(_, cell)| !cell.is_blank());
    pairs.map(|(head, cell)| (head.text.clone(), cell.text.clone())).collect()
}

/// Puts accounts into words. What is read back passed the door when it was written; numbers are masked once more.
struct Telling<'a> {
    screen: &'a Screen,
    language: Language,
}

impl Telling<'_> {
    fn account(
        &self,
        line: &AccountLine,
        findings: &ByAccount<Vec<FindingLine>>,
        rows: &ByAccount<Vec<(String, String)>>,
    ) -> Sampled {
        let key = key_of(line);
        let show = |text: &str| self.screen.show(text);
        let row = rows.get(&key).map(Vec::as_slice).unwrap_or_default();
        let mut facts: Vec<(Shown, Shown)> = row.iter().map(|(head, cell)| (show(head), show(cell))).collect();
        let mut add = |sv, en, text: &str| {
            if !text.is_empty() {
                facts.push((show(Text::new(sv, en).get(self.language)), show(text)));
            }
        };
        add("Objekt-id", "Object id", line.guid.as_deref().unwrap_or_default());
        add("Person-id", "Person id", line.person.as_deref().unwrap_or_default());
        add("Utfall i data", "Outcome in data", &line.outcome);
        add("Slag i data", "Class in data", &line.class);
        add("Sannolikhet", "Probability", &line.probability.to_string());
        add("Sannolikt anställd innehavare", "Probably employed holder", &line.active_probability.to_string());
        add("Jämförelser", "Comparisons", &evidence(&line.evidence));
        add("Andra möjliga innehavare", "Other possible holders", &line.candidates.join(", "));
        for other in &line.runners_up {
            let (person, probability) = (&other.person, other.probability);
            let told = format!("{person} ({probability}): {}", evidence(&other.evidence));
            add("Näst möjliga", "Next possible", &told);
        }
        for finding in findings.get(&key).into_iter().flatten() {
            add("Avvikelse", "Finding", &self.finding(finding));
        }
        Sampled { title: show(&format!("{} · {}", line.system, line.account)), facts }
    }

    fn finding(&self, finding: &FindingLine) -> String {
        let FindingLine { rule, severity, base_severity, state, first_seen, message, .. } = finding;
        let moved: Vec<String> =
            finding.modifiers.iter().map(|own| format!("{} {:+}", own.reason, own.steps)).collect();
        let moved = if moved.is_empty() { String::new() } else { format!(" ({base_severity}; {})", moved.join(", ")) };
        match self.language {
            Language::Sv => format!("{rule}, {severity}{moved}, läge {state} sedan {first_seen}: {message}"),
            Language::En => format!("{rule}, {severity}{moved}, state {state} since {first_seen}: {message}"),
        }
    }
}

fn evidence(lines: &[crate::runfolder::EvidenceLine]) -> String {
    let line = |own: &crate::runfolder::EvidenceLine| format!("{} {} {:+.2}", own.field, own.level, own.bits);
    lines.iter().map(line).collect::<Vec<_>>().join(", ")
}
