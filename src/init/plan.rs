//! What becomes of every file of a folder.

use super::day::{self, Day};
use super::files::Looked;
use super::listed::{Listed, row_of};
use super::naming::Named;
use super::payroll::{exports_among, people};
use super::systems::{self, Group};
use crate::error::Error;
use crate::ingest::{self, FileTerms, OfStaff, Survey, engaged_by, of_whom};
use crate::model::{Field, InventoryRow, Message, Role, SystemId, fold, message};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The configuration to be.
#[derive(Debug, Default)]
pub struct Plan {
    /// The list of systems.
    pub inventory: Option<Inventory>,
    /// Payroll's files.
    pub payroll: Vec<People>,
    /// Files that may be the payroll of other employers: hardly anybody there is in payroll.
    pub employers: Vec<Employer>,
    /// How many other files look like payroll.
    pub rivals: usize,
    /// Registers of people outside payroll.
    pub registers: Vec<Register>,
    /// The register of service accounts.
    pub service_accounts: Option<String>,
    /// The systems, by their first file.
    pub systems: Vec<SystemPlan>,
    /// Files that are not used, and why.
    pub left: Vec<(String, Message)>,
}

/// The list of systems.
#[derive(Debug)]
pub struct Inventory {
    /// Its path.
    pub shown: String,
    /// Its rows.
    pub rows: Vec<InventoryRow>,
    /// Whether it is written by this command, so that it holds what the configuration need not say.
    pub is_new: bool,
}

/// A file of people.
#[derive(Debug)]
pub struct People {
    /// What is known of the file.
    pub file: FilePlan,
    /// Persons, or rows where they could not be told.
    pub records: u64,
    /// Whether a column marks the protected.
    pub marks_protected: bool,
    /// Whether rows tell of employments that have ended.
    pub tells_ends: bool,
}

/// A file that may be another employer's payroll.
#[derive(Debug)]
pub struct Employer {
    /// Its file.
    pub people: People,
    /// What the employer may be called.
    pub name: String,
    /// How many of its people are in no register that is in force.
    pub nowhere: usize,
}

/// A register beside payroll.
#[derive(Debug)]
pub struct Register {
    /// Its id.
    pub id: String,
    /// Its kind, and whether something says so.
    pub kind: (&'static str, bool),
    /// Its file.
    pub people: People,
}

/// A file and what is to be said of it.
#[derive(Clone, Debug)]
pub struct FilePlan {
    /// Its path.
    pub shown: String,
    /// The day it was taken out.
    pub day: Day,
    /// Rows of data.
    pub rows: u64,
    /// What must be known of how it is read.
    pub remarks: Vec<Message>,
    /// Words of states that are not understood.
    pub states: Vec<(String, u64)>,
    /// Whether no word of states is understood.
    pub knows_no_state: bool,
    /// Which sheet is of staff, where others are of those whom the organisation serves.
    pub of_staff: Option<OfStaff>,
    /// Words for those, each with its column and rows.
    pub served: Vec<(String, String, u64)>,
    /// Why it cannot be read, with the way out.
    pub broken: Option<Error>,
}

/// One system.
#[derive(Debug)]
pub struct SystemPlan {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub named: Named,
    /// Its row in the list of systems.
    pub listed: Option<InventoryRow>,
    /// Rows of the list of which any may be its own.
    pub perhaps_listed: Vec<InventoryRow>,
    /// Its files.
    pub files: Vec<FilePlan>,
    /// What joins their rows.
    pub join: Option<Field>,
    /// Whether other systems name their accounts by ids of which this one tells whose they are.
    pub is_bridge: bool,
    /// Patterns of high rights that roles in its files fit, where roles are told and nothing of which are high; none of
    /// them where no role's name says so.
    pub high_rights: Option<BTreeSet<&'static str>>,
    /// Older extracts that are left.
    pub older: Vec<String>,
    /// Files that may belong to it.
    pub perhaps: Vec<String>,
}

impl Plan {
    /// What becomes of the files.
    pub fn of(looked: Vec<Looked>, folder: &Path, today: NaiveDate) -> Self {
        let mut plan = Self::default();
        let looked = plan.leave_copies(looked);
        let all = |role: Role| looked.iter().filter(move |own| role_of(own) == Some(role)).collect::<Vec<_>>();
        let mut lists = all(Role::Inventory);
        lists.sort_by_key(|own| std::cmp::Reverse(own.found.as_ref().map_or(0, |survey| survey.report.columns.len())));
        plan.take_inventory(&lists, folder, today);
        let registers = all(Role::Register);
        let mut of_people = all(Role::Payroll);
        let exports = exports_among(&of_people, &plan, folder, today);
        of_people.retain(|own| exports.iter().all(|export| export.shown != own.shown));
        plan.take_payroll(&of_people, today);
        for own in &registers {
            plan.take_register(own, today);
        }
        plan.count_nowhere(&looked);
        for own in all(Role::ServiceAccounts) {
            match plan.service_accounts {
                None => plan.service_accounts = Some(own.shown.clone()),
                Some(_) => plan.leave(&own.shown, second(Role::ServiceAccounts)),
            }
        }
        let accounts: Vec<&Looked> = all(Role::Accounts).into_iter().chain(&exports).collect();
        plan.take_systems(&accounts, &known_names(&looked), today);
        for own in &looked {
            if let Err(unread) = &own.found
                && unread.role.is_none()
            {
                plan.leave(&own.shown, unread.error.says_and_way_out());
            }
        }
        plan
    }

