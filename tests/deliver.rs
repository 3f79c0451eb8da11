//! A run handed out: copies in folders, drafts of messages, and what is never handed out.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{case, publish, run_with, tree};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const PAYROLL: &str = "Anst.nr;Personnummer;Förnamn;Efternamn;E-post;Anställd fr.o.m.;Anställd t.o.m.;Sekretess
1001;19790607-2397;Åsa;Lind;asa.lind@kommun.example;2015-01-01;;
1002;19790608-2388;Per;Ekdal;per.ekdal@kommun.example;2015-01-01;2026-06-30;
1004;19790609-2387;Tim;Hallgren;tim.hallgren@kommun.example;2015-01-01;2026-08-31;J
";

const ACCOUNTS: &str = "Användarnamn;Namn;Anst.nr;Status
asalin;Åsa Lind;1001;Aktiv
perekd;Per Ekdal;1002;Aktiv
timhal;Tim Hallgren;1004;Aktiv
";

const CONFIG: &str = r#"
[review]
organisation = "Ängby kommun"
title = "Behörighetsgenomgång 2026"
as_of = 2026-11-30
answer_by = 2026-12-19
control_owner = "Säkerhetschef"

[payroll]
file = "lon.csv"
exported = 2026-11-30
owner = "HR-chef"

[protected]
recipient = "Säkerhetsskyddschef"

[[system]]
id = "vard"
name = "Vården"
file = "konton.csv"
exported = 2026-11-30
owner = "1001"

[[system]]
id = "skola"
name = "Skolan"
file = "konton.csv"
exported = 2026-11-30
owner = "asa.lind@kommun.example"

[[system]]
id = "bygg"
name = "Bygg"
file = "konton.csv"
exported = 2026-11-30
"#;

fn published() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let files: [(&str, &[u8]); 2] = [("lon.csv", PAYROLL.as_bytes()), ("konton.csv", ACCOUNTS.as_bytes())];
    let config = case(folder.path(), CONFIG, &files);
    let run = publish(&config, &folder.path().join("ut"), &[]);
    (folder, run)
}

fn deliver(run: &Path, more: &[&str]) -> common::Ran {
    let mut arguments = vec!["deliver", run.to_str().unwrap()];
    arguments.extend(more);
    run_with(&arguments)
}

/// The folder that is written where none is named.
fn beside(run: &Path, ending: &str) -> PathBuf {
    run.with_file_name(format!("2026-11-30+utskick{ending}"))
}

fn names(files: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    files.keys().map(String::as_str).collect()
}

/// Each recipient has a folder with whole copies of his workbooks, however the owner was written; the restricted
/// workbook is in none, and the run is as it was.
#[test]
fn each_recipient_gets_a_folder() {
    let (_folder, run) = published();
    let before = tree(&run);
    let ran = deliver(&run, &[]);
    assert_eq!(ran.code, 1, "one system has no owner: {}{}", ran.out, ran.err);
    assert!(ran.out.contains("utan mottagare: 1 arbetsbok"), "{}", ran.out);
    let written = tree(&beside(&run, ""));
    let expected = [
        "asa-lind/skola-2026-11-30.xlsx",
        "asa-lind/vard-2026-11-30.xlsx",
        "hr-chef/personalregister-2026-11-30.xlsx",
        "sakerhetschef/sammanstallning-2026-11-30.xlsx",
        "utan-mottagare/bygg-2026-11-30.xlsx",
    ];
    assert_eq!(names(&written), expected);
    assert_eq!(written["asa-lind/vard-2026-11-30.xlsx"], before["agare/vard.xlsx"]);
    assert!(before.contains_key("begransad/sarskild-hantering.xlsx"));
    assert_eq!(tree(&run), before);
}

