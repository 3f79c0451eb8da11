//! What a configuration asks for is done: several payroll files, systems without a file, a mistake told as it is.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, keys_of, lines, publish, run_with};

const KOMMUN: &str =
    "Anst.nr;Namn;Anställd fr.o.m.;Anställd t.o.m.\n1001;Eva Lind;2015-01-01;\n1002;Per Ek;2015-01-01;\n";
const BOLAG: &str = "Nr,Förnamn,Efternamn,Bolag,Slutar\n2001,Siv,Öst,,\n2002,Ulf,Berg,Vattenbolaget,2026-01-31\n";
const EXPORT: &str = "Konto-ID;Namn;Anst.nr;Status\nevalin01;Eva Lind;1001;Aktiv\nsivost01;Siv Öst;2001;Aktiv\nulfber01;Ulf Berg;2002;Aktiv\n";
const CONFIG: &str = r#"
[review]
as_of = 2026-11-30

[payroll]
exported = 2026-11-28

[[payroll.file]]
file = "kommun.csv"
company = "Kommunen"

[[payroll.file]]
file = "bolag.csv"
company = "Bostadsbolaget"
[payroll.file.columns]
anstallningsnummer = "Nr"
fornamn = "Förnamn"
efternamn = "Efternamn"
bolag = "Bolag"
slutdatum = "Slutar"

[[system]]
id = "sys"
file = "sys.csv"
exported = 2026-11-28
companies = ["Bostadsbolaget"]
"#;

const FILES: [(&str, &[u8]); 3] =
    [("kommun.csv", KOMMUN.as_bytes()), ("bolag.csv", BOLAG.as_bytes()), ("sys.csv", EXPORT.as_bytes())];

/// Two payroll files with headers of their own are one register, each with its employer.
#[test]
fn payroll_files_have_headers_and_employers_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let run = publish(&case(folder.path(), CONFIG, &FILES), &folder.path().join("ut"), &[]);
    let employment = |account: &str| {
        let all = lines(&run, "accounts.jsonl");
        all.iter().find(|line| line["account"] == account).unwrap()["employment"].clone()
    };
    assert_eq!(employment("sivost01"), "active");
    assert_ne!(employment("ulfber01"), "active");
    assert_ne!(employment("evalin01"), "active", "employed by the municipality, which does not count here");
    let manifest = common::manifest(&run);
    let payroll = manifest["inputs"].as_array().unwrap().iter().filter(|input| input["role"] == "payroll");
    assert_eq!(payroll.count(), 2);
}

/// A `[[system]]` without a file is a finding while others are there, and refused where none is.
#[test]
fn a_system_without_a_file_is_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let config = format!("{CONFIG}[[system]]\nid = \"utan\"\nname = \"Utan fil\"\n");
    let run = publish(&case(folder.path(), &config, &FILES), &folder.path().join("ut"), &[]);
    assert_eq!(keys_of(&run, "source-missing"), ["source-missing/utan"]);
    let none = CONFIG.replace("file = \"sys.csv\"\n", "");
    let folder = tempfile::tempdir().unwrap();
    let config = case(folder.path(), &none, &FILES);
    let ran = run_with(&["run", config.to_str().unwrap()]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(!folder.path().join("resultat").exists());
}

/// A mistake in the syntax is told in the language of the run's reader, with the line and what to write.
#[test]
fn a_mistake_in_the_syntax_is_told_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let config = case(folder.path(), &CONFIG.replace("as_of = 2026-11-30", "as_of = 30/11/2026"), &FILES);
    let config = config.to_str().unwrap();
    let swedish = run_with(&["check", config]);
    assert_eq!(swedish.code, 2);
    assert!(swedish.err.contains("samkor.toml:3: datumet 30/11/2026 är skrivet på ett annat sätt"), "{}", swedish.err);
    assert!(swedish.err.contains("Skriv as_of = 2026-11-30"), "{}", swedish.err);
    let english = run_with(&["check", config, "--language", "en"]);
    assert!(english.err.contains("Write as_of = 2026-11-30"), "{}", english.err);
}