    /// Whether nothing was found at all.
    pub fn is_empty(&self) -> bool {
        self.payroll.is_empty() && self.systems.is_empty() && self.registers.is_empty() && self.inventory.is_none()
    }

    /// Whether a run can be made.
    pub fn is_ready(&self) -> bool {
        let reads = |file: &FilePlan| file.broken.is_none();
        let payroll = !self.payroll.is_empty() && self.payroll.iter().all(|own| reads(&own.file));
        payroll && self.systems.iter().any(|system| system.files.iter().all(reads))
    }

    /// Takes a list of the systems that were found, to be written under that name.
    pub fn list_systems(&mut self, shown: &str) {
        let rows = super::list::rows(&self.systems);
        for (system, row) in self.systems.iter_mut().zip(&rows) {
            system.listed = Some(row.clone());
        }
        self.inventory = Some(Inventory { shown: shown.to_owned(), rows, is_new: true });
    }

    pub fn leave(&mut self, shown: &str, why: Message) {
        self.left.push((shown.to_owned(), why));
    }

    /// Of files with the same bytes the one of the shortest name is kept: copies get something added.
    fn leave_copies(&mut self, mut looked: Vec<Looked>) -> Vec<Looked> {
        looked.sort_by(|a, b| (a.shown.len(), &a.shown).cmp(&(b.shown.len(), &b.shown)));
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        let mut kept = Vec::new();
        for own in looked {
            let hash = own.found.as_ref().ok().map(|survey| survey.report.sha256.clone());
            match hash.as_ref().and_then(|hash| seen.get(hash)) {
                Some(first) => {
                    let why = message!("samma innehåll som {first}", "the same content as {first}");
                    self.leave(&own.shown, why);
                }
                None => {
                    seen.extend(hash.map(|hash| (hash, own.shown.clone())));
                    kept.push(own);
                }
            }
        }
        kept.sort_by(|a, b| a.shown.cmp(&b.shown));
        kept
    }

    fn take_inventory(&mut self, files: &[&Looked], folder: &Path, today: NaiveDate) {
        for own in files {
            if self.inventory.is_some() {
                self.leave(&own.shown, second(Role::Inventory));
                continue;
            }
            match ingest::inventory::read(&super::files::input(own, folder), FileTerms::without(today)) {
                Ok((rows, _)) => {
                    self.inventory = Some(Inventory { shown: own.shown.clone(), rows, is_new: false });
                }
                Err(error) => self.leave(&own.shown, error.says_and_way_out()),
            }
        }
    }

