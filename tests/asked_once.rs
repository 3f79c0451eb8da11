//! What an owner is asked: once of each account, and with light on what the answer needs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{case, lines, publish, sheet, sheets};
use std::path::{Path, PathBuf};

const PAYROLL: &str = "Anst.nr;Namn;Anställd t.o.m.\n1001;Eva Lind;\n1002;Per Ek;2026-10-31\n1003;Kjell Hellberg;\n";
const EXPORT: &str = "Konto-ID;Namn;Anst.nr;Administratör;Status\nadm-evalin01;Eva Lind;1001;Ja;Aktiv\n\
    perekk01;Per Ek;1002;Ja;Aktiv\nkjehel01;Kjell Söderholm;1003;Nej;Aktiv\n";

fn run(folder: &Path, review: &str) -> PathBuf {
    let config = format!(
        "[review]\nas_of = 2026-11-30\n{review}[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"sys\"\nfile = \"sys.csv\"\n\
         columns = {{ privileged = \"Administratör\" }}\n"
    );
    let files = [("lon.csv", PAYROLL.as_bytes()), ("sys.csv", EXPORT.as_bytes())];
    publish(&case(folder, &config, &files), &folder.join("ut"), &[])
}

/// The cell of an account under a head.
fn told<'r>(rows: &'r [Vec<String>], account: &str, head: &str) -> &'r str {
    let column = rows[0].iter().position(|own| own == head).unwrap();
    let row = rows.iter().find(|row| row.iter().any(|cell| cell == account));
    &row.unwrap_or_else(|| panic!("{account}: {rows:?}"))[column]
}

/// An account of high privilege that deviates is asked of on Avvikelser; Höga behörigheter shows it, says where it is
/// asked of, and has places and choices for the others alone.
#[test]
fn an_account_is_asked_of_once() {
    let folder = tempfile::tempdir().unwrap();
    let book = run(folder.path(), "").join("agare/sys.xlsx");
    let privileged = sheet(&book, "Höga behörigheter");
    assert_eq!(told(&privileged, "perekk01", "Orsak"), "se Avvikelser");
    assert_eq!(told(&privileged, "perekk01", "Förslag"), "");
    assert_ne!(told(&privileged, "adm-evalin01", "Orsak"), "se Avvikelser");
    assert_ne!(told(&sheet(&book, "Avvikelser"), "perekk01", "Orsak"), "se Avvikelser");
    let xml = &sheets(&book)[2];
    // The decision stands in the ninth column: none of the first row, which is asked of elsewhere.
    assert!(xml.contains("sqref=\"I3\""), "{xml}");
    assert!(!xml.contains("r=\"I2\"") && xml.contains("r=\"I3\""), "{xml}");
}

/// To keep what is there on a row of high severity or above lights the reason, on every sheet that is answered on; the
/// same need is told of an answer without one.
#[test]
fn keeping_on_a_grave_row_lights_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let book = run(folder.path(), "attest = \"all\"\n").join("agare/sys.xlsx");
    let all = sheets(&book);
    for (sheet, grave) in [
        (&all[1], "OR($B2=\"Hög\",$B2=\"Kritisk\")"),
        (&all[2], "OR($B3=\"Hög\",$B3=\"Kritisk\")"),
        (&all[4], "SEARCH(\"Hög: \",$K2)"),
    ] {
        let sheet = sheet.replace("&quot;", "\"");
        let formulas = sheet.split("<formula>").filter(|part| part.contains("\"Behåll\""));
        let formulas: Vec<&str> = formulas.filter_map(|part| part.split("</formula>").next()).collect();
        assert!(formulas.len() == 1 && formulas[0].contains(grave), "{grave}: {formulas:?}");
    }
}

/// Where the key is one person's and the name another's, the name that the system has stands beside payroll's: in the
/// data as a fact, and in sight and in words where HR and the owner read.
#[test]
fn both_names_are_told_where_they_disagree() {
    let folder = tempfile::tempdir().unwrap();
    let run = run(folder.path(), "");
    let findings = lines(&run, "findings.jsonl");
    let drift = findings.iter().find(|own| own["rule"] == "identity-drift").unwrap();
    assert_eq!(drift["facts"]["name_in_system"], "Kjell Söderholm");
    let identities = sheet(&run.join("personalregister.xlsx"), "Osäkra identiteter");
    assert!(told(&identities, "kjehel01", "Orsak").contains("I systemet: Kjell Söderholm"), "{identities:?}");
    let words = told(&identities, "kjehel01", "Förklaring");
    assert!(words.contains("I systemet: Kjell Söderholm. I personalregistret: Kjell Hellberg."), "{words}");
    let accounts = sheet(&run.join("agare/sys.xlsx"), "Konton");
    assert!(told(&accounts, "kjehel01", "Avvikelser").contains("I systemet: Kjell Söderholm"), "{accounts:?}");
}
