//! What configuration says of systems and employments, seen in what comes out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{case, keys_of, lines, manifest, publish};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Publishes a case and returns its run.
fn run(folder: &Path, config: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let config = case(folder, &format!("[review]\nas_of = 2026-11-30\n{config}"), files);
    publish(&config, &folder.join("ut"), &[])
}

fn account<'a>(accounts: &'a [Value], system: &str, name: &str) -> &'a Value {
    accounts.iter().find(|a| a["system"] == system && a["account"] == name).unwrap()
}

/// Several payroll files are one register: a person in two of them is one, and each file's rows tie.
#[test]
fn several_payroll_files_are_one_register() {
    let folder = tempfile::tempdir().unwrap();
    let first = "Anst.nr;Personnummer;Namn;Företag;Anställd t.o.m.\n1001;19850101-2382;Eva Lind;Kommunen;2026-01-31\n1002;;Per Ek;Kommunen;\n";
    let second = "Anst.nr,Personnummer,Namn,Företag,Anställd t.o.m.\nB7,198501012382,Eva Lind,Bolaget AB,\n";
    let export = "Konto-ID;Namn;Anst.nr\neva;Eva Lind;B7\nper;Per Ek;1002\n";
    let config = "[payroll]\nfiles = [\"a.csv\", \"b.csv\"]\n[[system]]\nid = \"alla\"\nfile = \"s.csv\"\n\
        [[system]]\nid = \"kommunen\"\nfile = \"s.csv\"\ncompanies = [\"Kommunen\"]\n";
    let files: [(&str, &[u8]); 3] =
        [("a.csv", first.as_bytes()), ("b.csv", second.as_bytes()), ("s.csv", export.as_bytes())];
    let run = run(folder.path(), config, &files);
    let accounts = lines(&run, "accounts.jsonl");
    assert_eq!(account(&accounts, "alla", "eva")["employment"], "active");
    assert_eq!(account(&accounts, "alla", "eva")["employee_numbers"], serde_json::json!(["1001", "B7"]));
    // In the system of the municipality only its own employment counts, and that has ended.
    assert_eq!(account(&accounts, "kommunen", "eva")["employment"], "ended");
    assert_eq!(keys_of(&run, "leaver-active"), ["leaver-active/kommunen/eva"]);
    let inputs = manifest(&run)["inputs"].clone();
    assert_eq!(inputs[0]["rows"]["records"], 2);
    assert_eq!((inputs[1]["rows"]["records"].as_u64(), inputs[1]["rows"]["folded"].as_u64()), (Some(0), Some(1)));
}

/// A population left out is counted, shown with its reason, and tested by no rule.
#[test]
fn a_population_left_out_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Namn;Anställd t.o.m.\n1001;Eva Lind;\n1002;Per Ek;2026-01-01\n";
    let export = "SamAccountName,Name,DistinguishedName\neva,Eva Lind,\"CN=Eva,OU=Personal\"\nelev1,Kim Elev,\"CN=Kim,OU=Elever,DC=x\"\n";
    let config = "[payroll]\nfile = \"l.csv\"\n[[system]]\nid = \"ad\"\nfile = \"s.csv\"\n[[system.exclude]]\ncolumn = \"DistinguishedName\"\n\
        match = \"*OU=Elever*\"\nreason = \"Elever granskas av skolan\"\ndecided_by = \"IT-chef\"\n";
    let run = run(folder.path(), config, &[("l.csv", payroll.as_bytes()), ("s.csv", export.as_bytes())]);
    let accounts = lines(&run, "accounts.jsonl");
    assert_eq!(account(&accounts, "ad", "elev1")["outcome"], "excluded");
    assert!(lines(&run, "findings.jsonl").iter().all(|f| f["account"] != "elev1"));
    assert_eq!(manifest(&run)["counts"]["systems"]["ad"]["accounts"]["outcome"]["excluded"], 1);
}

