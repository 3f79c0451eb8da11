//! Who is one person, and what is one employment, seen in what comes out of payroll files as they are.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, keys_of, lines, publish, run_with};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const CONFIG: &str = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"l.csv\"\nexported = 2026-11-30\n\
    [[system]]\nid = \"s\"\nfile = \"s.csv\"\nexported = 2026-11-30\n";

/// Runs payroll and an export, and keeps the folder while the test looks.
fn run(payroll: &str, export: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let config = case(folder.path(), CONFIG, &[("l.csv", payroll.as_bytes()), ("s.csv", export.as_bytes())]);
    let run = publish(&config, &folder.path().join("ut"), &[]);
    (folder, run)
}

fn account(run: &Path, name: &str) -> Option<Value> {
    lines(run, "accounts.jsonl").into_iter().find(|line| line["account"] == name)
}

/// What a check says of the files.
fn said(folder: &TempDir) -> String {
    run_with(&["check", folder.path().join("samkor.toml").to_str().unwrap()]).out
}

/// One number on two people: each account is found by name and address, the leaver is told, and so are both persons.
#[test]
fn a_number_of_two_people_ties_no_account() {
    let payroll = "Anst.nr;Namn;E-post;Företag;Anställd fr.o.m.;Anställd t.o.m.\n\
        1050;Vera Sandell;vera.sandell@ex.se;Kommunen;2015-01-01;2026-06-30\n\
        1050;Tor Gillberg;tor.gillberg@ex.se;Bolaget;2020-01-01;\n1051;Siv Broman;siv.broman@ex.se;Kommunen;2015-01-01;\n";
    let export = "Konto-ID;Namn;E-post;Anst.nr;Senast inloggad\nversan;Vera Sandell;vera.sandell@ex.se;1050;2026-11-20\n\
        torgil;Tor Gillberg;tor.gillberg@ex.se;1050;2026-11-20\nbara;;;1050;2026-11-20\n";
    let (folder, run) = run(payroll, export);
    assert_eq!(keys_of(&run, "leaver-active"), ["leaver-active/s/versan"]);
    let told = keys_of(&run, "duplicate-person");
    assert!(told.len() == 2 && told.iter().all(|key| key.starts_with("duplicate-person/payroll/1050-p")), "{told:?}");
    let torgil = account(&run, "torgil").unwrap();
    assert_eq!((&torgil["employment"], &torgil["employee_numbers"]), (&json!("active"), &json!(["1050"])));
    assert_ne!(account(&run, "bara").unwrap()["outcome"], "linked");
    assert!(said(&folder).contains("Anställningsnummer som står på flera personer: 1"), "{}", said(&folder));
}

/// Numbers that a spreadsheet has destroyed join nobody, are said, and leave people to be found by name.
#[test]
fn destroyed_numbers_join_nobody() {
    let payroll = "Anst.nr;Namn;E-post;Anställd fr.o.m.;Anställd t.o.m.\n\
        2,0150E+11;Vera Sandell;vera.sandell@ex.se;2015-01-01;2026-06-30\n\
        2,0150E+11;Siv Broman;siv.broman@ex.se;2015-01-01;\n2,0150E+11;Tim Hallgren;;2015-01-01;\n";
    let export = "Konto-ID;Namn;E-post\nversan;Vera Sandell;vera.sandell@ex.se\nsivbro;Siv Broman;siv.broman@ex.se\ntimhal;Tim Hallgren;\n";
    let (folder, run) = run(payroll, export);
    assert_eq!(keys_of(&run, "leaver-active"), ["leaver-active/s/versan"]);
    assert_eq!(account(&run, "sivbro").unwrap()["employment"], "active");
    assert_eq!(account(&run, "timhal").unwrap()["outcome"], "candidate");
    assert!(said(&folder).contains("på 3 rader har förstörts"), "{}", said(&folder));
}

/// An employment that two rows tell is one, the stated end holds, and it is said how many rows told it again.
#[test]
fn an_employment_told_twice_is_one() {
    let payroll = "Anst.nr;Namn;Anställd fr.o.m.;Anställd t.o.m.\n1050;Vera Sandell;2015-01-01;2026-06-30\n\
        1050;Vera Sandell;2015-01-01;\n1051;Siv Broman;2015-01-01;\n";
    let (folder, run) = run(payroll, "Konto-ID;Namn;Anst.nr\nversan;Vera Sandell;1050\n");
    let versan = account(&run, "versan").unwrap();
    assert_eq!((&versan["employment"], &versan["employment_end"]), (&json!("ended"), &json!("2026-06-30")));
    assert!(said(&folder).contains("första dag): 1"), "{}", said(&folder));
}

