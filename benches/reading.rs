//! Accounts in each format: how long their reading takes.
//!
//! `cargo bench --bench reading` writes 50,000 accounts of eight columns as delimited text in two encodings, as a
//! workbook and as a directory's listing, takes an older workbook and an open document from a made-up municipality, and
//! looks at each file as `samkor inspect` does, three times over. It prints the fastest, with rows and, beside it,
//! reading the bytes alone. Times depend on the machine; how the formats stand to each other should not.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A bench may fail loudly, and prints.

mod common;

use chrono::NaiveDate;
use rust_xlsxwriter::Workbook;
use samkor::{Language, Role, Wanted};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Accounts in each file.
const ROWS: usize = 50_000;

const HEADS: [&str; 8] =
    ["Användarnamn", "Förnamn", "Efternamn", "E-post", "Anställningsnummer", "Enhet", "Status", "Senast inloggad"];

/// The names of attributes that a directory has for the same columns.
const ATTRIBUTES: [&str; 7] =
    ["sAMAccountName", "givenName", "sn", "mail", "employeeNumber", "department", "userAccountControl"];

fn main() {
    let folder = tempfile::tempdir().unwrap();
    for (name, file) in files(folder.path()) {
        let rows = rows(&file);
        let bytes = fs::metadata(&file).unwrap().len();
        let bare = fastest(|| drop(fs::read(&file).unwrap()));
        let read = fastest(|| {
            let told = samkor::inspect(std::slice::from_ref(&file), Some(Role::Accounts), today(), Language::Sv);
            assert!(told.into_iter().all(|told| told.is_ok()));
        });
        let each = read / u32::try_from(rows).unwrap();
        println!(
            "{name:26}{rows:>8} rows {:>7} kB  {read:>9.2?}  {each:>9.2?} a row, bytes alone {bare:.2?}",
            bytes / 1024
        );
    }
}

/// Rows of its table.
fn rows(file: &Path) -> usize {
    let mut text = Vec::new();
    samkor::write_csv(file, Wanted::Best, &mut text).unwrap();
    text.iter().filter(|byte| **byte == b'\n').count()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()
}

/// The fastest of three.
fn fastest(job: impl Fn()) -> Duration {
    let timed = || {
        let began = Instant::now();
        job();
        began.elapsed()
    };
    (0..3).map(|_| timed()).min().unwrap()
}

/// An account in the words of a file.
fn account(at: usize) -> [String; 8] {
    let given = ["Åsa", "Örjan", "Eva", "Karl-Erik", "Fatima"][at % 5];
    let surname = ["Lindström", "Ek", "Al-Hassan", "Björk", "Nilsson"][at / 5 % 5];
    let unit = ["Norra skolan", "Hemtjänst Öst", "Ekonomi", "Gatukontoret"][at % 4];
    let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(at as u64 % 330);
    [
        format!("konto{at:06}"),
        given.to_owned(),
        surname.to_owned(),
        format!("konto{at:06}@exempel.se"),
        format!("{}", 100_000 + at),
        unit.to_owned(),
        ["Aktiv", "Spärrad"][usize::from(at.is_multiple_of(17))].to_owned(),
        day.to_string(),
    ]
}

/// Every file with what it is called in the table.
fn files(folder: &Path) -> Vec<(&'static str, PathBuf)> {
    let text = delimited();
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    let made: [(&str, &str, Vec<u8>); 4] = [
        ("delimited text, UTF-8", "utf8.csv", text.clone().into_bytes()),
        ("delimited text, cp1252", "cp1252.csv", latin.into_owned()),
        ("workbook (xlsx)", "bok.xlsx", workbook()),
        ("directory listing (LDIF)", "katalog.ldif", listing().into_bytes()),
    ];
    let written = made.into_iter().map(|(name, file, bytes)| {
        let file = folder.join(file);
        fs::write(&file, bytes).unwrap();
        (name, file)
    });
    let municipality = folder.join("kommun");
    let inputs = common::make(&municipality, 20_000, 80_000);
    let others = [("older workbook (xls)", "bygg.xls"), ("open document (ods)", "skola.ods")];
    written.chain(others.map(|(name, file)| (name, inputs.join(file)))).collect()
}

fn delimited() -> String {
    let mut text = HEADS.join(";") + "\r\n";
    for at in 0..ROWS {
        text += &(account(at).join(";") + "\r\n");
    }
    text
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows = std::iter::once(HEADS.map(str::to_owned)).chain((0..ROWS).map(account));
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn listing() -> String {
    let mut text = String::from("version: 1\n\n");
    for at in 0..ROWS {
        let cells = account(at);
        writeln!(text, "dn: CN={},OU=Personal,DC=exempel,DC=se", cells[0]).unwrap();
        text.push_str("objectClass: user\n");
        let control = if cells[6] == "Aktiv" { "512" } else { "514" };
        let values = cells[..6].iter().map(String::as_str).chain([control]);
        for (attribute, value) in ATTRIBUTES.iter().zip(values) {
            writeln!(text, "{attribute}: {value}").unwrap();
        }
        text.push('\n');
    }
    text
}
