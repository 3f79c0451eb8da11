//! Each rule on a folder of its own: what must fire, and the near misses that must not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{fixture, keys_of, publish};
use std::fs;
use std::path::{Path, PathBuf};

/// The names of the rules' source files: one file a rule.
fn rules() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/review/rules");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let stems = names.filter_map(|name| name.strip_suffix(".rs").map(|stem| stem.replace('_', "-")));
    stems.filter(|stem| stem != "mod").collect()
}

/// The fixtures: a folder a rule, and one more for each thing that was settled of it, `rule+thing`.
fn fixtures() -> Vec<String> {
    let folders = fs::read_dir(fixture("rules")).unwrap();
    let mut names: Vec<String> = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Runs a fixture. One of the answer loop has the runs before it in `before`, `before2` and so on, each with the answers
/// to it in `svar.csv`: they come back as people send them, copied to a workbook of their own.
fn run_fixture(folder: &Path, case: &Path) -> PathBuf {
    let output = case.join("resultat");
    let befores = ["before", "before2", "before3", "before4"].map(|name| folder.join(name));
    let befores: Vec<&PathBuf> = befores.iter().filter(|before| before.exists()).collect();
    if befores.is_empty() {
        return publish(&folder.join("samkor.toml"), &output, &[]);
    }
    fs::create_dir(case.join("svar")).unwrap();
    for before in befores {
        let run = publish(&copied(before, case), &output, &[]);
        if let Ok(answers) = fs::read_to_string(before.join("svar.csv")) {
            let rows: Vec<Vec<&str>> = answers.lines().map(|line| line.split(';').collect()).collect();
            let name = format!("svar/{}.xlsx", before.file_name().unwrap().display());
            common::return_answers(&run, &case.join(name), &rows);
        }
    }
    publish(&copied(folder, case), &output, &[])
}

/// Puts the files of a run in a folder, over those of the run before.
fn copied(folder: &Path, case: &Path) -> PathBuf {
    for file in ["samkor.toml", "lon.csv", "sys.csv"] {
        fs::copy(folder.join(file), case.join(file)).unwrap();
    }
    case.join("samkor.toml")
}

/// Every rule fires on exactly the rows its fixtures name, and on no near miss.
#[test]
fn every_rule_fires_where_it_must_and_nowhere_else() {
    let (fixtures, mut wrong) = (fixtures(), Vec::new());
    for rule in rules() {
        assert!(fixtures.contains(&rule), "{rule} has no fixture");
    }
    for name in fixtures {
        let folder = fixture("rules").join(&name);
        let rule = name.split('+').next().unwrap();
        let expected = fs::read_to_string(folder.join("expect.txt")).unwrap();
        let case = tempfile::tempdir().unwrap();
        let run = run_fixture(&folder, case.path());
        let (expected, found) = (expected.lines().collect::<Vec<_>>(), keys_of(&run, rule));
        if found != expected {
            wrong.push(format!("{name}\n  must fire: {expected:?}\n  fired:     {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A rule that is off finds nothing, is said to be untested, and one with another base severity uses it.
#[test]
fn configuration_turns_rules_off_and_changes_their_severity() {
    let folder = fixture("rules/leaver-active");
    let text = fs::read_to_string(folder.join("samkor.toml")).unwrap();
    let case = tempfile::tempdir().unwrap();
    for file in ["lon.csv", "sys.csv"] {
        fs::copy(folder.join(file), case.path().join(file)).unwrap();
    }
    let config = case.path().join("samkor.toml");
    fs::write(&config, format!("{text}\n[rules]\nleaver-active = \"off\"\nsystem-without-owner = \"low\"\n")).unwrap();
    let run = publish(&config, &case.path().join("ut"), &[]);
    assert!(keys_of(&run, "leaver-active").is_empty());
    assert_eq!(common::manifest(&run)["rules"]["leaver-active"], "off");
    assert_eq!(common::manifest(&run)["rules"]["system-without-owner"], "low");
}

/// Severity can be recomputed: base plus modifiers, held inside the scale, is the result.
#[test]
fn severity_is_base_plus_modifiers() {
    let output = tempfile::tempdir().unwrap();
    let run = publish(&fixture("exempelkommunen/samkor.toml"), output.path(), &[]);
    let scale = ["info", "low", "medium", "high", "critical"];
    let place = |word: &serde_json::Value| scale.iter().position(|w| word == w).unwrap() as i64;
    let findings = common::lines(&run, "findings.jsonl");
    assert!(findings.iter().any(|finding| !finding["modifiers"].as_array().unwrap().is_empty()));
    for finding in findings {
        let steps: i64 = finding["modifiers"].as_array().unwrap().iter().map(|m| m["steps"].as_i64().unwrap()).sum();
        let expected = (place(&finding["base_severity"]) + steps).clamp(0, 4);
        assert_eq!(place(&finding["severity"]), expected, "{finding}");
    }
}

/// The table of the README is the catalogue's own; write it again with `UPDATE_README=1 cargo test`.
#[test]
#[allow(clippy::disallowed_methods)] // A test may ask to write a file again.
fn the_table_of_the_readme_is_the_catalogues() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let text = fs::read_to_string(path).unwrap();
    let (start, end) = ("<!-- rules: from the rules themselves, checked by a test -->\n", "<!-- end of rules -->");
    let (head, rest) = text.split_once(start).unwrap();
    let (table, tail) = rest.split_once(end).unwrap();
    let wanted = format!("\n{}\n", samkor::rules_as_table());
    if std::env::var("UPDATE_README").is_ok() {
        fs::write(path, format!("{head}{start}{wanted}{end}{tail}")).unwrap();
    } else {
        assert_eq!(table, wanted, "the table is old; write it again with UPDATE_README=1 cargo test");
    }
}

/// `samkor rules` lists every rule and shows one whole, in both languages; a rule that is not there has a near one.
#[test]
fn the_catalogue_is_shown() {
    let all = common::run_with(&["rules"]);
    assert_eq!(all.code, 0);
    for rule in rules() {
        assert!(all.out.contains(&rule), "{rule}");
    }
    let one = common::run_with(&["rules", "leaver-active"]);
    for word in ["Varför", "Åtgärd", "A.5.18", "varje konto"] {
        assert!(one.out.contains(word), "{word}: {}", one.out);
    }
    assert!(common::run_with(&["regler", "leaver-active", "--language", "en"]).out.contains("What to do"));
    let none = common::run_with(&["rules", "leaver-activ"]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("leaver-active"), "{}", none.err);
}
