//! `[[system]]`: a system to review, told by one file or several, and what is right there.

use super::allow;
use super::input::{self, InputFile};
use super::patterns::{Patterns, pattern_help};
use super::payroll::EmploymentTerms;
use super::suggest::{nearest, refuse_unknown};
use super::table::Table;
use super::words::Words;
use crate::model::{AccountClass, Field, Message, Role, System, SystemId, message};
use chrono::NaiveDate;
use std::path::Path;

/// What the words of a status column mean here.
#[derive(Clone, Debug, Default)]
pub struct StatusWords {
    /// Words for active.
    pub active: Words,
    /// Words for closed.
    pub closed: Words,
    /// An end date in the past means closed.
    pub valid_to_closes: bool,
}

/// `[[system.exclude]]`: a population left out, counted and shown.
#[derive(Clone, Debug)]
pub struct Exclusion {
    /// Header of the column.
    pub column: String,
    /// What its value must fit.
    pub pattern: Patterns,
    /// Why.
    pub reason: String,
    /// By whom.
    pub decided_by: String,
}

/// Who gets a system's list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// The owner, whole.
    #[default]
    Owner,
    /// Each department its own accounts, and the administrator the rest.
    Department,
}

/// `[[system]]`.
#[derive(Clone, Debug)]
pub struct SystemConfig {
    /// What is known of the system.
    pub system: System,
    /// Whether it is stated that all departments belong, whatever the list of systems says: `departments = []`.
    pub is_for_all: bool,
    /// The files that tell it together, one at least; without a name where none was delivered.
    pub inputs: Vec<InputFile>,
    /// What the rows of several files are joined by; the account name where it is not said.
    pub join: Option<Field>,
    /// Its status words.
    pub status: StatusWords,
    /// Class patterns on the account name, in the order of [`AccountClass::ALL`].
    pub classes: Vec<(AccountClass, Patterns)>,
    /// Populations left out.
    pub exclusions: Vec<Exclusion>,
    /// Roles that are high rights.
    pub privileged_roles: Patterns,
    /// Kinds and not-employed forms that may have an account here.
    pub allow: Vec<String>,
    /// A directory: matched first, its account names serve the other systems as keys.
    pub directory: bool,
    /// The system that signing in goes through: its state is shown beside.
    pub login: Option<SystemId>,
    /// Whether its list goes to the owner whole or is cut.
    pub split: Split,
    /// Whether a person has one everyday account here, as a rule.
    pub one_account_per_person: bool,
}

impl SystemConfig {
    /// A system of which nothing is known but its export.
    pub fn bare(input: InputFile) -> Self {
        Self {
            system: System {
                id: SystemId::placeholder(),
                name: String::new(),
                owner: None,
                administrator: None,
                committee: None,
                sensitive: false,
                classification: None,
                confirmed: None,
                risk_analysis: None,
                companies: Vec::new(),
                departments: Vec::new(),
                departments_listed: false,
                left_out: None,
                half_decided: None,
                listed: false,
                unread: Vec::new(),
            },
            is_for_all: false,
            inputs: vec![input],
            join: None,
            status: StatusWords::default(),
            classes: Vec::new(),
            exclusions: Vec::new(),
            privileged_roles: Patterns::default(),
            allow: Vec::new(),
            directory: false,
            login: None,
            split: Split::Owner,
            one_account_per_person: true,
        }
    }
}

impl SystemConfig {
    /// Stated day of the extract: the earliest of the files'.
    pub fn exported(&self) -> Option<NaiveDate> {
        self.inputs.iter().filter_map(|input| input.exported).min()
    }

    /// Whether a file is named.
    pub fn is_delivered(&self) -> bool {
        self.inputs.iter().any(|input| !input.shown.is_empty())
    }

    /// Its files as the user named them.
    pub fn shown(&self) -> String {
        let names: Vec<&str> = self.inputs.iter().map(|input| input.shown.as_str()).collect();
        names.join(", ")
    }
}

