//! `[inventory]`: systems from the organisation's own list. A row with a file is a system to review; a
//! `[[system]]` with the same id or name adds to its row, and outranks it.

use super::input::{InputFile, read_one};
use super::suggest::nearest;
use super::table::Table;
use super::{Config, SystemConfig};
use crate::error::{Error, ErrorKind, Errors, Place};
use crate::model::{Field, HalfDecided, InventoryRow, LeftOut, Message, Role, SystemId, fold, message};
use std::path::Path;

/// Days after which a row of the list is old, by default.
pub const MAX_AGE_DAYS: u32 = 365;

/// Reads `[inventory]`: its file, and the days after which a row is old.
pub fn read(table: Option<Table<'_>>, base: &Path) -> Option<(InputFile, u32)> {
    let table = table?;
    let max_age_days = table.integer("max_age_days", 1..=36_500).and_then(|days| u32::try_from(days).ok());
    let input = read_one(&table, base, Role::Inventory);
    if input.is_none() {
        table.problem(message!(
            "[inventory] saknar file; ange systemförteckningens fil",
            "[inventory] has no file; name the list of systems"
        ));
    }
    table.finish();
    Some((input?, max_age_days.unwrap_or(MAX_AGE_DAYS)))
}

impl Config {
    /// Adds the rows of the list of systems. A row and a `[[system]]` are one system by id, else by name.
    ///
    /// # Errors
    /// Rows that cannot be told apart, an exemption or a pair of roles for a system that is nowhere, or no system at
    /// all.
    pub fn add_inventory(&mut self, rows: Vec<InventoryRow>) -> Result<(), Errors> {
        let mut problems = Vec::new();
        let stated = std::mem::take(&mut self.systems);
        let mut joined = vec![None; stated.len()];
        let mut slots: Vec<Option<SystemConfig>> = stated.iter().cloned().map(Some).collect();
        for row in rows {
            match self.place(&row, &stated, &joined) {
                Err(problem) => problems.push(problem),
                Ok(Some(at)) => {
                    joined[at] = Some(row.row);
                    self.systems.extend(slots[at].take().map(|config| completed(config, row, &self.base)));
                }
                Ok(None) => self.systems.extend(from_row(row, &self.base)),
            }
        }
        // Systems that only the configuration knows come last.
        self.systems.extend(slots.into_iter().flatten());
        problems.extend(self.unknown_systems());
        if self.systems.is_empty() {
            problems.push(
                self.inventory_error(message!("förteckningen innehåller inget system", "the list holds no system")),
            );
        }
        if problems.is_empty() { Ok(()) } else { Err(Errors::new(problems)) }
    }

    /// Which `[[system]]` a row is about; none where only the list knows it.
    fn place(
        &self,
        row: &InventoryRow,
        stated: &[SystemConfig],
        joined: &[Option<u32>],
    ) -> Result<Option<usize>, Error> {
        let by_id = stated.iter().position(|config| has_id(config, &row.id));
        let named: Vec<usize> =
            (0..stated.len()).filter(|&at| Some(at) != by_id && has_name(&stated[at], row)).collect();
        let at = match (by_id, named.as_slice()) {
            (Some(own), [other, ..]) if fold(&stated[own].system.name) != fold(&row.name) => {
                return Err(self.between(row, &stated[own], &stated[*other]));
            }
            (Some(own), _) => Some(own),
            (None, []) => None,
            (None, [one]) => Some(*one),
            (None, [one, other, ..]) => return Err(self.between(row, &stated[*one], &stated[*other])),
        };
        match at {
            Some(at) => match joined[at] {
                Some(earlier) => Err(self.twice(row, stated[at].system.id.as_str(), earlier)),
                None => Ok(Some(at)),
            },
            None if self.systems.iter().any(|config| has_id(config, &row.id)) => Err(self.on_another_row(row)),
            None => Ok(None),
        }
    }

    fn inventory_error(&self, says: Message) -> Error {
        let file = self.inventory.as_ref().map_or("", |input| input.shown.as_str());
        Error::new(ErrorKind::Configuration, Place::file(file), says)
    }

    fn on_another_row(&self, row: &InventoryRow) -> Error {
        let (id, number) = (&row.id, row.row);
        let says = message!(
            "rad {number}: systemet \"{id}\" står redan på en annan rad",
            "row {number}: the system \"{id}\" stands on another row already"
        );
        self.inventory_error(says).way_out(ids_of_their_own())
    }

    fn twice(&self, row: &InventoryRow, id: &str, earlier: u32) -> Error {
        let number = row.row;
        let says = message!(
            "rad {number}: systemet \"{id}\" står redan på en annan rad, rad {earlier}",
            "row {number}: the system \"{id}\" stands on another row already, row {earlier}"
        );
        self.inventory_error(says).way_out(ids_of_their_own())
    }

    /// A row that fits one system by its id, or by its name, and another by its name.
    fn between(&self, row: &InventoryRow, one: &SystemConfig, other: &SystemConfig) -> Error {
        let (number, id, name) = (row.row, &row.id, &row.name);
        let (one, other) = (&one.system.id, &other.system.id);
        let says = message!(
            "rad {number}: \"{name}\" med id \"{id}\" kan vara både [[system]] \"{one}\" och \"{other}\"",
            "row {number}: \"{name}\" with the id \"{id}\" can be both [[system]] \"{one}\" and \"{other}\""
        );
        self.inventory_error(says).way_out(message!(
            "Ge raden och det [[system]] som den gäller samma id.",
            "Give the row and the [[system]] that it is about the same id."
        ))
    }

