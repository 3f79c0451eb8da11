//! People outside payroll, and accounts that are nobody's: registers beside payroll.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{lines, publish, run_with};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const CONFIG: &str = r#"
[review]
as_of = 2026-11-30

[payroll]
file = "lon.csv"
exported = 2026-11-30

[[system]]
id = "sys"
name = "Systemet"
file = "sys.csv"
owner = "Administrativ chef"
exported = 2026-11-30
"#;

const PAYROLL: &str = "Anst.nr;Personnummer;Förnamn;Efternamn;Anställningsform;Anställd fr.o.m.;Anställd t.o.m.
1001;19790607-2397;Eva;Lind;Tillsvidareanställning;2015-01-01;
1002;19790608-2388;Per;Ekdal;Tillsvidareanställning;2015-01-01;2026-06-30
";

const REGISTERS: &str = r#"
[[register]]
id = "konsulter"
kind = "external"
file = "konsulter.csv"

[[register]]
id = "fullmaktige"
kind = "elected"
file = "valda.csv"
"#;

const CONSULTANTS: &str =
    "Konsult-id;Personnummer;Namn;E-post;Uppdrag fr.o.m.;Uppdrag t.o.m.;Ansvarig beställare;Sekretess
K1;19790608-2396;Siv Broman;siv@bolag.se;2026-01-01;2027-06-30;1001;
K2;19790608-2388;Per Ekdal;per@bolag.se;2026-07-01;2027-06-30;1001;
K3;19790609-2387;Tim Hallgren;tim@bolag.se;2026-01-01;2027-06-30;1001;J
";

const ELECTED: &str = "Personnummer;Namn;Mandat fr.o.m.;Mandat t.o.m.
19790607-2397;Eva Lind;2022-10-15;2026-12-31
19790608-2396;Siv Broman;2022-10-15;2026-12-31
";

const EXPORT: &str = "Användarnamn;Namn;Personnummer;Status;Ägare;Kontotyp
eva01;Eva Lind;19790607-2397;Aktiv;;
per01;Per Ekdal;19790608-2388;Aktiv;;
siv01;Siv Broman;19790608-2396;Aktiv;;
tim01;Tim Hallgren;19790609-2387;Aktiv;;
svc_backup;;;Aktiv;;Tjänstekonto
svc_print;;;Aktiv;;Tjänstekonto
kassan;;;Aktiv;;
";

fn case(config: &str) -> TempDir {
    let case = tempfile::tempdir().unwrap();
    for (file, text) in [
        ("samkor.toml", config),
        ("lon.csv", PAYROLL),
        ("sys.csv", EXPORT),
        ("konsulter.csv", CONSULTANTS),
        ("valda.csv", ELECTED),
        ("tjanst.csv", "System;Konto;Ägare\nSystemet;SVC_backup;1001\nsys;kassan;Ekonomichef\nannat;svc_print;1001\n"),
    ] {
        fs::write(case.path().join(file), text).unwrap();
    }
    case
}

fn run(case: &Path) -> PathBuf {
    publish(&case.join("samkor.toml"), &case.join("ut"), &[])
}

fn account(run: &Path, name: &str) -> Option<Value> {
    lines(run, "accounts.jsonl").into_iter().find(|line| line["account"] == name)
}

/// Without registers the consultant is unknown and the one who stayed on as consultant has left; with them both
/// are engaged, and an employee who is also elected is employed.
#[test]
fn the_best_standing_wins() {
    let bare = case(CONFIG);
    let before = run(bare.path());
    assert_eq!(account(&before, "siv01").unwrap()["outcome"], "unmatched");
    assert_eq!(account(&before, "per01").unwrap()["employment"], "ended");
    let with = case(&format!("{CONFIG}{REGISTERS}"));
    let after = run(with.path());
    assert_eq!(account(&after, "siv01").unwrap()["employment"], "engaged");
    assert_eq!(account(&after, "per01").unwrap()["employment"], "engaged");
    assert_eq!(account(&after, "eva01").unwrap()["employment"], "active");
    assert!(common::keys_of(&after, "leaver-active").is_empty());
}

/// Every engagement of a person is shown on the row, not only the best.
#[test]
fn all_standings_are_shown() {
    let with = case(&format!("{CONFIG}{REGISTERS}"));
    let rows = common::sheet(&run(with.path()).join("agare/sys.xlsx"), "Konton");
    let of = |name: &str| rows.iter().find(|row| row[0] == name).unwrap().join("|");
    assert!(
        of("siv01").contains("Uppdrag, ej anställd; förtroendevald (fullmaktige); extern (konsulter)"),
        "{}",
        of("siv01")
    );
    assert!(of("eva01").contains("Anställd; förtroendevald (fullmaktige)"), "{}", of("eva01"));
}

