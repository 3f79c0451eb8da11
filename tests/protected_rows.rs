//! Rows that are a protected person's though their mark, or her name, stands where nobody would look for it; and rows of
//! others, which are shown.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, lines, publish, sheet, tree};
use std::path::{Path, PathBuf};

const CONFIG: &str = r#"
[review]
organisation = "Exempelkommunen"
as_of = 2026-11-30
[payroll]
file = "lon.csv"
exported = 2026-11-30
[[system]]
id = "sys"
name = "Systemet"
file = "sys.csv"
owner = "Administrativ chef"
exported = 2026-11-30
"#;

const HEAD: &str =
    "Anst.nr;Efternamn;Förnamn;E-post;Förvaltning;Enhet;Befattning;Anställd fr.o.m.;Anställd t.o.m.;Skyddad";

/// Payroll of a few who are shown, two of them Göran, and more rows.
fn payroll(more: &str) -> String {
    format!(
        "{HEAD}\n1001;Berg;Anna;;Vård;Hemtjänst Öst;Undersköterska;2015-01-01;;N\n\
         1002;Sjöström;Göran;;Vård;Hemtjänst Öst;Undersköterska;2015-01-01;2026-03-31;N\n\
         1004;Åkesson;Örjan;;Vård;Hemtjänst Öst;Undersköterska;2015-01-01;;N\n\
         1005;Hedin;Göran;;Vård;Hemtjänst Öst;Undersköterska;2015-01-01;2026-03-31;N\n{more}"
    )
}

const HERS: &str = "1003;Zetterqvist;Petra;petra.z@x.se;Vård;Hemtjänst Öst;Undersköterska;2015-01-01;;J\n";

