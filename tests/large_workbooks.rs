//! The form of the workbooks where there is much of everything: a list of twenty thousand rows, sixty systems, fifteen
//! committees; and in English.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::printed::printed;
use common::{assert_no_high_row, case, fixture, manifest, publish, sheet, sheets};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Rows of the long list.
const ROWS: usize = 20_000;

/// Systems beside it, and the committees they belong to.
const SYSTEMS: usize = 59;
const COMMITTEES: usize = 15;

/// Nobody of the long list is in payroll, so that every row is to be answered; each other system has one such account.
fn large(folder: &Path) -> PathBuf {
    let mut config = String::from(
        "[review]\norganisation = \"Storkommunen\"\nas_of = 2026-11-30\n\n[payroll]\nfile = \"lon.csv\"\n\
         exported = 2026-11-30\n\n[[system]]\nid = \"stort\"\nname = \"Det stora\"\nfile = \"stort.csv\"\n\
         owner = \"IT-chef\"\nexported = 2026-11-30\n",
    );
    for at in 0..SYSTEMS {
        let committee = at % COMMITTEES;
        write!(
            config,
            "\n[[system]]\nid = \"s{at}\"\nname = \"Verksamhetssystem {at} för skola och förskola\"\nfile = \"litet.csv\"\nowner = \"Enhetschef {at}\"\n\
             committee = \"Arbetsmarknads- och vuxenutbildningsnämnd {committee}\"\nexported = 2026-11-30\n"
        )
        .unwrap();
    }
    let head = "Användarnamn;Förnamn;Efternamn;Anst.nr;Status\n";
    let letters = |at: usize| -> String {
        let place = |over: usize| char::from(b'a' + u8::try_from(at / over % 26).unwrap());
        [place(676), place(26), place(1)].into_iter().collect()
    };
    let mut accounts = String::from(head);
    for at in 0..ROWS {
        writeln!(accounts, "u{at:05};Petro{};Vester{};9{at:05};Aktiv", letters(at), letters(at / 7 + 3)).unwrap();
    }
    let payroll = "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.\n1001;Eva;Lind;2015-01-01;\n";
    let few = format!("{head}eva01;Eva;Lind;1001;Aktiv\nkim01;Kim;Vesterlund;77001;Aktiv\n");
    let files: [(&str, &[u8]); 3] =
        [("lon.csv", payroll.as_bytes()), ("stort.csv", accounts.as_bytes()), ("litet.csv", few.as_bytes())];
    publish(&case(folder, &config, &files), &folder.join("ut"), &[])
}

/// Every row is listed and counted, first pages stay one page, no row is above six lines, and a committee's copy holds its
/// own systems only.
#[test]
fn a_large_review_keeps_its_form() {
    let folder = tempfile::tempdir().unwrap();
    let run = large(folder.path());
    let owner = run.join("agare/stort.xlsx");
    assert_eq!(sheet(&owner, "Avvikelser").len() - 1, ROWS);
    let counts = &manifest(&run)["counts"];
    assert_eq!(counts["systems"]["stort"]["to_answer"], ROWS);
    assert_eq!(counts["to_answer"], ROWS + SYSTEMS);

    let summary = run.join("sammanstallning.xlsx");
    let overview = sheet(&summary, "Sammanställning");
    assert!(overview.iter().any(|row| row[0].starts_with("Övriga 50 system")), "ten stand by themselves");
    let total = overview.iter().find(|row| row[0] == "Alla system").unwrap();
    let to_answer = "20\u{a0}059".to_owned();
    assert!(overview.iter().any(|row| row.contains(&to_answer)), "{total:?}");
    assert_eq!(sheet(&summary, "System").len() - 1, SYSTEMS + 1);
    let committees: Vec<PathBuf> = fs::read_dir(run.join("namnd")).unwrap().map(|own| own.unwrap().path()).collect();
    assert_eq!(committees.len(), COMMITTEES);
    for book in &committees {
        let own = sheet(book, "System").len() - 1;
        assert!((SYSTEMS / COMMITTEES..=SYSTEMS / COMMITTEES + 1).contains(&own), "{}: {own}", book.display());
    }
    // Of many systems with the same gap some are named, and the others counted.
    for name in ["Internkontroll", "Kontrollens tillförlitlighet"] {
        let rows = sheet(&summary, name);
        let most = rows.iter().flatten().map(|cell| cell.matches("Verksamhetssystem").count()).max();
        assert!((1..=4).contains(&most.unwrap()), "{name}: {most:?}");
        assert!(rows.iter().flatten().any(|cell| cell.contains(" till")), "{name}");
    }
    for book in [&owner, &summary, &run.join("personalregister.xlsx"), &committees[0]] {
        let first = &sheets(book)[0];
        assert!(first.contains("<pageSetUpPr fitToPage=\"1\"/>") && !first.contains("fitToHeight=\"0\""));
        for sheet in printed(book) {
            assert!(sheet.letters >= 8.0, "{} {}: {:.2} points", book.display(), sheet.name, sheet.letters);
            // Sixty systems stand beside the rules on two pages.
            let pages = if sheet.name == "Prövade regler" && *book == summary { 2 } else { 1 };
            assert_eq!(sheet.wide, pages, "{} {} in width", book.display(), sheet.name);
        }
        assert_no_high_row(book, "Underlag");
    }
}

/// In English every heading, reason and figure of the first pages is English, and the numbers are those of the Swedish.
#[test]
fn english_workbooks_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let config = fixture("exempelkommunen/samkor.toml");
    let swedish = publish(&config, &folder.path().join("sv"), &[]);
    let english = publish(&config, &folder.path().join("en"), &["--language", "en"]);
    let numbers = |book: &Path, name: &str| -> Vec<Vec<String>> {
        let is_number = |cell: &&String| cell.parse::<f64>().is_ok();
        let rows = sheet(book, name);
        let own = rows.iter().map(|row| row.iter().filter(is_number).cloned().collect::<Vec<_>>());
        own.filter(|row| row.len() > 2).collect()
    };
    let pairs =
        [("sammanstallning.xlsx", "Sammanställning", "Overview"), ("agare/treserva.xlsx", "Sammanfattning", "Summary")];
    for (book, sv, en) in pairs {
        assert_eq!(numbers(&swedish.join(book), sv), numbers(&english.join(book), en), "{book}");
        let told = sheet(&english.join(book), en);
        for row in &told {
            for cell in row.iter().filter(|cell| !cell.contains("Exempelkommunen") && !cell.contains('@')) {
                let swedish_word =
                    [" och ", " konton", "Avvikelser", "Svara senast", "Orsak", "Tillförlitlighet", " har "]
                        .into_iter()
                        .find(|word| cell.contains(word));
                assert!(swedish_word.is_none(), "{book}: {cell}");
            }
        }
    }
    let reasons = sheet(&english.join("agare/treserva.xlsx"), "Deviations");
    assert_eq!(
        reasons[0][..8],
        ["No", "Severity", "Account", "Name", "Reason", "Employed until", "Last sign-in", "Proposal"]
    );
    for book in ["agare/treserva.xlsx", "sammanstallning.xlsx"] {
        assert_no_high_row(&english.join(book), "Basis");
    }
}
