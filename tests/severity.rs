//! How grave a finding is, and what is said where a rule could not be tested.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{case, lines, publish, sheet};
use std::path::{Path, PathBuf};

const PAYROLL: &str = "Anst.nr;Personnummer;Namn;Anställd t.o.m.\n1001;19760102-2382;Eva Lind;\n1002;19760102-2390;Per Ekdal;2026-01-31\n1003;19760110-2382;Siv Broman;\n";
const EXPORT: &str = "Konto-ID;Namn;Anst.nr;Status;Senast inloggad\neva01;Eva Lind;1001;Aktiv;2026-01-02\nper01;Per Ekdal;1002;Aktiv;2026-01-02\nk1;Per Ekdal;;Aktiv;2026-11-20\nk2;Siv Broman;1001;Aktiv;2026-11-20\n";

fn run(folder: &Path, more: &str) -> PathBuf {
    let text =
        "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"sys\"\nfile = \"sys.csv\"\n";
    let files: [(&str, &[u8]); 2] = [("lon.csv", PAYROLL.as_bytes()), ("sys.csv", EXPORT.as_bytes())];
    publish(&case(folder, &format!("{text}{more}"), &files), &folder.join("ut"), &[])
}

/// Base and result of a finding.
fn severity(run: &Path, key: &str) -> [String; 2] {
    let findings = lines(run, "findings.jsonl");
    let found = findings.iter().find(|finding| finding["key"] == key);
    let found = found.unwrap_or_else(|| panic!("no {key}"));
    ["base_severity", "severity"].map(|field| found[field].as_str().unwrap().to_owned())
}

/// Configuration sets a rule's first base; a hit with another keeps its distance, and what is for information stays so.
#[test]
fn a_base_of_its_own_keeps_its_distance() {
    let folder = tempfile::tempdir().unwrap();
    let rules =
        "[rules]\ncontrol-total-differs = \"medium\"\nambiguous-identity = \"low\"\nsystem-without-owner = \"low\"\n";
    let run = run(folder.path(), rules);
    assert_eq!(severity(&run, "control-total-differs/sys"), ["info", "info"]);
    assert_eq!(severity(&run, "ambiguous-identity/sys/k1"), ["medium", "medium"]);
    assert_eq!(severity(&run, "ambiguous-identity/sys/k2"), ["low", "low"]);
    assert_eq!(severity(&run, "system-without-owner/sys"), ["low", "low"]);
}

/// Where everyone it can be has left it is graver than where some are at work.
#[test]
fn an_account_of_those_who_left_is_graver() {
    let folder = tempfile::tempdir().unwrap();
    let run = run(folder.path(), "");
    assert_eq!(severity(&run, "ambiguous-identity/sys/k1"), ["high", "high"]);
    assert_eq!(severity(&run, "ambiguous-identity/sys/k2"), ["medium", "medium"]);
    assert_eq!(severity(&run, "identity-drift/sys/k2"), ["info", "info"]);
}

/// The number of somebody at work under the whole name of one who has left is told to be read, and not for information
/// alone: it may be the leaver's. On a closed account, under a name that nobody bears, and with another key that is the holder's
/// too, it is for information.
#[test]
fn the_name_of_one_who_left_under_anothers_number_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Personnummer;Namn;Anställd t.o.m.;E-post\n1001;19760102-2382;Karin Trunfors;;karin.trunfors@x.se\n1002;19760102-2390;Karin Rimfors;2026-01-31;\n1003;19760110-2382;Siv Broman;;\n";
    let export = "Konto-ID;Namn;Anst.nr;Status;E-post\nk1;Karin Rimfors;1001;Aktiv;\nk2;Karin Rimfors;1001;Avstängd;\nk3;Karin Lundell;1001;Aktiv;\nk4;Karin Rimfors;1001;Aktiv;karin.trunfors@x.se\n";
    let config =
        "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"sys\"\nfile = \"sys.csv\"\n";
    let files: [(&str, &[u8]); 2] = [("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())];
    let run = publish(&case(folder.path(), config, &files), &folder.path().join("ut"), &[]);
    assert_eq!(severity(&run, "identity-drift/sys/k1"), ["medium", "medium"]);
    assert_eq!(severity(&run, "identity-drift/sys/k2"), ["info", "info"]);
    assert_eq!(severity(&run, "identity-drift/sys/k3"), ["info", "info"]);
    assert_eq!(severity(&run, "identity-drift/sys/k4"), ["info", "info"]);
}

/// What a system holds makes access to it graver, and neither its use nor its owner.
#[test]
fn a_sensitive_system_makes_access_graver() {
    let folder = tempfile::tempdir().unwrap();
    let run = run(folder.path(), "sensitive = true\n");
    assert_eq!(severity(&run, "leaver-active/sys/per01"), ["high", "critical"]);
    assert_eq!(severity(&run, "dormant/sys/eva01"), ["low", "low"]);
    assert_eq!(severity(&run, "system-without-owner/sys"), ["high", "high"]);
}

/// Without the day payroll was extracted, nobody knows how far the inputs lie apart, and that is said.
#[test]
fn inputs_without_days_are_not_tested_for_lying_apart() {
    let folder = tempfile::tempdir().unwrap();
    let run = run(folder.path(), "exported = 2026-11-01\n");
    assert!(common::keys_of(&run, "inputs-apart").is_empty());
    let summary = sheet(&run.join("agare/sys.xlsx"), "Underlag");
    let told = |row: &Vec<String>| row.contains(&"Personalregistrets uttagsdag är inte angiven".to_owned());
    assert!(summary.iter().any(told));
}

/// The gravest word is kept for few: in the made-up municipality at most one row in seven that is to be answered is
/// critical. High rights on an everyday account are what its rule is about, and do not raise it again.
#[test]
fn few_rows_are_critical() {
    let folder = tempfile::tempdir().unwrap();
    let run = publish(&common::fixture("exempelkommunen/samkor.toml"), folder.path(), &[]);
    let findings = lines(&run, "findings.jsonl");
    let everyday: Vec<_> = findings.iter().filter(|own| own["rule"] == "privileged-everyday").collect();
    let raised = |own: &&&serde_json::Value| own["modifiers"].to_string().contains("privileged");
    assert!(!everyday.is_empty() && everyday.iter().find(raised).is_none());
    let critical: std::collections::BTreeSet<String> = findings
        .iter()
        .filter(|own| own["severity"] == "critical" && own["account"].is_string())
        .map(|own| format!("{}/{}", own["system"], own["account"]))
        .collect();
    let to_answer = common::manifest(&run)["counts"]["to_answer"].as_u64().unwrap();
    assert!(critical.len() as u64 * 7 <= to_answer, "{} of {to_answer}", critical.len());
}
