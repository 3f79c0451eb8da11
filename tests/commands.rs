//! The commands beside `run`: what they print and how they end.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{case, fixture, run_with, samkor, tree};

/// `check` tells how each input is read, its keys and what asks for attention, and writes nothing.
#[test]
fn check_tells_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Namn;Anställd t.o.m.\n1001;Eva Lind;\n1002;;\n1003;Per Ek;2026-01-31\n";
    let export = "Konto-ID;Namn;Anst.nr;Status\nevalin01;Eva Lind;1001;Vilande\n";
    let config =
        "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"sys\"\nfile = \"sys.csv\"\n";
    let files: [(&str, &[u8]); 2] = [("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())];
    let config = case(folder.path(), config, &files);
    let before = tree(folder.path());
    let ran = run_with(&["check", config.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    for words in [
        "lon.csv: personalregister; CSV, UTF-8; 4 rader, 2 poster, 1 ej användbar; anställningsnummer 100 %",
        "sys.csv: sys; CSV, UTF-8; 2 rader, 1 post; anställningsnummer 100 %; innehavare till 1 av 1, konto åt 1 av 1 anställda",
        "rad 3: Namn saknas",
        "kolumnen \"Status\": 1 av 1 värden kunde inte tolkas: \"Vilande\" 1.\n      → active = [\"Vilande\"]  # under [[system]] id = \
         \"sys\", [system.status], om kontot då är öppet\n      → closed = [\"Vilande\"]  # under ",
        "Ingen systemägare är angiven. Listan behöver en mottagare.\n      → owner = \"IT-chef\"  # under [[system]] id = \"sys\"\n",
    ] {
        assert!(ran.out.contains(words), "{words}\n{}", ran.out);
    }
    assert_eq!(ran.out.matches("Vilande").count(), 1 + 2, "{}", ran.out);
    let details = run_with(&["check", "-v", config.to_str().unwrap()]).out;
    assert!(details.contains("kolumner: employee_number = \"Anst.nr\""), "{details}");
    assert!(details.contains("värden förstås inte: \"Vilande\" 1; rad 2"), "the row is told with the file: {details}");
    assert_eq!(tree(folder.path()), before);
}

/// A file that could not be read is told once, with its name and what mends it, and nothing beside it.
#[test]
fn check_tells_an_unread_file_once() {
    let folder = tempfile::tempdir().unwrap();
    let config = "[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"sys\"\nfile = \"sys.csv\"\n\
                  [[system]]\nid = \"bygg\"\nname = \"Bygglov\"\nfile = \"bygg.csv\"\n[[system]]\nid = \"vakant\"\n";
    let payroll = "Anst.nr;Namn;Anställd t.o.m.\n1001;Eva Lind;\n1003;Per Ek;2026-01-31\n";
    let files: [(&str, &[u8]); 2] =
        [("lon.csv", payroll.as_bytes()), ("sys.csv", "Konto-ID;Namn\nevalin01;Eva Lind\n".as_bytes())];
    let ran = run_with(&["check", case(folder.path(), config, &files).to_str().unwrap()]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{}", ran.out);
    assert_eq!(ran.out.matches("bygg.csv: filen finns inte").count(), 1, "{}", ran.out);
    assert!(ran.out.contains("      Att göra: Sökvägen räknas från konfigurationens mapp: "), "{}", ran.out);
    assert_eq!(ran.out.matches("ingen export är levererad").count(), 1, "{}", ran.out);
}

/// A list given in place of the configuration is told to be none, and nothing that stands in it is repeated.
#[test]
fn a_list_is_no_configuration() {
    let payroll = fixture("format/lon.csv");
    let ran = run_with(&["check", payroll.to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("lon.csv: filen är ingen konfiguration\n    Ange samkor.toml."), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 2, "{}", ran.err);
    let folder = run_with(&["check", fixture("exempelkommunen").to_str().unwrap()]).err;
    assert!(folder.contains("det är en mapp, inte en fil") && folder.contains("samkor.toml?"), "{folder}");
}

/// A score is told in words, in the language that is asked for.
#[test]
fn a_score_is_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("prova");
    let place = place.to_str().unwrap();
    let made = run_with(&["demo", place, "--kind", "small", "--language", "en"]);
    assert!(made.out.contains("250 people") && made.out.contains("Right answers: "), "{}{}", made.out, made.err);
    let run = common::publish(&folder.path().join("prova/samkor.toml"), &folder.path().join("prova/resultat"), &[]);
    let score = |more: &[&str]| {
        let arguments = ["demo", "--score", run.to_str().unwrap()];
        run_with(&[&arguments, more].concat()).out
    };
    let told = score(&[]);
    for words in
        ["Mätt mot facit: ", "kopplingar är rätt", "gick förbi i tysthet", "Svårighet", "felskrivet", "från 0,999"]
    {
        assert!(told.contains(words), "{words}\n{told}");
    }
    let english = score(&["--language", "en"]);
    for words in
        ["Measured against the right answers: ", "went by in silence", "Difficulty", "slip in the", "from 0.999"]
    {
        assert!(english.contains(words), "{words}\n{english}");
    }
}

/// A check of a municipality with every kind of fault fits in two screens, and nothing that is to be done is said twice.
#[test]
fn a_check_is_short() {
    let config = fixture("exempelkommunen/samkor.toml");
    let told = run_with(&["check", config.to_str().unwrap()]).out;
    assert!(told.lines().count() <= 75, "{told}");
    let mut said: Vec<&str> =
        told.lines().filter(|line| line.starts_with("      → ") || line.starts_with("      Att göra: ")).collect();
    let all = said.len();
    said.sort_unstable();
    said.dedup();
    assert_eq!(said.len(), all, "{told}");
}

/// Progress is for a terminal: a scheduled run and a log get none of it, and the log its phases.
#[test]
fn progress_is_shown_on_a_terminal_only() {
    let folder = tempfile::tempdir().unwrap();
    let (config, output, log) =
        (fixture("exempelkommunen/samkor.toml"), folder.path().join("ut"), folder.path().join("logg.txt"));
    let [config, output, log] = [&config, &output, &log].map(|path| path.to_str().unwrap());
    let ran = run_with(&["run", config, "--output", output, "--log-file", log]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for word in ["Läser", "Skriver", "kvar", "\u{1b}"] {
        assert!(!ran.err.contains(word) && !ran.out.contains(word), "{word}: {}{}", ran.out, ran.err);
    }
    let logged = std::fs::read_to_string(log).unwrap();
    assert_eq!(logged.matches("Reading payroll and exports").count(), 1, "{logged}");
    assert_eq!(logged.matches("Writing the workbooks").count(), 1, "{logged}");
}

/// `check` under its Swedish name ends with 0 where nothing asks for attention, and with 2 where a run would stop.
#[test]
fn check_ends_as_a_run_would() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = "Anst.nr;Namn;Anställd t.o.m.\n1001;Eva Lind;\n1003;Per Ek;2026-01-31\n";
    let export = "Konto-ID;Namn;Anst.nr;Status\nevalin01;Eva Lind;1001;Aktiv\n";
    let text = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\nno_protected_column = \"Skyddade är inte med\"\n[payroll.columns]\nemployment_form = \"\"\n[[system]]\nid = \"sys\"\nfile = \"sys.csv\"\nowner = \"IT-chef\"\n";
    let files: [(&str, &[u8]); 2] = [("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())];
    let config = case(folder.path(), text, &files);
    let healthy = run_with(&["kontrollera", config.to_str().unwrap()]);
    assert_eq!(healthy.code, 0);
    assert!(healthy.out.contains("\nInget att rätta.") && healthy.out.lines().count() < 20, "{}", healthy.out);
    let config = case(folder.path(), &text.replace("lon.csv", "borta.csv"), &[]);
    assert_eq!(run_with(&["check", config.to_str().unwrap()]).code, 2);
}

/// `inspect` names format, header, columns and what is never read, shows form without content, and gives the
/// lines to paste.
#[test]
fn inspect_shows_how_a_file_is_read() {
    let file = fixture("exempelkommunen/indata/lon.csv");
    let ran = run_with(&["inspect", file.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for words in [
        "CSV, UTF-8; 412 rader",
        "tolkas som: personalregister",
        "rubriker på rad 4",
        "personal_number = \"Personnummer\"",
        "läses aldrig in: Månadslön",
        "000000 | 00000000-0000 |",
        "[payroll.columns]",
        "delimiter = \";\"",
    ] {
        assert!(ran.out.contains(words), "{words}\n{}", ran.out);
    }
    assert!(!ran.out.contains("Lind") && !ran.out.contains("Andersson"), "{}", ran.out);
}

/// What `inspect` says to paste is accepted, and read to the same result.
#[test]
fn what_inspect_gives_can_be_pasted() {
    let file = fixture("format/konton.ods");
    let ran = run_with(&["visa-fil", file.to_str().unwrap()]);
    let pasted = ran.out.split("samkor.toml och ändra:").nth(1).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let payroll = fixture("format/lon.csv");
    let text = format!(
        "[review]\nas_of = 2026-11-30\n[payroll]\nfile = {:?}\n[[system]]\nid = \"ods\"\nowner = \"IT-chef\"\n{pasted}",
        payroll.to_str().unwrap()
    );
    let config = case(folder.path(), &text, &[]);
    let run = common::publish(&config, &folder.path().join("ut"), &[]);
    assert_eq!(common::lines(&run, "accounts.jsonl").len(), 3);
}

/// `inspect --csv` writes the table as it was read: header first, short rows padded to it, long ones as long
/// as they are, quotes undone.
#[test]
fn inspect_writes_the_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rader.txt");
    std::fs::write(&path, "Titel\r\n\r\nKonto-ID;Namn;Roll\r\na;\"Lind; Eva\"\r\nb;\"x\"\"y\";z;extra\r\n").unwrap();
    let ran = run_with(&["inspect", "--csv", path.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out, "Konto-ID,Namn,Roll\na,Lind; Eva,\nb,\"x\"\"y\",z,extra\n");
    let workbook = run_with(&["inspect", "--csv", fixture("format/konton.xls").to_str().unwrap()]);
    let first: Vec<&str> = workbook.out.lines().take(2).collect();
    assert_eq!(first[0], "Användar-ID,Namn,Personnummer,Anst.nr,Aktiv,Senast inloggad,Roll");
    assert_eq!(first[1], "evalin01,Eva Lind,198501012382,0042,TRUE,2026-11-20 08:15:00,Läsare");
}

/// What a workbook shows of a number is written, but a day that is told in full has its year first; and what was encoded
/// twice before it was put in a cell is read as it was, which is said.
#[test]
fn inspect_writes_what_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bok.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["FÃ¶rnamn", "Tal", "Visat", "Rätt"]).unwrap();
    let cells = [
        (12_345.0, "0.00E+00"),
        (0.5, "# ?/?"),
        (46_085.629_259, "d/m/yyyy h:mm"),
        (46_085.0, "mmm-yy"),
        (0.25, "h:mm"),
    ];
    for (row, (number, code)) in (1u32..).zip(cells) {
        sheet.write_string(row, 0, code).unwrap();
        sheet.write_number(row, 1, number).unwrap();
        sheet.write_number_with_format(row, 2, number, &rust_xlsxwriter::Format::new().set_num_format(code)).unwrap();
        sheet.write_boolean(row, 3, true).unwrap();
    }
    book.save(&path).unwrap();
    let ran = run_with(&["inspect", "--csv", path.to_str().unwrap()]);
    let shown: Vec<Vec<&str>> = ran.out.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(shown[0], ["Förnamn", "Tal", "Visat", "Rätt"]);
    let texts: Vec<&str> = shown[1..].iter().map(|cells| cells[2].trim()).collect();
    assert_eq!(texts, ["1.23E+04", "1/2", "2026-03-04 15:06:08", "Mar-26", "6:00"]);
    assert!(shown[1..].iter().all(|cells| cells[3] == "TRUE"));
    assert!(ran.err.contains("kodade två gånger"), "{}", ran.err);
}

/// Known words in a row of data hide nothing above it, and a header of two rows is joined by column.
#[test]
fn inspect_writes_every_row() {
    let folder = tempfile::tempdir().unwrap();
    let written = |text: &str| {
        let path = folder.path().join("rader.csv");
        std::fs::write(&path, text).unwrap();
        run_with(&["inspect", "--csv", path.to_str().unwrap()])
    };
    let ran = written("Grp,Val,X1,X2\n1,2,3,4\nMAIL,Notes,name,5\n6,7,8,9\n");
    assert_eq!(ran.out, "Grp,Val,X1,X2\n1,2,3,4\nMAIL,Notes,name,5\n6,7,8,9\n");
    let ran = written("Rapport,,,\nOrt,Resa,,Summa\n,Tåg,Bil,\nUmeå,1,2,3\n");
    assert_eq!(ran.out, "Ort,Resa Tåg,Resa Bil,Summa\nUmeå,1,2,3\n");
    let ran = written("Ort,Resa,Summa\nUmeå,1,2\nOrt,Resa,Summa\nLund,3,4\nOrt,Resa,Summa,Mer\nVara,5,6,7\n");
    assert_eq!(ran.out, "Ort,Resa,Summa\nUmeå,1,2\nLund,3,4\n");
    assert!(ran.err.contains("på rad 5 börjar en tabell med en annan rubrikrad"), "{}", ran.err);
    let ran = written("x,x,x\nx,x,x\nx,x,x\n");
    assert_eq!(ran.out, "x,x,x\nx,x,x\nx,x,x\n");
    let ran = written("0,0,0,0\n0,0,0,1\n0,0,0,0\n");
    assert_eq!(ran.out, "0,0,0,0\n0,0,0,1\n0,0,0,0\n");
    let ran = written("");
    assert!(ran.code == 0 && ran.out.is_empty() && ran.err.contains("filen är tom"), "{}", ran.err);
}

/// Every visible sheet with a table is named, can be chosen, and is written to a folder.
#[test]
fn inspect_writes_every_sheet() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bok.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, cells) in [("Ett", [["A", "B"], ["1", "2"]]), ("Två-2", [["C", "D"], ["3", "4"]])] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0u32..).zip(cells) {
            sheet.write_row(row, 0, cells).unwrap();
        }
    }
    book.save(&path).unwrap();
    let path = path.to_str().unwrap();
    let ran = run_with(&["inspect", "--csv", path]);
    assert_eq!(ran.out, "A,B\n1,2\n");
    assert!(ran.err.contains("bladet \"Två-2\" har också en tabell (2 rader)"), "{}", ran.err);
    assert_eq!(run_with(&["inspect", "--csv", "--sheet", "Två-2", path]).out, "C,D\n3,4\n");
    let missing = run_with(&["inspect", "--csv", "--sheet", "Tre", path]);
    assert!(missing.code == 2 && missing.err.contains("Blad i filen"), "{}", missing.err);
    let into = folder.path().join("ut");
    assert_eq!(run_with(&["inspect", "--csv", "--to", into.to_str().unwrap(), path]).code, 0);
    assert_eq!(std::fs::read_to_string(into.join("bok - Två-2.csv")).unwrap(), "C,D\n3,4\n");
}

/// Any table is shown with the kinds of its values and no content, also where it is nothing that samkor knows; what is
/// missing for it to be something is said after, also for what it is stated to be.
#[test]
fn inspect_shows_any_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mätning.csv");
    std::fs::write(&path, "Plats;Dag;Nivå\nUmeå;2026-01-02;3,5\nLund;2026-01-03;4,25\n").unwrap();
    let ran = run_with(&["inspect", path.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for part in
        ["rubriker på rad 1; 2 rader, 3 kolumner", "1. Plats", "2 datum", "2 tal", "Xxxx", "ingen rubrikrad känns igen"]
    {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    assert!(!ran.out.contains("Umeå"), "{}", ran.out);
    let ran = run_with(&["inspect", "--as", "payroll", path.to_str().unwrap()]);
    assert!(ran.out.contains("personalregister"), "{}", ran.out);
}

/// A file that cannot be read is said and holds up no other.
#[test]
fn inspect_goes_on_past_a_bad_file() {
    let good = fixture("format/lon.csv");
    let ran = run_with(&["inspect", "/finns/inte.csv", good.to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("/finns/inte.csv: filen finns inte"), "{}", ran.err);
    assert!(ran.out.contains("tolkas som: personalregister"), "{}", ran.out);
}

/// `demo` writes a municipality that `run` accepts, the same for the same seed, and overwrites nothing.
#[test]
fn demo_writes_what_run_accepts() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("a"), folder.path().join("b"));
    for place in [&one, &two] {
        let ran = run_with(&["demo", place.to_str().unwrap(), "--employees", "60", "--seed", "5"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    assert!(tree(&one) == tree(&two));
    common::publish(&one.join("samkor.toml"), &folder.path().join("ut"), &[]);
    assert_eq!(run_with(&["demo", one.to_str().unwrap()]).code, 2);
}

/// The committed municipality is the one that `demo` writes.
#[test]
fn the_fixture_is_what_demo_writes() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("kommun");
    assert_eq!(run_with(&["demo", place.to_str().unwrap()]).code, 0);
    let mut committed = tree(&fixture("exempelkommunen"));
    committed.retain(|name, _| !name.starts_with("resultat"));
    let written = tree(&place);
    assert_eq!(committed.keys().collect::<Vec<_>>(), written.keys().collect::<Vec<_>>());
    for (name, bytes) in written {
        assert!(committed[&name] == bytes, "{name} differs; write the fixture again with samkor demo");
    }
}

/// The end of last month is counted from today, over ends of years and in leap years, in both languages.
#[test]
fn the_end_of_last_month_is_counted_from_today() {
    let folder = tempfile::tempdir().unwrap();
    let config = case(
        folder.path(),
        "[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"sys\"\nfile = \"sys.csv\"\n",
        &[
            ("lon.csv", b"Anst.nr;Namn\n1001;Eva Lind\n"),
            ("sys.csv", b"Konto-ID;Namn;Anst.nr\nevalin01;Eva Lind;1001\n"),
        ],
    );
    for (seconds, word, as_of) in [
        ("1796083200", "last-month-end", "2026-11-30"),      // 2026-12-01
        ("1798761600", "förra-månadsskiftet", "2026-12-31"), // 2027-01-01
        ("1837944000", "forra-manadsskiftet", "2028-02-29"), // 2028-03-29
        ("1838073600", "fo\u{308}rra-ma\u{30a}nadsskiftet", "2028-02-29"), // 2028-03-31, å and ö in two signs
    ] {
        let output = folder.path().join(seconds);
        let mut command = samkor();
        command.env("SOURCE_DATE_EPOCH", seconds).arg("run").arg(&config).args(["--as-of", word, "--output"]);
        let ran = command.arg(&output).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        assert_eq!(common::manifest(&output.join(as_of))["arguments"]["as-of"], as_of);
    }
    let ran = run_with(&["run", config.to_str().unwrap(), "--as-of", "next-month-end"]);
    assert!(ran.code == 2 && ran.err.contains("2026-11-30 eller förra-månadsskiftet (last-month-end)"), "{}", ran.err);
}

/// A run that reads what the run before read says so, in the run's language and in the log, and says nothing of a first
/// run, of one with a new extract, or where it is asked to be quiet.
#[test]
fn a_run_of_the_same_extracts_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let accounts: &[u8] = b"Konto-ID;Namn;Anst.nr\nevalin01;Eva Lind;1001\n";
    let config = case(
        folder.path(),
        "[payroll]\nfile = \"lon.csv\"\n[[system]]\nid = \"sys\"\nfile = \"sys.csv\"\n",
        &[("lon.csv", b"Anst.nr;Namn\n1001;Eva Lind\n"), ("sys.csv", accounts)],
    );
    let log = folder.path().join("samkor.log");
    let run = |more: &[&str]| {
        let ran = run_with(&[&["run", config.to_str().unwrap(), "--log-file", log.to_str().unwrap()], more].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.err
    };
    assert_eq!(run(&["--as-of", "2026-10-31"]), "");
    let again = run(&["--as-of", "2026-11-30"]);
    assert!(again.contains("samma innehåll som i körningen 2026-10-31. Inga nya uttag"), "{again}");
    let english = run(&["--as-of", "2026-11-30", "--language", "en"]);
    assert!(english.contains("the same as in the run 2026-11-30."), "{english}");
    assert_eq!(run(&["--as-of", "2026-11-30", "-q"]), "");
    assert_eq!(std::fs::read_to_string(&log).unwrap().matches("No new extracts were read").count(), 3);
    std::fs::write(folder.path().join("sys.csv"), [accounts, b"perekd01;Per Ekdal;\n"].concat()).unwrap();
    assert_eq!(run(&["--as-of", "2026-12-01"]), "");
}
