//! What kind of thing a row of a directory is.
//!
//! Whole directories are written out by `ldifde`, `csvde` and their kin: groups, computers, contacts and units beside the
//! accounts. What each is stands in its classes, and whoever reads a group as an account asks an owner about nobody. An
//! entry of no known class is an account while nothing says otherwise, so that none is lost.

use super::format::Row;
use super::header::{meanings, normalise};
use super::list::split_values;
use super::value::Value;
use crate::model::{Field, Message, Role, fold, message};
use foldhash::HashMap;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The embedded table, tab-separated.
const TABLE: &str = include_str!("object-words.tsv");

/// What a row of a directory is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// An account, or what nothing says is none.
    Account,
    /// An account that the directory itself looks after the password of, for a service.
    OfService,
    /// Something else.
    Other(OtherObject),
    /// Its classes are not known.
    NotUnderstood,
}

/// What is no account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OtherObject {
    /// A group, or a list of recipients.
    Group,
    /// A computer or another device.
    Computer,
    /// An address of somebody elsewhere.
    Contact,
    /// A unit, or another part of the tree.
    Unit,
    /// Of a class that is called so and is none of accounts.
    Called(String),
}

/// What a word says.
#[derive(Clone, Debug)]
struct Known {
    object: Object,
    /// Under a type of account too.
    of_type: bool,
}

static WORDS: LazyLock<HashMap<String, Known>> = LazyLock::new(|| TABLE.lines().filter_map(known_by).collect());

fn known_by(line: &str) -> Option<(String, Known)> {
    let mut parts = line.split('\t');
    let object = match parts.next()? {
        "account" => Object::Account,
        "service" => Object::OfService,
        "group" => Object::Other(OtherObject::Group),
        "computer" => Object::Other(OtherObject::Computer),
        "contact" => Object::Other(OtherObject::Contact),
        "unit" => Object::Other(OtherObject::Unit),
        _ => return None,
    };
    Some((fold(parts.next()?), Known { object, of_type: parts.next().is_some() }))
}

/// The columns of a sheet that say what its rows are.
#[derive(Clone, Debug, Default)]
pub struct Objects {
    classes: Vec<usize>,
    types: Vec<usize>,
}

impl Objects {
    /// The columns under some headers of an export.
    pub fn under(headers: &[String], role: Role, stated: &BTreeMap<Field, Vec<String>>) -> Self {
        if role != Role::Accounts {
            return Self::default();
        }
        let is_stated = |header: &String, field: Field| match stated.get(&field) {
            Some(own) => own.iter().any(|own| normalise(own) == normalise(header)),
            None => meanings(header, role).first().and_then(|own| own.field()) == Some(field),
        };
        let of = |field: Field| (0..headers.len()).filter(|&at| is_stated(&headers[at], field)).collect();
        // Who says that no column tells what is no account means types too.
        let is_refused = stated.get(&Field::ObjectClass).is_some_and(Vec::is_empty);
        Self { classes: of(Field::ObjectClass), types: if is_refused { Vec::new() } else { of(Field::AccountType) } }
    }

    /// What a row is.
    pub fn of(&self, cells: &[Value<'_>]) -> Object {
        let text = |column: &usize| cells.get(*column).and_then(Value::text);
        let by_type = self.types.iter().filter_map(text).find_map(|text| no_account_by_type(&text));
        by_type.unwrap_or_else(|| {
            let texts: Vec<String> = self.classes.iter().filter_map(text).collect();
            object(texts.iter().flat_map(|text| split_values(text)))
        })
    }

    /// What kind of thing a row is that is no account.
    pub fn other(&self, row: &Row<'_>) -> Option<OtherObject> {
        match self.of(row.cells) {
            Object::Other(other) => Some(other),
            Object::Account | Object::OfService | Object::NotUnderstood => None,
        }
    }
}

/// Types of account in which a directory of mail has lists and contacts too.
fn no_account_by_type(text: &str) -> Option<Object> {
    WORDS.get(&fold(text)).filter(|known| known.of_type).map(|known| known.object.clone())
}

/// What something of some classes is.
pub fn object<'t>(classes: impl Iterator<Item = &'t str>) -> Object {
    let classes: Vec<&str> = classes.map(bare_class).filter(|class| !class.is_empty()).collect();
    let known: Vec<&Object> = classes.iter().filter_map(|class| Some(&WORDS.get(&fold(class))?.object)).collect();
    let other = known.iter().find(|object| matches!(object, Object::Other(_)));
    // Where the chain is whole down from `top`, what is not in it is not so.
    let is_whole = classes.iter().any(|class| class.eq_ignore_ascii_case("top"));
    let last = classes.iter().rfind(|class| !class.eq_ignore_ascii_case("top"));
    match (other, last) {
        _ if known.contains(&&Object::OfService) => Object::OfService,
        (Some(other), _) => (*other).clone(),
        (None, _) if classes.is_empty() || !known.is_empty() => Object::Account,
        (None, Some(last)) if is_whole => Object::Other(OtherObject::Called((*last).to_owned())),
        (None, _) => Object::NotUnderstood,
    }
}

