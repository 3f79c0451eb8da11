//! A system of which nothing is left to review is told to be so, and never reads as one in order.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, keys_of, publish, run_with, sheet};
use std::path::{Path, PathBuf};

const EXPORT: &str = "Användarnamn;Namn;Anst.nr;Status;Roll\n\
    eva01;Eva Lind;1001;Aktiv;Läsa\nper01;Per Ekdal;1002;Aktiv;Läsa\n";

/// A configuration over a payroll in which everyone has some mark of protection, with more of the system.
fn config(folder: &Path, protected: &str, more: &str) -> PathBuf {
    let config = format!(
        "[review]\nas_of = 2026-11-30\n\n[payroll]\nfile = \"lon.csv\"\nexported = 2026-11-30\n\n[[system]]\nid = \"sys\"\n\
         name = \"Systemet\"\nfile = \"sys.csv\"\nowner = \"Administrativ chef\"\nexported = 2026-11-30\n{more}"
    );
    let payroll = format!(
        "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.;Anställningsform;Skyddade personuppgifter\n\
         1001;Eva;Lind;2015-01-01;;Tillsvidare;{protected}\n1002;Per;Ekdal;2015-01-01;2026-06-30;Tillsvidare;{protected}\n\
         1003;Siv;Broman;2015-01-01;;Tillsvidare;Nej\n"
    );
    case(folder, &config, &[("lon.csv", payroll.as_bytes()), ("sys.csv", EXPORT.as_bytes())])
}

/// Every word of a sheet.
fn words(workbook: &Path, name: &str) -> String {
    sheet(workbook, name).concat().join("\n")
}

/// Where every account is left out by decision, or is a protected person's, the book, the summary and the terminal say
/// that the system could not be judged; nobody is told to sign that nothing deviates, and no number of those is told.
#[test]
fn a_system_without_an_account_to_review_is_not_judged() {
    let exclude = "[[system.exclude]]\ncolumn = \"Roll\"\nmatch = \"L*\"\nreason = \"x\"\ndecided_by = \"IT-chef\"\n";
    for (protected, more) in [("Nej", exclude), ("Ja", "")] {
        let folder = tempfile::tempdir().unwrap();
        let config = config(folder.path(), protected, more);
        let run = publish(&config, &folder.path().join("ut"), &[]);
        let book = words(&run.join("agare/sys.xlsx"), "Sammanfattning");
        assert!(book.contains("Ej bedömbar: inget konto återstår att granska"), "{book}");
        assert!(!book.contains("Inga avvikelser") && book.contains("inte att behörigheterna är granskade"), "{book}");
        let systems = words(&run.join("sammanstallning.xlsx"), "System");
        assert!(systems.contains("Ej bedömbart"), "{systems}");
        assert_eq!(keys_of(&run, "nothing-to-review"), ["nothing-to-review/sys"]);
        let checked = run_with(&["check", config.to_str().unwrap()]);
        let told = checked.out + &checked.err;
        assert!(told.contains("Ej bedömbar") && !told.contains("Inget att rätta"), "{told}");
    }
}

/// Where one account in six is left, the result is of limited worth; where half are left out, it is as good as any.
#[test]
fn a_system_that_is_mostly_left_out_is_of_limited_worth() {
    let exclude = "[[system.exclude]]\ncolumn = \"Roll\"\nmatch = \"Elev\"\nreason = \"x\"\ndecided_by = \"IT-chef\"\n";
    for (pupils, limited) in [(12, true), (2, false)] {
        let folder = tempfile::tempdir().unwrap();
        let config = config(folder.path(), "Nej", exclude);
        let rows: String = (0..pupils).map(|at| format!("elev{at};Olle Elev{at};;Aktiv;Elev\n")).collect();
        std::fs::write(folder.path().join("sys.csv"), format!("{EXPORT}{rows}")).unwrap();
        let run = publish(&config, &folder.path().join("ut"), &[]);
        let book = words(&run.join("agare/sys.xlsx"), "Sammanfattning");
        assert_eq!(book.contains("Begränsad: de flesta konton är undantagna genom beslut"), limited, "{book}");
        assert_eq!(book.contains("God. "), !limited, "{book}");
    }
}
