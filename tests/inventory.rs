//! Systems from the organisation's own list, so that ten lines of configuration are enough.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{case, keys_of, manifest, publish, run_with};
use std::path::{Path, PathBuf};

const PAYROLL: &str =
    "Anst.nr;Namn;Befattning;Anställd t.o.m.\n1001;Eva Lind;IT-chef;\n1003;Per Ek;Handläggare;2026-01-31\n";
const EXPORT: &str =
    "Konto-ID;Namn;Anst.nr;Status;Roll\nevalin01;Eva Lind;1001;Aktiv;Admin\nperek01;Per Ek;1003;Aktiv;\n";
const LIST: &str = "Systemförteckning\n\n\
    System;System-id;Systemägare;Nämnd;Informationsklass;Senaste riskanalys;Fil;Uttagen;Antal konton;Undantagen av;Skäl till undantag\n\
    Procapita Vård och omsorg;;1001;Socialnämnden;K3;2025-03-01;vard.csv;2026-11-27;2;;\n\
    Raindance;ekonomi;IT-chef;Kommunstyrelsen;;;;;;;\n\
    Bokningen;bokning;IT-chef;;;;;;;IT-chef;Avvecklas 2026\n\
    Katalogen;ad;;;;;ad.csv;2026-11-28;;;\n";
const CONFIG: &str = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\nexported = 2026-11-28\n[inventory]\nfile = \"lista.csv\"\n\
    [[system]]\nid = \"ad\"\nowner = \"Administrativ chef\"\nprivileged_roles = [\"Admin\"]\n";

fn listed(folder: &Path, config: &str, list: &str) -> PathBuf {
    let files: [(&str, &[u8]); 4] = [
        ("lon.csv", PAYROLL.as_bytes()),
        ("lista.csv", list.as_bytes()),
        ("vard.csv", EXPORT.as_bytes()),
        ("ad.csv", EXPORT.as_bytes()),
    ];
    case(folder, config, &files)
}

/// A row with a file is reviewed, one without is a finding, one left out on purpose is told as it was decided,
/// and a `[[system]]` of the same id adds to its row.
#[test]
fn the_list_drives_the_review() {
    let folder = tempfile::tempdir().unwrap();
    let run = publish(&listed(folder.path(), CONFIG, LIST), &folder.path().join("ut"), &[]);
    for system in ["procapita-vard-och-omsorg", "ad"] {
        assert!(run.join(format!("agare/{system}.xlsx")).exists(), "{system}");
        assert_eq!(keys_of(&run, "leaver-active").iter().filter(|k| k.contains(system)).count(), 1, "{system}");
    }
    assert_eq!(keys_of(&run, "source-missing"), ["source-missing/bokning", "source-missing/ekonomi"]);
    let findings = common::lines(&run, "findings.jsonl");
    let severity = |key: &str| findings.iter().find(|f| f["key"] == key).unwrap()["severity"].clone();
    assert_eq!(
        (severity("source-missing/ekonomi"), severity("source-missing/bokning")),
        ("high".into(), "info".into())
    );
    assert!(keys_of(&run, "system-without-owner").is_empty());
    let manifest = manifest(&run);
    let inputs = manifest["inputs"].as_array().unwrap();
    let list = inputs.iter().find(|input| input["role"] == "inventory").unwrap();
    assert_eq!(list["rows"]["records"], 4);
    let care = inputs.iter().find(|input| input["system"] == "procapita-vard-och-omsorg").unwrap();
    assert_eq!((care["exported"].as_str(), care["control_total"].as_u64()), (Some("2026-11-27"), Some(2)));
    let privileged = common::lines(&run, "accounts.jsonl");
    assert!(privileged.iter().any(|a| a["system"] == "ad" && a["privileged"] == true));
    use calamine::Reader;
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(run.join("sammanstallning.xlsx")).unwrap();
    let sheet = workbook.worksheet_range("System").unwrap();
    let rows: Vec<(String, String)> =
        sheet.rows().skip(1).map(|row| (row[0].to_string(), row[3].to_string())).collect();
    assert_eq!(rows.len(), 4);
    assert!(rows.contains(&("Procapita Vård och omsorg".into(), "IT-chef".into())), "{rows:?}");
}

