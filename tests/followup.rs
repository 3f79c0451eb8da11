//! A finding's way over runs: what is new, open, in order again, unknown, and what a damaged record does.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, lines, manifest, publish, return_answers, run_with, sheet};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Everyone's row in payroll: Eva is employed, Per, Siv and Ulf have left.
const PAYROLL: &str = "Anst.nr;Förnamn;Efternamn;Anställd fr.o.m.;Anställd t.o.m.\n\
    1001;Eva;Lind;2015-01-01;\n\
    1002;Per;Ekdal;2015-01-01;2026-06-30\n\
    1003;Siv;Broman;2015-01-01;2026-06-30\n\
    1004;Ulf;Norell;2015-01-01;2026-06-30\n";

/// Accounts of one system on a day, beside others of Eva's, so that one that is gone is no export cut short.
fn export(rows: &[&str]) -> String {
    let others: String = (0..20).map(|at| format!("egen{at:02};Eva Lind;1001;Aktiv;e{at};\n")).collect();
    format!("Användarnamn;Namn;Anst.nr;Status;GUID;Roll\n{others}{}\n", rows.join("\n"))
}

/// A run as of a day over a payroll and an export.
fn run(folder: &Path, day: &str, accounts: &str, more: &str) -> PathBuf {
    run_over(folder, day, PAYROLL, accounts, more)
}

/// The same over another payroll.
fn run_over(folder: &Path, day: &str, payroll: &str, accounts: &str, more: &str) -> PathBuf {
    let config = format!(
        "[review]\nas_of = {day}\n\n[payroll]\nfile = \"lon.csv\"\nexported = {day}\n\n\
         [[system]]\nid = \"sys\"\nname = \"Systemet\"\nfile = \"sys.csv\"\nowner = \"Administrativ chef\"\n\
         exported = {day}\n{more}"
    );
    let config = case(folder, &config, &[("lon.csv", payroll.as_bytes()), ("sys.csv", accounts.as_bytes())]);
    publish(&config, &folder.join("resultat"), &[])
}

/// State, first day and number of runs of each leaver's account.
fn leavers(run: &Path) -> BTreeMap<String, (String, String, u64)> {
    let all = lines(run, "findings.jsonl");
    let own = all.iter().filter(|line| line["rule"] == "leaver-active");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    own.map(|line| {
        let known = (text(&line["state"]), text(&line["first_seen"]), line["runs"].as_u64().unwrap());
        (text(&line["account"]), known)
    })
    .collect()
}

fn known(state: &str, first_seen: &str, runs: u64) -> (String, String, u64) {
    (state.to_owned(), first_seen.to_owned(), runs)
}

const FIRST: [&str; 4] = [
    "eva01;Eva Lind;1001;Aktiv;g1;",
    "per01;Per Ekdal;1002;Aktiv;g2;",
    "siv01;Siv Broman;1003;Aktiv;g3;",
    "ulf01;Ulf Norell;1004;Aktiv;g4;",
];

/// What stays is open until its day for an answer has passed, then unanswered; what is closed or gone without a
/// decision is resolved; both are told once.
#[test]
fn findings_have_a_history() {
    let folder = tempfile::tempdir().unwrap();
    let first = run(folder.path(), "2026-10-01", &export(&FIRST), "");
    assert!(leavers(&first).values().all(|own| *own == known("new", "2026-10-01", 1)));
    assert!(manifest(&first)["previous"].is_null());

    let closed =
        ["eva01;Eva Lind;1001;Aktiv;g1;", "per01;Per Ekdal;1002;Avslutad;g2;", "ulf01;Ulf Norell;1004;Aktiv;g4;"];
    let second = run(folder.path(), "2026-10-10", &export(&closed), "");
    let states = leavers(&second);
    assert_eq!(states["ulf01"], known("open", "2026-10-01", 2));
    assert_eq!(states["per01"], known("resolved", "2026-10-01", 1));
    assert_eq!(states["siv01"], known("resolved", "2026-10-01", 1));
    assert_eq!(manifest(&second)["previous"]["run"], "2026-10-01");

    let third = run(folder.path(), "2026-11-30", &export(&closed), "");
    let states = leavers(&third);
    assert_eq!(states["ulf01"], known("unanswered", "2026-10-01", 3));
    assert_eq!(states.len(), 1, "what was told once is not told again");
}

