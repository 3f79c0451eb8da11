//! What those read who never see the configuration holds no word of a program: no key, no table, no rule's id.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use calamine::Reader;
use common::{case, fixture, publish, run_with, tree};
use regex::Regex;
use std::fs;
use std::path::{Path, PathBuf};

/// Words that are told by no form; the last is English for what there is not.
const WORDS: &[&str] = &["log2", "posterior", "toml", "null", "json", "utf-8", "unwrap", "nan", "inf", "none"];

/// Sheets for those who look behind: what was read, and how. The last is hidden.
const BEHIND: [&str; 3] = ["Underlag", "Basis", "_samkor"];

/// Between these headings the controller is told the very lines.
const LINES: [&str; 2] = ["Att ändra i konfigurationen", "Konfigurationens text"];

/// Words of a program by their form: joined by low lines, the name of a table, a value that is set, an option of the
/// command line, and the ids of rules.
fn forms() -> Regex {
    let rules = run_with(&["rules"]).out;
    let is_id = |word: &&str| word.contains('-') && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let ids: Vec<&str> = rules.lines().filter_map(|line| line.split_whitespace().next()).filter(is_id).collect();
    assert!(ids.len() > 40, "{rules}");
    Regex::new(&format!(
        r#"\b[a-z][a-z0-9]*(_[a-z0-9]+)+\b|\[\[?[a-z_.]+\]\]?|\b[a-z_]+ = (["\[{{0-9]|true|false)|(^| )--[a-z]+|\bSome\(|\b({})\b"#,
        ids.join("|")
    ))
    .unwrap()
}

/// Cells with a word of a program, of all sheets that anyone reads. What a file itself says (an account, a role) is
/// nobody's word but the file's, and a key that is hidden is no word.
fn told(run: &Path, words: &[&str]) -> Vec<String> {
    let (forms, of_files) = (forms(), fs::read_to_string(run.join("data/accounts.jsonl")).unwrap());
    let mark = ["[skyddad]", "[protected]"];
    let mut found = Vec::new();
    for name in tree(run).into_keys().filter(|name| name.ends_with(".xlsx")) {
        let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(run.join(&name)).unwrap();
        for sheet in workbook.sheet_names().into_iter().filter(|name| !BEHIND.contains(&name.as_str())) {
            let range = workbook.worksheet_range(&sheet).unwrap();
            let cells = range.cells().map(|(_, _, cell)| cell.to_string());
            for cell in cells {
                let is_key = cell.contains('/') && !cell.contains(' ');
                let by_form = forms.find_iter(&cell).map(|word| word.as_str());
                let mut by_form = by_form.filter(|word| !mark.contains(word) && !of_files.contains(word));
                let lower = cell.to_lowercase();
                let mut own = lower.split([' ', ',', ';', '.', '(', ')']);
                let by_word = own.find(|own| words.contains(own));
                if let Some(word) = by_form.next().or(by_word).filter(|_| !is_key) {
                    found.push(format!("{name} {sheet}: {word:?} in {cell}"));
                }
            }
        }
    }
    found
}