    /// Only consultants have somebody who answers for each of them.
    fn take_register(&mut self, own: &Looked, today: NaiveDate) {
        let by_sponsor =
            || own.found.as_ref().is_ok_and(|survey| survey.report.has(Field::Sponsor)).then_some("external");
        let by_headers = || own.found.as_ref().ok().and_then(|survey| engaged_by(&survey.report.headers));
        let kind = of_whom(&own.shown).or_else(by_headers).or_else(by_sponsor);
        let kind = kind.map_or(("other", false), |kind| (kind, true));
        let name = super::naming::name(&own.shown, &[]).name;
        let id = SystemId::from_name(&name).map_or_else(|| "register".to_owned(), |id| id.to_string());
        let taken: BTreeSet<String> = self.registers.iter().map(|register| register.id.clone()).collect();
        self.registers.push(Register { id: free(&id, &taken), kind, people: people(own, today) });
    }

    fn take_systems(&mut self, files: &[&Looked], known: &BTreeSet<u64>, today: NaiveDate) {
        let surveys: Vec<&Survey> = files.iter().filter_map(|own| own.found.as_ref().ok()).collect();
        let mut exported = Vec::new();
        for own in files {
            let Ok(survey) = &own.found else { continue };
            let mut own_export = systems::exported(own, survey, day_of(own, survey, today));
            own_export.is_bridge = systems::is_bridge(survey, &surveys);
            let people =
                || systems::lists_people(survey).filter(|_| !own_export.is_bridge && !self.is_listed(&own_export));
            match systems::names_no_accounts(survey).or_else(|| systems::lists_codes(survey, known)).or_else(people) {
                Some(why) => self.leave(&own.shown, why),
                None => exported.push(own_export),
            }
        }
        let (mut groups, left) = systems::group(exported);
        for shown in left {
            self.leave(
                shown,
                message!(
                    "listan namnger inga konton och passar inget annat system",
                    "the list names no accounts and fits no other system"
                ),
            );
        }
        // Of two systems of one product the larger is the one that the list of systems means.
        let accounts = |own: &systems::Exported<'_>| own.survey.keys.values().map(BTreeSet::len).max();
        groups.sort_by_key(|group| std::cmp::Reverse(group.files.iter().filter_map(accounts).max()));
        for group in groups {
            self.add_system(&group);
        }
        for own in files {
            if let Err(unread) = &own.found {
                let named = super::naming::name(&own.shown, &[]);
                let file = FilePlan { broken: Some(unread.error.clone()), ..FilePlan::unknown(&own.shown) };
                self.add(SystemPlan::new(named, vec![file]));
            }
        }
        self.systems.sort_by(|a, b| a.files[0].shown.cmp(&b.files[0].shown));
    }

    /// Whether the list of systems names the file or its system.
    fn is_listed(&self, own: &systems::Exported<'_>) -> bool {
        let rows = self.inventory.as_ref().map_or(&[][..], |list| &list.rows);
        let file = FilePlan::of(own.shown, own.survey, own.day);
        !matches!(row_of(&SystemPlan::new(own.named.clone(), vec![file]), rows), Listed::Nowhere)
    }

    fn add_system(&mut self, group: &Group<'_>) {
        let files = group.files.iter().map(|own| FilePlan::of(own.shown, own.survey, own.day));
        self.add(SystemPlan {
            high_rights: high_rights(group),
            is_bridge: group.files.iter().any(|own| own.is_bridge),
            // Without it rows are joined by the account's name.
            join: group.join.filter(|field| *field != Field::Account),
            older: group.older.iter().map(|shown| (*shown).to_owned()).collect(),
            perhaps: group.perhaps.iter().map(|shown| (*shown).to_owned()).collect(),
            ..SystemPlan::new(group.files[0].named.clone(), files.collect())
        });
    }

    /// Adds a system under an id that no other has: that of its row in the list of systems, or one made of its name.
    fn add(&mut self, mut system: SystemPlan) {
        let taken: BTreeSet<String> = self.systems.iter().map(|own| own.id.clone()).collect();
        let rows = self.inventory.as_ref().map_or(&[][..], |list| &list.rows);
        match row_of(&system, rows) {
            Listed::Row(row) => system.listed = Some(row).filter(|row| !taken.contains(&row.id)).cloned(),
            Listed::Several(one, other) => system.perhaps_listed = vec![one.clone(), other.clone()],
            Listed::Nowhere => {}
        }
        let is_called = |own: &SystemPlan| fold(own.called()) == fold(&system.named.name);
        if system.listed.is_none() && (taken.contains(&system.id) || self.systems.iter().any(is_called)) {
            // Two of one product are told apart by what else their files are called.
            let more = super::naming::beside_product(&system.files[0].shown);
            system.named.name = format!("{} {more}", system.named.name).trim().to_owned();
            system.id = SystemId::from_name(&system.named.name).map_or_else(|| system.id.clone(), |id| id.to_string());
        }
        system.id = match &system.listed {
            Some(row) => row.id.clone(),
            None => free(&system.id, &taken),
        };
        self.systems.push(system);
    }
}

impl SystemPlan {
    /// Its name: that of its row in the list of systems, or else that of its files.
    pub fn called(&self) -> &str {
        self.listed.as_ref().map_or(&self.named.name, |row| &row.name)
    }

