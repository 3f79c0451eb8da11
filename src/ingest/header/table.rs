//! The embedded table of what columns are called: whole headers, and families of headers put
//! together of words. It is data, so that a header met in the field is a line to add.

use super::Meaning;
use crate::model::{Field, Kind, Role, fold};
use foldhash::HashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

type Lists = BTreeMap<String, Vec<String>>;

/// The ranks from which families, headers of several meanings, and headers that say little count.
const FAMILY: u16 = 100;
const AMBIGUOUS: u16 = 200;
const LITTLE: u16 = 300;

/// The table as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Source {
    pub(super) people: Lists,
    pub(super) payroll: Lists,
    pub(super) accounts: Lists,
    pub(super) inventory: Lists,
    pub(super) registers: Lists,
    /// Names of groups of words, for the families.
    words: BTreeMap<String, String>,
    pub(super) families: BTreeMap<String, Lists>,
    pub(super) ambiguous: Lists,
    drop: Vec<String>,
    ignore: Vec<String>,
    /// Headers that say little by themselves.
    little: Vec<String>,
    /// Headers that are met as values at least as often.
    values: Vec<String>,
}

/// The table as it is searched.
#[derive(Debug, Default)]
pub(super) struct Table {
    known: HashMap<String, Entry>,
    families: Vec<Family>,
    little: Vec<String>,
    values: Vec<String>,
}

/// The parts of the table, by the kind of file they are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    People,
    Payroll,
    Accounts,
    Inventory,
    Registers,
}

impl Part {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "people" => Self::People,
            "payroll" => Self::Payroll,
            "accounts" => Self::Accounts,
            "inventory" => Self::Inventory,
            "registers" => Self::Registers,
            _ => return None,
        })
    }

    /// The parts that speak for a role, the most particular first. Registers name the beginning and
    /// end of an engagement as payroll does, or in words of their own.
    fn of_role(role: Role) -> &'static [Part] {
        match role {
            Role::Payroll => &[Self::Payroll, Self::People],
            Role::Accounts | Role::ServiceAccounts => &[Self::Accounts, Self::People],
            Role::Register => &[Self::Registers, Self::Payroll, Self::People],
            Role::Inventory => &[Self::Inventory, Self::People],
        }
    }
}

/// What one header means, by part.
#[derive(Clone, Debug, Default)]
struct Entry {
    fields: Vec<(Part, Meaning)>,
    ambiguous: Vec<Meaning>,
    dropped: bool,
    ignored: bool,
}

impl Entry {
    fn add(&mut self, part: Part, field: Field, rank: u16) {
        let known = |(other, meaning): &(Part, Meaning)| {
            *other == part && matches!(meaning, Meaning::Field(own, _) if *own == field)
        };
        if !self.fields.iter().any(known) {
            self.fields.push((part, Meaning::Field(field, rank)));
        }
    }

    fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.ambiguous.is_empty() && !self.dropped && !self.ignored
    }

    fn meanings(&self, role: Role) -> Vec<Meaning> {
        let fits = |meaning: &Meaning| !matches!(meaning, Meaning::Field(field, _) if !field.fits(role));
        let several: Vec<Meaning> = self.ambiguous.iter().copied().filter(fits).collect();
        if !several.is_empty() {
            return several;
        }
        if self.dropped {
            return vec![Meaning::Drop];
        }
        let of_part =
            |part: &'static Part| self.fields.iter().filter(move |(own, _)| own == part).map(|(_, meaning)| *meaning);
        let own: Vec<Meaning> = Part::of_role(role).iter().flat_map(of_part).filter(fits).collect();
        if !own.is_empty() {
            return own;
        }
        if self.ignored || !self.could_matter(role) { vec![Meaning::Ignore] } else { Vec::new() }
    }

    /// Whether a header of another kind of file could mean something here after all: an account's
    /// word for an end, or for being closed, in a register of people.
    fn could_matter(&self, role: Role) -> bool {
        let all = self.ambiguous.iter().chain(self.fields.iter().map(|(_, meaning)| meaning));
        let telling = |meaning: &Meaning| match meaning {
            Meaning::Field(field, _) => matches!(field.kind(), Kind::Date | Kind::Flag) || *field == Field::Status,
            Meaning::Drop | Meaning::Ignore => false,
        };
        role.is_of_people() && all.copied().any(|meaning| telling(&meaning))
    }
}