    /// Systems that an exemption or a pair of roles names, and that are nowhere.
    fn unknown_systems(&self) -> Vec<Error> {
        let exempted = self.exemptions.iter().map(|exemption| ("[[exemption]]", &exemption.system));
        let logins = self.systems.iter().filter_map(|config| Some(("login", config.login.as_ref()?)));
        let sides = self.conflicts.iter().flat_map(|conflict| &conflict.sides);
        let named = exempted.chain(logins).chain(sides.map(|side| ("[[conflict]]", &side.system)));
        let known = |id: &SystemId| self.systems.iter().any(|config| config.system.id == *id);
        named.filter(|(_, id)| !known(id)).map(|(table, id)| self.nowhere(table, id)).collect()
    }

    /// A system that is nowhere, and the one that may be meant: by its name, or nearly by its id.
    fn nowhere(&self, table: &str, id: &SystemId) -> Error {
        let says = message!("{table}: inget system har id \"{id}\"", "{table}: no system has the id \"{id}\"");
        let error = Error::new(ErrorKind::Configuration, Place::file(self.file.clone()), says);
        let ids = || self.systems.iter().map(|config| config.system.id.as_str());
        let by_name = self.systems.iter().find(|config| fold(&config.system.name) == fold(id.as_str()));
        let meant = by_name.map(|config| config.system.id.as_str()).or_else(|| nearest(id.as_str(), ids()));
        match meant {
            Some(near) => error.way_out(message!("Menade du \"{near}\"?", "Did you mean \"{near}\"?")),
            None => error,
        }
    }
}

fn ids_of_their_own() -> Message {
    message!(
        "Ge systemen var sitt id, till exempel i en kolumn System-id.",
        "Give each system an id of its own, for instance in a column System-id."
    )
}

fn has_id(config: &SystemConfig, id: &str) -> bool {
    config.system.id.as_str().eq_ignore_ascii_case(id)
}

/// Whether people mean the same system: what one calls its name the other may have made its id.
fn has_name(config: &SystemConfig, row: &InventoryRow) -> bool {
    let (own, name) = (fold(&config.system.name), fold(&row.name));
    let same = |a: &str, b: &str| !a.is_empty() && a == b;
    same(&own, &name) || same(&own, &fold(&row.id)) || same(&fold(config.system.id.as_str()), &name)
}

/// A system that only the list knows.
fn from_row(row: InventoryRow, base: &Path) -> Option<SystemConfig> {
    let mut config = SystemConfig::bare(InputFile::default());
    config.system.id = SystemId::new(&row.id)?;
    config.system.name.clone_from(&row.id);
    Some(completed(config, row, base))
}

/// Filled in with what a `[[system]]` does not say itself.
fn completed(mut config: SystemConfig, row: InventoryRow, base: &Path) -> SystemConfig {
    fn fill<T>(slot: &mut Option<T>, value: Option<T>) {
        if slot.is_none() {
            *slot = value;
        }
    }
    let system = &mut config.system;
    if system.name == system.id.as_str() {
        system.name = row.name;
    }
    fill(&mut system.owner, row.owner);
    fill(&mut system.administrator, row.administrator);
    fill(&mut system.committee, row.committee);
    fill(&mut system.classification, row.classification);
    fill(&mut system.confirmed, row.confirmed);
    fill(&mut system.risk_analysis, row.risk_analysis);
    system.listed = true;
    system.unread = row.unread;
    if system.departments.is_empty() && !config.is_for_all {
        system.departments_listed = !row.departments.is_empty();
        system.departments = row.departments;
    }
    system.half_decided = match (&row.excluded_by, &row.excluded_why) {
        (None, Some(_)) => Some(HalfDecided::ByNobody),
        (Some(_), None) => Some(HalfDecided::ForNoReason),
        _ => None,
    };
    // A file that is named here outranks a decision of the list.
    let is_delivered = config.inputs.iter().any(|input| !input.shown.is_empty());
    system.left_out = row.excluded_by.zip(row.excluded_why).filter(|_| !is_delivered).map(left_out);
    let is_left_out = system.left_out.is_some();
    let only = config.inputs.len() == 1;
    for input in &mut config.inputs {
        fill(&mut input.exported, row.exported);
        fill(&mut input.exported_by, row.exported_by.clone());
        // A count in the list is of the whole system, so it cannot be held against one file of several.
        fill(&mut input.control_total, row.control_total.filter(|_| only));
        if let Some(file) = row.file.clone().filter(|_| input.shown.is_empty() && !is_left_out) {
            input.path = base.join(&file);
            input.shown = file;
        }
    }
    forget_what_is_stated(&mut config);
    config
}

fn left_out((by, why): (String, String)) -> LeftOut {
    LeftOut { by, why }
}

/// What the list says so that nobody can read it is no gap where the configuration says it.
fn forget_what_is_stated(config: &mut SystemConfig) {
    let all = |stated: fn(&InputFile) -> bool| config.inputs.iter().all(stated);
    let (exported, total) = (all(|input| input.exported.is_some()), all(|input| input.control_total.is_some()));
    let system = &mut config.system;
    let stated = |field: &Field| match field {
        Field::RiskAnalysis => system.risk_analysis.is_some(),
        Field::Owner => system.owner.is_some(),
        Field::Classification => system.classification.is_some(),
        Field::Exported => exported,
        Field::ControlTotal => total,
        _ => false,
    };
    let unread: Vec<Field> = system.unread.iter().copied().filter(|field| !stated(field)).collect();
    system.unread = unread;
}
