//! Internkontroll: what was not tested never reads as in order.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{case, fixture, publish, sheet};
use std::path::Path;

const PAYROLL: &str = "Anst.nr;Namn;Befattning;Anställd t.o.m.\n1001;Eva Lind;IT-chef;\n1003;Per Ek;Handläggare;2026-01-31\n\
    1004;Åsa Berg;Handläggare;\n";
const BARE: &str = "Konto-ID;Namn;Anst.nr\nevalin01;Eva Lind;1001\nasaber01;Åsa Berg;1004\n";
const STRANGERS: &str = "Konto-ID;Namn;Anst.nr;Senast inloggad\nxx1;;;2026-11-20\npetkva;Petronella Kvastö;;2026-11-20\n\
    ludkva;Ludvika Kvastö;;2026-11-20\n";
const CONFIG: &str = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\nexported = 2026-11-28\n\
    [[system]]\nid = \"a\"\nname = \"Magra\"\nfile = \"a.csv\"\nowner = \"IT-chef\"\ncommittee = \"Socialnämnden\"\n\
    [[system]]\nid = \"b\"\nname = \"Saknas\"\nfile = \"b.csv\"\nowner = \"IT-chef\"\ncommittee = \"Kulturnämnden\"\n\
    [[system]]\nid = \"c\"\nname = \"Okända\"\nfile = \"c.csv\"\nowner = \"IT-chef\"\ncommittee = \"Tekniska nämnden\"\n";

/// The rows of the sheet, section by section: committee, activity, scope, what was not tested, result, method.
fn rows(run: &Path) -> Vec<[String; 6]> {
    let sheet = sheet(&run.join("sammanstallning.xlsx"), "Internkontroll");
    let names = ["Kontrollmoment", "Omfattning", "Ej prövat", "Resultat", "Metod"];
    let (mut committee, mut rows) = (String::new(), Vec::new());
    let mut columns: Option<[usize; 5]> = None;
    for row in &sheet {
        let at = |name: &str| row.iter().position(|own| own == name);
        let filled = row.iter().filter(|cell| !cell.is_empty()).count();
        match columns {
            _ if filled == 1 => (committee, columns) = (row[0].clone(), None),
            None if at(names[0]).is_some() => columns = Some(names.map(|name| at(name).unwrap())),
            Some([activity, scope, untested, result, method]) if filled > 1 => {
                let cell = |at: usize| row[at].clone();
                rows.push([committee.clone(), cell(activity), cell(scope), cell(untested), cell(result), cell(method)]);
            }
            _ => {}
        }
    }
    rows
}

/// A system without the column that an activity needs, one that was not delivered, and one whose holders were not found
/// are not to be judged, with why; what could be tested beside them is told.
#[test]
fn what_was_not_tested_is_not_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let files: [(&str, &[u8]); 3] =
        [("lon.csv", PAYROLL.as_bytes()), ("a.csv", BARE.as_bytes()), ("c.csv", STRANGERS.as_bytes())];
    let run = publish(&case(folder.path(), CONFIG, &files), &folder.path().join("ut"), &[]);
    let rows = rows(&run);
    let told = |committee: &str, word: &str| {
        let row = rows.iter().find(|row| row[0] == committee && row[1].contains(word));
        row.unwrap_or_else(|| panic!("{committee}, {word}: {rows:?}"))
    };
    assert_eq!(told("Socialnämnden", "Samkörning")[4], "Inga avvikelser i det som prövats");
    let activity = told("Socialnämnden", "inloggning");
    assert!(activity[4].starts_with("Ej bedömbart: exporten har ingen"), "{activity:?}");
    assert!(activity[2].starts_with("0 av 1 system"), "{activity:?}");
    assert!(activity[3].starts_with("Magra: "), "{activity:?}");
    assert!(told("Socialnämnden", "höga behörigheter")[4].starts_with("Ej bedömbart: "));
    for word in ["Samkörning", "inloggning", "höga behörigheter"] {
        assert_eq!(told("Kulturnämnden", word)[4], "Ej bedömbart: exporten saknas", "{word}");
        assert_eq!(told("Kulturnämnden", word)[3], "Saknas: exporten saknas", "{word}");
    }
    assert_eq!(told("Kulturnämnden", "ägare i tjänst")[4], "Inga avvikelser i det som prövats; allt är inte prövat");
    let strangers = told("Tekniska nämnden", "Samkörning");
    assert_eq!(
        strangers[4],
        "Ej bedömbart: färre än hälften av innehavarna hittades. Det som ändå kunde prövas: 2 avvikelser, alla med graden \
         hög eller kritisk"
    );
    assert!(strangers[5].starts_with("Kunde inte göras"), "{strangers:?}");
    assert_eq!(strangers[3], "Okända: färre än hälften av innehavarna hittades");
}

/// In the project's own example no activity that was carried out nowhere is in order.
#[test]
fn the_example_says_what_could_not_be_judged() {
    let output = tempfile::tempdir().unwrap();
    let rows = rows(&publish(&fixture("exempelkommunen/samkor.toml"), output.path(), &[]));
    let nowhere: Vec<&[String; 6]> = rows.iter().filter(|row| row[2].starts_with("0 av")).collect();
    assert!(!nowhere.is_empty());
    for row in nowhere {
        assert!(row[4].starts_with("Ej bedömbart"), "{row:?}");
        assert!(!row[3].is_empty(), "{row:?}");
    }
}

/// Every system and every reason of a committee stands in its section, also where a cell has no room for all.
#[test]
fn no_reason_is_left_out_of_a_section() {
    let folder = tempfile::tempdir().unwrap();
    let systems: Vec<String> = (1..=14).map(|at| format!("Ekonomisystem nummer {at}")).collect();
    let mut config = CONFIG.split("[[system]]").next().unwrap().to_owned();
    for (name, at) in systems.iter().zip(1..) {
        let file = if at % 2 == 0 { "a.csv" } else { "saknas.csv" };
        config += &format!(
            "[[system]]\nid = \"s{at}\"\nname = \"{name}\"\nfile = \"{file}\"\nowner = \"IT-chef\"\ncommittee = \"Nämnden\"\n"
        );
    }
    let files: [(&str, &[u8]); 2] = [("lon.csv", PAYROLL.as_bytes()), ("a.csv", BARE.as_bytes())];
    let run = publish(&case(folder.path(), &config, &files), &folder.path().join("ut"), &[]);
    let book = run.join("namnd/namnden.xlsx");
    let sheet = sheet(&book, "Internkontroll");
    let told: Vec<&String> = sheet.iter().flatten().filter(|cell| !cell.is_empty()).collect();
    assert!(told.iter().any(|cell| cell.ends_with("resten står under tabellen")), "{told:?}");
    let of = |activity: &str| -> String {
        let row = sheet.iter().find(|row| row.iter().any(|cell| cell.starts_with(activity))).unwrap();
        let below = told.iter().filter(|cell| cell.starts_with(activity) && cell.contains(". "));
        below.map(|cell| cell.as_str()).chain(row.iter().map(String::as_str)).collect::<Vec<_>>().join("\n")
    };
    let (accounts, activity) = (of("Samkörning av"), of("Prövning av senaste inloggning"));
    for name in &systems {
        assert!(accounts.contains(name.as_str()), "{name}: {accounts}");
        assert!(activity.contains(name.as_str()), "{name}: {activity}");
    }
    assert!(activity.contains("exporten saknas") && activity.contains("exporten har ingen"), "{activity}");
    common::assert_no_high_row(&book, "Underlag");
}
