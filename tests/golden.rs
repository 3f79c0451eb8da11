//! The made-up municipality through the program: its findings, its right answers, its workbooks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use calamine::{Data, Reader, Xlsx, open_workbook};
use common::{fixture, lines, manifest, publish};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

struct Municipality {
    _folder: tempfile::TempDir,
    run: PathBuf,
}

fn municipality(more: &[&str]) -> Municipality {
    let folder = tempfile::tempdir().unwrap();
    let run = publish(&fixture("exempelkommunen/samkor.toml"), folder.path(), more);
    Municipality { _folder: folder, run }
}

fn truth() -> BTreeMap<(String, String), Value> {
    let text = std::fs::read_to_string(fixture("exempelkommunen/facit.jsonl")).unwrap();
    let key =
        |line: &Value| (line["system"].as_str().unwrap().to_owned(), line["account"].as_str().unwrap().to_lowercase());
    text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).map(|line| (key(&line), line)).collect()
}

fn answer<'t>(truth: &'t BTreeMap<(String, String), Value>, line: &Value) -> &'t Value {
    &truth[&(line["system"].as_str().unwrap().to_owned(), line["account"].as_str().unwrap().to_lowercase())]
}

/// No account is linked to the wrong person, and nearly every account of someone in payroll is linked.
#[test]
fn links_are_right() {
    let (municipality, truth) = (municipality(&[]), truth());
    let (mut linked, mut missed) = (0, 0);
    for line in lines(&municipality.run, "accounts.jsonl") {
        let person = &answer(&truth, &line)["person"];
        if line["outcome"] == "linked" {
            linked += 1;
            assert!(line["employee_numbers"].as_array().unwrap().contains(person), "{line}");
            assert_eq!(line["employment"], answer(&truth, &line)["employment"], "{line}");
        } else if !person.is_null() {
            missed += 1;
        }
    }
    assert!(linked > 500, "{linked}");
    assert!(missed * 50 < linked, "{missed} of {linked} not linked");
}

/// Every forgotten account of a leaver is found, or its holder is asked for; nobody employed is named one.
#[test]
fn leavers_are_found() {
    let (municipality, truth) = (municipality(&[]), truth());
    let findings = lines(&municipality.run, "findings.jsonl");
    let reported = |line: &Value, rules: &[&str]| {
        let same = |f: &&Value| f["system"] == line["system"] && f["account"] == line["account"];
        findings.iter().filter(same).any(|f| rules.contains(&f["rule"].as_str().unwrap()))
    };
    let mut leavers = 0;
    for line in lines(&municipality.run, "accounts.jsonl") {
        let answer = answer(&truth, &line);
        let forgotten = answer["employment"] == "ended" && answer["active"] == true;
        leavers += usize::from(forgotten);
        if forgotten {
            assert!(reported(&line, &["leaver-active", "leaver-login", "ambiguous-identity"]), "{line}");
        } else if answer["employment"] != "ended" {
            assert!(!reported(&line, &["leaver-active", "leaver-login"]), "{line}");
        }
    }
    assert!(leavers >= 3, "{leavers}");
}

/// The findings are these and no others: a change of outcome shows here.
#[test]
fn findings_are_as_before() {
    let municipality = municipality(&[]);
    let findings = lines(&municipality.run, "findings.jsonl");
    let line =
        |f: &Value| format!("{} {} {}", f["severity"].as_str().unwrap(), f["key"].as_str().unwrap(), f["message"]);
    let list: Vec<String> = findings.iter().map(line).collect();
    insta::assert_snapshot!("findings", list.join("\n"));
}

/// Nearly every rule on accounts and systems fires somewhere in the municipality, those that follow an earlier run
/// aside; ended-missing cannot beside the
/// rules on leavers, nobody there has changed number, and what stays silent about payroll is right there.
#[test]
fn nearly_every_rule_fires() {
    let municipality = municipality(&[]);
    let findings = lines(&municipality.run, "findings.jsonl");
    let manifest = manifest(&municipality.run);
    let rules = manifest["rules"].as_object().unwrap().clone();
    let why = |rule: &str| manifest["untested"]["payroll"][rule].as_str().unwrap_or("");
    let in_a_first_run = rules.keys().filter(|rule| !why(rule).contains("ingen tidigare genomgång"));
    let silent: Vec<&String> =
        in_a_first_run.filter(|rule| findings.iter().all(|f| f["rule"] != rule.as_str())).collect();
    let right_there = [
        "configured-unmet",
        "contradictory-dates",
        "duplicate-person",
        "end-unknown",
        "ended-missing",
        "external-expired",
        "holders-not-found",
        "identity-number-swap",
        "invalid-personal-number",
        "manager-left",
        "missing-field",
        "no-account-open",
        "no-form-column",
        "no-protected-column",
        "nothing-to-review",
        "outside-company",
        "password-never-expires",
        "service-login",
        "system-never-in-inventory",
    ];
    assert_eq!(silent, right_there);
}