/// Status words, end dates that close, classes and privileged roles mean what the system says they mean.
#[test]
fn a_system_says_what_its_words_mean() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Namn;Anställd t.o.m.\n1001;Eva Lind;\n1002;Per Ek;2026-01-01\n";
    let export = "Konto-ID;Namn;Anst.nr;Status;Giltig t.o.m.;Roll\n\
        a;Eva Lind;1001;P;;Systemförvaltare\nb;Eva Lind;1001;Slutat;;\nc;Eva Lind;1001;P;2026-01-01;\nd;Eva Lind;1001;?;;Läsare\njobb_natt;;;P;;\n";
    let config = "[payroll]\nfile = \"l.csv\"\n[[system]]\nid = \"s\"\nfile = \"s.csv\"\nprivileged_roles = [\"System*\"]\n\
        [system.status]\nactive = [\"P\"]\nclosed = [\"Slutat\"]\nvalid_to_closes = true\n[system.classes]\nservice = [\"jobb_*\"]\n";
    let run = run(folder.path(), config, &[("l.csv", payroll.as_bytes()), ("s.csv", export.as_bytes())]);
    let accounts = lines(&run, "accounts.jsonl");
    let enabled = |name: &str| account(&accounts, "s", name)["enabled"].clone();
    assert_eq!(
        [enabled("a"), enabled("b"), enabled("c"), enabled("d")],
        [Value::Bool(true), Value::Bool(false), Value::Bool(false), Value::Null]
    );
    assert_eq!(account(&accounts, "s", "a")["privileged"], true);
    assert_eq!(account(&accounts, "s", "d")["privileged"], false);
    assert_eq!(account(&accounts, "s", "jobb_natt")["class"], "service");
}

/// A directory export of Windows PowerShell in UTF-16 is read: type line, quotes, FILETIME, account control.
#[test]
fn a_directory_export_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Namn;Anställd t.o.m.\n1001;Åsa Öberg;\n1002;Per Ek;2026-01-01\n";
    let text = "#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\r\n\
        \"sAMAccountName\",\"displayName\",\"employeeID\",\"userAccountControl\",\"lastLogonTimestamp\",\"whenCreated\"\r\n\
        \"asaobe01\",\"Åsa Öberg\",\"1001\",\"512\",\"133000000000000000\",\"20200115083000.0Z\"\r\n\
        \"perek01\",\"Per Ek\",\"1002\",\"66050\",\"0\",\"20200115083000.0Z\"\r\n";
    let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let config = "[payroll]\nfile = \"l.csv\"\n[[system]]\nid = \"ad\"\nfile = \"ad.csv\"\n";
    let run = run(folder.path(), config, &[("l.csv", payroll.as_bytes()), ("ad.csv", &utf16)]);
    let accounts = lines(&run, "accounts.jsonl");
    assert_eq!(account(&accounts, "ad", "asaobe01")["enabled"], true);
    assert_eq!(account(&accounts, "ad", "perek01")["enabled"], false);
    let dormant = lines(&run, "findings.jsonl").into_iter().find(|f| f["rule"] == "dormant").unwrap();
    assert_eq!(
        (dormant["account"].as_str(), dormant["facts"]["last_login"].as_str()),
        (Some("asaobe01"), Some("2022-06-18"))
    );
    let input = manifest(&run)["inputs"][1].clone();
    assert_eq!((input["encoding"].as_str(), input["rows"]["preamble"].as_u64()), (Some("UTF-16LE"), Some(1)));
}

