//! Which account exports are one system: parts of one list, an older extract of the same, or lists of other things about
//! the same accounts.

use super::day::Day;
use super::files::Looked;
use super::naming::{self, Named};
use super::product::{Product, ProductKind};
use crate::ingest::{KEYS, Survey, says_little};
use crate::model::{Field, Message, message};
use std::collections::BTreeSet;

/// An account export that was read.
#[derive(Debug)]
pub struct Exported<'f> {
    /// Its path.
    pub shown: &'f str,
    /// What it holds.
    pub survey: &'f Survey,
    /// The day it was taken out.
    pub day: Day,
    /// What its system is called.
    pub named: Named,
    /// Whether it tells whose the ids are that other exports name their accounts by.
    pub is_bridge: bool,
}

/// One system's files.
#[derive(Debug)]
pub struct Group<'f> {
    /// The files that tell it together, the one that holds most columns first.
    pub files: Vec<Exported<'f>>,
    /// What their rows are joined by, where a list of other things was added.
    pub join: Option<Field>,
    /// Older extracts of the same list.
    pub older: Vec<&'f str>,
    /// Files with the same columns and some of the same accounts: older extracts, or another system's.
    pub perhaps: Vec<&'f str>,
}

/// Hundredths of the accounts that two parts of one list have in common at most, and two extracts of it at least.
const PARTS: usize = 5;
pub const EXTRACTS: usize = 50;
/// Hundredths of the people that two employers' lists have in common at most.
pub const EMPLOYERS: usize = 20;
/// Hundredths of a list's accounts that must be known in the system whose list it is.
const KNOWN: usize = 80;

impl<'f> Group<'f> {
    fn of(file: Exported<'f>) -> Self {
        Self { files: vec![file], join: None, older: Vec::new(), perhaps: Vec::new() }
    }
}

/// Groups exports to systems. Returns also files that name no accounts and fit no system.
pub fn group<'f>(files: Vec<Exported<'f>>) -> (Vec<Group<'f>>, Vec<&'f str>) {
    let (naming, adding): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.survey.names_accounts());
    let mut groups: Vec<Group<'f>> = Vec::new();
    for file in naming {
        take(&mut groups, file);
    }
    join_lists(&mut groups);
    let mut left = Vec::new();
    for file in adding {
        let homes: Vec<usize> = (0..groups.len()).filter(|at| adds_to(&groups[*at], &file)).collect();
        match homes.as_slice() {
            [at] => add(&mut groups[*at], file),
            _ if can_stand_alone(&file) => groups.push(Group::of(file)),
            _ => left.push(file.shown),
        }
    }
    (groups, left)
}

/// Whether a list without names of accounts is a system where it adds to no other: its accounts are known by their holders'
/// HSA-id, and it is a directory of them or tells how they are used.
fn can_stand_alone(file: &Exported<'_>) -> bool {
    let is_directory = Product::of_headers(&file.survey.report.headers).is_some_and(Product::is_used_by_all);
    let is_directory = is_directory || file.is_bridge;
    file.survey.keys.contains_key(&Field::HsaId) && (is_directory || file.survey.tells_of_use())
}

/// Whether a list without names of accounts adds to a system: by what is given once to an account, or, where it is of the
/// same product or name, by what tells its holder. What one person has in two systems is closed in each by itself.
fn adds_to(group: &Group<'_>, file: &Exported<'_>) -> bool {
    let by = joins(group, file);
    by.is_some_and(|field| OF_ACCOUNTS.contains(&field) || field == Field::UserName || is_same_system(group, file))
}

/// Puts a file with others of the same columns and name, or by itself.
fn take<'f>(groups: &mut Vec<Group<'f>>, file: Exported<'f>) {
    let alike = |group: &&mut Group<'_>| {
        let own = &group.files[0];
        own.survey.report.headers == file.survey.report.headers
            && !are_two_directories(own.survey, file.survey)
            && (is_one_list(own, &file) || is_one_directory(own, &file))
    };
    let Some(group) = groups.iter_mut().find(alike) else {
        groups.push(Group::of(file));
        return;
    };
    let common = group.files.iter().map(|own| in_common(own.survey, file.survey)).max().unwrap_or(0);
    let days = (group.files[0].day.certain(), file.day.certain());
    match days {
        _ if common <= PARTS => group.files.push(file),
        (Some(own), Some(other)) if common >= EXTRACTS && own != other && group.files.len() == 1 => {
            let older = if other > own { std::mem::replace(&mut group.files[0], file) } else { file };
            group.older.push(older.shown);
        }
        _ => {
            group.perhaps.push(file.shown);
            groups.push(Group::of(file));
        }
    }
}

