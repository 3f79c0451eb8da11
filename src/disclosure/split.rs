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
    /// What it holds.
    pub of: PartOf,
}

/// What a part of a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOf {
    /// The accounts of a department.
    Department,
    /// What fits no department.
    Rest,
    /// What was passed on to somebody.
    PassedOn,
}

/// The file of what fits no department.
const REST: &str = "ovriga";

/// Cuts a book in parts, by department in alphabetical order, the rest last.
pub fn by_department(book: OwnerBook, door: &Door<'_>, run: &RunFacts) -> Vec<OwnerBook> {
    let known = known_departments(door);
    let mut parts: BTreeMap<String, Department> = BTreeMap::new();
    let mut rest = Vec::new();
    let mut whole = book;
    for row in std::mem::take(&mut whole.accounts) {
        let key = fold(&row.department);
        if known.contains(&key) && slug(&row.department).is_some() {
            let department = || Department { name: row.department.clone(), accounts: Vec::new() };
            parts.entry(key).or_insert_with(department).accounts.push(row);
        } else {
            rest.push(row);
        }
    }
    let mut since: BTreeMap<Option<String>, Vec<SinceRow>> = BTreeMap::new();
    for row in std::mem::take(&mut whole.since) {
        let key = Some(fold(&row.department)).filter(|key| parts.contains_key(key));
        since.entry(key).or_default().push(row);
    }
    let mut slugs = Slugs::default();
    let mut books = Vec::with_capacity(parts.len() + 1);
    for (key, Department { name, accounts }) in parts {
        let Some(slug) = slugs.give(&name) else { continue };
        let since = since.remove(&Some(key)).unwrap_or_default();
        let part = PartShown { slug, name, of: PartOf::Department };
        books.push(OwnerBook { findings: Vec::new(), since, ..part_of(&whole, part, accounts, run) });
    }
    let name = Text::new("Övriga konton", "Other accounts").get(run.language);
    let name = Shown::default().with(name);
    let part = PartShown { slug: REST.to_owned(), name, of: PartOf::Rest };
    let since = since.remove(&None).unwrap_or_default();
    books.push(OwnerBook { since, ..part_of(&whole, part, rest, run) });
    books
}

/// One department's part.
struct Department {
    name: Shown,
    accounts: Vec<AccountRow>,
}

/// Books of what was passed on, one for each who takes something over; the other books ask of none of it.
pub fn passed_on(books: &[OwnerBook], run: &RunFacts) -> Vec<OwnerBook> {
    let mut slugs = Slugs(books.iter().filter_map(|book| Some(book.part.as_ref()?.slug.clone())).collect());
    let mut taken: BTreeMap<&str, Vec<&AccountRow>> = BTreeMap::new();
    for row in books.iter().flat_map(|book| &book.accounts) {
        if let Some(passed) = &row.passed_on {
            taken.entry(&passed.key).or_default().push(row);
        }
    }
    let mut made = Vec::with_capacity(taken.len());
    for rows in taken.into_values() {
        let Some((whole, passed)) = books.first().zip(rows.first().and_then(|row| row.passed_on.as_ref())) else {
            continue;
        };
        let name = passed.to.clone();
        // Every name has letters or is a place in the list.
        let slug = slugs.give(&name).or_else(|| slugs.give(&format!("mottagare {}", made.len() + 1)));
        let part = PartShown { slug: slug.unwrap_or_default(), name, of: PartOf::PassedOn };
        let rows = rows.into_iter().cloned().collect();
        let book = OwnerBook { findings: Vec::new(), since: Vec::new(), ..part_of(whole, part, rows, run) };
        made.push(OwnerBook { recipient: Some(passed.recipient.clone()), ..book });
    }
    made
}

fn part_of(whole: &OwnerBook, part: PartShown, accounts: Vec<AccountRow>, run: &RunFacts) -> OwnerBook {
    let department = (part.of == PartOf::Department).then(|| RecipientShown::named(&part.name));
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

/// Names of files that were given, so that none is given twice: two departments in one workbook would see each other.
#[derive(Debug, Default)]
pub struct Slugs(BTreeSet<String>);

impl Slugs {
    /// A name that no other has, or `None` where a name has no letters to make one of.
    pub fn give(&mut self, name: &str) -> Option<String> {
        let slug = slug(name)?;
        let numbered = (2u32..).map(|number| format!("{slug}-{number}"));
        let free = std::iter::once(slug.clone()).chain(numbered).find(|slug| !self.0.contains(slug))?;
        self.0.insert(free.clone());
        Some(free)
    }
}

/// A name as it can stand in a file name on every machine; none takes the name of the rest.
pub fn slug(name: &str) -> Option<String> {
    let slug = SystemId::from_name(name)?.to_string();
    Some(if slug == REST { format!("{slug}-2") } else { slug })
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

    /// Names that are alike for as long as a file name can be, or but for letters that cannot stand in one, are told
    /// apart; so are those that look like one that was told apart.
    #[test]
    fn no_name_is_given_twice() {
        let long = "Förvaltningen för ".repeat(5);
        let names = [format!("{long} norr"), format!("{long} söder"), "Enhet 北京".into(), "Enhet 東京".into()];
        let mut slugs = Slugs::default();
        let given: Vec<String> = names.iter().map(|name| slugs.give(name).unwrap()).collect();
        assert_eq!(given[1], format!("{}-2", given[0]));
        assert_eq!(given[2..], ["enhet", "enhet-2"]);
        assert_eq!(slugs.give("Enhet 2").as_deref(), Some("enhet-2-2"));
        assert_eq!(slugs.give("北京"), None);
    }
}
