//! Answered workbooks that LibreOffice has opened and saved, as Excel's and as its own, are read as they were.
//!
//! Where LibreOffice is not installed there is nothing to try, and that is said.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)] // A test may fail loudly.

mod common;

use common::{samkor, tree};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// LibreOffice without a window, with a profile of its own so that one that is open does not matter.
fn soffice(profile: &Path) -> Command {
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}", profile.display())).arg("--headless");
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

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
    if !soffice(&profile).arg("--version").status().is_ok_and(|told| told.success()) {
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
