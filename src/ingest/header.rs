//! What columns are called: the embedded table of headers met in Swedish exports.

use crate::model::{Field, Role, fold};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What a header can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A field; the lower the rank, the better the header names it.
    Field(Field, u16),
    /// A column that is never read.
    Drop,
    /// A known column that nothing is done with.
    Ignore,
}

/// Meanings of one header by the part of the table they stand in.
#[derive(Clone, Debug, Default)]
struct Entry {
    people: Vec<Meaning>,
    payroll: Vec<Meaning>,
    accounts: Vec<Meaning>,
    inventory: Vec<Meaning>,
    registers: Vec<Meaning>,
    dropped: bool,
    ambiguous: Vec<Meaning>,
}

static KNOWN: LazyLock<HashMap<String, Entry>> = LazyLock::new(|| read_table(include_str!("headers.toml")));

/// A header as it is compared: folded to letters and digits.
pub fn normalise(header: &str) -> String {
    fold(&header.replace('%', "procent")).replace('?', "")
}

/// Whether a header says too little to be believed about a key: names must confirm it.
pub fn says_little(header: &str) -> bool {
    matches!(normalise(header).as_str(), "id" | "nr" | "no" | "number" | "nummer" | "kod" | "code")
}

/// What a header can mean in a file of that role, the likeliest first; empty where nothing is known.
pub fn meanings(header: &str, role: Role) -> Vec<Meaning> {
    let Some(entry) = KNOWN.get(&normalise(header)) else { return Vec::new() };
    let fits = |meaning: &&Meaning| match meaning {
        Meaning::Field(field, _) => field.fits(role),
        _ => true,
    };
    if !entry.ambiguous.is_empty() {
        return entry.ambiguous.iter().filter(fits).copied().collect();
    }
    if entry.dropped {
        return vec![Meaning::Drop];
    }
    let own = match role {
        Role::Payroll => &entry.payroll,
        Role::Accounts | Role::ServiceAccounts => &entry.accounts,
        Role::Register => return of_register(entry).filter(fits).copied().collect(),
        Role::Inventory => &entry.inventory,
    };
    own.iter().chain(&entry.people).filter(fits).copied().collect()
}

/// Registers name the beginning and end of an engagement as payroll does, or in words of their own.
fn of_register(entry: &Entry) -> impl Iterator<Item = &Meaning> {
    entry.registers.iter().chain(&entry.payroll).chain(&entry.people)
}

/// How many different things a row of cells names: the row with most is the header.
pub fn score(cells: &[&str], role: Role) -> usize {
    let mut named: Vec<Field> = Vec::new();
    let mut other = 0;
    for cell in cells {
        match meanings(cell, role).first() {
            Some(Meaning::Field(field, _)) if !named.contains(field) => named.push(*field),
            Some(Meaning::Drop | Meaning::Ignore) => other += 1,
            _ => {}
        }
    }
    // Dropped columns tell a header too, but never alone.
    if named.is_empty() { 0 } else { named.len() + other }
}

/// Reads the embedded table. It is part of the program and tested below, so a fault in it cannot
/// reach a user.
fn read_table(text: &str) -> HashMap<String, Entry> {
    type Sections = BTreeMap<String, BTreeMap<String, Vec<String>>>;
    let sections: Sections = toml::from_str(text).unwrap_or_default();
    let mut known: HashMap<String, Entry> = HashMap::new();
    for (section, lists) in &sections {
        for (name, words) in lists {
            match section.as_str() {
                "ambiguous" => known.entry(normalise(name)).or_default().ambiguous = ambiguous(words),
                "drop" => words.iter().for_each(|word| {
                    known.entry(normalise(word)).or_default().dropped = true;
                }),
                _ => add_headers(&mut known, section, name, words),
            }
        }
    }
    known
}

fn ambiguous(words: &[String]) -> Vec<Meaning> {
    words
        .iter()
        .map(|word| match Field::from_key(word) {
            Some(field) => Meaning::Field(field, 0),
            None if word == "drop" => Meaning::Drop,
            None => Meaning::Ignore,
        })
        .collect()
}

fn add_headers(known: &mut HashMap<String, Entry>, section: &str, name: &str, words: &[String]) {
    let Some(field) = Field::from_key(name) else { return };
    for (word, rank) in words.iter().zip(0u16..) {
        let entry = known.entry(normalise(word)).or_default();
        let list = match section {
            "payroll" => &mut entry.payroll,
            "accounts" => &mut entry.accounts,
            "inventory" => &mut entry.inventory,
            "registers" => &mut entry.registers,
            _ => &mut entry.people,
        };
        if !list.iter().any(|meaning| matches!(meaning, Meaning::Field(other, _) if *other == field)) {
            list.push(Meaning::Field(field, rank));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The embedded table is read whole, and every list in it names a field of the contract.
    #[test]
    fn the_embedded_table_is_sound() {
        type Sections = BTreeMap<String, BTreeMap<String, Vec<String>>>;
        let sections: Sections = toml::from_str(include_str!("headers.toml")).unwrap();
        for (section, lists) in sections {
            for (name, words) in lists {
                if section == "drop" {
                    continue;
                }
                let names = if section == "ambiguous" { words } else { vec![name] };
                for name in names {
                    let known = Field::from_key(&name).is_some() || name == "drop" || name == "ignore";
                    assert!(known, "{section}: {name}");
                }
            }
        }
    }

    /// A header is recognised however it is spelt.
    #[test]
    fn spelling_does_not_matter() {
        for header in ["Anst.nr", "ANSTNR", "anst nr", "\u{feff}Anst.nr*"] {
            let first = meanings(header, Role::Payroll).first().copied();
            assert!(matches!(first, Some(Meaning::Field(Field::EmployeeNumber, _))), "{header}");
        }
    }

    /// Columns of pay and passwords are never read.
    #[test]
    fn pay_and_passwords_are_dropped() {
        for header in ["Månadslön", "Lösenord", "Bankkonto", "Adress"] {
            assert_eq!(meanings(header, Role::Payroll), [Meaning::Drop], "{header}");
        }
    }

    /// What a header means can depend on the file it stands in.
    #[test]
    fn the_role_settles_what_it_can() {
        let of = |role| meanings("Gäller t o m", role);
        assert_eq!(of(Role::Payroll), [Meaning::Field(Field::EmploymentEnd, 0)]);
        assert_eq!(of(Role::Accounts), [Meaning::Field(Field::ValidTo, 0)]);
    }
}
