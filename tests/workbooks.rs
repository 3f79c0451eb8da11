//! What recipients were promised of the form: pages, heights, words, and numbers that agree.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{fixture, manifest, publish, sheet, sheets};
use std::fs;
use std::path::{Path, PathBuf};

/// A run over the made-up municipality.
fn municipality(folder: &Path) -> PathBuf {
    publish(&fixture("exempelkommunen/samkor.toml"), folder, &[])
}

/// Every workbook of a run.
fn workbooks(run: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![run.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(ending) if ending == "xlsx" => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// The first page of every workbook prints on one page, and every other sheet on one page's width.
#[test]
fn first_pages_are_one_page() {
    let folder = tempfile::tempdir().unwrap();
    let run = municipality(folder.path());
    for workbook in workbooks(&run) {
        let sheets = sheets(&workbook);
        if !workbook.starts_with(run.join("begransad")) {
            assert!(sheets[0].contains("<pageSetUpPr fitToPage=\"1\"/>"), "{}", workbook.display());
            assert!(!sheets[0].contains("fitToHeight=\"0\""), "{}: more than a page", workbook.display());
        }
        let shown = &sheets[..sheets.len() - 1];
        for (sheet, at) in shown.iter().zip(1..) {
            assert!(sheet.contains("fitToPage=\"1\""), "{} sheet {at} is wider than a page", workbook.display());
        }
    }
}

/// No row is higher than six lines, so that many are seen at once; what is behind (Underlag) may be.
#[test]
fn no_row_is_above_six_lines() {
    let folder = tempfile::tempdir().unwrap();
    let run = municipality(folder.path());
    for workbook in workbooks(&run) {
        common::assert_no_high_row(&workbook, "Underlag");
    }
}

/// Everything up to the reason of a decision is in sight on a screen 1,366 pixels wide, beside the numbers of the rows and the
/// bar to scroll by: in the first run and the second, in both languages, whatever the names.
#[test]
fn the_decision_is_in_sight() {
    const SCREEN: f64 = 1366.0 - 50.0;
    let folder = tempfile::tempdir().unwrap();
    for (language, list, reason) in [("sv", "Avvikelser", "Motivering"), ("en", "Deviations", "Justification")] {
        let output = folder.path().join(language);
        for _ in ["first", "second"] {
            let run = publish(&fixture("exempelkommunen/samkor.toml"), &output, &["--language", language]);
            for book in workbooks(&run.join("agare")) {
                let last = sheet(&book, list)[0].iter().position(|head| head == reason).unwrap();
                let pixels = common::printed::pixels(&sheets(&book)[1], last + 1);
                assert!(pixels <= SCREEN, "{}: {pixels}", book.display());
            }
        }
    }
}

/// A system is two lines at most on the sheet of all systems, whole or a committee's, in both languages.
#[test]
fn a_system_is_two_lines_at_most() {
    let folder = tempfile::tempdir().unwrap();
    for language in ["sv", "en"] {
        let run = publish(&fixture("exempelkommunen/samkor.toml"), folder.path(), &["--language", language]);
        let summaries = workbooks(&run).into_iter().filter(|own| own.parent() == Some(&run.join("namnd")));
        for book in summaries.chain([run.join("sammanstallning.xlsx")]) {
            let highest = common::heights(&sheets(&book)[1]).into_iter().skip(1).fold(0.0, f64::max);
            assert!(highest <= 31.0, "{}: a row of {highest} points", book.display());
        }
    }
}

/// Every row of a sheet stands once and in its order: otherwise Excel would offer to repair the workbook.
#[test]
fn every_row_stands_once() {
    let folder = tempfile::tempdir().unwrap();
    let run = municipality(folder.path());
    for workbook in workbooks(&run) {
        for (sheet, at) in sheets(&workbook).iter().zip(1..) {
            let rows = sheet.split("<row r=\"").skip(1).filter_map(|row| row.split('"').next());
            let rows: Vec<u32> = rows.map(|row| row.parse().unwrap()).collect();
            let rise = rows.windows(2).all(|pair| pair[0] < pair[1]);
            assert!(rise && !rows.is_empty(), "{} sheet {at}: {:?}", workbook.display(), rows.last());
        }
    }
}

/// The numbers of the first page are those of the sheet System and of the manifest.
#[test]
fn numbers_of_the_first_page_agree() {
    let folder = tempfile::tempdir().unwrap();
    let run = municipality(folder.path());
    let summary = run.join("sammanstallning.xlsx");
    let (overview, systems) = (sheet(&summary, "Sammanställning"), sheet(&summary, "System"));
    let head = overview.iter().position(|row| row[0] == "System").unwrap();
    let total = overview.iter().find(|row| row[0] == "Alla system").unwrap();
    // How many accounts a system has that was not tested is not known, and left blank.
    let number = |text: &String| if text.is_empty() { 0 } else { text.parse::<u64>().unwrap() };
    for (column, name) in [(1, "Kritiska"), (2, "Höga"), (3, "Medel"), (4, "Låga"), (7, "Konton")] {
        let at = systems[0].iter().position(|own| own == name).unwrap();
        let of_systems: u64 = systems[1..].iter().map(|row| number(&row[at])).sum();
        assert_eq!(number(&total[column]), of_systems, "{name}");
        let rows = &overview[head + 1..head + systems.len()];
        assert_eq!(rows.iter().map(|row| number(&row[column])).sum::<u64>(), of_systems, "{name}");
    }
    let counts = &manifest(&run)["counts"];
    let severity = |code: &str| -> u64 {
        let systems = counts["systems"].as_object().unwrap().values();
        systems.map(|own| own["findings"]["severity"][code].as_u64().unwrap()).sum()
    };
    assert_eq!(number(&total[1]), severity("critical"));
    assert_eq!(number(&total[2]), severity("high"));
    let figures = overview.iter().position(|row| row[0] == "system prövade av alla").unwrap() - 1;
    let to_answer: u64 = counts["to_answer"].as_u64().unwrap();
    assert!(overview[figures].contains(&to_answer.to_string()), "{:?}", overview[figures]);
    // Leavers by days since the end, as the chart draws them, are those of the key figure.
    let ages = overview.iter().find(|row| row[0] == "Slutat, konto aktivt").unwrap();
    let leavers: u64 = ages[1..6].iter().map(number).sum();
    assert_eq!(overview[figures][3], leavers.to_string(), "{ages:?}");
    let is_asked = |row: &&Vec<String>| row[0].contains('-') && !row.iter().any(|cell| cell == "se Avvikelser");
    let asked = |id: &&str, name: &str| {
        let rows = sheet(&run.join(format!("agare/{id}.xlsx")), name);
        rows[1..].iter().filter(is_asked).count()
    };
    let listed: usize = ["katalog", "treserva", "ekonomi", "skola", "bygg"]
        .iter()
        .map(|id| asked(id, "Avvikelser") + asked(id, "Höga behörigheter"))
        .sum();
    let of_these: u64 = ["katalog", "treserva", "ekonomi", "skola", "bygg"]
        .iter()
        .map(|id| counts["systems"][id]["to_answer"].as_u64().unwrap())
        .sum();
    assert_eq!(listed as u64, of_these, "the rows that are counted are those of the lists");
}

/// From the second run on the development stands on the first pages, from the numbers of the manifests alone.
#[test]
fn the_development_is_shown_from_the_second_run_on() {
    let folder = tempfile::tempdir().unwrap();
    let first = municipality(folder.path());
    assert!(!sheet(&first.join("sammanstallning.xlsx"), "Sammanställning").iter().any(|row| row[0] == "Utveckling"));
    for entry in ["agare", "namnd"] {
        // Lists may be destroyed on schedule; what they counted stays.
        let _ = fs::remove_dir_all(first.join(entry));
    }
    let second = municipality(folder.path());
    let overview = sheet(&second.join("sammanstallning.xlsx"), "Sammanställning");
    let at = overview.iter().position(|row| row[0] == "Utveckling").unwrap();
    let runs: Vec<&str> = overview[at + 2..at + 4].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(runs, ["2026-11-30", "2026-11-30.2"]);
    assert_eq!(overview[at + 2][1..6], overview[at + 3][1..6], "the same deviations as before");
    let owner = sheet(&second.join("agare/treserva.xlsx"), "Sammanfattning");
    assert!(owner.iter().any(|row| row[0] == "Utveckling"));
    let charts = common::parts(&fs::read(second.join("sammanstallning.xlsx")).unwrap());
    assert_eq!(charts.iter().filter(|(name, _)| name.starts_with("xl/charts/chart")).count(), 3);
}

/// An account that stands on several rows of its export names each of them as its source, and an auditor finds them all.
#[test]
fn every_row_of_an_account_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let config = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"sys\"\n\
        files = [\"sys.csv\", \"mer.csv\"]\njoin = \"account\"\nowner = \"IT-chef\"\n";
    let payroll = "Anst.nr;Namn;Anställd t.o.m.\n1001;Eva Lind;\n1002;Per Ekdal;2026-06-30\n";
    let export = "Konto;Namn;Anst.nr;Status;Roll\nper01;Per Ekdal;1002;Aktiv;Läsa\neva01;Eva Lind;1001;Aktiv;Läsa\n\
        per01;Per Ekdal;1002;Aktiv;Skriva\nper01;Per Ekdal;1002;Aktiv;Radera\nper01;Per Ekdal;1002;Aktiv;Attestera\n";
    let more = "Konto;Senast inloggad\nper01;2026-11-01\n";
    let files: [(&str, &[u8]); 3] =
        [("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes()), ("mer.csv", more.as_bytes())];
    let run = publish(&common::case(folder.path(), config, &files), &folder.path().join("ut"), &[]);
    let list = sheet(&run.join("agare/sys.xlsx"), "Avvikelser");
    let at = list[0].iter().position(|head| head == "Källa").unwrap();
    assert_eq!(list[1][at], "sys.csv rad 2, 4–6; mer.csv rad 2; lon.csv rad 3");
}

/// Where nothing says which accounts have high privilege the sheet says that it was not tested; where something does, and no
/// account has it, that there is none.
#[test]
fn high_privilege_that_nobody_looked_for_is_not_none() {
    let told = |more: &str, column: &str, value: &str| {
        let folder = tempfile::tempdir().unwrap();
        let config = format!(
            "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"sys\"\nfile = \"sys.csv\"\n{more}"
        );
        let payroll = "Anst.nr;Namn;Anställd t.o.m.\n1001;Eva Lind;\n1003;Per Ek;2026-01-31\n";
        let export = format!("Konto-ID;Namn;Anst.nr;{column}\nevalin01;Eva Lind;1001;{value}\n");
        let files: [(&str, &[u8]); 2] = [("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())];
        let run = publish(&common::case(folder.path(), &config, &files), &folder.path().join("ut"), &[]);
        sheet(&run.join("agare/sys.xlsx"), "Höga behörigheter")[1].clone()
    };
    let unknown = told("", "Roll", "Systemadministratör");
    assert!(unknown[0].starts_with("Inte prövat: exporten säger inte"), "{unknown:?}");
    assert_eq!(told("privileged_roles = [\"*admin*\"]\n", "Roll", "Systemadministratör")[2], "evalin01");
    let none = told("", "Systemadministratör", "Nej");
    assert!(none[0].starts_with("Exporten visar inga"), "{none:?}");
}

/// The configuration's own words stand in the Underlag of the whole, and in no committee's.
#[test]
fn the_configuration_is_told_to_the_auditor() {
    let folder = tempfile::tempdir().unwrap();
    let run = municipality(folder.path());
    let told = |workbook: &Path| sheet(workbook, "Underlag").iter().any(|row| row[0] == "Konfigurationens text");
    assert!(told(&run.join("sammanstallning.xlsx")));
    assert!(!told(&run.join("namnd/socialnamnden.xlsx")));
}