/// A mark of protection in a register hides the person's accounts like one in payroll.
#[test]
fn protection_in_a_register_hides() {
    let with = case(&format!("{CONFIG}{REGISTERS}"));
    let run = run(with.path());
    assert_eq!(account(&run, "tim01"), None);
    assert_eq!(common::manifest(&run)["counts"]["protected"], "<5");
}

/// The register's rows are accounted for: persons that payroll already has are folded.
#[test]
fn the_registers_arithmetic_ties() {
    let with = case(&format!("{CONFIG}{REGISTERS}"));
    let manifest = common::manifest(&run(with.path()));
    let of = |path: &str| manifest["inputs"].as_array().unwrap().iter().find(|i| i["path"] == path).unwrap().clone();
    let consultants = of("konsulter.csv");
    assert_eq!(consultants["role"], "register");
    assert_eq!((&consultants["rows"]["folded"], &consultants["rows"]["records"]), (&Value::from(1), &Value::from(2)));
    assert_eq!(of("valda.csv")["rows"]["folded"], 2);
}

/// A register that cannot be read stops the run: everyone in it would be taken for unknown.
#[test]
fn a_missing_register_stops_the_run() {
    let with = case(&format!("{CONFIG}{REGISTERS}"));
    fs::remove_file(with.path().join("konsulter.csv")).unwrap();
    let ran = run_with(&["run", with.path().join("samkor.toml").to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("konsulter.csv"), "{}", ran.err);
}

/// A register without a kind, two of one id, and a kind that is none are told all at once.
#[test]
fn a_register_that_is_not_whole_is_refused() {
    let wrong = "[[register]]\nid = \"a\"\nfile = \"konsulter.csv\"\n[[register]]\nid = \"a\"\nkind = \"extern\"\nfile = \"x\"\n";
    let with = case(&format!("{CONFIG}{wrong}"));
    let ran = run_with(&["run", with.path().join("samkor.toml").to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    for word in ["kind (external, elected, student eller other)", "två register har id \"a\"", "extern"] {
        assert!(ran.err.contains(word), "{word}: {}", ran.err);
    }
}

/// The register of service accounts gives owners to accounts that have none, whatever the case of their names, and no
/// class; a row of another system gives nothing and is told. Its rows are counted as rows, of nobody's.
#[test]
fn the_register_of_service_accounts_gives_owners() {
    let bare = case(CONFIG);
    let without = common::keys_of(&run(bare.path()), "account-without-owner");
    assert_eq!(without, ["account-without-owner/sys/svc_backup", "account-without-owner/sys/svc_print"]);
    let with = case(&format!("{CONFIG}[service_accounts]\nfile = \"tjanst.csv\"\n"));
    let run = run(with.path());
    assert_eq!(common::keys_of(&run, "account-without-owner"), ["account-without-owner/sys/svc_print"]);
    let listed = account(&run, "kassan").unwrap();
    assert_eq!((&listed["class"], &listed["outcome"]), (&Value::from("unknown"), &Value::from("unmatched")));
    let basis = common::sheet(&run.join("agare/sys.xlsx"), "Underlag");
    assert!(basis.iter().any(|row| row.join("|").contains("system som inte heter så i konfigurationen")));
    let manifest: Value = serde_json::from_slice(&fs::read(run.join("manifest.json")).unwrap()).unwrap();
    let inputs = manifest["inputs"].as_array().unwrap();
    let register = inputs.iter().find(|input| input["role"] == "service_accounts").unwrap();
    assert_eq!((&register["rows"]["records"], &register["rows"]["folded"]), (&Value::from(3), &Value::from(0)));
}

/// A register with nobody in it does not stop the run, and the check says so.
#[test]
fn an_empty_register_is_told() {
    let with = case(&format!("{CONFIG}{REGISTERS}"));
    fs::write(with.path().join("konsulter.csv"), "Namn;E-post;Uppdrag t.o.m.\n").unwrap();
    let ran = run_with(&["check", with.path().join("samkor.toml").to_str().unwrap()]);
    assert!(ran.out.contains("Registret innehåller ingen person"), "{}", ran.out);
}
