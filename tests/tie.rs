//! The numbers on first pages are found again on the sheets they sum, and every place that tells of rows to answer and of
//! answers tells the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{case, done, fixture, manifest, publish, run_with, sheet, text, tree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The first row that holds a cell.
fn row<'r>(rows: &'r [Vec<String>], cell: &str) -> &'r [String] {
    rows.iter().find(|row| row.iter().any(|own| own == cell)).unwrap_or_else(|| panic!("{cell}: {rows:?}"))
}

fn number(cell: &str) -> u64 {
    let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("{cell:?}"))
}

/// The key figure over its words.
fn figure(rows: &[Vec<String>], words: &str) -> String {
    let at = rows.iter().position(|row| row.iter().any(|cell| cell == words)).unwrap_or_else(|| panic!("{words}"));
    let column = rows[at].iter().position(|cell| cell == words).unwrap();
    rows[at - 1][column].clone()
}

fn books(run: &Path) -> Vec<PathBuf> {
    tree(&run.join("agare")).into_keys().map(|name| run.join("agare").join(name)).collect()
}

/// The codes of the rows that owners are asked of, each once.
fn asked(run: &Path) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for book in books(run) {
        for name in ["Avvikelser", "Höga behörigheter"] {
            let rows = sheet(&book, name);
            let at = |head: &str| rows[0].iter().position(|own| own == head).unwrap();
            let asked =
                rows[1..].iter().filter(|row| row[at("Orsak")] != "se Avvikelser" && row[at("Nr")].contains('-'));
            codes.extend(asked.map(|row| row[at("Nr")].clone()));
        }
    }
    codes
}

/// A made-up municipality's first run, its answers and the month after.
struct Months {
    _folder: tempfile::TempDir,
    first: PathBuf,
    between: PathBuf,
    second: PathBuf,
}

fn months() -> Months {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("kommun");
    done(&["demo", text(&place), "--months", "1", "--employees", "300"]);
    let [first, second] = ["2026-11-30", "2026-12-31"].map(|day| place.join("resultat").join(day));
    let config = place.join("samkor.toml");
    done(&["run", text(&config), "-q"]);
    done(&["demo", text(&place.join("svar")), "--answer", text(&first)]);
    done(&["answers", text(&first), "--config", text(&config)]);
    done(&["run", text(&place.join("2026-12-31/samkor.toml")), "-q"]);
    let between = place.join("resultat/2026-11-30+svar-1");
    Months { _folder: folder, first, between, second }
}

/// Rows to answer are as many on the owners' lists, on the first page, in the manifest and where answers are read; those
/// answered as many between the runs, in the next run and on the line of the run that asked.
#[test]
fn rows_to_answer_and_answers_are_counted_once() {
    let months = months();
    for run in [&months.first, &months.second] {
        let overview = sheet(&run.join("sammanstallning.xlsx"), "Sammanställning");
        let to_answer = manifest(run)["counts"]["to_answer"].as_u64().unwrap();
        assert_eq!(asked(run).len() as u64, to_answer, "{}", run.display());
        assert_eq!(number(&figure(&overview, "rader att besvara")), to_answer);
        // What stood in the folder of inputs then has given way to the next month's: the count is held all the same.
        let verified = run_with(&["verify", text(run)]).out;
        let counted = verified.lines().find(|line| line.trim_start().starts_with("Räkningen"));
        assert!(counted.is_some_and(|line| line.ends_with("stämmer")), "{verified}");
    }
    let state = sheet(&months.between.join("sammanstallning.xlsx"), "Svarsläge");
    let told = |label: &str| number(&row(&state, label)[1]);
    let counts = &manifest(&months.second)["counts"];
    assert_eq!(told("Rader att besvara"), manifest(&months.first)["counts"]["to_answer"].as_u64().unwrap());
    assert_eq!(told("Besvarade"), counts["answered"].as_u64().unwrap());
    assert!(told("Besvarade") > 0);
    let overview = sheet(&months.second.join("sammanstallning.xlsx"), "Sammanställning");
    let head = row(&overview, "Besvarade");
    let [rows, answered] = ["Rader", "Besvarade"].map(|own| head.iter().position(|cell| cell == own).unwrap());
    let line = row(&overview, "2026-11-30");
    assert_eq!([number(&line[rows]), number(&line[answered])], [told("Rader att besvara"), told("Besvarade")]);
    assert_eq!(row(&overview, "2026-12-31")[answered], "");
}

