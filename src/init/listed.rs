//! Which row of the list of systems a system is.

use super::naming;
use super::plan::SystemPlan;
use crate::model::{InventoryRow, fold};

/// What the list says of a system.
#[derive(Clone, Copy, Debug)]
pub enum Listed<'r> {
    /// One row is the system's.
    Row(&'r InventoryRow),
    /// Several rows may be, and nothing says which.
    Several(&'r InventoryRow, &'r InventoryRow),
    /// No row is.
    Nowhere,
}

/// The row that names the system's file, or else the system, or else its product, which has many names, or else what the
/// file is called after.
pub fn row_of<'r>(system: &SystemPlan, rows: &'r [InventoryRow]) -> Listed<'r> {
    let of_file = |row: &&InventoryRow| system.files.iter().any(|own| is_its_file(row, &own.shown));
    if let Some(row) = rows.iter().find(of_file) {
        return Listed::Row(row);
    }
    let (id, name) = (fold(&system.id), fold(&system.named.name));
    let names_system = |row: &&InventoryRow| {
        let words = row.name.split(|c: char| !c.is_alphanumeric()).map(fold);
        let mut own = words.chain([fold(&row.id), fold(&row.name)]).filter(|word| word.len() > 2);
        own.any(|word| word == id || word == name)
    };
    let names_product = |row: &&InventoryRow| {
        let product = naming::name(&row.name, &[]).product;
        product.is_some() && product == system.named.product
    };
    let in_file = |row: &&InventoryRow| system.files.iter().any(|own| naming::says(&own.shown, &row.name));
    let free = || rows.iter().filter(|row| row.file.is_none());
    let named: Vec<&InventoryRow> = free().filter(names_system).collect();
    let named = if named.is_empty() { free().filter(names_product).collect() } else { named };
    let named = if named.is_empty() { free().filter(in_file).collect() } else { named };
    match named.as_slice() {
        [] => Listed::Nowhere,
        [only] => Listed::Row(only),
        [first, second, ..] => Listed::Several(first, second),
    }
}

/// Whether some row names that file, or a system that the file is called after.
pub fn names_file(shown: &str, rows: &[InventoryRow]) -> bool {
    rows.iter().any(|row| is_its_file(row, shown) || naming::says(shown, &row.name))
}

fn is_its_file(row: &InventoryRow, shown: &str) -> bool {
    let last = |path: &str| fold(path.rsplit(['/', '\\']).next().unwrap_or(path));
    row.file.as_deref().map(last) == Some(last(shown))
}
