//! Bad input of every kind: a clear message that names the file and the way out, exit 2, nothing
//! published; or a listed row, and nothing lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{case, lines, manifest, publish, run_with};
use std::fs;

const PAYROLL: &str =
    "Anst.nr;Namn;Anställd fr.o.m.;Anställd t.o.m.\n1001;Eva Lind;2015-01-01;\n1002;Per Ek;2015-01-01;2026-01-31\n";
const EXPORT: &str = "Konto-ID;Namn;Anst.nr;Status\nevalin01;Eva Lind;1001;Aktiv\nperek01;Per Ek;1002;Aktiv\n";
const CONFIG: &str =
    "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"sys\"\nfile = \"sys.csv\"\n";

/// Runs a case that must fail, and returns what it said.
fn refused(config: &str, payroll: &[u8], export: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let config = case(folder.path(), config, &[("lon.csv", payroll), ("sys.csv", export)]);
    let ran = run_with(&["run", config.to_str().unwrap()]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_eq!(ran.out, "");
    assert!(!folder.path().join("resultat").exists(), "something was published");
    ran.err
}

fn assert_says(said: &str, words: &[&str]) {
    for word in words {
        assert!(said.contains(word), "\"{word}\" is missing from:\n{said}");
    }
}

/// A missing configuration, payroll or export is named, with where it was looked for.
#[test]
fn missing_files_are_named() {
    let ran = run_with(&["run", "/finns/inte/samkor.toml"]);
    assert_eq!(ran.code, 2);
    assert_says(&ran.err, &["/finns/inte/samkor.toml", "filen finns inte"]);
    let said = refused(&CONFIG.replace("lon.csv", "borta.csv"), PAYROLL.as_bytes(), EXPORT.as_bytes());
    assert_says(&said, &["borta.csv: filen finns inte", "Sökvägen räknas från konfigurationens mapp"]);
    let said = refused(&CONFIG.replace("sys.csv", "borta.csv"), PAYROLL.as_bytes(), EXPORT.as_bytes());
    assert_says(&said, &["borta.csv: filen finns inte"]);
}

/// Columns under the very same header are read together or told of: two keys that differ are two lists side by side, and
/// of a field that only one column can answer for the first is read.
#[test]
fn identical_headers_lose_nothing_in_silence() {
    let sides = "Konto;Roll;Konto;Roll\neva;A;eva2;B\nper;C;per2;D\n";
    let said = refused(CONFIG, PAYROLL.as_bytes(), sides.as_bytes());
    assert_says(&said, &["två kolumner kan vara account", "Ge dem olika rubriker"]);
    let folder = tempfile::tempdir().unwrap();
    let stated = "owner = \"IT-chef\"\n[system.columns]\naccount = \"Konto\"\nrole = \"Roll\"\n";
    let files = [("lon.csv", PAYROLL.as_bytes()), ("sys.csv", sides.as_bytes())];
    let config = case(folder.path(), &format!("{CONFIG}{stated}"), &files);
    let ran = run_with(&["check", config.to_str().unwrap()]);
    assert_says(&ran.out, &["Rubriken \"Konto\" står över flera kolumner; den första läses som account"]);
    let run = publish(&config, &folder.path().join("ut"), &[]);
    let accounts = lines(&run, "accounts.jsonl");
    let roles: Vec<&serde_json::Value> = accounts.iter().map(|account| &account["roles"]).collect();
    assert_eq!(roles, [&serde_json::json!(["A", "B"]), &serde_json::json!(["C", "D"])]);
}

/// A row above the header that may begin a table of its own is told, since one row below it settles nothing.
#[test]
fn a_small_table_above_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let export = format!("Konto;Namn\nRaindance;Ekonomi\n{EXPORT}");
    let config = format!("{CONFIG}owner = \"IT-chef\"\n");
    let files = [("lon.csv", PAYROLL.as_bytes()), ("sys.csv", export.as_bytes())];
    let config = case(folder.path(), &config, &files);
    let ran = run_with(&["check", config.to_str().unwrap()]);
    assert_says(&ran.out, &["Rad 1 kan vara rubrik för en egen tabell"]);
    let inspected = run_with(&["inspect", "--csv", folder.path().join("sys.csv").to_str().unwrap()]);
    assert_says(&inspected.err, &["ovanför rubriken (rad 3) skrivs inte: 2 rader"]);
}