/// A name lost to ASCII still finds its holder by birth date, and a name alone never links.
#[test]
fn names_are_compared_and_never_link_alone() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Personnummer;Namn;Anställd t.o.m.\n1001;19850101-2382;Åsa Björk-Öhman;\n1002;19850101-2390;Per Ek;2026-01-01\n1003;;Xerxes Unikum;\n";
    let export = "Konto-ID;Förnamn;Efternamn;Födelsedatum\na;?sa;Bj?rk ?hman;1985-01-01\nb;Aasa;Oehman;1985-01-01\nc;Xerxes;Unikum;\nd;Åsa;Öhman;1985-01-02\n";
    let config = "[payroll]\nfile = \"l.csv\"\n[[system]]\nid = \"s\"\nfile = \"s.csv\"\n";
    let run = run(folder.path(), config, &[("l.csv", payroll.as_bytes()), ("s.csv", export.as_bytes())]);
    let accounts = lines(&run, "accounts.jsonl");
    assert_eq!(account(&accounts, "s", "a")["person"], "1001");
    assert_eq!(account(&accounts, "s", "b")["person"], "1001");
    assert_eq!(account(&accounts, "s", "c")["outcome"], "candidate");
    assert_ne!(account(&accounts, "s", "d")["outcome"], "linked");
}

/// Keys that contradict each other make no link, and name both persons.
#[test]
fn contradicting_keys_are_disputed() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Personnummer;Namn;Anställd t.o.m.\n1001;19850101-2382;Eva Lind;\n1002;19850101-2390;Per Ek;2026-01-01\n";
    let export = "Konto-ID;Namn;Personnummer;Anst.nr\na;Eva Lind;19850101-2382;1002\nb;Per Ek;19850101-2382;\nc;Eva Lind;19850101-2382;1001\n";
    let config = "[payroll]\nfile = \"l.csv\"\n[[system]]\nid = \"s\"\nfile = \"s.csv\"\n";
    let run = run(folder.path(), config, &[("l.csv", payroll.as_bytes()), ("s.csv", export.as_bytes())]);
    let accounts = lines(&run, "accounts.jsonl");
    assert_eq!(account(&accounts, "s", "a")["outcome"], "disputed");
    assert_eq!(account(&accounts, "s", "a")["candidates"], serde_json::json!(["1001", "1002"]));
    assert_eq!(account(&accounts, "s", "b")["outcome"], "disputed");
    assert_eq!(account(&accounts, "s", "c")["outcome"], "linked");
}

/// Keys of findings and rows are unique in a run.
#[test]
fn keys_are_unique() {
    let folder = tempfile::tempdir().unwrap();
    let run = publish(&common::fixture("exempelkommunen/samkor.toml"), &folder.path().join("ut"), &[]);
    let mut keys: Vec<String> =
        lines(&run, "findings.jsonl").iter().map(|f| f["key"].as_str().unwrap().to_owned()).collect();
    let all = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), all);
}

/// A preliminary end is not decided yet and ends nothing; a status without dates does.
#[test]
fn only_what_is_decided_ends_an_employment() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Namn;Prel. avgångsdatum;Anställd t.o.m.;Anställningsstatus\n\
        1001;Eva Lind;2026-01-31;;Pågående\n1002;Per Ek;;;Avslutad\n1003;Siv Alm;;tills vidare;\n1004;Bo Ek;;2099-12-31;\n";
    let export = "Konto-ID;Namn;Anst.nr\na;Eva Lind;1001\nb;Per Ek;1002\nc;Siv Alm;1003\nd;Bo Ek;1004\n";
    let config = "[payroll]\nfile = \"l.csv\"\n[[system]]\nid = \"s\"\nfile = \"s.csv\"\n";
    let run = run(folder.path(), config, &[("l.csv", payroll.as_bytes()), ("s.csv", export.as_bytes())]);
    let accounts = lines(&run, "accounts.jsonl");
    let standing: Vec<&Value> = accounts.iter().map(|account| &account["employment"]).collect();
    assert_eq!(standing, ["active", "ended", "active", "active"]);
    assert_eq!(keys_of(&run, "leaver-active"), ["leaver-active/s/b"]);
}