fn run(folder: &Path, config: &str, payroll: &str, export: &str) -> PathBuf {
    let files = [("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())];
    publish(&case(folder, config, &files), &folder.join("resultat"), &[])
}

/// The files of a run that hold a text.
fn telling(run: &Path, secrets: &[&str]) -> Vec<String> {
    let tells = |text: &str| secrets.iter().any(|secret| text.to_lowercase().contains(secret));
    let said = |name: &str, bytes: &[u8]| tells(name) || common::parts(bytes).iter().any(|(_, text)| tells(text));
    tree(run).into_iter().filter(|(name, bytes)| said(name, bytes)).map(|(name, _)| name).collect()
}

fn accounts(run: &Path) -> Vec<String> {
    lines(run, "accounts.jsonl").iter().map(|line| line["account"].as_str().unwrap().to_owned()).collect()
}

fn told(run: &Path, rule: &str) -> Vec<String> {
    let findings = lines(run, "findings.jsonl");
    let own = findings.iter().filter(|finding| finding["rule"] == rule);
    own.map(|finding| finding["account"].as_str().unwrap_or_default().to_owned()).collect()
}

const EXPORT: &str = "Konto;Namn;Anst.nr;E-post\nannber;Anna Berg;1001;\ngorsjo;Göran Sjöström;1002;\n\
    petzet;Petra Zetterqvist;1003;petra.z@x.se\norjake;Örjan Åkesson;1004;\n";

/// A row of payroll with a field too few or too many hides her, wherever its mark landed and whether it has one at all.
#[test]
fn a_mark_on_a_ragged_row_is_kept() {
    for row in [
        "1003;Zetterqvist;Petra;petra.z@x.se;Vård;Undersköterska;2015-01-01;2026-06-30;J",
        "1003;Zetterqvist;Petra;petra.z@x.se;Vård;Undersköterska;2015-01-01;;J",
        "1003;Zetterqvist;Petra;petra.z@x.se;;Vård;Hemtjänst Öst;Undersköterska;2015-01-01;;J",
        "1003;Zetterqvist;Petra;petra.z@x.se;Vård;Hemtjänst Öst",
        "1003;;Zetterqvist;Petra;petra.z@x.se;Vård;Hemtjänst Öst;Undersköterska;2015-01-01;;√",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let run = run(folder.path(), CONFIG, &payroll(&format!("{row}\n")), EXPORT);
        assert_eq!(telling(&run, &["zetterqvist", "petzet", "petra"]), Vec::<String>::new(), "{row}");
        assert_eq!(accounts(&run), ["annber", "gorsjo", "orjake"], "{row}");
        assert_eq!(told(&run, "leaver-active"), ["gorsjo"], "{row}");
    }
}

/// The same row of an export hides her in the others.
#[test]
fn a_mark_on_a_ragged_row_of_an_export_is_kept() {
    let config = format!("{CONFIG}[[system]]\nid = \"till\"\nfile = \"till.csv\"\nowner = \"IT-chef\"\n");
    for row in ["petzet;Petra Zetterqvist;1003;J", "petzet;Petra Zetterqvist;1003;;;J", "petzet;Petra Zetterqvist"] {
        let folder = tempfile::tempdir().unwrap();
        let till = format!("Konto;Namn;Anst.nr;E-post;Sekretess\nannber;Anna Berg;1001;;N\n{row}\n");
        std::fs::write(folder.path().join("till.csv"), till).unwrap();
        let run = run(folder.path(), &config, &payroll(&HERS.replace(";J", ";N")), EXPORT);
        assert_eq!(telling(&run, &["zetterqvist", "petzet"]), Vec::<String>::new(), "{row}");
        assert_eq!(accounts(&run), ["annber", "gorsjo", "orjake", "annber"], "{row}");
    }
}

/// A workbook of payroll: everyone on a first sheet, without a mark, and a second one as given.
fn workbook_with(name: &str, is_hidden: bool, rows: &[&[&str]]) -> Vec<u8> {
    let payroll = payroll(&HERS.replace(";J", ";N"));
    let first: Vec<Vec<&str>> = payroll.lines().map(|line| line.split(';').collect()).collect();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Anställda").unwrap();
    for (row, cells) in (0u32..).zip(&first) {
        sheet.write_row(row, 0, cells.iter().copied()).unwrap();
    }
    let sheet = workbook.add_worksheet().set_name(name).unwrap();
    for (row, cells) in (0u32..).zip(rows) {
        sheet.write_row(row, 0, cells.iter().copied()).unwrap();
    }
    sheet.set_hidden(is_hidden);
    workbook.save_to_buffer().unwrap()
}

/// A sheet of the protected that holds a name or a number alone protects, and so does a mark on a sheet that is hidden or
/// passed over; what others say there hides nobody.
#[test]
fn a_mark_on_a_sheet_that_is_not_read_is_kept() {
    let whole: Vec<&str> = HEAD.split(';').collect();
    let hers: Vec<&str> = HERS.trim().split(';').collect();
    let config = CONFIG.replace("lon.csv", "lon.xlsx");
    let stated = config.replace("\"lon.xlsx\"", "\"lon.xlsx\"\nsheet = \"Anställda\"");
    for (name, is_hidden, rows, config) in [
        ("Skyddade ID", false, &[&["Namn"][..], &["Petra Zetterqvist"]][..], &config),
        ("SPU", true, &[&["Petra", "Zetterqvist"]], &config),
        ("Skyddade", false, &[&["Anst.nr", "Chef"], &["1003", "Anna Berg"]], &config),
        ("Lista", false, &[&["Anst.nr", "Skyddad"], &["1001", "N"], &["1003", "F"]], &config),
        ("Dold lista", true, &[&whole, &hers], &config),
        ("Arkiv", false, &[&whole, &hers], &stated),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let files = [("lon.xlsx", &workbook_with(name, is_hidden, rows)[..]), ("sys.csv", EXPORT.as_bytes())];
        let run = publish(&case(folder.path(), config, &files), &folder.path().join("resultat"), &[]);
        assert_eq!(telling(&run, &["zetterqvist", "petzet"]), Vec::<String>::new(), "{name}");
        assert_eq!(accounts(&run), ["annber", "gorsjo", "orjake"], "{name}");
    }
}

/// A row that is as wide as the others is marked by its own cell alone, and so is one of which every cell that may be the
/// mark's says no.
#[test]
fn rows_that_say_no_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let head = "Konto;Namn;Anst.nr;Skyddad;Aktiv";
    let export = format!(
        "{head}\nannber;Anna Berg;1001;N;J\ngorsjo;Göran Sjöström;1002;N;J;\norjake;Örjan Åkesson;1004;N;N;N\n\
         karlin;Karl Lind;1007;N;J\neklu;Eva Lund;1008;N;J\n"
    );
    let run = run(folder.path(), CONFIG, &payroll(""), &export);
    assert_eq!(accounts(&run), ["annber", "gorsjo", "karlin", "eklu"]);
}

/// A file of which many rows have too few or too many fields says whom it protects on none of them, and is refused.
#[test]
fn many_ragged_rows_are_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let ragged: String =
        (0..30).map(|at| format!("{};Lund;Eva;;Vård;Undersköterska;2015-01-01;;\n", 2000 + at)).collect();
    let (lon, config) = (payroll(&ragged), folder.path().join("samkor.toml"));
    case(folder.path(), CONFIG, &[("lon.csv", lon.as_bytes()), ("sys.csv", EXPORT.as_bytes())]);
    let ran = common::run_with(&["run", config.to_str().unwrap(), "-q"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("30 av 34 rader har fler eller färre fält"), "{}", ran.err);
}

/// Her name in a cell that is no name column makes the account hers, and nobody else's.
#[test]
fn an_account_is_hers_by_a_name_in_any_cell() {
    for (head, row) in [
        ("Användare;Roll", "{K} {N};Läsa"),
        ("Användare;Roll", "{E}, {F} ({K});Läsa"),
        ("Användare;Roll", "{K};Personlig {N}"),
        ("sAMAccountName;distinguishedName;userAccountControl", "{K};CN={N},OU=Personal,DC=x,DC=se;512"),
        ("sAMAccountName;distinguishedName;userAccountControl", "{K};CN={E}\\, {F},OU=Personal,DC=x,DC=se;512"),
        ("Användare;Beskrivning;Aktiv", "{K};Konto för {N};Ja"),
        ("Användare;Kopplad till;Roll;Aktiv", "{K};{E}, {F};Läsa;Ja"),
        ("Användare;Ägare;Aktiv", "{K};{N};Ja"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut export = format!("{head}\n");
        for (account, given, surname) in
            [("annber", "Anna", "Berg"), ("petzet", "Petra", "Zetterqvist"), ("orjake", "Örjan", "Åkesson")]
        {
            let row = row.replace("{N}", "{F} {E}").replace("{F}", given).replace("{E}", surname);
            export.push_str(&(row.replace("{K}", account) + "\n"));
        }
        let run = run(folder.path(), CONFIG, &payroll(HERS), &export);
        assert_eq!(telling(&run, &["zetterqvist", "petzet", "petra"]), Vec::<String>::new(), "{row}");
        assert_eq!(accounts(&run).len(), 2, "{row}");
    }
}

/// A service account that she owns is shown without her name, and so is whoever's account another's key says it is.
#[test]
fn what_she_answers_for_is_not_hers() {
    let folder = tempfile::tempdir().unwrap();
    let export = "Konto;Namn;Anst.nr;Typ;Ägare;Handlagd av\nsvc_backup;Backup;;Service;Petra Zetterqvist;\n\
        annber;Anna Berg;1001;Person;;Petra Zetterqvist\ngorsjo;Göran Sjöström;1002;Person;;\n";
    let run = run(folder.path(), CONFIG, &payroll(HERS), export);
    assert_eq!(telling(&run, &["zetterqvist"]), Vec::<String>::new());
    assert_eq!(accounts(&run), ["svc_backup", "annber", "gorsjo"]);
}

/// A unit behind the names of a system is no name: who works there is shown, and one who has left is told of.
#[test]
fn a_unit_beside_her_name_hides_nobody_else() {
    let payroll = payroll(HERS);
    for (form, has_numbers) in [
        ("{E} {F}, Hemtjänst Öst", true),
        ("{F} {E}, Hemtjänst Öst", true),
        ("{F} {E} (IT-enheten)", true),
        ("{F} {E} - LSS Väst", true),
        ("{E}, {F} (Hemtjänst Öst natt)", true),
        ("{F} {E} / LSS Väst", false),
        ("{E} {F}, Hemtjänst Öst", false),
        ("{F} {E} Hemtjänst Öst", true),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut export = String::from("Konto;Namn;Anst.nr;Beskrivning\n");
        for (number, given, surname) in [
            (1001, "Anna", "Berg"),
            (1002, "Göran", "Sjöström"),
            (1003, "Petra", "Zetterqvist"),
            (1004, "Örjan", "Åkesson"),
            (1005, "Göran", "Hedin"),
        ] {
            let name = form.replace("{F}", given).replace("{E}", surname);
            let key = if has_numbers { number.to_string() } else { String::new() };
            export.push_str(&format!("u{number};{name};{key};\n"));
        }
        export.push_str(&form.replace("{F}", "Xenia").replace("{E}", "Quistorp").replacen("", "u1009;", 1));
        export.push_str(";;\n");
        let run = run(folder.path(), CONFIG, &payroll, &export);
        assert_eq!(telling(&run, &["zetterqvist", "u1003"]), Vec::<String>::new(), "{form}");
        assert_eq!(accounts(&run), ["u1001", "u1002", "u1004", "u1005", "u1009"], "{form}");
        if has_numbers {
            assert_eq!(told(&run, "leaver-active"), ["u1002", "u1005"], "{form}");
        }
    }
}

/// Who answers for an account in a marked row of the register of service accounts is protected.
#[test]
fn a_mark_in_the_register_of_service_accounts_is_its_owners() {
    for owner in ["Petra Zetterqvist", "Zetterqvist, Petra", "petra.z@x.se", "petzet", "1003"] {
        let folder = tempfile::tempdir().unwrap();
        let register = format!("System;Konto;Ägare;Skyddad\nsys;svc_backup;{owner};Ja\n");
        std::fs::write(folder.path().join("tjanst.csv"), register).unwrap();
        let config = format!("{CONFIG}[service_accounts]\nfile = \"tjanst.csv\"\n");
        let export = format!("{EXPORT}svc_backup;Backup;;\n");
        let run = run(folder.path(), &config, &payroll(&HERS.replace(";J", ";N")), &export);
        assert_eq!(telling(&run, &["zetterqvist", "petzet"]), Vec::<String>::new(), "{owner}");
    }
}

/// What is looked at before a run names nobody whom one of the files marks, in whatever header, sheet or file name.
#[test]
fn what_is_looked_at_together_names_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let export = EXPORT.replacen("Namn", "Tillhör Petra Zetterqvist", 1);
    let lon = payroll(HERS);
    for (name, text) in [("lon.csv", lon.as_str()), ("sys.csv", &export), ("petra zetterqvist.csv", EXPORT)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let looked = common::run_with(&["inspect", &at("sys.csv"), &at("lon.csv")]);
    assert_eq!(looked.code, 0, "{}", looked.err);
    assert!(looked.out.contains("Tillhör [skyddad]"), "{}", looked.out);
    let begun = common::run_with(&["init", folder.path().to_str().unwrap()]);
    for ran in [looked, begun] {
        assert!(!(ran.out + &ran.err).to_lowercase().contains("zetterqvist"));
    }
}

/// An id of a system that bears her name would stand in names of files: the run asks for another, and does not say whose.
#[test]
fn an_id_that_names_her_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let config = CONFIG.replace("id = \"sys\"", "id = \"petra-zetterqvist\"");
    let lon = payroll(HERS);
    let path = case(folder.path(), &config, &[("lon.csv", lon.as_bytes()), ("sys.csv", EXPORT.as_bytes())]);
    let ran = common::run_with(&["run", path.to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("system nummer 1") && !ran.err.to_lowercase().contains("zetterqvist"), "{}", ran.err);
}

/// That accounts of protected persons are not reviewed is said alike whether one is marked or none, where a file can mark.
#[test]
fn one_is_told_as_none() {
    let said = |payroll: String| {
        let folder = tempfile::tempdir().unwrap();
        let run = run(folder.path(), CONFIG, &payroll, EXPORT);
        let all = lines(&run, "findings.jsonl");
        let own = all.iter().find(|finding| finding["rule"] == "protected-not-reviewed");
        own.map(|finding| finding["message"].as_str().unwrap().to_owned())
    };
    let (one, none) = (said(payroll(HERS)), said(payroll(&HERS.replace(";J", ";N"))));
    assert!(one.as_ref().is_some_and(|text| text.starts_with("Färre än 5 konton (kanske inget)")), "{one:?}");
    assert_eq!(one, none);
    let without = payroll(&HERS.replace(";J", ";N")).replace(";Skyddad\n", "\n").replace(";N\n", "\n");
    assert_eq!(said(without), None);
}

/// The number of a row is nobody's employee number, whoever's it is like: where an account stands is told like any.
#[test]
fn the_number_of_a_row_names_nobody() {
    const ROW: usize = 10_012;
    let folder = tempfile::tempdir().unwrap();
    let blank = "\n".repeat(ROW - 3);
    let export = format!("Konto;Namn;Anst.nr\npetzet;Petra Zetterqvist;{ROW}\n{blank}gorsjo;Göran Sjöström;1002\n");
    let run = run(folder.path(), CONFIG, &payroll(&HERS.replace("1003;", "10012;")), &export);
    assert_eq!(telling(&run, &["zetterqvist", "petzet", "petra"]), Vec::<String>::new());
    let rows = sheet(&run.join("agare/sys.xlsx"), "Konton");
    let sources = rows.iter().flatten().filter(|cell| cell.contains("sys.csv"));
    assert_eq!(sources.collect::<Vec<_>>(), ["sys.csv rad 10012; lon.csv rad 3"]);
}

/// A place where others work is called as it is, though her two names make its word; her name beside it is hidden.
#[test]
fn a_place_whose_word_her_names_make_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = payroll("1003;Lind;Bo;bo.l@x.se;Vård;Lindbo;Undersköterska;2015-01-01;;J\n");
    let export = "Konto;Namn;Anst.nr;Enhet;Roll\nannber;Anna Berg;1001;Lindbo;Läsa\n\
        gorsjo;Göran Sjöström;1002;Lindbo;Delegat för bo.lind\nlinbo;Bo Lind;1003;Lindbo;Läsa\n";
    let run = run(folder.path(), CONFIG, &payroll.replace("Hemtjänst Öst", "Lindbo"), export);
    assert_eq!(accounts(&run), ["annber", "gorsjo"]);
    assert_eq!(telling(&run, &["bo.lind"]), Vec::<String>::new());
    let units = lines(&run, "accounts.jsonl");
    assert!(units.iter().all(|line| line["unit"] == "Lindbo"), "{units:?}");
}
