//! The Swedish README walks through a year: every command in it works, in the order they stand.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.

mod common;

use common::{fixture, samkor};
use std::fs;
use std::path::Path;

const README: &str = include_str!("../README.sv.md");

/// The commands in the blocks of the README, in order.
fn commands() -> Vec<&'static str> {
    let mut in_block = false;
    let own = README.lines().filter(|line| {
        in_block ^= line.starts_with("```");
        in_block && line.starts_with("samkor ")
    });
    own.collect()
}

/// A folder as the README assumes it: a user's files, and a folder of answers once there is a configuration.
fn prepare(folder: &Path) {
    fs::create_dir_all(folder.join("granskning/svar")).unwrap();
    for entry in fs::read_dir(fixture("exempelkommunen/indata")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.join("granskning").join(entry.file_name())).unwrap();
    }
}

/// Nothing of it fails, and every command that a user needs in a year is told.
#[test]
fn every_command_of_the_readme_works() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let told = commands();
    for command in &told {
        let output = samkor().args(command.split(' ').skip(1)).current_dir(folder.path()).output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(matches!(output.status.code(), Some(0 | 1)), "{command}\n{out}\n{err}");
        // What is said of many rows is said once, so that what else is said is seen.
        let most = if command.starts_with("samkor answers") { 40 } else { usize::MAX };
        assert!(out.lines().count() <= most, "{command}\n{out}");
        if command.starts_with("samkor init") {
            let config = folder.path().join("granskning/samkor.toml");
            let text = fs::read_to_string(&config).unwrap();
            fs::write(&config, text + "\n[followup]\nanswers = \"svar\"\n").unwrap();
        }
    }
    for word in
        ["demo", "init", "check", "inspect", "fields", "run", "explain", "rules", "deliver", "answers", "verify"]
    {
        let is_told = told.iter().any(|command| command.split(' ').nth(1) == Some(word));
        assert!(is_told, "{word}: {told:?}");
    }
}

/// The table in the English README is the one that a run of the made-up municipality prints.
#[test]
fn the_table_of_the_readme_is_a_runs() {
    let folder = tempfile::tempdir().unwrap();
    let (config, output) = (fixture("exempelkommunen/samkor.toml"), folder.path().join("ut"));
    let told = samkor().arg("run").arg(config).arg("--output").arg(output).output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    let readme = include_str!("../README.md");
    let table = told.lines().take_while(|line| !line.contains("Resultatet finns")).map(str::trim_end);
    let table: Vec<&str> = table.collect();
    assert!(table.len() > 8 && readme.contains(table.join("\n").trim()), "{told}");
}

/// What the two READMEs put in a scheduler is one and the same command, and the program takes it.
#[test]
fn the_scheduled_command_works() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let own = folder.path().join("granskning");
    assert!(samkor().arg("init").arg(&own).output().unwrap().status.success());
    let service = README.lines().find_map(|line| line.strip_prefix("ExecStart=/usr/local/bin/")).unwrap();
    for readme in [README, include_str!("../README.md")] {
        let windows = service.replace("samkor run", "run").replace("/srv/granskning/", "D:\\granskning\\");
        let task = readme.lines().find(|line| line.starts_with("schtasks /Create")).unwrap();
        let (_, task) = task.split_once("/TR ").unwrap();
        assert!(task.replace("\\\"", "").contains(windows.trim()), "{task}");
        // No more is taken behind /TR.
        assert!(task.len() <= 261, "{task}");
        let cron = readme.lines().find(|line| line.starts_with("0 6 2 * *")).unwrap();
        assert!(cron.contains(service) && readme.contains(&format!("ExecStart=/usr/local/bin/{service}")), "{cron}");
    }
    let placed = service.replace("/srv/granskning", own.to_str().unwrap());
    let output = samkor().args(placed.split(' ').skip(1)).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(own.join("resultat/2026-11-30/manifest.json").exists() && own.join("samkor.log").exists());
}