/// A list without dates counts everyone as employed, and the rules on leavers are said to be untested.
#[test]
fn a_list_without_dates_tests_no_leaver() {
    let folder = tempfile::tempdir().unwrap();
    let export = "Konto-ID;Namn;Anst.nr\na;Eva Lind;1001\n";
    let config = "[payroll]\nfile = \"l.csv\"\n[[system]]\nid = \"s\"\nfile = \"s.csv\"\n";
    let run = run(folder.path(), config, &[("l.csv", b"Anst.nr;Namn\n1001;Eva Lind\n"), ("s.csv", export.as_bytes())]);
    assert_eq!(lines(&run, "accounts.jsonl")[0]["employment"], "active");
    assert_eq!(keys_of(&run, "ended-missing"), ["ended-missing"]);
    use calamine::Reader;
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(run.join("agare/s.xlsx")).unwrap();
    let sheet = workbook.worksheet_range("Underlag").unwrap();
    let untested = sheet.rows().any(|row| {
        row[0] == *"Avslutad anställning, kontot aktivt"
            && row[1] == *"Personalregistret har ingen kolumn för anställningens slut"
    });
    assert!(untested);
}

/// The account that signing in goes through is shown beside, by its name or by the holder; an owner may be
/// written as an account name of the directory; a leaver's other accounts are told on each.
#[test]
fn systems_are_seen_together() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Förnamn;Efternamn;E-post;Anställd fr.o.m.;Anställd t.o.m.\n1001;Eva;Lind;eva.lind@x.se;2015-01-01;\n1002;Per;Ekdal;per.ekdal@x.se;2015-01-01;2026-06-30\n1003;Siv;Broman;siv.broman@x.se;2015-01-01;\n";
    let directory = "sAMAccountName;Förnamn;Efternamn;EmployeeID;Enabled\nevalin01;Eva;Lind;1001;True\nperekd01;Per;Ekdal;1002;True\nsivbro01;Siv;Broman;1003;False\n";
    let care = "Användare;Förnamn;Efternamn;Anst.nr;Status\nEVALIN01;Eva;Lind;1001;Aktiv\nP7;Per;Ekdal;1002;Aktiv\nS9;Siv;Broman;1003;Aktiv\nX1;Okänd;Person;;Aktiv\n";
    let config = "[payroll]\nfile = \"l.csv\"\n[[system]]\nid = \"ad\"\nfile = \"ad.csv\"\ndirectory = true\nowner = \"SIVBRO01\"\n\
        [[system]]\nid = \"vard\"\nname = \"Vården\"\nfile = \"v.csv\"\nlogin = \"ad\"\nowner = \"X\\\\perekd01\"\n";
    let files: [(&str, &[u8]); 3] =
        [("l.csv", payroll.as_bytes()), ("ad.csv", directory.as_bytes()), ("v.csv", care.as_bytes())];
    let run = run(folder.path(), config, &files);
    assert_eq!(keys_of(&run, "system-owner-left"), ["system-owner-left/vard"]);
    let left = lines(&run, "findings.jsonl").into_iter().find(|f| f["key"] == "leaver-active/vard/P7").unwrap();
    assert_eq!(left["facts"]["other_accounts"], serde_json::json!(["ad/perekd01"]));
    let rows = common::sheet(&run.join("agare/vard.xlsx"), "Avvikelser");
    let column = rows[0].iter().position(|head| head == "Inloggningskonto").unwrap();
    let of = |name: &str| rows.iter().find(|row| row[2] == name).map(|row| row[column].clone());
    assert_eq!(of("P7").as_deref(), Some("perekd01 (aktivt)"));
    assert_eq!(of("X1").as_deref(), Some("hittas inte"));
    let confirm = common::sheet(&run.join("agare/vard.xlsx"), "Ansvarsroller");
    assert_eq!(confirm[0][7], "Stämmer (Ja/Nej)");
    assert_eq!(confirm[1][0], "Vården");
}
