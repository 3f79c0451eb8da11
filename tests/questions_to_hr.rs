//! What HR is asked of accounts whose holder is not settled.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{case, publish, sheet};

const PAYROLL: &str = "Anst.nr;Förnamn;Efternamn;Anställd t.o.m.\n1001;Eva;Bergström;\n1002;Kjell;Hellberg;2026-06-30\n\
    1003;Åsa;Lindqvist;\n1004;Per;Ek;\n1005;Ulla;Öst;\n";
const KEYED: &str = "Konto;Namn;Anst.nr;Status;Senast inloggad\nevaber01;Eva Eriksson;1001;Aktivt;2026-11-20\n\
    kjehel01;Kjell Söderholm;1002;Aktivt;2026-11-20\naslind01;Åsa Lindqvist;1003;Aktivt;2026-11-20\n\
    perek01;Per Ek;1004;Aktivt;2026-11-20\nullost;Ulla Öst;1005;Aktivt;2026-11-20\n";
const BARE: &str = "Konto;Namn;Status\neb1;Bergström Eva Camilla;Aktivt\nal1;Lindqvist Åsa;Aktivt\n";
const CONFIG: &str = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n\
    [[system]]\nid = \"a\"\nname = \"Katalogen\"\nfile = \"a.csv\"\n[[system]]\nid = \"b\"\nname = \"Bygg\"\nfile = \"b.csv\"\n";

/// One person is one row, whether the holder was found or may be the one; the severity is that of the question and not of
/// what else was found of the account; a fit by name alone has no figure; the columns are HR's own.
#[test]
fn one_person_is_one_question() {
    let folder = tempfile::tempdir().unwrap();
    let files: [(&str, &[u8]); 3] =
        [("lon.csv", PAYROLL.as_bytes()), ("a.csv", KEYED.as_bytes()), ("b.csv", BARE.as_bytes())];
    let run = publish(&case(folder.path(), CONFIG, &files), &folder.path().join("ut"), &[]);
    let rows = sheet(&run.join("personalregister.xlsx"), "Osäkra identiteter");
    let at = |head: &str| rows[0].iter().position(|own| own == head).unwrap_or_else(|| panic!("{head}: {:?}", rows[0]));
    let of = |account: &str| {
        let own: Vec<&Vec<String>> = rows.iter().filter(|row| row[at("Konto")].contains(account)).collect();
        assert_eq!(own.len(), 1, "{account}: {rows:?}");
        own[0]
    };
    assert_eq!(of("evaber01")[at("Konto")], "eb1\nevaber01");
    let drifted = of("kjehel01");
    assert!(drifted[at("Orsak")].starts_with("Namn eller nyckel har ändrats"), "{drifted:?}");
    assert!(["Information", "Låg"].contains(&drifted[at("Grad")].as_str()), "{drifted:?}");
    assert_eq!(of("al1")[at("Möjlig innehavare")], "Åsa Lindqvist 1003 (namnet stämmer, inget mer)");
    let asked = &rows[0][at("Senast inloggad") + 1..at("Enhet")];
    assert_eq!(asked, ["Rätt person / anställningsnummer", "Kommentar", "Vem", "När"]);
}