/// The manifest's arithmetic ties for every input, and its counts of accounts tie with the lines.
#[test]
fn the_arithmetic_ties() {
    let municipality = municipality(&[]);
    let manifest = manifest(&municipality.run);
    let read = |input: &&Value| !input["rows"].is_null();
    let inputs: Vec<&Value> = manifest["inputs"].as_array().unwrap().iter().filter(read).collect();
    assert_eq!(inputs.len(), 8, "payroll, the list of systems and six exports");
    for input in &inputs {
        let of = |name: &str| input["rows"][name].as_u64().unwrap();
        let parts = ["header", "preamble", "blank", "total_rows", "rejected", "folded", "records"];
        assert_eq!(of("in_file"), parts.iter().map(|part| of(part)).sum::<u64>(), "{input}");
    }
    let accounts = lines(&municipality.run, "accounts.jsonl");
    for (system, counts) in manifest["counts"]["systems"].as_object().unwrap() {
        let outcomes = counts["accounts"]["outcome"].as_object().unwrap();
        let shown: u64 = outcomes.values().map(|count| count.as_u64().unwrap()).sum();
        let written = accounts.iter().filter(|line| line["system"] == system.as_str()).count() as u64;
        assert_eq!(shown, written, "{system}");
        let records = inputs.iter().find(|input| input["system"] == system.as_str());
        let records = records.map_or(0, |input| input["rows"]["records"].as_u64().unwrap());
        // A number of protected accounts that is not told is in none of the others either.
        assert_eq!(records, shown + counts["protected"].as_u64().unwrap_or(0), "{system}");
    }
}

fn sheet(path: &Path, name: &str) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    workbook.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn names(path: &Path) -> Vec<String> {
    let workbook: Xlsx<_> = open_workbook(path).unwrap();
    workbook.sheet_names()
}

/// The workbooks have the contract's sheets, in its order and in both languages.
#[test]
fn workbooks_have_the_sheets_of_the_contract() {
    let swedish = municipality(&[]);
    let owner = [
        "Sammanfattning",
        "Avvikelser",
        "Höga behörigheter",
        "Sedan förra gången",
        "Konton",
        "Ansvarsroller",
        "Underlag",
        "Regler",
        "_samkor",
    ];
    assert_eq!(names(&swedish.run.join("agare/treserva.xlsx")), owner);
    let summary = [
        "Sammanställning",
        "System",
        "Förvaltningar",
        "Internkontroll",
        "Handlingsplan",
        "Kontrollens tillförlitlighet",
        "Prövade regler",
        "Personalregistrets kvalitet",
        "Underlag",
        "Regler",
        "_samkor",
    ];
    assert_eq!(names(&swedish.run.join("sammanstallning.xlsx")), summary);
    let english = municipality(&["--language", "en"]);
    let owner = [
        "Summary",
        "Deviations",
        "High privileges",
        "Since last time",
        "Accounts",
        "Responsibilities",
        "Basis",
        "Rules",
        "_samkor",
    ];
    assert_eq!(names(&english.run.join("agare/treserva.xlsx")), owner);
}

