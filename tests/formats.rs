//! One and the same list in every format comes to the same accounts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{fixture, lines, manifest, publish};
use serde_json::Value;

/// XLSX, ODS, XLS and a workbook under a wrong name: numbers, dates, identifiers, roles and row counts agree.
#[test]
fn every_format_comes_to_the_same() {
    let output = tempfile::tempdir().unwrap();
    let run = publish(&fixture("format/samkor.toml"), output.path(), &[]);
    let of = |system: &str, file: &str| -> Vec<Value> {
        let mut own: Vec<Value> = lines(&run, file).into_iter().filter(|line| line["system"] == system).collect();
        for line in &mut own {
            line["system"] = Value::Null;
            line["key"] = Value::Null;
        }
        own
    };
    for file in ["accounts.jsonl", "findings.jsonl"] {
        let expected = of("xlsx", file);
        assert!(!expected.is_empty());
        for system in ["ods", "xls", "felnamn"] {
            assert_eq!(of(system, file), expected, "{system} {file}");
        }
    }
    let manifest = manifest(&run);
    let formats: Vec<&str> =
        manifest["inputs"].as_array().unwrap().iter().map(|input| input["format"].as_str().unwrap()).collect();
    assert_eq!(formats, ["csv", "xlsx", "ods", "xls", "xlsx"]);
    let rows: Vec<&Value> = manifest["inputs"].as_array().unwrap().iter().skip(1).map(|input| &input["rows"]).collect();
    assert!(rows.iter().all(|row| *row == rows[0]), "{rows:?}");
}

/// Twelve-digit numbers kept as numbers, leading zeros kept as text, and real dates are read as what they are.
#[test]
fn values_are_read_as_data() {
    let output = tempfile::tempdir().unwrap();
    let run = publish(&fixture("format/samkor.toml"), output.path(), &[]);
    let accounts = lines(&run, "accounts.jsonl");
    let eva = accounts.iter().find(|line| line["system"] == "xls" && line["account"] == "evalin01").unwrap();
    assert_eq!(eva["person"], "0042");
    let fields: Vec<&str> = eva["evidence"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["personal_number", "employee_number", "given_name", "surname"]);
    assert_eq!(eva["roles"], serde_json::json!(["Läsare"]));
}
