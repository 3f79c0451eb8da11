//! Which files of people are payroll, and what the others are: older extracts, other employers, exports of accounts that
//! tell of employments too.

use super::files::{self, Looked};
use super::listed;
use super::plan::{Employer, FilePlan, People, Plan, day_of};
use super::product::ProductKind;
use super::systems;
use crate::ingest::{MappedColumn, Survey, is_of_leavers, survey_as};
use crate::model::{Field, Role, message};
use chrono::NaiveDate;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::path::Path;

/// Of the files that tell of employments, those that are exports of accounts all the same, read as such: they name accounts,
/// hardly anybody in them is not in payroll, and a known product or the list of systems says which system they are of. An
/// export that nothing names is left to the user, since an extract of payroll can hold names of accounts too.
pub fn exports_among(files: &[&Looked], plan: &Plan, folder: &Path, today: NaiveDate) -> Vec<Looked> {
    let Some(main) = files.iter().max_by_key(|own| size(own)) else { return Vec::new() };
    let is_export = |own: &&&Looked| {
        let (Ok(one), Ok(of_main)) = (&own.found, &main.found) else { return false };
        one.report.headers != of_main.report.headers
            && systems::people_in_common(one, of_main) >= systems::EXTRACTS
            && names_accounts(one)
            && is_of_a_system(own, one, plan)
    };
    let read = |own: &&Looked| {
        let path = files::input(own, folder).path;
        // One that cannot be read so is told with the line that mends it.
        Looked { shown: own.shown.clone(), found: survey_as(&path, &own.shown, Role::Accounts, today) }
    };
    files.iter().filter(|own| !std::ptr::eq(**own, *main)).filter(is_export).map(read).collect()
}

/// Whether a column that names accounts in an export has a name of its own on every row.
fn names_accounts(survey: &Survey) -> bool {
    let rows = survey.report.rows.records;
    let names_all = |column: &MappedColumn| column.field == Field::UserName && column.filled >= rows;
    let distinct = survey.keys.get(&Field::UserName).map_or(0, BTreeSet::len);
    rows > 0 && survey.report.columns.iter().any(names_all) && distinct as u64 >= rows
}

/// Whether a product other than payroll's, or the list of systems, names the file.
fn is_of_a_system(own: &Looked, survey: &Survey, plan: &Plan) -> bool {
    let named = super::naming::name(&own.shown, &survey.report.headers);
    let by_product = named.product.is_some_and(|product| product.kind != ProductKind::Payroll);
    let rows = plan.inventory.as_ref().map_or(&[][..], |list| &list.rows);
    let is_listed = || listed::names_file(&own.shown, rows) && named.product.is_none();
    by_product || is_listed()
}

fn size(own: &Looked) -> u64 {
    own.found.as_ref().map_or(0, |survey| survey.report.rows.data())
}

impl Plan {
    /// The largest that is not called by those who have left is payroll, or a newer extract of the same, with those of the same columns whose people are others.
    /// What else there is may be another year's, and is left to the user.
    pub fn take_payroll(&mut self, files: &[&Looked], today: NaiveDate) {
        let (files, unusable): (Vec<&Looked>, Vec<&Looked>) = files.iter().partition(|own| has_usable_rows(own));
        for own in unusable {
            self.leave(
                &own.shown,
                message!(
                    "ser ut som ett personalregister, men ingen rad kan användas",
                    "looks like payroll, but no row can be used"
                ),
            );
        }
        // Those who have left may be more than those who have not.
        let Some(largest) = files.iter().max_by_key(|own| (!is_of_leavers(&own.shown), size(own))) else { return };
        let newer = files.iter().filter(|own| of_one_list(own, largest, today) == Some(Extract::Newer));
        let main = newer.max_by_key(|own| own.shown.clone()).unwrap_or(largest);
        self.payroll.push(people(main, today));
        let is_apart = |own: &Looked| match (&own.found, &main.found) {
            (Ok(own), Ok(main)) => systems::people_in_common(own, main) <= systems::EMPLOYERS,
            _ => false,
        };
        for own in files.iter().filter(|own| !std::ptr::eq(**own, *main)) {
            let first = &main.shown;
            let why = match of_one_list(own, main, today) {
                Some(Extract::Part) => {
                    self.payroll.push(people(own, today));
                    continue;
                }
                Some(Extract::Older) => {
                    message!("äldre uttag av samma lista som {first}", "an older extract of {first}")
                }
                None if is_apart(own) => {
                    let name = super::naming::name(&own.shown, &[]).name;
                    self.employers.push(Employer { people: people(own, today), name, nowhere: 0 });
                    continue;
                }
                Some(Extract::Newer) | None => {
                    self.rivals += 1;
                    message!(
                        "ser ut som ett personalregister; {first} används. Äldre uttag, ett register över andra personer \
                     ([[register]]), eller konton i ett system ([[system]], med account = rubriken över kontot under \
                     [system.columns])?",
                        "looks like payroll; {first} is used. An older extract, a register of other people ([[register]]), or \
                     accounts of a system ([[system]], with account = the header of the account under [system.columns])?"
                    )
                }
            };
            self.leave(&own.shown, why);
        }
    }

