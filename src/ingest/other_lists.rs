//! Lists that look like one of accounts or of systems, and are of something else.
//!
//! A log of sign-ins holds who signed in. It reaches a few weeks back, so that whoever is missing there may well have signed
//! in, and it holds attempts that failed. A list of devices holds who uses each, with numbers of the machines; one of groups
//! has a group on each row, with who its members are; one of cards has a card on each row, with who holds it.

use super::format::Workbook;
use super::header::{has_one_of, meanings};
use super::value::Value;
use crate::config::InputFile;
use crate::error::{Error, ErrorKind, Place};
use crate::model::{Field, Message, Role, message, plain_letters};
use std::ops::ControlFlow;

/// What a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Other {
    Events,
    Devices,
    Groups,
    Cards,
}

impl Other {
    /// What one row has the headers of, in a file of that name.
    fn named_by(headers: &[String], file: &str) -> Option<Self> {
        let plain: Vec<String> = headers.iter().map(|header| plain_letters(header)).collect();
        if tells_of_events(&plain) {
            Some(Self::Events)
        } else if tells_of_devices(&plain) || tells_of_computers(headers, &plain) {
            Some(Self::Devices)
        } else if tells_of_groups(headers, &plain) || is_called_groups(file) && names_only_things(headers) {
            Some(Self::Groups)
        } else {
            tells_of_cards(headers, &plain).then_some(Self::Cards)
        }
    }

    /// What the file is.
    fn called(self) -> Message {
        match self {
            Self::Events => message!("en logg över inloggningar", "a log of sign-ins"),
            Self::Devices => message!("en lista över datorer och telefoner", "a list of computers and phones"),
            Self::Groups => message!("en lista över grupper", "a list of groups"),
            Self::Cards => message!("en lista över kort", "a list of cards"),
        }
    }

    fn says(self) -> Message {
        let Message { sv, en } = self.called();
        message!("filen är {sv} och ingen lista över konton", "the file is {en} and no list of accounts")
    }

    /// What is said where the configuration names it as accounts; cards may be reviewed like accounts.
    fn warning(self) -> Option<Message> {
        let Message { sv, en } = self.called();
        (self != Self::Cards).then(|| {
            message!(
                "Filen ser ut att vara {sv} och ingen lista över konton, men varje rad läses som ett konto. Är det fel fil: \
                 ta ut kontona i stället. Är det rätt: ange kontonamnets rubrik med account under [system.columns].",
                "The file looks like {en} and no list of accounts, but every row is read as an account. If it is the wrong \
                 file: extract the accounts instead. If it is right: state the header of the accounts' names with account \
                 under [system.columns]."
            )
        })
    }

    /// What to take out instead, or how to use the list all the same.
    fn way_out(self) -> Option<Message> {
        match self {
            Self::Events => Some(message!(
                "En logg når några veckor bakåt. Ta i stället ut kontona med senaste inloggning som en kolumn (i Entra ID: \
                 signInActivity)",
                "A log reaches a few weeks back. Extract the accounts with the last sign-in as a column instead (in Entra ID: \
                 signInActivity)"
            )),
            Self::Devices => None,
            Self::Groups => Some(message!(
                "Ska gruppernas medlemmar granskas: ta ut användarna med sina grupper i en kolumn (i Active Directory: memberOf)",
                "If the members of the groups are to be reviewed: extract the users with their groups in a column (in Active \
                 Directory: memberOf)"
            )),
            Self::Cards => Some(message!(
                "Ska korten granskas: lägg till filen som [[system]], med account = kortnumrets rubrik under [system.columns]",
                "If the cards are to be reviewed: add the file as [[system]], with account = the header of the card's number \
                 under [system.columns]"
            )),
        }
    }
}

