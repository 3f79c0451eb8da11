//! The two directories as files: Active Directory and the cloud's. What joins the other systems to payroll often
//! stands only here.

use super::accounts::{Made, SystemMade};
use super::population::Population;

/// A column of an export: its header, and what stands there for an account.
type Column = (&'static str, fn(&Made) -> String);

/// What `Get-ADUser` is asked for.
const DIRECTORY: [Column; 16] = [
    ("SamAccountName", |account| account.name.clone()),
    ("GivenName", |account| account.called.0.clone()),
    ("Surname", |account| account.called.1.clone()),
    ("DisplayName", shown),
    ("EmailAddress", |account| text(&account.stated.mail)),
    ("EmployeeID", |account| text(&account.stated.employee_number)),
    ("Enabled", |account| if account.active { "True" } else { "False" }.to_owned()),
    ("LastLogonDate", |account| account.last_login.map(|day| format!("{day} 08:15:00")).unwrap_or_default()),
    ("Created", |account| format!("{} 10:00:00", account.created)),
    ("Department", |account| account.stated.unit.clone()),
    ("Title", |account| account.note.clone()),
    ("Description", |_| String::new()),
    ("DistinguishedName", distinguished_name),
    ("adminCount", |account| if account.privileged { "1" } else { "" }.to_owned()),
    ("ManagedBy", |account| text(&account.owner)),
    ("MemberOf", |account| account.roles.join(";")),
];

/// What it is asked for where the administrators know what joins systems.
const LENT: [Column; 2] = [("UserPrincipalName", |account| text(&account.stated.mail)), ("proxyAddresses", proxies)];

/// A key of payroll's own, where the directory holds it.
const NUMBER: Column = ("norEduPersonNIN", |account| text(&account.stated.personal_number));

/// Active Directory by `Export-Csv` of Windows PowerShell: a `#TYPE` line, everything in quotes.
pub fn active_directory(system: &SystemMade, population: Population) -> String {
    let mut columns = DIRECTORY.to_vec();
    if population != Population::Ordinary {
        columns.extend(LENT);
    }
    if population == Population::NoMail {
        columns.push(NUMBER);
    }
    let mut text = String::from("#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\r\n");
    text.push_str(&quoted(columns.iter().map(|(head, _)| (*head).to_owned())));
    for account in &system.accounts {
        text.push_str(&quoted(columns.iter().map(|(_, cell)| cell(account))));
    }
    text
}

/// Every address that reaches the holder: the one in use with capitals, older ones and the cloud's own without.
fn proxies(account: &Made) -> String {
    let Some(mail) = &account.stated.mail else { return String::new() };
    let older = account.stated.older_mails.iter().map(|mail| format!("smtp:{mail}"));
    let cloud = format!("smtp:{}@exempelkommunen.onmicrosoft.example", account.name);
    let all: Vec<String> = std::iter::once(format!("SMTP:{mail}")).chain(older).chain([cloud]).collect();
    all.join(";")
}

/// What is known, or an empty cell.
fn text(known: &Option<String>) -> String {
    known.clone().unwrap_or_default()
}

fn shown(account: &Made) -> String {
    let (given, surname) = &account.called;
    if given.is_empty() { account.note.clone() } else { format!("{given} {surname}") }
}

fn distinguished_name(account: &Made) -> String {
    let unit = if account.class == "personal" { "Anställda" } else { "Funktion" };
    format!("CN={},OU={unit},DC=exempelkommunen,DC=se", shown(account))
}

fn quoted(cells: impl Iterator<Item = String>) -> String {
    let list: Vec<String> = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    format!("{}\r\n", list.join(","))
}

/// What the cloud's portal tells of an account.
const CLOUD: [Column; 10] = [
    ("userPrincipalName", |account| account.name.clone()),
    ("displayName", |account| format!("{} {}", account.called.0, account.called.1).trim().to_owned()),
    ("surname", |account| account.called.1.clone()),
    ("mail", |account| text(&account.stated.mail)),
    ("givenName", |account| account.called.0.clone()),
    ("userType", |account| if account.class == "external" { "Guest" } else { "Member" }.to_owned()),
    ("jobTitle", |account| account.note.clone()),
    ("department", |account| account.stated.unit.clone()),
    ("accountEnabled", |account| if account.active { "True" } else { "False" }.to_owned()),
    ("createdDateTime", |account| format!("{}T08:00:00Z", account.created)),
];

/// What it tells where nothing is synchronised but address and shown name.
const BARE: [&str; 6] = ["userPrincipalName", "displayName", "mail", "userType", "accountEnabled", "createdDateTime"];

/// The cloud's directory as its portal lets users be downloaded; each account has an object id behind its names.
pub fn cloud(system: &SystemMade, population: Population) -> String {
    let told = |column: &Column| population != Population::NoMail || BARE.contains(&column.0);
    let columns: Vec<Column> = CLOUD.into_iter().filter(told).collect();
    let names = columns.iter().take_while(|(head, _)| *head != "userType").count();
    let line = |id: String, mut cells: Vec<String>| {
        cells.insert(names, id);
        cells.join(",") + "\r\n"
    };
    let mut text = line("objectId".to_owned(), columns.iter().map(|(head, _)| (*head).to_owned()).collect());
    for (account, at) in system.accounts.iter().zip(1u32..) {
        let id = format!("00000000-0000-4000-8000-{at:012}");
        text.push_str(&line(id, columns.iter().map(|(_, cell)| cell(account)).collect()));
    }
    text
}