/// Two rows of one id, an exemption for a system that is nowhere, and an empty list are refused.
#[test]
fn a_list_that_cannot_be_used_is_refused() {
    let twice = format!("{LIST}Annat;ad;;;;;;;;;\n");
    let exempt = format!("{CONFIG}[[exemption]]\nsystem = \"okant\"\naccount = \"x\"\n");
    let only = CONFIG.split("[[system]]").next().unwrap();
    let cases = [
        (CONFIG, twice.as_str(), "rad 8: systemet \"ad\" står redan på en annan rad"),
        (exempt.as_str(), LIST, "inget system har id \"okant\""),
        (only, "System;Fil\n", "förteckningen innehåller inget system"),
        (only, "Färg;Form\nx;y\n", "ingen rubrikrad känns igen som systemförteckning"),
    ];
    for (config, list, words) in cases {
        let folder = tempfile::tempdir().unwrap();
        let config = listed(folder.path(), config, list);
        let ran = run_with(&["run", config.to_str().unwrap()]);
        assert_eq!(ran.code, 2, "{words}");
        assert!(ran.err.contains(words), "{words}\n{}", ran.err);
        assert!(!folder.path().join("resultat").exists());
    }
}

/// `inspect` tells a list of systems from exports.
#[test]
fn inspect_recognises_a_list() {
    let folder = tempfile::tempdir().unwrap();
    listed(folder.path(), CONFIG, LIST);
    let ran = run_with(&["inspect", folder.path().join("lista.csv").to_str().unwrap()]);
    assert!(ran.out.contains("tolkas som: systemförteckning"), "{}{}", ran.out, ran.err);
}

/// A system of the list that no run has reviewed is told so; one that an earlier run reviewed is not.
#[test]
fn never_reviewed_is_told_from_not_this_time() {
    let folder = tempfile::tempdir().unwrap();
    let config = listed(folder.path(), CONFIG, LIST);
    let output = folder.path().join("ut");
    let tested = |run: &Path| -> Vec<String> {
        common::sheet(&run.join("sammanstallning.xlsx"), "System").iter().skip(1).map(|row| row[1].clone()).collect()
    };
    let first = publish(&config, &output, &[]);
    assert_eq!(keys_of(&first, "system-never-reviewed"), ["system-never-reviewed/ekonomi"]);
    assert!(tested(&first).contains(&"Aldrig granskat".to_owned()));
    // The next time the care system's file is missing.
    std::fs::remove_file(folder.path().join("vard.csv")).unwrap();
    let second = publish(&config, &output, &[]);
    assert_eq!(keys_of(&second, "system-never-reviewed"), ["system-never-reviewed/ekonomi"]);
    assert!(tested(&second).contains(&"Ej levererat".to_owned()), "{:?}", tested(&second));
}

/// A row and a `[[system]]` are one system by name too, and a number of the list's own becomes an id that files can
/// bear.
#[test]
fn a_row_is_joined_by_name() {
    let list = "System;System-id;Systemägare;Fil\nPROCAPITA vård och omsorg;CI 0042/3;1001;vard.csv\nRaindance;CI 0043;;ad.csv\n";
    let config = CONFIG.replace("id = \"ad\"", "id = \"vard\"\nname = \"Procapita Vård och Omsorg\"");
    let folder = tempfile::tempdir().unwrap();
    let run = publish(&listed(folder.path(), &config, list), &folder.path().join("ut"), &[]);
    assert!(run.join("agare/vard.xlsx").exists());
    assert!(run.join("agare/CI-0043.xlsx").exists() || run.join("agare/ci-0043.xlsx").exists());
    assert!(!run.join("agare/ci-0042-3.xlsx").exists());
    let privileged = common::lines(&run, "accounts.jsonl");
    assert!(privileged.iter().any(|a| a["system"] == "vard" && a["privileged"] == true));
}

