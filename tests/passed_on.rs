//! Rows that their owner passes on: they come to whoever is named, and back where he cannot answer any more.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, keys_of, lines, manifest, publish, sheet};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const PAYROLL: &str = "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.\n\
    1001;Eva;Lind;2015-01-01;\n\
    1002;Per;Ekdal;2015-01-01;2026-06-30\n\
    1003;Siv;Broman;2015-01-01;2026-06-30\n";

/// A run over a payroll as of a day.
fn run(folder: &Path, day: &str, payroll: &str) -> PathBuf {
    let config = format!(
        "[review]\nas_of = {day}\n\n[payroll]\nfile = \"lon.csv\"\nexported = {day}\n\n[[system]]\nid = \"sys\"\n\
         name = \"Systemet\"\nfile = \"sys.csv\"\nowner = \"Administrativ chef\"\nexported = {day}\n\n\
         [followup]\nanswers = \"svar\"\n"
    );
    let export = "Användarnamn;Namn;Anst.nr;Status\neva01;Eva Lind;1001;Aktiv\nper01;Per Ekdal;1002;Aktiv\n\
        siv01;Siv Broman;1003;Aktiv\n";
    let config = case(folder, &config, &[("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())]);
    publish(&config, &folder.join("resultat"), &[])
}

fn memory(run: &Path) -> Value {
    serde_json::from_slice(&fs::read(run.join("data/memory.json")).unwrap()).unwrap()
}

/// The accounts of a list, sorted.
fn accounts(book: &Path) -> Vec<String> {
    let list = sheet(book, "Avvikelser");
    let at = list[0].iter().position(|head| head == "Konto").unwrap();
    let mut all: Vec<String> = list[1..].iter().map(|row| row[at].clone()).collect();
    all.sort();
    all
}

/// A row that is passed on to somebody who can answer leaves its owner's list and stands on his, with who said so and when;
/// it stays there from run to run, what he decides counts, and when he has left it is its owner's again, and said so.
#[test]
fn a_row_is_passed_on_to_whoever_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (place, answers) = (folder.path(), folder.path().join("svar"));
    fs::create_dir(&answers).unwrap();
    let first = run(place, "2026-10-01", PAYROLL);
    let head = ["Konto", "Beslut", "Motivering", "Skickas vidare till", "Beslutad av", "Beslutsdatum"];
    let row = ["sys/per01", "Inte mitt ansvar", "Hör till Eva", "Eva Lind", "Administrativ chef", "2026-10-05"];
    common::return_answers(&first, &answers.join("svar.xlsx"), &[head.to_vec(), row.to_vec()]);

    let second = run(place, "2026-10-10", PAYROLL);
    let hers = second.join("agare/sys/eva-lind.xlsx");
    assert_eq!(accounts(&hers), ["per01"]);
    assert!(!accounts(&second.join("agare/sys.xlsx")).contains(&"per01".to_owned()));
    let list = sheet(&hers, "Avvikelser");
    let told =
        list[1].iter().any(|cell| cell.contains("Skickad vidare till Eva Lind av Administrativ chef 2026-10-05"));
    assert!(told, "{list:?}");
    let since = sheet(&second.join("agare/sys.xlsx"), "Sedan förra gången");
    let passed = since.iter().find(|row| row[0] == "Skickat vidare").unwrap();
    assert_eq!((passed[1].as_str(), passed[8].as_str()), ("per01", "Till Eva Lind, av Administrativ chef"));
    let owner = &memory(&second)["owners"]["sys/per01"];
    assert_eq!((&owner["who"], &owner["stated_on"]), (&"Eva Lind".into(), &"2026-10-05".into()));
    let outputs = manifest(&second)["outputs"].as_array().unwrap().clone();
    let letter = outputs.iter().find(|own| own["path"] == "agare/sys/eva-lind.xlsx").unwrap();
    assert!(letter["letter"]["recipient"].as_str().unwrap().starts_with("Eva Lind"), "{letter}");

    // What she decides counts, and the row stays with her.
    let head = ["Konto", "Beslut", "Motivering", "Beslutad av", "Beslutsdatum"];
    let row = ["sys/per01", "Inaktivera konto", "Har slutat", "Eva Lind", "2026-10-15"];
    common::return_answers(&second, &answers.join("hennes.xlsx"), &[head.to_vec(), row.to_vec()]);
    let third = run(place, "2026-10-20", PAYROLL);
    let findings = lines(&third, "findings.jsonl");
    let hers_now = findings.iter().find(|own| own["key"] == "leaver-active/sys/per01").unwrap();
    assert_eq!(hers_now["state"], "decided");
    assert_eq!(accounts(&third.join("agare/sys/eva-lind.xlsx")), ["per01"]);

    // When she has left, the row is its owner's again.
    let left = PAYROLL.replace("1001;Eva;Lind;2015-01-01;", "1001;Eva;Lind;2015-01-01;2026-10-21");
    assert_ne!(left, PAYROLL);
    let left = left + "1009;Bo;Alm;2015-01-01;\n";
    let fourth = run(place, "2026-10-30", &left);
    assert!(!fourth.join("agare/sys/eva-lind.xlsx").exists());
    assert!(accounts(&fourth.join("agare/sys.xlsx")).contains(&"per01".to_owned()));
    assert_eq!(keys_of(&fourth, "receiver-unmet"), ["receiver-unmet/sys"]);
    assert!(memory(&fourth)["owners"].as_object().unwrap().is_empty());
}

/// Rows that were passed on, to nobody who can be found, to nobody at all and to somebody who never answers: that the first
/// two lead nowhere is told as long as it is so, and when the day for answers has passed again all are unanswered.
#[test]
fn rows_that_are_passed_on_do_not_drop_out() {
    let folder = tempfile::tempdir().unwrap();
    let (place, answers) = (folder.path(), folder.path().join("svar"));
    fs::create_dir(&answers).unwrap();
    let payroll = format!("{PAYROLL}1004;Ulf;Norell;2015-01-01;\n")
        .replace("1001;Eva;Lind;2015-01-01;", "1001;Eva;Lind;2015-01-01;2026-06-30");
    let first = run(place, "2026-10-01", &payroll);
    let head = ["Konto", "Beslut", "Motivering", "Skickas vidare till", "Beslutad av", "Beslutsdatum"];
    let rows = [("sys/per01", "Petra Okändsson"), ("sys/siv01", ""), ("sys/eva01", "1004")];
    let rows = rows.map(|(row, to)| vec![row, "Inte mitt ansvar", "Inte min", to, "Administrativ chef", "2026-10-05"]);
    let rows: Vec<Vec<&str>> = std::iter::once(head.to_vec()).chain(rows).collect();
    common::return_answers(&first, &answers.join("svar.xlsx"), &rows);

    let states = |run: &Path| -> Vec<String> {
        let all = lines(run, "findings.jsonl");
        let own = all.iter().filter(|line| line["rule"] == "leaver-active");
        own.map(|line| line["state"].as_str().unwrap().to_owned()).collect()
    };
    let told = |run: &Path| {
        let all = lines(run, "findings.jsonl");
        let own = all.iter().find(|line| line["key"] == "receiver-unmet/sys").unwrap();
        (own["facts"]["rows"].as_u64().unwrap(), own["state"].as_str().unwrap().to_owned())
    };
    let second = run(place, "2026-11-01", &payroll);
    assert_eq!(states(&second), ["open", "open", "open"]);
    assert_eq!(told(&second), (2, "new".to_owned()));
    let third = run(place, "2026-12-01", &payroll);
    assert_eq!(states(&third), ["unanswered", "unanswered", "unanswered"]);
    assert_eq!(told(&third), (2, "unanswered".to_owned()));
    let unanswered = lines(&third, "findings.jsonl").into_iter().find(|line| line["key"] == "unanswered/sys").unwrap();
    assert_eq!(unanswered["facts"]["unanswered"], 3);
}