/// A municipality whose configuration names what no file has, whose files lack what rules need, and say what nobody can
/// read.
fn untested_municipality(folder: &Path) -> PathBuf {
    let config = "[review]\norganisation = \"Provkommunen\"\nas_of = 2026-11-30\n\
        [payroll]\nfile = \"lon.csv\"\nowner = \"HR-chef\"\n\
        [payroll.employment]\nhourly = [\"Timmis\"]\nnot_employed = [\"Fosterförälder\"]\n\
        [[register]]\nid = \"konsulter\"\nkind = \"external\"\nfile = \"konsulter.csv\"\n\
        [[system]]\nid = \"a\"\nname = \"Magra\"\nfile = \"a.csv\"\ncommittee = \"Socialnämnden\"\nowner = \"Eva Lind\"\n\
        privileged_roles = [\"*överadmin*\"]\ncompanies = [\"Bolaget\"]\ndepartments = [\"Vården\"]\nallow = [\"student\"]\n\
        login = \"c\"\n[system.status]\nactive = [\"Öppen\"]\nvalid_to_closes = true\n\
        [system.classes]\nservice = [\"jobb_*\"]\n\
        [[system.exclude]]\ncolumn = \"Grupp\"\nmatch = \"Elev\"\nreason = \"Elever\"\ndecided_by = \"IT-chef\"\n\
        [[system]]\nid = \"b\"\nname = \"Saknas\"\nfile = \"saknas.csv\"\nowner = \"IT-chef\"\ncommittee = \"Kulturnämnden\"\n\
        [[system]]\nid = \"c\"\nname = \"Okända\"\nfile = \"c.csv\"\ncommittee = \"Tekniska nämnden\"\n\
        [[system]]\nid = \"d\"\nname = \"Tomma\"\nfile = \"d.csv\"\nowner = \"Enhetschef\"\n\
        [[conflict]]\nname = \"Attest\"\na = { system = \"a\", role = \"Lägga upp\" }\nb = { system = \"b\", role = \"Attest\" }\n\
        [[conflict]]\nname = \"Utbetalning\"\na = { system = \"a\", role = \"Läsa\" }\nb = { system = \"c\", role = \"Betala\" }\n\
        [[exemption]]\nsystem = \"c\"\naccount = \"finnsinte\"\nreason = \"Larm\"\n";
    let payroll = "Anst.nr;Personnummer;Namn;Förvaltning;Befattning;Anställd t.o.m.;E-post\n\
        1001;1,98E+11;Eva Lind;Skolan;IT-chef;;\n1003;;Per Ek;Skolan;Handläggare;i våras;\n1004;;Åsa Berg;Skolan;Handläggare;;\n";
    let bare = "Konto-ID;Namn;Anst.nr;Status;Roll;Senast inloggad;Giltigt till\nevalin01;Eva Lind;1001;Vilande;Läsa;i går;\n\
        asaber01;Åsa Berg;1004;Vilande;Skriva;nyss;\nperek01;Per Ek;55;Pausad;Läsa;;\n";
    let strangers = "Konto-ID;Namn;E-post;Aktivt\nxx1;;;kanske\npetkva;Petronella Kvastö;a@b.se;nja\nludkva;Ludvika Kvastö;;\n\
        svc_natt;Nattjobb;;\n";
    let consultants = "Namn;Företag\nKim Konsult;Bolaget AB\n";
    case(
        folder,
        config,
        &[
            ("lon.csv", payroll.as_bytes()),
            ("a.csv", bare.as_bytes()),
            ("c.csv", strangers.as_bytes()),
            ("d.csv", "Konto-ID;Namn\n".as_bytes()),
            ("konsulter.csv", consultants.as_bytes()),
        ],
    )
}

/// No sheet that an owner, a committee or HR reads names a setting or a rule's id, in either language: where all is
/// well, and where most could not be tested.
#[test]
fn no_word_of_a_program_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    for (config, name) in
        [(fixture("exempelkommunen/samkor.toml"), "exempel"), (untested_municipality(folder.path()), "otestad")]
    {
        for (language, words) in [("sv", WORDS), ("en", &WORDS[..WORDS.len() - 1])] {
            let output = folder.path().join(format!("{name}-{language}"));
            let found = told(&publish(&config, &output, &["--language", language]), words);
            assert!(found.is_empty(), "{name}, {language}:\n{}", found.join("\n"));
        }
    }
}

/// What the sheets say in words, the controller still gets as lines to write: in the check, and on the
/// whole's sheet of what it rests on.
#[test]
fn the_controller_is_told_the_lines() {
    let folder = tempfile::tempdir().unwrap();
    let config = untested_municipality(folder.path());
    let checked = run_with(&["check", config.to_str().unwrap()]).out;
    let run = publish(&config, &folder.path().join("ut"), &[]);
    let lines = |book: &str| -> String {
        let rows = common::sheet(&run.join(book), "Underlag");
        let behind = rows
            .into_iter()
            .skip_while(|row| row[0] != LINES[0])
            .take_while(|row| row[0] != LINES[1])
            .map(|row| row[..2].join(" | "));
        behind.collect::<Vec<_>>().join("\n")
    };
    let whole = lines("sammanstallning.xlsx");
    for line in ["active = [\"Vilande\"]", "employment_form = \"Rubrik\""] {
        assert!(checked.contains(line), "{line}: {checked}");
        assert!(whole.contains(line), "{line}: {whole}");
    }
    assert_eq!(lines("namnd/socialnamnden.xlsx"), "", "no committee keeps the configuration");
}
