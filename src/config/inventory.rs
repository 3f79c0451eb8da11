//! `[inventory]`: systems from the organisation's own list. A row with a file is a system to review; a
//! `[[system]]` with the same id adds to its row, and outranks it.

use super::payroll::{InputFile, read_stated};
use super::table::Table;
use super::{Config, SystemConfig};
use crate::error::{Error, ErrorKind, Errors, Place};
use crate::model::{HalfDecided, InventoryRow, LeftOut, Role, SystemId, message};
use std::path::Path;

/// Days after which a row of the list is old, by default.
pub const MAX_AGE_DAYS: u32 = 365;

/// Reads `[inventory]`: its file, and the days after which a row is old.
pub fn read(table: Option<Table<'_>>, base: &Path) -> Option<(InputFile, u32)> {
    let table = table?;
    let max_age_days = table.integer("max_age_days", 1..=36_500).and_then(|days| u32::try_from(days).ok());
    let mut input = read_stated(&table, Role::Inventory);
    let file = table.text("file");
    if file.is_none() {
        table.problem(message!(
            "[inventory] saknar file; ange systemförteckningens fil",
            "[inventory] has no file; name the list of systems"
        ));
    }
    table.finish();
    input.shown = file?;
    input.path = base.join(&input.shown);
    Some((input, max_age_days.unwrap_or(MAX_AGE_DAYS)))
}

impl Config {
    /// Adds the rows of the list of systems.
    ///
    /// # Errors
    /// Two rows with one id, an exemption or a pair of roles for a system that is nowhere, or no system at all.
    pub fn add_inventory(&mut self, rows: Vec<InventoryRow>) -> Result<(), Errors> {
        let mut problems = Vec::new();
        let mut stated = std::mem::take(&mut self.systems);
        for row in rows {
            let same = |config: &SystemConfig| config.system.id.as_str().eq_ignore_ascii_case(&row.id);
            if self.systems.iter().any(same) {
                problems.push(self.twice(&row));
            } else if let Some(at) = stated.iter().position(same) {
                let mut config = stated.remove(at);
                complete(&mut config, row, &self.base);
                self.systems.push(config);
            } else {
                self.systems.extend(from_row(row, &self.base));
            }
        }
        // Systems that only the configuration knows come last.
        self.systems.append(&mut stated);
        problems.extend(self.unknown_systems());
        if self.systems.is_empty() {
            problems.push(
                self.inventory_error(message!("förteckningen innehåller inget system", "the list holds no system")),
            );
        }
        if problems.is_empty() { Ok(()) } else { Err(Errors::new(problems)) }
    }

    fn inventory_error(&self, says: crate::model::Message) -> Error {
        let file = self.inventory.as_ref().map_or("", |input| input.shown.as_str());
        Error::new(ErrorKind::Configuration, Place::file(file), says)
    }

    fn twice(&self, row: &InventoryRow) -> Error {
        let (id, number) = (&row.id, row.row);
        let says = message!(
            "rad {number}: systemet \"{id}\" står redan på en annan rad",
            "row {number}: the system \"{id}\" stands on another row already"
        );
        self.inventory_error(says).way_out(message!(
            "Ge systemen var sitt id, till exempel i en kolumn System-id.",
            "Give each system an id of its own, for instance in a column System-id."
        ))
    }

    /// Systems that an exemption or a pair of roles names, and that are nowhere.
    fn unknown_systems(&self) -> Vec<Error> {
        let exempted = self.exemptions.iter().map(|exemption| ("[[exemption]]", &exemption.system));
        let logins = self.systems.iter().filter_map(|config| Some(("login", config.login.as_ref()?)));
        let sides = self.conflicts.iter().flat_map(|conflict| &conflict.sides);
        let named = exempted.chain(logins).chain(sides.map(|side| ("[[conflict]]", &side.system)));
        let known = |id: &SystemId| self.systems.iter().any(|config| config.system.id == *id);
        let says = |(table, id): (&str, &SystemId)| {
            message!("{table}: inget system har id \"{id}\"", "{table}: no system has the id \"{id}\"")
        };
        let unknown = named.filter(|(_, id)| !known(id)).map(says);
        unknown.map(|says| Error::new(ErrorKind::Configuration, Place::file(self.file.clone()), says)).collect()
    }
}

/// A system that only the list knows.
fn from_row(row: InventoryRow, base: &Path) -> Option<SystemConfig> {
    let mut config = SystemConfig::bare(InputFile::default());
    config.system.id = SystemId::new(&row.id)?;
    config.system.name.clone_from(&row.id);
    complete(&mut config, row, base);
    Some(config)
}

/// Fills in what a `[[system]]` does not say itself.
fn complete(config: &mut SystemConfig, row: InventoryRow, base: &Path) {
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
    if system.departments.is_empty() {
        system.departments = row.departments;
    }
    let only = config.inputs.len() == 1;
    for input in &mut config.inputs {
        fill(&mut input.exported, row.exported);
        fill(&mut input.exported_by, row.exported_by.clone());
        // A count in the list is of the whole system, so it cannot be held against one file of several.
        fill(&mut input.control_total, row.control_total.filter(|_| only));
        if let Some(file) = row.file.clone().filter(|_| input.shown.is_empty()) {
            input.path = base.join(&file);
            input.shown = file;
        }
    }
    system.half_decided = match (&row.excluded_by, &row.excluded_why) {
        (None, Some(_)) => Some(HalfDecided::ByNobody),
        (Some(_), None) => Some(HalfDecided::ForNoReason),
        _ => None,
    };
    system.left_out = row.excluded_by.zip(row.excluded_why).map(|(by, why)| LeftOut { by, why });
}
