//! A payroll that has lost many of its rows since the run before stops the run.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{case, manifest, publish, run_with};
use std::fs;
use std::path::Path;

const CONFIG: &str = "[review]\nas_of = 2026-10-31\n[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"a\"\n\
    file = \"a.csv\"\nowner = \"IT-chef\"\n";
const EXPORT: &str = "Konto-ID;Namn;Anst.nr\nevalin01;Eva Lind;1001\n";

fn payroll(rows: usize) -> String {
    let rows = (0..rows).map(|at| format!("{};Eva Lind;\n", 1001 + at));
    format!("Anst.nr;Namn;Anställd t.o.m.\n{}", rows.collect::<String>())
}

/// Changes the payroll and the configuration of a case to those of the next month.
fn next_month(folder: &Path, rows: usize, thresholds: &str) {
    fs::write(folder.join("lon.csv"), payroll(rows)).unwrap();
    let config = CONFIG.replace("2026-10-31", "2026-11-30");
    fs::write(folder.join("samkor.toml"), format!("{config}{thresholds}")).unwrap();
}

/// Below four fifths of the rows of the run before, or the share that is stated, nothing is published and nothing is
/// found; with a reason it is, and the reason is kept.
#[test]
fn a_cut_off_payroll_stops_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let (first, output) = (payroll(10), folder.path().join("ut"));
    let config = case(folder.path(), CONFIG, &[("lon.csv", first.as_bytes()), ("a.csv", EXPORT.as_bytes())]);
    publish(&config, &output, &[]);
    let arguments = |more: &[&'static str]| {
        let own = ["run", config.to_str().unwrap(), "--output", output.to_str().unwrap()];
        run_with(&own.into_iter().chain(more.iter().copied()).collect::<Vec<_>>())
    };
    for (rows, thresholds, stops) in [
        (7, "", true),
        (7, "[thresholds]\nmin_previous_rows_percent = 80\n", true),
        (9, "[thresholds]\nmin_previous_rows_percent = 91\n", true),
        (8, "", false),
        (7, "[thresholds]\nmin_previous_rows_percent = 70\n", false),
    ] {
        next_month(folder.path(), rows, thresholds);
        let checked = run_with(&["check", config.to_str().unwrap(), "--output", output.to_str().unwrap()]);
        let ran = arguments(&[]);
        assert_eq!(ran.code == 2, stops, "{rows} {thresholds}: {}", ran.err);
        assert_eq!(checked.code == 2, stops, "{rows} {thresholds}: {}", checked.err);
        assert!(!stops || ran.err.contains("avhugget") && ran.err.contains("--accept-incomplete"), "{}", ran.err);
        assert_eq!(output.join("2026-11-30").exists(), !stops, "{rows} {thresholds}");
        if !stops {
            fs::remove_dir_all(output.join("2026-11-30")).unwrap();
        }
    }
    next_month(folder.path(), 3, "");
    let run = publish(&config, &output, &["--accept-incomplete", "Bolaget har lämnat koncernen"]);
    assert_eq!(manifest(&run)["accepted_incomplete"], "Bolaget har lämnat koncernen");
    assert_eq!(manifest(&run)["thresholds"]["min_previous_rows_percent"], 80.0);
    let overview = common::sheet(&run.join("sammanstallning.xlsx"), "Sammanställning");
    assert!(overview.iter().flatten().any(|cell| cell.contains("Bolaget har lämnat koncernen")));
}