/// Every problem of a configuration is told at once, with its line and a suggestion.
#[test]
fn configuration_problems_come_all_at_once() {
    let config = "[review]\nas_of = \"igår\"\nlanguage = \"no\"\n[payroll]\nfiel = \"lon.csv\"\n[thresholds]\ndormant_days = -1\n\
        [rules]\ndormnt = \"low\"\ndormant = \"extreme\"\n[[system]]\nid = \"å ä\"\nfile = \"sys.csv\"\nexportd = 2026-01-01\n";
    let said = refused(config, PAYROLL.as_bytes(), EXPORT.as_bytes());
    assert_says(
        &said,
        &[
            "samkor.toml:2: as_of ska vara ett datum",
            "samkor.toml:3: language kan inte vara \"no\"",
            "samkor.toml:5: okänd nyckel \"fiel\" i [payroll]",
            "Menade du \"file\"?",
            "samkor.toml:7: dormant_days ska vara ett heltal",
            "samkor.toml:9: okänd regel \"dormnt\"",
            "Menade du \"dormant\"?",
            "samkor.toml:10: \"extreme\" är ingen allvarlighetsgrad",
            "samkor.toml:12: id \"å ä\" kan inte användas",
            "samkor.toml:14: okänd nyckel \"exportd\" i [[system]]",
            "Menade du \"exported\"?",
        ],
    );
}

/// A backslash in a Windows path is explained, whether TOML refuses it or reads it as a tab.
#[test]
fn backslashes_are_explained() {
    for path in [r"C:\indata\lon.csv", r"C:\temp\lon.csv", r"C:\Users\lon.csv"] {
        let said = refused(&CONFIG.replace("lon.csv", path), PAYROLL.as_bytes(), EXPORT.as_bytes());
        assert_says(&said, &["samkor.toml:4:", "Skriv sökvägen med snedstreck"]);
    }
}

/// A folder of answers that is named must be there, once there is a run that answers could be to.
#[test]
fn a_folder_of_answers_that_is_nowhere_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let config = format!("{CONFIG}[followup]\nanswers = \"svar\"\n");
    let config = case(folder.path(), &config, &[("lon.csv", PAYROLL.as_bytes()), ("sys.csv", EXPORT.as_bytes())]);
    assert_eq!(run_with(&["run", config.to_str().unwrap()]).code, 0, "a first run has nothing to be answered");
    let ran = run_with(&["run", config.to_str().unwrap()]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_says(&ran.err, &["svar", "filen finns inte", "answers under [followup]"]);
}

/// An earlier run that is named must be there.
#[test]
fn an_earlier_run_that_is_nowhere_is_told() {
    let more = "[followup]\nprevious = \"borta/2025-11-30\"\n";
    let said = refused(&format!("{CONFIG}{more}"), PAYROLL.as_bytes(), EXPORT.as_bytes());
    assert_says(&said, &["2025-11-30", "filen finns inte", "previous = \"none\""]);
}

