//! `[[register]]`: lawful people outside payroll, and `[service_accounts]`: who answers for accounts that are
//! nobody's.

use super::input::{self, InputFile};
use super::table::Table;
use crate::model::{EngagementKind, Role, message};
use std::path::Path;

/// One register of people.
#[derive(Clone, Debug)]
pub struct RegisterConfig {
    /// Its id, shown where a person's engagement is.
    pub id: String,
    /// What kind of people it holds.
    pub kind: EngagementKind,
    /// Its file.
    pub input: InputFile,
}

/// Reads every `[[register]]`.
pub fn read_all(root: &Table<'_>, base: &Path) -> Vec<RegisterConfig> {
    let mut registers: Vec<RegisterConfig> = Vec::new();
    let mut ids: Vec<String> = Vec::new();
    for table in root.tables("register") {
        let id = table.placed_text("id");
        if let Some((id, at)) = id.as_ref().filter(|(id, _)| ids.contains(id)) {
            table.problem_at(*at, message!("två register har id \"{id}\"", "two registers have the id \"{id}\""), None);
        }
        ids.extend(id.as_ref().map(|(id, _)| id.clone()));
        let kind = table.choice("kind", &EngagementKind::NAMED);
        let input = input::read_one(&table, base, Role::Register);
        if id.is_none() || kind.is_none() || input.is_none() {
            table.problem(message!(
                "[[register]] behöver id, kind (external, elected, student eller other) och file",
                "[[register]] needs id, kind (external, elected, student or other) and file"
            ));
        }
        table.finish();
        if let (Some((id, _)), Some(kind), Some(input)) = (id, kind, input) {
            registers.push(RegisterConfig { id, kind, input });
        }
    }
    registers
}

/// Reads `[service_accounts]`.
pub fn read_service_accounts(table: Option<Table<'_>>, base: &Path) -> Option<InputFile> {
    let table = table?;
    let input = input::read_one(&table, base, Role::ServiceAccounts);
    if input.is_none() {
        table.problem(message!(
            "[service_accounts] saknar file; ange registret över tjänstekonton",
            "[service_accounts] has no file; name the register of service accounts"
        ));
    }
    table.finish();
    input
}