/// An account that got another name keeps its history; one that got a leaver's old name has none.
#[test]
fn history_follows_the_account_and_not_its_name() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "2026-10-01", &export(&FIRST), "");
    let renamed = ["per99;Per Ekdal;1002;Aktiv;g2;", "ulf01;Siv Broman;1003;Aktiv;g9;"];
    let second = run(folder.path(), "2026-10-10", &export(&renamed), "");
    let states = leavers(&second);
    assert_eq!(states["per99"], known("open", "2026-10-01", 2));
    let of_ulf01: Vec<_> = lines(&second, "findings.jsonl")
        .into_iter()
        .filter(|line| line["rule"] == "leaver-active" && line["account"] == "ulf01")
        .map(|line| line["state"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(of_ulf01, ["new", "resolved"], "Siv's account is new, and Ulf's is gone");
    let keys: Vec<String> = lines(&second, "findings.jsonl").iter().map(|line| line["key"].to_string()).collect();
    let unique: std::collections::BTreeSet<&String> = keys.iter().collect();
    assert_eq!(unique.len(), keys.len(), "{keys:?}");
}

/// That a name has another holder does not prove that the account was closed: with no object id to tell the accounts
/// apart it is resolved and told so, with two that differ the old account is gone, and a closed one is closed.
#[test]
fn a_name_that_went_on_to_another_proves_nothing() {
    for (guids, status, fate, told) in [
        (["", ""], "Aktiv", "resolved", "annan innehavare"),
        (["g4", ""], "Aktiv", "resolved", "annan innehavare"),
        (["g4", "g9"], "Aktiv", "verified", "finns inte längre"),
        (["", ""], "Avslutad", "verified", "avstängt"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let first = export(&[FIRST[0], &format!("ulf01;Ulf Norell;1004;Aktiv;{};", guids[0])]);
        let first = run(folder.path(), "2026-10-01", &first, "");
        fs::create_dir(folder.path().join("svar")).unwrap();
        let head = ["Konto", "Beslut", "Motivering", "Beslutsdatum"];
        let row = ["sys/ulf01", "Inaktivera konto", "Har slutat", "2026-10-05"];
        return_answers(&first, &folder.path().join("svar/svar.xlsx"), &[head.to_vec(), row.to_vec()]);
        let heir = export(&[FIRST[0], &format!("ulf01;Eva Lind;1001;{status};{};", guids[1])]);
        let second = run(folder.path(), "2026-10-10", &heir, "\n[followup]\nanswers = \"svar\"\n");
        assert_eq!(leavers(&second)["ulf01"].0, fate, "{guids:?} {status}");
        let rows = sheet(&second.join("agare/sys.xlsx"), "Sedan förra gången");
        assert!(rows.iter().any(|row| row.iter().any(|cell| cell.contains(told))), "{guids:?} {status}: {rows:?}");
    }
}

/// What could not be tested is carried, with its first day, until it can be: a missing export, a rule that is off, a
/// limit that was moved.
#[test]
fn what_cannot_be_tested_is_carried() {
    let folder = tempfile::tempdir().unwrap();
    let other = "\n[[system]]\nid = \"x\"\nfile = \"x.csv\"\nowner = \"Administrativ chef\"\n";
    fs::write(folder.path().join("x.csv"), export(&["eva02;Eva Lind;1001;Aktiv;g7;"])).unwrap();
    run(folder.path(), "2026-10-01", &export(&FIRST), other);
    let undelivered = run(folder.path(), "2026-10-02", "", other);
    assert_eq!(leavers(&undelivered)["per01"], known("untestable", "2026-10-01", 1));
    let off = format!("{other}\n[rules]\nleaver-active = \"off\"\n");
    let off = run(folder.path(), "2026-10-03", &export(&FIRST), &off);
    assert_eq!(leavers(&off)["per01"], known("untestable", "2026-10-01", 1));
    let grace = format!("{other}\n[thresholds]\nleaver_grace_days = 300\n");
    let moved = run(folder.path(), "2026-10-04", &export(&FIRST), &grace);
    assert_eq!(leavers(&moved)["per01"].0, "untestable");
    let back = run(folder.path(), "2026-10-05", &export(&FIRST), other);
    assert_eq!(leavers(&back)["per01"], known("open", "2026-10-01", 2));
}

/// A leaver's open account is not in order because less is known of the leaver: gone from payroll, with an end that cannot
/// be read, or known no more by the export. With the account closed, or the leaver employed again, it is.
#[test]
fn less_knowledge_puts_nothing_in_order() {
    // Of so many a single end that cannot be read leaves the rule tested.
    let others: String = (2001..2031).map(|number| format!("{number};Kim;Berg;2015-01-01;2026-05-31\n")).collect();
    let payroll = |row: &str| PAYROLL.replace("1002;Per;Ekdal;2015-01-01;2026-06-30\n", row) + &others;
    let full = || payroll("1002;Per;Ekdal;2015-01-01;2026-06-30\n");
    let unread = payroll("1002;Per;Ekdal;2015-01-01;31/6 2026\n");
    let rehired = payroll("1002;Per;Ekdal;2015-01-01;\n");
    let export = |row: &str| export(&[FIRST[0], row, FIRST[2], FIRST[3]]);
    for (payroll, row, state) in [
        (payroll(""), FIRST[1], "untestable"),
        (unread, FIRST[1], "untestable"),
        (full(), "per01;Per Ekdal;;Aktiv;g2;", "untestable"),
        (payroll(""), "per01;Per Ekdal;1002;Avslutad;g2;", "resolved"),
        (rehired, FIRST[1], "resolved"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        run_over(folder.path(), "2026-10-01", &full(), &export(FIRST[1]), "");
        let second = run_over(folder.path(), "2026-10-10", &payroll, &export(row), "");
        assert_eq!(leavers(&second)["per01"], known(state, "2026-10-01", 1), "{payroll} {row}");
    }
}

/// The owner reads what became of the last list, and a first review says that it is one.
#[test]
fn the_owner_reads_what_happened_since_last_time() {
    let folder = tempfile::tempdir().unwrap();
    let first = run(folder.path(), "2026-10-01", &export(&FIRST), "");
    let rows = sheet(&first.join("agare/sys.xlsx"), "Sedan förra gången");
    assert!(rows[1][0].starts_with("Det här är den första genomgången"), "{rows:?}");
    let second = run(folder.path(), "2026-10-10", &export(&FIRST[..3]), "");
    let rows = sheet(&second.join("agare/sys.xlsx"), "Sedan förra gången");
    assert_eq!(rows[1][..2], ["Avviker inte längre", "ulf01"]);
    let list = sheet(&second.join("agare/sys.xlsx"), "Avvikelser");
    let at = list[0].iter().position(|head| head == "Först rapporterad").unwrap();
    assert!(list[1..].iter().all(|row| row[at].contains("2026-10-01") || row[at] == "46296"), "{list:?}");
}

/// A damaged earlier run stops the program with the way out, and starting afresh is that way.
#[test]
fn a_damaged_run_is_never_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let first = run(folder.path(), "2026-10-01", &export(&FIRST), "");
    let file = first.join("data/findings.jsonl");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("leaver-active", "leaver-activE", 1)).unwrap();
    let config = folder.path().join("samkor.toml");
    let output = folder.path().join("resultat");
    let arguments = ["run", config.to_str().unwrap(), "--output", output.to_str().unwrap(), "--as-of", "2026-10-10"];
    let ran = run_with(&arguments);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.err.contains("findings.jsonl") && ran.err.contains("previous = \"none\""), "{}", ran.err);
    let afresh = run(folder.path(), "2026-10-10", &export(&FIRST), "\n[followup]\nprevious = \"none\"\n");
    assert!(leavers(&afresh).values().all(|own| own.0 == "new"));
}