/// Who left while a namesake born on the same day is in service may be the same person: nobody is called a leaver,
/// and both are shown. With personal numbers of their own they are two.
#[test]
fn a_rehire_under_a_new_number_is_no_leaver() {
    let payroll = |first: &str, second: &str| {
        format!(
            "Anst.nr;Personnummer;Namn;Födelsedatum;Anställd fr.o.m.;Anställd t.o.m.\n\
            1050;{first};Vera Sandell;1976-01-02;2015-01-01;2026-06-30\n1090;{second};Vera Sandell;1976-01-02;2026-07-01;\n\
            1051;;Siv Broman;1988-02-02;2015-01-01;2026-03-31\n"
        )
    };
    let export = "Konto-ID;Namn;Anst.nr\nversan;Vera Sandell;1050\nsivbro;Siv Broman;1051\n";
    let (folder, one) = run(&payroll("", ""), export);
    assert_eq!(keys_of(&one, "leaver-active"), ["leaver-active/s/sivbro"]);
    let versan = account(&one, "versan").unwrap();
    assert_eq!((&versan["outcome"], &versan["candidates"]), (&json!("disputed"), &json!(["1050", "1090"])));
    assert!(said(&folder).contains("anställts på nytt"), "{}", said(&folder));
    let (_folder, two) = run(&payroll("19760102-2382", "19760102-2390"), export);
    assert_eq!(keys_of(&two, "leaver-active"), ["leaver-active/s/sivbro", "leaver-active/s/versan"]);
}

/// A mark on either of two rows that may be one person's hides the account of both.
#[test]
fn a_mark_reaches_whoever_may_be_the_same() {
    let payroll = "Anst.nr;Namn;Födelsedatum;Skyddad identitet;Anställd fr.o.m.;Anställd t.o.m.\n\
        1050;Vera Sandell;1976-01-02;;2015-01-01;2026-06-30\n1090;Vera Sandell;1976-01-02;Ja;2026-07-01;\n\
        1051;Siv Broman;1988-02-02;;2015-01-01;\n";
    let (_folder, run) =
        run(payroll, "Konto-ID;Namn;Anst.nr\ngammal;Vera Sandell;1050\nny;Vera Sandell;1090\nsiv;Siv Broman;1051\n");
    assert_eq!(account(&run, "gammal"), None);
    assert_eq!(account(&run, "ny"), None);
    assert!(account(&run, "siv").is_some());
}

/// A personal number with a slip in it, on either side, still leads to the one it was meant for: a leaver is told, nobody
/// is called unknown for it, and it is never enough to say for certain whose the account is.
#[test]
fn a_mistyped_number_leads_to_whom_it_was_meant_for() {
    let payroll = "Anst.nr;Personnummer;Namn;Anställd fr.o.m.;Anställd t.o.m.\n\
        1;198501012382;Vera Sandell;2015-01-01;2026-06-30\n2;198501022381;Siv Broman;2015-01-01;\n\
        3;198501032398;Tim Hallgren;2015-01-01;2026-06-30\n4;198501042389;Bo Ek;2015-01-01;2026-06-30\n";
    // Typed wrong in the export, wrong in payroll, wrong alike in both; and one that is nobody's.
    let export =
        "Konto;Personnummer\nu1;198501012383\nu2;198501023281\nu3;198501032398\nu4;198501042388\nu9;196307312775\n";
    let payroll = payroll.replace("198501032398", "198501032399").replace("198501042389", "198501042388");
    let (_folder, run) = run(&payroll, export);
    let told = |rule: &str| keys_of(&run, rule);
    assert_eq!(told("ambiguous-identity"), ["u1", "u3", "u4", "u9"].map(|own| format!("ambiguous-identity/s/{own}")));
    assert!(told("not-in-payroll").is_empty() && told("leaver-active").is_empty());
    let of = |name: &str| account(&run, name).unwrap();
    for (name, number) in [("u1", "1"), ("u2", "2"), ("u3", "3"), ("u4", "4")] {
        let account = of(name);
        assert_eq!((&account["outcome"], &account["candidates"][0]), (&json!("candidate"), &json!(number)), "{name}");
    }
    assert_eq!(of("u9")["outcome"], "unmatched");
}

/// With the name beside it a mistyped number says whose the account is.
#[test]
fn a_mistyped_number_bears_a_name_out() {
    let payroll = "Anst.nr;Personnummer;Namn;Anställd fr.o.m.;Anställd t.o.m.\n\
        1;198501012382;Vera Sandell;2015-01-01;2026-06-30\n2;198501022381;Siv Broman;2015-01-01;\n";
    let export = "Konto;Personnummer;Namn\nu1;198501012383;Vera Sandell\nu2;198501022382;Siv Broman\n";
    let (_folder, run) = run(payroll, export);
    assert_eq!(keys_of(&run, "leaver-active"), ["leaver-active/s/u1"]);
    assert_eq!(account(&run, "u2").unwrap()["outcome"], "linked");
}
