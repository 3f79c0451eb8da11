//! How long an answer holds: for the deviation it was given to, for whoever held the account, and until an export that can
//! show it shows that it was carried out.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, keys_of, lines, publish, return_answers, run_with, sheet};
use std::fs;
use std::path::{Path, PathBuf};

const HEAD: &str = "Användarnamn;Objekt-ID;Namn;Anst.nr;Status";

/// Eva and the others are employed, Per has left, and so has Max, who was employed after him.
const PAYROLL: &str = "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.\n\
    1001;Eva;Lind;2015-01-01;\n1002;Per;Ekdal;2015-01-01;2026-06-30\n1005;Max;Ågren;2026-10-06;2026-11-05\n\
    1011;Ada;Alm;2015-01-01;\n1012;Bo;Bark;2015-01-01;\n1013;Cia;Ceder;2015-01-01;\n1014;Dan;Dal;2015-01-01;\n";

/// Accounts of those who stay, so that a few that go are no sign of an export cut short.
const OTHERS: &str = "eva01;;Eva Lind;1001;Aktiv\nada01;;Ada Alm;1011;Aktiv\nbo01;;Bo Bark;1012;Aktiv\n\
    cia01;;Cia Ceder;1013;Aktiv\ndan01;;Dan Dal;1014;Aktiv\n";

const PER: &str = "kon01;;Per Ekdal;1002;Aktiv";
const MAX: &str = "kon01;;Max Ågren;1005;Aktiv";

/// A folder in which runs follow each other.
struct Review(tempfile::TempDir);

impl Review {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("svar")).unwrap();
        Self(folder)
    }

    /// A run over more accounts than those that stay; none where there is no export.
    fn run(&self, day: &str, more: Option<&str>) -> PathBuf {
        self.run_of("sys", day, more, "")
    }

    fn run_of(&self, id: &str, day: &str, more: Option<&str>, stated: &str) -> PathBuf {
        let config = format!(
            "[review]\nas_of = {day}\n\n[payroll]\nfile = \"lon.csv\"\nexported = {day}\n\n[[system]]\nid = \"{id}\"\n\
             name = \"Systemet\"\nfile = \"sys.csv\"\nowner = \"Administrativ chef\"\nexported = {day}\n{stated}\n\
             [followup]\nanswers = \"svar\"\n"
        );
        let always =
            "[[system]]\nid = \"andra\"\nname = \"Andra\"\nfile = \"andra.csv\"\nowner = \"Administrativ chef\"\n\n";
        let config = config.replace("[[system]]", &format!("{always}[[system]]"));
        let export = format!("{HEAD}\n{OTHERS}{}\n", more.unwrap_or_default());
        let other = format!("{HEAD}\n{OTHERS}");
        let files = [("lon.csv", PAYROLL.as_bytes()), ("sys.csv", export.as_bytes()), ("andra.csv", other.as_bytes())];
        let config = case(self.0.path(), &config, &files);
        if more.is_none() {
            fs::remove_file(self.0.path().join("sys.csv")).unwrap();
        }
        publish(&config, &self.0.path().join("resultat"), &[])
    }

    fn answer(&self, run: &Path, name: &str, heads: &[&str], answer: &[&str]) {
        return_answers(run, &self.0.path().join("svar").join(name), &[heads.to_vec(), answer.to_vec()]);
    }

    /// A decision on a row of a run.
    fn decide(&self, run: &Path, row: &str, decision: &str, day: &str) {
        let heads = ["Nyckel", "Beslut", "Motivering", "Beslutsdatum"];
        self.answer(run, &format!("{day}.xlsx"), &heads, &[row, decision, "Skäl", day]);
    }
}

/// The state of a finding, and when it was first seen.
fn state(run: &Path, key: &str) -> (String, String) {
    let all = lines(run, "findings.jsonl");
    let line = all.iter().find(|line| line["key"] == key).unwrap_or_else(|| panic!("{key}: {all:#?}"));
    (line["state"].as_str().unwrap().to_owned(), line["first_seen"].as_str().unwrap().to_owned())
}

fn known(state: &str, first_seen: &str) -> (String, String) {
    (state.to_owned(), first_seen.to_owned())
}

const LEAVER: &str = "leaver-active/sys/kon01";

