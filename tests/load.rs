//! Inputs of unusual proportions, small here: one account with thousands of rows, one name on thousands of accounts, one
//! person with a hundred. Each is right, and what is written grows with their number and not with its square.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, lines, publish};
use std::collections::BTreeSet;
use std::path::PathBuf;

const CONFIG: &str = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n\
    [[system]]\nid = \"sys\"\nfile = \"konton.csv\"\n";
const PAYROLL: &str = "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.\n\
    1001;Eva;Lind;2015-01-01;\n1002;Per;Ekdal;2015-01-01;2026-06-30\n";

/// Publishes a run on some rows of accounts.
fn run(folder: &tempfile::TempDir, rows: impl Iterator<Item = String>) -> PathBuf {
    let head = "Användarnamn;Namn;Anst.nr;E-post;Status;Roll".to_owned();
    let accounts: Vec<String> = [head].into_iter().chain(rows).chain([String::new()]).collect();
    let accounts = accounts.join("\n");
    let config = case(folder.path(), CONFIG, &[("lon.csv", PAYROLL.as_bytes()), ("konton.csv", accounts.as_bytes())]);
    publish(&config, &folder.path().join("ut"), &[])
}

/// Every role of an account of five thousand rows is kept, once, and the account is one.
#[test]
fn an_account_of_many_rows_keeps_every_role() {
    let folder = tempfile::tempdir().unwrap();
    let row = |at: u32| format!("eva01;Eva Lind;1001;;Aktiv;Roll {:04}", at % 2500);
    let run = run(&folder, (0..5000).map(row));
    let accounts = lines(&run, "accounts.jsonl");
    assert_eq!(accounts.len(), 1);
    let roles: Vec<&str> = accounts[0]["roles"].as_array().unwrap().iter().map(|role| role.as_str().unwrap()).collect();
    assert_eq!(roles.len(), 2500);
    assert!(roles.is_sorted() && roles[0] == "Roll 0000");
}

/// A name that stands on thousands of rows of as many people is as many accounts, each called by what tells it apart.
#[test]
fn a_name_of_many_people_is_as_many_accounts() {
    let folder = tempfile::tempdir().unwrap();
    let row = |at: u32| format!("gemensam;Person{at} Namn{at};;p{at}@ex.se;Aktiv;Roll");
    let own = ["eva01;Eva Lind;1001;;Aktiv;Roll".to_owned()];
    let run = run(&folder, own.into_iter().chain((0..3000).map(row)).chain((0..3000).map(row)));
    let accounts = lines(&run, "accounts.jsonl");
    let names: BTreeSet<&str> = accounts.iter().map(|line| line["account"].as_str().unwrap()).collect();
    assert_eq!((accounts.len(), names.len()), (3001, 3001));
}

/// Of a leaver with a hundred accounts each finding lists some of the others and says how many there are.
#[test]
fn the_other_accounts_of_a_leaver_are_listed_in_part() {
    let folder = tempfile::tempdir().unwrap();
    let own = ["eva01;Eva Lind;1001;;Aktiv;Roll".to_owned()];
    let run = run(&folder, own.into_iter().chain((0..100).map(|at| format!("per{at};Per Ekdal;1002;;Aktiv;Roll"))));
    let findings = lines(&run, "findings.jsonl");
    let leavers: Vec<_> = findings.iter().filter(|line| line["rule"] == "leaver-active").collect();
    assert_eq!(leavers.len(), 100);
    for line in leavers {
        assert_eq!(line["facts"]["other_accounts"].as_array().unwrap().len(), 20);
        assert_eq!(line["facts"]["other_accounts_in_all"], 99);
    }
}
