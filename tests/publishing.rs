//! Publishing under everything that can go wrong: a run is published whole or not at all, and leaves no personal data
//! behind where it was not.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.
#![cfg(unix)]

mod common;

use common::fixture;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program on a configuration, into a folder.
fn command(config: &Path, output: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("samkor"));
    command.env_clear().env("SOURCE_DATE_EPOCH", "1796083200").env("TZ", "UTC");
    command.arg("run").arg(config).arg("--output").arg(output).arg("-q");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What stands in a folder, but for the lock.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != ".samkor.lock").collect();
    names.sort();
    names
}

/// Where no file may grow beyond a size, as on a disk that fills, the run says so with the way out and leaves nothing,
/// at every size until the whole run fits; a panic of a library is never what is told.
#[test]
fn files_that_cannot_grow_are_told() {
    let config = fixture("exempelkommunen/samkor.toml");
    let mut failed = 0;
    for blocks in [0u32, 8, 24, 80, 100_000] {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("ut");
        let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let inner = command(&config, &output);
        let mut shell = Command::new("/bin/sh");
        shell.env_clear().env("SOURCE_DATE_EPOCH", "1796083200").env("TZ", "UTC");
        shell.args(["-c", &limited, "sh"]).arg(inner.get_program()).args(inner.get_args());
        let ran = shell.stdin(Stdio::null()).output().unwrap();
        if ran.status.success() {
            assert_eq!(names(&output), ["2026-11-30"]);
            continue;
        }
        failed += 1;
        let told = told(&ran);
        assert_eq!(ran.status.code(), Some(2), "{blocks}: {told}");
        assert!(told.contains("kan inte skrivas: filen får inte bli så stor"), "{blocks}: {told}");
        assert!(told.contains("Frigör utrymme"), "{blocks}: {told}");
        assert!(!output.exists(), "{blocks}: {:?}", names(&output));
    }
    assert!((3..5).contains(&failed), "{failed} sizes were too small");
}
