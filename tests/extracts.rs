//! An extract that shows less than those before it proves nothing: one that has lost rows, one that is older than what was
//! read, one that no longer says which accounts are closed.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, lines, publish, return_answers, sheet};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Eva is employed; Per and Siv have left.
const PAYROLL: &str = "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.\n\
    1001;Eva;Lind;2015-01-01;\n\
    1002;Per;Ekdal;2015-01-01;2026-06-30\n\
    1003;Siv;Broman;2015-01-01;2026-06-30\n";

/// A review over months, with the answers to its first run.
struct Months(TempDir);

impl Months {
    /// The first run, of ten accounts; that Per's is to be closed is decided, and of Siv's nothing is said.
    fn begun() -> Self {
        let months = Self(tempfile::tempdir().unwrap());
        fs::create_dir(months.0.path().join("svar")).unwrap();
        let first = months.run("2026-10-01", "2026-10-01", &export(8, "Aktiv"), "");
        let head = ["Konto", "Beslut", "Motivering", "Beslutsdatum"];
        let row = ["sys/per01", "Inaktivera konto", "Har slutat", "2026-10-05"];
        return_answers(&first, &months.folder().join("svar/svar.xlsx"), &[head.to_vec(), row.to_vec()]);
        months
    }

    fn folder(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, as_of: &str, exported: &str, accounts: &str, of_system: &str) -> PathBuf {
        let config = format!(
            "[review]\nas_of = {as_of}\n\n[payroll]\nfile = \"lon.csv\"\nexported = {as_of}\n\n\
             [followup]\nanswers = \"svar\"\n\n\
             [[system]]\nid = \"sys\"\nname = \"Systemet\"\nfile = \"sys.csv\"\nowner = \"Administrativ chef\"\n\
             exported = {exported}\n{of_system}"
        );
        let files = [("lon.csv", PAYROLL.as_bytes()), ("sys.csv", accounts.as_bytes())];
        publish(&case(self.folder(), &config, &files), &self.folder().join("resultat"), &[])
    }
}

/// So many accounts of Eva's.
fn of_eva(count: usize) -> String {
    let head = "Användarnamn;Namn;Anst.nr;Status;GUID\n".to_owned();
    head + &(0..count).map(|at| format!("eva{at:02};Eva Lind;1001;Aktiv;e{at}\n")).collect::<String>()
}

/// The same with Per's, of a status, and Siv's.
fn export(count: usize, status_of_per: &str) -> String {
    of_eva(count) + &format!("per01;Per Ekdal;1002;{status_of_per};g2\nsiv01;Siv Broman;1003;Aktiv;g3\n")
}

fn of_rule(run: &Path, rule: &str) -> Vec<Value> {
    lines(run, "findings.jsonl").into_iter().filter(|line| line["rule"] == rule).collect()
}

/// State and first day of a leaver's account.
fn leaver(run: &Path, account: &str) -> (String, String) {
    let all = of_rule(run, "leaver-active");
    let line = all.iter().find(|line| line["account"] == account).unwrap_or_else(|| panic!("{account}: {all:?}"));
    (line["state"].as_str().unwrap().to_owned(), line["first_seen"].as_str().unwrap().to_owned())
}

fn known(state: &str) -> (String, String) {
    (state.to_owned(), "2026-10-01".to_owned())
}