/// Refuses a file that is such a list, with what to take out instead.
///
/// # Errors
/// A list of something else.
pub fn refuse(workbook: &mut dyn Workbook, input: &InputFile) -> Result<(), Error> {
    let Some(other) = found(workbook, input) else { return Ok(()) };
    let error = Error::new(ErrorKind::Unusable, Place::file(input.shown.clone()), other.says());
    Err(match other.way_out() {
        Some(way_out) => error.way_out(way_out),
        None => error,
    })
}

/// What is to be said of a file that is named as accounts, and looks like such a list; nothing where it is stated which
/// column holds the accounts.
pub fn doubt(workbook: &mut dyn Workbook, input: &InputFile) -> Option<Message> {
    let is_stated = [Field::Account, Field::Upn, Field::Email].iter().any(|field| input.columns.contains_key(field));
    if is_stated { None } else { found(workbook, input)?.warning() }
}

/// What a file is a list of, if it is of something else.
fn found(workbook: &mut dyn Workbook, input: &InputFile) -> Option<Other> {
    let sheets: Vec<OfSheet> = (0..workbook.sheets().len()).map(|at| of_what(workbook, at, &input.shown)).collect();
    // What one sheet is beside the accounts on another is told by neither.
    if sheets.contains(&OfSheet::Somebody) {
        return None;
    }
    sheets.into_iter().find_map(|sheet| if let OfSheet::Other(other) = sheet { Some(other) } else { None })
}

/// What a sheet is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OfSheet {
    Other(Other),
    Somebody,
    Unknown,
}

