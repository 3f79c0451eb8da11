//! `samkor init` before lists that look like others: what each is, what it is joined to, and what stays a question.

#![allow(clippy::unwrap_used)] // A test stops where something is not as it must be.

mod common;

use common::{Ran, run_with};
use rust_xlsxwriter::Workbook;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const PAYROLL: &str = "Anst.nr;Personnummer;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.;Sekretess
1001;19790607-2397;Åsa;Lind;2015-01-01;;N
1002;19790608-2388;Per;Ekdal;2015-01-01;2026-06-30;N
1003;19790608-2396;Siv;Broman;2015-01-01;;N
";
const DIRECTORY: &str = "SamAccountName;Name;EmployeeID;Enabled;DistinguishedName
asalin;Åsa Lind;1001;True;CN=Åsa Lind,OU=Personal,DC=ek
perekd;Per Ekdal;1002;True;CN=Per Ekdal,OU=Personal,DC=ek
";

/// A folder with payroll, a directory and some files more.
fn beside(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("Personec.csv", PAYROLL), ("adusers.csv", DIRECTORY)].iter().chain(files) {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn init(folder: &Path) -> (Ran, String) {
    let ran = run_with(&["init", folder.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    (ran, fs::read_to_string(folder.join("samkor.toml")).unwrap())
}

/// What the configuration says of a file: the lines around its name up to the next table.
fn table_of<'t>(text: &'t str, file: &str) -> &'t str {
    let named = format!("file = \"{file}\"");
    text.split("\n\n").find(|part| part.contains(&named)).unwrap_or_else(|| panic!("{file} is not used:\n{text}"))
}

/// Whoever has a mandate has a party or a body, and hired staff have a supplier with an agreement, whatever the file is
/// called and although what they are engaged for ends as an account does; an export is one although it has such columns.
#[test]
fn people_outside_payroll_are_told_by_their_headers() {
    let folder = beside(&[
        (
            "Uttag.csv",
            "Efternamn;Förnamn;Personnummer;Parti;Instans;Uppdrag;Fr.o.m.;T.o.m.;E-post\n\
             Palm;Gun;19500101-1230;S;Kommunstyrelsen;Ledamot;2022-10-15;2026-12-31;gun.palm@ek.example\n",
        ),
        (
            "Vård.csv",
            "Namn;Leverantör;Avtal;Avrop;Startdatum;Slutdatum;E-post\n\
             Bo Fors;Vårdkraft AB;RA-11;4400;2026-01-01;2026-12-31;bo@vk.example\n",
        ),
        (
            "Avtalsdatabasen.csv",
            "Användarnamn;Namn;Leverantör;Avtal;Senast inloggad\nasalin;Åsa Lind;Alla;Alla;2026-11-01\n",
        ),
    ]);
    let (_, text) = init(folder.path());
    assert!(table_of(&text, "Uttag.csv").starts_with("[[register]]"), "{text}");
    assert!(table_of(&text, "Uttag.csv").contains("kind = \"elected\""), "{text}");
    assert!(table_of(&text, "Vård.csv").contains("kind = \"external\""), "{text}");
    assert!(table_of(&text, "Avtalsdatabasen.csv").starts_with("[[system]]"), "{text}");
}

/// Lists of groups, of cards and of codes name no accounts: each is left with why, and with what to do if it is another.
#[test]
fn lists_of_other_things_are_left() {
    let folder = beside(&[
        (
            "Grupper.csv",
            "Name;GroupCategory;GroupScope;Description;ManagedBy;Members\nSEC-Läs;Security;Global;Läsa;asalin;perekd\n",
        ),
        (
            "SITHS.csv",
            "Kortnummer;Korttyp;Kortstatus;HSA-id;Namn;Giltigt t.o.m.\n\
             99752;SITHS eID;Aktiv;SE2120009999-1281;Åsa Lind;2029-01-01\n",
        ),
        ("Treserva roller.csv", "Kod;Roll;Beskrivning;Aktiv\nHL;Handläggare;Utreder;Ja\nCH;Chef;Beslutar;Ja\n"),
        ("Enheter.csv", "Kod;Namn;Aktiv\n10;Hemtjänst Norr;Ja\n11;Hemtjänst Syd;Ja\n"),
    ]);
    let (ran, text) = init(folder.path());
    assert_eq!(text.matches("[[system]]\n").count(), 1, "{text}");
    assert!(!text.contains("HSA-katalogen") && !text.contains("[inventory]"), "{text}");
    for (file, why) in [
        ("Grupper.csv", "lista över grupper"),
        ("SITHS.csv", "lista över kort"),
        ("Treserva roller.csv", "lista över koder"),
        ("Enheter.csv", "lista över koder"),
    ] {
        let told = ran.out.lines().find(|line| line.contains(&format!("{file}: används inte"))).unwrap();
        assert!(told.contains(why), "{told}");
    }
    // The same columns under people whom payroll knows are accounts.
    let named = beside(&[("Handläggare.csv", "Kod;Namn;Aktiv\nAL;Åsa Lind;Ja\nSB;Siv Broman;Ja\n")]);
    let (_, text) = init(named.path());
    assert!(table_of(&text, "Handläggare.csv").contains("[[system]]"), "{text}");
}

/// An export that tells of employments too is no payroll: by what its accounts may do, or by the list of systems where
/// everybody in it is in payroll. Where nothing says which system it is, it is asked.
#[test]
fn an_export_with_employments_is_no_payroll() {
    let school = "Personnummer;Förnamn;Efternamn;Användarnamn;Befattning;Anst.nr;Anställningsform;Anställd fr o m;Slutdatum\n\
                  19790607-2397;Åsa;Lind;asalin;Lärare;1001;Tillsvidare;2015-01-01;\n\
                  19790608-2396;Siv;Broman;sivbro;Lärare;1003;Tillsvidare;2015-01-01;\n";
    let care = "Användarid;Namn;Anst.nr;Befattning;Enhet;Anställd fr.o.m.;Slutdatum;Anställningsform;Behörighetsprofil\n\
                asalin;Lind, Åsa;1001;Sjuksköterska;Norr;2015-01-01;;Tillsvidare;SSK\n";
    let systems = "System;Systemägare;Nämnd\nSchoolSoft;Rektor;Utbildningsnämnden\n";
    let folder = beside(&[("SchoolSoft personal.csv", school), ("vard.csv", care), ("Systemlista.csv", systems)]);
    let (ran, text) = init(folder.path());
    assert!(text.contains("[payroll]\nfile = \"Personec.csv\""), "{text}");
    assert!(table_of(&text, "SchoolSoft personal.csv").contains("id = \"schoolsoft\""), "{text}");
    assert!(table_of(&text, "vard.csv").contains("[[system]]"), "{text}");
    assert!(!ran.out.contains("ser ut som ett personalregister"), "{}", ran.out);

    let (ran, text) = init(beside(&[("personal.csv", school)]).path());
    assert!(ran.out.contains("personal.csv: används inte, ser ut som ett personalregister"), "{}\n{text}", ran.out);
}

/// A system is tied to its row of the list whatever of its product's names stands there, or by its file's name; where two
/// rows may be it, both are offered and neither is taken.
#[test]
fn a_product_is_found_under_any_of_its_names() {
    let cloud = "userPrincipalName;displayName;accountEnabled;userType\nasa.lind@ek.example;Åsa Lind;true;Member\n";
    let care = "Användarid;Namn;Roll\nasalin;Lind, Åsa;SSK\n";
    let files = [("exportUsers.csv", cloud), ("TakeCare_anv.csv", care)];
    let listed = |rows: &str| {
        let list = format!("System;Systemägare;Nämnd\n{rows}");
        init(beside(&[files[0], files[1], ("Systemlista.csv", &list)]).path()).1
    };
    let text = listed("Windows AD;IT-chef;KS\nMicrosoft 365;IT-chef;KS\nTakeCare;MAS;ON\n");
    for (file, id) in
        [("adusers.csv", "windows-ad"), ("exportUsers.csv", "microsoft-365"), ("TakeCare_anv.csv", "takecare")]
    {
        assert!(table_of(&text, file).contains(&format!("id = \"{id}\"")), "{file}\n{text}");
    }
    let text = listed("Windows AD;IT-chef;KS\nMicrosoft 365;IT-chef;KS\nAzure AD;IT-chef;KS\n");
    let own = table_of(&text, "exportUsers.csv");
    assert!(own.contains("id = \"entra\"") && own.contains("# Flera rader i förteckningen kan vara systemet"), "{own}");
    assert!(own.contains("id = \"microsoft-365\"") && own.contains("id = \"azure-ad\""), "{own}");
}

/// A sheet of guardians beside the staff is left out with a line that says so, unless it marks somebody as protected; among
/// the staff's rows they are offered as a population to leave out.
#[test]
fn those_who_are_served_are_no_staff() {
    let staff = ["Förnamn;Efternamn;E-post;Användarnamn;Roll", "Åsa;Lind;asa@ek.example;asalin;Lärare"];
    let guardians = ["Förnamn;Efternamn;E-post;Användarnamn;Elev", "Kim;Berg;kim@hem.example;vh001;Li Berg"];
    let marked = ["Förnamn;Efternamn;E-post;Användarnamn;Skyddad", "Kim;Berg;kim@hem.example;vh001;Ja"];
    for (others, is_left) in [(guardians, true), (marked, false)] {
        let folder = beside(&[]);
        let mut book = Workbook::new();
        for (name, rows) in [("Personal", staff), ("Vårdnadshavare", others)] {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            for (at, row) in (0..).zip(rows) {
                sheet.write_row(at, 0, row.split(';')).unwrap();
            }
        }
        book.save(folder.path().join("Vklass.xlsx")).unwrap();
        let (_, text) = init(folder.path());
        assert_eq!(table_of(&text, "Vklass.xlsx").contains("sheet = \"Personal\""), is_left, "{text}");
    }
    let mixed = "Användarnamn;Namn;Användartyp\nasalin;Åsa Lind;Personal\nvh001;Kim Berg;Vårdnadshavare\n";
    let folder = beside(&[("Unikum.csv", mixed)]);
    let (_, text) = init(folder.path());
    let offered = "# [[system.exclude]]\n# column = \"Användartyp\"\n# match = \"Vårdnadshavare\"";
    assert!(table_of(&text, "Unikum.csv").contains(offered), "{text}");
    let uncommented: String = text
        .split_inclusive('\n')
        .map(|line| {
            let own = ["# [[system.exclude]]", "# column", "# match", "# reason", "# decided_by"];
            if own.iter().any(|key| line.starts_with(key)) { &line[2..] } else { line }
        })
        .collect();
    fs::write(folder.path().join("egen.toml"), uncommented).unwrap();
    let checked = run_with(&["check", folder.path().join("egen.toml").to_str().unwrap(), "-v"]);
    assert!(checked.code != 2, "{}", checked.err);
    assert!(!checked.out.contains("finns inte"), "{}", checked.out);
}

/// Words of state that nobody knows are offered apart, and a file that is payroll is told so although a column of it must be
/// stated first.
#[test]
fn what_must_be_stated_stands_with_its_line() {
    let folder = beside(&[("w3d3.csv", "Konto;Namn;Status\nal;Åsa Lind;N\nsb;Siv Broman;N\npe;Per Ekdal;C\n")]);
    let (_, text) = init(folder.path());
    let own = table_of(&text, "w3d3.csv");
    assert!(own.contains("# active = [\"N\"]") && own.contains("# closed = [\"C\"]"), "{own}");

    let two =
        "Anst.nr;Personalnummer;Namn;Anställd fr.o.m.\n1001;9001;Åsa Lind;2015-01-01\n1002;9002;Per Ek;2015-01-01\n";
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("lon.csv"), two).unwrap();
    fs::write(folder.path().join("adusers.csv"), DIRECTORY).unwrap();
    let ran = run_with(&["init", folder.path().to_str().unwrap()]);
    let text = fs::read_to_string(folder.path().join("samkor.toml")).unwrap();
    assert!(text.contains("[payroll]\nfile = \"lon.csv\""), "{}\n{text}", ran.out);
    assert!(text.contains("employee_number = \"Anst.nr\"") && text.contains("employee_number = \"Personalnummer\""));
}