/// Whom an owner named as the holder is remembered by id without the workbook: the account keeps its holder though it
/// gets another name, and is reported when he leaves.
#[test]
fn a_named_holder_is_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let (answers, followup) = (folder.path().join("svar"), "\n[followup]\nanswers = \"svar\"\n");
    let first = run(folder.path(), "2026-10-01", &export(&["eva01;Eva Lind;1001;Aktiv;g1;", "anv01;;;Aktiv;g2;"]), "");
    fs::create_dir(&answers).unwrap();
    let head = ["Konto", "Beslut", "Rätt innehavare", "Beslutad av", "Beslutsdatum"];
    let row = ["sys/anv01", "Behåll", "Ulf Norell", "Administrativ chef", "2026-10-05"];
    return_answers(&first, &answers.join("svar.xlsx"), &[head.to_vec(), row.to_vec()]);
    let second =
        run(folder.path(), "2026-10-10", &export(&["eva01;Eva Lind;1001;Aktiv;g1;", "anv01;;;Aktiv;g2;"]), followup);
    assert!(leavers(&second).contains_key("anv01"), "the leaver who was named is the holder");

    fs::remove_file(answers.join("svar.xlsx")).unwrap();
    let renamed = export(&["eva01;Eva Lind;1001;Aktiv;g1;", "reception;Receptionen;;Aktiv;g2;"]);
    for (day, row) in [("2026-10-20", "sys/reception"), ("2026-11-30", "sys/reception")] {
        let run = run(folder.path(), day, &renamed, followup);
        assert!(leavers(&run).contains_key("reception"), "{day}");
        let memory = fs::read_to_string(run.join("data/memory.json")).unwrap();
        let memory: serde_json::Value = serde_json::from_str(&memory).unwrap();
        assert_eq!(memory["manual_links"][row]["who"], "1004");
        assert_eq!(memory["manual_links"][row]["stated_by"], "Administrativ chef");
        assert_eq!(memory["manual_links"].as_object().unwrap().len(), 1);
    }
}

