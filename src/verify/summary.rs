//! The summary workbook's tables of systems, against the same lines.

use super::Opened;
use super::arithmetic::Held;
use super::tables::{self, Table};
use crate::matching::Outcome;
use crate::model::{Severity, message};
use crate::runfolder::{Counts, SUMMARY};
use std::collections::BTreeMap;

/// The numbers of a system as a table shows them; none where the system was not tested.
type Numbers = Vec<u64>;

/// Heads of the overview's table: findings from the gravest, their sum, and accounts.
const OVERVIEW: &[[&str; 2]] = &[
    ["Kritisk", "Critical"],
    ["Hög", "High"],
    ["Medel", "Medium"],
    ["Låg", "Low"],
    ["Information", "Information"],
    ["Summa", "Total"],
    ["Konton", "Accounts"],
];

/// Heads of the sheet of every system.
const EACH: &[[&str; 2]] = &[
    ["Konton", "Accounts"],
    ["Kritiska", "Critical"],
    ["Höga", "High"],
    ["Medel", "Medium"],
    ["Låga", "Low"],
    ["Verifierade", "Verified"],
];

/// The systems counted, by the names that the tables show: two may be called the same.
type Named<'a> = BTreeMap<&'a str, Vec<Numbers>>;

/// Holds the tables against what was counted.
pub fn hold(run: &Opened<'_>, found: &Counts, held: &mut Held) {
    let book = match tables::book(&run.folder.join(SUMMARY), SUMMARY) {
        Ok(book) => book,
        Err(why) => return held.differ.push(why),
    };
    let overview = book.sheets.first().and_then(|sheet| tables::of_sheet(sheet, OVERVIEW));
    let each = book.sheets.iter().find(|sheet| ["System", "Systems"].contains(&sheet.name.as_str()));
    let each = each.and_then(|sheet| tables::of_sheet(sheet, EACH));
    let (Some(overview), Some(each)) = (overview, each) else {
        held.differ.push(message!("{SUMMARY}: tabellen över system saknas", "{SUMMARY}: has no table of systems"));
        return;
    };
    hold_overview(run, found, overview, held);
    hold_each(run, found, &each, held);
}

/// The last row is the sum of all; where there are more systems than rows, the row before it is that of the systems
/// left over.
fn hold_overview<'a>(run: &'a Opened<'_>, found: &'a Counts, mut rows: Table<'a>, held: &mut Held) {
    let mut counted = named(run, found, in_overview);
    let all: Vec<Numbers> = found.systems.values().map(in_overview).collect();
    held.numbers += rows.len() * OVERVIEW.len();
    let Some((total, shown)) = rows.pop() else { return differ("", held) };
    if shown != sum(&all) {
        differ(total, held);
    }
    if run.manifest.systems.is_empty() {
        return;
    }
    let others = if rows.len() < all.len() { rows.pop() } else { None };
    take_rows(&mut counted, &rows, held);
    let left: Vec<Numbers> = counted.into_values().flatten().collect();
    let (name, shown) = others.unwrap_or_else(|| (total, vec![0; OVERVIEW.len()]));
    if shown != sum(&left) {
        differ(name, held);
    }
}

/// Every system has its row, told by its name; runs of earlier versions do not say which name is whose.
fn hold_each<'a>(run: &'a Opened<'_>, found: &'a Counts, rows: &Table<'a>, held: &mut Held) {
    if run.manifest.systems.is_empty() {
        return;
    }
    let mut counted = named(run, found, in_each);
    held.numbers += rows.len() * EACH.len();
    take_rows(&mut counted, rows, held);
    for (name, left) in counted {
        left.iter().for_each(|_| differ(name, held));
    }
}

/// Takes each row's own system away; a row that is no system's, or not as it was counted, differs.
fn take_rows<'a>(counted: &mut Named<'a>, rows: &Table<'a>, held: &mut Held) {
    for (name, shown) in rows {
        let own = counted.get_mut(name).filter(|own| !own.is_empty());
        // Of several that are called the same each row must be one.
        match own.and_then(|own| Some(own.swap_remove(own.iter().position(|own| own == shown)?))) {
            Some(_) => {}
            None => differ(name, held),
        }
    }
}

fn differ(name: &str, held: &mut Held) {
    held.differ.push(message!(
        "{SUMMARY}: raden {name} stämmer inte med raderna i data",
        "{SUMMARY}: the row {name} is not as the lines in data"
    ));
}

fn sum(all: &[Numbers]) -> Numbers {
    let mut sum = vec![0; OVERVIEW.len()];
    for own in all {
        sum.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
    }
    sum
}

/// What was counted, by the names that the manifest gives.
fn named<'r>(run: &'r Opened<'_>, found: &'r Counts, numbers: fn(&Counts) -> Numbers) -> Named<'r> {
    let mut named = Named::new();
    for (id, counts) in &found.systems {
        let name = run.manifest.systems.get(id).unwrap_or(id);
        named.entry(name).or_default().push(numbers(counts));
    }
    named
}

fn of(counts: &Counts, severity: Severity) -> u64 {
    counts.findings.severity.get(severity.code()).copied().unwrap_or(0)
}

/// Accounts under review: those that are left out on purpose stand in a column of their own.
fn accounts(counts: &Counts) -> u64 {
    let own = counts.accounts.outcome.iter().filter(|(outcome, _)| *outcome != Outcome::Excluded.code());
    own.map(|(_, number)| number).sum()
}

fn in_overview(counts: &Counts) -> Numbers {
    let mut numbers: Numbers = Severity::ALL.into_iter().rev().map(|severity| of(counts, severity)).collect();
    numbers.extend([numbers.iter().sum(), accounts(counts)]);
    numbers
}

fn in_each(counts: &Counts) -> Numbers {
    use Severity::{Critical, High, Low, Medium};
    let mut numbers = vec![accounts(counts)];
    numbers.extend([Critical, High, Medium, Low].map(|severity| of(counts, severity)));
    numbers.push(counts.verified);
    numbers
}
