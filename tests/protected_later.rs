//! Protection over runs: who is marked later leaves the record of what was told before, and who was marked stays hidden when
//! the mark's row is gone.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, lines, publish, return_answers, tree};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const HEAD: &str = "Anst.nr;Förnamn;Efternamn;E-post;AD-konto;Anställd fr.o.m.;Anställd t.o.m.;Sekretess\n\
    1001;Eva;Lind;eva.lind@x.se;evalin;2015-01-01;;\n1002;Per;Ekdal;per.ekdal@x.se;perekd;2015-01-01;2026-06-30;\n\
    1100;Bo;Almberg;;;2015-01-01;;\n\
    1101;Bo;Almgren;;;2015-01-01;;\n\
    1102;Bo;Almkvist;;;2015-01-01;;\n\
    1103;Bo;Almlund;;;2015-01-01;;\n\
    1104;Bo;Almdal;;;2015-01-01;;\n\
    1105;Bo;Almfors;;;2015-01-01;;\n\
    1106;Bo;Almvik;;;2015-01-01;;\n\
    1107;Bo;Almhult;;;2015-01-01;;\n\
    1108;Bo;Almstedt;;;2015-01-01;;\n\
    1109;Bo;Almrud;;;2015-01-01;;\n";
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

/// Whose row of payroll is gone stays hidden, run after run, under every key and name that the run before knew, in a record
/// that names none of them.
#[test]
fn a_mark_is_not_lost_with_its_row() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let own = "tinqva;T Qvarnholm;;;Läsare;Aktiv\ntq9;Tindra Qvarnholm;770417;;Läsare;Aktiv\n\
               tq8;Qvarnholm, Tindra;;;Skrivare;Aktiv\ntq7;;;tindra.qvarnholm@x.se;Läsare;Aktiv\n";
    let export = format!("{EXPORT}{own}");
    let first = run(place, "2026-09-30", &format!("{HEAD}{HERS}"), &export, "");
    assert_eq!(accounts(&first), ["eva01", "per01"]);
    for day in ["2026-10-31", "2026-11-30"] {
        let later = run(place, day, HEAD, &export, "");
        assert_eq!(accounts(&later), ["eva01", "per01"], "{day}");
        assert_eq!(telling(&later), Vec::<String>::new(), "{day}");
    }
}

/// Where payroll still has somebody and marks her no more, the mark was taken back, and she is shown.
#[test]
fn payroll_takes_a_mark_back() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let export = format!("{EXPORT}tq9;Tindra Qvarnholm;770417;;Läsare;Aktiv\n");
    let first = run(place, "2026-10-31", &format!("{HEAD}{HERS}"), &export, "");
    assert_eq!(accounts(&first), ["eva01", "per01"]);
    let second = run(place, "2026-11-30", &format!("{HEAD}{}", HERS.replace(";J", ";N")), &export, "");
    assert_eq!(accounts(&second), ["eva01", "per01", "tq9"]);
    // Without the column it says nothing of marks.
    let silent = format!("{HEAD}{HERS}").replace(";Sekretess\n", "\n").replace(";J\n", "\n").replace(";\n", "\n");
    let again = tempfile::tempdir().unwrap();
    run(again.path(), "2026-10-31", &format!("{HEAD}{HERS}"), &export, "");
    let third = run(again.path(), "2026-11-30", &silent, &export, "");
    assert_eq!(accounts(&third), ["eva01", "per01"]);
}

/// The record holds as many codes where nobody is protected as where a few are.
#[test]
fn the_record_does_not_tell_how_many() {
    let codes = |payroll: &str| {
        let folder = tempfile::tempdir().unwrap();
        let run = run(folder.path(), "2026-10-31", payroll, EXPORT, "");
        let memory: Value = serde_json::from_slice(&fs::read(run.join("data/memory.json")).unwrap()).unwrap();
        memory["protected"].as_array().unwrap().len()
    };
    assert_eq!(codes(HEAD), codes(&format!("{HEAD}{HERS}")));
}