/// Accounts and deviations are as many in the sentences, among the key figures, in the total of the table, by department
/// and on the sheet of systems.
#[test]
fn the_first_page_sums_what_stands_behind() {
    let months = months();
    let book = months.first.join("sammanstallning.xlsx");
    let overview = sheet(&book, "Sammanställning");
    let total = row(&overview, "Alla system").to_vec();
    let accounts = number(&figure(&overview, "konton"));
    assert_eq!(number(&total[7]), accounts);
    assert!(overview.iter().flatten().any(|cell| cell.contains(&format!("med {accounts} konton"))), "{accounts}");
    let systems = sheet(&book, "System");
    let at = |head: &str| systems[0].iter().position(|own| own == head).unwrap();
    // How many accounts a system has that was not tested is not known.
    let of_systems = |head: &str| -> u64 {
        let told = systems[1..].iter().map(|row| &row[at(head)]).filter(|own| !own.is_empty());
        told.map(|own| number(own)).sum()
    };
    assert_eq!(of_systems("Konton"), accounts);
    let departments = sheet(&book, "Förvaltningar");
    let all = row(&departments, "Alla");
    assert_eq!(number(&all[1]), accounts);
    for (severity, head) in [(1, "Kritiska"), (2, "Höga"), (3, "Medel"), (4, "Låga")] {
        assert_eq!(number(&total[severity]), of_systems(head), "{head}");
        assert_eq!(number(&all[severity + 1]), of_systems(head), "{head}");
    }
}

/// A reason is as many accounts on an owner's first page as among the rules of the same book.
#[test]
fn reasons_are_as_many_on_the_first_page_as_among_the_rules() {
    let months = months();
    let mut compared = 0;
    for book in books(&months.first) {
        let first = sheet(&book, "Sammanfattning");
        let rules = sheet(&book, "Regler");
        let at = rules[0].iter().position(|head| head == "Konton").unwrap();
        for rule in &rules[1..] {
            let own = first.iter().find(|row| row[0] == rule[0] && row.len() > 2 && !row[2].is_empty());
            if let Some(own) = own {
                assert_eq!(own[2], rule[at], "{}: {}", book.display(), rule[0]);
                compared += 1;
            }
        }
    }
    assert!(compared > 5, "{compared}");
}

/// The places of a table's headings.
fn heads(rows: &[Vec<String>]) -> impl Fn(&str) -> usize {
    let heads = rows[0].clone();
    move |head| heads.iter().position(|own| own == head).unwrap_or_else(|| panic!("{head}: {heads:?}"))
}