/// A row that fits two systems, and two rows that fit one, are refused: either would be guessed.
#[test]
fn rows_that_cannot_be_told_apart_are_refused() {
    let two = "[[system]]\nid = \"vard\"\nname = \"Katalogen\"\n";
    let cases = [
        (
            format!("{CONFIG}{two}"),
            "System;System-id;Fil\nKatalogen;ad;ad.csv\n",
            "rad 2: \"Katalogen\" med id \"ad\" kan vara både [[system]] \"ad\" och \"vard\"",
        ),
        (
            format!("{CONFIG}{two}[[system]]\nid = \"tva\"\nname = \"katalogen\"\n"),
            "System;System-id;Fil\nKatalogen;K1;ad.csv\n",
            "kan vara både [[system]] \"vard\" och \"tva\"",
        ),
        (
            format!("{CONFIG}{two}"),
            "System;System-id;Fil\nKatalogen;K1;ad.csv\nAnnat;vard;vard.csv\n",
            "rad 3: systemet \"vard\" står redan på en annan rad, rad 2",
        ),
    ];
    for (config, list, words) in cases {
        let folder = tempfile::tempdir().unwrap();
        let config = listed(folder.path(), &config, list);
        let ran = run_with(&["run", config.to_str().unwrap()]);
        assert_eq!(ran.code, 2, "{words}");
        assert!(ran.err.contains(words), "{words}\n{}", ran.err);
    }
}

/// What the manifest says was not tested of a system.
fn untested(run: &Path, system: &str) -> Vec<String> {
    let manifest = manifest(run);
    let own = manifest["untested"][system].as_object().unwrap();
    own.keys().cloned().collect()
}

/// Whatever a row of the list says in a way that nobody can read, its system is reviewed: the value is told with its
/// column, and what rests on it is untested instead of clean.
#[test]
fn a_value_that_cannot_be_read_loses_no_system() {
    let head =
        "System;System-id;Systemägare;Informationsklass;Senaste riskanalys;Senast bekräftad;Uttagen;Antal konton;Fil\n";
    let cases = [
        ("pågår;2026-10-01;2026-11-27;2", "risk-analysis-stale", "Senaste riskanalys"),
        ("2023;2026-10-01;2026-11-27;2", "risk-analysis-stale", "Senaste riskanalys"),
        ("2023-05;2026-10-01;2026-11-27;2", "risk-analysis-stale", "Senaste riskanalys"),
        ("2024-02-30;2026-10-01;2026-11-27;2", "risk-analysis-stale", "Senaste riskanalys"),
        ("2025-03-01;hösten 2025;2026-11-27;2", "owner-list-stale", "Senast bekräftad"),
        ("2025-03-01;2026-10-01;i går;2", "source-stale", "Uttagen"),
        ("2025-03-01;2026-10-01;i går;2", "inputs-apart", "Uttagen"),
        ("2025-03-01;2026-10-01;2026-11-27;ca 20", "control-total-differs", "Antal konton"),
    ];
    for (values, rule, header) in cases {
        let list = format!("{head}Vården;vard;1001;K3;{values};vard.csv\nKatalogen;ad;;K1;{values};ad.csv\n");
        let folder = tempfile::tempdir().unwrap();
        let run = publish(&listed(folder.path(), CONFIG, &list), &folder.path().join("ut"), &[]);
        assert_eq!(keys_of(&run, "leaver-active").len(), 2, "{values}");
        for system in ["vard", "ad"] {
            assert!(untested(&run, system).contains(&rule.to_owned()), "{values}: {:?}", untested(&run, system));
            assert!(!keys_of(&run, rule).contains(&format!("{rule}/{system}")), "{values}");
        }
        let told = common::lines(&run, "findings.jsonl");
        let unread = told.iter().find(|finding| finding["key"] == "values-unread").expect(values);
        assert!(unread["message"].as_str().unwrap().contains(&format!("\"{header}\": 2 av 2")), "{unread}");
        assert!(keys_of(&run, "rows-rejected").is_empty(), "{values}");
        assert!(keys_of(&run, "system-never-in-inventory").is_empty(), "{values}");
    }
}

