//! What owners do to lists before they send them back, and what is made of it: what is certain is read, and the rest is told
//! with its place.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, keys_of, lines, publish, run_with, sheet};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const PAYROLL: &str = "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.;Skyddade personuppgifter\n\
    1001;Eva;Lind;2015-01-01;;\n1002;Per;Ekdal;2015-01-01;2026-06-30;\n1003;Siv;Broman;2015-01-01;2026-06-30;\n\
    1004;Ulf;Norell;2015-01-01;2026-06-30;J\n1005;Åsa;Quist;2015-01-01;2026-06-30;J\n1006;Ola;Rydh;2015-01-01;;J\n";

const EXPORT: &str = "Användarnamn;Namn;Anst.nr;Status\neva01;Eva Lind;1001;Aktiv\nper01;Per Ekdal;1002;Aktiv\n\
    siv01;Siv Broman;1003;Aktiv\nulf01;Ulf Norell;1004;Aktiv\nasa01;Åsa Quist;1005;Aktiv\nola01;Ola Rydh;1006;Aktiv\n";

/// Two systems with the same accounts, over which runs follow each other.
struct Review(tempfile::TempDir);

impl Review {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("svar")).unwrap();
        Self(folder)
    }

    fn run(&self, day: &str) -> PathBuf {
        let system = |id: &str| {
            format!(
                "[[system]]\nid = \"{id}\"\nname = \"{id}\"\nfile = \"sys.csv\"\nowner = \"Administrativ chef\"\n\
                 exported = {day}\n\n"
            )
        };
        let config = format!(
            "[review]\nas_of = {day}\n\n[payroll]\nfile = \"lon.csv\"\nexported = {day}\n\n{}{}\
             [followup]\nanswers = \"svar\"\n\n[protected]\nrecipient = \"Säkerhetschef\"\n",
            system("alfa"),
            system("beta")
        );
        let files = [("lon.csv", PAYROLL.as_bytes()), ("sys.csv", EXPORT.as_bytes())];
        publish(&case(self.0.path(), &config, &files), &self.0.path().join("resultat"), &[])
    }

    /// Puts a workbook of one sheet into the folder of answers, as of a run and perhaps a system.
    fn put(&self, of: &str, sheet: &str, rows: &[Vec<String>]) {
        self.put_merged(of, sheet, rows, None);
    }

    /// The same, where a decision is merged with the cell below it.
    fn put_merged(&self, of: &str, sheet: &str, rows: &[Vec<String>], merged: Option<u32>) {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let properties = rust_xlsxwriter::DocProperties::new().set_custom_property("samkor.run", "2026-10-01");
        workbook.set_properties(&properties.set_custom_property("samkor.system", of));
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(sheet).unwrap();
        for (row, at) in rows.iter().zip(0u32..) {
            for (cell, column) in row.iter().zip(0u16..).filter(|(cell, _)| !cell.is_empty()) {
                worksheet.write_string(at, column, cell).unwrap();
            }
        }
        if let Some(row) = merged {
            worksheet.merge_range(row, 2, row + 1, 2, "Behåll", &rust_xlsxwriter::Format::new()).unwrap();
        }
        workbook.save(self.0.path().join("svar/svar.xlsx")).unwrap();
    }

    fn answers(&self, run: &Path) -> common::Ran {
        let config = self.0.path().join("samkor.toml");
        run_with(&["answers", run.to_str().unwrap(), "--config", config.to_str().unwrap()])
    }
}

/// The columns of a list that answers need, with a decision on the rows of some accounts.
fn list(book: &Path, name: &str, answers: &[(&str, &str)]) -> Vec<Vec<String>> {
    let mut rows = sheet(book, name);
    let at = |head: &str| rows[0].iter().position(|own| own == head).unwrap();
    let places = ["Nr", "Konto", "Beslut", "Motivering", "Undantag t.o.m.", "Nyckel"].map(at);
    rows = rows.iter().map(|row| places.map(|place| row[place].clone()).to_vec()).collect();
    for row in &mut rows[1..] {
        if let Some((_, decision)) = answers.iter().find(|(account, _)| *account == row[1]) {
            (row[2], row[3]) = ((*decision).to_owned(), "Skäl".to_owned());
        }
    }
    rows
}

fn state(run: &Path, key: &str) -> String {
    let line = lines(run, "findings.jsonl").into_iter().find(|line| line["key"] == key).unwrap();
    line["state"].as_str().unwrap().to_owned()
}