/// What is named and nowhere, or named and not whole, is told with the way out.
#[test]
fn names_that_lead_nowhere_are_told() {
    for (more, says) in [
        ("[[conflict]]\nname = \"x\"\n", "[[conflict]] behöver name, a och b"),
        (
            "[[conflict]]\nname = \"x\"\na = { system = \"nej\", role = \"r\" }\nb = { system = \"sys\", role = \"r\" }\n",
            "inget system har id \"nej\"",
        ),
        ("[protected]\n", "[protected] saknar recipient"),
        ("[service_accounts]\n", "[service_accounts] saknar file"),
        ("[thresholds]\nsmall_count = 0\n", "small_count"),
        ("[[system]]\nid = \"b\"\nfile = \"sys.csv\"\nlogin = \"nej\"\n", "inget system har id \"nej\""),
        ("[[system]]\nid = \"b\"\nfile = \"sys.csv\"\nsplit_by = \"enhet\"\n", "split_by"),
    ] {
        let said = refused(&format!("{CONFIG}{more}"), PAYROLL.as_bytes(), EXPORT.as_bytes());
        assert_says(&said, &[says]);
    }
}

/// An account export without an account column, and payroll without a key, list the headers seen and the
/// line to add.
#[test]
fn missing_columns_show_the_way_out() {
    let said = refused(CONFIG, PAYROLL.as_bytes(), b"Namn;Enhet;Roll\nEva;X;Admin\n");
    assert_says(
        &said,
        &["sys.csv", "kolumnen för kontots namn hittas inte", "\"Enhet\"", "[system.columns]: account ="],
    );
    let said = refused(CONFIG, b"Namn;Enhet\nEva Lind;X\n", EXPORT.as_bytes());
    assert_says(&said, &["lon.csv", "en nyckel", "[payroll.columns]: employee_number ="]);
    let said =
        refused(&format!("{CONFIG}[system.columns]\naccount = \"Anv\"\n"), PAYROLL.as_bytes(), EXPORT.as_bytes());
    assert_says(&said, &["rubriken \"Anv\" som anges för account finns inte", "\"Konto-ID\""]);
}

/// Two columns that could be the account's name are not guessed between.
#[test]
fn two_columns_for_a_key_must_agree() {
    let said = refused(CONFIG, PAYROLL.as_bytes(), b"Signatur;Login;Namn\nEL;evalin01;Eva Lind\n");
    assert_says(
        &said,
        &[
            "två kolumner kan vara account och skiljer sig åt: \"Login\" (xxxxxx00) och \"Signatur\" (XX)",
            "account = \"Login\"",
        ],
    );
    let folder = tempfile::tempdir().unwrap();
    let agree = b"Signatur;Login;Namn;Anst.nr\nEL;EL;Eva Lind;1001\n;PE;Per Ek;1002\n";
    let config = case(folder.path(), CONFIG, &[("lon.csv", PAYROLL.as_bytes()), ("sys.csv", agree)]);
    publish(&config, &folder.path().join("ut"), &[]);
}

/// A wrong sheet is answered with the sheets there are.
#[test]
fn a_wrong_sheet_lists_the_right_ones() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().set_name("Konton").unwrap().write(0, 0, "Konto-ID").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let config = format!("{CONFIG}sheet = \"Användare\"\n");
    let said = refused(&config, PAYROLL.as_bytes(), &bytes);
    assert_says(&said, &["sys.csv: bladet \"Användare\" finns inte", "Blad i filen: \"Konton\""]);
}

/// Files that are no tables, damaged or empty are refused in words.
#[test]
fn files_that_are_no_tables_are_refused() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().write(0, 0, "Konto-ID").unwrap();
    let xlsx = workbook.save_to_buffer().unwrap();
    let mut flipped = xlsx.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0xFF;
    let cases: [(&[u8], &str); 11] = [
        (b"", "filen är tom"),
        (b"%PDF-1.7 ...", "filen är en PDF"),
        (b"<html><body>", "XML eller HTML"),
        (&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "skadad"),
        (&xlsx[..xlsx.len() / 2], "skadad"),
        (&flipped, "skadad"),
        (b"\x00\x01\x02\x03\x00\x00\x05", "inte en textfil"),
        (
            b"Konto-ID;Namn\na1;Eva Lind\na2;Bo Ek\n\nNamn;Konto-ID;Status\nPer Ek;b2;Aktiv\n",
            "rad 5 börjar en annan tabell",
        ),
        (
            b"Konto-ID;Namn;Anst.nr\na1;Eva Lind;1001\n\nNamn;Konto-ID;Status\nPer Ek;b2;Aktiv\n",
            "rad 4 börjar en annan tabell",
        ),
        (b"bara,lite\ntext,utan\nrubriker,alls\n", "ingen rubrikrad känns igen"),
        (b"Konto-ID;Namn\nBj\x94rn;x\nM\x84rta;y\nH\x86kan;z\nS\x9bren;q\n", "DOS-kodning"),
    ];
    for (bytes, words) in cases {
        assert_says(&refused(CONFIG, PAYROLL.as_bytes(), bytes), &["sys.csv", words]);
    }
}