/// Reads every `[[system]]`.
pub fn read_all(root: &Table<'_>, base: &Path, forms: &EmploymentTerms, inventory: bool) -> Vec<SystemConfig> {
    let tables = root.tables("system");
    if tables.is_empty() && !inventory {
        root.problem(message!(
            "inget system att granska; lägg till minst en [[system]] med id och file",
            "no system to review; add at least one [[system]] with id and file"
        ));
    }
    let mut systems: Vec<SystemConfig> = Vec::new();
    let mut logins = Vec::new();
    for table in tables {
        let login = table.system_id("login");
        let Some(system) = read(&table, base, forms) else {
            table.finish();
            continue;
        };
        let system = SystemConfig { login: login.as_ref().map(|(id, _)| id.clone()), ..system };
        logins.extend(login);
        if systems.iter().any(|other| same_folder_name(&other.system.id, &system.system.id)) {
            let id = &system.system.id;
            table.problem(message!("två system har id \"{id}\"", "two systems have the id \"{id}\""));
        }
        systems.push(system);
        table.finish();
    }
    // With a list of systems their ids are known only once it is read; they are checked then.
    for login in logins.iter().filter(|_| !inventory) {
        refuse_unknown(&systems, login, root);
    }
    systems
}

/// On Windows, `AD` and `ad` are one file.
fn same_folder_name(a: &SystemId, b: &SystemId) -> bool {
    a.as_str().eq_ignore_ascii_case(b.as_str())
}

fn read(table: &Table<'_>, base: &Path, forms: &EmploymentTerms) -> Option<SystemConfig> {
    let split = table.choice("split_by", &[("department", Split::Department)]).unwrap_or_default();
    let system = read_system(table);
    let status = read_status(table.table("status"));
    let classes = table.table("classes").map(read_classes).unwrap_or_default();
    let exclusions = table.tables("exclude").into_iter().filter_map(read_exclusion).collect();
    let privileged_roles = patterns(table, "privileged_roles");
    let allow = allow::read(table, forms);
    let directory = table.flag("directory").unwrap_or(false);
    let one_account_per_person = table.flag("one_account_per_person").unwrap_or(true);
    let inputs = read_inputs(table, base);
    let join = read_join(table, inputs.len());
    Some(SystemConfig {
        is_for_all: table.has("departments") && system.as_ref().is_some_and(|system| system.departments.is_empty()),
        system: system?,
        inputs,
        join,
        status,
        classes,
        exclusions,
        privileged_roles,
        allow,
        directory,
        login: None,
        split,
        one_account_per_person,
    })
}

/// Its files. Without one it is a system that was not delivered: a finding, and the others go on.
fn read_inputs(table: &Table<'_>, base: &Path) -> Vec<InputFile> {
    let files = input::read_several(table, base, Role::Accounts);
    // What is stated of a file that the list of systems names is stated here all the same.
    if files.is_empty() { vec![input::read_stated(table, Role::Accounts)] } else { files }
}

/// What is given once, to one account: only by such a field can the rows of two files be one account's.
const JOINS: [Field; 9] = [
    Field::Account,
    Field::Upn,
    Field::Guid,
    Field::Dn,
    Field::UserName,
    Field::Email,
    Field::EmployeeNumber,
    Field::PersonalNumber,
    Field::HsaId,
];

fn read_join(table: &Table<'_>, files: usize) -> Option<Field> {
    let (name, offset) = table.placed_text("join")?;
    if files < 2 {
        let says = message!(
            "join behövs bara när flera filer berättar om samma system, files = [\"a.csv\", \"b.csv\"]",
            "join is only for several files that tell of one system, files = [\"a.csv\", \"b.csv\"]"
        );
        table.problem_at(offset, says, None);
    }
    let field = Field::named(&name).filter(|field| JOINS.contains(field));
    if field.is_none() {
        let possible = JOINS.map(Field::key).join(", ");
        let names = JOINS.iter().flat_map(|field| [field.key(), field.swedish()]);
        let near = nearest(&name.to_lowercase(), names);
        let meant = |near: &str| message!("Menade du \"{near}\"? ", "Did you mean \"{near}\"? ");
        let (sv, en) = near.map_or_else(|| Message::same(""), meant).both();
        let says = message!("join kan inte vara \"{name}\"", "join cannot be \"{name}\"");
        let way_out = message!(
            "{sv}Filerna förenas genom ett fält som bara ett konto har: {possible}",
            "{en}The files are joined by a field that only one account has: {possible}"
        );
        table.problem_at(offset, says, Some(way_out));
    }
    field
}