    fn new(named: Named, files: Vec<FilePlan>) -> Self {
        let own = named.product.map(|product| product.id.to_owned());
        let made = || SystemId::from_name(&named.name).map_or_else(|| "system".to_owned(), |id| id.to_string());
        let id = own.unwrap_or_else(made);
        Self {
            id,
            named,
            listed: None,
            perhaps_listed: Vec::new(),
            files,
            join: None,
            is_bridge: false,
            high_rights: None,
            older: Vec::new(),
            perhaps: Vec::new(),
        }
    }
}

impl FilePlan {
    /// A file that was read.
    pub fn of(shown: &str, survey: &Survey, day: Day) -> Self {
        let of = |field: Field| survey.report.columns.iter().filter(move |column| column.field == field);
        let header = |field: Field| of(field).find_map(|column| column.headers.first().cloned());
        let served = survey.served.iter();
        let understood =
            of(Field::Status).map(|column| column.filled - column.not_understood.iter().map(|(_, n)| n).sum::<u64>());
        Self {
            shown: shown.to_owned(),
            day,
            rows: survey.report.rows.data(),
            remarks: survey.report.remarks(),
            states: of(Field::Status).flat_map(|column| column.not_understood.clone()).collect(),
            knows_no_state: understood.sum::<u64>() == 0,
            of_staff: survey.of_staff.clone(),
            served: served.filter_map(|((field, word), rows)| Some((header(*field)?, word.clone(), *rows))).collect(),
            broken: None,
        }
    }

    /// A file of which nothing is known but its name.
    pub fn unknown(shown: &str) -> Self {
        Self {
            shown: shown.to_owned(),
            day: Day::Unknown,
            rows: 0,
            remarks: Vec::new(),
            states: Vec::new(),
            knows_no_state: false,
            of_staff: None,
            served: Vec::new(),
            broken: None,
        }
    }
}

fn high_rights(group: &Group<'_>) -> Option<BTreeSet<&'static str>> {
    let has = |field: Field| group.files.iter().any(|own| own.survey.report.has(field));
    let tells_roles = (has(Field::Role) || has(Field::Groups)) && !has(Field::Privileged);
    tells_roles.then(|| group.files.iter().flat_map(|own| own.survey.high_rights.clone()).collect())
}

/// The names of everybody in the files of people.
fn known_names(looked: &[Looked]) -> BTreeSet<u64> {
    let of_people = looked.iter().filter_map(|own| own.found.as_ref().ok()).filter(|survey| survey.role.is_of_people());
    of_people.flat_map(|survey| survey.names.iter().copied()).collect()
}

fn role_of(own: &Looked) -> Option<Role> {
    match &own.found {
        Ok(survey) => Some(survey.role),
        Err(unread) => unread.role,
    }
}

/// The day on which a file was taken out.
pub fn day_of(own: &Looked, survey: &Survey, today: NaiveDate) -> Day {
    let name = own.shown.rsplit('/').next().unwrap_or(&own.shown);
    day::of(name, &survey.titles, survey.report.modified.as_deref(), today)
}

fn second(role: Role) -> Message {
    let text = role.text();
    let (sv, en) = (text.sv, text.en);
    message!("ser ut som ännu en {sv}; en används", "looks like another {en}; one is used")
}

fn free(id: &str, taken: &BTreeSet<String>) -> String {
    let names = (1u32..).map(|number| if number == 1 { id.to_owned() } else { format!("{id}-{number}") });
    names.filter(|name| !taken.contains(name)).take(1).collect()
}
