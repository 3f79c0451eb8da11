//! The municipality as files: each export as its kind of system writes it.

use super::accounts::SystemMade;
use super::payroll::{self, hyphenated};
use super::system_kind::SystemKind;
use super::{Municipality, configuration, directories, ods, truth, xls};
use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use std::fs;
use std::io;
use std::path::Path;

/// Writes every file.
pub fn write(folder: &Path, made: &Municipality) -> io::Result<()> {
    let Municipality { population, crowd, systems, month, .. } = made;
    let people = &crowd.people;
    let exported: Vec<SystemMade> = systems.iter().map(|system| system.as_exported(*month)).collect();
    let inputs = folder.join("indata");
    fs::create_dir_all(&inputs)?;
    fs::write(inputs.join("lon.csv"), payroll::text(made))?;
    for system in exported.iter().filter(|system| month.delivers(system.kind)) {
        let bytes = match system.kind {
            SystemKind::Directory => directories::active_directory(system, *population).into_bytes(),
            SystemKind::Care => windows_1252(&care(system)),
            SystemKind::Finance => finance(system, system.kind.exported(month.day())).map_err(io::Error::other)?,
            SystemKind::School => ods::workbook("Användare", &school(system))?,
            SystemKind::Cloud => directories::cloud(system, *population).into_bytes(),
            SystemKind::Permits => xls::workbook("Lista", &permits(system)),
        };
        fs::write(folder.join(file_of(system)), bytes)?;
    }
    fs::write(
        inputs.join("systemforteckning.xlsx"),
        configuration::list(people, &exported, *month).map_err(io::Error::other)?,
    )?;
    fs::write(folder.join("samkor.toml"), configuration::text(people, *month))?;
    fs::write(folder.join(truth::FILE), truth::lines(people, systems, *month))
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

/// windows-1252, in which whatever it lacks becomes a question mark.
fn windows_1252(text: &str) -> Vec<u8> {
    let lacks = |letter: char| {
        let mut bytes = [0; 4];
        !letter.is_ascii() && encoding_rs::WINDOWS_1252.encode(letter.encode_utf8(&mut bytes)).2
    };
    let held: String = text.chars().map(|letter| if lacks(letter) { '?' } else { letter }).collect();
    encoding_rs::WINDOWS_1252.encode(&held).0.into_owned()
}

/// A day as workbooks keep it.
pub fn created(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1900), part(day.month()), part(day.day()))
}

/// A finance system: a workbook with title rows, name and e-mail only.
fn finance(system: &SystemMade, exported: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created(exported)?));
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = workbook.add_worksheet();
    sheet.set_name("Användare")?;
    sheet.write_string(0, 0, "Användarförteckning")?;
    sheet.write_string(1, 0, format!("Uttag {exported}"))?;
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
            account.stated.employee_number.clone().unwrap_or_default(),
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
            let texts = |made: &Municipality| {
                (super::payroll::text(made), truth::lines(&made.crowd.people, &made.systems, made.month))
            };
            let made = Municipality::make(&size);
            assert_eq!(texts(&made), texts(&Municipality::make(&size)), "{population:?}");
            for system in made.systems {
                let names: BTreeSet<&str> = system.accounts.iter().map(|a| a.name.as_str()).collect();
                assert_eq!(names.len(), system.accounts.len(), "{population:?} {}", system.id);
            }
        }
    }
}
