//! A system that all departments share, cut into one part a department.
//!
//! Nobody knows of four thousand accounts in a directory; each department knows its own. What fits no department
//! of payroll goes to the administrator, with what is said of the system itself.

use super::owner::{OwnerBook, outcomes};
use super::{AccountRow, Door, RecipientShown, RunFacts, Shown, SinceRow, Trend};
use crate::model::{SystemId, Text, fold};
use std::collections::{BTreeMap, BTreeSet};

/// Whose part of a system's list it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartShown {
    /// The name of its file, without ending.
    pub slug: String,
    /// What it is called.
    pub name: Shown,
    /// Whether it is the administrator's, of what fits no department.
    pub is_rest: bool,
}

/// The file of what fits no department.
const REST: &str = "ovriga";

/// Cuts a book in parts, by department in alphabetical order, the rest last.
pub fn by_department(book: OwnerBook, door: &Door<'_>, run: &RunFacts) -> Vec<OwnerBook> {
    let known = known_departments(door);
    let mut parts: BTreeMap<String, (Shown, Vec<AccountRow>)> = BTreeMap::new();
    let mut rest = Vec::new();
    let mut whole = book;
    for row in std::mem::take(&mut whole.accounts) {
        match slug(&row.department).filter(|_| known.contains(&fold(&row.department))) {
            Some(slug) => parts.entry(slug).or_insert_with(|| (row.department.clone(), Vec::new())).1.push(row),
            None => rest.push(row),
        }
    }
    let mut since: BTreeMap<String, Vec<SinceRow>> = BTreeMap::new();
    for row in std::mem::take(&mut whole.since) {
        let slug = slug(&row.department).filter(|slug| parts.contains_key(slug));
        since.entry(slug.unwrap_or_else(|| REST.to_owned())).or_default().push(row);
    }
    let mut books: Vec<OwnerBook> = parts
        .into_iter()
        .map(|(slug, (name, accounts))| {
            let since = since.remove(&slug).unwrap_or_default();
            let part = PartShown { slug, name, is_rest: false };
            OwnerBook { findings: Vec::new(), since, ..part_of(&whole, part, accounts, run) }
        })
        .collect();
    let name = Text::new("Övriga konton", "Other accounts").get(run.language);
    let name = Shown::default().with(name);
    let part = PartShown { slug: REST.to_owned(), name, is_rest: true };
    let since = since.remove(REST).unwrap_or_default();
    books.push(OwnerBook { since, ..part_of(&whole, part, rest, run) });
    books
}

fn part_of(whole: &OwnerBook, part: PartShown, accounts: Vec<AccountRow>, run: &RunFacts) -> OwnerBook {
    let department = (!part.is_rest).then(|| RecipientShown::named(&part.name));
    OwnerBook {
        recipient: department.or_else(|| whole.recipient.clone()),
        outcomes: outcomes(&accounts, run),
        trend: Trend::default(),
        accounts,
        part: Some(part),
        ..whole.clone()
    }
}

/// Departments where somebody works or has worked.
fn known_departments(door: &Door<'_>) -> BTreeSet<String> {
    let employments = door.review.roster.persons().flat_map(|(_, person)| &person.employments);
    employments.filter_map(|employment| employment.department.as_deref()).map(fold).collect()
}

/// A name as it can stand in a file name on every machine; none takes the name of the rest, or of a device of
/// Windows.
pub fn slug(name: &str) -> Option<String> {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let slug = SystemId::from_name(name)?.to_string();
    let port = |kind: &str| slug.strip_prefix(kind).is_some_and(|rest| rest.len() == 1);
    let is_taken = slug == REST || DEVICES.contains(&slug.as_str()) || port("com") || port("lpt");
    Some(if is_taken { format!("{slug}-2") } else { slug })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names become file names that stay in their folder and are files everywhere; what has no letters has none.
    #[test]
    fn names_become_file_names() {
        for (name, file) in [
            ("Socialförvaltningen", Some("socialforvaltningen")),
            ("../../etc/passwd", Some("etc-passwd")),
            ("CON", Some("con-2")),
            ("LPT1", Some("lpt1-2")),
            ("Övriga", Some("ovriga-2")),
            ("北京", None),
        ] {
            assert_eq!(slug(name).as_deref(), file, "{name}");
        }
    }
}
