//! A row of payroll that could not be used is told to whoever can correct it, and never counted as none.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{case, publish, sheet};
use std::path::Path;

const PAYROLL: &str = "Anst.nr;Personnummer;Namn;Anställd t.o.m.\n1001;;Eva Lind;\n;1,97001E+11;Kim Ek;\n";
const ACCOUNTS: &str = "Konto-ID;Namn;Anst.nr\nevalin01;Eva Lind;1001\n";
const CONFIG: &str = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n\
    [[system]]\nid = \"a\"\nname = \"A\"\nfile = \"a.csv\"\n";

fn has(rows: &[Vec<String>], cells: &[&str]) -> bool {
    rows.iter().any(|row| row.iter().filter(|cell| !cell.is_empty()).eq(cells))
}

fn run(folder: &Path) -> std::path::PathBuf {
    let files: [(&str, &[u8]); 2] = [("lon.csv", PAYROLL.as_bytes()), ("a.csv", ACCOUNTS.as_bytes())];
    publish(&case(folder, CONFIG, &files), &folder.join("ut"), &[])
}

/// A row whose number a spreadsheet destroyed, and that nothing else keys, stands in HR's list with its number and why;
/// nothing is asked for there, and the quality of payroll counts it.
#[test]
fn a_row_without_a_usable_key_is_told_to_hr() {
    let folder = tempfile::tempdir().unwrap();
    let run = run(folder.path());
    let hr = run.join("personalregister.xlsx");
    let rows = sheet(&hr, "Uppgifter att rätta");
    let at = |head: &str| rows[0].iter().position(|own| own == head).unwrap();
    let own = rows.iter().find(|row| row[at("Rad i registret")] == "3").unwrap_or_else(|| panic!("{rows:?}"));
    assert_eq!(
        own[at("Orsak")],
        "lon.csv, rad 3 kunde inte användas. Personnumret har förstörts av Excel (1,97E+11) och ingen annan nyckel finns."
    );
    assert!(own[at("Nyckel")].is_empty() && own[at("Namn")].is_empty(), "{own:?}");
    assert!(has(&sheet(&hr, "Sammanfattning"), &["Rader i filen som inte kunde användas", "1"]));

    let quality = sheet(&run.join("sammanstallning.xlsx"), "Personalregistrets kvalitet");
    let why = "Personnumret har förstörts av Excel (1,97E+11) och ingen annan nyckel finns";
    assert!(has(&quality, &[why, "1"]), "{quality:?}");
    assert!(has(&quality, &["förstört av Excel", "1"]), "{quality:?}");
}
