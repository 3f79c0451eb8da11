//! Protected persons are counts and nothing else: every byte of every output and of the log is searched.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{case, lines, manifest, parts, publish, run_with, tree};
use std::path::Path;

/// Marks that must not come out: of Mia, who is protected in payroll, and of Nora, whom an export marks.
const SECRETS: [&str; 14] = [
    "Mia",
    "Sandell",
    "2001-hemlig",
    "mia.sandell",
    "miasan01",
    "Hemliga enheten",
    "Nora",
    "Vinter",
    "norvin01",
    "nora.vinter",
    "norvin02",
    "198501012382",
    "0101-2382",
    "198501022399",
];

const PAYROLL: &str = "Anst.nr;Personnummer;Förnamn;Efternamn;E-post;Enhet;Närmaste chef;Anställd fr.o.m.;Anställd t.o.m.;Sekretess\n\
    1001;19850102-2381;Eva;Lind;eva.lind@x.se;Biblioteket;Mia Sandell;2015-01-01;;\n\
    2001-hemlig;19850101-2382;Mia;Sandell;mia.sandell@x.se;Hemliga enheten;;2015-01-01;2026-01-31;J\n\
    1003;19850102-2399;Nora;Vinter;nora.vinter@x.se;Biblioteket;;2015-01-01;2026-02-28;N\n\
    1004;;Per;Ekdal;per.ekdal@x.se;Biblioteket;;2015-01-01;2026-03-31;\n";

const FIRST: &str = "Användarnamn;Namn;E-post;Ägare;Skyddad identitet;Senast inloggad\n\
    evalin01;Eva Lind;eva.lind@x.se;;;2026-11-01\n\
    miasan01;Mia Sandell;mia.sandell@x.se;;;2026-11-01\n\
    norvin01;Nora Vinter;nora.vinter@x.se;;Ja;2026-11-01\n\
    perekd01;Per Ekdal;per.ekdal@x.se;;;2026-11-01\n\
    svc_arkiv;;;Mia Sandell;;2026-11-01\n";

const SECOND: &str = "Användarnamn;Namn;Personnr\nnorvin02;Vinter, Nora;850102-2399\nperekd02;Ekdal, Per;\n";

const CONFIG: &str = r#"
[review]
organisation = "Exempelkommunen"
as_of = 2026-11-30
[payroll]
file = "lon.csv"
exported = 2026-11-30
[[system]]
id = "a"
file = "a.csv"
owner = "Mia Sandell"
administrator = "2001-hemlig"
[[system]]
id = "b"
file = "b.csv"
owner = "nora.vinter@x.se"
[[exemption]]
system = "a"
account = "miasan01"
owner = "Mia Sandell"
reason = "prov"
"#;

fn protected_case(folder: &Path) -> std::path::PathBuf {
    case(folder, CONFIG, &[("lon.csv", PAYROLL.as_bytes()), ("a.csv", FIRST.as_bytes()), ("b.csv", SECOND.as_bytes())])
}

/// No name, number, account, e-mail or unit of a protected person comes out anywhere, whether payroll or
/// an export marks it, nor as owner, administrator or manager of something else.
#[test]
fn protected_persons_are_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let config = protected_case(folder.path());
    let output = folder.path().join("ut");
    let log = folder.path().join("logg.txt");
    let ran = run_with(&[
        "run",
        config.to_str().unwrap(),
        "--output",
        output.to_str().unwrap(),
        "-vvv",
        "--log-file",
        log.to_str().unwrap(),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut searched: Vec<(String, String)> = Vec::new();
    for (name, bytes) in tree(&output) {
        searched.extend(parts(&bytes).into_iter().map(|(part, text)| (format!("{name}/{part}"), text)));
    }
    searched.push(("log".into(), std::fs::read_to_string(log).unwrap()));
    searched.push(("stdout".into(), ran.out));
    searched.push(("stderr".into(), ran.err));
    assert!(searched.len() > 20);
    for (name, text) in searched {
        for secret in SECRETS {
            assert!(!name.contains(secret) && !text.contains(secret), "{secret} in {name}");
        }
    }
}

/// They are counted by system as far as the number may be told, and a finding says that nobody reviews them.
#[test]
fn protected_persons_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let run = publish(&protected_case(folder.path()), &folder.path().join("ut"), &[]);
    let manifest = manifest(&run);
    assert_eq!(manifest["counts"]["systems"]["a"]["protected"], "<5");
    assert_eq!(manifest["counts"]["systems"]["b"]["protected"], "<5");
    let findings = lines(&run, "findings.jsonl");
    let finding = findings.iter().find(|f| f["rule"] == "protected-not-reviewed").unwrap();
    assert_eq!(finding["severity"], "high");
    assert_eq!(finding["facts"]["accounts"], "Färre än 5");
    // Those who are not protected are still found.
    assert!(findings.iter().any(|f| f["key"] == "leaver-active/a/perekd01"));
}

/// Personal numbers are never shown in full, nor are pay and passwords read.
#[test]
fn numbers_and_pay_stay_inside() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Personnummer;Namn;Månadslön;Adress;Anställd fr.o.m.\n19850101-2390;19850101-2390;Eva Lind;31337;Hemgatan 7;2015-01-01\n";
    let export =
        "Konto;Namn;Personnummer;Lösenord\n19850101-2390;Eva Lind;198501012390;hemligt99\n198501022381;Bo Ek;;x\n";
    let config = "[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"s\"\nfile = \"s.csv\"\n";
    let config = case(folder.path(), config, &[("lon.csv", payroll.as_bytes()), ("s.csv", export.as_bytes())]);
    let run = publish(&config, &folder.path().join("ut"), &["--as-of", "2026-11-30"]);
    for (name, bytes) in tree(&run) {
        for (part, text) in parts(&bytes) {
            for secret in ["2390", "2381", "31337", "Hemgatan", "hemligt99"] {
                assert!(!text.contains(secret), "{secret} in {name}/{part}");
            }
        }
    }
    let accounts = lines(&run, "accounts.jsonl");
    let label = accounts[0]["account"].as_str().unwrap();
    assert!(label.starts_with("19850101-****."), "{label}");
    assert_eq!(accounts[0]["outcome"], "linked");
    let person = accounts[0]["person"].as_str().unwrap();
    assert!(person.starts_with('p') && person.len() == 9, "{person}");
}