/// Whether two files are called alike but for days and numbers.
fn is_one_list(a: &Exported<'_>, b: &Exported<'_>) -> bool {
    naming::family(a.shown) == naming::family(b.shown)
}

/// Whether two files are of one directory in one folder, and of different people there: its units are taken out one by
/// one.
fn is_one_directory(a: &Exported<'_>, b: &Exported<'_>) -> bool {
    let is_directory =
        |own: &Exported<'_>| own.named.product.is_some_and(|product| product.kind == ProductKind::Directory);
    let folder = |own: &Exported<'_>| own.shown.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    is_directory(a) && is_directory(b) && folder(a) == folder(b) && in_common(a.survey, b.survey) <= PARTS
}

/// Whether the names of two lists end with different domains: the same person has an account in each.
fn are_two_directories(a: &Survey, b: &Survey) -> bool {
    !a.domains.is_empty() && !b.domains.is_empty() && a.domains.is_disjoint(&b.domains)
}

/// Hundredths of the smaller list's people who stand in the other too, by what tells them best.
pub fn people_in_common(a: &Survey, b: &Survey) -> usize {
    let numbers = |own: &Survey| own.keys.get(&Field::PersonalNumber).cloned().unwrap_or_default();
    let share = |a: &BTreeSet<u64>, b: &BTreeSet<u64>| a.intersection(b).count() * 100 / a.len().min(b.len()).max(1);
    share(&numbers(a), &numbers(b)).max(share(&a.names, &b.names))
}

/// Hundredths of the smaller list's accounts that stand in the other too.
pub fn in_common(a: &Survey, b: &Survey) -> usize {
    let field = KEYS.into_iter().find(|field| a.keys.contains_key(field) && b.keys.contains_key(field));
    let Some((a, b)) = field.and_then(|field| Some((a.keys.get(&field)?, b.keys.get(&field)?))) else { return 0 };
    a.intersection(b).count() * 100 / a.len().min(b.len()).max(1)
}

/// Joins lists of one product, or of one name, that tell of the same accounts; the one with most columns is first.
fn join_lists(groups: &mut Vec<Group<'_>>) {
    let mut apart = std::mem::take(groups);
    apart.sort_by_key(|group| std::cmp::Reverse(group.files[0].survey.report.columns.len()));
    for mut own in apart {
        let is_one = own.files.len() == 1 && own.older.is_empty() && own.perhaps.is_empty();
        let home =
            |group: &Group<'_>| is_one && is_same_system(group, &own.files[0]) && joins(group, &own.files[0]).is_some();
        let homes: Vec<usize> = (0..groups.len()).filter(|at| home(&groups[*at])).collect();
        // What fits two directories says of neither that it is its own.
        match homes.as_slice() {
            [at] => own.files.drain(..).for_each(|file| add(&mut groups[*at], file)),
            _ => groups.push(own),
        }
    }
    groups.sort_by(|a, b| a.files[0].shown.cmp(b.files[0].shown));
}

/// Whether a file is of the same product, or of the same name, as a system.
fn is_same_system(group: &Group<'_>, file: &Exported<'_>) -> bool {
    let (own, other) = (&group.files[0].named, &file.named);
    !own.is_placeholder && own.name == other.name && own.product.map(|p| p.id) == other.product.map(|p| p.id)
}

/// What joins a file's rows to a system's accounts, where nearly all of them are known there. A system whose files are
/// joined already has one such field.
fn joins(group: &Group<'_>, file: &Exported<'_>) -> Option<Field> {
    if group.files.iter().any(|own| are_two_directories(own.survey, file.survey)) {
        return None;
    }
    let knows = |field: &Field, value: &u64| {
        group.files.iter().any(|own| own.survey.keys.get(field).is_some_and(|values| values.contains(value)))
    };
    let fits = |field: &Field| {
        let Some(other) = file.survey.keys.get(field).filter(|values| !values.is_empty()) else { return false };
        other.iter().filter(|value| knows(field, value)).count() * 100 >= other.len() * KNOWN
    };
    let can_join = |field: &Field| {
        let names_its_own = file.survey.keys.contains_key(&Field::Account);
        group.join.is_none_or(|join| join == *field) && (OF_ACCOUNTS.contains(field) || !names_its_own)
    };
    KEYS.into_iter().filter(can_join).find(fits)
}

/// What is given once to an account. A list that names accounts of its own is joined by nothing else: what one person has
/// in two domains would become one account.
const OF_ACCOUNTS: [Field; 4] = [Field::Account, Field::Upn, Field::Guid, Field::Dn];