/// Avvikelser holds each account with findings that count, once, with all of them, worst first.
#[test]
fn deviations_are_those_of_the_data_files() {
    let municipality = municipality(&[]);
    let findings = lines(&municipality.run, "findings.jsonl");
    let listed = ["medium", "high", "critical"];
    let grades = ["Kritisk", "Hög", "Medel"];
    for system in ["katalog", "treserva", "ekonomi", "skola", "entra", "bygg"] {
        let rows = deviations(&municipality.run, system);
        let counts = |f: &&Value| {
            f["system"] == system && !f["account"].is_null() && listed.contains(&f["severity"].as_str().unwrap())
        };
        let mut expected: Vec<String> =
            findings.iter().filter(counts).map(|f| f["account"].as_str().unwrap().to_owned()).collect();
        expected.sort();
        expected.dedup();
        let mut shown: Vec<String> = rows.iter().map(|row| row[2].to_string()).collect();
        let order: Vec<usize> = rows.iter().map(|row| grades.iter().position(|g| row[1] == **g).unwrap()).collect();
        assert!(order.is_sorted() || system == "entra", "{system}: {order:?}");
        shown.sort();
        assert_eq!(shown, expected, "{system}");
    }
}

/// The rows of a system's Avvikelser; of one that is cut by department, of all its parts.
fn deviations(run: &Path, system: &str) -> Vec<Vec<Data>> {
    let whole = run.join(format!("agare/{system}.xlsx"));
    let folder = run.join(format!("agare/{system}"));
    let parts = || std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let files: Vec<PathBuf> = if whole.exists() { vec![whole] } else { parts() };
    let rows = files.iter().flat_map(|file| sheet(file, "Avvikelser").into_iter().skip(1));
    rows.filter(|row| row[0].to_string().len() == 9).collect()
}

/// What a row says can be found again in the inputs: account, person and last day.
#[test]
fn a_row_is_found_again_in_the_inputs() {
    let municipality = municipality(&[]);
    let rows = sheet(&municipality.run.join("agare/katalog.xlsx"), "Konton");
    let column = |name: &str| rows[0].iter().position(|cell| *cell == *name).unwrap();
    let (account, number, source) = (column("Konto"), column("Anställningsnummer"), column("Källa"));
    let file = |name: &str| std::fs::read_to_string(fixture("exempelkommunen").join(name)).unwrap();
    // "indata/katalog.csv rad 12; indata/lon.csv rad 3, 4"
    let lines = |place: &str| -> Vec<String> {
        let (name, rows) = place.split_once(" rad ").unwrap();
        let text = file(name);
        rows.split(", ").map(|row| text.lines().nth(row.parse::<usize>().unwrap() - 1).unwrap().to_owned()).collect()
    };
    for row in &rows[1..] {
        let source = row[source].to_string();
        let mut places = source.split("; ");
        let export = lines(places.next().unwrap());
        assert!(export[0].starts_with(&format!("\"{}\"", row[account])), "{row:?}");
        let numbers = row[number].to_string();
        for line in places.filter(|place| place.starts_with("indata/lon")).flat_map(lines) {
            assert!(numbers.split(", ").any(|n| line.starts_with(&format!("{n};"))), "{row:?}");
        }
    }
}

/// Identifiers are text, dates are dates, and nothing is a formula.
#[test]
fn cells_are_what_they_are() {
    let municipality = municipality(&[]);
    let path = municipality.run.join("agare/katalog.xlsx");
    let rows = sheet(&path, "Konton");
    let column = |name: &str| rows[0].iter().position(|cell| *cell == *name).unwrap();
    let (number, login) = (column("Anställningsnummer"), column("Senast inloggad"));
    for row in &rows[1..] {
        assert!(matches!(row[number], Data::String(_) | Data::Empty), "{:?}", row[number]);
        assert!(matches!(row[login], Data::DateTime(_) | Data::String(_) | Data::Empty), "{:?}", row[login]);
    }
    let mut workbook: Xlsx<_> = open_workbook(&path).unwrap();
    for name in workbook.sheet_names() {
        assert!(workbook.worksheet_formula(&name).unwrap().is_empty(), "{name}");
    }
}

/// The first sheets read as these words do: a change of wording shows here.
#[test]
fn the_owners_first_sheet_reads_so() {
    let municipality = municipality(&[]);
    let rows = sheet(&municipality.run.join("agare/ekonomi.xlsx"), "Sammanfattning");
    let line = |row: &Vec<Data>| {
        let cells: Vec<String> = row.iter().map(ToString::to_string).filter(|cell| !cell.is_empty()).collect();
        cells.join(" | ")
    };
    let text: Vec<String> = rows.iter().map(line).collect();
    insta::assert_snapshot!("owner_summary", text.join("\n"));
}