    /// Counts the people of each file that may be another employer's who stand in no register in force, by name.
    pub fn count_nowhere(&mut self, looked: &[Looked]) {
        let of = |shown: &str| looked.iter().find(|own| own.shown == shown).and_then(|own| own.found.as_ref().ok());
        let certain = self.registers.iter().filter(|own| own.kind.1).map(|own| &own.people);
        let in_force = self.payroll.iter().chain(certain).filter_map(|people| of(&people.file.shown));
        let names: BTreeSet<u64> = in_force.flat_map(|survey| survey.names.clone()).collect();
        for employer in &mut self.employers {
            let own = of(&employer.people.file.shown).map(|survey| &survey.names);
            employer.nowhere = own.map_or(0, |own| own.difference(&names).count());
        }
    }
}

/// A file of people with what matters to a configuration.
pub fn people(own: &Looked, today: NaiveDate) -> People {
    match &own.found {
        Ok(survey) => {
            let ends = |column: &&MappedColumn| column.field == Field::EmploymentEnd && column.filled > 0;
            People {
                file: FilePlan::of(&own.shown, survey, day_of(own, survey, today)),
                records: survey.report.rows.records,
                marks_protected: survey.report.has(Field::Protected),
                tells_ends: survey.report.columns.iter().any(|column| ends(&column)),
            }
        }
        Err(unread) => {
            let file = FilePlan { broken: Some(unread.error.clone()), ..FilePlan::unknown(&own.shown) };
            People { file, records: 0, marks_protected: false, tells_ends: false }
        }
    }
}

/// Whether some row of a file tells of somebody, or the file is empty, or could not be read to be told.
fn has_usable_rows(own: &Looked) -> bool {
    let rows = own.found.as_ref().map(|survey| survey.report.rows);
    rows.is_ok_and(|rows| rows.records > 0 || rows.data() == 0) || own.found.is_err()
}

/// How one file of people stands to another of the same columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extract {
    /// It holds other people.
    Part,
    /// It holds the same people on an earlier day.
    Older,
    /// It holds the same people on a later day.
    Newer,
}

fn of_one_list(own: &Looked, other: &Looked, today: NaiveDate) -> Option<Extract> {
    let (one, two) = (own.found.as_ref().ok()?, other.found.as_ref().ok()?);
    if one.report.headers != two.report.headers {
        return None;
    }
    if systems::in_common(one, two) == 0 {
        return Some(Extract::Part);
    }
    let (own, other) = (day_of(own, one, today).certain()?, day_of(other, two, today).certain()?);
    let same_people = systems::in_common(one, two) >= systems::EXTRACTS;
    match own.cmp(&other) {
        _ if !same_people => None,
        Ordering::Less => Some(Extract::Older),
        Ordering::Greater => Some(Extract::Newer),
        Ordering::Equal => None,
    }
}
