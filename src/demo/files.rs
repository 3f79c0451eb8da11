//! The municipality as files: each export as its kind of system writes it.

use super::accounts::{Made, SystemKind, SystemMade};
use super::organisation::DEPARTMENTS;
use super::people::{Human, Job, head_of};
use super::{Municipality, configuration, ods, truth, xls};
use chrono::{Days, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use std::fs;
use std::io;
use std::path::Path;

/// Writes every file.
pub fn write(folder: &Path, made: &Municipality) -> io::Result<()> {
    let Municipality { people, systems } = made;
    let inputs = folder.join("indata");
    fs::create_dir_all(&inputs)?;
    fs::write(inputs.join("lon.csv"), payroll(people))?;
    for system in systems {
        let bytes = match system.kind {
            SystemKind::Directory => directory(system).into_bytes(),
            SystemKind::Care => windows_1252(&care(system)),
            SystemKind::Finance => finance(system).map_err(io::Error::other)?,
            SystemKind::School => ods::workbook("Användare", &school(system))?,
            SystemKind::Cloud => cloud(system).into_bytes(),
            SystemKind::Permits => xls::workbook("Lista", &permits(system)),
        };
        fs::write(folder.join(file_of(system)), bytes)?;
    }
    fs::write(inputs.join("systemforteckning.xlsx"), configuration::list(people, systems).map_err(io::Error::other)?)?;
    fs::write(folder.join("samkor.toml"), configuration::text(people))?;
    fs::write(folder.join(truth::FILE), truth::lines(people, systems))
}

/// Where the export of a system is, from the configuration.
pub fn file_of(system: &SystemMade) -> String {
    let ending = match system.kind {
        SystemKind::Directory | SystemKind::Care | SystemKind::Cloud => "csv",
        SystemKind::Finance => "xlsx",
        SystemKind::School => "ods",
        SystemKind::Permits => "xls",
    };
    format!("indata/{}.{ending}", system.id)
}

/// Payroll: title lines, one row an employment, a total at the end; UTF-8 with a mark, `;`.
fn payroll(people: &[Human]) -> String {
    let mut text = String::from("\u{feff}Exempelkommunen;;;\r\nAnställningsuppgifter, uttag 2026-11-28;;;\r\n\r\n");
    text.push_str(
        "Anst.nr;Personnummer;Födelsedatum;Förnamn;Tilltalsnamn;Efternamn;Förvaltning;Enhet;Befattning;Anställningsform;\
         Anställd fr.o.m.;Anställd t.o.m.;Frånvaroorsak;Ledig fr.o.m.;Ledig t.o.m.;Senaste arbetspass;Närmaste chef;E-post;\
         Skyddade personuppgifter;Registreringsdatum;Månadslön\r\n",
    );
    let mut rows = 0;
    for human in people {
        for job in &human.jobs {
            rows += 1;
            let leave = job.leave;
            let head = head_of(people, job.unit).filter(|head| head.number() != human.number());
            let cells = [
                job.number.clone(),
                human.personal_number.as_deref().map(hyphenated).unwrap_or_default(),
                human.birth.to_string(),
                human.given.join(" "),
                human.call_name().to_owned(),
                human.surname.clone(),
                DEPARTMENTS[job.department].name.to_owned(),
                job.unit.to_owned(),
                job.title.to_owned(),
                job.form.to_owned(),
                job.start.to_string(),
                job.end.map(|end| end.to_string()).unwrap_or_default(),
                leave.map(|(why, ..)| why.to_owned()).unwrap_or_default(),
                leave.map(|(_, from, _)| from.to_string()).unwrap_or_default(),
                leave.map(|(.., to)| to.to_string()).unwrap_or_default(),
                job.last_worked.map(|day| day.to_string()).unwrap_or_default(),
                head.map(Human::name).unwrap_or_default(),
                human.email.clone(),
                if human.protected { "J" } else { "" }.to_owned(),
                registered(job, rows).to_string(),
                format!("{}", 27_000 + rows % 90 * 250),
            ];
            text.push_str(&cells.join(";"));
            text.push_str("\r\n");
        }
    }
    // A row that Excel has been at: the number's digits are lost, and there is no other key.
    text.push_str(";1,97001E+11;;Kim;;Okänd;;;;Timavlönad;2024-05-01;;;;;;;;;;\r\n");
    text.push_str(&format!("Summa;{} anställningar;;;;;;;;;;;;;;;;;;;\r\n", rows + 1));
    text
}

/// When payroll heard of it: of a beginning before it, and of one end in four only afterwards.
fn registered(job: &Job, row: usize) -> NaiveDate {
    let extract = super::reference_date() - Days::new(2);
    let late = Days::new(u64::try_from(row % 37).unwrap_or(0) + 5);
    match job.end.filter(|end| *end < extract) {
        Some(end) if row.is_multiple_of(4) => (end + late).min(extract),
        Some(end) => end - Days::new(20),
        None => job.start.min(extract) - Days::new(10),
    }
}

fn hyphenated(number: &str) -> String {
    format!("{}-{}", &number[..8], &number[8..])
}

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

/// Active Directory by `Export-Csv` of Windows PowerShell: a `#TYPE` line, everything in quotes.
fn directory(system: &SystemMade) -> String {
    let mut text = String::from("#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\r\n");
    text.push_str(&quoted(DIRECTORY.iter().map(|(head, _)| (*head).to_owned())));
    for account in &system.accounts {
        text.push_str(&quoted(DIRECTORY.iter().map(|(_, cell)| cell(account))));
    }
    text
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

/// A care system: one row a role, personal numbers in several forms, closed accounts kept.
fn care(system: &SystemMade) -> String {
    let mut text = String::from("Användare;Namn;Personnr;Enhet;Roll;Status;Senast inloggad;Upplagd\r\n");
    for (at, account) in system.accounts.iter().enumerate() {
        let number = account.stated.personal_number.as_deref();
        for role in &account.roles {
            let cells = [
                account.name.to_uppercase(),
                format!("{}, {}", account.called.1, account.called.0),
                number.map(|number| mixed_form(number, at)).unwrap_or_default(),
                account.stated.unit.clone(),
                (*role).to_owned(),
                if account.active { "A" } else { "S" }.to_owned(),
                account.last_login.map(|day| day.to_string()).unwrap_or_else(|| "Aldrig".to_owned()),
                account.created.to_string(),
            ];
            text.push_str(&cells.join(";"));
            text.push_str("\r\n");
        }
    }
    text
}

/// Personal numbers as people type them.
fn mixed_form(number: &str, at: usize) -> String {
    match at % 6 {
        0..=2 => number.to_owned(),
        3 | 4 => hyphenated(number),
        _ => format!("{} {}", &number[..8], &number[8..]),
    }
}

/// windows-1252; every letter of the name table is in it.
fn windows_1252(text: &str) -> Vec<u8> {
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    bytes.into_owned()
}

/// A finance system: a workbook with title rows, name and e-mail only.
fn finance(system: &SystemMade) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let day = ExcelDateTime::from_ymd(2026, 11, 27)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = workbook.add_worksheet();
    sheet.set_name("Användare")?;
    sheet.write_string(0, 0, "Användarförteckning")?;
    sheet.write_string(1, 0, "Uttag 2026-11-27")?;
    for (head, column) in ["Användar-ID", "Namn", "E-post", "Roll", "Aktiv", "Senast inloggad"].iter().zip(0u16..) {
        sheet.write_string(3, column, *head)?;
    }
    for (account, row) in system.accounts.iter().zip(4u32..) {
        sheet.write_string(row, 0, &account.name)?;
        sheet.write_string(row, 1, format!("{} {}", account.called.0, account.called.1))?;
        if let Some(mail) = &account.stated.mail {
            sheet.write_string(row, 2, mail)?;
        }
        sheet.write_string(row, 3, account.roles.join("; "))?;
        sheet.write_string(row, 4, if account.active { "Ja" } else { "Nej" })?;
        if let Some(day) = account.last_login {
            sheet.write_datetime_with_format(row, 5, day, &date)?;
        }
    }
    sheet.set_column_width(1, 28)?.set_column_width(2, 36)?.set_column_width(3, 30)?;
    workbook.save_to_buffer()
}

/// A school system: names and birth dates; it does not tell when anyone signed in.
fn school(system: &SystemMade) -> Vec<Vec<String>> {
    let heads = ["Användarnamn", "Förnamn", "Efternamn", "Födelsedatum", "Enhet", "Behörighet", "Status", "Skapad"];
    let mut rows = vec![heads.map(ToOwned::to_owned).to_vec()];
    for account in &system.accounts {
        rows.push(vec![
            account.name.clone(),
            account.called.0.clone(),
            account.called.1.clone(),
            account.stated.birth.map(|day| day.to_string()).unwrap_or_default(),
            account.stated.unit.clone(),
            account.roles.join("|"),
            if account.active { "Aktiv" } else { "Avslutad" }.to_owned(),
            account.created.to_string(),
        ]);
    }
    rows
}

/// What the cloud's portal tells of an account; each also has an object id.
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

/// The cloud's directory as its portal lets users be downloaded.
fn cloud(system: &SystemMade) -> String {
    let line = |id: String, cells: Vec<String>| {
        let (before, after) = cells.split_at(5);
        [before, &[id], after].concat().join(",") + "\r\n"
    };
    let mut text = line("objectId".to_owned(), CLOUD.map(|(head, _)| head.to_owned()).to_vec());
    for (account, at) in system.accounts.iter().zip(1u32..) {
        let id = format!("00000000-0000-4000-8000-{at:012}");
        text.push_str(&line(id, CLOUD.map(|(_, cell)| cell(account)).to_vec()));
    }
    text
}

/// An old system for building permits: signatures, employee numbers as numbers, end dates as text.
fn permits(system: &SystemMade) -> Vec<Vec<String>> {
    let heads = ["Signatur", "Namn", "Anst.nr", "Behörighet", "Senast inloggad", "Giltig t.o.m."];
    let mut rows = vec![vec!["Användare i Bygglovsregistret".to_owned()], Vec::new()];
    rows.push(heads.map(ToOwned::to_owned).to_vec());
    for (account, at) in system.accounts.iter().zip(0usize..) {
        let closed = !account.active || at % 9 == 4;
        rows.push(vec![
            account.name.to_uppercase(),
            format!("{} {}", account.called.1, account.called.0),
            text(&account.stated.employee_number),
            account.roles.join("; "),
            account.last_login.map(|day| day.to_string()).unwrap_or_default(),
            if closed { "2026-06-30" } else { "" }.to_owned(),
        ]);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::super::{Municipality, Population, Size, truth};
    use std::collections::BTreeSet;

    /// The same seed gives the same municipality, and account names are unique in a system, in every population.
    #[test]
    fn a_seed_gives_one_municipality() {
        for population in Population::ALL {
            let size = Size { employees: 300, accounts: None, seed: 7, population };
            let texts = |made: &Municipality| (super::payroll(&made.people), truth::lines(&made.people, &made.systems));
            let made = Municipality::make(&size);
            assert_eq!(texts(&made), texts(&Municipality::make(&size)), "{population:?}");
            for system in made.systems {
                let names: BTreeSet<&str> = system.accounts.iter().map(|a| a.name.as_str()).collect();
                assert_eq!(names.len(), system.accounts.len(), "{population:?} {}", system.id);
            }
        }
    }
}