/// The key figures of the whole are counted again on the sheets of those they concern: leavers on HR's, accounts without an
/// owner on the owners'; and the table on the terminal sums to the total of the first page.
#[test]
fn key_figures_are_counted_again_behind() {
    let folder = tempfile::tempdir().unwrap();
    let config = fixture("exempelkommunen/samkor.toml");
    let told = run_with(&["run", text(&config), "--output", text(folder.path())]).out;
    let run = folder.path().join("2026-11-30");
    let overview = sheet(&run.join("sammanstallning.xlsx"), "Sammanställning");

    let left = sheet(&run.join("personalregister.xlsx"), "Konton efter avslut");
    let at = heads(&left);
    let open = left[1..].iter().filter(|row| row[at("Kontostatus")] != "Avstängt");
    let mut days: BTreeMap<&str, u64> = BTreeMap::new();
    for row in open {
        let own = days.entry(&row[at("Anställningsnummer")]).or_default();
        *own = number(&row[at("Dagar sedan avslut")]).max(*own);
    }
    let leavers = number(&figure(&overview, "personer som slutat, konto aktivt"));
    assert_eq!(days.len() as u64, leavers);
    let sentence = overview.iter().flatten().find(|cell| cell.starts_with(&format!("{leavers} personer"))).unwrap();
    let median = number(sentence.split("hälften av dem ").nth(1).unwrap().split(" dagar").next().unwrap());
    let longer = days.values().filter(|own| **own >= median).count() as u64;
    assert!(days.values().any(|own| *own == median) && longer * 2 >= leavers, "{median}: {days:?}");

    let without_owner = |row: &&Vec<String>| {
        row.iter().any(|cell| cell.contains("saknar namngiven ägare") || cell.contains("ägare kan inte ansvara"))
    };
    let counted =
        books(&run).iter().map(|book| sheet(book, "Konton").iter().filter(without_owner).count()).sum::<usize>();
    assert_eq!(counted as u64, number(&figure(&overview, "konton utan ägare")));

    let total = row(&overview, "Alla system");
    let sum = told.lines().find(|line| line.starts_with("Alla system")).unwrap();
    let sum: Vec<u64> = sum.split_whitespace().filter_map(|own| own.parse().ok()).collect();
    let of_page = [7, 8, 1, 2, 3, 4, 5].map(|at| number(&total[at]));
    assert_eq!([&sum[..2], &sum[3..]].concat(), of_page);
    assert_eq!(sum[2], number(&figure(&overview, "rader att besvara")));
    assert!(told.contains(&format!("Personer som slutat och har ett aktivt konto: {leavers}\n")), "{told}");
}

/// An owner's first page counts the rows of the lists behind it, by severity and in all, and the accounts of the sheet of
/// accounts.
#[test]
fn an_owners_first_page_counts_the_lists_behind() {
    let folder = tempfile::tempdir().unwrap();
    let run = publish(&fixture("exempelkommunen/samkor.toml"), folder.path(), &[]);
    for book in books(&run) {
        let first = sheet(&book, "Sammanfattning");
        let [list, high, accounts] = ["Avvikelser", "Höga behörigheter", "Konton"].map(|name| sheet(&book, name));
        let [severity, said] = [heads(&list)("Grad"), heads(&high)("Orsak")];
        let (head, own) = (row(&first, "Konton att besvara, efter grad"), row(&first, "På bladet Avvikelser"));
        for (name, told) in head.iter().zip(own).skip(1).filter(|(name, _)| !name.is_empty()) {
            let is_of = |row: &&Vec<String>| name == "Summa" || row[severity] == *name;
            let rows = list[1..].iter().filter(|row| row[0].contains('-'));
            assert_eq!(number(told), rows.filter(is_of).count() as u64, "{}: {name}", book.display());
        }
        let more = first.iter().find(|row| row[0] == "Andra att bekräfta").map_or(0, |own| number(own.last().unwrap()));
        let asked = high[1..].iter().filter(|row| row[0].contains('-') && row[said] != "se Avvikelser").count();
        assert_eq!(more, asked as u64, "{}", book.display());
        let of = first.iter().flatten().find(|cell| cell.starts_with("Av ")).unwrap();
        // Those under review, and those left out where there are any.
        let counted: u64 = of.split('.').next().unwrap().split(' ').filter_map(|own| own.parse::<u64>().ok()).sum();
        assert_eq!(counted, accounts.len() as u64 - 1, "{}: {of}", book.display());
    }
}

