//! Workbooks that are answered in LibreOffice, step by step, or that it has opened and saved, as Excel's and as its own, are
//! read as they were answered.
//!
//! Where LibreOffice, or a Python that can steer it, is not installed there is nothing to try, and that is said.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)] // A test may fail loudly.

mod common;

use common::office::{is_installed, soffice, steering_python, told};
use common::{samkor, sheet, tree};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = samkor().current_dir(folder).args(arguments).output().unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8_lossy(&output.stderr));
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {out}{err}");
    out
}

/// Opens every workbook of a folder and saves it anew, of another kind.
fn saved(from: &Path, to: &Path, kind: &str, profile: &Path) {
    let books: Vec<_> = fs::read_dir(from).unwrap().map(|own| own.unwrap().path()).collect();
    let told = soffice(profile).args(["--convert-to", kind, "--outdir"]).arg(to).args(&books).status().unwrap();
    assert!(told.success());
    assert_eq!(fs::read_dir(to).unwrap().count(), books.len(), "{kind}");
}

/// What is said of the answers, and what the next run makes of them; names of files and runs aside.
fn read(folder: &Path) -> (Vec<String>, String) {
    let told = done(folder, &["answers", "resultat/2026-11-30", "--config", "samkor.toml"]);
    let aside = |line: &&str| !line.contains("+svar-");
    let mut told: Vec<String> =
        told.lines().filter(aside).map(|line| line.replace(".ods", ".xlsx").trim_end().to_owned()).collect();
    told.sort();
    done(folder, &["run", "2026-12-31/samkor.toml", "-q"]);
    let next = folder.join("resultat/2026-12-31");
    let findings = fs::read_to_string(next.join("data/findings.jsonl")).unwrap();
    fs::remove_dir_all(next).unwrap();
    (told, findings)
}

/// Nothing of what owners answered is lost or changed by LibreOffice, in either of the forms that it saves.
#[test]
fn what_libreoffice_saved_is_read_as_it_was() {
    let scratch = tempfile::tempdir().unwrap();
    let profile = scratch.path().join("profil");
    if !is_installed(&profile) {
        eprintln!("LibreOffice is not installed: what it saves was not tried");
        return;
    }
    done(scratch.path(), &["demo", "kommun", "--months", "1", "-q"]);
    let folder = scratch.path().join("kommun");
    done(&folder, &["run", "-q"]);
    done(&folder, &["demo", "svar", "--answer", "resultat/2026-11-30", "-q"]);
    let answers = folder.join("svar/2026-11-30");
    let (told, findings) = read(&folder);
    assert!(tree(&answers).len() > 5 && findings.contains("\"decided\""), "{told:?}");
    for kind in ["xlsx:Calc MS Excel 2007 XML", "ods"] {
        let again = scratch.path().join(&kind[..3]);
        fs::create_dir(&again).unwrap();
        saved(&answers, &again, kind, &profile);
        let aside = scratch.path().join("som de var");
        fs::rename(&answers, &aside).unwrap();
        fs::rename(&again, &answers).unwrap();
        let (told_again, findings_again) = read(&folder);
        assert_eq!(told_again, told, "{kind}");
        assert!(findings_again == findings, "{kind}: the next run makes something else of them");
        fs::remove_dir_all(&answers).unwrap();
        fs::rename(&aside, &answers).unwrap();
    }
}

/// A decision that is chosen in the list of its cell lights what it needs, each cell until it is filled, days are days to
/// LibreOffice, and what it saves is the answer of the next run.
#[test]
fn a_row_is_answered_step_by_step() {
    let scratch = tempfile::tempdir().unwrap();
    let profile = scratch.path().join("profil");
    let Some(python) = steering_python(&profile, "no row was answered in it") else { return };
    done(scratch.path(), &["demo", "kommun", "--months", "1", "-q"]);
    let folder = scratch.path().join("kommun");
    done(&folder, &["run", "-q"]);
    let book = folder.join("resultat/2026-11-30/agare/treserva.xlsx");
    let list = sheet(&book, "Avvikelser");
    let account = &list[1][list[0].iter().position(|head| head == "Konto").unwrap()];
    fs::create_dir_all(folder.join("svar/2026-11-30")).unwrap();
    let saved = folder.join("svar/2026-11-30/treserva.xlsx");
    let task = json!({"sheet": "Avvikelser", "row": ["Konto", account], "typed": [
        ["Beslut", "Tidsbegränsat undantag"], ["Motivering", "Avslutar ett ärende"], ["Undantag t.o.m.", "2027-03-31"],
        ["Beslutad av", "Eva Molin"], ["Beslutsdatum", "2026-11-30"],
    ]});
    let task = task.to_string();
    let arguments = [book.as_os_str(), saved.as_os_str(), profile.as_os_str(), task.as_ref()];
    let seen: Vec<Value> = told(python, "clicks.py", &arguments);
    assert!(seen[0]["message"].as_str().unwrap().starts_with("Välj i listan."), "{seen:?}");
    let needs = ["Motivering", "Undantag t.o.m.", "Beslutad av", "Beslutsdatum"];
    for (step, typed) in seen.iter().enumerate() {
        assert_eq!(typed["lit"], json!(needs[step..]), "{typed}");
        let is_day = matches!(typed["heading"].as_str(), Some("Undantag t.o.m." | "Beslutsdatum"));
        assert_eq!(typed["held"] == "VALUE", is_day, "{typed}");
    }
    done(&folder, &["run", "2026-12-31/samkor.toml", "-q"]);
    let memory = fs::read(folder.join("resultat/2026-12-31/data/memory.json")).unwrap();
    let memory: Value = serde_json::from_slice(&memory).unwrap();
    let [answer] = memory["answers"].as_array().unwrap().as_slice() else { panic!("{}", memory["answers"]) };
    let read = ["row", "decision", "reason", "exception_until", "decided_by", "decided_on"].map(|field| &answer[field]);
    let row = format!("treserva/{account}");
    let typed = ["Tidsbegränsat undantag", "Avslutar ett ärende", "2027-03-31", "Eva Molin", "2026-11-30"];
    assert_eq!(read[0], row.as_str());
    assert_eq!(read[1..], typed);
}
