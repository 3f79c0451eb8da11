//! Numbers that tell: a small number of protected accounts is shown nowhere, and no difference of shown numbers is one.
//!
//! The proof is by twins: municipalities that differ only in how many accounts of protected persons a system has, and
//! whose outputs hold the very same numbers. What can be worked out from numbers that are the same is the same.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use calamine::{Reader, Xlsx};
use common::{case, manifest, run_with, tree};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// Protected persons of payroll; the first have accounts in the system that is looked at.
const HERS: usize = 12;

const CONFIG: &str = r#"
[review]
organisation = "Exempelkommunen"
as_of = 2026-11-30
output = "ut"
[payroll]
file = "lon.csv"
exported = 2026-11-30
control_total = 32
[[system]]
id = "a"
file = "a.csv"
owner = "IT-chef"
committee = "Socialnämnden"
control_total = TOTAL
privileged_roles = ["Admin*"]
[[system]]
id = "b"
file = "b.csv"
owner = "IT-chef"
committee = "Socialnämnden"
split_by = "department"
[[system]]
id = "c"
file = "c.csv"
owner = "IT-chef"
committee = "Byggnadsnämnden"
"#;

fn payroll() -> String {
    let mut text = String::from("Anst.nr;Namn;E-post;Förvaltning;Anställd fr.o.m.;Anställd t.o.m.;Skyddad identitet\n");
    for at in 0..20 {
        let end = if at % 7 == 3 { "2026-03-31" } else { "" };
        let department = ["Socialförvaltningen", "Byggkontoret"][at % 2];
        writeln!(text, "{};Bo Öppen{at};bo{at}@x.se;{department};2015-01-01;{end};", 1000 + at).unwrap();
    }
    for at in 0..HERS {
        writeln!(text, "{};Siv Gömd{at};siv{at}@x.se;Socialförvaltningen;2015-01-01;2026-02-28;J", 2000 + at).unwrap();
    }
    text
}

/// An export of everyone who is open, and of so many who are protected, at the end of the file.
fn export(system: &str, open: std::ops::Range<usize>, hers: std::ops::Range<usize>) -> String {
    let mut text = String::from("Konto;Namn;Anst.nr;E-post;Roll;Senast inloggad;Skapat;Ägare\n");
    let mut row = |account: &str, name: &str, number: usize, at: usize| {
        let mail = if at.is_multiple_of(3) { String::new() } else { format!("{account}@x.se") };
        writeln!(
            text,
            "{system}{};{name}{at};{number};{mail};Läsare;2026-11-0{};2020-01-01;",
            number * 7919 % 90_001,
            at % 9 + 1
        )
        .unwrap();
    };
    open.for_each(|at| row("bo", "Bo Öppen", 1000 + at, at));
    hers.for_each(|at| row("siv", "Siv Gömd", 2000 + at, at));
    // Hers have a row for each of their roles, which nobody else has, and a day that nobody understands.
    let hers: Vec<String> = text.lines().filter(|line| line.contains("Siv Gömd")).map(str::to_owned).collect();
    for line in hers {
        let (day, role) = (line.split(';').nth(5).unwrap(), line.replace("Läsare", "Administratör"));
        writeln!(text, "{role}\n{}", role.replace("Administratör", "Skrivare")).unwrap();
        text = text.replace(&line, &line.replace(day, "från Kiruna"));
    }
    text
}

