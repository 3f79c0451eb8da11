//! What an owner's first page says of how far the system can be trusted.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{case, publish, sheet};
use std::path::Path;

const PAYROLL: &str = "Anst.nr;Namn;Anställd t.o.m.\n1001;Eva Lind;\n1002;Per Ek;2026-01-31\n1003;Åsa Berg;\n";

/// The value of a fact on the first page of a system whose export is of a day.
fn told(accounts: &str, exported: &str, label: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\nexported = 2026-11-28\n\
         [[system]]\nid = \"a\"\nname = \"A\"\nfile = \"a.csv\"\nexported = {exported}\n"
    );
    let files: [(&str, &[u8]); 2] = [("lon.csv", PAYROLL.as_bytes()), ("a.csv", accounts.as_bytes())];
    let path: &Path = folder.path();
    let run = publish(&case(path, &config, &files), &path.join("ut"), &[]);
    let rows = sheet(&run.join("agare/a.xlsx"), "Sammanfattning");
    rows.into_iter().find(|row| row[0] == label).unwrap_or_else(|| panic!("{label}"))[1].clone()
}

const FOUND: &str = "Konto;Namn;Anst.nr\nevalin;Eva Lind;1001\nperek1;Per Ek;1002\nasaber;Åsa Berg;1003\n";
const MANY_UNKNOWN: &str = "Konto;Namn;Anst.nr\nevalin;Eva Lind;1001\nperek1;Per Ek;1002\nkvasto;Petronella Kvastö;\n";

/// An export of another time says whether it is too old or too new, also beside a reason that weighs more, and the page
/// tells from which days things are.
#[test]
fn a_stale_export_is_told_on_the_first_page() {
    let label = "Tillförlitlighet";
    assert!(told(FOUND, "2026-08-20", label).starts_with("Begränsad: exporten är för gammal. "));
    assert!(told(FOUND, "2027-02-01", label).starts_with("Begränsad: exporten är för ny. "));
    let both = told(MANY_UNKNOWN, "2026-08-20", label);
    assert!(both.starts_with("Begränsad: många innehavare hittades inte; exporten är för gammal. "), "{both}");
    assert!(told(FOUND, "2026-11-28", label).starts_with("God. "));
    assert_eq!(
        told(FOUND, "2026-08-20", "Jämfört"),
        "Systemets konton per 2026-08-20 mot personalregistret per 2026-11-28."
    );
}