/// A decided account that is closed or gone is verified also where the rule can no longer be tested; one that stands open
/// is carried.
#[test]
fn what_the_account_shows_is_proof_whatever_was_tested() {
    let folder = tempfile::tempdir().unwrap();
    let answers = "\n[followup]\nanswers = \"svar\"\n";
    fs::create_dir_all(folder.path().join("svar")).unwrap();
    let first = run(folder.path(), "2026-10-01", &export(&FIRST), answers);
    let mut rows = vec![vec!["Konto", "Beslut", "Motivering", "Beslutsdatum"]];
    rows.extend(
        ["sys/per01", "sys/siv01", "sys/ulf01"].map(|row| vec![row, "Inaktivera konto", "Slutat", "2026-10-05"]),
    );
    return_answers(&first, &folder.path().join("svar/svar.xlsx"), &rows);
    let unread = PAYROLL.replace("2026-06-30", "se bilaga");
    let after =
        ["eva01;Eva Lind;1001;Aktiv;g1;", "per01;Per Ekdal;1002;Avslutad;g2;", "siv01;Siv Broman;1003;Aktiv;g3;"];
    let second = run_over(folder.path(), "2026-10-10", &unread, &export(&after), answers);
    let states: Vec<(String, String)> = leavers(&second).into_iter().map(|(name, own)| (name, own.0)).collect();
    let known = [("per01", "verified"), ("siv01", "untestable"), ("ulf01", "verified")];
    assert_eq!(states, known.map(|(name, state)| (name.to_owned(), state.to_owned())));
}

/// Whatever was found of an account, it is verified when the account was to be closed and is: also where the rule looks at
/// closed accounts. It stays away while the account stays closed, and has come back when it is opened.
#[test]
fn a_closed_account_is_done_whatever_was_found_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let accounts = |state: &str| export(&[FIRST[0], &format!("okb01;Okke Bengtzén;;{state};g5;Läsare")]);
    let state = |run: &Path, rule: &str| {
        let all = lines(run, "findings.jsonl");
        let own = all.iter().find(|line| line["rule"] == rule && line["account"] == "okb01");
        own.map(|line| line["state"].as_str().unwrap().to_owned())
    };
    let first = run(folder.path(), "2026-10-01", &accounts("Aktiv"), "");
    assert_eq!(state(&first, "not-in-payroll").as_deref(), Some("new"));
    fs::create_dir(folder.path().join("svar")).unwrap();
    let head = ["Konto", "Beslut", "Motivering", "Beslutsdatum"];
    let row = ["sys/okb01", "Inaktivera konto", "Okänd", "2026-10-05"];
    return_answers(&first, &folder.path().join("svar/svar.xlsx"), &[head.to_vec(), row.to_vec()]);
    let answers = "\n[followup]\nanswers = \"svar\"\n";
    let second = run(folder.path(), "2026-10-10", &accounts("Avslutad"), answers);
    assert_eq!(state(&second, "not-in-payroll").as_deref(), Some("verified"));
    // What is left of a closed account is another matter.
    assert_eq!(state(&second, "disabled-with-access").as_deref(), Some("new"));
    let third = run(folder.path(), "2026-10-20", &accounts("Avslutad"), answers);
    assert_eq!(state(&third, "not-in-payroll"), None);
    let fourth = run(folder.path(), "2026-10-30", &accounts("Aktiv"), answers);
    assert_eq!(state(&fourth, "not-in-payroll").as_deref(), Some("returned"));
}