fn told(run: &Path, rule: &str) -> String {
    let line = lines(run, "findings.jsonl").into_iter().find(|line| line["rule"] == rule);
    line.map(|line| line["message"].as_str().unwrap().to_owned()).unwrap_or_default()
}

/// A returned list as something has made it, and what the next run makes of it.
fn after(change: impl FnOnce(&mut Vec<Vec<String>>)) -> PathBuf {
    let review = Review::new();
    let first = review.run("2026-10-01");
    let mut rows = list(&first.join("agare/alfa.xlsx"), "Avvikelser", &[("per01", "Behåll")]);
    change(&mut rows);
    review.put("alfa", "Avvikelser", &rows);
    let run = review.run("2026-10-10");
    std::mem::forget(review);
    run
}

/// A note behind the head of a column, a second list pasted below with its own head, and a second column of the same name
/// lose no answer; of two columns that differ the row is told.
#[test]
fn heads_that_were_changed_lose_no_answer() {
    let decided =
        |run: &Path| state(run, "leaver-active/alfa/per01") == "decided" && told(run, "answer-unread").is_empty();
    assert!(decided(&after(|rows| rows[0][2] = "Beslut (välj)".to_owned())));
    assert!(decided(&after(|rows| {
        let (head, per) = (rows[0].clone(), rows.iter().position(|row| row[1] == "per01").unwrap());
        let per = rows.remove(per);
        rows.extend([Vec::new(), head, per]);
    })));
    let second_column = |first: &'static str| {
        move |rows: &mut Vec<Vec<String>>| {
            for row in rows {
                let own = if row[1] == "per01" { first.to_owned() } else { String::new() };
                let decision = std::mem::replace(&mut row[2], own);
                let is_head = decision == "Beslut";
                row.insert(3, decision);
                if is_head {
                    row[2] = "Beslut".to_owned();
                }
            }
        }
    };
    assert!(decided(&after(second_column(""))));
    let differing = after(second_column("Inaktivera konto"));
    assert_eq!(state(&differing, "leaver-active/alfa/per01"), "open");
    assert!(told(&differing, "answer-unread").contains("finns flera gånger"), "{}", told(&differing, "answer-unread"));
}

/// A sheet without its head, and a decision in a column of another name, are told with sheet and row.
#[test]
fn decisions_where_nothing_is_read_are_told() {
    let headless = after(|rows| drop(rows.remove(0)));
    let says = told(&headless, "answer-unread");
    assert!(says.contains("svar.xlsx") && says.contains("ingen av listorna"), "{says}");
    let beside = after(|rows| {
        for row in rows.iter_mut() {
            let decision = std::mem::take(&mut row[2]);
            row.push(decision);
        }
        rows[0][2] = "Beslut".to_owned();
        rows[0][6] = "Vår bedömning".to_owned();
    });
    assert_eq!(state(&beside, "leaver-active/alfa/per01"), "open");
    assert!(told(&beside, "answer-unread").contains("kolumnen Vår bedömning"), "{}", told(&beside, "answer-unread"));
}

/// A sheet of one system's list in the workbook of another, without keys, answers the rows whose codes it has; without codes
/// nothing says whose they are, and they are told.
#[test]
fn a_list_in_another_systems_workbook_is_read_by_its_codes() {
    for coded in [true, false] {
        let review = Review::new();
        let first = review.run("2026-10-01");
        let mut rows = list(&first.join("agare/alfa.xlsx"), "Avvikelser", &[("per01", "Behåll")]);
        for row in &mut rows {
            row.truncate(5);
            if !coded {
                row.remove(0);
            }
        }
        review.put("beta", "Avvikelser", &rows);
        let second = review.run("2026-10-10");
        assert_eq!(state(&second, "leaver-active/beta/per01"), "open", "{coded}");
        assert_eq!(state(&second, "leaver-active/alfa/per01") == "decided", coded);
        assert_eq!(told(&second, "answer-unread").is_empty(), coded);
    }
}

