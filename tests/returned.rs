//! Returned workbooks that lost what they are known by, lists without deviations that are attested, and answers that
//! nobody said where to find.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use calamine::Reader;
use common::{case, keys_of, lines, publish, run_with, sheet};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const PAYROLL: &str = "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.\n\
    1001;Eva;Lind;2015-01-01;\n\
    1002;Per;Ekdal;2015-01-01;2026-06-30\n";

/// Eva has high rights and nothing deviates; Per has left.
const EXPORT: &str = "Användarnamn;Namn;Anst.nr;Status;Roll\n\
    adm-eva;Eva Lind;1001;Aktiv;Admin\n\
    per01;Per Ekdal;1002;Aktiv;Läsa\n";

/// A run as of a day, with settings of its own.
fn run_as(folder: &Path, day: &str, export: &str, more: &str) -> PathBuf {
    fs::create_dir_all(folder.join("svar")).unwrap();
    let config = format!(
        "[review]\nas_of = {day}\n{more}\n[payroll]\nfile = \"lon.csv\"\nexported = {day}\n\n[[system]]\nid = \"sys\"\n\
         name = \"Systemet\"\nfile = \"sys.csv\"\nowner = \"Administrativ chef\"\nexported = {day}\n\
         privileged_roles = [\"Admin\"]\n\n[followup]\nanswers = \"svar\"\n"
    );
    let config = case(folder, &config, &[("lon.csv", PAYROLL.as_bytes()), ("sys.csv", export.as_bytes())]);
    publish(&config, &folder.join("resultat"), &[])
}

fn run(folder: &Path, day: &str) -> PathBuf {
    run_as(folder, day, EXPORT, "")
}

/// A list answered by somebody who copied what can be seen of it, with the properties of the document or without.
fn return_seen(list: &Path, sheet: &str, answers: &[(&str, &str)], properties: &[(&str, &str)], into: &Path) {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(list).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let mut own = rust_xlsxwriter::DocProperties::new();
    for (name, value) in properties {
        own = own.set_custom_property(*name, *value);
    }
    workbook.set_properties(&own);
    let worksheet = workbook.add_worksheet();
    let heads: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let place = |head: &str| heads.iter().position(|own| own == head).unwrap();
    let (key, account) = (place("Nyckel"), place("Konto"));
    let (decision, reason, on) = (place("Beslut"), place("Motivering"), place("Beslutsdatum"));
    for (row, at) in range.rows().zip(0u32..) {
        let name = row[account].to_string();
        let answer = answers.iter().find(|(own, _)| at > 0 && *own == name);
        for (column, cell) in row.iter().enumerate().filter(|(column, _)| *column != key) {
            let text = match answer {
                Some((_, answer)) if column == decision => (*answer).to_owned(),
                Some(_) if column == reason => "Har slutat".to_owned(),
                Some(_) if column == on => "2026-10-05".to_owned(),
                _ => cell.to_string(),
            };
            if !text.is_empty() && heads[column] != "Anställd t.o.m." {
                worksheet.write_string(at, u16::try_from(column).unwrap(), text).unwrap();
            }
        }
    }
    workbook.save(into).unwrap();
}

fn state(run: &Path, key: &str) -> Value {
    lines(run, "findings.jsonl").into_iter().find(|line| line["key"] == key).unwrap()["state"].clone()
}

/// The key column and the hidden sheet are gone: the document's properties say which run, and the code and the account in
/// sight tell the row. Without them nothing is guessed: the file is told.
#[test]
fn a_list_is_known_by_its_properties_and_its_accounts() {
    let known: [(&str, &str); 2] = [("samkor.run", "2026-10-01"), ("samkor.system", "sys")];
    for (properties, read) in [(&known[..], true), (&known[..1], true), (&[][..], false)] {
        let folder = tempfile::tempdir().unwrap();
        let first = run(folder.path(), "2026-10-01");
        let into = folder.path().join("svar/lista.xlsx");
        return_seen(&first.join("agare/sys.xlsx"), "Avvikelser", &[("per01", "Inaktivera konto")], properties, &into);
        let later = run(folder.path(), "2026-10-10");
        assert_eq!(state(&later, "leaver-active/sys/per01") == "decided", read, "{properties:?}");
        assert_eq!(keys_of(&later, "answer-unread").is_empty(), read, "{properties:?}");
    }
    // What the program writes bears them.
    let folder = tempfile::tempdir().unwrap();
    let first = run(folder.path(), "2026-10-01");
    let parts = common::parts(&fs::read(first.join("agare/sys.xlsx")).unwrap());
    let own = &parts.iter().find(|(name, _)| name == "docProps/custom.xml").unwrap().1;
    assert!(own.contains("samkor.system") && own.contains(">sys<"), "{own}");
}

