//! Which keys belong to which table, so that a line under the wrong heading is told as what it is.
//!
//! The commonest slip in TOML is a line after `[system.columns]` that was meant for the `[[system]]` above it.
//! The list of keys is what the readers themselves ask for: they are let loose on a specimen with every table,
//! all of them empty, and so the list cannot drift from the code.

use super::document::{AskedKeys, Document, Reach, Stray};
use super::suggest::of_swedish;
use super::table::{ROOT, Table};
use super::{Parts, Surroundings};
use crate::model::{Field, Message, message};
use std::path::Path;
use toml::de::DeTable;

/// Every table there is, empty.
const SPECIMEN: &str = "
[review]
[payroll]
[payroll.columns]
[payroll.employment]
[[payroll.file]]
[payroll.file.columns]
[[register]]
[register.columns]
[inventory]
[inventory.columns]
[[system]]
[[system.file]]
[system.file.columns]
[system.columns]
[system.status]
[system.classes]
[system.classification]
[[system.exclude]]
[thresholds]
[limits]
[matching]
[rules]
[[conflict]]
[conflict.a]
[conflict.b]
[[exemption]]
[service_accounts]
[service_accounts.columns]
[followup]
[protected]
";

/// The keys of every table, under its heading.
pub struct Contract(AskedKeys);

impl Contract {
    /// The contract as the readers know it.
    pub fn of_the_readers(surroundings: &Surroundings<'_>) -> Self {
        let document = Document::new("", SPECIMEN);
        let (root, _) = DeTable::parse_recoverable(SPECIMEN);
        Parts::read(Table::new(&document, &root, ROOT), Path::new(""), surroundings);
        Self(document.into_asked())
    }

    /// What to say of a key that stands under the wrong heading; none where no table knows it.
    pub fn settle(&self, stray: &Stray) -> Option<(Message, Option<Message>)> {
        let key = stray.key.as_str();
        // A Swedish word for a key of this very table belongs here, under its own name.
        if self.meant(&stray.table, key).is_some() {
            return None;
        }
        let farther = || (stray.reach == Reach::Anywhere).then(|| self.inner(stray).or_else(|| self.elsewhere(stray)));
        let home = self.enclosing(stray).or_else(|| farther().flatten())?;
        let (here_sv, here_en) = shown(&stray.table).both();
        let (sv, en) = home.names.both();
        let says =
            message!("\"{key}\" hör till {sv}, inte till {here_sv}", "\"{key}\" belongs to {en}, not to {here_en}");
        Some((says, Some(home.way_out)))
    }

    /// The table that this one stands in, or the one that stands in: its lines come before the heading.
    fn enclosing(&self, stray: &Stray) -> Option<Home> {
        let mut path = bare(&stray.table);
        while let Some((outer, _)) = path.rsplit_once('.') {
            path = outer;
            let Some(heading) = self.heading(outer) else { continue };
            let (table, names) = (&stray.table, Message::same(heading));
            if self.knows(heading, &stray.key) {
                let way_out =
                    message!("Flytta raden ovanför rubriken {table}.", "Move the line above the heading {table}.");
                return Some(Home { names, way_out });
            }
            if let Some(key) = self.meant(heading, &stray.key) {
                let way_out = message!(
                    "Flytta raden ovanför rubriken {table} och skriv {key} till vänster.",
                    "Move the line above the heading {table} and write {key} on the left."
                );
                return Some(Home { names, way_out });
            }
        }
        None
    }

    /// A table inside this one.
    fn inner(&self, stray: &Stray) -> Option<Home> {
        let own = bare(&stray.table);
        let inside = |heading: &&String| {
            let outer = bare(heading).rsplit_once('.').map_or("", |(outer, _)| outer);
            let columns = || bare(heading).ends_with(".columns") && Field::named(&stray.key).is_some();
            outer == own && !own.is_empty() && (self.knows(heading, &stray.key) || columns())
        };
        let heading = self.0.keys().find(inside)?;
        Some(Home { names: Message::same(heading), way_out: below(heading) })
    }

    /// Tables anywhere else.
    fn elsewhere(&self, stray: &Stray) -> Option<Home> {
        let knowing = |heading: &&String| **heading != stray.table && self.knows(heading, &stray.key);
        let homes: Vec<&str> = self.0.keys().filter(knowing).map(String::as_str).collect();
        let (last, others) = homes.split_last()?;
        if *last == ROOT {
            let heading = self.heading(&stray.key)?;
            let way_out = message!("Skriv rubriken {heading}.", "Write the heading {heading}.");
            return Some(Home { names: shown(ROOT), way_out });
        }
        let names = match others {
            [] => Message::same(last),
            others => {
                let first = others.join(", ");
                message!("{first} eller {last}", "{first} or {last}")
            }
        };
        let way_out = match others {
            [] => below(last),
            _ => message!("Flytta raden till under rätt rubrik.", "Move the line below the right heading."),
        };
        Some(Home { names, way_out })
    }

    /// The heading of a table by its bare name.
    pub fn heading(&self, name: &str) -> Option<&str> {
        self.0.keys().map(String::as_str).find(|heading| bare(heading) == name)
    }

    /// The key of a table that a Swedish word stands for.
    fn meant(&self, heading: &str, word: &str) -> Option<&'static str> {
        let keys: Vec<&'static str> = self.0.get(heading)?.iter().copied().collect();
        of_swedish(word, &keys)
    }

    fn knows(&self, heading: &str, key: &str) -> bool {
        self.0.get(heading).is_some_and(|keys| keys.contains(key))
    }

    /// Every key of a table.
    #[cfg(test)]
    pub fn keys(&self, heading: &str) -> Vec<&'static str> {
        self.0.get(heading).into_iter().flatten().copied().collect()
    }
}

/// Where a stray key belongs, and how to bring it there.
struct Home {
    names: Message,
    way_out: Message,
}

fn below(heading: &str) -> Message {
    message!("Flytta raden till under rubriken {heading}.", "Move the line below the heading {heading}.")
}

/// A heading without its brackets; nothing for the file's own level.
fn bare(heading: &str) -> &str {
    if heading == ROOT { "" } else { heading.trim_matches(['[', ']']) }
}

fn shown(heading: &str) -> Message {
    match heading {
        ROOT => message!("filens översta nivå", "the top level of the file"),
        heading => Message::same(heading),
    }
}
