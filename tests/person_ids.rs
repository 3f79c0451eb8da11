//! Persons without an employee number whose personal number changed: the same person under the same id, known by what is
//! given once.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, lines, publish};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const HEAD: &str = "Personnummer;Födelsedatum;Förnamn;Efternamn;E-post;Enhet;Anställd fr.o.m.;Anställd t.o.m.\n";

/// A run over a payroll in which nobody has an employee number.
fn run(folder: &Path, day: &str, rows: &[&str]) -> PathBuf {
    let config = format!(
        "[review]\nas_of = {day}\n[payroll]\nfile = \"lon.csv\"\nexported = {day}\n[[system]]\nid = \"sys\"\n\
         file = \"sys.csv\"\nowner = \"IT-chef\"\nexported = {day}\n"
    );
    let payroll = format!("{HEAD}{}\n", rows.join("\n"));
    let export = "Konto;Namn;E-post;Status\neva01;Eva Lind;eva.lind@kommun.example;Aktiv\n\
        per01;Per Ekdal;per.ekdal@kommun.example;Aktiv\n";
    let config = case(folder, &config, &[("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())]);
    publish(&config, &folder.join("resultat"), &[])
}

fn holder(run: &Path, account: &str) -> String {
    let own = lines(run, "accounts.jsonl").into_iter().find(|line| line["account"] == account).unwrap();
    own["person"].as_str().unwrap().to_owned()
}

const PER: &str = "19790608-2388;1979-06-08;Per;Ekdal;per.ekdal@kommun.example;Skolan;2015-01-01;";

/// Eva had a coordination number and got a personal number: her id, and with it what was found of her row in payroll, goes
/// on. Per is another all the while.
#[test]
fn an_id_stays_when_the_number_changes() {
    let folder = tempfile::tempdir().unwrap();
    let before = "19760262-2396;1976-02-02;Eva;Lind;eva.lind@kommun.example;;2015-01-01;";
    let after = "19760202-2381;1976-02-02;Eva;Lind;eva.lind@kommun.example;;2015-01-01;";
    let first = run(folder.path(), "2026-10-01", &[before, PER]);
    let second = run(folder.path(), "2026-10-10", &[after, PER]);
    let third = run(folder.path(), "2026-10-20", &[after, PER]);
    for later in [&second, &third] {
        assert_eq!(holder(later, "eva01"), holder(&first, "eva01"));
        assert_eq!(holder(later, "per01"), holder(&first, "per01"));
    }
    // A deviation of her row in payroll, which has no unit, is the same from run to run.
    let of_row = |run: &Path| -> Value {
        let own = lines(run, "findings.jsonl").into_iter();
        own.into_iter().find(|line| line["rule"] == "missing-field").unwrap()
    };
    assert_eq!(of_row(&third)["key"], of_row(&first)["key"]);
    assert_eq!((of_row(&third)["first_seen"].as_str(), of_row(&third)["runs"].as_u64()), (Some("2026-10-01"), Some(3)));
    let memory = fs::read_to_string(third.join("data/memory.json")).unwrap();
    assert!(!memory.contains("19760202") && !memory.contains("7602022381") && !memory.contains("0202-2381"));
}

/// Somebody else who got the address of one who left is another person, and of two who could be meant neither is.
#[test]
fn an_address_that_was_handed_on_carries_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let eva = "19790607-2397;1979-06-07;Eva;Lind;eva.lind@kommun.example;Skolan;2015-01-01;";
    let first = run(folder.path(), "2026-10-01", &[eva, PER]);
    let other = "19790608-2396;1979-06-08;Eva Maria;Lindström;eva.lind@kommun.example;Skolan;2026-10-05;";
    let second = run(folder.path(), "2026-10-10", &[other, PER]);
    let ids = |run: &Path| -> Vec<String> {
        let memory: Value = serde_json::from_str(&fs::read_to_string(run.join("data/memory.json")).unwrap()).unwrap();
        memory["persons"].as_object().unwrap().keys().cloned().collect()
    };
    let (before, after) = (ids(&first), ids(&second));
    assert_eq!((before.len(), after.len()), (2, 2));
    assert_eq!(after.iter().filter(|id| before.contains(id)).count(), 1, "Per alone is the same");
}