/// Where nothing tells who has left, nobody found is told as not known, on the first page, by department and on the
/// terminal, and not as nobody there.
#[test]
fn leavers_that_nobody_could_find_are_not_none() {
    let folder = tempfile::tempdir().unwrap();
    let config =
        "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"sys\"\nfile = \"sys.csv\"\n";
    for (end, figured, counted, words) in [
        ("", "–", "", "har inte gått att bedöma"),
        (";Anställd t.o.m.", "0", "0", "Personer som slutat och har ett aktivt konto: 0"),
    ] {
        let more = if end.is_empty() { "" } else { ";\n1002;Per Ek;2026-01-31" };
        let payroll = format!("Anst.nr;Namn{end}\n1001;Eva Lind{more}\n");
        let export = "Konto-ID;Namn;Anst.nr;Status\nevalin01;Eva Lind;1001;Aktiv\n";
        let files: [(&str, &[u8]); 2] = [("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())];
        let inputs = folder.path().join(figured);
        fs::create_dir(&inputs).unwrap();
        let config = case(&inputs, config, &files);
        let output = folder.path().join(format!("ut{figured}"));
        let told = run_with(&["run", text(&config), "--output", text(&output)]).out;
        let book = output.join("2026-11-30/sammanstallning.xlsx");
        assert_eq!(figure(&sheet(&book, "Sammanställning"), "personer som slutat, konto aktivt"), figured);
        let departments = sheet(&book, "Förvaltningar");
        let head = row(&departments, "Slutat, har konto kvar");
        let at = head.iter().position(|own| own == "Slutat, har konto kvar").unwrap();
        assert_eq!(row(&departments, "Alla")[at], counted);
        assert!(told.contains(words), "{told}");
    }
}

/// Whoever payroll says has left and not when is a leaver like the others: on the first page of the summary, in its
/// sentence, by department, in the terminal and on the owner's list.
#[test]
fn leavers_without_a_last_day_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Namn;Förvaltning;Anställd fr.o.m.;Anställd t.o.m.;Status\n\
        1;Vera Sandell;Vård;2015-01-01;;Slutat\n2;Siv Broman;Vård;2015-01-01;;Anställd\n\
        3;Tim Hallgren;Vård;2015-01-01;2026-08-31;Slutat\n4;Bo Ek;Vård;2015-01-01;;Slutat\n";
    let export = "Konto;Namn;Anst.nr\nver;Vera Sandell;1\nsiv;Siv Broman;2\ntim;Tim Hallgren;3\nboe;Bo Ek;4\n";
    let config = "[review]\norganisation = \"Kommunen\"\nas_of = 2026-11-30\n[payroll]\nfile = \"l.csv\"\n[[system]]\nid = \"s\"\nfile = \"s.csv\"\n";
    let of = |payroll: &str, name: &str| {
        let config =
            case(&folder.path().join(name), config, &[("l.csv", payroll.as_bytes()), ("s.csv", export.as_bytes())]);
        let ran =
            done(&["run", config.to_str().unwrap(), "--output", folder.path().join(name).join("ut").to_str().unwrap()]);
        let page = sheet(&folder.path().join(name).join("ut/2026-11-30/sammanstallning.xlsx"), "Sammanställning");
        (ran.out, page.concat().join("\n"))
    };
    fs::create_dir_all(folder.path().join("ord")).unwrap();
    fs::create_dir_all(folder.path().join("blandat")).unwrap();
    let (out, page) = of(&payroll.replace("2026-08-31", ""), "ord");
    assert!(out.contains("Personer som slutat och har ett aktivt konto: 3"), "{out}");
    assert!(
        page.contains(
            "3 personer vars anställning har upphört har kvar minst ett aktivt konto; sedan när framgår inte"
        ),
        "{page}"
    );
    let (out, page) = of(payroll, "blandat");
    assert!(out.contains("Personer som slutat och har ett aktivt konto: 3"), "{out}");
    assert!(page.contains("hälften av dem vars sista dag är känd 91 dagar"), "{page}");
    assert!(page.contains("okänt"), "{page}");
}