/// What headers of a family become.
#[derive(Clone, Copy, Debug)]
enum Outcome {
    Field(Part, Field, u16),
    Drop,
    Ignore,
}

/// Headers put together of words: one word from each slot in turn, with nothing between or after.
#[derive(Debug)]
struct Family {
    slots: Vec<Slot>,
    /// What its headers can begin with: most families are out at the first letter.
    begins: u64,
    outcome: Outcome,
}

impl Family {
    fn read(pattern: &str, groups: &BTreeMap<String, String>, outcome: Outcome) -> Self {
        let slots: Vec<Slot> = pattern.split_whitespace().map(|slot| Slot::read(slot, groups)).collect();
        let leading = slots.iter().take_while(|slot| slot.can_lack).count() + 1;
        let words = slots.iter().take(leading).flat_map(|slot| &slot.words);
        Self { begins: words.fold(0, |all, word| all | letter_bit(word)), slots, outcome }
    }

    fn holds(&self, form: &str) -> bool {
        self.begins & letter_bit(form) != 0 && fits(&self.slots, form)
    }
}

/// One of 64 bits for a text's first byte; two letters with one bit only cost a comparison.
fn letter_bit(text: &str) -> u64 {
    text.bytes().next().map_or(0, |byte| 1 << (byte & 63))
}

#[derive(Debug)]
struct Slot {
    words: Vec<String>,
    can_lack: bool,
}

impl Slot {
    /// `word|word`, with `?` behind it where it can be left out, `<name>` for a group of words, and
    /// `*` for anything more.
    fn read(text: &str, groups: &BTreeMap<String, String>) -> Self {
        let (text, can_lack) = text.strip_suffix('?').map_or((text, false), |text| (text, true));
        let group = |word: &str| word.strip_prefix('<').and_then(|name| groups.get(name.strip_suffix('>')?)).cloned();
        let words = text.split('|').map(|word| group(word).unwrap_or_else(|| word.to_owned()));
        let words = words.flat_map(|words| words.split('|').map(slot_word).collect::<Vec<_>>()).collect();
        Self { words, can_lack }
    }
}

fn slot_word(word: &str) -> String {
    if word == "*" { word.to_owned() } else { fold(word) }
}

fn fits(slots: &[Slot], text: &str) -> bool {
    let Some((slot, later)) = slots.split_first() else { return text.is_empty() };
    let with = |word: &String| match word.as_str() {
        "*" => !text.is_empty(),
        word => text.strip_prefix(word).is_some_and(|rest| fits(later, rest)),
    };
    slot.words.iter().any(with) || slot.can_lack && fits(later, text)
}

impl Source {
    /// The headers of a field as they are written, the best first; those with several meanings last.
    pub(super) fn headers_of(&self, field: Field) -> Vec<&str> {
        let lists = [&self.people, &self.payroll, &self.accounts, &self.inventory, &self.registers];
        let whole = lists.into_iter().filter_map(|list| list.get(field.key())).flatten();
        let several = self.ambiguous.iter().filter(|(_, words)| words.iter().any(|word| word == field.key()));
        let mut headers: Vec<&str> = whole.chain(several.map(|(header, _)| header)).map(String::as_str).collect();
        let mut seen = Vec::new();
        headers.retain(|header| {
            let form = super::normalise(header);
            let is_new = !seen.contains(&form);
            seen.push(form);
            is_new
        });
        headers
    }
}

impl Table {
    /// Reads the embedded table. It is part of the program and tested, so a fault in it cannot reach
    /// a user.
    pub(super) fn read(text: &str) -> Self {
        toml::from_str(text).map(Self::build).unwrap_or_default()
    }

    fn build(source: Source) -> Self {
        let mut table = Self {
            little: source.little.iter().map(|word| super::normalise(word)).collect(),
            values: source.values.iter().map(|word| super::normalise(word)).collect(),
            ..Self::default()
        };
        table.add_families(&source);
        table.add_lists(Part::People, source.people);
        table.add_lists(Part::Payroll, source.payroll);
        table.add_lists(Part::Accounts, source.accounts);
        table.add_lists(Part::Inventory, source.inventory);
        table.add_lists(Part::Registers, source.registers);
        for (header, words) in &source.ambiguous {
            table.add_ambiguous(header, words);
        }
        source.drop.iter().for_each(|header| table.entry(header).dropped = true);
        source.ignore.iter().for_each(|header| table.entry(header).ignored = true);
        table.add_own_names();
        table
    }