/// What one of the first rows has the headers of.
fn of_what(workbook: &mut dyn Workbook, sheet: usize, file: &str) -> OfSheet {
    /// Headers stand no further down.
    const TOP: u32 = 20;
    let mut found = OfSheet::Unknown;
    // What cannot be read is told where it is read as a table.
    let _ = workbook.rows(sheet, &mut |row| {
        let headers: Vec<String> = row.cells.iter().filter_map(Value::text).collect();
        found = match Other::named_by(&headers, file) {
            Some(other) => OfSheet::Other(other),
            None if tells_of_somebody(&headers) => OfSheet::Somebody,
            None => OfSheet::Unknown,
        };
        let is_last = found != OfSheet::Unknown || row.number >= TOP;
        if is_last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    found
}

/// A machine has a number, a make and a system of its own.
fn tells_of_devices(headers: &[String]) -> bool {
    const DEVICES: [&str; 33] = [
        "devicename",
        "enhetsnamn",
        "deviceid",
        "serialnumber",
        "serienummer",
        "imei",
        "meid",
        "osversion",
        "operatingsystem",
        "operativsystem",
        "manufacturer",
        "tillverkare",
        "wifimac",
        "macadress",
        "macaddress",
        "operatingsystemversion",
        "operativsystemversion",
        "iscompliant",
        "ismanaged",
        "isrooted",
        "jointype",
        "trusttype",
        "mdmdisplayname",
        "compliance",
        "compliancestate",
        "managementtype",
        "clientversion",
        "clientactivity",
        "primaryuser",
        "primaryusers",
        "primaryuserupn",
        "currentlyloggedonuser",
        "registeredowners",
    ];
    /// Fewer can stand beside an account.
    const LEAST: usize = 4;
    DEVICES.iter().filter(|own| headers.iter().any(|header| header == *own)).count() >= LEAST
}

/// A computer has a name in the network. An extract of a whole directory has that column too, and says what each row is.
fn tells_of_computers(headers: &[String], plain: &[String]) -> bool {
    const OF_PEOPLE: [Field; 4] = [Field::GivenName, Field::Surname, Field::PersonalNumber, Field::EmployeeNumber];
    has_one_of(plain, &["dnshostname"]) && !headers.iter().any(|header| is_of(header, &OF_PEOPLE))
}

/// A group has a kind and a reach, or members; whatever else its row tells is nobody's.
fn tells_of_groups(headers: &[String], plain: &[String]) -> bool {
    const KINDS: [&str; 12] = [
        "groupcategory",
        "groupscope",
        "grouptype",
        "grouptypes",
        "gruppkategori",
        "gruppomfattning",
        "gruppomfang",
        "grupptyp",
        "membershiprule",
        "membershiptype",
        "medlemskapstyp",
        "securityenabled",
    ];
    const NAMES: [&str; 8] =
        ["grupp", "gruppnamn", "gruppensnamn", "group", "groupname", "distributionslista", "name", "displayname"];
    const MEMBERS: [&str; 10] = [
        "member",
        "directmemberscount",
        "members",
        "medlem",
        "medlemmar",
        "antalmedlemmar",
        "membercount",
        "numberofmembers",
        "medlemsantal",
        "gruppmedlemmar",
    ];
    let has = |words: &[&str]| has_one_of(plain, words);
    (has(&KINDS) || has(&NAMES) && has(&MEMBERS)) && !tells_of_somebody(headers)
}

/// Whether a file is called after groups.
fn is_called_groups(file: &str) -> bool {
    let name = plain_letters(file.rsplit('/').next().unwrap_or(file));
    ["grupper", "groups", "adgrupp", "adgroup"].iter().any(|word| name.contains(word))
}

/// Whether headers name things that groups and accounts have alike, and neither anybody nor what anybody may do.
fn names_only_things(headers: &[String]) -> bool {
    const OF_THINGS: [Field; 4] = [Field::Account, Field::Name, Field::Dn, Field::Guid];
    let things = headers.iter().filter(|header| is_of(header, &OF_THINGS)).count();
    things > 0 && headers.len() > 1 && !tells_of_somebody(headers) && !tells_of_rights(headers)
}

/// A card has a number of its own, and opens no account.
fn tells_of_cards(headers: &[String], plain: &[String]) -> bool {
    let is_card = |own: &String| ["kort", "card", "tagg"].iter().any(|word| own.contains(word));
    let is_number = |own: &String| ["nr", "nummer", "number", "id"].iter().any(|end| own.ends_with(end));
    let names_accounts = || headers.iter().any(|header| is_of(header, &[Field::Account, Field::Upn]));
    plain.iter().any(|own| is_card(own) && is_number(own)) && !names_accounts() && !tells_of_rights(headers)
}

/// Whether a header is of what somebody may do, or of when it was done.
fn tells_of_rights(headers: &[String]) -> bool {
    const OF_RIGHTS: [Field; 4] = [Field::Role, Field::Groups, Field::LastLogin, Field::LastInteractiveLogin];
    headers.iter().any(|header| is_of(header, &OF_RIGHTS))
}

/// Whether a header is of what only accounts of people have: a name in two parts, a number, a state, a sign-in.
fn tells_of_somebody(headers: &[String]) -> bool {
    const OF_SOMEBODY: [Field; 12] = [
        Field::GivenName,
        Field::Surname,
        Field::PersonalNumber,
        Field::EmployeeNumber,
        Field::HsaId,
        Field::Upn,
        Field::Enabled,
        Field::Disabled,
        Field::AccountControl,
        Field::LastLogin,
        Field::LastInteractiveLogin,
        Field::Title,
    ];
    headers.iter().any(|header| is_of(header, &OF_SOMEBODY))
}

fn is_of(header: &str, fields: &[Field]) -> bool {
    let first = meanings(header, Role::Accounts).first().and_then(|own| own.field());
    first.is_some_and(|field| fields.contains(&field))
}

/// Each event has an id or a reason why it failed, and came from somewhere.
fn tells_of_events(headers: &[String]) -> bool {
    const EVENTS: [&str; 10] = [
        "requestid",
        "begarandeid",
        "correlationid",
        "korrelationsid",
        "uniquetokenidentifier",
        "signinerrorcode",
        "felkodforinloggning",
        "failurereason",
        "eventid",
        "handelseid",
    ];
    const ORIGINS: [&str; 8] =
        ["ipaddress", "ipadress", "clientip", "clientapp", "klientapp", "useragent", "anvandaragent", "webblasare"];
    has_one_of(headers, &EVENTS) && has_one_of(headers, &ORIGINS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_of_events(headers: &str) -> bool {
        tells_of_events(&headers.split(';').map(plain_letters).collect::<Vec<_>>())
    }

    /// A log is told by an event's own id beside where it came from; a list of accounts with an address of a machine is none.
    #[test]
    fn logs_are_told_by_their_headers() {
        assert!(is_of_events("Date (UTC);Request ID;User agent;User;Username;Status;Sign-in error code;IP address"));
        assert!(is_of_events("Datum (UTC);ID för begäran;Korrelations-ID;Användare;IP-adress;Klientapp"));
        assert!(!is_of_events("Användare;Namn;Senaste inloggning;IP-adress"));
        assert!(!is_of_events("userPrincipalName;displayName;accountEnabled;correlationId"));
    }

    fn of(headers: &str, file: &str) -> Option<Other> {
        Other::named_by(&headers.split(';').map(ToOwned::to_owned).collect::<Vec<_>>(), file)
    }

    /// A list of groups is told by what groups have, or by its name where nothing in it is of somebody; who is in which group
    /// is a list of rights.
    #[test]
    fn groups_are_told_from_accounts() {
        assert_eq!(of("Name;GroupCategory;GroupScope;Description;ManagedBy;Members", "x.csv"), Some(Other::Groups));
        assert_eq!(of("Gruppnamn;Beskrivning;Antal medlemmar", "x.csv"), Some(Other::Groups));
        assert_eq!(of("Name;SamAccountName;Description", "ad/AD-grupper.csv"), Some(Other::Groups));
        assert_eq!(of("Name;SamAccountName;Description", "adusers.csv"), None);
        assert_eq!(of("SamAccountName;GroupName", "grupper.csv"), None);
        assert_eq!(of("SamAccountName;GivenName;Surname;Enabled;member;groupType", "csvde.csv"), None);
    }

    /// A list of cards has a number for each, and neither names an account nor says what anybody may do.
    #[test]
    fn cards_are_told_from_accounts() {
        assert_eq!(of("Kortnummer;Korttyp;Kortstatus;HSA-id;Namn;Giltigt t.o.m.", "x.csv"), Some(Other::Cards));
        assert_eq!(of("Kortnr;Innehavare;Personnr;Giltigt t.o.m", "x.csv"), Some(Other::Cards));
        assert_eq!(of("HSA-id;Förnamn;Efternamn;Titel", "x.csv"), None);
        assert_eq!(of("Användarnamn;Namn;Kortnummer;Behörighetsgrupp", "x.csv"), None);
    }

    /// A list of devices is told by what machines have, and not by the one that an account was last used on.
    #[test]
    fn devices_are_told_by_their_headers() {
        let is_of_devices =
            |headers: &str| tells_of_devices(&headers.split(';').map(plain_letters).collect::<Vec<_>>());
        for machines in [
            "Device name;OS version;Serial number;Manufacturer;Model;IMEI;Primary user UPN",
            "accountEnabled;deviceId;displayName;operatingSystem;operatingSystemVersion;isCompliant;isManaged;joinType",
            "Device ID;Device name;Managed by;Ownership;Compliance;OS;OS version;Last check-in;Primary user UPN",
            "Name;Client;Primary User(s);Currently Logged on User;Client Version;Client Activity;Operating System",
        ] {
            assert!(is_of_devices(machines), "{machines}");
        }
        let of_computers = "Name;DNSHostName;Enabled;LastLogonDate;OperatingSystem;DistinguishedName;SamAccountName";
        assert_eq!(of(of_computers, "x.csv"), Some(Other::Devices));
        assert_eq!(of("SamAccountName;GivenName;Surname;Enabled;dNSHostName;operatingSystem", "x.csv"), None);
        assert!(!is_of_devices("Användare;Namn;Senaste inloggning;Enhetsnamn;OS version"));
    }
}
