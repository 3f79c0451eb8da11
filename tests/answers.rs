//! Returned workbooks: what owners do to them, what is read, what is told, and what proves that it was done.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use calamine::{Data, DataType, Reader};
use common::{case, keys_of, lines, manifest, publish, sheet};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const PAYROLL: &str = "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.\n\
    1001;Eva;Lind;2015-01-01;\n\
    1002;Per;Ekdal;2015-01-01;2026-06-30\n\
    1003;Siv;Broman;2015-01-01;2026-06-30\n\
    1004;Ulf;Norell;2015-01-01;2026-06-30\n";

const ACCOUNTS: &[&str] = &[
    "eva01;Eva Lind;1001;Aktiv;Läsa",
    "per01;Per Ekdal;1002;Aktiv;Läsa",
    "siv01;Siv Broman;1003;Aktiv;Läsa, Skriva",
    "ulf01;Ulf Norell;1004;Aktiv;Läsa",
];

/// A folder in which runs follow each other.
struct Review(tempfile::TempDir);

impl Review {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("svar")).unwrap();
        Self(folder)
    }

    fn run_over(&self, day: &str, payroll: &str, accounts: &[String], more: &str) -> PathBuf {
        self.run_with_scope(day, "full", payroll, accounts, more)
    }

    fn run_with_scope(&self, day: &str, scope: &str, payroll: &str, accounts: &[String], more: &str) -> PathBuf {
        let config = format!(
            "[review]\nas_of = {day}\nscope = \"{scope}\"\n\n[payroll]\nfile = \"lon.csv\"\nexported = {day}\n\n[[system]]\nid = \"sys\"\n\
             name = \"Systemet\"\nfile = \"sys.csv\"\nowner = \"Administrativ chef\"\nexported = {day}\n\n\
             [followup]\nanswers = \"svar\"\n{more}"
        );
        let export = format!("Användarnamn;Namn;Anst.nr;Status;Roll\n{}\n", accounts.join("\n"));
        let config = case(self.0.path(), &config, &[("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())]);
        publish(&config, &self.0.path().join("resultat"), &[])
    }

    fn run(&self, day: &str, accounts: &[&str]) -> PathBuf {
        let accounts: Vec<String> = accounts.iter().map(|own| (*own).to_owned()).collect();
        self.run_over(day, PAYROLL, &accounts, "")
    }

    fn answer(&self, name: &str) -> PathBuf {
        self.0.path().join("svar").join(name)
    }

    /// One run, with the decision that a leaver's account be closed returned.
    fn with_one_decision() -> Self {
        let review = Self::new();
        let mut book = owners(&review.run("2026-10-01", ACCOUNTS));
        book.decide("per01", "Inaktivera konto", "2026-10-02");
        book.save(&review.answer("svar.xlsx"));
        review
    }
}

/// A workbook as rows of cells by sheet, to be changed as people change it.
struct Book(Vec<(String, Vec<Vec<Data>>)>);

impl Book {
    fn open(path: &Path) -> Self {
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
        let names = book.sheet_names();
        let rows = |name: &String, book: &mut calamine::Xlsx<_>| {
            let range = book.worksheet_range(name).unwrap();
            range.rows().map(<[Data]>::to_vec).collect()
        };
        Self(names.into_iter().map(|name| (name.clone(), rows(&name, &mut book))).collect())
    }

    fn rows(&mut self, sheet: &str) -> &mut Vec<Vec<Data>> {
        &mut self.0.iter_mut().find(|(name, _)| name == sheet).unwrap().1
    }

    /// Writes something into the row of an account.
    fn set(&mut self, sheet: &str, account: &str, column: &str, value: &str) {
        let rows = self.rows(sheet);
        let place = |title: &str| rows[0].iter().position(|cell| cell.as_string().as_deref() == Some(title)).unwrap();
        let (of_account, at) = (place("Konto"), place(column));
        let row = rows.iter_mut().find(|row| row[of_account].as_string().as_deref() == Some(account)).unwrap();
        row[at] = Data::String(value.to_owned());
    }

    /// A decision with who made it and when.
    fn decide(&mut self, account: &str, decision: &str, day: &str) {
        self.set("Avvikelser", account, "Beslut", decision);
        self.set("Avvikelser", account, "Beslutad av", "Administrativ chef");
        self.set("Avvikelser", account, "Beslutsdatum", day);
    }

    fn save(&self, path: &Path) {
        let mut workbook = Workbook::new();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        for (name, rows) in &self.0 {
            let sheet = workbook.add_worksheet();
            sheet.set_name(name).unwrap();
            for (row, at) in rows.iter().zip(0u32..) {
                for (cell, column) in row.iter().zip(0u16..) {
                    match cell {
                        Data::DateTime(moment) => {
                            let moment = ExcelDateTime::from_serial_datetime(moment.as_f64()).unwrap();
                            sheet.write_datetime_with_format(at, column, &moment, &day).unwrap();
                        }
                        Data::Float(number) => drop(sheet.write_number(at, column, *number).unwrap()),
                        Data::Empty => {}
                        other => drop(sheet.write_string(at, column, other.to_string()).unwrap()),
                    }
                }
            }
        }
        workbook.save(path).unwrap();
    }
}

fn owners(run: &Path) -> Book {
    Book::open(&run.join("agare/sys.xlsx"))
}

/// State of each leaver's account.
fn states(run: &Path) -> BTreeMap<String, String> {
    let all = lines(run, "findings.jsonl");
    let own = all.iter().filter(|line| line["rule"] == "leaver-active");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    own.map(|line| (text(&line["account"]), text(&line["state"]))).collect()
}

fn memory(run: &Path) -> Value {
    serde_json::from_slice(&fs::read(run.join("data/memory.json")).unwrap()).unwrap()
}

/// A decision is decided until an export made after it shows the account closed, gone, or without the role; then it is
/// verified, with the day claimed and the day shown beside each other.
#[test]
fn only_a_later_export_proves_that_a_decision_was_carried_out() {
    let review = Review::new();
    let first = review.run("2026-10-01", ACCOUNTS);
    let mut book = owners(&first);
    book.decide("per01", "Inaktivera konto", "2026-10-10");
    book.set("Avvikelser", "per01", "Utförd datum", "2026-10-11");
    book.decide("siv01", "Inaktivera konto", "2026-10-10");
    book.decide("ulf01", "Inaktivera konto", "2026-10-10");
    book.save(&review.answer("svar.xlsx"));

    let same_day = review.run("2026-10-10", ACCOUNTS);
    assert!(states(&same_day).values().all(|state| state == "decided"), "{:?}", states(&same_day));
    let later = ["eva01;Eva Lind;1001;Aktiv;Läsa", "per01;Per Ekdal;1002;Avslutad;Läsa", ACCOUNTS[2]];
    let later = review.run("2026-10-20", &later);
    let expected = [("per01", "verified"), ("siv01", "decided"), ("ulf01", "verified")];
    assert_eq!(states(&later), expected.map(|(account, state)| (account.to_owned(), state.to_owned())).into());
    assert_eq!(keys_of(&later, "decided-not-done"), ["decided-not-done/sys/siv01"]);
    let rows = sheet(&later.join("agare/sys.xlsx"), "Sedan förra gången");
    assert_eq!(rows[1][..3], ["Åtgärdat, visat i export", "per01", "Avslutad anställning, kontot aktivt"], "{rows:?}");
    assert_eq!(manifest(&later)["counts"]["verified"], 2);
    // Rows are answered once, and counted by the run that reads the answers.
    assert_eq!([&same_day, &later].map(|run| manifest(run)["counts"]["answered"].as_u64().unwrap()), [3, 0]);

    let back = review.run("2026-11-30", ACCOUNTS);
    assert_eq!(states(&back)["per01"], "returned");
}

/// A removal without a decision is in order, and not verified.
#[test]
fn without_a_decision_nothing_is_verified() {
    let review = Review::new();
    // Three of twenty went: no more than in any month.
    let closed: Vec<String> = (0..16).map(|at| format!("stängt{at};Eva Lind;1001;Avslutad;Läsa")).collect();
    let with_closed =
        |open: &[&str]| open.iter().map(|own| (*own).to_owned()).chain(closed.clone()).collect::<Vec<_>>();
    review.run_over("2026-10-01", PAYROLL, &with_closed(ACCOUNTS), "");
    let later = review.run_over("2026-10-20", PAYROLL, &with_closed(&ACCOUNTS[..1]), "");
    assert!(states(&later).values().all(|state| state == "resolved"));
    assert_eq!(manifest(&later)["counts"]["verified"], 0);
}

/// The role that was to go is what proves its decision.
#[test]
fn a_changed_role_is_proven_by_the_role() {
    let review = Review::new();
    let first = review.run("2026-10-01", ACCOUNTS);
    let mut book = owners(&first);
    book.decide("siv01", "Ändra behörighet", "2026-10-10");
    book.set("Avvikelser", "siv01", "Gäller roll", "skriva");
    book.save(&review.answer("svar.xlsx"));
    let still = review.run("2026-10-20", ACCOUNTS);
    assert_eq!(keys_of(&still, "decided-not-done"), ["decided-not-done/sys/siv01"]);
    let without = ["siv01;Siv Broman;1003;Aktiv;Läsa"];
    let gone = review.run("2026-10-30", &without);
    let told = lines(&gone, "findings.jsonl").into_iter().find(|line| line["rule"] == "decided-not-done").unwrap();
    assert_eq!(told["state"], "resolved");
}

/// What owners do to a workbook and may do: another name, rows sorted, columns moved, added and removed, the hidden sheet
/// lost, the choice typed by hand, a date as text.
#[test]
fn what_people_do_to_a_workbook_is_normal() {
    for (name, change) in CHANGES {
        let review = Review::new();
        let first = review.run("2026-10-01", ACCOUNTS);
        let mut book = owners(&first);
        book.decide("per01", "inaktivera", "10 oktober 2026");
        change(&mut book);
        book.save(&review.answer("Kopia av lista (3) BESVARAD.xlsx"));
        let later = review.run("2026-10-20", ACCOUNTS);
        assert_eq!(states(&later)["per01"], "decided", "{name}");
        assert_eq!(states(&later)["siv01"], "open", "{name}");
        assert!(keys_of(&later, "answer-unread").is_empty(), "{name}: {:?}", lines(&later, "findings.jsonl"));
    }
}

type Change = fn(&mut Book);

const CHANGES: &[(&str, Change)] = &[
    ("nothing more", |_| {}),
    ("sorted", |book| book.rows("Avvikelser")[1..].reverse()),
    ("columns moved", |book| book.rows("Avvikelser").iter_mut().for_each(|row| row.reverse())),
    ("columns removed", |book| book.rows("Avvikelser").iter_mut().for_each(|row| drop(row.drain(4..8)))),
    ("a column added", |book| {
        for row in book.rows("Avvikelser") {
            row.insert(2, Data::String("Egen kommentar".to_owned()));
        }
    }),
    ("rows deleted", |book| {
        let rows = book.rows("Avvikelser");
        let at = rows.iter().position(|row| row.iter().any(|cell| cell.as_string().as_deref() == Some("ulf01")));
        rows.remove(at.unwrap());
    }),
    ("rows above the head", |book| {
        let width = book.rows("Avvikelser")[0].len();
        let mut line = vec![Data::Empty; width];
        line[0] = Data::String("Besvarad av mig".to_owned());
        book.rows("Avvikelser").splice(0..0, [line, vec![Data::Empty; width]]);
    }),
    ("the hidden sheet lost", |book| book.0.retain(|(name, _)| name != "_samkor")),
    ("other sheets lost", |book| book.0.retain(|(name, _)| ["Avvikelser", "_samkor"].contains(&name.as_str()))),
    ("a sheet renamed", |book| {
        book.0.iter_mut().filter(|(name, _)| name == "Avvikelser").for_each(|(name, _)| *name = "Blad1".to_owned());
    }),
];

/// Lying in the folder again, and in an equal copy, an answer changes nothing and stands in the ledger once.
#[test]
fn an_answer_is_read_once() {
    let review = Review::new();
    let first = review.run("2026-10-01", ACCOUNTS);
    let mut book = owners(&first);
    book.decide("per01", "Behåll", "2026-10-02");
    book.save(&review.answer("a.xlsx"));
    book.save(&review.answer("kopia av a.xlsx"));
    // A copy in which something else was noted is another file that says the same.
    book.rows("Konton").push(vec![Data::String("Frågat Eva".to_owned())]);
    book.save(&review.answer("kopia med anteckning.xlsx"));
    owners(&first).save(&review.answer("utkast.xlsx"));
    for day in ["2026-10-05", "2026-10-06", "2026-10-07"] {
        let run = review.run(day, ACCOUNTS);
        assert_eq!(memory(&run)["answers"].as_array().unwrap().len(), 1, "{day}");
        assert_eq!(states(&run)["per01"], "decided", "{day}");
        assert!(keys_of(&run, "answer-unread").is_empty(), "{day}");
    }
    fs::remove_dir_all(review.0.path().join("svar")).unwrap();
    fs::create_dir(review.0.path().join("svar")).unwrap();
    let destroyed = review.run("2026-10-08", ACCOUNTS);
    assert_eq!(states(&destroyed)["per01"], "decided", "the ledger holds when the lists are destroyed");
}

/// Two answers that differ are told with both places, and neither is taken.
#[test]
fn of_two_answers_that_differ_none_is_taken() {
    let review = Review::new();
    let first = review.run("2026-10-01", ACCOUNTS);
    for (name, decision) in [("a.xlsx", "Behåll"), ("b.xlsx", "Inaktivera konto")] {
        let mut book = owners(&first);
        book.decide("per01", decision, "2026-10-02");
        book.save(&review.answer(name));
    }
    let run = review.run("2026-10-05", ACCOUNTS);
    assert_eq!(states(&run)["per01"], "open");
    let told = lines(&run, "findings.jsonl").into_iter().find(|line| line["rule"] == "answer-unread").unwrap();
    let rows = told["facts"]["rows"].to_string();
    assert!(rows.contains("a.xlsx") && rows.contains("b.xlsx") && rows.contains("Avvikelser"), "{rows}");
}

/// A changed fact is told, whatever fact it was, and the answer beside it is not read; the other rows are.
#[test]
fn changed_facts_are_told_and_not_read() {
    for (column, value) in [
        ("Konto", "eva01"),
        ("Namn", "Eva Lind"),
        ("Anställningsnummer", "1001"),
        ("Anställd t.o.m.", "2026-12-31"),
        ("Roller", "Skriva"),
    ] {
        let review = Review::new();
        let first = review.run("2026-10-01", ACCOUNTS);
        let mut book = owners(&first);
        book.decide("per01", "Behåll", "2026-10-02");
        book.decide("ulf01", "Behåll", "2026-10-02");
        book.set("Avvikelser", "per01", column, value);
        book.save(&review.answer("svar.xlsx"));
        let run = review.run("2026-10-05", ACCOUNTS);
        assert_eq!(keys_of(&run, "answer-tampered"), ["answer-tampered"], "{column}");
        assert_eq!(states(&run)["per01"], "open", "{column}");
        assert_eq!(states(&run)["ulf01"], "decided", "{column}");
    }
}

/// Files that are no answers are told one by one, and hold up nothing.
#[test]
fn what_cannot_be_read_is_told_and_holds_up_nothing() {
    let review = Review::new();
    let first = review.run("2026-10-01", ACCOUNTS);
    let mut book = owners(&first);
    book.decide("per01", "Behåll", "2026-10-02");
    book.save(&review.answer("rätt.xlsx"));
    fs::write(review.answer("skadad.xlsx"), b"PK\x03\x04 and no more").unwrap();
    fs::write(review.answer("~$rätt.xlsx"), b"lock").unwrap();
    fs::write(review.answer("läsmig.txt"), "hej").unwrap();
    let mut other = Workbook::new();
    other.add_worksheet().write_string(0, 0, "Semesterlista").unwrap();
    other.save(review.answer("semester.xlsx")).unwrap();
    let run = review.run("2026-10-05", ACCOUNTS);
    assert_eq!(states(&run)["per01"], "decided");
    let told = lines(&run, "findings.jsonl").into_iter().find(|line| line["rule"] == "answer-unread").unwrap();
    let rows = told["facts"]["rows"].as_array().unwrap().clone();
    let named = |name: &str| rows.iter().any(|row| row.as_str().unwrap().contains(name));
    assert!(named("skadad.xlsx") && named("~$rätt.xlsx") && named("semester.xlsx") && named("läsmig.txt"), "{rows:?}");
    assert_eq!(rows.len(), 4, "{rows:?}");
}

/// An answer to an older list counts while what it rests on is the same, and is told where that has changed.
#[test]
fn late_answers_count_while_their_facts_hold() {
    let review = Review::new();
    let first = review.run("2026-10-01", ACCOUNTS);
    let mut changed: Vec<&str> = ACCOUNTS.to_vec();
    changed[3] = "ulf01;Ulf Norell;1004;Aktiv;Läsa, Administrera";
    review.run("2026-10-15", &changed);
    let mut book = owners(&first);
    book.decide("per01", "Behåll", "2026-10-20");
    book.decide("ulf01", "Behåll", "2026-10-20");
    book.save(&review.answer("sent.xlsx"));
    let run = review.run("2026-10-25", &changed);
    assert_eq!(states(&run)["per01"], "decided");
    assert_ne!(states(&run)["ulf01"], "decided");
    let told = lines(&run, "findings.jsonl").into_iter().find(|line| line["rule"] == "answer-unread").unwrap();
    assert!(told["message"].as_str().unwrap().contains("äldre utskick (2026-10-01)"), "{told}");
}

/// An exception holds until its day and not a day longer, and a new reason on the account opens the row again.
#[test]
fn an_exception_has_its_day() {
    let review = Review::new();
    let first = review.run("2026-10-01", ACCOUNTS);
    let mut book = owners(&first);
    book.decide("per01", "Tidsbegränsat undantag", "2026-10-02");
    book.set("Avvikelser", "per01", "Undantag t.o.m.", "2026-10-31");
    book.set("Avvikelser", "per01", "Motivering", "Dödsbo");
    book.save(&review.answer("svar.xlsx"));
    assert_eq!(states(&review.run("2026-10-31", ACCOUNTS))["per01"], "excepted");
    let after = review.run("2026-11-01", ACCOUNTS);
    assert_eq!(states(&after)["per01"], "exception-expired");
    assert_eq!(keys_of(&after, "exception-expired"), ["exception-expired/sys/per01"]);
}

/// A date that stands for "no end" is no last day: the exception is told and not taken.
#[test]
fn an_exception_without_an_end_is_none() {
    for until in ["9999-12-31", "2099-12-31"] {
        let review = Review::new();
        let first = review.run("2026-10-01", ACCOUNTS);
        let mut book = owners(&first);
        book.decide("per01", "Tidsbegränsat undantag", "2026-10-02");
        book.set("Avvikelser", "per01", "Undantag t.o.m.", until);
        book.set("Avvikelser", "per01", "Motivering", "Tills vidare");
        book.save(&review.answer("svar.xlsx"));
        let run = review.run("2026-10-10", ACCOUNTS);
        assert_eq!(states(&run)["per01"], "open", "{until}");
        let told = lines(&run, "findings.jsonl").into_iter().find(|line| line["rule"] == "answer-unread").unwrap();
        assert!(told["message"].as_str().unwrap().contains(until), "{told}");
    }
}

/// The previous answer stands beside the new question.
#[test]
fn the_last_decision_stands_beside_the_new_question() {
    let review = Review::new();
    let first = review.run("2026-10-01", ACCOUNTS);
    let mut book = owners(&first);
    book.decide("per01", "Behåll", "2026-10-02");
    book.save(&review.answer("svar.xlsx"));
    let second = review.run("2026-10-05", ACCOUNTS);
    let rows = sheet(&second.join("agare/sys.xlsx"), "Avvikelser");
    let at = |title: &str| rows[0].iter().position(|cell| cell == title).unwrap();
    let per = rows.iter().find(|row| row[at("Konto")] == "per01").unwrap();
    assert_eq!(per[at("Förra beslutet")], "Behåll");
    assert_eq!(per[at("Beslut")], "", "a decision is never pre-filled");
}

/// Answers of the post for protected persons stay in its own part: no ordinary output holds them.
#[test]
fn answers_on_protected_persons_stay_where_they_were_told() {
    let review = Review::new();
    let payroll = "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.;Skyddade personuppgifter\n\
        1001;Eva;Lind;2015-01-01;;\n1002;Per;Ekdal;2015-01-01;2026-06-30;J\n1003;Siv;Broman;2015-01-01;2026-06-30;\n";
    let accounts: Vec<String> = ACCOUNTS[..3].iter().map(|own| (*own).to_owned()).collect();
    let more = "\n[protected]\nrecipient = \"Säkerhetschef\"\n";
    let first = review.run_over("2026-10-01", payroll, &accounts, more);
    let mut book = Book::open(&first.join("begransad/sarskild-hantering.xlsx"));
    let list = book.0.iter().map(|(name, _)| name.clone()).find(|name| name == "Konton").unwrap();
    book.set(&list, "per01", "Beslut", "Behåll");
    book.set(&list, "per01", "Motivering", "Hemligt skäl");
    book.save(&review.answer("skyddat.xlsx"));
    for day in ["2026-10-05", "2026-10-06"] {
        let run = review.run_over(day, payroll, &accounts, more);
        let restricted = fs::read_to_string(run.join("begransad/data.jsonl")).unwrap();
        assert!(restricted.contains("\"state\":\"decided\"") && restricted.contains("Hemligt skäl"), "{restricted}");
        for (name, bytes) in common::tree(&run.join("data")) {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("per01") && !text.contains("Hemligt"), "{day} {name}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Adding, removing and reordering accounts never moves an answer to another account.
    #[test]
    fn answers_stay_with_their_accounts(
        order in Just((0..4usize).collect::<Vec<_>>()).prop_shuffle(),
        keep in proptest::collection::vec(any::<bool>(), 4),
        more in 0..3usize,
    ) {
        let review = Review::new();
        let first = review.run("2026-10-01", ACCOUNTS);
        let mut book = owners(&first);
        book.decide("siv01", "Behåll", "2026-10-02");
        book.save(&review.answer("svar.xlsx"));
        let mut accounts: Vec<String> = (0..more).map(|n| format!("ny{n:02};Ulf Norell;1004;Aktiv;Läsa")).collect();
        accounts.extend(order.iter().filter(|at| keep[**at]).map(|at| ACCOUNTS[*at].to_owned()));
        accounts.push("sist01;Eva Lind;1001;Aktiv;Läsa".to_owned());
        let second = review.run_over("2026-10-05", PAYROLL, &accounts, "");
        for (account, state) in states(&second) {
            prop_assert_eq!(state == "decided", account == "siv01" && keep[2], "{} {}", account, state);
        }
    }
}

/// Between runs it is told who has answered and whom to remind; asked again with nothing new, nothing is written; and the
/// next run reads the same answers.
#[test]
fn the_state_of_answers_is_told_between_runs() {
    let review = Review::new();
    let first = review.run("2026-10-01", ACCOUNTS);
    let mut book = owners(&first);
    book.decide("per01", "Behåll", "2026-10-02");
    book.save(&review.answer("svar.xlsx"));
    let config = review.0.path().join("samkor.toml");
    let ask = || {
        let (run, config) = (first.to_str().unwrap(), config.to_str().unwrap());
        common::run_with(&["answers", run, "--config", config])
    };
    let told = ask();
    assert_eq!(told.code, 0, "{}", told.err);
    let row = told.out.lines().find(|line| line.starts_with("Systemet")).unwrap();
    assert_eq!(row.split_whitespace().collect::<Vec<_>>(), ["Systemet", "3", "1", "2"], "{}", told.out);
    assert!(told.out.contains("Systemet: Administrativ chef"), "{}", told.out);
    let beside = review.0.path().join("resultat/2026-10-01+svar-1");
    assert_eq!(sheet(&beside.join("sammanstallning.xlsx"), "Svarsläge")[1][0], "Behörighetsgenomgång 2026-10-01");
    assert!(ask().out.contains("Inget nytt sedan"));
    assert!(!review.0.path().join("resultat/2026-10-01+svar-2").exists());

    let mut more = owners(&first);
    more.decide("siv01", "Kanske", "2026-10-02");
    more.save(&review.answer("mer.xlsx"));
    let told = ask();
    assert_eq!(told.code, 1, "what could not be read asks for attention");
    assert!(told.out.contains("mer.xlsx") && told.out.contains("\"Kanske\" är inget av besluten"), "{}", told.out);
    assert!(review.0.path().join("resultat/2026-10-01+svar-2").exists());
    assert_eq!(states(&review.run("2026-10-05", ACCOUNTS))["per01"], "decided");
}

/// What is quoted of returned workbooks passes the door, and so does what they are called; where a file is gone in which
/// somebody may be marked, nothing is told.
#[test]
fn what_is_quoted_of_answers_passes_the_door() {
    let review = Review::new();
    let payroll = "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.;Skyddade personuppgifter\n\
        1001;Eva;Lind;2015-01-01;;\n1002;Per;Ekdal;2015-01-01;2026-06-30;\n830117;Tindra;Qvarnholm;2015-01-01;;J\n";
    let accounts: Vec<String> = ACCOUNTS[..2].iter().map(|own| (*own).to_owned()).collect();
    let first = review.run_over("2026-10-01", payroll, &accounts, "");
    let mut book = owners(&first);
    book.decide("per01", "Qvarnholm, Tindra (830117) tar över", "2026-10-02");
    book.save(&review.answer("svar från tindra.qvarnholm.xlsx"));
    let config = review.0.path().join("samkor.toml");
    let ask = || common::run_with(&["answers", first.to_str().unwrap(), "--config", config.to_str().unwrap()]);
    let told = ask();
    assert_eq!(told.code, 1, "{}{}", told.out, told.err);
    assert!(told.out.contains("svar från [skyddad].xlsx") && told.out.contains("\"[skyddad] ([skyddad]) tar över\""));
    let bytes = fs::read(review.0.path().join("resultat/2026-10-01+svar-1/sammanstallning.xlsx")).unwrap();
    let written = common::parts(&bytes).into_iter().map(|(_, text)| text).collect::<String>();
    for text in [&told.out, &told.err, &written] {
        let text = text.to_lowercase();
        assert!(!text.contains("qvarnholm") && !text.contains("830117"), "{text}");
    }

    fs::remove_file(review.0.path().join("lon.csv")).unwrap();
    let told = ask();
    assert_eq!(told.code, 2);
    assert!(told.err.contains("lon.csv") && !told.err.to_lowercase().contains("qvarnholm"), "{}", told.err);
}

/// In a run about changes what is decided leaves the list, and is counted all the same; what is open stays.
#[test]
fn a_run_about_changes_lists_what_waits_for_an_answer() {
    let review = Review::with_one_decision();
    let accounts: Vec<String> = ACCOUNTS.iter().map(|own| (*own).to_owned()).collect();
    let listed = |day: &str, scope: &str| {
        let run = review.run_with_scope(day, scope, PAYROLL, &accounts, "");
        let rows = sheet(&run.join("agare/sys.xlsx"), "Avvikelser");
        let at = rows[0].iter().position(|head| head == "Konto").unwrap();
        let mut names: Vec<String> = rows[1..].iter().map(|row| row[at].clone()).collect();
        names.sort();
        (names, lines(&run, "accounts.jsonl").len())
    };
    let named = |names: &[&str]| (names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(), 4);
    assert_eq!(listed("2026-10-02", "full"), named(&["per01", "siv01", "ulf01"]));
    assert_eq!(listed("2026-10-02", "changes"), named(&["siv01", "ulf01"]));
}

/// In a run about changes the owner's first page tells all that deviates, as the summary does, and how much of it is on the
/// list.
#[test]
fn the_first_page_tells_all_and_what_is_listed() {
    let review = Review::with_one_decision();
    let accounts: Vec<String> = ACCOUNTS.iter().map(|own| (*own).to_owned()).collect();
    let run = review.run_with_scope("2026-10-02", "changes", PAYROLL, &accounts, "");
    let rows = sheet(&run.join("agare/sys.xlsx"), "Sammanfattning");
    let text = rows.concat().join(" ");
    assert!(text.contains("3 personer som slutat har kvar ett aktivt konto. På listan: 2."), "{text}");
    let row = |label: &str| rows.iter().find(|row| row.iter().any(|cell| cell == label)).unwrap().clone();
    for (label, number) in [("På bladet Avvikelser", "2"), ("Alla, även beslutade och undantagna", "3")] {
        assert!(row(label).iter().any(|cell| cell == number), "{label}: {:?}", row(label));
    }
    assert_eq!(manifest(&run)["counts"]["to_answer"], 2);
}

/// Writes into the cell beside a label, or in the first row of answers of a list.
fn write_beside(book: &mut Book, sheet: &str, label: &str, value: &str) {
    let is_label = |cell: &Data| cell.as_string().as_deref() == Some(label);
    let rows = book.rows(sheet);
    let (row, at) = (0..rows.len())
        .rev()
        .find_map(|row| Some((row, rows[row].iter().position(is_label)?)))
        .unwrap_or_else(|| panic!("{label} is not on {sheet}"));
    let wide = rows[row].len().max(at + 2);
    rows[row].resize(wide, Data::Empty);
    rows[row][at + 1] = Data::String(value.to_owned());
}

/// Signatures, the confirmation of who answers for the system, and HR's corrections are read back with the lists, once.
#[test]
fn what_is_said_beside_the_decisions_is_read_back() {
    let review = Review::new();
    let payroll = "Anst.nr;Personnummer;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.\n\
        1001;;Eva;Lind;2015-01-01;\n1002;19790608-2388;Per;Ekdal;2015-01-01;\n1003;19790608-2396;Siv;Broman;2015-01-01;\n";
    let accounts = ["eva01;Eva Lind;1001;Aktiv;Läsa".to_owned()];
    let first = review.run_over("2026-10-01", payroll, &accounts, "");
    let mut book = owners(&first);
    write_beside(&mut book, "Sammanfattning", "Granskad av", "Kim Ek");
    write_beside(&mut book, "Sammanfattning", "Datum", "2026-10-03");
    let rows = book.rows("Ansvarsroller");
    let at = rows[0].iter().position(|cell| cell.as_string().as_deref() == Some("Stämmer (Ja/Nej)")).unwrap();
    rows[1][at] = Data::String("ja".to_owned());
    book.save(&review.answer("systemet.xlsx"));
    let mut hr = Book::open(&first.join("personalregister.xlsx"));
    let rows = hr.rows("Uppgifter att rätta");
    let column = |title: &str| rows[0].iter().position(|cell| cell.as_string().as_deref() == Some(title)).unwrap();
    let (word, comment) = (column("Rättat (Ja/Nej)"), column("Kommentar"));
    assert!(rows.len() > 1, "payroll has something to correct");
    rows[1][word] = Data::String("Ja".to_owned());
    rows[1][comment] = Data::String("numret är begärt".to_owned());
    hr.save(&review.answer("personal.xlsx"));

    let second = review.run_over("2026-10-10", payroll, &accounts, "");
    let memory_then = memory(&second);
    assert_eq!(memory_then["sign_offs"][0]["by"], "Kim Ek");
    assert_eq!(memory_then["sign_offs"][0]["on"], "2026-10-03");
    assert_eq!(memory_then["confirmations"][0]["right"], "Ja");
    assert_eq!(memory_then["confirmations"][0]["on"], "2026-10-10", "without a day it is that of the reading");
    assert_eq!(memory_then["corrections"][0]["comment"], "numret är begärt");
    assert_eq!(
        manifest(&second)["inputs"].as_array().unwrap().iter().filter(|own| own["role"] == "answers").count(),
        2
    );
    assert!(keys_of(&second, "answer-unread").is_empty());
    let findings = lines(&second, "findings.jsonl");
    let corrected = findings.iter().find(|own| own["key"] == "missing-field/payroll/1001").unwrap();
    assert_eq!(corrected["state"], "decided", "HR has said that it is corrected");
    let systems = sheet(&second.join("sammanstallning.xlsx"), "System");
    let column = |title: &str| systems[0].iter().position(|head| head == title).unwrap();
    assert_ne!(systems[1][column("Underskriven")], "");
    assert_ne!(systems[1][column("Senast bekräftad")], "");

    let third = review.run_over("2026-10-20", payroll, &accounts, "");
    assert_eq!(memory(&third)["confirmations"], memory_then["confirmations"], "the same workbook says it once");
    assert_eq!(memory(&third)["sign_offs"], memory_then["sign_offs"]);
    assert_eq!(memory(&third)["corrections"], memory_then["corrections"]);
}

/// What was decided and is not shown done stands in the action plan with its post, and leaves it when an export shows it.
#[test]
fn decisions_that_remain_are_the_action_plan() {
    let review = Review::new();
    let first = review.run("2026-10-01", ACCOUNTS);
    let mut book = owners(&first);
    book.decide("per01", "Inaktivera konto", "2026-10-02");
    book.decide("siv01", "Behåll", "2026-10-02");
    book.save(&review.answer("svar.xlsx"));
    let second = review.run("2026-10-10", ACCOUNTS);
    let plan = sheet(&second.join("sammanstallning.xlsx"), "Handlingsplan");
    assert_eq!(plan.len(), 2, "{plan:?}");
    assert_eq!(plan[1][..4], ["Systemet", "Inaktivera konto", "1", "Administrativ chef"]);
    let closed: Vec<&str> = ACCOUNTS.iter().filter(|own| !own.starts_with("per01")).copied().collect();
    let third = review.run("2026-10-20", &closed);
    assert_eq!(states(&third)["per01"], "verified");
    let plan = sheet(&third.join("sammanstallning.xlsx"), "Handlingsplan");
    assert!(plan[1][0].starts_with("Inga beslutade"), "{plan:?}");
    let counts = &manifest(&third)["counts"];
    assert_eq!(counts["verified_after_days"], serde_json::json!([19]));
}

/// HR names the holder of an account that may be one of two, without deciding what is to be done; the next run tests it
/// against that person's employment.
#[test]
fn hr_settles_whose_an_account_is() {
    let review = Review::new();
    let payroll = format!("{PAYROLL}1005;Eva;Lind;2015-01-01;2026-06-30\n");
    let mut accounts: Vec<String> = ACCOUNTS.iter().map(|own| (*own).to_owned()).collect();
    accounts.push("vikarie7;Eva Lind;;Aktiv;Läsa".to_owned());
    let first = review.run_over("2026-10-01", &payroll, &accounts, "");
    assert!(!states(&first).contains_key("vikarie7"));
    let mut book = Book::open(&first.join("personalregister.xlsx"));
    let heads: Vec<String> = book.rows("Osäkra identiteter")[0].iter().map(ToString::to_string).collect();
    assert!(!heads.contains(&"Beslut".to_owned()), "HR is not asked what is to be done: {heads:?}");
    book.set("Osäkra identiteter", "vikarie7", "Rätt person / anställningsnummer", "1005");
    book.set("Osäkra identiteter", "vikarie7", "Vem", "HR-chef");
    book.save(&review.answer("personal.xlsx"));
    let second = review.run_over("2026-10-10", &payroll, &accounts, "");
    assert!(keys_of(&second, "answer-unread").is_empty(), "{:?}", lines(&second, "findings.jsonl"));
    assert!(states(&second).contains_key("vikarie7"), "the one who was named has left");
    assert_eq!(memory(&second)["manual_links"]["sys/vikarie7"]["who"], "1005");
}

/// Of an account whose holder is not settled the list says in words whom a number may be of, and the answer is read; another
/// number there is a changed fact.
#[test]
fn a_number_that_is_not_settled_says_whose_it_may_be() {
    let payroll = format!("{PAYROLL}1005;Eva;Lind;2015-01-01;2026-06-30\n");
    let mut accounts: Vec<String> = ACCOUNTS.iter().map(|own| (*own).to_owned()).collect();
    accounts.push("vikarie7;Eva Lind;;Aktiv;Läsa".to_owned());
    for (number, tampered) in [(None, 0), (Some("1004"), 1)] {
        let review = Review::new();
        let first = review.run_over("2026-10-01", &payroll, &accounts, "");
        let rows = sheet(&first.join("agare/sys.xlsx"), "Avvikelser");
        let of = |head: &str| rows[0].iter().position(|own| own == head).unwrap();
        let row = rows.iter().find(|row| row[of("Konto")] == "vikarie7").unwrap();
        let mut told: Vec<&str> = row[of("Anställningsnummer")].strip_prefix("möjlig: ").unwrap().split(", ").collect();
        told.sort_unstable();
        assert_eq!(told, ["Eva Lind (1001)", "Eva Lind (1005)"]);
        let mut book = owners(&first);
        book.decide("vikarie7", "Behåll", "2026-10-02");
        if let Some(number) = number {
            book.set("Avvikelser", "vikarie7", "Anställningsnummer", number);
        }
        book.save(&review.answer("svar.xlsx"));
        let second = review.run_over("2026-10-05", &payroll, &accounts, "");
        assert_eq!(keys_of(&second, "answer-tampered").len(), tampered, "{number:?}");
    }
}

/// An exception for days that had passed when the list was made, or when it was decided, is no exception, and that is told.
#[test]
fn an_exception_that_has_passed_is_told_and_not_taken() {
    for (until, decided, read) in
        [("2026-09-30", "2026-10-02", false), ("2026-10-03", "2026-10-04", false), ("2026-10-02", "2026-10-02", true)]
    {
        let review = Review::new();
        let mut book = owners(&review.run("2026-10-01", ACCOUNTS));
        book.decide("per01", "Tidsbegränsat undantag", decided);
        book.set("Avvikelser", "per01", "Undantag t.o.m.", until);
        book.save(&review.answer("svar.xlsx"));
        let second = review.run("2026-10-05", ACCOUNTS);
        let unread = lines(&second, "findings.jsonl").into_iter().find(|line| line["rule"] == "answer-unread");
        assert_eq!(unread.is_none(), read, "{until}: {unread:?}");
        assert_eq!(states(&second)["per01"] == "open", !read, "{until}");
        if let Some(unread) = unread {
            assert!(unread["facts"]["rows"].to_string().contains("hade passerat redan"), "{unread}");
        }
    }
}

/// What is said to be put right already is proven by the next export like any other decision: while the deviation is there
/// the row stays on the list, also of a run about changes and when it is said again; when the account is closed it is
/// verified.
#[test]
fn already_done_is_proven_by_the_next_export() {
    for done_on in ["", "2026-10-04"] {
        let review = Review::new();
        let accounts: Vec<String> = ACCOUNTS.iter().map(|own| (*own).to_owned()).collect();
        let say = |run: &Path, name: &str, day: &str| {
            let mut book = owners(run);
            book.decide("per01", "Redan åtgärdat", day);
            book.set("Avvikelser", "per01", "Motivering", "Stängt");
            book.set("Avvikelser", "per01", "Utförd datum", done_on);
            book.save(&review.answer(name));
        };
        let first = review.run("2026-10-01", ACCOUNTS);
        say(&first, "ett.xlsx", "2026-10-05");
        let second = review.run_with_scope("2026-10-20", "changes", PAYROLL, &accounts, "");
        assert_eq!(keys_of(&second, "decided-not-done"), ["decided-not-done/sys/per01"]);
        say(&second, "två.xlsx", "2026-10-21");
        let third = review.run_with_scope("2026-11-10", "changes", PAYROLL, &accounts, "");
        assert_eq!(keys_of(&third, "decided-not-done"), ["decided-not-done/sys/per01"]);
        for run in [&second, &third] {
            let rows = sheet(&run.join("agare/sys.xlsx"), "Avvikelser");
            assert!(rows.iter().any(|row| row.iter().any(|cell| cell == "per01")), "{rows:?}");
        }
        let closed: Vec<String> = accounts.iter().map(|own| own.replace("1002;Aktiv", "1002;Avslutad")).collect();
        let last = review.run_with_scope("2026-11-30", "changes", PAYROLL, &closed, "");
        assert_eq!(states(&last)["per01"], "verified");
    }
}

/// The decision of the latest day holds, whatever order the answers come in; that they differ is told once.
#[test]
fn a_late_older_answer_does_not_outdo_a_newer_one() {
    let review = Review::new();
    let first = review.run("2026-10-01", ACCOUNTS);
    let second = review.run("2026-10-10", ACCOUNTS);
    let mut newer = owners(&second);
    newer.decide("per01", "Inaktivera konto", "2026-10-12");
    newer.save(&review.answer("nyare.xlsx"));
    let third = review.run("2026-10-20", ACCOUNTS);
    assert_eq!(keys_of(&third, "decided-not-done"), ["decided-not-done/sys/per01"]);
    let mut older = owners(&first);
    older.decide("per01", "Behåll", "2026-10-02");
    older.set("Avvikelser", "per01", "Motivering", "Behövs");
    older.save(&review.answer("äldre.xlsx"));
    let fourth = review.run("2026-10-30", ACCOUNTS);
    assert_eq!(keys_of(&fourth, "decided-not-done"), ["decided-not-done/sys/per01"]);
    let told = lines(&fourth, "findings.jsonl").into_iter().find(|line| line["rule"] == "answers-differ").unwrap();
    let says = told["message"].as_str().unwrap();
    assert!(says.contains("äldre.xlsx") && says.contains("\"Inaktivera konto\", 2026-10-12"), "{says}");
    let fifth = review.run("2026-11-10", ACCOUNTS);
    assert_eq!(keys_of(&fifth, "decided-not-done"), ["decided-not-done/sys/per01"]);
    assert_eq!(memory(&fifth)["answers"].as_array().unwrap().len(), 2);
    assert!(
        !lines(&fifth, "findings.jsonl").iter().any(|line| line["rule"] == "answers-differ" && line["state"] == "open")
    );
}

/// A second answer to the same list: with a later day it holds and is told, of the same day neither can be told from the
/// other, so that the one that was read stays and the new one is told until a day settles it.
#[test]
fn a_corrected_answer_needs_a_later_day() {
    for (day, state, rule) in [("2026-10-06", "excepted", "answers-differ"), ("2026-10-05", "decided", "answer-unread")]
    {
        let review = Review::new();
        let first = review.run("2026-10-01", ACCOUNTS);
        let mut book = owners(&first);
        book.decide("per01", "Inaktivera konto", "2026-10-05");
        book.save(&review.answer("ett.xlsx"));
        review.run("2026-10-10", ACCOUNTS);
        let mut book = owners(&first);
        book.decide("per01", "Tidsbegränsat undantag", day);
        book.set("Avvikelser", "per01", "Undantag t.o.m.", "2027-01-31");
        book.save(&review.answer("två.xlsx"));
        let third = review.run("2026-10-20", ACCOUNTS);
        assert_eq!(states(&third)["per01"], state);
        assert_eq!(keys_of(&third, rule), [rule]);
    }
}

/// What an answer lacks is told between runs and in the next one, and the answer is kept; a list that is confirmed on a
/// day to come is not.
#[test]
fn what_an_answer_lacks_is_told() {
    let review = Review::new();
    let first = review.run("2026-10-01", ACCOUNTS);
    let mut book = owners(&first);
    book.decide("per01", "Ändra behörighet", "2062-10-05");
    let rows = book.rows("Ansvarsroller");
    for (head, value) in [("Stämmer (Ja/Nej)", "Ja"), ("Datum", "2062-10-05")] {
        let at = rows[0].iter().position(|cell| cell.as_string().as_deref() == Some(head)).unwrap();
        rows[1][at] = Data::String(value.to_owned());
    }
    book.save(&review.answer("svar.xlsx"));
    let config = review.0.path().join("samkor.toml");
    let told = common::run_with(&["answers", first.to_str().unwrap(), "--config", config.to_str().unwrap()]);
    for says in ["sys/per01", "saknar motivering och vilken roll det gäller", "Beslutsdatum är senare"] {
        assert!(told.out.contains(says), "{says}: {}", told.out);
    }
    let second = review.run("2026-10-10", ACCOUNTS);
    assert_eq!(states(&second)["per01"], "decided");
    assert_eq!(keys_of(&second, "answer-incomplete"), ["answer-incomplete/sys/per01"]);
    assert!(memory(&second)["confirmations"].as_array().unwrap().is_empty());
    let unread = lines(&second, "findings.jsonl").into_iter().find(|line| line["rule"] == "answer-unread").unwrap();
    assert!(unread["message"].as_str().unwrap().contains("2062-10-05 är senare"), "{unread}");
}

/// The same name in two systems is one question to HR: one row with both accounts, whose answer holds for both; two
/// accounts of the name in one system are two questions. A row whose accounts were changed
/// is told, and no answer is taken.
#[test]
fn accounts_of_one_name_are_one_question() {
    let review = Review::new();
    let payroll = format!("{PAYROLL}1005;Eva;Lind;2015-01-01;2026-06-30\n");
    let mut accounts: Vec<String> = ACCOUNTS[1..].iter().map(|own| (*own).to_owned()).collect();
    accounts.push("vikarie7;Eva Lind;;Aktiv;Läsa".to_owned());
    let other = "Användarnamn;Namn;Status\nelind;Eva Lind;Aktiv\nsivb;Siv Broman;Aktiv\nsivbr;Siv Broman;Aktiv\n";
    fs::write(review.0.path().join("annat.csv"), other).unwrap();
    let more = "[[system]]\nid = \"annat\"\nname = \"Annat\"\nfile = \"annat.csv\"\nowner = \"IT-chef\"\n\
                exported = 2026-10-01\n";
    let first = review.run_over("2026-10-01", &payroll, &accounts, more);
    let mut book = Book::open(&first.join("personalregister.xlsx"));
    let rows = sheet(&first.join("personalregister.xlsx"), "Osäkra identiteter");
    let of = |name: &str| rows.iter().filter(|row| row[4] == name).map(|row| row[3].clone()).collect::<Vec<_>>();
    assert_eq!(of("Eva Lind"), ["vikarie7\nelind"]);
    assert_eq!(of("Siv Broman").len(), 2, "{rows:?}");
    book.set("Osäkra identiteter", "vikarie7\nelind", "Rätt person / anställningsnummer", "1005");
    book.set("Osäkra identiteter", "vikarie7\nelind", "Vem", "HR-chef");
    book.save(&review.answer("personal.xlsx"));
    let second = review.run_over("2026-10-10", &payroll, &accounts, more);
    let links = &memory(&second)["manual_links"];
    assert_eq!((&links["sys/vikarie7"]["who"], &links["annat/elind"]["who"]), (&"1005".into(), &"1005".into()));
    assert!(keys_of(&second, "answer-unread").is_empty(), "{:?}", lines(&second, "findings.jsonl"));

    fs::remove_dir_all(review.0.path().join("resultat")).unwrap();
    let first = review.run_over("2026-10-01", &payroll, &accounts, more);
    let mut book = Book::open(&first.join("personalregister.xlsx"));
    book.set("Osäkra identiteter", "vikarie7\nelind", "Rätt person / anställningsnummer", "1005");
    book.set("Osäkra identiteter", "vikarie7\nelind", "Konto", "vikarie7\nnågon annan");
    book.save(&review.answer("personal.xlsx"));
    let second = review.run_over("2026-10-10", &payroll, &accounts, more);
    let links = memory(&second)["manual_links"].clone();
    assert!(links["sys/vikarie7"].is_null() && links["annat/elind"].is_null(), "{links}");
    assert_eq!(keys_of(&second, "answer-tampered").len(), 1);
}

/// What is put in the folder of answers and is no workbook is named with what to do, and a workbook is read whatever it is
/// called: an answer on paper would else be waited for although it was given.
#[test]
fn files_that_are_no_workbook_are_named() {
    let review = Review::new();
    let mut book = owners(&review.run("2026-10-01", ACCOUNTS));
    book.decide("per01", "Inaktivera konto", "2026-10-02");
    book.save(&review.answer("svar.xlsx"));
    fs::rename(review.answer("svar.xlsx"), review.answer("Svar från Eva.docx")).unwrap();
    fs::write(review.answer("inskannad.pdf"), b"%PDF-1.7\n").unwrap();
    fs::write(review.answer("avvikelser.csv"), "Konto;Beslut\nsiv01;Inaktivera konto\n").unwrap();
    fs::write(review.answer(".dold"), "x").unwrap();
    let run = review.0.path().join("resultat/2026-10-01");
    let config = review.0.path().join("samkor.toml");
    let told = common::run_with(&["answers", run.to_str().unwrap(), "--config", config.to_str().unwrap()]);
    for words in [
        "inskannad.pdf: filen är en PDF, så inga svar i den är lästa. Skriv svaren i arbetsboken",
        "avvikelser.csv: filen är ingen arbetsbok",
    ] {
        assert!(told.out.contains(words), "{words}\n{}{}", told.out, told.err);
    }
    assert!(!told.out.contains(".dold") && !told.out.contains("Svar från Eva.docx:"), "{}", told.out);
    let next = review.run("2026-11-01", ACCOUNTS);
    assert_eq!(lines(&next, "findings.jsonl").iter().filter(|own| own["rule"] == "decided-not-done").count(), 1);
    let unread = lines(&next, "findings.jsonl").into_iter().find(|own| own["rule"] == "answer-unread").unwrap();
    let said = unread["facts"]["rows"].to_string();
    assert!(said.contains("inskannad.pdf") && said.contains("avvikelser.csv"), "{said}");
    let verified = common::run_with(&["verify", next.to_str().unwrap()]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
}