/// Asked to again, it says what was delivered and writes nothing, even where the copies are gone or another folder is
/// named; another way of delivery is a delivery of its own.
#[test]
fn nothing_is_delivered_twice() {
    let (folder, run) = published();
    deliver(&run, &[]);
    std::fs::remove_dir_all(beside(&run, "")).unwrap();
    let record = std::fs::read(beside(&run, ".jsonl")).unwrap();
    let elsewhere = folder.path().join("annan");
    for more in [&[][..], &["--to", elsewhere.to_str().unwrap()]] {
        let again = deliver(&run, more);
        assert!(again.out.contains("Åsa Lind <asa.lind@kommun.example>: 2 arbetsböcker sedan 2026-"), "{}", again.out);
        assert!(again.out.contains("inget nytt skrevs"), "{}", again.out);
    }
    assert!(!elsewhere.exists() && !beside(&run, "").exists());
    assert_eq!(std::fs::read(beside(&run, ".jsonl")).unwrap(), record);
    let drafts = deliver(&run, &["--via", "eml"]);
    assert!(drafts.out.contains("asa-lind-2026-11-30.eml"), "{}", drafts.out);
}

/// A draft opens ready to send: marked as unsent, addressed, with a subject in Swedish, numbers, the day to answer and
/// the workbooks whole. The same run gives the same drafts.
#[test]
fn a_draft_is_ready_to_send() {
    let (folder, run) = published();
    let ran = deliver(&run, &["--via", "eml"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let drafts = tree(&beside(&run, ""));
    let draft = String::from_utf8(drafts["asa-lind-2026-11-30.eml"].clone()).unwrap();
    let (head, _) = draft.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("X-Unsent: 1\r\n") && head.contains("<asa.lind@kommun.example>"), "{head}");
    assert!(!head.contains("From:"), "the sender is whoever opens it: {head}");
    assert!(head.is_ascii() && head.to_lowercase().contains("subject: =?utf-8?"), "{head}");
    let text = String::from_utf8(body(&draft, "text/plain")).unwrap();
    assert!(text.contains("- Vården: 1 rad att besvara, varav 1 hög eller kritisk (vard-2026-11-30.xlsx)"), "{text}");
    assert!(text.contains("lämna tillbaka den till Säkerhetschef senast 2026-12-19"), "{text}");
    assert_eq!(body(&draft, "spreadsheetml.sheet"), std::fs::read(run.join("agare/vard.xlsx")).unwrap());
    let post = String::from_utf8(drafts["hr-chef-2026-11-30.eml"].clone()).unwrap();
    assert!(String::from_utf8(body(&post, "text/plain")).unwrap().starts_with("Till: HR-chef"), "{post}");
    let hidden = ["Hallgren", "timhal"];
    assert!(hidden.iter().all(|word| !draft.contains(word) && !ran.out.contains(word)));
    std::fs::remove_file(beside(&run, ".jsonl")).unwrap();
    let other = folder.path().join("annan");
    deliver(&run, &["--via", "eml", "--to", other.to_str().unwrap()]);
    assert_eq!(tree(&other), drafts);
}

/// A run that was changed is not handed out, nor written into; a file that is there already is left as it is.
#[test]
fn what_is_sealed_or_there_already_is_left() {
    let (folder, run) = published();
    let inside = deliver(&run, &["--to", run.join("ut").to_str().unwrap()]);
    assert_eq!(inside.code, 2);
    assert!(inside.err.contains("förseglad") && !run.join("ut").exists(), "{}", inside.err);
    let to = folder.path().join("till");
    std::fs::create_dir_all(to.join("asa-lind")).unwrap();
    std::fs::write(to.join("asa-lind/vard-2026-11-30.xlsx"), "eget").unwrap();
    let taken = deliver(&run, &["--to", to.to_str().unwrap()]);
    assert_eq!(taken.code, 2);
    assert!(taken.err.contains("finns redan"), "{}", taken.err);
    assert_eq!(std::fs::read(to.join("asa-lind/vard-2026-11-30.xlsx")).unwrap(), b"eget");
    std::fs::write(run.join("agare/skola.xlsx"), "ändrad").unwrap();
    let changed = deliver(&run, &[]);
    assert_eq!(changed.code, 2);
    assert!(changed.err.contains("skadad"), "{}", changed.err);
}

/// Recipients whose names may not be shown have a draft each, with their own workbooks alone.
#[test]
fn protected_recipients_are_not_one() {
    let folder = tempfile::tempdir().unwrap();
    let payroll = PAYROLL.replace("2015-01-01;;\n", "2015-01-01;;J\n").replace("2026-08-31;J", ";J");
    let config = CONFIG.replace("name = \"Bygg\"\n", "name = \"Bygg\"\nowner = \"tim.hallgren@kommun.example\"\n");
    let files: [(&str, &[u8]); 2] = [("lon.csv", payroll.as_bytes()), ("konton.csv", ACCOUNTS.as_bytes())];
    let run = publish(&case(folder.path(), &config, &files), &folder.path().join("ut"), &[]);
    deliver(&run, &["--via", "eml"]);
    let drafts = tree(&beside(&run, ""));
    let to_hidden = drafts.iter().filter(|(name, _)| name.starts_with("skyddad"));
    let books = |draft: &[u8]| String::from_utf8_lossy(draft).matches("filename=").count();
    let attached: Vec<usize> = to_hidden.map(|(_, draft)| books(draft)).collect();
    assert_eq!(attached, [1, 1, 1], "{:?}", names(&drafts));
}

/// The bytes of the first part of a type, decoded.
fn body(message: &str, kind: &str) -> Vec<u8> {
    let part = message.split("\r\n--").find(|part| part.split_once("\r\n\r\n").unwrap_or_default().0.contains(kind));
    let (head, text) = part.unwrap().split_once("\r\n\r\n").unwrap();
    if head.contains("base64") { from_base64(text) } else { from_quoted(text) }
}

fn from_base64(text: &str) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0u32, 0);
    for value in text.chars().filter_map(|c| LETTERS.find(c)) {
        bits = (bits << 6) | u32::try_from(value).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).unwrap());
        }
    }
    bytes
}