/// A row with a field too many or too few, and a name without a letter that an id can have, is a system all the same.
#[test]
fn a_row_that_does_not_fit_its_header_is_a_system() {
    let list = "System;System-id;Systemägare;Informationsklass;Senaste riskanalys;Fil\n\
        Vården;vard;1001;K3;2025-03-01;vard.csv;och mer\nKatalogen;ad;1001;K1\nДом;;1001;K1;2025-03-01;vard.csv\n";
    let folder = tempfile::tempdir().unwrap();
    let run = publish(&listed(folder.path(), CONFIG, list), &folder.path().join("ut"), &[]);
    assert_eq!(keys_of(&run, "source-missing"), ["source-missing/ad", "source-missing/vard"]);
    assert!(keys_of(&run, "leaver-active").iter().any(|key| key.contains("/rad-4/")));
    let told = untested(&run, "vard");
    for rule in ["system-without-owner", "classification-missing", "risk-analysis-stale"] {
        assert!(told.contains(&rule.to_owned()), "{rule}: {told:?}");
    }
    assert!(untested(&run, "ad").contains(&"risk-analysis-stale".to_owned()));
    assert!(keys_of(&run, "system-never-in-inventory").is_empty());
    assert_eq!(keys_of(&run, "values-unread"), ["values-unread"]);
}

/// A system that the list leaves out is not read though a file stands beside the decision; one whose file the
/// configuration names is reviewed and is not called left out.
#[test]
fn a_decision_to_leave_out_holds_for_the_file_beside_it() {
    let list = "System;System-id;Fil;Undantagen av;Skäl till undantag\n\
        Vården;vard;vard.csv;IT-chef;Avvecklas\nKatalogen;ad;ad.csv;IT-chef;Avvecklas\n";
    let config = CONFIG.replace("id = \"ad\"", "id = \"ad\"\nfile = \"ad.csv\"");
    let folder = tempfile::tempdir().unwrap();
    let run = publish(&listed(folder.path(), &config, list), &folder.path().join("ut"), &[]);
    assert_eq!(keys_of(&run, "source-missing"), ["source-missing/vard"]);
    assert!(keys_of(&run, "leaver-active").iter().all(|key| key.starts_with("leaver-active/ad/")));
    let systems = common::sheet(&run.join("sammanstallning.xlsx"), "System");
    let status = |name: &str| systems.iter().find(|row| row[0] == name).unwrap()[1].clone();
    assert_eq!((status("Vården").as_str(), status("Katalogen").as_str() == "Undantaget"), ("Undantaget", false));
}

/// A department of the list of systems where hardly anyone of the holders works says who keeps the system: nobody is told to
/// be outside it, and the rule says why it was not tested. Of a few holders, of a department where half of them work, and
/// where the configuration names it, it is meant.
#[test]
fn a_department_that_keeps_a_system_floods_no_list() {
    let told = |inside: usize, all: usize, config: &str| {
        let folder = tempfile::tempdir().unwrap();
        let (mut payroll, mut export) = (String::new(), String::new());
        for at in 0..all {
            let (letter, number) = (char::from(b'a' + u8::try_from(at).unwrap()), 1001 + at);
            let department = if at < inside { "IT-kontoret" } else { "Omsorgen" };
            payroll.push_str(&format!("{number};Eva{letter} Lind{letter};Handläggare;;{department}\n"));
            export.push_str(&format!("u{number};Eva{letter} Lind{letter};{number};Aktiv\n"));
        }
        let payroll = format!("Anst.nr;Namn;Befattning;Anställd t.o.m.;Förvaltning\n{payroll}");
        let export = format!("Konto-ID;Namn;Anst.nr;Status\n{export}");
        let list = "System;System-id;Systemägare;Förvaltning;Fil\nIntranätet;intra;IT-chef;IT-kontoret;intra.csv\n";
        let config = format!(
            "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n[inventory]\nfile = \"lista.csv\"\n{config}"
        );
        let files: [(&str, &[u8]); 3] =
            [("lon.csv", payroll.as_bytes()), ("lista.csv", list.as_bytes()), ("intra.csv", export.as_bytes())];
        let run = publish(&case(folder.path(), &config, &files), &folder.path().join("ut"), &[]);
        let untested = manifest(&run)["untested"]["intra"]["outside-department"].as_str().map(str::to_owned);
        (keys_of(&run, "outside-department").len(), untested)
    };
    let (outside, why) = told(2, 20, "");
    assert_eq!(outside, 0);
    assert!(why.unwrap().contains("verkar säga vem som förvaltar systemet"));
    let stated = "[[system]]\nid = \"intra\"\ndepartments = [\"IT-kontoret\"]\n";
    assert_eq!(told(2, 20, stated), (18, None));
    assert_eq!(told(10, 20, ""), (10, None));
    assert_eq!(told(1, 4, ""), (3, None));
}