/// Whoever keeps an account until a day keeps it no longer, and what a decision makes nothing of is told.
#[test]
fn every_column_that_was_filled_is_used_or_told() {
    let kept =
        after(|rows| rows.iter_mut().filter(|row| row[1] == "per01").for_each(|row| row[4] = "2026-10-12".to_owned()));
    assert_eq!(state(&kept, "leaver-active/alfa/per01"), "excepted");
    let unused = after(|rows| {
        rows.iter_mut().filter(|row| row[1] == "per01").for_each(|row| {
            (row[2], row[4]) = ("Inaktivera konto".to_owned(), "2026-10-12".to_owned());
        });
    });
    assert!(told(&unused, "answer-incomplete").contains("Undantag t.o.m."), "{}", told(&unused, "answer-incomplete"));
}

/// A decision that is merged over two rows is that of the first, and told: nothing says that the second was meant.
#[test]
fn a_merged_decision_is_of_its_first_row() {
    let review = Review::new();
    let first = review.run("2026-10-01");
    let rows = list(&first.join("agare/alfa.xlsx"), "Avvikelser", &[]);
    let states = |run: &Path| {
        rows[1..3].iter().map(|row| state(run, &format!("leaver-active/{}", row[5]))).collect::<Vec<String>>()
    };
    review.put_merged("alfa", "Avvikelser", &rows, Some(1));
    let second = review.run("2026-10-10");
    assert_eq!(states(&second), ["decided", "open"]);
    assert!(
        told(&second, "answer-unread").contains("sammanfogad cell på raderna 2–3"),
        "{}",
        told(&second, "answer-unread")
    );
}

/// "Inte mitt ansvar" that names nobody is told between the runs as lacking whom.
#[test]
fn passing_on_to_nobody_is_told_at_once() {
    let review = Review::new();
    let first = review.run("2026-10-01");
    let rows = list(&first.join("agare/alfa.xlsx"), "Avvikelser", &[("per01", "Inte mitt ansvar")]);
    review.put("alfa", "Avvikelser", &rows);
    let told = review.answers(&first);
    assert!(told.out.contains("saknar vem det skickas vidare till"), "{}", told.out);
}

/// Rows of protected persons are compared like any others: one that was sorted away from its key is told without naming
/// anybody, and a right one is read and kept, also where nothing deviates.
#[test]
fn answers_on_protected_persons_stay_with_their_rows() {
    let review = Review::new();
    let first = review.run("2026-10-01");
    let book = first.join("begransad/sarskild-hantering.xlsx");
    let mut rows = list(&book, "Konton", &[("ulf01", "Behåll"), ("ola01", "Inaktivera konto")]);
    let place = |rows: &[Vec<String>], account: &str| rows.iter().position(|row| row[1] == account).unwrap();
    let (ulf, asa) = (place(&rows, "ulf01"), place(&rows, "asa01"));
    let (of_ulf, of_asa) = (rows[ulf][5].clone(), rows[asa][5].clone());
    (rows[ulf][5], rows[asa][5]) = (of_asa.clone(), of_ulf.clone());
    review.put("", "Konton", &rows);
    let second = review.run("2026-10-10");
    let says = told(&second, "answer-tampered");
    assert!(says.contains("Konto") && !says.contains("ulf01") && !says.contains("asa01"), "{says}");
    assert_eq!(told(&second, "answer-unread"), "");
    let hidden = |run: &Path, file: &str| -> Vec<Value> {
        let text = fs::read_to_string(run.join("begransad").join(file)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let all = hidden(&second, "data.jsonl");
    let swapped = [&of_ulf, &of_asa].map(|row| format!("leaver-active/{row}"));
    let states: Vec<&Value> =
        all.iter().filter(|line| swapped.iter().any(|key| line["key"] == **key)).map(|line| &line["state"]).collect();
    assert_eq!(states, ["open", "open"]);
    // The workbook may go: what was decided where nothing deviated is kept, and followed up.
    fs::remove_file(review.0.path().join("svar/svar.xlsx")).unwrap();
    for day in ["2026-10-20", "2026-10-30"] {
        let run = review.run(day);
        let undone = hidden(&run, "data.jsonl").into_iter().filter(|line| line["rule"] == "decided-not-done");
        assert_eq!(
            undone.map(|line| line["account"].to_string()).collect::<Vec<_>>(),
            ["\"ola01\"", "\"ola01\""],
            "{day}"
        );
        let kept = hidden(&run, "konton.jsonl").iter().filter(|line| line.get("answers").is_some()).count();
        assert_eq!(kept, 3, "{day}");
        assert!(keys_of(&run, "decided-not-done").is_empty(), "{day}");
    }
}
