//! The summary workbook's table of systems, against the same lines.

use super::Opened;
use super::arithmetic::Held;
use crate::config::InputFile;
use crate::ingest::{PlainCell, WholeBook, read_whole};
use crate::model::{Severity, message};
use crate::runfolder::{Counts, SUMMARY};

/// Above any workbook that the program writes.
const MOST_BYTES: u64 = 1 << 30;

/// The numbers of a system as the table shows them: findings from the gravest, their sum, and accounts; these are
/// none where the system was not tested.
type Numbers = [u64; 7];

/// Holds the table against what was counted. The table names systems by their names and the lines by their ids, so
/// rows and systems are paired by their numbers: each row must be some system's. The last row is the sum of all; where
/// there are more systems than rows, the row before it is that of the systems left over.
pub fn hold(run: &Opened<'_>, found: &Counts, held: &mut Held) {
    let file = InputFile { path: run.folder.join(SUMMARY), shown: SUMMARY.to_owned(), ..InputFile::default() };
    let book = match read_whole(&file, MOST_BYTES) {
        Ok(book) => book,
        Err(error) => {
            let (sv, en) = (&error.says.sv, &error.says.en);
            held.differ.push(message!("{SUMMARY}: {sv}", "{SUMMARY}: {en}"));
            return;
        }
    };
    let Some((total, mut rows)) = table(&book).and_then(|mut rows| Some((rows.pop()?, rows))) else {
        held.differ.push(message!("{SUMMARY}: tabellen över system saknas", "{SUMMARY}: has no table of systems"));
        return;
    };
    held.numbers += (rows.len() + 1) * 7;
    let mut counted: Vec<Numbers> = found.systems.values().map(numbers).collect();
    let mut differ = |name: &str| {
        held.differ.push(message!(
            "{SUMMARY}: raden {name} stämmer inte med raderna i data",
            "{SUMMARY}: the row {name} is not as the lines in data"
        ));
    };
    if total.1 != sum(&counted) {
        differ(total.0);
    }
    let others = if rows.len() < counted.len() { rows.pop() } else { None };
    for (name, shown) in rows {
        match counted.iter().position(|own| *own == shown) {
            Some(at) => drop(counted.remove(at)),
            None => differ(name),
        }
    }
    let (name, shown) = others.unwrap_or((total.0, Numbers::default()));
    if shown != sum(&counted) {
        differ(name);
    }
}

fn sum(all: &[Numbers]) -> Numbers {
    let mut sum = Numbers::default();
    for own in all {
        sum.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
    }
    sum
}

fn numbers(counts: &Counts) -> Numbers {
    let of = |severity: Severity| counts.findings.severity.get(severity.code()).copied().unwrap_or(0);
    let [info, low, medium, high, critical] = Severity::ALL.map(of);
    let findings = info + low + medium + high + critical;
    [critical, high, medium, low, info, findings, counts.accounts.outcome.values().sum()]
}

/// The rows of the table of systems, by their names.
fn table(book: &WholeBook) -> Option<Vec<(&str, Numbers)>> {
    let rows = &book.sheets.first()?.rows;
    let is_head = |cells: &[PlainCell]| {
        let head = |at: usize| cells.get(at).map(|cell| cell.text.as_str());
        head(0) == Some("System") && matches!(head(7), Some("Konton" | "Accounts"))
    };
    let head = rows.iter().position(|(_, cells)| is_head(cells))?;
    Some(rows[head + 1..].iter().map_while(|(_, cells)| row(cells)).collect())
}

fn row(cells: &[PlainCell]) -> Option<(&str, Numbers)> {
    let number = |at: usize| cells.get(at)?.text.parse::<u64>().ok();
    let mut numbers = [0; 7];
    for (place, own) in numbers.iter_mut().enumerate().take(6) {
        *own = number(place + 1)?;
    }
    numbers[6] = number(7).unwrap_or(0);
    Some((cells.first()?.text.as_str(), numbers))
}