/// Everything that a run and a check say in numbers, file by file.
fn numbers(hers: usize) -> BTreeMap<String, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let (a, b, c) = (export("a", 0..17, 0..hers), export("b", 0..9, 0..7), export("c", 3..16, 2..2));
    let config = CONFIG.replace("TOTAL", &(17 + 3 * hers).to_string());
    let files = [("lon.csv", payroll()), ("a.csv", a), ("b.csv", b), ("c.csv", c)];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let config = case(folder.path(), &config, &files);
    let log = folder.path().join("logg.txt");
    let (config, log) = (config.to_str().unwrap(), log.to_str().unwrap());
    let ran = run_with(&["run", config, "-vvv", "--log-file", log]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let checked = run_with(&["check", config]);
    let logged = std::fs::read_to_string(log).unwrap();
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    all.insert("run".to_owned(), of_text(&ran.out));
    all.insert("check".to_owned(), of_text(&checked.out));
    all.insert("log".to_owned(), of_text(&logged));
    let run = folder.path().join("ut/2026-11-30");
    for (name, bytes) in tree(&run) {
        if name.ends_with(".xlsx") {
            all.insert(name.clone(), of_workbook(&run.join(&name)));
        } else if name.ends_with(".jsonl") {
            all.insert(
                name,
                String::from_utf8(bytes).unwrap().lines().flat_map(|line| of_json(&parsed(line))).collect(),
            );
        }
    }
    all.insert("manifest.json".to_owned(), of_json(&manifest(&run)));
    all
}

fn parsed(line: &str) -> Value {
    serde_json::from_str(line).unwrap()
}

/// The texts with numbers in them, but for times, hashes, paths of scratch folders, and shares, which are estimates.
fn of_text(text: &str) -> Vec<String> {
    let is_other = |line: &&str| line.contains(" %") || line.contains("väntas vara fel") || line.contains("/tmp");
    text.lines().filter(|line| !is_other(line)).map(without_times).collect()
}

/// The log begins each line with its time, and progress tells none.
fn without_times(line: &str) -> String {
    match line.strip_prefix('[').and_then(|rest| rest.split_once(' ')) {
        Some((_, rest)) => rest.to_owned(),
        None => line.to_owned(),
    }
}

fn of_workbook(path: &Path) -> Vec<String> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let mut cells = Vec::new();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).unwrap();
        for row in range.rows() {
            let row: Vec<String> = row.iter().map(ToString::to_string).collect();
            if ["SHA-256", "Konfigurationens SHA-256", "Storlek, byte", "Filens egen tid, UTC"]
                .contains(&row[0].as_str())
            {
                continue;
            }
            cells.extend(row.iter().flat_map(|cell| of_text(cell)));
        }
    }
    cells
}

/// Every number and text of a value that stands under a key which tells of counts.
fn of_json(value: &Value) -> Vec<String> {
    const ESTIMATES: [&str; 12] = [
        "sha256",
        "bytes",
        "modified",
        "in_files",
        "several_accounts",
        "namesakes",
        "levels",
        "chance_hits",
        "expected_wrong",
        "probability",
        "active_probability",
        "evidence",
    ];
    match value {
        Value::Object(map) => {
            let own = map.iter().filter(|(key, _)| !ESTIMATES.contains(&key.as_str()) && *key != "runners_up");
            own.flat_map(|(key, value)| of_json(value).into_iter().map(move |text| format!("{key}: {text}"))).collect()
        }
        Value::Array(list) => list.iter().flat_map(of_json).collect(),
        other => of_text(&other.to_string()),
    }
}

/// None, some and the most that are not told: every output holds the same numbers.
#[test]
fn a_small_number_changes_no_number() {
    let none = numbers(0);
    for hers in [1, 3, 4] {
        let some = numbers(hers);
        for (name, numbers) in &none {
            let differing: Vec<(&String, &String)> = numbers.iter().zip(&some[name]).filter(|(a, b)| a != b).collect();
            assert!(differing.is_empty(), "{hers} in {name}: {differing:?}");
            assert_eq!(numbers.len(), some[name].len(), "{hers} in {name}");
        }
    }
}

/// A number from the threshold on is told, and everything ties with it.
#[test]
fn a_larger_number_is_told_and_ties() {
    let told = numbers(5);
    let has = |name: &str, text: &str| told[name].iter().any(|own| own == text);
    assert!(has("agare/a.xlsx", "Konton i exporten") && has("agare/a.xlsx", "22") && has("agare/a.xlsx", "17"));
    assert!(has("agare/a.xlsx", "–  Skyddade och utelämnade") && has("agare/a.xlsx", "5"));
    assert!(has("manifest.json", "counts: protected: \">=12\""), "{:?}", told["manifest.json"]);
}
