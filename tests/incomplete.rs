//! Files that show by themselves that they do not hold everything: it is said, and nobody is accused by what is missing.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{Ran, case, lines, publish, run_with};
use serde_json::Value;
use std::path::PathBuf;

const HEAD: &str = "[review]\nas_of = 2026-11-30\n";
const PAYROLL: &str = "Anst.nr;Namn;Anställd t.o.m.\n1001;Eva Lind;\n1002;Per Ek;\n";
const EXPORT: &str = "Konto-ID;Namn;Anst.nr\neva;Eva Lind;1001\nper;Per Ek;1002\n";

/// A folder with a configuration and files.
struct Case {
    folder: tempfile::TempDir,
    config: PathBuf,
}

impl Case {
    fn new(config: &str, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        let config = case(folder.path(), &format!("{HEAD}{config}"), &files);
        Self { folder, config }
    }

    /// With one system of some files, beside a payroll that is whole.
    fn of_system(files: &[(&str, &str)]) -> Self {
        let names: Vec<String> = files.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let config = format!(
            "[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"s\"\nowner = \"IT-chef\"\nfiles = [{}]\n",
            names.join(", ")
        );
        Self::new(&config, &[&[("lon.csv", PAYROLL)], files].concat())
    }

    fn output(&self) -> PathBuf {
        self.folder.path().join("ut")
    }

    fn check(&self) -> Ran {
        run_with(&["check", self.config.to_str().unwrap(), "--output", self.output().to_str().unwrap()])
    }

    /// What is found of the count of rows, with how grave it is.
    fn found(&self, more: &[&str]) -> Vec<(String, String)> {
        let run = publish(&self.config, &self.output(), more);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let own = lines(&run, "findings.jsonl").into_iter().filter(|line| line["rule"] == "control-total-differs");
        own.map(|line| (text(&line["severity"]), text(&line["message"]))).collect()
    }
}

/// A file without a row of data among several of a system is told, whether it adds accounts or facts to them; one that
/// is stated to be empty is not.
#[test]
fn a_file_without_rows_among_several_is_told() {
    let header = "Konto-ID;Namn;Anst.nr\n";
    let totals = "Konto-ID;Namn;Anst.nr\n\nSumma;0;\n";
    for empty in [header, totals, "Konto-ID;Senast inloggad\n"] {
        let case = Case::of_system(&[("a.csv", EXPORT), ("b.csv", empty)]);
        let found = case.found(&[]);
        let grave = |(severity, says): &(String, String)| severity == "high" && says.contains("b.csv (ingen rad");
        assert!(found.iter().any(grave), "{empty}: {found:?}");
        assert!(case.check().out.contains("b.csv (ingen rad med uppgifter)"));
    }
    let stated = "[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"s\"\nowner = \"IT-chef\"\n[[system.file]]\nfile = \"a.csv\"\n\
        control_total = 2\n[[system.file]]\nfile = \"b.csv\"\ncontrol_total = 0\n";
    let case = Case::new(stated, &[("lon.csv", PAYROLL), ("a.csv", EXPORT), ("b.csv", header)]);
    assert!(!case.found(&[]).iter().any(|(_, says)| says.contains("csv (")));
}

/// Payroll of which a file has no row, or is cut off, stops the run until somebody says why it is right.
#[test]
fn a_payroll_that_is_not_whole_stops_the_run() {
    let two = "[[payroll.file]]\nfile = \"lon.csv\"\n[[payroll.file]]\nfile = \"bolag.csv\"\n[[system]]\nid = \"s\"\n\
        owner = \"IT-chef\"\nfile = \"a.csv\"\n";
    let header = "Anst.nr;Namn;Anställd t.o.m.\n";
    let more = format!("{header}1003;Li Ek;\n-- More --\n");
    for (second, part) in [(header, "ingen rad med uppgifter"), (more.as_str(), "Rad 3 säger att uttaget är avkortat")]
    {
        let case = Case::new(two, &[("lon.csv", PAYROLL), ("bolag.csv", second), ("a.csv", EXPORT)]);
        let checked = case.check();
        assert!(
            checked.code == 2 && checked.err.contains("bolag.csv") && checked.err.contains(part),
            "{}",
            checked.err
        );
        let found = case.found(&["--accept-incomplete", "Bolaget har inga anställda"]);
        assert!(found.iter().any(|(severity, says)| severity == "high" && says.contains("bolag.csv (")), "{found:?}");
    }
}