/// What was decided on a deviation says nothing of one with the same words that another holder of the name brings later,
/// be it kept or carried out.
#[test]
fn an_answer_settles_no_later_deviation_of_another_holder() {
    for (decision, between) in [("Behåll", "resolved"), ("Inaktivera konto", "verified")] {
        let review = Review::new();
        let first = review.run("2026-10-01", Some(PER));
        review.decide(&first, "sys/kon01", decision, "2026-10-02");
        assert_eq!(state(&review.run("2026-10-10", Some("")), LEAVER).0, between);
        let third = review.run("2026-11-10", Some(MAX));
        assert_eq!(state(&third, LEAVER), known("new", "2026-11-10"), "{decision}");
        assert!(keys_of(&third, "returned").is_empty(), "{decision}");
        let last = review.run("2026-12-10", Some(MAX));
        assert_eq!(state(&last, LEAVER), known("unanswered", "2026-11-10"), "{decision}");
        assert!(keys_of(&last, "decided-not-done").is_empty(), "{decision}");
    }
}

/// A month without the export hides a change of holders; what was carried is the former one's, and the new one is told to
/// have got his account's name.
#[test]
fn what_is_carried_is_not_inherited_by_another_holder() {
    let review = Review::new();
    let first = review.run("2026-10-01", Some(PER));
    review.decide(&first, "sys/kon01", "Inaktivera konto", "2026-10-02");
    let second = review.run("2026-10-10", None);
    assert_eq!(state(&second, LEAVER).0, "untestable");
    let third = review.run("2026-11-10", Some(MAX));
    assert_eq!(state(&third, LEAVER), known("new", "2026-11-10"));
    assert_eq!(keys_of(&third, "reused-account"), ["reused-account/sys/kon01"]);
    assert!(keys_of(&third, "decided-not-done").is_empty());
    // The same holder inherits what is his.
    let review = Review::new();
    let first = review.run("2026-10-01", Some(PER));
    review.decide(&first, "sys/kon01", "Behåll", "2026-10-02");
    review.run("2026-10-10", None);
    assert_eq!(state(&review.run("2026-11-10", Some(PER)), LEAVER), known("decided", "2026-10-01"));
}

/// An account that is missing in an export that lacks rows by its own showing is not gone: a row that could not be read, a
/// total that differs, a fifth of the others gone as well.
#[test]
fn an_export_that_lacks_rows_proves_nothing() {
    let second = |more: &str, stated: &str| {
        let review = Review::new();
        let first = review.run("2026-10-01", Some(PER));
        review.decide(&first, "sys/kon01", "Inaktivera konto", "2026-10-02");
        let run = review.run_of("sys", "2026-10-10", Some(more), stated);
        let line = lines(&run, "findings.jsonl").into_iter().find(|line| line["key"] == LEAVER).unwrap();
        (line["state"].as_str().unwrap().to_owned(), line["proof"].to_string())
    };
    assert_eq!(second("", "").0, "verified");
    assert_eq!(second("", "control_total = 5\n").0, "verified");
    let (state, why) = second("kon01;;Per Ekdal;1002;Aktiv;för;många;fält", "");
    assert!(state == "untestable" && why.contains("inte kunde läsas"), "{state} {why}");
    // A row that is another account's proves as much as one that was read.
    assert_eq!(second("kon02;;Nils Ekman;1003;Aktiv;för;många;fält", "").0, "verified");
    let (state, why) = second("", "control_total = 6\n");
    assert!(state == "untestable" && why.contains("anger 6"), "{state} {why}");
}

/// An error in the place of an account's name is no name.
#[test]
fn an_error_is_no_account() {
    let review = Review::new();
    let run = review.run("2026-10-01", Some("#REF!;;Per Ekdal;1002;Aktiv"));
    assert!(lines(&run, "accounts.jsonl").iter().all(|line| line["account"] != "#REF!"));
    assert_eq!(keys_of(&run, "rows-rejected"), ["rows-rejected"]);
}

/// Accounts that go by the fifth, with nobody having decided so, make it doubtful that those decided on are gone.
#[test]
fn an_export_without_many_of_its_accounts_is_perhaps_cut() {
    let review = Review::new();
    let more = ["x1;;;;Aktiv", "x2;;;;Aktiv", PER].join("\n");
    let first = review.run("2026-10-01", Some(&more));
    review.decide(&first, "sys/kon01", "Inaktivera konto", "2026-10-02");
    let second = review.run("2026-10-10", Some(""));
    assert_eq!(state(&second, LEAVER).0, "untestable");
    // The doubt lasts as long as they are missing; the source system's own count ends it.
    assert_eq!(state(&review.run("2026-10-20", Some("")), LEAVER).0, "untestable");
    let counted = review.run_of("sys", "2026-10-30", Some(""), "control_total = 5\n");
    assert_eq!(state(&counted, LEAVER).0, "verified");
}

