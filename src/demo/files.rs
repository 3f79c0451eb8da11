//! The municipality as files: each export as its kind of system writes it.

use super::accounts::{Kind, Made, SystemMade, place_of};
use super::organisation::DEPARTMENTS;
use super::people::{Human, Job, head_of};
use super::{configuration, ods, truth, xls};
use chrono::{Days, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use std::fs;
use std::io;
use std::path::Path;

/// Writes every file.
pub fn write(folder: &Path, people: &[Human], systems: &[SystemMade]) -> io::Result<()> {
    let inputs = folder.join("indata");
    fs::create_dir_all(&inputs)?;
    fs::write(inputs.join("lon.csv"), payroll(people))?;
    for system in systems {
        let bytes = match system.kind {
            Kind::Directory => directory(people, system).into_bytes(),
            Kind::Care => windows_1252(&care(people, system)),
            Kind::Finance => finance(people, system).map_err(io::Error::other)?,
            Kind::School => ods::workbook("Användare", &school(people, system))?,
            Kind::Cloud => cloud(people, system).into_bytes(),
            Kind::Permits => xls::workbook("Lista", &permits(people, system)),
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
        Kind::Directory | Kind::Care | Kind::Cloud => "csv",
        Kind::Finance => "xlsx",
        Kind::School => "ods",
        Kind::Permits => "xls",
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

/// Active Directory by `Export-Csv` of Windows PowerShell: a `#TYPE` line, everything in quotes.
fn directory(people: &[Human], system: &SystemMade) -> String {
    let mut text = String::from("#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\r\n");
    let heads = [
        "SamAccountName",
        "GivenName",
        "Surname",
        "DisplayName",
        "EmailAddress",
        "EmployeeID",
        "Enabled",
        "LastLogonDate",
        "Created",
        "Department",
        "Title",
        "Description",
        "DistinguishedName",
        "adminCount",
        "ManagedBy",
        "MemberOf",
    ];
    text.push_str(&quoted(&heads.map(ToOwned::to_owned)));
    for account in &system.accounts {
        let (unit, _) = place_of(people, account);
        let (given, surname) = &account.called;
        let shown = if given.is_empty() { account.note.clone() } else { format!("{given} {surname}") };
        let mail = mail_of(people, account).filter(|_| account.class == "personal");
        let ou = if account.class == "personal" { "Anställda" } else { "Funktion" };
        text.push_str(&quoted(&[
            account.name.clone(),
            given.clone(),
            surname.clone(),
            shown.clone(),
            mail.unwrap_or_default(),
            employee_number_of(people, account).unwrap_or_default(),
            if account.active { "True" } else { "False" }.to_owned(),
            account.last_login.map(|day| format!("{day} 08:15:00")).unwrap_or_default(),
            format!("{} 10:00:00", account.created),
            unit.to_owned(),
            account.note.clone(),
            String::new(),
            format!("CN={shown},OU={ou},DC=exempelkommunen,DC=se"),
            if account.privileged { "1" } else { "" }.to_owned(),
            account.owner.clone().unwrap_or_default(),
            account.roles.join(";"),
        ]));
    }
    text
}

/// The employee number, where it is filled in.
fn employee_number_of(people: &[Human], account: &Made) -> Option<String> {
    let own = account.holder.map(|holder| people[holder].number().to_owned());
    let known = own.or_else(|| account.stranger.as_ref().map(|stranger| stranger.employee_number.clone()));
    known.filter(|_| account.keyed)
}

/// The address.
fn mail_of(people: &[Human], account: &Made) -> Option<String> {
    let own = account.holder.map(|holder| people[holder].email.clone());
    own.or_else(|| account.stranger.as_ref().and_then(|stranger| stranger.mail.clone()))
}

/// The personal number, where it is filled in.
fn number_of<'p>(people: &'p [Human], account: &'p Made) -> Option<&'p str> {
    let own = account.holder.and_then(|holder| people[holder].personal_number.as_deref());
    let known = own.or_else(|| account.stranger.as_ref().and_then(|stranger| stranger.number.as_deref()));
    known.filter(|_| account.keyed)
}

/// The birth date, where it is filled in.
fn birth_of(people: &[Human], account: &Made) -> Option<NaiveDate> {
    let own = account.holder.map(|holder| people[holder].birth);
    let known = own.or_else(|| account.stranger.as_ref().map(|stranger| stranger.birth));
    known.filter(|_| account.keyed)
}

fn quoted<const N: usize>(cells: &[String; N]) -> String {
    let list: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    format!("{}\r\n", list.join(","))
}

/// A care system: one row a role, personal numbers in several forms, closed accounts kept.
fn care(people: &[Human], system: &SystemMade) -> String {
    let mut text = String::from("Användare;Namn;Personnr;Enhet;Roll;Status;Senast inloggad;Upplagd\r\n");
    for (at, account) in system.accounts.iter().enumerate() {
        let number = number_of(people, account);
        let (unit, _) = place_of(people, account);
        for role in &account.roles {
            let cells = [
                account.name.to_uppercase(),
                format!("{}, {}", account.called.1, account.called.0),
                number.map(|number| mixed_form(number, at)).unwrap_or_default(),
                unit.to_owned(),
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
fn finance(people: &[Human], system: &SystemMade) -> Result<Vec<u8>, XlsxError> {
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
        if let Some(mail) = mail_of(people, account).filter(|_| account.keyed) {
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
fn school(people: &[Human], system: &SystemMade) -> Vec<Vec<String>> {
    let heads = ["Användarnamn", "Förnamn", "Efternamn", "Födelsedatum", "Enhet", "Behörighet", "Status", "Skapad"];
    let mut rows = vec![heads.map(ToOwned::to_owned).to_vec()];
    for account in &system.accounts {
        let (unit, _) = place_of(people, account);
        rows.push(vec![
            account.name.clone(),
            account.called.0.clone(),
            account.called.1.clone(),
            birth_of(people, account).map(|day| day.to_string()).unwrap_or_default(),
            unit.to_owned(),
            account.roles.join("|"),
            if account.active { "Aktiv" } else { "Avslutad" }.to_owned(),
            account.created.to_string(),
        ]);
    }
    rows
}

/// The cloud's directory as its portal lets users be downloaded.
fn cloud(people: &[Human], system: &SystemMade) -> String {
    let mut text = String::from(
        "userPrincipalName,displayName,surname,mail,givenName,objectId,userType,jobTitle,department,accountEnabled,createdDateTime\r\n",
    );
    for (account, at) in system.accounts.iter().zip(1u32..) {
        let (unit, _) = place_of(people, account);
        let (given, surname) = &account.called;
        let mail = mail_of(people, account).unwrap_or_default();
        let cells = [
            account.name.clone(),
            format!("{given} {surname}").trim().to_owned(),
            surname.clone(),
            mail,
            given.clone(),
            format!("00000000-0000-4000-8000-{at:012}"),
            if account.class == "external" { "Guest" } else { "Member" }.to_owned(),
            account.note.clone(),
            unit.to_owned(),
            if account.active { "True" } else { "False" }.to_owned(),
            format!("{}T08:00:00Z", account.created),
        ];
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// An old system for building permits: signatures, employee numbers as numbers, end dates as text.
fn permits(people: &[Human], system: &SystemMade) -> Vec<Vec<String>> {
    let heads = ["Signatur", "Namn", "Anst.nr", "Behörighet", "Senast inloggad", "Giltig t.o.m."];
    let mut rows = vec![vec!["Användare i Bygglovsregistret".to_owned()], Vec::new()];
    rows.push(heads.map(ToOwned::to_owned).to_vec());
    for (account, at) in system.accounts.iter().zip(0usize..) {
        let closed = !account.active || at % 9 == 4;
        rows.push(vec![
            account.name.to_uppercase(),
            format!("{} {}", account.called.1, account.called.0),
            employee_number_of(people, account).unwrap_or_default(),
            account.roles.join("; "),
            account.last_login.map(|day| day.to_string()).unwrap_or_default(),
            if closed { "2026-06-30" } else { "" }.to_owned(),
        ]);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::super::{Size, accounts, people, random::Random, truth};
    use std::collections::BTreeSet;

    /// The same seed gives the same municipality, and account names are unique in a system.
    #[test]
    fn a_seed_gives_one_municipality() {
        let size = Size { employees: 300, accounts: None, seed: 7 };
        let make = || {
            let mut random = Random::new(size.seed);
            let crowd = people::make(size.employees, &mut random);
            let systems = accounts::make(&crowd, size.accounts, &mut random);
            (super::payroll(&crowd.people), truth::lines(&crowd.people, &systems), systems)
        };
        let ((payroll, truth, systems), (again, truth_again, _)) = (make(), make());
        assert_eq!((payroll, truth), (again, truth_again));
        for system in systems {
            let names: BTreeSet<&str> = system.accounts.iter().map(|a| a.name.as_str()).collect();
            assert_eq!(names.len(), system.accounts.len(), "{}", system.id);
        }
    }
}