/// Why a file is no list of accounts after all, although it has the columns: what would be the account's name is shared by
/// so many people that it names something else, as the accounts of a ledger in a list of wages.
pub fn names_no_accounts(survey: &Survey) -> Option<Message> {
    let count = |field: Field| survey.keys.get(&field).map_or(0, BTreeSet::len);
    let accounts = count(Field::Account);
    let people = count(Field::PersonalNumber).max(count(Field::EmployeeNumber));
    if accounts == 0 || people <= PEOPLE_PER_ACCOUNT * accounts {
        return None;
    }
    let column = survey.report.columns.iter().find(|column| column.field == Field::Account)?;
    let header = column.headers.first()?;
    Some(message!(
        "{people} personer delar på {accounts} värden i \"{header}\", som därför inte kan vara kontonamn. Är det ett \
         system: lägg till det med rätt kolumn",
        "{people} people share {accounts} values in \"{header}\", which can therefore not be account names. If it is a \
         system: add it with the right column"
    ))
}

/// Why a file that tells of people may not be a list of accounts: nothing in it is of an account, as in a list of phone
/// numbers or of those who took a course. An address alone makes nobody a user of anything.
pub fn lists_people(survey: &Survey) -> Option<Message> {
    let is_of_account = |field: Field| field.is_of_accounts() || field == Field::Status || OF_ACCOUNTS.contains(&field);
    // What only one product writes is an export of it: whoever stands in a directory has what it gives.
    let is_directory = || Product::of_headers(&survey.report.headers).is_some_and(Product::is_used_by_all);
    let any = survey.report.columns.iter().any(|column| is_of_account(column.field)) || is_directory();
    (!any).then(|| {
        message!(
            "raderna är personer med e-post, utan kolumn för konto, status, roll eller inloggning, som i en telefonlista. Är det \
             ett systems användare: lägg till filen som [[system]]",
            "its rows are people with an address and no column of account, status, role or sign-in, as in a list of phone \
             numbers. If they are users of a system: add the file as [[system]]"
        )
    })
}

/// Why a file may be a list of codes: what would name its accounts is called as codes are, and none of what would be
/// people's names is borne by anybody who is `known`.
pub fn lists_codes(survey: &Survey, known: &BTreeSet<u64>) -> Option<Message> {
    let of = |field: Field| survey.report.columns.iter().find(|column| column.field == field);
    let header = of(Field::Account)?.headers.first().filter(|header| says_little(header))?;
    let tells_of_somebody = OF_SOMEBODY.iter().any(|field| of(*field).is_some());
    if tells_of_somebody || known.is_empty() || !survey.names.is_disjoint(known) {
        return None;
    }
    Some(message!(
        "ser ut som en lista över koder: ingen av raderna nämner någon i personalregistret. Är \"{header}\" kontonamn: lägg \
         till filen som [[system]], med account = \"{header}\" under [system.columns]",
        "looks like a list of codes: no row names anybody in payroll. If \"{header}\" names accounts: add the file as \
         [[system]], with account = \"{header}\" under [system.columns]"
    ))
}

/// What a list of codes does not have.
const OF_SOMEBODY: [Field; 11] = [
    Field::GivenName,
    Field::Surname,
    Field::Email,
    Field::Upn,
    Field::PersonalNumber,
    Field::EmployeeNumber,
    Field::HsaId,
    Field::UserName,
    Field::AccountControl,
    Field::LastLogin,
    Field::LastInteractiveLogin,
];

/// More people to an account than this share no accounts: the column names something else.
const PEOPLE_PER_ACCOUNT: usize = 3;

fn add<'f>(group: &mut Group<'f>, file: Exported<'f>) {
    group.join = joins(group, &file);
    group.files.push(file);
}

/// An account export with what its name says.
pub fn exported<'f>(looked: &'f Looked, survey: &'f Survey, day: Day) -> Exported<'f> {
    let named = naming::name(&looked.shown, &survey.report.headers);
    Exported { shown: &looked.shown, survey, day, named, is_bridge: false }
}

/// Whether a list tells who has each HSA-id, by what payroll tells of people too, and other exports name their accounts by
/// those ids: it is what joins them to payroll, whatever it says of accounts of its own.
pub fn is_bridge(file: &Survey, others: &[&Survey]) -> bool {
    let names_people = [Field::PersonalNumber, Field::EmployeeNumber].iter().any(|key| file.keys.contains_key(key));
    let Some(own) = file.keys.get(&Field::HsaId).filter(|_| names_people && !file.tells_of_use()) else { return false };
    let is_known = |ids: &BTreeSet<u64>| !ids.is_empty() && ids.intersection(own).count() * 100 >= ids.len() * KNOWN;
    let uses = |other: &&Survey| {
        let of = |field: Field| other.keys.get(&field).is_some_and(is_known);
        of(Field::HsaId) || of(Field::Account)
    };
    others.iter().filter(|other| !std::ptr::eq(**other, file)).any(uses)
}