/// The notice of a program that it stopped at a limit makes the list one that is not whole, and no account; what looks a
/// little like it does not.
#[test]
fn a_list_that_is_cut_off_is_told() {
    let ldif = |end: &str| {
        format!("dn: CN=Eva Lind,DC=x\nsAMAccountName: eva\nemployeeNumber: 1001\ndescription: truncated\n\n{end}")
    };
    let cut = [
        ldif("# search result\nsearch: 2\nresult: 4 Size limit exceeded\n\n# numResponses: 2\n"),
        format!("{EXPORT}WARNING: By default; only the first 1000 items are returned.\n"),
        format!("{EXPORT}--More--\n"),
        format!("{EXPORT};Visar 1-2 av 4321;\n"),
        format!("Listan är avkortad vid 1000 rader\n\n{EXPORT}"),
    ];
    for text in cut {
        let case = Case::of_system(&[("a", &text)]);
        let found = case.found(&[]);
        let grave =
            |(severity, says): &(String, String)| severity == "high" && says.contains("a (avkortad, enligt rad");
        assert!(found.iter().any(grave), "{text}: {found:?}");
        let run = case.output().join("2026-11-30");
        let accounts = lines(&run, "accounts.jsonl").len();
        assert_eq!(accounts, if text.starts_with("dn:") { 1 } else { 2 }, "{text}");
    }
    let whole = [
        ldif("# search result\nsearch: 2\nresult: 0 Success\n"),
        format!("{EXPORT}\n(2 rows affected)\n"),
        format!("Max antal rader: 5000\n\n{EXPORT}Sida 1 av 3;;\n"),
    ];
    for text in whole {
        let found = Case::of_system(&[("a", &text)]).found(&[]);
        assert!(found.iter().all(|(severity, _)| severity == "info"), "{text}: {found:?}");
    }
}

/// What tools and people write between and below the rows of a table is no account, and is listed as such.
#[test]
fn what_is_written_around_rows_is_no_account() {
    let text = "Konto-ID;Namn;Anst.nr\n--------;----;-------\nAvdelning: Skola;;\neva;Eva Lind;1001\nAvdelning:Vård;;\n\
        Skolan:;;\nEnhet:;Vård och omsorg;\nVÅRD OCH OMSORG;;\nper;Per Ek;1002\n=====;;\n_____;_____;____\n\n\
        (2 rows affected)\nEND OF FILE\nEOF\n*** SLUT ***\nEnd of report;;\nAdministrator;;\nx:y;;\n";
    let case = Case::of_system(&[("a.csv", text)]);
    case.found(&[]);
    let run = case.output().join("2026-11-30");
    let accounts: Vec<Value> = lines(&run, "accounts.jsonl").into_iter().map(|line| line["account"].clone()).collect();
    assert_eq!(accounts, ["eva", "per", "Administrator", "x:y"]);
    assert_eq!(common::manifest(&run)["inputs"][1]["rows"]["rejected"], 13);
    let payroll = format!("{PAYROLL}-----;-----;-----\n(2 rows affected)\n");
    let case = Case::new(
        "[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"s\"\nowner = \"IT-chef\"\nfile = \"a.csv\"\n",
        &[("lon.csv", &payroll), ("a.csv", EXPORT)],
    );
    case.found(&[]);
    let run = case.output().join("2026-11-30");
    assert_eq!(common::manifest(&run)["inputs"][0]["rows"]["rejected"], 2);
    assert!(common::keys_of(&run, "values-unread").is_empty());
}

/// Whole numbers that a program wrote as numbers with decimals are the numbers they were, on either side, and that is
/// told; where some have other decimals the point belongs to them.
#[test]
fn numbers_with_a_decimal_nought_are_whole() {
    let config = "[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"s\"\nowner = \"IT-chef\"\nfile = \"a.csv\"\n";
    let payroll = "Anst.nr;Namn;Anställd t.o.m.\n1001.0;Eva Lind;\n1002.0;Per Ek;\n1003;Li Ek;\n";
    let comma = "Konto-ID;Namn;Anst.nr\neva;Eva Lind;1001,0\nper;Per Ek;1002,0\n";
    for (payroll, export) in [(payroll, EXPORT), (PAYROLL, comma), (payroll, comma)] {
        let case = Case::new(config, &[("lon.csv", payroll), ("a.csv", export)]);
        case.found(&[]);
        let accounts = lines(&case.output().join("2026-11-30"), "accounts.jsonl");
        let people: Vec<&Value> = accounts.iter().map(|account| &account["person"]).collect();
        assert_eq!(people, ["1001", "1002"], "{payroll}{export}");
        let checked = case.check();
        assert!(checked.out.contains("utan decimalen"), "{}", checked.out);
    }
    let of_employments = "Anst.nr;Namn;Anställd t.o.m.\n1001.0;Eva Lind;\n1001.1;Per Ek;\n";
    let export = "Konto-ID;Namn;Anst.nr\neva;Eva Lind;1001.0\n";
    let case = Case::new(config, &[("lon.csv", of_employments), ("a.csv", export)]);
    case.found(&[]);
    assert_eq!(lines(&case.output().join("2026-11-30"), "accounts.jsonl")[0]["person"], "1001.0");
}