/// An account in sight that the list never had is told with its row.
#[test]
fn an_account_that_was_never_listed_is_no_row() {
    let folder = tempfile::tempdir().unwrap();
    let first = run(folder.path(), "2026-10-01");
    let properties = [("samkor.run", "2026-10-01"), ("samkor.system", "sys")];
    let into = folder.path().join("svar/lista.xlsx");
    assert!(first.join("agare/sys.xlsx").exists());
    // Somebody typed the account as he calls it.
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let mut own = rust_xlsxwriter::DocProperties::new();
    for (name, value) in properties {
        own = own.set_custom_property(name, value);
    }
    workbook.set_properties(&own);
    let worksheet = workbook.add_worksheet();
    for (column, (head, cell)) in
        [("Konto", "perek"), ("Beslut", "Inaktivera konto"), ("Motivering", "Har slutat")].iter().enumerate()
    {
        let column = u16::try_from(column).unwrap();
        worksheet.write_string(0, column, *head).unwrap().write_string(1, column, *cell).unwrap();
    }
    workbook.save(&into).unwrap();
    let later = run(folder.path(), "2026-10-10");
    let told = lines(&later, "findings.jsonl").into_iter().find(|line| line["rule"] == "answer-unread").unwrap();
    assert!(told["message"].as_str().unwrap().contains("rad 2"), "{told}");
    assert_eq!(state(&later, "leaver-active/sys/per01"), "open");
}

/// A list that is attested is answered on its own sheet, counted, kept from run to run, and shown beside the next question;
/// a decision to close an account on which nothing deviated is followed like any other.
#[test]
fn what_is_attested_is_read_back() {
    for (attest, name) in [("privileged", "Höga behörigheter"), ("all", "Konton")] {
        let folder = tempfile::tempdir().unwrap();
        let more = format!("attest = \"{attest}\"\n");
        let run = |day: &str| run_as(folder.path(), day, EXPORT, &more);
        let first = run("2026-10-01");
        let properties = [("samkor.run", "2026-10-01"), ("samkor.system", "sys")];
        let into = folder.path().join("svar/lista.xlsx");
        return_seen(&first.join("agare/sys.xlsx"), name, &[("adm-eva", "Inaktivera konto")], &properties, &into);
        let config = folder.path().join("samkor.toml");
        let told = run_with(&["answers", first.to_str().unwrap(), "--config", config.to_str().unwrap()]);
        assert_eq!(told.code, 0, "{}{}", told.out, told.err);
        let line = told.out.lines().find(|line| line.starts_with("Systemet")).unwrap();
        assert_eq!(line.split_whitespace().skip(1).take(3).collect::<Vec<_>>(), ["2", "1", "1"], "{attest}");
        for day in ["2026-10-20", "2026-10-30"] {
            let later = run(day);
            let memory = fs::read_to_string(later.join("data/memory.json")).unwrap();
            let memory: Value = serde_json::from_str(&memory).unwrap();
            assert_eq!(memory["answers"][0]["row"], "sys/adm-eva", "{attest}");
            assert_eq!(memory["answers"].as_array().unwrap().len(), 1, "{attest}");
            assert_eq!(keys_of(&later, "decided-not-done"), ["decided-not-done/sys/adm-eva"], "{attest} {day}");
        }
        let closed = EXPORT.replace("1001;Aktiv", "1001;Avslutad");
        let last = run_as(folder.path(), "2026-11-10", &closed, &more);
        assert_eq!(state(&last, "decided-not-done/sys/adm-eva"), "verified", "{attest}");
        let since = sheet(&last.join("agare/sys.xlsx"), "Sedan förra gången");
        assert!(since.iter().any(|row| row[1] == "adm-eva" && row[0].starts_with("Åtgärdat")), "{since:?}");
    }
}

/// Where nothing says where answers are, it is said which setting is missing and where it goes.
#[test]
fn a_missing_setting_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let first = run(folder.path(), "2026-10-01");
    let config = folder.path().join("samkor.toml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, text.replace("[followup]\nanswers = \"svar\"\n", "")).unwrap();
    let told = run_with(&["answers", first.to_str().unwrap(), "--config", config.to_str().unwrap()]);
    assert_eq!(told.code, 2);
    for word in ["samkor.toml", "[followup]", "answers = \"svar\""] {
        assert!(told.err.contains(word), "{word}: {}", told.err);
    }
}