/// The reference of the README is made of the keys themselves; write it again with `UPDATE_README=1 cargo test`.
#[test]
#[allow(clippy::disallowed_methods)] // A test may ask to write a file again.
fn the_reference_of_the_readme_is_the_keys() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (start, end) = ("<!-- keys: from the readers themselves, checked by a test -->\n", "<!-- end of keys -->");
    let (head, rest) = text.split_once(start).unwrap();
    let (table, tail) = rest.split_once(end).unwrap();
    let wanted = format!("\n{}\n", samkor::configuration_as_table());
    if std::env::var("UPDATE_README").is_ok() {
        std::fs::write(path, format!("{head}{start}{wanted}{end}{tail}")).unwrap();
    } else {
        assert_eq!(table, wanted, "the table is old; write it again with UPDATE_README=1 cargo test");
    }
}

/// The schema is JSON, knows the keys of tables within tables, fields by both names and every rule, and refuses others.
#[test]
fn the_schema_tells_every_key() {
    let ran = run_with(&["schema"]);
    let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let system = &schema["properties"]["system"]["items"];
    assert_eq!(system["additionalProperties"], false);
    assert_eq!(system["properties"]["sensitive"]["type"], "boolean");
    let columns = &system["properties"]["columns"]["properties"];
    assert!(columns["account"].is_object() && columns["anställningsnummer"].is_object());
    assert!(system["properties"]["file"]["anyOf"][1]["items"]["properties"]["sheet"].is_object());
    assert!(schema["properties"]["rules"]["properties"]["leaver-active"].is_object());
    assert_eq!(schema["properties"]["review"]["properties"]["list_from"]["enum"][0], "info");
}

/// The made-up municipality's configuration holds to the schema: every key of it is there.
#[test]
fn the_schema_knows_what_configurations_say() {
    let schema: serde_json::Value = serde_json::from_str(&run_with(&["schema"]).out).unwrap();
    let text = std::fs::read_to_string(common::fixture("exempelkommunen/samkor.toml")).unwrap();
    let value: toml::Value = toml::from_str(&text).unwrap();
    holds(&value, &schema, "");
}

fn holds(value: &toml::Value, schema: &serde_json::Value, place: &str) {
    match value {
        toml::Value::Table(table) => {
            for (key, own) in table {
                let inner = &schema["properties"][key];
                assert!(inner.is_object(), "{place}.{key} is not in the schema");
                holds(own, inner, &format!("{place}.{key}"));
            }
        }
        toml::Value::Array(list) => list.iter().for_each(|own| holds(own, &schema["items"], place)),
        _ => {}
    }
}

/// A Swedish word for a key is sent to the key of its own table, and under a heading for columns to that of the table above
/// it: never from one to the other.
#[test]
fn swedish_words_for_keys_are_sent_home() {
    let said = |lines: &str| {
        let config = format!("[payroll]\nfile = \"a.csv\"\n[[system]]\nid = \"k\"\nfile = \"b.csv\"\n{lines}\n");
        let folder = tempfile::tempdir().unwrap();
        run_with(&["check", case(folder.path(), &config, &[]).to_str().unwrap()]).err
    };
    for (written, key) in [
        ("namn = \"AD\"", "name"),
        ("\"nämnd\" = \"KS\"", "committee"),
        ("uttagen = 2026-11-27", "exported"),
        ("forvaltningar = [\"Social\"]", "departments"),
    ] {
        let said = said(written);
        assert!(said.contains(&format!("Menade du \"{key}\"?")), "{said}");
    }
    let under_columns = said("[system.columns]\nfil = \"k.csv\"");
    let moved = "Flytta raden ovanför rubriken [system.columns] och skriv file till vänster.";
    assert!(under_columns.contains(moved), "{under_columns}");
    let said = said("ägare = \"IT-chef\"");
    assert!(said.contains("Skriv owner"), "{said}");
}