fn from_quoted(text: &str) -> Vec<u8> {
    let whole = text.replace("=\r\n", "");
    let (mut bytes, mut rest) = (Vec::new(), whole.as_bytes());
    while let Some((first, more)) = rest.split_first() {
        let coded = (*first == b'=').then(|| u8::from_str_radix(std::str::from_utf8(more.get(..2)?).ok()?, 16).ok());
        match coded.flatten() {
            Some(byte) => (bytes.push(byte), rest = &more[2..]),
            None => (bytes.push(*first), rest = more),
        };
    }
    bytes
}

/// An owner who has left gets no list and no reminder: it goes to the administrator who can answer, else to nobody until
/// somebody is named.
#[test]
fn an_owner_who_has_left_receives_nothing() {
    let left = CONFIG.replace("owner = \"1001\"\n", "owner = \"1002\"\n");
    let beside_him = CONFIG.replace("owner = \"1001\"\n", "owner = \"1002\"\nadministrator = \"1001\"\n");
    for (config, receives, reminded) in [(left, "utan-mottagare", "ägare saknas"), (beside_him, "asa-lind", "Åsa Lind")]
    {
        let folder = tempfile::tempdir().unwrap();
        let files: [(&str, &[u8]); 2] = [("lon.csv", PAYROLL.as_bytes()), ("konton.csv", ACCOUNTS.as_bytes())];
        std::fs::create_dir(folder.path().join("svar")).unwrap();
        let config = case(folder.path(), &(config + "\n[followup]\nanswers = \"svar\"\n"), &files);
        let run = publish(&config, &folder.path().join("ut"), &[]);
        deliver(&run, &["--via", "eml"]);
        let drafts = tree(&beside(&run, ""));
        assert!(names(&drafts).iter().all(|name| !name.starts_with("per-ekdal")), "{:?}", names(&drafts));
        let own = drafts.iter().find(|(name, _)| name.starts_with(receives)).unwrap().1;
        assert!(String::from_utf8_lossy(own).contains("vard-2026-11-30.xlsx"));
        assert!(drafts.values().all(|draft| !String::from_utf8_lossy(draft).contains("per.ekdal@")));
        let told = run_with(&["answers", run.to_str().unwrap(), "--config", config.to_str().unwrap()]);
        let line = told.out.lines().find(|line| line.contains("Vården")).unwrap_or_default();
        assert!(!told.out.contains("Ekdal") && told.out.contains(reminded), "{line}\n{}{}", told.out, told.err);
    }
}