/// An export without a single account, and a payroll without anyone employed, stop the run.
#[test]
fn nothing_to_review_stops_the_run() {
    let said = refused(CONFIG, PAYROLL.as_bytes(), b"Konto-ID;Namn\n");
    assert_says(&said, &["sys.csv: exporten innehåller inget konto"]);
    let everyone_left = PAYROLL.replace("2015-01-01;\n", "2015-01-01;2020-01-01\n");
    let said = refused(CONFIG, everyone_left.as_bytes(), EXPORT.as_bytes());
    assert_says(&said, &["lon.csv", "ingen av registrets 2 personer är anställd", "--accept-incomplete"]);
}

/// With a reason an incomplete payroll is accepted, and the reason stands in every workbook.
#[test]
fn an_accepted_incomplete_input_is_said_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let everyone_left = PAYROLL.replace("2015-01-01;\n", "2015-01-01;2020-01-01\n");
    let files: [(&str, &[u8]); 2] = [("lon.csv", everyone_left.as_bytes()), ("sys.csv", EXPORT.as_bytes())];
    let config = case(folder.path(), CONFIG, &files);
    let run = publish(&config, &folder.path().join("ut"), &["--accept-incomplete", "Avvecklat bolag"]);
    assert_eq!(manifest(&run)["accepted_incomplete"], "Avvecklat bolag");
    for book in ["agare/sys.xlsx", "sammanstallning.xlsx"] {
        use calamine::Reader;
        let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(run.join(book)).unwrap();
        let basis = workbook.worksheet_range("Underlag").unwrap();
        assert!(basis.cells().any(|(.., cell)| *cell == *"Avvecklat bolag"), "{book}");
    }
}

