//! `columns`: a field of the contract on the left, what the file calls it on the right.

use super::document::Reach;
use super::suggest::nearest;
use super::table::{Placed, Table};
use crate::model::{Field, Message, Role, fold, message};
use std::collections::BTreeMap;

/// Field → headers, which answer together; none where it is said that no column holds the field.
pub type Columns = BTreeMap<Field, Vec<String>>;

/// Pairs that one column cannot answer both of.
const OPPOSITES: [(Field, Field); 4] = [
    (Field::Enabled, Field::Disabled),
    (Field::EmploymentStart, Field::EmploymentEnd),
    (Field::LeaveFrom, Field::LeaveTo),
    (Field::ValidFrom, Field::ValidTo),
];

/// Reads a table of columns.
pub fn read(table: &Table<'_>, role: Role) -> Columns {
    let mut columns = Columns::new();
    for (key, offset) in table.free_keys() {
        let Some(field) = field(table, key, offset, role) else { continue };
        let Some(headers) = table.free_list(key).and_then(|placed| headers(table, key, placed)) else { continue };
        if columns.insert(field, headers).is_some() {
            table.problem_at(offset, twice(field, key), None);
        }
    }
    refuse_opposites(table, &columns);
    columns
}

fn field(table: &Table<'_>, key: &str, offset: usize, role: Role) -> Option<Field> {
    match Field::named(key) {
        Some(field) if field.fits(role) => Some(field),
        Some(_) => {
            let (sv, en) = Message::from(role.text()).both();
            let says = message!("fältet \"{key}\" kan inte stå i: {sv}", "the field \"{key}\" cannot stand in: {en}");
            table.stray(key, offset, Reach::Enclosing, says, None);
            None
        }
        None => {
            let says = message!("okänt fält \"{key}\" i columns", "unknown field \"{key}\" in columns");
            table.stray(key, offset, Reach::Anywhere, says, suggestion(key, role));
            None
        }
    }
}

/// The headers of one field; an empty text alone says that no column holds it.
fn headers(table: &Table<'_>, key: &str, placed: Vec<Placed<String>>) -> Option<Vec<String>> {
    if let [(only, _)] = placed.as_slice()
        && only.trim().is_empty()
    {
        return Some(Vec::new());
    }
    if let Some((_, offset)) = placed.iter().find(|(header, _)| header.trim().is_empty()) {
        let says = message!(
            "{key} har en tom rubrik bland flera; skriv {key} = \"\" om ingen kolumn ska användas",
            "{key} has an empty header among several; write {key} = \"\" if no column is to be used"
        );
        table.problem_at(*offset, says, None);
        return None;
    }
    let mut headers: Vec<String> = Vec::new();
    for (header, offset) in placed {
        if headers.contains(&header) {
            let says =
                message!("{key} har rubriken \"{header}\" två gånger", "{key} has the header \"{header}\" twice");
            table.problem_at(offset, says, None);
        }
        headers.push(header);
    }
    Some(headers)
}

fn twice(field: Field, key: &str) -> Message {
    let (english, swedish) = (field.key(), field.swedish());
    message!(
        "fältet \"{key}\" står två gånger; {english} och {swedish} är samma fält, flera kolumner skrivs som en lista",
        "the field \"{key}\" stands twice; {english} and {swedish} are one field, several columns are written as a list"
    )
}

/// One column may answer two questions, such as account and UPN, but not a question and its opposite.
fn refuse_opposites(table: &Table<'_>, columns: &Columns) {
    for (a, b) in OPPOSITES {
        let (Some(headers), Some(others)) = (columns.get(&a), columns.get(&b)) else { continue };
        if let Some(header) = headers.iter().find(|header| others.contains(header)) {
            let (a, b) = (a.key(), b.key());
            table.problem(message!(
                "rubriken \"{header}\" står för både {a} och {b}",
                "the header \"{header}\" stands for both {a} and {b}"
            ));
        }
    }
}

/// The field that was meant, in either language.
fn suggestion(key: &str, role: Role) -> Option<Message> {
    let fitting = || Field::ALL.iter().copied().filter(|field| field.fits(role));
    let names: Vec<(String, Field, &str)> =
        fitting().flat_map(|field| [field.key(), field.swedish()].map(|name| (fold(name), field, name))).collect();
    let key = fold(key);
    let near = nearest(&key, names.iter().map(|(folded, ..)| folded.as_str()))?;
    let (_, field, name) = names.iter().find(|(folded, ..)| folded == near)?;
    let code = field.key();
    let what = if *name == code { format!("\"{code}\"") } else { format!("\"{name}\" ({code})") };
    Some(message!(
        "Menade du {what}? Fältet står till vänster, filens rubrik till höger.",
        "Did you mean {what}? The field stands on the left, the file's header on the right."
    ))
}
