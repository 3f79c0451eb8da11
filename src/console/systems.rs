//! The table of systems that a run ends with: accounts, holders found, rows to answer, deviations, and how far each can be
//! trusted; below it who has left and still has access.

use super::{aligned_as, gravest_first};
use crate::disclosure::{SummaryBook, SystemLine, Trust};
use crate::model::{Language, Message, Severity, Text, message, percent, uncapitalised};
use std::fmt;

/// What a terminal that takes colours shows otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ink {
    Plain,
    Bold,
    Red,
    Yellow,
}

impl Ink {
    fn on(self, text: &str) -> String {
        let code = match self {
            _ if text.is_empty() => return String::new(),
            Self::Plain => return text.to_owned(),
            Self::Bold => 1,
            Self::Red => 31,
            Self::Yellow => 33,
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

/// Whether there are colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Colours {
    Without,
    With,
}

#[derive(Debug)]
struct Cell {
    text: String,
    ink: Ink,
}

impl Cell {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ink: Ink::Plain }
    }

    fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), ink: Ink::Bold }
    }

    fn in_colours(&self, colours: Colours) -> String {
        if colours == Colours::With { self.ink.on(&self.text) } else { self.text.clone() }
    }

    /// A number of deviations: the gravest are seen first.
    fn deviations(number: u64, severity: Severity, language: Language) -> Self {
        let ink = match severity {
            Severity::Critical if number > 0 => Ink::Red,
            Severity::High if number > 0 => Ink::Yellow,
            _ => Ink::Plain,
        };
        Self { text: language.grouped(number), ink }
    }
}

/// The table, without colours where it is told as text.
#[derive(Debug)]
pub struct SystemTable {
    rows: Vec<Vec<Cell>>,
    below: String,
}

impl SystemTable {
    /// Of a summary's systems.
    pub fn new(summary: &SummaryBook, language: Language) -> Self {
        let mut rows = vec![heads(language)];
        rows.extend(summary.systems.iter().map(|system| row(system, language)));
        if summary.systems.len() > 1 {
            rows.push(sum(&summary.systems, language));
        }
        Self { rows, below: left(summary, language) }
    }

    /// For a terminal that takes colours.
    pub fn coloured(&self) -> String {
        self.told(Colours::With)
    }

    fn told(&self, colours: Colours) -> String {
        // The last column is words: it stands to the left, behind the numbers.
        let parted = || self.rows.iter().filter_map(|row| row.split_last());
        let numbers = parted().map(|(_, numbers)| numbers);
        let lines = aligned_as(numbers, |cell: &Cell| (cell.in_colours(colours), cell.text.chars().count()));
        let both =
            lines.iter().zip(parted()).map(|(line, (words, _))| format!("{line}  {}", words.in_colours(colours)));
        let lines = both.map(|line| line.trim_end().to_owned());
        lines.chain([String::new(), self.below.clone()]).collect::<Vec<_>>().join("\n")
    }
}

impl fmt::Display for SystemTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Colours::Without))
    }
}

fn heads(language: Language) -> Vec<Cell> {
    let before = [("System", "System"), ("Konton", "Accounts"), ("Funna %", "Found %"), ("Att besvara", "To answer")];
    let severities = gravest_first().map(Severity::text);
    let last = Text::new("Tillförlitlighet", "Reliability");
    let all = before.into_iter().map(|(sv, en)| Text::new(sv, en)).chain(severities).chain([last]);
    all.map(|text| Cell::bold(text.get(language))).collect()
}

fn row(system: &SystemLine, language: Language) -> Vec<Cell> {
    let untested = Text::new("ej prövat", "not tested").get(language);
    let accounts = system.tested_accounts().map_or_else(|| untested.to_owned(), |number| language.grouped(number));
    let mut row = vec![Cell::plain(String::from(&system.name)), Cell::plain(accounts)];
    row.push(Cell::plain(system.match_rate.map(|rate| rate.to_string()).unwrap_or_default()));
    row.push(Cell::plain(language.grouped(system.to_answer)));
    row.extend(gravest_first().map(|own| Cell::deviations(system.by_severity[own as usize], own, language)));
    row.push(trust(system, language));
    row
}

/// All systems, where there are several.
fn sum(systems: &[SystemLine], language: Language) -> Vec<Cell> {
    let of = |number: &dyn Fn(&SystemLine) -> u64| language.grouped(systems.iter().map(number).sum::<u64>());
    let of_found = |at: fn((u64, u64)) -> u64| systems.iter().map(|own| at(own.reliability.found)).sum::<u64>();
    let found = percent(of_found(|own| own.0), of_found(|own| own.1));
    let mut row = vec![Text::new("Alla system", "All systems").get(language).to_owned()];
    row.push(of(&|own| own.tested_accounts().unwrap_or(0)));
    row.push(found.map(|rate| rate.to_string()).unwrap_or_default());
    row.push(of(&|own| own.to_answer));
    row.extend(gravest_first().map(|severity| of(&|own: &SystemLine| own.by_severity[severity as usize])));
    row.push(String::new());
    row.into_iter().map(Cell::bold).collect()
}

/// "Begränsad (exporten är för gammal eller för ny)".
fn trust(system: &SystemLine, language: Language) -> Cell {
    let word = system.reliability.trust.text().get(language);
    let text = match system.reliability.why {
        Some(why) => format!("{word} ({})", uncapitalised(why)),
        None => word.to_owned(),
    };
    let ink = match system.reliability.trust {
        Trust::NotJudged => Ink::Red,
        Trust::Limited => Ink::Yellow,
        Trust::Good => Ink::Plain,
    };
    Cell { text, ink }
}

/// The figure that is asked for first.
fn left(summary: &SummaryBook, language: Language) -> String {
    let Some(count) = summary.leavers_told() else {
        let unknown = Text::new(
            "Om någon som slutat har ett aktivt konto har inte gått att bedöma",
            "Whether anyone who left has an active account could not be judged",
        );
        return unknown.get(language).to_owned();
    };
    let Message { sv, en } = match summary.leavers.likely {
        0 => Message::same(""),
        likely => message!(", troligen {likely} till", ", probably {likely} more"),
    };
    let count = language.grouped(count);
    let message = message!(
        "Personer som slutat och har ett aktivt konto: {count}{sv}",
        "Persons who left and have an active account: {count}{en}"
    );
    message.get(language).to_owned()
}