/// What is missing from half an export is neither done nor in order, decided or not, however often the half is read; when
/// the rows are back it stands where it stood, with its first day.
#[test]
fn what_half_an_export_lacks_is_carried_until_its_rows_are_back() {
    let months = Months::begun();
    for day in ["2026-11-01", "2026-12-01"] {
        let run = months.run(day, day, &of_eva(5), "");
        assert_eq!(leaver(&run, "per01"), known("untestable"), "{day}");
        assert_eq!(leaver(&run, "siv01"), known("untestable"), "{day}");
        assert_eq!(of_rule(&run, "row-count-moved").len(), 1, "{day}: the doubt lasts");
        let first_page = sheet(&run.join("agare/sys.xlsx"), "Sammanfattning");
        assert!(first_page.iter().flatten().any(|cell| cell.contains("Begränsad")), "{day}: {first_page:?}");
    }
    let whole = months.run("2026-12-31", "2026-12-31", &export(8, "Spärrad"), "");
    assert_eq!(leaver(&whole, "per01"), known("verified"));
    assert_eq!(leaver(&whole, "siv01"), known("unanswered"));
    assert!(of_rule(&whole, "row-count-moved").iter().all(|line| line["state"] == "resolved"));
}

/// Where the source system's own count says that there are no more accounts, what is missing is gone.
#[test]
fn a_stated_count_ends_the_doubt() {
    let months = Months::begun();
    months.run("2026-11-01", "2026-11-01", &of_eva(5), "");
    let counted = months.run("2026-12-01", "2026-12-01", &of_eva(5), "control_total = 5\n");
    assert_eq!(leaver(&counted, "per01"), known("verified"));
    assert_eq!(leaver(&counted, "siv01"), known("resolved"));
    // From here on five are what there is.
    let after = months.run("2026-12-31", "2026-12-31", &of_eva(5), "");
    assert!(of_rule(&after, "row-count-moved").is_empty());
}

/// An export made before the one that was read last shows neither that something came back nor that it is in order, and that
/// is told.
#[test]
fn an_older_export_shows_nothing_new() {
    let months = Months::begun();
    let closed = months.run("2026-11-01", "2026-11-01", &export(8, "Spärrad"), "");
    assert_eq!(leaver(&closed, "per01"), known("verified"));
    let older = months.run("2026-12-01", "2026-10-10", &(of_eva(8) + "per01;Per Ekdal;1002;Aktiv;g2\n"), "");
    assert_eq!(leaver(&older, "per01"), known("decided"), "what was done is not undone");
    assert_eq!(leaver(&older, "siv01"), known("untestable"), "what is not there yet is not gone");
    assert!(of_rule(&older, "returned").is_empty() && of_rule(&older, "decided-not-done").is_empty());
    let told = of_rule(&older, "source-stale");
    assert!(told[0]["message"].as_str().unwrap().contains("2026-11-01"), "{told:?}");
    let back = months.run("2026-12-31", "2026-12-31", &export(8, "Aktiv"), "");
    assert_eq!(leaver(&back, "per01"), known("returned"), "a newer one shows it");
}

/// An export without the column that told which accounts are closed shows neither that a decision was not carried out nor
/// that what was done is undone.
#[test]
fn an_export_that_lost_its_status_shows_no_state() {
    let without = |text: String| text.replace("Status;", "").replace("Aktiv;", "");
    let months = Months::begun();
    let lost = months.run("2026-11-01", "2026-11-01", &without(export(8, "Aktiv")), "");
    assert_eq!(leaver(&lost, "per01"), known("decided"));
    assert!(of_rule(&lost, "decided-not-done").is_empty());

    let months = Months::begun();
    months.run("2026-11-01", "2026-11-01", &export(8, "Spärrad"), "");
    for day in ["2026-12-01", "2026-12-15"] {
        let lost = months.run(day, day, &without(export(8, "Aktiv")), "");
        assert_eq!(leaver(&lost, "per01"), known("decided"), "{day}");
        assert!(of_rule(&lost, "returned").is_empty(), "{day}");
        let first_page = sheet(&lost.join("agare/sys.xlsx"), "Sammanfattning");
        assert!(first_page.iter().flatten().any(|cell| cell.contains("Begränsad")), "{day}: {first_page:?}");
    }
    let back = months.run("2026-12-31", "2026-12-31", &export(8, "Aktiv"), "");
    assert_eq!(leaver(&back, "per01"), known("returned"));
}
