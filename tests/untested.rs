//! What a rule could not see is told as untested, and never passes for tested.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // A test may fail loudly.

mod common;

use common::{case, keys_of, manifest, publish};
use std::collections::BTreeMap;
use std::path::Path;

const CONFIG: &str = "[review]\nas_of = 2026-11-30\n[payroll]\nfile = \"lon.csv\"\nexported = 2026-11-20\n\
    [[system]]\nid = \"sys\"\nname = \"Systemet\"\nfile = \"sys.csv\"\nowner = \"IT-chef\"\nexported = 2026-11-30\n\
    companies = [\"Kommunen\"]\ndepartments = [\"Skolan\"]\n";
const PAYROLL: &str = "Anst.nr;Namn;Anställd t.o.m.;Anställningsform;Senaste arbetspass;Registreringsdatum;Närmaste chef;\
    Förvaltning;Företag;Frånvaroorsak\n1001;Eva Lind;;;;;;;;\n1002;Per Ek;2026-10-31;;;;;;;\n";
const EXPORT: &str = "Konto-ID;Namn;Anst.nr;Senast inloggad;Skapad;Roll;Giltig t.o.m.;Senaste interaktiva inloggning;\
    Lösenordet upphör aldrig;adminCount\nevalin01;Eva Lind;1001;;;;;;;\n";

fn run(folder: &Path, config: &str, files: &[(&str, &[u8])]) -> std::path::PathBuf {
    publish(&case(folder, config, files), &folder.join("ut"), &[])
}

/// Rules that were untested, with why, of a system or of payroll.
fn untested(run: &Path, of: &str) -> BTreeMap<String, String> {
    let manifest = manifest(run);
    let rules = manifest["untested"][of].as_object().cloned().unwrap_or_default();
    rules.into_iter().map(|(rule, why)| (rule, why.as_str().unwrap().to_owned())).collect()
}

/// A column that no row fills tells no more than none: every rule that needs it is untested and says so.
#[test]
fn an_empty_column_is_no_column() {
    let folder = tempfile::tempdir().unwrap();
    let run = run(folder.path(), CONFIG, &[("lon.csv", PAYROLL.as_bytes()), ("sys.csv", EXPORT.as_bytes())]);
    let (system, payroll) = (untested(&run, "sys"), untested(&run, "payroll"));
    for rule in [
        "never-used",
        "dormant",
        "rehired-old-account",
        "service-login",
        "hourly-idle",
        "expired-yet-enabled",
        "disabled-with-access",
        "outside-department",
        "outside-company",
        "password-never-expires",
    ] {
        assert_eq!(system.get(rule).map(String::as_str), Some("kolumnen som behövs är tom på alla rader"), "{rule}");
    }
    assert!(system["on-leave"].contains("på någon rad"), "{}", system["on-leave"]);
    assert!(system["privileged-everyday"].contains("varken exporten"), "{}", system["privileged-everyday"]);
    for rule in ["late-termination", "manager-left"] {
        assert_eq!(payroll[rule], "kolumnen som behövs är tom på alla rader", "{rule}");
    }
    assert_eq!(keys_of(&run, "no-form-column"), ["no-form-column"]);
    assert!(!system.contains_key("leaver-active"));
}

