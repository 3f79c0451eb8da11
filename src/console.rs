//! The results as a table for the terminal.

use crate::disclosure::{SummaryBook, SystemLine};
use crate::model::{Language, Severity, Text};

/// A table of systems, their accounts and deviations.
pub fn table(summary: &SummaryBook, language: Language) -> String {
    let t = |sv, en| Text::new(sv, en).get(language).to_owned();
    let mut rows = vec![vec![t("System", "System"), t("Konton", "Accounts"), t("Träff %", "Matched %")]];
    rows[0].extend(gravest_first().map(|severity| severity.text().get(language).to_owned()));
    rows.extend(summary.systems.iter().map(|system| row(system, language)));
    let widths: Vec<usize> = (0..rows[0].len())
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    let lines: Vec<String> = rows.iter().map(|row| line(row, &widths)).collect();
    lines.join("\n")
}

fn gravest_first() -> impl Iterator<Item = Severity> {
    Severity::ALL.into_iter().rev()
}

fn row(system: &SystemLine, language: Language) -> Vec<String> {
    let untested = Text::new("ej prövat", "not tested").get(language);
    let mut row = vec![system.name.clone()];
    match system.tested_day {
        Some(_) => row.push(system.accounts.to_string()),
        None => row.push(untested.to_owned()),
    }
    row.push(system.match_rate.map(|rate| rate.to_string()).unwrap_or_default());
    row.extend(gravest_first().map(|severity| system.by_severity[severity as usize].to_string()));
    row
}

/// The first column to the left, numbers to the right.
fn line(row: &[String], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths).enumerate().map(|(column, (cell, &width))| {
        let gap = " ".repeat(width - cell.chars().count());
        if column == 0 { format!("{cell}{gap}") } else { format!("{gap}{cell}") }
    });
    cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}
