//! Protection over runs: who is marked later leaves the record of what was told before, and who was marked stays hidden when
//! the mark's row is gone.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, lines, publish, return_answers, tree};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const HEAD: &str = "Anst.nr;Förnamn;Efternamn;E-post;AD-konto;Anställd fr.o.m.;Anställd t.o.m.;Sekretess\n\
    1001;Eva;Lind;eva.lind@x.se;evalin;2015-01-01;;\n1002;Per;Ekdal;per.ekdal@x.se;perekd;2015-01-01;2026-06-30;\n";
const HERS: &str = "770417;Tindra;Qvarnholm;tindra.qvarnholm@x.se;tinqva;2015-01-01;2026-06-30;J\n";

const EXPORT: &str = "Konto;Namn;Anst.nr;E-post;Roll;Status\neva01;Eva Lind;1001;;Läsare;Aktiv\n\
    per01;Per Ekdal;1002;;Läsare;Aktiv\n";

/// What may stand in no ordinary output of the last run.
const SECRETS: [&str; 4] = ["qvarnholm", "tindra", "770417", "tinqva"];

/// A run of payroll and an export as of a day; `more` is added to the configuration.
fn run(folder: &Path, day: &str, payroll: &str, export: &str, more: &str) -> PathBuf {
    let config = format!(
        "[review]\nas_of = {day}\n\n[payroll]\nfile = \"lon.csv\"\nexported = {day}\n\n[[system]]\nid = \"sys\"\n\
         name = \"Systemet\"\nfile = \"sys.csv\"\nowner = \"Administrativ chef\"\nexported = {day}\n\n\
         [followup]\nanswers = \"svar\"\n{more}"
    );
    fs::create_dir_all(folder.join("svar")).unwrap();
    let config = case(folder, &config, &[("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())]);
    publish(&config, &folder.join("resultat"), &[])
}

/// The files of a run, but for the restricted part, that hold any of her secrets.
fn telling(run: &Path) -> Vec<String> {
    let ordinary = tree(run).into_iter().filter(|(name, _)| !name.starts_with("begransad/"));
    let tells = |text: &str| SECRETS.iter().any(|secret| text.to_lowercase().contains(secret));
    let said = |name: &str, bytes: &[u8]| -> bool {
        tells(name) || common::parts(bytes).iter().any(|(part, text)| tells(part) || tells(text))
    };
    ordinary.filter(|(name, bytes)| said(name, bytes)).map(|(name, _)| name).collect()
}

fn accounts(run: &Path) -> Vec<String> {
    lines(run, "accounts.jsonl").iter().map(|line| line["account"].as_str().unwrap().to_owned()).collect()
}

/// An account that was told of before anyone knew whose it was is named no more when its holder is marked and it is gone;
/// the post for protected persons reads what became of it.
#[test]
fn a_row_of_one_who_is_marked_later_is_named_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let export = format!("{EXPORT}tinqva;T Qvarnholm;;;Läsare;Aktiv\n");
    let first = run(place, "2026-10-31", HEAD, &export, "");
    assert!(accounts(&first).contains(&"tinqva".to_owned()));
    let post = "[protected]\nrecipient = \"Säkerhetschef\"\n";
    let second = run(place, "2026-11-30", &format!("{HEAD}{HERS}"), EXPORT, post);
    assert_eq!(telling(&second), Vec::<String>::new());
    assert!(lines(&second, "findings.jsonl").iter().any(|line| line["account"] == "per01"));
    let restricted: Vec<String> = tree(&second.join("begransad")).into_keys().collect();
    let jsonl = restricted.iter().find(|name| name.ends_with(".jsonl")).unwrap();
    assert!(fs::read_to_string(second.join("begransad").join(jsonl)).unwrap().contains("tinqva"));
}

/// An answer to such a row is carried no further.
#[test]
fn an_answer_to_a_row_of_one_who_is_marked_later_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let export = format!("{EXPORT}tinqva;T Qvarnholm;;;Läsare;Aktiv\n");
    let first = run(place, "2026-09-30", HEAD, &export, "");
    let head = ["Konto", "Beslut", "Motivering", "Beslutad av", "Beslutsdatum"];
    let rows = ["sys/tinqva", "sys/per01"].map(|row| vec![row, "Inaktivera konto", "Slutat", "Chef", "2026-10-05"]);
    return_answers(&first, &place.join("svar/svar.xlsx"), &[vec![head.to_vec()], rows.to_vec()].concat());
    let second = run(place, "2026-10-31", HEAD, &export, "");
    let answered = |run: &Path| -> Vec<String> {
        let memory: Value = serde_json::from_slice(&fs::read(run.join("data/memory.json")).unwrap()).unwrap();
        let rows = memory["answers"].as_array().unwrap().iter();
        rows.map(|own| own["row"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(answered(&second).len(), 2);
    let third = run(place, "2026-11-30", &format!("{HEAD}{HERS}"), EXPORT, "");
    assert_eq!(answered(&third), ["sys/per01"]);
    assert_eq!(telling(&third), Vec::<String>::new());
}