/// What remains to be done stands in the action plan though the export is missing, or the system is called otherwise in the
/// configuration; an answer about such a system is told.
#[test]
fn measures_remain_where_nothing_was_delivered() {
    let plan = |run: &Path| sheet(&run.join("sammanstallning.xlsx"), "Handlingsplan");
    for (id, more) in [("sys", None), ("nytt", Some(PER))] {
        let review = Review::new();
        let first = review.run("2026-10-01", Some(PER));
        review.decide(&first, "sys/kon01", "Inaktivera konto", "2026-10-02");
        review.run("2026-10-10", Some(PER));
        let third = review.run_of(id, "2026-10-20", more, "");
        let rows = plan(&third);
        assert!(rows.iter().any(|row| row[0].starts_with("Systemet") && row[1] == "Inaktivera konto"), "{rows:?}");
    }
    let review = Review::new();
    let first = review.run("2026-10-01", Some(PER));
    review.decide(&first, "sys/kon01", "Inaktivera konto", "2026-10-02");
    let second = review.run_of("nytt", "2026-10-10", Some(PER), "");
    let told = lines(&second, "findings.jsonl").into_iter().find(|line| line["rule"] == "answer-unread").unwrap();
    assert!(told["message"].as_str().unwrap().contains("ingår inte i granskningen"), "{told}");
}

/// Whoever names the holder decides nothing: what the owner decided stands, whichever came last, and beside each other both
/// are taken.
#[test]
fn naming_the_holder_undoes_no_decision() {
    let heads = ["Nyckel", "Rätt person / anställningsnummer", "Vem", "När"];
    for together in [true, false] {
        let review = Review::new();
        let unsure = "kon01;;Per Ekdal;;Aktiv";
        let first = review.run("2026-10-01", Some(unsure));
        review.decide(&first, "sys/kon01", "Inaktivera konto", "2026-10-02");
        if !together {
            review.run("2026-10-05", Some(unsure));
        }
        review.answer(&first, "hr.xlsx", &heads, &["sys/kon01", "1002", "HR", "2026-10-03"]);
        let run = review.run("2026-10-10", Some(unsure));
        assert_eq!(keys_of(&run, "decided-not-done"), ["decided-not-done/sys/kon01"], "{together}");
        assert_ne!(state(&run, "decided-not-done/sys/kon01").0, "resolved", "{together}");
        assert!(keys_of(&run, "answer-unread").is_empty(), "{together}");
        assert_eq!(keys_of(&run, "leaver-active"), [LEAVER], "{together}");
    }
}

/// A late answer goes with its account to the name it has got meanwhile, and is counted between the runs; one to an account
/// that the latest review does not know is told.
#[test]
fn a_late_answer_meets_its_account_by_its_new_name() {
    let review = Review::new();
    let with = |name: &str| format!("{name};11111111-1111-1111-1111-111111111111;Per Ekdal;1002;Aktiv");
    let first = review.run("2026-10-01", Some(&with("kon01")));
    let second = review.run("2026-10-10", Some(&with("ny01")));
    review.decide(&first, "sys/kon01", "Inaktivera konto", "2026-10-12");
    let config = review.0.path().join("samkor.toml");
    let told = run_with(&["answers", second.to_str().unwrap(), "--config", config.to_str().unwrap()]);
    let line = told.out.lines().find(|line| line.starts_with("Systemet")).unwrap();
    assert_eq!(line.split_whitespace().nth(2), Some("1"), "{}", told.out);
    let third = review.run("2026-10-20", Some(&with("ny01")));
    assert_eq!(state(&third, "leaver-active/sys/ny01"), known("decided", "2026-10-01"));

    let review = Review::new();
    let first = review.run("2026-10-01", Some("kon01;;Per Ekdal;1002;Aktiv"));
    review.run("2026-10-10", Some(""));
    review.run("2026-10-20", Some(""));
    review.decide(&first, "sys/kon01", "Inaktivera konto", "2026-10-22");
    let last = review.run("2026-10-30", Some(""));
    let told = lines(&last, "findings.jsonl").into_iter().find(|line| line["rule"] == "answer-unread").unwrap();
    assert!(told["message"].as_str().unwrap().contains("fanns inte i den senaste granskningen"), "{told}");
}

/// An answer to a run after the one that is looked at is no fault of the answer.
#[test]
fn an_answer_to_a_later_run_is_told_as_such() {
    let review = Review::new();
    let first = review.run("2026-10-01", Some(PER));
    let second = review.run("2026-10-10", Some(PER));
    review.decide(&second, "sys/kon01", "Inaktivera konto", "2026-10-12");
    let config = review.0.path().join("samkor.toml");
    let told = run_with(&["answers", first.to_str().unwrap(), "--config", config.to_str().unwrap()]);
    assert_eq!(told.code, 0, "{}", told.out);
    assert!(told.out.contains("senare körning (2026-10-10)"), "{}", told.out);
}