fn read_system(table: &Table<'_>) -> Option<System> {
    let id = read_id(table);
    let name = table.text("name");
    let system = System {
        name: name.or_else(|| id.as_ref().map(ToString::to_string)).unwrap_or_default(),
        id: id.clone().unwrap_or_else(SystemId::placeholder),
        owner: table.text("owner"),
        administrator: table.text("administrator"),
        committee: table.text("committee"),
        sensitive: table.flag("sensitive").unwrap_or(false),
        classification: table.table("classification").map(read_classification),
        confirmed: None,
        risk_analysis: table.date("risk_analysis"),
        companies: table.texts("companies"),
        departments: table.texts("departments"),
        departments_listed: false,
        left_out: None,
        half_decided: None,
        listed: false,
        unread: Vec::new(),
    };
    id.map(|_| system)
}

fn read_id(table: &Table<'_>) -> Option<SystemId> {
    if !table.has("id") {
        table.problem(message!(
            "[[system]] saknar id, ett kort namn som \"treserva\"",
            "[[system]] has no id, a short name such as \"treserva\""
        ));
        return None;
    }
    table.system_id("id").map(|(id, _)| id)
}

/// Confidentiality, integrity and availability as "K3 R2 T2".
fn read_classification(table: Table<'_>) -> String {
    let parts: Vec<String> = [("confidentiality", "K"), ("integrity", "R"), ("availability", "T")]
        .into_iter()
        .filter_map(|(key, letter)| Some(format!("{letter}{}", table.integer(key, 0..=9)?)))
        .collect();
    table.finish();
    parts.join(" ")
}

fn read_status(table: Option<Table<'_>>) -> StatusWords {
    let Some(table) = table else { return StatusWords::default() };
    let words = StatusWords {
        active: Words::new(table.texts("active")),
        closed: Words::new(table.texts("closed")),
        valid_to_closes: table.flag("valid_to_closes").unwrap_or(false),
    };
    let closes = |word: &&String| words.closed.written.iter().any(|own| own.to_lowercase() == word.to_lowercase());
    if let Some(both) = words.active.written.iter().find(closes) {
        table.problem(message!(
            "\"{both}\" står som både active och closed",
            "\"{both}\" stands as both active and closed"
        ));
    }
    table.finish();
    words
}

fn read_classes(table: Table<'_>) -> Vec<(AccountClass, Patterns)> {
    let keys = ["personal", "admin", "service", "shared", "test", "external"];
    let classes = AccountClass::ALL
        .into_iter()
        .zip(keys)
        .map(|(class, key)| (class, patterns(&table, key)))
        .filter(|(_, patterns)| !patterns.written.is_empty())
        .collect();
    table.finish();
    classes
}

fn patterns(table: &Table<'_>, key: &'static str) -> Patterns {
    let placed = table.placed_texts(key);
    let offsets: Vec<usize> = placed.iter().map(|(_, offset)| *offset).collect();
    Patterns::new(placed.into_iter().map(|(text, _)| text).collect()).unwrap_or_else(|wrong| {
        let offset = offsets.get(wrong).copied().unwrap_or_default();
        let says = message!("mönstret i {key} kan inte tolkas", "the pattern in {key} cannot be read");
        table.problem_at(offset, says, Some(pattern_help()));
        Patterns::default()
    })
}

fn read_exclusion(table: Table<'_>) -> Option<Exclusion> {
    let (column, reason) = (table.text("column"), table.text("reason"));
    let decided_by = table.text("decided_by");
    let pattern = table.placed_text("match");
    if column.is_none() || reason.is_none() || decided_by.is_none() || pattern.is_none() {
        table.problem(message!(
            "[[system.exclude]] behöver column, match, reason och decided_by: det som lämnas utanför \
             granskningen ska vara beslutat",
            "[[system.exclude]] needs column, match, reason and decided_by: what is left out of the \
             review must have been decided"
        ));
    }
    let pattern = pattern.and_then(|(pattern, offset)| {
        let read = Patterns::new(vec![pattern]).ok();
        if read.is_none() {
            table.problem_at(
                offset,
                message!("mönstret kan inte tolkas", "the pattern cannot be read"),
                Some(pattern_help()),
            );
        }
        read
    });
    table.finish();
    Some(Exclusion { column: column?, pattern: pattern?, reason: reason?, decided_by: decided_by? })
}