/// The class in `#microsoft.graph.user` and in `CN=Person,CN=Schema,CN=Configuration,DC=ex,DC=se`.
fn bare_class(text: &str) -> &str {
    let first = text.split(',').next().unwrap_or(text).trim();
    let bare = first.get(..3).filter(|start| start.eq_ignore_ascii_case("cn=")).map_or(first, |_| &first[3..]);
    match bare.strip_prefix('#') {
        Some(typed) => typed.rsplit('.').next().unwrap_or(typed),
        None => bare,
    }
}

/// How many of each kind were passed over in a file, in words.
pub fn passed_over(objects: &BTreeMap<OtherObject, u64>) -> Option<Message> {
    /// Kinds that are named; the others are counted together.
    const NAMED: usize = 8;
    let mut kinds: Vec<(&OtherObject, u64)> = objects.iter().map(|(kind, rows)| (kind, *rows)).collect();
    // A stable sort: of kinds of which there are as many, the order is that of the kinds.
    kinds.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
    let (named, others) = kinds.split_at(kinds.len().min(NAMED));
    let mut told: Vec<Message> = named.iter().map(|(kind, rows)| kind.counted(*rows)).collect();
    let rest: u64 = others.iter().map(|(_, rows)| rows).sum();
    told.extend((rest > 0).then(|| message!("av andra slag {rest}", "of other kinds {rest}")));
    let all: u64 = objects.values().sum();
    let sv = told.iter().map(|own| own.sv.as_str()).collect::<Vec<_>>().join(", ");
    let en = told.iter().map(|own| own.en.as_str()).collect::<Vec<_>>().join(", ");
    (all > 0).then(|| {
        message!(
            "Rader som inte är konton: {all} ({sv}). De granskas inte. Är det fel: ange under [system.columns] \
             object_class = \"\", så läses varje rad som ett konto.",
            "Rows that are no accounts: {all} ({en}). They are not reviewed. If that is wrong: state under [system.columns] \
             object_class = \"\", and every row is read as an account."
        )
    })
}

impl OtherObject {
    fn counted(&self, rows: u64) -> Message {
        match self {
            Self::Group => message!("grupper {rows}", "groups {rows}"),
            Self::Computer => message!("datorer {rows}", "computers {rows}"),
            Self::Contact => message!("kontakter {rows}", "contacts {rows}"),
            Self::Unit => message!("enheter i katalogens träd {rows}", "units of the tree {rows}"),
            Self::Called(class) => message!("{class} {rows}", "{class} {rows}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use OtherObject::{Called, Computer, Contact, Group, Unit};

    fn of(classes: &str) -> Object {
        object(split_values(classes).into_iter())
    }

    /// What a chain of classes is, as directories of several makers write it, whole and by its last alone.
    #[test]
    fn classes_tell_what_an_entry_is() {
        for (classes, is) in [
            ("top;person;organizationalPerson;user", Object::Account),
            ("top;person;organizationalPerson;inetOrgPerson;posixAccount", Object::Account),
            ("organizationalRole;simpleSecurityObject", Object::Account),
            ("user", Object::Account),
            ("#microsoft.graph.user", Object::Account),
            ("CN=Person,CN=Schema,CN=Configuration,DC=ex,DC=se", Object::Account),
            ("", Object::Account),
            ("top;person;organizationalPerson;user;computer;msDS-GroupManagedServiceAccount", Object::OfService),
            ("CN=ms-DS-Group-Managed-Service-Account,CN=Schema,DC=ex", Object::OfService),
            ("top;person;organizationalPerson;user;computer", Object::Other(Computer)),
            ("top;person;organizationalPerson;contact", Object::Other(Contact)),
            ("top|group", Object::Other(Group)),
            ("268435456", Object::Other(Group)),
            ("top;organizationalUnit", Object::Other(Unit)),
            ("top;leaf;connectionPoint;printQueue", Object::Other(Called("printQueue".to_owned()))),
            ("printQueue", Object::NotUnderstood),
        ] {
            assert_eq!(of(classes), is, "{classes}");
        }
    }

    /// Every line of the table is read, and no word stands in it twice.
    #[test]
    fn the_table_is_well_formed() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(WORDS.len(), lines);
    }

    /// A type of account that says "group" is of an account that a group shares; only words of mail directories say more.
    #[test]
    fn types_of_account_are_seldom_of_something_else() {
        assert_eq!(no_account_by_type("MailContact"), Some(Object::Other(Contact)));
        assert_eq!(no_account_by_type("RoomList"), Some(Object::Other(Group)));
        for word in ["Grupp", "Group", "Computer", "UserMailbox", "SharedMailbox"] {
            assert_eq!(no_account_by_type(word), None, "{word}");
        }
    }

    /// What is passed over is told by kind, the commonest first.
    #[test]
    fn what_is_passed_over_is_counted() {
        let told = passed_over(&BTreeMap::from([(Group, 2), (Computer, 5), (Called("dnsZone".to_owned()), 1)]));
        assert!(told.is_some_and(|told| told.en.contains("no accounts: 8 (computers 5, groups 2, dnsZone 1)")));
        assert_eq!(passed_over(&BTreeMap::new()), None);
    }
}