/// One value is enough for the column to be there.
#[test]
fn one_value_makes_a_column() {
    let payroll = PAYROLL
        .replace("1001;Eva Lind;;;;;;;;", "1001;Eva Lind;;Timavlönad;2026-11-01;2026-01-01;1002;Skolan;Kommunen;");
    let export = EXPORT.replace("1001;;;;;;;", "1001;2026-11-01;2020-01-01;Läsa;2027-01-01;2026-11-01;Nej;0");
    let folder = tempfile::tempdir().unwrap();
    let run = run(folder.path(), CONFIG, &[("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())]);
    let told: Vec<String> =
        untested(&run, "sys").into_values().chain(untested(&run, "payroll").into_values()).collect();
    assert!(!told.iter().any(|why| why.contains("tom på alla rader")), "{told:?}");
    assert!(keys_of(&run, "no-form-column").is_empty());
}

/// Accounts of strangers that payroll was extracted too early for are counted as untested.
#[test]
fn accounts_newer_than_payroll_are_told() {
    let export = "Konto-ID;Namn;Anst.nr;Skapad\nevalin01;Eva Lind;1001;2020-01-01\nidanys;Ida Nyström;;2026-11-25\n";
    let folder = tempfile::tempdir().unwrap();
    let run = run(folder.path(), CONFIG, &[("lon.csv", PAYROLL.as_bytes()), ("sys.csv", export.as_bytes())]);
    let why = &untested(&run, "sys")["not-in-payroll"];
    assert_eq!(why, "1 konto skapades efter personalregistrets uttag 2026-11-20; sådana prövas inte");
    assert!(keys_of(&run, "not-in-payroll").is_empty());
}

/// A pair of roles whose other system was not delivered is untested, alone and beside a pair that can be tested.
#[test]
fn a_pair_without_its_other_system_is_untested() {
    let pair = |name: &str, other: &str, role: &str| {
        format!(
            "[[conflict]]\nname = \"{name}\"\na = {{ system = \"sys\", role = \"Läsa\" }}\n\
             b = {{ system = \"{other}\", role = \"{role}\" }}\n"
        )
    };
    let gone = "[[system]]\nid = \"b\"\nfile = \"b.csv\"\nowner = \"IT-chef\"\n";
    let export = "Konto-ID;Namn;Anst.nr;Roll\nevalin01;Eva Lind;1001;Läsa|Skriva\n";
    for (pairs, words) in [
        (pair("Ensam", "b", "Attest"), "är inte levererat"),
        (pair("Ensam", "b", "Attest") + &pair("Hel", "sys", "Skriva"), "paren Ensam (ett system är inte levererat)"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let config = format!("{CONFIG}{gone}{pairs}");
        let run = run(folder.path(), &config, &[("lon.csv", PAYROLL.as_bytes()), ("sys.csv", export.as_bytes())]);
        let why = &untested(&run, "sys")["conflicting-roles"];
        assert!(why.contains(words), "{why}");
        assert_eq!(keys_of(&run, "conflicting-roles").is_empty(), !pairs.contains("Hel"));
    }
}

/// Of several files of payroll or of a system each states its day, or the comparison of days is untested.
#[test]
fn a_file_without_its_day_leaves_the_days_untested() {
    let config = CONFIG.replace(
        "file = \"lon.csv\"\nexported = 2026-11-20\n",
        "[[payroll.file]]\nfile = \"lon.csv\"\nexported = 2026-11-20\n[[payroll.file]]\nfile = \"lon2.csv\"\n",
    );
    let more = PAYROLL.replace("1001;Eva Lind", "1003;Åsa Berg").replace("1002;Per Ek", "1004;Bo Ås");
    let files: [(&str, &[u8]); 3] =
        [("lon.csv", PAYROLL.as_bytes()), ("lon2.csv", more.as_bytes()), ("sys.csv", EXPORT.as_bytes())];
    let folder = tempfile::tempdir().unwrap();
    let run = run(folder.path(), &config, &files);
    assert!(untested(&run, "sys")["inputs-apart"].contains("uttagsdag"));
}

/// Every column that some rule rests on, and the rules that cannot be tested without it.
const NEEDED: [(&str, &str, &[&str]); 9] = [
    ("lon.csv", "Anställd fr.o.m.", &["not-yet-employed", "rehired-old-account", "contradictory-dates"]),
    (
        "lon.csv",
        "Anställd t.o.m.",
        &["leaver-active", "leaver-login", "end-unknown", "rehired-old-account", "contradictory-dates"],
    ),
    ("lon.csv", "Anställningsform", &["engaged-not-employed"]),
    ("lon.csv", "Förvaltning", &["outside-department"]),
    ("lon.csv", "Frånvaroorsak", &["on-leave"]),
    ("sys.csv", "Status", &["disabled-with-access"]),
    ("sys.csv", "Senast inloggad", &["dormant", "never-used", "leaver-login"]),
    ("sys.csv", "Skapad", &["rehired-old-account", "never-used"]),
    ("sys.csv", "Roll", &["disabled-with-access"]),
];

/// A table without one of its columns.
fn without(table: &str, column: &str) -> String {
    let at = table.lines().next().unwrap().split(';').position(|head| head == column).unwrap();
    let kept = |line: &str| {
        let cells = line.split(';').enumerate().filter(|(place, _)| *place != at);
        cells.map(|(_, cell)| cell).collect::<Vec<_>>().join(";")
    };
    table.lines().map(|line| kept(line) + "\n").collect()
}

/// Where one column is taken away, each rule that needs it is untested, and no rule is that was tested with it.
#[test]
fn a_rule_without_its_column_is_untested() {
    let payroll = "Anst.nr;Namn;Anställd fr.o.m.;Anställd t.o.m.;Anställningsform;Förvaltning;Frånvaroorsak\n\
        1001;Eva Lind;2015-01-01;;Tillsvidare;Skolan;\n1002;Per Ek;2015-01-01;2026-10-31;Tillsvidare;Skolan;\n\
        1003;Siv Broman;2015-01-01;;Tillsvidare;Skolan;Föräldraledig\n";
    let export = "Konto-ID;Namn;Anst.nr;Status;Senast inloggad;Skapad;Roll\n\
        evalin01;Eva Lind;1001;Aktiv;2026-11-01;2020-01-01;Läsa\nperek01;Per Ek;1002;Stängt;2026-10-01;2020-01-01;Läsa\n\
        sivbro01;Siv Broman;1003;Aktiv;2026-11-01;2020-01-01;Läsa\n";
    let config = CONFIG.replace("companies = [\"Kommunen\"]\n", "");
    let tested = |payroll: &str, export: &str| {
        let folder = tempfile::tempdir().unwrap();
        let run = run(folder.path(), &config, &[("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())]);
        let mut all = untested(&run, "sys");
        all.extend(untested(&run, "payroll"));
        all
    };
    let whole = tested(payroll, export);
    for (file, column, rules) in NEEDED {
        let told = match file {
            "lon.csv" => tested(&without(payroll, column), export),
            _ => tested(payroll, &without(export, column)),
        };
        for rule in rules {
            assert!(!whole.contains_key(*rule), "{rule} is untested with every column: {}", whole[*rule]);
            assert!(told.contains_key(*rule), "{rule} passes for tested without {column}");
        }
        let more: Vec<&String> = told.keys().filter(|rule| !whole.contains_key(*rule)).collect();
        assert!(more.iter().all(|rule| rules.contains(&rule.as_str())), "without {column}: {more:?}");
    }
}

/// An end that cannot be read in payroll leaves the rules on leavers untested, and those on externals, who stand in a
/// register that was read, tested; an end in the register that cannot be read leaves both.
#[test]
fn what_is_amiss_in_payroll_is_not_in_the_register() {
    let config = CONFIG.replace("companies = [\"Kommunen\"]\ndepartments = [\"Skolan\"]\n", "")
        + "[[register]]\nid = \"konsulter\"\nkind = \"external\"\nfile = \"konsulter.csv\"\nexported = 2026-11-20\n";
    let payroll = |end: &str| format!("Anst.nr;Namn;Anställd t.o.m.\n1001;Eva Lind;\n1002;Per Ek;{end}\n");
    let register = |end: &str| {
        format!("Namn;E-post;Gäller fr.o.m.;Gäller t.o.m.;Ansvarig\nBo Ek;bo@firm.se;2026-01-01;{end};1001\n")
    };
    for (own, others, external) in [("2026-06-31", "2026-10-31", false), ("2026-06-30", "2026-06-31", true)] {
        let folder = tempfile::tempdir().unwrap();
        let (payroll, register) = (payroll(own), register(others));
        let files: [(&str, &[u8]); 3] =
            [("lon.csv", payroll.as_bytes()), ("konsulter.csv", register.as_bytes()), ("sys.csv", EXPORT.as_bytes())];
        let told = untested(&run(folder.path(), &config, &files), "sys");
        assert!(told["leaver-active"].contains("kunde inte tolkas"), "{told:?}");
        let of_externals = told.get("external-expired").is_some_and(|why| why.contains("kunde inte tolkas"));
        assert_eq!(of_externals, external, "{told:?}");
    }
}

/// What a first run cannot test on the whole it has tested on no system: each says so, in the data, in the matrix and in
/// words, whether it was delivered or not.
#[test]
fn a_first_run_has_tested_no_rule_of_the_loop_on_any_system() {
    const WHY: &str = "det finns ingen tidigare genomgång att jämföra med";
    let config = format!("{CONFIG}[[system]]\nid = \"borta\"\nname = \"Borta\"\n");
    let folder = tempfile::tempdir().unwrap();
    let run = run(folder.path(), &config, &[("lon.csv", PAYROLL.as_bytes()), ("sys.csv", EXPORT.as_bytes())]);
    let of_whole: Vec<String> =
        untested(&run, "payroll").into_iter().filter(|(_, why)| why == WHY).map(|(rule, _)| rule).collect();
    assert!(of_whole.len() > 10, "{of_whole:?}");
    for system in ["sys", "borta"] {
        let own = untested(&run, system);
        assert!(of_whole.iter().all(|rule| own.get(rule).is_some_and(|why| why == WHY)), "{system}: {own:?}");
    }
    let summary = run.join("sammanstallning.xlsx");
    let matrix = common::sheet(&summary, "Prövade regler");
    for title in ["Avvikelser utan svar", "Åtgärdat tidigare, nu här igen", "Kontonamnet har bytt innehavare"] {
        let row = matrix.iter().find(|row| row[0].starts_with(title)).unwrap_or_else(|| panic!("{title}: {matrix:?}"));
        assert_eq!(row[1..], ["–", "–"], "{title}");
    }
    for (book, name) in [(summary, "Kontrollens tillförlitlighet"), (run.join("agare/sys.xlsx"), "Sammanfattning")] {
        let words = common::sheet(&book, name).concat().join("\n");
        assert!(words.contains("ingen tidigare genomgång att jämföra med"), "{name}: {words}");
    }
}

/// Runs a review on payroll, an export and perhaps a register of externals, and tells what was untested of the system.
fn told_of(payroll: &str, export: &str, externals: Option<&str>) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let register = "[[register]]\nid = \"konsulter\"\nkind = \"external\"\nfile = \"konsulter.csv\"\n";
    let config = CONFIG.to_owned() + externals.map_or("", |_| register);
    let mut files: Vec<(&str, &[u8])> = vec![("lon.csv", payroll.as_bytes()), ("sys.csv", export.as_bytes())];
    files.extend(externals.map(|text| ("konsulter.csv", text.as_bytes())));
    untested(&run(folder.path(), &config, &files), "sys")
}

const OF_TWO: &str = "Konto-ID;Namn;Anst.nr;Senast inloggad;Skapad\nevalin01;Eva Lind;1001;2026-11-01;2010-01-01\n\
    sivbro01;Siv Broman;1003;;\n";

/// A blank that is no answer is told with how many accounts it leaves untested: the last shift of hourly staff, the
/// department and the employer of whoever is employed, the day on which an account without a sign-in, or of somebody who
/// was away, was made. With the value there, nothing of it is told.
#[test]
fn a_blank_that_is_no_answer_is_told() {
    let payroll = |siv: &str| {
        format!(
            "Anst.nr;Namn;Anställd fr.o.m.;Anställd t.o.m.;Anställningsform;Senaste arbetspass;Förvaltning;Företag\n\
             1001;Eva Lind;2015-01-01;;Timavlönad;2026-11-01;Skolan;Kommunen\n\
             1002;Per Ek;2015-01-01;2026-10-31;Tillsvidare;;Skolan;Kommunen\n\
             1003;Siv Broman;2010-01-01;2015-12-31;Tillsvidare;{siv}\n1003;Siv Broman;2020-01-01;;Timavlönad;{siv}\n"
        )
    };
    let rules = ["hourly-idle", "outside-department", "outside-company", "never-used", "rehired-old-account"];
    let blank = told_of(&payroll(";;"), OF_TWO, None);
    for rule in rules {
        assert!(blank.get(rule).is_some_and(|why| why.contains("1 konto prövas inte")), "{rule}: {blank:?}");
    }
    let export = OF_TWO.replace("1003;;", "1003;;2026-11-01");
    let filled = told_of(&payroll("2026-11-01;Skolan;Kommunen"), &export, None);
    assert!(!rules.iter().any(|rule| filled.contains_key(*rule)), "{filled:?}");
}

/// Where nothing tells in what form people are employed, neither hourly staff nor the engaged are known: a register of
/// externals does not change that.
#[test]
fn without_a_form_neither_the_hourly_nor_the_engaged_are_known() {
    let payroll = |form: &str, pay: &str| {
        format!(
            "Anst.nr;Namn;Anställd t.o.m.;Senaste arbetspass;{form}\n1001;Eva Lind;;2026-11-01;{pay}\n\
             1002;Per Ek;2026-10-31;;{pay}\n1003;Siv Broman;;2026-11-01;{pay}\n"
        )
    };
    let externals = "Personnummer;Namn;Gäller t.o.m.;Ansvarig\n19760102-2382;Bo Ek;2027-01-01;1001\n";
    for (form, pay, is_untested) in [("Kommentar", "", true), ("Löneform", "Månadslön", false)] {
        let told = told_of(&payroll(form, pay), OF_TWO, Some(externals));
        for rule in ["hourly-idle", "engaged-not-employed"] {
            assert_eq!(told.contains_key(rule), is_untested, "{form}: {rule}: {told:?}");
        }
    }
}

/// A register of externals that tells no ends shows nobody whose engagement is over.
#[test]
fn externals_without_ends_are_untested() {
    let payroll = "Anst.nr;Namn;Anställd t.o.m.\n1001;Eva Lind;\n1002;Per Ek;2026-10-31\n";
    let register =
        |header: &str, end: &str| format!("Personnummer;Namn;{header}Ansvarig\n19760102-2382;Bo Ek;{end}1001\n");
    let untested = |register: String| told_of(payroll, OF_TWO, Some(&register)).remove("external-expired");
    assert!(untested(register("", "")).is_some_and(|why| why.contains("när ett uppdrag upphör")));
    assert!(untested(register("Gäller t.o.m.;", ";")).is_some());
    assert_eq!(untested(register("Gäller t.o.m.;", "2027-01-01;")), None);
}