/// One broken export holds up none of the others: it is said on standard error and becomes a finding.
#[test]
fn one_broken_export_holds_up_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let config = format!("{CONFIG}[[system]]\nid = \"trasig\"\nfile = \"trasig.csv\"\n");
    let files: [(&str, &[u8]); 3] =
        [("lon.csv", PAYROLL.as_bytes()), ("sys.csv", EXPORT.as_bytes()), ("trasig.csv", b"%PDF-1.4")];
    let config = case(folder.path(), &config, &files);
    let ran = run_with(&["run", config.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_says(&ran.err, &["trasig.csv: filen är en PDF"]);
    let run = folder.path().join("resultat/2026-11-30");
    assert_eq!(common::keys_of(&run, "source-missing"), ["source-missing/trasig"]);
    assert!(run.join("agare/sys.xlsx").exists() && !run.join("agare/trasig.xlsx").exists());
}

/// Rows that cannot be used are listed with number and reason; the rest is used, and the sum ties.
#[test]
fn bad_rows_are_listed_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Löneregister\n\nAnst.nr;Personnummer;Namn;Anställd t.o.m.\n1001;;Eva Lind;\n;1,98501E+11;Bo Ek;\n1003;;;\n1004;;Siv Alm;snart\n1005;;Ulf Ö\n\n1006;;Kim Å;;x\n1007;;Ida By;2026-01-31\nSumma;7;;\n";
    let export = "Konto-ID;Namn;Anst.nr;Status\nevalin01;Eva Lind;1001;Aktiv\n;Ida By;1007;Aktiv\nevalin01;Eva Lind;1001;Aktiv\nevalin01;Ida By;1007;Aktiv\nidaby01;\"Ida;By\";1007;Aktiv\n";
    let config = case(folder.path(), CONFIG, &[("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())]);
    let run = publish(&config, &folder.path().join("ut"), &[]);
    let manifest = manifest(&run);
    let rows = |at: usize| manifest["inputs"][at]["rows"].clone();
    assert_eq!(
        rows(0),
        serde_json::json!({"in_file": 12, "header": 1, "preamble": 1, "blank": 2, "total_rows": 1, "rejected": 4, "folded": 0, "records": 3})
    );
    assert_eq!(
        rows(1),
        serde_json::json!({"in_file": 6, "header": 1, "preamble": 0, "blank": 0, "total_rows": 0, "rejected": 1, "folded": 1, "records": 3})
    );
    use calamine::Reader;
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(run.join("sammanstallning.xlsx")).unwrap();
    let sheet = workbook.worksheet_range("Kontrollens tillförlitlighet").unwrap();
    let text: Vec<String> = sheet.rows().map(|row| format!("{} {}", row[0], row[1])).collect();
    for words in [
        "lon.csv, rad 5 Personnumret har förstörts av Excel",
        "lon.csv, rad 6 Namn saknas",
        "lon.csv, rad 8 Färre fält än rubrikraden",
        "lon.csv, rad 10 Fler fält än rubrikraden",
        "sys.csv, rad 3 Kontonamn saknas",
    ] {
        assert!(text.iter().any(|line| line.starts_with(words)), "{words}\n{}", text.join("\n"));
    }
}

/// Slashed dates that can be read in two ways are refused, and settled by a single one that cannot.
#[test]
fn ambiguous_dates_are_not_guessed() {
    let export = |dates: [&str; 2]| {
        format!("Konto-ID;Namn;Anst.nr;Senast inloggad\na;Eva Lind;1001;{}\nb;Per Ek;1002;{}\n", dates[0], dates[1])
    };
    let said = refused(CONFIG, PAYROLL.as_bytes(), export(["3/4/2026", "5/6/2026"]).as_bytes());
    assert_says(&said, &["\"Senast inloggad\"", "kan läsas på två sätt"]);
    let folder = tempfile::tempdir().unwrap();
    let export = export(["3/4/2026", "3/25/2026"]);
    let config = case(folder.path(), CONFIG, &[("lon.csv", PAYROLL.as_bytes()), ("sys.csv", export.as_bytes())]);
    let run = publish(&config, &folder.path().join("ut"), &[]);
    let dormant = lines(&run, "findings.jsonl").into_iter().find(|f| f["key"] == "dormant/sys/a").unwrap();
    assert_eq!(dormant["facts"]["last_login"], "2026-03-04");
}

/// The workbook with every saved result of a formula taken out, as report generators leave it.
fn without_results(bytes: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut into = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name.ends_with("sheet1.xml") {
            content = String::from_utf8(content).unwrap().replace("</f><v>0</v>", "</f>").into_bytes();
        }
        into.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        into.write_all(&content).unwrap();
    }
    into.finish().unwrap().into_inner()
}

/// A formula whose result was never saved is not read as a blank.
#[test]
fn formulas_without_results_are_refused() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (head, column) in ["Konto-ID", "Namn", "Anst.nr"].iter().zip(0u16..) {
        sheet.write(0, column, *head).unwrap();
    }
    sheet.write(1, 0, "evalin01").unwrap();
    sheet.write_formula(1, 2, "=1000+1").unwrap();
    let bytes = without_results(&workbook.save_to_buffer().unwrap());
    let said = refused(CONFIG, PAYROLL.as_bytes(), &bytes);
    assert_says(&said, &["sys.csv", "formler vars resultat inte är sparade"]);
}

/// An output that cannot be written stops the run before any work, with the way out.
#[test]
fn an_output_that_cannot_be_written_is_refused_first() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("fil"), "x").unwrap();
    let config = case(folder.path(), CONFIG, &[("lon.csv", PAYROLL.as_bytes()), ("sys.csv", EXPORT.as_bytes())]);
    let output = folder.path().join("fil/ut");
    let ran = run_with(&["run", config.to_str().unwrap(), "--output", output.to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert_says(&ran.err, &["kan inte skrivas", "--output"]);
}

/// English is spoken where it is asked for.
#[test]
fn messages_are_in_english_on_request() {
    let ran = run_with(&["run", "/finns/inte/samkor.toml", "--language", "en"]);
    assert_says(&ran.err, &["the file does not exist"]);
}

/// A pipe is never waited for, be it configuration or input, and a configuration without end is not read to its end.
#[cfg(unix)]
#[test]
fn pipes_and_devices_are_no_inputs() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = |name: &str| {
        let path = folder.path().join(name);
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        path
    };
    let config = case(folder.path(), CONFIG, &[("sys.csv", EXPORT.as_bytes())]);
    pipe("lon.csv");
    let ran = run_with(&["run", config.to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert_says(&ran.err, &["lon.csv: det är en pipe eller en enhet, inte en fil", "Spara innehållet i en fil"]);
    let config = pipe("pipe.toml");
    for config in [config.to_str().unwrap(), "/dev/zero"] {
        let ran = run_with(&["run", config]);
        assert_eq!(ran.code, 2);
        assert_says(&ran.err, &[config, "det är en pipe eller en enhet"]);
    }
    let large = folder.path().join("stor.toml");
    fs::write(&large, " ".repeat(17 * 1024 * 1024)).unwrap();
    assert_says(&run_with(&["run", large.to_str().unwrap()]).err, &["stor.toml: filen är för stor"]);
}

/// A file that is no log is never logged in: an input named by mistake stays as it was. A log is added to.
#[test]
fn an_input_is_no_log() {
    let folder = tempfile::tempdir().unwrap();
    let config = case(folder.path(), CONFIG, &[("lon.csv", PAYROLL.as_bytes()), ("sys.csv", EXPORT.as_bytes())]);
    let log_in = |name: &str| {
        let log = folder.path().join(name);
        (run_with(&["check", config.to_str().unwrap(), "--log-file", log.to_str().unwrap()]), log)
    };
    for (name, content) in [("lon.csv", PAYROLL), ("samkor.toml", CONFIG)] {
        let (ran, log) = log_in(name);
        assert_eq!(ran.code, 2);
        assert_says(&ran.err, &[name, "--log-file: filen är ingen logg från samkor", "Ange en fil som inte finns"]);
        assert_eq!(fs::read_to_string(log).unwrap(), content);
    }
    let sizes = [0, 1].map(|_| {
        let (ran, log) = log_in("samkor.log");
        assert!(ran.code < 2, "{}", ran.err);
        fs::metadata(log).unwrap().len()
    });
    assert!(0 < sizes[0] && sizes[0] < sizes[1], "{sizes:?}");
}

/// A time that no calendar or workbook holds is refused, not passed over for the clock, and panics nowhere.
#[test]
fn a_fixed_time_must_be_one() {
    let folder = tempfile::tempdir().unwrap();
    let config = case(folder.path(), CONFIG, &[("lon.csv", PAYROLL.as_bytes()), ("sys.csv", EXPORT.as_bytes())]);
    for time in ["8210266876799", "9223372036854775807", "-1", "igår", "1796083200.5"] {
        let mut command = common::samkor();
        let output = command.env("SOURCE_DATE_EPOCH", time).args(["run", config.to_str().unwrap()]).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{time}: {told}");
        assert_says(&told, &["SOURCE_DATE_EPOCH är ingen tid", time]);
    }
    for day in ["+262000-01-01", "0000-01-01"] {
        assert_eq!(run_with(&["run", config.to_str().unwrap(), "--as-of", day]).code, 2, "{day}");
    }
}
