//! Protected persons in many places of many files: whatever a mark is called, wherever it stands and whatever becomes of
//! its row, nothing that is hers stands in any ordinary output.
//!
//! `expect.json` of a folder: `forbid` (texts that may stand nowhere), `hidden` (false: nobody is protected, and the
//! accounts in `show` are there), `ask` (the run may refuse, naming this), `keep` (accounts of others that must be there).

#![allow(clippy::unwrap_used)] // A test stops where something is not as it must be.

mod common;

use common::{fixture, lines, samkor, tree};
use regex::RegexBuilder;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// A text as it is searched: without regard to case and Unicode form.
fn folded(text: &str) -> String {
    text.nfc().collect::<String>().to_lowercase()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|item| item.as_str().unwrap().to_owned()).collect()
}

/// A text without its tags, entities undone, so that a name cut by formatting is found too.
fn without_tags(text: &str) -> String {
    let mut inside = false;
    let plain: String = text
        .chars()
        .filter(|c| match c {
            '<' => {
                inside = true;
                false
            }
            '>' => {
                inside = false;
                false
            }
            _ => !inside,
        })
        .collect();
    plain.replace("&quot;", "\"").replace("&apos;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Everything that a file says, its parts where it is a workbook.
fn said(bytes: &[u8]) -> String {
    let parts = common::parts(bytes).into_iter();
    parts.map(|(name, text)| format!("{name}\n{text}\n{}\n", without_tags(&text))).collect()
}

/// What is wrong with what was written of a folder.
fn faults(folder: &Path) -> Vec<String> {
    let expect: Value = serde_json::from_slice(&fs::read(folder.join("expect.json")).unwrap()).unwrap();
    let output = tempfile::tempdir().unwrap();
    let results = output.path().join("resultat");
    let ask = |command: &str| {
        let mut asked = samkor();
        let done = asked.arg(command).arg(folder.join("samkor.toml")).arg("--output").arg(&results).output().unwrap();
        let text = format!("{}\n{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        (done.status.code().unwrap(), text)
    };
    let ((code, ran), (_, checked)) = (ask("run"), ask("check"));
    let mut written = vec![("run".to_owned(), ran.clone()), ("check".to_owned(), checked)];
    let ordinary = if results.exists() { tree(&results) } else { Default::default() };
    let ordinary = ordinary.iter().filter(|(name, _)| !name.contains("begransad/"));
    written.extend(ordinary.map(|(name, bytes)| (name.clone(), format!("{name}\n{}", said(bytes)))));
    let written: Vec<(String, String)> = written.into_iter().map(|(name, text)| (name, folded(&text))).collect();
    let mut faults = Vec::new();
    for token in texts(&expect["forbid"]) {
        let holders = written.iter().filter(|(_, text)| text.contains(&folded(&token)));
        faults.extend(holders.map(|(name, _)| format!("{token} in {name}")));
    }
    if code == 2 {
        let asked = expect["ask"].as_str();
        let named = asked
            .is_some_and(|pattern| RegexBuilder::new(pattern).case_insensitive(true).build().unwrap().is_match(&ran));
        if !named {
            faults.push(format!("refused: {ran}"));
        }
        return faults;
    }
    let run = results.join("2026-11-30");
    let accounts: Vec<String> =
        lines(&run, "accounts.jsonl").iter().map(|line| line["account"].as_str().unwrap().to_owned()).collect();
    let wanted = [texts(&expect["keep"]), texts(&expect["show"])].concat();
    faults.extend(wanted.iter().filter(|name| !accounts.contains(name)).map(|name| format!("no account {name}")));
    faults
}

/// Every placement of a mark hides her, and every word that is a no hides nobody.
#[test]
fn what_is_marked_stands_nowhere() {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(fixture("protection")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut wrong = Vec::new();
    for folder in &folders {
        let faults = faults(folder);
        if !faults.is_empty() {
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            wrong.push(format!("{name}: {}", faults.join("; ")));
        }
    }
    assert!(folders.len() > 100);
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), folders.len(), wrong.join("\n"));
}
