//! `[[conflict]]`: pairs of roles that no one may hold at once, within a system or across two.

use super::SystemConfig;
use super::patterns::{Patterns, pattern_help};
use super::suggest::refuse_unknown;
use super::table::{Placed, Table};
use crate::model::{SystemId, fold, message};

/// One side of a pair: a role in a system.
#[derive(Clone, Debug)]
pub struct ConflictSide {
    /// The system.
    pub system: SystemId,
    /// The role, as written or with `*`.
    pub role: Patterns,
}

/// A pair of roles.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// What the two amount to together.
    pub name: String,
    /// The two.
    pub sides: [ConflictSide; 2],
}

/// Reads every `[[conflict]]`. With a list of systems their ids are known only once it is read.
pub fn read_all(root: &Table<'_>, systems: &[SystemConfig], inventory: bool) -> Vec<Conflict> {
    let known = |id: &Placed<SystemId>, table: &Table<'_>| {
        if !inventory {
            refuse_unknown(systems, id, table);
        }
    };
    root.tables("conflict").into_iter().filter_map(|table| read(table, &known)).collect()
}

fn read(table: Table<'_>, known: &dyn Fn(&Placed<SystemId>, &Table<'_>)) -> Option<Conflict> {
    let name = table.text("name");
    let a = table.table("a").and_then(|side| read_side(side, known));
    let b = table.table("b").and_then(|side| read_side(side, known));
    if name.is_none() || a.is_none() || b.is_none() {
        table.problem(message!(
            "[[conflict]] behöver name, a och b, var och en av dem {{ system = \"…\", role = \"…\" }}",
            "[[conflict]] needs name, a and b, each of them {{ system = \"…\", role = \"…\" }}"
        ));
    }
    if let (Some(a), Some(b)) = (&a, &b)
        && a.system == b.system
        && fold(&a.role.written.concat()) == fold(&b.role.written.concat())
    {
        table.problem(message!(
            "a och b i [[conflict]] är samma roll; en konflikt är mellan två",
            "a and b of [[conflict]] are the same role; a conflict is between two"
        ));
    }
    table.finish();
    Some(Conflict { name: name?, sides: [a?, b?] })
}

fn read_side(table: Table<'_>, known: &dyn Fn(&Placed<SystemId>, &Table<'_>)) -> Option<ConflictSide> {
    let (system, role) = (table.system_id("system"), table.placed_text("role"));
    if let Some(system) = &system {
        known(system, &table);
    }
    let role = role.and_then(|(role, at)| {
        let role = Patterns::new(vec![role]).ok();
        if role.is_none() {
            table.problem_at(
                at,
                message!("mönstret kan inte tolkas", "the pattern cannot be read"),
                Some(pattern_help()),
            );
        }
        role
    });
    table.finish();
    Some(ConflictSide { system: system?.0, role: role? })
}
