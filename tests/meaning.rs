//! What files say and do not say: small folders, each with what is right for it in `expect.json`.
//!
//! `why` says in a sentence what a folder shows. All else is optional, and all that is given must hold: `published`
//! (false: exit 2 and no run folder), `or_refused_naming` (exit 2 with this on standard error is right too), `fires` and
//! `quiet` (globs on keys of findings), `accounts` (a glob to fields of lines; a list means any of these, or exactly these
//! in any order where the line holds a list), `accounts_in` (a system to its number of lines), `told` (patterns in any
//! case, each found in a line of what is said; a list of patterns in the same line), `any_of` (of each group one holds).

#![allow(clippy::unwrap_used)] // A test stops where something is not as it must be.

mod common;

use common::{fixture, lines, manifest, samkor};
use globset::Glob;
use regex::RegexBuilder;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// What the program said of a folder.
struct Seen {
    code: i32,
    stderr: String,
    run: Option<PathBuf>,
    accounts: Vec<(String, Value)>,
    keys: Vec<String>,
    /// Everything that is said, a line each.
    said: Vec<String>,
}

impl Seen {
    fn of(folder: &Path, output: &Path) -> Self {
        let config = folder.join("samkor.toml");
        let ask = |command: &str| {
            let mut asked = samkor();
            asked.arg(command).arg(&config).arg("--output").arg(output);
            let done = asked.output().unwrap();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            (done.status.code().unwrap(), text(&done.stdout), text(&done.stderr))
        };
        let (code, out, stderr) = ask("run");
        let (_, checked, check_errors) = ask("check");
        let mut seen = Self { code, stderr, run: None, accounts: Vec::new(), keys: Vec::new(), said: Vec::new() };
        let runs = fs::read_dir(output).map(|entries| entries.map(|entry| entry.unwrap().path())).into_iter().flatten();
        seen.run = runs.filter(|path| path.join("manifest.json").exists()).min();
        for text in [&out, &seen.stderr, &checked, &check_errors] {
            seen.said.extend(text.lines().map(str::to_owned));
        }
        if let Some(run) = seen.run.clone() {
            seen.read(&run);
        }
        seen
    }

    fn read(&mut self, run: &Path) {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        for line in lines(run, "accounts.jsonl") {
            self.accounts.push((format!("{}/{}", text(&line["system"]), text(&line["account"])), line));
        }
        for line in lines(run, "findings.jsonl") {
            self.keys.push(text(&line["key"]));
            self.said.push(format!("{} {}", line["message"], line["facts"]));
        }
        let manifest = manifest(run);
        for (rule, why) in manifest["untested"].as_object().unwrap().values().flat_map(|own| own.as_object().unwrap()) {
            self.said.push(format!("{rule}: {}", text(why)));
        }
        for input in manifest["inputs"].as_array().unwrap() {
            let remarks = input["remarks"].as_array().into_iter().flatten();
            self.said.extend(remarks.map(text));
        }
    }
}

fn listed(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|item| item.as_str().unwrap().to_owned()).collect()
}

fn fits(glob: &str, text: &str) -> bool {
    Glob::new(glob).unwrap().compile_matcher().is_match(text)
}

fn agrees(want: &Value, got: &Value) -> bool {
    match (want, got) {
        (Value::Array(want), Value::Array(got)) => {
            want.len() == got.len() && want.iter().all(|item| got.contains(item))
        }
        (Value::Array(any), got) => any.contains(got),
        (want, got) => want == got,
    }
}

fn is_told(patterns: &[String], said: &[String]) -> bool {
    let patterns: Vec<_> =
        patterns.iter().map(|one| RegexBuilder::new(one).case_insensitive(true).build().unwrap()).collect();
    said.iter().any(|line| patterns.iter().all(|pattern| pattern.is_match(line)))
}

/// What is not as expected.
fn faults(expect: &Value, seen: &Seen) -> Vec<String> {
    let mut faults = Vec::new();
    for glob in listed(&expect["fires"]) {
        if !seen.keys.iter().any(|key| fits(&glob, key)) {
            faults.push(format!("no finding {glob}"));
        }
    }
    for glob in listed(&expect["quiet"]) {
        faults.extend(seen.keys.iter().filter(|key| fits(&glob, key)).map(|key| format!("unwanted finding {key}")));
    }
    for (glob, fields) in expect["accounts"].as_object().into_iter().flatten() {
        faults.extend(account_faults(glob, fields, seen));
    }
    for (system, want) in expect["accounts_in"].as_object().into_iter().flatten() {
        let got = seen.accounts.iter().filter(|(_, line)| line["system"] == **system).count();
        if want.as_u64() != Some(got as u64) {
            faults.push(format!("{got} accounts in {system}, not {want}"));
        }
    }
    for told in expect["told"].as_array().into_iter().flatten() {
        let patterns = told.as_str().map_or_else(|| listed(told), |one| vec![one.to_owned()]);
        if !is_told(&patterns, &seen.said) {
            faults.push(format!("nothing said that fits {told}"));
        }
    }
    for group in expect["any_of"].as_array().into_iter().flatten() {
        let ways: Vec<Vec<String>> = group.as_array().unwrap().iter().map(|way| self::faults(way, seen)).collect();
        if ways.iter().all(|way| !way.is_empty()) {
            faults.push(format!("neither way: {ways:?}"));
        }
    }
    faults
}

fn account_faults(glob: &str, fields: &Value, seen: &Seen) -> Vec<String> {
    let own: Vec<&(String, Value)> = seen.accounts.iter().filter(|(name, _)| fits(glob, name)).collect();
    if own.is_empty() {
        return vec![format!("no account {glob}")];
    }
    let fields = fields.as_object().unwrap();
    let wrong = own.iter().flat_map(|(name, line)| {
        let differing = fields.iter().filter(|(field, want)| !agrees(want, &line[field.as_str()]));
        differing.map(move |(field, want)| format!("{name}: {field} is {}, not {want}", line[field.as_str()]))
    });
    wrong.collect()
}

fn verdict(expect: &Value, seen: &Seen) -> Vec<String> {
    let refused = seen.code == 2 && seen.run.is_none();
    if let Some(naming) = expect["or_refused_naming"].as_str()
        && refused
        && is_told(&[naming.to_owned()], &[seen.stderr.replace('\n', " ")])
    {
        return Vec::new();
    }
    let wanted = expect["published"].as_bool().unwrap_or(true);
    if wanted == refused || (seen.code == 2) != refused {
        return vec![format!("run ended with {}: {}", seen.code, seen.stderr)];
    }
    faults(expect, seen)
}

/// Every folder of small files comes out as its `expect.json` says and why.
#[test]
fn what_files_say_is_understood_or_said_not_to_be() {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(fixture("meaning")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut wrong = Vec::new();
    for folder in &folders {
        let expect: Value = serde_json::from_slice(&fs::read(folder.join("expect.json")).unwrap()).unwrap();
        assert!(expect["why"].is_string(), "{} does not say why", folder.display());
        let output = tempfile::tempdir().unwrap();
        let faults = verdict(&expect, &Seen::of(folder, &output.path().join("resultat")));
        if !faults.is_empty() {
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            wrong.push(format!("{name} ({}): {}", expect["why"], faults.join("; ")));
        }
    }
    assert!(!folders.is_empty());
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), folders.len(), wrong.join("\n"));
}
