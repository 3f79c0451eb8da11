//! Publishing under everything that can go wrong: a run is published whole or not at all, and leaves no personal data
//! behind where it was not.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail loudly.
#![cfg(unix)]

mod common;

use common::fixture;
use std::fs;
use std::path::{Path, PathBuf};
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

fn small() -> PathBuf {
    fixture("rules/leaver-active/samkor.toml")
}

/// The program in a shell that is set up before.
fn shell(before: &str, config: &Path, output: &Path) -> Command {
    let inner = command(config, output);
    let mut shell = Command::new("/bin/sh");
    shell.env_clear().env("SOURCE_DATE_EPOCH", "1796083200").env("TZ", "UTC").stdin(Stdio::null());
    shell.args(["-c", &format!("{before}; exec \"$@\""), "sh"]).arg(inner.get_program()).args(inner.get_args());
    shell
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
        let ran = shell(&format!("trap '' XFSZ; ulimit -f {blocks}"), &config, &output).output().unwrap();
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

/// A lock that is a link empties nothing, one that is a pipe is not waited for; both are told.
#[test]
fn a_lock_that_is_no_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("ut");
    fs::create_dir(&output).unwrap();
    let (lock, precious) = (output.join(".samkor.lock"), folder.path().join("viktigt.txt"));
    fs::write(&precious, "behåll").unwrap();
    std::os::unix::fs::symlink(&precious, &lock).unwrap();
    let refused = || {
        let ran = command(&small(), &output).output().unwrap();
        assert_eq!(ran.status.code(), Some(2));
        assert!(told(&ran).contains("låsfilen är en länk eller ingen vanlig fil"), "{}", told(&ran));
        assert_eq!(names(&output), [""; 0]);
    };
    refused();
    assert_eq!(fs::read_to_string(&precious).unwrap(), "behåll");
    fs::remove_file(&lock).unwrap();
    assert!(Command::new("mkfifo").arg(&lock).status().unwrap().success());
    refused();
}

/// A staging folder that is a link is taken away without what is behind it.
#[test]
fn links_in_the_output_lead_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let (output, other) = (folder.path().join("ut"), folder.path().join("annan"));
    fs::create_dir(&output).unwrap();
    fs::create_dir(&other).unwrap();
    fs::write(other.join("viktigt.txt"), "behåll").unwrap();
    std::os::unix::fs::symlink(&other, output.join(".samkor-pagaende")).unwrap();
    let ran = command(&small(), &output).output().unwrap();
    assert!(ran.status.success(), "{}", told(&ran));
    assert_eq!(names(&other), ["viktigt.txt"]);
    assert_eq!(names(&output), ["2026-11-30"]);
}

/// Whatever the umask, everything that a run makes is its owner's alone, and its owner can use it.
#[test]
fn no_umask_opens_or_closes_a_run() {
    use std::os::unix::fs::PermissionsExt;
    fn check(path: &Path) {
        let metadata = fs::symlink_metadata(path).unwrap();
        let wanted = if metadata.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(metadata.permissions().mode() & 0o777, wanted, "{}", path.display());
        if metadata.is_dir() {
            fs::read_dir(path).unwrap().for_each(|entry| check(&entry.unwrap().path()));
        }
    }
    for umask in ["000", "777"] {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("resultat/ut");
        let ran = shell(&format!("umask {umask}"), &small(), &output).output().unwrap();
        assert!(ran.status.success(), "{umask}: {}", told(&ran));
        check(&folder.path().join("resultat"));
    }
}