    /// A field is known by what the configuration calls it, where nothing else is called so.
    fn add_own_names(&mut self) {
        for &field in Field::ALL {
            for name in [field.swedish(), field.key()].map(super::normalise) {
                if !self.knows(&name) {
                    self.entry(&name).add(Part::People, field, 0);
                }
            }
        }
    }

    fn entry(&mut self, header: &str) -> &mut Entry {
        self.known.entry(super::normalise(header)).or_default()
    }

    fn add_lists(&mut self, part: Part, lists: Lists) {
        for (name, headers) in lists {
            let Some(field) = Field::from_key(&name) else { continue };
            for (header, rank) in headers.iter().zip(0u16..) {
                self.entry(header).add(part, field, rank);
            }
        }
    }

    fn add_ambiguous(&mut self, header: &str, words: &[String]) {
        let little = self.little.contains(&super::normalise(header));
        let first = if little { LITTLE } else { AMBIGUOUS };
        let meaning = |(word, rank): (&String, u16)| match Field::from_key(word) {
            Some(field) => Meaning::Field(field, rank),
            None if word == "drop" => Meaning::Drop,
            None => Meaning::Ignore,
        };
        self.entry(header).ambiguous = words.iter().zip(first..).map(meaning).collect();
    }

    fn add_families(&mut self, source: &Source) {
        for (section, lists) in &source.families {
            for (name, patterns) in lists {
                for (pattern, rank) in patterns.iter().zip(FAMILY..) {
                    let field = || Some(Outcome::Field(Part::from_name(section)?, Field::from_key(name)?, rank));
                    let outcome = match name.as_str() {
                        "drop" => Some(Outcome::Drop),
                        "ignore" => Some(Outcome::Ignore),
                        _ => field(),
                    };
                    self.families.extend(outcome.map(|outcome| Family::read(pattern, &source.words, outcome)));
                }
            }
        }
    }

    /// What a folded header means in a file of that role; `None` where the table does not hold it.
    pub(super) fn meanings(&self, form: &str, role: Role) -> Option<Vec<Meaning>> {
        if let Some(entry) = self.known.get(form) {
            return Some(entry.meanings(role));
        }
        let entry = self.of_families(form);
        (!entry.is_empty()).then(|| entry.meanings(role))
    }

    /// What the families say of a header. A family of a field that fits goes before one of columns
    /// that are never read, since its words are the more particular.
    fn of_families(&self, form: &str) -> Entry {
        let mut entry = Entry::default();
        for family in self.families.iter().filter(|family| family.holds(form)) {
            match family.outcome {
                Outcome::Field(part, field, rank) => entry.add(part, field, rank),
                Outcome::Drop => entry.dropped = true,
                Outcome::Ignore => entry.ignored = true,
            }
        }
        if !entry.fields.is_empty() {
            entry.dropped = false;
        }
        entry
    }

    /// Whether the table holds a folded header.
    pub(super) fn knows(&self, form: &str) -> bool {
        self.known.contains_key(form) || !self.of_families(form).is_empty()
    }

    /// Whether a folded header says little by itself.
    pub(super) fn says_little(&self, form: &str) -> bool {
        self.little.iter().any(|word| word == form)
    }

    /// Whether a folded header is a common value too.
    pub(super) fn is_value(&self, form: &str) -> bool {
        self.values.iter().any(|word| word == form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The embedded table is read whole, and every list in it names a field of the contract.
    #[test]
    fn the_embedded_table_is_sound() {
        let source: Source = toml::from_str(include_str!("../headers.toml")).unwrap();
        let lists = [&source.people, &source.payroll, &source.accounts, &source.inventory, &source.registers];
        let families = source.families.iter().inspect(|(part, _)| {
            assert!(Part::from_name(part).is_some() || *part == "other", "{part}");
        });
        let names = lists.into_iter().chain(families.map(|(_, lists)| lists)).flat_map(BTreeMap::keys);
        for name in names.chain(source.ambiguous.values().flatten()) {
            assert!(Field::from_key(name).is_some() || matches!(name.as_str(), "drop" | "ignore"), "{name}");
        }
    }

    /// Every word group that a family names is there.
    #[test]
    fn every_group_of_words_is_known() {
        let table = Table::read(include_str!("../headers.toml"));
        for slot in table.families.iter().flat_map(|family| &family.slots) {
            assert!(slot.words.iter().all(|word| !word.contains(['<', '>']) && !word.is_empty()), "{slot:?}");
        }
    }
}
